//! Gradients (CSS Images 4 §3).

use super::super::color::{Paint, color};
use super::super::computed::*;
use super::super::values::*;
use super::boxes::place;
use super::*;

/// A gradient as it is written.
pub(super) struct GradientSpec {
    kind: KindSpec,
    repeats: bool,
    stops: Vec<StopSpec>,
}

enum KindSpec {
    Linear(f32),
    ToCorner { right: bool, bottom: bool },
    Radial { circle: bool, size: SizeSpec, at: (Linear, Linear) },
    Conic { from: f32, at: (Linear, Linear) },
}

#[derive(Clone, Copy)]
enum SizeSpec {
    Word(RadialSize),
    Explicit(Linear, Linear),
}

/// A colour with its place, or a hint, which is a place alone.
struct StopSpec {
    paint: Option<Paint>,
    at: Option<Linear>,
}

impl GradientSpec {
    /// With lengths and colours known.
    pub fn resolve(&self, draft: &Draft, context: &Context<'_>) -> Gradient {
        let pair =
            |(x, y): (Linear, Linear)| (draft.length(&x, context), draft.length(&y, context));
        let stop = |stop: &StopSpec| ColorStop {
            color: stop.paint.map(|paint| paint.resolve(draft.style.color)),
            at: stop.at.map(|at| draft.length(&at, context)),
        };
        Gradient {
            kind: match self.kind {
                KindSpec::Linear(angle) => GradientKind::Linear(angle),
                KindSpec::ToCorner { right, bottom } => GradientKind::ToCorner { right, bottom },
                KindSpec::Radial { circle, size, at } => GradientKind::Radial {
                    circle,
                    size: match size {
                        SizeSpec::Word(word) => word,
                        SizeSpec::Explicit(x, y) => {
                            let (x, y) = pair((x, y));
                            RadialSize::Explicit(x, y)
                        }
                    },
                    at: pair(at),
                },
                KindSpec::Conic { from, at } => GradientKind::Conic { from, at: pair(at) },
            },
            repeats: self.repeats,
            stops: self.stops.iter().map(stop).collect(),
        }
    }
}

/// Reads a gradient function.
pub(super) fn gradient(p: &mut Parser<'_>) -> Parsed<GradientSpec> {
    let name = p.expect_function()?.to_ascii_lowercase();
    let (kind, repeats) = match name.strip_prefix("repeating-") {
        Some(kind) => (kind, true),
        None => (name.as_str(), false),
    };
    let (kind, stops) = match kind {
        "linear-gradient" => p.parse_nested_block(|p| Ok((linear(p)?, stops(p, false)?)))?,
        "radial-gradient" => p.parse_nested_block(|p| Ok((radial(p)?, stops(p, false)?)))?,
        "conic-gradient" => p.parse_nested_block(|p| Ok((conic(p)?, stops(p, true)?)))?,
        _ => return refuse(format!("the image {name}() is not supported")),
    };
    Ok(GradientSpec { kind, repeats, stops })
}

/// What stands before the first comma, or what stands for it when that is a colour already.
fn before_stops<T>(
    p: &mut Parser<'_>,
    initial: T,
    read: impl FnOnce(&mut Parser<'_>) -> Parsed<T>,
) -> Parsed<T> {
    let found = p.try_parse(|p| -> Parsed<T> {
        let found = read(p)?;
        p.expect_comma()?;
        Ok(found)
    });
    Ok(found.unwrap_or(initial))
}

fn linear(p: &mut Parser<'_>) -> Parsed<KindSpec> {
    before_stops(p, KindSpec::Linear(180.0), |p| {
        if takes(p, "to") { corner(p) } else { angle(p).map(KindSpec::Linear) }
    })
}

/// The direction `to` a side or a corner.
fn corner(p: &mut Parser<'_>) -> Parsed<KindSpec> {
    let table = [("top", (0, -1)), ("bottom", (0, 1)), ("left", (-1, 0)), ("right", (1, 0))];
    let first = keyword(p, &table)?;
    let second = p.try_parse(|p| keyword(p, &table)).unwrap_or((0, 0));
    Ok(match (first.0 + second.0, first.1 + second.1) {
        (0, -1) => KindSpec::Linear(0.0),
        (1, 0) => KindSpec::Linear(90.0),
        (0, 1) => KindSpec::Linear(180.0),
        (-1, 0) => KindSpec::Linear(270.0),
        (x @ (-1 | 1), y @ (-1 | 1)) => KindSpec::ToCorner { right: x > 0, bottom: y > 0 },
        _ => return unexpected(),
    })
}

fn radial(p: &mut Parser<'_>) -> Parsed<KindSpec> {
    let center = (Linear::share(0.5), Linear::share(0.5));
    let farthest = SizeSpec::Word(RadialSize::FarthestCorner);
    let initial = KindSpec::Radial { circle: false, size: farthest, at: center };
    before_stops(p, initial, |p| {
        let words = [
            ("closest-side", RadialSize::ClosestSide),
            ("farthest-side", RadialSize::FarthestSide),
            ("closest-corner", RadialSize::ClosestCorner),
            ("farthest-corner", RadialSize::FarthestCorner),
        ];
        let shape = |p: &mut Parser<'_>| keyword(p, &[("circle", true), ("ellipse", false)]);
        let mut circle = p.try_parse(shape).ok();
        let mut size = None;
        if let Ok(word) = p.try_parse(|p| keyword(p, &words)) {
            size = Some(SizeSpec::Word(word));
        } else if let Ok(x) = p.try_parse(positive) {
            let y = p.try_parse(positive).ok();
            circle = circle.or(Some(y.is_none()));
            size = Some(SizeSpec::Explicit(x, y.unwrap_or(x)));
        }
        circle = circle.or_else(|| p.try_parse(shape).ok());
        let at = if takes(p, "at") { Some(place(p)?) } else { None };
        if circle.is_none() && size.is_none() && at.is_none() {
            return unexpected();
        }
        Ok(KindSpec::Radial {
            circle: circle.unwrap_or(false),
            size: size.unwrap_or(farthest),
            at: at.unwrap_or(center),
        })
    })
}

fn conic(p: &mut Parser<'_>) -> Parsed<KindSpec> {
    let center = (Linear::share(0.5), Linear::share(0.5));
    before_stops(p, KindSpec::Conic { from: 0.0, at: center }, |p| {
        let from = if takes(p, "from") { Some(angle(p)?) } else { None };
        let at = if takes(p, "at") { Some(place(p)?) } else { None };
        if from.is_none() && at.is_none() {
            return unexpected();
        }
        Ok(KindSpec::Conic { from: from.unwrap_or(0.0), at: at.unwrap_or(center) })
    })
}

/// Colours with one place, two places or none, and hints between them.
fn stops(p: &mut Parser<'_>, turns: bool) -> Parsed<Vec<StopSpec>> {
    let at = |p: &mut Parser<'_>| -> Parsed<Linear> {
        if turns && let Ok(degrees) = p.try_parse(angle) {
            return Ok(Linear::share(degrees / 360.0));
        }
        length_percentage(p)
    };
    let lists = p.parse_comma_separated(|p| {
        if let Ok(hint) = p.try_parse(at) {
            return Ok(vec![StopSpec { paint: None, at: Some(hint) }]);
        }
        let paint = color(p)?;
        let first = p.try_parse(at).ok();
        let second = p.try_parse(at).ok();
        let mut list = vec![StopSpec { paint: Some(paint), at: first }];
        list.extend(second.map(|at| StopSpec { paint: Some(paint), at: Some(at) }));
        Ok(list)
    })?;
    let stops: Vec<StopSpec> = lists.into_iter().flatten().collect();
    let is_hint = |stop: Option<&StopSpec>| stop.is_none_or(|stop| stop.paint.is_none());
    let colors = stops.iter().filter(|stop| stop.paint.is_some()).count();
    let doubled = stops.windows(2).any(|pair| is_hint(pair.first()) && is_hint(pair.last()));
    if colors < 2 {
        return refuse("a gradient has two colours at least");
    }
    if is_hint(stops.first()) || is_hint(stops.last()) || doubled {
        return refuse("a hint stands between two colours");
    }
    Ok(stops)
}
