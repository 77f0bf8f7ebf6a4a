//! The rules of PDF/UA-1 and PDF/A-2a that a writer can break, each with its clause. A file is held
//! against those that it claims to follow.

use lopdf::{Dictionary, Object};

use super::claims::{Claims, attached};
use super::pdf::{Pdf, pdf_text};

/// Everything that is wrong with a PDF; empty for a sound one.
pub fn faults(bytes: &[u8]) -> Vec<String> {
    let pdf = Pdf::read(bytes);
    let mut faults = pdf.faults.clone();
    file(bytes, &pdf, &mut faults);
    document(&pdf, &mut faults);
    metadata(&pdf, &mut faults);
    marked_content(&pdf, &mut faults);
    elements(&pdf, &mut faults);
    for page in 0..pdf.pages.len() {
        fonts(&pdf, page, &mut faults);
        annotations(&pdf, page, &mut faults);
    }
    let claims = Claims::of(&pdf);
    attachments(&pdf, &claims, &mut faults);
    faults.retain(|fault| match fault.split_once(' ') {
        Some(("UA", _)) => claims.accessible,
        Some(("A", _)) => claims.archive.is_some(),
        _ => true,
    });
    faults.sort();
    faults.dedup();
    faults
}

/// ISO 19005-2 6.8, ISO 19005-3 6.8.
fn attachments(pdf: &Pdf, claims: &Claims, faults: &mut Vec<String>) {
    let attached = attached(pdf);
    let names = pdf.dict(pdf.catalog(), "Names");
    let embeds = names.is_some_and(|names| names.has(b"EmbeddedFiles"));
    if embeds == attached.is_empty() {
        faults.push("A-3 6.8: embedded files and associated files differ".into());
    }
    let part = claims.archive.as_ref().map(|(part, _)| part.as_str());
    if part == Some("2") && embeds {
        faults.push("A 6.8: a file of PDF/A-2 has others inside".into());
    }
    faults.extend(attached.into_iter().flat_map(|file| file.faults));
}

/// ISO 19005-2 6.1.2, 6.1.3.
fn file(bytes: &[u8], pdf: &Pdf, faults: &mut Vec<String>) {
    if !bytes.starts_with(b"%PDF-1.") {
        faults.push("6.1.2: the header is not %PDF-1.n".into());
    }
    let binary = bytes.iter().skip_while(|byte| **byte != b'\n').skip(1).take(5);
    if binary.clone().next() != Some(&b'%') || binary.skip(1).any(|byte| *byte < 128) {
        faults.push("6.1.2: no binary comment follows the header".into());
    }
    if !pdf.doc.trailer.has(b"ID") {
        faults.push("6.1.3: the trailer has no ID".into());
    }
    if pdf.doc.trailer.has(b"Encrypt") {
        faults.push("6.1.3: the file is encrypted".into());
    }
}

/// ISO 14289-1 7.1, 7.2; ISO 19005-2 6.2.3, 6.7.
fn document(pdf: &Pdf, faults: &mut Vec<String>) {
    let catalog = pdf.catalog();
    let marked = pdf.dict(catalog, "MarkInfo").and_then(|info| pdf.get(info, "Marked"));
    if !matches!(marked, Some(Object::Boolean(true))) {
        faults.push("UA 7.1: MarkInfo does not say Marked".into());
    }
    let lang = pdf.get(catalog, "Lang").and_then(|lang| lang.as_str().ok());
    if lang.is_none_or(<[u8]>::is_empty) {
        faults.push("UA 7.2: the catalog has no Lang".into());
    }
    let display =
        pdf.dict(catalog, "ViewerPreferences").and_then(|p| pdf.get(p, "DisplayDocTitle"));
    if !matches!(display, Some(Object::Boolean(true))) {
        faults.push("UA 7.1: ViewerPreferences do not ask for the title".into());
    }
    let intents = pdf.array(catalog, "OutputIntents");
    let profiled = intents.iter().filter_map(|intent| intent.as_dict().ok()).any(|intent| {
        pdf.get(intent, "S").and_then(|s| s.as_name().ok()) == Some(b"GTS_PDFA1")
            && pdf.dict(intent, "DestOutputProfile").is_some()
    });
    if !profiled {
        faults.push("A 6.2.3: no PDF/A output intent with a profile".into());
    }
}

/// ISO 19005-2 6.6.2; ISO 14289-1 clause 5.
fn metadata(pdf: &Pdf, faults: &mut Vec<String>) {
    let xmp = match pdf.get(pdf.catalog(), "Metadata") {
        Some(Object::Stream(stream)) => {
            if stream.dict.has(b"Filter") {
                faults.push("A 6.6.2.1: the metadata stream is filtered".into());
            }
            String::from_utf8_lossy(&stream.content).into_owned()
        }
        _ => {
            faults.push("A 6.6.2.1: the catalog has no metadata".into());
            return;
        }
    };
    for (needle, rule) in [
        ("<pdfaid:part>", "A 6.6.4: pdfaid:part"),
        ("<pdfaid:conformance>", "A 6.6.4: pdfaid:conformance"),
        ("<pdfuaid:part>1</pdfuaid:part>", "UA 5: pdfuaid:part"),
        ("<dc:title>", "UA 7.1: dc:title"),
    ] {
        if !xmp.contains(needle) {
            faults.push(format!("{rule} is not in the metadata"));
        }
    }
    let info = pdf.doc.trailer.get(b"Info").ok().map(|info| pdf.follow(info));
    let title = info.and_then(|info| pdf.get(info.as_dict().ok()?, "Title"));
    if let Some(Object::String(bytes, _)) = title {
        let title = pdf_text(bytes).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        if title.is_empty() || !xmp.contains(&title) {
            faults.push("A 6.6.3: the title of Info and of the metadata differ".into());
        }
    }
}

/// ISO 14289-1 7.1; ISO 32000-1 14.7.4.
fn marked_content(pdf: &Pdf, faults: &mut Vec<String>) {
    let referred = pdf.referred();
    for (page, mcid) in pdf.marked.keys().filter(|key| !referred.contains(*key)) {
        faults.push(format!("UA 7.1: page {}: MCID {mcid} is in no structure element", page + 1));
    }
    for (page, mcid) in referred.iter().filter(|key| !pdf.marked.contains_key(*key)) {
        faults.push(format!(
            "14.7.4: page {}: the structure names MCID {mcid}, which is not there",
            page + 1
        ));
    }
    for (page, mcid, names_form) in pdf.references() {
        if pdf.in_forms.contains(&(page, mcid)) != names_form {
            faults.push(format!("14.7.4.2: page {}: MCID {mcid} and its Stm differ", page + 1));
        }
    }
    let root = pdf.dict(pdf.catalog(), "StructTreeRoot");
    if root.and_then(|root| pdf.dict(root, "ParentTree")).is_none() {
        faults.push("14.7.4.4: there is no parent tree".into());
    }
    for page in 0..pdf.pages.len() {
        let has_content = pdf.marked.range((page, 0)..(page + 1, 0)).next().is_some();
        if has_content && !pdf.page(page).has(b"StructParents") {
            faults.push(format!("14.7.4.4: page {} has no StructParents", page + 1));
        }
    }
}

/// ISO 14289-1 7.3, 7.4.2, 7.5.
fn elements(pdf: &Pdf, faults: &mut Vec<String>) {
    let mut level = 0;
    for element in pdf.elements() {
        let role = element.get(b"S").and_then(Object::as_name).unwrap_or_default();
        match role {
            [b'H', digit @ b'1'..=b'6'] => {
                let next = usize::from(digit - b'0');
                if next > level + 1 {
                    faults.push(format!("UA 7.4.2: heading level {next} follows level {level}"));
                }
                level = next;
            }
            b"Figure" | b"Formula" if !element.has(b"Alt") && !element.has(b"ActualText") => {
                faults.push("UA 7.3: a figure has no alternative".into());
            }
            b"TH" if attribute(pdf, element, "Scope").is_none() && !element.has(b"ID") => {
                faults.push("UA 7.5: a header cell has no scope".into());
            }
            _ => {}
        }
    }
}

fn attribute<'a>(pdf: &'a Pdf, element: &'a Dictionary, key: &str) -> Option<&'a Object> {
    let objects = match pdf.get(element, "A")? {
        Object::Array(list) => list.iter().map(|item| pdf.follow(item)).collect(),
        object => vec![object],
    };
    objects
        .into_iter()
        .filter_map(|object| object.as_dict().ok())
        .find_map(|dict| pdf.get(dict, key))
}

/// ISO 14289-1 7.21.4.1, 7.21.7; ISO 19005-2 6.2.11.
fn fonts(pdf: &Pdf, page: usize, faults: &mut Vec<String>) {
    let resources = pdf.dict(pdf.page(page), "Resources");
    let fonts = resources.and_then(|resources| pdf.dict(resources, "Font"));
    for (name, font) in fonts.into_iter().flat_map(|fonts| fonts.iter()) {
        let name = String::from_utf8_lossy(name);
        let Ok(font) = pdf.follow(font).as_dict() else { continue };
        if !font.has(b"ToUnicode") {
            faults.push(format!("UA 7.21.7: font {name} has no ToUnicode"));
        }
        let descendants = pdf.array(font, "DescendantFonts");
        let descendant =
            descendants.first().and_then(|object| object.as_dict().ok()).unwrap_or(font);
        let descriptor = pdf.dict(descendant, "FontDescriptor");
        let embedded = descriptor.is_some_and(|d| d.has(b"FontFile2") || d.has(b"FontFile3"));
        if !embedded {
            faults.push(format!("A 6.2.11.4: font {name} is not embedded"));
        }
        let base =
            pdf.get(font, "BaseFont").and_then(|base| base.as_name().ok()).unwrap_or_default();
        if base.get(6) != Some(&b'+') {
            faults.push(format!("9.6.4: font {name} has no subset tag"));
        }
    }
}

/// ISO 14289-1 7.18.
fn annotations(pdf: &Pdf, page: usize, faults: &mut Vec<String>) {
    let annotations = pdf.array(pdf.page(page), "Annots");
    let tabs = pdf.get(pdf.page(page), "Tabs").and_then(|tabs| tabs.as_name().ok());
    if !annotations.is_empty() && tabs != Some(b"S") {
        faults.push(format!("UA 7.18.3: page {} has annotations and no Tabs S", page + 1));
    }
    for annotation in annotations.iter().filter_map(|object| object.as_dict().ok()) {
        for key in ["Contents", "StructParent"] {
            if !annotation.has(key.as_bytes()) {
                faults.push(format!("UA 7.18: an annotation on page {} has no {key}", page + 1));
            }
        }
        let flags = pdf.get(annotation, "F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
        if flags & 4 == 0 {
            faults
                .push(format!("A 6.3.2: an annotation on page {} is not to be printed", page + 1));
        }
    }
}
