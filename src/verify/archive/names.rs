//! Names that people read are UTF-8 (ISO 19005-2 6.1.8): of fonts, colourants and structure types.

use hayro_syntax::object::Name;

use crate::verify::finding::{Findings, Place};
use crate::verify::fonts::uses::Uses;
use crate::verify::level::Levels;
use crate::verify::rule::rules;
use crate::verify::tree::Tree;

rules! {
    NAMES = "a:6.1.8-1", "6.1.8", Levels::ARCHIVE, Checked,
        "names of fonts, colourants and structure types are UTF-8",
        "let the producer write the name in UTF-8";
}

/// Checks the names of fonts and of structure types.
pub fn check(fonts: &Uses<'_>, tree: &Tree<'_>, findings: &mut Findings) {
    if !findings.asks(Levels::ARCHIVE) {
        return;
    }
    for (_, font) in fonts.iter() {
        if let Some(name) = font.dict.get::<Name<'_>>("BaseFont") {
            judge(&name, "font", Place::page(font.page).in_object(font.id), findings);
        }
    }
    for (from, to) in &tree.roles.entries {
        for name in [from, to] {
            judge(name, "structure type", Place::object(tree.root.obj_id()), findings);
        }
    }
    for element in &tree.elements {
        if std::str::from_utf8(&element.written).is_err() {
            judge(&element.written, "structure type", Place::object(element.id), findings);
        }
    }
}

fn judge(name: &[u8], what: &str, place: Place, findings: &mut Findings) {
    if std::str::from_utf8(name).is_err() {
        findings.push(&NAMES, place, || format!("the {what} “{}”", String::from_utf8_lossy(name)));
    }
}
