//! The widths of what is not letters: edges of inline elements, inline blocks, leaders.

use crate::geom::{Pt, Sides};
use crate::layout::boxes::{Contents, LayoutBox};
use crate::layout::fragment::{Body, Fragment};
use crate::layout::measure::Room;
use crate::style::{ComputedStyle, Extent, TabSize};

use super::atom::{AtomKind, Object};
use super::paragraph::Paragraph;

/// Widths beside those of the letters; empty when a paragraph is nothing but letters.
#[derive(Default)]
pub(super) struct Sizes {
    /// For each atom.
    extra: Vec<f32>,
    /// For each atom, as narrow as it can be (intrinsic sizes only).
    least: Vec<f32>,
    /// For each inline block or picture.
    pub objects: Vec<Option<Measured>>,
    /// Used left and right edges of inline elements.
    pub edges: Vec<Edges>,
}

/// A measured inline block or picture with its margins.
pub(super) struct Measured {
    pub fragment: Fragment,
    /// Of the margin box.
    pub width: f32,
    pub margin: Sides<Pt>,
    /// Of the margin box, from its top to the baseline.
    pub above: f32,
    /// From the baseline to the bottom of the margin box.
    pub below: f32,
}

/// Used horizontal edges of an inline element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Edges {
    pub margin: (f32, f32),
    /// Border and padding.
    pub inner: (f32, f32),
}

impl Sizes {
    /// The sizes at an available width; inline blocks are measured.
    pub fn at(paragraph: &Paragraph, width: Pt) -> Sizes {
        let mut sizes = Sizes::default();
        let parts = &paragraph.parts;
        if parts.boxes.is_empty() && parts.objects.is_empty() {
            return sizes;
        }
        sizes.edges = parts.boxes.iter().map(|inline| edges(inline.style, width)).collect();
        let measured = parts.objects.iter().map(|object| measure(object, paragraph, width));
        sizes.objects = measured.map(Some).collect();
        sizes.extra = paragraph
            .atoms
            .iter()
            .map(|atom| match atom.kind {
                AtomKind::Object(index) => {
                    let object = sizes.objects.get(index as usize);
                    object.and_then(Option::as_ref).map_or(0.0, |object| object.width)
                }
                _ => sizes.edge(&atom.kind),
            })
            .collect();
        sizes
    }

    /// The sizes for intrinsic widths; inline blocks are asked, not measured.
    pub fn intrinsic(paragraph: &Paragraph) -> Sizes {
        let mut sizes = Sizes::default();
        let parts = &paragraph.parts;
        if parts.boxes.is_empty() && parts.objects.is_empty() && parts.floats.is_empty() {
            return sizes;
        }
        sizes.edges = parts.boxes.iter().map(|inline| edges(inline.style, Pt::ZERO)).collect();
        for atom in &paragraph.atoms {
            let asked = |content: &LayoutBox, style: &ComputedStyle| {
                let asked = paragraph.context.measure.intrinsic(content);
                let margin = margins(style, Pt::ZERO).horizontal();
                ((asked.min + margin).0, (asked.max + margin).0)
            };
            let (least, most) = match atom.kind {
                AtomKind::Object(index) => {
                    let object = parts.objects.get(index as usize);
                    object.map_or((0.0, 0.0), |object| asked(object.content, object.style))
                }
                AtomKind::Float(index) => {
                    let float = parts.floats.get(index as usize);
                    float.map_or((0.0, 0.0), |float| {
                        asked(float, paragraph.context.styled.style(float.style))
                    })
                }
                _ => {
                    let edge = sizes.edge(&atom.kind);
                    (edge, edge)
                }
            };
            sizes.least.push(least);
            sizes.extra.push(most);
        }
        sizes
    }

    /// An atom's width.
    pub fn width(&self, paragraph: &Paragraph, index: usize) -> f32 {
        let own = paragraph.atoms.get(index).map_or(0.0, |atom| atom.width);
        own + self.extra.get(index).copied().unwrap_or(0.0)
    }

    /// An atom's width in the max-content size; tabs count as in a line of their own.
    pub fn max_width(&self, paragraph: &Paragraph, index: usize) -> f32 {
        let tab = match paragraph.atoms.get(index).map(|atom| &atom.kind) {
            Some(AtomKind::Tab(span)) => tab_width(paragraph, *span),
            _ => 0.0,
        };
        self.width(paragraph, index) + tab
    }

    /// An atom's width in the min-content size.
    pub fn min_width(&self, paragraph: &Paragraph, index: usize) -> f32 {
        let own = paragraph.atoms.get(index).map_or(0.0, |atom| atom.width);
        own + self.least.get(index).copied().unwrap_or(0.0)
    }

    fn edge(&self, kind: &AtomKind) -> f32 {
        let of = |index: u32| self.edges.get(index as usize).copied().unwrap_or_default();
        match kind {
            AtomKind::Open(index) => of(*index).margin.0 + of(*index).inner.0,
            AtomKind::Close(index) => of(*index).margin.1 + of(*index).inner.1,
            _ => 0.0,
        }
    }
}

/// How wide a tab at `x` is: up to the next stop, but at least half a digit (CSS Text 3 §4.2).
pub(super) fn tab_advance(paragraph: &Paragraph, span: u32, x: f32) -> f32 {
    let stop = tab_width(paragraph, span);
    let least = paragraph.parts.spans.get(span as usize).map_or(0.0, |span| span.size().0 * 0.25);
    let advance = ((x / stop).floor() + 1.0) * stop - x;
    if advance < least && least < stop { advance + stop } else { advance }
}

/// The distance of tab stops (CSS Text 3 §4.2: `tab-size` spaces).
pub(super) fn tab_width(paragraph: &Paragraph, span: u32) -> f32 {
    let span = paragraph.parts.spans.get(span as usize);
    span.map_or(0.0, |span| {
        let spaces = match span.style.tab_size {
            TabSize::Length(length) => return length.0,
            TabSize::Spaces(spaces) => spaces,
        };
        let space = span.typeface.space.advance * span.size().0;
        (space + span.style.letter_spacing.0 + span.style.word_spacing.0) * spaces
    })
    .max(0.01)
}

/// Start and end edges: in right-to-left elements the right one starts.
fn edges(style: &ComputedStyle, base: Pt) -> Edges {
    let margin = margins(style, base);
    let padding = style.padding.map(|padding| padding.resolve(base));
    let left = style.border.left.width + padding.left;
    let right = style.border.right.width + padding.right;
    let edges = Edges { margin: (margin.left.0, margin.right.0), inner: (left.0, right.0) };
    match style.direction {
        crate::style::Direction::Ltr => edges,
        crate::style::Direction::Rtl => Edges {
            margin: (edges.margin.1, edges.margin.0),
            inner: (edges.inner.1, edges.inner.0),
        },
    }
}

fn margins(style: &ComputedStyle, base: Pt) -> Sides<Pt> {
    style.margin.map(|margin| margin.resolve(base).unwrap_or(Pt::ZERO))
}

/// Measures an inline block or picture; an automatic width shrinks to fit (CSS 2.2 10.3.9).
fn measure(object: &Object, paragraph: &Paragraph, width: Pt) -> Measured {
    let measure = paragraph.context.measure;
    let margin = margins(object.style, width);
    let mut room = Room::of_width(width);
    let replaced = matches!(object.content.contents, Contents::Replaced(_));
    if object.style.width == Extent::Auto && !replaced {
        let asked = measure.intrinsic(object.content);
        let available = width - margin.horizontal();
        room.forced_width = Some(asked.max.min(asked.min.max(available)));
    }
    let fragment = measure.measure(object.content, room);
    let bottom = fragment.size.height;
    let overflows = object.style.overflow == crate::style::Overflow::Hidden;
    // CSS 2.2 10.8.1: the baseline of the last line box, else the bottom margin edge.
    let baseline = if overflows || replaced { None } else { last_baseline(&fragment, 0) };
    let (above, below) = match baseline {
        Some(baseline) => (margin.top + baseline, bottom - baseline + margin.bottom),
        None => (margin.top + bottom + margin.bottom, Pt::ZERO),
    };
    Measured {
        width: (fragment.size.width + margin.horizontal()).0,
        above: above.0,
        below: below.0,
        margin,
        fragment,
    }
}

/// The last line's baseline, from the border box's top.
fn last_baseline(fragment: &Fragment, depth: usize) -> Option<Pt> {
    const DEEPEST: usize = 64;
    if depth > DEEPEST {
        return None;
    }
    let inside = |placed: &crate::layout::fragment::Placed| {
        last_baseline(&placed.fragment, depth + 1).map(|baseline| placed.at.y.pt() + baseline)
    };
    match &fragment.body {
        Body::Lines(lines) => lines.lines.last().map(|line| line.y.pt() + line.baseline),
        Body::Flow(blocks) => {
            let mut blocks = blocks.iter().rev().filter(|block| !block.fragment.is_float());
            blocks.find_map(inside)
        }
        Body::Rows(rows) => rows.last()?.items.iter().find_map(inside),
        Body::Table(table) => table.rows.last().and_then(|row| {
            let mut cells = row.cells.iter();
            cells.find_map(|cell| inside(&cell.placed).map(|baseline| row.y.pt() + baseline))
        }),
        Body::Empty | Body::Picture(_) | Body::Columns(_) | Body::Stretch(_) => None,
    }
}
