//! Where the cells of one CSV row stand in its text (RFC 4180 §2).

use crate::diag::Diagnostic;
use crate::source::{SourceId, Span};

/// One cell's place: trimmed, and inside the quotes if it has any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub start: usize,
    pub end: usize,
    /// Whether doubled quotes stand in it.
    doubled: bool,
}

impl Cell {
    /// Whether the text at this place is what the `csv` crate read.
    pub fn agrees_with(&self, read: &str, text: &str) -> bool {
        let written = text.get(self.start..self.end).unwrap_or_default();
        if self.doubled {
            written.replace("\"\"", "\"") == read.trim()
        } else {
            written == read.trim()
        }
    }
}

/// A quote out of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The opening quote of a cell that is not closed.
    Open(usize),
    /// Text after a closing quote.
    AfterQuote(usize),
    /// A quote after spaces at a cell's start.
    SpaceBeforeQuote(usize),
}

impl Fault {
    pub fn spoils_the_rest(self) -> bool {
        matches!(self, Fault::Open(_))
    }

    /// The byte at which the fault stands.
    pub fn at(self) -> usize {
        match self {
            Fault::Open(at) | Fault::AfterQuote(at) | Fault::SpaceBeforeQuote(at) => at,
        }
    }

    pub fn report(self, source: SourceId) -> Diagnostic {
        let (message, at, help) = match self {
            Fault::Open(at) => (
                "a quoted cell has no closing quote",
                at,
                "close the quote; a quote inside a quoted cell is written twice: \"\"",
            ),
            Fault::AfterQuote(at) => (
                "text stands after the closing quote of a cell",
                at,
                "a quote inside a quoted cell is written twice: \"\"",
            ),
            Fault::SpaceBeforeQuote(at) => (
                "spaces stand before the quote of a cell",
                at,
                "let the quote follow the separator at once",
            ),
        };
        Diagnostic::error("load/csv-quote", message)
            .at(Span::new(source, at, at + 1), "")
            .help(help)
    }
}

/// The cells of the record whose text stands between `from` and `to`.
pub(super) fn cells(text: &str, from: usize, to: usize, separator: u8) -> Result<Vec<Cell>, Fault> {
    let bytes = text.as_bytes().get(..to).unwrap_or_default();
    // Blank lines before the record belong to its stretch.
    let skipped =
        bytes.get(from..).unwrap_or_default().iter().take_while(|byte| is_end(**byte)).count();
    let mut at = from + skipped;
    let mut cells = Vec::new();
    loop {
        let (cell, next) = cell(text, bytes, at, separator)?;
        cells.push(cell);
        match bytes.get(next) {
            Some(byte) if *byte == separator => at = next + 1,
            _ => return Ok(cells),
        }
    }
}

fn is_end(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// The cell that starts at `at`, and the byte after it.
fn cell(text: &str, bytes: &[u8], at: usize, separator: u8) -> Result<(Cell, usize), Fault> {
    if bytes.get(at) == Some(&b'"') {
        return quoted(text, bytes, at, separator);
    }
    let length = bytes
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|byte| **byte != separator && !is_end(**byte));
    let end = at + length.count();
    let cell = trimmed(text, at, end, false);
    if cell.start > at && bytes.get(cell.start) == Some(&b'"') && cell.start < end {
        return Err(Fault::SpaceBeforeQuote(cell.start));
    }
    Ok((cell, end))
}

fn quoted(text: &str, bytes: &[u8], open: usize, separator: u8) -> Result<(Cell, usize), Fault> {
    let mut at = open + 1;
    let mut doubled = false;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (None, _) => return Err(Fault::Open(open)),
            (Some(b'"'), Some(b'"')) => {
                doubled = true;
                at += 2;
            }
            (Some(b'"'), after) => {
                return match after {
                    Some(byte) if *byte != separator && !is_end(*byte) => {
                        Err(Fault::AfterQuote(at + 1))
                    }
                    _ => Ok((trimmed(text, open + 1, at, doubled), at + 1)),
                };
            }
            _ => at += 1,
        }
    }
}

fn trimmed(text: &str, start: usize, end: usize, doubled: bool) -> Cell {
    let written = text.get(start..end).unwrap_or_default();
    let lead = written.len() - written.trim_start().len();
    let start = start + lead;
    Cell { start, end: start + written.trim().len(), doubled }
}
