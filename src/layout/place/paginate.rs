//! Where pages end: as late as fits, at the best place there is (CSS Fragmentation 3 §4.4).

use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::{Depth, Pt, Sides};
use crate::layout::fragment::Position;
use crate::style::{Break, PageContext, PageSide, PageStyle, Styled};

use super::cut::{self, Cutter};
use super::flow::*;
use super::foot::{Candidates, Foot, NoFoot};
use super::forced;
use super::notes::{Filling, Notes, PageNotes};
use super::strands::Strands;

/// Rounding errors smaller than this never cause a break.
pub(super) const TOLERANCE: Pt = Pt(0.05);

/// No paper has more: one that does has a length in its stylesheet that nobody meant.
const MAX_PAGES: usize = 20_000;

/// The sizes of pages.
pub trait Geometry {
    /// The page that a context speaks of.
    fn page(&mut self, page: PageContext) -> Arc<PageStyle>;
}

/// One page: a stretch of the flow.
#[derive(Debug, Clone)]
pub struct PageSpan {
    /// Where it starts.
    pub start: Position,
    /// Where the next page starts.
    pub end: Position,
    /// The place in the column that stands at the top of the page area.
    pub start_y: Depth,
    /// Size, margins and margin boxes.
    pub style: Arc<PageStyle>,
    /// Whether nothing of the flow stands on it: a forced break left it empty, or it has room for
    /// notes only.
    pub blank: bool,
    /// Its footnotes.
    pub notes: Option<Box<PageNotes>>,
}

impl PageSpan {
    /// What of the flow stands on the page; nothing on a blank one.
    pub fn slice(&self) -> Slice {
        let end = if self.blank { self.start } else { self.end };
        Slice { start: self.start, end, start_y: self.start_y }
    }
}

fn area_height(style: &PageStyle) -> Pt {
    style.area().size.height.max(Pt(1.0))
}

/// Distributes a flow and its notes over pages. Units taller than a page are cut.
pub fn paginate(
    flow: &mut Flow,
    strands: &mut Strands,
    notes: &mut Notes,
    geometry: &mut dyn Geometry,
    findings: &mut Diagnostics,
) -> Vec<PageSpan> {
    let styled = notes.styled;
    let mut pages: Vec<PageSpan> = Vec::new();
    let mut start = Position::default();
    let mut group = PageGroup::default();
    let last = end_of_content(flow, styled);
    loop {
        if start.unit >= last && !pages.is_empty() {
            notes.await_uncalled();
            if !notes.are_waiting() {
                break;
            }
        }
        if pages.len() >= MAX_PAGES {
            findings.push(too_many_pages());
            break;
        }
        let number = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
        let side = styled.pages.side(number);
        // Notes end before a chapter that starts on a page of its own begins.
        let forced = forced::before(flow, strands, start);
        let is_over = start.unit >= last || forced.is_some();
        let notes_only = notes.are_waiting() && is_over;
        let to_the_left = styled.pages.runs_to_the_left();
        let blank = !notes_only && wants_other_side(forced, side, to_the_left);
        group.next(flow, start, notes_only || blank);
        let (first, in_group) = (number == 1, group.number);
        let context = PageContext { name: &group.name, first, side, blank, number, in_group };
        let style = geometry.page(context);
        let mut span =
            PageSpan { start, end: start, start_y: Depth::ZERO, style, blank: true, notes: None };
        if !blank {
            let mut foot = Filling::new(notes, strands, &span.style);
            if !notes_only {
                let (start_y, area) = (start_y(flow, start), area_height(&span.style));
                let filler = Filler { styled, start, start_y, area, end: flow.len() };
                span.end = filler.fill_above(flow, &mut foot, findings);
                span.start_y = start_y;
                span.blank = span.end == start && flow.len() > 0;
            }
            span.notes = foot.place(flow, &span, findings);
        }
        start = span.end;
        pages.push(span);
    }
    pages
}

/// The pages that follow each other for one element that asks for them by name.
#[derive(Default)]
struct PageGroup {
    name: Arc<str>,
    number: u32,
}

impl PageGroup {
    /// The next page; one without text of its own belongs to the group before it.
    fn next(&mut self, flow: &Flow, start: Position, is_between: bool) {
        self.number = self.number.saturating_add(1);
        if is_between && self.number > 1 {
            return;
        }
        let name = page_name(flow, start);
        let begins = |around: &u32| {
            let names = flow.flow_box(*around).extra.as_ref().map(|extra| &extra.names);
            names.is_some_and(|names| names.page.is_some())
                && flow.flow_box(*around).first == start.unit
        };
        let parent = flow.units.get(start.unit as usize).map_or(NONE, |unit| unit.parent);
        let starts = flow.is_before(start) && flow.chain(parent).any(|around| begins(&around));
        if name != self.name || starts {
            (self.name, self.number) = (name, 1);
        }
    }
}

fn too_many_pages() -> Diagnostic {
    let message = format!("the document has more than {MAX_PAGES} pages");
    Diagnostic::error("layout/too-many-pages", message)
        .help("look for a height, margin or padding that is far too large, or make several documents of it")
}

/// The unit after which only empty space follows that nobody sees, such as the last margin inside
/// the root's box: it makes no page of its own.
fn end_of_content(flow: &Flow, styled: &Styled) -> u32 {
    let unseen = |unit: &&Unit| {
        let known = |at: u32| (at != NONE).then(|| flow.flow_box(at));
        let mut parents = std::iter::successors(known(unit.parent), |inner| known(inner.parent));
        matches!(unit.content, Content::Gap)
            && parents.all(|parent| {
                let style = styled.style(parent.style);
                let bordered = parent.border != Sides::all(Pt::ZERO);
                style.background_color.is_invisible() && style.background.is_empty() && !bordered
            })
    };
    let empty = flow.units.iter().rev().take_while(unseen).count();
    flow.len() - u32::try_from(empty).unwrap_or(0)
}

fn page_name(flow: &Flow, at: Position) -> Arc<str> {
    let parent = flow.units.get(at.unit as usize).map_or(NONE, |unit| unit.parent);
    let index = if parent == NONE { 0 } else { flow.flow_box(parent).page };
    flow.page_names.get(usize::from(index)).cloned().unwrap_or_else(|| Arc::from(""))
}

/// Whether a forced break asks for the other side of the spread (CSS Fragmentation 3 §3.1). The
/// recto is the side of the first page.
fn wants_other_side(forced: Option<Break>, side: PageSide, to_the_left: bool) -> bool {
    let (recto, verso) = match to_the_left {
        true => (PageSide::Left, PageSide::Right),
        false => (PageSide::Right, PageSide::Left),
    };
    let wanted = match forced {
        Some(Break::Left) => PageSide::Left,
        Some(Break::Right) => PageSide::Right,
        Some(Break::Recto) => recto,
        Some(Break::Verso) => verso,
        _ => return false,
    };
    side != wanted
}

/// The place in the column at the top of a page that starts at `at`: margins vanish at unforced
/// breaks and stay after forced ones and at the document's start (CSS Fragmentation 3 §5.2).
pub fn start_y(flow: &Flow, at: Position) -> Depth {
    let Some(unit) = flow.units.get(at.unit as usize) else { return Depth::ZERO };
    if at.part > 0 {
        return unit.bottom() - flow.height_from(at.unit, at.part);
    }
    if at.unit == 0 {
        return unit.outer_top().min(Depth::ZERO);
    }
    match unit.before.forced {
        Some(_) => unit.outer_top() - unit.before.margin,
        None => unit.outer_top(),
    }
}

/// How much presses to put something into a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// It may stay empty, and does when only bad breaks are to be had.
    Nothing,
    /// A bad break is better than none. What does not fit goes to a later place.
    Room,
    /// It takes something, however high that is.
    All,
}

impl From<bool> for Press {
    fn from(must: bool) -> Press {
        if must { Press::All } else { Press::Nothing }
    }
}

/// Fills one place: a page, a column, or a part of a box beside others.
pub struct Filler<'a> {
    /// The document's styles.
    pub styled: &'a Styled,
    /// Where the place starts.
    pub start: Position,
    /// The place in the flow that stands at the top.
    pub start_y: Depth,
    /// The height.
    pub area: Pt,
    /// The unit before which it ends in any case.
    pub end: u32,
}

/// Why a place ends.
#[derive(Debug, Clone, Copy)]
pub enum Stop {
    /// The flow does.
    End,
    /// A forced break before a unit.
    Forced(u32),
    /// A unit does not fit.
    Full(Full),
}

/// A unit that does not fit.
#[derive(Debug, Clone, Copy)]
pub struct Full {
    /// The unit.
    pub index: u32,
    /// The best break before it, and how good it is.
    pub best: Option<(Appeal, u32)>,
    /// The height that is left for it.
    pub room: Pt,
    /// By how much it is too high.
    pub excess: Pt,
}

/// Boxes beside each other that do not ask for more are broken when they take a larger share of the
/// page than this.
const WHOLE_ROW: f32 = 0.5;

/// No line is taken to be a larger share of its page.
const LINE: f32 = 0.04;

impl Filler<'_> {
    /// Where the place ends: as late as fits, at the best place there is.
    pub fn fill(
        &self,
        flow: &mut Flow,
        strands: &mut Strands,
        press: Press,
        findings: &mut Diagnostics,
    ) -> Position {
        let full = match self.stop(flow, strands) {
            Stop::End if self.end >= flow.len() => {
                return Position { unit: flow.len(), part: 0 };
            }
            Stop::End => return self.end_before(flow, strands, self.end, findings),
            Stop::Forced(index) => return self.end_before(flow, strands, index, findings),
            Stop::Full(full) => full,
        };
        let nothing = full.best.is_none();
        let must = press != Press::Nothing;
        if let Some(end) = self.cut(flow, strands, &full, must && nothing, findings) {
            return end;
        }
        match full.best {
            Some((appeal, _)) if !must && appeal < Appeal::Perfect => self.start,
            Some((_, index)) => self.end_before(flow, strands, index, findings),
            None if press != Press::All => self.start,
            None => self.overflow(flow, strands, full.index, full.excess, findings),
        }
    }

    /// What ends the place, found without cutting anything.
    pub fn stop(&self, flow: &Flow, strands: &Strands) -> Stop {
        self.stop_above(flow, &mut NoFoot(strands))
    }

    /// What ends the place when what its content calls for stands at its foot.
    pub(super) fn stop_above(&self, flow: &Flow, foot: &mut impl Foot) -> Stop {
        let (_, lead) = flow.open_at(self.start, self.area);
        let room = self.area - lead;
        let mut best = Candidates::default();
        let mut reached = Pt::ZERO;
        for index in self.start.unit..self.end.min(flow.len()) {
            let is_first = index == self.start.unit;
            let boundary = flow.unit(index).before;
            if !is_first {
                if boundary.forced.is_some() {
                    return Stop::Forced(index);
                }
                let costs = if flow.breaks_cost {
                    flow.open_after(Position { unit: index, part: 0 }, self.area).1
                } else {
                    Pt::ZERO
                };
                let (cost, taken) = (foot.cost(), reached + costs - TOLERANCE);
                if taken + cost.least <= room && !foot.holds(index) {
                    best.offer(boundary.appeal, index, reached, taken + cost.whole <= room);
                }
            }
            foot.meet(
                flow,
                Position { unit: index, part: if is_first { self.start.part } else { 0 } },
            );
            let unit = flow.unit(index);
            let top = if is_first && self.start.part > 0 { self.start_y } else { unit.top };
            let bottom = (unit.outer_bottom() - self.start_y).max(reached);
            let cost = foot.cost();
            let part = if is_first { self.start.part } else { 0 };
            let splits = unit.splits && forced::goes_on_in(flow, index, part, foot.strands());
            if bottom + cost.least > room + TOLERANCE || splits {
                let left = room - (top - self.start_y);
                let height = bottom - (top - self.start_y);
                let room = foot.room_above(left, height);
                let best = best.best(height.min(self.area * LINE));
                return Stop::Full(Full { index, best, room, excess: bottom - self.area + lead });
            }
            reached = bottom;
        }
        Stop::End
    }

    /// Where a page ends whose notes stand at its foot. The start again where the notes of pages
    /// before leave too little of it.
    fn fill_above(
        &self,
        flow: &mut Flow,
        foot: &mut Filling,
        findings: &mut Diagnostics,
    ) -> Position {
        if foot.is_idle() {
            return self.fill(flow, foot.strands, Press::All, findings);
        }
        let stop = self.stop_above(flow, foot);
        let strands = &mut *foot.strands;
        let full = match stop {
            Stop::End => return Position { unit: flow.len(), part: 0 },
            Stop::Forced(index) => return self.end_before(flow, strands, index, findings),
            Stop::Full(full) => full,
        };
        let must = full.best.is_none() && !foot.carries;
        if let Some(end) = self.cut(flow, strands, &full, must, findings) {
            return end;
        }
        match full.best {
            Some((_, index)) => self.end_before(flow, strands, index, findings),
            None if foot.carries => self.start,
            None => self.overflow(flow, strands, full.index, full.excess, findings),
        }
    }

    /// Ends the place before a unit; cells that span the break are cut.
    fn end_before(
        &self,
        flow: &mut Flow,
        strands: &mut Strands,
        index: u32,
        findings: &mut Diagnostics,
    ) -> Position {
        let mut cutter = Cutter { styled: self.styled, strands, findings };
        cut::end_before(flow, self.start, index, &mut cutter)
    }

    /// Cuts the unit that does not fit, when it may be cut and its beginning fits.
    fn cut(
        &self,
        flow: &mut Flow,
        strands: &mut Strands,
        full: &Full,
        must: bool,
        findings: &mut Diagnostics,
    ) -> Option<Position> {
        let Full { index, room, .. } = *full;
        let unit = flow.unit(index);
        let part = if index == self.start.unit { self.start.part } else { 0 };
        let height = flow.height_from(index, part);
        let (_, lead) = flow.open_at(Position { unit: index, part: part.max(1) }, self.area);
        let most = match flow.content_from(index, part) {
            Content::Gap => Pt::ZERO,
            _ if unit.splits => Pt::ZERO,
            Content::Columns(_) if !unit.keeps => Pt::ZERO,
            Content::Row(_) | Content::TableRow(_) if !unit.keeps => (self.area - lead) * WHOLE_ROW,
            _ => self.area - lead,
        };
        if height <= most + TOLERANCE || room <= Pt::ZERO {
            return None;
        }
        let mut cutter = Cutter { styled: self.styled, strands, findings };
        let at = Position { unit: index, part };
        cut::cut_unit(flow, (self.start, at), room, must, &mut cutter)
    }

    /// Nothing can be done: the unit stands alone and reaches past the place's end.
    fn overflow(
        &self,
        flow: &mut Flow,
        strands: &mut Strands,
        index: u32,
        excess: Pt,
        findings: &mut Diagnostics,
    ) -> Position {
        // Less than a line: only empty space at the end of a box reaches out.
        let unit = flow.unit(index);
        let own = unit.bottom() - self.start_y;
        if own > self.area + Pt(1.0) && !matches!(unit.content, Content::Strut | Content::Gap) {
            let what = match &unit.content {
                Content::Picture(_) => "a picture",
                Content::TableRow(_) => "a table row",
                Content::Line(_) => "a line",
                _ => "a box",
            };
            let message = format!("{what} is {:.0} pt taller than its page has room for", excess.0);
            findings.push(
                Diagnostic::warning("layout/taller-than-page", message)
                    .help("give it less height, or the page smaller margins"),
            );
        }
        let next = index + 1;
        if next < flow.len() {
            return self.end_before(flow, strands, next, findings);
        }
        Position { unit: next, part: 0 }
    }
}
