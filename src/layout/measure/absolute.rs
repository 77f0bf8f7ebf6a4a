//! Boxes out of the flow (CSS 2.2 10.3.7, 10.3.8, 10.6.4, 10.6.5).

use crate::geom::{Point, Pt, Rect};
use crate::style::{ComputedStyle, Direction, Extent};

use super::edges::{self, Edges};
use super::{Measure, Room, replaced};
use crate::layout::boxes::{Contents, LayoutBox};
use crate::layout::fragment::Placed;

/// Where a box would have stood in the flow (CSS 2.2 10.3.7): the room that it would have had
/// there, and how it would have been aligned in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct StaticPlace {
    /// In the coordinates of the containing block.
    pub rect: Rect,
    /// From left to right.
    pub across: Aligned,
    /// From top to bottom.
    pub down: Aligned,
}

/// Where a box stands in its room.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[allow(missing_docs)]
pub enum Aligned {
    #[default]
    Start,
    Center,
    End,
}

/// Measures and places absolutely positioned `children` that say themselves where they stand.
/// `containing` is their containing block, the padding box of the nearest positioned box; it
/// stands in for the place in the flow where that is asked for all the same.
pub fn place(measure: &dyn Measure, children: &[LayoutBox], containing: Rect) -> Vec<Placed> {
    let corner = StaticPlace {
        rect: Rect { origin: containing.origin, ..Rect::default() },
        ..StaticPlace::default()
    };
    children.iter().map(|child| place_one(measure, child, containing, corner)).collect()
}

/// Measures and places one absolutely positioned box in its containing block.
pub fn place_one(
    measure: &dyn Measure,
    child: &LayoutBox,
    containing: Rect,
    flow: StaticPlace,
) -> Placed {
    let style = measure.style(child.style);
    let base = containing.size;
    let edges = Edges::of(style, base.width);
    let across = Axis {
        containing: base.width,
        insets: (
            edges::definite(style.inset.left, Some(base.width)),
            edges::definite(style.inset.right, Some(base.width)),
        ),
        margins: (
            edges::definite(style.margin.left, Some(base.width)),
            edges::definite(style.margin.right, Some(base.width)),
        ),
        static_at: flow.rect.origin.x - containing.origin.x,
        static_room: flow.rect.size.width,
        aligned: flow.across,
        from_end: style.direction == Direction::Rtl,
    };
    let down = Axis {
        containing: base.height,
        insets: (
            edges::definite(style.inset.top, Some(base.height)),
            edges::definite(style.inset.bottom, Some(base.height)),
        ),
        margins: (
            edges::definite(style.margin.top, Some(base.width)),
            edges::definite(style.margin.bottom, Some(base.width)),
        ),
        static_at: flow.rect.origin.y - containing.origin.y,
        static_room: flow.rect.size.height,
        aligned: flow.down,
        from_end: false,
    };
    let room = Room { height: Some(base.height), ..Room::of_width(base.width) };
    let width = width(measure, child, style, &edges, room, &across);
    let forced_height = height(child, style, &edges, room, &down);
    let room = Room { forced_width: Some(width), forced_height, ..room };
    let mut fragment = measure.measure(child, room);
    let frame = edges.frame().vertical();
    let clamped = edges::clamp_height(style, fragment.size.height, Some(base.height), frame);
    if forced_height.is_none() && clamped != fragment.size.height {
        fragment = measure.measure(child, Room { forced_height: Some(clamped), ..room });
    }
    fragment.extra.get_or_insert_default().node = child.node;
    let x = across.start(fragment.size.width);
    let y = down.start(fragment.size.height);
    Placed { at: (containing.origin + Point::new(x, y)).into(), fragment }
}

/// The border box's width.
fn width(
    measure: &dyn Measure,
    child: &LayoutBox,
    style: &ComputedStyle,
    edges: &Edges,
    room: Room,
    axis: &Axis,
) -> Pt {
    let frame = edges.frame().horizontal();
    if let Contents::Replaced(picture) = &child.contents {
        return replaced::content_size(style, picture, room, edges).width + frame;
    }
    let fills = style.width == Extent::Auto && !matches!(child.contents, Contents::Table(_));
    let width = match style.width {
        Extent::Length(length) => edges::border_box(style, length.resolve(room.width), frame),
        Extent::MinContent => measure.intrinsic(child).min,
        Extent::MaxContent => measure.intrinsic(child).max,
        Extent::Auto | Extent::FitContent => match axis.stretched().filter(|_| fills) {
            Some(width) => width,
            None => edges::shrink_to_fit(measure.intrinsic(child), axis.available()),
        },
    };
    edges::clamp_width(style, width, room.width, frame)
}

/// The border box's height where the content does not decide it.
fn height(
    child: &LayoutBox,
    style: &ComputedStyle,
    edges: &Edges,
    room: Room,
    axis: &Axis,
) -> Option<Pt> {
    let frame = edges.frame().vertical();
    if let Contents::Replaced(picture) = &child.contents {
        return Some(replaced::content_size(style, picture, room, edges).height + frame);
    }
    edges::definite_height(style, edges, room).or_else(|| {
        let stretched = axis.stretched().filter(|_| style.height == Extent::Auto)?;
        Some(edges::clamp_height(style, stretched, room.height, frame))
    })
}

/// One direction of the containing block; `None` stands for `auto`.
struct Axis {
    containing: Pt,
    insets: (Option<Pt>, Option<Pt>),
    margins: (Option<Pt>, Option<Pt>),
    /// Where the room in the flow starts, from the containing block's start.
    static_at: Pt,
    /// How much room there is in the flow.
    static_room: Pt,
    /// Where in that room the box stands.
    aligned: Aligned,
    /// Whether the end counts when all is specified and does not add up.
    from_end: bool,
}

impl Axis {
    fn margin_sum(&self) -> Pt {
        self.margins.0.unwrap_or_default() + self.margins.1.unwrap_or_default()
    }

    /// The size between two specified insets.
    fn stretched(&self) -> Option<Pt> {
        let (start, end) = (self.insets.0?, self.insets.1?);
        Some((self.containing - start - end - self.margin_sum()).max(Pt::ZERO))
    }

    /// The size that there is room for.
    fn available(&self) -> Pt {
        let taken = match self.insets {
            (None, None) => match self.aligned {
                Aligned::Start => self.static_at,
                Aligned::Center => Pt::ZERO,
                Aligned::End => self.containing - self.static_at - self.static_room,
            },
            (start, end) => start.unwrap_or_default() + end.unwrap_or_default(),
        };
        (self.containing - taken - self.margin_sum()).max(Pt::ZERO)
    }

    /// Where a border box of that size starts.
    fn start(&self, size: Pt) -> Pt {
        let (before, after) = self.margins;
        let from_end = |end: Pt| self.containing - end - after.unwrap_or_default() - size;
        match self.insets {
            (None, None) => {
                let free = self.static_room - size - self.margin_sum();
                let from_start = match self.aligned {
                    Aligned::Start => Pt::ZERO,
                    Aligned::Center => free / 2.0,
                    Aligned::End => free,
                };
                self.static_at + from_start + before.unwrap_or_default()
            }
            (Some(start), None) => start + before.unwrap_or_default(),
            (None, Some(end)) => from_end(end),
            (Some(start), Some(end)) => {
                let free = self.containing - start - end - size;
                match (before, after) {
                    (None, None) if free > Pt::ZERO => start + free / 2.0,
                    (None, None) if self.from_end => from_end(end),
                    (None, Some(after)) => start + free - after,
                    (Some(_), Some(_)) if self.from_end => from_end(end),
                    (before, _) => start + before.unwrap_or_default(),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(insets: (Option<f32>, Option<f32>), margins: (Option<f32>, Option<f32>)) -> Axis {
        let points = |(a, b): (Option<f32>, Option<f32>)| (a.map(Pt), b.map(Pt));
        Axis {
            containing: Pt(100.0),
            insets: points(insets),
            margins: points(margins),
            static_at: Pt(7.0),
            static_room: Pt(50.0),
            aligned: Aligned::Start,
            from_end: false,
        }
    }

    const NONE: (Option<f32>, Option<f32>) = (Some(0.0), Some(0.0));

    #[test]
    fn start_without_insets_is_static_position() {
        assert_eq!(axis((None, None), (Some(3.0), None)).start(Pt(10.0)), Pt(10.0));
    }

    #[test]
    fn start_without_insets_is_aligned_in_the_room_of_the_flow() {
        let centred = Axis { aligned: Aligned::Center, ..axis((None, None), NONE) };
        assert_eq!(centred.start(Pt(10.0)), Pt(27.0));
        let at_end = Axis { aligned: Aligned::End, ..axis((None, None), NONE) };
        assert_eq!(at_end.start(Pt(10.0)), Pt(47.0));
    }

    #[test]
    fn start_with_end_inset_counts_from_the_end() {
        assert_eq!(axis((None, Some(5.0)), (None, Some(2.0))).start(Pt(10.0)), Pt(83.0));
    }

    #[test]
    fn start_with_auto_margins_centres() {
        assert_eq!(axis((Some(0.0), Some(0.0)), (None, None)).start(Pt(40.0)), Pt(30.0));
        assert_eq!(axis((Some(0.0), Some(0.0)), (None, None)).start(Pt(140.0)), Pt(0.0));
        assert_eq!(axis((Some(0.0), Some(0.0)), (None, Some(5.0))).start(Pt(40.0)), Pt(55.0));
    }

    #[test]
    fn start_with_too_much_specified_drops_the_end() {
        assert_eq!(axis((Some(10.0), Some(10.0)), NONE).start(Pt(40.0)), Pt(10.0));
        let from_end = Axis { from_end: true, ..axis((Some(10.0), Some(10.0)), NONE) };
        assert_eq!(from_end.start(Pt(40.0)), Pt(50.0));
    }

    #[test]
    fn stretched_fills_between_insets() {
        assert_eq!(axis((Some(10.0), Some(20.0)), NONE).stretched(), Some(Pt(70.0)));
        assert_eq!(axis((Some(10.0), None), NONE).stretched(), None);
        assert_eq!(axis((Some(10.0), None), NONE).available(), Pt(90.0));
        assert_eq!(axis((None, None), NONE).available(), Pt(93.0));
    }
}
