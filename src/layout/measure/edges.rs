//! Margins, borders and paddings of a box for a containing block that is known, and its own width
//! and height as `width`, `min-width` and their like ask (CSS 2.2 8, 10.4, 10.7).

use crate::geom::{Pt, Sides};
use crate::style::{BoxSizing, ComputedStyle, Extent};

use super::{Intrinsic, Measure, Room};
use crate::layout::boxes::{Contents, LayoutBox};

/// The used edges of a box.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Edges {
    /// `auto` counts as 0.
    pub margin: Sides<Pt>,
    pub border: Sides<Pt>,
    pub padding: Sides<Pt>,
}

impl Edges {
    /// The edges in a containing block of width `base`: percentages on all four sides are of its
    /// width (CSS 2.2 8.3, 8.4).
    pub fn of(style: &ComputedStyle, base: Pt) -> Edges {
        Edges {
            margin: style.margin.map(|margin| margin.resolve(base).unwrap_or(Pt::ZERO)),
            border: style.border.map(|border| border.width),
            padding: style.padding.map(|padding| padding.resolve(base).max(Pt::ZERO)),
        }
    }

    /// Border and padding together.
    pub fn frame(&self) -> Sides<Pt> {
        self.border + self.padding
    }
}

/// A `width` or `height` as a border box's.
pub fn border_box(style: &ComputedStyle, specified: Pt, frame: Pt) -> Pt {
    match style.box_sizing {
        BoxSizing::BorderBox => specified.max(frame),
        BoxSizing::ContentBox => specified.max(Pt::ZERO) + frame,
    }
}

/// A border box's width within `min-width` and `max-width` (CSS 2.2 10.4).
pub fn clamp_width(style: &ComputedStyle, width: Pt, base: Pt, frame: Pt) -> Pt {
    clamp(style, width, (style.min_width, style.max_width), Some(base), frame)
}

/// A border box's height within `min-height` and `max-height` (CSS 2.2 10.7); percentages of a
/// height that is not known do not count.
pub fn clamp_height(style: &ComputedStyle, height: Pt, base: Option<Pt>, frame: Pt) -> Pt {
    clamp(style, height, (style.min_height, style.max_height), base, frame)
}

fn clamp(
    style: &ComputedStyle,
    value: Pt,
    (min, max): (Extent, Extent),
    base: Option<Pt>,
    frame: Pt,
) -> Pt {
    let bound = |extent: Extent| {
        definite(extent, base).map(|specified| border_box(style, specified, frame))
    };
    let below = bound(max).map_or(value, |max| value.min(max));
    bound(min).map_or(below, |min| below.max(min)).max(frame)
}

/// The length of `extent`, unless it is a share of something unknown.
pub fn definite(extent: Extent, base: Option<Pt>) -> Option<Pt> {
    match (extent, base) {
        (Extent::Length(length), None) if length.share != 0.0 => None,
        (Extent::Length(length), base) => Some(length.resolve(base.unwrap_or_default())),
        _ => None,
    }
}

/// The border box's width of a block-level box: forced, or specified, or what the containing
/// block leaves (CSS 2.2 10.3.3). `content` is asked for the keywords that depend on the content.
pub fn block_width(
    style: &ComputedStyle,
    edges: &Edges,
    room: Room,
    content: impl Fn() -> Intrinsic,
) -> Pt {
    if let Some(width) = room.forced_width {
        return width;
    }
    let frame = edges.frame().horizontal();
    let fill = room.width - edges.margin.horizontal();
    let keyword = |extent: Extent| match extent {
        Extent::Length(_) | Extent::Auto => None,
        Extent::MinContent => Some(content().min),
        Extent::MaxContent => Some(content().max),
        Extent::FitContent => Some(shrink_to_fit(content(), fill)),
    };
    let width = match style.width {
        Extent::Length(length) => border_box(style, length.resolve(room.width), frame),
        Extent::Auto => ratio_width(style, edges, room).unwrap_or(fill),
        asked => keyword(asked).unwrap_or(fill),
    };
    let below = keyword(style.max_width).map_or(width, |most| width.min(most));
    let within = keyword(style.min_width).map_or(below, |least| below.max(least));
    clamp_width(style, within, room.width, frame)
}

/// The border box's width that `aspect-ratio` makes of a definite height (CSS Sizing 4 §4.1).
fn ratio_width(style: &ComputedStyle, edges: &Edges, room: Room) -> Option<Pt> {
    let ratio = style.aspect_ratio?;
    let (height, frame) = (definite_height(style, edges, room)?, edges.frame());
    Some(match style.box_sizing {
        BoxSizing::BorderBox => height * ratio,
        BoxSizing::ContentBox => (height - frame.vertical()) * ratio + frame.horizontal(),
    })
}

/// The border box's height that `aspect-ratio` makes of a width; the content may ask for more.
pub fn ratio_height(style: &ComputedStyle, width: Pt, edges: &Edges) -> Pt {
    let Some(ratio) = style.aspect_ratio.filter(|ratio| *ratio > 0.0) else { return Pt::ZERO };
    let frame = edges.frame();
    match style.box_sizing {
        BoxSizing::BorderBox => width / ratio,
        BoxSizing::ContentBox => (width - frame.horizontal()) / ratio + frame.vertical(),
    }
}

/// The border box's height when it does not depend on the content.
pub fn definite_height(style: &ComputedStyle, edges: &Edges, room: Room) -> Option<Pt> {
    let frame = edges.frame().vertical();
    let specified = || definite(style.height, room.height).map(|h| border_box(style, h, frame));
    room.forced_height.or_else(|| Some(clamp_height(style, specified()?, room.height, frame)))
}

/// As wide as the content would like, within what there is, but never narrower than it can be
/// (CSS 2.2 10.3.5).
pub fn shrink_to_fit(content: Intrinsic, available: Pt) -> Pt {
    content.max.min(available).max(content.min)
}

/// Whether a block straight inside a box asks for a share of the box's height.
pub fn asks_for_share(content: &LayoutBox, measure: &dyn Measure) -> bool {
    let Contents::Blocks(blocks) = &content.contents else { return false };
    blocks.iter().any(|block| {
        let style = measure.style(block.style);
        [style.height, style.min_height, style.max_height]
            .iter()
            .any(|extent| matches!(extent, Extent::Length(length) if length.share != 0.0))
    })
}
