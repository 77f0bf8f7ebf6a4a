//! What cannot be read as text has a text beside it, and notes can be found
//! (ISO 14289-1 7.3, 7.7, 7.9).

use hayro_syntax::object::String as PdfString;
use rustc_hash::FxHashSet;

use super::place;
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::role::Role;
use crate::verify::rule::rules;
use crate::verify::text::is_blank;
use crate::verify::tree::{Element, Tree};

rules! {
    FIGURE = "ua1:7.3-1", "7.3", Levels::UA1, Checked,
        "each Figure has a text to be read for it (Alt or ActualText)",
        "describe the picture in its alternative text, or mark it as an artifact when it says nothing";
    FORMULA = "ua1:7.7-1", "7.7", Levels::UA1, Checked,
        "each Formula has a text to be read for it (Alt or ActualText)",
        "say the formula in words in its alternative text";
    NOTE_ID = "ua1:7.9-1", "7.9", Levels::UA1, Checked,
        "each Note has an ID",
        "let the producer write an ID into each Note";
    NOTE_ID_TWICE = "ua1:7.9-2", "7.9", Levels::UA1, Checked,
        "no two Notes have the same ID",
        "give each Note an ID of its own";
}

/// Checks figures, formulas and notes.
pub fn check(tree: &Tree<'_>, findings: &mut Findings) {
    let mut ids = FxHashSet::default();
    for (index, element) in tree.elements.iter().enumerate() {
        let rule = match element.role {
            Role::Figure => &FIGURE,
            Role::Formula => &FORMULA,
            Role::Note => {
                let id = element.dict.get::<PdfString<'_>>("ID").map(|id| id.to_vec());
                match id.filter(|id| !id.is_empty()) {
                    None => {
                        findings.push(&NOTE_ID, place(tree, index), || "it has no ID".to_owned())
                    }
                    Some(id) => {
                        let shown = String::from_utf8_lossy(&id).into_owned();
                        if !ids.insert(id) {
                            findings.push(&NOTE_ID_TWICE, place(tree, index), || {
                                format!("another Note has the ID “{shown}” already")
                            });
                        }
                    }
                }
                continue;
            }
            _ => continue,
        };
        if !has_text(element) {
            findings.push(rule, place(tree, index), || match element.dict.contains_key("Alt") {
                true => "its Alt is empty".to_owned(),
                false => "it has neither Alt nor ActualText".to_owned(),
            });
        }
    }
}

/// Whether something is read for the element; an empty replacement says that nothing is.
fn has_text(element: &Element<'_>) -> bool {
    element.dict.get::<PdfString<'_>>("Alt").is_some_and(|text| !is_blank(&text))
        || element.dict.get::<PdfString<'_>>("ActualText").is_some()
}
