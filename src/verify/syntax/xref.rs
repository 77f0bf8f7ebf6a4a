//! The cross-references of a file (ISO 32000-1 7.5.4, 7.5.8): where its objects stand. The bytes
//! at those places are what the rules are about, so the offsets are read here.

use hayro_syntax::object::{Array, Dict, FromBytes, Number, Object, Stream};
use rustc_hash::{FxHashMap, FxHashSet};

use super::token::{Token, Tokens, is_eol, whole};
use crate::verify::document::{Document, find, find_last, items, numbers};

/// How many sections one file may have: one for each time that it was changed.
const SECTIONS: usize = 4096;
/// How many objects are looked at: the most that PDF/A allows (6.1.13).
pub const OBJECTS: usize = 8_388_607;

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// At this offset, with this generation.
    File(usize, u32),
    /// In the object stream of this number, at this place.
    Stream(u32, u32),
    /// Nowhere: the number is free.
    Free,
}

/// The cross-references.
#[derive(Debug, Default)]
pub struct Xref {
    /// Each number and where its object stands, in the order of numbers.
    pub objects: Vec<(u32, At)>,
    /// The offsets of `xref` keywords that no single line end and digit follow.
    pub ragged: Vec<usize>,
    /// Whether the last trailer has an `ID` with something in it; `None` when it cannot be read.
    pub identified: Option<bool>,
    /// Whether a trailer names an encryption.
    pub encrypted: bool,
    /// The offsets of the dictionaries of trailers that are no objects.
    pub trailers: Vec<usize>,
    /// Whether a single stream tells of all objects, of each once.
    pub is_single: bool,
}

struct Reader<'a> {
    document: &'a Document,
    bytes: &'a [u8],
    found: FxHashMap<u32, At>,
    ragged: Vec<usize>,
    seen: FxHashSet<usize>,
    identified: Option<bool>,
    encrypted: bool,
    trailers: Vec<usize>,
    is_single: bool,
}

/// Reads all sections from the last to the first, or looks for objects when they are broken.
pub fn read(document: &Document) -> Xref {
    let bytes = document.bytes();
    let mut reader = Reader {
        document,
        bytes,
        found: FxHashMap::default(),
        ragged: Vec::new(),
        seen: FxHashSet::default(),
        identified: None,
        encrypted: false,
        trailers: Vec::new(),
        is_single: true,
    };
    let start = find_last(bytes, b"startxref")
        .and_then(|at| match Tokens::new(bytes, at + 9).next() {
            Some(Token::Number(offset)) => whole(offset),
            _ => None,
        })
        .and_then(|offset| usize::try_from(offset).ok());
    let sound = start.is_some_and(|start| reader.sections(start).is_some());
    if !sound || reader.found.is_empty() {
        reader.look_for_objects();
        reader.is_single = false;
    }
    let mut objects: Vec<(u32, At)> =
        reader.found.into_iter().filter(|(_, at)| *at != At::Free).collect();
    objects.sort_unstable();
    Xref {
        objects,
        ragged: reader.ragged,
        identified: reader.identified,
        encrypted: reader.encrypted,
        trailers: reader.trailers,
        is_single: reader.is_single && reader.seen.len() == 1,
    }
}

impl<'a> Reader<'a> {
    fn sections(&mut self, start: usize) -> Option<()> {
        let mut waiting = vec![start];
        while let Some(offset) = waiting.pop() {
            let section = self.bytes.get(offset..)?;
            let white = section.len() - section.trim_ascii_start().len();
            if !self.seen.insert(offset + white) || self.seen.len() > SECTIONS {
                continue;
            }
            let trailer = match section.get(white..)?.starts_with(b"xref") {
                true => self.table(offset + white)?,
                false => self.stream(offset)?,
            };
            self.trailer(&trailer);
            // What a hybrid file hides in a stream comes before the section before this one.
            let next = ["Prev", "XRefStm"].map(|key| trailer.get::<i64>(key));
            self.is_single &= !["Prev", "XRefStm"].iter().any(|key| trailer.contains_key(key));
            waiting.extend(next.into_iter().flatten().filter_map(|at| usize::try_from(at).ok()));
        }
        Some(())
    }

    fn trailer(&mut self, trailer: &Dict<'_>) {
        self.encrypted |= trailer.contains_key("Encrypt");
        let xref = self.document.pdf().xref();
        let id = match trailer.get_ref("ID") {
            Some(id) => xref.get::<Array<'_>>(id.into()),
            None => trailer.get::<Array<'_>>("ID"),
        };
        let filled = id.is_some_and(|id| {
            items(&id).filter_map(Object::into_string).any(|part| !part.is_empty())
        });
        self.identified.get_or_insert(filled);
    }

    /// A table, and the trailer behind it.
    fn table(&mut self, offset: usize) -> Option<Dict<'a>> {
        let after = self.bytes.get(offset + 4..)?;
        let digits = match after {
            [b'\r', b'\n', rest @ ..] | [b'\r' | b'\n', rest @ ..] => rest.first(),
            _ => None,
        };
        if !digits.is_some_and(u8::is_ascii_digit) {
            self.ragged.push(offset);
        }
        self.is_single = false;
        let mut tokens = Tokens::new(self.bytes, offset + 4);
        loop {
            let first = match tokens.next()? {
                Token::Number(first) => u32::try_from(whole(first)?).ok()?,
                Token::Word(b"trailer") => break,
                _ => return None,
            };
            let Token::Number(count) = tokens.next()? else { return None };
            for index in 0..u32::try_from(whole(count)?).ok()? {
                let (Token::Number(at), Token::Number(generation), Token::Word(kind)) =
                    (tokens.next()?, tokens.next()?, tokens.next()?)
                else {
                    return None;
                };
                let at = match kind {
                    b"n" => At::File(
                        usize::try_from(whole(at)?).ok()?,
                        u32::try_from(whole(generation)?).ok()?,
                    ),
                    _ => At::Free,
                };
                self.note(first.checked_add(index)?, at);
            }
        }
        tokens.skip_space();
        self.trailers.push(tokens.at());
        Dict::from_bytes(self.bytes.get(tokens.at()..)?)
    }

    /// A cross-reference stream, whose dictionary is the trailer.
    fn stream(&mut self, offset: usize) -> Option<Dict<'a>> {
        let section = self.bytes.get(offset..)?;
        let begins = find(section.get(..64.min(section.len()))?, b"obj")? + 3;
        let stream = Stream::from_bytes(section.get(begins..)?.trim_ascii_start())?;
        let dict = stream.dict();
        let data = self.document.unpacked(&stream)?;
        let widths: Vec<usize> = numbers(&dict.get::<Array<'_>>("W")?)?
            .into_iter()
            .map(|width| usize::try_from(width.as_i64()).ok().filter(|width| *width <= 8))
            .collect::<Option<_>>()?;
        let [kind, second, third] = widths[..] else { return None };
        let size = kind + second + third;
        let index: Vec<i64> = match dict.get::<Array<'_>>("Index") {
            Some(index) => numbers(&index)?.iter().map(Number::as_i64).collect(),
            None => vec![0, dict.get::<i64>("Size")?],
        };
        if size == 0 {
            return None;
        }
        self.is_single &= kind == 1;
        self.found.reserve((data.len() / size).min(1024));
        let mut rows = data.chunks_exact(size);
        for range in index.chunks_exact(2) {
            let [first, count] = *range else { continue };
            for number in first..first.saturating_add(count) {
                let Some(row) = rows.next() else {
                    self.is_single = false;
                    break;
                };
                let field = |from: usize, width: usize| {
                    let bytes = row.get(from..from + width).unwrap_or_default();
                    bytes.iter().fold(0_u64, |all, byte| all << 8 | u64::from(*byte))
                };
                let kind = if kind == 0 { 1 } else { field(0, kind) };
                let value = field(widths[0], second);
                let at = match kind {
                    1 => At::File(
                        usize::try_from(value).ok()?,
                        u32::try_from(field(widths[0] + second, third)).ok()?,
                    ),
                    2 => At::Stream(
                        u32::try_from(value).ok()?,
                        u32::try_from(field(widths[0] + second, third)).unwrap_or(u32::MAX),
                    ),
                    _ => At::Free,
                };
                self.note(u32::try_from(number).ok()?, at);
            }
        }
        Some(dict.clone())
    }

    /// The first that is read of a number is the last that was written.
    fn note(&mut self, number: u32, at: At) {
        if self.found.len() < OBJECTS + 1 {
            let known = self.found.len();
            self.found.entry(number).or_insert(at);
            self.is_single &= self.found.len() > known;
        }
    }

    /// Objects by their look: the last of each number counts.
    fn look_for_objects(&mut self) {
        self.found.clear();
        for (at, window) in self.bytes.windows(4).enumerate() {
            if window != b" obj" {
                continue;
            }
            let line = self.bytes.get(at.saturating_sub(24)..at).unwrap_or_default();
            let line = match line.iter().rposition(|byte| is_eol(*byte)) {
                Some(end) => line.get(end + 1..).unwrap_or_default(),
                None => line,
            };
            let mut tokens = Tokens::new(line, 0);
            if let (Some(Token::Number(number)), Some(Token::Number(generation)), None) =
                (tokens.next(), tokens.next(), tokens.next())
                && let Some(number) = whole(number).and_then(|n| u32::try_from(n).ok())
                && let Some(generation) = whole(generation).and_then(|n| u32::try_from(n).ok())
            {
                self.found.insert(number, At::File(at - line.len(), generation));
            }
        }
    }
}
