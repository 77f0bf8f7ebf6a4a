//! The XMP metadata: which levels a file claims, and what the standards ask of the packet.

use hayro_syntax::object::{Name, Stream};

use super::document::Document;
use super::finding::{Findings, Place};
use super::level::{Level, Levels};
use super::rule::rules;

/// The namespace of the PDF/A identification schema (ISO 19005-2 6.6.4).
const PDFAID: &str = "http://www.aiim.org/pdfa/ns/id/";
/// The namespace of the PDF/UA identification schema (ISO 14289-1 5).
const PDFUAID: &str = "http://www.aiim.org/pdfua/ns/id/";
/// The namespace of Dublin Core.
const DC: &str = "http://purl.org/dc/elements/1.1/";

rules! {
    UA_METADATA = "ua1:7.1-8", "7.1", Levels::UA1, Checked,
        "the catalog has a Metadata stream of XMP",
        "let the producer write XMP metadata into the catalog";
    UA_TITLE = "ua1:7.1-9", "7.1", Levels::UA1, Checked,
        "the metadata hold a title (dc:title)",
        "give the document a title";
    UA_CLAIM = "ua1:5-1", "5", Levels::UA1, Checked,
        "the metadata name the standard (pdfuaid:part is 1)",
        "let the producer write pdfuaid:part into the metadata";
    A_METADATA = "a:6.6.2.1-1", "6.6.2.1", Levels::ARCHIVE, Checked,
        "the catalog has a Metadata stream of XMP",
        "let the producer write XMP metadata into the catalog";
    A_CLAIM = "a:6.6.4-1", "6.6.4", Levels::ARCHIVE, Checked,
        "the metadata name the part and the conformance (pdfaid:part, pdfaid:conformance)",
        "let the producer write pdfaid:part and pdfaid:conformance into the metadata";
}

/// The packet, as far as it can be read.
#[derive(Debug, Default)]
pub struct Metadata {
    /// The packet's text; `None` when there is no packet, or it is no XML.
    pub packet: Option<String>,
    /// `pdfuaid:part`.
    pub ua_part: Option<String>,
    /// `pdfaid:part`.
    pub archive_part: Option<String>,
    /// `pdfaid:conformance`.
    pub conformance: Option<String>,
    /// `dc:title`, the default language's.
    pub title: Option<String>,
}

impl Metadata {
    /// The levels that are claimed, as far as they are known here.
    pub fn claims(&self) -> Levels {
        let ua = (self.ua_part.as_deref() == Some("1")).then_some(Level::Ua1);
        let archive = self
            .archive_part
            .as_deref()
            .zip(self.conformance.as_deref())
            .and_then(|(part, conformance)| Level::from_key(&format!("{part}{conformance}")))
            .filter(|level| *level != Level::Ua1);
        ua.into_iter().chain(archive).collect()
    }
}

/// Reads the packet of the catalog.
pub fn read(document: &Document) -> Metadata {
    let Some(stream) = document.catalog().get::<Stream<'_>>("Metadata") else {
        return Metadata::default();
    };
    let Some(bytes) = document.unpacked(&stream) else { return Metadata::default() };
    let packet = String::from_utf8_lossy(&bytes).into_owned();
    let Ok(xml) = roxmltree::Document::parse(packet.trim_start_matches('\u{feff}').trim()) else {
        return Metadata::default();
    };
    let property = |namespace: &str, name: &str| {
        xml.descendants().find_map(|node| {
            if node.has_tag_name((namespace, name)) {
                let text: String = node
                    .descendants()
                    .filter(|inner| inner.is_text())
                    .filter_map(|inner| inner.text())
                    .collect();
                return Some(text.trim().to_owned());
            }
            node.attribute((namespace, name)).map(str::to_owned)
        })
    };
    let mut metadata = Metadata {
        packet: None,
        ua_part: property(PDFUAID, "part"),
        archive_part: property(PDFAID, "part"),
        conformance: property(PDFAID, "conformance"),
        title: property(DC, "title"),
    };
    drop(xml);
    metadata.packet = Some(packet);
    metadata
}

/// Checks the metadata themselves.
pub fn check(document: &Document, metadata: &Metadata, findings: &mut Findings) {
    let catalog = document.catalog();
    let place = || Place::object(catalog.obj_id());
    let stream = catalog.get::<Stream<'_>>("Metadata");
    let is_metadata = stream.as_ref().is_some_and(|stream| {
        stream.dict().get::<Name<'_>>("Type").as_deref() == Some(b"Metadata")
            && stream.dict().get::<Name<'_>>("Subtype").as_deref() == Some(b"XML")
    });
    if !is_metadata {
        findings.push_each(&[&UA_METADATA, &A_METADATA], &place(), || {
            "the catalog has no /Metadata stream of /Type /Metadata, /Subtype /XML".to_owned()
        });
    }
    if metadata.ua_part.as_deref() != Some("1") {
        findings.push(&UA_CLAIM, place(), || match &metadata.ua_part {
            Some(part) => format!("pdfuaid:part is “{part}”"),
            None => "pdfuaid:part is missing".to_owned(),
        });
    }
    if metadata.claims().iter().all(|level| level == Level::Ua1) {
        findings.push(&A_CLAIM, place(), || "no known part and conformance are named".to_owned());
    }
    if metadata.title.as_deref().is_none_or(str::is_empty) {
        findings.push(&UA_TITLE, place(), || "dc:title is missing or empty".to_owned());
    }
}
