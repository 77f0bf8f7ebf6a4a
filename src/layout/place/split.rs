//! Cuts a fragment at a height: what fits stays, the rest goes on (CSS Fragmentation 3 §5).

use crate::geom::{Point, Pt, Sides};
use crate::layout::fragment::*;
use crate::style::Styled;

/// A fragment that was cut; at least one of the two is there.
pub struct Cut {
    /// What fits.
    pub first: Option<Fragment>,
    /// What is left.
    pub rest: Option<Fragment>,
}

/// The least height that the beginning of a fragment needs: its first line, picture or row.
pub fn least_height(fragment: &Fragment, styled: &Styled) -> Pt {
    let inside = match &fragment.body {
        Body::Empty => Pt::ZERO,
        Body::Flow(children) => children
            .first()
            .map_or(Pt::ZERO, |child| child.at.y + least_height(&child.fragment, styled)),
        Body::Lines(lines) => {
            let orphans = usize::from(styled.style(fragment.style).orphans).max(1);
            let index = orphans.min(lines.lines.len()).saturating_sub(1);
            lines.lines.get(index).map_or(Pt::ZERO, |line| line.y + line.height)
        }
        Body::Rows(rows) => rows.first().map_or(Pt::ZERO, |row| row.y + row.height),
        Body::Table(table) => table.rows.first().map_or(Pt::ZERO, |row| row.y + row.height),
        Body::Picture(_) => fragment.size.height,
    };
    inside.min(fragment.size.height)
}

/// Cuts `fragment` so that the first part is at most `limit` high. With `force` the first part
/// takes at least the first line, so that the work ends.
pub fn cut(fragment: Fragment, limit: Pt, force: bool, styled: &Styled) -> Cut {
    if fragment.size.height <= limit + Pt(0.01) {
        return Cut { first: Some(fragment), rest: None };
    }
    if least_height(&fragment, styled) > limit && !force {
        return Cut { first: None, rest: Some(fragment) };
    }
    if matches!(fragment.body, Body::Table(_) | Body::Picture(_)) {
        return Cut { first: Some(fragment), rest: None };
    }
    let Fragment { style, size, border, padding, margin_top, margin_bottom, mark, body, extra } =
        fragment;
    let halves = match body {
        Body::Empty => Some((Body::Empty, limit, Body::Empty)),
        Body::Flow(children) => Some(cut_flow(children, limit, force, styled)),
        Body::Lines(lines) => Some(cut_lines(lines, limit, force, style, styled)),
        Body::Rows(rows) => Some(cut_rows(rows, limit)),
        Body::Table(_) | Body::Picture(_) => None,
    };
    let Some((kept, height, left)) = halves else { return Cut { first: None, rest: None } };
    let frame_top = border.top + padding.top;
    let rest_height = rest_height(&left, size.height, height);
    let first = Fragment {
        style,
        size: crate::geom::Size::new(size.width, height),
        border: Sides { bottom: Pt::ZERO, ..border },
        padding: Sides { bottom: Pt::ZERO, ..padding },
        margin_top,
        margin_bottom: Pt::ZERO,
        mark,
        body: kept,
        extra,
    };
    let rest = Fragment {
        style,
        size: crate::geom::Size::new(size.width, rest_height + border.bottom + padding.bottom),
        border: Sides { top: Pt::ZERO, ..border },
        padding: Sides { top: Pt::ZERO, ..padding },
        margin_top: Pt::ZERO,
        margin_bottom,
        mark,
        body: left,
        extra: None,
    };
    let _ = frame_top;
    Cut { first: Some(first), rest: Some(rest) }
}

fn rest_height(left: &Body, whole: Pt, taken: Pt) -> Pt {
    match left {
        Body::Empty => (whole - taken).max(Pt::ZERO),
        Body::Flow(children) => {
            children.last().map_or(Pt::ZERO, |child| child.at.y + child.fragment.size.height)
        }
        Body::Lines(lines) => lines.lines.last().map_or(Pt::ZERO, |line| line.y + line.height),
        Body::Rows(rows) => rows.last().map_or(Pt::ZERO, |row| row.y + row.height),
        Body::Table(_) | Body::Picture(_) => (whole - taken).max(Pt::ZERO),
    }
}

fn cut_lines(
    mut lines: Lines,
    limit: Pt,
    force: bool,
    style: crate::style::StyleId,
    styled: &Styled,
) -> (Body, Pt, Body) {
    let count = lines.lines.len();
    let style = styled.style(style);
    let mut fits = lines.lines.iter().take_while(|line| line.y + line.height <= limit).count();
    let widows = usize::from(style.widows);
    let with_widows = count.saturating_sub(widows);
    if fits > with_widows && with_widows >= usize::from(style.orphans).max(1) {
        fits = with_widows;
    }
    if fits == 0 && force {
        fits = 1.min(count);
    }
    let mut rest = lines.lines.split_off(fits);
    let height = lines.lines.last().map_or(Pt::ZERO, |line| line.y + line.height);
    let start = rest.first().map_or(Pt::ZERO, |line| line.y);
    rest.iter_mut().for_each(|line| line.y -= start);
    let rest = Lines { lines: rest };
    (Body::Lines(lines), height, Body::Lines(rest))
}

fn cut_flow(children: Vec<Placed>, limit: Pt, force: bool, styled: &Styled) -> (Body, Pt, Body) {
    let mut kept: Vec<Placed> = Vec::new();
    let mut rest: Vec<Placed> = Vec::new();
    let mut moved_up = Pt::ZERO;
    for child in children {
        if !rest.is_empty() {
            let at = Point::new(child.at.x, child.at.y - moved_up);
            rest.push(Placed { at, fragment: child.fragment });
            continue;
        }
        let old_bottom = child.at.y + child.fragment.size.height;
        let must = force && kept.is_empty();
        let parts = cut(child.fragment, limit - child.at.y, must, styled);
        if let Some(first) = parts.first {
            kept.push(Placed { at: child.at, fragment: first });
        }
        if let Some(left) = parts.rest {
            moved_up = old_bottom - left.size.height;
            rest.push(Placed { at: Point::new(child.at.x, Pt::ZERO), fragment: left });
        }
    }
    let height = kept.last().map_or(Pt::ZERO, |last| last.at.y + last.fragment.size.height);
    (Body::Flow(kept), height, Body::Flow(rest))
}

fn cut_rows(mut rows: Vec<BoxRow>, limit: Pt) -> (Body, Pt, Body) {
    let fits = rows.iter().take_while(|row| row.y + row.height <= limit).count().max(1);
    let mut rest = rows.split_off(fits.min(rows.len()));
    let height = rows.last().map_or(Pt::ZERO, |row| row.y + row.height);
    let start = rest.first().map_or(Pt::ZERO, |row| row.y);
    for row in &mut rest {
        row.y -= start;
        row.items.iter_mut().for_each(|item| item.at.y -= start);
    }
    (Body::Rows(rows), height, Body::Rows(rest))
}
