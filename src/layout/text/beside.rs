//! Lines beside floats (CSS 2.2 9.5): each as wide as the floats leave it.

use crate::geom::{Depth, Point, Pt, Spot};
use crate::layout::boxes::LayoutBox;
use crate::layout::fragment::{Line, Lines, Piece, Placed};
use crate::layout::measure::beside::FloatBox;
use crate::style::TextAlign;

use super::atom::{AtomKind, EndOfLine};
use super::choose::{Cut, LineRange, TOLERANCE, better};
use super::optimum::Widths;
use super::paragraph::Paragraph;
use super::place::{LineRoom, Placer};
use super::size::Sizes;
use super::vertical::{LineBox, Place, places};

/// What stands beside a paragraph's lines. Heights are from the top of the border box around it.
pub trait LineSurroundings {
    /// How far floats reach into the content box from its left and right edges between two
    /// heights.
    fn insets(&self, top: Pt, bottom: Pt) -> (Pt, Pt);
    /// The next height below `y` where a float ends.
    fn next_end(&self, y: Pt) -> Option<Pt>;
    /// Measures a floating box.
    fn measure(&self, content: &LayoutBox) -> FloatBox;
    /// Places a floating box not above `top`, in the border box's coordinates.
    fn place(&mut self, float: FloatBox, top: Pt) -> Placed;
}

/// A line that has found its place.
#[derive(Debug, Clone, Copy)]
struct Fitted {
    range: LineRange,
    y: f32,
    height: f32,
    room: LineRoom,
}

impl Paragraph<'_> {
    /// Whether floats are met on the lines.
    pub fn holds_floats(&self) -> bool {
        !self.parts.floats.is_empty()
    }

    /// The lines at a content width among floats, with those that are met on them; `origin` is the
    /// content box's corner in the border box.
    pub fn lines_beside(
        &self,
        width: Pt,
        origin: Point,
        around: &mut dyn LineSurroundings,
    ) -> Lines {
        let mut sizes = Sizes::at(self, width);
        let places = places(self);
        let mut setter = Setter {
            paragraph: self,
            places: &places,
            sizes: &sizes,
            around,
            width: width.0,
            strut: LineBox::of(self, &places, &sizes, 0..0).height(),
            y: origin.y.0,
            next_float: 0,
            waiting: Vec::new(),
            placed: Vec::new(),
        };
        let mut fitted = setter.greedy();
        let mut floats = setter.placed;
        if let Some(whole) = self.whole_beside(&fitted, &sizes, width.0, around) {
            fitted = whole;
            floats.clear();
        }
        let mut placer = Placer::new(self, width.0, origin);
        let mut lines: Vec<Line> = Vec::with_capacity(fitted.len());
        for line in &fitted {
            placer.move_to(Pt(line.y));
            lines.push(placer.line(&line.range, line.room, &mut sizes));
        }
        let last = lines.len().saturating_sub(1);
        for (index, Placed { at, fragment }) in floats {
            let Some(line) = lines.get_mut(index.min(last)) else { continue };
            let at = Spot::new(at.x - line.x, Depth::from(at.y - line.y) - line.baseline);
            line.pieces.push(Piece::Float(Box::new(Placed { at, fragment })));
        }
        Lines { lines }
    }

    /// The breaks that are best for the paragraph as a whole, where each line's width is known
    /// before: lines of the same height, and no float among them.
    fn whole_beside(
        &self,
        filled: &[Fitted],
        sizes: &Sizes,
        width: f32,
        around: &dyn LineSurroundings,
    ) -> Option<Vec<Fitted>> {
        let places = places(self);
        let height = |atoms| LineBox::of(self, &places, sizes, atoms).height();
        let (first, strut) = (filled.first()?, height(0..0));
        let is_even = (height(0..self.atoms.len()) - strut).abs() < TOLERANCE;
        let follows = |pair: &[Fitted]| match pair {
            [a, b] => (a.y + a.height - b.y).abs() < TOLERANCE,
            _ => true,
        };
        if self.holds_floats() || !is_even || !filled.windows(2).all(follows) {
            return None;
        }
        // A few lines more than filling each takes, should the best breaks be looser.
        let rooms: Vec<LineRoom> = (0..filled.len() + 2)
            .map(|line| {
                let top = Pt(first.y + strut * line as f32);
                LineRoom::between(around.insets(top, top + Pt(strut)), width)
            })
            .collect();
        let widths = Widths { first: rooms.iter().map(|room| room.width).collect(), rest: width };
        let whole = super::optimum::optimum(self, sizes, &widths)?;
        let filled: Vec<LineRange> = filled.iter().map(|line| line.range).collect();
        let justified = self.block.text_align == TextAlign::Justify;
        if whole.len() > rooms.len() || !justified && !better(&whole, &filled) {
            return None;
        }
        let place = |(line, (range, room)): (usize, (LineRange, LineRoom))| Fitted {
            range,
            y: first.y + strut * line as f32,
            height: strut,
            room,
        };
        Some(whole.into_iter().zip(rooms).enumerate().map(place).collect())
    }

    /// How wide what is seen from `start` to the atom `end` is, spaces at both ends aside.
    fn seen_width(&self, sizes: &Sizes, start: Cut, end: usize) -> f32 {
        let (mut x, mut seen) = (0.0, 0.0);
        for (index, atom) in self.atoms.iter().enumerate().take(end).skip(start.atom) {
            if x == 0.0 && self.collapses(atom) {
                continue;
            }
            x += sizes.width(self, index);
            if index == start.atom && start.byte > atom.start {
                x -= self.width_before(index, start.byte);
            }
            if !self.hangs(atom) && !atom.is_marker() {
                seen = x;
            }
        }
        seen
    }
}

/// Sets one line after the other.
struct Setter<'s, 'p, 'a> {
    paragraph: &'p Paragraph<'a>,
    places: &'s [Place],
    sizes: &'s Sizes,
    around: &'s mut dyn LineSurroundings,
    width: f32,
    /// The height of a line of the block's own letters.
    strut: f32,
    y: f32,
    /// The first float that has not been met.
    next_float: u32,
    /// Floats for which there was no room beside their line.
    waiting: Vec<FloatBox>,
    /// Placed floats, each with its line.
    placed: Vec<(usize, Placed)>,
}

impl Setter<'_, '_, '_> {
    /// Fills each line as far as it goes.
    fn greedy(&mut self) -> Vec<Fitted> {
        let count = self.paragraph.atoms.len();
        let mut lines = Vec::new();
        let mut start = Cut { atom: 0, byte: 0 };
        while start.atom < count {
            for float in std::mem::take(&mut self.waiting) {
                let placed = self.around.place(float, Pt(self.y));
                self.placed.push((lines.len(), placed));
            }
            let after_break = lines.last().is_some_and(|line: &Fitted| line.range.last);
            let line = self.line(start, lines.len(), after_break);
            start = line.range.end;
            self.y = line.y + line.height;
            lines.push(line);
        }
        for float in std::mem::take(&mut self.waiting) {
            let placed = self.around.place(float, Pt(self.y));
            self.placed.push((lines.len(), placed));
        }
        lines
    }

    /// The next line, with the floats that are met on it: one that has no room left beside what
    /// stands before it goes below the line, and those after it too.
    fn line(&mut self, start: Cut, number: usize, after_break: bool) -> Fitted {
        const MAX_TRIES: usize = 64;
        let paragraph = self.paragraph;
        let is_first = number == 0;
        let indent = paragraph.indent(is_first, after_break, self.width);
        let (mut height, mut tries) = (self.strut, 0);
        loop {
            tries += 1;
            let insets = self.around.insets(Pt(self.y), Pt(self.y + height));
            let room = LineRoom::between(insets, self.width);
            let available = room.width - indent;
            let filled = super::greedy::fill(paragraph, self.sizes, start, available);
            let range = LineRange { start, first: is_first, after_break, ..filled };
            if self.waiting.is_empty() && self.meet_float(&range, number, available) {
                continue;
            }
            let end = self.end_of(&range);
            let box_height =
                LineBox::of(paragraph, self.places, self.sizes, start.atom..end).height();
            if box_height > height + TOLERANCE && tries < MAX_TRIES {
                height = box_height;
                continue;
            }
            let is_short = room.width < self.width;
            if is_short
                && self.is_too_narrow(&range, available)
                && let Some(lower) = self.around.next_end(Pt(self.y))
            {
                (self.y, height) = (lower.0, self.strut);
                continue;
            }
            self.wait_for_next_line(&range);
            let y = self.y;
            return Fitted { range, y, height: box_height, room };
        }
    }

    /// One past the last atom of which something is on the line.
    fn end_of(&self, range: &LineRange) -> usize {
        let cut = self.paragraph.atoms.get(range.end.atom);
        range.end.atom + usize::from(cut.is_some_and(|atom| range.end.byte > atom.start))
    }

    /// The atom of the next float, when it is on the line.
    fn float_on(&self, range: &LineRange) -> Option<usize> {
        let atoms = self.paragraph.atoms.get(range.start.atom..range.end.atom)?;
        let next = |kind: &AtomKind| matches!(kind, AtomKind::Float(id) if *id == self.next_float);
        let at = atoms.iter().position(|atom| next(&atom.kind))?;
        Some(range.start.atom + at)
    }

    /// Places the next float of a line beside it; `false` when there is none, or no room.
    fn meet_float(&mut self, range: &LineRange, number: usize, available: f32) -> bool {
        let Some(at) = self.float_on(range) else { return false };
        let Some(content) = self.paragraph.parts.floats.get(self.next_float as usize) else {
            return false;
        };
        let float = self.around.measure(content);
        self.next_float += 1;
        let before = self.paragraph.seen_width(self.sizes, range.start, at);
        if before > 0.0 && before + float.width().0 > available + TOLERANCE {
            self.waiting.push(float);
            return false;
        }
        let placed = self.around.place(float, Pt(self.y));
        self.placed.push((number, placed));
        true
    }

    /// All other floats of the line come after one that waits.
    fn wait_for_next_line(&mut self, range: &LineRange) {
        while !self.waiting.is_empty() && self.float_on(range).is_some() {
            let Some(content) = self.paragraph.parts.floats.get(self.next_float as usize) else {
                return;
            };
            self.waiting.push(self.around.measure(content));
            self.next_float += 1;
        }
    }

    /// Whether a line holds more than it has room for, or a word cut for want of room.
    fn is_too_narrow(&self, range: &LineRange, available: f32) -> bool {
        let atoms = &self.paragraph.atoms;
        let inside = atoms.get(range.end.atom).is_some_and(|atom| range.end.byte > atom.start);
        if inside && !range.hyphen {
            return true;
        }
        let newline = atoms.get(range.start.atom).is_some_and(|a| a.end_of_line == EndOfLine::Must);
        let seen = self.paragraph.seen_width(self.sizes, range.start, range.end.atom);
        !newline && seen > 0.0 && seen > available + TOLERANCE
    }
}
