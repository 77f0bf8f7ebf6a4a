//! Floats in painting order (CSS 2.2 appendix E): in front of the backgrounds of the blocks around
//! them, whatever comes first in the document.

use crate::geom::{Point, Rect};
use crate::layout::fragment::Fragment;

use super::painter::Painter;

impl Painter<'_> {
    /// Paints a float with its border box's corner at `at`.
    pub fn float(&mut self, fragment: &Fragment, at: Point) {
        let start = self.painted.items.len();
        self.enter();
        self.fragment(fragment, at);
        self.leave();
        self.floats.push((Rect { origin: at, size: fragment.size }, start));
    }

    /// Moves the items from `start` on, a block's decoration at `rect`, behind the floats that it
    /// would cover.
    pub fn move_behind_floats(&mut self, start: usize, rect: Rect) {
        let count = self.painted.items.len() - start;
        if self.floats.is_empty() || count == 0 {
            return;
        }
        let floor = self.contexts.last().copied().unwrap_or(0);
        let covered = |(float, at): &&(Rect, usize)| *at >= floor && overlap(float, &rect);
        let first = self.floats.iter().filter(covered).map(|(_, at)| *at).min();
        let Some(first) = first else { return };
        if let Some(items) = self.painted.items.get_mut(first..) {
            items.rotate_right(count);
        }
        for (_, at) in self.floats.iter_mut().filter(|(_, at)| *at >= first) {
            *at += count;
        }
    }

    /// What is painted from here on is one layer.
    pub(super) fn enter(&mut self) {
        self.contexts.push(self.painted.items.len());
    }

    /// The layer is complete: nothing goes into it any more.
    pub(super) fn leave(&mut self) {
        let start = self.contexts.pop().unwrap_or(0);
        self.floats.retain(|(_, at)| *at < start);
    }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.origin.x < b.right()
        && b.origin.x < a.right()
        && a.origin.y < b.bottom()
        && b.origin.y < a.bottom()
}
