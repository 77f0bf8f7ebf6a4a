//! Header cells of tables, and what refers to them.

use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::markup::{Document, Element, NodeId};
use crate::near::nearest;

use super::{beside, fault};

const CLAUSES: &str = "WCAG 1.3.1, ISO 14289-1 7.5";

/// What `scope` can be (HTML 4.9.10).
const SCOPES: [&str; 4] = ["row", "col", "rowgroup", "colgroup"];

/// A table of data has header cells.
pub fn check_headers(document: &Document, table: NodeId, found: &mut Diagnostics) {
    let has_rows = cells(document, table, &mut |_, _| true);
    let has_headers = cells(document, table, &mut |_, element| &*element.name == "th");
    if !has_rows || has_headers {
        return;
    }
    let message = "the table has no header cells";
    let finding = fault(document, table, "access/table-headers", message, CLAUSES);
    found.push(
        finding
            .help(
                "make the cells that name columns or rows <th scope=\"col\"> or <th scope=\"row\">",
            )
            .help("if it only arranges things on the page, write <table role=\"presentation\">"),
    );
}

/// `scope` is one of a few words.
pub fn check_scope(document: &Document, cell: NodeId, element: &Element, found: &mut Diagnostics) {
    let Some(scope) = element.attribute("scope") else { return };
    if SCOPES.iter().any(|known| scope.eq_ignore_ascii_case(known)) {
        return;
    }
    let message = format!("`scope` cannot be `{scope}`: which cells the header is for is not told");
    let finding = fault(document, cell, "access/header-scope", &message, CLAUSES);
    let near = if scope.eq_ignore_ascii_case("column") { Some("col") } else { None };
    found.push(finding.help(match near.or_else(|| nearest(scope, SCOPES)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", SCOPES.join(", ")),
    }));
}

/// What `headers` names are header cells of the same table, each with an id of its own.
pub fn check_references(document: &Document, referring: &[NodeId], found: &mut Diagnostics) {
    let mut tables: BTreeMap<NodeId, BTreeMap<String, Vec<NodeId>>> = BTreeMap::new();
    for cell in referring {
        let Some(table) = table_of(document, *cell) else { continue };
        let headers = tables.entry(table).or_insert_with(|| header_cells(document, table));
        let names = document.element(*cell).and_then(|element| element.attribute("headers"));
        for name in names.unwrap_or_default().split_ascii_whitespace() {
            match headers.get(name).map(Vec::as_slice) {
                Some([_]) => {}
                Some([first, second, ..]) => {
                    let message =
                        format!("two header cells have the id `{name}`, which a cell refers to");
                    let finding =
                        fault(document, *second, "access/duplicate-id", &message, CLAUSES);
                    let finding = beside(document, *first, "the first one", finding);
                    found.push(finding.help("give each header cell an id of its own"));
                }
                _ => {
                    let message = format!("the table has no header cell with the id `{name}`");
                    let finding = fault(document, *cell, "access/headers", &message, CLAUSES);
                    let known = headers.keys().map(String::as_str);
                    found.push(finding.help(match nearest(name, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => {
                            "`headers` names the ids of <th> cells of the same table".to_owned()
                        }
                    }));
                }
            }
        }
    }
}

/// Header cells of a table by their ids.
fn header_cells(document: &Document, table: NodeId) -> BTreeMap<String, Vec<NodeId>> {
    let mut headers: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    cells(document, table, &mut |cell, element| {
        if let Some(id) = element.id.as_ref().filter(|_| &*element.name == "th") {
            headers.entry(id.to_string()).or_default().push(cell);
        }
        false
    });
    headers
}

fn table_of(document: &Document, cell: NodeId) -> Option<NodeId> {
    let mut around = document.node(cell).parent;
    while let Some(id) = around {
        if document.element(id).is_some_and(|element| &*element.name == "table") {
            return Some(id);
        }
        around = document.node(id).parent;
    }
    None
}

/// Whether `is` holds for any cell of the table, asked in order and not further than needed. Tables
/// inside cells are tables of their own.
fn cells(document: &Document, table: NodeId, is: &mut dyn FnMut(NodeId, &Element) -> bool) -> bool {
    let mut next = document.node(table).first_child;
    while let Some(id) = next {
        let element = document.element(id);
        let mut descends = false;
        if let Some(element) = element {
            match &*element.name {
                "td" | "th" if is(id, element) => return true,
                "thead" | "tbody" | "tfoot" | "tr" => descends = true,
                _ => {}
            }
        }
        let first = document.node(id).first_child.filter(|_| descends);
        next = first.or_else(|| following(document, id, table));
    }
    false
}

/// The node after all of `id`, inside `root`.
fn following(document: &Document, mut id: NodeId, root: NodeId) -> Option<NodeId> {
    loop {
        if let Some(next) = document.node(id).next {
            return Some(next);
        }
        id = document.node(id).parent.filter(|parent| *parent != root)?;
    }
}
