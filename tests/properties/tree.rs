//! Random trees of boxes, and the documents that they stand for. Every word of a document is
//! another one, so that a word that is lost, doubled or misplaced shows.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::room::{WORD, document_has, need, width_of};

/// A document to set.
#[derive(Clone)]
pub struct Tree {
    page: &'static str,
    body: Vec<&'static str>,
    blocks: Vec<Block>,
}

/// A block.
#[derive(Debug, Clone)]
pub enum Block {
    Paragraph(Vec<&'static str>, Vec<Inline>),
    /// A `div` with its classes of looks: a flow, a row of boxes, a grid, columns.
    Box(&'static str, Vec<&'static str>, Vec<Block>),
    List(&'static str, Vec<&'static str>, Vec<Vec<Block>>),
    Table(Box<Table>),
    Picture(Vec<&'static str>),
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    styles: Vec<&'static str>,
    caption: Option<(&'static str, u8)>,
    heads: u8,
    feet: u8,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    styles: Vec<&'static str>,
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    pub columns: u8,
    pub rows: u8,
    styles: Vec<&'static str>,
    pub blocks: Vec<Block>,
}

/// A piece of a paragraph.
#[derive(Debug, Clone)]
pub enum Inline {
    Words(u8),
    Bold(u8),
    Break,
    Note(u8),
    Float(&'static str, u8),
    Box(&'static str, Vec<Block>),
}

const PAGES: &[&str] = &[
    "size: 240pt 160pt; margin: 10pt",
    "size: 240pt 100pt; margin: 8pt 10pt",
    "size: 160pt 60pt; margin: 5pt",
    "size: 300pt 400pt; margin: 20pt; @top-center { content: \"head\" counter(page) }",
    "size: 120pt 300pt; margin: 10pt 5pt 30pt",
];

const BODIES: &[&str] = &[
    "font-size: 6pt",
    "line-height: 1",
    "line-height: 2",
    "direction: rtl",
    "text-align: justify",
    "orphans: 1; widows: 1",
    "orphans: 3; widows: 3",
    "margin: 0",
];

/// Styles of blocks under which text never stands on other text.
const PLAIN: &[&str] = &[
    "margin: 6pt 0",
    "margin: 0",
    "margin-top: 30pt",
    "padding: 3pt",
    "padding: 12pt 2pt 40pt",
    "border: 1pt solid",
    "border: 4pt solid; box-decoration-break: clone; padding: 2pt",
    "break-inside: avoid",
    "break-before: page",
    "break-after: page",
    "break-before: avoid",
    "break-after: avoid",
    "break-before: column",
    "break-before: right",
    "page: wide",
    "min-height: 90pt",
    "min-height: 300pt",
    "font-size: 14pt",
    "direction: rtl",
    "width: 50%",
    "width: 60pt",
    "background: #eee",
    "orphans: 1; widows: 1",
    "orphans: 4; widows: 4",
    "display: flow-root",
    "text-align: right",
    "flex: 1",
    "flex: none; width: 50pt",
    "align-self: end",
    "order: 0",
    "columns: 2; column-gap: 6pt",
    "white-space: pre-wrap",
    "float: left; width: 40%",
    "float: right; width: 70pt; margin: 2pt 0 2pt 4pt",
    "float: left",
    "clear: both",
];

/// Styles of blocks under which text may be meant to stand on other text, or past its box.
const LAYERED: &[&str] = &[
    "height: 40pt",
    "height: 0",
    "max-height: 20pt",
    "margin-top: -8pt",
    "margin: -3pt -4pt",
    "margin-bottom: -10pt",
    "position: relative; top: 4pt; left: 3pt",
    "position: relative",
    "position: absolute; top: 0; right: 0; width: 40pt",
    "position: absolute",
    "transform: rotate(3deg)",
    "overflow: hidden; height: 50pt",
    "font-size: 40pt",
    "line-height: 0.5",
];

const KINDS: &[&str] = &[
    "",
    "",
    "",
    "display: flex",
    "display: flex; flex-wrap: wrap; gap: 4pt",
    "display: flex; flex-direction: column",
    "display: flex; align-items: center",
    "display: flex; justify-content: space-between",
    "display: grid; grid-template-columns: 1fr 1fr",
    "display: grid; grid-template-columns: 40pt auto; gap: 3pt",
    "display: grid; grid-template-columns: repeat(3, 1fr); align-items: start",
    "columns: 2; column-gap: 8pt",
    "columns: 3; column-gap: 4pt; column-rule: 1pt solid",
    "columns: 2; column-fill: auto; height: 70pt",
    "columns: 2; column-gap: 5pt; break-inside: avoid",
];

const TABLES: &[&str] = &[
    "border-collapse: collapse",
    "border-spacing: 4pt",
    "width: 100%",
    "table-layout: fixed; width: 100%",
    "break-inside: avoid",
    "break-before: page",
    "margin: 10pt 0",
    "border: 2pt solid",
    "direction: rtl",
    "caption-side: bottom",
];

const ROWS: &[&str] = &[
    "break-inside: avoid",
    "break-after: avoid",
    "break-before: page",
    "height: 50pt",
    "height: 200pt",
    "vertical-align: middle",
    "background: #eef",
];

const CELLS: &[&str] = &[
    "vertical-align: bottom",
    "vertical-align: middle",
    "vertical-align: top",
    "padding: 4pt",
    "border: 1pt solid",
    "border: 3pt solid",
    "width: 60%",
    "height: 30pt",
    "break-inside: avoid",
];

const INLINE_BOXES: &[&str] = &[
    "display: inline-block; vertical-align: top",
    "display: inline-block; width: 50pt; border: 1pt solid",
    "display: inline-flex",
    "display: inline-table",
];

const FLOATS: &[&str] = &["float: left; width: 50pt", "float: right", "float: left; clear: left"];

fn some(styles: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(styles), 0..=most)
}

fn block_styles() -> impl Strategy<Value = Vec<&'static str>> {
    let one = prop_oneof![12 => select(PLAIN), 1 => select(LAYERED)];
    prop_oneof![2 => Just(Vec::new()), 3 => vec(one, 1..=3)]
}

fn words() -> impl Strategy<Value = Vec<Inline>> {
    let piece = prop_oneof![
        6 => (1..12u8).prop_map(Inline::Words),
        1 => (20..90u8).prop_map(Inline::Words),
        1 => (1..4u8).prop_map(Inline::Bold),
        1 => Just(Inline::Break),
        1 => (1..9u8).prop_map(Inline::Note),
        1 => (select(FLOATS), 1..6u8).prop_map(|(style, words)| Inline::Float(style, words)),
    ];
    vec(piece, 1..4)
}

fn cells(inner: BoxedStrategy<Block>) -> impl Strategy<Value = Vec<Cell>> {
    let span = || prop_oneof![8 => Just(1u8), 1 => 2..4u8];
    let rows = prop_oneof![6 => Just(1u8), 1 => 2..4u8, 1 => Just(0u8)];
    let cell = (span(), rows, some(CELLS, 2), vec(inner, 0..3))
        .prop_map(|(columns, rows, styles, blocks)| Cell { columns, rows, styles, blocks });
    vec(cell, 1..4)
}

fn table(inner: BoxedStrategy<Block>) -> impl Strategy<Value = Block> {
    let rows = (some(ROWS, 1), cells(inner)).prop_map(|(styles, cells)| Row { styles, cells });
    let caption = prop::option::of((select(&["top", "bottom"][..]), 1..20u8));
    (some(TABLES, 2), caption, 0..3u8, 0..2u8, vec(rows, 1..7)).prop_map(
        |(styles, caption, heads, feet, rows)| {
            Block::Table(Box::new(Table { styles, caption, heads, feet, rows }))
        },
    )
}

fn block() -> BoxedStrategy<Block> {
    let leaf = prop_oneof![
        12 => (block_styles(), words()).prop_map(|(styles, words)| Block::Paragraph(styles, words)),
        1 => block_styles().prop_map(Block::Picture),
    ];
    let tree = leaf.prop_recursive(4, 40, 5, |inner| {
        let inline = (select(INLINE_BOXES), vec(inner.clone(), 1..3))
            .prop_map(|(kind, blocks)| Inline::Box(kind, blocks));
        prop_oneof![
            6 => (select(KINDS), block_styles(), vec(inner.clone(), 1..5))
                .prop_map(|(kind, styles, blocks)| Block::Box(kind, styles, blocks)),
            2 => (select(&["ul", "ol"][..]), block_styles(), vec(vec(inner.clone(), 1..3), 1..5))
                .prop_map(|(tag, styles, items)| Block::List(tag, styles, items)),
            3 => table(inner.clone()),
            1 => (block_styles(), words(), inline, words()).prop_map(
                |(styles, mut before, inline, after)| {
                    before.push(inline);
                    before.extend(after);
                    Block::Paragraph(styles, before)
                }
            ),
        ]
    });
    tree.boxed()
}

/// Trees of boxes.
pub fn tree() -> impl Strategy<Value = Tree> {
    (select(PAGES), some(BODIES, 2), vec(block(), 1..5)).prop_map(|(page, body, blocks)| Tree {
        page,
        body,
        blocks,
    })
}

impl std::fmt::Debug for Tree {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.document().html)
    }
}

impl Tree {
    /// The document, and its words in order.
    pub fn document(&self) -> Document {
        let mut document = Document::default();
        let head = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><title>t</title>\n<style>\n@page {{ {} }}\n@page wide {{ size: 300pt 140pt }}\n* {{ box-sizing: border-box }}\n.note {{ float: footnote }}\n</style>\n",
            self.page
        );
        document.html.push_str(&head);
        let letters = match document_has(&self.blocks, "font-size: 14pt") {
            true => 14.0,
            false => 12.0,
        };
        let words = self.blocks.iter().map(|block| need(block, letters * WORD));
        document.is_narrow = words.fold(0.0, f32::max) > width_of(self.page);
        document.open("body", &self.body);
        document.blocks(&self.blocks);
        document
    }
}

/// HTML, and what must be read back from its pages.
#[derive(Debug, Default)]
pub struct Document {
    pub html: String,
    /// How many words; the first is `w1w`.
    pub words: usize,
    /// How many boxes there are.
    pub boxes: usize,
    /// Whether text may be meant to stand on other text.
    pub is_layered: bool,
    /// Whether boxes may be too narrow for what is in them, so that it reaches into the next one.
    pub is_narrow: bool,
    /// How many boxes on a line are open.
    pub on_line: usize,
}

impl Document {
    fn open(&mut self, tag: &str, styles: &[&str]) {
        self.boxes += 1;
        self.is_layered |= styles.iter().any(|style| LAYERED.contains(style));
        // A box out of the flow is read where its paragraph ends.
        let fits = |style: &&&str| {
            !style.is_empty() && (self.on_line == 0 || !style.starts_with("position: absolute"))
        };
        let style = styles.iter().filter(fits).copied().collect::<Vec<_>>();
        match style.is_empty() {
            true => self.html.push_str(&format!("<{tag}>")),
            false => self.html.push_str(&format!("<{tag} style='{}'>", style.join("; "))),
        }
    }

    fn words(&mut self, count: u8) {
        for _ in 0..count {
            self.words += 1;
            self.html.push_str(&format!("w{}w ", self.words));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(styles, pieces) => {
                self.open("div", styles);
                pieces.iter().for_each(|piece| self.inline(piece));
                self.html.push_str("</div>\n");
            }
            Block::Box(kind, styles, blocks) => {
                self.open("div", &[&[*kind], &styles[..]].concat());
                self.blocks(blocks);
                self.html.push_str("</div>\n");
            }
            Block::List(tag, styles, items) => {
                self.open(tag, styles);
                for blocks in items {
                    self.open("li", &[]);
                    self.blocks(blocks);
                    self.html.push_str("</li>\n");
                }
                self.html.push_str(&format!("</{tag}>\n"));
            }
            Block::Table(table) => self.table(table),
            Block::Picture(styles) => {
                self.open("div", styles);
                self.html.push_str(
                    "<svg width='30' height='20' aria-label='x'><rect width='30' height='20'/></svg>",
                );
                self.html.push_str("</div>\n");
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.open("table", &table.styles);
        if let Some((side, words)) = table.caption {
            self.html.push_str(&format!("<caption style='caption-side: {side}'>"));
            self.words(words);
            self.html.push_str("</caption>\n");
        }
        let heads = usize::from(table.heads).min(table.rows.len() - 1);
        let feet = usize::from(table.feet).min(table.rows.len() - 1 - heads);
        let (head, rest) = table.rows.split_at(heads);
        let (body, foot) = rest.split_at(rest.len() - feet);
        for (tag, rows) in [("thead", head), ("tbody", body), ("tfoot", foot)] {
            if rows.is_empty() {
                continue;
            }
            self.html.push_str(&format!("<{tag}>\n"));
            for row in rows {
                self.open("tr", &row.styles);
                row.cells.iter().for_each(|cell| self.cell(cell));
                self.html.push_str("</tr>\n");
            }
            self.html.push_str(&format!("</{tag}>\n"));
        }
        self.html.push_str("</table>\n");
    }

    fn cell(&mut self, cell: &Cell) {
        let mut tag = "td".to_owned();
        for (name, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if span != 1 {
                tag.push_str(&format!(" {name}={span}"));
            }
        }
        self.open(&tag, &cell.styles);
        self.blocks(&cell.blocks);
        self.html.push_str("</td>");
    }

    fn inline(&mut self, piece: &Inline) {
        match piece {
            Inline::Words(count) => self.words(*count),
            Inline::Bold(count) => {
                self.html.push_str("<b>");
                self.words(*count);
                self.html.push_str("</b>");
            }
            Inline::Break => self.html.push_str("<br>"),
            Inline::Note(count) => {
                self.boxes += 1;
                self.html.push_str("<span class=note>");
                self.words(*count);
                self.html.push_str("</span>");
            }
            Inline::Float(style, count) => {
                self.open("span", &[*style]);
                self.words(*count);
                self.html.push_str("</span>");
            }
            Inline::Box(kind, blocks) => {
                self.open("span", &[*kind]);
                self.on_line += 1;
                self.blocks(blocks);
                self.on_line -= 1;
                self.html.push_str("</span> ");
            }
        }
    }
}
