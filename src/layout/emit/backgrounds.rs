//! Background colour, gradients and pictures (CSS Backgrounds 3 §3, CSS Images 3 §4).

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Sides, Size};
use crate::layout::page::{Artifact, Fill, Group, Paint};
use crate::style::*;

use super::outline::{plain, rounded};
use super::painter::Painter;

/// More tiles than this on one box are not painted.
const MAX_TILES: usize = 10_000;

impl Painter<'_> {
    /// Paints the background of a box at `rect`.
    pub fn background(
        &mut self,
        style: &ComputedStyle,
        rect: Rect,
        border: Sides<Pt>,
        radii: [(Pt, Pt); 4],
    ) {
        let is_round = radii.iter().any(|(x, y)| *x > Pt::ZERO && *y > Pt::ZERO);
        let color = style.background_color;
        if !color.is_invisible() && rect.size.width > Pt::ZERO && rect.size.height > Pt::ZERO {
            let paint = if is_round {
                let path = Arc::new(rounded(rect, radii));
                Paint::Path {
                    path,
                    fill: Some(Fill::Color { color, even_odd: false }),
                    stroke: None,
                }
            } else {
                Paint::Rect { rect, fill: color }
            };
            self.decorate(Artifact::Background, paint);
        }
        for layer in style.background.iter().rev() {
            self.layer(layer, rect, rect.inset(border), radii);
        }
    }

    fn layer(&mut self, layer: &BackgroundLayer, rect: Rect, area: Rect, radii: [(Pt, Pt); 4]) {
        let gradient = |rect: Rect| match &layer.image {
            BackgroundImage::Linear { angle, stops } => Some(linear(*angle, stops, rect)),
            BackgroundImage::Radial { circle, stops } => Some(radial(*circle, stops, rect)),
            BackgroundImage::Url(_) => None,
        };
        let image = match &layer.image {
            BackgroundImage::Url(url) => {
                let known = self.images.iter().find(|(known, _)| known == url);
                match known {
                    Some((_, image)) => Some(Arc::clone(image)),
                    None => return,
                }
            }
            _ => None,
        };
        let natural = image
            .as_ref()
            .map(|image| Size::new(Pt::px(image.width as f32), Pt::px(image.height as f32)));
        let size = tile_size(layer.size, natural, area.size);
        if size.width <= Pt(0.01) || size.height <= Pt(0.01) {
            return;
        }
        let clip = Some(Arc::new(rounded(rect, radii)));
        self.push(Group { transform: None, clip, opacity: 1.0 });
        for tile in tiles(layer, size, area, rect) {
            match (&image, gradient(tile)) {
                (Some(image), _) => {
                    let image = Arc::clone(image);
                    self.decorate(Artifact::Background, Paint::Image { image, rect: tile });
                }
                (None, Some(fill)) => {
                    let path = Arc::new(plain(tile));
                    self.decorate(
                        Artifact::Background,
                        Paint::Path { path, fill: Some(fill), stroke: None },
                    );
                }
                (None, None) => {}
            }
        }
        self.pop();
    }
}

fn tile_size(size: BackgroundSize, natural: Option<Size>, area: Size) -> Size {
    let Some(natural) = natural else {
        return match size {
            BackgroundSize::Explicit(width, height) => Size::new(
                width.resolve(area.width).unwrap_or(area.width),
                height.resolve(area.height).unwrap_or(area.height),
            ),
            _ => area,
        };
    };
    let scaled = |factor: f32| Size::new(natural.width * factor, natural.height * factor);
    let (x, y) =
        (area.width / natural.width.max(Pt(0.01)), area.height / natural.height.max(Pt(0.01)));
    match size {
        BackgroundSize::Cover => scaled(x.max(y)),
        BackgroundSize::Contain => scaled(x.min(y)),
        BackgroundSize::Explicit(width, height) => {
            match (width.resolve(area.width), height.resolve(area.height)) {
                (Some(width), Some(height)) => Size::new(width, height),
                (Some(width), None) => scaled(width / natural.width.max(Pt(0.01))),
                (None, Some(height)) => scaled(height / natural.height.max(Pt(0.01))),
                (None, None) => natural,
            }
        }
    }
}

fn tiles(layer: &BackgroundLayer, size: Size, area: Rect, cover: Rect) -> Vec<Rect> {
    let x = area.origin.x + layer.position.0.resolve(area.size.width - size.width);
    let y = area.origin.y + layer.position.1.resolve(area.size.height - size.height);
    let along = |start: Pt, step: Pt, from: Pt, to: Pt, repeats: bool| {
        if !repeats {
            return vec![start];
        }
        let back = ((start - from) / step).ceil().max(0.0);
        let first = start - step * back;
        let count = ((to - first) / step).ceil().clamp(0.0, MAX_TILES as f32) as usize;
        (0..count).map(|index| first + step * index as f32).collect()
    };
    let columns = along(x, size.width, cover.origin.x, cover.right(), layer.repeat.0);
    let rows = along(y, size.height, cover.origin.y, cover.bottom(), layer.repeat.1);
    let all = rows.iter().flat_map(|y| columns.iter().map(|x| Point::new(*x, *y)));
    all.take(MAX_TILES).map(|origin| Rect { origin, size }).collect()
}

/// The gradient line of CSS Images 3 §3.1.1.
fn linear(angle: f32, stops: &Arc<[Stop]>, rect: Rect) -> Fill {
    let (sin, cos) = angle.to_radians().sin_cos();
    let (width, height) = (rect.size.width, rect.size.height);
    let length = Pt((width.0 * sin).abs() + (height.0 * cos).abs());
    let center = Point::new(rect.origin.x + width / 2.0, rect.origin.y + height / 2.0);
    let (dx, dy) = (length * sin / 2.0, length * -cos / 2.0);
    Fill::Linear {
        from: Point::new(center.x - dx, center.y - dy),
        to: Point::new(center.x + dx, center.y + dy),
        stops: placed(stops, length),
        even_odd: false,
    }
}

/// To the farthest corner (CSS Images 3 §3.2.2).
fn radial(circle: bool, stops: &Arc<[Stop]>, rect: Rect) -> Fill {
    let half = Size::new(rect.size.width / 2.0, rect.size.height / 2.0);
    let center = Point::new(rect.origin.x + half.width, rect.origin.y + half.height);
    let (radius_x, radius_y) = if circle {
        let radius = Pt(half.width.0.hypot(half.height.0));
        (radius, radius)
    } else {
        (half.width * std::f32::consts::SQRT_2, half.height * std::f32::consts::SQRT_2)
    };
    Fill::Radial { center, radius_x, radius_y, stops: placed(stops, radius_x), even_odd: false }
}

/// Stops with their places as shares of the line; missing ones stand evenly between their
/// neighbours and none stands before an earlier one (CSS Images 3 §3.4.3).
fn placed(stops: &Arc<[Stop]>, length: Pt) -> Arc<[Stop]> {
    let share = |at: Length| if length > Pt::ZERO { at.resolve(length) / length } else { at.share };
    let mut places: Vec<Option<f32>> = stops.iter().map(|stop| stop.at.map(share)).collect();
    if let Some(first) = places.first_mut() {
        first.get_or_insert(0.0);
    }
    if let Some(last) = places.last_mut() {
        last.get_or_insert(1.0);
    }
    let mut known = 0.0_f32;
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
    let placed = stops.iter().zip(shares);
    placed.map(|(stop, at)| Stop { color: stop.color, at: Some(Length::share(at)) }).collect()
}
