//! Names that people read are UTF-8 (ISO 19005-2 6.1.8): of fonts, colourants and structure types;
//! and the numbers that fonts give to characters have a limit (6.1.13).

use hayro_syntax::object::{Name, Stream};

use crate::verify::document::Document;
use crate::verify::finding::{Findings, Place};
use crate::verify::fonts::cmap::CMap;
use crate::verify::fonts::uses::Uses;
use crate::verify::level::Levels;
use crate::verify::rule::rules;
use crate::verify::tree::Tree;

rules! {
    NAMES = "a:6.1.8-1", "6.1.8", Levels::ARCHIVE, Checked,
        "names of fonts, colourants and structure types are UTF-8",
        "let the producer write the name in UTF-8";
    CHARACTERS = "a:6.1.13-10", "6.1.13", Levels::ARCHIVE, Checked,
        "CMaps select no character above 65,535",
        "let the producer write the font's CMap anew";
}

/// The greatest number of a character in a font (6.1.13).
const CHARACTER: u32 = 65_535;

/// Checks the names of fonts and of structure types, and the CMaps that fonts bring.
pub fn check(document: &Document, fonts: &Uses<'_>, tree: &Tree<'_>, findings: &mut Findings) {
    if !findings.asks(Levels::ARCHIVE) {
        return;
    }
    for (_, font) in fonts.iter() {
        let place = || Place::page(font.page).in_object(font.id);
        if let Some(name) = font.dict.get::<Name<'_>>("BaseFont") {
            judge(&name, "font", place(), findings);
        }
        let own = font.dict.get::<Stream<'_>>("Encoding");
        let greatest = own
            .and_then(|stream| document.unpacked(&stream))
            .and_then(|bytes| CMap::read(&bytes).greatest_cid());
        if let Some(cid) = greatest.filter(|cid| *cid > CHARACTER) {
            findings.push(&CHARACTERS, place(), || format!("its CMap selects {cid}"));
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
