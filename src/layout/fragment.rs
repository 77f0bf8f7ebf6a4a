//! Measured boxes: sizes and relative places are known, pages are not.
//!
//! A fragment is measured on a column of unbounded height; pagination then decides which parts of
//! it stand on which page. Positions are relative to the parent fragment's border box.

use std::sync::Arc;

use crate::geom::{Depth, Point, Pt, Rect, RunRect, Sides, Size, Spot};
use crate::markup::NodeId;
use crate::style::{Color, DecorationStyle, RowRepeat, StyleId};

use super::boxes::{BoxExtra, GroupKind, LinkRef, Picture};
use super::page::{GlyphRun, Mark};

/// A measured box.
#[derive(Debug, Clone)]
pub struct Fragment {
    /// Its style.
    pub style: StyleId,
    /// The border box.
    pub size: Size,
    /// Used border widths.
    pub border: Sides<Pt>,
    /// Used paddings.
    pub padding: Sides<Pt>,
    /// The margins that stand above and below after collapsing with those of first and last
    /// children (CSS 2.2 8.3.1). Left and right margins are part of the position.
    pub margin_top: Pt,
    /// See `margin_top`.
    pub margin_bottom: Pt,
    /// How its own content is marked.
    pub mark: Mark,
    /// What is inside.
    pub body: Body,
    /// What only few fragments have.
    pub extra: Option<Box<FragmentExtra>>,
}

/// What only few fragments have.
#[derive(Debug, Clone, Default)]
pub struct FragmentExtra {
    /// Anchors, strings, bookmarks and the page name of the box.
    pub names: BoxNames,
    /// A list item's marker, placed relative to the border box.
    pub marker: Option<Placed>,
    /// Absolutely positioned boxes whose containing block or static position is this fragment.
    pub out_of_flow: Vec<Placed>,
    /// The element of a box out of the flow.
    pub node: Option<NodeId>,
    /// How far `position: relative` moves the box from its place (CSS 2.2 9.4.3).
    pub shift: Point,
    /// Whether the box floats beside what comes after it.
    pub floats: bool,
    /// Set where the box reaches sideways out of the one around it.
    pub reach: Option<Reach>,
    /// What of its height single precision leaves out, where it is higher than a few pages.
    pub more_height: Pt,
    /// Set where even the smallest letters do not make the content fit (`-dossier-fit`).
    pub unfit: Option<Unfit>,
}

/// Content that does not fit into its box even in the smallest letters.
#[derive(Debug, Clone)]
pub struct Unfit {
    /// The element of the box, or the nearest one around.
    pub node: Option<NodeId>,
    /// The beginning of its text.
    pub text: Arc<str>,
    /// The smallest letters that the box allows.
    pub smallest: Pt,
    /// How much wider than the box it is.
    pub wide: Pt,
    /// How much higher than the box it is.
    pub high: Pt,
}

/// A box that reaches sideways out of the one around it.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// Its element, or the nearest one around; of an item, its container.
    pub node: Option<NodeId>,
    /// What it is.
    pub kind: ReachKind,
    /// Whether a negative margin asks for it.
    pub by_margin: bool,
}

/// What reaches out, for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ReachKind {
    Box,
    Columns,
    Item,
    Picture,
}

impl Fragment {
    /// Whether the box floats: it takes no height of its own from the boxes around it.
    pub fn is_float(&self) -> bool {
        self.extra.as_ref().is_some_and(|extra| extra.floats)
    }

    /// The height of the border box, exact where the box is many pages high.
    pub fn height(&self) -> Depth {
        let more = self.extra.as_ref().map_or(Pt::ZERO, |extra| extra.more_height);
        Depth::from(self.size.height) + more
    }

    /// Makes the border box that high.
    pub fn set_height(&mut self, height: Depth) {
        self.size.height = height.pt();
        let more = height - Depth::from(self.size.height);
        if self.size.height > PRECISE {
            self.extra.get_or_insert_default().more_height = more;
        } else if let Some(extra) = &mut self.extra {
            extra.more_height = Pt::ZERO;
        }
    }
}

/// Up to here single precision is as good as none of it could be seen: 1/500 pt.
const PRECISE: Pt = Pt(32_768.0);

/// Begins the name of a page whose sheet is turned from upright to landscape for one table
/// (`-dossier-table-fit: turn`); the name that the page would have otherwise follows. Names in
/// style sheets are identifiers, which have no colon.
pub const TURNED: &str = ":turned ";

/// Names that a box carries from the box tree to the page.
#[derive(Debug, Default, Clone)]
#[allow(missing_docs)]
pub struct BoxNames {
    pub anchors: Vec<Arc<str>>,
    pub strings: Vec<(Arc<str>, Arc<str>)>,
    pub counters: Vec<(Arc<str>, i32)>,
    pub bookmark: Option<(u8, Arc<str>, Option<super::structure::TagId>)>,
    pub link: Option<LinkRef>,
    pub page_counter: Option<i32>,
    pub page: Option<Arc<str>>,
    pub running: Vec<u32>,
}

impl BoxNames {
    /// The names in `extra`, cloned.
    pub fn of(extra: &BoxExtra) -> BoxNames {
        BoxNames {
            anchors: extra.anchors.clone(),
            strings: extra.strings.clone(),
            counters: extra.counters.clone(),
            bookmark: extra.bookmark.clone(),
            link: extra.link.clone(),
            page_counter: extra.page_counter,
            page: extra.page.clone(),
            running: extra.running.clone(),
        }
    }
}

/// A fragment with its border box's place in the parent's border box.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Placed {
    pub at: Spot,
    pub fragment: Fragment,
}

impl Placed {
    /// The same box, with its place from `corner` on.
    pub fn moved_back(self, corner: Spot) -> Placed {
        Placed { at: self.at - corner, ..self }
    }
}

/// What is inside a fragment.
#[derive(Debug, Clone)]
pub enum Body {
    /// Nothing in flow.
    Empty,
    /// Blocks one below the other; a page may end between them.
    Flow(Vec<Placed>),
    /// Lines; a page may end between them, within `orphans` and `widows`.
    Lines(Lines),
    /// Rows of boxes side by side (flex lines, grid rows); a page may end between rows.
    Rows(Vec<BoxRow>),
    /// A table.
    Table(Box<TableBody>),
    /// A picture, painted into the content box by `object-fit`.
    Picture(Box<Picture>),
    /// Columns of text beside each other.
    Columns(Vec<ColumnRow>),
    /// A part of a box that goes on elsewhere. Its background and borders are the strand's.
    Stretch(Box<Stretch>),
}

/// Columns beside each other (CSS Multi-column 1 §2). A container has a second row of them where a
/// forced break ends its page.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct ColumnRow {
    pub y: Depth,
    pub height: Pt,
    /// In reading order.
    pub columns: Vec<ColumnPart>,
    /// What of the strand comes after these columns.
    pub rest: Position,
    /// How the columns are made when a page end makes other ones of them.
    pub shape: ColumnShape,
}

/// A column with what it holds; `x` is relative to the fragment's border box.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct ColumnPart {
    pub x: Pt,
    pub stretch: Stretch,
}

/// How many columns there are, and where they stand.
#[derive(Debug, Clone, Copy)]
pub struct ColumnShape {
    /// At least 1.
    pub count: u16,
    /// The width of each.
    pub width: Pt,
    /// Between two of them.
    pub gap: Pt,
    /// The left edge of the content box in the border box.
    pub left: Pt,
    /// Whether the first column is the rightmost.
    pub rtl: bool,
    /// Whether the last row of columns is made as low as it can be (`column-fill`).
    pub balances: bool,
    /// The style with the rules between columns.
    pub style: StyleId,
    /// Set where the columns together are wider than the box that they stand in.
    pub reach: Option<Reach>,
}

/// Names a strand: a box whose content is a flow of its own, since it goes on in other columns or
/// on other pages beside other boxes (CSS Fragmentation 3 §2, parallel flows).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StrandId(pub u32);

/// A place in a flow: before a part of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[allow(missing_docs)]
pub struct Position {
    pub unit: u32,
    pub part: u32,
}

/// What of a strand stands in one place.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// The strand.
    pub strand: StrandId,
    /// Where it starts.
    pub start: Position,
    /// Where the next one starts.
    pub end: Position,
    /// The place in the strand that stands at the top.
    pub start_y: Depth,
    /// The height that it was filled to.
    pub area: Pt,
    /// Whether the box has begun in an earlier place.
    pub continued: bool,
    /// Whether the box goes on in a later place.
    pub goes_on: bool,
    /// Whether it is shown here once more, as an artifact (the label of a cell that spans a break).
    pub repeated: bool,
}

/// A flex line or grid row.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct BoxRow {
    pub y: Depth,
    pub height: Pt,
    pub items: Vec<Placed>,
}

/// A paragraph's lines.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// From the top.
    pub lines: Vec<Line>,
}

/// One line box.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its top, relative to the fragment's border box.
    pub y: Depth,
    /// Its left edge, relative to the fragment's border box.
    pub x: Pt,
    /// Its height.
    pub height: Pt,
    /// From its top down to its baseline.
    pub baseline: Pt,
    /// How far it reaches out of its box, where it does.
    pub overflow: Option<Box<WideLine>>,
    /// What stands on it, in logical order; x from the line's left edge, y from its baseline.
    pub pieces: Vec<Piece>,
}

/// A line that is wider than its box.
#[derive(Debug, Clone)]
pub struct WideLine {
    /// The element that the line belongs to.
    pub node: Option<NodeId>,
    /// The beginning of its text.
    pub text: Arc<str>,
    /// Where what is seen of it starts and ends, from the line's left edge.
    pub left: Pt,
    /// See `left`.
    pub right: Pt,
}

/// Something on a line.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Piece {
    /// Letters; the run's origin is relative to the line's left edge and baseline.
    Glyphs { run: Box<GlyphRun>, mark: Mark },
    /// Background and borders of an inline element, behind what follows. `first` and `last` tell
    /// whether its start and end edges are on this line.
    InlineBox { rect: Rect, style: StyleId, first: bool, last: bool },
    /// An underline and the like; the rectangle is as high as the line is thick.
    Rule { rect: Rect, color: Color, style: DecorationStyle, mark: Mark },
    /// An inline block or picture; the position is its border box's top left corner.
    Atomic(Box<Placed>),
    /// A float that was met on the line; its border box's corner, which may be below the line.
    Float(Box<Placed>),
    /// Where a reader may click.
    Link { rect: Rect, link: Box<LinkRef> },
    /// A named place.
    Anchor { name: Arc<str>, x: Pt },
}

/// A measured table. Row positions are relative to the table fragment's border box.
#[derive(Debug, Clone)]
pub struct TableBody {
    /// The table's own border box, without captions, relative to the fragment's border box: its
    /// background and borders are painted there.
    pub grid: RunRect,
    /// Captions above and below, placed.
    pub captions: Vec<Placed>,
    /// Rows in painting order: heads, bodies, feet.
    pub rows: Vec<TableRow>,
    /// How many of the rows at the start are repeated on each page.
    pub head_rows: usize,
    /// How many of the rows at the end are repeated on each page.
    pub foot_rows: usize,
    /// Left edge and width of each column, relative to the border box.
    pub columns: Vec<(Pt, Pt)>,
    /// The styles behind the columns, the groups' first; those without a background are left out.
    pub column_styles: Vec<ColumnStyle>,
    /// Collapsed borders, each with the rows that it lies between (CSS 2.2 17.6.2), in order of
    /// [`GridLine::row`]; see [`TableBody::lines_of`].
    pub borders: Vec<GridLine>,
    /// Vertical distance between rows (`border-spacing`), 0 when collapsed.
    pub row_gap: Pt,
}

impl TableBody {
    /// The collapsed borders that touch the rows `from..to`: the edges above each of them, the
    /// edge below the last, and the edges beside them.
    pub fn lines_of(&self, from: usize, to: usize) -> impl Iterator<Item = &GridLine> {
        let earliest = from.saturating_sub(GridLine::MAX_ROWS - 1);
        let start = self.borders.partition_point(|line| line.row < earliest);
        self.borders[start..].iter().take_while(move |line| line.row <= to).filter(move |line| {
            if line.horizontal {
                line.row >= from
            } else {
                line.row < to && line.row + line.rows > from
            }
        })
    }
}

/// A background behind the cells of a column (CSS 2.2 17.5.1).
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct ColumnStyle {
    pub column: u16,
    pub style: StyleId,
}

/// A measured row.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct TableRow {
    pub style: StyleId,
    pub kind: GroupKind,
    /// Index of the row group, for backgrounds and breaks between groups.
    pub group: usize,
    pub group_style: StyleId,
    pub y: Depth,
    pub height: Pt,
    pub cells: Vec<TableCell>,
    pub names: Option<Box<BoxNames>>,
    /// On which pages a row of a head or foot stands.
    pub repeat: RowRepeat,
}

/// A measured cell; it starts in its row and may reach into later ones.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct TableCell {
    pub column: u16,
    pub col_span: u16,
    pub row_span: u16,
    /// The cell's fragment fills the spanned rows; its content is already aligned
    /// (`vertical-align`) inside. `at.y` is relative to the row's top.
    pub placed: Placed,
    /// How far alignment moved the content down.
    pub content_shift: Pt,
    /// Whether its own background and borders are left out (`empty-cells: hide`).
    pub bare: bool,
}

impl GridLine {
    /// A vertical stroke is cut after so many rows, so that those of a page are found at once.
    pub const MAX_ROWS: usize = 64;
}

/// One stroke of a collapsed border, centred on an edge between cells. Horizontal ones reach over
/// the vertical ones that they meet, so that corners are filled.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct GridLine {
    /// Horizontal: the row whose top edge it is (`rows.len()` for the last bottom edge).
    /// Vertical: the first row beside it.
    pub row: usize,
    /// Vertical: how many rows it passes, at most [`GridLine::MAX_ROWS`]. Horizontal: 0.
    pub rows: usize,
    pub horizontal: bool,
    /// Horizontal: its left end. Vertical: unused, since rows tell where it starts and ends.
    pub from: Pt,
    /// Horizontal: its right end.
    pub to: Pt,
    /// Horizontal: unused. Vertical: its x.
    pub x: Pt,
    pub border: crate::style::Border,
}
