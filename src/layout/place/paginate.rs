//! Where pages end: as late as fits, at the best place there is (CSS Fragmentation 3 §4.4).

use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::{Pt, Sides};
use crate::layout::fragment::Position;
use crate::style::{Break, PageSide, PageStyle, Styled};

use super::cut::{self, Cutter};
use super::flow::*;
use super::forced;
use super::strands::Strands;

/// Rounding errors smaller than this never cause a break.
const TOLERANCE: Pt = Pt(0.05);

/// No paper has more: one that does has a length in its stylesheet that nobody meant.
const MAX_PAGES: usize = 20_000;

/// The sizes of pages.
pub trait Geometry {
    /// The page number `number` (from 1) with that name.
    fn page(&mut self, name: &str, number: u32, side: PageSide, blank: bool) -> Arc<PageStyle>;
}

/// One page: a stretch of the flow.
#[derive(Debug, Clone)]
pub struct PageSpan {
    /// Where it starts.
    pub start: Position,
    /// Where the next page starts.
    pub end: Position,
    /// The place in the column that stands at the top of the page area.
    pub start_y: Pt,
    /// Size, margins and margin boxes.
    pub style: Arc<PageStyle>,
    /// Whether a forced break left it empty.
    pub blank: bool,
}

impl PageSpan {
    /// What of the flow stands on the page; nothing on a blank one.
    pub fn slice(&self) -> Slice {
        let end = if self.blank { self.start } else { self.end };
        Slice { start: self.start, end, start_y: self.start_y }
    }
}

fn area_height(style: &PageStyle) -> Pt {
    (style.size.height - style.margin.vertical()).max(Pt(1.0))
}

/// Distributes a flow over pages. Units taller than a page are cut.
pub fn paginate(
    flow: &mut Flow,
    strands: &mut Strands,
    styled: &Styled,
    geometry: &mut dyn Geometry,
    findings: &mut Diagnostics,
) -> Vec<PageSpan> {
    let mut pages: Vec<PageSpan> = Vec::new();
    let mut start = Position::default();
    let last = end_of_content(flow, styled);
    while start.unit < last || pages.is_empty() {
        if pages.len() >= MAX_PAGES {
            findings.push(too_many_pages());
            break;
        }
        let number = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
        let side = if number % 2 == 1 { PageSide::Right } else { PageSide::Left };
        let name = page_name(flow, start);
        if wants_other_side(flow, start, side) {
            let style = geometry.page(&name, number, side, true);
            pages.push(PageSpan { start, end: start, start_y: Pt::ZERO, style, blank: true });
            continue;
        }
        let style = geometry.page(&name, number, side, false);
        let filler = Filler {
            styled,
            start,
            start_y: start_y(flow, start),
            area: area_height(&style),
            end: flow.len(),
        };
        let start_y = filler.start_y;
        let end = filler.fill(flow, strands, true, findings);
        pages.push(PageSpan { start, end, start_y, style, blank: false });
        start = end;
        if flow.len() == 0 {
            break;
        }
    }
    pages
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

/// Whether a forced break asks for the other side of the spread (CSS Fragmentation 3 §3.1).
fn wants_other_side(flow: &Flow, at: Position, side: PageSide) -> bool {
    let forced = flow.units.get(at.unit as usize).filter(|_| at.part == 0);
    match forced.and_then(|unit| unit.before.forced) {
        Some(Break::Left | Break::Verso) => side == PageSide::Right,
        Some(Break::Right | Break::Recto) => side == PageSide::Left,
        _ => false,
    }
}

/// The place in the column at the top of a page that starts at `at`: margins vanish at unforced
/// breaks and stay after forced ones and at the document's start (CSS Fragmentation 3 §5.2).
pub fn start_y(flow: &Flow, at: Position) -> Pt {
    let Some(unit) = flow.units.get(at.unit as usize) else { return Pt::ZERO };
    if at.part > 0 {
        return unit.bottom - flow.height_from(at.unit, at.part);
    }
    if at.unit == 0 {
        return unit.outer_top.min(Pt::ZERO);
    }
    match unit.before.forced {
        Some(_) => unit.outer_top - unit.before.margin,
        None => unit.outer_top,
    }
}

/// Fills one place: a page, a column, or a part of a box beside others.
pub struct Filler<'a> {
    /// The document's styles.
    pub styled: &'a Styled,
    /// Where the place starts.
    pub start: Position,
    /// The place in the flow that stands at the top.
    pub start_y: Pt,
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

impl Filler<'_> {
    /// Where the place ends: as late as fits, at the best place there is. A place that `must`
    /// takes something, however high it is; else it may stay empty.
    pub fn fill(
        &self,
        flow: &mut Flow,
        strands: &mut Strands,
        must: bool,
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
        if let Some(end) = self.cut(flow, strands, &full, must && nothing, findings) {
            return end;
        }
        match full.best {
            Some((appeal, _)) if !must && appeal < Appeal::Perfect => self.start,
            Some((_, index)) => self.end_before(flow, strands, index, findings),
            None if !must => self.start,
            None => self.overflow(flow, strands, full.index, full.excess, findings),
        }
    }

    /// What ends the place, found without cutting anything.
    pub fn stop(&self, flow: &Flow, strands: &Strands) -> Stop {
        let (_, lead) = flow.open_at(self.start, self.area);
        let room = self.area - lead;
        let mut best: Option<(Appeal, u32)> = None;
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
                let fits = reached + costs <= room + TOLERANCE;
                if fits && best.is_none_or(|(appeal, _)| boundary.appeal >= appeal) {
                    best = Some((boundary.appeal, index));
                }
            }
            let unit = flow.unit(index);
            let top = if is_first && self.start.part > 0 { self.start_y } else { unit.top };
            let bottom = (unit.outer_bottom - self.start_y).max(reached);
            let part = if is_first { self.start.part } else { 0 };
            let splits = unit.splits && forced::goes_on_in(flow, index, part, strands);
            if bottom > room + TOLERANCE || splits {
                let room = room - (top - self.start_y);
                return Stop::Full(Full { index, best, room, excess: bottom - self.area + lead });
            }
            reached = bottom;
        }
        Stop::End
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
        let most = match &unit.content {
            Content::Gap => Pt::ZERO,
            _ if unit.splits => Pt::ZERO,
            _ if part > 0 => self.area - lead,
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
        let own = unit.bottom - self.start_y;
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
