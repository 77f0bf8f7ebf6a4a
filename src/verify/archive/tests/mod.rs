//! Each rule of PDF/A by a file that breaks it and nothing else: a small sound file, with one
//! thing changed.

mod clauses;
mod metadata;
mod pictures;
mod rest;

use crate::verify::level::{Level, Levels};
use crate::verify::verify;

/// What is changed in the sound file.
#[derive(Clone, Copy)]
enum Edit {
    /// In the text of an object, from its number to `endobj`.
    In(usize, &'static str, &'static str),
    /// An object more, with this number: its text, and its stream.
    Add(usize, &'static str, Option<&'static [u8]>),
    /// Another content of the page.
    Content(&'static str),
    /// In the metadata.
    Packet(&'static str, &'static str),
    /// In the first bytes of the file.
    Head(&'static str, &'static str),
    /// In the last bytes of the file, from `xref`.
    Tail(&'static str, &'static str),
}
use Edit::{Add, Content, Head, In, Packet, Tail};

const CATALOG: usize = 1;
const PAGE: usize = 3;
const METADATA: usize = 4;
const INTENT: usize = 5;
const CONTENT: usize = 6;
const PROFILE: usize = 7;
/// The first number that is free.
const MORE: usize = 8;

const PACKET: &str = "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>\
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
<rdf:Description rdf:about='' xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/' \
xmlns:dc='http://purl.org/dc/elements/1.1/'>\
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\
<dc:creator><rdf:Seq><rdf:li>Astrid Vik</rdf:li></rdf:Seq></dc:creator>\
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";

/// The header of an ICC profile.
fn profile() -> Vec<u8> {
    let mut profile = vec![0; 132];
    profile.splice(8..9, [2]);
    profile.splice(12..16, *b"mntr");
    profile.splice(16..20, *b"RGB ");
    profile
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{dict}/Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// The file, with the changes.
fn file(edits: &[Edit]) -> Vec<u8> {
    let mut content: &str = "0 0 1 rg 10 10 50 50 re f";
    let mut packet = PACKET.to_owned();
    for edit in edits {
        match edit {
            Content(other) => content = other,
            Packet(from, to) => packet = packet.replacen(from, to, 1),
            _ => {}
        }
    }
    let mut objects: Vec<(usize, Vec<u8>)> = [
        (CATALOG, "<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R/OutputIntents[5 0 R]>>"),
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (
            PAGE,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 6 0 R/Resources<</Keep 0>>>>",
        ),
        (INTENT, "<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile 7 0 R>>"),
    ]
    .map(|(number, text)| (number, text.as_bytes().to_vec()))
    .into();
    objects.push((METADATA, stream("/Type/Metadata/Subtype/XML", packet.as_bytes())));
    objects.push((CONTENT, stream("", content.as_bytes())));
    objects.push((PROFILE, stream("/N 3", &profile())));
    for edit in edits {
        if let Add(number, text, data) = edit {
            let body = match data {
                Some(data) => stream(text, data),
                None => text.as_bytes().to_vec(),
            };
            objects.push((*number, body));
        }
    }
    objects.sort();
    let mut bytes = edited(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", edits, |edit| match edit {
        Head(from, to) => Some((from, to)),
        _ => None,
    });
    let mut xref = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, body) in &objects {
        xref.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        let head = format!("{number} 0 obj\n");
        let text = [head.as_bytes(), body, b"\nendobj\n"].concat();
        bytes.extend(edited(&text, edits, |edit| match edit {
            In(of, from, to) if of == *number => Some((from, to)),
            _ => None,
        }));
    }
    let tail = format!(
        "{xref}trailer\n<</Size {}/Root 1 0 R/ID[<0102><0102>]>>\nstartxref\n{}\n%%EOF\n",
        objects.len() + 1,
        bytes.len()
    );
    bytes.extend(edited(tail.as_bytes(), edits, |edit| match edit {
        Tail(from, to) => Some((from, to)),
        _ => None,
    }));
    bytes
}

fn edited(
    text: &[u8],
    edits: &[Edit],
    applies: impl Fn(Edit) -> Option<(&'static str, &'static str)>,
) -> Vec<u8> {
    let mut text = text.to_vec();
    for (from, to) in edits.iter().filter_map(|edit| applies(*edit)) {
        let at = text.windows(from.len()).position(|window| window == from.as_bytes());
        let at = at.unwrap_or_else(|| panic!("there is no “{from}”"));
        text.splice(at..at + from.len(), to.bytes());
    }
    text
}

/// The rules that a file breaks, each once.
fn broken(edits: &[Edit], against: Levels) -> Vec<&'static str> {
    match verify(file(edits), against) {
        Ok(report) => report.counts.into_iter().map(|(rule, _)| rule).collect(),
        Err(why) => panic!("{why}"),
    }
}

/// Holds each list of changes against the one rule that it breaks.
fn each_breaks(against: Level, faults: &[(&'static str, &[Edit])]) {
    for (rule, edits) in faults {
        let expected: Vec<&str> = Some(*rule).filter(|rule| !rule.is_empty()).into_iter().collect();
        assert_eq!(broken(edits, against.set()), expected, "the file for “{rule}”");
    }
}

/// A change of the page's resources.
const fn resources(to: &'static str) -> Edit {
    In(PAGE, "/Keep 0", to)
}

/// An annotation on the page.
const ANNOTATED: Edit = In(PAGE, "/Contents", "/Annots[8 0 R]/Contents");
const APPEARANCE: Edit =
    Add(9, "/Subtype/Form/BBox[0 0 9 9]/Resources<<>>", Some(b"0 g 1 1 5 5 re f"));

/// Text that lasts as long as the tests.
fn kept(text: impl Into<String>) -> &'static str {
    Box::leak(text.into().into_boxed_str())
}

/// Bytes that last as long as the tests.
fn kept_bytes(bytes: Vec<u8>) -> &'static [u8] {
    Box::leak(bytes.into_boxed_slice())
}
