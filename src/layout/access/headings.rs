//! The order of headings.

use crate::diag::Diagnostics;
use crate::markup::{Document, NodeData, NodeId};

use super::{beside, fault};

const CODE: &str = "access/heading-order";
const CLAUSES: &str = "WCAG 1.3.1, ISO 14289-1 7.4.2";

/// Headings begin with level 1 and go down one level at a time. Several of level 1 are several
/// parts, each with its own title (a pack has one for each paper).
pub fn check(document: &Document, headings: &[(NodeId, u8)], found: &mut Diagnostics) {
    let mut before: Option<(NodeId, u8)> = None;
    for &(node, level) in headings.iter().filter(|(node, _)| !is_empty(document, *node)) {
        match before {
            None if level > 1 => {
                let message = format!("the first heading has level {level}, not 1");
                let finding = fault(document, node, CODE, &message, CLAUSES);
                found.push(finding.help(
                    "make the title of the paper an <h1>, or this heading: how large it is, the stylesheet says",
                ));
            }
            Some((last, above)) if level > above + 1 => {
                let message = format!("the level of headings goes from {above} to {level}");
                let finding = fault(document, node, CODE, &message, CLAUSES);
                let finding = beside(document, last, "the heading before it", finding);
                found.push(finding.help(format!(
                    "make it an <h{}>: how large it is, the stylesheet says",
                    above + 1
                )));
            }
            _ => {}
        }
        before = Some((node, level));
    }
}

/// Whether nothing is in a heading, so that no reader meets it.
fn is_empty(document: &Document, heading: NodeId) -> bool {
    let mut pending: Vec<NodeId> = document.children(heading).collect();
    while let Some(id) = pending.pop() {
        match &document.node(id).data {
            NodeData::Text(text) if !text.trim().is_empty() => return false,
            NodeData::Element(element) if matches!(&*element.name, "img" | "svg") => return false,
            _ => pending.extend(document.children(id)),
        }
    }
    true
}
