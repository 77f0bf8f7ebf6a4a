//! `-dossier-fit: shrink`: a block whose content is too wide or too high for it is set in smaller
//! letters. Everything inside, lengths and all, keeps its proportions: the content is measured in a
//! box that is larger by the same factor by which it is made smaller afterwards.

use std::sync::Arc;

use crate::geom::{Depth, Point, Pt, Spot};
use crate::layout::boxes::{Contents, Inline, InlineItem, LayoutBox};
use crate::layout::fragment::{Body, Fragment, Unfit};
use crate::style::{ComputedStyle, Hyphens, OverflowWrap};

use super::beside::Beside;
use super::block::{self, Collapses, Filled, Inner};
use super::dispatch::Measurer;
use super::edges::{self, Edges};
use super::floats::{self, Floats};
use super::scale::scale_body;
use super::{Measure, Room};

/// Less than this is rounding.
const TOLERATED: Pt = Pt(0.02);
/// How often the room between letters that are too large and letters that fit is halved: what is
/// left of it is less than a thousandth.
const HALVINGS: usize = 10;

/// The content in letters of one size.
struct Attempt {
    body: Body,
    filled: Filled,
    /// How much wider than the box.
    wide: Pt,
    /// How much higher than the box.
    high: Pt,
}

impl Attempt {
    fn fits(&self) -> bool {
        self.wide <= TOLERATED && self.high <= TOLERATED
    }
}

/// What is to be fitted into what.
struct Task<'t, 'm> {
    measurer: &'t Measurer<'m>,
    content: &'t LayoutBox,
    inner: &'t Inner<'t>,
    /// The height of the content box, or the most that it may have.
    most: Option<Pt>,
    /// The width that the content asks for at least.
    need: Pt,
}

/// Fills a content box, in smaller letters where it has to be; says where even that is not enough.
pub(super) fn fill(
    measurer: &Measurer,
    content: &LayoutBox,
    inner: &Inner,
    room: Room,
    smallest: Pt,
) -> (Body, Filled) {
    let style = measurer.style(content.style);
    let inside = || block::inside_widths(measurer, content);
    let need = measurer.memo.inside(content, inside).min;
    let task = Task { measurer, content, inner, most: most_height(style, inner, room), need };
    let floor = floor(measurer, content, smallest);
    let mut attempt = task.best(floor);
    // A box inside that is fitted by itself has told why already.
    let is_told = attempt.high <= TOLERATED && any_fragment(&attempt.body, &is_unfit);
    attempt.filled.unfit = (!attempt.fits() && !is_told).then(|| Unfit {
        node: inner.around.node,
        text: beginning(content),
        smallest,
        wide: if attempt.wide > TOLERATED { attempt.wide } else { Pt::ZERO },
        high: if attempt.high > TOLERATED { attempt.high } else { Pt::ZERO },
    });
    (attempt.body, attempt.filled)
}

impl Task<'_, '_> {
    /// The content in the largest letters that fit, or in the smallest ones.
    fn best(&self, floor: f32) -> Attempt {
        let whole = self.at(1.0);
        if whole.fits() || floor >= 1.0 {
            return whole;
        }
        // What no line may break needs this factor, whatever the height is.
        let top = match whole.wide > TOLERATED {
            true => (self.inner.width / self.need).clamp(floor, 1.0),
            false => 1.0,
        };
        if top < 1.0 {
            let widest = self.at(top);
            if widest.fits() {
                return widest;
            }
        }
        let mut best = self.at(floor);
        if !best.fits() {
            return best;
        }
        let (mut fitting, mut failing) = (floor, top);
        for _ in 0..HALVINGS {
            let middle = (fitting + failing) / 2.0;
            let attempt = self.at(middle);
            if attempt.fits() {
                (fitting, best) = (middle, attempt);
            } else {
                failing = middle;
            }
        }
        best
    }

    /// The content made smaller by a factor.
    fn at(&self, factor: f32) -> Attempt {
        let inner = Inner {
            width: self.inner.width / factor,
            height: self.inner.height.map(|height| height / factor),
            origin: Point::new(self.inner.origin.x / factor, self.inner.origin.y / factor),
            direction: self.inner.direction,
            style: self.inner.style,
            around: self.inner.around,
        };
        let mut own = Floats::default();
        let floats = self.measurer.has_floats && floats::holds_float(self.measurer, self.content);
        let mut beside = floats.then(|| Beside { floats: &mut own, at: Spot::default() });
        let collapses = Collapses { top: false, bottom: false };
        let lent = beside.as_mut().map(Beside::reborrow);
        let (mut body, mut filled) =
            block::fill(self.measurer, self.content, &inner, collapses, lent);
        if let Some(lowest) = beside.as_ref().and_then(|own| own.floats.lowest()) {
            filled.height = filled.height.max(lowest - inner.origin.y);
        }
        if factor < 1.0 {
            scale_body(&mut body, factor);
            filled.height = Depth(filled.height.0 * f64::from(factor));
        }
        let style = self.measurer.style(self.content.style);
        let wide = self.need * factor - self.inner.width;
        let is_broken = wide > TOLERATED && breaks_more(style) && !overflows(&body);
        let wide = if is_broken { Pt::ZERO } else { wide };
        let high = self.most.map_or(Pt::ZERO, |most| filled.height.pt() - most);
        Attempt { body, filled, wide, high }
    }
}

/// The height that the content may have: that of the box, or the most that it grows to.
fn most_height(style: &ComputedStyle, inner: &Inner, room: Room) -> Option<Pt> {
    inner.height.or_else(|| {
        let frame = Edges::of(style, room.width).frame().vertical();
        let most = edges::definite(style.max_height, room.height)?;
        Some((edges::border_box(style, most, frame) - frame).max(Pt::ZERO))
    })
}

/// Whether lines may end in places that the least width of the content does not count on.
fn breaks_more(style: &ComputedStyle) -> bool {
    style.hyphens == Hyphens::Auto || style.overflow_wrap == OverflowWrap::BreakWord
}

/// Whether any line is wider than its box.
fn overflows(body: &Body) -> bool {
    let is_wide = |body: &Body| match body {
        Body::Lines(lines) => lines.lines.iter().any(|line| line.overflow.is_some()),
        _ => false,
    };
    is_wide(body) || any_fragment(body, &|fragment| is_wide(&fragment.body))
}

/// Whether a box that is fitted by itself does not fit.
fn is_unfit(fragment: &Fragment) -> bool {
    fragment.extra.as_ref().is_some_and(|extra| extra.unfit.is_some())
}

/// Whether any block inside is as `is_so` asks.
fn any_fragment(body: &Body, is_so: &dyn Fn(&Fragment) -> bool) -> bool {
    let inside = |fragment: &Fragment| is_so(fragment) || any_fragment(&fragment.body, is_so);
    match body {
        Body::Flow(children) => children.iter().any(|child| inside(&child.fragment)),
        Body::Rows(rows) => {
            rows.iter().flat_map(|row| &row.items).any(|item| inside(&item.fragment))
        }
        Body::Table(table) => {
            let mut cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.any(|cell| inside(&cell.placed.fragment))
        }
        Body::Lines(_) | Body::Empty | Body::Picture(_) | Body::Columns(_) | Body::Stretch(_) => {
            false
        }
    }
}

/// The factor by which the content is made smaller at most: none of its letters become smaller
/// than `smallest`, and those that are smaller by themselves stay as they are.
pub(super) fn floor(measurer: &Measurer, content: &LayoutBox, smallest: Pt) -> f32 {
    let mut least = Pt::HUGE;
    let mut letters = |inline: &Inline| {
        for item in &inline.items {
            if let InlineItem::Text { range, style, .. } = item
                && !range.is_empty()
            {
                least = least.min(measurer.style(*style).font.size);
            }
        }
    };
    walk(content, &mut letters);
    if least == Pt::HUGE || least <= Pt::ZERO { 1.0 } else { (smallest / least).min(1.0) }
}

/// The beginning of the text in a box, for words about it.
fn beginning(content: &LayoutBox) -> Arc<str> {
    const SHOWN: usize = 40;
    let mut text = String::new();
    walk(content, &mut |inline: &Inline| {
        if text.chars().count() <= SHOWN {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.extend(inline.text.trim().chars().take(SHOWN + 1));
        }
    });
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()).into(),
        None => text.into(),
    }
}

/// Calls `meet` for each stretch of lines in a box, in order.
fn walk(content: &LayoutBox, meet: &mut dyn FnMut(&Inline)) {
    match &content.contents {
        Contents::Blocks(all) | Contents::Flex(all) | Contents::Grid(all) => {
            all.iter().for_each(|one| walk(one, meet));
        }
        Contents::Inline(inline) => {
            meet(inline);
            for item in &inline.items {
                if let InlineItem::Atomic(one) | InlineItem::Float(one) = item {
                    walk(one, meet);
                }
            }
        }
        Contents::Table(table) => {
            table.captions.iter().for_each(|one| walk(one, meet));
            let rows = table.groups.iter().flat_map(|group| &group.rows);
            rows.flat_map(|row| &row.cells).for_each(|cell| walk(&cell.content, meet));
        }
        Contents::Columns(columns) => walk(&columns.content, meet),
        Contents::Replaced(_) => {}
    }
}
