//! Footnotes: the call that stays in the text, and the note that leaves it (CSS GCPM 3 §2).
//!
//! The call is a `Reference` holding a `Link` to the note; the note is a `Note` right after it,
//! whose number is its label and a link back (ISO 32000-1 14.8.4.4.1, ISO 14289-1 7.9).

use std::sync::Arc;

use crate::layout::boxes::{
    BoxExtra, Contents, Inline, InlineItem, LayoutBox, LinkRef, Marker, Note,
};
use crate::layout::page::Target;
use crate::layout::structure::Role;
use crate::markup::{NodeData, NodeId};
use crate::style::*;

use super::boxes::{Generator, boxed};
use super::flow::Flow;
use super::info::collapse;
use super::inline::InlineBuilder;
use super::lists::is_list;
use super::pictures::is_replaced;
use super::tags::Around;

/// The counter of footnotes.
pub(super) const FOOTNOTE: &str = "footnote";

/// Keeps a call on the line of the word before it.
const WORD_JOINER: &str = "\u{2060}";

/// The words of a note that are read for its call.
const LONGEST_CONTENTS: usize = 240;

impl Generator<'_> {
    /// Whether an element with `float: footnote` can leave the text. Reports it where it cannot.
    pub(super) fn can_be_note(&mut self, node: NodeId, around: &Around) -> bool {
        if around.artifact.is_some() {
            let message = "a footnote in running matter, or in what is hidden from some readers, has no page's foot to go to: it stays where it is";
            self.warn(node, "layout/footnote-place", message);
            return false;
        }
        if self.in_note {
            let message = "a footnote inside a footnote stays in the text of the outer one";
            self.warn(node, "layout/nested-footnote", message);
            return false;
        }
        true
    }

    /// Leaves the call of a footnote on the line and keeps the note.
    pub(super) fn footnote(
        &mut self,
        flow: &mut Flow,
        node: NodeId,
        style_id: StyleId,
        around: &Around,
    ) {
        let style = self.styled.style(style_id);
        let around = self.paragraph_around(flow, around);
        let around = self.outside_link(&around);
        self.count_note(node, style);
        let number = self.notes.len() + 1;
        // Names of elements have no spaces.
        let call: Arc<str> = format!("note call {number}").into();
        let name: Arc<str> = format!("note {number}").into();
        self.call(flow, node, (&call, &name), &around);
        let mut content = self.note_box(node, style_id, &call, &around);
        content.extra.get_or_insert_default().anchors.push(name);
        self.notes.push(Note { call, content, policy: style.footnote_policy });
    }

    /// A footnote inside a link is not part of it: its call has a link of its own.
    fn outside_link(&self, around: &Around) -> Around {
        let mut outside = Around { link: None, page: None, ..around.clone() };
        while self.tagger.structure.tag(outside.tag).role == Role::Link {
            outside.tag = self.tagger.structure.tag(outside.tag).parent;
            outside.role = self.tagger.structure.tag(outside.tag).role;
        }
        outside
    }

    fn count_note(&mut self, node: NodeId, style: &ComputedStyle) {
        let footnote: Arc<str> = Arc::from(FOOTNOTE);
        self.count(node, style);
        if let Some(number) = self.references.notes.get(self.notes.len()) {
            self.counters.set(&footnote, *number);
        } else if !style.counter_increment.iter().any(|(name, _)| *name == footnote) {
            self.counters.increment(&footnote, 1);
        }
    }

    fn call(
        &mut self,
        flow: &mut Flow,
        node: NodeId,
        (call, note): (&Arc<str>, &Arc<str>),
        around: &Around,
    ) {
        flow.line.anchor(Arc::clone(call));
        let Some(style) = self.styled.pseudo_of(node, Pseudo::FootnoteCall) else { return };
        let computed = self.styles.get(style).clone();
        let Content::Parts(parts) = &computed.content else { return };
        let reference = self.tagger.add(Role::Reference, &around.language, around);
        let link = self.tagger.add(Role::Link, &around.language, &reference);
        let mut contents = self.text_without_notes(node);
        if let Some((end, _)) = contents.char_indices().nth(LONGEST_CONTENTS) {
            contents.truncate(end);
            contents.push('…');
        }
        // A note of a picture alone: its number, since a link has to say something (ISO 14289-1
        // 7.18.5).
        if contents.is_empty() {
            contents = self.content_text(parts, node).trim().to_owned();
        }
        let target = Target::Anchor(Arc::clone(note));
        let contents = Arc::from(contents);
        flow.line.open(style, Some(LinkRef { target, tag: Some(link.tag), contents }));
        flow.line.text(WORD_JOINER, style, &computed, link.mark());
        self.content(flow, style, parts, node, &link);
        flow.line.close();
    }

    fn note_box(
        &mut self,
        node: NodeId,
        style_id: StyleId,
        call: &Arc<str>,
        around: &Around,
    ) -> LayoutBox {
        let style = self.styled.style(style_id);
        let mut inner = self.tagger.add(Role::Note, &style.language, around);
        let id = self.document.element(node).and_then(|element| element.id.as_deref());
        self.tagger.name_note(inner.tag, id);
        if inner.artifact.is_none() {
            self.access.note(self.document, node);
        }
        self.tagger.structure.extra(inner.tag).stands_apart = true;
        let mut extra = self.extra(node, style, around, &mut inner);
        let block = self.styles.footnote(style_id);
        let mut flow = Flow::new(block, inner.clone());
        let marker = self.note_marker(node, call, &inner, &mut extra);
        self.in_note = true;
        self.absolute.push(Vec::new());
        let is_picture = self.document.element(node).is_some_and(is_replaced);
        match is_picture.then(|| self.picture(node, &inner)) {
            Some(picture) => picture.into_iter().for_each(|picture| flow.line.atomic(picture)),
            None => self.children(&mut flow, node, &inner),
        }
        let out_of_flow = self.absolute.pop().unwrap_or_default();
        self.in_note = false;
        if is_list(self.document, node) {
            self.list_steps.pop();
        }
        extra.out_of_flow.extend(out_of_flow);
        let mut content = self.finish_flow(flow, block, Some(node), &inner, extra);
        if let Some(marker) = marker {
            self.begin_with(&mut content, marker, &inner);
        }
        let outer = self.styles.anonymous(block, Display::FlowRoot);
        boxed(outer, None, &inner, Contents::Blocks(vec![content]), BoxExtra::default())
    }

    /// The number before a note, which leads back to its call. One that stands outside the note's
    /// box goes into `extra`.
    fn note_marker(
        &mut self,
        node: NodeId,
        call: &Arc<str>,
        around: &Around,
        extra: &mut BoxExtra,
    ) -> Option<Inline> {
        let style = self.styled.pseudo_of(node, Pseudo::FootnoteMarker)?;
        let computed = self.styles.get(style).clone();
        let Content::Parts(parts) = &computed.content else { return None };
        let label = self.tagger.add(Role::Label, &around.language, around);
        let link = self.tagger.add(Role::Link, &around.language, &label);
        let text = self.content_text(parts, node);
        let target = Target::Anchor(Arc::clone(call));
        let contents = Arc::from(text.trim());
        let mut line = InlineBuilder::default();
        line.open(style, Some(LinkRef { target, tag: Some(link.tag), contents }));
        line.text(&text, style, &computed, link.mark());
        line.close();
        let mut inline = line.finish().ok()?;
        if computed.list_position == ListPosition::Outside {
            extra.marker = Some(Marker { inline, style });
            return None;
        }
        // A space at the end was taken for the end of a line.
        if text.ends_with(char::is_whitespace) {
            inline.text.push(' ');
            let last = inline.items.iter_mut().rev().find_map(|item| match item {
                InlineItem::Text { range, .. } => Some(range),
                _ => None,
            });
            last.into_iter().for_each(|range| range.end += 1);
        }
        Some(inline)
    }

    /// Puts `marker` before the first line of a box, or as a line of its own where the box begins
    /// with something else.
    fn begin_with(&mut self, content: &mut LayoutBox, marker: Inline, around: &Around) {
        if let Err(marker) = prepend(content, marker) {
            let style = self.styles.anonymous(content.style, Display::Block);
            let line = Contents::Inline(Box::new(marker));
            let line = boxed(style, None, around, line, BoxExtra::default());
            if let Contents::Blocks(children) = &mut content.contents {
                children.insert(0, line);
            }
        }
    }

    /// An element's text without its footnotes, white space collapsed.
    pub(super) fn text_without_notes(&self, node: NodeId) -> String {
        let mut text = String::new();
        let mut pending = vec![node];
        while let Some(id) = pending.pop() {
            match &self.document.node(id).data {
                NodeData::Text(part) => text.push_str(part),
                NodeData::Element(_) if id != node && self.is_note(id) => continue,
                _ => {}
            }
            let at = pending.len();
            pending.extend(self.document.children(id));
            pending[at..].reverse();
        }
        collapse(&text)
    }

    fn is_note(&self, node: NodeId) -> bool {
        self.styled.of(node).float == Float::Footnote
    }
}

/// Puts text before the first line of a box; gives it back where there is none.
fn prepend(content: &mut LayoutBox, marker: Inline) -> Result<(), Inline> {
    let mut first = content;
    loop {
        match &mut first.contents {
            Contents::Blocks(children) => match children.first_mut() {
                Some(child) => first = child,
                None => return Err(marker),
            },
            Contents::Inline(inline) => {
                join(marker, inline);
                return Ok(());
            }
            _ => return Err(marker),
        }
    }
}

/// Puts `before` in front of the text and happenings of `inline`.
fn join(before: Inline, inline: &mut Inline) {
    let length = u32::try_from(before.text.len()).unwrap_or(u32::MAX);
    inline.text.insert_str(0, &before.text);
    for item in &mut inline.items {
        if let InlineItem::Text { range, .. } = item {
            *range = range.start.saturating_add(length)..range.end.saturating_add(length);
        }
    }
    inline.items.splice(0..0, before.items);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::page::Mark;
    use crate::layout::structure::TagId;

    fn inline(words: &str) -> Inline {
        let item = InlineItem::Text {
            range: 0..u32::try_from(words.len()).unwrap_or(0),
            style: StyleId(0),
            mark: Mark::Tagged(TagId::DOCUMENT),
            actual_text: None,
        };
        Inline { text: words.to_owned(), items: vec![item] }
    }

    #[test]
    fn join_keeps_the_ranges_of_both_texts() {
        let mut text = inline("Where it was said.");
        join(inline("1. "), &mut text);
        assert_eq!(text.text, "1. Where it was said.");
        let ranges: Vec<&str> = text
            .items
            .iter()
            .filter_map(|item| match item {
                InlineItem::Text { range, .. } => {
                    text.text.get(range.start as usize..range.end as usize)
                }
                _ => None,
            })
            .collect();
        assert_eq!(ranges, ["1. ", "Where it was said."]);
    }
}
