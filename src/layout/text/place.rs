//! Line ranges → line boxes with everything in its place.

use crate::fonts::FontBook;
use crate::geom::{Point, Pt, Rect};
use crate::layout::boxes::InlineItem;
use crate::layout::fragment::{Line, Piece, Placed, WideLine};
use crate::layout::page::{Artifact, GlyphRun, Glyphs, Mark};
use crate::style::{ComputedStyle, Decoration, Visibility};

use super::atom::{AtomKind, ROOT};
use super::bits::{Bit, Bits, lay_out};
use super::choose::LineRange;
use super::faces::Typeface;
use super::paragraph::Paragraph;
use super::runs::runs;
use super::size::Sizes;
use super::vertical::LineBox;

/// Lines that reach this much out of their box are not worth a word, in points.
const TOLERATED: f32 = 1.0;

/// Builds a paragraph's lines from the top.
pub(super) struct Placer<'p, 'a> {
    paragraph: &'p Paragraph<'a>,
    width: f32,
    x: Pt,
    y: Pt,
}

impl<'p, 'a> Placer<'p, 'a> {
    /// Starts at the content box's corner.
    pub fn new(paragraph: &'p Paragraph<'a>, width: f32, origin: Point) -> Placer<'p, 'a> {
        Placer { paragraph, width, x: origin.x, y: origin.y }
    }

    /// The next line.
    pub fn line(&mut self, range: &LineRange, sizes: &mut Sizes) -> Line {
        let bits = lay_out(self.paragraph, sizes, range, self.width);
        let vertical = LineBox::of(self.paragraph, sizes, bits.atoms.clone());
        let mut pieces = Vec::with_capacity(1);
        if !self.paragraph.parts.boxes.is_empty() {
            self.inline_boxes(&bits, &vertical, sizes, &mut pieces);
        }
        self.rules(&bits, &vertical, false, &mut pieces);
        let mut links = Vec::new();
        if !self.paragraph.parts.boxes.is_empty() {
            self.links(&bits, &vertical, sizes, &mut links);
        }
        let mut other = |bit: &Bit| self.other(bit, &vertical, sizes);
        runs(self.paragraph, &bits, &vertical, &mut pieces, &mut other);
        self.rules(&bits, &vertical, true, &mut pieces);
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
            x: self.x + Pt(bits.x),
            height: Pt(above + below),
            baseline: Pt(above),
            overflow: self.overflow(&bits),
            pieces,
        };
        self.y += line.height;
        line
    }

    /// Whether the line reaches out of its box, and where.
    fn overflow(&self, bits: &Bits) -> Option<Box<WideLine>> {
        let seen = || bits.bits.iter().filter(|bit| !bit.hangs && bit.width > 0.0);
        let right = seen().map(|bit| bit.x + bit.width).fold(0.0, f32::max);
        let left = seen().map(|bit| bit.x).fold(0.0, f32::min);
        if bits.x + left >= -TOLERATED && bits.x + right <= self.width + TOLERATED {
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

    /// The inline elements on the line with the extent of each, outer ones first.
    fn extents(&self, bits: &Bits) -> Vec<Extent> {
        let boxes = &self.paragraph.parts.boxes;
        let mut extents: Vec<Extent> = Vec::new();
        for bit in &bits.bits {
            let Some(atom) = self.paragraph.atoms.get(bit.atom) else { continue };
            let mut owner = atom.owner;
            while let Some(inline) = boxes.get(owner as usize) {
                let known = extents.iter_mut().find(|extent| extent.element == owner);
                let extent = match known {
                    Some(extent) => extent,
                    None => {
                        extents.push(Extent::new(owner));
                        let last = extents.len() - 1;
                        &mut extents[last]
                    }
                };
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
        bits: &Bits,
        vertical: &LineBox,
        sizes: &Sizes,
        pieces: &mut Vec<Piece>,
    ) {
        for extent in self.extents(bits) {
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
    fn links(&self, bits: &Bits, vertical: &LineBox, sizes: &Sizes, pieces: &mut Vec<Piece>) {
        for extent in self.extents(bits) {
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

    /// Underlines and overlines behind the letters, or lines through them (CSS Text Decoration 3
    /// §2): those of the block over the whole line, those of inline elements over their extent.
    fn rules(&self, bits: &Bits, vertical: &LineBox, through: bool, pieces: &mut Vec<Piece>) {
        let block = self.paragraph.block;
        if has_rule(&block.decoration, through) {
            let seen = || bits.bits.iter().filter(|bit| !bit.hangs && bit.letters.is_some());
            let left = seen().map(|bit| bit.x).fold(f32::MAX, f32::min);
            let right = seen().map(|bit| bit.x + bit.width).fold(f32::MIN, f32::max);
            rule(block, &self.paragraph.strut, (left, right), 0.0, through, pieces);
        }
        let boxes = &self.paragraph.parts.boxes;
        if !boxes.iter().any(|inline| has_rule(&inline.style.decoration, through)) {
            return;
        }
        for extent in self.extents(bits) {
            if let Some(inline) = boxes.get(extent.element as usize)
                && has_rule(&inline.style.decoration, through)
            {
                let ends = (extent.left, extent.right);
                let up = vertical.up(extent.element);
                rule(inline.style, &inline.typeface, ends, up, through, pieces);
            }
        }
    }

    /// An inline block, a leader or a named place.
    fn other(&self, bit: &Bit, vertical: &LineBox, sizes: &mut Sizes) -> Option<Piece> {
        let atom = self.paragraph.atoms.get(bit.atom)?;
        match atom.kind {
            AtomKind::Object(index) => {
                let object = sizes.objects.get_mut(index as usize).and_then(Option::take)?;
                let top = -vertical.object_up(index) - object.above + object.margin.top.0;
                let at = Point::new(Pt(bit.x) + object.margin.left, Pt(top));
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

    /// A leader's pattern, as often as it goes into the width, aligned to its right end so that
    /// the leaders of several lines stand below each other.
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
        let list: std::sync::Arc<[crate::fonts::Glyph]> = (0..times)
            .flat_map(|_| glyphs.iter().copied())
            .map(|glyph| crate::fonts::Glyph { cluster: 0, ..glyph })
            .collect();
        let run = GlyphRun {
            face: typeface.first().face,
            size: typeface.size,
            color: style.color,
            origin: Point::new(Pt(x + width - one * times as f32), Pt(-up)),
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
struct Extent {
    element: u32,
    left: f32,
    right: f32,
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

fn has_rule(decoration: &Decoration, through: bool) -> bool {
    if through { decoration.line_through } else { decoration.underline || decoration.overline }
}

fn rule(
    style: &ComputedStyle,
    typeface: &Typeface,
    (left, right): (f32, f32),
    up: f32,
    through: bool,
    pieces: &mut Vec<Piece>,
) {
    if right <= left || style.visibility != Visibility::Visible {
        return;
    }
    let (size, metrics) = (typeface.size.0, typeface.metrics);
    let decoration = &style.decoration;
    let color = decoration.color.unwrap_or(style.color);
    let mut add = |middle: f32, thickness: f32| {
        let thickness = decoration.thickness.map_or(thickness * size, |own| own.0);
        let top = -up - middle * size - thickness / 2.0;
        let rect = Rect::new(Pt(left), Pt(top), Pt(right - left), Pt(thickness));
        pieces.push(Piece::Rule { rect, color, mark: Mark::Artifact(Artifact::Layout) });
    };
    if through {
        add(metrics.strike_position, metrics.strike_thickness);
        return;
    }
    if decoration.underline {
        add(metrics.underline_position, metrics.underline_thickness);
    }
    if decoration.overline {
        add(metrics.ascent, metrics.underline_thickness);
    }
}
