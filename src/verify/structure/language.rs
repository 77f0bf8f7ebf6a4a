//! The language of all that is read is told, and told as language tags are written
//! (ISO 14289-1 7.2; ISO 19005-2 6.7.4).

use hayro_syntax::object::{Dict, Stream, String as PdfString};

use super::{Structure, place};
use crate::verify::document::{Document, find};
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::{Rule, rules};
use crate::verify::text::decoded;
use crate::verify::tree::Tree;

rules! {
    OUTLINE = "ua1:7.2-2", "7.2", Levels::UA1, Checked,
        "the language of the outline is told",
        "give the document a language (Lang in the catalog)";
    ACTUAL_TEXT = "ua1:7.2-21", "7.2", Levels::UA1, Checked,
        "the language of each ActualText of the structure is told",
        "give the document a language (Lang in the catalog)";
    ALTERNATIVE = "ua1:7.2-22", "7.2", Levels::UA1, Checked,
        "the language of each Alt of the structure is told",
        "give the document a language (Lang in the catalog)";
    EXPANSION = "ua1:7.2-23", "7.2", Levels::UA1, Checked,
        "the language of each E of the structure is told",
        "give the document a language (Lang in the catalog)";
    TAG = "ua1:7.2-29", "7.2", Levels::UA1, Checked,
        "each Lang is a language tag as RFC 3066 writes them (en, nb-NO)",
        "write the language as a tag: en, fr-FR, ar";
    METADATA = "ua1:7.2-33", "7.2", Levels::UA1, Checked,
        "the language of the metadata's texts is told",
        "give the document a language (Lang in the catalog)";
    A_TAG = "a:6.7.4-1", "6.7.4", Levels::TAGGED, Checked,
        "each Lang is a language tag as RFC 3066 writes them, or empty",
        "write the language as a tag: en, fr-FR, ar";
}

/// Whether the catalog tells the language of the file.
pub fn of_catalog(catalog: &Dict<'_>) -> bool {
    catalog.get::<PdfString<'_>>("Lang").is_some()
}

/// For each element whether it, or one that holds it, tells its language.
pub fn spoken(tree: &Tree<'_>) -> Vec<bool> {
    let mut spoken = Vec::with_capacity(tree.elements.len());
    for element in &tree.elements {
        let around = element.parent.and_then(|parent| spoken.get(parent).copied());
        let own = element.dict.get::<PdfString<'_>>("Lang").is_some();
        spoken.push(own || around.unwrap_or(false));
    }
    spoken
}

/// Checks the languages of the catalog, the elements and the outline.
pub fn check(document: &Document, structure: &Structure<'_>, findings: &mut Findings) {
    let catalog = &structure.catalog;
    let own = catalog.get::<PdfString<'_>>("Lang");
    if let Some(lang) = &own {
        check_tag(lang, &Place::object(catalog.obj_id()), findings);
    }
    let has_outline = catalog.get::<Dict<'_>>("Outlines").is_some_and(|o| o.contains_key("First"));
    if own.is_none() && has_outline {
        findings.push(&OUTLINE, Place::object(catalog.obj_id()), || {
            "there is an outline, and the catalog has no Lang".to_owned()
        });
    }
    let metadata = catalog.get::<Stream<'_>>("Metadata").filter(|_| own.is_none());
    let packet = metadata.and_then(|stream| document.unpacked(&stream));
    let marks: [&[u8]; 2] = [b"\"x-default\"", b"'x-default'"];
    if packet.is_some_and(|packet| marks.iter().any(|mark| find(&packet, mark).is_some())) {
        findings.push(&METADATA, Place::object(catalog.obj_id()), || {
            "there are texts in the default language, and the catalog has no Lang".to_owned()
        });
    }
    let texts: [(&str, &Rule); 3] =
        [("ActualText", &ACTUAL_TEXT), ("Alt", &ALTERNATIVE), ("E", &EXPANSION)];
    for (index, element) in structure.tree.elements.iter().enumerate() {
        if let Some(lang) = element.dict.get::<PdfString<'_>>("Lang")
            && !is_tag(&lang)
        {
            check_tag(&lang, &place(&structure.tree, index), findings);
        }
        if structure.is_spoken(index) {
            continue;
        }
        for (key, rule) in texts {
            if element.dict.get::<PdfString<'_>>(key).is_some() {
                findings.push(rule, place(&structure.tree, index), || {
                    format!("it has {key}, and no Lang, nor has what holds it")
                });
            }
        }
    }
}

/// Notes that a language is not written as one.
pub fn check_tag(lang: &[u8], place: &Place, findings: &mut Findings) {
    if is_tag(lang) {
        return;
    }
    let rules: &[&'static Rule] = if lang.is_empty() { &[&TAG] } else { &[&TAG, &A_TAG] };
    findings.push_each(rules, place, || format!("“{}” is no language tag", decoded(lang)));
}

/// Whether a text string is a language tag of RFC 3066: letters, then letters and digits in
/// parts of one to eight.
pub fn is_tag(lang: &[u8]) -> bool {
    let lang = decoded(lang);
    let mut parts = lang.split('-');
    let sized = |part: &str| (1..=8).contains(&part.len());
    parts
        .next()
        .is_some_and(|first| sized(first) && first.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && parts.all(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tag_of_letters_and_parts_is_one() {
        assert!(is_tag(b"en") && is_tag(b"zh-Hant-TW") && is_tag(b"\xfe\xff\0n\0b"));
        assert!(is_tag(b"x-klingon") && is_tag(b"de-1996"));
    }

    #[test]
    fn other_text_is_no_language_tag() {
        assert!(!is_tag(b"") && !is_tag(b"en_GB") && !is_tag(b"english language"));
        assert!(!is_tag(b"en-") && !is_tag(b"1en") && !is_tag("nørsk".as_bytes()));
    }
}
