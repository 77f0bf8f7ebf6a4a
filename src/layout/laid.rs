//! A document that has been laid out.

use std::sync::Arc;

use crate::geom::{Pt, Rect, Sides, Size};
use crate::style::{Marks, PageStyle, StyleId, Styled};

use super::boxes::Replaced;
use super::emit::{Painted, Painter, paint_flow, paint_notes};
use super::fragment::Placed;
use super::images::DrawingFonts;
use super::page::{Info, OutlineEntry, Page, PageLabel};
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
    /// The number of each page.
    pub(super) labels: Vec<PageLabel>,
    /// Boxes that every page shows, relative to the page area, for each size of the area.
    pub(super) fixed: Vec<(Size, Vec<Placed>)>,
    /// The style whose background covers every page inside its margins.
    pub(super) canvas: Option<StyleId>,
    pub(super) styled: Styled,
    pub(super) images: Vec<(Arc<str>, Replaced)>,
    pub(super) drawing_fonts: DrawingFonts,
    pub(super) structure: Structure,
    pub(super) outline: Vec<OutlineEntry>,
    pub(super) info: Info,
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
            painter.background(canvas, style.page_box(), Sides::all(Pt::ZERO), square);
        }
        if let Some(own) = &style.style {
            let border = own.border.map(|border| border.width);
            painter.borders(own, style.page_box(), border, square);
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
                marks: Marks::default(),
                label: PageLabel::default(),
                items: Vec::new(),
                links: Vec::new(),
                anchors: Vec::new(),
            };
        };
        let style = &span.style;
        let area = style.area();
        let fixed = self.fixed.iter().find(|(size, _)| *size == area.size);
        let fixed = fixed.map_or(&[] as &[Placed], |(_, placed)| placed);
        let mut painter =
            Painter::new(&self.styled, &self.images, &self.drawing_fonts, &self.strands);
        self.page_decoration(&mut painter, style);
        painter.artifact = Some(Artifact::Watermark);
        painter.behind(fixed, area.origin);
        painter.artifact = None;
        paint_flow(&mut painter, &self.flow, span.slice(), area);
        paint_notes(&mut painter, span, area);
        painter.artifact = Some(Artifact::Pagination);
        painter.in_front(fixed, area.origin);
        let mut painted = painter.painted;
        if let Some(margins) = self.margins.get(index) {
            painted.items.extend(margins.items.iter().cloned());
            painted.links.extend(margins.links.iter().cloned());
        }
        Page {
            size: style.size,
            bleed: style.bleed,
            marks: style.marks,
            label: self.labels.get(index).cloned().unwrap_or_default(),
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
