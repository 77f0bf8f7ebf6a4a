//! The language of what form fields say (ISO 14289-1 7.2).

use hayro_syntax::object::{Array, Dict, Number, String as PdfString};
use rustc_hash::FxHashSet;

use super::Named;
use crate::verify::document::Document;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;
use crate::verify::structure::Structure;

/// How many fields of a form are looked at.
const FIELDS: usize = 1 << 20;

rules! {
    FIELD_LANGUAGE = "ua1:7.2-25", "7.2", Levels::UA1, Checked,
        "the language of each form field's description is told",
        "give the document a language (Lang in the catalog)";
}

/// Checks all fields of the form.
pub fn check(document: &Document, structure: &Structure<'_>, findings: &mut Findings) {
    if structure.language {
        return;
    }
    let mut seen = FxHashSet::default();
    let mut left: Vec<Dict<'_>> = Vec::new();
    let form = structure.catalog.get::<Dict<'_>>("AcroForm").unwrap_or_default();
    if let Some(fields) = form.get::<Array<'_>>("Fields") {
        left.extend(document.dicts(&fields).take(FIELDS));
    }
    left.reverse();
    while let Some(field) = left.pop() {
        if field.obj_id().is_some_and(|id| !seen.insert(id)) || seen.len() > FIELDS {
            continue;
        }
        if let Some(kids) = field.get::<Array<'_>>("Kids") {
            let from = left.len();
            left.extend(document.dicts(&kids).take(FIELDS));
            left[from..].reverse();
        }
        let key = field.get::<Number>("StructParent").map(|key| key.as_i64());
        let element = key
            .and_then(|key| structure.parents.of_object(key))
            .and_then(|id| Named::read(document, structure, id));
        let spoken = element.is_some_and(|e| e.dict.get::<PdfString<'_>>("Lang").is_some());
        if field.get::<PdfString<'_>>("TU").is_some() && !spoken {
            findings.push(&FIELD_LANGUAGE, Place::object(field.obj_id()), || {
                "no language is told for its description (TU)".to_owned()
            });
        }
    }
}
