//! Annotations (ISO 19005-2 6.3), and the pages that they stand on: boundaries (6.1.13), actions
//! and presentation steps (6.5.2, 6.10).

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use super::actions;
use crate::verify::document::{Document, numbers};
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    BOUNDARY = "a:6.1.13-11", "6.1.13", Levels::ARCHIVE, Checked,
        "pages are from 3 to 14,400 units wide and high",
        "give the page another size";
    KIND = "a:6.3.1-1", "6.3.1", Levels::ARCHIVE, Checked,
        "annotations are of types that ISO 32000-1 knows, and neither 3D, sound, film nor screen",
        "remove the annotation, or replace it by one that can be archived";
    FLAGS = "a:6.3.2-1", "6.3.2", Levels::ARCHIVE, Checked,
        "annotations have flags (F)",
        "let the producer write F 4 into the annotation";
    SHOWN = "a:6.3.2-2", "6.3.2", Levels::ARCHIVE, Checked,
        "annotations are shown and printed",
        "let the producer set the flag Print and none of Invisible, Hidden, NoView and ToggleNoView";
    APPEARANCE = "a:6.3.3-1", "6.3.3", Levels::ARCHIVE, Checked,
        "annotations have an appearance, but for popups, links and those without size",
        "let the producer write an appearance for the annotation";
    NORMAL = "a:6.3.3-2", "6.3.3", Levels::ARCHIVE, Checked,
        "annotations have a normal appearance (N), and no other",
        "let the producer write the normal appearance only";
    BUTTON = "a:6.3.3-3", "6.3.3", Levels::ARCHIVE, Checked,
        "a button has an appearance for each of its states",
        "let the producer write a dictionary of appearances for the button";
    ONE = "a:6.3.3-4", "6.3.3", Levels::ARCHIVE, Checked,
        "annotations other than buttons have one appearance",
        "let the producer write one stream as the normal appearance";
    WIDGET_ACTION = "a:6.4.1-1", "6.4.1", Levels::ARCHIVE, Checked,
        "fields on the page have no actions (A, AA)",
        "remove the actions of the form";
    PAGE_ACTIONS = "a:6.5.2-2", "6.5.2", Levels::ARCHIVE, Checked,
        "pages have no actions (AA)",
        "remove the actions of the page";
    STEPS = "a:6.10-2", "6.10", Levels::ARCHIVE, Checked,
        "pages have no presentation steps (PresSteps)",
        "remove the presentation of the page";
}

const INVISIBLE: i64 = 1;
const HIDDEN: i64 = 1 << 1;
const PRINT: i64 = 1 << 2;
const NO_VIEW: i64 = 1 << 5;
const TOGGLE_NO_VIEW: i64 = 1 << 8;

/// How many fields a widget is asked to inherit its type from.
const PARENTS: usize = 32;

/// Checks a page but for its content.
pub fn check_page(document: &Document, index: usize, findings: &mut Findings) {
    let Some(page) = document.pdf().pages().get(index).map(|page| page.raw()) else { return };
    let place = || Place::page(index).in_object(page.obj_id());
    if page.contains_key("AA") {
        findings.push(&PAGE_ACTIONS, place(), || "the page has an AA".to_owned());
        actions::additional(document, page, &place(), findings);
    }
    if page.contains_key("PresSteps") {
        findings.push(&STEPS, place(), || "the page has PresSteps".to_owned());
    }
    boundaries(page, &place(), findings);
    let Some(annotations) = page.get::<Array<'_>>("Annots") else { return };
    for entry in annotations.raw_iter() {
        let id = entry.as_obj_ref().map(Into::into);
        if let Some(annotation) = document.item(entry).and_then(Object::into_dict) {
            let place = Place::page(index).in_object(id);
            check_annotation(document, &annotation, &place, findings);
        }
    }
}

fn boundaries(page: &Dict<'_>, place: &Place, findings: &mut Findings) {
    for key in ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"] {
        let Some((width, height)) = inherited_size(page, key) else {
            if page.contains_key(key) || key == "MediaBox" {
                findings.push(&BOUNDARY, place.clone(), || format!("{key} is no rectangle"));
            }
            continue;
        };
        let sound = |length: f64| (3.0..=14_400.0).contains(&length);
        if !sound(width) || !sound(height) {
            findings.push(&BOUNDARY, place.clone(), || format!("{key} is {width} × {height}"));
        }
    }
}

/// The size of a boundary: the page's own, or for the first two that of its ancestors.
fn inherited_size(page: &Dict<'_>, key: &str) -> Option<(f64, f64)> {
    if let Some(own) = page.get::<Array<'_>>(key) {
        return size(&own);
    }
    if key != "MediaBox" && key != "CropBox" {
        return None;
    }
    let mut node = page.get::<Dict<'_>>("Parent")?;
    for _ in 0..PARENTS {
        if let Some(found) = node.get::<Array<'_>>(key) {
            return size(&found);
        }
        node = node.get::<Dict<'_>>("Parent")?;
    }
    None
}

/// Width and height of a rectangle.
fn size(rectangle: &Array<'_>) -> Option<(f64, f64)> {
    let corners: Vec<f64> = numbers(rectangle)?.iter().map(Number::as_f64).collect();
    let [x0, y0, x1, y1, ..] = corners[..] else { return None };
    Some(((x1 - x0).abs(), (y1 - y0).abs()))
}

fn check_annotation<'a>(
    document: &'a Document,
    annotation: &Dict<'a>,
    place: &Place,
    findings: &mut Findings,
) {
    let subtype = annotation.get::<Name<'_>>("Subtype");
    let subtype: &[u8] = subtype.as_deref().unwrap_or_default();
    if !is_known(subtype) {
        findings.push(&KIND, place.clone(), || match subtype {
            [] => "it has no type".to_owned(),
            kind => format!("it is of the type {}", String::from_utf8_lossy(kind)),
        });
    }
    match annotation.get::<Number>("F").map(|flags| flags.as_i64()) {
        None if subtype != b"Popup" => {
            findings.push(&FLAGS, place.clone(), || "it has no F".to_owned());
        }
        Some(flags) => {
            let hiding = INVISIBLE | HIDDEN | NO_VIEW | TOGGLE_NO_VIEW;
            if flags & PRINT == 0 || flags & hiding != 0 {
                findings.push(&SHOWN, place.clone(), || format!("F is {flags}"));
            }
        }
        None => {}
    }
    appearance(annotation, subtype, place, findings);
    if subtype == b"Widget" {
        for key in ["A", "AA"] {
            if annotation.contains_key(key) {
                findings.push(&WIDGET_ACTION, place.clone(), || format!("it has an {key}"));
            }
        }
    }
    if let Some(action) = annotation.get::<Dict<'_>>("A") {
        actions::check(document, &action, place, findings);
    }
    actions::additional(document, annotation, place, findings);
}

fn appearance(annotation: &Dict<'_>, subtype: &[u8], place: &Place, findings: &mut Findings) {
    let Some(appearances) = annotation.get::<Dict<'_>>("AP") else {
        let flat = annotation
            .get::<Array<'_>>("Rect")
            .and_then(|rectangle| size(&rectangle))
            .is_some_and(|(width, height)| width == 0.0 && height == 0.0);
        if !flat && subtype != b"Popup" && subtype != b"Link" {
            findings.push(&APPEARANCE, place.clone(), || "it has no AP".to_owned());
        }
        return;
    };
    if appearances.len() != 1 || !appearances.contains_key("N") {
        findings.push(&NORMAL, place.clone(), || {
            let mut keys: Vec<String> =
                appearances.keys().map(|key| key.as_str().to_owned()).collect();
            keys.sort();
            format!("it has {}", if keys.is_empty() { "none".to_owned() } else { keys.join(", ") })
        });
        return;
    }
    let normal = appearances.get::<Object<'_>>("N");
    if subtype == b"Widget" && field_type(annotation).as_deref() == Some(b"Btn") {
        let sound = match &normal {
            Some(Object::Dict(states)) => {
                states.keys().all(|state| states.get::<Stream<'_>>(&*state).is_some())
            }
            _ => false,
        };
        if !sound {
            findings.push(&BUTTON, place.clone(), || "N is no dictionary of streams".to_owned());
        }
    } else if !matches!(normal, Some(Object::Stream(_))) {
        findings.push(&ONE, place.clone(), || "N is no stream".to_owned());
    }
}

/// The type of a field (`FT`), which a widget may inherit.
fn field_type(widget: &Dict<'_>) -> Option<Vec<u8>> {
    let mut field = widget.clone();
    for _ in 0..PARENTS {
        if let Some(kind) = field.get::<Name<'_>>("FT") {
            return Some(kind.to_vec());
        }
        field = field.get::<Dict<'_>>("Parent")?;
    }
    None
}

fn is_known(subtype: &[u8]) -> bool {
    matches!(
        subtype,
        b"Text"
            | b"Link"
            | b"FreeText"
            | b"Line"
            | b"Square"
            | b"Circle"
            | b"Polygon"
            | b"PolyLine"
            | b"Highlight"
            | b"Underline"
            | b"Squiggly"
            | b"StrikeOut"
            | b"Stamp"
            | b"Caret"
            | b"Ink"
            | b"Popup"
            | b"FileAttachment"
            | b"Widget"
            | b"PrinterMark"
            | b"TrapNet"
            | b"Watermark"
            | b"Redact"
    )
}
