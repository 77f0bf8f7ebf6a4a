//! Where margin boxes stand (CSS Paged Media 3 §5.3).

use crate::geom::{Pt, Rect, Size};
use crate::layout::page::PageArea;
use crate::style::{Extent, MarginBox};

/// What a margin box's content asks for along its side, borders and paddings included.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The box.
    pub place: MarginBox,
    /// Its `width` (above and below) or `height` (left and right).
    pub extent: Extent,
    /// As short as it can be.
    pub min: Pt,
    /// As long as it would like to be.
    pub max: Pt,
}

/// The rectangles of the boxes that are there, in the order of `wishes`.
pub fn margin_rects(page: PageArea, wishes: &[Wish]) -> Vec<Rect> {
    let sides = [
        [MarginBox::TopLeft, MarginBox::TopCenter, MarginBox::TopRight],
        [MarginBox::BottomLeft, MarginBox::BottomCenter, MarginBox::BottomRight],
        [MarginBox::LeftTop, MarginBox::LeftMiddle, MarginBox::LeftBottom],
        [MarginBox::RightTop, MarginBox::RightMiddle, MarginBox::RightBottom],
    ];
    wishes
        .iter()
        .map(|wish| {
            let side = sides.iter().find(|side| side.contains(&wish.place));
            match side {
                None => corner(page, wish.place),
                Some(side) => on_side(page, wish.place, side, wishes),
            }
        })
        .collect()
}

fn corner(page: PageArea, place: MarginBox) -> Rect {
    let (size, margin) = (page.size, page.margin);
    let (right, bottom) = (size.width - margin.right, size.height - margin.bottom);
    match place {
        MarginBox::TopLeftCorner => Rect::new(Pt::ZERO, Pt::ZERO, margin.left, margin.top),
        MarginBox::TopRightCorner => Rect::new(right, Pt::ZERO, margin.right, margin.top),
        MarginBox::BottomLeftCorner => Rect::new(Pt::ZERO, bottom, margin.left, margin.bottom),
        _ => Rect::new(right, bottom, margin.right, margin.bottom),
    }
}

fn on_side(page: PageArea, place: MarginBox, side: &[MarginBox; 3], wishes: &[Wish]) -> Rect {
    let (size, margin) = (page.size, page.margin);
    let inner = Size::new(size.width - margin.horizontal(), size.height - margin.vertical());
    let is_row = matches!(side[0], MarginBox::TopLeft | MarginBox::BottomLeft);
    let available = if is_row { inner.width } else { inner.height };
    let wish_of = |place: MarginBox| wishes.iter().find(|wish| wish.place == place);
    let lengths = share(side.map(wish_of), available);
    let index = side.iter().position(|known| *known == place).unwrap_or(0);
    let length = lengths[index];
    let offset = match index {
        0 => Pt::ZERO,
        1 => (available - length) / 2.0,
        _ => available - length,
    };
    match side[0] {
        MarginBox::TopLeft => Rect::new(margin.left + offset, Pt::ZERO, length, margin.top),
        MarginBox::BottomLeft => {
            Rect::new(margin.left + offset, size.height - margin.bottom, length, margin.bottom)
        }
        MarginBox::LeftTop => Rect::new(Pt::ZERO, margin.top + offset, margin.left, length),
        _ => Rect::new(size.width - margin.right, margin.top + offset, margin.right, length),
    }
}

/// How long each of the three boxes of a side is (CSS Paged Media 3 §5.3.2.3).
fn share(wishes: [Option<&Wish>; 3], available: Pt) -> [Pt; 3] {
    let [start, center, end] = wishes;
    let fixed = |wish: Option<&Wish>| wish.and_then(|wish| wish.extent.resolve(available));
    let room = |wish: Option<&Wish>| match (wish, fixed(wish)) {
        (None, _) => (Pt::ZERO, Pt::ZERO),
        (Some(_), Some(length)) => (length, length),
        (Some(wish), None) => (wish.min, wish.max),
    };
    if center.is_none() {
        let (first, last) = two(room(start), room(end), available);
        return [fixed(start).unwrap_or(first), Pt::ZERO, fixed(end).unwrap_or(last)];
    }
    // The center stays in the middle: the outer two count as one box twice as long as the longer.
    let (a, c) = (room(start), room(end));
    let outer = (a.0.max(c.0) * 2.0, a.1.max(c.1) * 2.0);
    let (middle, _) = two(room(center), outer, available);
    let middle = fixed(center).unwrap_or(middle);
    let rest = ((available - middle) / 2.0).max(Pt::ZERO);
    [fixed(start).unwrap_or(rest), middle, fixed(end).unwrap_or(rest)]
}

/// Two boxes share what there is: by their greatest lengths when these fit, else by what each
/// wants beyond its least length.
fn two(a: (Pt, Pt), b: (Pt, Pt), available: Pt) -> (Pt, Pt) {
    let most = a.1 + b.1;
    if most <= Pt::ZERO {
        return (available / 2.0, available / 2.0);
    }
    if most <= available {
        let free = available - most;
        return (a.1 + free * (a.1 / most), b.1 + free * (b.1 / most));
    }
    let least = a.0 + b.0;
    let wanted = most - least;
    if least < available && wanted > Pt::ZERO {
        let free = available - least;
        return (a.0 + free * ((a.1 - a.0) / wanted), b.0 + free * ((b.1 - b.0) / wanted));
    }
    if least <= Pt::ZERO {
        return (available / 2.0, available / 2.0);
    }
    (available * (a.0 / least), available * (b.0 / least))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(place: MarginBox, min: f32, max: f32) -> Wish {
        Wish { place, extent: Extent::Auto, min: Pt(min), max: Pt(max) }
    }

    #[test]
    fn share_with_center_keeps_it_in_the_middle() {
        let left = wish(MarginBox::TopLeft, 10.0, 20.0);
        let center = wish(MarginBox::TopCenter, 10.0, 40.0);
        let [a, b, c] = share([Some(&left), Some(&center), None], Pt(200.0));
        assert_eq!(a, c);
        assert!((a + b + c - Pt(200.0)).abs() < Pt(0.01));
        assert!(b >= Pt(40.0) && a >= Pt(20.0));
    }

    #[test]
    fn share_without_center_gives_all_to_the_only_box() {
        let right = wish(MarginBox::TopRight, 10.0, 20.0);
        assert_eq!(share([None, None, Some(&right)], Pt(200.0))[2], Pt(200.0));
    }

    #[test]
    fn share_of_too_long_boxes_keeps_least_lengths() {
        let left = wish(MarginBox::TopLeft, 50.0, 300.0);
        let right = wish(MarginBox::TopRight, 50.0, 100.0);
        let [a, _, c] = share([Some(&left), None, Some(&right)], Pt(200.0));
        assert!(a >= Pt(50.0) && c >= Pt(50.0) && (a + c - Pt(200.0)).abs() < Pt(0.01));
    }
}
