//! Borders and rounded corners (CSS Backgrounds 3 §4, §5).

use super::super::color::color;
use super::super::computed::LineStyle;
use super::super::draft::MEDIUM;
use super::super::values::*;
use super::*;
use crate::geom::Pt;

const STYLES: &[(&str, LineStyle)] = &[
    ("none", LineStyle::None),
    ("hidden", LineStyle::Hidden),
    ("solid", LineStyle::Solid),
    ("dashed", LineStyle::Dashed),
    ("dotted", LineStyle::Dotted),
    ("double", LineStyle::Double),
    ("groove", LineStyle::Groove),
    ("ridge", LineStyle::Ridge),
    ("inset", LineStyle::Inset),
    ("outset", LineStyle::Outset),
];

/// A line's width; words for thin, medium and thick.
pub(super) fn line_width(p: &mut Parser<'_>) -> Parsed<Linear> {
    let words = [("thin", Pt::px(1.0)), ("medium", MEDIUM), ("thick", Pt::px(5.0))];
    if let Ok(width) = p.try_parse(|p| keyword(p, &words)) {
        return Ok(Linear::points(width));
    }
    length(p).and_then(not_negative)
}

/// A line's style.
pub(super) fn line_style(p: &mut Parser<'_>) -> Parsed<LineStyle> {
    keyword(p, STYLES)
}

macro_rules! width {
    ($name:literal, $side:ident) => {
        longhand!($name, false, border_width.$side, |p, _| {
            let width = line_width(p)?;
            set(move |draft, context| draft.border_width.$side = draft.points(&width, context))
        })
    };
}

macro_rules! style {
    ($name:literal, $side:ident) => {
        longhand!($name, false, style.border.$side.style, |p, _| {
            let style = line_style(p)?;
            set(move |draft, _| draft.style.border.$side.style = style)
        })
    };
}

macro_rules! paint {
    ($name:literal, $side:ident) => {
        longhand!($name, false, border_color.$side, |p, _| {
            let paint = color(p)?;
            set(move |draft, _| {
                draft.border_color.$side = Some(paint.resolve(draft.style.color));
            })
        })
    };
}

macro_rules! radius {
    ($name:literal, $corner:literal) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: false,
                early: false,
                copy: |to, from| {
                    to.style.border_radius[$corner] = from.style.border_radius[$corner];
                },
                parse: |p, _| {
                    let x = positive(p)?;
                    let y = p.try_parse(positive).unwrap_or(x);
                    radius_effect($corner, x, y)
                },
            }),
        }
    };
}

macro_rules! side {
    ($name:literal, $width:literal, $style:literal, $color:literal) => {
        shorthand!($name, [$width, $style, $color], |p, values| values
            .any_order(&[$width, $style, $color], p))
    };
}

pub(super) const PROPERTIES: &[Property] = &[
    width!("border-top-width", top),
    width!("border-right-width", right),
    width!("border-bottom-width", bottom),
    width!("border-left-width", left),
    style!("border-top-style", top),
    style!("border-right-style", right),
    style!("border-bottom-style", bottom),
    style!("border-left-style", left),
    paint!("border-top-color", top),
    paint!("border-right-color", right),
    paint!("border-bottom-color", bottom),
    paint!("border-left-color", left),
    shorthand!(
        "border-width",
        ["border-top-width", "border-right-width", "border-bottom-width", "border-left-width"],
        |p, v| v.sides(
            ["border-top-width", "border-right-width", "border-bottom-width", "border-left-width"],
            p
        )
    ),
    shorthand!(
        "border-style",
        ["border-top-style", "border-right-style", "border-bottom-style", "border-left-style"],
        |p, v| v.sides(
            ["border-top-style", "border-right-style", "border-bottom-style", "border-left-style"],
            p
        )
    ),
    shorthand!(
        "border-color",
        ["border-top-color", "border-right-color", "border-bottom-color", "border-left-color"],
        |p, v| v.sides(
            ["border-top-color", "border-right-color", "border-bottom-color", "border-left-color"],
            p
        )
    ),
    side!("border-top", "border-top-width", "border-top-style", "border-top-color"),
    side!("border-right", "border-right-width", "border-right-style", "border-right-color"),
    side!("border-bottom", "border-bottom-width", "border-bottom-style", "border-bottom-color"),
    side!("border-left", "border-left-width", "border-left-style", "border-left-color"),
    shorthand!("border", ["border-width", "border-style", "border-color"], |p, values| {
        let start = p.state();
        values.parse("border-top", p)?;
        for side in ["border-right", "border-bottom", "border-left"] {
            p.reset(&start);
            values.parse(side, p)?;
        }
        Ok(())
    }),
    radius!("border-top-left-radius", 0),
    radius!("border-top-right-radius", 1),
    radius!("border-bottom-right-radius", 2),
    radius!("border-bottom-left-radius", 3),
    shorthand!(
        "border-radius",
        [
            "border-top-left-radius",
            "border-top-right-radius",
            "border-bottom-right-radius",
            "border-bottom-left-radius"
        ],
        radii
    ),
    words!("outline-style", false, style.outline.style, LineStyle {
        "none" => None, "auto" => Solid, "solid" => Solid, "dashed" => Dashed, "dotted" => Dotted,
        "double" => Double, "groove" => Groove, "ridge" => Ridge, "inset" => Inset,
        "outset" => Outset,
    }),
    longhand!("outline-width", false, outline_width, |p, _| {
        let width = line_width(p)?;
        set(move |draft, context| draft.outline_width = draft.points(&width, context))
    }),
    longhand!("outline-color", false, outline_color, |p, _| {
        if takes(p, "auto") || takes(p, "invert") {
            return set(|draft, _| draft.outline_color = None);
        }
        let paint = color(p)?;
        set(move |draft, _| draft.outline_color = Some(paint.resolve(draft.style.color)))
    }),
    longhand!("outline-offset", false, style.outline_offset, |p, _| {
        let offset = length(p)?;
        set(move |draft, context| draft.style.outline_offset = draft.points(&offset, context))
    }),
    shorthand!("outline", ["outline-color", "outline-style", "outline-width"], |p, values| {
        values.any_order(&["outline-style", "outline-width", "outline-color"], p)
    }),
];

fn radius_effect(corner: usize, x: Linear, y: Linear) -> Parsed<Effect> {
    set(move |draft, context| {
        draft.style.border_radius[corner] = (draft.length(&x, context), draft.length(&y, context));
    })
}

/// One to four horizontal radii and, after a slash, one to four vertical ones (CSS Backgrounds 3
/// §5.1).
fn radii(p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    let corners = |p: &mut Parser<'_>| -> Parsed<[Linear; 4]> {
        let a = positive(p)?;
        let b = p.try_parse(positive).unwrap_or(a);
        let c = p.try_parse(positive).unwrap_or(a);
        let d = p.try_parse(positive).unwrap_or(b);
        Ok([a, b, c, d])
    };
    let across = corners(p)?;
    let slash = p.try_parse(|p| p.expect_delim('/')).is_ok();
    let down = if slash { corners(p)? } else { across };
    let names = [
        "border-top-left-radius",
        "border-top-right-radius",
        "border-bottom-right-radius",
        "border-bottom-left-radius",
    ];
    for (corner, name) in names.into_iter().enumerate() {
        values.set(name, radius_effect(corner, across[corner], down[corner])?);
    }
    Ok(())
}
