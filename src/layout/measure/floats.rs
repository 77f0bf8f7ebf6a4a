//! The floats of one block formatting context (CSS 2.2 9.5): the areas that lines and boxes keep
//! out of, in the coordinates of the context's root box.

use crate::geom::{Depth, Pt, Size};
use crate::layout::boxes::{Contents, InlineItem, LayoutBox};
use crate::style::{Clear, ComputedStyle, Float};

use super::Measure;

/// Overlaps smaller than this are rounding.
const TOLERANCE: Pt = Pt(0.01);

/// The side that a box floats to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Side {
    Left,
    Right,
}

impl Side {
    /// Where a box of that style floats to, if it does.
    pub fn of(style: &ComputedStyle) -> Option<Side> {
        match style.float {
            Float::Left => Some(Side::Left),
            Float::Right => Some(Side::Right),
            Float::None | Float::Footnote => None,
        }
    }
}

/// The horizontal extent that is free at some height.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Band {
    pub left: Pt,
    pub right: Pt,
}

impl Band {
    /// Its width, which is negative where floats of both sides overlap.
    pub fn width(self) -> Pt {
        self.right - self.left
    }
}

/// A float's margin box, as far as others keep out of it.
#[derive(Debug, Clone, Copy)]
struct Area {
    top: Depth,
    bottom: Depth,
    /// The edge towards the other side.
    edge: Pt,
    /// The lowest bottom of this area and those before it, so that passed ones are skipped.
    reach: Depth,
}

/// The floats placed so far.
#[derive(Debug, Default)]
pub struct Floats {
    left: Vec<Area>,
    right: Vec<Area>,
    /// No float stands higher than one that came before it (CSS 2.2 9.5.1, rule 5).
    last_top: Option<Depth>,
}

impl Floats {
    /// Whether any float reaches below `y`.
    pub fn reach_below(&self, y: Depth) -> bool {
        self.lowest().is_some_and(|lowest| lowest > y + TOLERANCE)
    }

    /// The lowest bottom margin edge.
    pub fn lowest(&self) -> Option<Depth> {
        let sides = [&self.left, &self.right].into_iter();
        sides.filter_map(|side| side.last()).map(|area| area.reach).reduce(Depth::max)
    }

    /// The place below which a box with that `clear` starts (CSS 2.2 9.5.2).
    pub fn cleared(&self, clear: Clear) -> Option<Depth> {
        let reach = |side: &Vec<Area>| side.last().map(|area| area.reach);
        match clear {
            Clear::None => None,
            Clear::Left => reach(&self.left),
            Clear::Right => reach(&self.right),
            Clear::Both => self.lowest(),
        }
    }

    /// What of `within` is free between `top` and `bottom`.
    pub fn band(&self, top: Depth, bottom: Depth, within: Band) -> Band {
        self.band_of(self.count(), top, bottom, within)
    }

    /// How many there are on each side.
    pub fn count(&self) -> (usize, usize) {
        (self.left.len(), self.right.len())
    }

    /// Like [`Floats::band`], for the first so many floats of each side.
    pub fn band_of(
        &self,
        (left, right): (usize, usize),
        top: Depth,
        bottom: Depth,
        within: Band,
    ) -> Band {
        let (left, right) = (self.left.get(..left), self.right.get(..right));
        let left = overlapping(left.unwrap_or_default(), top, bottom).map(|area| area.edge);
        let right = overlapping(right.unwrap_or_default(), top, bottom).map(|area| area.edge);
        Band { left: left.fold(within.left, Pt::max), right: right.fold(within.right, Pt::min) }
    }

    /// The next place below `y` where a float ends.
    pub fn next_end(&self, y: Depth) -> Option<Depth> {
        let ends = [&self.left, &self.right].into_iter().flat_map(|side| {
            let first = side.partition_point(|area| area.reach <= y + TOLERANCE);
            side[first..].iter().map(|area| area.bottom)
        });
        ends.filter(|bottom| *bottom > y + TOLERANCE).reduce(Depth::min)
    }

    /// Finds the place of a margin box of that size: as high as it may, not above `top`, then as
    /// far to its side as it goes in `within`, its containing block (CSS 2.2 9.5.1). The floats
    /// keep it; its left and top edges come back.
    pub fn place(&mut self, side: Side, size: Size, top: Depth, within: Band) -> (Pt, Depth) {
        let mut y = self.last_top.map_or(top, |last| last.max(top));
        let band = loop {
            let band = self.band(y, y + TOLERANCE * 2.0, within);
            let fits = size.width <= band.width() + TOLERANCE;
            match self.next_end(y) {
                Some(next) if !fits && band != within => y = next,
                _ => break band,
            }
        };
        self.last_top = Some(y);
        let (bottom, taken) = (y + size.height, size.height > Pt::ZERO);
        let (x, edge, areas) = match side {
            Side::Left => (band.left, band.left + size.width, &mut self.left),
            Side::Right => (band.right - size.width, band.right - size.width, &mut self.right),
        };
        let reach = areas.last().map_or(bottom, |last| last.reach.max(bottom));
        if taken || areas.last().is_none_or(|last| last.reach < reach) {
            areas.push(Area { top: y, bottom: bottom.max(y), edge, reach });
        }
        (x, y)
    }
}

/// The areas that share some height with `top` to `bottom`: they are in the order of their tops.
fn overlapping(areas: &[Area], top: Depth, bottom: Depth) -> impl Iterator<Item = &Area> {
    let first = areas.partition_point(|area| area.reach <= top + TOLERANCE);
    let below = move |area: &&Area| area.top < bottom - TOLERANCE;
    let shares = move |area: &&Area| area.bottom > top + TOLERANCE && area.bottom > area.top;
    areas[first..].iter().take_while(below).filter(shares)
}

/// Whether there is a float in the formatting context that a box is the root of.
pub fn holds_float(measure: &dyn Measure, root: &LayoutBox) -> bool {
    let mut pending = vec![root];
    while let Some(one) = pending.pop() {
        match &one.contents {
            Contents::Blocks(children) => {
                for child in children {
                    let style = measure.style(child.style);
                    if Side::of(style).is_some() {
                        return true;
                    }
                    if !style.starts_formatting_context() {
                        pending.push(child);
                    }
                }
            }
            Contents::Inline(inline) => {
                let is_float = |item: &InlineItem| matches!(item, InlineItem::Float(_));
                if inline.items.iter().any(is_float) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITHIN: Band = Band { left: Pt(0.0), right: Pt(100.0) };

    fn place(floats: &mut Floats, side: Side, width: f32, height: f32, top: f32) -> (f32, f32) {
        let (x, y) = floats.place(side, Size::new(Pt(width), Pt(height)), Pt(top).into(), WITHIN);
        (x.0, y.0 as f32)
    }

    #[test]
    fn place_stacks_side_by_side_then_down() {
        let mut floats = Floats::default();
        assert_eq!(place(&mut floats, Side::Left, 40.0, 10.0, 0.0), (0.0, 0.0));
        assert_eq!(place(&mut floats, Side::Left, 40.0, 30.0, 0.0), (40.0, 0.0));
        // Beside the taller one, below the lower one.
        assert_eq!(place(&mut floats, Side::Left, 40.0, 10.0, 0.0), (0.0, 30.0));
        assert_eq!(floats.lowest(), Some(Depth(40.0)));
    }

    #[test]
    fn place_keeps_both_sides_apart() {
        let mut floats = Floats::default();
        assert_eq!(place(&mut floats, Side::Left, 60.0, 20.0, 5.0), (0.0, 5.0));
        assert_eq!(place(&mut floats, Side::Right, 40.0, 10.0, 0.0), (60.0, 5.0));
        assert_eq!(place(&mut floats, Side::Right, 30.0, 10.0, 0.0), (70.0, 15.0));
        let band = floats.band(Depth(16.0), Depth(20.0), WITHIN);
        assert_eq!((band.left, band.right), (Pt(60.0), Pt(70.0)));
        assert_eq!(floats.next_end(Depth(16.0)), Some(Depth(25.0)));
        assert_eq!(floats.band(Depth(25.0), Depth(30.0), WITHIN), WITHIN);
    }

    #[test]
    fn place_wider_than_its_block_reaches_out_where_nothing_is() {
        let mut floats = Floats::default();
        assert_eq!(place(&mut floats, Side::Left, 10.0, 10.0, 0.0), (0.0, 0.0));
        assert_eq!(place(&mut floats, Side::Right, 150.0, 10.0, 0.0), (-50.0, 10.0));
    }

    #[test]
    fn cleared_is_below_the_floats_of_the_side() {
        let mut floats = Floats::default();
        place(&mut floats, Side::Left, 10.0, 30.0, 0.0);
        place(&mut floats, Side::Right, 10.0, 20.0, 0.0);
        assert_eq!(floats.cleared(Clear::Left), Some(Depth(30.0)));
        assert_eq!(floats.cleared(Clear::Right), Some(Depth(20.0)));
        assert_eq!(floats.cleared(Clear::Both), Some(Depth(30.0)));
        assert_eq!(floats.cleared(Clear::None), None);
    }
}
