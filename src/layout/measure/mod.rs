//! Box tree → fragments: every formatting mode measures itself in a file of its own.

pub mod absolute;
pub mod arrange;
pub mod beside;
pub mod block;
pub mod columns;
pub mod dispatch;
pub mod edges;
mod fit;
pub mod floats;
mod lead;
mod margin;
pub mod memo;
pub mod reach;
pub mod replaced;
pub mod scale;
#[cfg(test)]
mod stand_in;
pub mod static_place;
pub mod table;

use crate::diag::Diagnostic;
use crate::geom::Pt;
use crate::markup::NodeId;
use crate::source::Span;
use crate::style::{ComputedStyle, StyleId};

use super::boxes::LayoutBox;
use super::fragment::Fragment;
use memo::Memo;

/// The widths that a box's content asks for (CSS Sizing 3 §4), as border boxes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Intrinsic {
    /// As narrow as can be without overflow.
    pub min: Pt,
    /// As wide as it would be without breaking a line.
    pub max: Pt,
}

/// The room that a box gets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// The containing block's content width.
    pub width: Pt,
    /// Its height, when it is definite.
    pub height: Option<Pt>,
    /// The border box's width, when the parent decides it (table cells, flex and grid items).
    pub forced_width: Option<Pt>,
    /// The border box's height, when the parent decides it.
    pub forced_height: Option<Pt>,
}

impl Room {
    /// A block in a containing block of that width.
    pub fn of_width(width: Pt) -> Room {
        Room { width, height: None, forced_width: None, forced_height: None }
    }
}

/// What a formatting mode asks of the others: the dispatcher implements it, so that no mode knows
/// another one. It is shared between threads, since the cells of a large table are measured in
/// parallel.
pub trait Measure: Sync {
    /// The widths that `content` asks for. A table cell's own `width` is left out: the table
    /// decides what becomes of it.
    fn intrinsic(&self, content: &LayoutBox) -> Intrinsic;
    /// The same without regard to the box's own `width`, `min-width` and `max-width`: what flex and
    /// grid items cannot be squeezed below (CSS Flexbox 1 §4.5).
    fn content_widths(&self, content: &LayoutBox) -> Intrinsic;
    /// Measures a box and all that is inside. A table cell's own `height` is left out: the table
    /// makes its row at least that high.
    fn measure(&self, content: &LayoutBox, room: Room) -> Fragment;
    /// What has been asked before.
    fn memo(&self) -> &Memo;
    /// The style behind an id, those of anonymous boxes included.
    fn style(&self, id: StyleId) -> &ComputedStyle;
    /// Where a node stands in the template.
    fn span(&self, node: NodeId) -> Option<Span>;
    /// Keeps a finding; the order in which threads report does not matter.
    fn report(&self, diagnostic: Diagnostic);
}
