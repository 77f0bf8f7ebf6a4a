//! Text of a page that is hard to see.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::fonts::Glyph;
use crate::geom::{Point, Pt, Transform};
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
/// So many letters of a text are looked at.
const LETTERS: usize = 16;

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
        layers: Vec::new(),
    };
    for item in items {
        match &item.paint {
            Paint::Glyphs(run) => {
                page.layers.push(page.backdrop.count());
                page.run(run, item.mark);
            }
            paint => lay(paint, &mut page.backdrop),
        }
    }
    page.covered(items);
    page.faint
}

/// Paints what is no text.
fn lay(paint: &Paint, backdrop: &mut Backdrop) {
    match paint {
        Paint::Push(group) => backdrop.push(group),
        Paint::Isolate(isolation) => backdrop.isolate(isolation),
        Paint::Pop => backdrop.pop(),
        Paint::Rect { rect, fill } => backdrop.rect(Bounds::of(*rect), *fill),
        Paint::Path { path, fill: Some(fill), .. } => backdrop.path(path, fill),
        Paint::Image { image, rect } => backdrop.picture(Bounds::of(*rect), &image.pixels),
        Paint::Path { .. } | Paint::Line { .. } | Paint::Glyphs(_) => {}
    }
}

struct Look<'a> {
    backdrop: Backdrop,
    is_bold: &'a dyn Fn(StyleId) -> bool,
    /// The last text's colour with its luminance.
    last: Option<(Rgb, f32)>,
    faint: Vec<Faint>,
    /// The last mark of each of them.
    marks: Vec<Mark>,
    /// How many layers there were when each text was painted.
    layers: Vec<u32>,
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
        let (top, baseline) = heights(run);
        if self.backdrop.map().is_none() && run.color.alpha >= 1.0 {
            let text = self.luminance(channels(run.color));
            if self.backdrop.is_clear_of_all(text, needed, (top, baseline), &|| bounds(run)) {
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

    /// Looks at what is behind the letters of a text.
    fn closer(&mut self, run: &GlyphRun, mark: Mark, figure: Option<TagId>, needed: f32) {
        let map = self.backdrop.map().copied();
        let near = self.backdrop.near(bounds(run).mapped(map.as_ref()));
        let mut points = points(run);
        if let Some(map) = &map {
            points.iter_mut().for_each(|point| *point = map.apply(*point));
        }
        let (near, is_even) = self.backdrop.inside(Bounds::around(&points), &near);
        // Nearly all text is before one colour from its first letter to its last.
        points.truncate(if is_even { 1 } else { points.len() });
        let mut worst: Option<(f32, Pair, Ground)> = None;
        for point in points {
            let (pairs, ground) = self.backdrop.seen(run.color, point, &near);
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
        self.keep(faint, mark);
    }

    fn keep(&mut self, faint: Faint, mark: Mark) {
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

    /// Finds the text that something covers which is painted later.
    fn covered(&mut self, items: &[Item]) {
        let Some(first) = self.layers.first() else { return };
        let covers = self.backdrop.covers(*first);
        if covers.is_empty() {
            return;
        }
        // What later covers take up together: those of the rows of a table are all below a text.
        let mut around: Vec<Bounds> = Vec::with_capacity(covers.len());
        for cover in covers.iter().rev() {
            let own = self.backdrop.bounds(*cover);
            around.push(around.last().map_or(own, |all| all.with(own)));
        }
        around.reverse();
        let mut groups = Backdrop::new();
        let layers = std::mem::take(&mut self.layers);
        let mut layers = layers.into_iter();
        for item in items {
            match &item.paint {
                Paint::Push(group) => groups.push(group),
                Paint::Isolate(isolation) => groups.isolate(isolation),
                Paint::Pop => groups.pop(),
                Paint::Glyphs(run) => {
                    let painted = layers.next().unwrap_or_default();
                    let later = covers.partition_point(|cover| *cover < painted);
                    let Some(around) = around.get(later) else { continue };
                    let (top, bottom) = heights(run);
                    if groups.map().is_some() || around.meets_height(top, bottom) {
                        let later = covers.get(later..).unwrap_or_default();
                        self.under(run, item.mark, groups.map(), later);
                    }
                }
                Paint::Rect { .. }
                | Paint::Path { .. }
                | Paint::Line { .. }
                | Paint::Image { .. } => {}
            }
        }
    }

    /// Keeps a text of which at least half the letters are under the layers `later`.
    fn under(&mut self, run: &GlyphRun, mark: Mark, map: Option<&Transform>, later: &[u32]) {
        let Mark::Tagged(tag) = mark else { return };
        if run.color.is_invisible() || run.size <= Pt::ZERO {
            return;
        }
        let near = self.backdrop.among(later, bounds(run).mapped(map));
        if near.is_empty() || !run.text.chars().any(char::is_alphanumeric) {
            return;
        }
        let points = points(run);
        let on_page = points.iter().map(|point| map.map_or(*point, |map| map.apply(*point)));
        let hidden = on_page.filter(|point| self.backdrop.is_under(&near, *point)).count();
        if 2 * hidden < points.len() {
            return;
        }
        let color = channels(run.color);
        let faint = Faint {
            style: run.style,
            figure: (run.style == StyleId::NONE).then_some(tag),
            color: run.color,
            pair: Pair { text: color, behind: color },
            ground: Ground::Covered,
            contrast: 1.0,
            needed: NEEDED,
            text: Arc::clone(&run.text),
            count: 1,
        };
        self.keep(faint, mark);
    }
}

/// What of a run is looked at, in its own coordinates: the lower half of its letters.
fn bounds(run: &GlyphRun) -> Bounds {
    let left = run.origin.x.0;
    let (top, bottom) = heights(run);
    Bounds([left, top, left + width(run), bottom])
}

fn heights(run: &GlyphRun) -> (f32, f32) {
    let baseline = run.origin.y.0;
    (baseline - run.size.0 * 0.5, baseline)
}

/// Where the letters of a run are in its own coordinates: both ends, and the middle of each letter,
/// or of so many of a long run.
fn points(run: &GlyphRun) -> SmallVec<[Point; LETTERS + 2]> {
    let y = Pt(run.origin.y.0 - run.size.0 * 0.25);
    let at = |distance: f32| Point::new(run.origin.x + Pt(distance), y);
    let whole = width(run);
    let letters = glyphs(run).iter().filter(|glyph| !glyph.is_space).count();
    let step = letters.div_ceil(LETTERS).max(1);
    let (mut distance, mut letter) = (0.0, 0);
    let mut points: SmallVec<[Point; LETTERS + 2]> = SmallVec::new();
    points.extend([at(whole * 0.04), at(whole * 0.96)]);
    for glyph in glyphs(run) {
        let own = advance(run, glyph);
        if !glyph.is_space {
            if letter % step == step / 2 {
                points.push(at(distance + own * 0.5));
            }
            letter += 1;
        }
        distance += own;
    }
    points
}

/// How long a run is in its own coordinates, in points.
fn width(run: &GlyphRun) -> f32 {
    glyphs(run).iter().map(|glyph| advance(run, glyph)).sum()
}

fn glyphs(run: &GlyphRun) -> &[Glyph] {
    let range = run.glyphs.range.start as usize..run.glyphs.range.end as usize;
    run.glyphs.list.get(range).unwrap_or_default()
}

/// How far a glyph leads on, in points.
fn advance(run: &GlyphRun, glyph: &Glyph) -> f32 {
    let space = if glyph.is_space { run.glyphs.space_extra.0 } else { 0.0 };
    glyph.advance * run.size.0 + space + run.glyphs.letter_extra.0
}
