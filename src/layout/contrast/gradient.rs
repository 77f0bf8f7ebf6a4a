//! The colour of a gradient at a point.

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};

use crate::geom::Point;
use crate::layout::page::Fill;
use crate::style::{Color, Stop};

/// A gradient in the coordinates of the outline that it fills.
#[derive(Debug, Clone)]
pub struct Gradient {
    stops: Arc<[Stop]>,
    slope: Slope,
}

/// How the place on a gradient's line follows from a point.
#[derive(Debug, Clone, Copy)]
enum Slope {
    Linear {
        from: Point,
        to: Point,
    },
    Radial {
        center: Point,
        radii: (f32, f32),
    },
    /// Not worked out: any of the colours may be there.
    Any,
}

impl Gradient {
    /// The gradient of a fill, if it is one.
    pub fn of(fill: &Fill) -> Option<Gradient> {
        let (stops, slope) = match fill {
            Fill::Color { .. } => return None,
            Fill::Linear { from, to, stops, .. } => (stops, Slope::Linear { from: *from, to: *to }),
            Fill::Radial { center, radius_x, radius_y, stops, .. } => {
                (stops, Slope::Radial { center: *center, radii: (radius_x.0, radius_y.0) })
            }
            Fill::Focal { stops, .. } => (stops, Slope::Any),
        };
        Some(Gradient { stops: Arc::clone(stops), slope })
    }

    /// What may be seen at a point.
    pub fn at(&self, point: Point) -> SmallVec<[Color; 4]> {
        let share = match self.slope {
            Slope::Linear { from, to } => {
                let (dx, dy) = ((to.x - from.x).0, (to.y - from.y).0);
                let along = (point.x - from.x).0 * dx + (point.y - from.y).0 * dy;
                along / (dx * dx + dy * dy)
            }
            Slope::Radial { center, radii } => {
                ((point.x - center.x).0 / radii.0).hypot((point.y - center.y).0 / radii.1)
            }
            Slope::Any => f32::NAN,
        };
        match self.mixed(share) {
            Some(color) => smallvec![color],
            None => self.stops.iter().map(|stop| stop.color).collect(),
        }
    }

    /// The colour at a place on the line; `None` where it is not known.
    fn mixed(&self, share: f32) -> Option<Color> {
        let places: Option<SmallVec<[f32; 8]>> =
            self.stops.iter().map(|stop| stop.at.map(|at| at.share)).collect();
        let places = places.filter(|_| share.is_finite())?;
        let after = places.partition_point(|place| *place <= share);
        let (Some(before), next) = (after.checked_sub(1), self.stops.get(after)) else {
            return self.stops.first().map(|stop| stop.color);
        };
        let last = self.stops.get(before)?.color;
        let Some(next) = next.map(|stop| stop.color) else { return Some(last) };
        let part = (share - places[before]) / (places[after] - places[before]).max(f32::EPSILON);
        let mix = |one: f32, other: f32| one + (other - one) * part.clamp(0.0, 1.0);
        let channel = |one: u8, other: u8| mix(f32::from(one), f32::from(other)).round() as u8;
        Some(Color {
            red: channel(last.red, next.red),
            green: channel(last.green, next.green),
            blue: channel(last.blue, next.blue),
            alpha: mix(last.alpha, next.alpha),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Pt;
    use crate::style::Length;

    #[test]
    fn colour_in_the_middle_is_mixed_of_its_neighbours() {
        let stop = |at, grey| Stop {
            color: Color { red: grey, green: grey, blue: grey, alpha: 1.0 },
            at: Some(Length::share(at)),
        };
        let stops: Arc<[Stop]> = Arc::from([stop(0.0, 0), stop(0.5, 100), stop(1.0, 100)]);
        let point = |x| Point::new(Pt(x), Pt(7.0));
        let (from, to) = (Point::new(Pt(0.0), Pt(0.0)), Point::new(Pt(100.0), Pt(0.0)));
        let fill = Fill::Linear { from, to, stops: Arc::clone(&stops), even_odd: false };
        let linear = Gradient::of(&fill).unwrap();
        let red = |x| linear.at(point(x))[0].red;
        assert_eq!(
            [red(-5.0), red(25.0), red(50.0), red(99.0), red(500.0)],
            [0, 50, 100, 100, 100]
        );
        let map = crate::geom::Transform::IDENTITY;
        let fill = Fill::Focal { map, focus: (0.0, 0.0), stops, even_odd: false };
        assert_eq!(Gradient::of(&fill).unwrap().at(point(1.0)).len(), 3);
    }
}
