//! The notes at a page's foot, and the rule above them (CSS GCPM 3 §2.2).

use crate::geom::{Pt, Rect, Sides};
use crate::layout::place::PageSpan;
use crate::style::{Direction, FootnoteArea};

use super::flow::paint_flow;
use super::painter::Painter;

/// Paints the notes of the page at `span`, whose area lies at `area`.
pub fn paint_notes(painter: &mut Painter, span: &PageSpan, area: Rect) {
    let Some(own) = span.notes.as_ref().filter(|own| !own.pieces.is_empty()) else { return };
    decoration(painter, &span.style.footnote, own.area.moved(area.origin));
    for piece in &own.pieces {
        let note = painter.strands.flow(piece.strand);
        paint_flow(painter, note, piece.slice, piece.place(area));
    }
}

/// Background and borders of the notes' area, the top border as long as the stylesheet says.
fn decoration(painter: &mut Painter, footnote: &FootnoteArea, rect: Rect) {
    let style = &*footnote.style;
    let border = style.border.map(|border| border.width);
    let has = Sides { top: footnote.rule.is_none(), right: true, bottom: true, left: true };
    painter.decoration(style, rect, border, has);
    let Some(length) = footnote.rule.map(|rule| rule.min(rect.size.width)) else { return };
    let left = match style.direction {
        Direction::Ltr => rect.origin.x,
        Direction::Rtl => rect.right() - length,
    };
    let rule = Rect::new(left, rect.origin.y, length, border.top);
    let only = Sides { top: border.top, right: Pt::ZERO, bottom: Pt::ZERO, left: Pt::ZERO };
    painter.borders(style, rule, only, [(Pt::ZERO, Pt::ZERO); 4]);
}
