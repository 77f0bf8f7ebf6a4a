//! Tables and lists (CSS 2.2 §17, CSS Lists 3).

use std::sync::Arc;

use super::super::address::joined;
use super::super::computed::*;
use super::super::counter_style::{predefined, symbols};
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
];

/// The name of a style that has one of its own.
pub(crate) fn list_style_name(style: &ListStyle) -> Option<&'static str> {
    LIST_STYLES.iter().find(|(_, make)| make() == *style).map(|(name, _)| *name)
}

/// A counter style: by name, or `symbols()`.
pub(super) fn list_style(p: &mut Parser<'_>, env: &Env<'_>) -> Parsed<ListStyle> {
    if let Ok(make) = p.try_parse(|p| keyword(p, LIST_STYLES)) {
        return Ok(make());
    }
    if p.try_parse(|p| p.expect_function_matching("symbols")).is_ok() {
        return p.parse_nested_block(symbols);
    }
    let name = custom_ident(p)?;
    if let Some(style) = predefined(&name.to_ascii_lowercase()) {
        return Ok(ListStyle::Custom(Arc::new(style)));
    }
    env.note_counter_style(&name);
    Ok(ListStyle::Named(name))
}

/// Type, place and picture of a marker in any order (CSS 2.2 12.5.1). `none` is for the type or the
/// picture, whichever is not given, and for both where neither is.
fn list_style_parts(p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    const TYPE: &str = "list-style-type";
    const IMAGE: &str = "list-style-image";
    // A name of the author's own is a type only when it is nothing else (CSS Counter Styles 3 3.4).
    let mut left = vec!["list-style-position", IMAGE, TYPE];
    let mut nones = 0;
    loop {
        if p.try_parse(|p| p.expect_ident_matching("none")).is_ok() {
            nones += 1;
        } else if let Some(index) = left.iter().position(|name| values.try_parse(name, p)) {
            left.remove(index);
        } else {
            break;
        }
    }
    let free = left.iter().filter(|name| [TYPE, IMAGE].contains(name)).count();
    if nones > free || (nones == 0 && left.len() == 3) {
        return unexpected();
    }
    for name in left {
        match name {
            TYPE if nones > 0 => {
                values.set(TYPE, set(|draft, _| draft.style.list_style = ListStyle::None)?)
            }
            // No picture is what holds by itself.
            _ => values.initial(name),
        }
    }
    Ok(())
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
    longhand!("list-style-type", true, style.list_style, |p, env| {
        let style = match p.try_parse(string) {
            Ok(text) => ListStyle::Text(text),
            Err(_) => list_style(p, env)?,
        };
        set(move |draft, context| {
            draft.style.list_style = context.counter_styles.resolve(&style);
        })
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
        list_style_parts
    ),
];
