//! Pictures: how large they are (CSS 2.2 10.3.2, 10.4, 10.6.2) and where they stand in their box
//! (CSS Images 3 §5.5).

use crate::geom::{Point, Pt, Rect, Size};
use crate::style::{ComputedStyle, Extent, ObjectFit};

use super::edges::{self, Edges};
use super::{Intrinsic, Measure, Room};
use crate::layout::boxes::{Contents, LayoutBox, Replaced};
use crate::layout::fragment::{Body, BoxNames, Fragment, FragmentExtra};

/// The widths that a picture asks for, as a border box. One whose width depends on its containing
/// block can be made as narrow as need be (CSS Sizing 3 §5.2.2).
pub fn intrinsic(content: &LayoutBox, measure: &dyn Measure) -> Intrinsic {
    let Contents::Replaced(replaced) = &content.contents else { return Intrinsic::default() };
    let style = measure.style(content.style);
    let frame = Edges::of(style, Pt::ZERO).frame().horizontal();
    let is_share = |extent| matches!(extent, Extent::Length(length) if length.share != 0.0);
    let unbounded = ComputedStyle {
        width: if is_share(style.width) { Extent::Auto } else { style.width },
        max_width: if is_share(style.max_width) { Extent::Auto } else { style.max_width },
        ..style.clone()
    };
    let room = Room::of_width(Pt::ZERO);
    let max = content_size(&unbounded, replaced, room, &Edges::of(style, Pt::ZERO)).width + frame;
    let shrinks = is_share(style.width) || is_share(style.max_width);
    Intrinsic { min: if shrinks { frame } else { max }, max }
}

/// Measures a picture.
pub fn measure(content: &LayoutBox, measure: &dyn Measure, room: Room) -> Fragment {
    let style = measure.style(content.style);
    let edges = Edges::of(style, room.width);
    let frame = edges.frame();
    let (size, body) = match &content.contents {
        Contents::Replaced(replaced) => {
            let body = Body::Picture(Box::new(replaced.picture.clone()));
            (content_size(style, replaced, room, &edges), body)
        }
        _ => (Size::default(), Body::Empty),
    };
    Fragment {
        style: content.style,
        size: Size::new(size.width + frame.horizontal(), size.height + frame.vertical()),
        border: edges.border,
        padding: edges.padding,
        margin_top: edges.margin.top,
        margin_bottom: edges.margin.bottom,
        mark: content.mark,
        body,
        extra: content.extra.as_ref().map(|extra| {
            Box::new(FragmentExtra { names: BoxNames::of(extra), ..FragmentExtra::default() })
        }),
    }
}

/// The used size of a picture's content box.
pub fn content_size(style: &ComputedStyle, replaced: &Replaced, room: Room, edges: &Edges) -> Size {
    let frame = edges.frame();
    let (across, down) = (frame.horizontal(), frame.vertical());
    let natural = replaced.natural;
    let natural_ratio = (natural.width > Pt::ZERO && natural.height > Pt::ZERO)
        .then(|| natural.width / natural.height);
    let ratio = style.aspect_ratio.filter(|ratio| *ratio > 0.0).or(natural_ratio).unwrap_or(2.0);
    let width = edges::definite(style.width, Some(room.width));
    let height = edges::definite(style.height, room.height);
    let width = width.map(|width| edges::border_box(style, width, across) - across);
    let height = height.map(|height| edges::border_box(style, height, down) - down);
    let clamp_width =
        |width: Pt| edges::clamp_width(style, width + across, room.width, across) - across;
    let clamp_height =
        |height: Pt| edges::clamp_height(style, height + down, room.height, down) - down;
    let forced = (
        room.forced_width.map(|width| (width - across).max(Pt::ZERO)),
        room.forced_height.map(|height| (height - down).max(Pt::ZERO)),
    );
    let width = forced.0.or(width.map(clamp_width));
    let height = forced.1.or(height.map(clamp_height));
    match (width, height) {
        (Some(width), Some(height)) => Size::new(width, height),
        (Some(width), None) => Size::new(width, clamp_height(width / ratio)),
        (None, Some(height)) => Size::new(clamp_width(height * ratio), height),
        (None, None) => {
            let height =
                if style.aspect_ratio.is_some() { natural.width / ratio } else { natural.height };
            keep_ratio(Size::new(natural.width, height), clamp_width, clamp_height)
        }
    }
}

/// Fits a size into its bounds and keeps its shape where they allow it: the table of CSS 2.2 10.4.
fn keep_ratio(size: Size, clamp_width: impl Fn(Pt) -> Pt, clamp_height: impl Fn(Pt) -> Pt) -> Size {
    let (width, height) = (clamp_width(size.width), clamp_height(size.height));
    if size.width <= Pt::ZERO || size.height <= Pt::ZERO {
        return Size::new(width, height);
    }
    let (by_width, by_height) = (width / size.width, height / size.height);
    match (by_width == 1.0, by_height == 1.0) {
        (true, true) => size,
        (false, true) => Size::new(width, clamp_height(size.height * by_width)),
        (true, false) => Size::new(clamp_width(size.width * by_height), height),
        (false, false) => {
            let both_larger = by_width > 1.0 && by_height > 1.0;
            let both_smaller = by_width < 1.0 && by_height < 1.0;
            let width_leads = match (both_smaller, both_larger) {
                (true, _) => by_width <= by_height,
                (_, true) => by_width >= by_height,
                // One too small, the other too large: no size of that shape fits.
                _ => return Size::new(width, height),
            };
            if width_leads {
                Size::new(width, clamp_height(size.height * by_width))
            } else {
                Size::new(clamp_width(size.width * by_height), height)
            }
        }
    }
}

/// Where a picture is painted for a content box: by `object-fit` and `object-position`. It may
/// reach out of the box, which clips it then.
pub fn object_rect(style: &ComputedStyle, natural: Size, content: Rect) -> Rect {
    let (across, down) = (content.size.width / natural.width, content.size.height / natural.height);
    if natural.width <= Pt::ZERO || natural.height <= Pt::ZERO {
        return content;
    }
    let scale = match style.object_fit {
        ObjectFit::Fill => return content,
        ObjectFit::Contain => across.min(down),
        ObjectFit::Cover => across.max(down),
        ObjectFit::None => 1.0,
        ObjectFit::ScaleDown => across.min(down).min(1.0),
    };
    let size = Size::new(natural.width * scale, natural.height * scale);
    let (x, y) = style.object_position;
    let at = Point::new(
        x.resolve(content.size.width - size.width),
        y.resolve(content.size.height - size.height),
    );
    Rect { origin: content.origin + at, size }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(natural: (f32, f32), widths: (f32, f32), heights: (f32, f32)) -> (f32, f32) {
        let clamp = |(min, max): (f32, f32)| move |value: Pt| Pt(value.0.min(max).max(min));
        let size = Size::new(Pt(natural.0), Pt(natural.1));
        let fitted = keep_ratio(size, clamp(widths), clamp(heights));
        (fitted.width.0, fitted.height.0)
    }

    const ANY: (f32, f32) = (0.0, 1.0e6);

    #[test]
    fn keep_ratio_follows_the_table_of_constraint_violations() {
        // CSS 2.2 10.4, from the top row to the bottom.
        let cases = [
            (ANY, ANY, (200.0, 100.0)),
            ((0.0, 100.0), ANY, (100.0, 50.0)),
            ((400.0, 1.0e6), ANY, (400.0, 200.0)),
            (ANY, (0.0, 50.0), (100.0, 50.0)),
            (ANY, (200.0, 1.0e6), (400.0, 200.0)),
            ((0.0, 50.0), (0.0, 50.0), (50.0, 25.0)),
            ((0.0, 150.0), (0.0, 25.0), (50.0, 25.0)),
            ((300.0, 1.0e6), (300.0, 1.0e6), (600.0, 300.0)),
            ((800.0, 1.0e6), (200.0, 1.0e6), (800.0, 400.0)),
            ((400.0, 1.0e6), (0.0, 50.0), (400.0, 50.0)),
            ((0.0, 100.0), (200.0, 1.0e6), (100.0, 200.0)),
        ];
        for (widths, heights, expected) in cases {
            assert_eq!(fitted((200.0, 100.0), widths, heights), expected, "{widths:?} {heights:?}");
        }
    }
}
