//! What does not stand on its page: lines that reach past the edge, boxes out of the flow that no
//! page shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::geom::{Pt, Rect};
use crate::markup::NodeId;
use crate::style::PageStyle;

use super::fragment::{Placed, WideLine};
use super::measure::Measure;

/// Less than this past the edge is not worth a word.
const TOLERATED: Pt = Pt(1.0);

/// Places of which something does not stand on its page, each once.
#[derive(Debug, Default)]
pub struct Lost {
    lines: BTreeMap<Option<NodeId>, (WideLine, Pt)>,
    boxes: BTreeSet<Option<NodeId>>,
}

impl Lost {
    /// A line that reaches `excess` past the page area. Of an element's lines the widest counts.
    pub fn line(&mut self, line: &WideLine, excess: Pt) {
        if excess <= TOLERATED {
            return;
        }
        let known = self.lines.get(&line.node);
        if known.is_none_or(|(_, most)| *most < excess) {
            self.lines.insert(line.node, (line.clone(), excess));
        }
    }

    /// A box out of the flow at `rect`. Where its containing block goes on on the next page, the
    /// part that reaches below the sheet is not seen there either.
    pub fn out_of_flow(&mut self, placed: &Placed, rect: Rect, goes_on: bool, page: &PageStyle) {
        let is_beside = rect.origin.x >= page.size.width || rect.right() <= Pt::ZERO;
        let is_beyond = rect.origin.y >= page.size.height || rect.bottom() <= Pt::ZERO;
        let is_cut = goes_on && rect.bottom() > page.size.height + page.bleed + TOLERATED;
        if is_beside || is_beyond || is_cut {
            let node = placed.fragment.extra.as_ref().and_then(|extra| extra.node);
            self.boxes.insert(node);
        }
    }

    /// Reports all of them at their place in the template.
    pub fn report(&self, measure: &dyn Measure) {
        let at = |finding: Diagnostic, node: Option<NodeId>| {
            measure.report(match node.and_then(|node| measure.span(node)) {
                Some(span) => finding.at(span, ""),
                None => finding,
            });
        };
        for (line, excess) in self.lines.values() {
            let what = match line.text.trim() {
                "" => "a line".to_owned(),
                text => format!("`{text}`"),
            };
            let message = format!("{what} reaches {:.0} pt past the page's margin", excess.0);
            let finding = Diagnostic::warning("layout/overflow", message).help(
                "let long words break (overflow-wrap: anywhere), let lines wrap (white-space: pre-wrap), or use smaller letters",
            );
            at(finding, line.node);
        }
        for node in &self.boxes {
            let message = "the box out of the flow is not seen, or not all of it: it stands where the page has ended";
            let finding = Diagnostic::warning("layout/off-page", message).help(
                "place it from the top, or give position: relative to a box that stands on one page",
            );
            at(finding, *node);
        }
    }
}
