//! Measures the document's column and distributes it over pages, again where pages end beside
//! floats.

use std::collections::BTreeSet;

use crate::diag::Diagnostics;
use crate::geom::{Point, Pt, Rect, Size, Spot};
use crate::markup::NodeId;

use super::boxes::{LayoutBox, Note};
use super::fragment::Fragment;
use super::measure::dispatch::Measurer;
use super::measure::{Measure, Room, static_place};
use super::place::{
    FloatEnds, FloatsSeen, Flow, Geometry, Into, Notes, PageSpan, Strands, flatten, paginate,
};

/// Page ends that change what stands beside floats change later page ends: after so many rounds
/// floats keep text out whatever page it is on.
const MAX_ROUNDS: usize = 5;

/// The document's boxes.
pub struct Boxes {
    /// The root, without its boxes out of the flow.
    pub root: LayoutBox,
    /// Boxes out of the flow without a containing block of their own.
    pub out_of_flow: Vec<LayoutBox>,
    /// The area of the first page, in which they stand.
    pub first: Rect,
    /// The size of the page area without a name.
    pub plain: Size,
}

/// The document on pages.
pub struct Settled {
    /// The column.
    pub flow: Flow,
    /// What goes on beside other boxes.
    pub strands: Strands,
    /// The pages.
    pub spans: Vec<PageSpan>,
}

/// Measures and paginates until pages and floats agree.
pub fn settle(
    measurer: &mut Measurer,
    boxes: Boxes,
    notes: &[Note],
    geometry: &mut dyn Geometry,
    found: &mut Diagnostics,
) -> Settled {
    let mut fragment = column(measurer, &boxes);
    if !measurer.has_floats {
        // Boxes and what is made of them need not be in memory together.
        drop(boxes);
        let flow = flatten(fragment, Spot::default(), Into::Pages, measurer.styled);
        return on_pages(measurer, flow, notes, geometry, found);
    }
    let mut given_up: BTreeSet<NodeId> = BTreeSet::new();
    let mut round = 1;
    loop {
        let mut now = Diagnostics::new();
        let flow = flatten(fragment, Spot::default(), Into::Pages, measurer.styled);
        let settled = on_pages(measurer, flow, notes, geometry, &mut now);
        let again = round < MAX_ROUNDS && {
            let ends = &mut measurer.float_ends;
            let Settled { flow, strands, spans } = &settled;
            let seen = FloatsSeen::on_pages(flow, strands, measurer.styled, spans, ends);
            adjust(ends, seen, &mut given_up, round + 1 == MAX_ROUNDS)
        };
        if !again {
            found.append(now);
            return settled;
        }
        measurer.forget_findings();
        fragment = column(measurer, &boxes);
        round += 1;
    }
}

/// Distributes a column and the notes that it calls over pages.
pub fn on_pages(
    measurer: &Measurer,
    mut flow: Flow,
    notes: &[Note],
    geometry: &mut dyn Geometry,
    found: &mut Diagnostics,
) -> Settled {
    let measure_note = |note: &Note, width: Pt, strands: &mut Strands| {
        // What is measured inside may make strands of its own.
        measurer.give_strands(std::mem::take(strands));
        let fragment = measurer.measure(&note.content, Room::of_width(width));
        *strands = measurer.take_strands();
        fragment
    };
    let mut notes = Notes::new(notes, measurer.styled, &measure_note);
    let mut strands = measurer.take_strands();
    let spans = paginate(&mut flow, &mut strands, &mut notes, geometry, found);
    Settled { flow, strands, spans }
}

/// Takes over what was seen; tells whether it changes anything. The last round goes without.
fn adjust(
    ends: &mut FloatEnds,
    seen: FloatsSeen,
    given_up: &mut BTreeSet<NodeId>,
    is_last: bool,
) -> bool {
    if is_last {
        let covered = !seen.covered.is_empty();
        if covered {
            ends.clear();
        }
        return covered;
    }
    let before = ends.clone();
    for node in seen.covered {
        ends.remove(&node);
        given_up.insert(node);
    }
    ends.extend(seen.ends.into_iter().filter(|(node, _)| !given_up.contains(node)));
    *ends != before
}

fn column(measurer: &Measurer, boxes: &Boxes) -> Fragment {
    let containing = Rect { origin: Point::default(), size: boxes.first.size };
    let room = Room { height: Some(boxes.plain.height), ..Room::of_width(boxes.plain.width) };
    let mut fragment = measurer.measure(&boxes.root, room);
    let children = &boxes.out_of_flow;
    if !children.is_empty() {
        let placed = static_place::place_all(measurer, children, containing, &mut fragment);
        fragment.extra.get_or_insert_default().out_of_flow.extend(placed);
    }
    fragment
}
