//! Boxes that reach sideways out of the box around them. Whether that matters is seen when the page
//! is known that they stand on.

use crate::geom::Pt;
use crate::layout::boxes::{Contents, LayoutBox};
use crate::layout::fragment::{Body, Fragment, Placed, Reach, ReachKind};
use crate::markup::NodeId;
use crate::style::{ComputedStyle, Extent, Overflow, StyleId};

use super::Measure;

/// Less than this out of its box is not worth a word.
const TOLERATED: Pt = Pt(1.0);

/// The content box that something was placed in.
#[derive(Clone, Copy)]
pub struct Within {
    /// Its left edge, as the places of what is inside count.
    pub left: Pt,
    /// Its width.
    pub width: Pt,
    /// The style of its box.
    pub style: StyleId,
    /// The nearest element around, for findings that name the place.
    pub node: Option<NodeId>,
}

impl Within {
    /// Whether something stands in it from left to right.
    pub fn holds(&self, placed: &Placed) -> bool {
        let left = self.left - placed.at.x;
        let right = placed.at.x + placed.fragment.size.width - self.left - self.width;
        left.max(right) <= TOLERATED
    }
}

/// Marks a box where it reaches out of the content box that it is placed in.
pub fn mark(
    measure: &dyn Measure,
    content: &LayoutBox,
    placed: &mut Placed,
    within: Within,
    is_item: bool,
) {
    if !within.holds(placed)
        && let Some(reach) = of(measure, content, &placed.fragment, within, is_item)
    {
        placed.fragment.extra.get_or_insert_default().reach = Some(reach);
    }
}

/// What is to be said of a box, should it reach out of its content box; `None` where nothing of it
/// is seen there. Tables report that themselves, unless they are items of a container.
pub fn of(
    measure: &dyn Measure,
    content: &LayoutBox,
    fragment: &Fragment,
    within: Within,
    is_item: bool,
) -> Option<Reach> {
    let kind = match &content.contents {
        Contents::Table(_) if !is_item => return None,
        Contents::Replaced(_) => ReachKind::Picture,
        _ if is_item => ReachKind::Item,
        _ => ReachKind::Box,
    };
    let style = measure.style(content.style);
    let is_clipped = measure.style(within.style).overflow == Overflow::Hidden;
    if is_clipped || !is_seen(style, fragment) {
        return None;
    }
    let is_negative = |margin: Extent| {
        let margin = margin.resolve(within.width);
        margin.is_some_and(|margin| margin < Pt::ZERO)
    };
    let by_margin = is_negative(style.margin.left) || is_negative(style.margin.right);
    // Of items it is their container that is to be mended, once for all of them.
    let node = match kind {
        ReachKind::Item => within.node.or(content.node),
        ReachKind::Box | ReachKind::Columns | ReachKind::Picture => content.node.or(within.node),
    };
    Some(Reach { node, kind, by_margin })
}

/// Whether anything of a box may be painted.
fn is_seen(style: &ComputedStyle, fragment: &Fragment) -> bool {
    let border = fragment.border;
    !matches!(fragment.body, Body::Empty)
        || !style.background_color.is_invisible()
        || !style.background.is_empty()
        || border.horizontal() + border.vertical() > Pt::ZERO
}
