//! Where glyphs have ink: for lines that leave out the letters that reach into them.

use std::sync::{Mutex, PoisonError};

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use rustc_hash::FxHashMap;

use super::{FaceId, FontBook};

/// From left to right, in em.
type Reach = Option<(f32, f32)>;

/// The reaches that were asked for: by glyph and band, the band in thousandths of an em.
pub(super) type Inks = Mutex<FxHashMap<(u16, i16, i16), Reach>>;

impl FontBook {
    /// How far a glyph's ink reaches within a band above the baseline (`low` to `high`, in em):
    /// from left to right of its origin, in em. `None` when there is none.
    pub fn ink(&self, face: FaceId, glyph: u16, low: f32, high: f32) -> Option<(f32, f32)> {
        let parsed = self.parsed(face)?;
        let (low, high) = ((low * 1000.0).round() as i16, (high * 1000.0).round() as i16);
        let key = (glyph, low, high);
        let lock = || parsed.inks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return *known;
        }
        let units = f32::from(parsed.font.units_per_em().max(1));
        let scale = |edge: i16| f32::from(edge) * units / 1000.0;
        let mut pen = Pen {
            low: scale(low),
            high: scale(high),
            at: (0.0, 0.0),
            start: (0.0, 0.0),
            reach: None,
        };
        let outlines = parsed.font.outline_glyphs();
        if let Some(outline) = outlines.get(u32::from(glyph).into()) {
            // What cannot be drawn has no ink.
            let _ = outline.draw(&DrawOptions::default(), DrawMemory::default(), &mut pen);
        }
        let reach = pen.reach.map(|(left, right)| (left / units, right / units));
        lock().insert(key, reach);
        reach
    }
}

/// Follows an outline and keeps how far it reaches within the band, in the face's units.
struct Pen {
    low: f32,
    high: f32,
    at: (f32, f32),
    start: (f32, f32),
    reach: Reach,
}

/// Curves count as so many straight lines.
const STEPS: u8 = 8;

impl Pen {
    fn line(&mut self, to: (f32, f32)) {
        let (from, (x, y)) = (self.at, to);
        self.at = to;
        let (least, most) = (from.1.min(y), from.1.max(y));
        if most < self.low || least > self.high {
            return;
        }
        let at = |edge: f32| match y - from.1 {
            0.0 => from.0,
            height => from.0 + (x - from.0) * ((edge - from.1) / height).clamp(0.0, 1.0),
        };
        let ends = match y == from.1 {
            true => [from.0, x],
            false => [at(self.low), at(self.high)],
        };
        for end in ends {
            let (left, right) = self.reach.unwrap_or((end, end));
            self.reach = Some((left.min(end), right.max(end)));
        }
    }

    fn curve(&mut self, point: impl Fn(f32) -> (f32, f32)) {
        (1..=STEPS).for_each(|step| self.line(point(f32::from(step) / f32::from(STEPS))));
    }
}

impl PathSink for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        (self.at, self.start) = ((x, y), (x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.line((x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let from = self.at;
        let mix = |a: f32, b: f32, c: f32, t: f32| {
            let u = 1.0 - t;
            u * u * a + 2.0 * u * t * b + t * t * c
        };
        self.curve(|t| (mix(from.0, cx, x, t), mix(from.1, cy, y, t)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let from = self.at;
        let mix = |a: f32, b: f32, c: f32, d: f32, t: f32| {
            let u = 1.0 - t;
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        self.curve(|t| (mix(from.0, ax, bx, x, t), mix(from.1, ay, by, y, t)));
    }

    fn close(&mut self) {
        self.line(self.start);
    }
}
