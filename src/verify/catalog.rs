//! What PDF/UA-1 and the `a` levels of PDF/A ask of the file as a whole: its header, what the
//! catalog declares, and what locks or hides content (ISO 14289-1 6, 7.1, 7.10, 7.15, 7.16).

use hayro_syntax::object::String as PdfString;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, Stream};

use super::document::{Document, find};
use super::finding::{Findings, Place};
use super::level::Levels;
use super::rule::rules;
use super::text::is_blank;

/// How many parts of an XFA form or configurations of layers are looked at.
const PARTS: usize = 1024;
/// The bit of the permissions that lets assistive technology read (bit 10).
const READ_ALOUD: i64 = 1 << 9;

rules! {
    HEADER = "ua1:6.1-1", "6.1", Levels::UA1, Checked,
        "the file begins with %PDF-1.0 to %PDF-1.7 on a line of its own",
        "let the producer write PDF 1.7";
    MARKED = "ua1:6.2-1", "6.2", Levels::UA1, Checked,
        "the catalog says that the file is tagged (MarkInfo with Marked true)",
        "let the producer write a tagged PDF";
    SUSPECTS = "ua1:7.1-4", "7.1", Levels::UA1, Checked,
        "the tags are no guesses (Suspects in MarkInfo is false)",
        "look the tags over, and set Suspects to false";
    SHOW_TITLE = "ua1:7.1-10", "7.1", Levels::UA1, Checked,
        "viewers show the title of the document, not the file's name (DisplayDocTitle true)",
        "let the producer set DisplayDocTitle in ViewerPreferences";
    STRUCTURE = "ua1:7.1-11", "7.1", Levels::UA1, Checked,
        "the catalog has a structure tree (StructTreeRoot)",
        "let the producer write a tagged PDF";
    LAYER_NAME = "ua1:7.10-1", "7.10", Levels::UA1, Checked,
        "each configuration of layers has a name (Name)",
        "give the configuration a name";
    LAYER_STATE = "ua1:7.10-2", "7.10", Levels::UA1, Checked,
        "no configuration of layers switches them by itself (AS)",
        "take AS out of the configuration";
    DYNAMIC_FORM = "ua1:7.15-1", "7.15", Levels::UA1, Checked,
        "the form is no dynamic XFA form",
        "make the form an AcroForm, or a static XFA form";
    PERMISSION = "ua1:7.16-1", "7.16", Levels::UA1, Checked,
        "an encrypted file may be read by assistive technology (bit 10 of P)",
        "save the file without encryption, or with the permission to read it aloud";
    A_MARKED = "a:6.7.2.2-1", "6.7.2.2", Levels::TAGGED, Checked,
        "the catalog says that the file is tagged (MarkInfo with Marked true)",
        "let the producer write a tagged PDF";
    A_STRUCTURE = "a:6.7.3.3-1", "6.7.3.3", Levels::TAGGED, Checked,
        "the catalog has a structure tree (StructTreeRoot)",
        "let the producer write a tagged PDF";
}

/// Checks the file as a whole.
pub fn check(document: &Document, catalog: &Dict<'_>, findings: &mut Findings) {
    let place = Place::object(catalog.obj_id());
    if !is_header(document.bytes()) {
        findings.push(&HEADER, Place::at(0), || "the file begins otherwise".to_owned());
    }
    let marks = catalog.get::<Dict<'_>>("MarkInfo").unwrap_or_default();
    if marks.get::<bool>("Marked") != Some(true) {
        findings.push_each(&[&MARKED, &A_MARKED], &place, || {
            "MarkInfo does not say that it is".to_owned()
        });
    }
    if marks.get::<bool>("Suspects") == Some(true) {
        findings.push(&SUSPECTS, place.clone(), || "Suspects is true".to_owned());
    }
    let preferences = catalog.get::<Dict<'_>>("ViewerPreferences").unwrap_or_default();
    if preferences.get::<bool>("DisplayDocTitle") != Some(true) {
        findings.push(&SHOW_TITLE, place.clone(), || "DisplayDocTitle is not true".to_owned());
    }
    match catalog.get::<Dict<'_>>("StructTreeRoot") {
        None => findings.push_each(&[&STRUCTURE, &A_STRUCTURE], &place, || {
            "there is no structure tree".to_owned()
        }),
        Some(root) if root.get::<Name<'_>>("Type").as_deref() != Some(b"StructTreeRoot") => {
            findings.push(&STRUCTURE, Place::object(root.obj_id()), || {
                "its Type is not StructTreeRoot".to_owned()
            });
        }
        Some(_) => {}
    }
    check_layers(document, catalog, findings);
    if is_dynamic_form(document, catalog) {
        findings.push(&DYNAMIC_FORM, place, || "its dynamicRender is “required”".to_owned());
    }
    check_encryption(document, findings);
}

/// Whether the bytes begin with the header of PDF 1.0 to 1.7, on a line of its own.
fn is_header(bytes: &[u8]) -> bool {
    let start = find(bytes.get(..1024.min(bytes.len())).unwrap_or_default(), b"%PDF-");
    // Viewers look past other lines, but the header has a line of its own.
    let own = start.filter(|start| {
        start.checked_sub(1).is_none_or(|at| matches!(bytes.get(at), Some(b'\r' | b'\n')))
    });
    let line = own.and_then(|start| bytes.get(start..)).unwrap_or_default();
    matches!(line, [b'%', b'P', b'D', b'F', b'-', b'1', b'.', b'0'..=b'7', b'\r' | b'\n', ..])
}

fn check_layers(document: &Document, catalog: &Dict<'_>, findings: &mut Findings) {
    let Some(layers) = catalog.get::<Dict<'_>>("OCProperties") else { return };
    let others = layers.get::<Array<'_>>("Configs");
    let others = others.iter().flat_map(|list| document.dicts(list)).take(PARTS);
    for configuration in layers.get::<Dict<'_>>("D").into_iter().chain(others) {
        let place = || Place::object(configuration.obj_id().or(catalog.obj_id()));
        if configuration.get::<PdfString<'_>>("Name").is_none_or(|name| is_blank(&name)) {
            findings
                .push(&LAYER_NAME, place(), || "a configuration of layers has no Name".to_owned());
        }
        if configuration.contains_key("AS") {
            findings.push(&LAYER_STATE, place(), || "a configuration of layers has AS".to_owned());
        }
    }
}

/// Whether the XFA form asks to be laid out anew when it is shown.
fn is_dynamic_form(document: &Document, catalog: &Dict<'_>) -> bool {
    let form = catalog.get::<Dict<'_>>("AcroForm");
    let asks = |stream: &Stream<'_>| {
        document.unpacked(stream).is_some_and(|bytes| asks_for_dynamic_render(&bytes))
    };
    match form.and_then(|form| form.get::<Object<'_>>("XFA")) {
        Some(Object::Stream(stream)) => asks(&stream),
        Some(Object::Array(parts)) => document
            .items(&parts)
            .take(PARTS)
            .any(|part| matches!(part, Object::Stream(stream) if asks(&stream))),
        _ => false,
    }
}

/// Whether an XFA configuration holds `<dynamicRender>required</dynamicRender>`. The parts of a
/// form are no whole XML documents, so the element is looked for in the text.
fn asks_for_dynamic_render(xml: &[u8]) -> bool {
    const NAME: &[u8] = b"dynamicRender";
    let mut rest = xml;
    while let Some(at) = find(rest, NAME) {
        let tag = rest.get(..at).and_then(|before| before.rsplit(|byte| *byte == b'<').next());
        let closes = tag.is_some_and(|tag| tag.first() == Some(&b'/'));
        rest = rest.get(at + NAME.len()..).unwrap_or_default();
        let Some(open) = rest.iter().position(|byte| *byte == b'>') else { break };
        let value = rest.get(open + 1..).unwrap_or_default().trim_ascii_start();
        if !closes && value.starts_with(b"required") {
            return true;
        }
    }
    false
}

fn check_encryption(document: &Document, findings: &mut Findings) {
    let Some(trailer) = document.trailer() else { return };
    let encryption = match trailer.get_raw::<Dict<'_>>("Encrypt") {
        Some(MaybeRef::Ref(reference)) => document.dict(reference.into()),
        Some(MaybeRef::NotRef(dict)) => Some(dict),
        None => return,
    };
    let permissions = encryption.and_then(|dict| dict.get::<Number>("P"));
    if permissions.is_none_or(|bits| bits.as_i64() & READ_ALOUD == 0) {
        let id = trailer.get_ref("Encrypt").map(ObjectIdentifier::from);
        findings.push(&PERMISSION, Place::object(id), || match permissions {
            Some(bits) => format!("P is {}, without the permission", bits.as_i64()),
            None => "the permissions (P) are missing".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_of_pdf_1_is_one_line() {
        assert!(is_header(b"%PDF-1.7\n%\xe2\xe3") && is_header(b"%PDF-1.4\r\n"));
        assert!(
            !is_header(b"%PDF-2.0\n") && !is_header(b"%PDF-1.7 \n") && !is_header(b"%PDF-1.8\n")
        );
        assert!(!is_header(b"") && !is_header(b"%PDF-1.7"));
    }

    #[test]
    fn dynamic_form_is_told_by_its_configuration() {
        assert!(asks_for_dynamic_render(b"<c><dynamicRender>required</dynamicRender></c>"));
        assert!(asks_for_dynamic_render(b"<x:dynamicRender \n> required </x:dynamicRender>"));
        assert!(!asks_for_dynamic_render(b"<dynamicRender>forbidden</dynamicRender>required"));
        assert!(!asks_for_dynamic_render(b"<dynamicRender"));
    }
}
