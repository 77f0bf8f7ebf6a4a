//! Measures the document's column and distributes it over pages, again where pages end beside
//! floats.

use std::collections::BTreeSet;

use crate::diag::Diagnostics;
use crate::geom::{Point, Rect, Size};
use crate::markup::NodeId;

use super::boxes::LayoutBox;
use super::fragment::Fragment;
use super::measure::dispatch::Measurer;
use super::measure::{Measure, Room, static_place};
use super::place::{
    FloatEnds, FloatsSeen, Flow, Geometry, Into, PageSpan, Strands, flatten, paginate,
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
    geometry: &mut dyn Geometry,
    found: &mut Diagnostics,
) -> Settled {
    let mut fragment = column(measurer, &boxes);
    if !measurer.has_floats {
        // Boxes and what is made of them need not be in memory together.
        drop(boxes);
        return on_pages(measurer, fragment, geometry, found);
    }
    let mut given_up: BTreeSet<NodeId> = BTreeSet::new();
    let mut round = 1;
    loop {
        let mut now = Diagnostics::new();
        let settled = on_pages(measurer, fragment, geometry, &mut now);
        let again = round < MAX_ROUNDS && {
            let ends = &mut measurer.float_ends;
            let seen = FloatsSeen::on_pages(&settled.flow, &settled.spans, ends);
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

fn on_pages(
    measurer: &Measurer,
    fragment: Fragment,
    geometry: &mut dyn Geometry,
    found: &mut Diagnostics,
) -> Settled {
    let mut flow = flatten(fragment, Point::default(), Into::Pages, measurer.styled);
    let mut strands = measurer.take_strands();
    let spans = paginate(&mut flow, &mut strands, measurer.styled, geometry, found);
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
