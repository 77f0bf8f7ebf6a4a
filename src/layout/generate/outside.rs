//! Elements that leave the flow: running elements, positioned boxes, footnotes and floats (CSS 2.2 9.3,
//! 9.5, 9.6).

use std::sync::Arc;

use crate::layout::boxes::{LayoutBox, STATIC_BLOCK, STATIC_PLACE};
use crate::layout::page::Artifact;
use crate::markup::NodeId;
use crate::style::{ComputedStyle, Display, Extent, Float, Position, StyleId};

use super::boxes::{Generator, RunningElement};
use super::floats::is_float;
use super::flow::Flow;
use super::tags::Around;

impl Generator<'_> {
    /// Makes the box of an element that leaves the flow; `false` when it stays in it.
    pub(super) fn leaves_the_flow(
        &mut self,
        flow: &mut Flow,
        node: NodeId,
        style_id: StyleId,
        around: &Around,
    ) -> bool {
        let style = self.styled.style(style_id);
        match style.position {
            Position::Running => self.running_element(flow, node, style, around),
            Position::Absolute => {
                let Some(mut content) = self.level(node, around) else { return true };
                if has_static_side(style) {
                    let name = self.static_place(flow, style);
                    content.extra.get_or_insert_default().static_place = Some(name);
                }
                self.out_of_flow(content);
            }
            // What every page shows is running matter.
            Position::Fixed => {
                let around = running_matter(around);
                let content = self.level(node, &around);
                content.into_iter().for_each(|content| self.out_of_flow(content));
            }
            Position::Static | Position::Relative => {
                if style.float == Float::Footnote && self.can_be_note(node, around) {
                    self.footnote(flow, node, style_id, around);
                } else if !flow.blockifies && is_float(style) && style.display != Display::Contents
                {
                    // Flex and grid items do not float (CSS Flexbox 1 §3).
                    self.floating(flow, node, around);
                } else {
                    return false;
                }
            }
        }
        true
    }

    fn floating(&mut self, flow: &mut Flow, node: NodeId, around: &Around) {
        let on_line = flow.line.has_content();
        let inside = self.float_around(flow, around);
        let before = self.tagger.structure.tags.len();
        if let Some(content) = self.level(node, &inside) {
            self.float(flow, content);
        }
        if on_line {
            self.tagger.mark_floats(before, inside.tag);
            flow.behind_float = Some((self.paragraph(flow, around).tag, None));
        }
    }

    /// Marks where an absolutely positioned box would stand in the flow.
    fn static_place(&mut self, flow: &mut Flow, style: &ComputedStyle) -> Arc<str> {
        let number = self.static_places;
        self.static_places += 1;
        if flow.blockifies {
            let name: Arc<str> = Arc::from(format!("{STATIC_PLACE}{number}"));
            flow.extra.anchors.push(Arc::clone(&name));
            return name;
        }
        let name: Arc<str> = match style.inline_before {
            true => Arc::from(format!("{STATIC_PLACE}{number}")),
            false => Arc::from(format!("{STATIC_PLACE}{STATIC_BLOCK}{number}")),
        };
        flow.line.anchor(Arc::clone(&name));
        name
    }

    fn running_element(
        &mut self,
        flow: &mut Flow,
        node: NodeId,
        style: &ComputedStyle,
        around: &Around,
    ) {
        let Some(name) = style.running_name.clone() else { return };
        let around = running_matter(around);
        self.absolute.push(Vec::new());
        let content = self.block(node, &around);
        self.absolute.pop();
        let index = self.running.len();
        self.running.push(RunningElement { name, content });
        // It starts where the block before it ends, or where its container starts.
        let extra = match flow.blocks.last_mut() {
            Some(last) => last.extra.get_or_insert_default(),
            None => &mut flow.extra,
        };
        extra.running.push(u32::try_from(index).unwrap_or(u32::MAX));
    }

    /// Keeps an absolutely positioned box for its containing block.
    pub(super) fn out_of_flow(&mut self, content: LayoutBox) {
        if self.styles.get(content.style).position == Position::Fixed {
            return self.fixed.push(content);
        }
        if let Some(last) = self.absolute.last_mut() {
            last.push(content);
        }
    }
}

/// Whether a box out of the flow leaves it to the flow where it stands, in one direction at least.
fn has_static_side(style: &ComputedStyle) -> bool {
    let is_auto = |one, other| one == Extent::Auto && other == Extent::Auto;
    let inset = style.inset;
    is_auto(inset.left, inset.right) || is_auto(inset.top, inset.bottom)
}

/// What is around running matter: it is on pages, not in the document.
fn running_matter(around: &Around) -> Around {
    Around { artifact: Some(Artifact::Pagination), link: None, ..around.clone() }
}
