//! The box tree: what the styled nodes generate (CSS 2.2 9.2), before anything has a size.
//!
//! Block containers hold either block-level boxes or one inline formatting context, never both:
//! box generation wraps stray text into anonymous blocks.

use std::ops::Range;
use std::sync::Arc;

use crate::markup::NodeId;
use crate::style::{FootnotePolicy, StyleId};

use super::page::{Image, Mark, Target};
use super::structure::TagId;

/// One box with what is inside.
#[derive(Debug)]
pub struct LayoutBox {
    /// Its computed style; anonymous boxes have one of their own.
    pub style: StyleId,
    /// The element that generated it; `None` for anonymous boxes.
    pub node: Option<NodeId>,
    /// How its own content (text, pictures) is marked when it has no deeper tag.
    pub mark: Mark,
    /// What is inside.
    pub contents: Contents,
    /// What only few boxes have.
    pub extra: Option<Box<BoxExtra>>,
}

/// What only few boxes have.
#[derive(Debug, Default)]
pub struct BoxExtra {
    /// A list item's outside marker.
    pub marker: Option<Marker>,
    /// Names that links and `target-counter()` use for the box's top left corner.
    pub anchors: Vec<Arc<str>>,
    /// Strings that the box sets for margin boxes (`string-set`), evaluated.
    pub strings: Vec<(Arc<str>, Arc<str>)>,
    /// Counters that it changes and margin boxes print, with the values that they have after it.
    pub counters: Vec<(Arc<str>, i32)>,
    /// Its entry in the outline: level and title.
    pub bookmark: Option<(u8, Arc<str>, Option<TagId>)>,
    /// A link around block-level content.
    pub link: Option<LinkRef>,
    /// Counters that the page's own scope sees (`counter-reset: page 1`).
    pub page_counter: Option<i32>,
    /// The page that the box asks for (`page`), where it differs from its parent's.
    pub page: Option<Arc<str>>,
    /// Boxes inside whose position is absolute or fixed, with this box as their containing block
    /// or their static position.
    pub out_of_flow: Vec<LayoutBox>,
    /// Running elements (by index) that start here (`position: running()`).
    pub running: Vec<u32>,
    /// Of a box out of the flow: the anchor that marks where it would stand in the flow, where it
    /// does not say itself where it is to stand. Such names start with [`STATIC_PLACE`].
    pub static_place: Option<Arc<str>>,
}

/// Begins the names of anchors that mark static positions (CSS 2.2 10.3.7). Names in documents
/// have no control characters.
pub const STATIC_PLACE: char = '\u{1}';

/// Begins the names of static positions of boxes that would start a line of their own; it follows
/// [`STATIC_PLACE`].
pub const STATIC_BLOCK: char = '\u{2}';

impl BoxExtra {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.marker.is_none()
            && self.anchors.is_empty()
            && self.strings.is_empty()
            && self.counters.is_empty()
            && self.bookmark.is_none()
            && self.link.is_none()
            && self.page_counter.is_none()
            && self.page.is_none()
            && self.out_of_flow.is_empty()
            && self.running.is_empty()
            && self.static_place.is_none()
    }
}

/// A list item's marker in the margin.
#[derive(Debug)]
pub struct Marker {
    /// The marker's text, set right-aligned before the item's first line.
    pub inline: Inline,
    /// Its style.
    pub style: StyleId,
}

/// A footnote, taken out of the text to stand at the foot of the page (CSS GCPM 3 §2).
#[derive(Debug)]
pub struct Note {
    /// The name of the place in the text that calls it.
    pub call: Arc<str>,
    /// Its box.
    pub content: LayoutBox,
    /// What gives way when it does not fit whole beside its call.
    pub policy: FootnotePolicy,
}

/// A link that pieces of text or boxes belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkRef {
    /// Where it leads.
    pub target: Target,
    /// Its structure element.
    pub tag: Option<TagId>,
    /// Its text, for those who do not see it.
    pub contents: Arc<str>,
}

/// What is inside a box.
#[derive(Debug)]
pub enum Contents {
    /// Block-level boxes, one below the other.
    Blocks(Vec<LayoutBox>),
    /// Lines of text.
    Inline(Box<Inline>),
    /// Flex items.
    Flex(Vec<LayoutBox>),
    /// Grid items.
    Grid(Vec<LayoutBox>),
    /// A table's grid and captions.
    Table(Box<TableBox>),
    /// A picture.
    Replaced(Replaced),
    /// Text in columns.
    Columns(Box<ColumnsBox>),
}

/// What stands in columns between two boxes that span them all (CSS Multi-column 1 §2).
#[derive(Debug)]
pub struct ColumnsBox {
    /// A block container with the content.
    pub content: LayoutBox,
    /// The style of the multi-column container, which says how many columns there are.
    pub container: StyleId,
    /// The element of that container.
    pub node: Option<NodeId>,
}

/// An inline formatting context: a paragraph's text with everything that happens in it, flat and
/// in logical order.
#[derive(Debug, Default)]
pub struct Inline {
    /// All text, white space already collapsed and transformed (`text-transform`) as the styles
    /// ask.
    pub text: String,
    /// What happens along the text.
    pub items: Vec<InlineItem>,
}

/// One happening in an inline formatting context.
#[derive(Debug)]
pub enum InlineItem {
    /// A stretch of the text with one style and one meaning.
    Text {
        /// Bytes of [`Inline::text`].
        range: Range<u32>,
        /// The style of the innermost inline element around it.
        style: StyleId,
        /// What it is part of.
        mark: Mark,
        /// What is read instead, where `text-transform` or generated content changed the letters.
        actual_text: Option<Arc<str>>,
    },
    /// An inline element starts; its margin, border and padding apply.
    Open {
        /// Its style.
        style: StyleId,
        /// The link that it makes.
        link: Option<LinkRef>,
    },
    /// The innermost open inline element ends.
    Close,
    /// `<br>`: a forced line break.
    Break,
    /// An inline block, an inline table or a picture.
    Atomic(Box<LayoutBox>),
    /// A box that floats beside the line that it is met on, or below it.
    Float(Box<LayoutBox>),
    /// `leader()`: the pattern repeats over the space that is left.
    Leader {
        /// The pattern.
        pattern: Arc<str>,
        /// Its style.
        style: StyleId,
    },
    /// A named place.
    Anchor(Arc<str>),
}

/// A table (CSS 2.2 17).
#[derive(Debug)]
pub struct TableBox {
    /// Captions; each style's `caption-side` tells where.
    pub captions: Vec<LayoutBox>,
    /// `col` elements expanded by their spans, in order.
    pub columns: Vec<Column>,
    /// Row groups in the order of the source; heads come first and feet last when painted.
    pub groups: Vec<RowGroup>,
}

/// A column's style.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Column {
    pub style: StyleId,
    pub group: Option<StyleId>,
}

/// What a row group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum GroupKind {
    Head,
    Body,
    Foot,
}

/// Rows that belong together.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct RowGroup {
    pub kind: GroupKind,
    pub style: StyleId,
    pub rows: Vec<Row>,
}

/// A table row.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Row {
    pub style: StyleId,
    pub cells: Vec<Cell>,
    /// Anchors, strings and bookmarks set by the row.
    pub extra: Option<Box<BoxExtra>>,
}

/// A table cell; its contents are a block container.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Cell {
    pub content: LayoutBox,
    /// At least 1.
    pub col_span: u16,
    /// At least 1; 0 in the source (to the group's end) is resolved.
    pub row_span: u16,
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// What is shown.
    pub picture: Picture,
    /// Natural width and height in CSS terms (a raster's pixels as 1/96 inch).
    pub natural: crate::geom::Size,
}

/// A raster or a drawing.
#[derive(Debug, Clone)]
pub enum Picture {
    /// PNG or JPEG.
    Raster(Arc<Image>),
    /// A parsed SVG drawing.
    Vector(Arc<usvg::Tree>),
}
