//! Embedded files (ISO 19005-2 6.8, ISO 19005-3 6.8): PDF/A-2 allows none but PDF/A; PDF/A-3
//! allows all, and asks what they are to the document.

use hayro_syntax::object::String as PdfString;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use rustc_hash::FxHashSet;

use crate::verify::document::Document;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::{Level, Levels};
use crate::verify::metadata::types::mime_type;
use crate::verify::rule::rules;
use crate::verify::syntax::Objects;

rules! {
    MEDIA_TYPE = "a:6.8-1", "6.8", Levels::A3, Checked,
        "embedded files tell their media type (Subtype)",
        "name the media type of the attachment: text/csv, application/xml";
    NAMES = "a:6.8-2", "6.8", Levels::ARCHIVE, Checked,
        "the specification of an embedded file has the name of the file twice (F and UF)",
        "let the producer write F and UF";
    RELATIONSHIP = "a:6.8-3", "6.8", Levels::A3, Checked,
        "the specification of an embedded file says what it is to the document (AFRelationship)",
        "name the relationship of the attachment: Source, Data, Alternative, Supplement";
    ASSOCIATED = "a:6.8-4", "6.8", Levels::A3, Checked,
        "embedded files are associated with the document or a part of it (AF)",
        "let the producer list the file in the AF of the catalog";
    ARCHIVED = "a:6.8-5", "6.8", Levels::A2, Checked,
        "embedded files are PDF/A-1 or PDF/A-2 themselves",
        "embed PDF/A files only, or make the document PDF/A-3";
}

/// How deep direct objects are searched for file specifications.
const DEEP: usize = 16;

/// How many bytes of embedded files are examined in all.
const OPENED: usize = 512 << 20;

/// Checks all files that are embedded. `outermost` tells that this document is not itself embedded
/// in one that is checked.
pub fn check(document: &Document, objects: &Objects, outermost: bool, findings: &mut Findings) {
    let xref = document.pdf().xref();
    let mut associated: FxHashSet<ObjectIdentifier> = FxHashSet::default();
    if findings.asks(Levels::A3) && !objects.attached.is_empty() {
        for id in &objects.associating {
            let Some(object) = xref.get::<Object<'_>>(*id) else { continue };
            dicts_within(&object, 0, &mut |dict| {
                if is_part(dict) {
                    associations(dict, &mut associated);
                }
            });
        }
    }
    let mut budget = OPENED;
    let mut seen: FxHashSet<ObjectIdentifier> = FxHashSet::default();
    for id in &objects.attached {
        let Some(object) = xref.get::<Object<'_>>(*id) else { continue };
        let direct = matches!(&object, Object::Dict(dict) if is_specification(dict));
        dicts_within(&object, 0, &mut |dict| {
            if !is_specification(dict) {
                return;
            }
            let place = Place::object(Some(*id));
            specification(dict, &place, findings);
            if !direct || !associated.contains(id) {
                findings.push(&ASSOCIATED, place.clone(), || "no AF names it".to_owned());
            }
            let Some(files) = dict.get::<Dict<'_>>("EF") else { return };
            for key in ["F", "UF", "DOS", "Mac", "Unix"] {
                if let Some(file) = files.get::<Stream<'_>>(key)
                    && seen.insert(file.obj_id())
                {
                    embedded(document, &file, outermost, &mut budget, findings);
                }
            }
        });
    }
}

fn is_specification(dict: &Dict<'_>) -> bool {
    let kind = dict.get::<Name<'_>>("Type");
    dict.get::<Dict<'_>>("EF").is_some()
        && (matches!(kind.as_deref(), Some(b"Filespec" | b"F"))
            || dict.contains_key("F")
            || dict.contains_key("UF"))
}

fn specification(dict: &Dict<'_>, place: &Place, findings: &mut Findings) {
    let missing: Vec<&str> =
        ["F", "UF"].into_iter().filter(|key| dict.get::<PdfString<'_>>(key).is_none()).collect();
    if !missing.is_empty() {
        findings.push(&NAMES, place.clone(), || format!("it has no {}", missing.join(" and no ")));
    }
    if dict.get::<Name<'_>>("AFRelationship").is_none() {
        findings.push(&RELATIONSHIP, place.clone(), || "it has no AFRelationship".to_owned());
    }
}

fn embedded(
    document: &Document,
    file: &Stream<'_>,
    outermost: bool,
    budget: &mut usize,
    findings: &mut Findings,
) {
    let place = || Place::object(Some(file.obj_id()));
    let kind = file.dict().get::<Name<'_>>("Subtype");
    if !kind.as_deref().and_then(|kind| std::str::from_utf8(kind).ok()).is_some_and(mime_type) {
        findings.push(&MEDIA_TYPE, place(), || match &kind {
            Some(kind) => format!("it is “{}”", String::from_utf8_lossy(kind)),
            None => "it has no Subtype".to_owned(),
        });
    }
    if !outermost || !findings.asks(Levels::A2) || *budget == 0 {
        return;
    }
    let why = match document.unpacked(file) {
        None => Some("it cannot be unpacked".to_owned()),
        Some(bytes) => {
            *budget = budget.saturating_sub(bytes.len());
            why_unfit(bytes.into_owned())
        }
    };
    if let Some(why) = why {
        findings.push(&ARCHIVED, place(), || why);
    }
}

/// Why a file is neither PDF/A-1 nor PDF/A-2. The rules of PDF/A-1 are not known here: a file that
/// claims it is believed.
fn why_unfit(bytes: Vec<u8>) -> Option<String> {
    match crate::verify::verify_embedded(bytes, Level::A2b.set()) {
        Err(why) => Some(why.to_string()),
        Ok((_, Some(part))) if part == "1" => None,
        Ok((report, _)) if report.is_sound() => None,
        Ok((report, _)) => report.findings.first().map(|finding| {
            format!("{} [{}]: {}", finding.rule.clause, finding.rule.id, finding.message)
        }),
    }
}

/// Whether a dictionary is a part of a document that files can be associated with (ISO 19005-3
/// annex E): all of it, a page, an image or a form, an annotation, a structure element.
fn is_part(dict: &Dict<'_>) -> bool {
    match dict.get::<Name<'_>>("Type").as_deref() {
        Some(kind) => {
            matches!(kind, b"Catalog" | b"Page" | b"XObject" | b"Annot" | b"StructElem")
        }
        // The last three need not tell their type; a catalog that does not is another fault.
        None => ["Subtype", "S", "Pages"].into_iter().any(|key| dict.contains_key(key)),
    }
}

/// The files that the list `AF` names.
fn associations(dict: &Dict<'_>, associated: &mut FxHashSet<ObjectIdentifier>) {
    if let Some(files) = dict.get::<Array<'_>>("AF") {
        associated.extend(
            files.raw_iter().filter_map(|file| file.as_obj_ref()).map(ObjectIdentifier::from),
        );
    }
}

/// Tells each dictionary of one object, itself included.
fn dicts_within<'a>(object: &Object<'a>, depth: usize, tell: &mut dyn FnMut(&Dict<'a>)) {
    if depth > DEEP {
        return;
    }
    let mut inner = |entry: MaybeRef<Object<'a>>| {
        if let MaybeRef::NotRef(inner @ (Object::Dict(_) | Object::Array(_))) = entry {
            dicts_within(&inner, depth + 1, tell);
        }
    };
    let dict = match object {
        Object::Dict(dict) => dict,
        Object::Stream(stream) => stream.dict(),
        Object::Array(array) => return array.raw_iter().for_each(inner),
        _ => return,
    };
    dict.entries().for_each(|(_, entry)| inner(entry));
    tell(dict);
}
