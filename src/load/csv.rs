//! CSV text → a list of maps, one for each row, with the place of every cell.
//!
//! The `csv` crate reads the cells; a walk over each row's own text finds where they stand, and
//! what RFC 4180 forbids but the crate lets pass (text after a closing quote, a quote left open).

use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};

use super::csv_cells::{self, Cell};
use super::text::{Legacy, text};
use super::value::{Entry, Kind, Reading, Scalar, Value};

/// Most columns of a table.
const MAX_COLUMNS: usize = 1000;
/// Most cells of a table; a table that has more would not fit into a paper.
const MAX_CELLS: usize = 4_000_000;
/// Most letters of a cell, which is what Excel can hold: more is a quote that closes far too late, or no
/// list at all.
const MAX_LETTERS: usize = 32_767;
/// What spreadsheets show where a formula has no result, in English and Norwegian.
const NO_RESULT: &[&str] = &[
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#I/T", "#NAVN?", "#VERDI!", "#TALL!",
];
/// Faulty rows that are reported one by one.
const MAX_REPORTED: usize = 100;

/// Reads a table: a list of maps, one for each row, keyed by the header line's names.
///
/// The separator (comma, semicolon or tab) is the one that the header line has most of outside
/// quotes; Excel's first line `sep=;` is honoured. Cells are trimmed, an empty one is
/// [`Kind::Null`], all others are text. Rows without any text are skipped.
///
/// # Errors
/// Unknown encodings; header names that are missing or stand twice; rows with too few or too many
/// cells, all at once; quotes that are not closed or not where a cell starts.
pub fn csv(sources: &Sources, name: &str, bytes: &[u8]) -> Result<Value, Diagnostics> {
    let source = text(sources, name, bytes, Legacy::Windows1252)?;
    let kept = sources.get(source);
    let (start, separator) = separator_of(kept.text());
    let mut table = Table {
        source,
        text: kept.text(),
        header: Vec::new(),
        rows: Vec::new(),
        found: Diagnostics::new(),
        faulty: 0,
        last_fault: None,
    };
    table.read(start, separator);
    table.finish()
}

/// Where the table starts, and the byte that separates its cells.
fn separator_of(text: &str) -> (usize, u8) {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    let named = first.trim_end().strip_prefix("sep=").or(first.trim_end().strip_prefix("SEP="));
    // `sep=` and a tab: the tab is part of what is trimmed.
    let named = if first.trim_end_matches(['\r', '\n']) == "sep=\t" { Some("\t") } else { named };
    if let Some(&[separator]) = named.map(str::as_bytes)
        && separator.is_ascii()
    {
        return (first.len(), separator);
    }
    let counts = count_separators(text);
    // A label may well hold a comma, so a tie goes to the other two.
    let best = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    (0, best.filter(|(_, count)| *count > 0).map_or(b',', |(separator, _)| separator))
}

fn count_separators(text: &str) -> [(u8, usize); 3] {
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    let mut quoted = false;
    let header = text.trim_start_matches(['\r', '\n']);
    for byte in header.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                counts
                    .iter_mut()
                    .filter(|(separator, _)| *separator == byte)
                    .for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    counts
}

struct Table<'a> {
    source: SourceId,
    text: &'a str,
    header: Vec<(String, Span)>,
    rows: Vec<Value>,
    found: Diagnostics,
    faulty: usize,
    last_fault: Option<Span>,
}

impl Table<'_> {
    fn read(&mut self, start: usize, separator: u8) {
        let body = self.text.get(start..).unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(body.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut from = start;
        while reader.read_record(&mut record).unwrap_or(false) {
            let to =
                usize::try_from(reader.position().byte()).map_or(self.text.len(), |at| start + at);
            if !self.record(&record, from, to.min(self.text.len()), separator) {
                break;
            }
            from = to;
        }
    }

    /// Takes one record whose text stands between two bytes; whether to go on.
    fn record(
        &mut self,
        record: &csv::StringRecord,
        from: usize,
        to: usize,
        separator: u8,
    ) -> bool {
        let cells = match csv_cells::cells(self.text, from, to, separator) {
            Ok(cells) => cells,
            Err(fault) => {
                let place = Span::point(self.source, fault.at());
                self.faulty_row(place, |table| fault.report(table.source));
                // What follows a quote that is left open is not cut into cells as was meant, and
                // without a header no row can be judged.
                return !fault.spoils_the_rest() && !self.header.is_empty();
            }
        };
        let agrees = cells.len() == record.len()
            && cells.iter().zip(record).all(|(cell, read)| cell.agrees_with(read, self.text));
        if !agrees {
            let span = Span::new(self.source, from, to);
            self.found.push(
                Diagnostic::error("load/csv-ambiguous", "this row can be read in two ways")
                    .at(span, ""),
            );
            return false;
        }
        let cells: Vec<_> = cells.into_iter().zip(record.iter().map(str::trim)).collect();
        if cells.iter().all(|(_, text)| text.is_empty()) {
            return true;
        }
        if self.header.is_empty() { self.head(&cells) } else { self.row(&cells) }
    }

    fn span(&self, cell: &Cell) -> Span {
        Span::new(self.source, cell.start, cell.end)
    }

    fn head(&mut self, cells: &[(Cell, &str)]) -> bool {
        if cells.len() > MAX_COLUMNS {
            let message =
                format!("the header has {} columns; the most is {MAX_COLUMNS}", cells.len());
            self.found.push(
                Diagnostic::error("load/csv-too-wide", message).at(self.span(&cells[0].0), ""),
            );
            return false;
        }
        for (cell, text) in cells {
            let span = self.span(cell);
            if text.is_empty() {
                self.found.push(
                    Diagnostic::error("load/csv-header", "a column has no name")
                        .at(span, "the name is missing here")
                        .help("name the column, or take out the separator that stands too much"),
                );
            } else if let Some((_, first)) = self.header.iter().find(|(name, _)| name == text) {
                self.found.push(
                    Diagnostic::error("load/csv-header", format!("two columns are named “{text}”"))
                        .at(span, "second time")
                        .context(*first, "first time"),
                );
            }
            self.header.push(((*text).to_owned(), span));
        }
        true
    }

    fn row(&mut self, cells: &[(Cell, &str)]) -> bool {
        if cells.len() != self.header.len() {
            self.ragged(cells);
            return true;
        }
        if (self.rows.len() + 1) * self.header.len() > MAX_CELLS {
            let message = format!("the table has more than {MAX_CELLS} cells");
            self.found.push(
                Diagnostic::error("load/csv-too-large", message)
                    .at(self.span(&cells[0].0), "the limit is passed here"),
            );
            return false;
        }
        for (cell, text) in cells {
            self.check(cell, text);
        }
        let entry = |((key, key_span), (cell, text)): (&(String, Span), &(Cell, &str))| {
            let kind = match *text {
                "" => Kind::Null,
                text => Kind::Scalar(Scalar { text: text.to_owned(), reading: Reading::Text }),
            };
            let value = Value { span: self.span(cell), kind };
            Entry { key: key.clone(), key_span: *key_span, value }
        };
        let entries: Vec<_> = self.header.iter().zip(cells).map(entry).collect();
        let span = self.whole(cells);
        self.rows.push(Value { span, kind: Kind::Map(entries) });
        true
    }

    /// What no cell of a list is meant to hold.
    fn check(&mut self, cell: &Cell, text: &str) {
        let span = self.span(cell);
        let is_wide_number = text.len() > 2 && text.bytes().all(|byte| byte == b'#');
        let control = |letter: &char| letter.is_control() && !"\n\r\t".contains(*letter);
        if text.len() > MAX_LETTERS && text.chars().nth(MAX_LETTERS).is_some() {
            let start = Span::new(span.source, cell.start, cell.start);
            self.faulty_row(start, |_| {
                let message = format!("a cell has more than {MAX_LETTERS} letters");
                Diagnostic::error("load/csv-too-large", message)
                    .at(start, "it starts here")
                    .help("is a quote missing at its end? No spreadsheet holds so much in a cell")
            });
        } else if is_wide_number || NO_RESULT.contains(&text) {
            self.faulty_row(span, |_| {
                let message = format!("`{text}` is what a spreadsheet shows in place of a value");
                Diagnostic::error("load/csv-no-value", message).at(span, "no value").help(
                    match is_wide_number {
                        true => "make the column wider in the spreadsheet, and save the list again",
                        false => "mend the formula in the spreadsheet, or write the value itself",
                    },
                )
            });
        } else if let Some(letter) = text.chars().find(control) {
            self.faulty_row(span, |_| {
                let code = u32::from(letter);
                let message = format!("a control character (U+{code:04X}) stands in a cell");
                Diagnostic::error("load/csv-control", message)
                    .at(span, "in this one")
                    .help("write the cell again; such characters come along when text is pasted")
            });
        }
    }

    /// From a row's first letter to its last.
    fn whole(&self, cells: &[(Cell, &str)]) -> Span {
        let start = cells.first().map_or(0, |(cell, _)| cell.start);
        let end = cells.last().map_or(start, |(cell, _)| cell.end);
        Span::new(self.source, start, end)
    }

    fn ragged(&mut self, cells: &[(Cell, &str)]) {
        let (has, wants) = (cells.len(), self.header.len());
        let whole_row = cells.first().filter(|_| has == 1).map_or("", |(_, text)| text);
        let is_parted_otherwise = whole_row.contains([';', ',', '\t']);
        let (span, label) = match cells.get(wants) {
            Some((cell, _)) => {
                let end = cells.last().map_or(cell.end, |(last, _)| last.end);
                (Span::new(self.source, cell.start, end), "too much".to_owned())
            }
            None => {
                let end = self.whole(cells).end as usize;
                let next = self.header.get(has).map_or("", |(name, _)| name.as_str());
                (Span::point(self.source, end), format!("no cell for “{next}”"))
            }
        };
        self.faulty_row(span, |table| {
            let before = table.text.as_bytes().get(..table.whole(cells).start as usize);
            let breaks = before.unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
            let message = format!(
                "the row on line {} has {}, the header has {wants}",
                breaks + 1,
                count(has)
            );
            let header = table.header.first().map_or(span, |(_, span)| *span);
            Diagnostic::error("load/csv-ragged", message)
                .at(span, label)
                .context(header, count(wants))
                .help(match has < wants {
                    true if is_parted_otherwise => "the row is parted by another character than the header, or not at all: use one separator throughout",
                    true => "a cell that is empty needs its separator too",
                    false => "a cell with the separator in it must be in quotes: \"one, two\"",
                })
        });
    }

    /// Reports a faulty row, or only counts it when there are many.
    fn faulty_row(&mut self, place: Span, report: impl FnOnce(&Self) -> Diagnostic) {
        self.faulty += 1;
        self.last_fault = Some(place);
        if self.faulty <= MAX_REPORTED {
            let fault = report(self);
            self.found.push(fault);
        }
    }

    fn finish(mut self) -> Result<Value, Diagnostics> {
        if let Some(span) = self.last_fault.filter(|_| self.faulty > MAX_REPORTED) {
            let message = format!("{} more rows have faults", self.faulty - MAX_REPORTED);
            self.found
                .push(Diagnostic::error("load/csv-faults", message).at(span, "the last of them"));
        }
        if self.header.is_empty() && self.found.is_empty() {
            self.found.push(Diagnostic::error("load/csv-empty", "the table is empty").at(
                Span::point(self.source, 0),
                "a header line with the columns' names is missing",
            ).help("save the list again from where it was made; the first line names the columns"));
        }
        if self.found.has_errors() {
            return Err(self.found);
        }
        Ok(Value { span: Span::point(self.source, 0), kind: Kind::List(self.rows) })
    }
}

fn count(cells: usize) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
