//! Positioned boxes of a page in painting order (CSS 2.2 appendix E): those of a negative `z-index`
//! behind the others, the rest in front of them, the highest last.

use crate::layout::page::Item;

/// What positioned boxes have painted, outermost boxes only: what is inside one goes with it.
#[derive(Debug, Default)]
pub struct Layers {
    open: Option<(u32, usize)>,
    /// `z-index`, first item, and one past the last.
    closed: Vec<(i32, usize, usize)>,
}

impl Layers {
    /// A positioned box starts to paint at that item.
    pub fn open(&mut self, index: u32, item: usize) {
        self.open.get_or_insert((index, item));
    }

    /// A box has painted all items up to that one.
    pub fn close(&mut self, index: u32, z: i32, item: usize) {
        if let Some((_, start)) = self.open.take_if(|(open, _)| *open == index) {
            self.closed.push((z, start, item));
        }
    }

    /// Puts the items from `start` on into painting order.
    pub fn arrange(&self, items: &mut Vec<Item>, start: usize) {
        if self.closed.is_empty() {
            return;
        }
        let layer_of = |at: usize| {
            let layer = self.closed.iter().find(|(_, from, to)| (*from..*to).contains(&at));
            layer.map_or((0, false), |(z, ..)| (*z, true))
        };
        let mut painted: Vec<((i32, bool), Item)> = items
            .drain(start..)
            .enumerate()
            .map(|(index, item)| (layer_of(start + index), item))
            .collect();
        painted.sort_by_key(|(layer, _)| *layer);
        items.extend(painted.into_iter().map(|(_, item)| item));
    }
}
