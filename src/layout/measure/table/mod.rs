//! Tables (CSS 2.2 17): where each cell stands, how wide the columns and how high the rows are,
//! which borders win.

mod align;
mod borders;
mod collapsed;
mod columns;
mod decimal;
mod fit;
mod grid;
mod heights;
#[cfg(test)]
mod tests;
mod widths;

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::geom::{Depth, Point, Pt, RunRect, Sides, Size, Spot};
use crate::style::{BorderCollapse, ComputedStyle, Direction, EmptyCells, Extent, TableFit};
use crate::style::{CaptionSide, RowRepeat, StyleId, TableLayout};

use super::edges::{self, Edges};
use super::{Intrinsic, Measure, Room};
use crate::layout::boxes::{Contents, GroupKind, LayoutBox, TableBox};
use crate::layout::fragment::{
    Body, BoxNames, ColumnStyle, Fragment, FragmentExtra, Placed, TableBody, TableCell, TableRow,
};
use crate::layout::inside;

use borders::Collapsed;
use grid::{Grid, GridCell};
use widths::ColumnMeasure;

/// From so many cells on, cells are measured in parallel.
const PARALLEL_FROM: usize = 256;

/// The widths that a table asks for, as a border box with its captions (CSS 2.2 17.5.2.2).
pub fn intrinsic(table: &LayoutBox, measure: &dyn Measure) -> Intrinsic {
    let Some(plan) = Plan::new(table, measure, Pt::ZERO) else { return Intrinsic::default() };
    plan.intrinsic(&plan.columns())
}

/// The same without the table's own `width`.
pub fn content_widths(table: &LayoutBox, measure: &dyn Measure) -> Intrinsic {
    let Some(plan) = Plan::new(table, measure, Pt::ZERO) else { return Intrinsic::default() };
    plan.intrinsic_of_columns(&plan.columns(), Pt::ZERO)
}

/// Measures a table with its captions in `room`. `width: auto` shrinks to fit, as far as the
/// columns can be squeezed; a table that is still wider is reported (`layout/table-too-wide`).
pub fn measure(table: &LayoutBox, measure: &dyn Measure, room: Room) -> Fragment {
    match Plan::new(table, measure, room.width) {
        Some(plan) => plan.fragment(room),
        None => empty(table),
    }
}

/// The width that a table would have in `room`, as a border box without its captions.
pub fn used_width(table: &LayoutBox, measure: &dyn Measure, room: Room) -> Pt {
    Plan::new(table, measure, room.width).map_or(Pt::ZERO, |plan| plan.widths(room).0)
}

/// What a box that is no table comes to.
fn empty(table: &LayoutBox) -> Fragment {
    Fragment {
        style: table.style,
        size: Size::default(),
        border: Sides::default(),
        padding: Sides::default(),
        margin_top: Pt::ZERO,
        margin_bottom: Pt::ZERO,
        mark: table.mark,
        body: Body::Empty,
        extra: None,
    }
}

/// A table whose grid and borders are known.
struct Plan<'a> {
    source: &'a LayoutBox,
    table: &'a TableBox,
    style: &'a ComputedStyle,
    measure: &'a dyn Measure,
    grid: Grid<'a>,
    collapsed: Option<Collapsed>,
    edges: Edges,
    rtl: bool,
}

impl<'a> Plan<'a> {
    fn new(source: &'a LayoutBox, measure: &'a dyn Measure, base: Pt) -> Option<Plan<'a>> {
        let Contents::Table(table) = &source.contents else { return None };
        let style = measure.style(source.style);
        let grid = Grid::build(table);
        let mut edges = Edges::of(style, base);
        let rtl = style.direction == Direction::Rtl;
        let collapsed = (style.border_collapse == BorderCollapse::Collapse)
            .then(|| Collapsed::resolve(&grid, table, style, measure, rtl));
        if let Some(collapsed) = &collapsed {
            edges.border = collapsed.table;
            edges.padding = Sides::default();
        }
        let plan = Plan { source, table, style, measure, grid, collapsed, edges, rtl };
        plan.report_too_many_columns();
        Some(plan)
    }

    /// Horizontal and vertical `border-spacing`; none between collapsed borders.
    fn spacing(&self) -> (Pt, Pt) {
        if self.collapsed.is_some() { (Pt::ZERO, Pt::ZERO) } else { self.style.border_spacing }
    }

    /// The used border widths of a cell, by its index in the grid.
    fn cell_border(&self, index: usize, style: &ComputedStyle) -> Sides<Pt> {
        match &self.collapsed {
            Some(collapsed) => collapsed.cells.get(index).copied().unwrap_or_default(),
            None => style.border.map(|border| border.width),
        }
    }

    /// All that is not columns: frame and spacing.
    fn extra_width(&self) -> Pt {
        let gaps = if self.grid.columns == 0 { 0 } else { self.grid.columns + 1 };
        self.edges.frame().horizontal() + self.spacing().0 * gaps as f32
    }

    fn columns(&self) -> Vec<ColumnMeasure> {
        columns::by_content(self)
    }

    fn intrinsic(&self, columns: &[ColumnMeasure]) -> Intrinsic {
        let content = self.intrinsic_of_columns(columns, Pt::ZERO);
        let Some(width) = edges::definite(self.style.width, None) else { return content };
        let width = edges::border_box(self.style, width, self.edges.frame().horizontal());
        let width = width.max(content.min);
        Intrinsic { min: width, max: width }
    }

    /// As narrow as the captions can be.
    fn caption_min(&self, base: Pt) -> Pt {
        let captions = self.table.captions.iter().map(|caption| {
            let margin = Edges::of(self.measure.style(caption.style), base).margin;
            self.measure.intrinsic(caption).min + margin.horizontal()
        });
        captions.fold(Pt::ZERO, Pt::max)
    }

    /// The table's border box's width and the width of each column.
    fn widths(&self, room: Room) -> (Pt, Vec<Pt>) {
        let frame = self.edges.frame().horizontal();
        let available = room.width - self.edges.margin.horizontal();
        let specified = room.forced_width.or_else(|| match self.style.width {
            Extent::Length(length) => {
                Some(edges::border_box(self.style, length.resolve(room.width), frame))
            }
            _ => None,
        });
        let clamp = |width: Pt| match room.forced_width {
            Some(_) => width,
            None => edges::clamp_width(self.style, width, room.width, frame),
        };
        let extra = self.extra_width();
        let squeeze = self.style.table_fit == TableFit::Shrink
            && specified.is_some_and(|width| clamp(width) > available);
        if self.style.table_layout == TableLayout::Fixed
            && let Some(specified) = specified
            && !squeeze
        {
            let assignable = (clamp(specified) - extra).max(Pt::ZERO);
            let widths = columns::fixed(self, assignable);
            let total: Pt = widths.iter().copied().sum();
            return (clamp(specified).max(total + extra), widths);
        }
        let columns = self.columns();
        let content = self.intrinsic_of_columns(&columns, room.width);
        let wanted = match (specified, self.style.width) {
            (Some(_), _) if squeeze => available,
            (Some(width), _) => width,
            (None, Extent::MinContent) => content.min,
            (None, Extent::MaxContent) => content.max,
            (None, _) => edges::shrink_to_fit(content, available),
        };
        let width = clamp(wanted).max(content.min);
        (width, widths::distribute(&columns, (width - extra).max(Pt::ZERO)))
    }

    /// Like [`Plan::intrinsic`], without regard to the table's own `width`.
    fn intrinsic_of_columns(&self, columns: &[ColumnMeasure], base: Pt) -> Intrinsic {
        let (min, max) = widths::table_min_max(columns);
        let extra = self.extra_width();
        let captions = self.caption_min(base);
        Intrinsic { min: (min + extra).max(captions), max: (max + extra).max(captions) }
    }

    fn fragment(self, room: Room) -> Fragment {
        let (mut width, mut columns) = self.widths(room);
        width -= self.collapse_columns(&mut columns);
        let mut fragment = self.laid(width, &columns, room);
        if self.style.table_fit == TableFit::Shrink {
            let available = room.width - self.edges.margin.horizontal();
            fit::shrink(&mut fragment, room.forced_width.unwrap_or(available));
        }
        self.report_too_wide(fragment.size.width, room);
        fragment
    }

    /// The table with columns of those widths.
    fn laid(&self, width: Pt, columns: &[Pt], room: Room) -> Fragment {
        let columns = self.place_columns(columns, width);
        let mut cells = self.measure_cells(&columns, width);
        decimal::align(self, &mut cells);
        let (above, captions_below) = self.captions(width);
        let top = above.iter().map(|(_, bottom)| *bottom).fold(Pt::ZERO, Pt::max);
        let rows = heights::rows(self, &cells, room);
        self.fill_heights(&mut cells, &rows, &columns, room);
        let rows_top = top + self.edges.frame().top;
        let (top, left) = (Depth::from(top), Pt::ZERO);
        let bottom = top + rows.height + self.edges.frame().vertical();
        let grid = RunRect { left, width, top, bottom };
        let mut captions: Vec<Placed> = above.into_iter().map(|(placed, _)| placed).collect();
        let mut bottom = grid.bottom;
        for (mut placed, height) in captions_below {
            placed.at.y += grid.bottom;
            bottom = bottom.max(grid.bottom + height);
            captions.push(placed);
        }
        let borders = self.collapsed.as_ref().map(|collapsed| collapsed.lines(&columns, self.rtl));
        let body = TableBody {
            grid,
            captions,
            rows: self.place_rows(cells, &rows, &columns, rows_top),
            head_rows: self.grid.head_rows,
            foot_rows: self.grid.foot_rows,
            columns,
            column_styles: self.column_styles(),
            borders: borders.unwrap_or_default(),
            row_gap: self.spacing().1,
        };
        let mut fragment = Fragment {
            size: Size::new(width, bottom.pt()),
            border: self.edges.border,
            padding: self.edges.padding,
            margin_top: self.edges.margin.top,
            margin_bottom: self.edges.margin.bottom,
            body: Body::Table(Box::new(body)),
            extra: self.source.extra.as_ref().map(|extra| {
                Box::new(FragmentExtra { names: BoxNames::of(extra), ..FragmentExtra::default() })
            }),
            ..empty(self.source)
        };
        fragment.set_height(bottom);
        fragment
    }

    /// The backgrounds behind columns: those of groups, then those of columns.
    fn column_styles(&self) -> Vec<ColumnStyle> {
        let seen = |style: &StyleId| self.measure.style(*style).has_background();
        let columns = || (0u16..).zip(&self.table.columns);
        let groups = columns().filter_map(|(column, of)| Some((column, of.group?)));
        let own = columns().filter(|(_, of)| of.group != Some(of.style));
        let all = groups.chain(own.map(|(column, of)| (column, of.style)));
        all.filter(|(_, style)| seen(style))
            .map(|(column, style)| ColumnStyle { column, style })
            .collect()
    }

    /// Left edge and width of each column, counted in the table's reading direction.
    fn place_columns(&self, widths: &[Pt], table_width: Pt) -> Vec<(Pt, Pt)> {
        let (gap, frame) = (self.spacing().0, self.edges.frame());
        let mut from_start = gap + if self.rtl { frame.right } else { frame.left };
        let place = |(column, width): (usize, &Pt)| {
            let collapsed = self.is_collapsed_column(column);
            let start = if collapsed { from_start - gap } else { from_start };
            if !collapsed {
                from_start += *width + gap;
            }
            (if self.rtl { table_width - start - *width } else { start }, *width)
        };
        widths.iter().enumerate().map(place).collect()
    }

    /// Left edge and width of the columns that a cell spans.
    fn extent(&self, cell: &GridCell, columns: &[(Pt, Pt)]) -> (Pt, Pt) {
        let spanned = columns.get(cell.columns()).unwrap_or_default();
        let left = spanned.iter().map(|(x, _)| *x).fold(Pt::HUGE, Pt::min);
        let right = spanned.iter().map(|(x, width)| *x + *width).fold(-Pt::HUGE, Pt::max);
        if spanned.is_empty() { (Pt::ZERO, Pt::ZERO) } else { (left, right - left) }
    }

    fn measure_cells(&self, columns: &[(Pt, Pt)], table_width: Pt) -> Vec<Fragment> {
        let one = |(index, cell): (usize, &GridCell)| {
            self.measure_cell(index, cell, columns, table_width, None)
        };
        if self.grid.cells.len() < PARALLEL_FROM {
            self.grid.cells.iter().enumerate().map(one).collect()
        } else {
            self.grid.cells.par_iter().enumerate().map(one).collect()
        }
    }

    /// One cell; `height` is its border box's, where it is known already.
    fn measure_cell(
        &self,
        index: usize,
        cell: &GridCell,
        columns: &[(Pt, Pt)],
        table_width: Pt,
        height: Option<Pt>,
    ) -> Fragment {
        let style = self.measure.style(cell.cell.content.style);
        let own = style.border.map(|border| border.width);
        let used = self.cell_border(index, style);
        let width = self.extent(cell, columns).1;
        let forced = width - used.horizontal() + own.horizontal();
        let forced_height = height.map(|height| height - used.vertical() + own.vertical());
        let room =
            Room { forced_height, forced_width: Some(forced), ..Room::of_width(table_width) };
        let mut fragment = self.measure.measure(&cell.cell.content, room);
        align::reframe(&mut fragment, used, width);
        fragment
    }

    fn place_rows(
        &self,
        cells: Vec<Fragment>,
        heights: &heights::Rows,
        columns: &[(Pt, Pt)],
        top: Pt,
    ) -> Vec<TableRow> {
        let mut fragments = cells.into_iter().enumerate();
        let rows = self.grid.rows.iter().zip(&heights.rows);
        let place = |(row, extent): (&grid::GridRow<'a>, &heights::RowExtent)| {
            let own = fragments.by_ref().take(row.cells.len());
            let own = own.filter_map(|(index, mut fragment)| {
                let cell = self.grid.cells.get(index)?;
                let (shift, height) = heights.cell(index, cell, &fragment);
                align::fill(&mut fragment, height, shift);
                let hidden = self.is_hidden(cell);
                if hidden {
                    (fragment.body, fragment.extra) = (Body::Empty, None);
                }
                let (x, _) = self.extent(cell, columns);
                Some(TableCell {
                    column: cell.column as u16,
                    col_span: cell.cols as u16,
                    row_span: u16::try_from(cell.rows).unwrap_or(u16::MAX),
                    content_shift: shift,
                    bare: hidden || self.is_bare(&fragment),
                    placed: Placed { at: Spot::new(x, Depth::ZERO), fragment },
                })
            });
            // As many as there are, since a long table keeps all of its rows.
            let mut cells = Vec::with_capacity(row.cells.len());
            cells.extend(own);
            TableRow {
                style: row.row.style,
                kind: row.kind,
                group: row.group,
                group_style: row.group_style,
                y: extent.y + top,
                height: extent.height,
                cells,
                names: row.row.extra.as_ref().map(|extra| Box::new(BoxNames::of(extra))),
                repeat: self.repeat(row),
            }
        };
        rows.map(place).collect()
    }

    /// On which pages a row stands: only those of heads and feet are repeated, and the headings of
    /// groups.
    fn repeat(&self, row: &grid::GridRow) -> RowRepeat {
        let asked = self.measure.style(row.row.style).row_repeat;
        let is_group = asked == RowRepeat::Group;
        if is_group == (row.kind == GroupKind::Body) { asked } else { RowRepeat::Always }
    }

    /// `empty-cells: hide` (CSS 2.2 17.6.1.1).
    fn is_bare(&self, cell: &Fragment) -> bool {
        self.collapsed.is_none()
            && self.measure.style(cell.style).empty_cells == EmptyCells::Hide
            && inside::is_empty(cell)
    }

    /// Captions above and below, each with its bottom margin edge; those below count from 0.
    #[allow(clippy::type_complexity)]
    fn captions(&self, width: Pt) -> (Vec<(Placed, Pt)>, Vec<(Placed, Pt)>) {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for caption in &self.table.captions {
            let style = self.measure.style(caption.style);
            let side = match style.caption_side {
                CaptionSide::Top => &mut above,
                CaptionSide::Bottom => &mut below,
            };
            let edges = Edges::of(style, width);
            let fragment = self.measure.measure(caption, Room::of_width(width));
            let start = side.last().map_or(Pt::ZERO, |(_, bottom): &(Placed, Pt)| *bottom);
            let at = Point::new(edges.margin.left, start + fragment.margin_top);
            let bottom = at.y + fragment.size.height + fragment.margin_bottom;
            side.push((Placed { at: at.into(), fragment }, bottom));
        }
        (above, below)
    }

    fn report_too_wide(&self, width: Pt, room: Room) {
        // Parents that force a width have weighed the overflow themselves.
        let over = width + self.edges.margin.horizontal() - room.width;
        if room.forced_width.is_some() || over <= Pt(0.5) {
            return;
        }
        let millimetres = |length: Pt| length.0 * 25.4 / 72.0;
        let message = format!(
            "the table is {:.0} mm wide and has room for {:.0} mm",
            millimetres(width),
            millimetres(room.width - self.edges.margin.horizontal()),
        );
        let help = match self.style.table_fit {
            TableFit::Shrink => {
                "even letters of 6 pt are too wide: leave out columns, or divide the table"
            }
            _ => {
                "make columns narrower, let long words break (overflow-wrap: anywhere), or let the \
                 table fit itself: `-dossier-table-fit: shrink` makes it smaller, `turn` puts it \
                 on a landscape page"
            }
        };
        self.report(Diagnostic::warning("layout/table-too-wide", message).help(help));
    }

    fn report_too_many_columns(&self) {
        if self.grid.cut {
            let message = format!("a table has at most {} columns", grid::MAX_COLUMNS);
            let error = Diagnostic::error("layout/table-columns", message);
            self.report(error.help("check the cells' colspan, or split the table"));
        }
    }

    fn report(&self, diagnostic: Diagnostic) {
        let span = self.source.node.and_then(|node| self.measure.span(node));
        self.measure.report(match span {
            Some(span) => diagnostic.at(span, "this table"),
            None => diagnostic,
        });
    }
}
