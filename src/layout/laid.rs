//! A document that has been laid out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::Diagnostics;
use crate::geom::{Pt, Rect, Sides, Size};
use crate::markup::{Document, NodeId};
use crate::source::Span;
use crate::style::{ComputedStyle, Marks, PageStyle, StyleId, Styled};

use super::boxes::Replaced;
use super::contrast::{self, Faint, Looks};
use super::emit::{Painted, Painter, paint_flow, paint_notes};
use super::fragment::Placed;
use super::images::DrawingFonts;
use super::page::{Info, OutlineEntry, Page, PageLabel};
use super::place::{Flow, PageSpan, Strands};
use super::structure::{Structure, TagId};
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
    /// The styles of margin boxes; their numbers follow those of `styled`.
    pub(super) margin_styles: Vec<Arc<ComputedStyle>>,
    pub(super) images: Vec<(Arc<str>, Replaced)>,
    pub(super) drawing_fonts: DrawingFonts,
    pub(super) structure: Structure,
    /// Figures with their elements.
    pub(super) figures: Vec<(TagId, NodeId)>,
    /// Text that is hard to see, of each page that has been made.
    pub(super) faint: Mutex<BTreeMap<usize, Vec<Faint>>>,
    pub(super) outline: Vec<OutlineEntry>,
    pub(super) info: Info,
}

/// From this weight on letters are bold.
const BOLD: u16 = 700;

impl Laid {
    /// Gives the document a title, unless it has one of its own.
    pub fn set_title(&mut self, title: &str) {
        if self.info.title.is_empty() {
            self.info.title = title.trim().to_owned();
        }
    }

    /// Makes each page once, for what is only found then.
    pub fn look_at_all_pages(&self) {
        (0..self.count()).for_each(|index| drop(self.page(index)));
    }

    /// The text that is hard to see on the pages made so far (WCAG 2.2 1.4.3), one finding for each
    /// look of it. `document` and `styled` are what was laid out.
    pub fn contrast(&self, document: &Document, styled: &Styled) -> Diagnostics {
        let faint = self.faint.lock().unwrap_or_else(PoisonError::into_inner);
        if faint.is_empty() {
            return Diagnostics::new();
        }
        contrast::report(&faint, &Origins { laid: self, document, styled })
    }

    /// A style of the document or of a margin box.
    fn style_of(&self, id: StyleId) -> Option<&ComputedStyle> {
        let own = self.styled.styles.len();
        let style = self.styled.styles.get(id.index());
        style.or_else(|| self.margin_styles.get(id.index() - own)).map(|style| &**style)
    }

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

/// Where the looks of a document come from.
struct Origins<'a> {
    laid: &'a Laid,
    document: &'a Document,
    styled: &'a Styled,
}

impl Origins<'_> {
    /// The first node with that style, or whose pseudo-element has it.
    fn node(&self, id: StyleId) -> Option<NodeId> {
        match self.styled.of_node.iter().position(|other| *other == id) {
            Some(index) => Some(NodeId(u32::try_from(index).ok()?)),
            None => Some(self.styled.pseudo.iter().find(|(.., other)| *other == id)?.0),
        }
    }
}

impl Looks for Origins<'_> {
    fn style(&self, id: StyleId) -> Option<&ComputedStyle> {
        self.laid.style_of(id)
    }

    fn all(&self) -> &[Arc<ComputedStyle>] {
        &self.laid.styled.styles
    }

    fn element(&self, id: StyleId) -> Option<Span> {
        self.document.span(self.node(id)?)
    }

    fn is_hidden(&self, id: StyleId) -> bool {
        let reads_nothing = |style: &ComputedStyle| style.content_alt.as_deref() == Some("");
        let hides = |node: &NodeId| {
            let element = self.document.element(*node);
            element.and_then(|element| element.attribute("aria-hidden")) == Some("true")
        };
        self.laid.style_of(id).is_some_and(reads_nothing)
            || std::iter::successors(self.node(id), |node| self.document.node(*node).parent)
                .any(|node| hides(&node))
    }

    fn figure(&self, tag: TagId) -> Option<Span> {
        let (_, node) = self.laid.figures.iter().find(|(figure, _)| *figure == tag)?;
        self.document.span(*node)
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
        let is_bold = |id| self.style_of(id).is_some_and(|style| style.font.weight >= BOLD);
        let faint = contrast::look(&painted.items, &is_bold);
        if !faint.is_empty() {
            self.faint.lock().unwrap_or_else(PoisonError::into_inner).insert(index, faint);
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
