//! Media clips say what they are and have a text beside them (ISO 14289-1 7.18.6.2).

use hayro_syntax::object::{Array, Dict, Name, Object};

use super::Annotation;
use crate::verify::document::Document;
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::rule::rules;
use crate::verify::text::is_blank;

/// How many actions of one annotation, and renditions of one action, are looked at.
const ACTIONS: usize = 256;

rules! {
    TYPE = "ua1:7.18.6.2-1", "7.18.6.2", Levels::UA1, Checked,
        "each media clip names its type (CT)",
        "let the producer write the type of the media, as video/mp4";
    ALTERNATIVE = "ua1:7.18.6.2-2", "7.18.6.2", Levels::UA1, Checked,
        "each media clip has an alternative text (Alt)",
        "say in the clip's alternative text what is seen and heard";
}

/// Checks the media clips of an annotation's actions.
pub fn check(document: &Document, annotation: &Annotation<'_>, findings: &mut Findings) {
    let dict = &annotation.dict;
    let mut actions: Vec<Dict<'_>> = dict.get::<Dict<'_>>("A").into_iter().collect();
    if let Some(triggered) = dict.get::<Dict<'_>>("AA") {
        let keys = ["E", "X", "D", "U", "Fo", "Bl", "PO", "PC", "PV", "PI"];
        actions.extend(keys.iter().filter_map(|key| triggered.get::<Dict<'_>>(key)));
    }
    let mut seen = 0;
    while let Some(action) = actions.pop().filter(|_| seen < ACTIONS) {
        seen += 1;
        match action.get::<Object<'_>>("Next") {
            Some(Object::Dict(next)) => actions.push(next),
            Some(Object::Array(next)) => actions.extend(document.dicts(&next).take(ACTIONS)),
            _ => {}
        }
        if action.get::<Name<'_>>("S").as_deref() == Some(b"Rendition") {
            let rendition = action.get::<Dict<'_>>("R");
            if let Some(rendition) = rendition {
                check_rendition(document, annotation, &rendition, findings);
            }
        }
    }
}

/// Checks a rendition, or those that a selector chooses from.
fn check_rendition(
    document: &Document,
    annotation: &Annotation<'_>,
    rendition: &Dict<'_>,
    findings: &mut Findings,
) {
    let mut left = vec![rendition.clone()];
    let mut seen = 0;
    while let Some(rendition) = left.pop().filter(|_| seen < ACTIONS) {
        seen += 1;
        if let Some(choice) = rendition.get::<Array<'_>>("R") {
            left.extend(document.dicts(&choice).take(ACTIONS));
        }
        let Some(clip) = rendition.get::<Dict<'_>>("C") else { continue };
        let place = || annotation.place().in_object(clip.obj_id().or(annotation.dict.obj_id()));
        if !clip.contains_key("CT") {
            findings.push(&TYPE, place(), || "the media clip has no CT".to_owned());
        }
        if !has_alternative(document, &clip) {
            findings.push(&ALTERNATIVE, place(), || {
                "the media clip has no Alt, or one that is not made of languages and texts"
                    .to_owned()
            });
        }
    }
}

/// Whether `Alt` is a list of languages and texts (ISO 32000-1 14.9.3), none of them empty.
fn has_alternative(document: &Document, clip: &Dict<'_>) -> bool {
    let Some(list) = clip.get::<Array<'_>>("Alt") else { return false };
    let texts: Vec<_> = document.items(&list).take(2 * ACTIONS).collect();
    texts.len().is_multiple_of(2)
        && texts.chunks_exact(2).all(|pair| match pair {
            [Object::String(_), Object::String(text)] => !is_blank(text),
            _ => false,
        })
}
