//! Backgrounds and gradients (CSS Backgrounds 3 §2, CSS Images 3 §3).

use std::sync::Arc;

use cssparser::Token;

use super::super::address::joined;
use super::super::color::{Paint, color};
use super::super::computed::*;
use super::super::values::*;
use super::boxes::place;
use super::*;

/// A gradient's stop as it is written.
struct StopSpec {
    paint: Paint,
    at: Option<Linear>,
}

/// An image as it is written.
enum ImageSpec {
    None,
    Url(Arc<str>),
    Linear(f32, Vec<StopSpec>),
    Radial(bool, Vec<StopSpec>),
}

/// A size as it is written.
#[derive(Clone, Copy)]
enum SizeSpec {
    Cover,
    Contain,
    Explicit(Measure, Measure),
}

type RepeatSpec = (bool, bool);

const REPEATS: &[(&str, RepeatSpec)] = &[
    ("repeat", (true, true)),
    ("no-repeat", (false, false)),
    ("repeat-x", (true, false)),
    ("repeat-y", (false, true)),
];

pub(super) const PROPERTIES: &[Property] = &[
    longhand!("background-color", false, style.background_color, |p, _| {
        let paint = color(p)?;
        set(move |draft, _| draft.style.background_color = paint.resolve(draft.style.color))
    }),
    longhand!("background-image", false, images, |p, env| {
        let base = env.base.to_owned();
        let images = p.parse_comma_separated(|p| image(p, &base))?;
        set(images_effect(images))
    }),
    longhand!("background-size", false, image_sizes, |p, _| {
        sizes_effect(p.parse_comma_separated(image_size)?)
    }),
    longhand!("background-position", false, image_positions, |p, _| {
        positions_effect(p.parse_comma_separated(place)?)
    }),
    longhand!("background-repeat", false, image_repeats, |p, _| {
        repeats_effect(p.parse_comma_separated(repeat)?)
    }),
    shorthand!(
        "background",
        [
            "background-color",
            "background-image",
            "background-size",
            "background-position",
            "background-repeat"
        ],
        background
    ),
];

fn images_effect(images: Vec<ImageSpec>) -> impl Fn(&mut Draft, &Context<'_>) + Send + Sync {
    move |draft, context| {
        let stops = |stops: &[StopSpec], draft: &Draft| -> Arc<[Stop]> {
            let stop = |stop: &StopSpec| Stop {
                color: stop.paint.resolve(draft.style.color),
                at: stop.at.map(|at| draft.length(&at, context)),
            };
            stops.iter().map(stop).collect()
        };
        let computed = images.iter().map(|image| match image {
            ImageSpec::None => None,
            ImageSpec::Url(url) => Some(BackgroundImage::Url(Arc::clone(url))),
            ImageSpec::Linear(angle, list) => {
                Some(BackgroundImage::Linear { angle: *angle, stops: stops(list, draft) })
            }
            ImageSpec::Radial(circle, list) => {
                Some(BackgroundImage::Radial { circle: *circle, stops: stops(list, draft) })
            }
        });
        let computed = computed.collect();
        draft.images = computed;
    }
}

fn sizes_effect(sizes: Vec<SizeSpec>) -> Parsed<Effect> {
    set(move |draft, context| {
        let bases = draft.bases(context);
        let computed = sizes.iter().map(|size| match size {
            SizeSpec::Cover => BackgroundSize::Cover,
            SizeSpec::Contain => BackgroundSize::Contain,
            SizeSpec::Explicit(width, height) => {
                BackgroundSize::Explicit(width.resolve(&bases), height.resolve(&bases))
            }
        });
        draft.image_sizes = computed.collect();
    })
}

fn positions_effect(positions: Vec<(Linear, Linear)>) -> Parsed<Effect> {
    set(move |draft, context| {
        let computed = positions
            .iter()
            .map(|(x, y)| (draft.length(x, context), draft.length(y, context)))
            .collect();
        draft.image_positions = computed;
    })
}

fn repeats_effect(repeats: Vec<RepeatSpec>) -> Parsed<Effect> {
    set(move |draft, _| draft.image_repeats.clone_from(&repeats))
}

fn repeat(p: &mut Parser<'_>) -> Parsed<RepeatSpec> {
    let first = keyword(p, REPEATS)?;
    if first.0 == first.1
        && let Ok(second) = p.try_parse(|p| keyword(p, &REPEATS[..2]))
    {
        return Ok((first.0, second.1));
    }
    Ok(first)
}

fn image_size(p: &mut Parser<'_>) -> Parsed<SizeSpec> {
    let words = [("cover", SizeSpec::Cover), ("contain", SizeSpec::Contain)];
    if let Ok(size) = p.try_parse(|p| keyword(p, &words)) {
        return Ok(size);
    }
    let width = size(p, "auto")?;
    let height = p.try_parse(|p| size(p, "auto")).unwrap_or(Measure::Auto);
    Ok(SizeSpec::Explicit(width, height))
}

fn image(p: &mut Parser<'_>, base: &str) -> Parsed<ImageSpec> {
    if takes(p, "none") {
        return Ok(ImageSpec::None);
    }
    if let Ok(url) = p.try_parse(|p| p.expect_url()) {
        return Ok(ImageSpec::Url(Arc::from(joined(&url, base))));
    }
    let name = p.expect_function()?.to_ascii_lowercase();
    match name.as_str() {
        "linear-gradient" => p.parse_nested_block(linear),
        "radial-gradient" => p.parse_nested_block(radial),
        _ => refuse(format!("the image {name}() is not supported")),
    }
}

fn linear(p: &mut Parser<'_>) -> Parsed<ImageSpec> {
    let direction = p.try_parse(|p| -> Parsed<f32> {
        let degrees = if takes(p, "to") { corner(p)? } else { angle(p)? };
        p.expect_comma()?;
        Ok(degrees)
    });
    Ok(ImageSpec::Linear(direction.unwrap_or(180.0), stops(p)?))
}

/// The direction `to` a side or corner. A corner's true angle depends on the box; 45° steps are
/// exact for squares.
fn corner(p: &mut Parser<'_>) -> Parsed<f32> {
    let table = [("top", (0, -1)), ("bottom", (0, 1)), ("left", (-1, 0)), ("right", (1, 0))];
    let first = keyword(p, &table)?;
    let second = p.try_parse(|p| keyword(p, &table)).unwrap_or((0, 0));
    Ok(match (first.0 + second.0, first.1 + second.1) {
        (0, -1) => 0.0,
        (1, -1) => 45.0,
        (1, 0) => 90.0,
        (1, 1) => 135.0,
        (0, 1) => 180.0,
        (-1, 1) => 225.0,
        (-1, 0) => 270.0,
        (-1, -1) => 315.0,
        _ => return unexpected(),
    })
}

fn radial(p: &mut Parser<'_>) -> Parsed<ImageSpec> {
    let shape = p.try_parse(|p| -> Parsed<bool> {
        let circle = keyword(p, &[("circle", true), ("ellipse", false)])?;
        if takes(p, "at") {
            p.expect_ident_matching("center")?;
        }
        p.expect_comma()?;
        Ok(circle)
    });
    Ok(ImageSpec::Radial(shape.unwrap_or(false), stops(p)?))
}

fn stops(p: &mut Parser<'_>) -> Parsed<Vec<StopSpec>> {
    let lists = p.parse_comma_separated(|p| {
        let paint = color(p)?;
        let first = p.try_parse(length_percentage).ok();
        let second = p.try_parse(length_percentage).ok();
        let mut list = vec![StopSpec { paint, at: first }];
        list.extend(second.map(|at| StopSpec { paint, at: Some(at) }));
        Ok(list)
    })?;
    let stops: Vec<StopSpec> = lists.into_iter().flatten().collect();
    if stops.len() < 2 { refuse("a gradient has two colours at least") } else { Ok(stops) }
}

/// One layer of the shorthand.
#[derive(Default)]
struct Layer {
    image: Option<ImageSpec>,
    place: Option<(Linear, Linear)>,
    size: Option<SizeSpec>,
    repeat: Option<RepeatSpec>,
    paint: Option<Paint>,
}

fn layer(p: &mut Parser<'_>, base: &str) -> Parsed<Layer> {
    let mut layer = Layer::default();
    let mut any = false;
    while !p.is_exhausted() {
        if layer.image.is_none()
            && let Ok(found) = p.try_parse(|p| image(p, base))
        {
            layer.image = Some(found);
        } else if layer.repeat.is_none()
            && let Ok(found) = p.try_parse(repeat)
        {
            layer.repeat = Some(found);
        } else if layer.place.is_none()
            && let Ok(found) = p.try_parse(place)
        {
            layer.place = Some(found);
            let slash = p.try_parse(|p| match p.next() {
                Ok(Token::Delim('/')) => Ok(()),
                _ => Err(()),
            });
            if slash.is_ok() {
                layer.size = Some(image_size(p)?);
            }
        } else if layer.paint.is_none()
            && let Ok(found) = p.try_parse(color)
        {
            layer.paint = Some(found);
        } else {
            break;
        }
        any = true;
    }
    if any { Ok(layer) } else { unexpected() }
}

fn background(p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    let base = values.env.base.to_owned();
    // Commas divide layers; `!important` is left to the caller.
    let mut layers = vec![layer(p, &base)?];
    while p.try_parse(|p| p.expect_comma()).is_ok() {
        layers.push(layer(p, &base)?);
    }
    let count = layers.len();
    if layers.iter().take(count - 1).any(|layer| layer.paint.is_some()) {
        return refuse("only the last layer has a colour");
    }
    match layers.last().and_then(|layer| layer.paint) {
        Some(paint) => values.set(
            "background-color",
            set(move |draft, _| draft.style.background_color = paint.resolve(draft.style.color))?,
        ),
        None => values.initial("background-color"),
    }
    let zero = Linear::share(0.0);
    let auto = SizeSpec::Explicit(Measure::Auto, Measure::Auto);
    let sizes = layers.iter().map(|layer| layer.size.unwrap_or(auto)).collect();
    let positions = layers.iter().map(|layer| layer.place.unwrap_or((zero, zero))).collect();
    let repeats = layers.iter().map(|layer| layer.repeat.unwrap_or((true, true))).collect();
    values.set("background-size", sizes_effect(sizes)?);
    values.set("background-position", positions_effect(positions)?);
    values.set("background-repeat", repeats_effect(repeats)?);
    let images = layers.into_iter().map(|layer| layer.image.unwrap_or(ImageSpec::None)).collect();
    values.set("background-image", set(images_effect(images))?);
    Ok(())
}
