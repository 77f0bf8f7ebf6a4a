//! One indirect object as it stands in the file: its keywords, its strings, names and numbers, and
//! where its stream begins and ends (ISO 19005-2 6.1.6 to 6.1.9, 6.1.13).

use std::ops::Range;

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};

use super::token::{Token, Tokens, is_eol, name_len, whole};
use super::{
    FILTER, GREATEST, HEX_DIGITS, HEX_EVEN, INTEGER, LEAST, LENGTH, LONG_NAME, LONG_STRING, NAME,
    OUTSIDE, REAL, SMALL_REAL, SPACING, STREAM_LINES, STRING, Seen,
};
use crate::verify::document::{Document, each, find};
use crate::verify::finding::Place;

/// What the dictionary of a stream says, as far as its bytes are concerned.
#[derive(Default)]
struct Entries<'a> {
    /// The key that stands at the dictionary's own level, and whether its value is awaited.
    key: &'a [u8],
    awaiting: bool,
    length: Option<i64>,
    length_is_reference: bool,
    outside: bool,
    filtered: bool,
    plain_filter: bool,
}

/// Examines the object whose number stands at the start of `span`, or after white space there;
/// another begins at its end.
pub fn at(document: &Document, id: ObjectIdentifier, span: Range<usize>, seen: &mut Seen) {
    let bytes = document.bytes();
    let own = bytes.get(..span.end.min(bytes.len())).unwrap_or(bytes);
    let mut tokens = Tokens::new(own, span.start);
    tokens.skip_space();
    let start = tokens.at();
    let place = |at: usize| Place { offset: Some(at), ..Place::object(Some(id)) };
    let (Some(Token::Number(number)), Some(Token::Number(generation)), Some(Token::Word(b"obj"))) =
        (tokens.next(), tokens.next(), tokens.next())
    else {
        return;
    };
    if whole(number) != Some(i64::from(id.obj_number)) {
        return;
    }
    let header = number.len() + generation.len() + b"obj".len() + 2;
    let on_its_line = start == 0 || bytes.get(start - 1).is_some_and(|byte| is_eol(*byte));
    if !on_its_line || tokens.at() - start != header || !tokens.peek().is_some_and(is_eol) {
        seen.findings.push(&SPACING, place(start), || {
            "the line “number generation obj” is not on its own, or is spaced otherwise".to_owned()
        });
    }
    let (end, entries) = value(&mut tokens, id, seen);
    match end {
        End::Stream => stream(document, id, &mut tokens, &entries, seen),
        End::Object(end) => end_of_object(bytes, id, end, seen),
        End::Lost => {}
    }
}

/// Examines what stands in an object stream for one object.
pub fn inside(id: ObjectIdentifier, bytes: &[u8], seen: &mut Seen) {
    let mut tokens = Tokens::new(bytes, 0);
    while let Some(token) = tokens.next() {
        if let Token::Word(b"stream" | b"endobj" | b"obj") = token {
            return;
        }
        judge(&token, Some(id), tokens.at(), seen);
    }
}

/// The longest trailer that is looked at, in bytes: a sound one has a few hundred.
const TRAILER: usize = 1 << 16;

/// Examines the dictionary of a trailer, which stands at `at`.
pub fn trailer(bytes: &[u8], at: usize, seen: &mut Seen) {
    let mut tokens = Tokens::new(bytes.get(..bytes.len().min(at + TRAILER)).unwrap_or(bytes), at);
    let mut depth = 0_usize;
    while let Some(token) = tokens.next() {
        match token {
            Token::DictOpen => depth += 1,
            Token::DictClose => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return;
        }
        judge(&token, None, tokens.at(), seen);
    }
}

/// How an object ends.
enum End {
    /// With a stream: its keyword was read.
    Stream,
    /// With `endobj`, at this offset.
    Object(usize),
    /// Not at all.
    Lost,
}

/// Reads on until the object ends.
fn value<'a>(tokens: &mut Tokens<'a>, id: ObjectIdentifier, seen: &mut Seen) -> (End, Entries<'a>) {
    let mut entries = Entries::default();
    let mut depth = 0_usize;
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(b"stream") => return (End::Stream, entries),
            Token::Word(b"endobj") => return (End::Object(tokens.at() - 6), entries),
            // The next object begins: this one has no end.
            Token::Word(b"obj") => return (End::Lost, entries),
            Token::DictOpen | Token::ArrayOpen => depth += 1,
            Token::DictClose | Token::ArrayClose => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth <= 1 {
            entries.note(&token, depth);
        }
        judge(&token, Some(id), tokens.at(), seen);
    }
    (End::Lost, entries)
}

impl<'a> Entries<'a> {
    /// Notes a token that stands in the dictionary itself, and in nothing inside of it.
    fn note(&mut self, token: &Token<'a>, depth: usize) {
        match token {
            Token::Name(name) if depth == 1 && !self.awaiting => {
                self.key = name;
                self.awaiting = true;
                self.outside |= matches!(*name, b"F" | b"FFilter" | b"FDecodeParms");
                self.filtered |= *name == b"Filter";
            }
            Token::DictOpen if depth == 1 => {}
            Token::Word(b"R") if depth == 1 => self.length_is_reference |= self.key == b"Length",
            Token::Name(name) if depth == 1 => {
                self.plain_filter |=
                    self.key == b"Filter" && matches!(*name, b"FlateDecode" | b"DCTDecode");
                self.awaiting = false;
            }
            Token::Number(number) if depth == 1 => {
                if self.awaiting && self.key == b"Length" {
                    self.length = whole(number);
                }
                self.awaiting = false;
            }
            _ => self.awaiting = false,
        }
    }
}

/// What a token of an object, or of a trailer, by itself breaks.
fn judge(token: &Token<'_>, id: Option<ObjectIdentifier>, after: usize, seen: &mut Seen) {
    let place = || match seen.inside {
        true => Place::object(id),
        false => Place { offset: Some(after), ..Place::object(id) },
    };
    match token {
        Token::Name(name) => {
            match *name {
                b"EF" => seen.attached = true,
                b"Metadata" => seen.described = true,
                b"AF" => seen.associating = true,
                _ => {}
            }
            if name.len() > NAME && name_len(name) > NAME {
                let place = place();
                seen.findings.push(&LONG_NAME, place, || format!("a name of {} bytes", name.len()));
            }
        }
        Token::Hex { digits, pure } => {
            if digits % 2 == 1 {
                let place = place();
                seen.findings.push(&HEX_EVEN, place, || format!("a string of {digits} digits"));
            }
            if !pure {
                let place = place();
                seen.findings
                    .push(&HEX_DIGITS, place, || "other characters between the digits".to_owned());
            }
            long_string(digits.div_ceil(2), place(), seen);
        }
        Token::Literal(count) => long_string(*count, place(), seen),
        Token::Number(number) if number.len() >= 10 => {
            let place = place();
            long_number(number, place, seen);
        }
        _ => {}
    }
}

fn long_string(count: usize, place: Place, seen: &mut Seen) {
    if count > STRING {
        seen.findings.push(&LONG_STRING, place, || format!("a string of {count} bytes"));
    }
}

/// A number of so many digits that it may be too great or too small.
fn long_number(number: &[u8], place: Place, seen: &mut Seen) {
    let text = String::from_utf8_lossy(number);
    if number.contains(&b'.') {
        let Ok(value) = text.parse::<f64>() else { return };
        if value.abs() > GREATEST {
            seen.findings.push(&REAL, place, || format!("the number {text}"));
        } else if value != 0.0 && value.abs() < LEAST {
            seen.findings.push(&SMALL_REAL, place, || format!("the number {text}"));
        }
    } else if text
        .parse::<f64>()
        .is_ok_and(|value| !(-2_147_483_648.0..=2_147_483_647.0).contains(&value))
    {
        seen.findings.push(&INTEGER, place, || format!("the number {text}"));
    }
}

/// `endobj` stands on a line of its own.
fn end_of_object(bytes: &[u8], id: ObjectIdentifier, at: usize, seen: &mut Seen) {
    let before = at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|b| is_eol(*b));
    let after = bytes.get(at + 6).is_none_or(|byte| is_eol(*byte));
    if !before || !after {
        let place = Place { offset: Some(at), ..Place::object(Some(id)) };
        seen.findings.push(&SPACING, place, || "endobj is not on a line of its own".to_owned());
    }
}

/// The stream of an object, from behind its keyword.
fn stream(
    document: &Document,
    id: ObjectIdentifier,
    tokens: &mut Tokens<'_>,
    entries: &Entries<'_>,
    seen: &mut Seen,
) {
    let bytes = document.bytes();
    let keyword = tokens.at();
    let place = |at: usize| Place { offset: Some(at), ..Place::object(Some(id)) };
    let rest = bytes.get(keyword..).unwrap_or_default();
    let start = match rest {
        [b'\r', b'\n', ..] => keyword + 2,
        [b'\n', ..] => keyword + 1,
        _ => {
            seen.findings.push(&STREAM_LINES, place(keyword), || {
                "the keyword “stream” does not end its line with LF or CR LF".to_owned()
            });
            keyword + rest.iter().take_while(|byte| is_eol(**byte)).count().min(1)
        }
    };
    if entries.outside {
        seen.findings.push(&OUTSIDE, place(keyword), || {
            "the stream names a file (F, FFilter or FDecodeParms)".to_owned()
        });
    }
    if entries.filtered && !entries.plain_filter {
        filters(document, id, seen);
    }
    let length = match entries.length_is_reference {
        false => entries.length,
        true => document
            .pdf()
            .xref()
            .get::<Stream<'_>>(id)
            .and_then(|stream| stream.dict().get::<i64>("Length")),
    };
    if let Some(end) = end_of_stream(bytes, id, start, length, seen) {
        let mut after = Tokens::new(bytes, end + b"endstream".len());
        if after.next() == Some(Token::Word(b"endobj")) {
            end_of_object(bytes, id, after.at() - 6, seen);
        }
    }
}

/// Where `endstream` stands, which the length must lead to.
fn end_of_stream(
    bytes: &[u8],
    id: ObjectIdentifier,
    start: usize,
    length: Option<i64>,
    seen: &mut Seen,
) -> Option<usize> {
    const KEYWORD: &[u8] = b"endstream";
    let place = |at: usize| Place { offset: Some(at), ..Place::object(Some(id)) };
    let data_end = length
        .and_then(|length| usize::try_from(length).ok())
        .and_then(|length| start.checked_add(length))
        .filter(|end| *end <= bytes.len());
    if let Some(end) = data_end {
        let rest = bytes.get(end..).unwrap_or_default();
        let line_end = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        if rest.get(line_end..).is_some_and(|rest| rest.starts_with(KEYWORD)) {
            // A line end that the length counts is the one before the keyword.
            let counted = line_end == 0 && bytes.get(end - 1).is_some_and(|byte| is_eol(*byte));
            if counted && end > start {
                seen.findings.push(&LENGTH, place(start), || {
                    "Length counts the line end before the keyword “endstream”".to_owned()
                });
            } else if line_end == 0 {
                seen.findings.push(&STREAM_LINES, place(end), || {
                    "no line ends before the keyword “endstream”".to_owned()
                });
            }
            return Some(end + line_end);
        }
    }
    let rest = bytes.get(start..)?;
    let found = match seen.searched {
        // The same bytes were searched before.
        Some((from, None)) if from <= start => None,
        Some((from, Some(found))) if (from..=found).contains(&start) => Some(found),
        _ => {
            let found = find(rest, KEYWORD).map(|at| start + at);
            seen.searched = Some((start, found));
            found
        }
    };
    let found = found? - start;
    let data = rest.get(..found).unwrap_or_default();
    let line_end = match data {
        [.., b'\r', b'\n'] => 2,
        [.., b'\r' | b'\n'] => 1,
        _ => 0,
    };
    let real = found - line_end;
    seen.findings.push(&LENGTH, place(start), || match length {
        Some(length) => format!("Length is {length}, but the stream has {real} bytes"),
        None => format!("there is no Length; the stream has {real} bytes"),
    });
    if line_end == 0 {
        seen.findings.push(&STREAM_LINES, place(start + found), || {
            "no line ends before the keyword “endstream”".to_owned()
        });
    }
    Some(start + found)
}

/// The filters of a stream whose codings are not plainly told.
fn filters(document: &Document, id: ObjectIdentifier, seen: &mut Seen) {
    let Some(stream) = document.pdf().xref().get::<Stream<'_>>(id) else { return };
    let dict = stream.dict();
    let names: Vec<Name<'_>> = match dict.get::<Object<'_>>("Filter") {
        Some(Object::Name(name)) => vec![name],
        Some(Object::Array(names)) => {
            document.items(&names).filter_map(Object::into_name).collect()
        }
        _ => return,
    };
    for (index, name) in names.iter().enumerate() {
        let known = match &**name {
            b"ASCIIHexDecode" | b"ASCII85Decode" | b"FlateDecode" | b"RunLengthDecode"
            | b"CCITTFaxDecode" | b"JBIG2Decode" | b"DCTDecode" | b"JPXDecode" => true,
            b"Crypt" => {
                let parameters = match dict.get::<Object<'_>>("DecodeParms") {
                    Some(Object::Dict(one)) => Some(one),
                    Some(Object::Array(all)) => nth_dict(&all, index),
                    _ => None,
                };
                parameters
                    .and_then(|parameters| parameters.get::<Name<'_>>("Name"))
                    .is_some_and(|name| &*name == b"Identity")
            }
            _ => false,
        };
        if !known {
            seen.findings.push(&FILTER, Place::object(Some(id)), || {
                format!("the stream is coded with {}", name.as_str())
            });
        }
    }
}

fn nth_dict<'a>(array: &Array<'a>, index: usize) -> Option<Dict<'a>> {
    each(array).nth(index)??.into_dict()
}
