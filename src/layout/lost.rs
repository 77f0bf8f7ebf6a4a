//! What does not stand where it should: lines and boxes that reach past the margin of their page,
//! boxes out of the flow that no page shows, text that does not fit into its box.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::geom::{Pt, Rect};
use crate::markup::NodeId;
use crate::style::PageStyle;

use super::fragment::{Placed, Reach, ReachKind, Unfit, WideLine};
use super::measure::Measure;

/// Less than this past the edge is not worth a word.
const TOLERATED: Pt = Pt(1.0);

/// What of a page a box reaches past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Past {
    Margin,
    Edge,
}

/// Places of which something does not stand on its page, each once.
#[derive(Debug, Default)]
pub struct Lost {
    lines: BTreeMap<Option<NodeId>, (WideLine, Pt)>,
    wide: BTreeMap<Option<NodeId>, (ReachKind, Past, Pt)>,
    boxes: BTreeSet<Option<NodeId>>,
    unfit: BTreeMap<Option<NodeId>, Unfit>,
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

    /// A box that reaches from `left` to `right`, out of the one around it. A negative margin, or a
    /// place out of the flow, may take it into the page's margin, up to where the sheet is cut.
    pub fn reach(
        &mut self,
        reach: &Reach,
        (left, right): (Pt, Pt),
        is_out_of_flow: bool,
        page: &PageStyle,
    ) {
        let area = page.area();
        let (past, from, to) = match reach.by_margin || is_out_of_flow {
            true => (Past::Edge, -page.bleed, page.size.width + page.bleed),
            false => (Past::Margin, area.origin.x, area.right()),
        };
        let excess = (right - to).max(from - left);
        if excess <= TOLERATED {
            return;
        }
        let known = self.wide.get(&reach.node);
        if known.is_none_or(|(.., most)| *most < excess) {
            self.wide.insert(reach.node, (reach.kind, past, excess));
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

    /// Content that does not fit into its box even in the smallest letters. Of what stands in the
    /// same element the first counts.
    pub fn unfit(&mut self, unfit: &Unfit) {
        self.unfit.entry(unfit.node).or_insert_with(|| unfit.clone());
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
            let (what, help) = match line.text.trim() {
                "" => (
                    "what stands on a line".to_owned(),
                    "give the picture or box on it less width (max-width: 100%)",
                ),
                text => (
                    format!("`{text}`"),
                    "let long words break (overflow-wrap: anywhere), let lines wrap (white-space: pre-wrap), or use smaller letters",
                ),
            };
            let message = format!("{what} reaches {:.0} pt past the page's margin", excess.0);
            at(Diagnostic::warning("layout/overflow", message).help(help), line.node);
        }
        for (node, (kind, past, excess)) in &self.wide {
            let (what, help) = match kind {
                ReachKind::Box => (
                    "the box reaches",
                    "give it less width (padding and border are part of it with box-sizing: border-box), or the page smaller margins",
                ),
                ReachKind::Columns => (
                    "the columns here reach",
                    "make the gaps between them narrower (column-gap), or their number smaller (column-count)",
                ),
                ReachKind::Item => (
                    "items in this container reach",
                    "let them wrap (flex-wrap: wrap), or give them less width and let their long words break (overflow-wrap: anywhere)",
                ),
                ReachKind::Picture => {
                    ("the picture reaches", "give it less width (max-width: 100%)")
                }
            };
            let end = match past {
                Past::Margin => "margin",
                Past::Edge => "edge",
            };
            let message = format!("{what} {:.0} pt past the page's {end}", excess.0);
            at(Diagnostic::warning("layout/wider-than-page", message).help(help), *node);
        }
        for node in &self.boxes {
            let message = "the box out of the flow is not seen, or not all of it: it stands where the page has ended";
            let finding = Diagnostic::warning("layout/off-page", message).help(
                "place it from the top, or give position: relative to a box that stands on one page",
            );
            at(finding, *node);
        }
        for (node, unfit) in &self.unfit {
            at(does_not_fit(unfit), *node);
        }
    }
}

/// What is said of content that does not fit into its box (`-dossier-fit`).
fn does_not_fit(unfit: &Unfit) -> Diagnostic {
    let what = match unfit.text.trim() {
        "" => "the content".to_owned(),
        text => format!("`{text}`"),
    };
    let mut excess = Vec::new();
    for (length, word) in [(unfit.wide, "wide"), (unfit.high, "high")] {
        if length > Pt::ZERO {
            excess.push(format!("{:.1} pt too {word}", length.0));
        }
    }
    let message = format!(
        "{what} does not fit into its box even in letters of {} pt: it is {}",
        unfit.smallest.0,
        excess.join(" and ")
    );
    Diagnostic::warning("layout/does-not-fit", message)
        .help("shorten the text, give the box more room, or let its letters become smaller (the length in -dossier-fit)")
}
