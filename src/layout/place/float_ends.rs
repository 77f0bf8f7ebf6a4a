//! Where floats and page ends meet. Text is measured beside a float down to the float's end; where
//! the page ends before that, the text on the next page has nothing beside it any more.

use std::collections::BTreeMap;

use crate::geom::{Depth, Pt, Rect};
use crate::layout::fragment::{Fragment, Piece, StrandId};
use crate::markup::NodeId;
use crate::style::Styled;

use super::flow::{Content, Flow, Slice};
use super::index::{Found, visit};
use super::paginate::PageSpan;
use super::strands::Strands;

/// Less than this is rounding.
const TOLERANCE: Pt = Pt(0.5);

/// How far below its top margin edge a float keeps text out, where its page ends before it does.
pub type FloatEnds = BTreeMap<NodeId, Pt>;

/// What a distribution over pages has shown.
#[derive(Debug, Default)]
pub struct FloatsSeen {
    /// Floats that end with their page, when that is news.
    pub ends: FloatEnds,
    /// Floats with text in front of them, since their page does not end where it was to end.
    pub covered: Vec<NodeId>,
}

impl FloatsSeen {
    /// Looks at the floats on all pages, those of cells, items and columns that go on on several
    /// pages or in several columns included; `known` is what their measuring went by.
    pub fn on_pages(
        flow: &Flow,
        strands: &Strands,
        styled: &Styled,
        spans: &[PageSpan],
        known: &FloatEnds,
    ) -> FloatsSeen {
        let slices: Vec<Slice> =
            spans.iter().filter(|span| !span.blank).map(PageSpan::slice).collect();
        let mut seen = FloatsSeen::default();
        seen.in_flow(flow, &slices, known);
        // The places of each strand, in order. Those that never go on have no place that ends it.
        let mut places: BTreeMap<u32, Vec<Slice>> = BTreeMap::new();
        let area = Rect::new(Pt::ZERO, Pt::ZERO, Pt::HUGE, Pt::HUGE);
        for slice in slices {
            visit(flow, strands, styled, slice, area, &mut |found| {
                if let Found::Stretch(stretch) = found {
                    let known = places.entry(stretch.strand.0).or_default();
                    known.push(Slice::from(stretch));
                }
            });
        }
        for (strand, slices) in places {
            if slices.len() > 1 {
                seen.in_flow(strands.flow(StrandId(strand)), &slices, known);
            }
        }
        seen
    }

    /// Looks at the floats of a flow, of which so much stands in each place.
    fn in_flow(&mut self, flow: &Flow, slices: &[Slice], known: &FloatEnds) {
        for (place, slice) in slices.iter().enumerate() {
            let Some(last) = slice.last() else { continue };
            let next = slices.get(place + 1);
            let next = next.and_then(|next| flow.units.get(next.start.unit as usize));
            let next = next.map(|unit| unit.top);
            for index in slice.start.unit..=last {
                for (node, top, bottom) in floats_of(flow, index) {
                    let next = next.filter(|next| *next > top);
                    let old = known.get(&node).copied();
                    let end = next.filter(|next| *next < bottom - TOLERANCE).map(|next| next - top);
                    if let Some(end) = end
                        && old.is_none_or(|old| (old - end).abs() > TOLERANCE)
                    {
                        self.ends.insert(node, end);
                    }
                    let covers = |end| is_covered(flow, index + 1..last + 1, top + end, bottom);
                    if old.is_some_and(covers) {
                        self.covered.push(node);
                    }
                }
            }
        }
    }
}

/// Whether text that knows nothing of a float stands beside it.
fn is_covered(flow: &Flow, units: std::ops::Range<u32>, end: Depth, bottom: Depth) -> bool {
    units.map(|index| flow.unit(index)).any(|unit| {
        let is_beside = unit.top < bottom - TOLERANCE && unit.bottom() > end + TOLERANCE;
        let is_float = matches!(&unit.content, Content::Whole(one) if one.is_float());
        is_beside && !is_float && !unit.is_empty()
    })
}

/// The floats of a unit that text may stand beside, each with the top and bottom of its margin box
/// in the column.
fn floats_of(flow: &Flow, index: u32) -> Vec<(NodeId, Depth, Depth)> {
    let unit = flow.unit(index);
    let float = |one: &Fragment, y: Depth| {
        let node = one.extra.as_ref().and_then(|extra| extra.node)?;
        Some((node, y - one.margin_top, y + one.size.height + one.margin_bottom))
    };
    match &unit.content {
        Content::Whole(one) if one.is_float() => float(one, unit.origin().y).into_iter().collect(),
        Content::Line(line) => {
            let baseline = unit.origin().y + line.y + line.baseline;
            let floats = line.pieces.iter().filter_map(|piece| match piece {
                Piece::Float(placed) => float(&placed.fragment, baseline + placed.at.y),
                _ => None,
            });
            floats.collect()
        }
        _ => Vec::new(),
    }
}
