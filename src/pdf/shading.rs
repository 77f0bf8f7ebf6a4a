//! Gradients: axial and radial shadings (ISO 32000-1 8.7.4.5), with a soft mask where stops are
//! translucent (11.6.5.2).

use printpdf::{GradientStop, Shading, ShadingGeometry};

use crate::geom::{Point, Pt};
use crate::layout::Fill;
use crate::style::{Color, Stop};

use super::canvas::round;
use super::frame::Frame;

/// What a gradient's colours follow in its own space.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// The axis from 0 to 1.
    Axial,
    /// Circles from this point to the one of radius 1.
    Radial(f32, f32),
}

/// A gradient in a space of its own: an axis from 0 to 1, or a circle of radius 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gradient {
    kind: Kind,
    /// Places from 0.0 to 1.0, ascending, with their colours.
    stops: Vec<(f32, Color)>,
    /// From that space to layout's coordinates: the images of x and y axis and of the origin.
    x_axis: (f64, f64),
    y_axis: (f64, f64),
    origin: Point,
}

impl Gradient {
    /// The gradient of a fill, `None` when nothing of it is to be seen.
    pub(super) fn new(fill: &Fill, stops: &[Stop]) -> Option<Gradient> {
        let (kind, origin, x_axis, y_axis) = match fill {
            Fill::Color { .. } => return None,
            Fill::Focal { map, focus, .. } => {
                let [a, b, c, d] = [map.a, map.b, map.c, map.d].map(f64::from);
                let origin = Point::new(Pt(map.e), Pt(map.f));
                (Kind::Radial(focus.0, focus.1), origin, (a, b), (c, d))
            }
            Fill::Linear { from, to, .. } => {
                let (x, y) = (f64::from(to.x.0 - from.x.0), f64::from(to.y.0 - from.y.0));
                (Kind::Axial, *from, (x, y), (-y, x))
            }
            Fill::Radial { center, radius_x, radius_y, .. } => {
                let (x, y) = (f64::from(radius_x.0), f64::from(radius_y.0));
                (Kind::Radial(0.0, 0.0), *center, (x, 0.0), (0.0, y))
            }
        };
        let length = x_axis.0.hypot(x_axis.1);
        let placed = place(stops, Pt(length as f32));
        if placed.iter().all(|(_, color)| color.is_invisible()) {
            return None;
        }
        // A line without length shows its last colour (CSS Images 3 §3.4.3).
        let flat = length < 1.0e-4 || y_axis.0.hypot(y_axis.1) < 1.0e-4;
        let (x_axis, y_axis) = if flat { ((1.0, 0.0), (0.0, 1.0)) } else { (x_axis, y_axis) };
        let last = placed.last().copied();
        let stops =
            if flat { last.map(|(_, color)| (0.0, color)).into_iter().collect() } else { placed };
        Some(Gradient { kind, stops, x_axis, y_axis, origin })
    }

    pub(super) fn is_translucent(&self) -> bool {
        self.stops.iter().any(|(_, color)| color.alpha < 1.0)
    }

    /// A digest of what the shading's dictionary says; the place on the page is not part of it.
    pub(super) fn key(&self) -> u64 {
        let start = match self.kind {
            Kind::Axial => 0,
            Kind::Radial(x, y) => 1 | u64::from(x.to_bits()) << 32 ^ u64::from(y.to_bits()) << 1,
        };
        let mut key = 0xcbf2_9ce4_8422_2325_u64 ^ start;
        for (at, color) in &self.stops {
            let word = u64::from(at.to_bits()) << 32 | u64::from(color.alpha.to_bits());
            let channels = u64::from_be_bytes([0, 0, 0, 0, 0, color.red, color.green, color.blue]);
            for part in [word, channels] {
                key = (key ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
            }
        }
        key
    }

    /// The matrix from the gradient's space to the page's.
    pub(super) fn matrix(&self, frame: &Frame) -> [f32; 6] {
        let origin = frame.point(self.origin);
        [
            self.x_axis.0 as f32,
            -self.x_axis.1 as f32,
            self.y_axis.0 as f32,
            -self.y_axis.1 as f32,
            origin.x.0,
            origin.y.0,
        ]
        .map(|value| round(value, 10_000.0))
    }

    /// The shading of the colours.
    pub(super) fn shading(&self) -> Shading {
        self.shading_of(|color| [color.red, color.green, color.blue].map(|c| f32::from(c) / 255.0))
    }

    /// The shading of the opacities, as greys.
    pub(super) fn mask(&self) -> Shading {
        self.shading_of(|color| [color.alpha.clamp(0.0, 1.0); 3])
    }

    fn shading_of(&self, channels: impl Fn(&Color) -> [f32; 3]) -> Shading {
        let stops = self.stops.iter().map(|(at, color)| GradientStop {
            offset: round(*at, 10_000.0),
            color: channels(color).map(|channel| round(channel, 1000.0)),
        });
        let geometry = match self.kind {
            Kind::Radial(x, y) => {
                let [x, y] = [x, y].map(|at| round(at, 10_000.0));
                ShadingGeometry::Radial { coords: [x, y, 0.0, 0.0, 0.0, 1.0] }
            }
            Kind::Axial => ShadingGeometry::Axial { coords: [0.0, 0.0, 1.0, 0.0] },
        };
        Shading { geometry, stops: stops.collect(), extend: (true, true) }
    }
}

/// The resource name of a gradient's shading.
pub(super) fn name(key: u64) -> String {
    format!("S{key:016x}")
}

/// The resource name of the graphics state with a gradient's soft mask.
pub(super) fn mask_name(key: u64) -> String {
    format!("M{key:016x}")
}

/// Places stops on a line of that length (CSS Images 3 §3.4.3): the first at 0, the last at 1,
/// none before its predecessor, those without a place spread evenly.
fn place(stops: &[Stop], length: Pt) -> Vec<(f32, Color)> {
    let share = |stop: &Stop| {
        stop.at.map(|at| if length.0 > 0.0 { at.resolve(length) / length } else { at.share })
    };
    let mut at: Vec<Option<f32>> = stops.iter().map(share).collect();
    if let Some(first) = at.first_mut() {
        first.get_or_insert(0.0);
    }
    if let Some(last) = at.last_mut() {
        last.get_or_insert(1.0);
    }
    let mut floor = f32::MIN;
    for place in at.iter_mut().flatten() {
        floor = floor.max(*place);
        *place = floor;
    }
    let mut placed = Vec::with_capacity(stops.len());
    let mut known = (0usize, 0.0f32);
    for (index, stop) in stops.iter().enumerate() {
        let place = match at[index] {
            Some(place) => place,
            None => {
                let next =
                    (index + 1..at.len()).find_map(|next| at[next].map(|place| (next, place)));
                let (next, end) = next.unwrap_or((index, known.1));
                let part = (index - known.0) as f32 / (next - known.0).max(1) as f32;
                known.1 + (end - known.1) * part
            }
        };
        if at[index].is_some() {
            known = (index, place);
        }
        placed.push((place, stop.color));
    }
    clamp(placed)
}

/// Cuts the line to 0–1, with the colours that it has there.
fn clamp(stops: Vec<(f32, Color)>) -> Vec<(f32, Color)> {
    let mut clamped: Vec<(f32, Color)> = Vec::with_capacity(stops.len() + 2);
    for pair in stops.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let inside = |at: f32| (0.0..=1.0).contains(&at);
        if inside(from.0) {
            clamped.push(from);
        }
        for edge in [0.0, 1.0] {
            if from.0 < edge && edge < to.0 {
                clamped.push((edge, mix(from.1, to.1, (edge - from.0) / (to.0 - from.0))));
            }
        }
    }
    match stops.last() {
        Some(last) if (0.0..=1.0).contains(&last.0) => clamped.push(*last),
        Some(last) if clamped.is_empty() => {
            let color = if last.0 < 0.0 { last.1 } else { stops[0].1 };
            clamped.push((0.0, color));
        }
        _ => {}
    }
    clamped
}

fn mix(from: Color, to: Color, part: f32) -> Color {
    let channel =
        |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part).round() as u8;
    Color {
        red: channel(from.red, to.red),
        green: channel(from.green, to.green),
        blue: channel(from.blue, to.blue),
        alpha: from.alpha + (to.alpha - from.alpha) * part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Length;

    fn stop(at: Option<f32>) -> Stop {
        Stop { color: Color::BLACK, at: at.map(Length::share) }
    }

    #[test]
    fn stops_without_a_place_are_spread_evenly() {
        let placed = place(&[stop(None), stop(None), stop(None), stop(None), stop(None)], Pt(10.0));
        let places: Vec<f32> = placed.iter().map(|stop| stop.0).collect();
        assert_eq!(places, [0.0, 0.25, 0.5, 0.75, 1.0]);
    }

    #[test]
    fn stops_outside_the_line_are_cut_at_its_ends() {
        let placed = place(&[stop(Some(-1.0)), stop(Some(2.0))], Pt(10.0));
        let places: Vec<f32> = placed.iter().map(|stop| stop.0).collect();
        assert_eq!(places, [0.0, 1.0]);
    }
}
