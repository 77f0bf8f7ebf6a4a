//! What the catalog may hold: layers, presentations and requirements (ISO 19005-2 6.9 to 6.11).

use hayro_syntax::object::String as PdfString;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier};
use rustc_hash::FxHashSet;

use crate::verify::document::Document;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    LAYERS_NAME = "a:6.9-1", "6.9", Levels::ARCHIVE, Checked,
        "configurations of layers have a name",
        "let the producer name the configuration";
    LAYERS_SAME = "a:6.9-2", "6.9", Levels::ARCHIVE, Checked,
        "configurations of layers have different names",
        "let the producer name the configurations differently";
    LAYERS_ORDER = "a:6.9-3", "6.9", Levels::ARCHIVE, Checked,
        "the order of layers, where there is one, holds all of them",
        "let the producer list all layers in the order";
    LAYERS_AUTOMATIC = "a:6.9-4", "6.9", Levels::ARCHIVE, Checked,
        "layers are not switched by themselves (AS)",
        "let the producer leave AS out";
    PRESENTATIONS = "a:6.10-1", "6.10", Levels::ARCHIVE, Checked,
        "there are no alternate presentations",
        "remove the presentations";
    REQUIREMENTS = "a:6.11-1", "6.11", Levels::ARCHIVE, Checked,
        "the document asks nothing of its reader (Requirements)",
        "let the producer leave Requirements out";
}

/// How deep an order of layers may be nested, and how many it may name.
const DEEP: usize = 64;
const LAYERS: usize = 100_000;

/// Checks the catalog.
pub fn check(document: &Document, catalog: &Dict<'_>, findings: &mut Findings) {
    let place = || Place::object(catalog.obj_id());
    if catalog.contains_key("Requirements") {
        findings.push(&REQUIREMENTS, place(), || "there are Requirements".to_owned());
    }
    let names = catalog.get::<Dict<'_>>("Names").unwrap_or_default();
    if names.contains_key("AlternatePresentations") {
        findings.push(&PRESENTATIONS, place(), || "there are AlternatePresentations".to_owned());
    }
    if let Some(layers) = catalog.get::<Dict<'_>>("OCProperties") {
        let place = catalog.get_ref("OCProperties").map(Into::into).or(catalog.obj_id());
        check_layers(document, &layers, &Place::object(place), findings);
    }
}

fn check_layers<'a>(
    document: &'a Document,
    layers: &Dict<'a>,
    place: &Place,
    findings: &mut Findings,
) {
    let groups: Vec<ObjectIdentifier> = layers
        .get::<Array<'_>>("OCGs")
        .map(|groups| references(&groups).collect())
        .unwrap_or_default();
    let mut configurations: Vec<Dict<'_>> = layers.get::<Dict<'_>>("D").into_iter().collect();
    if let Some(others) = layers.get::<Array<'_>>("Configs") {
        configurations.extend(document.dicts(&others).take(LAYERS));
    }
    let mut names: FxHashSet<Vec<u8>> = FxHashSet::default();
    for configuration in &configurations {
        match configuration.get::<PdfString<'_>>("Name").filter(|name| !name.is_empty()) {
            None => {
                findings.push(&LAYERS_NAME, place.clone(), || "one has no name".to_owned());
            }
            Some(name) => {
                if !names.insert(name.to_vec()) {
                    findings.push(&LAYERS_SAME, place.clone(), || {
                        format!("two are called “{}”", String::from_utf8_lossy(&name))
                    });
                }
            }
        }
        if configuration.contains_key("AS") {
            findings.push(&LAYERS_AUTOMATIC, place.clone(), || "one has an AS".to_owned());
        }
        if let Some(order) = configuration.get::<Array<'_>>("Order") {
            let mut listed: FxHashSet<ObjectIdentifier> = FxHashSet::default();
            list(&order, 0, &mut listed);
            let missing = groups.iter().filter(|group| !listed.contains(group)).count();
            if missing > 0 {
                findings.push(&LAYERS_ORDER, place.clone(), || {
                    format!("{missing} of {} are missing", groups.len())
                });
            }
        }
    }
}

fn references<'a>(array: &Array<'a>) -> impl Iterator<Item = ObjectIdentifier> + use<'a> {
    array.raw_iter().take(LAYERS).filter_map(|entry| entry.as_obj_ref()).map(Into::into)
}

fn list(order: &Array<'_>, depth: usize, listed: &mut FxHashSet<ObjectIdentifier>) {
    if depth > DEEP || listed.len() > LAYERS {
        return;
    }
    listed.extend(references(order));
    for entry in order.raw_iter().take(LAYERS) {
        if let MaybeRef::NotRef(Object::Array(inner)) = entry {
            list(&inner, depth + 1, listed);
        }
    }
}
