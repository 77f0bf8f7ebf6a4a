//! Interactive forms and permissions (ISO 19005-2 6.1.12, 6.4.1, 6.4.2).

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};
use rustc_hash::FxHashSet;

use super::{actions, signatures};
use crate::verify::document::Document;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    PERMISSIONS = "a:6.1.12-1", "6.1.12", Levels::ARCHIVE, Checked,
        "permissions have no entries but UR3 and DocMDP",
        "let the producer leave the other permissions out";
    FIELD_ACTIONS = "a:6.4.1-2", "6.4.1", Levels::ARCHIVE, Checked,
        "fields have no actions (AA)",
        "remove the actions of the form";
    NEEDS_APPEARANCES = "a:6.4.1-3", "6.4.1", Levels::ARCHIVE, Checked,
        "the appearances of fields are in the file (NeedAppearances is not true)",
        "let the producer write the appearances of all fields";
    XFA = "a:6.4.2-1", "6.4.2", Levels::ARCHIVE, Checked,
        "there is no XFA form",
        "turn the XFA form into a form of PDF, or print it";
    NEEDS_RENDERING = "a:6.4.2-2", "6.4.2", Levels::ARCHIVE, Checked,
        "pages are not made by the reader (NeedsRendering)",
        "turn the XFA form into a form of PDF, or print it";
}

/// How many fields are looked at.
const FIELDS: usize = 1_000_000;

/// Checks the form of the catalog, its fields and signatures.
pub fn check(document: &Document, catalog: &Dict<'_>, findings: &mut Findings) {
    let place = || Place::object(catalog.obj_id());
    if catalog.get::<bool>("NeedsRendering") == Some(true) {
        findings.push(&NEEDS_RENDERING, place(), || "NeedsRendering is true".to_owned());
    }
    let permissions = catalog.get::<Dict<'_>>("Perms").unwrap_or_default();
    let mut others: Vec<Name<'_>> =
        permissions.keys().filter(|key| !matches!(&**key, b"UR3" | b"DocMDP")).collect();
    others.sort();
    if let Some(other) = others.first() {
        findings.push(&PERMISSIONS, place(), || format!("there is {}", other.as_str()));
    }
    let modification = permissions.contains_key("DocMDP");
    for key in ["UR3", "DocMDP"] {
        if let Some(signature) = permissions.get::<Dict<'_>>(key) {
            signatures::check_references(document, &signature, modification, findings);
        }
    }
    let Some(form) = catalog.get::<Dict<'_>>("AcroForm") else { return };
    let place = || Place::object(catalog.get_ref("AcroForm").map(Into::into).or(catalog.obj_id()));
    if form.get::<bool>("NeedAppearances") == Some(true) {
        findings.push(&NEEDS_APPEARANCES, place(), || "NeedAppearances is true".to_owned());
    }
    if form.contains_key("XFA") {
        findings.push(&XFA, place(), || "the form has an XFA".to_owned());
    }
    let mut waiting: Vec<(Option<ObjectIdentifier>, Dict<'_>)> = kids(document, &form, "Fields");
    let mut seen: FxHashSet<ObjectIdentifier> = FxHashSet::default();
    let mut count = 0;
    while let Some((id, field)) = waiting.pop() {
        count += 1;
        if count > FIELDS || id.is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let place = Place::object(id);
        if field.contains_key("AA") {
            findings.push(&FIELD_ACTIONS, place.clone(), || "the field has an AA".to_owned());
            // Those of a widget are judged with its page.
            if field.get::<Name<'_>>("Subtype").as_deref() != Some(b"Widget") {
                actions::additional(document, &field, &place, findings);
            }
        }
        if field.get::<Name<'_>>("FT").as_deref() == Some(b"Sig")
            && let Some(signature) = field.get::<Dict<'_>>("V")
        {
            signatures::check(document, &signature, findings);
            signatures::check_references(document, &signature, modification, findings);
        }
        waiting.extend(kids(document, &field, "Kids"));
    }
}

fn kids<'a>(
    document: &'a Document,
    of: &Dict<'a>,
    key: &str,
) -> Vec<(Option<ObjectIdentifier>, Dict<'a>)> {
    let Some(kids) = of.get::<Array<'a>>(key) else { return Vec::new() };
    let mut kids: Vec<_> = kids
        .raw_iter()
        .take(FIELDS)
        .filter_map(|entry| {
            let id = entry.as_obj_ref().map(ObjectIdentifier::from);
            Some((id, document.item(entry).and_then(Object::into_dict)?))
        })
        .collect();
    kids.reverse();
    kids
}
