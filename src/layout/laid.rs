//! A document that has been laid out.

use std::sync::Arc;

use crate::geom::{Pt, Rect, Sides};
use crate::style::{PageStyle, StyleId, Styled};

use super::boxes::Replaced;
use super::emit::{Painted, Painter, paint_flow};
use super::fragment::Placed;
use super::images::DrawingFonts;
use super::page::{Info, OutlineEntry, Page};
use super::place::{Flow, PageSpan, Strands};
use super::structure::Structure;
use super::{Artifact, Pages};

/// Pages with their breaks; each is painted when it is asked for.
#[derive(Debug)]
pub struct Laid {
    pub(super) flow: Flow,
    pub(super) strands: Strands,
    pub(super) spans: Vec<PageSpan>,
    /// The margin boxes of each page, painted.
    pub(super) margins: Vec<Painted>,
    /// The page counter of each page.
    pub(super) numbers: Vec<i32>,
    /// Boxes that every page shows, relative to the page area.
    pub(super) fixed: Vec<Placed>,
    /// The style whose background covers every page inside its margins.
    pub(super) canvas: Option<StyleId>,
    pub(super) styled: Styled,
    pub(super) images: Vec<(Arc<str>, Replaced)>,
    pub(super) drawing_fonts: DrawingFonts,
    pub(super) structure: Structure,
    pub(super) outline: Vec<OutlineEntry>,
    pub(super) info: Info,
}

/// The rectangle inside a page's margins, borders and paddings.
pub(super) fn page_area(style: &PageStyle) -> Rect {
    page_box(style).inset(page_frame(style))
}

fn page_box(style: &PageStyle) -> Rect {
    Rect::new(Pt::ZERO, Pt::ZERO, style.size.width, style.size.height).inset(style.margin)
}

fn page_frame(style: &PageStyle) -> Sides<Pt> {
    let Some(own) = &style.style else { return Sides::all(Pt::ZERO) };
    let base = style.size.width - style.margin.horizontal();
    own.padding.map(|padding| padding.resolve(base).max(Pt::ZERO))
        + own.border.map(|border| border.width)
}

impl Laid {
    /// What is behind everything: the page's background to the edges of the sheet, the document's
    /// inside the margins, and the page's borders (CSS Paged Media 3 §3.1).
    fn page_decoration(&self, painter: &mut Painter, style: &PageStyle) {
        let square = [(Pt::ZERO, Pt::ZERO); 4];
        if let Some(own) = &style.style {
            let bleed = Sides::all(-style.bleed);
            let sheet =
                Rect::new(Pt::ZERO, Pt::ZERO, style.size.width, style.size.height).inset(bleed);
            painter.background(own, sheet, Sides::all(Pt::ZERO), square);
        }
        if let Some(canvas) = self.canvas {
            let canvas = self.styled.style(canvas);
            painter.background(canvas, page_box(style), Sides::all(Pt::ZERO), square);
        }
        if let Some(own) = &style.style {
            let border = own.border.map(|border| border.width);
            painter.borders(own, page_box(style), border, square);
        }
    }
}

impl Pages for Laid {
    fn count(&self) -> usize {
        self.spans.len()
    }

    fn page(&self, index: usize) -> Page {
        let Some(span) = self.spans.get(index) else {
            return Page {
                size: Default::default(),
                bleed: Pt::ZERO,
                crop_marks: false,
                label: String::new(),
                items: Vec::new(),
                links: Vec::new(),
                anchors: Vec::new(),
            };
        };
        let style = &span.style;
        let area = page_area(style);
        let mut painter =
            Painter::new(&self.styled, &self.images, &self.drawing_fonts, &self.strands);
        self.page_decoration(&mut painter, style);
        painter.artifact = Some(Artifact::Pagination);
        painter.behind(&self.fixed, area.origin);
        painter.artifact = None;
        paint_flow(&mut painter, &self.flow, span.slice(), area);
        painter.artifact = Some(Artifact::Pagination);
        painter.in_front(&self.fixed, area.origin);
        let mut painted = painter.painted;
        if let Some(margins) = self.margins.get(index) {
            painted.items.extend(margins.items.iter().cloned());
            painted.links.extend(margins.links.iter().cloned());
        }
        Page {
            size: style.size,
            bleed: style.bleed,
            crop_marks: style.crop_marks,
            label: self.numbers.get(index).map(i32::to_string).unwrap_or_default(),
            items: painted.items,
            links: painted.links,
            anchors: painted.anchors,
        }
    }

    fn structure(&self) -> &Structure {
        &self.structure
    }

    fn outline(&self) -> &[OutlineEntry] {
        &self.outline
    }

    fn info(&self) -> &Info {
        &self.info
    }
}
