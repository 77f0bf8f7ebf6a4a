//! What an element is: HTML and ARIA names → structure types (ISO 32000-1 14.8.4).

use crate::layout::structure::Role;
use crate::markup::{Document, Element, NodeId};

use super::info::named;
use super::tags::Around;

/// The structure type of the element at `node` inside `around`; `None` for elements that mean
/// nothing by themselves.
pub fn role_of(
    document: &Document,
    node: NodeId,
    element: &Element,
    around: &Around,
) -> Option<Role> {
    if let Some(name) = element.attribute("role") {
        match name.trim() {
            "presentation" | "none" => return None,
            "heading" => return Some(Role::Heading(heading_level(element))),
            "doc-toc" => return Some(contents_list(document, node)),
            name => {
                if let Some(role) = by_aria_role(name) {
                    return Some(role);
                }
            }
        }
    }
    by_name(document, node, element, around)
}

/// The level of an element with the role of a heading; 2 unless it says so (WAI-ARIA 1.2).
fn heading_level(element: &Element) -> u8 {
    let level = element.attribute("aria-level").and_then(|level| level.trim().parse().ok());
    level.unwrap_or(2u8).clamp(1, 6)
}

/// A table of contents: the list itself is the `TOC`, and what holds list and heading a section,
/// since a `TOC` has items and a caption only (ISO 32000-1 table 333).
fn contents_list(document: &Document, node: NodeId) -> Role {
    let is_list = |id| matches!(named(document, id), Some("ul" | "ol" | "menu"));
    let mut pending = document.children(node).collect::<Vec<_>>();
    let mut holds_list = false;
    while let Some(id) = pending.pop() {
        holds_list |= is_list(id);
        if !holds_list {
            pending.extend(document.children(id));
        }
    }
    if holds_list && !is_list(node) { Role::Sect } else { Role::Toc }
}

/// Roles of WAI-ARIA 1.2 and DPUB-ARIA 1.1 that have a structure type.
fn by_aria_role(name: &str) -> Option<Role> {
    Some(match name {
        "doc-part" => Role::Part,
        "article" => Role::Art,
        "region"
        | "navigation"
        | "doc-abstract"
        | "doc-acknowledgments"
        | "doc-afterword"
        | "doc-appendix"
        | "doc-bibliography"
        | "doc-chapter"
        | "doc-colophon"
        | "doc-conclusion"
        | "doc-credits"
        | "doc-endnotes"
        | "doc-epilogue"
        | "doc-foreword"
        | "doc-glossary"
        | "doc-introduction"
        | "doc-preface"
        | "doc-prologue" => Role::Sect,
        "doc-index" => Role::Index,
        "doc-footnote" | "doc-endnote" | "note" => Role::Note,
        "doc-biblioentry" => Role::BibEntry,
        "doc-pullquote" | "blockquote" => Role::BlockQuote,
        "doc-subtitle" | "paragraph" => Role::Paragraph,
        "code" => Role::Code,
        "img" => Role::Figure,
        "math" => Role::Formula,
        _ => return None,
    })
}

fn by_name(document: &Document, node: NodeId, element: &Element, around: &Around) -> Option<Role> {
    let in_table = matches!(around.role, Role::Table);
    let in_rows = matches!(around.role, Role::TableHead | Role::TableBody | Role::TableFoot);
    Some(match &*element.name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "p" | "pre" | "dt" | "dd" | "figcaption" | "summary" | "legend" | "address" => {
            paragraph_like(document, node, element, around)
        }
        "ul" | "ol" | "menu" if around.in_toc && around.role == Role::Toc => return None,
        "ul" | "ol" | "menu" if around.in_toc => Role::Toc,
        "ul" | "ol" | "menu" | "dl" => Role::List,
        "li" if around.role == Role::Toc => Role::TocItem,
        "li" if around.role == Role::List => Role::ListItem,
        "table" => Role::Table,
        "caption" if in_table => Role::Caption,
        "thead" if in_table => Role::TableHead,
        "tbody" if in_table => Role::TableBody,
        "tfoot" if in_table => Role::TableFoot,
        "tr" if in_table || in_rows => Role::TableRow,
        "th" if around.role == Role::TableRow => Role::TableHeaderCell,
        "td" if around.role == Role::TableRow => Role::TableDataCell,
        "figure" | "aside" => Role::Div,
        "blockquote" => Role::BlockQuote,
        "q" => Role::Quote,
        "code" | "kbd" | "samp" => Role::Code,
        "a" if element.attribute("href").is_some() => Role::Link,
        "abbr" if expansion(element).is_some() => Role::Span,
        "section" | "nav" => Role::Sect,
        "article" => Role::Art,
        _ => return None,
    })
}

/// `p` and elements that are paragraphs unless something more exact holds.
fn paragraph_like(document: &Document, node: NodeId, element: &Element, around: &Around) -> Role {
    match &*element.name {
        "figcaption" if around.role == Role::Figure || around.in_figure => Role::Caption,
        "dt" if around.role == Role::List => Role::Label,
        "dd" if around.role == Role::List => Role::ListBody,
        "address" | "dd" if has_block_child(document, node) => Role::Div,
        _ => Role::Paragraph,
    }
}

/// Whether an element holds blocks of its own.
pub fn has_block_child(document: &Document, node: NodeId) -> bool {
    const BLOCKS: [&str; 12] =
        ["p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "pre", "figure"];
    document.children(node).any(|id| named(document, id).is_some_and(|name| BLOCKS.contains(&name)))
}

/// What an `abbr` stands for: its `title`.
pub fn expansion(element: &Element) -> Option<&str> {
    let title = element.attribute("title").filter(|_| &*element.name == "abbr")?.trim();
    (!title.is_empty()).then_some(title)
}

/// The elements that have to stand between an element of type `around` and one of type `role` (ISO
/// 32000-1 tables 333 and 336): lists have nothing but items, items nothing but label and body.
pub fn between(around: Role, role: Role) -> &'static [Role] {
    use Role::{Caption, Label, List, ListBody, ListItem, Toc, TocItem};
    match (around, role) {
        (List, List | ListItem | Caption) | (ListItem, Label | ListBody) => &[],
        (Toc, Toc | TocItem | Caption) => &[],
        (List, Label | ListBody) => &[ListItem],
        (List, _) => &[ListItem, ListBody],
        (ListItem, _) => &[ListBody],
        (Toc, _) => &[TocItem],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_paragraph_in_a_list_gets_item_and_body() {
        assert_eq!(between(Role::List, Role::Paragraph), [Role::ListItem, Role::ListBody]);
        assert_eq!(between(Role::List, Role::ListItem), []);
        assert_eq!(between(Role::ListItem, Role::List), [Role::ListBody]);
        assert_eq!(between(Role::Div, Role::Paragraph), []);
    }
}
