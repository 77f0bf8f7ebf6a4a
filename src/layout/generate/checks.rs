//! What a document asks for and cannot have: links that lead nowhere, breaks where none can be.

use crate::diag::{Diagnostic, Diagnostics};
use crate::layout::boxes::{Contents, InlineItem, LayoutBox};
use crate::markup::{Document, NodeId};
use crate::style::{Break, ComputedStyle, Extent, Overflow, Styled};

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
            let message =
                format!("the link leads nowhere: nothing in the document has the id `{target}`");
            let finding = Diagnostic::warning("layout/dangling-link", message)
                .help("give the place that is meant this id, or correct the link");
            self.diagnostics.push(self.at(node, finding));
        }
    }

    fn at(&self, node: NodeId, finding: Diagnostic) -> Diagnostic {
        match self.document.span(node) {
            Some(span) => finding.at(span, ""),
            None => finding,
        }
    }
}

const NEVER: &str = "a page cannot be made to end here: the box is on a line, out of the flow, or in one that never breaks";
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
    if !styled.styles.iter().any(forces_break) {
        return;
    }
    // Boxes with what keeps pages from ending where they are.
    let mut pending: Vec<(&LayoutBox, Option<&str>)> =
        root.map(|root| (root, None)).into_iter().collect();
    while let Some((one, enclosed)) = pending.pop() {
        let style = styled.style(one.style);
        if let Some(message) = enclosed
            && forces_break(style)
            && let Some(span) = one.node.and_then(|node| document.span(node))
        {
            found.push(
                Diagnostic::warning("layout/enclosed-break", message)
                    .at(span, "")
                    .help("set the break on a box around it"),
            );
        }
        let clips = style.overflow == Overflow::Hidden
            && (style.height != Extent::Auto || style.max_height != Extent::Auto)
            || !style.transform.is_empty();
        let floats = is_float(style) && !is_as_wide_as_its_block(style);
        let inside = match enclosed {
            None if clips => Some(NEVER),
            None if floats => Some(BESIDE),
            enclosed => enclosed,
        };
        match &one.contents {
            Contents::Blocks(children) => {
                pending.extend(children.iter().map(|child| (child, inside)));
            }
            Contents::Flex(items) | Contents::Grid(items) => {
                pending.extend(items.iter().map(|item| (item, inside)));
            }
            Contents::Table(table) => {
                pending.extend(table.captions.iter().map(|caption| (caption, inside)));
                let rows = table.groups.iter().flat_map(|group| &group.rows);
                let cells = rows.flat_map(|row| &row.cells);
                pending.extend(cells.map(|cell| (&cell.content, inside)));
            }
            Contents::Inline(_) => {
                pending.extend(children_of(one).map(|child| (child, Some(NEVER))))
            }
            Contents::Columns(inner) => pending.push((&inner.content, inside)),
            Contents::Replaced(_) => {}
        }
        let out_of_flow = one.extra.iter().flat_map(|extra| &extra.out_of_flow);
        pending.extend(out_of_flow.map(|child| (child, Some(NEVER))));
    }
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
    let forces = |value: Break| !matches!(value, Break::Auto | Break::Avoid | Break::Column);
    forces(style.break_before) || forces(style.break_after)
}
