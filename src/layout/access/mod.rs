//! What would keep somebody from reading the document, found where the template says it: errors
//! whose codes begin with `access/`, each with its clause of WCAG 2.2 and ISO 14289-1.
//!
//! Box generation tells [`Access`] of each element that means something while it walks the
//! document; what can only be judged as a whole (the order of headings, what `headers` names) is
//! judged at the end. Contrast is judged on finished pages (see `contrast`).

mod headings;
mod identity;
mod language;
mod links;
mod lists;
mod pictures;
mod tables;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::markup::{Document, NodeId};
use crate::style::ComputedStyle;

pub use identity::identity;

/// Begins the codes of all findings about accessibility.
pub const ACCESS: &str = "access/";

/// Collects what is met in reading order.
#[derive(Debug, Default)]
pub struct Access {
    /// With their levels.
    headings: Vec<(NodeId, u8)>,
    /// Cells with `headers`.
    referring: Vec<NodeId>,
    /// Notes by their ids.
    notes: FxHashMap<Box<str>, NodeId>,
    found: Diagnostics,
}

impl Access {
    /// A heading.
    pub fn heading(&mut self, node: NodeId, level: u8) {
        self.headings.push((node, level));
    }

    /// A table of data.
    pub fn table(&mut self, document: &Document, node: NodeId) {
        tables::check_headers(document, node, &mut self.found);
    }

    /// A cell of such a table.
    pub fn cell(&mut self, document: &Document, node: NodeId) {
        let Some(element) = document.element(node) else { return };
        if element.attribute("headers").is_some() {
            self.referring.push(node);
        }
        tables::check_scope(document, node, element, &mut self.found);
    }

    /// A link without words.
    pub fn unnamed_link(&mut self, document: &Document, node: NodeId) {
        links::unnamed(document, node, &mut self.found);
    }

    /// A link in the text to a note that is not there.
    pub fn lost_note(&mut self, document: &Document, node: NodeId, target: &str) {
        links::lost_note(document, node, target, &mut self.found);
    }

    /// A note.
    pub fn note(&mut self, document: &Document, node: NodeId) {
        let id = document.element(node).and_then(|element| element.id.as_deref());
        let Some(id) = id else { return };
        match self.notes.get(id) {
            Some(first) => links::same_note(document, node, *first, id, &mut self.found),
            None => drop(self.notes.insert(Box::from(id), node)),
        }
    }

    /// A picture that is content, with the text for those who do not see it.
    pub fn picture(&mut self, document: &Document, node: NodeId, alt: Option<&str>) {
        pictures::check(document, node, alt, &mut self.found);
    }

    /// A name in `aria-labelledby` that no element has; `near` is one that is alike.
    pub fn lost_label(
        &mut self,
        document: &Document,
        node: NodeId,
        name: &str,
        near: Option<&str>,
    ) {
        pictures::lost_label(document, node, name, near, &mut self.found);
    }

    /// Something in a list that is no item of it.
    pub fn list_content(&mut self, document: &Document, node: NodeId) {
        lists::not_an_item(document, node, &mut self.found);
    }

    /// An element without a meaning of its own where it stands.
    pub fn plain(&mut self, document: &Document, node: NodeId) {
        lists::check_stray(document, node, &mut self.found);
    }

    /// Judges the whole.
    pub fn finish(mut self, document: &Document, styles: &[Arc<ComputedStyle>]) -> Diagnostics {
        headings::check(document, &self.headings, &mut self.found);
        tables::check_references(document, &self.referring, &mut self.found);
        language::check(document, styles, &mut self.found);
        self.found
    }
}

/// An error about `node`; `clauses` say what is not met.
fn fault(
    document: &Document,
    node: NodeId,
    code: Code,
    message: &str,
    clauses: &str,
) -> Diagnostic {
    at(document, node, Diagnostic::error(code, format!("{message} ({clauses})")))
}

fn at(document: &Document, node: NodeId, finding: Diagnostic) -> Diagnostic {
    match document.span(node) {
        Some(span) => finding.at(span, ""),
        None => finding,
    }
}

/// Points at a second element.
fn beside(document: &Document, node: NodeId, words: &str, finding: Diagnostic) -> Diagnostic {
    match document.span(node) {
        Some(span) => finding.context(span, words),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::dump::lay_out_text;

    /// The codes and messages of what is wrong with the access to a body.
    fn found(body: &str) -> Vec<String> {
        let html = format!("<html lang=en><title>Roster</title><body>{body}</body></html>");
        let (_, found) = lay_out_text(&html);
        let access = found.into_iter().filter(|finding| finding.code.starts_with(super::ACCESS));
        access.map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
    }

    fn assert_one(body: &str, part: &str) {
        let found = found(body);
        assert!(found.len() == 1 && found[0].contains(part), "{body}: {found:?}");
    }

    fn assert_none(body: &str) {
        assert_eq!(found(body), Vec::<String>::new(), "{body}");
    }

    #[test]
    fn headings_that_begin_low_or_skip_are_found() {
        assert_one("<h2>Guards</h2>", "the first heading has level 2");
        assert_one("<h1>Court</h1><h3>Guards</h3>", "from 1 to 3");
        assert_one("<h1>Court</h1><div role=heading aria-level=4>Guards</div>", "from 1 to 4");
        assert_none("<h1>Court</h1><h2>Guards</h2><h3>Night</h3><h2>Clerks</h2>");
        assert_none("<h1>Court</h1><h2>Guards</h2><h1>Prison</h1>");
        // What is hidden from readers, or empty, is no heading to them.
        assert_none("<h5 aria-hidden=true>Draft</h5><h4></h4><h1>Court</h1>");
    }

    #[test]
    fn tables_without_header_cells_are_found() {
        assert_one("<table><tr><td>Aas<td>Judge</table>", "no header cells");
        assert_one("<table><tr><td><table><tr><th>A</table></table>", "no header cells");
        assert_none("<table><tr><th>Name<th>Post<tr><td>Aas<td>Judge</table>");
        assert_none("<table role=presentation><tr><td>Aas<td>Judge</table>");
    }

    #[test]
    fn header_cells_and_what_refers_to_them_are_checked() {
        assert_one("<table><tr><th scope=column>Name<tr><td>Aas</table>", "`scope`");
        let table = |first: &str, cell: &str| {
            format!(
                "<table><tr><th {first}>Name<th id=post>Post<tr><td {cell}>Aas<td>Judge</table>"
            )
        };
        assert_none(&table("id=name", "headers='name'"));
        assert_one(&table("id=name", "headers='nmae'"), "no header cell with the id `nmae`");
        assert_one(&table("id=post", "headers='post'"), "two header cells have the id `post`");
    }

    #[test]
    fn links_without_text_are_found() {
        assert_one("<p><a href='https://example.org'> </a>", "the link has no text");
        assert_one(
            "<p><a href='https://example.org'><svg width=9 height=9><title> </title></svg></a>",
            "the link has no text",
        );
        assert_none("<p><a href='https://example.org' aria-label='The court'></a>");
        assert_none(
            "<p><a href='https://example.org'><svg width=9 height=9><title>Court</title></svg></a>",
        );
    }

    #[test]
    fn notes_are_found_once_and_by_one_name() {
        let note = "<aside role=doc-footnote id=n1>See the act.</aside>";
        assert_none(&format!("<p>As agreed<a role=doc-noteref href='#n1'>1</a>.{note}"));
        assert_one(&format!("<p>As agreed<a role=doc-noteref href='#n2'>1</a>.{note}"), "`n2`");
        assert_one(&format!("{note}{note}"), "two notes have the id `n1`");
    }

    #[test]
    fn lists_hold_items_and_items_stand_in_lists() {
        assert_none("<ul><li>Judges<ol><li>Oslo</ol></ul><dl><div><dt>A<dd>B</div></dl>");
        assert_one("<ul><li>Judges</li><p>Clerks</p></ul>", "no item");
        assert_one("<ul>Clerks<li>Judges</ul>", "no item");
        assert_one("<div><li>Judges</li></div>", "in no list");
    }

    #[test]
    fn languages_that_are_no_tags_are_found() {
        assert_one("<p lang='en_GB'>Court", "`en_GB`");
        assert_one("<p lang='norwegian'>Rett", "`norwegian`");
        assert_none("<p lang='nb-NO'>Rett <b lang='zh-Hant-TW'>院</b> <i lang='x-cant'>Vardo</i>");
    }

    #[test]
    fn pictures_need_words() {
        let svg =
            |inner: &str| format!("<p><svg width=9 height=9>{inner}<path d='M0 0h9v9z'/></svg>");
        assert_one(&svg(""), "no text for those who cannot see it");
        assert_none(&svg("<title>Court</title>"));
        assert_none("<p><svg width=9 height=9 aria-hidden=true><path d='M0 0h9v9z'/></svg>");
    }
}
