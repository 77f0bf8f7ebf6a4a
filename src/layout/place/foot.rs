//! What a place must have room for at its foot while it is filled, and where it ends best then.

use crate::geom::Pt;
use crate::layout::fragment::Position;

use super::flow::{Appeal, Flow};
use super::strands::Strands;

/// How many lines a page may stay short of, so that a note need not be divided.
const SHORT_BY: f32 = 3.0;

/// What stands at the foot of a page because its content calls for it.
pub trait Foot {
    /// What it takes of the page's height so far.
    fn cost(&self) -> Cost;
    /// Adds what the unit at `at` calls for, from the part there on.
    fn meet(&mut self, flow: &Flow, at: Position);
    /// How high the first part of the unit met last may be, when `left` is left for it and for what
    /// that part calls for; the whole unit is `height` high.
    fn room_above(&self, left: Pt, height: Pt) -> Pt;
    /// Whether the place must not end before `unit`, since it would part a paragraph from a call
    /// that goes with all of it.
    fn holds(&self, unit: u32) -> bool;
    /// What goes on in several places.
    fn strands(&self) -> &Strands;
}

/// A foot at which nothing stands.
pub struct NoFoot<'s>(pub &'s Strands);

impl Foot for NoFoot<'_> {
    fn cost(&self) -> Cost {
        Cost::default()
    }

    fn meet(&mut self, _: &Flow, _: Position) {}

    fn room_above(&self, left: Pt, _: Pt) -> Pt {
        left
    }

    fn holds(&self, _: u32) -> bool {
        false
    }

    fn strands(&self) -> &Strands {
        self.0
    }
}

/// The notes that one unit calls.
#[derive(Debug, Default)]
pub struct Met {
    /// How far below the unit's top each call stands, and how high its note is.
    pub calls: Vec<(Pt, Pt)>,
    /// What the notes before it take, and what is around notes where these are the first.
    pub before: Pt,
    /// See `before`.
    pub around: Pt,
    /// Whether its text goes on from column to column, so that calls stand in no order of height.
    pub has_columns: bool,
}

impl Met {
    /// See [`Foot::room_above`].
    pub fn room_above(&self, left: Pt, height: Pt) -> Pt {
        let left = left - self.before;
        if self.calls.is_empty() {
            return left;
        }
        // Borders at the cut may take a little more.
        let left = left - Pt(1.0);
        if self.has_columns {
            // The same share of the notes as of the text; and since they need not be called evenly,
            // there is room for one of them more.
            let all = self.calls.iter().fold(Pt::ZERO, |sum, (_, note)| sum + *note);
            let highest = self.calls.iter().map(|(_, note)| *note).fold(Pt::ZERO, Pt::max);
            let free = (left - self.around).max(Pt::ZERO);
            let part = all * (free / (height + all)).min(1.0);
            return free - (part + highest).min(all).min(free / 2.0);
        }
        let mut calls = self.calls.clone();
        calls.sort_by(|one, other| one.0.0.total_cmp(&other.0.0));
        let mut room = left;
        for (index, (call, note)) in calls.iter().enumerate() {
            if *call >= room {
                break;
            }
            // Either the part ends above this call, or its note stands on the page.
            let with = room - *note - if index == 0 { self.around } else { Pt::ZERO };
            if with <= *call {
                return room.min(*call - Pt(0.1));
            }
            room = with;
        }
        room
    }
}

/// What the notes met so far take of the page's height.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// With the last one's beginning only.
    pub least: Pt,
    /// With all of them whole.
    pub whole: Pt,
}

/// Places where a page may end, as good as the filling of the page has found them.
#[derive(Debug, Default)]
pub struct Candidates {
    /// The best place where the notes' beginnings fit.
    any: Option<Candidate>,
    /// The best place where all notes fit whole.
    whole: Option<Candidate>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    appeal: Appeal,
    unit: u32,
    reached: Pt,
}

impl Candidates {
    /// Takes note of a place before `unit` where the text has reached `reached`.
    pub fn offer(&mut self, appeal: Appeal, unit: u32, reached: Pt, whole: bool) {
        let candidate = Candidate { appeal, unit, reached };
        if self.any.is_none_or(|known| appeal >= known.appeal) {
            self.any = Some(candidate);
        }
        if whole && self.whole.is_none_or(|known| appeal >= known.appeal) {
            self.whole = Some(candidate);
        }
    }

    /// The unit before which the page ends: where no note is divided, unless that leaves more than
    /// a few lines of height `line` empty or is a worse place for the text.
    pub fn best(&self, line: Pt) -> Option<(Appeal, u32)> {
        let any = self.any?;
        let whole = self.whole.filter(|whole| {
            whole.appeal >= any.appeal && any.reached - whole.reached <= line * SHORT_BY
        });
        let best = whole.unwrap_or(any);
        Some((best.appeal, best.unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(calls: &[(f32, f32)]) -> Met {
        let calls = calls.iter().map(|(call, note)| (Pt(*call), Pt(*note))).collect();
        Met { calls, before: Pt(10.0), around: Pt(5.0), has_columns: false }
    }

    #[test]
    fn room_above_counts_the_notes_called_in_the_part_only() {
        // The first call's note stands below; the second call is not reached.
        assert_eq!(met(&[(20.0, 10.0), (90.0, 10.0)]).room_above(Pt(110.0), Pt(300.0)), Pt(84.0));
        // The part ends above a call whose note has no room.
        let close = met(&[(60.0, 50.0)]).room_above(Pt(110.0), Pt(300.0));
        assert!(close < Pt(60.0) && close > Pt(59.0));
        assert_eq!(met(&[]).room_above(Pt(110.0), Pt(300.0)), Pt(100.0));
    }

    #[test]
    fn candidates_best_prefers_whole_notes_when_little_stays_empty() {
        let mut near = Candidates::default();
        near.offer(Appeal::Perfect, 10, Pt(100.0), true);
        near.offer(Appeal::Perfect, 12, Pt(124.0), false);
        assert_eq!(near.best(Pt(12.0)), Some((Appeal::Perfect, 10)));
        let mut far = Candidates::default();
        far.offer(Appeal::Perfect, 4, Pt(40.0), true);
        far.offer(Appeal::Perfect, 12, Pt(124.0), false);
        assert_eq!(far.best(Pt(12.0)), Some((Appeal::Perfect, 12)));
    }

    #[test]
    fn candidates_best_keeps_the_better_place_of_the_text() {
        let mut places = Candidates::default();
        places.offer(Appeal::ViolatesOrphans, 3, Pt(30.0), true);
        places.offer(Appeal::Perfect, 4, Pt(40.0), false);
        assert_eq!(places.best(Pt(12.0)), Some((Appeal::Perfect, 4)));
        assert_eq!(Candidates::default().best(Pt(12.0)), None);
    }
}
