//! Block containers while they are filled: text gathers on lines, lines in paragraphs, and blocks
//! between them (CSS 2.2 9.2.1, 9.4).

use std::sync::Arc;

use crate::layout::boxes::{BoxExtra, Contents, LayoutBox, STATIC_PLACE};
use crate::layout::structure::{Role, TagId};
use crate::markup::NodeId;
use crate::style::{Display, StyleId, WhiteSpace};

use super::boxes::{Generator, boxed};
use super::inline::InlineBuilder;
use super::tags::Around;

/// A block container that is being filled.
pub(super) struct Flow {
    pub(super) style: StyleId,
    pub(super) around: Around,
    pub(super) blocks: Vec<LayoutBox>,
    pub(super) line: InlineBuilder,
    /// The paragraph that text has begun, and the element that the text stands right in.
    pub(super) paragraph: Option<(TagId, Around)>,
    /// The element in whose text a float was met, and the one of the text behind the float.
    pub(super) behind_float: Option<(TagId, Option<Around>)>,
    /// Inside flex and grid containers every child is a block of its own (CSS Flexbox 1 §4).
    pub(super) blockifies: bool,
    /// The style of the first letter that is still to come (`::first-letter`).
    pub(super) first_letter: Option<StyleId>,
    /// Names that belong to the container.
    pub(super) extra: BoxExtra,
}

impl Flow {
    pub(super) fn new(style: StyleId, around: Around) -> Flow {
        Flow {
            style,
            around,
            blocks: Vec::new(),
            line: InlineBuilder::default(),
            paragraph: None,
            behind_float: None,
            blockifies: false,
            first_letter: None,
            extra: BoxExtra::default(),
        }
    }
}

impl Generator<'_> {
    pub(super) fn text(&mut self, flow: &mut Flow, node: NodeId, text: &str, around: &Around) {
        let style = self.styled.of_node[node.index()];
        let blank = text.chars().all(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
        let computed = self.styled.style(style);
        let preserved = matches!(
            computed.white_space,
            WhiteSpace::Pre | WhiteSpace::PreWrap | WhiteSpace::BreakSpaces
        );
        if blank && !flow.line.has_content() && (!preserved || flow.blockifies) {
            return;
        }
        if !blank && around.role == Role::List && around.artifact.is_none() {
            self.access.list_content(self.document, node);
        }
        // A space between inline elements belongs to their paragraph; it starts none.
        let around = match blank {
            true => {
                let around = self.open_paragraph(flow, around).unwrap_or_else(|| around.clone());
                self.behind_float(flow, around)
            }
            false => self.paragraph_around(flow, around),
        };
        let text = if blank { text } else { self.first_letter(flow, text, &around) };
        flow.line.text(text, style, computed, around.mark());
    }

    /// What is around text on the line: a paragraph of its own where only grouping elements are.
    pub(super) fn paragraph_around(&mut self, flow: &mut Flow, around: &Around) -> Around {
        let paragraph = self.paragraph(flow, around);
        self.behind_float(flow, paragraph)
    }

    /// Text behind a float that stands in the same element as text before it has an element of its
    /// own: the float is painted where there is room, and is read between the two.
    fn behind_float(&mut self, flow: &mut Flow, around: Around) -> Around {
        match &mut flow.behind_float {
            Some((tag, behind)) if *tag == around.tag && around.artifact.is_none() => {
                let tagger = &mut self.tagger;
                let new = || tagger.add(Role::Span, &around.language, &around);
                behind.get_or_insert_with(new).clone()
            }
            _ => around,
        }
    }

    pub(super) fn paragraph(&mut self, flow: &mut Flow, around: &Around) -> Around {
        let Some(role) = around.paragraph_role() else { return around.clone() };
        if let Some(paragraph) = self.open_paragraph(flow, around) {
            return paragraph;
        }
        let language = Arc::clone(&self.styles.get(flow.style).language);
        let paragraph = self.tagger.add(role, &language, around);
        flow.paragraph = Some((around.tag, paragraph.clone()));
        paragraph
    }

    /// The paragraph that text right in `around` has begun.
    fn open_paragraph(&self, flow: &Flow, around: &Around) -> Option<Around> {
        let (outer, paragraph) = flow.paragraph.as_ref()?;
        (*outer == around.tag).then(|| paragraph.clone())
    }

    /// Ends the line's paragraph and adds a block after it.
    pub(super) fn push_block(&mut self, flow: &mut Flow, content: LayoutBox) {
        self.flush(flow);
        flow.blocks.push(content);
    }

    pub(super) fn flush(&mut self, flow: &mut Flow) {
        match flow.line.finish() {
            Ok(inline) => {
                let style = self.styles.anonymous(flow.style, Display::Block);
                let around = flow.paragraph.as_ref().map_or(&flow.around, |(_, around)| around);
                let contents = Contents::Inline(Box::new(inline));
                flow.blocks.push(boxed(style, None, around, contents, BoxExtra::default()));
            }
            Err(anchors) => self.between_blocks(flow, anchors),
        }
        (flow.paragraph, flow.behind_float) = (None, None);
    }

    /// Anchors without a line. Static positions between blocks are boxes without height, which
    /// measuring takes out again.
    fn between_blocks(&mut self, flow: &mut Flow, anchors: Vec<Arc<str>>) {
        let is_static = |name: &Arc<str>| name.starts_with(STATIC_PLACE);
        let (places, names): (Vec<_>, Vec<_>) = anchors.into_iter().partition(is_static);
        flow.extra.anchors.extend(names);
        if flow.blocks.is_empty() {
            flow.extra.anchors.extend(places);
        } else if !places.is_empty() {
            let style = self.styles.anonymous(flow.style, Display::Block);
            let extra = BoxExtra { anchors: places, ..BoxExtra::default() };
            let contents = Contents::Blocks(Vec::new());
            flow.blocks.push(boxed(style, None, &flow.around, contents, extra));
        }
    }

    /// The block container that `flow` filled.
    pub(super) fn finish_flow(
        &mut self,
        mut flow: Flow,
        style: StyleId,
        node: Option<NodeId>,
        around: &Around,
        extra: BoxExtra,
    ) -> LayoutBox {
        if !flow.blocks.is_empty() {
            self.flush(&mut flow);
            let contents = Contents::Blocks(flow.blocks);
            return boxed(style, node, around, contents, merged(extra, flow.extra));
        }
        let (contents, anchors) = match flow.line.finish() {
            Ok(inline) => (Contents::Inline(Box::new(inline)), Vec::new()),
            Err(anchors) => (Contents::Blocks(Vec::new()), anchors),
        };
        let around = flow.paragraph.as_ref().map_or(around, |(_, around)| around);
        flow.extra.anchors.extend(anchors);
        boxed(style, node, around, contents, merged(extra, flow.extra))
    }
}

pub(super) fn merged(mut extra: BoxExtra, inner: BoxExtra) -> BoxExtra {
    if inner.is_empty() {
        return extra;
    }
    extra.anchors.extend(inner.anchors);
    extra.strings.extend(inner.strings);
    extra.counters.extend(inner.counters);
    extra.running.extend(inner.running);
    extra.out_of_flow.extend(inner.out_of_flow);
    extra
}
