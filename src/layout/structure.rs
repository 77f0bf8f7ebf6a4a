//! The structure tree: what a document's parts are, in reading order (ISO 32000-1 14.7, 14.8).

use std::sync::Arc;

/// Names one structure element of a [`Structure`]. Ids grow in reading order; 0 is the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagId(pub(crate) u32);

impl TagId {
    /// The document element.
    pub const DOCUMENT: TagId = TagId(0);

    /// The id as an index into [`Structure::tags`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Standard structure types (ISO 32000-1 14.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Role {
    Document,
    Part,
    Art,
    Sect,
    Div,
    BlockQuote,
    Caption,
    Toc,
    TocItem,
    Index,
    Heading(u8),
    Paragraph,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    TableRow,
    TableHeaderCell,
    TableDataCell,
    TableHead,
    TableBody,
    TableFoot,
    Span,
    Quote,
    Note,
    Reference,
    BibEntry,
    Code,
    Link,
    Figure,
    Formula,
    Form,
    /// Grouping without meaning.
    NonStruct,
}

/// Which cells a header cell is for (ISO 32000-1 14.8.5.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Scope {
    Row,
    Column,
    Both,
}

/// List numbering (ISO 32000-1 14.8.5.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Numbering {
    None,
    Disc,
    Circle,
    Square,
    Decimal,
    UpperRoman,
    LowerRoman,
    UpperAlpha,
    LowerAlpha,
}

/// One structure element. Small, since a large table has hundreds of thousands.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// What it is.
    pub role: Role,
    /// The element around it; the document's own parent is itself.
    pub parent: TagId,
    /// What only few elements have.
    pub extra: Option<Box<TagExtra>>,
}

/// Attributes of a structure element.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct TagExtra {
    /// BCP 47, where it differs from the parent's.
    pub language: Option<Arc<str>>,
    /// Alternative description of a figure.
    pub alt: Option<Arc<str>>,
    pub actual_text: Option<Arc<str>>,
    pub scope: Option<Scope>,
    /// What an abbreviation stands for (`E`, ISO 32000-1 14.9.5).
    pub expansion: Option<Arc<str>>,
    /// The element's id, unique in the document; needed for notes and referenced header cells.
    pub id: Option<Arc<str>>,
    pub col_span: u16,
    pub row_span: u16,
    pub numbering: Option<Numbering>,
    pub title: Option<Arc<str>>,
    pub summary: Option<Arc<str>>,
    /// Whether it is painted away from its place in the text (a footnote): it is read right after
    /// the element before it, wherever it stands.
    pub stands_apart: bool,
    /// Whether it floats in the text of the element around it: it is painted beside a line that may
    /// stand before its place, and is read after all text but the one in the next element.
    pub floats: bool,
    /// Bounding box of a figure, a formula or a table that stands on one page: page index and
    /// rectangle, known after layout (ISO 32000-1 14.8.5.4.3).
    pub bbox: Option<(usize, crate::geom::Rect)>,
}

/// The whole tree, parents before children.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// By [`TagId::index`].
    pub tags: Vec<Tag>,
    /// The header cells of each cell of tables where scopes do not tell them (`Headers`, ISO
    /// 32000-1 14.8.5.7), in ascending order of the cells. Neighbours share their lists: a long
    /// table has few different ones.
    pub headers: Vec<(TagId, Arc<[TagId]>)>,
}

impl Structure {
    /// A tree of nothing but the document element.
    pub fn new() -> Structure {
        let document = Tag { role: Role::Document, parent: TagId::DOCUMENT, extra: None };
        Structure { tags: vec![document], headers: Vec::new() }
    }

    /// Adds an element as the last child (so far) of `parent`.
    pub fn add(&mut self, parent: TagId, role: Role) -> TagId {
        let id = TagId(u32::try_from(self.tags.len()).unwrap_or(u32::MAX));
        self.tags.push(Tag { role, parent, extra: None });
        id
    }

    /// The element behind an id.
    pub fn tag(&self, id: TagId) -> &Tag {
        &self.tags[id.index()]
    }

    /// The attributes of an element, to be set.
    pub fn extra(&mut self, id: TagId) -> &mut TagExtra {
        self.tags[id.index()].extra.get_or_insert_default()
    }
}

impl Default for Structure {
    fn default() -> Structure {
        Structure::new()
    }
}
