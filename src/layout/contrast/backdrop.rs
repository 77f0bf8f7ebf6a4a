//! What has been painted on a page so far, and what of it stands behind a point.

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};

use crate::geom::{Point, Transform};
use crate::layout::page::{Blend, Fill, Group, Isolation, Path, Pixels};
use crate::style::Color;

use super::arithmetic::{PAPER, Rgb, channels, luminance, over, ratio};
use super::gradient::Gradient;
use super::shape::{Bounds, Shape, Share, is_box};

/// What is thinner is a line between texts, not what is behind one, in points.
const THIN: f32 = 1.5;
/// No more colours than this are thought possible behind one point.
const MOST_POSSIBLE: usize = 32;
/// No more colours than this are told apart on one page; others are looked at one by one.
const MOST_COLORS: usize = 24;

/// No more layers than this are thought to cover text on one page: the last ones.
const MOST_COVERS: usize = 1024;

/// Layers by their numbers, in the order of painting.
pub type Near = SmallVec<[u32; 8]>;

/// How well the colour behind a text is known, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Ground {
    Plain,
    /// The gradient's colour where the text is.
    Gradient,
    /// Any colour may be in it.
    Picture,
    /// None of the text is seen: something that is painted later covers it.
    Covered,
}

/// What a shape is filled with.
#[derive(Debug, Clone)]
enum Ink {
    Plain(Color),
    Gradient(Gradient),
    Picture { opaque: bool },
}

/// A filled shape.
#[derive(Debug)]
struct Layer {
    bounds: Bounds,
    /// The outline, unless it is the whole of `bounds`.
    shape: Option<Shape>,
    clip: Option<Arc<Clip>>,
    ink: Ink,
    /// Index of the translucent group that it is in.
    group: usize,
    /// Whether it may be seen only in part (masks, blend modes).
    unsure: bool,
}

impl Layer {
    fn holds(&self, point: Point) -> bool {
        let clips = std::iter::successors(self.clip.as_deref(), |clip| clip.outer.as_deref());
        self.bounds.holds(point)
            && self.shape.as_ref().is_none_or(|shape| shape.holds(point))
            && clips.into_iter().all(|clip| clip.shape.holds(point))
    }

    /// How much of `bounds` it takes up.
    fn share(&self, bounds: Bounds) -> Share {
        let clips = std::iter::successors(self.clip.as_deref(), |clip| clip.outer.as_deref());
        let mut share = self.bounds.share(bounds);
        for shape in self.shape.iter().chain(clips.map(|clip| &clip.shape)) {
            if share == Share::None {
                break;
            }
            share = share.and(shape.share(bounds));
        }
        share
    }

    /// Whether it hides all that is painted before it.
    fn hides(&self) -> bool {
        let opaque = matches!(self.ink, Ink::Picture { opaque: true }) || self.cover().is_some();
        opaque && self.group == 0 && !self.unsure
    }

    /// The colour of a layer that hides all below it.
    fn cover(&self) -> Option<Rgb> {
        match &self.ink {
            Ink::Plain(color) if color.alpha >= 1.0 && self.group == 0 && !self.unsure => {
                Some(channels(*color))
            }
            _ => None,
        }
    }
}

/// What a group is clipped to, where that is no upright rectangle.
#[derive(Debug)]
struct Clip {
    shape: Shape,
    outer: Option<Arc<Clip>>,
}

/// Layers of one colour, so that most text is done with by comparing a few colours.
#[derive(Debug)]
struct Swatch {
    /// `None` for layers that need a closer look whatever the text's colour.
    color: Option<Rgb>,
    luminance: f32,
    bounds: Bounds,
    layers: Vec<u32>,
}

/// A group that is blended as a whole. The first stands for the page.
#[derive(Debug)]
struct Translucent {
    parent: usize,
    opacity: f32,
}

/// What holds for what is painted now.
#[derive(Debug, Clone)]
struct State {
    /// To the page; `None` where nothing is moved.
    map: Option<Transform>,
    bounds: Bounds,
    clip: Option<Arc<Clip>>,
    group: usize,
    unsure: bool,
}

/// The layers of a page.
#[derive(Debug)]
pub struct Backdrop {
    layers: Vec<Layer>,
    swatches: Vec<Swatch>,
    groups: Vec<Translucent>,
    state: State,
    outer: Vec<State>,
}

/// A text's colour and the colour behind it, as they are seen.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Pair {
    pub text: Rgb,
    pub behind: Rgb,
}

impl Backdrop {
    /// White paper.
    pub fn new() -> Backdrop {
        let state = State { map: None, bounds: Bounds::ALL, clip: None, group: 0, unsure: false };
        let page = Translucent { parent: 0, opacity: 1.0 };
        Backdrop {
            layers: Vec::new(),
            swatches: Vec::new(),
            groups: vec![page],
            state,
            outer: Vec::new(),
        }
    }

    /// From what is painted now to the page; `None` where nothing is moved.
    pub fn map(&self) -> Option<&Transform> {
        self.state.map.as_ref()
    }

    /// Starts a group.
    pub fn push(&mut self, group: &Group) {
        self.outer.push(self.state.clone());
        if let Some(inner) = &group.transform {
            let map = self.state.map.map_or(*inner, |map| map.then_inner(inner));
            self.state.map = Some(map);
        }
        if let Some(clip) = &group.clip {
            let bounds = Bounds(clip.bounds()).mapped(self.state.map.as_ref());
            self.state.bounds = self.state.bounds.and(bounds);
            if let Some(shape) = self.shape(clip, false) {
                let outer = self.state.clip.take();
                self.state.clip = Some(Arc::new(Clip { shape, outer }));
            }
        }
        if group.opacity < 1.0 {
            self.groups.push(Translucent { parent: self.state.group, opacity: group.opacity });
            self.state.group = self.groups.len() - 1;
        }
    }

    /// Starts a group that is painted apart.
    pub fn isolate(&mut self, isolation: &Isolation) {
        self.outer.push(self.state.clone());
        self.state.unsure |= isolation.mask.is_some() || isolation.blend != Blend::Normal;
    }

    /// Ends the last group.
    pub fn pop(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.state = outer;
        }
    }

    /// Paints a rectangle of one colour.
    pub fn rect(&mut self, bounds: Bounds, color: Color) {
        if !color.is_invisible() {
            self.add(bounds, self.turned(bounds), Ink::Plain(color));
        }
    }

    /// A rectangle that does not stand upright.
    fn turned(&self, bounds: Bounds) -> Option<Shape> {
        self.turns().then(|| self.shape(&Arc::new(bounds.outline()), false)).flatten()
    }

    fn turns(&self) -> bool {
        self.state.map.is_some_and(|map| map.b != 0.0 || map.c != 0.0)
    }

    /// An outline that is more than its bounds.
    fn shape(&self, path: &Arc<Path>, even_odd: bool) -> Option<Shape> {
        let is_bounds = is_box(path) && !self.turns();
        (!is_bounds).then(|| Shape::new(path, even_odd, self.state.map.as_ref())).flatten()
    }

    /// Fills an outline.
    pub fn path(&mut self, path: &Arc<Path>, fill: &Fill) {
        let bounds = Bounds(path.bounds());
        let gradient = Gradient::of(fill);
        match fill {
            Fill::Color { color, .. } if color.is_invisible() => {}
            Fill::Color { color, even_odd } => {
                self.add(bounds, self.shape(path, *even_odd), Ink::Plain(*color));
            }
            Fill::Linear { even_odd, .. }
            | Fill::Radial { even_odd, .. }
            | Fill::Focal { even_odd, .. } => {
                // The colour is worked out in the outline's own coordinates.
                let shape = Shape::new(path, *even_odd, self.state.map.as_ref());
                if let (Some(shape), Some(gradient)) = (shape, gradient) {
                    self.add(bounds, Some(shape), Ink::Gradient(gradient));
                }
            }
        }
    }

    /// Paints a raster picture.
    pub fn picture(&mut self, bounds: Bounds, pixels: &Pixels) {
        let opaque = match pixels {
            Pixels::Jpeg { .. } => true,
            Pixels::Rgb { alpha, .. } | Pixels::Gray { alpha, .. } => alpha.is_none(),
        };
        self.add(bounds, self.turned(bounds), Ink::Picture { opaque });
    }

    fn add(&mut self, bounds: Bounds, shape: Option<Shape>, ink: Ink) {
        let State { map, bounds: within, clip, group, unsure } = &self.state;
        let bounds = bounds.mapped(map.as_ref()).and(*within);
        if bounds.is_thinner_than(THIN) {
            return;
        }
        let clip = clip.clone();
        let layer = Layer { bounds, shape, clip, ink, group: *group, unsure: *unsure };
        let index = self.count();
        let of = |color: Option<Rgb>| self.swatches.iter().position(|one| one.color == color);
        let color = layer.cover();
        let known = of(color);
        let color = color.filter(|_| known.is_some() || self.swatches.len() < MOST_COLORS);
        match known.or_else(|| of(color)) {
            Some(at) => {
                let swatch = &mut self.swatches[at];
                swatch.bounds = swatch.bounds.with(bounds);
                swatch.layers.push(index);
            }
            None => {
                let luminance = color.map_or(0.0, luminance);
                self.swatches.push(Swatch { color, luminance, bounds, layers: vec![index] });
            }
        }
        self.layers.push(layer);
    }

    /// Whether text of that luminance between two heights has the contrast `needed` wherever it
    /// stands: then nothing more needs to be known of it. `box_of` gives its bounds.
    pub fn is_clear_of_all(
        &self,
        text: f32,
        needed: f32,
        (top, bottom): (f32, f32),
        box_of: &dyn Fn() -> Bounds,
    ) -> bool {
        if self.state.group != 0 || ratio(text, 1.0) < needed {
            return false;
        }
        let mut own = None;
        let unsafe_ones = self.swatches.iter().filter(|swatch| {
            let safe = swatch.color.is_some() && ratio(text, swatch.luminance) >= needed;
            !safe && swatch.bounds.meets_height(top, bottom)
        });
        for swatch in unsafe_ones {
            let Bounds([left, _, right, _]) = *own.get_or_insert_with(box_of);
            let meets = |index: &u32| {
                let Bounds([from, _, to, _]) = self.layers[*index as usize].bounds;
                from <= right
                    && to >= left
                    && self.layers[*index as usize].bounds.meets_height(top, bottom)
            };
            if swatch.layers.iter().any(meets) {
                return false;
            }
        }
        true
    }

    /// How many layers there are: one that is painted later has this number or a greater one.
    pub fn count(&self) -> u32 {
        u32::try_from(self.layers.len()).unwrap_or(u32::MAX)
    }

    /// Where a layer is.
    pub fn bounds(&self, layer: u32) -> Bounds {
        self.layers.get(layer as usize).map_or(Bounds::ALL, |layer| layer.bounds)
    }

    /// The layers that any of `bounds` may show.
    pub fn near(&self, bounds: Bounds) -> Near {
        let layers = (0..).zip(&self.layers);
        layers.filter(|(_, layer)| layer.bounds.meets(bounds)).map(|(index, _)| index).collect()
    }

    /// The last layers from the number `from` on that hide all that is painted before them.
    pub fn covers(&self, from: u32) -> Near {
        let later = (0..).zip(&self.layers).skip(from as usize).filter(|(_, layer)| layer.hides());
        let mut covers: Near = later.map(|(index, _)| index).collect();
        covers.drain(..covers.len().saturating_sub(MOST_COVERS));
        covers
    }

    /// Whether one of these layers shows at a point.
    pub fn is_under(&self, layers: &[u32], point: Point) -> bool {
        let mut all = layers.iter().filter_map(|index| self.layers.get(*index as usize));
        all.any(|layer| layer.holds(point))
    }

    /// Those of the layers that any of `bounds` may show.
    pub fn among(&self, layers: &[u32], bounds: Bounds) -> Near {
        let meets = |index: &u32| {
            self.layers.get(*index as usize).is_some_and(|layer| layer.bounds.meets(bounds))
        };
        layers.iter().copied().filter(meets).collect()
    }

    /// Those of the layers `near` that may be seen inside `bounds` behind what is painted now, and
    /// whether they look the same all over it.
    pub fn inside(&self, bounds: Bounds, near: &[u32]) -> (Near, bool) {
        let (mut inside, mut is_even) = (Near::new(), true);
        for index in near.iter().rev() {
            let Some(layer) = self.layers.get(*index as usize) else { continue };
            let share = layer.share(bounds);
            if share == Share::None {
                continue;
            }
            inside.push(*index);
            is_even &= share == Share::All && !matches!(layer.ink, Ink::Gradient(_));
            if share == Share::All && self.state.group == 0 && layer.cover().is_some() {
                break;
            }
        }
        inside.reverse();
        (inside, is_even)
    }

    /// What may be seen at a point where text of colour `text` is painted now, of the layers `near`.
    pub fn seen(&self, text: Color, point: Point, near: &[u32]) -> (SmallVec<[Pair; 4]>, Ground) {
        let chain = self.chain();
        let mut below: SmallVec<[&Layer; 8]> = SmallVec::new();
        let near = near.iter().rev().filter_map(|index| self.layers.get(*index as usize));
        for layer in near.filter(|layer| layer.holds(point)) {
            below.push(layer);
            if chain.len() == 1 && layer.cover().is_some() {
                break;
            }
        }
        let mut ground = Ground::Plain;
        let mut possible: Vec<Levels> = vec![smallvec![PAPER]];
        for layer in below.into_iter().rev() {
            let (level, opacity) = self.level(layer.group, &chain);
            let inks = inks(layer, point, opacity, &mut ground);
            lay(layer, &inks, (level, opacity), &mut possible);
        }
        let pairs = possible.into_iter().map(|levels| self.pair(text, levels, &chain));
        (pairs.collect(), ground)
    }

    /// The translucent groups around what is painted now, the page first.
    fn chain(&self) -> SmallVec<[usize; 4]> {
        let mut chain: SmallVec<[usize; 4]> = smallvec![self.state.group];
        while let Some(last) = chain.last().copied().filter(|last| *last != 0) {
            chain.push(self.groups[last].parent);
        }
        chain.reverse();
        chain
    }

    /// How deep in `chain` the group is, and how opaque the groups are that it is in besides.
    fn level(&self, mut group: usize, chain: &[usize]) -> (usize, f32) {
        let mut opacity = 1.0;
        loop {
            if let Some(level) = chain.iter().position(|other| *other == group) {
                return (level, opacity);
            }
            opacity *= self.groups[group].opacity;
            group = self.groups[group].parent;
        }
    }

    /// Blends text and ground out of the groups around them.
    fn pair(&self, text: Color, mut levels: Levels, chain: &[usize]) -> Pair {
        while levels.len() < chain.len() {
            levels.push(levels.last().copied().unwrap_or(PAPER));
        }
        let mut behind = levels.last().copied().unwrap_or(PAPER);
        let mut shown = over(channels(text), text.alpha, behind);
        for (level, group) in chain.iter().enumerate().skip(1).rev() {
            let opacity = self.groups[*group].opacity;
            let outside = levels.get(level - 1).copied().unwrap_or(PAPER);
            shown = over(shown, opacity, outside);
            behind = over(behind, opacity, outside);
        }
        Pair { text: shown, behind }
    }
}

/// The colours at a point: of the page, and inside each translucent group around the text.
type Levels = SmallVec<[Rgb; 2]>;

/// The colours that a layer may have at a point, and how well what is seen is known with it.
fn inks(
    layer: &Layer,
    point: Point,
    opacity: f32,
    ground: &mut Ground,
) -> SmallVec<[(Rgb, f32); 4]> {
    let ink = |color: Color| (channels(color), color.alpha);
    match &layer.ink {
        Ink::Plain(color) => {
            if color.alpha * opacity >= 1.0 && !layer.unsure {
                *ground = Ground::Plain;
            }
            smallvec![ink(*color)]
        }
        Ink::Gradient(gradient) => {
            let own = layer.shape.as_ref().map_or(point, |shape| shape.own(point));
            let colors = gradient.at(own);
            let hides = colors.iter().all(|color| color.alpha >= 1.0) && opacity >= 1.0;
            *ground = if hides { Ground::Gradient } else { Ground::Gradient.max(*ground) };
            colors.into_iter().map(ink).collect()
        }
        Ink::Picture { opaque } => {
            *ground = Ground::Picture;
            let mut inks = smallvec![([0; 3], 1.0), ([255; 3], 1.0)];
            if !opaque {
                inks.push(([0; 3], 0.0));
            }
            inks
        }
    }
}

/// Lays a layer over everything that may be seen, in the group at `level`.
fn lay(
    layer: &Layer,
    inks: &[(Rgb, f32)],
    (level, opacity): (usize, f32),
    possible: &mut Vec<Levels>,
) {
    let mut laid: Vec<Levels> = Vec::with_capacity(possible.len() * inks.len());
    let mut add = |levels: Levels| {
        if !laid.contains(&levels) && laid.len() < MOST_POSSIBLE {
            laid.push(levels);
        }
    };
    for levels in possible.iter() {
        let mut below = levels.clone();
        while below.len() <= level {
            below.push(below.last().copied().unwrap_or(PAPER));
        }
        for (ink, alpha) in inks {
            let mut above = below.clone();
            if let Some(last) = above.last_mut() {
                *last = over(*ink, alpha * opacity, *last);
            }
            add(above);
        }
        if layer.unsure {
            add(below);
        }
    }
    *possible = laid;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Pt, Rect};

    const INK: Color = Color { red: 0x17, green: 0x39, blue: 0x5c, alpha: 1.0 };
    const WHITE: Color = Color { red: 255, green: 255, blue: 255, alpha: 1.0 };

    fn bounds(left: f32, top: f32, width: f32, height: f32) -> Bounds {
        Bounds::of(Rect::new(Pt(left), Pt(top), Pt(width), Pt(height)))
    }

    fn point(x: f32, y: f32) -> Point {
        Point::new(Pt(x), Pt(y))
    }

    fn seen(backdrop: &Backdrop, at: Point) -> (SmallVec<[Pair; 4]>, Ground) {
        backdrop.seen(WHITE, at, &backdrop.near(Bounds::ALL))
    }

    fn behind(backdrop: &Backdrop, at: Point) -> Vec<Rgb> {
        seen(backdrop, at).0.iter().map(|pair| pair.behind).collect()
    }

    fn group(opacity: f32) -> Group {
        Group { transform: None, clip: None, opacity }
    }

    #[test]
    fn colour_behind_is_the_last_that_was_painted_there() {
        let mut backdrop = Backdrop::new();
        backdrop.rect(bounds(0.0, 0.0, 50.0, 50.0), Color::BLACK);
        backdrop.rect(bounds(10.0, 10.0, 20.0, 20.0), INK);
        assert_eq!(behind(&backdrop, point(15.0, 15.0)), [channels(INK)]);
        assert_eq!(behind(&backdrop, point(5.0, 5.0)), [[0; 3]]);
        assert_eq!(behind(&backdrop, point(60.0, 5.0)), [PAPER]);
    }

    #[test]
    fn translucent_group_lets_what_is_behind_it_through_once() {
        let mut backdrop = Backdrop::new();
        backdrop.push(&group(0.5));
        backdrop.rect(bounds(0.0, 0.0, 50.0, 50.0), Color::BLACK);
        let (pairs, ground) = seen(&backdrop, point(5.0, 5.0));
        // White letters on black, both half as opaque on white paper.
        assert_eq!(pairs.as_slice(), [Pair { text: PAPER, behind: [128; 3] }]);
        assert_eq!(ground, Ground::Plain);
        backdrop.pop();
        // From outside, the box in the group is a translucent one.
        assert_eq!(behind(&backdrop, point(5.0, 5.0)), [[128; 3]]);
    }

    #[test]
    fn picture_may_have_any_colour_and_a_pane_before_it_less() {
        let mut backdrop = Backdrop::new();
        let pixels = Pixels::Jpeg { data: Vec::new(), components: 3 };
        backdrop.picture(bounds(0.0, 0.0, 50.0, 50.0), &pixels);
        assert_eq!(behind(&backdrop, point(5.0, 5.0)), [[0; 3], [255; 3]]);
        assert_eq!(seen(&backdrop, point(5.0, 5.0)).1, Ground::Picture);
        backdrop.rect(bounds(0.0, 0.0, 50.0, 20.0), Color { alpha: 0.8, ..Color::BLACK });
        assert_eq!(behind(&backdrop, point(5.0, 5.0)), [[0; 3], [51; 3]]);
        backdrop.rect(bounds(0.0, 0.0, 50.0, 20.0), INK);
        assert_eq!(seen(&backdrop, point(5.0, 5.0)).1, Ground::Plain);
    }

    #[test]
    fn only_opaque_layers_that_come_later_cover() {
        let mut backdrop = Backdrop::new();
        backdrop.rect(bounds(0.0, 0.0, 50.0, 50.0), INK);
        let first = backdrop.count();
        backdrop.rect(bounds(0.0, 0.0, 50.0, 50.0), Color { alpha: 0.8, ..INK });
        backdrop.rect(bounds(10.0, 10.0, 20.0, 20.0), INK);
        backdrop.push(&group(0.5));
        backdrop.rect(bounds(0.0, 0.0, 50.0, 50.0), INK);
        backdrop.pop();
        let covers = backdrop.covers(first);
        assert_eq!(covers.as_slice(), [2]);
        assert!(backdrop.is_under(&covers, point(15.0, 15.0)));
        assert!(!backdrop.is_under(&covers, point(5.0, 5.0)));
        assert!(backdrop.among(&covers, bounds(40.0, 40.0, 5.0, 5.0)).is_empty());
    }

    #[test]
    fn clip_that_is_no_rectangle_hides_what_is_outside() {
        let mut backdrop = Backdrop::new();
        let corner = |x, y| crate::layout::page::Segment::Line(point(x, y));
        let segments = vec![
            crate::layout::page::Segment::Move(point(0.0, 0.0)),
            corner(20.0, 0.0),
            corner(0.0, 20.0),
            crate::layout::page::Segment::Close,
        ];
        let clip = Some(Arc::new(Path { segments }));
        backdrop.push(&Group { transform: None, clip, opacity: 1.0 });
        backdrop.rect(bounds(0.0, 0.0, 50.0, 50.0), INK);
        backdrop.pop();
        assert_eq!(behind(&backdrop, point(4.0, 4.0)), [channels(INK)]);
        assert_eq!(behind(&backdrop, point(15.0, 15.0)), [PAPER]);
    }

    #[test]
    fn text_is_clear_where_no_colour_like_its_own_is_near() {
        let mut backdrop = Backdrop::new();
        backdrop.rect(bounds(0.0, 0.0, 50.0, 10.0), INK);
        let clear = |text: f32, top: f32| {
            let own = bounds(0.0, top, 20.0, 5.0);
            backdrop.is_clear_of_all(text, 4.5, (top, top + 5.0), &|| own)
        };
        assert!(clear(0.0, 20.0), "black on paper");
        assert!(!clear(0.0, 2.0), "black on ink");
        assert!(!clear(1.0, 2.0), "white is like paper: where it stands has to be known");
    }
}
