//! Footnotes: what they cost a page while it is filled, and where they stand on it (CSS GCPM 3 §2).
//!
//! A note begins on the page of its call wherever the page has room for the call's line and the
//! note's first lines; what does not fit goes on at the foot of the next page. Notes keep their
//! order: none begins before the one in front of it has ended.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diag::Diagnostics;
use crate::geom::{Point, Pt, Rect, Sides, Size, Spot};
use crate::layout::boxes::Note;
use crate::layout::fragment::{Fragment, Position, StrandId};
use crate::style::{FootnoteArea, FootnotePolicy, PageStyle, Styled};

use super::flatten::{Into, flatten};
use super::flow::*;
use super::foot::{Cost, Foot, Met};
use super::index::{Found, visit};
use super::paginate::{PageSpan, TOLERANCE, start_y};
use super::strands::{Strands, taken};

/// How much of a page notes may take beside text, unless the stylesheet says (`max-height`).
const MOST: f32 = 0.75;

/// A stretch of a note on a page.
#[derive(Debug, Clone)]
pub struct NotePiece {
    /// The note's text.
    pub strand: StrandId,
    /// What of it.
    pub slice: Slice,
    /// Where it stands in the page area.
    rect: Rect,
}

impl NotePiece {
    /// Where the stretch stands on a page whose area is at `area`. Its height is the one that it was
    /// filled into.
    pub fn place(&self, area: Rect) -> Rect {
        self.rect.moved(area.origin)
    }
}

/// The notes of a page.
#[derive(Debug, Clone, Default)]
pub struct PageNotes {
    /// The notes that the page's text calls, in order.
    pub called: Vec<u32>,
    /// The border box of the notes' area, in the page area.
    pub area: Rect,
    /// What stands in it.
    pub pieces: Vec<NotePiece>,
}

/// A note whose rest has to be placed.
#[derive(Debug, Clone, Copy)]
struct Pending {
    note: u32,
    from: Position,
}

/// A note at the width that it was measured for.
#[derive(Debug, Clone, Copy)]
struct Measured {
    strand: StrandId,
    width: Pt,
}

/// Measures a note at a width.
pub type MeasureNote<'a> = &'a dyn Fn(&Note, Pt, &mut Strands) -> Fragment;

/// All notes of a document, and those that wait for a page.
pub struct Notes<'a> {
    /// The document's styles.
    pub styled: &'a Styled,
    notes: &'a [Note],
    measure: MeasureNote<'a>,
    calls: FxHashMap<&'a str, u32>,
    measured: Vec<Option<Measured>>,
    called: Vec<bool>,
    pending: Vec<Pending>,
    takes_paragraphs: bool,
}

impl<'a> Notes<'a> {
    /// Notes that are measured when the page is known.
    pub fn new(notes: &'a [Note], styled: &'a Styled, measure: MeasureNote<'a>) -> Notes<'a> {
        Notes {
            styled,
            notes,
            measure,
            calls: (0u32..).zip(notes).map(|(index, note)| (&*note.call, index)).collect(),
            measured: vec![None; notes.len()],
            called: vec![false; notes.len()],
            pending: Vec::new(),
            takes_paragraphs: notes.iter().any(|note| note.policy == FootnotePolicy::Block),
        }
    }

    /// Whether notes wait for a page.
    pub fn are_waiting(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Lets notes wait whose calls stand on no page.
    pub fn await_uncalled(&mut self) {
        for (index, called) in (0u32..).zip(&mut self.called) {
            if !std::mem::replace(called, true) {
                self.pending.push(Pending { note: index, from: Position::default() });
            }
        }
    }

    /// The notes that a slice of the text calls and no page before it did, in order, each with how
    /// far below the slice's top its call stands.
    fn called_in(
        &self,
        flow: &Flow,
        strands: &Strands,
        slice: Slice,
        size: Size,
    ) -> Vec<(u32, Pt)> {
        let (_, lead) = flow.open_at(slice.start, size.height);
        let mut found: Vec<(u32, Pt)> = Vec::new();
        let mut meet = |name: &str, at: Point| {
            if let Some(note) = self.calls.get(name).copied()
                && !self.called.get(note as usize).is_some_and(|called| *called)
                && !found.iter().any(|(known, _)| *known == note)
            {
                found.push((note, at.y - lead));
            }
        };
        let area = Rect { origin: Point::default(), size };
        visit(flow, strands, self.styled, slice, area, &mut |place| match place {
            Found::Anchor(name, at) => meet(name, at),
            Found::Names(names, at, _) => names.anchors.iter().for_each(|name| meet(name, at)),
            _ => {}
        });
        found.sort_unstable_by_key(|(note, _)| *note);
        found
    }

    /// The text of a note, measured at `width` unless a part of it has been placed.
    fn strand(&mut self, pending: Pending, width: Pt, strands: &mut Strands) -> StrandId {
        let index = pending.note as usize;
        let begun = pending.from != Position::default();
        if let Some(known) = self.measured[index]
            && (begun || known.width == width)
        {
            return known.strand;
        }
        let fragment = (self.measure)(&self.notes[index], width, strands);
        let flow = flatten(fragment, Spot::default(), Into::Parts, self.styled);
        let strand = strands.add(flow);
        self.measured[index] = Some(Measured { strand, width });
        strand
    }

    fn policy(&self, note: u32) -> FootnotePolicy {
        self.notes[note as usize].policy
    }
}

/// The height of the beginning that a page must have room for: up to the first good break.
fn beginning(flow: &Flow, area: Pt) -> Pt {
    let start = Position::default();
    let good = (1..flow.len()).find(|unit| flow.unit(*unit).before.appeal == Appeal::Perfect);
    let end = Position { unit: good.unwrap_or(flow.len()), part: 0 };
    taken(flow, Slice { start, end, start_y: start_y(flow, start) }, area)
}

/// The area of a page's notes.
struct Area {
    /// Margins, borders and paddings.
    margin: Sides<Pt>,
    frame: Sides<Pt>,
    /// The width of what stands in it.
    width: Pt,
    /// How high what stands in it may be.
    most: Pt,
}

impl Area {
    fn of(footnote: &FootnoteArea, area: Size) -> Area {
        let style = &footnote.style;
        let margin = style.margin.map(|side| side.resolve(area.width).unwrap_or(Pt::ZERO));
        let padding = style.padding.map(|side| side.resolve(area.width).max(Pt::ZERO));
        let frame = padding + style.border.map(|border| border.width);
        let around = margin + frame;
        let width = (area.width - around.horizontal()).max(Pt(1.0));
        let most = style.max_height.resolve(area.height).unwrap_or(area.height * MOST);
        let most = most.min(area.height - around.vertical()).max(Pt::ZERO);
        Area { margin, frame, width, most }
    }

    fn around(&self) -> Pt {
        self.margin.vertical() + self.frame.vertical()
    }
}

/// The notes of one page while it is filled.
pub struct Filling<'n, 'a> {
    notes: &'n mut Notes<'a>,
    /// What goes on in several places.
    pub strands: &'n mut Strands,
    size: Size,
    area: Area,
    /// Heights of the notes so far, without what is around them; `None` before the first.
    taken: Option<Cost>,
    /// Notes that the page before left over take all that notes may: none can begin here.
    is_full: bool,
    /// The notes of the unit met last.
    met: Met,
    /// The first unit met.
    start: Option<u32>,
    /// A paragraph that goes with its notes: its first unit, and the last one that calls a note.
    held: (u32, u32),
    /// Whether notes of pages before stand on this one.
    pub carries: bool,
}

impl Foot for Filling<'_, '_> {
    fn cost(&self) -> Cost {
        let Some(taken) = self.taken else { return Cost::default() };
        let around = self.area.around();
        Cost { least: taken.least + around, whole: taken.whole + around }
    }

    fn meet(&mut self, flow: &Flow, at: Position) {
        let start = *self.start.get_or_insert(at.unit);
        let met = self.called_by(flow, at);
        let parent = flow.unit(at.unit).parent;
        let begins = parent != NONE && flow.flow_box(parent).first == at.unit && at.unit > start;
        if self.notes.takes_paragraphs && begins {
            let is_taking = |unit: &u32| {
                let called = self.called_by(flow, Position { unit: *unit, part: 0 });
                called.iter().any(|(note, _)| self.notes.policy(*note) == FootnotePolicy::Block)
            };
            let last = (at.unit..flow.flow_box(parent).end).rev().find(is_taking);
            self.held = last.map_or((0, 0), |last| (at.unit, last));
        }
        let around = if self.taken.is_none() { self.area.around() } else { Pt::ZERO };
        let before = self.cost().whole;
        let has_columns = flow.unit(at.unit).is_columns();
        let calls = met.into_iter().map(|(note, call)| (call, self.add(note))).collect();
        self.met = Met { calls, before, around, has_columns };
    }

    fn room_above(&self, left: Pt, height: Pt) -> Pt {
        self.met.room_above(left, height)
    }

    fn holds(&self, unit: u32) -> bool {
        self.held.0 < unit && unit <= self.held.1
    }

    fn strands(&self) -> &Strands {
        self.strands
    }
}

impl<'n, 'a> Filling<'n, 'a> {
    /// A page that begins with what waits from the pages before.
    pub fn new(
        notes: &'n mut Notes<'a>,
        strands: &'n mut Strands,
        style: &Arc<PageStyle>,
    ) -> Filling<'n, 'a> {
        let size = style.area().size;
        let area = Area::of(&style.footnote, size);
        let carries = notes.are_waiting();
        let mut page = Filling {
            notes,
            strands,
            size,
            area,
            taken: None,
            is_full: false,
            met: Met::default(),
            start: None,
            held: (0, 0),
            carries,
        };
        if carries {
            let waiting = page.notes.pending.clone();
            let all = waiting.into_iter().fold(Pt::ZERO, |sum, one| sum + page.rest(one));
            page.is_full = all > page.area.most;
            let taken = all.min(page.area.most);
            page.taken = Some(Cost { least: taken, whole: taken });
        }
        page
    }

    /// Whether there is nothing to think of.
    pub fn is_idle(&self) -> bool {
        self.notes.notes.is_empty()
    }

    /// The notes that a unit calls from the part at `at` on, and how far below that part's top.
    fn called_by(&self, flow: &Flow, at: Position) -> Vec<(u32, Pt)> {
        let unit = flow.unit(at.unit);
        let start_y = if at.part > 0 { start_y(flow, at) } else { unit.top };
        let slice = Slice { start: at, end: Position { unit: at.unit + 1, part: 0 }, start_y };
        self.notes.called_in(flow, self.strands, slice, self.size)
    }

    /// The height of what is left of a note.
    fn rest(&mut self, pending: Pending) -> Pt {
        let strand = self.notes.strand(pending, self.area.width, self.strands);
        let start_y = self.strands.start_y(strand, pending.from);
        self.strands.rest_height(strand, pending.from, start_y, self.size.height)
    }

    /// Adds a note and gives its height.
    fn add(&mut self, note: u32) -> Pt {
        let pending = Pending { note, from: Position::default() };
        let whole = self.rest(pending);
        let least = match self.notes.policy(note) {
            FootnotePolicy::Auto => {
                let strand = self.notes.strand(pending, self.area.width, self.strands);
                beginning(self.strands.flow(strand), self.size.height)
            }
            // One that no page can hold whole is divided all the same.
            _ => whole,
        };
        let before = self.taken.unwrap_or_default();
        let most = self.area.most;
        let least = before.whole + least.min(most);
        let least = if self.is_full || least > most + TOLERANCE { Pt::HUGE } else { least };
        self.taken = Some(Cost { least, whole: before.whole + whole });
        whole
    }

    /// Places the notes of the page that `span` names, above whose foot its text has left room. A
    /// page without text takes at least a line of a note.
    pub fn place(
        mut self,
        flow: &Flow,
        span: &PageSpan,
        findings: &mut Diagnostics,
    ) -> Option<Box<PageNotes>> {
        if self.is_idle() {
            return None;
        }
        let called = self.notes.called_in(flow, self.strands, span.slice(), self.size);
        let called: Vec<u32> = called.into_iter().map(|(note, _)| note).collect();
        let mut queue = std::mem::take(&mut self.notes.pending);
        for note in &called {
            self.notes.called[*note as usize] = true;
            queue.push(Pending { note: *note, from: Position::default() });
        }
        if queue.is_empty() {
            return None;
        }
        let text = taken(flow, span.slice(), self.size.height);
        let free = self.size.height - text - self.area.around();
        let room = if span.blank { free } else { free.min(self.area.most) };
        let (mut pieces, height) = self.pieces(queue, room, span.blank, findings);
        let area = if pieces.is_empty() { Rect::default() } else { self.rect(height) };
        let corner = area.origin + Point::new(self.area.frame.left, self.area.frame.top);
        pieces.iter_mut().for_each(|piece| piece.rect = piece.rect.moved(corner));
        Some(Box::new(PageNotes { called, area, pieces }))
    }

    /// The border box of the area, at the foot of the page.
    fn rect(&self, taken: Pt) -> Rect {
        let (margin, height) = (self.area.margin, taken + self.area.frame.vertical());
        let width = self.size.width - margin.horizontal();
        Rect::new(margin.left, self.size.height - margin.bottom - height, width, height)
    }

    /// Stretches of notes one below the other, and their height; the rest waits for the next page.
    fn pieces(
        &mut self,
        queue: Vec<Pending>,
        room: Pt,
        must: bool,
        findings: &mut Diagnostics,
    ) -> (Vec<NotePiece>, Pt) {
        let (styled, width) = (self.notes.styled, self.area.width);
        let mut pieces: Vec<NotePiece> = Vec::new();
        let mut y = Pt::ZERO;
        let mut waiting: Vec<Pending> = Vec::new();
        for one in queue {
            if !waiting.is_empty() {
                waiting.push(one);
                continue;
            }
            let strand = self.notes.strand(one, width, self.strands);
            let start_y = self.strands.start_y(strand, one.from);
            let (from, left) = ((one.from, start_y), room - y);
            let must = must && pieces.is_empty();
            let filled =
                self.strands.fill(strand, from, (left, u32::MAX), must.into(), styled, findings);
            if filled.end == one.from {
                waiting.push(one);
                continue;
            }
            if !self.strands.is_end(strand, filled.end) {
                waiting.push(Pending { from: filled.end, ..one });
            }
            let slice = Slice { start: one.from, end: filled.end, start_y };
            pieces.push(NotePiece { strand, slice, rect: Rect::new(Pt::ZERO, y, width, left) });
            y += filled.height;
        }
        self.notes.pending = waiting;
        (pieces, y)
    }
}
