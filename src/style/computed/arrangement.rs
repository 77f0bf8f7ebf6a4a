//! Flex, grid and multi-column containers and their items.

use std::sync::Arc;

use crate::geom::Pt;

use super::keywords::{Alignment, ColumnFill, FlexDirection, FlexWrap, GridFlow};
use super::lengths::{Extent, Length};
use super::painting::Border;

/// A grid track's size.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum TrackSize {
    Extent(Extent),
    Fraction(f32),
    /// `minmax(min, max)`.
    MinMax(Extent, TrackMax),
    FitContent(Length),
}

/// The upper bound of a `minmax()`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum TrackMax {
    Extent(Extent),
    Fraction(f32),
}

/// An entry of `grid-template-*`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Track {
    Single(TrackSize),
    /// `repeat(auto-fill | auto-fit, …)`; plain counts are expanded by the cascade.
    AutoRepeat {
        fit: bool,
        sizes: Arc<[TrackSize]>,
        /// Of the lines before, between and after the tracks.
        names: Arc<[Vec<Arc<str>>]>,
    },
}

/// `grid-template-rows` or `grid-template-columns`.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct GridTracks {
    pub tracks: Vec<Track>,
    /// Of the lines before, between and after the tracks; empty when no line has a name.
    pub names: Vec<Vec<Arc<str>>>,
}

impl GridTracks {
    /// No tracks at all.
    pub const NONE: GridTracks = GridTracks { tracks: Vec::new(), names: Vec::new() };
}

/// `grid-template-areas`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct GridAreas {
    pub row_count: u16,
    pub column_count: u16,
    pub areas: Vec<GridArea>,
}

/// A named rectangle of a grid, by the numbers of the lines around it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct GridArea {
    pub name: Arc<str>,
    pub rows: (u16, u16),
    pub columns: (u16, u16),
}

/// One side of a grid item's placement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum GridLine {
    #[default]
    Auto,
    Line(i16),
    Span(u16),
    /// A line's name and which of those with that name; 0 where no number is given.
    Named(Arc<str>, i16),
    NamedSpan(Arc<str>, u16),
}

/// Flex and grid, boxed because few elements use them.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Arrangement {
    pub flex_direction: FlexDirection,
    pub flex_wrap: FlexWrap,
    pub flex_grow: f32,
    pub flex_shrink: f32,
    pub flex_basis: Extent,
    pub order: i32,
    pub align_items: Alignment,
    pub align_self: Alignment,
    pub align_content: Alignment,
    pub justify_items: Alignment,
    pub justify_self: Alignment,
    pub justify_content: Alignment,
    pub row_gap: Length,
    pub column_gap: Option<Length>,
    pub grid_template_columns: GridTracks,
    pub grid_template_rows: GridTracks,
    pub grid_template_areas: Option<Arc<GridAreas>>,
    pub grid_auto_columns: Vec<TrackSize>,
    pub grid_auto_rows: Vec<TrackSize>,
    pub grid_auto_flow: GridFlow,
    pub grid_row: (GridLine, GridLine),
    pub grid_column: (GridLine, GridLine),
}

/// Multi-column text, boxed because few elements use it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Columns {
    pub count: Option<u16>,
    pub width: Option<Pt>,
    pub gap: Option<Length>,
    pub rule: Border,
    pub fill: ColumnFill,
    pub span_all: bool,
}
