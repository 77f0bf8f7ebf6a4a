//! Gradients on a box (CSS Images 4 §3): the line, and where the colours stand on it.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect};
use crate::layout::page::{Artifact, Fill, Group, Paint, Path, Segment};
use crate::style::{Color, ColorStop, Gradient, GradientKind, Length, RadialSize, Stop};

use super::outline::plain;
use super::painter::Painter;

/// Repeated stops beyond this are finer than any printer.
const MAX_REPEATS: i32 = 500;

/// A conic gradient is drawn as sectors of so many to the full turn where colours run over.
const SECTORS: f32 = 180.0;

/// Pieces that the curve of a hint is divided into.
const HINT_STEPS: usize = 8;

/// A place on the gradient's line, as a share of it, with its colour.
type Placed = (f32, Color);

impl Painter<'_> {
    /// Paints a gradient over a box.
    pub fn gradient(&mut self, gradient: &Gradient, rect: Rect) {
        let fill = match gradient.kind {
            GradientKind::Linear(angle) => {
                let (sin, cos) = angle.to_radians().sin_cos();
                linear(gradient, rect, (sin, -cos))
            }
            GradientKind::ToCorner { right, bottom } => {
                // The middle runs through the other two corners (§3.1.1).
                let (width, height) = (rect.size.width.0, rect.size.height.0);
                let length = width.hypot(height).max(f32::MIN_POSITIVE);
                let sign = |positive: bool| if positive { 1.0 } else { -1.0 };
                let way = (sign(right) * height / length, sign(bottom) * width / length);
                linear(gradient, rect, way)
            }
            GradientKind::Radial { circle, size, at } => radial(gradient, rect, circle, size, at),
            GradientKind::Conic { from, at } => return self.conic(gradient, rect, from, at),
        };
        let path = Arc::new(plain(rect));
        let paint = Paint::Path { path, fill: Some(fill), stroke: None };
        self.decorate(Artifact::Background, paint);
    }

    /// PDF has no conic shading: sectors of one colour each. All but the last of a run reach a
    /// little under the next, so that no seam shows between them.
    fn conic(&mut self, gradient: &Gradient, rect: Rect, from: f32, at: (Length, Length)) {
        let center = center(rect, at);
        let reach = farthest(rect, center).0.hypot(farthest(rect, center).1) * 1.05;
        let stops = repeated(placed(&gradient.stops, Pt(1.0)), gradient.repeats, 1.0);
        let clip = Some(Arc::new(plain(rect)));
        self.push(Group { transform: None, clip, opacity: 1.0 });
        let sectors = sectors(&stops);
        // Below the first sector, so that no seam shows where the turn ends.
        let last = sectors.last().filter(|(_, end, color)| *end >= 1.0 && color.alpha >= 1.0);
        let last = last.map(|(start, _, color)| (*start, 1.0 + 0.4 / SECTORS, *color));
        if let Some((start, end, color)) = last {
            let path = Arc::new(sector(center, reach, from, (start, end)));
            let fill = Some(Fill::Color { color, even_odd: false });
            self.decorate(Artifact::Background, Paint::Path { path, fill, stroke: None });
        }
        for (start, end, color) in sectors {
            let under = if color.alpha < 1.0 || end >= 1.0 { 0.0 } else { 0.4 / SECTORS };
            let path = sector(center, reach, from, (start, (end + under).min(1.0)));
            let fill = Some(Fill::Color { color, even_odd: false });
            let paint = Paint::Path { path: Arc::new(path), fill, stroke: None };
            self.decorate(Artifact::Background, paint);
        }
        self.pop();
    }
}

/// The gradient line through the middle of the box, from one perpendicular through a corner to the
/// other; `way` is its direction.
fn linear(gradient: &Gradient, rect: Rect, way: (f32, f32)) -> Fill {
    let (width, height) = (rect.size.width, rect.size.height);
    let length = Pt((width.0 * way.0).abs() + (height.0 * way.1).abs());
    let center = Point::new(rect.origin.x + width / 2.0, rect.origin.y + height / 2.0);
    let (dx, dy) = (length * way.0 / 2.0, length * way.1 / 2.0);
    let stops = repeated(placed(&gradient.stops, length), gradient.repeats, 1.0);
    Fill::Linear {
        from: Point::new(center.x - dx, center.y - dy),
        to: Point::new(center.x + dx, center.y + dy),
        stops: shares(&stops, 1.0),
        even_odd: false,
    }
}

fn radial(
    gradient: &Gradient,
    rect: Rect,
    circle: bool,
    size: RadialSize,
    at: (Length, Length),
) -> Fill {
    let center = center(rect, at);
    let (x, y) = radii(rect, center, circle, size);
    let (x, y) = (x.max(1.0e-3), y.max(1.0e-3));
    // The shading ends at its last stop: it reaches as far as the box does.
    let corner = farthest(rect, center);
    let reach = (corner.0 / x).hypot(corner.1 / y).max(1.0);
    let stops = repeated(placed(&gradient.stops, Pt(x)), gradient.repeats, reach);
    Fill::Radial {
        center,
        radius_x: Pt(x * reach),
        radius_y: Pt(y * reach),
        stops: shares(&stops, reach),
        even_odd: false,
    }
}

fn center(rect: Rect, at: (Length, Length)) -> Point {
    Point::new(
        rect.origin.x + at.0.resolve(rect.size.width),
        rect.origin.y + at.1.resolve(rect.size.height),
    )
}

/// Distances from `center` to the left, right, top and bottom of the box.
fn sides(rect: Rect, center: Point) -> [f32; 4] {
    [
        (center.x - rect.origin.x).0.abs(),
        (rect.right() - center.x).0.abs(),
        (center.y - rect.origin.y).0.abs(),
        (rect.bottom() - center.y).0.abs(),
    ]
}

/// How far the farthest corner is, across and down.
fn farthest(rect: Rect, center: Point) -> (f32, f32) {
    let [left, right, top, bottom] = sides(rect, center);
    (left.max(right), top.max(bottom))
}

/// The radii of a radial gradient's last colour (§3.2.2).
fn radii(rect: Rect, center: Point, circle: bool, size: RadialSize) -> (f32, f32) {
    let [left, right, top, bottom] = sides(rect, center);
    let near = (left.min(right), top.min(bottom));
    let far = farthest(rect, center);
    let both = |radius: f32| (radius, radius);
    let sqrt2 = std::f32::consts::SQRT_2;
    match (size, circle) {
        (RadialSize::ClosestSide, true) => both(near.0.min(near.1)),
        (RadialSize::ClosestSide, false) => near,
        (RadialSize::FarthestSide, true) => both(far.0.max(far.1)),
        (RadialSize::FarthestSide, false) => far,
        (RadialSize::ClosestCorner, true) => both(near.0.hypot(near.1)),
        (RadialSize::ClosestCorner, false) => (near.0 * sqrt2, near.1 * sqrt2),
        (RadialSize::FarthestCorner, true) => both(far.0.hypot(far.1)),
        (RadialSize::FarthestCorner, false) => (far.0 * sqrt2, far.1 * sqrt2),
        (RadialSize::Explicit(x, y), _) => {
            (x.resolve(rect.size.width).0.max(0.0), y.resolve(rect.size.height).0.max(0.0))
        }
    }
}

/// Stops with their places as shares of the line; missing ones stand evenly between their
/// neighbours and none stands before an earlier one (§3.4.3). Hints become the curves that they
/// stand for, and invisible stops take their neighbours' colours, since colours are mixed by how
/// much is seen of them (§3.4.2).
fn placed(stops: &[ColorStop], length: Pt) -> Vec<Placed> {
    let share = |at: Length| if length > Pt::ZERO { at.resolve(length) / length } else { at.share };
    let mut places: Vec<Option<f32>> = stops.iter().map(|stop| stop.at.map(share)).collect();
    if let Some(first) = places.first_mut() {
        first.get_or_insert(0.0);
    }
    if let Some(last) = places.last_mut() {
        last.get_or_insert(1.0);
    }
    let mut known = f32::MIN;
    let mut shares = Vec::with_capacity(places.len());
    let mut index = 0;
    while let Some(place) = places.get(index) {
        if let Some(place) = place {
            known = known.max(*place);
            shares.push(known);
            index += 1;
            continue;
        }
        let gap = places.iter().skip(index).take_while(|place| place.is_none()).count();
        let next = places.get(index + gap).copied().flatten().unwrap_or(1.0).max(known);
        let step = (next - known) / (gap + 1) as f32;
        shares.extend((1..=gap).map(|number| known + step * number as f32));
        index += gap;
    }
    visible(&without_hints(stops, &shares))
}

fn without_hints(stops: &[ColorStop], shares: &[f32]) -> Vec<Placed> {
    let mut list: Vec<Placed> = Vec::with_capacity(stops.len());
    let mut hint: Option<f32> = None;
    for (stop, at) in stops.iter().zip(shares) {
        let Some(color) = stop.color else {
            hint = Some(*at);
            continue;
        };
        if let (Some(hint), Some((start, from))) = (hint.take(), list.last().copied()) {
            let length = *at - start;
            let middle = if length > 0.0 { (hint - start) / length } else { 0.0 };
            if middle <= 0.0 {
                list.push((start, color));
            } else if middle >= 1.0 {
                list.push((*at, from));
            } else {
                let power = 0.5_f32.ln() / middle.ln();
                list.extend((1..HINT_STEPS).map(|step| {
                    let part = step as f32 / HINT_STEPS as f32;
                    (start + length * part, mix(from, color, part.powf(power)))
                }));
            }
        }
        list.push((*at, color));
    }
    list
}

fn visible(stops: &[Placed]) -> Vec<Placed> {
    let clear = |color: Color| Color { alpha: 0.0, ..color };
    let mut list = Vec::with_capacity(stops.len());
    for (index, (at, color)) in stops.iter().enumerate() {
        if color.alpha > 0.0 {
            list.push((*at, *color));
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| stops.get(before));
        let after = stops.get(index + 1);
        let seen = [before, after].into_iter().flatten().filter(|(_, color)| color.alpha > 0.0);
        list.extend(seen.map(|(_, color)| (*at, clear(*color))));
        if list.last().is_none_or(|(last, _)| last != at) {
            list.push((*at, *color));
        }
    }
    list
}

/// The stops from 0 to `end`, again and again where they repeat (§3.6).
fn repeated(stops: Vec<Placed>, repeats: bool, end: f32) -> Vec<Placed> {
    let (Some((first, _)), Some((last, color))) = (stops.first().copied(), stops.last().copied())
    else {
        return stops;
    };
    let period = last - first;
    if !repeats {
        return stops;
    }
    if period <= 0.0 {
        return vec![(0.0, color)];
    }
    let from = (-last / period).ceil() as i32;
    let to = ((end - first) / period).ceil() as i32;
    let to = to.min(from.saturating_add(MAX_REPEATS));
    (from..to)
        .flat_map(|turn| stops.iter().map(move |(at, c)| (at + period * turn as f32, *c)))
        .collect()
}

/// The stops for the page, on a line that reaches to `end`.
fn shares(stops: &[Placed], end: f32) -> Arc<[Stop]> {
    let stop = |(at, color): &Placed| Stop { color: *color, at: Some(Length::share(at / end)) };
    stops.iter().map(stop).collect()
}

/// Sectors of one colour: start and end as shares of the turn.
fn sectors(stops: &[Placed]) -> Vec<(f32, f32, Color)> {
    let mut list = Vec::new();
    let mut add = |start: f32, end: f32, color: Color| {
        let (start, end) = (start.clamp(0.0, 1.0), end.clamp(0.0, 1.0));
        if end > start && !color.is_invisible() {
            list.push((start, end, color));
        }
    };
    if let Some((at, color)) = stops.first() {
        add(0.0, *at, *color);
    }
    for pair in stops.windows(2) {
        let [(start, from), (end, to)] = pair else { continue };
        if from == to {
            add(*start, *end, *from);
            continue;
        }
        let steps = ((end - start) * SECTORS).ceil().clamp(1.0, SECTORS) as usize;
        for step in 0..steps {
            let place = |step: f32| start + (end - start) * step / steps as f32;
            let color = mix(*from, *to, (step as f32 + 0.5) / steps as f32);
            add(place(step as f32), place(step as f32 + 1.0), color);
        }
    }
    if let Some((at, color)) = stops.last() {
        add(*at, 1.0, *color);
    }
    list
}

/// A sector about `center`; `part` is its start and end as shares of the turn that begins at the
/// angle `from`, counted from the top.
fn sector(center: Point, radius: f32, from: f32, part: (f32, f32)) -> Path {
    let point = |share: f32| {
        let (sin, cos) = (from + share * 360.0).to_radians().sin_cos();
        Point::new(center.x + Pt(radius * sin), center.y - Pt(radius * cos))
    };
    let chords = ((part.1 - part.0) * 72.0).ceil().max(1.0) as usize;
    let mut segments = vec![Segment::Move(center)];
    segments.extend((0..=chords).map(|step| {
        let share = part.0 + (part.1 - part.0) * step as f32 / chords as f32;
        Segment::Line(point(share))
    }));
    segments.push(Segment::Close);
    Path { segments }
}

/// A colour between two others; each counts by how much is seen of it.
fn mix(from: Color, to: Color, part: f32) -> Color {
    let alpha = from.alpha + (to.alpha - from.alpha) * part;
    let channel = |a: u8, b: u8| {
        let (a, b) = (f32::from(a) * from.alpha, f32::from(b) * to.alpha);
        let mixed = if alpha > 0.0 { (a + (b - a) * part) / alpha } else { 0.0 };
        mixed.round().clamp(0.0, 255.0) as u8
    };
    Color {
        red: channel(from.red, to.red),
        green: channel(from.green, to.green),
        blue: channel(from.blue, to.blue),
        alpha,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Color = Color { red: 255, green: 0, blue: 0, alpha: 1.0 };

    fn stop(color: Color, at: Option<f32>) -> ColorStop {
        ColorStop { color: Some(color), at: at.map(Length::share) }
    }

    #[test]
    fn invisible_stop_takes_its_neighbours_colour() {
        let stops = [stop(RED, None), stop(Color::TRANSPARENT, None)];
        let clear = Color { alpha: 0.0, ..RED };
        assert_eq!(placed(&stops, Pt(10.0)), [(0.0, RED), (1.0, clear)]);
    }

    #[test]
    fn hint_moves_the_middle() {
        let hint = ColorStop { color: None, at: Some(Length::share(0.25)) };
        let stops = [stop(Color::BLACK, None), hint, stop(RED, None)];
        let list = placed(&stops, Pt(10.0));
        let (at, color) = list[2];
        assert_eq!((at, color.red), (0.25, 128));
    }

    #[test]
    fn repeating_stops_cover_the_line() {
        let stops = vec![(0.1, RED), (0.3, Color::BLACK)];
        let list = repeated(stops, true, 1.0);
        assert!(list.first().is_some_and(|(at, _)| *at <= 0.0));
        assert!(list.last().is_some_and(|(at, _)| *at >= 1.0));
    }

    #[test]
    fn radius_reaches_what_its_word_names() {
        let rect = Rect::new(Pt(0.0), Pt(0.0), Pt(100.0), Pt(40.0));
        let center = Point::new(Pt(30.0), Pt(20.0));
        let of = |circle, size| radii(rect, center, circle, size);
        assert_eq!(of(true, RadialSize::ClosestSide), (20.0, 20.0));
        assert_eq!(of(false, RadialSize::ClosestSide), (30.0, 20.0));
        assert_eq!(of(true, RadialSize::FarthestSide), (70.0, 70.0));
        assert_eq!(of(false, RadialSize::FarthestSide), (70.0, 20.0));
    }

    #[test]
    fn sectors_of_a_pie_are_one_a_colour() {
        let stops = [(0.0, RED), (0.3, RED), (0.3, Color::BLACK), (1.0, Color::BLACK)];
        assert_eq!(sectors(&stops), [(0.0, 0.3, RED), (0.3, 1.0, Color::BLACK)]);
    }
}
