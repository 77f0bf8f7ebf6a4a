//! `-dossier-fit` where it has no effect: only block containers are set in smaller letters.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Diagnostics};
use crate::markup::{Document, NodeId};
use crate::style::{ComputedStyle, Display, Float, Position, Styled};

use super::info::named;

/// Reports elements that ask for letters that fit and are no block containers, one for each look.
pub(super) fn check_fits(document: &Document, styled: &Styled, found: &mut Diagnostics) {
    if styled.styles.iter().all(|style| style.fit.is_none()) {
        return;
    }
    let mut seen = BTreeSet::new();
    for (index, id) in styled.of_node.iter().enumerate() {
        let node = NodeId(u32::try_from(index).unwrap_or(u32::MAX));
        let style = styled.style(*id);
        if style.fit.is_none() || document.element(node).is_none() {
            continue;
        }
        let parent =
            document.node(node).parent.map(|parent| styled.style(styled.of_node[parent.index()]));
        if is_made_a_block(style, parent) {
            continue;
        }
        let Some((what, help)) = ignores(style, named(document, node)) else { continue };
        if !seen.insert(*id) {
            continue;
        }
        let message = format!("`-dossier-fit` has no effect on {what}");
        let finding = Diagnostic::warning("layout/fit-ignored", message).help(help);
        found.push(match document.span(node) {
            Some(span) => finding.at(span, ""),
            None => finding,
        });
    }
}

/// Whether an inline element is a block because of where it stands (CSS 2.2 9.7, CSS Flexbox 1 §4).
fn is_made_a_block(style: &ComputedStyle, parent: Option<&ComputedStyle>) -> bool {
    let is_arranged = parent.is_some_and(|parent| {
        use Display::{Flex, Grid, InlineFlex, InlineGrid};
        matches!(parent.display, Flex | Grid | InlineFlex | InlineGrid)
    });
    let is_out = matches!(style.position, Position::Absolute | Position::Fixed);
    style.display == Display::Inline && (style.float != Float::None || is_out || is_arranged)
}

/// What a box is whose letters are not made smaller, and what to do instead.
fn ignores(style: &ComputedStyle, name: Option<&str>) -> Option<(&'static str, &'static str)> {
    const AROUND: &str = "set it on a block around the container, or on the blocks in it";
    if matches!(name, Some("img" | "svg")) && style.display != Display::None {
        return Some(("a picture", "give the picture less width (max-width: 100%)"));
    }
    let is_in_columns =
        style.columns.as_ref().is_some_and(|own| own.count.is_some() || own.width.is_some());
    match style.display {
        Display::Flex | Display::InlineFlex => Some(("a flex container", AROUND)),
        Display::Grid | Display::InlineGrid => Some(("a grid container", AROUND)),
        Display::Table | Display::InlineTable => Some((
            "a table",
            "let the table fit itself with `-dossier-table-fit: shrink`, or set it on its cells",
        )),
        Display::TableRow
        | Display::TableRowGroup
        | Display::TableHeaderGroup
        | Display::TableFooterGroup => Some(("a part of a table", "set it on the cells")),
        Display::Inline => Some((
            "a part of a line",
            "set it on the block around the line, or make a block of it (display: inline-block)",
        )),
        _ if is_in_columns => {
            Some(("a text in columns", "set the text in fewer columns, or in smaller letters"))
        }
        _ => None,
    }
}
