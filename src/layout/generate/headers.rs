//! The cells of a table as its structure has them: spans, cells that are missing, and, where scopes
//! do not tell, which header cells are for which cell (ISO 32000-1 14.8.5.7, HTML Living Standard
//! 4.9.12).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::layout::structure::{Role, Scope, TagId};
use crate::markup::NodeId;

use super::boxes::Generator;
use super::tables::resolved_span;
use super::tags::Around;

/// More header cells than this are not kept for a column: they help nobody.
const MOST_HEADERS: usize = 16;

impl Generator<'_> {
    /// Completes the structure of a table when all that is inside has been met. It is that of the
    /// elements, whatever boxes their `display` makes of them.
    pub(super) fn table_structure(&mut self, inner: &Around, around: &Around) {
        if inner.role != Role::Table || inner.tag == around.tag || inner.artifact.is_some() {
            return;
        }
        // Tables inside have taken their parts already.
        let parts = &self.tagger.table_parts;
        let from = parts.partition_point(|(tag, _)| *tag < inner.tag);
        let parts = self.tagger.table_parts.split_off(from);
        let plan = self.plan(&parts);
        if plan.rows.is_empty() {
            return;
        }
        let authored = self.authored_headers(&plan);
        if plan.is_regular && authored.is_empty() {
            let wide = |slot: &Slot| slot.columns > 1 || slot.rows > 1;
            for slot in plan.slots.iter().filter(|slot| wide(slot)) {
                self.write_span(slot);
            }
        } else {
            let mut headers = Headers::new(plan.columns as usize);
            for row in &plan.rows {
                if row.starts_group {
                    headers.group = None;
                }
                headers.row(self, plan.of(row), &authored, plan.is_regular);
            }
        }
        for row in &plan.rows {
            (row.covered..plan.columns).for_each(|_| {
                self.tagger.structure.add(row.tag, Role::TableDataCell);
            });
        }
    }

    fn write_span(&mut self, slot: &Slot) {
        let extra = self.tagger.structure.extra(slot.tag);
        extra.col_span = slot.columns;
        extra.row_span = slot.rows;
    }

    /// Where each cell stands in the grid.
    fn plan(&self, parts: &[(TagId, NodeId)]) -> Plan {
        let mut plan = Plan { is_regular: true, ..Plan::default() };
        let is_row = |(tag, _): &(TagId, NodeId)| self.role_and_parent(*tag).0 == Role::TableRow;
        let rows: Vec<&[(TagId, NodeId)]> = parts.chunk_by(|_, next| !is_row(next)).collect();
        let group =
            |row: &&[(TagId, NodeId)]| row.first().map(|(tag, _)| self.role_and_parent(*tag).1);
        for rows in rows.chunk_by(|one, next| group(one) == group(next)) {
            self.plan_group(rows, &mut plan);
        }
        // What reaches past the last column in which a cell starts spans columns that nobody sees.
        for slot in &mut plan.slots {
            let free = plan.columns.saturating_sub(slot.column);
            slot.columns = slot.columns.min(u16::try_from(free).unwrap_or(u16::MAX)).max(1);
        }
        for row in &mut plan.rows {
            row.covered = row.covered.min(plan.columns);
        }
        let mut heads = plan.slots.iter().filter(|slot| slot.header == Some(Kind::Column));
        let first = heads.next().map(|slot| slot.row);
        plan.is_regular &= heads.all(|slot| Some(slot.row) == first);
        plan.is_regular &= first.is_none_or(|row| row == 0);
        plan.is_regular &= plan.slots.iter().all(|slot| match slot.header {
            None => true,
            Some(Kind::Column) => slot.columns == 1 && slot.rows == 1,
            Some(Kind::Row) => slot.rows == 1 && slot.is_first_header,
            Some(Kind::Group) => false,
        });
        plan
    }

    /// The rows of a group, each with its own element before those of its cells.
    fn plan_group(&self, rows: &[&[(TagId, NodeId)]], plan: &mut Plan) {
        let mut spans: Vec<(u32, u32, u32)> = Vec::new();
        for (index, parts) in rows.iter().enumerate() {
            let Some(((tag, _), cells)) = parts.split_first() else { continue };
            let row = u32::try_from(plan.rows.len()).unwrap_or(u32::MAX);
            let from = plan.slots.len();
            let (mut column, mut next) = (0, 0);
            let mut has_header = false;
            for (tag, node) in cells {
                // Past what hangs down from the rows above.
                while let Some((start, end, _)) = spans.get(next).filter(|span| span.0 <= column) {
                    column = column.max(*end).max(*start);
                    next += 1;
                }
                let free = spans.get(next).map_or(u32::MAX, |span| span.0 - column);
                let (col_span, row_span) = self.spans(*node);
                let columns = col_span.min(u16::try_from(free).unwrap_or(u16::MAX));
                let rows = resolved_span(row_span, rows.len() - index);
                let header = self.header_kind(*tag, *node, rows);
                let is_first_header = !has_header;
                has_header |= header == Some(Kind::Row);
                let tag = *tag;
                plan.slots.push(Slot { tag, row, column, columns, rows, header, is_first_header });
                plan.columns = plan.columns.max(column + 1);
                column += u32::from(columns);
            }
            let hanging: u32 = spans.iter().map(|(start, end, _)| end - start).sum();
            let own: u32 = plan.slots[from..].iter().map(|slot| u32::from(slot.columns)).sum();
            let (tag, covered) = (*tag, own + hanging);
            plan.rows.push(PlannedRow { tag, row, covered, from, starts_group: index == 0 });
            hang(&mut spans, &plan.slots[from..]);
        }
    }

    fn role_and_parent(&self, tag: TagId) -> (Role, TagId) {
        let tag = self.tagger.structure.tag(tag);
        (tag.role, tag.parent)
    }

    fn header_kind(&self, tag: TagId, node: NodeId, rows: u16) -> Option<Kind> {
        let tag = self.tagger.structure.tag(tag);
        if tag.role != Role::TableHeaderCell {
            return None;
        }
        let scope = tag.extra.as_ref().and_then(|extra| extra.scope);
        let own = self.document.element(node).and_then(|source| source.attribute("scope"));
        Some(match scope {
            Some(Scope::Column) => Kind::Column,
            _ if own.map(str::trim) == Some("rowgroup") && rows == 1 => Kind::Group,
            _ => Kind::Row,
        })
    }

    /// What the author says: the header cells that `headers` attributes name, by cell.
    fn authored_headers(&self, plan: &Plan) -> FxHashMap<TagId, Vec<TagId>> {
        let mut authored = FxHashMap::default();
        if self.tagger.named_headers.is_empty() {
            return authored;
        }
        let structure = &self.tagger.structure;
        let id_of = |slot: &Slot| structure.tag(slot.tag).extra.as_ref()?.id.clone();
        let headers = plan.slots.iter().filter(|slot| slot.header.is_some());
        let by_id: FxHashMap<Arc<str>, TagId> =
            headers.filter_map(|slot| Some((id_of(slot)?, slot.tag))).collect();
        for slot in &plan.slots {
            if let Some(names) = self.tagger.named_headers.get(&slot.tag) {
                let known = names.split_ascii_whitespace().filter_map(|name| by_id.get(name));
                let known: Vec<TagId> = known.copied().filter(|tag| *tag != slot.tag).collect();
                if !known.is_empty() {
                    authored.insert(slot.tag, known);
                }
            }
        }
        authored
    }
}

/// What a header cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Column,
    Row,
    /// All rows below it, to the next of its kind or the end of the row group.
    Group,
}

/// A cell in the grid.
#[derive(Debug, Clone, Copy)]
struct Slot {
    tag: TagId,
    row: u32,
    column: u32,
    columns: u16,
    rows: u16,
    header: Option<Kind>,
    /// Whether no header of the row stands before it.
    is_first_header: bool,
}

impl Slot {
    /// The column after its last.
    fn end(&self) -> u32 {
        self.column + u32::from(self.columns)
    }

    /// Its columns as indices.
    fn reach(&self) -> std::ops::Range<usize> {
        self.column as usize..self.end() as usize
    }
}

/// A row that is content.
#[derive(Debug)]
struct PlannedRow {
    tag: TagId,
    row: u32,
    /// How many columns have a cell here.
    covered: u32,
    /// Its first slot.
    from: usize,
    starts_group: bool,
}

#[derive(Debug, Default)]
struct Plan {
    slots: Vec<Slot>,
    rows: Vec<PlannedRow>,
    columns: u32,
    /// Whether the scopes of its header cells tell all: one row of heads over plain columns, one
    /// head before each row.
    is_regular: bool,
}

impl Plan {
    fn of(&self, row: &PlannedRow) -> &[Slot] {
        let rest = self.slots.get(row.from..).unwrap_or_default();
        let end = rest.iter().position(|slot| slot.row != row.row).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }
}

/// Takes one row from what hangs down from above and adds what the row itself leaves hanging.
fn hang(spans: &mut Vec<(u32, u32, u32)>, row: &[Slot]) {
    spans.iter_mut().for_each(|span| span.2 -= 1);
    spans.retain(|span| span.2 > 0);
    let long = row.iter().filter(|slot| slot.rows > 1);
    let before = spans.len();
    spans.extend(long.map(|slot| (slot.column, slot.end(), u32::from(slot.rows - 1))));
    if spans.len() > before {
        spans.sort_unstable();
    }
}

/// A header cell before rows.
#[derive(Debug, Clone, Copy)]
struct RowHead {
    tag: TagId,
    column: u32,
    /// The rows that it stands beside.
    first: u32,
    rows: u16,
    /// How many of them are still to come, that which is read included.
    left: u16,
    /// Whether only header cells have come since.
    open: bool,
}

/// A header cell over a column.
#[derive(Debug, Clone, Copy)]
struct Head {
    tag: TagId,
    column: u32,
    columns: u16,
    /// Whether only header cells have come since.
    open: bool,
}

/// The header cells that are in force while a table is read row by row.
struct Headers {
    columns: Vec<Vec<Head>>,
    rows: Vec<RowHead>,
    group: Option<TagId>,
    /// The lists of the last row's cells, which those of the next are often equal to.
    last: Vec<Arc<[TagId]>>,
}

impl Headers {
    fn new(columns: usize) -> Headers {
        Headers {
            columns: vec![Vec::new(); columns],
            rows: Vec::new(),
            group: None,
            last: Vec::new(),
        }
    }

    /// Gives the cells of a row their headers. In a regular table, only what the author says.
    fn row(
        &mut self,
        generator: &mut Generator,
        row: &[Slot],
        authored: &FxHashMap<TagId, Vec<TagId>>,
        is_regular: bool,
    ) {
        let is_heading = |slot: &Slot| {
            slot.header == Some(Kind::Group)
                || (slot.header == Some(Kind::Column) && row.len() == 1)
        };
        if let Some(heading) = row.iter().find(|slot| slot.header == Some(Kind::Group)) {
            self.group = Some(heading.tag);
        }
        let mut lists = Vec::with_capacity(row.len());
        for (index, slot) in row.iter().enumerate() {
            if slot.columns > 1 || slot.rows > 1 {
                generator.write_span(slot);
            }
            let list = match authored.get(&slot.tag) {
                Some(list) => list.clone(),
                None if is_regular || is_heading(slot) => Vec::new(),
                None => self.of(slot),
            };
            let list = match self.last.get(index).filter(|last| ***last == *list) {
                Some(last) => Arc::clone(last),
                None => Arc::from(list),
            };
            if !list.is_empty() {
                list.iter().for_each(|header| generator.tagger.name_header(*header));
                generator.tagger.structure.headers.push((slot.tag, Arc::clone(&list)));
            }
            lists.push(list);
            self.take_in_row(slot);
        }
        self.last = lists;
        row.iter().for_each(|slot| self.take(slot));
        self.rows.iter_mut().for_each(|head| (head.left, head.open) = (head.left - 1, true));
        self.rows.retain(|head| head.left > 0);
        self.rows.sort_by_key(|head| head.column);
    }

    /// Lets a cell count for what comes after it in its row, as [`Headers::take`] does for columns.
    fn take_in_row(&mut self, slot: &Slot) {
        if slot.header != Some(Kind::Row) {
            let before = self.rows.iter_mut().filter(|head| head.column < slot.column);
            before.for_each(|head| head.open = false);
            return;
        }
        let (first, rows) = (slot.row, slot.rows);
        self.rows.retain(|head| head.open || (head.first, head.rows) != (first, rows));
        if self.rows.len() < MOST_HEADERS {
            let (tag, column) = (slot.tag, slot.column);
            self.rows.push(RowHead { tag, column, first, rows, left: rows.max(1), open: true });
        }
    }

    /// The headers of a cell: those over its columns from the top, that of its rows, and those
    /// before it in its row.
    fn of(&self, slot: &Slot) -> Vec<TagId> {
        let mut list: Vec<TagId> = Vec::new();
        let mut add = |tag: TagId| {
            if tag != slot.tag && !list.contains(&tag) && list.len() < 2 * MOST_HEADERS {
                list.push(tag);
            }
        };
        let over = self.columns.get(slot.reach()).unwrap_or_default();
        // A head of columns goes with those right above it only.
        let is_head = slot.header == Some(Kind::Column);
        over.iter().flatten().filter(|head| head.open || !is_head).for_each(|head| add(head.tag));
        if !is_head {
            self.group.into_iter().for_each(&mut add);
            let before = self.rows.iter().filter(|head| head.column < slot.column);
            before.for_each(|head| add(head.tag));
        }
        list
    }

    /// Lets a cell count for what is below it: a header cell takes the place of an earlier one over
    /// the same columns, unless they stand together.
    fn take(&mut self, slot: &Slot) {
        for heads in self.columns.get_mut(slot.reach()).into_iter().flatten() {
            if slot.header != Some(Kind::Column) {
                heads.iter_mut().for_each(|head| head.open = false);
                continue;
            }
            let (column, columns) = (slot.column, slot.columns);
            heads.retain(|head| head.open || (head.column, head.columns) != (column, columns));
            if heads.len() == MOST_HEADERS {
                heads.remove(0);
            }
            heads.push(Head { tag: slot.tag, column, columns, open: true });
        }
    }
}
