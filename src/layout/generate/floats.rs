//! Floating boxes in the box tree (CSS 2.2 9.5): among the blocks, or within a line of text.

use crate::layout::boxes::LayoutBox;
use crate::style::{ComputedStyle, Float};

use super::boxes::Generator;
use super::flow::Flow;
use super::tags::Around;

impl Generator<'_> {
    /// What is around a floating box: the paragraph that it is met in, so that it is read there.
    pub(super) fn float_around(&mut self, flow: &mut Flow, around: &Around) -> Around {
        if flow.line.has_content() {
            return self.paragraph_around(flow, around);
        }
        around.clone()
    }

    /// Keeps a floating box where it was met. Before the first letter of a paragraph it stands
    /// among the blocks, which comes to the same place and leaves the paragraph plain.
    pub(super) fn float(&mut self, flow: &mut Flow, mut content: LayoutBox) {
        // The link of an inline element reaches over its text only.
        if let Some(link) = flow.line.link().cloned() {
            content.extra.get_or_insert_default().link.get_or_insert(link);
        }
        if flow.line.has_content() {
            flow.line.float(content);
        } else {
            flow.blocks.push(content);
        }
    }
}

/// Whether a box of that style floats, where nothing keeps it from doing so.
pub(super) fn is_float(style: &ComputedStyle) -> bool {
    matches!(style.float, Float::Left | Float::Right)
}
