//! What PDF/A asks of the bytes of a file (ISO 19005-2 6.1): header, trailer, cross-references,
//! and the way in which each object is written.
//!
//! Objects are looked at as they stand: [`xref`] tells where, [`token`] reads them, [`object`]
//! judges. What is no longer referred to since a later change of the file is not looked at.

pub mod common;
pub mod container;
pub mod object;
pub mod token;
pub mod xref;

use hayro_syntax::object::ObjectIdentifier;
use rayon::prelude::*;

use super::document::{Document, find_last};
use super::finding::{Findings, Place};
use super::level::Levels;
use super::rule::rules;
use container::Container;
use token::is_eol;
use xref::{At, Xref};

rules! {
    HEADER = "a:6.1.2-1", "6.1.2", Levels::ARCHIVE, Checked,
        "the file begins with %PDF-1.n, n from 0 to 7, on a line of its own",
        "let the producer write the header as the first bytes of the file";
    BINARY = "a:6.1.2-2", "6.1.2", Levels::ARCHIVE, Checked,
        "the second line is a comment of four or more bytes above 127",
        "let the producer write such a comment, so that programs take the file for binary";
    IDENTIFIED = "a:6.1.3-1", "6.1.3", Levels::ARCHIVE, Checked,
        "the trailer has an ID",
        "let the producer write file identifiers into the trailer";
    ENCRYPTED = "a:6.1.3-2", "6.1.3", Levels::ARCHIVE, Checked,
        "the file is not encrypted",
        "save the file without password and without restrictions";
    TRAILING = "a:6.1.3-3", "6.1.3", Levels::ARCHIVE, Checked,
        "nothing but one line end follows the last %%EOF",
        "take off what was appended to the file";
    XREF_LINES = "a:6.1.4-2", "6.1.4", Levels::ARCHIVE, Checked,
        "one line end stands between xref and the first subsection",
        "let the producer write the cross-reference table anew";
    HEX_EVEN = "a:6.1.6-1", "6.1.6", Levels::ARCHIVE, Checked,
        "hexadecimal strings have an even number of digits",
        "let the producer write whole bytes";
    HEX_DIGITS = "a:6.1.6-2", "6.1.6", Levels::ARCHIVE, Checked,
        "hexadecimal strings hold nothing but digits and white space",
        "let the producer write the string anew";
    LENGTH = "a:6.1.7.1-1", "6.1.7.1", Levels::ARCHIVE, Checked,
        "the Length of a stream is the number of its bytes",
        "let the producer write the file anew";
    STREAM_LINES = "a:6.1.7.1-2", "6.1.7.1", Levels::ARCHIVE, Checked,
        "LF or CR LF follows the keyword stream, and a line end precedes endstream",
        "let the producer write the file anew";
    OUTSIDE = "a:6.1.7.1-3", "6.1.7.1", Levels::ARCHIVE, Checked,
        "the data of a stream stand in the file itself",
        "embed what the stream refers to";
    FILTER = "a:6.1.7.2-1", "6.1.7.2", Levels::ARCHIVE, Checked,
        "streams are coded with standard filters other than LZW, and with no encryption",
        "let the producer code the stream with FlateDecode";
    SPACING = "a:6.1.9-1", "6.1.9", Levels::ARCHIVE, Checked,
        "“number generation obj” and “endobj” stand on lines of their own, spaced by one byte",
        "let the producer write the file anew";
    INTEGER = "a:6.1.13-1", "6.1.13", Levels::ARCHIVE, Checked,
        "whole numbers fit into 32 bits",
        "let the producer write a number within the limits";
    REAL = "a:6.1.13-2", "6.1.13", Levels::ARCHIVE, Checked,
        "numbers are not beyond 3.403 × 10^38",
        "let the producer write a number within the limits";
    LONG_STRING = "a:6.1.13-3", "6.1.13", Levels::ARCHIVE, Checked,
        "strings are no longer than 32,767 bytes",
        "let the producer shorten the string, or show it in parts";
    LONG_NAME = "a:6.1.13-4", "6.1.13", Levels::ARCHIVE, Checked,
        "names are no longer than 127 bytes",
        "let the producer shorten the name";
    SMALL_REAL = "a:6.1.13-5", "6.1.13", Levels::ARCHIVE, Checked,
        "numbers other than 0 are not closer to it than 1.175 × 10^-38",
        "let the producer write 0";
    OBJECTS = "a:6.1.13-7", "6.1.13", Levels::ARCHIVE, Checked,
        "there are no more than 8,388,607 indirect objects",
        "divide the document";
}

/// The longest string that a file may hold, in bytes (6.1.13).
pub const STRING: usize = 32_767;
/// The longest name, in bytes.
pub const NAME: usize = 127;
/// The greatest real number (6.1.13).
pub const GREATEST: f64 = 3.403e38;
/// The least real number above nothing (6.1.13).
pub const LEAST: f64 = 1.175e-38;

/// What one pass over the objects finds.
#[derive(Default)]
pub struct Seen {
    findings: Findings,
    /// Whether the object that is read stands in an object stream.
    inside: bool,
    /// Whether it names embedded files, metadata, and associated files.
    attached: bool,
    described: bool,
    associating: bool,
    objects: Objects,
    /// Where the end of a stream was last looked for, and where it was found.
    searched: Option<(usize, Option<usize>)>,
}

/// Objects that other families look into.
#[derive(Debug, Default)]
pub struct Objects {
    /// Those that name embedded files (`EF`).
    pub attached: Vec<ObjectIdentifier>,
    /// Those that name metadata (`Metadata`).
    pub described: Vec<ObjectIdentifier>,
    /// Those that name associated files (`AF`).
    pub associating: Vec<ObjectIdentifier>,
}

impl Seen {
    fn new(in_force: Levels) -> Seen {
        Seen { findings: Findings::new(in_force), ..Seen::default() }
    }

    /// Whether nothing was found, and nothing that others look into.
    fn has_nothing(&self) -> bool {
        let Objects { attached, described, associating } = &self.objects;
        self.findings.is_empty() && [attached, described, associating].iter().all(|o| o.is_empty())
    }

    fn note(&mut self, id: ObjectIdentifier) {
        if std::mem::take(&mut self.attached) {
            self.objects.attached.push(id);
        }
        if std::mem::take(&mut self.described) {
            self.objects.described.push(id);
        }
        if std::mem::take(&mut self.associating) {
            self.objects.associating.push(id);
        }
    }
}

/// Checks the bytes of the file, and tells which objects hold what others look for.
pub fn check(document: &Document, findings: &mut Findings) -> Objects {
    if !findings.asks(Levels::ARCHIVE) {
        return Objects::default();
    }
    let xref = document.xref();
    ends(document.bytes(), findings);
    trailer(xref, findings);
    let mut in_file: Vec<(u32, usize, u32)> = Vec::new();
    let mut containers: Vec<(u32, Vec<u32>)> = Vec::new();
    let mut of_container = rustc_hash::FxHashMap::default();
    for (number, at) in &xref.objects {
        match at {
            At::File(offset, generation) => in_file.push((*number, *offset, *generation)),
            At::Stream(container, _) => {
                let index = *of_container.entry(*container).or_insert_with(|| {
                    containers.push((*container, Vec::new()));
                    containers.len() - 1
                });
                if let Some((_, numbers)) = containers.get_mut(index) {
                    numbers.push(*number);
                }
            }
            At::Free => {}
        }
    }
    let in_force = findings.in_force();
    // In the order of the file each object ends before the next: what is left open in one is not
    // read over and over.
    in_file.sort_unstable_by_key(|(_, offset, _)| *offset);
    let ends: Vec<usize> = in_file.iter().map(|(_, offset, _)| *offset).collect();
    let mut parts: Vec<Seen> = in_file
        .par_chunks(512)
        .map(|chunk| {
            let mut seen = Seen::new(in_force);
            for (number, offset, generation) in chunk {
                let generation = i32::try_from(*generation).unwrap_or_default();
                let id = ObjectIdentifier::new(*number, generation);
                let next = ends.partition_point(|end| end <= offset);
                let end = ends.get(next).copied().unwrap_or(document.bytes().len());
                object::at(document, id, *offset..end, &mut seen);
                seen.note(id);
            }
            seen
        })
        .collect();
    let fewest = document.fewest(containers.len());
    parts.par_extend(containers.par_iter().with_min_len(fewest).map(|(container, numbers)| {
        let mut seen = Seen::new(in_force);
        seen.inside = true;
        contained(document, *container, numbers, &mut seen);
        seen
    }));
    let mut of_trailers = Seen::new(in_force);
    xref.trailers.iter().for_each(|at| object::trailer(document.bytes(), *at, &mut of_trailers));
    findings.append(of_trailers.findings);
    let mut objects = Objects::default();
    for part in parts {
        findings.append(part.findings);
        objects.attached.extend(part.objects.attached);
        objects.described.extend(part.objects.described);
        objects.associating.extend(part.objects.associating);
    }
    objects.attached.sort_unstable();
    objects.described.sort_unstable();
    objects
}

/// The objects of one object stream that are in use.
fn contained(document: &Document, number: u32, numbers: &[u32], seen: &mut Seen) {
    let known = document.plain().and_then(|plain| plain.container(number));
    let read = if known.is_some() { None } else { Container::read(document, number) };
    let Some(container) = known.or(read.as_ref()) else { return };
    let in_force = seen.findings.in_force();
    if container.is_sound(in_force) {
        return;
    }
    let data = container.data();
    // Objects of a sound stream do not overlap.
    let mut budget = 2 * data.len();
    for (at, number) in container.numbers().enumerate() {
        if numbers.binary_search(&number).is_err() {
            continue;
        }
        let Some(bytes) = container.span(at).and_then(|span| data.get(span)) else { continue };
        let Some(left) = budget.checked_sub(bytes.len()) else { break };
        budget = left;
        let id = ObjectIdentifier::new(number, 0);
        object::inside(id, bytes, seen);
        seen.note(id);
    }
    // All objects of a plainly written file are in use, and were looked at.
    if let Some(container) = known
        && seen.has_nothing()
    {
        container.keep_sound(in_force);
    }
}

/// The first and the last bytes (6.1.2, 6.1.3).
fn ends(bytes: &[u8], findings: &mut Findings) {
    let line_end = bytes.iter().position(|byte| is_eol(*byte)).unwrap_or(bytes.len());
    let sound = matches!(
        bytes.get(..line_end),
        Some([b'%', b'P', b'D', b'F', b'-', b'1', b'.', b'0'..=b'7'])
    );
    if !sound {
        findings.push(&HEADER, Place::at(0), || {
            let line = bytes.get(..line_end.min(40)).unwrap_or_default();
            format!("it begins with “{}”", String::from_utf8_lossy(line).escape_debug())
        });
    }
    let rest = bytes.get(line_end..).unwrap_or_default();
    let second = match rest {
        [b'\r', b'\n', rest @ ..] => rest,
        [_, rest @ ..] => rest,
        [] => rest,
    };
    let binary = match second {
        [b'%', comment @ ..] => {
            comment.len() >= 4 && comment.iter().take(4).all(|byte| *byte > 127)
        }
        _ => false,
    };
    if !binary {
        findings.push(&BINARY, Place::at(line_end), || "there is no such comment".to_owned());
    }
    if let Some(end) = find_last(bytes, b"%%EOF").map(|at| at + 5) {
        let tail = bytes.get(end..).unwrap_or_default();
        if !matches!(tail, [] | [b'\r' | b'\n'] | [b'\r', b'\n']) {
            findings
                .push(&TRAILING, Place::at(end), || format!("{} bytes follow %%EOF", tail.len()));
        }
    }
}

fn trailer(xref: &Xref, findings: &mut Findings) {
    if xref.identified == Some(false) {
        findings.push(&IDENTIFIED, Place::file(), || "the trailer has no ID".to_owned());
    }
    if xref.encrypted {
        findings.push(&ENCRYPTED, Place::file(), || "the trailer names an encryption".to_owned());
    }
    for offset in &xref.ragged {
        findings.push(&XREF_LINES, Place::at(*offset), || {
            "something else follows the keyword xref".to_owned()
        });
    }
    if xref.objects.len() > xref::OBJECTS {
        findings.push(&OBJECTS, Place::file(), || format!("there are {}", xref.objects.len()));
    }
}
