//! Glyph runs → text-showing operands (ISO 32000-1 9.4.3).
//!
//! Glyphs are written in the order in which they are read: a run from right to left is shown
//! letter by letter with moves back to the left, which readers that follow the structure extract
//! in logical order.

use printpdf::DictItem;

use crate::layout::{Glyph, GlyphRun};

use super::faces::width;
use super::glyph_codes::{FaceCodes, SILENT};

/// Operands of one `TJ`, all on one height.
#[derive(Debug, Default)]
pub(super) struct Show {
    /// How far above the baseline, in points.
    pub(super) rise: f32,
    /// Strings of codes and moves between them, in thousandths of an em.
    pub(super) items: Vec<DictItem>,
}

/// What a run comes to.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) shows: Vec<Show>,
    /// Whether every glyph reads as its part of the text; if not, the run needs `ActualText`.
    pub(super) exact: bool,
    /// Whether the run shows glyph 0.
    pub(super) missing: bool,
}

/// Distances below this many points are not corrected.
const TOLERANCE: f64 = 0.006;

/// The operands that show `run`, whose pen starts at the run's origin.
pub(super) fn show(run: &GlyphRun, codes: &mut FaceCodes) -> Shown {
    let range = run.glyphs.range.start as usize..run.glyphs.range.end as usize;
    let Some(glyphs) = run.glyphs.list.get(range) else { return Shown::default() };
    let size = f64::from(run.size.0);
    if glyphs.is_empty() || size <= 0.0 {
        return Shown { exact: true, ..Shown::default() };
    }
    let letter_extra = f64::from(letter_spacing(run)) / size * 1000.0;
    let mut line = Line::new(size, letter_extra);
    let mut shown = Shown { exact: true, ..Shown::default() };
    let space_extra = f64::from(run.glyphs.space_extra.0) / size * 1000.0;
    let advance = |glyph: &Glyph| {
        let space = if glyph.is_space { space_extra } else { 0.0 };
        f64::from(glyph.advance) * 1000.0 + letter_extra + space
    };
    // The left end of the next glyph in reading order.
    let mut left = if run.rtl { glyphs.iter().map(advance).sum() } else { 0.0 };
    let texts = ClusterTexts::new(run, glyphs);
    let logical = |at: usize| if run.rtl { &glyphs[glyphs.len() - 1 - at] } else { &glyphs[at] };
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
            shown.missing |= glyph.id == 0;
            let (code, exact) = if split {
                codes.code(glyph.id, chars.next().unwrap_or(""))
            } else if letters == 1 {
                codes.code(glyph.id, text)
            } else if place == at {
                (codes.part_code(glyph.id, text).0, false)
            } else {
                (codes.code(glyph.id, SILENT).0, false)
            };
            shown.exact &= exact;
            let advance = advance(glyph);
            if run.rtl {
                left -= advance;
            }
            let rise = f64::from(glyph.y_offset) * size;
            line.glyph(
                code,
                left + f64::from(glyph.x_offset) * 1000.0,
                width(&codes.info, glyph.id),
                rise,
            );
            if !run.rtl {
                left += advance;
            }
        }
        at = end;
    }
    line.flush();
    shown.shows = line.shows;
    shown
}

/// What `Tc` adds after each glyph of the run, in points (ISO 32000-1 9.3.2): readers that guess
/// words from gaps know it, other than moves of the pen.
pub(super) fn letter_spacing(run: &GlyphRun) -> f32 {
    super::canvas::round(run.glyphs.letter_extra.0, 1000.0)
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

/// The pen, and what is written so far.
struct Line {
    size: f64,
    /// What `Tc` adds to each width, in thousandths of an em.
    letter_extra: f64,
    /// Moves are multiples of 1 over this, in thousandths of an em.
    steps: f64,
    /// Where the pen is, in thousandths of an em from the origin.
    pen: f64,
    rise: f64,
    pending: Vec<u8>,
    items: Vec<DictItem>,
    shows: Vec<Show>,
}

impl Line {
    fn new(size: f64, letter_extra: f64) -> Line {
        let steps = if size <= 12.0 { 1.0 } else { 10.0 };
        Line {
            size,
            letter_extra,
            steps,
            pen: 0.0,
            rise: 0.0,
            pending: Vec::with_capacity(32),
            items: Vec::new(),
            shows: Vec::new(),
        }
    }

    fn glyph(&mut self, code: u16, x: f64, width: f64, rise: f64) {
        if (rise - self.rise).abs() > TOLERANCE {
            self.flush();
            self.rise = rise;
        }
        if (x - self.pen).abs() * self.size > TOLERANCE * 1000.0 {
            let by = ((self.pen - x) * self.steps).round();
            if by != 0.0 {
                self.flush_string();
                self.items.push(number(by, self.steps));
                self.pen -= by / self.steps;
            }
        }
        self.pending.extend(code.to_be_bytes());
        self.pen += width + self.letter_extra;
    }

    fn flush_string(&mut self) {
        if !self.pending.is_empty() {
            let data = std::mem::take(&mut self.pending);
            self.items.push(DictItem::String { data, literal: true });
        }
    }

    fn flush(&mut self) {
        self.flush_string();
        if !self.items.is_empty() {
            let items = std::mem::take(&mut self.items);
            self.shows.push(Show { rise: self.rise as f32, items });
        }
    }
}

fn number(value: f64, steps: f64) -> DictItem {
    if steps == 1.0 { DictItem::Int(value as i64) } else { DictItem::Real((value / steps) as f32) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pen_that_drifts_is_corrected_within_the_tolerance() {
        let mut line = Line::new(10.0, 0.0);
        for at in 0..100 {
            line.glyph(1, f64::from(at) * 500.4, 500.0, 0.0);
            assert!((line.pen - 500.0 - f64::from(at) * 500.4).abs() * 10.0 / 1000.0 < 0.01);
        }
        line.flush();
        assert_eq!(line.shows.len(), 1);
    }

    #[test]
    fn raised_glyph_starts_a_show_of_its_own() {
        let mut line = Line::new(10.0, 0.0);
        line.glyph(1, 0.0, 500.0, 0.0);
        line.glyph(2, 500.0, 0.0, 1.5);
        line.glyph(3, 500.0, 500.0, 0.0);
        line.flush();
        let rises: Vec<f32> = line.shows.iter().map(|show| show.rise).collect();
        assert_eq!(rises, [0.0, 1.5, 0.0]);
    }
}
