//! Text of a page that is hard to see.

use std::sync::Arc;

use crate::geom::{Point, Pt};
use crate::layout::page::{GlyphRun, Item, Mark, Paint};
use crate::layout::structure::TagId;
use crate::style::{Color, StyleId};

use super::arithmetic::{Rgb, channels, contrast, luminance};
use super::backdrop::{Backdrop, Ground, Pair};
use super::shape::Bounds;

/// What WCAG 2.2 1.4.3 asks for, and for large text.
const NEEDED: f32 = 4.5;
const NEEDED_LARGE: f32 = 3.0;
/// Text is large from these sizes on (WCAG 2.2, "large scale").
const LARGE: Pt = Pt(18.0);
const LARGE_BOLD: Pt = Pt(14.0);

/// Text of one look that has too little contrast with what is behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Faint {
    /// The style that it is set in; none in drawings.
    pub style: StyleId,
    /// The drawing that it is part of.
    pub figure: Option<TagId>,
    /// The colour that was asked for.
    pub color: Color,
    /// The colours as they are seen.
    pub pair: Pair,
    /// How well the colour behind is known.
    pub ground: Ground,
    /// The contrast.
    pub contrast: f32,
    /// The contrast that is asked for.
    pub needed: f32,
    /// The beginning of the first such text.
    pub text: Arc<str>,
    /// In how many parts of the page there is such text.
    pub count: u32,
}

impl Faint {
    /// Whether both are about text of one look before one colour.
    pub fn is_like(&self, other: &Faint) -> bool {
        self.style == other.style && self.figure == other.figure && self.looks_like(other)
    }

    /// Whether both have the same colours and need the same contrast.
    pub fn looks_like(&self, other: &Faint) -> bool {
        self.pair == other.pair && self.needed == other.needed && self.ground == other.ground
    }
}

/// Finds the faint text of a page. `is_bold` tells of a style whether it is bold.
pub fn look(items: &[Item], is_bold: &dyn Fn(StyleId) -> bool) -> Vec<Faint> {
    let mut page = Look {
        backdrop: Backdrop::new(),
        is_bold,
        last: None,
        faint: Vec::new(),
        marks: Vec::new(),
    };
    for item in items {
        match &item.paint {
            Paint::Push(group) => page.backdrop.push(group),
            Paint::Isolate(isolation) => page.backdrop.isolate(isolation),
            Paint::Pop => page.backdrop.pop(),
            Paint::Rect { rect, fill } => page.backdrop.rect(Bounds::of(*rect), *fill),
            Paint::Path { path, fill: Some(fill), .. } => page.backdrop.path(path, fill),
            Paint::Image { image, rect } => {
                page.backdrop.picture(Bounds::of(*rect), &image.pixels);
            }
            Paint::Path { .. } | Paint::Line { .. } => {}
            Paint::Glyphs(run) => page.run(run, item.mark),
        }
    }
    page.faint
}

struct Look<'a> {
    backdrop: Backdrop,
    is_bold: &'a dyn Fn(StyleId) -> bool,
    /// The last text's colour with its luminance.
    last: Option<(Rgb, f32)>,
    faint: Vec<Faint>,
    /// The last mark of each of them.
    marks: Vec<Mark>,
}

impl Look<'_> {
    fn run(&mut self, run: &GlyphRun, mark: Mark) {
        let figure = match mark {
            // Drawings that are not content are decoration, which needs no contrast.
            Mark::Artifact(_) if run.style == StyleId::NONE => return,
            Mark::Tagged(tag) if run.style == StyleId::NONE => Some(tag),
            _ => None,
        };
        if run.color.is_invisible() || run.size <= Pt::ZERO {
            return;
        }
        let needed = self.needed(run);
        let baseline = run.origin.y.0;
        let top = baseline - run.size.0 * 0.5;
        if self.backdrop.map().is_none() && run.color.alpha >= 1.0 {
            let text = self.luminance(channels(run.color));
            let box_of = || {
                let left = run.origin.x.0;
                Bounds([left, top, left + width(run), baseline])
            };
            if self.backdrop.is_clear_of_all(text, needed, (top, baseline), &box_of) {
                return;
            }
        }
        // Leaders, bullets and rules of characters say nothing by themselves.
        if !run.text.chars().any(char::is_alphanumeric) {
            return;
        }
        self.closer(run, mark, figure, needed);
    }

    fn luminance(&mut self, color: Rgb) -> f32 {
        match self.last {
            Some((last, known)) if last == color => known,
            _ => {
                let own = luminance(color);
                self.last = Some((color, own));
                own
            }
        }
    }

    /// The contrast that a text needs, by how large it is on the page.
    fn needed(&self, run: &GlyphRun) -> f32 {
        let scale =
            self.backdrop.map().map_or(1.0, |map| (map.a * map.d - map.b * map.c).abs().sqrt());
        let size = run.size * scale;
        // Rounding of lengths must not make a large text a small one.
        let reaches = |limit: Pt| size.0 >= limit.0 - 0.01;
        let large = reaches(LARGE) || reaches(LARGE_BOLD) && (self.is_bold)(run.style);
        if large { NEEDED_LARGE } else { NEEDED }
    }

    /// Looks at what is behind three points of a text.
    fn closer(&mut self, run: &GlyphRun, mark: Mark, figure: Option<TagId>, needed: f32) {
        let width = width(run);
        let y = Pt(run.origin.y.0 - run.size.0 * 0.25);
        let mut worst: Option<(f32, Pair, Ground)> = None;
        for share in [0.04, 0.5, 0.96] {
            let point = Point::new(run.origin.x + Pt(width * share), y);
            let point = self.backdrop.map().map_or(point, |map| map.apply(point));
            let (pairs, ground) = self.backdrop.seen(run.color, point);
            for pair in pairs {
                let found = contrast(pair.text, pair.behind);
                if worst.is_none_or(|(least, ..)| found < least) {
                    worst = Some((found, pair, ground));
                }
            }
        }
        let Some((contrast, pair, ground)) = worst.filter(|(found, ..)| *found < needed) else {
            return;
        };
        let faint = Faint {
            style: run.style,
            figure,
            color: run.color,
            pair,
            ground,
            contrast,
            needed,
            text: Arc::clone(&run.text),
            count: 1,
        };
        match self.faint.iter().position(|known| known.is_like(&faint)) {
            Some(index) => {
                let known = &mut self.faint[index];
                // The words and lines of one element count once.
                known.count += u32::from(self.marks[index] != mark);
                self.marks[index] = mark;
            }
            None => {
                self.faint.push(faint);
                self.marks.push(mark);
            }
        }
    }
}

/// How long a run is in its own coordinates, in points.
fn width(run: &GlyphRun) -> f32 {
    let range = run.glyphs.range.start as usize..run.glyphs.range.end as usize;
    let glyphs = run.glyphs.list.get(range).unwrap_or_default();
    let space = run.glyphs.space_extra.0;
    let own: f32 = glyphs
        .iter()
        .map(|glyph| glyph.advance * run.size.0 + if glyph.is_space { space } else { 0.0 })
        .sum();
    own + run.glyphs.letter_extra.0 * glyphs.len() as f32
}
