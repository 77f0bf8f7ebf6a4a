//! Line ranges → line boxes with everything in its place.

use rustc_hash::FxHashMap;

use crate::fonts::FontBook;
use crate::geom::{Depth, Point, Pt, Rect};
use crate::layout::boxes::InlineItem;
use crate::layout::fragment::{Line, Piece, Placed, WideLine};
use crate::layout::page::{Artifact, GlyphRun, Glyphs, Mark};
use crate::style::{ComputedStyle, Visibility};

use super::atom::{AtomKind, ROOT};
use super::bits::{Bit, Bits, lay_out};
use super::choose::LineRange;
use super::faces::Typeface;
use super::paragraph::Paragraph;
use super::rules::rules;
use super::runs::runs;
use super::size::Sizes;
use super::vertical::{LineBox, Place, places};

/// Lines that reach this much out of their box are not worth a word, in points.
const TOLERATED: f32 = 1.0;

/// Where a line may stand: how far from the content box's left edge, and how wide it may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LineRoom {
    pub left: f32,
    pub width: f32,
}

impl LineRoom {
    /// What insets from both sides leave of a width.
    pub fn between((left, right): (Pt, Pt), width: f32) -> LineRoom {
        LineRoom { left: left.0, width: width - left.0 - right.0 }
    }
}

/// Builds a paragraph's lines from the top.
pub(super) struct Placer<'p, 'a> {
    paragraph: &'p Paragraph<'a>,
    /// Of its inline elements.
    places: Vec<Place>,
    width: f32,
    x: Pt,
    y: Depth,
}

impl<'p, 'a> Placer<'p, 'a> {
    /// Starts at the content box's corner.
    pub fn new(paragraph: &'p Paragraph<'a>, width: f32, origin: Point) -> Placer<'p, 'a> {
        let places = places(paragraph);
        Placer { paragraph, places, width, x: origin.x, y: origin.y.into() }
    }

    /// Lets the next line start at `y`.
    pub fn move_to(&mut self, y: Pt) {
        self.y = y.into();
    }

    /// The next line.
    pub fn line(&mut self, range: &LineRange, room: LineRoom, sizes: &mut Sizes) -> Line {
        let indent = self.paragraph.indent(range.first, range.after_break, self.width);
        let bits = lay_out(self.paragraph, sizes, range, room.width, indent);
        let vertical = LineBox::of(self.paragraph, &self.places, sizes, bits.atoms.clone());
        let mut pieces = Vec::with_capacity(1);
        let extents = self.extents(&bits);
        self.inline_boxes(&extents, &vertical, sizes, &mut pieces);
        rules(self.paragraph, &bits, &extents, &vertical, false, &mut pieces);
        let mut links = Vec::new();
        self.links(&bits, &extents, &vertical, sizes, &mut links);
        let mut other = |bit: &Bit| self.other(bit, &vertical, sizes);
        runs(self.paragraph, &bits, &vertical, &mut pieces, &mut other);
        rules(self.paragraph, &bits, &extents, &vertical, true, &mut pieces);
        pieces.append(&mut links);
        // Nothing but named places takes no room (CSS 2.2 9.4.2).
        let empty = bits.bits.iter().all(|bit| {
            let atom = self.paragraph.atoms.get(bit.atom);
            bit.width == 0.0
                && atom.is_none_or(|atom| {
                    atom.is_marker() || matches!(atom.kind, AtomKind::Open(_) | AtomKind::Close(_))
                })
        });
        let (above, below) = if empty { (0.0, 0.0) } else { (vertical.above, vertical.below) };
        let line = Line {
            y: self.y,
            x: self.x + Pt(room.left + bits.x),
            height: Pt(above + below),
            baseline: Pt(above),
            overflow: self.overflow(&bits, room.width),
            pieces,
        };
        self.y += line.height;
        line
    }

    /// Whether the line reaches out of its room, and where.
    fn overflow(&self, bits: &Bits, width: f32) -> Option<Box<WideLine>> {
        let seen = || bits.bits.iter().filter(|bit| !bit.hangs && bit.width > 0.0);
        let right = seen().map(|bit| bit.x + bit.width).fold(0.0, f32::max);
        let left = seen().map(|bit| bit.x).fold(0.0, f32::min);
        if bits.x + left >= -TOLERATED && bits.x + right <= width + TOLERATED {
            return None;
        }
        const SHOWN: usize = 40;
        let text = &self.paragraph.analysed.text;
        let words = seen().filter(|bit| bit.letters.is_some() && !bit.is_hyphen);
        let words = words.filter_map(|bit| text.get(bit.start as usize..bit.end as usize));
        let whole: String = words.flat_map(str::chars).take(SHOWN + 1).collect();
        let text = match whole.char_indices().nth(SHOWN) {
            Some((at, _)) => format!("{}…", whole.get(..at).unwrap_or_default()),
            None => whole,
        };
        let (left, right) = (Pt(left), Pt(right));
        Some(Box::new(WideLine { node: None, text: text.into(), left, right }))
    }

    /// The inline elements on the line with the extent of each, outer ones first. Where the order
    /// of the line parts an element, each part has an extent of its own (CSS 2.2 8.6).
    fn extents(&self, bits: &Bits) -> Vec<Extent> {
        let boxes = &self.paragraph.parts.boxes;
        let mut extents: Vec<Extent> = Vec::new();
        if boxes.is_empty() {
            return extents;
        }
        // Each element's latest extent, and the place on the line of the last bit in it.
        let mut latest: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
        for (place, bit) in bits.visual().enumerate() {
            let Some(atom) = self.paragraph.atoms.get(bit.atom) else { continue };
            let mut owner = atom.owner;
            while let Some(inline) = boxes.get(owner as usize) {
                let (index, last) = latest.entry(owner).or_insert((usize::MAX, 0));
                if *index == usize::MAX || *last + 1 < place {
                    *index = extents.len();
                    extents.push(Extent::new(owner));
                }
                *last = place;
                let Some(extent) = extents.get_mut(*index) else { break };
                extent.opens |= matches!(atom.kind, AtomKind::Open(element) if element == owner);
                extent.closes |= matches!(atom.kind, AtomKind::Close(element) if element == owner);
                if !bit.hangs {
                    extent.left = extent.left.min(bit.x);
                    extent.right = extent.right.max(bit.x + bit.width);
                }
                owner = inline.parent;
            }
        }
        extents.retain(|extent| extent.left <= extent.right);
        extents.sort_by_key(|extent| extent.element);
        extents
    }

    /// Backgrounds and borders of inline elements (CSS 2.2 10.6.1: around the content area, which
    /// the line's height does not count).
    fn inline_boxes(
        &self,
        extents: &[Extent],
        vertical: &LineBox,
        sizes: &Sizes,
        pieces: &mut Vec<Piece>,
    ) {
        for extent in extents {
            let Some(inline) = self.paragraph.parts.boxes.get(extent.element as usize) else {
                continue;
            };
            if !is_painted(inline.style) || inline.style.visibility != Visibility::Visible {
                continue;
            }
            let margin = sizes.edges.get(extent.element as usize).map_or((0.0, 0.0), |e| e.margin);
            let rtl = inline.style.direction == crate::style::Direction::Rtl;
            let start = if extent.opens { margin.0 } else { 0.0 };
            let end = if extent.closes { margin.1 } else { 0.0 };
            let (left, right) = if rtl { (end, start) } else { (start, end) };
            let style = inline.style;
            let padding = style.padding.map(|padding| padding.resolve(Pt(self.width)));
            let (size, metrics) = (inline.typeface.size.0, inline.typeface.metrics);
            let up = vertical.up(extent.element);
            let top = -up - metrics.ascent * size - (padding.top + style.border.top.width).0;
            let bottom =
                -up + metrics.descent * size + (padding.bottom + style.border.bottom.width).0;
            let x = extent.left + left;
            let rect = Rect::new(Pt(x), Pt(top), Pt(extent.right - right - x), Pt(bottom - top));
            let (first, last) = (extent.opens, extent.closes);
            pieces.push(Piece::InlineBox { rect, style: inline.style_id, first, last });
        }
    }

    /// Where readers may click: one rectangle for each link on the line.
    fn links(
        &self,
        bits: &Bits,
        extents: &[Extent],
        vertical: &LineBox,
        sizes: &Sizes,
        pieces: &mut Vec<Piece>,
    ) {
        for extent in extents {
            let inline = self.paragraph.parts.boxes.get(extent.element as usize);
            let Some((inline, link)) = inline.and_then(|inline| Some((inline, inline.link?)))
            else {
                continue;
            };
            if extent.right <= extent.left {
                continue;
            }
            let (size, metrics) = (inline.typeface.size.0, inline.typeface.metrics);
            let up = vertical.up(extent.element);
            let (mut top, mut bottom) = (-up - metrics.ascent * size, -up + metrics.descent * size);
            for bit in &bits.bits {
                let Some(atom) = self.paragraph.atoms.get(bit.atom) else { continue };
                if let AtomKind::Object(index) = atom.kind
                    && self.is_inside(atom.owner, extent.element)
                    && let Some(Some(object)) = sizes.objects.get(index as usize)
                {
                    let up = vertical.object_up(index);
                    top = top.min(-up - object.above);
                    bottom = bottom.max(-up + object.below);
                }
            }
            let rect = Rect::new(
                Pt(extent.left),
                Pt(top),
                Pt(extent.right - extent.left),
                Pt(bottom - top),
            );
            pieces.push(Piece::Link { rect, link: Box::new(link.clone()) });
        }
    }

    fn is_inside(&self, mut element: u32, outer: u32) -> bool {
        while let Some(inline) = self.paragraph.parts.boxes.get(element as usize) {
            if element == outer {
                return true;
            }
            element = inline.parent;
        }
        false
    }

    /// An inline block, a leader or a named place.
    fn other(&self, bit: &Bit, vertical: &LineBox, sizes: &mut Sizes) -> Option<Piece> {
        let atom = self.paragraph.atoms.get(bit.atom)?;
        match atom.kind {
            AtomKind::Object(index) => {
                let object = sizes.objects.get_mut(index as usize).and_then(Option::take)?;
                let top = -vertical.object_up(index) - object.above + object.margin.top.0;
                let at = Point::new(Pt(bit.x) + object.margin.left, Pt(top)).into();
                Some(Piece::Atomic(Box::new(Placed { at, fragment: object.fragment })))
            }
            AtomKind::Leader(item) => {
                let up = if atom.owner == ROOT { 0.0 } else { vertical.up(atom.owner) };
                self.leader(item, bit.x, bit.width, up)
            }
            AtomKind::Anchor(item) => match self.paragraph.inline.items.get(item as usize)? {
                InlineItem::Anchor(name) => {
                    Some(Piece::Anchor { name: name.clone(), x: Pt(bit.x) })
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// A leader's pattern, as often as it goes into the width, aligned to the end of the line so
    /// that the leaders of several lines stand below each other.
    fn leader(&self, item: u32, x: f32, width: f32, up: f32) -> Option<Piece> {
        let InlineItem::Leader { pattern, style } =
            self.paragraph.inline.items.get(item as usize)?
        else {
            return None;
        };
        let context = &self.paragraph.context;
        let style_id = *style;
        let style = context.styled.style(style_id);
        let typeface = context.faces.typeface(style_id, context.styled, context.fonts);
        let (glyphs, advance) = pattern_glyphs(pattern, &typeface, context.fonts);
        let one = advance * typeface.size.0;
        if one <= 0.0 || width < one {
            return None;
        }
        const MOST: f32 = 2000.0;
        let times = (width / one).floor().min(MOST) as usize;
        let rest = width - one * times as f32;
        let rtl = self.paragraph.base_level % 2 == 1;
        let list: std::sync::Arc<[crate::fonts::Glyph]> = (0..times)
            .flat_map(|_| glyphs.iter().copied())
            .map(|glyph| crate::fonts::Glyph { cluster: 0, ..glyph })
            .collect();
        let run = GlyphRun {
            face: typeface.first().face,
            size: typeface.size,
            color: style.color,
            style: style_id,
            origin: Point::new(Pt(x + if rtl { 0.0 } else { rest }), Pt(-up)),
            glyphs: Glyphs {
                range: 0..u32::try_from(list.len()).unwrap_or(u32::MAX),
                list,
                space_extra: Pt::ZERO,
                letter_extra: Pt::ZERO,
            },
            text: pattern.repeat(times).into(),
            rtl: false,
            actual_text: None,
            slant: typeface.first().slant,
        };
        Some(Piece::Glyphs { run: Box::new(run), mark: Mark::Artifact(Artifact::Layout) })
    }
}

/// How far an inline element reaches on a line, edges and margins included.
pub(super) struct Extent {
    pub element: u32,
    pub left: f32,
    pub right: f32,
    opens: bool,
    closes: bool,
}

impl Extent {
    fn new(element: u32) -> Extent {
        Extent { element, left: f32::MAX, right: f32::MIN, opens: false, closes: false }
    }
}

fn pattern_glyphs(
    pattern: &str,
    typeface: &Typeface,
    fonts: &FontBook,
) -> (Vec<crate::fonts::Glyph>, f32) {
    let shaping = typeface.shaping(super::faces::LATIN, false, fonts);
    let word = fonts.shape_word(typeface.first().face, pattern, shaping);
    let seen: Vec<_> = word.glyphs.iter().copied().filter(|glyph| glyph.id != 0).collect();
    let advance = seen.iter().map(|glyph| glyph.advance).sum();
    (seen, advance)
}

fn is_painted(style: &ComputedStyle) -> bool {
    let border = style.border;
    let bordered = [border.top, border.right, border.bottom, border.left];
    !style.background_color.is_invisible()
        || !style.background.is_empty()
        || bordered.iter().any(|side| side.width > Pt::ZERO)
}
