//! Background colour, gradients and pictures (CSS Backgrounds 3 §2).

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Sides, Size};
use crate::layout::boxes::Picture;
use crate::layout::images::paint_svg;
use crate::layout::page::{Artifact, Fill, Group, Mark, Paint};
use crate::style::*;

use super::outline::{inner_radii, rounded};
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
        let boxes = Boxes {
            rect,
            radii,
            border,
            // Shares are of the containing block's width, which is not known here: the box's own
            // width is near to it.
            padding: style.padding.map(|padding| padding.resolve(rect.size.width)),
        };
        let color = style.background_color;
        if !color.is_invisible() {
            let (area, radii) = boxes.get(style.background_clip);
            self.filled(area, radii, color);
        }
        for layer in style.background.iter().rev() {
            self.layer(layer, &boxes);
        }
    }

    fn filled(&mut self, rect: Rect, radii: [(Pt, Pt); 4], color: Color) {
        if rect.size.width <= Pt::ZERO || rect.size.height <= Pt::ZERO {
            return;
        }
        let is_round = radii.iter().any(|(x, y)| *x > Pt::ZERO && *y > Pt::ZERO);
        let paint = if is_round {
            let path = Arc::new(rounded(rect, radii));
            Paint::Path { path, fill: Some(Fill::Color { color, even_odd: false }), stroke: None }
        } else {
            Paint::Rect { rect, fill: color }
        };
        self.decorate(Artifact::Background, paint);
    }

    fn layer(&mut self, layer: &BackgroundLayer, boxes: &Boxes) {
        let (area, _) = boxes.get(layer.origin);
        let (cover, radii) = boxes.get(layer.clip);
        let image = match &layer.image {
            BackgroundImage::Url(url) => match self.images.iter().find(|(known, _)| known == url) {
                Some((_, image)) => Some(image),
                None => return,
            },
            BackgroundImage::Gradient(_) => None,
        };
        let natural = image.map(|image| image.natural);
        let size = tile_size(layer.size, natural, area.size);
        if size.width <= Pt(0.01) || size.height <= Pt(0.01) {
            return;
        }
        let clip = Some(Arc::new(rounded(cover, radii)));
        self.push(Group { transform: None, clip, opacity: 1.0 });
        for tile in tiles(layer, size, area, cover) {
            match (image, &layer.image) {
                (Some(image), _) => self.background_picture(&image.picture, tile, cover),
                (None, BackgroundImage::Gradient(gradient)) => self.gradient(gradient, tile),
                (None, BackgroundImage::Url(_)) => {}
            }
        }
        self.pop();
    }
}

/// The boxes that backgrounds are laid out in and clipped to (CSS Backgrounds 3 §2.7, §2.8).
struct Boxes {
    rect: Rect,
    radii: [(Pt, Pt); 4],
    border: Sides<Pt>,
    padding: Sides<Pt>,
}

impl Boxes {
    fn get(&self, which: BackgroundBox) -> (Rect, [(Pt, Pt); 4]) {
        let inset = match which {
            BackgroundBox::BorderBox => return (self.rect, self.radii),
            BackgroundBox::PaddingBox => self.border,
            BackgroundBox::ContentBox => self.border + self.padding,
        };
        (self.rect.inset(inset), inner_radii(self.radii, inset))
    }
}

impl Painter<'_> {
    /// One tile of a picture in the background of a box at `rect`.
    fn background_picture(&mut self, picture: &Picture, tile: Rect, rect: Rect) {
        match picture {
            Picture::Raster(image) => {
                let image = Arc::clone(image);
                self.decorate(Artifact::Background, Paint::Image { image, rect: tile });
            }
            Picture::Vector(tree) => {
                let mark = Mark::Artifact(self.artifact.unwrap_or(Artifact::Background));
                let items = paint_svg(tree, tile, rect, mark, self.drawing_fonts);
                self.painted.items.extend(items);
            }
        }
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
    let (x, y) = layer.position;
    let at = (x.resolve(area.size.width - size.width), y.resolve(area.size.height - size.height));
    let columns = Row::new(
        layer.repeat.0,
        (area.origin.x, area.size.width),
        (at.0, size.width),
        (cover.origin.x, cover.right()),
    );
    let rows = Row::new(
        layer.repeat.1,
        (area.origin.y, area.size.height),
        (at.1, size.height),
        (cover.origin.y, cover.bottom()),
    );
    let size = Size::new(columns.size, rows.size);
    let all = (0..rows.count).flat_map(|row| (0..columns.count).map(move |column| (row, column)));
    all.take(MAX_TILES)
        .map(|(row, column)| Rect { origin: Point::new(columns.at(column), rows.at(row)), size })
        .collect()
}

/// Tiles in one direction (CSS Backgrounds 3 §2.4).
struct Row {
    first: Pt,
    step: Pt,
    size: Pt,
    count: usize,
}

impl Row {
    /// `area` is where and how large the positioning area is, `tile` where in it the first tile
    /// stands and how large it is, `cover` what tiles that repeat are to cover.
    fn new(repeat: Repeat, area: (Pt, Pt), tile: (Pt, Pt), cover: (Pt, Pt)) -> Row {
        let (start, size) = (area.0 + tile.0, tile.1);
        let single = Row { first: start, step: size, size, count: 1 };
        let (start, step, size) = match repeat {
            Repeat::NoRepeat => return single,
            Repeat::Repeat => (start, size, size),
            Repeat::Round => {
                let count = (area.1 / size).round().max(1.0);
                let size = area.1 / count;
                (area.0, size, size)
            }
            Repeat::Space => {
                let count = (area.1 / size + 1.0e-3).floor();
                if count < 2.0 {
                    return single;
                }
                (area.0, size + (area.1 - size * count) / (count - 1.0), size)
            }
        };
        let back = ((start - cover.0) / step - 1.0e-3).ceil();
        let first = start - step * back;
        let count = ((cover.1 - first) / step - 1.0e-3).ceil().clamp(0.0, MAX_TILES as f32);
        Row { first, step, size, count: count as usize }
    }

    fn at(&self, index: usize) -> Pt {
        self.first + self.step * index as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(repeat: Repeat) -> (f32, f32, f32, usize) {
        let row =
            Row::new(repeat, (Pt(10.0), Pt(100.0)), (Pt(5.0), Pt(30.0)), (Pt(0.0), Pt(120.0)));
        (row.first.0, row.step.0, row.size.0, row.count)
    }

    #[test]
    fn tiles_cover_the_box_from_before_the_first() {
        assert_eq!(row(Repeat::Repeat), (-15.0, 30.0, 30.0, 5));
        assert_eq!(row(Repeat::NoRepeat), (15.0, 30.0, 30.0, 1));
    }

    #[test]
    fn tiles_with_space_or_rounded_fill_the_area() {
        // Three of 30 in 100: 5 between them; three of a third.
        assert_eq!(row(Repeat::Space), (-25.0, 35.0, 30.0, 5));
        let (first, step, size, _) = row(Repeat::Round);
        assert!((first + 100.0 / 3.0 - 10.0).abs() < 1.0e-3 && step == size);
    }
}
