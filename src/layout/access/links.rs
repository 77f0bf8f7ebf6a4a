//! Links and notes.

use crate::diag::Diagnostics;
use crate::markup::{Document, NodeId};

use super::{beside, fault};

/// A link of which nobody can tell where it leads.
pub fn unnamed(document: &Document, node: NodeId, found: &mut Diagnostics) {
    let clauses = "WCAG 2.4.4, ISO 14289-1 7.18.5";
    let finding = fault(document, node, "access/empty-link", "the link has no text", clauses);
    found.push(finding.help(
        "write into it where it leads; where a picture says it, give the picture an `alt`, or the link an `aria-label`",
    ));
}

/// A reference (`role="doc-noteref"`) to a note that is not there.
pub fn lost_note(document: &Document, node: NodeId, target: &str, found: &mut Diagnostics) {
    let message = format!("the reference leads to no note: nothing has the id `{target}`");
    let clauses = "WCAG 1.3.1, ISO 14289-1 7.9";
    let finding = fault(document, node, "access/note-reference", &message, clauses);
    found.push(finding.help("give the note this id, or correct the reference"));
}

/// Notes are told apart by their ids.
pub fn same_note(
    document: &Document,
    node: NodeId,
    first: NodeId,
    id: &str,
    found: &mut Diagnostics,
) {
    let message = format!("two notes have the id `{id}`");
    let finding = fault(document, node, "access/duplicate-id", &message, "ISO 14289-1 7.9");
    let finding = beside(document, first, "the first one", finding);
    found.push(finding.help("give each note an id of its own"));
}
