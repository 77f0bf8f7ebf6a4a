//! Tables and lists (CSS 2.2 §17, CSS Lists 3).

use std::sync::Arc;

use super::super::address::joined;
use super::super::computed::*;
use super::super::values::*;
use super::*;

type Make = fn() -> ListStyle;

const LIST_STYLES: &[(&str, Make)] = &[
    ("none", || ListStyle::None),
    ("disc", || ListStyle::Disc),
    ("circle", || ListStyle::Circle),
    ("square", || ListStyle::Square),
    ("decimal", || ListStyle::Decimal),
    ("decimal-leading-zero", || ListStyle::DecimalLeadingZero),
    ("lower-alpha", || ListStyle::LowerAlpha),
    ("lower-latin", || ListStyle::LowerAlpha),
    ("upper-alpha", || ListStyle::UpperAlpha),
    ("upper-latin", || ListStyle::UpperAlpha),
    ("lower-roman", || ListStyle::LowerRoman),
    ("upper-roman", || ListStyle::UpperRoman),
    ("lower-greek", || ListStyle::LowerGreek),
    ("arabic-indic", || ListStyle::Digits('\u{660}')),
    ("persian", || ListStyle::Digits('\u{6F0}')),
    ("urdu", || ListStyle::Digits('\u{6F0}')),
    ("devanagari", || ListStyle::Digits('\u{966}')),
    ("bengali", || ListStyle::Digits('\u{9E6}')),
    ("thai", || ListStyle::Digits('\u{E50}')),
];

/// A counter style by name.
pub(super) fn list_style(p: &mut Parser<'_>) -> Parsed<ListStyle> {
    keyword(p, LIST_STYLES).map(|make| make())
}

pub(super) const PROPERTIES: &[Property] = &[
    words!("table-layout", false, style.table_layout, TableLayout {
        "auto" => Auto, "fixed" => Fixed,
    }),
    words!("border-collapse", true, style.border_collapse, BorderCollapse {
        "separate" => Separate, "collapse" => Collapse,
    }),
    longhand!("border-spacing", true, style.border_spacing, |p, _| {
        let x = length(p).and_then(not_negative)?;
        let y = p.try_parse(length).unwrap_or(x);
        let y = not_negative(y)?;
        set(move |draft, context| {
            draft.style.border_spacing = (draft.points(&x, context), draft.points(&y, context));
        })
    }),
    words!("caption-side", true, style.caption_side, CaptionSide {
        "top" => Top, "bottom" => Bottom,
    }),
    words!("empty-cells", true, style.empty_cells, EmptyCells {
        "show" => Show, "hide" => Hide,
    }),
    words!("-dossier-table-fit", false, style.table_fit, TableFit {
        "report" => Report, "shrink" => Shrink, "turn" => Turn,
    }),
    words!("-dossier-repeat", false, style.row_repeat, RowRepeat {
        "always" => Always, "once" => Once, "continued" => Continued, "group" => Group,
    }),
    longhand!("list-style-type", true, style.list_style, |p, _| {
        let style = match p.try_parse(string) {
            Ok(text) => ListStyle::Text(text),
            Err(_) => list_style(p)?,
        };
        set(move |draft, _| draft.style.list_style = style.clone())
    }),
    longhand!("list-style-image", true, style.list_image, |p, env| {
        let image: Option<Arc<str>> = if takes(p, "none") {
            None
        } else {
            Some(Arc::from(joined(&p.expect_url()?, env.base)))
        };
        set(move |draft, _| draft.style.list_image.clone_from(&image))
    }),
    words!("list-style-position", true, style.list_position, ListPosition {
        "outside" => Outside, "inside" => Inside,
    }),
    shorthand!(
        "list-style",
        ["list-style-type", "list-style-position", "list-style-image"],
        |p, values| {
            values.any_order(&["list-style-type", "list-style-position", "list-style-image"], p)
        }
    ),
];
