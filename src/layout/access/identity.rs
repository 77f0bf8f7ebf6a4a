//! What a document says of itself: its title and its language.

use crate::diag::Diagnostics;
use crate::layout::page::Info;
use crate::markup::{Document, NodeId};

use super::fault;

/// A document without a title or a language, neither of its own nor given with it in `info`.
pub fn identity(document: &Document, info: &Info) -> Diagnostics {
    let mut found = Diagnostics::new();
    let Some(root) = document.root_element() else { return found };
    if info.title.trim().is_empty() {
        let title = child(document, root, "head").and_then(|head| child(document, head, "title"));
        let message = match title {
            Some(_) => "the document's <title> is empty",
            None => "the document has no title",
        };
        let clauses = "WCAG 2.4.2, ISO 14289-1 7.1";
        let place = title.unwrap_or(root);
        let finding = fault(document, place, "access/no-title", message, clauses);
        found.push(finding.help("write <title>…</title> into its <head>: what a reader is told first, and what stands in a list of files"));
    }
    if info.language.is_empty() {
        let clauses = "WCAG 3.1.1, ISO 14289-1 7.2";
        let message = "the document does not say which language it is in";
        let finding = fault(document, root, "access/no-language", message, clauses);
        found.push(finding.help(
            "write <html lang=\"en\">, or another language: without it, it is read aloud in the wrong voice",
        ));
    }
    found
}

fn child(document: &Document, parent: NodeId, name: &str) -> Option<NodeId> {
    let is_named = |id: &NodeId| document.element(*id).is_some_and(|one| &*one.name == name);
    document.children(parent).find(is_named)
}
