//! Each box to the formatting mode of its contents.

use std::sync::{Mutex, PoisonError};

use crate::assets::shown_name;
use crate::diag::{Diagnostic, Diagnostics};
use crate::fonts::FontBook;
use crate::geom::{Point, Pt, Rect, Size};
use crate::layout::boxes::{Contents, LayoutBox, Picture};
use crate::layout::fragment::{BoxNames, Fragment};
use crate::layout::images::resolution_warning;
use crate::layout::place::{FloatEnds, Strands};
use crate::layout::text::{FaceChoices, TextContext};
use crate::markup::{Document, NodeId};
use crate::source::Span;
use crate::style::{ComputedStyle, Position, StyleId, Styled};

use super::edges;
use super::memo::Memo;
use super::{Intrinsic, Measure, Room, arrange, block, columns, replaced, static_place, table};

/// Measures the boxes of one document.
pub struct Measurer<'a> {
    /// The styles, those of anonymous boxes included.
    pub styled: &'a Styled,
    /// The faces on hand.
    pub fonts: &'a FontBook,
    /// The faces chosen for each style.
    pub faces: &'a FaceChoices,
    /// Where nodes stand in the template.
    pub document: &'a Document,
    /// The width of the page area without a name.
    pub page_width: Pt,
    /// The height of the highest page area.
    pub page_height: Pt,
    /// Widths of named pages' areas.
    pub named_widths: Vec<(Box<str>, Pt)>,
    /// Whether any style floats: without one, no formatting context is searched for floats.
    pub has_floats: bool,
    /// Floats that end with their page.
    pub float_ends: FloatEnds,
    /// What was found while measuring.
    pub findings: Mutex<Vec<Diagnostic>>,
    /// What containers have asked before.
    pub memo: Memo,
    /// What goes on in several places.
    pub strands: Mutex<Strands>,
}

impl Measurer<'_> {
    /// What setting text needs.
    pub fn text_context(&self) -> TextContext<'_> {
        TextContext { styled: self.styled, fonts: self.fonts, faces: self.faces, measure: self }
    }

    /// The strands so far; none are left.
    pub fn take_strands(&self) -> Strands {
        std::mem::take(&mut self.strands.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts the strands back, for what is measured later.
    pub fn give_strands(&self, strands: Strands) {
        *self.strands.lock().unwrap_or_else(PoisonError::into_inner) = strands;
    }

    /// The width of a named page's area.
    pub fn page_width_of(&self, name: &str) -> Pt {
        let known = self.named_widths.iter().find(|(known, _)| &**known == name);
        known.map_or(self.page_width, |(_, width)| *width)
    }

    /// Gives a fragment what its box carries beside its contents: names, marker, boxes out of the
    /// flow, and the shift of `position: relative`.
    pub fn finish(&self, content: &LayoutBox, fragment: &mut Fragment, room: Room) {
        let style = self.style(content.style);
        if style.position == Position::Relative {
            let base = Some(room.width);
            let x = edges::definite(style.inset.left, base)
                .or_else(|| edges::definite(style.inset.right, base).map(|right| -right));
            let y = edges::definite(style.inset.top, room.height)
                .or_else(|| edges::definite(style.inset.bottom, room.height).map(|bottom| -bottom));
            let shift = Point::new(x.unwrap_or(Pt::ZERO), y.unwrap_or(Pt::ZERO));
            if shift != Point::default() {
                fragment.extra.get_or_insert_default().shift = shift;
            }
        }
        let Some(extra) = &content.extra else { return };
        let marker = extra.marker.as_ref().map(|marker| block::marker(self, marker, fragment));
        let padding_box =
            Rect { origin: Point::default(), size: fragment.size }.inset(fragment.border);
        let into = fragment.extra.get_or_insert_default();
        into.names = BoxNames::of(extra);
        into.marker = marker;
        if !extra.out_of_flow.is_empty() {
            let placed = static_place::place_all(self, &extra.out_of_flow, padding_box, fragment);
            fragment.extra.get_or_insert_default().out_of_flow.extend(placed);
        }
    }

    /// Warns of a raster that is printed too large for its pixels.
    fn check_resolution(&self, content: &LayoutBox, picture: &Picture, fragment: &Fragment) {
        let frame = fragment.border + fragment.padding;
        let size = fragment.size;
        let printed = Size::new(size.width - frame.horizontal(), size.height - frame.vertical());
        let element = content.node.and_then(|node| self.document.element(node));
        let name = element.and_then(|element| element.attribute("src")).map_or("here", shown_name);
        let span = content.node.and_then(|node| self.document.span(node));
        if let Some(warning) = resolution_warning(picture, printed, name, span) {
            self.report(warning);
        }
    }

    /// Forgets what was found, since all is measured again.
    pub fn forget_findings(&self) {
        self.findings.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What was found while measuring, in the order of the source.
    pub fn take_findings(&self) -> Diagnostics {
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        // Threads report in any order.
        findings.sort_by_cached_key(|one| {
            let spans: Vec<Span> = one.labels.iter().map(|label| label.span).collect();
            (spans, one.code, one.message.clone())
        });
        let mut all = Diagnostics::new();
        all.extend(findings.drain(..));
        all
    }
}

impl Measure for Measurer<'_> {
    fn intrinsic(&self, content: &LayoutBox) -> Intrinsic {
        match &content.contents {
            Contents::Blocks(_) | Contents::Inline(_) => block::intrinsic(self, content),
            Contents::Flex(_) | Contents::Grid(_) => arrange::intrinsic(content, self),
            Contents::Table(_) => table::intrinsic(content, self),
            Contents::Replaced(_) => replaced::intrinsic(content, self),
            Contents::Columns(inner) => columns::intrinsic(self, inner),
        }
    }

    fn content_widths(&self, content: &LayoutBox) -> Intrinsic {
        match &content.contents {
            Contents::Blocks(_) | Contents::Inline(_) => block::content_widths(self, content),
            Contents::Flex(_) | Contents::Grid(_) => arrange::content_widths(content, self),
            Contents::Table(_) => table::content_widths(content, self),
            Contents::Replaced(_) => replaced::intrinsic(content, self),
            Contents::Columns(inner) => columns::intrinsic(self, inner),
        }
    }

    fn memo(&self) -> &Memo {
        &self.memo
    }

    fn measure(&self, content: &LayoutBox, room: Room) -> Fragment {
        let mut fragment = match &content.contents {
            Contents::Blocks(_) | Contents::Inline(_) => {
                return block::measure(self, content, room);
            }
            Contents::Flex(_) | Contents::Grid(_) => arrange::measure(content, self, room),
            Contents::Table(_) => table::measure(content, self, room),
            Contents::Columns(inner) => columns::measure(self, content, inner, room),
            Contents::Replaced(picture) => {
                let fragment = replaced::measure(content, self, room);
                self.check_resolution(content, &picture.picture, &fragment);
                fragment
            }
        };
        self.finish(content, &mut fragment, room);
        fragment
    }

    fn style(&self, id: StyleId) -> &ComputedStyle {
        self.styled.style(id)
    }

    fn span(&self, node: NodeId) -> Option<Span> {
        self.document.span(node)
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.findings.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }
}
