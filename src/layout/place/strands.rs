//! Strands: boxes whose content goes on in several places, each a flow of its own (CSS
//! Fragmentation 3 §2, parallel flows).

use crate::diag::Diagnostics;
use crate::geom::{Depth, Pt, Spot};
use crate::layout::fragment::{Body, Fragment, Position, StrandId, Stretch};
use crate::style::{BorderCollapse, Display, Styled};

use super::flatten::{Into, flatten, is_monolithic};
use super::flow::{Flow, Slice, Unit};
use super::paginate::{Filler, Press, start_y};

/// All strands of a document.
#[derive(Debug, Default)]
pub struct Strands {
    flows: Vec<Flow>,
}

/// What a place took of a strand.
#[derive(Debug, Clone, Copy)]
pub struct Filled {
    /// Where the strand goes on.
    pub end: Position,
    /// How much of the place is taken.
    pub height: Pt,
}

impl Strands {
    /// Adds a strand.
    pub fn add(&mut self, flow: Flow) -> StrandId {
        let id = StrandId(u32::try_from(self.flows.len()).unwrap_or(u32::MAX));
        self.flows.push(flow);
        id
    }

    /// The flow of a strand.
    pub fn flow(&self, id: StrandId) -> &Flow {
        &self.flows[id.0 as usize]
    }

    /// Makes a strand of a box beside others; `None` for a box that never breaks.
    pub fn of_fragment(
        &mut self,
        fragment: Fragment,
        styled: &Styled,
    ) -> Result<Stretch, Fragment> {
        let style = styled.style(fragment.style);
        if let Body::Stretch(stretch) = fragment.body {
            return Ok(*stretch);
        }
        if is_monolithic(style, &fragment.body) || matches!(fragment.body, Body::Picture(_)) {
            return Err(fragment);
        }
        let bare = style.display == Display::TableCell
            && style.border_collapse == BorderCollapse::Collapse;
        let mut flow = flatten(fragment, Spot::default(), Into::Parts, styled);
        if bare && let Some(root) = flow.boxes.first_mut() {
            // Collapsed borders are the table's to paint.
            root.border = Default::default();
        }
        let end = Position { unit: flow.len(), part: 0 };
        let strand = self.add(flow);
        Ok(Stretch {
            strand,
            start: Position::default(),
            end,
            start_y: Depth::ZERO,
            area: Pt::HUGE,
            continued: false,
            goes_on: false,
            repeated: false,
        })
    }

    /// Fills a place of height `area` from `start` on, and at most up to the unit `end`.
    pub fn fill(
        &mut self,
        strand: StrandId,
        (start, start_y): (Position, Depth),
        (area, end): (Pt, u32),
        press: Press,
        styled: &Styled,
        findings: &mut Diagnostics,
    ) -> Filled {
        // Taken out, since what is cut inside makes strands of its own.
        let mut flow = std::mem::take(&mut self.flows[strand.0 as usize]);
        let filler = Filler { styled, start, start_y, area, end };
        let end = filler.fill(&mut flow, self, press, findings);
        let height = taken(&flow, Slice { start, end, start_y }, area);
        self.flows[strand.0 as usize] = flow;
        Filled { end, height }
    }

    /// Where a stretch that starts at `start` has its top in the strand.
    pub fn start_y(&self, strand: StrandId, start: Position) -> Depth {
        start_y(self.flow(strand), start)
    }

    /// Whether a strand ends at `at`.
    pub fn is_end(&self, strand: StrandId, at: Position) -> bool {
        at.unit >= self.flow(strand).len()
    }

    /// Whether anything is to be seen of a strand from `at` on.
    pub fn shows_more(&self, strand: StrandId, at: Position) -> bool {
        self.flow(strand).units.iter().skip(at.unit as usize).any(|unit| !unit.is_empty())
    }

    /// The height from `start` to the end of what is to be seen, the box's own edge included.
    pub fn shown_height(&self, strand: StrandId, start: Position, start_y: Depth) -> Pt {
        let flow = self.flow(strand);
        let shown = flow.units.iter().skip(start.unit as usize);
        let Some(last) = shown.rev().find(|unit| !unit.is_empty()) else { return Pt::ZERO };
        let edge = flow.boxes.first().map(|root| root.border.bottom + root.padding.bottom);
        let end = flow.units.last().map_or(Depth::ZERO, Unit::outer_bottom);
        (last.outer_bottom() + edge.unwrap_or_default()).min(end) - start_y
    }

    /// The height of all that comes from `start` on, when nothing breaks it.
    pub fn rest_height(&self, strand: StrandId, start: Position, start_y: Depth, area: Pt) -> Pt {
        let flow = self.flow(strand);
        let end = Position { unit: flow.len(), part: 0 };
        taken(flow, Slice { start, end, start_y }, area)
    }
}

/// The height that a slice takes, with what is repeated above and below it.
pub fn taken(flow: &Flow, slice: Slice, area: Pt) -> Pt {
    let Some(last) = slice.last() else { return Pt::ZERO };
    let reach = (slice.start.unit..=last)
        .map(|index| flow.bottom_on_page(index, slice.start, slice.start_y, slice.end))
        .fold(slice.start_y, Depth::max);
    let above = flow.open_at(slice.start, area).1;
    let below = flow.open_after(slice.end, area).1;
    above + (reach - slice.start_y) + below
}
