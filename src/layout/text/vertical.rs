//! How high things stand on a line, and how high the line is (CSS 2.2 10.8).

use crate::style::{ComputedStyle, Extent, LineHeight, Position, VerticalAlign, VerticalKeyword};

use super::atom::{AtomKind, Letters, ROOT};
use super::faces::Typeface;
use super::paragraph::Paragraph;
use super::size::Sizes;

/// How far something reaches above and below the baseline of what it stands in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reach {
    pub above: f32,
    pub below: f32,
}

/// Where an inline element's baseline is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Above the baseline of its reference.
    up: f32,
    /// The element aligned to the line's top or bottom that it is part of; [`ROOT`] for none.
    group: u32,
    /// How far `position: relative` moves it up once everything has its place (CSS 2.2 9.4.3).
    shift: f32,
}

/// The vertical side of one line.
pub(super) struct LineBox<'p> {
    pub above: f32,
    pub below: f32,
    /// Of all inline elements of the paragraph.
    places: &'p [Place],
    /// Shifts of the groups aligned to the line's edges, by the element that heads each.
    groups: Vec<(u32, f32)>,
    objects: Vec<(u32, f32)>,
}

impl Reach {
    /// An inline box's reach: its letters with half the leading on each side.
    pub fn of(style: &ComputedStyle, typeface: &Typeface) -> Reach {
        let (size, metrics) = (typeface.size.0, typeface.metrics);
        let (ascent, descent) = (metrics.ascent * size, metrics.descent * size);
        let height = line_height(style, typeface);
        let leading = height - (ascent + descent);
        Reach { above: ascent + leading / 2.0, below: descent + leading / 2.0 }
    }

    fn raised(self, up: f32) -> Reach {
        Reach { above: self.above + up, below: self.below - up }
    }

    fn join(&mut self, other: Reach) {
        self.above = self.above.max(other.above);
        self.below = self.below.max(other.below);
    }
}

/// The used value of `line-height`.
pub(super) fn line_height(style: &ComputedStyle, typeface: &Typeface) -> f32 {
    let (size, metrics) = (typeface.size.0, typeface.metrics);
    match style.line_height {
        LineHeight::Normal => (metrics.ascent + metrics.descent + metrics.line_gap) * size,
        LineHeight::Number(number) => number * size,
        LineHeight::Length(length) => length.0,
    }
}

impl<'p> LineBox<'p> {
    /// The line box around some atoms of a paragraph, whose inline elements have these places.
    pub fn of(
        paragraph: &Paragraph,
        places: &'p [Place],
        sizes: &Sizes,
        atoms: std::ops::Range<usize>,
    ) -> LineBox<'p> {
        let strut = Reach::of(paragraph.block, &paragraph.strut);
        let mut line = LineBox {
            above: strut.above,
            below: strut.below,
            places,
            groups: Vec::new(),
            objects: Vec::new(),
        };
        let mut main = strut;
        let mut groups: Vec<(u32, Reach)> = Vec::new();
        let mut edge_objects: Vec<(u32, bool, Reach)> = Vec::new();
        let mut previous = ROOT;
        for atom in paragraph.atoms.get(atoms).unwrap_or_default() {
            if atom.owner != previous {
                line.visit(paragraph, atom.owner, &mut main, &mut groups);
                previous = atom.owner;
            }
            match &atom.kind {
                AtomKind::Word(letters) => {
                    if let Some(reach) = fallback_reach(paragraph, letters) {
                        line.add(atom.owner, 0.0, reach, &mut main, &mut groups);
                    }
                }
                AtomKind::Object(index) => {
                    let Some(Some(object)) = sizes.objects.get(*index as usize) else { continue };
                    let reach = Reach { above: object.above, below: object.below };
                    let Some(style) = paragraph.parts.objects.get(*index as usize) else {
                        continue;
                    };
                    match edge(style.style) {
                        Some(top) => edge_objects.push((*index, top, reach)),
                        None => {
                            let up = raise(paragraph, style.style, atom.owner, reach);
                            line.objects.push((*index, up + line.up(atom.owner)));
                            line.add(atom.owner, up, reach, &mut main, &mut groups);
                        }
                    }
                }
                _ => {}
            }
        }
        line.finish(paragraph, main, &groups, &edge_objects);
        line
    }

    /// Adds an element's own box, and those around it.
    fn visit(
        &self,
        paragraph: &Paragraph,
        owner: u32,
        main: &mut Reach,
        groups: &mut Vec<(u32, Reach)>,
    ) {
        let mut element = owner;
        while let Some(inline) = paragraph.parts.boxes.get(element as usize) {
            let reach = Reach::of(inline.style, &inline.typeface);
            self.add(element, 0.0, reach, main, groups);
            element = inline.parent;
        }
    }

    fn add(
        &self,
        owner: u32,
        up: f32,
        reach: Reach,
        main: &mut Reach,
        groups: &mut Vec<(u32, Reach)>,
    ) {
        let place = self.places.get(owner as usize).copied();
        let place = place.unwrap_or(Place { up: 0.0, group: ROOT, shift: 0.0 });
        let raised = reach.raised(place.up + up);
        if place.group == ROOT {
            main.join(raised);
            return;
        }
        match groups.iter_mut().find(|(group, _)| *group == place.group) {
            Some((_, group)) => group.join(raised),
            None => groups.push((place.group, raised)),
        }
    }

    /// Gives room to what is aligned to the line's edges, then places it (CSS 2.2 10.8.1).
    fn finish(
        &mut self,
        paragraph: &Paragraph,
        main: Reach,
        groups: &[(u32, Reach)],
        objects: &[(u32, bool, Reach)],
    ) {
        let boxes = &paragraph.parts.boxes;
        let is_top = |group: u32| {
            boxes.get(group as usize).is_some_and(|inline| edge(inline.style) == Some(true))
        };
        let grouped = groups.iter().map(|(group, reach)| (is_top(*group), *reach));
        let objected = objects.iter().map(|(_, top, reach)| (*top, *reach));
        let (mut above, mut below) = (main.above, main.below);
        for (top, reach) in grouped.chain(objected) {
            let excess = (reach.above + reach.below - (above + below)).max(0.0);
            if top {
                below += excess;
            } else {
                above += excess;
            }
        }
        let up = |top: bool, reach: &Reach| {
            if top { above - reach.above } else { reach.below - below }
        };
        (self.above, self.below) = (above, below);
        self.groups.extend(groups.iter().map(|(group, reach)| (*group, up(is_top(*group), reach))));
        self.objects.extend(objects.iter().map(|(index, top, reach)| (*index, up(*top, reach))));
    }

    /// From the line's top to its bottom.
    pub fn height(&self) -> f32 {
        self.above + self.below
    }

    /// How far an element's baseline is above the line's.
    pub fn up(&self, owner: u32) -> f32 {
        let Some(place) = self.places.get(owner as usize) else { return 0.0 };
        let group = self.groups.iter().find(|(group, _)| *group == place.group);
        place.up + place.shift + group.map_or(0.0, |(_, up)| *up)
    }

    /// How far the baseline of an inline block or picture is above the line's.
    pub fn object_up(&self, index: u32) -> f32 {
        let found = self.objects.iter().find(|(object, _)| *object == index);
        found.map_or(0.0, |(_, up)| *up)
    }
}

/// `Some(true)` for `vertical-align: top`, `Some(false)` for `bottom`.
fn edge(style: &ComputedStyle) -> Option<bool> {
    match style.vertical_align {
        VerticalAlign::Keyword(VerticalKeyword::Top) => Some(true),
        VerticalAlign::Keyword(VerticalKeyword::Bottom) => Some(false),
        _ => None,
    }
}

/// Where the baselines of a paragraph's inline elements are, whatever line they are on.
pub(super) fn places(paragraph: &Paragraph) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(paragraph.parts.boxes.len());
    for (index, inline) in paragraph.parts.boxes.iter().enumerate() {
        let parent = places.get(inline.parent as usize).copied();
        let parent = parent.unwrap_or(Place { up: 0.0, group: ROOT, shift: 0.0 });
        let shift = parent.shift + relative(inline.style);
        let place = if edge(inline.style).is_some() {
            Place { up: 0.0, group: index as u32, shift }
        } else {
            let reach = Reach::of(inline.style, &inline.typeface);
            let up = raise(paragraph, inline.style, inline.parent, reach);
            Place { up: parent.up + up, group: parent.group, shift }
        };
        places.push(place);
    }
    places
}

/// How far `position: relative` moves an inline element up; shares of a height that is not known
/// do not count.
fn relative(style: &ComputedStyle) -> f32 {
    if style.position != Position::Relative {
        return 0.0;
    }
    let length = |extent: Extent| match extent {
        Extent::Length(length) if length.share == 0.0 => Some(length.points.0),
        _ => None,
    };
    let down = length(style.inset.top).map(|top| -top);
    down.or_else(|| length(style.inset.bottom)).unwrap_or(0.0)
}

/// How far `vertical-align` raises a box above its parent's baseline.
fn raise(paragraph: &Paragraph, style: &ComputedStyle, parent: u32, reach: Reach) -> f32 {
    let parent = paragraph.parts.boxes.get(parent as usize);
    let typeface = parent.map_or(&paragraph.strut, |parent| &parent.typeface);
    let (size, metrics) = (typeface.size.0, typeface.metrics);
    match style.vertical_align {
        VerticalAlign::Length(length) => {
            // A percentage is of the box's own line height (CSS 2.2 10.8.1).
            let own = match style.line_height {
                LineHeight::Number(number) => style.font.size * number,
                LineHeight::Length(length) => length,
                LineHeight::Normal => crate::geom::Pt(reach.above + reach.below),
            };
            length.resolve(own).0
        }
        VerticalAlign::Keyword(keyword) => match keyword {
            VerticalKeyword::Baseline | VerticalKeyword::Top | VerticalKeyword::Bottom => 0.0,
            VerticalKeyword::Sub => -metrics.sub_shift * size,
            VerticalKeyword::Super => metrics.super_shift * size,
            VerticalKeyword::TextTop => metrics.ascent * size - reach.above,
            VerticalKeyword::TextBottom => reach.below - metrics.descent * size,
            VerticalKeyword::Middle => {
                metrics.x_height * size / 2.0 - (reach.above - reach.below) / 2.0
            }
        },
    }
}

/// With `line-height: normal`, letters of another face ask for that face's own height.
fn fallback_reach(paragraph: &Paragraph, letters: &Letters) -> Option<Reach> {
    let span = paragraph.parts.spans.get(letters.span as usize)?;
    let normal = span.style.line_height == LineHeight::Normal;
    if !normal || letters.choice.face == span.typeface.first().face {
        return None;
    }
    let metrics = paragraph.context.fonts.metrics(letters.choice.face);
    let size = span.size().0;
    let half_gap = metrics.line_gap / 2.0;
    Some(Reach {
        above: (metrics.ascent + half_gap) * size,
        below: (metrics.descent + half_gap) * size,
    })
}
