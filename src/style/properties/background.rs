//! Backgrounds and gradients (CSS Backgrounds 3 §2, CSS Images 3 §3).

use std::sync::Arc;

use cssparser::Token;

use super::super::address::joined;
use super::super::color::{Paint, color};
use super::super::computed::*;
use super::super::values::*;
use super::boxes::place;
use super::gradient::{GradientSpec, gradient};
use super::*;

/// An image as it is written.
enum ImageSpec {
    None,
    Url(Arc<str>),
    Gradient(Box<GradientSpec>),
}

/// A size as it is written.
#[derive(Clone, Copy)]
enum SizeSpec {
    Cover,
    Contain,
    Explicit(Measure, Measure),
}

type RepeatSpec = (Repeat, Repeat);

const REPEATS: &[(&str, Repeat)] = &[
    ("repeat", Repeat::Repeat),
    ("no-repeat", Repeat::NoRepeat),
    ("space", Repeat::Space),
    ("round", Repeat::Round),
];

const BOXES: &[(&str, BackgroundBox)] = &[
    ("border-box", BackgroundBox::BorderBox),
    ("padding-box", BackgroundBox::PaddingBox),
    ("content-box", BackgroundBox::ContentBox),
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
    longhand!("background-origin", false, image_origins, |p, _| {
        let boxes = p.parse_comma_separated(|p| keyword(p, BOXES))?;
        set(move |draft, _| draft.image_origins.clone_from(&boxes))
    }),
    longhand!("background-clip", false, image_clips, |p, _| {
        let boxes = p.parse_comma_separated(|p| keyword(p, BOXES))?;
        set(move |draft, _| draft.image_clips.clone_from(&boxes))
    }),
    shorthand!(
        "background",
        [
            "background-color",
            "background-image",
            "background-size",
            "background-position",
            "background-repeat",
            "background-origin",
            "background-clip"
        ],
        background
    ),
];

fn images_effect(images: Vec<ImageSpec>) -> impl Fn(&mut Draft, &Context<'_>) + Send + Sync {
    move |draft, context| {
        let computed = images.iter().map(|image| match image {
            ImageSpec::None => None,
            ImageSpec::Url(url) => Some(BackgroundImage::Url(Arc::clone(url))),
            ImageSpec::Gradient(gradient) => {
                Some(BackgroundImage::Gradient(Arc::new(gradient.resolve(draft, context))))
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
    let axes = [
        ("repeat-x", (Repeat::Repeat, Repeat::NoRepeat)),
        ("repeat-y", (Repeat::NoRepeat, Repeat::Repeat)),
    ];
    if let Ok(both) = p.try_parse(|p| keyword(p, &axes)) {
        return Ok(both);
    }
    let first = keyword(p, REPEATS)?;
    Ok((first, p.try_parse(|p| keyword(p, REPEATS)).unwrap_or(first)))
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
    gradient(p).map(|gradient| ImageSpec::Gradient(Box::new(gradient)))
}

/// One layer of the shorthand.
#[derive(Default)]
struct Layer {
    image: Option<ImageSpec>,
    place: Option<(Linear, Linear)>,
    size: Option<SizeSpec>,
    repeat: Option<RepeatSpec>,
    /// One box for both, or the origin and the clip.
    boxes: Vec<BackgroundBox>,
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
        } else if layer.boxes.len() < 2
            && let Ok(found) = p.try_parse(|p| keyword(p, BOXES))
        {
            layer.boxes.push(found);
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
    let tiled = (Repeat::Repeat, Repeat::Repeat);
    let origin = |layer: &Layer| layer.boxes.first().copied().unwrap_or(BackgroundBox::PaddingBox);
    let clip = |layer: &Layer| layer.boxes.last().copied().unwrap_or(BackgroundBox::BorderBox);
    let origins: Vec<BackgroundBox> = layers.iter().map(origin).collect();
    let clips: Vec<BackgroundBox> = layers.iter().map(clip).collect();
    let sizes = layers.iter().map(|layer| layer.size.unwrap_or(auto)).collect();
    let positions = layers.iter().map(|layer| layer.place.unwrap_or((zero, zero))).collect();
    let repeats = layers.iter().map(|layer| layer.repeat.unwrap_or(tiled)).collect();
    values.set("background-size", sizes_effect(sizes)?);
    values.set("background-position", positions_effect(positions)?);
    values.set("background-repeat", repeats_effect(repeats)?);
    values.set("background-origin", set(move |draft, _| draft.image_origins.clone_from(&origins))?);
    values.set("background-clip", set(move |draft, _| draft.image_clips.clone_from(&clips))?);
    let images = layers.into_iter().map(|layer| layer.image.unwrap_or(ImageSpec::None)).collect();
    values.set("background-image", set(images_effect(images))?);
    Ok(())
}
