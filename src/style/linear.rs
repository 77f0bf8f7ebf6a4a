//! Lengths as they are written: sums over units, which may be held within bounds (CSS Values 4 §6, §10).

use crate::geom::{Pt, Size};

use super::computed::Length;

/// The units that a length may be a sum of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Unit {
    Points,
    Share,
    Em,
    Rem,
    ViewWidth,
    ViewHeight,
    ViewMin,
    ViewMax,
    /// `lh`.
    Line,
    /// `rlh`.
    RootLine,
}

const UNITS: usize = 10;

const UNITS_IN_ORDER: [Unit; UNITS] = [
    Unit::Points,
    Unit::Share,
    Unit::Em,
    Unit::Rem,
    Unit::ViewWidth,
    Unit::ViewHeight,
    Unit::ViewMin,
    Unit::ViewMax,
    Unit::Line,
    Unit::RootLine,
];

/// A sum over the units.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sum([f32; UNITS]);

impl Sum {
    fn of(unit: Unit, value: f32) -> Sum {
        let mut parts = [0.0; UNITS];
        parts[unit as usize] = value;
        Sum(parts)
    }

    fn plus(self, other: Sum) -> Sum {
        Sum(std::array::from_fn(|unit| self.0[unit] + other.0[unit]))
    }

    fn scaled(self, factor: f32) -> Sum {
        Sum(self.0.map(|part| part * factor))
    }

    fn has_share(&self) -> bool {
        self.0[Unit::Share as usize] != 0.0
    }

    /// With all units but the percentage known.
    fn resolve(&self, bases: &Bases) -> (Pt, f32) {
        let [points, share, em, rem, vw, vh, vmin, vmax, line, root_line] = self.0;
        let (width, height) = (bases.view.width, bases.view.height);
        let view = width * vw + height * vh + width.min(height) * vmin + width.max(height) * vmax;
        let lines = bases.line * line + bases.root_line * root_line;
        (bounded(Pt(points) + bases.em * em + bases.rem * rem + view + lines), bounded(Pt(share)).0)
    }
}

/// Lengths stay within what arithmetic on pages can bear; nothing is infinite.
fn bounded(length: Pt) -> Pt {
    if length.0.is_nan() { Pt::ZERO } else { Pt(length.0.clamp(-Pt::HUGE.0, Pt::HUGE.0)) }
}

/// A sum of two units at most, which is what bounds are: lengths are many, and stay small.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    units: [Unit; 2],
    amounts: [f32; 2],
}

impl Bound {
    /// `None` for a sum of more units.
    fn of(sum: Sum) -> Option<Bound> {
        let mut bound = Bound { units: [Unit::Points, Unit::Share], amounts: [0.0; 2] };
        let mut free = 0;
        for (unit, amount) in UNITS_IN_ORDER.into_iter().zip(sum.0) {
            if amount != 0.0 {
                *bound.units.get_mut(free)? = unit;
                bound.amounts[free] = amount;
                free += 1;
            }
        }
        Some(bound)
    }

    fn sum(self) -> Sum {
        Sum::of(self.units[0], self.amounts[0]).plus(Sum::of(self.units[1], self.amounts[1]))
    }
}

/// A length as it is written: `max(low, min(high, base))`. Percentages stand in one of the three
/// at most, so that layout has one base to resolve and fixed bounds to keep.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Linear {
    base: Sum,
    low: Option<Bound>,
    high: Option<Bound>,
}

/// What the relative units stand for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bases {
    /// The element's font size (the parent's for `font-size` itself).
    pub em: Pt,
    /// The root element's font size.
    pub rem: Pt,
    /// The page's size, for `vw` and its kind.
    pub view: Size,
    /// The element's line height, for `lh` (the parent's for `line-height` itself).
    pub line: Pt,
    /// The root element's line height.
    pub root_line: Pt,
}

impl Linear {
    /// So much of that unit.
    pub fn of(unit: Unit, value: f32) -> Linear {
        Linear { base: Sum::of(unit, value), low: None, high: None }
    }

    /// An absolute length.
    pub fn points(points: Pt) -> Linear {
        Linear::of(Unit::Points, points.0)
    }

    /// A percentage, 1.0 for 100 %.
    pub fn share(share: f32) -> Linear {
        Linear::of(Unit::Share, share)
    }

    /// Whether a percentage is part of it.
    pub fn has_share(&self) -> bool {
        self.base.has_share()
            || self.low.is_some_and(|low| low.sum().has_share())
            || self.high.is_some_and(|high| high.sum().has_share())
    }

    /// The share of a plain percentage.
    pub fn as_share(&self) -> Option<f32> {
        let share = self.base.0[Unit::Share as usize];
        (self.is_plain() && self.base == Sum::of(Unit::Share, share)).then_some(share)
    }

    fn is_plain(&self) -> bool {
        self.low.is_none() && self.high.is_none()
    }

    /// The sum; `None` for two that are held within bounds each.
    pub fn plus(self, other: Linear) -> Option<Linear> {
        let (bound, plain) = match (self.is_plain(), other.is_plain()) {
            (_, true) => (self, other.base),
            (true, false) => (other, self.base),
            (false, false) => return None,
        };
        if plain.has_share() && !bound.is_plain() {
            return None;
        }
        let moved = |own: Option<Bound>| match own {
            Some(own) => Bound::of(own.sum().plus(plain)).map(Some),
            None => Some(None),
        };
        Some(Linear {
            base: bound.base.plus(plain),
            low: moved(bound.low)?,
            high: moved(bound.high)?,
        })
    }

    /// The same distance from the other end; `None` for one that layout could not tell.
    pub fn mirrored(self) -> Option<Linear> {
        self.scaled(-1.0).plus(Linear::share(1.0))
    }

    /// The length times `factor`; a negative one turns the bounds around.
    pub fn scaled(self, factor: f32) -> Linear {
        let scaled =
            |own: Bound| Bound { amounts: own.amounts.map(|amount| amount * factor), ..own };
        let (low, high) = (self.low.map(scaled), self.high.map(scaled));
        let (low, high) = if factor < 0.0 { (high, low) } else { (low, high) };
        Linear { base: self.base.scaled(factor), low, high }
    }

    /// `min()` of two; `None` when layout could not tell which it is.
    pub fn min(self, other: Linear) -> Option<Linear> {
        self.held(other, |one, bound| {
            (one.low.is_none() && one.high.is_none()).then_some(Linear { high: Some(bound), ..one })
        })
    }

    /// `max()` of two; `None` when layout could not tell which it is.
    pub fn max(self, other: Linear) -> Option<Linear> {
        self.held(other, |one, bound| {
            one.low.is_none().then_some(Linear { low: Some(bound), ..one })
        })
    }

    fn held(self, other: Linear, with: impl Fn(Linear, Bound) -> Option<Linear>) -> Option<Linear> {
        let shares = u8::from(self.has_share()) + u8::from(other.has_share());
        let (one, bound) = if other.is_plain() { (self, other.base) } else { (other, self.base) };
        let Some(bound) = Bound::of(bound) else {
            // Of two plain sums either one may be the bound.
            let base = Linear { base: bound, ..Linear::default() };
            let turned = one.is_plain().then(|| Bound::of(one.base)).flatten();
            return turned.filter(|_| shares <= 1).and_then(|bound| with(base, bound));
        };
        if shares > 1 || !(self.is_plain() || other.is_plain()) {
            return None;
        }
        with(one, bound)
    }

    /// Whether the length is surely below zero.
    pub fn is_negative(&self) -> bool {
        let parts = &self.base.0;
        self.is_plain()
            && parts.iter().all(|part| *part <= 0.0)
            && parts.iter().any(|part| *part < 0.0)
    }

    /// With all units but the percentage known.
    pub fn resolve(&self, bases: &Bases) -> Length {
        let (points, share) = self.base.resolve(bases);
        let length = Length { points, share, ..Length::ZERO };
        if self.is_plain() {
            return length;
        }
        let low = self.low.map(|low| low.sum().resolve(bases));
        let high = self.high.map(|high| high.sum().resolve(bases));
        match (low, high) {
            // The bound that depends on layout and the base change places.
            (low, Some((points, share))) if share != 0.0 => {
                let held = Length { points, share, high: Some(length.points), ..Length::ZERO };
                held.at_least(low.map(|low| low.0))
            }
            (Some((points, share)), high) if share != 0.0 => {
                let fixed = high.map_or(length.points, |high| high.0.min(length.points));
                Length { points, share, low: Some(fixed), ..Length::ZERO }
            }
            (low, high) => {
                Length { high: high.map(|high| high.0), ..length }.at_least(low.map(|low| low.0))
            }
        }
    }
}

impl Length {
    /// Not below `low`; a length without percentage is settled at once.
    fn at_least(self, low: Option<Pt>) -> Length {
        let held = Length { low, ..self };
        if held.share == 0.0 { Length::points(held.resolve(Pt::ZERO)) } else { held }
    }
}

/// The unit of that name, and how much of it one is.
pub(crate) fn unit_of(name: &str) -> Option<(Unit, f32)> {
    let lower = name.to_ascii_lowercase();
    Some(match lower.as_str() {
        "pt" => (Unit::Points, 1.0),
        "px" => (Unit::Points, 0.75),
        "pc" => (Unit::Points, 12.0),
        "in" => (Unit::Points, 72.0),
        "cm" => (Unit::Points, 72.0 / 2.54),
        "mm" => (Unit::Points, 72.0 / 25.4),
        "q" => (Unit::Points, 72.0 / 101.6),
        "em" | "ic" => (Unit::Em, 1.0),
        // Faces are chosen after the cascade: the middle of what text faces have.
        "ex" | "ch" => (Unit::Em, 0.5),
        "cap" => (Unit::Em, 0.7),
        "rem" | "ric" => (Unit::Rem, 1.0),
        "rex" | "rch" => (Unit::Rem, 0.5),
        "rcap" => (Unit::Rem, 0.7),
        "lh" => (Unit::Line, 1.0),
        "rlh" => (Unit::RootLine, 1.0),
        // A page neither grows nor shrinks: its small, large and dynamic views are one.
        "vw" | "vi" | "svw" | "lvw" | "dvw" | "svi" | "lvi" | "dvi" => (Unit::ViewWidth, 0.01),
        "vh" | "vb" | "svh" | "lvh" | "dvh" | "svb" | "lvb" | "dvb" => (Unit::ViewHeight, 0.01),
        "vmin" | "svmin" | "lvmin" | "dvmin" => (Unit::ViewMin, 0.01),
        "vmax" | "svmax" | "lvmax" | "dvmax" => (Unit::ViewMax, 0.01),
        _ => return None,
    })
}
