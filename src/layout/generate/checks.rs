//! What a document asks for and cannot have: links that lead nowhere, breaks where none can be.

use crate::diag::{Diagnostic, Diagnostics};
use crate::layout::boxes::{Contents, InlineItem, LayoutBox, TableBox};
use crate::layout::structure::Role;
use crate::markup::{Document, NodeData, NodeId};
use crate::style::{Break, ComputedStyle, Extent, Overflow, Pseudo, Styled};

use super::boxes::Generator;
use super::floats::is_float;
use super::info::named;
use super::tags::Around;

impl Generator<'_> {
    /// Reports a link to a place that is not there, and one in what is not content: only content
    /// has links that every reader can follow (ISO 14289-1 7.18.5).
    pub(super) fn check_link(&mut self, node: NodeId, around: &Around) {
        if named(self.document, node) != Some("a") {
            return;
        }
        let href = self.document.element(node).and_then(|element| element.attribute("href"));
        let Some(href) = href.map(str::trim) else { return };
        if around.artifact.is_some() {
            let message = "a link in running matter, or in what is hidden from some readers, leads nowhere: its text is printed alone";
            let finding = Diagnostic::warning("layout/running-link", message)
                .help("put the link into the text of the document");
            return self.diagnostics.push(self.at(node, finding));
        }
        if let Some(target) = href.strip_prefix('#')
            && !self.ids.contains_key(target)
        {
            let role = self.document.element(node).and_then(|element| element.attribute("role"));
            if role == Some("doc-noteref") {
                return self.access.lost_note(self.document, node, target);
            }
            let message =
                format!("the link leads nowhere: nothing in the document has the id `{target}`");
            let finding = Diagnostic::warning("layout/dangling-link", message)
                .help("give the place that is meant this id, or correct the link");
            self.diagnostics.push(self.at(node, finding));
        }
    }

    /// Notes what an element means for those who do not see the page; `inner` is what is around its
    /// contents.
    pub(super) fn check_access(&mut self, node: NodeId, around: &Around, inner: &Around) {
        let document = self.document;
        if inner.artifact.is_some() {
            return;
        }
        if inner.tag == around.tag {
            return self.access.plain(document, node);
        }
        match inner.role {
            Role::Heading(level) => self.access.heading(node, level),
            Role::Table => self.access.table(document, node),
            Role::TableHeaderCell | Role::TableDataCell => self.access.cell(document, node),
            Role::Link if !self.is_named(node) => self.access.unnamed_link(document, node),
            Role::Note => self.access.note(document, node),
            _ => {}
        }
        let is_item =
            matches!(inner.role, Role::ListItem | Role::List | Role::Label | Role::ListBody);
        // A further `dd` of a term is a part of the body that the first one began.
        let is_definition = matches!(named(document, node), Some("dt" | "dd"));
        if around.role == Role::List && !is_item && !is_definition {
            self.access.list_content(document, node);
        }
    }

    /// Whether a link has words: text of its own or of a stylesheet, a picture with a description,
    /// or a label.
    fn is_named(&self, link: NodeId) -> bool {
        let element = self.document.element(link);
        let has = |name| {
            let value = element.and_then(|element| element.attribute(name));
            value.is_some_and(|value| !value.trim().is_empty())
        };
        if has("aria-label") || has("title") {
            return true;
        }
        let mut pending = vec![link];
        while let Some(id) = pending.pop() {
            let generates = |pseudo| self.styled.pseudo_of(id, pseudo).is_some();
            match &self.document.node(id).data {
                NodeData::Text(text) if !text.trim().is_empty() => return true,
                NodeData::Element(element) if matches!(&*element.name, "img" | "svg") => {
                    let alt = self.picture_alt(id);
                    if alt.is_some_and(|alt| !alt.trim().is_empty()) {
                        return true;
                    }
                }
                _ if generates(Pseudo::Before) || generates(Pseudo::After) => return true,
                _ => pending.extend(self.document.children(id)),
            }
        }
        false
    }

    fn at(&self, node: NodeId, finding: Diagnostic) -> Diagnostic {
        match self.document.span(node) {
            Some(span) => finding.at(span, ""),
            None => finding,
        }
    }
}

const NEVER: &str = "a page cannot be made to end here: the box is on a line, out of the flow, or in one that never breaks";
const COLUMNS: &str =
    "a page cannot be made to end here: the box is in a cell or item of a text in columns";
const SPANNED: &str =
    "a page cannot be made to end before this row of a text in columns: a cell spans it";
const BESIDE: &str =
    "a page ends here only when no text stands beside the float that the box is in";

/// Reports forced breaks in boxes on a line, in those that never break, and out of the flow, where
/// no page can be made to end (CSS Fragmentation 3 §3.1 leaves them without effect where no class A
/// break point is).
pub(super) fn check_breaks(
    root: Option<&LayoutBox>,
    styled: &Styled,
    document: &Document,
    found: &mut Diagnostics,
) {
    if !styled.styles.iter().any(|style| forces_break(style)) {
        return;
    }
    let mut pending = vec![];
    pending.extend(root.map(|root| Place { content: root, enclosed: None, columns: In::None }));
    while let Some(place) = pending.pop() {
        let one = place.content;
        let style = styled.style(one.style);
        if let Some(message) = place.enclosed
            && forces_break(style)
        {
            report(message, one.node, document, found);
        }
        if let Contents::Table(table) = &one.contents
            && place.columns != In::None
        {
            for node in spanned_breaks(table, styled) {
                report(SPANNED, node, document, found);
            }
        }
        place.push_inside(style, &mut pending);
    }
}

fn report(message: &str, node: Option<NodeId>, document: &Document, found: &mut Diagnostics) {
    let Some(span) = node.and_then(|node| document.span(node)) else { return };
    found.push(
        Diagnostic::warning("layout/enclosed-break", message)
            .at(span, "")
            .help("set the break on a box around it"),
    );
}

/// A box with what keeps pages from ending in it.
struct Place<'b> {
    content: &'b LayoutBox,
    /// Why a page cannot end before or behind it.
    enclosed: Option<&'static str>,
    columns: In,
}

/// Where a box is as to columns of text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    None,
    /// In columns, where a page ends between blocks and rows.
    Columns,
    /// In a cell or item that is in columns.
    Row,
}

impl<'b> Place<'b> {
    fn push_inside(&self, style: &ComputedStyle, pending: &mut Vec<Place<'b>>) {
        let clips = style.overflow == Overflow::Hidden
            && (style.height != Extent::Auto || style.max_height != Extent::Auto)
            || !style.transform.is_empty();
        let floats = is_float(style) && !is_as_wide_as_its_block(style);
        let inside = match self.enclosed {
            None if clips => Some(NEVER),
            None if self.columns == In::Row => Some(COLUMNS),
            None if floats => Some(BESIDE),
            enclosed => enclosed,
        };
        let within = |content: &'b LayoutBox, enclosed: Option<&'static str>, columns: In| Place {
            content,
            enclosed,
            columns,
        };
        let beside = if self.columns == In::None { In::None } else { In::Row };
        let one = self.content;
        match &one.contents {
            Contents::Blocks(children) => {
                let here = self.columns;
                pending.extend(children.iter().map(|child| within(child, inside, here)));
            }
            Contents::Flex(items) | Contents::Grid(items) => {
                pending.extend(items.iter().map(|item| within(item, inside, beside)));
            }
            Contents::Table(table) => {
                let captions = table.captions.iter();
                pending.extend(captions.map(|caption| within(caption, inside, self.columns)));
                let rows = table.groups.iter().flat_map(|group| &group.rows);
                let cells = rows.flat_map(|row| &row.cells);
                pending.extend(cells.map(|cell| within(&cell.content, inside, beside)));
            }
            Contents::Inline(_) => {
                let on_line = children_of(one);
                pending.extend(on_line.map(|child| within(child, Some(NEVER), self.columns)));
            }
            Contents::Columns(inner) => {
                let columns = if self.columns == In::None { In::Columns } else { self.columns };
                pending.push(within(&inner.content, inside, columns));
            }
            Contents::Replaced(_) => {}
        }
        let out_of_flow = one.extra.iter().flat_map(|extra| &extra.out_of_flow);
        pending.extend(out_of_flow.map(|child| within(child, Some(NEVER), self.columns)));
    }
}

/// The first cells of rows that force a break before them, or behind the row above, where a cell
/// of an earlier row reaches past that place.
fn spanned_breaks(table: &TableBox, styled: &Styled) -> Vec<Option<NodeId>> {
    let mut found = Vec::new();
    for group in &table.groups {
        // The row up to which cells reach.
        let mut reach = 0;
        let mut after = false;
        for (number, row) in group.rows.iter().enumerate() {
            let style = styled.style(row.style);
            if number < reach && (after || is_forced(style.break_before)) {
                found.push(row.cells.first().and_then(|cell| cell.content.node));
            }
            after = is_forced(style.break_after);
            let rows = row.cells.iter().map(|cell| number + usize::from(cell.row_span));
            reach = rows.fold(reach, usize::max);
        }
    }
    found
}

/// Boxes straight inside a box, whatever it holds.
fn children_of(one: &LayoutBox) -> Box<dyn Iterator<Item = &LayoutBox> + '_> {
    match &one.contents {
        Contents::Blocks(all) | Contents::Flex(all) | Contents::Grid(all) => Box::new(all.iter()),
        Contents::Table(table) => {
            let rows = table.groups.iter().flat_map(|group| &group.rows);
            let cells = rows.flat_map(|row| &row.cells).map(|cell| &cell.content);
            Box::new(table.captions.iter().chain(cells))
        }
        Contents::Inline(inline) => Box::new(inline.items.iter().filter_map(|item| match item {
            InlineItem::Atomic(content) | InlineItem::Float(content) => Some(&**content),
            _ => None,
        })),
        Contents::Columns(inner) => Box::new(std::iter::once(&inner.content)),
        Contents::Replaced(_) => Box::new(std::iter::empty()),
    }
}

/// Whether a float leaves no room beside it: pages may end inside it as in other blocks.
fn is_as_wide_as_its_block(style: &ComputedStyle) -> bool {
    matches!(style.width, Extent::Length(length) if length.share >= 1.0)
}

fn forces_break(style: &ComputedStyle) -> bool {
    is_forced(style.break_before) || is_forced(style.break_after)
}

fn is_forced(value: Break) -> bool {
    !matches!(value, Break::Auto | Break::Avoid | Break::Column)
}
