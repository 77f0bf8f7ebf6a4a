//! Tables with their anonymous parts (CSS 2.2 17.2.1).

use std::sync::Arc;

use crate::layout::boxes::*;
use crate::layout::page::Artifact;
use crate::layout::structure::Role;
use crate::markup::NodeId;
use crate::style::*;

use super::boxes::{Generator, boxed};
use super::flow::Flow;
use super::info::collapse;
use super::tags::Around;

/// More columns than this in one cell are a mistake (HTML 4.9.11).
const MAX_COLUMN_SPAN: u16 = 1000;

/// A row's parts that are no cells by their `display`, on their way into an anonymous cell.
struct StrayCell {
    flow: Flow,
    /// The first of them.
    part: NodeId,
    is_alone: bool,
}

/// A table that is being filled.
struct TableBuilder {
    style: StyleId,
    table: TableBox,
}

impl Generator<'_> {
    /// The box of a `display: table` element.
    pub(super) fn table(
        &mut self,
        node: NodeId,
        style: StyleId,
        around: &Around,
        extra: BoxExtra,
    ) -> LayoutBox {
        self.counters.enter();
        self.summary(node, around);
        let parts: Vec<NodeId> = self.document.children(node).collect();
        let table = self.table_parts(&parts, style, around);
        self.counters.leave();
        boxed(style, Some(node), around, Contents::Table(Box::new(table)), extra)
    }

    /// What a table is about, for those who do not see it: its `summary`, or the text of the element
    /// that `aria-describedby` names.
    fn summary(&mut self, node: NodeId, around: &Around) {
        let Some(element) = self.document.element(node) else { return };
        if around.role != Role::Table || around.artifact.is_some() {
            return;
        }
        let described = || {
            let names = element.attribute("aria-describedby")?;
            let id = names.split_ascii_whitespace().find_map(|name| self.ids.get(name))?;
            Some(self.document.text(*id))
        };
        let text = element.attribute("summary").map(str::to_owned).or_else(described);
        let text = text.map(|text| collapse(&text)).filter(|text| !text.is_empty());
        if let Some(text) = text {
            self.tagger.structure.extra(around.tag).summary = Some(Arc::from(text));
        }
    }

    /// The table that stray rows and cells make.
    pub(super) fn anonymous_table(
        &mut self,
        parts: &[NodeId],
        parent: StyleId,
        around: &Around,
    ) -> LayoutBox {
        let style = self.styles.anonymous(parent, Display::Table);
        let table = self.table_parts(parts, style, around);
        boxed(style, None, around, Contents::Table(Box::new(table)), BoxExtra::default())
    }

    /// Whether a node is part of a table (rows, cells and so on).
    pub(super) fn is_table_part(&self, node: NodeId) -> bool {
        self.document.element(node).is_some() && is_table_display(self.styled.of(node).display)
    }

    fn table_parts(&mut self, parts: &[NodeId], style: StyleId, around: &Around) -> TableBox {
        let table = TableBox { captions: Vec::new(), columns: Vec::new(), groups: Vec::new() };
        let mut builder = TableBuilder { style, table };
        let mut stray: Vec<NodeId> = Vec::new();
        let mut feet = None;
        for &part in parts {
            if self.is_blank_text(part) {
                continue;
            }
            let is_element = self.document.element(part).is_some();
            let display = if is_element { self.styled.of(part).display } else { Display::Inline };
            let proper = matches!(
                display,
                Display::TableCaption
                    | Display::TableColumn
                    | Display::TableColumnGroup
                    | Display::TableRowGroup
                    | Display::TableHeaderGroup
                    | Display::TableFooterGroup
            );
            if display == Display::None {
                continue;
            }
            if display == Display::TableFooterGroup && feet.is_none() {
                // The foot is read where it stands: after the bodies.
                feet = Some(part);
                continue;
            }
            if proper && !stray.is_empty() {
                self.stray_rows(&mut builder, &std::mem::take(&mut stray), around);
            }
            match display {
                Display::TableCaption => {
                    let caption = self.block(part, around);
                    builder.table.captions.push(caption);
                }
                Display::TableColumn => self.column(&mut builder.table, part, None),
                Display::TableColumnGroup => self.column_group(&mut builder.table, part),
                Display::TableRowGroup => self.group(&mut builder, part, GroupKind::Body, around),
                Display::TableHeaderGroup => {
                    self.group(&mut builder, part, GroupKind::Head, around)
                }
                Display::TableFooterGroup => {
                    self.group(&mut builder, part, GroupKind::Foot, around)
                }
                _ => stray.push(part),
            }
        }
        if !stray.is_empty() {
            self.stray_rows(&mut builder, &stray, around);
        }
        if let Some(foot) = feet {
            self.group(&mut builder, foot, GroupKind::Foot, around);
        }
        let mut table = builder.table;
        single_head_and_foot(&mut table.groups);
        table.groups.iter_mut().for_each(|group| resolve_spans(&mut group.rows));
        table
    }

    fn column(&mut self, table: &mut TableBox, node: NodeId, group: Option<StyleId>) {
        let style = self.styled.of_node[node.index()];
        let span = self.span(node, "span").clamp(1, MAX_COLUMN_SPAN);
        table.columns.extend((0..span).map(|_| Column { style, group }));
    }

    fn column_group(&mut self, table: &mut TableBox, node: NodeId) {
        let group = self.styled.of_node[node.index()];
        let before = table.columns.len();
        let columns: Vec<NodeId> = self
            .document
            .children(node)
            .filter(|id| self.document.element(*id).is_some())
            .filter(|id| self.styled.of(*id).display == Display::TableColumn)
            .collect();
        columns.into_iter().for_each(|column| self.column(table, column, Some(group)));
        if table.columns.len() == before {
            let span = self.span(node, "span").clamp(1, MAX_COLUMN_SPAN);
            let column = Column { style: group, group: Some(group) };
            table.columns.extend((0..span).map(|_| column));
        }
    }

    fn span(&self, node: NodeId, name: &str) -> u16 {
        let value = self.document.element(node).and_then(|element| element.attribute(name));
        value.and_then(|text| text.trim().parse().ok()).unwrap_or(1)
    }

    /// How many columns and rows a cell's element spans; 0 rows are those to the group's end.
    pub(super) fn spans(&self, node: NodeId) -> (u16, u16) {
        (self.span(node, "colspan").clamp(1, MAX_COLUMN_SPAN), self.span(node, "rowspan"))
    }

    fn group(
        &mut self,
        builder: &mut TableBuilder,
        node: NodeId,
        kind: GroupKind,
        around: &Around,
    ) {
        let style = self.styled.of_node[node.index()];
        let inner = self.enter(node, self.styled.style(style), around);
        self.counters.apply(self.styled.style(style));
        self.counters.enter();
        let children: Vec<NodeId> = self.document.children(node).collect();
        let rows = self.rows(&children, style, &inner);
        self.counters.leave();
        builder.table.groups.push(RowGroup { kind, style, rows });
    }

    /// Rows and other things straight in a table make an anonymous body.
    fn stray_rows(&mut self, builder: &mut TableBuilder, parts: &[NodeId], around: &Around) {
        let style = self.styles.anonymous(builder.style, Display::TableRowGroup);
        let rows = self.rows(parts, style, around);
        builder.table.groups.push(RowGroup { kind: GroupKind::Body, style, rows });
    }

    fn rows(&mut self, parts: &[NodeId], group: StyleId, around: &Around) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut stray: Vec<NodeId> = Vec::new();
        for &part in parts {
            if self.is_blank_text(part) {
                continue;
            }
            let is_element = self.document.element(part).is_some();
            match if is_element { self.styled.of(part).display } else { Display::Inline } {
                Display::None => {}
                Display::TableRow => {
                    if !stray.is_empty() {
                        let cells = std::mem::take(&mut stray);
                        rows.push(self.stray_row(&cells, group, around));
                    }
                    rows.push(self.row(part, around));
                }
                _ => stray.push(part),
            }
        }
        if !stray.is_empty() {
            rows.push(self.stray_row(&stray, group, around));
        }
        rows
    }

    fn row(&mut self, node: NodeId, around: &Around) -> Row {
        let style = self.styled.of_node[node.index()];
        let computed = self.styled.style(style);
        self.counters.apply(computed);
        // A row that only repeated heads and feet show is never content.
        let in_head_or_foot = matches!(around.role, Role::TableHead | Role::TableFoot);
        let repeated = in_head_or_foot && computed.row_repeat == RowRepeat::Continued;
        let artifact = if repeated { Some(Artifact::Pagination) } else { around.artifact };
        let around = &Around { artifact, ..around.clone() };
        // A row that is taken out is nothing to read either.
        let taken_out = computed.visibility == Visibility::Collapse;
        let hidden = taken_out.then_some(Artifact::Layout);
        let around = &Around { artifact: around.artifact.or(hidden), ..around.clone() };
        let mut inner = self.enter(node, computed, around);
        let extra = self.extra(node, computed, around, &mut inner);
        self.counters.enter();
        let parts: Vec<NodeId> = self.document.children(node).collect();
        let cells = self.cells(&parts, style, &inner);
        self.counters.leave();
        let extra = (!extra.is_empty()).then(|| Box::new(extra));
        let style = if self.is_group_heading(&parts) {
            self.styles.keeping_with_next(style)
        } else {
            style
        };
        Row { style, cells, extra }
    }

    /// Whether a row is nothing but the heading of the rows below it (`scope="rowgroup"`): such a
    /// row is not left alone at a page's foot.
    fn is_group_heading(&self, parts: &[NodeId]) -> bool {
        let mut cells = parts.iter().filter_map(|part| self.document.element(*part));
        let (first, second) = (cells.next(), cells.next());
        second.is_none() && first.is_some_and(|cell| cell.attribute("scope") == Some("rowgroup"))
    }

    fn stray_row(&mut self, parts: &[NodeId], group: StyleId, around: &Around) -> Row {
        let style = self.styles.anonymous(group, Display::TableRow);
        let cells = self.cells(parts, style, around);
        Row { style, cells, extra: None }
    }

    fn cells(&mut self, parts: &[NodeId], row: StyleId, around: &Around) -> Vec<Cell> {
        let mut cells = Vec::new();
        let mut stray: Option<StrayCell> = None;
        let cell_style = self.styles.anonymous(row, Display::TableCell);
        for &part in parts {
            let is_element = self.document.element(part).is_some();
            let display = if is_element { self.styled.of(part).display } else { Display::Inline };
            if display == Display::None {
                continue;
            }
            let is_cell = display == Display::TableCell;
            let is_blank = self.is_blank_text(part);
            if is_cell {
                self.end_stray_cell(&mut cells, &mut stray, cell_style, around);
                let content = self.block(part, around);
                let (col_span, row_span) = self.spans(part);
                cells.push(Cell { content, col_span, row_span });
            } else if let Some(stray) = &mut stray {
                stray.is_alone &= is_blank;
                self.stray_part(&mut stray.flow, part, around);
            } else if !is_blank {
                let mut flow = Flow::new(cell_style, around.clone());
                self.stray_part(&mut flow, part, around);
                stray = Some(StrayCell { flow, part, is_alone: true });
            }
        }
        self.end_stray_cell(&mut cells, &mut stray, cell_style, around);
        cells
    }

    fn stray_part(&mut self, flow: &mut Flow, part: NodeId, around: &Around) {
        // Space between cells that stand on a line is nothing to read.
        let is_space = around.role == Role::TableRow && self.is_blank_text(part);
        let hidden = is_space.then_some(Artifact::Layout);
        let around = Around { artifact: around.artifact.or(hidden), ..around.clone() };
        self.child(flow, part, &around);
    }

    /// Ends an anonymous cell. Where it is made for one element alone, it spans what the element
    /// spans, so that the columns stay those of the other rows.
    fn end_stray_cell(
        &mut self,
        cells: &mut Vec<Cell>,
        stray: &mut Option<StrayCell>,
        style: StyleId,
        around: &Around,
    ) {
        let Some(StrayCell { flow, part, is_alone }) = stray.take() else { return };
        let content = self.finish_flow(flow, style, None, around, BoxExtra::default());
        let (col_span, row_span) = if is_alone { self.spans(part) } else { (1, 1) };
        cells.push(Cell { content, col_span, row_span });
    }
}

fn is_table_display(display: Display) -> bool {
    matches!(
        display,
        Display::TableRowGroup
            | Display::TableHeaderGroup
            | Display::TableFooterGroup
            | Display::TableRow
            | Display::TableCell
            | Display::TableColumnGroup
            | Display::TableColumn
            | Display::TableCaption
    )
}

/// Only the first head and the first foot are repeated; further ones are bodies (CSS 2.2 17.2).
fn single_head_and_foot(groups: &mut [RowGroup]) {
    for kind in [GroupKind::Head, GroupKind::Foot] {
        groups.iter_mut().filter(|group| group.kind == kind).skip(1).for_each(|group| {
            group.kind = GroupKind::Body;
        });
    }
}

/// A row span of 0 reaches to the group's end; none reaches further.
fn resolve_spans(rows: &mut [Row]) {
    let count = rows.len();
    for (index, row) in rows.iter_mut().enumerate() {
        for cell in &mut row.cells {
            cell.row_span = resolved_span(cell.row_span, count - index);
        }
    }
}

/// The rows that a cell spans of those that are `left` in its group, its own included.
pub(super) fn resolved_span(span: u16, left: usize) -> u16 {
    let left = u16::try_from(left).unwrap_or(u16::MAX);
    match span {
        0 => left,
        span => span.min(left),
    }
}
