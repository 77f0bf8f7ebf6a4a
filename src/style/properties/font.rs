//! Fonts (CSS Fonts 4).

use std::sync::Arc;

use cssparser::Token;

use super::super::color::color;
use super::super::computed::*;
use super::super::draft::line_height;
use super::super::values::*;
use super::*;
use crate::geom::Pt;

/// A longhand that others are computed from.
macro_rules! early {
    ($name:literal, $($field:ident).+, $parse:expr) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: true,
                early: true,
                copy: |to, from| to.$($field).+.clone_from(&from.$($field).+),
                parse: $parse,
            }),
        }
    };
}

/// A longhand that switches OpenType features of one group.
macro_rules! features {
    ($name:literal, $group:ident) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: true,
                early: false,
                copy: |to, from| copy_features(to, from, $group),
                parse: |p, _| feature_words(p, $group),
            }),
        }
    };
}

/// Words of a `font-variant-*` property with the features that they switch.
type Group = &'static [(&'static str, Switches)];

/// Features with their values.
type Switches = &'static [(&'static [u8; 4], u32)];

const EAST_ASIAN: Group = &[
    ("jis78", &[(b"jp78", 1)]),
    ("jis83", &[(b"jp83", 1)]),
    ("jis90", &[(b"jp90", 1)]),
    ("jis04", &[(b"jp04", 1)]),
    ("simplified", &[(b"smpl", 1)]),
    ("traditional", &[(b"trad", 1)]),
    ("full-width", &[(b"fwid", 1)]),
    ("proportional-width", &[(b"pwid", 1)]),
    ("ruby", &[(b"ruby", 1)]),
];

const LIGATURES: Group = &[
    ("none", &[(b"liga", 0), (b"clig", 0), (b"dlig", 0), (b"hlig", 0), (b"calt", 0)]),
    ("common-ligatures", &[(b"liga", 1), (b"clig", 1)]),
    ("no-common-ligatures", &[(b"liga", 0), (b"clig", 0)]),
    ("discretionary-ligatures", &[(b"dlig", 1)]),
    ("no-discretionary-ligatures", &[(b"dlig", 0)]),
    ("historical-ligatures", &[(b"hlig", 1)]),
    ("no-historical-ligatures", &[(b"hlig", 0)]),
    ("contextual", &[(b"calt", 1)]),
    ("no-contextual", &[(b"calt", 0)]),
];

const NUMERIC: Group = &[
    ("lining-nums", &[(b"lnum", 1)]),
    ("oldstyle-nums", &[(b"onum", 1)]),
    ("proportional-nums", &[(b"pnum", 1)]),
    ("tabular-nums", &[(b"tnum", 1)]),
    ("diagonal-fractions", &[(b"frac", 1)]),
    ("stacked-fractions", &[(b"afrc", 1)]),
    ("ordinal", &[(b"ordn", 1)]),
    ("slashed-zero", &[(b"zero", 1)]),
];

const CAPS: &[(&str, Caps)] = &[
    ("normal", Caps::Normal),
    ("small-caps", Caps::SmallCaps),
    ("all-small-caps", Caps::AllSmallCaps),
];

pub(super) const PROPERTIES: &[Property] = &[
    early!("font-size", style.font.size, font_size),
    early!("font-family", style.font.families, |p, _| {
        let families: Arc<[Arc<str>]> = Arc::from(p.parse_comma_separated(family)?);
        set(move |draft, _| draft.style.font.families = Arc::clone(&families))
    }),
    early!("font-weight", style.font.weight, font_weight),
    Property {
        name: "font-style",
        kind: Kind::Longhand(Longhand {
            inherited: true,
            early: true,
            copy: |to, from| {
                to.style.font.style = from.style.font.style;
                to.style.font.oblique_angle = from.style.font.oblique_angle;
            },
            parse: font_style,
        }),
    },
    early!("font-stretch", style.font.stretch, font_stretch),
    early!("color", style.color, |p, _| {
        let paint = color(p)?;
        set(move |draft, context| draft.style.color = paint.resolve(context.parent.color))
    }),
    early!("line-height", style.line_height, |p, _| {
        if takes(p, "normal") {
            return set(|draft, _| draft.style.line_height = LineHeight::Normal);
        }
        if let Ok(factor) = p.try_parse(positive_number) {
            return set(move |draft, _| draft.style.line_height = LineHeight::Number(factor));
        }
        let height = positive(p)?;
        set(move |draft, context| {
            let size = draft.style.font.size;
            let height = draft.length(&height, context).resolve(size);
            draft.style.line_height = LineHeight::Length(height);
        })
    }),
    longhand!("font-variant-caps", true, style.font.caps, |p, _| {
        let caps = keyword(p, CAPS)?;
        set(move |draft, _| draft.style.font.caps = caps)
    }),
    words!("font-variant-position", true, style.font.position, FontPosition {
        "normal" => Normal, "sub" => Sub, "super" => Super,
    }),
    features!("font-variant-ligatures", LIGATURES),
    features!("font-variant-numeric", NUMERIC),
    features!("font-variant-east-asian", EAST_ASIAN),
    longhand!("font-kerning", true, style.font.kerning, |p, _| {
        let kerning = keyword(p, &[("auto", true), ("normal", true), ("none", false)])?;
        set(move |draft, _| draft.style.font.kerning = kerning)
    }),
    Property {
        name: "font-feature-settings",
        kind: Kind::Longhand(Longhand {
            inherited: true,
            early: false,
            copy: |to, from| to.style.font.features.clone_from(&from.style.font.features),
            parse: feature_settings,
        }),
    },
    longhand!("font-optical-sizing", true, style.font.optical_sizing, |p, _| {
        let sizing = keyword(p, &[("auto", true), ("none", false)])?;
        set(move |draft, _| draft.style.font.optical_sizing = sizing)
    }),
    longhand!("font-variation-settings", true, style.font.variations, |p, _| {
        if takes(p, "normal") {
            return set(|draft, _| draft.style.font.variations = Arc::from([]));
        }
        let mut axes = p.parse_comma_separated(|p| Ok((tag(p)?, number(p)?)))?;
        axes.sort_by_key(|(tag, _)| *tag);
        let axes: Arc<[([u8; 4], f32)]> = Arc::from(axes);
        set(move |draft, _| draft.style.font.variations = Arc::clone(&axes))
    }),
    shorthand!(
        "font-variant",
        [
            "font-variant-caps",
            "font-variant-position",
            "font-variant-ligatures",
            "font-variant-numeric",
            "font-variant-east-asian"
        ],
        |p, values| {
            const PARTS: &[&str] = &[
                "font-variant-caps",
                "font-variant-position",
                "font-variant-ligatures",
                "font-variant-numeric",
                "font-variant-east-asian",
            ];
            if takes(p, "normal") {
                PARTS.iter().for_each(|name| values.initial(name));
                return Ok(());
            }
            values.any_order(PARTS, p)
        }
    ),
    shorthand!(
        "font",
        [
            "font-style",
            "font-variant",
            "font-weight",
            "font-stretch",
            "font-size",
            "line-height",
            "font-family"
        ],
        font_shorthand
    ),
];

fn font_size(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    let absolute = [
        ("xx-small", 0.6),
        ("x-small", 0.75),
        ("small", 8.0 / 9.0),
        ("medium", 1.0),
        ("large", 1.2),
        ("x-large", 1.5),
        ("xx-large", 2.0),
        ("xxx-large", 3.0),
    ];
    if let Ok(factor) = p.try_parse(|p| keyword(p, &absolute)) {
        return set(move |draft, _| draft.style.font.size = Pt(12.0) * factor);
    }
    let relative = [("smaller", 1.0 / 1.2), ("larger", 1.2)];
    if let Ok(factor) = p.try_parse(|p| keyword(p, &relative)) {
        return set(move |draft, context| {
            draft.style.font.size = context.parent.font.size * factor;
        });
    }
    let size = positive(p)?;
    set(move |draft, context| {
        let parent = context.parent.font.size;
        let bases = Bases {
            em: parent,
            rem: context.root_size,
            view: context.view,
            line: line_height(context.parent),
            root_line: context.root_line,
        };
        draft.style.font.size = size.resolve(&bases).resolve(parent).max(Pt::ZERO);
    })
}

fn font_style(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    let table = [
        ("normal", FontStyle::Normal),
        ("italic", FontStyle::Italic),
        ("oblique", FontStyle::Oblique),
    ];
    let style = keyword(p, &table)?;
    let angle = match style {
        FontStyle::Oblique => p.try_parse(angle).unwrap_or(14.0),
        _ => 14.0,
    };
    if !(-90.0..=90.0).contains(&angle) {
        return refuse("an angle from -90deg to 90deg is wanted");
    }
    set(move |draft, _| {
        draft.style.font.style = style;
        draft.style.font.oblique_angle = angle;
    })
}

fn font_weight(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    if let Ok(weight) = p.try_parse(|p| keyword(p, &[("normal", 400_u16), ("bold", 700)])) {
        return set(move |draft, _| draft.style.font.weight = weight);
    }
    // CSS Fonts 4 §2.2.1.
    if takes(p, "bolder") {
        return set(|draft, context| {
            draft.style.font.weight = match context.parent.font.weight {
                0..350 => 400,
                350..550 => 700,
                550..900 => 900,
                same => same,
            };
        });
    }
    if takes(p, "lighter") {
        return set(|draft, context| {
            draft.style.font.weight = match context.parent.font.weight {
                same @ 0..100 => same,
                100..550 => 100,
                550..750 => 400,
                _ => 700,
            };
        });
    }
    match u16::try_from(integer(p)?) {
        Ok(weight @ 1..=1000) => set(move |draft, _| draft.style.font.weight = weight),
        _ => refuse("a weight from 1 to 1000 is wanted"),
    }
}

fn font_stretch(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    let stretch = stretch(p)?;
    set(move |draft, _| draft.style.font.stretch = stretch)
}

/// A width of letters, 1.0 for the usual one.
pub(crate) fn stretch(p: &mut Parser<'_>) -> Parsed<f32> {
    let table = [
        ("ultra-condensed", 0.5),
        ("extra-condensed", 0.625),
        ("condensed", 0.75),
        ("semi-condensed", 0.875),
        ("normal", 1.0),
        ("semi-expanded", 1.125),
        ("expanded", 1.25),
        ("extra-expanded", 1.5),
        ("ultra-expanded", 2.0),
    ];
    match p.try_parse(|p| keyword(p, &table)) {
        Ok(stretch) => Ok(stretch),
        Err(_) => match p.expect_percentage()? {
            stretch if stretch >= 0.0 => Ok(stretch),
            _ => refuse("a width cannot be negative"),
        },
    }
}

/// One family: a quoted name, or words.
pub(crate) fn family(p: &mut Parser<'_>) -> Parsed<Arc<str>> {
    if let Ok(name) = p.try_parse(string) {
        return Ok(name);
    }
    let mut name = p.expect_ident()?.to_string();
    while let Ok(word) = p.try_parse(|p| p.expect_ident_cloned()) {
        name.push(' ');
        name.push_str(&word);
    }
    Ok(Arc::from(name))
}

fn tag(p: &mut Parser<'_>) -> Parsed<[u8; 4]> {
    match <[u8; 4]>::try_from(string(p)?.as_bytes()) {
        Ok(tag) if tag.iter().all(|byte| (0x20..0x7f).contains(byte)) => Ok(tag),
        _ => refuse("a tag has four letters"),
    }
}

fn feature_settings(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    let mut features: Vec<([u8; 4], u32)> = Vec::new();
    if !takes(p, "normal") {
        features = p.parse_comma_separated(|p| {
            let tag = tag(p)?;
            let value = match p.try_parse(|p| keyword(p, &[("on", 1_u32), ("off", 0)])) {
                Ok(value) => value,
                Err(_) => match p.try_parse(integer) {
                    Ok(value) => u32::try_from(value).or_else(|_| unexpected())?,
                    Err(_) => 1,
                },
            };
            Ok((tag, value))
        })?;
    }
    set(move |draft, _| {
        let kept = draft.style.font.features.iter().filter(|(tag, _)| is_grouped(*tag)).copied();
        draft.style.font.features = sorted(kept.chain(features.iter().copied()).collect());
    })
}

fn is_grouped(tag: [u8; 4]) -> bool {
    [LIGATURES, NUMERIC, EAST_ASIAN].iter().any(|group| in_group(tag, group))
}

fn in_group(tag: [u8; 4], group: Group) -> bool {
    group.iter().any(|(_, features)| features.iter().any(|(own, _)| **own == tag))
}

/// Sorted by tag; of two values for one tag the later one holds.
fn sorted(features: Vec<([u8; 4], u32)>) -> Arc<[([u8; 4], u32)]> {
    features.into_iter().collect::<std::collections::BTreeMap<_, _>>().into_iter().collect()
}

fn copy_features(to: &mut Draft, from: &Draft, group: Group) {
    let kept = to.style.font.features.iter().filter(|(tag, _)| !in_group(*tag, group));
    let taken = from.style.font.features.iter().filter(|(tag, _)| in_group(*tag, group));
    to.style.font.features = sorted(kept.chain(taken).copied().collect());
}

fn feature_words(p: &mut Parser<'_>, group: Group) -> Parsed<Effect> {
    let mut features: Vec<([u8; 4], u32)> = Vec::new();
    if !takes(p, "normal") {
        features.extend(keyword(p, group)?.iter().map(|(tag, value)| (**tag, *value)));
        while let Ok(more) = p.try_parse(|p| keyword(p, group)) {
            features.extend(more.iter().map(|(tag, value)| (**tag, *value)));
        }
    }
    set(move |draft, _| {
        let kept = draft.style.font.features.iter().filter(|(tag, _)| !in_group(*tag, group));
        draft.style.font.features = sorted(kept.copied().chain(features.iter().copied()).collect());
    })
}

/// Names of a system's fonts, which paper has none of (CSS Fonts 4 §2.7.1).
const SYSTEM: &[(&str, ())] = &[
    ("caption", ()),
    ("icon", ()),
    ("menu", ()),
    ("message-box", ()),
    ("small-caption", ()),
    ("status-bar", ()),
];

fn font_shorthand(p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    if p.try_parse(|p| keyword(p, SYSTEM)).is_ok() {
        values.initial("font");
        let families: Arc<[Arc<str>]> = Arc::from([Arc::from("sans-serif")]);
        let family = set(move |draft, _| draft.style.font.families = Arc::clone(&families))?;
        values.set("font-family", family);
        return Ok(());
    }
    values.initial("font-variant");
    let mut left: Vec<&'static str> =
        vec!["font-style", "font-variant-caps", "font-weight", "font-stretch"];
    loop {
        if takes(p, "normal") {
            continue;
        }
        let found = (0..left.len()).find(|index| {
            // A number here is a weight only when a size follows; sizes carry a unit.
            values.try_parse(left[*index], p)
        });
        let Some(index) = found else { break };
        left.remove(index);
    }
    left.retain(|name| *name != "font-variant-caps");
    left.into_iter().for_each(|name| values.initial(name));
    values.parse("font-size", p)?;
    let slash = p.try_parse(|p| match p.next() {
        Ok(Token::Delim('/')) => Ok(()),
        _ => Err(()),
    });
    match slash {
        Ok(()) => values.parse("line-height", p)?,
        Err(()) => values.initial("line-height"),
    }
    values.parse("font-family", p)
}
