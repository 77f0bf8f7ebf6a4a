//! The properties, a family a file: how a value is read and what it does to a style.

use std::sync::LazyLock;

use cssparser::Parser;
use rustc_hash::FxHashMap;

use super::declaration::{Env, Expansion};
use super::draft::{Context, Draft, Effect};
use super::values::Parsed;

/// Gives a longhand whose value is one field of the style.
macro_rules! longhand {
    ($name:literal, $inherited:literal, $($field:ident).+, $parse:expr) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: $inherited,
                early: false,
                copy: |to, from| to.$($field).+.clone_from(&from.$($field).+),
                parse: $parse,
            }),
        }
    };
}

/// Gives a longhand whose value is one of some words.
macro_rules! words {
    ($name:literal, $inherited:literal, $($field:ident).+,
        $type:ident { $($word:literal => $variant:ident),+ $(,)? }) => {
        longhand!($name, $inherited, $($field).+, |p, _| {
            let word = keyword(p, &[$(($word, $type::$variant)),+])?;
            set(move |draft, _| draft.$($field).+ = word)
        })
    };
}

/// Gives a shorthand.
macro_rules! shorthand {
    ($name:literal, [$($longhand:literal),+ $(,)?], $parse:expr) => {
        Property {
            name: $name,
            kind: Kind::Shorthand { longhands: &[$($longhand),+], parse: $parse },
        }
    };
}

/// A longhand of the boxed flex and grid values.
macro_rules! boxed {
    ($name:literal, $($field:ident).+, $parse:expr) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: false,
                early: false,
                copy: |to, from| {
                    let value = match &from.style.arrangement {
                        Some(own) => own.$($field).+.clone(),
                        None => Arrangement::INITIAL.$($field).+,
                    };
                    to.arrangement().$($field).+ = value;
                },
                parse: $parse,
            }),
        }
    };
}

mod arrangement;
mod background;
mod border;
mod boxes;
mod font;
mod generated;
mod gradient;
mod grid;
mod logical;
mod paged;
mod tables;
mod text;

pub(crate) use font::{family, stretch};
pub(crate) use tables::list_style_name;

/// Names one property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PropertyId(u16);

/// A property.
pub(crate) struct Property {
    pub name: &'static str,
    pub kind: Kind,
}

/// What a property is made of.
pub(crate) enum Kind {
    Longhand(Longhand),
    Shorthand {
        longhands: &'static [&'static str],
        parse: fn(&mut Parser<'_>, &mut Expansion<'_>) -> Parsed<()>,
    },
    /// Stands for `ltr` or `rtl`, by the element's direction (CSS Logical 1).
    Logical {
        ltr: &'static str,
        rtl: &'static str,
    },
    /// `all`.
    All,
}

/// A property with a value of its own.
pub(crate) struct Longhand {
    pub inherited: bool,
    /// Whether other values are computed from it.
    pub early: bool,
    pub copy: fn(&mut Draft, &Draft),
    pub parse: fn(&mut Parser<'_>, &Env<'_>) -> Parsed<Effect>,
}

/// An effect from a closure.
fn set(effect: impl Fn(&mut Draft, &Context<'_>) + Send + Sync + 'static) -> Parsed<Effect> {
    Ok(Box::new(effect))
}

const ALL: &[Property] = &[Property { name: "all", kind: Kind::All }];

static TABLE: LazyLock<Vec<&'static Property>> = LazyLock::new(|| {
    let families = [
        font::PROPERTIES,
        text::PROPERTIES,
        boxes::PROPERTIES,
        border::PROPERTIES,
        background::PROPERTIES,
        arrangement::PROPERTIES,
        grid::PROPERTIES,
        tables::PROPERTIES,
        paged::PROPERTIES,
        generated::PROPERTIES,
        logical::PROPERTIES,
        ALL,
    ];
    families.into_iter().flatten().collect()
});

static INDEX: LazyLock<FxHashMap<&'static str, PropertyId>> = LazyLock::new(|| {
    let numbered = TABLE.iter().zip(0_u16..);
    numbered.map(|(property, index)| (property.name, PropertyId(index))).collect()
});

/// The property of that name, in any case.
pub(crate) fn find(name: &str) -> Option<PropertyId> {
    INDEX.get(name).or_else(|| INDEX.get(name.to_ascii_lowercase().as_str())).copied()
}

/// The property behind an id.
pub(crate) fn get(id: PropertyId) -> &'static Property {
    TABLE[usize::from(id.0)]
}

/// The names of all properties, in the order of the table.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|property| property.name)
}

/// The properties that a value of `id` sets: itself unless it is a shorthand.
pub(crate) fn longhands(id: PropertyId) -> Vec<PropertyId> {
    match &get(id).kind {
        Kind::Shorthand { longhands: names, .. } => {
            names.iter().filter_map(|name| find(name)).flat_map(longhands).collect()
        }
        Kind::All => {
            let longhand = |property: &&&'static Property| {
                matches!(property.kind, Kind::Longhand(_))
                    && !matches!(property.name, "direction" | "unicode-bidi")
            };
            TABLE.iter().filter(longhand).filter_map(|property| find(property.name)).collect()
        }
        _ => vec![id],
    }
}
