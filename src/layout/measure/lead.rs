//! The margins above a block, found before it is measured: lines beside floats have to know where
//! they stand (CSS 2.2 8.3.1).

use crate::geom::{Depth, Pt};
use crate::layout::boxes::{Contents, LayoutBox};
use crate::style::{Clear, ComputedStyle, Extent};

use super::dispatch::Measurer;
use super::edges::{self, Edges};
use super::floats::{Floats, Side};
use super::margin::Margin;
use super::{Measure, Room};

/// The margins that stand above a block.
#[derive(Debug, Clone, Copy)]
pub struct Lead {
    /// Those that adjoin its top edge, its own included.
    pub top: Margin,
    /// Its bottom margin where that adjoins the others, because nothing is between them.
    pub through: Option<Margin>,
}

/// What is above a block.
pub struct Above<'a> {
    /// Answers for the boxes' styles.
    pub measurer: &'a Measurer<'a>,
    /// The floats placed so far.
    pub floats: &'a Floats,
    /// Where a block with such margins above starts, in the formatting context.
    pub top_with: &'a dyn Fn(Margin) -> Depth,
}

impl Above<'_> {
    /// The margins above a block-level box in a containing block of that width. A child that
    /// `clear` moves down does not adjoin its parent's edge (CSS 2.2 9.5.2).
    pub fn lead(&self, child: &LayoutBox, width: Pt) -> Lead {
        let style = self.measurer.style(child.style);
        let edges = Edges::of(style, width);
        let mut top = Margin::of(edges.margin.top);
        let frame = edges.frame();
        let children = match &child.contents {
            Contents::Blocks(children) if !style.starts_formatting_context() => children,
            _ => return Lead { top, through: None },
        };
        if frame.top != Pt::ZERO {
            return Lead { top, through: None };
        }
        let room = Room::of_width(width);
        let inner = edges::block_width(style, &edges, room, || self.measurer.intrinsic(child));
        let inner = inner - frame.horizontal();
        // Floats of this box are not placed yet; they will be in the way.
        let (mut left, mut right) = (false, false);
        for child in children {
            let style = self.measurer.style(child.style);
            match Side::of(style) {
                Some(Side::Left) => left = true,
                Some(Side::Right) => right = true,
                None => {
                    let lead = self.lead(child, inner);
                    let joined = top.join(lead.top);
                    let to_come = match style.clear {
                        Clear::None => false,
                        Clear::Left => left,
                        Clear::Right => right,
                        Clear::Both => left || right,
                    };
                    let cleared = self.floats.cleared(style.clear);
                    if to_come || cleared.is_some_and(|y| y > (self.top_with)(joined)) {
                        return Lead { top, through: None };
                    }
                    top = joined;
                    match lead.through {
                        Some(bottom) => top = top.join(bottom),
                        None => return Lead { top, through: None },
                    }
                }
            }
        }
        let through = has_no_height(style) && frame.bottom == Pt::ZERO;
        Lead { top, through: through.then(|| Margin::of(edges.margin.bottom)) }
    }
}

/// Whether a block without content has no height either.
fn has_no_height(style: &ComputedStyle) -> bool {
    let none = |extent: Extent| match edges::definite(extent, None) {
        Some(height) => height <= Pt::ZERO,
        None => true,
    };
    none(style.height) && none(style.min_height)
}
