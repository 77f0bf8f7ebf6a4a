//! Lists: their counters and their items' markers (CSS Lists 3, HTML Living Standard 4.4.8).

use std::sync::Arc;

use crate::layout::boxes::{BoxExtra, InlineItem, Marker};
use crate::layout::page::{Artifact, Mark};
use crate::layout::structure::Role;
use crate::markup::{Document, NodeId};
use crate::style::{ComputedStyle, Content, ContentPart, Display, ListPosition, Pseudo, StyleId};

use super::boxes::Generator;
use super::content::marker_text;
use super::flow::Flow;
use super::info::named;
use super::tags::Around;

impl Generator<'_> {
    /// Counts the element: its `counter-*` properties, and the list counters of HTML 4.
    pub(super) fn count(&mut self, node: NodeId, style: &ComputedStyle) {
        let item: Arc<str> = Arc::from("list-item");
        let explicit = |list: &[(Arc<str>, i32)]| list.iter().any(|(name, _)| **name == *item);
        let number = |name: &str| {
            let element = self.document.element(node)?;
            element.attribute(name)?.trim().parse::<i32>().ok()
        };
        self.counters.apply(style);
        if is_list(self.document, node) {
            let reversed =
                self.document.element(node).is_some_and(|e| e.attribute("reversed").is_some());
            let step = if reversed { -1 } else { 1 };
            let items = || {
                let named_li = |id: &NodeId| named(self.document, *id) == Some("li");
                i32::try_from(self.document.children(node).filter(named_li).count()).unwrap_or(0)
            };
            let start = number("start").unwrap_or_else(|| if reversed { items() } else { 1 });
            self.list_steps.push(step);
            if !explicit(&style.counter_reset) {
                self.counters.reset(&item, start.saturating_sub(step));
            }
        } else if style.display == Display::ListItem && !explicit(&style.counter_increment) {
            match number("value") {
                Some(value) => self.counters.set(&item, value),
                None => {
                    let step = self.list_steps.last().copied().unwrap_or(1);
                    self.counters.increment(&item, step);
                }
            }
        }
    }

    /// The marker of a list item, and what is around the rest of it.
    pub(super) fn list_item(
        &mut self,
        flow: &mut Flow,
        extra: &mut BoxExtra,
        node: NodeId,
        style_id: StyleId,
        inner: &mut Around,
    ) {
        let is_item = matches!(inner.role, Role::ListItem | Role::TocItem);
        let tagged = is_item && inner.artifact.is_none();
        let before = self.tagger.structure.tags.len();
        let language = Arc::clone(&inner.language);
        let label =
            if tagged { self.tagger.add(Role::Label, &language, inner) } else { inner.clone() };
        let marker = self.marker(node, style_id, &label);
        self.own_label = None;
        let mut mark = label.mark();
        if marker.as_ref().is_some_and(is_decoration) && tagged {
            mark = Mark::Artifact(Artifact::Layout);
            self.tagger.structure.tags.truncate(before);
        }
        if marker.is_none() && tagged {
            match self.counts_before(node) {
                true => self.own_label = Some((node, label.clone())),
                false => self.tagger.structure.tags.truncate(before),
            }
        }
        if tagged && inner.role == Role::ListItem {
            *inner = self.tagger.add(Role::ListBody, &language, inner);
        }
        flow.around = inner.clone();
        let Some(marker) = marker else { return };
        match self.styled.style(style_id).list_position {
            ListPosition::Outside => extra.marker = Some(marker),
            ListPosition::Inside => {
                let computed = self.styles.get(marker.style).clone();
                let mut text = format!("{} ", marker.inline.text);
                for item in marker.inline.items {
                    if let InlineItem::Atomic(picture) = item {
                        flow.line.atomic(*picture);
                        text = " ".to_owned();
                    }
                }
                flow.line.text(&text, marker.style, &computed, mark);
            }
        }
    }
}

/// Whether a marker is a picture that says nothing.
fn is_decoration(marker: &Marker) -> bool {
    marker.inline.items.iter().any(|item| match item {
        InlineItem::Atomic(picture) => matches!(picture.mark, Mark::Artifact(_)),
        _ => false,
    })
}

impl Generator<'_> {
    /// How the picture of a marker is marked. It stands for what the list would show without it: that
    /// is read instead (ISO 32000-1 14.9.4). Where there would be nothing, it is decoration.
    pub(super) fn picture_marker(&mut self, style: &ComputedStyle, around: &Around) -> Mark {
        if around.artifact.is_some() || around.role != Role::Label {
            return around.mark();
        }
        let words = marker_text(self.counters.value("list-item"), &style.list_style);
        if words.trim().is_empty() {
            return Mark::Artifact(Artifact::Layout);
        }
        self.tagger.structure.extra(around.tag).actual_text = Some(Arc::from(words.trim()));
        around.mark()
    }

    /// Whether an item's `::before` prints a counter, as lists do that number their items
    /// themselves (1.1, 1.2).
    fn counts_before(&self, node: NodeId) -> bool {
        let Some(style) = self.styled.pseudo_of(node, Pseudo::Before) else { return false };
        let style = self.styled.style(style);
        let counts = |part: &ContentPart| {
            matches!(part, ContentPart::Counter { .. } | ContentPart::Counters { .. })
        };
        style.display != Display::None
            && matches!(&style.content, Content::Parts(parts) if parts.iter().any(counts))
    }
}

/// Whether an element is a list whose items count.
pub(super) fn is_list(document: &Document, node: NodeId) -> bool {
    matches!(named(document, node), Some("ol" | "ul" | "menu"))
}
