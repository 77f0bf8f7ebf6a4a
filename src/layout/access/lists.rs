//! Lists and their items.

use crate::diag::Diagnostics;
use crate::markup::{Document, NodeId};

use super::fault;

const CLAUSES: &str = "WCAG 1.3.1, ISO 14289-1 7.6";

/// A list item that stands in no list.
pub fn check_stray(document: &Document, node: NodeId, found: &mut Diagnostics) {
    let name = |id: NodeId| document.element(id).map(|element| &*element.name);
    if name(node) != Some("li") {
        return;
    }
    let around = document.node(node).parent.and_then(name);
    if matches!(around, Some("ul" | "ol" | "menu")) {
        return;
    }
    let message = "the list item stands in no list";
    let finding = fault(document, node, "access/stray-list-item", message, CLAUSES);
    found.push(finding.help("put <ul> or <ol> around it and its neighbours, or make it a <p>"));
}

/// Something straight in a list that is no item of it.
pub fn not_an_item(document: &Document, node: NodeId, found: &mut Diagnostics) {
    let message = match document.element(node) {
        Some(element) => format!("the <{}> stands in a list and is no item of it", element.name),
        None => "text stands in a list and is no item of it".to_owned(),
    };
    let finding = fault(document, node, "access/list-content", &message, CLAUSES);
    found.push(
        finding
            .help("put it into an <li> (in a <dl>: into a <dt> or <dd>), or outside of the list"),
    );
}
