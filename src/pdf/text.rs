//! Glyph runs → text-showing operators (ISO 32000-1 9.4.3).
//!
//! Glyphs are written in the order in which they are read: a run from right to left is shown
//! letter by letter with moves back to the left, which readers that follow the structure extract
//! in logical order.

use std::ops::Range;

use crate::layout::{Glyph, GlyphRun};

use super::content::{push_decimal, push_literal_code};
use super::glyph_codes::{FaceCodes, SILENT};

/// What a run comes to. Kept from one run to the next for its space.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The operators, each with a line's end.
    bytes: Vec<u8>,
    shows: Vec<Show>,
    /// Whether every glyph reads as its part of the text; if not, the run needs `ActualText`.
    pub(super) exact: bool,
    /// Whether the run shows glyph 0.
    pub(super) missing: bool,
}

/// One operator, all on one height.
#[derive(Debug)]
struct Show {
    /// How far above the baseline, in hundredths of a point.
    rise: i64,
    range: Range<usize>,
}

/// Distances below this many points are not corrected.
const TOLERANCE: f64 = 0.006;

impl Shown {
    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.shows.is_empty()
    }

    /// The operators that show the run, and how far above the baseline they do, in hundredths of a
    /// point.
    pub(super) fn shows(&self) -> impl Iterator<Item = (i64, &[u8])> {
        self.shows.iter().map(|show| (show.rise, &self.bytes[show.range.clone()]))
    }

    /// The operators that show `run`, whose pen starts at the run's origin.
    pub(super) fn show(&mut self, run: &GlyphRun, codes: &mut FaceCodes) {
        self.bytes.clear();
        self.shows.clear();
        (self.exact, self.missing) = (true, false);
        let range = run.glyphs.range.start as usize..run.glyphs.range.end as usize;
        let glyphs = run.glyphs.list.get(range).unwrap_or_default();
        if !glyphs.is_empty() && run.size.0 > 0.0 {
            match run.rtl {
                false => write::<false>(run, glyphs, codes, self),
                true => write::<true>(run, glyphs, codes, self),
            }
        }
    }
}

/// Writes the operators; there are glyphs, and they have a size.
fn write<const RTL: bool>(
    run: &GlyphRun,
    glyphs: &[Glyph],
    codes: &mut FaceCodes,
    shown: &mut Shown,
) {
    shown.bytes.reserve(glyphs.len() * 2 + 16);
    let size = f64::from(run.size.0);
    let letter_extra = letter_spacing(run) as f64 / size;
    let mut line = Line::new(size, letter_extra, &mut shown.bytes, &mut shown.shows);
    let space_extra = f64::from(run.glyphs.space_extra.0) / size * 1000.0;
    let advance = |glyph: &Glyph| {
        let space = if glyph.is_space { space_extra } else { 0.0 };
        f64::from(glyph.advance) * 1000.0 + letter_extra + space
    };
    // The left end of the next glyph in reading order.
    let mut left = if RTL { glyphs.iter().map(advance).sum() } else { 0.0 };
    let texts = ClusterTexts::new(run, glyphs);
    let logical = |at: usize| if RTL { &glyphs[glyphs.len() - 1 - at] } else { &glyphs[at] };
    let (mut exact, mut missing) = (true, false);
    let mut at = 0;
    while at < glyphs.len() {
        let cluster = logical(at).cluster;
        let mut end = at + 1;
        while end < glyphs.len() && logical(end).cluster == cluster {
            end += 1;
        }
        let next = (end < glyphs.len()).then(|| logical(end).cluster);
        let text = texts.text(cluster, next);
        let letters = end - at;
        // Several glyphs for as many characters read one by one, in the order in which a shaper
        // keeps them; otherwise the cluster cannot be split.
        let split = letters > 1 && text.chars().count() == letters;
        let mut chars = text.char_indices().map(|(from, c)| &text[from..from + c.len_utf8()]);
        for place in at..end {
            let glyph = logical(place);
            missing |= glyph.id == 0;
            let (code, reads) = if split {
                codes.code(glyph.id, chars.next().unwrap_or(""))
            } else if letters == 1 {
                codes.code(glyph.id, text)
            } else if place == at {
                (codes.part_code(glyph.id, text).0, false)
            } else {
                (codes.code(glyph.id, SILENT).0, false)
            };
            exact &= reads;
            let advance = advance(glyph);
            if RTL {
                left -= advance;
            }
            let rise = f64::from(glyph.y_offset) * size;
            line.glyph(
                code,
                left + f64::from(glyph.x_offset) * 1000.0,
                codes.width(glyph.id),
                rise,
            );
            if !RTL {
                left += advance;
            }
        }
        at = end;
    }
    line.flush();
    (shown.exact, shown.missing) = (exact, missing);
}

/// What `Tc` adds after each glyph of the run, in thousandths of a point (ISO 32000-1 9.3.2):
/// readers that guess words from gaps know it, other than moves of the pen.
pub(super) fn letter_spacing(run: &GlyphRun) -> i64 {
    (f64::from(run.glyphs.letter_extra.0) * 1000.0).round() as i64
}

/// The characters behind clusters.
struct ClusterTexts<'a> {
    text: &'a str,
    /// The cluster at which `text` starts.
    base: usize,
}

impl<'a> ClusterTexts<'a> {
    fn new(run: &'a GlyphRun, glyphs: &[Glyph]) -> ClusterTexts<'a> {
        let first = if run.rtl { glyphs.last() } else { glyphs.first() };
        let base = first.map_or(0, |glyph| glyph.cluster as usize);
        ClusterTexts { text: &run.text, base }
    }

    /// The characters from `cluster` to the `next` one or the end.
    fn text(&self, cluster: u32, next: Option<u32>) -> &'a str {
        let from = (cluster as usize).saturating_sub(self.base);
        let to = next.map_or(self.text.len(), |next| (next as usize).saturating_sub(self.base));
        self.text.get(from..to).unwrap_or("")
    }
}

/// A string that is so long as it is written ends: PDF/A allows 32,767 bytes (ISO 19005-2 6.1.13),
/// and a code takes eight at most.
const LONGEST: usize = 32_000;

/// The pen, and what is written so far.
struct Line<'a> {
    size: f64,
    /// What `Tc` adds to each width, in thousandths of an em.
    letter_extra: f64,
    /// Decimals of moves, which are in thousandths of an em.
    decimals: usize,
    /// Where the pen is, in thousandths of an em from the origin.
    pen: f64,
    rise: f64,
    bytes: &'a mut Vec<u8>,
    shows: &'a mut Vec<Show>,
    /// Where the operator starts.
    start: usize,
    /// Strings and moves of the operator.
    items: usize,
    in_string: bool,
    /// Where the string starts.
    string: usize,
}

impl<'a> Line<'a> {
    fn new(
        size: f64,
        letter_extra: f64,
        bytes: &'a mut Vec<u8>,
        shows: &'a mut Vec<Show>,
    ) -> Line<'a> {
        Line {
            size,
            letter_extra,
            decimals: if size <= 12.0 { 0 } else { 1 },
            pen: 0.0,
            rise: 0.0,
            start: bytes.len(),
            bytes,
            shows,
            items: 0,
            in_string: false,
            string: 0,
        }
    }

    fn glyph(&mut self, code: u16, x: f64, width: f64, rise: f64) {
        if (rise - self.rise).abs() > TOLERANCE {
            self.flush();
            self.rise = rise;
        }
        if (x - self.pen).abs() * self.size > TOLERANCE * 1000.0 {
            let unit = if self.decimals == 0 { 1.0 } else { 10.0 };
            let by = ((self.pen - x) * unit).round();
            if by != 0.0 {
                self.end_string();
                self.start_item();
                push_decimal(self.bytes, by as i64, self.decimals);
                self.pen -= by / unit;
            }
        }
        if self.in_string && self.bytes.len() - self.string > LONGEST {
            self.end_string();
        }
        if !self.in_string {
            self.start_item();
            self.bytes.push(b'(');
            self.in_string = true;
            self.string = self.bytes.len();
        }
        push_literal_code(self.bytes, code);
        self.pen += width + self.letter_extra;
    }

    fn start_item(&mut self) {
        if self.items == 0 {
            self.bytes.push(b'[');
        }
        self.items += 1;
    }

    fn end_string(&mut self) {
        if std::mem::take(&mut self.in_string) {
            self.bytes.push(b')');
        }
    }

    /// Ends the operator: `Tj` for one string, else `TJ`. `printpdf`'s own text operation writes
    /// each glyph as a string of its own and looks every one up in the whole font; this is the
    /// same operator, packed.
    fn flush(&mut self) {
        self.end_string();
        let range = match std::mem::take(&mut self.items) {
            0 => return,
            1 => {
                self.bytes.extend_from_slice(b"Tj\n");
                self.start + 1..self.bytes.len()
            }
            _ => {
                self.bytes.extend_from_slice(b"]TJ\n");
                self.start..self.bytes.len()
            }
        };
        self.shows.push(Show { rise: (self.rise * 100.0).round() as i64, range });
        self.start = self.bytes.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pen_that_drifts_is_corrected_within_the_tolerance() {
        let (mut bytes, mut shows) = (Vec::new(), Vec::new());
        let mut line = Line::new(10.0, 0.0, &mut bytes, &mut shows);
        for at in 0..100 {
            line.glyph(1, f64::from(at) * 500.4, 500.0, 0.0);
            assert!((line.pen - 500.0 - f64::from(at) * 500.4).abs() * 10.0 / 1000.0 < 0.01);
        }
        line.flush();
        assert_eq!(shows.len(), 1);
        assert!(bytes.starts_with(b"[(\0\x01\0\x01)-1(") && bytes.ends_with(b")]TJ\n"));
    }

    #[test]
    fn string_is_no_longer_than_archives_allow() {
        let (mut bytes, mut shows) = (Vec::new(), Vec::new());
        let mut line = Line::new(10.0, 0.0, &mut bytes, &mut shows);
        for at in 0..40_000 {
            line.glyph(1, f64::from(at) * 500.0, 500.0, 0.0);
        }
        line.flush();
        let longest = bytes.split(|byte| matches!(byte, b'(' | b')')).map(<[u8]>::len).max();
        assert_eq!(longest, Some(LONGEST + 2));
        assert_eq!(shows.len(), 1);
    }

    #[test]
    fn raised_glyph_starts_a_show_of_its_own() {
        let (mut bytes, mut shows) = (Vec::new(), Vec::new());
        let mut line = Line::new(10.0, 0.0, &mut bytes, &mut shows);
        line.glyph(1, 0.0, 500.0, 0.0);
        line.glyph(2, 500.0, 0.0, 1.5);
        line.glyph(3, 500.0, 500.0, 0.0);
        line.flush();
        let rises: Vec<i64> = shows.iter().map(|show| show.rise).collect();
        assert_eq!(rises, [0, 150, 0]);
        assert_eq!(&bytes[shows[1].range.clone()], b"(\0\x02)Tj\n");
    }
}
