//! What a file claims of itself, and the files that it holds.

use lopdf::{Dictionary, Object};
use md5::{Digest, Md5};

use super::pdf::{Pdf, pdf_text};

/// The levels that a file claims.
pub struct Claims {
    /// Part and conformance of PDF/A.
    pub archive: Option<(String, String)>,
    /// Whether it is PDF/UA-1.
    pub accessible: bool,
}

impl Claims {
    /// Reads the metadata.
    pub fn of(pdf: &Pdf) -> Claims {
        let xmp = match pdf.get(pdf.catalog(), "Metadata") {
            Some(Object::Stream(stream)) => String::from_utf8_lossy(&stream.content).into_owned(),
            _ => String::new(),
        };
        let value = |property: &str| {
            let (_, rest) = xmp.split_once(&format!("<{property}>"))?;
            Some(rest.split('<').next()?.to_owned())
        };
        let archive = value("pdfaid:part").zip(value("pdfaid:conformance"));
        Claims { archive, accessible: value("pdfuaid:part").as_deref() == Some("1") }
    }

    /// In words, with the files inside the file; `None` for what every file is unless it is told
    /// otherwise.
    pub fn unusual(&self, pdf: &Pdf) -> Option<String> {
        let archive = match &self.archive {
            Some((part, conformance)) => format!("PDF/A-{part}{}", conformance.to_lowercase()),
            None => "no PDF/A".to_owned(),
        };
        let accessible = if self.accessible { "PDF/UA-1" } else { "no PDF/UA" };
        let mut lines = vec![format!("{archive}, {accessible}")];
        lines.extend(attached(pdf).iter().map(|file| file.to_string()));
        let text = lines.join("\n") + "\n";
        (text != "PDF/A-2a, PDF/UA-1\n").then_some(text)
    }
}

/// A file inside a file.
pub struct Attached {
    name: String,
    description: String,
    relation: String,
    media_type: String,
    bytes: Vec<u8>,
    /// What is wrong with its specification.
    pub faults: Vec<String>,
}

impl std::fmt::Display for Attached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Attached { name, description, relation, media_type, bytes, .. } = self;
        write!(f, "{name}: {description} ({relation}, {media_type}, {} bytes)", bytes.len())
    }
}

/// The attached files, in the order of `AF`.
pub fn attached(pdf: &Pdf) -> Vec<Attached> {
    let specifications = pdf.array(pdf.catalog(), "AF");
    specifications
        .into_iter()
        .filter_map(|object| object.as_dict().ok())
        .map(|specification| attachment(pdf, specification))
        .collect()
}

fn attachment(pdf: &Pdf, specification: &Dictionary) -> Attached {
    let text = |key| match pdf.get(specification, key) {
        Some(Object::String(bytes, _)) => pdf_text(bytes),
        _ => String::new(),
    };
    let named = |dict: &Dictionary, key| {
        let name = pdf.get(dict, key).and_then(|name| name.as_name().ok()).unwrap_or_default();
        String::from_utf8_lossy(name).into_owned()
    };
    let mut faults = Vec::new();
    if text("F").is_empty() || text("F") != text("UF") {
        faults.push("UA 7.11: a file specification lacks F or UF".to_owned());
    }
    let embedded = pdf.dict(specification, "EF").and_then(|files| pdf.get(files, "F"));
    let Some(Object::Stream(stream)) = embedded else {
        panic!("a file specification embeds its file");
    };
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let parameters = pdf.dict(&stream.dict, "Params");
    let parameter = |key| parameters.and_then(|parameters| pdf.get(parameters, key));
    if parameter("Size").and_then(|size| size.as_i64().ok()) != Some(bytes.len() as i64) {
        faults.push("7.11.4: an embedded file has another size than it says".to_owned());
    }
    let checksum = parameter("CheckSum").and_then(|sum| sum.as_str().ok());
    if checksum != Some(&Md5::digest(&bytes)[..]) {
        faults.push("7.11.4: an embedded file has another checksum than it says".to_owned());
    }
    if parameter("ModDate").is_none() {
        faults.push("A-3 6.8: an embedded file has no date".to_owned());
    }
    Attached {
        name: text("UF"),
        description: text("Desc"),
        relation: named(specification, "AFRelationship"),
        media_type: named(&stream.dict, "Subtype"),
        bytes,
        faults,
    }
}
