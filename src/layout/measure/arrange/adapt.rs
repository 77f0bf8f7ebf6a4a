//! Computed style → taffy's style. Lengths that mix points and shares are resolved against the
//! container's width, since the library keeps only one of both.

use std::borrow::Cow;
use std::sync::Arc;

use taffy::style_helpers::{FromFr, FromLength, FromPercent};
use taffy::style_helpers::{TaffyAuto, TaffyFitContent, TaffyMaxContent, TaffyMinContent};
use taffy::{
    AlignContent, AlignItems, Dimension, GridPlacement, GridTemplateArea, GridTemplateAreas,
    GridTemplateComponent, GridTemplateRepetition, LengthPercentage, LengthPercentageAuto, Line,
    MaxTrackSizingFunction, MinTrackSizingFunction, Rect, RepetitionCount, Size, Style,
    TrackSizingFunction,
};

use crate::geom::{Pt, Sides};
use crate::layout::boxes::{Contents, LayoutBox};
use crate::layout::measure::{Intrinsic, Measure};
use crate::style::{
    Alignment, Arrangement, BoxSizing, ComputedStyle, Direction, Extent, FlexDirection, FlexWrap,
    GridArea, GridAreas, GridFlow, GridLine, GridTracks, Length, Overflow, Track, TrackMax,
    TrackSize,
};

/// Lines and spans beyond this are cut: the library keeps a table of all cells.
const MAX_LINE: i16 = 1000;
/// Tracks that repeat to fill are at least this wide, so that their number stays sane.
const MIN_REPEATED: Pt = Pt(1.0);

/// The style of a container's content box; its size is set by the caller.
pub fn container(style: &ComputedStyle, is_grid: bool, base: Option<Pt>) -> Style {
    let own = arrangement(style);
    let column_gap = own.column_gap.unwrap_or(Length::ZERO);
    Style {
        display: if is_grid { taffy::Display::Grid } else { taffy::Display::Flex },
        direction: match style.direction {
            Direction::Ltr => taffy::Direction::Ltr,
            Direction::Rtl => taffy::Direction::Rtl,
        },
        gap: Size { width: length(column_gap, base), height: length(own.row_gap, base) },
        align_items: align_items(own.align_items).unwrap_or(AlignItems::NORMAL),
        justify_items: align_items(own.justify_items).unwrap_or(AlignItems::NORMAL),
        align_content: align_content(own.align_content),
        justify_content: align_content(own.justify_content),
        flex_direction: match own.flex_direction {
            FlexDirection::Row => taffy::FlexDirection::Row,
            FlexDirection::RowReverse => taffy::FlexDirection::RowReverse,
            FlexDirection::Column => taffy::FlexDirection::Column,
            FlexDirection::ColumnReverse => taffy::FlexDirection::ColumnReverse,
        },
        flex_wrap: match own.flex_wrap {
            FlexWrap::Nowrap => taffy::FlexWrap::NoWrap,
            FlexWrap::Wrap => taffy::FlexWrap::Wrap,
            FlexWrap::WrapReverse => taffy::FlexWrap::WrapReverse,
        },
        grid_template_columns: template(&own.grid_template_columns.tracks, base),
        grid_template_rows: template(&own.grid_template_rows.tracks, base),
        grid_template_column_names: names(&own.grid_template_columns.names),
        grid_template_row_names: names(&own.grid_template_rows.names),
        grid_template_areas: own.grid_template_areas.as_deref().map(areas),
        grid_auto_columns: own.grid_auto_columns.iter().map(|size| track(*size, base)).collect(),
        grid_auto_rows: own.grid_auto_rows.iter().map(|size| track(*size, base)).collect(),
        grid_auto_flow: match own.grid_auto_flow {
            GridFlow::Row => taffy::GridAutoFlow::Row,
            GridFlow::Column => taffy::GridAutoFlow::Column,
            GridFlow::RowDense => taffy::GridAutoFlow::RowDense,
            GridFlow::ColumnDense => taffy::GridAutoFlow::ColumnDense,
        },
        ..Style::default()
    }
}

/// The style of an item.
pub fn item(
    measure: &dyn Measure,
    container: &ComputedStyle,
    child: &LayoutBox,
    base: Option<Pt>,
) -> Style {
    let style = measure.style(child.style);
    let own = arrangement(style);
    let around = arrangement(container);
    let is_column =
        !matches!(around.flex_direction, FlexDirection::Row | FlexDirection::RowReverse);
    let content = || measure.memo().widths(child, || measure.content_widths(child));
    let overflow = match style.overflow {
        Overflow::Visible | Overflow::Contain => taffy::Overflow::Visible,
        Overflow::Hidden => taffy::Overflow::Hidden,
    };
    let natural_ratio = match &child.contents {
        Contents::Replaced(picture) if picture.natural.height > Pt::ZERO => {
            Some(picture.natural.width / picture.natural.height).filter(|ratio| *ratio > 0.0)
        }
        _ => None,
    };
    let limit = |extent: Extent| match extent {
        Extent::Length(value) => length_auto(value, base),
        _ => LengthPercentageAuto::auto(),
    };
    Style {
        item_is_table: matches!(child.contents, Contents::Table(_)),
        item_is_replaced: matches!(child.contents, Contents::Replaced(_)),
        box_sizing: match style.box_sizing {
            BoxSizing::BorderBox => taffy::BoxSizing::BorderBox,
            BoxSizing::ContentBox => taffy::BoxSizing::ContentBox,
        },
        overflow: taffy::Point { x: overflow, y: overflow },
        size: Size {
            width: extent(style.width, base, style, content),
            height: match style.height {
                Extent::Length(_) => extent(style.height, base, style, content),
                _ => Dimension::auto(),
            },
        },
        min_size: Size { width: limit(style.min_width), height: limit(style.min_height) },
        max_size: Size { width: limit(style.max_width), height: limit(style.max_height) },
        aspect_ratio: style.aspect_ratio.filter(|ratio| *ratio > 0.0).or(natural_ratio),
        margin: rect(style.margin.map(|margin| match margin {
            Extent::Length(value) => length_auto(value, base),
            _ => LengthPercentageAuto::auto(),
        })),
        padding: rect(style.padding.map(|padding| length(padding, base))),
        border: rect(style.border.map(|border| LengthPercentage::length(border.width.0))),
        align_self: align_items(own.align_self),
        justify_self: align_items(own.justify_self),
        flex_basis: match own.flex_basis {
            // The content decides on heights in any case.
            Extent::MinContent | Extent::MaxContent if is_column => Dimension::auto(),
            basis => extent(basis, base, style, content),
        },
        flex_grow: own.flex_grow.max(0.0),
        flex_shrink: own.flex_shrink.max(0.0),
        grid_row: placement(&own.grid_row, &around.grid_template_rows),
        grid_column: placement(&own.grid_column, &around.grid_template_columns),
        ..Style::default()
    }
}

/// A definite size.
pub fn dimension(value: Pt) -> Dimension {
    Dimension::length(value.0)
}

/// The properties of flex and grid, which most styles leave at their initial values.
fn arrangement(style: &ComputedStyle) -> Cow<'_, Arrangement> {
    match &style.arrangement {
        Some(own) => Cow::Borrowed(own),
        None => Cow::Owned(Arrangement::INITIAL),
    }
}

/// The length as points or as a share.
enum Plain {
    Points(f32),
    Share(f32),
}

fn plain(length: Length, base: Option<Pt>) -> Plain {
    match (length.points, length.share, base) {
        (points, 0.0, _) => Plain::Points(points.0),
        (Pt::ZERO, share, _) if !length.has_bounds() => Plain::Share(share),
        (_, _, Some(base)) => Plain::Points(length.resolve(base).0),
        (_, _, None) => Plain::Points(length.resolve(Pt::ZERO).0),
    }
}

fn length(value: Length, base: Option<Pt>) -> LengthPercentage {
    match plain(value, base) {
        Plain::Points(points) => LengthPercentage::length(points),
        Plain::Share(share) => LengthPercentage::percent(share),
    }
}

fn length_auto(value: Length, base: Option<Pt>) -> LengthPercentageAuto {
    match plain(value, base) {
        Plain::Points(points) => LengthPercentageAuto::length(points),
        Plain::Share(share) => LengthPercentageAuto::percent(share),
    }
}

/// A size; keywords ask the content for its widths, which are border boxes.
fn extent(
    value: Extent,
    base: Option<Pt>,
    style: &ComputedStyle,
    content: impl Fn() -> Intrinsic,
) -> Dimension {
    let frame = match style.box_sizing {
        BoxSizing::BorderBox => Pt::ZERO,
        BoxSizing::ContentBox => {
            let base = base.unwrap_or_default();
            let padding = style.padding.map(|padding| padding.resolve(base));
            padding.horizontal() + style.border.left.width + style.border.right.width
        }
    };
    match value {
        Extent::Auto | Extent::FitContent => Dimension::auto(),
        Extent::MinContent => dimension((content().min - frame).max(Pt::ZERO)),
        Extent::MaxContent => dimension((content().max - frame).max(Pt::ZERO)),
        Extent::Length(value) => match plain(value, base) {
            Plain::Points(points) => Dimension::length(points),
            Plain::Share(share) => Dimension::percent(share),
        },
    }
}

fn rect<T>(sides: Sides<T>) -> Rect<T> {
    Rect { left: sides.left, right: sides.right, top: sides.top, bottom: sides.bottom }
}

fn align_items(alignment: Alignment) -> Option<AlignItems> {
    Some(match alignment {
        Alignment::Auto => return None,
        Alignment::Normal => AlignItems::NORMAL,
        Alignment::Start => AlignItems::START,
        Alignment::End => AlignItems::END,
        Alignment::FlexStart => AlignItems::FLEX_START,
        Alignment::FlexEnd => AlignItems::FLEX_END,
        Alignment::Center => AlignItems::CENTER,
        Alignment::Baseline => AlignItems::BASELINE,
        // The distributing values are none of `align-items`.
        _ => AlignItems::STRETCH,
    })
}

fn align_content(alignment: Alignment) -> AlignContent {
    match alignment {
        Alignment::Start => AlignContent::START,
        Alignment::End => AlignContent::END,
        Alignment::FlexStart => AlignContent::FLEX_START,
        Alignment::FlexEnd => AlignContent::FLEX_END,
        Alignment::Center => AlignContent::CENTER,
        Alignment::Stretch => AlignContent::STRETCH,
        Alignment::SpaceBetween => AlignContent::SPACE_BETWEEN,
        Alignment::SpaceAround => AlignContent::SPACE_AROUND,
        Alignment::SpaceEvenly => AlignContent::SPACE_EVENLY,
        Alignment::Normal | Alignment::Auto | Alignment::Baseline => AlignContent::NORMAL,
    }
}

fn template(tracks: &[Track], base: Option<Pt>) -> Vec<GridTemplateComponent<String>> {
    let mut components = Vec::with_capacity(tracks.len());
    for entry in tracks {
        match entry {
            Track::Single(size) => {
                components.push(GridTemplateComponent::Single(track(*size, base)))
            }
            Track::AutoRepeat { fit, sizes, names: lines } => {
                let sizes: Vec<TrackSizingFunction> =
                    sizes.iter().map(|size| track(at_least(*size, base), base)).collect();
                if sizes.iter().all(|size| size.has_fixed_component()) && !sizes.is_empty() {
                    let count =
                        if *fit { RepetitionCount::AutoFit } else { RepetitionCount::AutoFill };
                    components.push(GridTemplateComponent::Repeat(GridTemplateRepetition {
                        count,
                        tracks: sizes,
                        line_names: match lines.iter().all(|line| line.is_empty()) {
                            true => Vec::new(),
                            false => names(lines),
                        },
                    }));
                } else {
                    // Only tracks of definite size repeat (CSS Grid 1 §7.2.3.2).
                    components.extend(sizes.into_iter().map(GridTemplateComponent::Single));
                }
            }
        }
    }
    components
}

fn at_least(size: TrackSize, base: Option<Pt>) -> TrackSize {
    let bound = |extent: Extent| match extent {
        Extent::Length(length) => {
            let points = length.resolve(base.unwrap_or(Pt::HUGE));
            if points < MIN_REPEATED {
                Extent::Length(Length::points(MIN_REPEATED))
            } else {
                extent
            }
        }
        other => other,
    };
    match size {
        TrackSize::Extent(extent) => TrackSize::Extent(bound(extent)),
        TrackSize::MinMax(min, max) => TrackSize::MinMax(bound(min), max),
        other => other,
    }
}

fn track(size: TrackSize, base: Option<Pt>) -> TrackSizingFunction {
    match size {
        TrackSize::Extent(extent) => {
            TrackSizingFunction { min: min_track(extent, base), max: max_track(extent, base) }
        }
        TrackSize::Fraction(fraction) => TrackSizingFunction::from_fr(fraction.max(0.0)),
        TrackSize::MinMax(min, max) => TrackSizingFunction {
            min: min_track(min, base),
            max: match max {
                TrackMax::Extent(extent) => max_track(extent, base),
                TrackMax::Fraction(fraction) => MaxTrackSizingFunction::from_fr(fraction.max(0.0)),
            },
        },
        TrackSize::FitContent(limit) => TrackSizingFunction::fit_content(length(limit, base)),
    }
}

fn min_track(extent: Extent, base: Option<Pt>) -> MinTrackSizingFunction {
    match extent {
        Extent::Auto | Extent::FitContent => MinTrackSizingFunction::AUTO,
        Extent::MinContent => MinTrackSizingFunction::MIN_CONTENT,
        Extent::MaxContent => MinTrackSizingFunction::MAX_CONTENT,
        Extent::Length(value) => match plain(value, base) {
            Plain::Points(points) => MinTrackSizingFunction::from_length(points),
            Plain::Share(share) => MinTrackSizingFunction::from_percent(share),
        },
    }
}

fn max_track(extent: Extent, base: Option<Pt>) -> MaxTrackSizingFunction {
    match extent {
        Extent::Auto | Extent::FitContent => MaxTrackSizingFunction::AUTO,
        Extent::MinContent => MaxTrackSizingFunction::MIN_CONTENT,
        Extent::MaxContent => MaxTrackSizingFunction::MAX_CONTENT,
        Extent::Length(value) => match plain(value, base) {
            Plain::Points(points) => MaxTrackSizingFunction::from_length(points),
            Plain::Share(share) => MaxTrackSizingFunction::from_percent(share),
        },
    }
}

fn names(lines: &[Vec<Arc<str>>]) -> Vec<Vec<String>> {
    lines.iter().map(|names| names.iter().map(|name| name.to_string()).collect()).collect()
}

fn areas(areas: &GridAreas) -> GridTemplateAreas<String> {
    let area = |area: &GridArea| GridTemplateArea {
        name: area.name.to_string(),
        row_start: area.rows.0,
        row_end: area.rows.1,
        column_start: area.columns.0,
        column_end: area.columns.1,
    };
    GridTemplateAreas {
        areas: areas.areas.iter().map(area).collect(),
        row_count: areas.row_count,
        column_count: areas.column_count,
    }
}

/// The lines that an item asks for. Lines that are named `x-start` and `x-end` make an area `x`
/// (CSS Grid 1 §7.3.2), which the library knows of drawn areas only.
fn placement(lines: &(GridLine, GridLine), tracks: &GridTracks) -> Line<GridPlacement> {
    let side = |line: &GridLine, end: &str| match line {
        GridLine::Auto | GridLine::Line(0) | GridLine::Span(0) => GridPlacement::Auto,
        GridLine::Line(line) => taffy::style_helpers::line((*line).clamp(-MAX_LINE, MAX_LINE)),
        GridLine::Span(span) => GridPlacement::Span((*span).min(MAX_LINE.unsigned_abs())),
        GridLine::Named(name, 0) => {
            let edge = format!("{name}{end}");
            if tracks.names.iter().flatten().any(|known| **known == *edge) {
                GridPlacement::NamedLine(edge, 1)
            } else {
                GridPlacement::NamedLine(name.to_string(), 0)
            }
        }
        GridLine::Named(name, number) => {
            GridPlacement::NamedLine(name.to_string(), (*number).clamp(-MAX_LINE, MAX_LINE))
        }
        GridLine::NamedSpan(name, count) => {
            GridPlacement::NamedSpan(name.to_string(), (*count).min(MAX_LINE.unsigned_abs()))
        }
    };
    Line { start: side(&lines.0, "-start"), end: side(&lines.1, "-end") }
}
