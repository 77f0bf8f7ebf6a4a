//! The box: what kind, where, how large (CSS 2.2 §9–§11, CSS Display 3, CSS Sizing 3).

use std::sync::Arc;

use cssparser::Token;

use super::super::computed::*;
use super::super::values::*;
use super::*;

/// A longhand whose value is an [`Extent`].
macro_rules! extent {
    ($name:literal, $($field:ident).+, $parse:expr) => {
        longhand!($name, false, $($field).+, |p, _| {
            let extent = $parse(p)?;
            set(move |draft, context| {
                draft.$($field).+ = extent.resolve(&draft.bases(context));
            })
        })
    };
}

/// A longhand whose value is a [`Length`] that is not negative.
macro_rules! padding {
    ($name:literal, $($field:ident).+) => {
        longhand!($name, false, $($field).+, |p, _| {
            let length = positive(p)?;
            set(move |draft, context| draft.$($field).+ = draft.length(&length, context))
        })
    };
}

fn auto_size(p: &mut Parser<'_>) -> Parsed<Measure> {
    size(p, "auto")
}

fn max_size(p: &mut Parser<'_>) -> Parsed<Measure> {
    size(p, "none")
}

pub(super) const PROPERTIES: &[Property] = &[
    words!("display", false, style.display, Display {
        "inline" => Inline, "block" => Block, "inline-block" => InlineBlock,
        "list-item" => ListItem, "flow-root" => FlowRoot, "flex" => Flex,
        "inline-flex" => InlineFlex, "grid" => Grid, "inline-grid" => InlineGrid,
        "table" => Table, "inline-table" => InlineTable, "table-row-group" => TableRowGroup,
        "table-header-group" => TableHeaderGroup, "table-footer-group" => TableFooterGroup,
        "table-row" => TableRow, "table-cell" => TableCell,
        "table-column-group" => TableColumnGroup, "table-column" => TableColumn,
        "table-caption" => TableCaption, "contents" => Contents, "none" => None,
    }),
    Property {
        name: "position",
        kind: Kind::Longhand(Longhand {
            inherited: false,
            early: false,
            copy: |to, from| {
                to.style.position = from.style.position;
                to.style.running_name.clone_from(&from.style.running_name);
            },
            parse: position,
        }),
    },
    words!("float", false, style.float, Float {
        "none" => None, "left" => Left, "right" => Right, "footnote" => Footnote,
    }),
    words!("clear", false, style.clear, Clear {
        "none" => None, "left" => Left, "right" => Right, "both" => Both,
    }),
    words!("overflow", false, style.overflow, Overflow {
        "visible" => Visible, "hidden" => Hidden, "clip" => Hidden,
    }),
    words!("visibility", true, style.visibility, Visibility {
        "visible" => Visible, "hidden" => Hidden, "collapse" => Collapse,
    }),
    words!("box-sizing", false, style.box_sizing, BoxSizing {
        "content-box" => ContentBox, "border-box" => BorderBox,
    }),
    extent!("width", style.width, auto_size),
    extent!("height", style.height, auto_size),
    extent!("min-width", style.min_width, auto_size),
    extent!("min-height", style.min_height, auto_size),
    extent!("max-width", style.max_width, max_size),
    extent!("max-height", style.max_height, max_size),
    longhand!("aspect-ratio", false, style.aspect_ratio, |p, _| {
        if takes(p, "auto") {
            return set(|draft, _| draft.style.aspect_ratio = None);
        }
        let width = positive_number(p)?;
        let slash = p.try_parse(|p| p.expect_delim('/')).is_ok();
        let height = if slash { positive_number(p)? } else { 1.0 };
        if width <= 0.0 || height <= 0.0 {
            return refuse("a ratio of numbers above zero is wanted");
        }
        set(move |draft, _| draft.style.aspect_ratio = Some(width / height))
    }),
    extent!("margin-top", style.margin.top, offset),
    extent!("margin-right", style.margin.right, offset),
    extent!("margin-bottom", style.margin.bottom, offset),
    extent!("margin-left", style.margin.left, offset),
    shorthand!("margin", ["margin-top", "margin-right", "margin-bottom", "margin-left"], |p, v| v
        .sides(["margin-top", "margin-right", "margin-bottom", "margin-left"], p)),
    padding!("padding-top", style.padding.top),
    padding!("padding-right", style.padding.right),
    padding!("padding-bottom", style.padding.bottom),
    padding!("padding-left", style.padding.left),
    shorthand!(
        "padding",
        ["padding-top", "padding-right", "padding-bottom", "padding-left"],
        |p, v| v.sides(["padding-top", "padding-right", "padding-bottom", "padding-left"], p)
    ),
    extent!("top", style.inset.top, offset),
    extent!("right", style.inset.right, offset),
    extent!("bottom", style.inset.bottom, offset),
    extent!("left", style.inset.left, offset),
    shorthand!("inset", ["top", "right", "bottom", "left"], |p, v| v
        .sides(["top", "right", "bottom", "left"], p)),
    longhand!("z-index", false, style.z_index, |p, _| {
        if takes(p, "auto") {
            return set(|draft, _| draft.style.z_index = None);
        }
        let index = integer(p)?;
        set(move |draft, _| draft.style.z_index = Some(index))
    }),
    longhand!("opacity", false, style.opacity, |p, _| {
        let opacity = number_or_share(p)?.clamp(0.0, 1.0);
        set(move |draft, _| draft.style.opacity = opacity)
    }),
    longhand!("transform", false, style.transform, transform),
    longhand!("translate", false, translate, |p, _| {
        if takes(p, "none") {
            return set(|draft, _| draft.translate = None);
        }
        let x = length_percentage(p)?;
        let y = p.try_parse(length_percentage).unwrap_or_default();
        set(move |draft, context| {
            draft.translate = Some((draft.length(&x, context), draft.length(&y, context)));
        })
    }),
    longhand!("rotate", false, rotate, |p, _| {
        let degrees = if takes(p, "none") { None } else { Some(angle(p)?) };
        set(move |draft, _| draft.rotate = degrees)
    }),
    longhand!("scale", false, scale, |p, _| {
        if takes(p, "none") {
            return set(|draft, _| draft.scale = None);
        }
        let x = number_or_share(p)?;
        let y = p.try_parse(number_or_share).unwrap_or(x);
        set(move |draft, _| draft.scale = Some((x, y)))
    }),
    longhand!("transform-origin", false, style.transform_origin, |p, _| {
        let (x, y) = place(p)?;
        set(move |draft, context| {
            draft.style.transform_origin = (draft.length(&x, context), draft.length(&y, context));
        })
    }),
    words!("object-fit", false, style.object_fit, ObjectFit {
        "fill" => Fill, "contain" => Contain, "cover" => Cover, "none" => None,
        "scale-down" => ScaleDown,
    }),
    longhand!("object-position", false, style.object_position, |p, _| {
        let (x, y) = place(p)?;
        set(move |draft, context| {
            draft.style.object_position = (draft.length(&x, context), draft.length(&y, context));
        })
    }),
];

fn position(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    let table = [
        ("static", Position::Static),
        ("relative", Position::Relative),
        ("absolute", Position::Absolute),
        ("fixed", Position::Fixed),
    ];
    if let Ok(position) = p.try_parse(|p| keyword(p, &table)) {
        return set(move |draft, _| {
            draft.style.position = position;
            draft.style.running_name = None;
        });
    }
    p.expect_function_matching("running")?;
    let name = p.parse_nested_block(custom_ident)?;
    set(move |draft, _| {
        draft.style.position = Position::Running;
        draft.style.running_name = Some(Arc::clone(&name));
    })
}

/// A transform's step as it is written.
enum Step {
    Translate(Linear, Linear),
    Other(TransformStep),
}

fn transform(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    let mut steps = Vec::new();
    if !takes(p, "none") {
        steps.push(step(p)?);
        while !p.is_exhausted() {
            match p.try_parse(step) {
                Ok(step) => steps.push(step),
                Err(_) => break,
            }
        }
    }
    set(move |draft, context| {
        let computed = steps.iter().map(|step| match step {
            Step::Translate(x, y) => {
                TransformStep::Translate(draft.length(x, context), draft.length(y, context))
            }
            Step::Other(step) => *step,
        });
        draft.style.transform = computed.collect();
    })
}

fn step(p: &mut Parser<'_>) -> Parsed<Step> {
    let name = p.expect_function()?.to_ascii_lowercase();
    p.parse_nested_block(|p| {
        let comma = |p: &mut Parser<'_>| p.try_parse(|p| p.expect_comma()).is_ok();
        Ok(match name.as_str() {
            "translate" => {
                let x = length_percentage(p)?;
                let y = if comma(p) { length_percentage(p)? } else { Linear::default() };
                Step::Translate(x, y)
            }
            "translatex" => Step::Translate(length_percentage(p)?, Linear::default()),
            "translatey" => Step::Translate(Linear::default(), length_percentage(p)?),
            "scale" => {
                let x = number_or_share(p)?;
                let y = if comma(p) { number_or_share(p)? } else { x };
                Step::Other(TransformStep::Scale(x, y))
            }
            "scalex" => Step::Other(TransformStep::Scale(number_or_share(p)?, 1.0)),
            "scaley" => Step::Other(TransformStep::Scale(1.0, number_or_share(p)?)),
            "rotate" | "rotatez" => Step::Other(TransformStep::Rotate(angle(p)?)),
            "skew" => {
                let x = angle(p)?;
                let y = if comma(p) { angle(p)? } else { 0.0 };
                Step::Other(TransformStep::Skew(x, y))
            }
            "skewx" => Step::Other(TransformStep::Skew(angle(p)?, 0.0)),
            "skewy" => Step::Other(TransformStep::Skew(0.0, angle(p)?)),
            "matrix" => {
                let mut parts = [0.0; 6];
                for (index, part) in parts.iter_mut().enumerate() {
                    if index > 0 {
                        p.expect_comma()?;
                    }
                    *part = number(p)?;
                }
                Step::Other(TransformStep::Matrix(parts))
            }
            _ => return refuse(format!("the step {name}() is not supported")),
        })
    })
}

/// A place by words or lengths, x first (CSS Values 4 §8.3: one or two values, or words with
/// distances from the sides that they name).
pub(super) fn place(p: &mut Parser<'_>) -> Parsed<(Linear, Linear)> {
    if let Ok(place) = p.try_parse(place_from_sides) {
        return Ok(place);
    }
    let first = edge(p)?;
    let Ok(second) = p.try_parse(edge) else {
        return Ok(match first {
            Edge::Vertical(y) => (Linear::share(0.5), y),
            Edge::Horizontal(x) | Edge::Either(x) => (x, Linear::share(0.5)),
        });
    };
    match (first, second) {
        (Edge::Vertical(y), Edge::Horizontal(x) | Edge::Either(x)) => Ok((x, y)),
        (Edge::Horizontal(x) | Edge::Either(x), Edge::Vertical(y) | Edge::Either(y)) => Ok((x, y)),
        (Edge::Either(y), Edge::Horizontal(x)) => Ok((x, y)),
        _ => unexpected(),
    }
}

/// Two words, one of them or both with a distance: `right 1cm bottom`, `left 5mm top 10%`.
fn place_from_sides(p: &mut Parser<'_>) -> Parsed<(Linear, Linear)> {
    let words = [
        ("left", (0_u8, false)),
        ("right", (0, true)),
        ("top", (1, false)),
        ("bottom", (1, true)),
        ("center", (2, false)),
    ];
    let side = |p: &mut Parser<'_>| -> Parsed<(u8, Linear, bool)> {
        let (axis, from_end) = keyword(p, &words)?;
        let distance = if axis == 2 { None } else { p.try_parse(length_percentage).ok() };
        let at = match axis {
            2 => Linear::share(0.5),
            _ => distance.unwrap_or_default(),
        };
        Ok((axis, if from_end { at.from_end() } else { at }, distance.is_some()))
    };
    let (first, second) = (side(p)?, side(p)?);
    if !first.2 && !second.2 {
        return unexpected();
    }
    match (first.0, second.0) {
        (0, 1 | 2) | (2, 1) => Ok((first.1, second.1)),
        (1, 0 | 2) | (2, 0) => Ok((second.1, first.1)),
        _ => unexpected(),
    }
}

enum Edge {
    Horizontal(Linear),
    Vertical(Linear),
    Either(Linear),
}

fn edge(p: &mut Parser<'_>) -> Parsed<Edge> {
    let start = p.state();
    if let Token::Ident(word) = p.next()?.clone() {
        let word = word.to_ascii_lowercase();
        return Ok(match word.as_str() {
            "left" => Edge::Horizontal(Linear::share(0.0)),
            "right" => Edge::Horizontal(Linear::share(1.0)),
            "top" => Edge::Vertical(Linear::share(0.0)),
            "bottom" => Edge::Vertical(Linear::share(1.0)),
            "center" => Edge::Either(Linear::share(0.5)),
            _ => return unexpected(),
        });
    }
    p.reset(&start);
    length_percentage(p).map(Edge::Either)
}
