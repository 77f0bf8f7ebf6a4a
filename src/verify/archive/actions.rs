//! Actions (ISO 19005-2 6.5): of links and fields, of the outline, and when the file is opened.

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};
use rustc_hash::FxHashSet;

use crate::verify::document::Document;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    KIND = "a:6.5.1-1", "6.5.1", Levels::ARCHIVE, Checked,
        "actions lead to a place or an address, or send a form",
        "remove the action";
    NAMED = "a:6.5.1-2", "6.5.1", Levels::ARCHIVE, Checked,
        "named actions are NextPage, PrevPage, FirstPage or LastPage",
        "remove the action";
    DOCUMENT_ACTIONS = "a:6.5.2-1", "6.5.2", Levels::ARCHIVE, Checked,
        "the document has no actions of its own (AA)",
        "remove the actions of the document";
}

/// How many actions may follow one another.
const FOLLOWING: usize = 1024;
/// How many entries of an outline are looked at.
const ENTRIES: usize = 1_000_000;

/// Checks an action and those that follow it (`Next`).
pub fn check<'a>(
    document: &'a Document,
    action: &Dict<'a>,
    place: &Place,
    findings: &mut Findings,
) {
    let mut waiting = vec![action.clone()];
    let mut seen = 0;
    while let Some(action) = waiting.pop() {
        seen += 1;
        if seen > FOLLOWING {
            break;
        }
        let kind = action.get::<Name<'_>>("S");
        match kind.as_deref() {
            Some(b"GoTo" | b"GoToR" | b"GoToE" | b"Thread" | b"URI" | b"SubmitForm") => {}
            Some(b"Named") => {
                let name = action.get::<Name<'_>>("N");
                let name: &[u8] = name.as_deref().unwrap_or_default();
                if !matches!(name, b"NextPage" | b"PrevPage" | b"FirstPage" | b"LastPage") {
                    findings.push(&NAMED, place.clone(), || {
                        format!("it is “{}”", String::from_utf8_lossy(name))
                    });
                }
            }
            other => findings.push(&KIND, place.clone(), || match other {
                Some(kind) => {
                    format!("there is an action {}", String::from_utf8_lossy(kind))
                }
                None => "there is an action without a type".to_owned(),
            }),
        }
        match action.get::<Object<'_>>("Next") {
            Some(Object::Dict(next)) => waiting.push(next),
            Some(Object::Array(all)) => {
                waiting.extend(document.dicts(&all).take(FOLLOWING));
            }
            _ => {}
        }
    }
}

/// Checks the additional actions (`AA`) of an object.
pub fn additional<'a>(
    document: &'a Document,
    of: &Dict<'a>,
    place: &Place,
    findings: &mut Findings,
) {
    let Some(events) = of.get::<Dict<'_>>("AA") else { return };
    let mut keys: Vec<Name<'_>> = events.keys().collect();
    keys.sort();
    for key in keys {
        if let Some(action) = events.get::<Dict<'_>>(&*key) {
            check(document, &action, place, findings);
        }
    }
}

/// Checks the actions of the document and of its outline.
pub fn check_document(document: &Document, catalog: &Dict<'_>, findings: &mut Findings) {
    let place = Place::object(catalog.obj_id());
    if catalog.contains_key("AA") {
        findings.push(&DOCUMENT_ACTIONS, place.clone(), || "the catalog has an AA".to_owned());
        additional(document, catalog, &place, findings);
    }
    if let Some(action) = catalog.get::<Dict<'_>>("OpenAction") {
        check(document, &action, &place, findings);
    }
    let scripts = catalog
        .get::<Dict<'_>>("Names")
        .and_then(|names| names.get::<Dict<'_>>("JavaScript"))
        .and_then(|scripts| scripts.get::<Array<'_>>("Names").or(scripts.get("Kids")));
    if scripts.is_some_and(|scripts| document.dicts(&scripts).next().is_some()) {
        findings.push(&KIND, place, || "the document has scripts of its own".to_owned());
    }
    if let Some(outline) = catalog.get::<Dict<'_>>("Outlines") {
        check_outline(document, &outline, findings);
    }
}

fn check_outline(document: &Document, outline: &Dict<'_>, findings: &mut Findings) {
    let first = |of: &Dict<'_>| of.get_ref("First").map(ObjectIdentifier::from);
    let mut waiting: Vec<ObjectIdentifier> = first(outline).into_iter().collect();
    let mut seen: FxHashSet<ObjectIdentifier> = FxHashSet::default();
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) || seen.len() > ENTRIES {
            continue;
        }
        let Some(entry) = document.dict(id) else { continue };
        if let Some(action) = entry.get::<Dict<'_>>("A") {
            check(document, &action, &Place::object(Some(id)), findings);
        }
        waiting.extend(entry.get_ref("Next").map(ObjectIdentifier::from));
        waiting.extend(first(&entry));
    }
}
