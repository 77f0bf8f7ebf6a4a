//! Pages, breaks and columns (CSS Fragmentation 3, CSS Paged Media 3, CSS Multi-column 1).

use super::super::color::color;
use super::super::computed::*;
use super::super::draft::PageSize;
use super::super::styled::Marks;
use super::super::values::*;
use super::border::{line_style, line_width};
use super::*;
use crate::geom::{Pt, Size};

const BREAKS: &[(&str, Break)] = &[
    ("auto", Break::Auto),
    ("avoid", Break::Avoid),
    ("avoid-page", Break::Avoid),
    ("avoid-column", Break::Avoid),
    ("page", Break::Page),
    ("always", Break::Page),
    ("all", Break::Page),
    ("left", Break::Left),
    ("right", Break::Right),
    ("recto", Break::Recto),
    ("verso", Break::Verso),
    ("column", Break::Column),
];

const INSIDE: &[(&str, BreakInside)] = &[
    ("auto", BreakInside::Auto),
    ("avoid", BreakInside::Avoid),
    ("avoid-page", BreakInside::Avoid),
    ("avoid-column", BreakInside::Avoid),
];

macro_rules! breaks {
    ($name:literal, $field:ident, $table:ident) => {
        longhand!($name, false, style.$field, |p, _| {
            let word = keyword(p, $table)?;
            set(move |draft, _| draft.style.$field = word)
        })
    };
}

/// A longhand of the boxed column values.
macro_rules! column {
    ($name:literal, $field:ident, $parse:expr) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: false,
                early: false,
                copy: |to, from| {
                    let value = from
                        .style
                        .columns
                        .as_ref()
                        .map_or(Columns::INITIAL.$field, |own| own.$field);
                    to.columns().$field = value;
                },
                parse: $parse,
            }),
        }
    };
}

macro_rules! descriptor {
    ($name:literal, $field:ident, $parse:expr) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: false,
                early: false,
                copy: |to, from| to.page.$field = from.page.$field,
                parse: $parse,
            }),
        }
    };
}

pub(super) const PROPERTIES: &[Property] = &[
    breaks!("break-before", break_before, BREAKS),
    breaks!("break-after", break_after, BREAKS),
    breaks!("break-inside", break_inside, INSIDE),
    breaks!("page-break-before", break_before, BREAKS),
    breaks!("page-break-after", break_after, BREAKS),
    breaks!("page-break-inside", break_inside, INSIDE),
    words!("box-decoration-break", false, style.decoration_break, DecorationBreak {
        "slice" => Slice, "clone" => Clone,
    }),
    longhand!("orphans", true, style.orphans, |p, _| {
        let lines = count(p)?;
        set(move |draft, _| draft.style.orphans = lines)
    }),
    longhand!("widows", true, style.widows, |p, _| {
        let lines = count(p)?;
        set(move |draft, _| draft.style.widows = lines)
    }),
    longhand!("page", false, style.page, |p, _| {
        let name = if takes(p, "auto") { None } else { Some(custom_ident(p)?) };
        set(move |draft, _| draft.style.page.clone_from(&name))
    }),
    descriptor!("size", size, page_size),
    descriptor!("marks", marks, |p, _| {
        if takes(p, "none") {
            return set(|draft, _| draft.page.marks = Marks::default());
        }
        let words = [("crop", true), ("cross", false)];
        let first = keyword(p, &words)?;
        let second = p.try_parse(|p| keyword(p, &words)).ok();
        if second == Some(first) {
            return refuse("each kind of mark is named once");
        }
        let has = |kind| first == kind || second == Some(kind);
        let marks = Marks { crop: has(true), cross: has(false) };
        set(move |draft, _| draft.page.marks = marks)
    }),
    descriptor!("bleed", bleed, |p, _| {
        if takes(p, "auto") {
            return set(|draft, _| draft.page.bleed = None);
        }
        let bleed = length(p).and_then(not_negative)?;
        set(move |draft, context| draft.page.bleed = Some(draft.points(&bleed, context)))
    }),
    descriptor!("border-clip", border_clip, |p, _| {
        if takes(p, "normal") {
            return set(|draft, _| draft.page.border_clip = None);
        }
        let clip = length(p).and_then(not_negative)?;
        set(move |draft, context| {
            draft.page.border_clip = Some(draft.points(&clip, context));
        })
    }),
    words!("footnote-policy", false, style.footnote_policy, FootnotePolicy {
        "auto" => Auto, "line" => Line, "block" => Block,
    }),
    column!("column-count", count, |p, _| {
        let count = if takes(p, "auto") { None } else { Some(count(p)?) };
        set(move |draft, _| draft.columns().count = count)
    }),
    column!("column-width", width, |p, _| {
        let width = if takes(p, "auto") { None } else { Some(length(p).and_then(not_negative)?) };
        set(move |draft, context| {
            let width = width.map(|width| draft.points(&width, context));
            draft.columns().width = width;
        })
    }),
    column!("column-fill", fill, |p, _| {
        let table = [("balance", ColumnFill::Balance), ("auto", ColumnFill::Auto)];
        let fill = keyword(p, &table)?;
        set(move |draft, _| draft.columns().fill = fill)
    }),
    column!("column-span", span_all, |p, _| {
        let all = keyword(p, &[("none", false), ("all", true)])?;
        set(move |draft, _| draft.columns().span_all = all)
    }),
    longhand!("column-rule-width", false, rule_width, |p, _| {
        let width = line_width(p)?;
        set(move |draft, context| {
            draft.columns();
            draft.rule_width = draft.points(&width, context);
        })
    }),
    Property {
        name: "column-rule-style",
        kind: Kind::Longhand(Longhand {
            inherited: false,
            early: false,
            copy: |to, from| {
                let own = from.style.columns.as_ref().map_or(LineStyle::None, |c| c.rule.style);
                to.columns().rule.style = own;
            },
            parse: |p, _| {
                let style = line_style(p)?;
                set(move |draft, _| draft.columns().rule.style = style)
            },
        }),
    },
    longhand!("column-rule-color", false, rule_color, |p, _| {
        let paint = color(p)?;
        set(move |draft, _| draft.rule_color = Some(paint.resolve(draft.style.color)))
    }),
    shorthand!(
        "column-rule",
        ["column-rule-width", "column-rule-style", "column-rule-color"],
        |p, values| values
            .any_order(&["column-rule-width", "column-rule-style", "column-rule-color"], p)
    ),
    shorthand!("columns", ["column-width", "column-count"], |p, values| {
        let auto = takes(p, "auto");
        let found = values.any_order(&["column-width", "column-count"], p);
        if auto && found.is_err() {
            values.initial("column-width");
            values.initial("column-count");
            return Ok(());
        }
        found?;
        takes(p, "auto");
        Ok(())
    }),
];

/// Sheets by name (CSS Paged Media 3 §7.1).
const SHEETS: &[(&str, (f32, f32))] = &[
    ("a3", (297.0, 420.0)),
    ("a4", (210.0, 297.0)),
    ("a5", (148.0, 210.0)),
    ("a6", (105.0, 148.0)),
    ("b4", (250.0, 353.0)),
    ("b5", (176.0, 250.0)),
    ("jis-b4", (257.0, 364.0)),
    ("jis-b5", (182.0, 257.0)),
    ("letter", (215.9, 279.4)),
    ("legal", (215.9, 355.6)),
    ("ledger", (279.4, 431.8)),
];

fn page_size(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    if takes(p, "auto") {
        return set(|draft, _| draft.page.size = None);
    }
    let turns = [("portrait", false), ("landscape", true)];
    let before = p.try_parse(|p| keyword(p, &turns)).ok();
    let sheet = p.try_parse(|p| keyword(p, SHEETS)).ok();
    let turn = before.or_else(|| p.try_parse(|p| keyword(p, &turns)).ok());
    if let Some((width, height)) = sheet {
        let (width, height) = (Pt::mm(width), Pt::mm(height));
        let size =
            if turn == Some(true) { Size::new(height, width) } else { Size::new(width, height) };
        return set(move |draft, _| draft.page.size = Some(PageSize::Fixed(size)));
    }
    if let Some(turn) = turn {
        let size = if turn { PageSize::Landscape } else { PageSize::Portrait };
        return set(move |draft, _| draft.page.size = Some(size));
    }
    let width = length(p).and_then(not_negative)?;
    let height = match p.try_parse(length) {
        Ok(height) => not_negative(height)?,
        Err(_) => width,
    };
    set(move |draft, context| {
        let size = Size::new(draft.points(&width, context), draft.points(&height, context));
        draft.page.size = Some(PageSize::Fixed(size));
    })
}
