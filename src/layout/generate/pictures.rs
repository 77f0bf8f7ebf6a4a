//! Boxes of pictures, and where they get the pictures from.

use crate::layout::boxes::{Contents, LayoutBox, Replaced};
use crate::layout::page::Artifact;
use crate::layout::structure::Role;
use crate::markup::{Document, Element, Namespace, NodeId};
use crate::source::Span;
use crate::style::ComputedStyle;

use super::boxes::{Generator, boxed};
use super::tags::Around;

/// Loads pictures; what goes wrong is reported by the loader, with its place.
pub trait Pictures {
    /// The picture file at `source`, named by the element at `span`.
    fn load(&self, source: &str, span: Option<Span>) -> Option<Replaced>;
    /// The `svg` element at `node`, which inherits from `style`.
    fn drawing(&self, document: &Document, node: NodeId, style: &ComputedStyle)
    -> Option<Replaced>;
}

impl Generator<'_> {
    /// The box of an `img` or `svg` element; `None` when there is nothing to show.
    pub(super) fn picture(&mut self, node: NodeId, around: &Around) -> Option<LayoutBox> {
        let style_id = self.styled.of_node[node.index()];
        let style = self.styled.style(style_id);
        self.counters.apply(style);
        let element = self.document.element(node)?;
        let span = self.document.span(node);
        let replaced = match element.namespace {
            Namespace::Svg => self.pictures.drawing(self.document, node, style),
            _ => match element.attribute("src") {
                Some(source) => self.pictures.load(source, span),
                None => None,
            },
        }?;
        let mut inner = around.clone();
        let alt = self.picture_alt(node);
        self.check_label(node);
        // The element around it says what it shows.
        let is_shown = matches!(around.role, Role::Figure | Role::Formula);
        let is_content = around.artifact.is_none();
        if is_content && !is_shown && self.is_decoration(node) {
            inner.artifact = Some(Artifact::Layout);
        } else if is_content && !is_shown {
            self.access.picture(self.document, node, alt.as_deref());
            inner = self.tagger.add(Role::Figure, &style.language, around);
            self.tagger.figures.push((inner.tag, node));
            self.tagger.structure.extra(inner.tag).alt = alt;
        } else if is_content {
            let words = self.tagger.structure.extra(around.tag).alt.clone();
            self.access.picture(self.document, node, words.as_deref());
        }
        let extra = self.extra(node, style, around, &mut inner);
        Some(boxed(style_id, Some(node), &inner, Contents::Replaced(replaced), extra))
    }
}

/// Whether the element is a picture.
pub(super) fn is_replaced(element: &Element) -> bool {
    match element.namespace {
        Namespace::Svg => &*element.name == "svg",
        Namespace::Html => &*element.name == "img",
        Namespace::Other => false,
    }
}
