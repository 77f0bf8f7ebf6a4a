//! What elements are called for those who do not see them: `aria-labelledby`, `aria-label`, and what
//! pictures have besides (WAI-ARIA 1.2 5.2.8, Accessible Name and Description Computation 1.1).

use std::sync::Arc;

use crate::layout::structure::Role;
use crate::markup::{Document, NodeId};
use crate::near::nearest;
use crate::style::ComputedStyle;

use super::boxes::Generator;
use super::info::{collapse, named};
use super::tags::Around;

impl Generator<'_> {
    /// What is around the contents of the element `node`: a new structure element with its label
    /// where it has one.
    pub(super) fn enter(&mut self, node: NodeId, style: &ComputedStyle, around: &Around) -> Around {
        let entered = self.tagger.enter(self.document, node, style, around);
        if entered.tag == around.tag {
            return entered;
        }
        self.check_label(node);
        if let Some(label) = self.labelled_by(node).or_else(|| own_label(self.document, node)) {
            let extra = self.tagger.structure.extra(entered.tag);
            match entered.role {
                Role::Figure | Role::Formula => extra.alt = Some(label),
                Role::Table => extra.summary = Some(label),
                _ => extra.title = Some(label),
            }
        }
        entered
    }

    /// The description of an `img` or `svg` element: what `aria-labelledby` refers to, `alt`,
    /// `aria-label`, or the drawing's own `title` and `desc`. `None` for other elements and where
    /// there is none; an empty one says that the picture is not content.
    pub(super) fn picture_alt(&self, node: NodeId) -> Option<Arc<str>> {
        let is_picture = matches!(named(self.document, node), Some("img" | "svg"));
        let label = is_picture.then(|| self.labelled_by(node)).flatten();
        label.or_else(|| own_alt(self.document, node))
    }

    /// Whether a picture says of itself that it is not content.
    pub(super) fn is_decoration(&self, picture: NodeId) -> bool {
        let Some(element) = self.document.element(picture) else { return false };
        element.attribute("aria-hidden") == Some("true")
            || matches!(element.attribute("role"), Some("presentation" | "none"))
            || self.picture_alt(picture).as_deref() == Some("")
    }

    /// The text of the elements that `aria-labelledby` names, in its order.
    fn labelled_by(&self, node: NodeId) -> Option<Arc<str>> {
        let names = self.document.element(node)?.attribute("aria-labelledby")?;
        let elements = names.split_ascii_whitespace().filter_map(|name| self.ids.get(name));
        let texts = elements.map(|id| text_of(self.document, *id));
        let texts: Vec<Arc<str>> = texts.filter(|text| !text.is_empty()).collect();
        (!texts.is_empty()).then(|| Arc::from(texts.join(" ")))
    }

    /// Reports names in `aria-labelledby` that no element has.
    pub(super) fn check_label(&mut self, node: NodeId) {
        let names = self.document.element(node).and_then(|e| e.attribute("aria-labelledby"));
        for name in names.unwrap_or_default().split_ascii_whitespace() {
            if !self.ids.contains_key(name) {
                let mut known: Vec<&str> = self.ids.keys().map(|id| &**id).collect();
                known.sort_unstable();
                let near = nearest(name, known).map(str::to_owned);
                self.access.lost_label(self.document, node, name, near.as_deref());
            }
        }
    }
}

/// What an element that labels another says: its own label or description, else its text.
fn text_of(document: &Document, node: NodeId) -> Arc<str> {
    let own = own_label(document, node).or_else(|| own_alt(document, node));
    own.unwrap_or_else(|| Arc::from(collapse(&document.text(node))))
}

/// `aria-label`, unless it is blank.
fn own_label(document: &Document, node: NodeId) -> Option<Arc<str>> {
    let label = document.element(node)?.attribute("aria-label")?.trim();
    (!label.is_empty()).then(|| Arc::from(label))
}

/// The description that a picture has itself.
fn own_alt(document: &Document, node: NodeId) -> Option<Arc<str>> {
    let element = document.element(node)?;
    let label = || element.attribute("aria-label").map(Arc::from);
    match &*element.name {
        "img" => element.attribute("alt").map(|alt| Arc::from(collapse(alt))).or_else(label),
        "svg" => label().or_else(|| {
            let children = || document.children(node);
            let part = |name| children().find(|id| named(document, *id) == Some(name));
            let text = |id| collapse(&document.text(id));
            let parts: Vec<String> =
                [part("title"), part("desc")].into_iter().flatten().map(text).collect();
            (!parts.is_empty()).then(|| Arc::from(parts.join(". ")))
        }),
        _ => None,
    }
}
