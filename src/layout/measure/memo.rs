//! What flex and grid containers, and boxes with letters to be fitted, ask again and again. Without
//! a memory, each level of nested containers would multiply the questions to the level below.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::geom::Pt;
use crate::layout::boxes::LayoutBox;

use super::{Intrinsic, Room};

/// A box's natural height and first baseline.
pub type Natural = (Pt, Option<Pt>);

/// Answers by box. Boxes are known by their address, which holds as long as the box tree that is
/// being measured.
#[derive(Debug, Default)]
pub struct Memo {
    widths: Mutex<FxHashMap<usize, Intrinsic>>,
    heights: Mutex<FxHashMap<(usize, [u32; 3]), Natural>>,
    inside: Mutex<FxHashMap<usize, Intrinsic>>,
}

impl Memo {
    /// The widths of a box, worked out by `ask` the first time.
    pub fn widths(&self, content: &LayoutBox, ask: impl FnOnce() -> Intrinsic) -> Intrinsic {
        known_or(&self.widths, content, ask)
    }

    /// The widths of what is inside a box that is fitted to its place, in letters of their own size.
    pub fn inside(&self, content: &LayoutBox, ask: impl FnOnce() -> Intrinsic) -> Intrinsic {
        known_or(&self.inside, content, ask)
    }

    /// The natural height of a box in `room`, when it is known.
    pub fn natural(&self, content: &LayoutBox, room: Room) -> Option<Natural> {
        let heights = self.heights.lock().unwrap_or_else(PoisonError::into_inner);
        heights.get(&(address(content), key(room))).copied()
    }

    /// Keeps the natural height of a box in `room`.
    pub fn keep_natural(&self, content: &LayoutBox, room: Room, natural: Natural) {
        let mut heights = self.heights.lock().unwrap_or_else(PoisonError::into_inner);
        heights.insert((address(content), key(room)), natural);
    }
}

fn known_or(
    all: &Mutex<FxHashMap<usize, Intrinsic>>,
    content: &LayoutBox,
    ask: impl FnOnce() -> Intrinsic,
) -> Intrinsic {
    let key = address(content);
    let known = all.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
    known.unwrap_or_else(|| {
        // Not under the lock: the box's own content asks too.
        let widths = ask();
        all.lock().unwrap_or_else(PoisonError::into_inner).insert(key, widths);
        widths
    })
}

fn address(content: &LayoutBox) -> usize {
    std::ptr::from_ref(content).addr()
}

fn key(room: Room) -> [u32; 3] {
    [
        room.forced_width.unwrap_or(-Pt::HUGE).0.to_bits(),
        room.width.0.to_bits(),
        room.height.unwrap_or(-Pt::HUGE).0.to_bits(),
    ]
}
