//! The text of marked content: what the pages show, piece by piece.

use hayro_syntax::object::{Object, ObjectIdentifier};
use rustc_hash::FxHashMap;

use crate::verify::content::{Event, FontUse, Mark, Observer, Origin, State, walk_page};
use crate::verify::document::Document;
use crate::verify::fonts::decode::Decoder;

use super::{Artifact, Words, strings};

/// Moves back by more than this, in thousandths of an em, are gaps between words.
const GAP: f64 = 180.0;

/// A piece of marked content: its stream (page or form) and its number.
pub(super) type Place = (ObjectIdentifier, i64);

/// What all pages show.
pub(super) struct Shown<'a> {
    document: &'a Document,
    decoders: FxHashMap<Result<ObjectIdentifier, Vec<u8>>, Decoder>,
    pub(super) marked: FxHashMap<Place, Vec<Words>>,
    pub(super) artifacts: Vec<Artifact>,
    /// Text that is neither, by page.
    pub(super) loose: Vec<String>,
    gap: Gap,
    /// The height of the last line, where a matrix set it.
    height: f64,
}

/// What lies between two pieces of loose text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Word,
    Line,
}

impl<'a> Shown<'a> {
    /// Reads all pages.
    pub(super) fn read(document: &'a Document) -> Shown<'a> {
        let pages = document.pdf().pages().len();
        let mut shown = Shown {
            document,
            decoders: FxHashMap::default(),
            marked: FxHashMap::default(),
            artifacts: Vec::new(),
            loose: vec![String::new(); pages],
            gap: Gap::None,
            height: 0.0,
        };
        (0..pages).for_each(|page| walk_page(document, page, &mut shown));
        shown
    }

    fn decoded(&mut self, font: &FontUse<'_>, codes: &[u8]) -> String {
        let key = font.id.ok_or_else(|| font.dict.data().to_vec());
        let document = self.document;
        self.decoders.entry(key).or_insert_with(|| Decoder::read(document, &font.dict)).text(codes)
    }

    fn add(&mut self, state: &State<'_>, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(at) = state.marks.iter().rposition(|mark| mark.mcid.is_some()) {
            let inner = state.marks.get(at..).unwrap_or_default();
            return self.add_marked(inner, text);
        }
        if let Some(mark) = state.marks.iter().find(|mark| mark.is_artifact()) {
            return self.add_artifact(state.page, mark, text);
        }
        let Some(loose) = self.loose.get_mut(state.page) else { return };
        let parted = loose.is_empty() || loose.ends_with(char::is_whitespace);
        match self.gap {
            Gap::Line if !loose.is_empty() && !loose.ends_with('\n') => loose.push('\n'),
            Gap::Word if !parted && !text.starts_with(char::is_whitespace) => loose.push(' '),
            _ => {}
        }
        loose.push_str(text);
        self.gap = Gap::None;
    }

    /// `marks` are the one that has a number, and those inside it.
    fn add_marked(&mut self, marks: &[Mark<'_>], text: &str) {
        let Some((container, mcid)) = marks.first().and_then(|m| m.container.zip(m.mcid)) else {
            return;
        };
        let last = |text: for<'m> fn(&'m Mark<'_>) -> Option<&'m Vec<u8>>| {
            marks.iter().rev().find_map(text).map(|bytes| strings::text(bytes))
        };
        let language = last(|mark| mark.texts.lang.as_ref());
        let expansion = last(|mark| mark.texts.expansion.as_ref());
        let words = self.marked.entry((container, mcid)).or_default();
        match words.last_mut() {
            Some(same) if same.language == language && same.expansion == expansion => {
                same.text.push_str(text);
            }
            _ => words.push(Words { text: text.to_owned(), language, expansion }),
        }
    }

    fn add_artifact(&mut self, page: usize, mark: &Mark<'_>, text: &str) {
        let kind = mark.subtype.as_ref().or(mark.kind.as_ref());
        let kind = kind.map_or_else(|| "Artifact".into(), |kind| String::from_utf8_lossy(kind));
        match self.artifacts.last_mut() {
            Some(same) if same.page == page && same.kind == kind => {
                if self.gap != Gap::None && !same.text.ends_with(char::is_whitespace) {
                    same.text.push(' ');
                }
                same.text.push_str(text);
            }
            _ => {
                let (kind, text) = (kind.into_owned(), text.to_owned());
                self.artifacts.push(Artifact { page, kind, text });
            }
        }
        self.gap = Gap::None;
    }

    /// What moves the pen, for text whose order is all that is known.
    fn moved(&mut self, name: &[u8], operands: &[&Object<'_>]) {
        let number = |at: usize| match operands.get(at) {
            Some(Object::Number(number)) => number.as_f64(),
            _ => 0.0,
        };
        let gap = match name {
            b"T*" | b"'" | b"\"" => Gap::Line,
            b"Td" | b"TD" if number(1) != 0.0 => Gap::Line,
            b"Td" | b"TD" => Gap::Word,
            b"Tm" => {
                let height = number(5);
                let same = (height - self.height).abs() < 1.0;
                self.height = height;
                if same { Gap::Word } else { Gap::Line }
            }
            _ => return,
        };
        self.gap = self.gap.max(gap);
    }

    /// The parts of a `TJ`: strings, and moves that may be gaps between words.
    fn parts(&mut self, state: &State<'_>, font: &FontUse<'_>, parts: &Object<'_>) {
        let Object::Array(parts) = parts else { return };
        for part in parts.iter::<Object<'_>>() {
            match part {
                Object::String(codes) => {
                    let text = self.decoded(font, &codes);
                    self.add(state, &text);
                }
                Object::Number(move_back) if -move_back.as_f64() > GAP => {
                    self.gap = self.gap.max(Gap::Word);
                }
                _ => {}
            }
        }
    }
}

impl<'a> Observer<'a> for Shown<'a> {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        if matches!(state.origin, Origin::Pattern | Origin::Glyph | Origin::Mask) {
            return;
        }
        let replaced = |marks: &[Mark<'_>]| marks.iter().any(|mark| mark.texts.actual.is_some());
        match event {
            Event::Marked => {
                let Some((opened, around)) = state.marks.split_last() else { return };
                if let Some(actual) = opened.texts.actual.as_ref().filter(|_| !replaced(around)) {
                    self.add(state, &strings::text(actual));
                }
            }
            Event::Operator { name: b"TJ", operands } => {
                if let (Some(font), Some(parts)) = (&state.graphics.font, operands.last())
                    && !replaced(&state.marks)
                {
                    self.parts(state, font, parts);
                }
            }
            Event::Operator { name, operands } => {
                self.moved(name, operands);
                let shows = matches!(*name, b"Tj" | b"'" | b"\"");
                if let (true, Some(font), Some(Object::String(codes))) =
                    (shows, &state.graphics.font, operands.last())
                    && !replaced(&state.marks)
                {
                    let text = self.decoded(font, codes);
                    self.add(state, &text);
                }
            }
            _ => {}
        }
    }
}
