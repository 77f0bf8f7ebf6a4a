//! The XMP metadata: which levels a file claims, and what the standards ask of the packets
//! (ISO 14289-1 5 and 7.1; ISO 19005-2 6.6).
//!
//! [`rdf`] reads properties, [`schemas`] lists those that are known beforehand, [`types`] judges
//! their values, [`extension`] reads what a file defines itself.

pub mod extension;
pub mod rdf;
pub mod schemas;
pub mod types;

use std::borrow::Cow;

use hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use memchr::{memchr2_iter, memmem};
use rustc_hash::{FxHashMap, FxHashSet};

use super::document::Document;
use super::finding::{Findings, Place};
use super::level::{Level, Levels};
use super::rule::{Rule, rules};
use rdf::Property;
use types::Definitions;

/// The namespace of the PDF/A identification schema (ISO 19005-2 6.6.4).
const PDFAID: &str = "http://www.aiim.org/pdfa/ns/id/";
/// The namespace of the PDF/UA identification schema (ISO 14289-1 5).
const PDFUAID: &str = "http://www.aiim.org/pdfua/ns/id/";
/// The namespace of Dublin Core.
const DC: &str = "http://purl.org/dc/elements/1.1/";
/// How deep direct objects are searched for metadata.
const DEEP: usize = 16;

/// The longest packet that is read, in bytes; those with thumbnails take a tenth of it.
const PACKET: usize = 16 << 20;
/// How many pairs of attributes a packet may have, element by element.
const COMPARED: usize = 50_000_000;
/// How many namespaces a packet may declare.
const NAMESPACES: usize = 2000;

rules! {
    UA_CLAIM = "ua1:5-1", "5", Levels::UA1, Checked,
        "the metadata name the standard (pdfuaid)",
        "let the producer write pdfuaid:part into the metadata";
    UA_PART = "ua1:5-2", "5", Levels::UA1, Checked,
        "pdfuaid:part is 1",
        "let the producer write pdfuaid:part 1 into the metadata";
    UA_PART_PREFIX = "ua1:5-3", "5", Levels::UA1, Checked,
        "the part is written with the prefix pdfuaid",
        "let the producer write the prefix pdfuaid";
    UA_AMENDMENT_PREFIX = "ua1:5-4", "5", Levels::UA1, Checked,
        "the amendment is written with the prefix pdfuaid",
        "let the producer write the prefix pdfuaid";
    UA_CORRIGENDUM_PREFIX = "ua1:5-5", "5", Levels::UA1, Checked,
        "the corrigendum is written with the prefix pdfuaid",
        "let the producer write the prefix pdfuaid";
    UA_METADATA = "ua1:7.1-8", "7.1", Levels::UA1, Checked,
        "the catalog has a Metadata stream of XMP",
        "let the producer write XMP metadata into the catalog";
    UA_TITLE = "ua1:7.1-9", "7.1", Levels::UA1, Checked,
        "the metadata hold a title (dc:title)",
        "give the document a title";
    A_METADATA = "a:6.6.2.1-1", "6.6.2.1", Levels::ARCHIVE, Checked,
        "the catalog has a Metadata stream of XMP",
        "let the producer write XMP metadata into the catalog";
    BYTES = "a:6.6.2.1-2", "6.6.2.1", Levels::ARCHIVE, Checked,
        "the header of a packet has no bytes attribute",
        "take the attribute out of <?xpacket …?>";
    ENCODING = "a:6.6.2.1-3", "6.6.2.1", Levels::ARCHIVE, Checked,
        "the header of a packet has no encoding attribute",
        "take the attribute out of <?xpacket …?>";
    WELL_FORMED = "a:6.6.2.1-4", "6.6.2.1", Levels::ARCHIVE, Checked,
        "metadata are well-formed XML and RDF",
        "let the producer write the metadata anew";
    UTF8 = "a:6.6.2.1-5", "6.6.2.1", Levels::ARCHIVE, Checked,
        "metadata are written in UTF-8",
        "let the producer write the metadata in UTF-8";
    KNOWN = "a:6.6.2.3.1-1", "6.6.2.3.1", Levels::ARCHIVE, Checked,
        "properties are those of the predefined schemas or of extension schemas",
        "describe the property in an extension schema, or take it out";
    TYPED = "a:6.6.2.3.1-2", "6.6.2.3.1", Levels::ARCHIVE, Checked,
        "the values of properties are of the type that their schema tells",
        "let the producer write the value in its type";
    A_CLAIM = "a:6.6.4-1", "6.6.4", Levels::ARCHIVE, Checked,
        "the metadata name the standard (pdfaid)",
        "let the producer write pdfaid:part and pdfaid:conformance into the metadata";
    A_PART = "a:6.6.4-2", "6.6.4", Levels::ARCHIVE, Checked,
        "pdfaid:part is the part of the standard that the file is checked against",
        "let the producer write the part into the metadata";
    A_CONFORMANCE = "a:6.6.4-3", "6.6.4", Levels::ARCHIVE, Checked,
        "pdfaid:conformance names the level that the file is checked against, or a higher one",
        "let the producer write the level into the metadata";
    A_PART_PREFIX = "a:6.6.4-4", "6.6.4", Levels::ARCHIVE, Checked,
        "the part is written with the prefix pdfaid",
        "let the producer write the prefix pdfaid";
    A_CONFORMANCE_PREFIX = "a:6.6.4-5", "6.6.4", Levels::ARCHIVE, Checked,
        "the conformance is written with the prefix pdfaid",
        "let the producer write the prefix pdfaid";
    A_AMENDMENT_PREFIX = "a:6.6.4-6", "6.6.4", Levels::ARCHIVE, Checked,
        "the amendment is written with the prefix pdfaid",
        "let the producer write the prefix pdfaid";
    A_CORRIGENDUM_PREFIX = "a:6.6.4-7", "6.6.4", Levels::ARCHIVE, Checked,
        "the corrigendum is written with the prefix pdfaid",
        "let the producer write the prefix pdfaid";
}

/// A packet, as far as it can be read.
#[derive(Debug, Default)]
pub struct Metadata {
    /// Its properties.
    pub properties: Vec<Property>,
    /// Whether it is in UTF-8.
    utf8: bool,
    /// What is wrong with its form.
    fault: Option<String>,
    /// The header of the packet, between `<?xpacket` and `?>`.
    header: String,
}

impl Metadata {
    /// A property of the packet.
    pub fn property(&self, namespace: &str, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.is(namespace, name))
    }

    /// The document's title (`dc:title`), in its default language.
    pub fn title(&self) -> Option<&str> {
        self.text(DC, "title").filter(|title| !title.is_empty())
    }

    fn text(&self, namespace: &str, name: &str) -> Option<&str> {
        self.property(namespace, name).and_then(Property::default_text).map(str::trim)
    }

    /// The levels that are claimed, as far as they are known here.
    pub fn claims(&self) -> Levels {
        let ua = (self.text(PDFUAID, "part") == Some("1")).then_some(Level::Ua1);
        let archive = self
            .text(PDFAID, "part")
            .zip(self.text(PDFAID, "conformance"))
            .and_then(|(part, conformance)| Level::from_key(&format!("{part}{conformance}")))
            .filter(|level| *level != Level::Ua1);
        ua.into_iter().chain(archive).collect()
    }

    /// The part of PDF/A that is claimed, whether it is known here or not.
    pub fn archive_part(&self) -> Option<&str> {
        self.text(PDFAID, "part")
    }
}

/// Reads the packet of the catalog.
pub fn read(document: &Document) -> Metadata {
    match document.catalog().get::<Stream<'_>>("Metadata") {
        Some(stream) => packet(document, &stream),
        None => Metadata::default(),
    }
}

fn packet(document: &Document, stream: &Stream<'_>) -> Metadata {
    let mut metadata = Metadata { utf8: true, ..Metadata::default() };
    let Some(bytes) = document.unpacked(stream) else {
        metadata.fault = Some("the stream cannot be unpacked".to_owned());
        return metadata;
    };
    let text = decoded(&bytes);
    metadata.utf8 = matches!(text, Cow::Borrowed(_));
    let text = text.trim_start_matches('\u{feff}').trim();
    metadata.header = text
        .find("<?xpacket")
        .and_then(|start| text.get(start..))
        .and_then(|rest| rest.split("?>").next())
        .unwrap_or_default()
        .to_owned();
    if !is_bounded(text) {
        metadata.fault = Some("it is larger than metadata are".to_owned());
        return metadata;
    }
    match roxmltree::Document::parse(text) {
        Err(error) => metadata.fault = Some(error.to_string()),
        Ok(xml) => match rdf::read(&xml) {
            Ok(properties) => {
                metadata.properties = properties;
                metadata.fault = run_together(&xml);
            }
            Err(fault) => metadata.fault = Some(fault),
        },
    }
    metadata
}

/// A processing instruction whose name is not followed by white space (XML 1.0 2.6), which the
/// parser takes for one: `<?xpacketbegin="…"?>`.
fn run_together(xml: &roxmltree::Document<'_>) -> Option<String> {
    let mut names = xml.descendants().filter_map(|node| node.pi());
    let odd = names.find(|pi| pi.value.is_some_and(|value| value.starts_with(['=', '"', '\''])));
    odd.map(|pi| format!("<?{} has no white space behind its name", pi.target))
}

/// Whether a packet can be parsed in short time: the parser compares each attribute of an element
/// with all others, and looks each prefix up among all namespaces.
fn is_bounded(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() > PACKET || memmem::find_iter(bytes, b"xmlns").count() > NAMESPACES {
        return false;
    }
    let (mut compared, mut attributes) = (0_usize, 0_usize);
    for at in memchr2_iter(b'<', b'=', bytes) {
        if bytes.get(at) == Some(&b'=') {
            // Each is compared with those before it.
            compared = compared.saturating_add(2 * attributes + 1);
            attributes += 1;
        } else {
            attributes = 0;
        }
    }
    compared <= COMPARED
}

/// The text of a packet; borrowed when it is UTF-8.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |unit: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect::<String>()
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => Cow::Owned(wide(u16::from_be_bytes, rest)),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(wide(u16::from_le_bytes, rest)),
        [0, b'<', ..] => Cow::Owned(wide(u16::from_be_bytes, bytes)),
        [b'<', 0, ..] => Cow::Owned(wide(u16::from_le_bytes, bytes)),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(bytes),
        },
    }
}

/// Checks the metadata of the catalog, and those of the objects that have some of their own.
pub fn check(
    document: &Document,
    metadata: &Metadata,
    described: &[ObjectIdentifier],
    findings: &mut Findings,
) {
    let catalog = document.catalog();
    let place = Place::object(catalog.get_ref("Metadata").map(Into::into).or(catalog.obj_id()));
    let stream = catalog.get::<Stream<'_>>("Metadata").filter(is_metadata);
    if stream.is_none() {
        findings.push_each(&[&UA_METADATA, &A_METADATA], &place, || {
            "the catalog has no /Metadata stream of /Type /Metadata, /Subtype /XML".to_owned()
        });
    }
    if stream.is_some() || findings.asks(Levels::UA1) {
        claims(metadata, &place, findings);
    }
    if metadata.text(DC, "title").is_none_or(str::is_empty) {
        findings.push(&UA_TITLE, place.clone(), || "dc:title is missing or empty".to_owned());
    }
    if !findings.asks(Levels::ARCHIVE) || stream.is_none() {
        return;
    }
    let definitions = form(metadata, &FxHashMap::default(), &place, findings);
    let mut seen: FxHashSet<ObjectIdentifier> =
        catalog.get_ref("Metadata").map(ObjectIdentifier::from).into_iter().collect();
    for id in described {
        let Some(object) = document.pdf().xref().get::<Object<'_>>(*id) else { continue };
        let mut streams = Vec::new();
        streams_within(&object, 0, &mut streams);
        for stream in streams {
            let id = stream.obj_id();
            if is_metadata(&stream) && seen.insert(id) {
                let other = packet(document, &stream);
                form(&other, &definitions, &Place::object(Some(id)), findings);
            }
        }
    }
}

fn is_metadata(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>("Type").as_deref() == Some(b"Metadata")
        && stream.dict().get::<Name<'_>>("Subtype").as_deref() == Some(b"XML")
}

/// The metadata that dictionaries of one object name.
fn streams_within<'a>(object: &Object<'a>, depth: usize, streams: &mut Vec<Stream<'a>>) {
    if depth > DEEP {
        return;
    }
    let dict: &Dict<'a> = match object {
        Object::Dict(dict) => dict,
        Object::Stream(stream) => stream.dict(),
        Object::Array(array) => {
            for entry in array.raw_iter() {
                if let MaybeRef::NotRef(inner) = entry {
                    streams_within(&inner, depth + 1, streams);
                }
            }
            return;
        }
        _ => return,
    };
    streams.extend(dict.get::<Stream<'a>>("Metadata"));
    for (_, entry) in dict.entries() {
        if let MaybeRef::NotRef(inner @ (Object::Dict(_) | Object::Array(_))) = entry {
            streams_within(&inner, depth + 1, streams);
        }
    }
}

/// Which standards are named, and how (ISO 14289-1 5, ISO 19005-2 6.6.4).
fn claims(metadata: &Metadata, place: &Place, findings: &mut Findings) {
    let names = |namespace: &str| {
        metadata.properties.iter().any(|property| property.namespace == namespace)
    };
    let shown = |value: Option<&str>| match value {
        Some(value) => format!("it is “{value}”"),
        None => "it is missing".to_owned(),
    };
    if !names(PDFUAID) {
        findings.push(&UA_CLAIM, place.clone(), || "pdfuaid:part is missing".to_owned());
    } else if metadata.text(PDFUAID, "part") != Some("1") {
        findings.push(&UA_PART, place.clone(), || shown(metadata.text(PDFUAID, "part")));
    }
    if !names(PDFAID) {
        findings.push(&A_CLAIM, place.clone(), || "pdfaid:part is missing".to_owned());
    } else {
        let part = metadata.text(PDFAID, "part");
        let conformance = metadata.text(PDFAID, "conformance");
        let wrong_part = findings.in_force().iter().any(|level| match level {
            Level::Ua1 => false,
            Level::A2b | Level::A2u | Level::A2a => part != Some("2"),
            Level::A3b | Level::A3u | Level::A3a => part != Some("3"),
        });
        if wrong_part {
            findings.push(&A_PART, place.clone(), || shown(part));
        }
        let wrong_level = findings.in_force().iter().any(|level| {
            let enough: &[&str] = match level {
                Level::Ua1 => return false,
                Level::A2b | Level::A3b => &["B", "U", "A"],
                Level::A2u | Level::A3u => &["U", "A"],
                Level::A2a | Level::A3a => &["A"],
            };
            !conformance.is_some_and(|conformance| enough.contains(&conformance))
        });
        if wrong_level {
            findings.push(&A_CONFORMANCE, place.clone(), || shown(conformance));
        }
    }
    let prefixes: [(&str, &str, &str, &'static Rule); 7] = [
        (PDFUAID, "pdfuaid", "part", &UA_PART_PREFIX),
        (PDFUAID, "pdfuaid", "amd", &UA_AMENDMENT_PREFIX),
        (PDFUAID, "pdfuaid", "corr", &UA_CORRIGENDUM_PREFIX),
        (PDFAID, "pdfaid", "part", &A_PART_PREFIX),
        (PDFAID, "pdfaid", "conformance", &A_CONFORMANCE_PREFIX),
        (PDFAID, "pdfaid", "amd", &A_AMENDMENT_PREFIX),
        (PDFAID, "pdfaid", "corr", &A_CORRIGENDUM_PREFIX),
    ];
    for (namespace, prefix, name, rule) in prefixes {
        if let Some(property) = metadata.property(namespace, name)
            && property.prefix != prefix
        {
            findings.push(rule, place.clone(), || {
                format!("{name} has the prefix “{}”", property.prefix)
            });
        }
    }
}

/// The form of a packet, and its properties; gives back what it defines.
fn form(
    metadata: &Metadata,
    around: &FxHashMap<String, Definitions>,
    place: &Place,
    findings: &mut Findings,
) -> FxHashMap<String, Definitions> {
    for (attribute, rule) in [("bytes", &BYTES), ("encoding", &ENCODING)] {
        if has_attribute(&metadata.header, attribute) {
            findings.push(rule, place.clone(), || format!("the packet tells its {attribute}"));
        }
    }
    if !metadata.utf8 {
        findings.push(&UTF8, place.clone(), || "the packet is not in UTF-8".to_owned());
    }
    if let Some(fault) = &metadata.fault {
        findings.push(&WELL_FORMED, place.clone(), || fault.clone());
    }
    let container = metadata.property(extension::EXTENSION, "schemas");
    let definitions = container.map(extension::definitions).unwrap_or_default();
    if let Some(container) = container {
        extension::check(container, &definitions, place, findings);
    }
    for property in &metadata.properties {
        if property.is(extension::EXTENSION, "schemas") {
            continue;
        }
        let own = [&definitions, around].into_iter().find_map(|definitions| {
            let schema = definitions.get(&property.namespace)?;
            Some((schema.properties.get(&property.name)?.as_str(), &schema.types))
        });
        let none = types::Types::default();
        let known = types::predefined(&property.namespace, &property.name)
            .map(|kind| (kind, &none))
            .or(own);
        let called = || format!("{}:{}", property.prefix, property.name);
        match known {
            None => findings.push(&KNOWN, place.clone(), || {
                format!("{} ({}) is not known", called(), property.namespace)
            }),
            Some((kind, types)) if !types::fits(property, kind, types) => {
                findings.push(&TYPED, place.clone(), || match property.text() {
                    Some(text) => {
                        format!("{} is “{text}”, not {}", called(), types::in_words(kind))
                    }
                    None => format!("{} is not {}", called(), types::in_words(kind)),
                });
            }
            Some(_) => {}
        }
    }
    definitions
}

/// Whether the header of a packet has this attribute.
fn has_attribute(header: &str, name: &str) -> bool {
    header.match_indices(name).any(|(at, _)| {
        header.get(at + name.len()..).is_some_and(|rest| rest.trim_start().starts_with('='))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_attribute_name_alone_is_none() {
        assert!(has_attribute("<?xpacket begin='' bytes = '12'", "bytes"));
        assert!(!has_attribute("<?xpacket begin='' id='bytes'", "bytes"));
    }

    #[test]
    fn is_bounded_many_attributes_are_too_many() {
        assert!(is_bounded(&"<a b='1' c='2'/>".repeat(1000)));
        assert!(!is_bounded(&format!("<a {}/>", "b='1' ".repeat(8000))));
    }

    #[test]
    fn decoded_utf16_is_told_from_utf8() {
        assert!(matches!(decoded("<x/>".as_bytes()), Cow::Borrowed("<x/>")));
        assert_eq!(decoded(&[0xfe, 0xff, 0, b'<', 0, b'x']), "<x");
    }
}
