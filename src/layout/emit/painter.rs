//! Collects what is painted on a page.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect};
use crate::layout::boxes::{LinkRef, Replaced, STATIC_PLACE};
use crate::layout::fragment::BoxNames;
use crate::layout::images::DrawingFonts;
use crate::layout::page::{Artifact, Group, Item, Link, Mark, Paint};
use crate::layout::place::Strands;
use crate::style::{ComputedStyle, StyleId, Styled};

/// What was painted.
#[derive(Debug, Default)]
pub struct Painted {
    /// In painting order.
    pub items: Vec<Item>,
    /// Where a reader may click.
    pub links: Vec<Link>,
    /// Named places.
    pub anchors: Vec<(Arc<str>, Point)>,
}

/// Paints boxes onto one page.
pub struct Painter<'a> {
    /// The styles, those of anonymous boxes included.
    pub styled: &'a Styled,
    /// Pictures of backgrounds, by their address in the stylesheet.
    pub images: &'a [(Arc<str>, Replaced)],
    /// The faces of text in drawings.
    pub drawing_fonts: &'a DrawingFonts,
    /// What goes on in several places.
    pub strands: &'a Strands,
    /// What has been painted.
    pub painted: Painted,
    /// Set while everything is repeated or running matter, whatever its own mark says.
    pub artifact: Option<Artifact>,
    /// Floats painted so far, each with its first item.
    pub(super) floats: Vec<(Rect, usize)>,
    /// The first item inside each open group and float.
    pub(super) contexts: Vec<usize>,
}

impl<'a> Painter<'a> {
    /// An empty page.
    pub fn new(
        styled: &'a Styled,
        images: &'a [(Arc<str>, Replaced)],
        drawing_fonts: &'a DrawingFonts,
        strands: &'a Strands,
    ) -> Painter<'a> {
        Painter {
            styled,
            images,
            drawing_fonts,
            strands,
            painted: Painted::default(),
            artifact: None,
            floats: Vec::new(),
            contexts: Vec::new(),
        }
    }

    /// The style behind an id.
    pub fn style(&self, id: StyleId) -> &'a ComputedStyle {
        self.styled.style(id)
    }

    /// Paints with that meaning, unless all is an artifact here.
    pub fn paint(&mut self, mark: Mark, paint: Paint) {
        let mark = self.artifact.map_or(mark, Mark::Artifact);
        self.painted.items.push(Item { mark, paint });
    }

    /// Paints decoration.
    pub fn decorate(&mut self, kind: Artifact, paint: Paint) {
        self.paint(Mark::Artifact(kind), paint);
    }

    /// Starts a group.
    pub fn push(&mut self, group: Group) {
        self.decorate(Artifact::Layout, Paint::Push(group));
        self.enter();
    }

    /// Ends the last group.
    pub fn pop(&mut self) {
        self.leave();
        self.decorate(Artifact::Layout, Paint::Pop);
    }

    /// Adds the anchors and the link of a box at `rect`.
    pub fn names(&mut self, names: &BoxNames, rect: Rect) {
        if self.artifact.is_some() {
            return;
        }
        let known = names.anchors.iter().filter(|name| !name.starts_with(STATIC_PLACE));
        for anchor in known {
            self.painted.anchors.push((Arc::clone(anchor), rect.origin));
        }
        if let Some(link) = &names.link {
            self.link(link, rect);
        }
    }

    /// Adds a link; running matter has none of its own in the structure.
    pub fn link(&mut self, link: &LinkRef, rect: Rect) {
        if rect.size.width <= Pt::ZERO || rect.size.height <= Pt::ZERO {
            return;
        }
        let tag = if self.artifact.is_some() { None } else { link.tag };
        self.painted.links.push(Link {
            rect,
            target: link.target.clone(),
            tag,
            contents: Arc::clone(&link.contents),
        });
    }
}
