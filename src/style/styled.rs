//! The cascade's result: one style for each node, and the page rules.

use std::sync::Arc;

use crate::fonts::FontFaceRule;
use crate::geom::{Pt, Rect, Sides, Size};
use crate::markup::NodeId;

use super::computed::{ComputedStyle, MarginBox, PageSide};
use super::page::PageRules;

/// Names one distinct style of a [`Styled`] document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StyleId(pub(crate) u32);

impl StyleId {
    /// No style: of letters inside a drawing.
    pub const NONE: StyleId = StyleId(u32::MAX);

    /// The id as an index into [`Styled::styles`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A pseudo-element that generates a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Pseudo {
    Before,
    After,
    Marker,
    FirstLetter,
    FootnoteCall,
    FootnoteMarker,
    /// One of a screen, such as `::selection`: it generates nothing.
    Unseen,
}

/// A document's styles.
#[derive(Debug)]
pub struct Styled {
    /// The distinct styles.
    pub styles: Vec<Arc<ComputedStyle>>,
    /// The style of each node, by [`NodeId::index`]; text nodes carry their parent's.
    pub of_node: Vec<StyleId>,
    /// Styles of pseudo-elements that generate something, sorted by node and kind.
    pub pseudo: Vec<(NodeId, Pseudo, StyleId)>,
    /// `@page` rules, resolved on demand for each page.
    pub pages: PageRules,
    /// `@font-face` rules in order.
    pub font_faces: Vec<FontFaceRule>,
}

impl Styled {
    /// The style behind an id.
    pub fn style(&self, id: StyleId) -> &ComputedStyle {
        &self.styles[id.index()]
    }

    /// A node's style.
    pub fn of(&self, node: NodeId) -> &ComputedStyle {
        self.style(self.of_node[node.index()])
    }

    /// The style of a node's pseudo-element, when it generates a box.
    pub fn pseudo_of(&self, node: NodeId, pseudo: Pseudo) -> Option<StyleId> {
        let found = self.pseudo.binary_search_by(|(n, p, _)| (*n, *p).cmp(&(node, pseudo)));
        found.ok().map(|index| self.pseudo[index].2)
    }
}

/// What is known of a page when its rules are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageContext<'a> {
    /// `page`'s name, empty for none.
    pub name: &'a str,
    /// Whether it is the document's first page (`:first`).
    pub first: bool,
    /// Left or right of a spread.
    pub side: PageSide,
    /// Whether a forced break left it empty (`:blank`).
    pub blank: bool,
    /// Its number from 1, for `:nth()`.
    pub number: u32,
    /// Its number from 1 in its page group, the pages that follow each other for one element that
    /// asks for them by name, for `:nth(… of name)` (CSS GCPM 3 §3).
    pub in_group: u32,
}

/// The page that a context comes to.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct PageStyle {
    pub size: Size,
    /// Absolute, percentages resolved against the page's size.
    pub margin: Sides<Pt>,
    /// Padding, borders and background of the page's area.
    pub style: Option<Arc<ComputedStyle>>,
    /// Only boxes whose `content` is not `none`; each at most once.
    pub margin_boxes: Vec<(MarginBox, Arc<ComputedStyle>)>,
    /// Where the page's footnotes stand.
    pub footnote: FootnoteArea,
    pub marks: Marks,
    pub bleed: Pt,
}

/// What tells the printer where to cut and how to register (CSS Paged Media 3 §7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Marks {
    /// At the corners, where the sheet is cut.
    pub crop: bool,
    /// In the middle of the sides, by which sheets are aligned.
    pub cross: bool,
}

impl Marks {
    /// Whether there are any.
    pub fn any(self) -> bool {
        self.crop || self.cross
    }
}

impl PageStyle {
    /// The page box: the sheet inside its margins.
    pub fn page_box(&self) -> Rect {
        Rect::new(Pt::ZERO, Pt::ZERO, self.size.width, self.size.height).inset(self.margin)
    }

    /// The page area: the page box inside its borders and paddings.
    pub fn area(&self) -> Rect {
        let Some(own) = &self.style else { return self.page_box() };
        let base = self.size.width - self.margin.horizontal();
        let padding = own.padding.map(|padding| padding.resolve(base).max(Pt::ZERO));
        self.page_box().inset(padding + own.border.map(|border| border.width))
    }
}

/// The box at a page's foot that holds its notes (`@footnote`, CSS GCPM 3 §2.2).
#[derive(Debug, Clone)]
pub struct FootnoteArea {
    /// Margins, borders, paddings, background and `max-height`.
    pub style: Arc<ComputedStyle>,
    /// How long its top border is, from where lines start; `None` for its whole width.
    pub rule: Option<Pt>,
}
