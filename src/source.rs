//! The texts that people wrote (data, templates, stylesheets) and places in them.
//!
//! A [`Span`] is small and copyable; [`Sources`] turns it into a file, a line and a column when a
//! message is printed.

use std::collections::BTreeSet;
use std::sync::{Arc, RwLock};

/// Names one text in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A stretch of one text, in bytes; `start == end` marks a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text that the bytes are counted in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` to `end`, in bytes.
    pub fn new(source: SourceId, start: usize, end: usize) -> Span {
        Span { source, start: clamp(start), end: clamp(end) }
    }

    /// The point at `offset`.
    pub fn point(source: SourceId, offset: usize) -> Span {
        Span::new(source, offset, offset)
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// One text with its name, which is the path as the user would write it (relative to the project,
/// with forward slashes).
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

/// A position for people: line and column count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    fn new(name: String, text: String) -> Source {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| clamp(at + 1))).collect();
        Source { name, text, line_starts }
    }

    /// The path as the user would write it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, decoded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset; an offset past the end gives the end.
    pub fn position(&self, offset: u32) -> Position {
        let index = self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.line_starts[index] as usize;
        let end = self.text.floor_char_boundary((offset as usize).max(start));
        let column = self.text.get(start..end).map_or(0, |part| part.chars().count());
        Position { line: index + 1, column: column + 1 }
    }

    /// The byte offset at which a line (from 1) starts, or the text's end when there is no such line.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts
            .get(line.saturating_sub(1))
            .map_or(self.text.len(), |start| *start as usize)
    }
}

/// All texts of a run. Shared between threads; ids stay valid for the whole run.
#[derive(Debug, Default)]
pub struct Sources {
    texts: RwLock<Vec<Arc<Source>>>,
    /// The names of the texts that tell of people.
    private: RwLock<BTreeSet<String>>,
}

impl Sources {
    /// An empty collection.
    pub fn new() -> Sources {
        Sources::default()
    }

    /// Keeps `text` under `name`; the same name with the same text gives the same id.
    pub fn add(&self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let (name, text) = (name.into(), text.into());
        let mut texts = self.texts.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        let known = texts.iter().position(|source| source.name == name && source.text == text);
        let index = known.unwrap_or_else(|| {
            texts.push(Arc::new(Source::new(name, text)));
            texts.len() - 1
        });
        SourceId(clamp(index))
    }

    /// Notes that the text of this name tells of people: messages show of it only what they need.
    pub fn keep_private(&self, name: &str) {
        let mut private = self.private.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        private.insert(name.to_owned());
    }

    /// Whether the text of this name tells of people.
    pub fn is_private(&self, name: &str) -> bool {
        let private = self.private.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        private.contains(name)
    }

    /// The text that was first kept under `name`, if there is one.
    pub fn named(&self, name: &str) -> Option<SourceId> {
        let texts = self.texts.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        texts.iter().position(|source| source.name == name).map(|index| SourceId(clamp(index)))
    }

    /// The text behind an id.
    pub fn get(&self, id: SourceId) -> Arc<Source> {
        let texts = self.texts.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        Arc::clone(&texts[id.0 as usize])
    }

    /// `file:line:column` of a span's start, as editors and terminals link it.
    pub fn locate(&self, span: Span) -> String {
        let source = self.get(span.source);
        let Position { line, column } = source.position(span.start);
        format!("{}:{line}:{column}", source.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_after_multibyte_characters_counts_characters() {
        let sources = Sources::new();
        let id = sources.add("a.yaml", "navn: Åse\nland: NO\n");
        let source = sources.get(id);
        assert_eq!(source.position(8), Position { line: 1, column: 8 });
        assert_eq!(sources.locate(Span::point(id, 17)), "a.yaml:2:7");
        assert_eq!(source.position(999).line, 3);
    }
}
