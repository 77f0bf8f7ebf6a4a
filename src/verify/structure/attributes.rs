//! The attributes of structure elements (ISO 32000-1 14.7.5), their own and those of their
//! classes.

use hayro_syntax::object::{Array, Dict, Name, Object};

use crate::verify::document::{items, names};
use crate::verify::tree::{Element, Tree};

/// How many attribute objects or classes of one element are looked at.
const OBJECTS: usize = 64;

/// The value of an attribute with this owner (`Table`, `Layout`) that `wanted` takes: the
/// element's own, else that of its classes.
pub fn attribute<'a, T>(
    tree: &Tree<'a>,
    element: &Element<'a>,
    owner: &[u8],
    key: &str,
    wanted: impl Fn(Object<'a>) -> Option<T>,
) -> Option<T> {
    let own = element
        .dict
        .contains_key("A")
        .then(|| element.dict.get::<Object<'a>>("A"))
        .flatten()
        .and_then(|attributes| find(&attributes, owner, key, &wanted));
    if own.is_some() || !element.dict.contains_key("C") {
        return own;
    }
    let classes = tree.root.get::<Dict<'a>>("ClassMap")?;
    let of_class =
        |name: &Name<'a>| find(&classes.get::<Object<'a>>(&**name)?, owner, key, &wanted);
    match element.dict.get::<Object<'a>>("C")? {
        Object::Name(name) => of_class(&name),
        Object::Array(classes) => names(&classes).take(OBJECTS).find_map(|name| of_class(&name)),
        _ => None,
    }
}

/// The value in an attribute object, or in the first of a list that has it.
fn find<'a, T>(
    attributes: &Object<'a>,
    owner: &[u8],
    key: &str,
    wanted: &impl Fn(Object<'a>) -> Option<T>,
) -> Option<T> {
    let of = |dict: &Dict<'a>| {
        let owns = dict.get::<Name<'a>>("O").is_some_and(|name| &*name == owner);
        owns.then(|| dict.get::<Object<'a>>(key)).flatten().and_then(wanted)
    };
    match attributes {
        Object::Dict(dict) => of(dict),
        Object::Array(list) => {
            items(list).take(OBJECTS).filter_map(Object::into_dict).find_map(|dict| of(&dict))
        }
        _ => None,
    }
}

/// A whole number of an attribute (`ColSpan`); anything else counts as not written.
pub fn whole<'a>(tree: &Tree<'a>, element: &Element<'a>, owner: &[u8], key: &str) -> Option<i64> {
    attribute(tree, element, owner, key, |value| match value {
        Object::Number(number) if number.as_f64().fract() == 0.0 => Some(number.as_i64()),
        _ => None,
    })
}

/// A name of an attribute (`Scope`).
pub fn name<'a>(
    tree: &Tree<'a>,
    element: &Element<'a>,
    owner: &[u8],
    key: &str,
) -> Option<Name<'a>> {
    attribute(tree, element, owner, key, Object::into_name)
}

/// The strings of a list (`Headers`); empty when there are none.
pub fn strings<'a>(
    tree: &Tree<'a>,
    element: &Element<'a>,
    owner: &[u8],
    key: &str,
) -> Vec<Vec<u8>> {
    let list: Option<Array<'a>> = attribute(tree, element, owner, key, Object::into_array);
    let texts = list.iter().flat_map(items).filter_map(Object::into_string);
    texts.map(|text| text.to_vec()).collect()
}
