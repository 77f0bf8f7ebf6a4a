//! HTML elements → structure elements (ISO 32000-1 14.8.4).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::layout::boxes::LinkRef;
use crate::layout::page::{Artifact, Mark, Target};
use crate::layout::structure::{Numbering, Role, Scope, Structure, TagId};
use crate::markup::{Document, Element, NodeId};
use crate::style::{ComputedStyle, CounterSystem, Display, ListStyle};

use super::info::{collapse, named};

/// What is around the boxes that are being made.
#[derive(Debug, Clone)]
pub struct Around {
    /// The innermost structure element.
    pub tag: TagId,
    /// What it is.
    pub role: Role,
    /// Whether a block without an element of its own stands between it and what comes.
    pub nested: bool,
    /// Whether what comes stands beside other boxes or out of the flow: it asks for no page.
    pub beside: bool,
    /// Its language.
    pub language: Arc<str>,
    /// Set inside what is not content (`aria-hidden`, running matter).
    pub artifact: Option<Artifact>,
    /// A link around block-level boxes.
    pub link: Option<LinkRef>,
    /// The page that boxes ask for (`page`).
    pub page: Option<Arc<str>>,
    /// Whether lists are parts of a table of contents.
    pub in_toc: bool,
}

impl Around {
    /// Directly in the document.
    pub fn document(language: &str) -> Around {
        Around {
            tag: TagId::DOCUMENT,
            role: Role::Document,
            nested: false,
            beside: false,
            language: Arc::from(language),
            artifact: None,
            link: None,
            page: None,
            in_toc: false,
        }
    }

    /// How content here is marked.
    pub fn mark(&self) -> Mark {
        match self.artifact {
            Some(artifact) => Mark::Artifact(artifact),
            None => Mark::Tagged(self.tag),
        }
    }

    /// The element to which text straight inside needs to be wrapped, since only grouping
    /// elements are around it.
    pub fn paragraph_role(&self) -> Option<Role> {
        if self.artifact.is_some() {
            return None;
        }
        match self.role {
            Role::Document
            | Role::Part
            | Role::Art
            | Role::Sect
            | Role::Div
            | Role::BlockQuote
            | Role::NonStruct
            | Role::List
            | Role::Table
            | Role::TableRow
            | Role::TableHead
            | Role::TableBody
            | Role::TableFoot => Some(Role::Paragraph),
            // Blocks in it that go on on the next page beside each other are read one after the
            // other: each needs an element of its own.
            Role::ListBody
            | Role::TableHeaderCell
            | Role::TableDataCell
            | Role::Caption
            | Role::Note
                if self.nested =>
            {
                Some(Role::Paragraph)
            }
            // Blocks of an inline block or a link may be painted in another order than they are read.
            Role::Paragraph
            | Role::Heading(_)
            | Role::Label
            | Role::Link
            | Role::Span
            | Role::Quote
            | Role::Code
                if self.nested =>
            {
                Some(Role::Span)
            }
            Role::Toc | Role::TocItem => Some(Role::Reference),
            _ => None,
        }
    }
}

/// Builds the structure tree beside the boxes.
#[derive(Debug, Default)]
pub struct Tagger {
    /// The tree so far.
    pub structure: Structure,
    /// Figures with their elements.
    pub figures: Vec<(TagId, NodeId)>,
    definitions: FxHashMap<TagId, Definition>,
    notes: usize,
}

/// The item of a definition list that is being filled.
#[derive(Debug, Clone, Copy)]
struct Definition {
    item: TagId,
    body: Option<TagId>,
}

impl Tagger {
    /// A new element below `around`, with the language of `style` where it differs.
    pub fn add(&mut self, role: Role, language: &Arc<str>, around: &Around) -> Around {
        let tag = self.structure.add(around.tag, role);
        if !language.is_empty() && *language != around.language {
            self.structure.extra(tag).language = Some(Arc::clone(language));
        }
        let language = if language.is_empty() { &around.language } else { language };
        let language = Arc::clone(language);
        Around { tag, role, nested: false, language, ..around.clone() }
    }

    /// What is around the contents of the element `node`: a new structure element where it has
    /// one.
    pub fn enter(
        &mut self,
        document: &Document,
        node: NodeId,
        style: &ComputedStyle,
        around: &Around,
    ) -> Around {
        let Some(element) = document.element(node) else { return around.clone() };
        if around.artifact.is_some() {
            return around.clone();
        }
        if element.attribute("aria-hidden") == Some("true") {
            return Around { artifact: Some(Artifact::Layout), ..around.clone() };
        }
        let entered = match self.role(document, node, element, around) {
            Some(role) => self.enter_role(role, document, node, element, style, around),
            None => self.enter_plain(element, style, around),
        };
        let label =
            element.attribute("aria-label").map(str::trim).filter(|label| !label.is_empty());
        if let Some(label) = label
            && entered.tag != around.tag
        {
            let extra = self.structure.extra(entered.tag);
            match entered.role {
                Role::Figure | Role::Formula => extra.alt = Some(Arc::from(label)),
                Role::Table => extra.summary = Some(Arc::from(label)),
                _ => extra.title = Some(Arc::from(label)),
            }
        }
        entered
    }

    /// An element without a role of its own: a `Span` where an inline element changes language.
    fn enter_plain(&mut self, element: &Element, style: &ComputedStyle, around: &Around) -> Around {
        let inline = matches!(style.display, Display::Inline | Display::InlineBlock);
        let changes = !style.language.is_empty() && style.language != around.language;
        let is_content = !matches!(&*element.name, "html" | "body");
        if inline && changes && is_content && around.paragraph_role().is_none() {
            return self.add(Role::Span, &style.language, around);
        }
        around.clone()
    }

    fn role(
        &mut self,
        document: &Document,
        node: NodeId,
        element: &Element,
        around: &Around,
    ) -> Option<Role> {
        if let Some(role) = element.attribute("role") {
            match role {
                "presentation" | "none" => return None,
                "heading" => {
                    let level =
                        element.attribute("aria-level").and_then(|level| level.parse().ok());
                    return Some(Role::Heading(level.unwrap_or(2u8).clamp(1, 6)));
                }
                "doc-toc" => return Some(Role::Toc),
                "doc-footnote" | "doc-endnote" | "note" => return Some(Role::Note),
                "img" => return Some(Role::Figure),
                "math" => return Some(Role::Formula),
                _ => {}
            }
        }
        let in_table = matches!(around.role, Role::Table);
        let in_rows = matches!(around.role, Role::TableHead | Role::TableBody | Role::TableFoot);
        Some(match &*element.name {
            "h1" => Role::Heading(1),
            "h2" => Role::Heading(2),
            "h3" => Role::Heading(3),
            "h4" => Role::Heading(4),
            "h5" => Role::Heading(5),
            "h6" => Role::Heading(6),
            "p" | "pre" | "dt" | "dd" | "figcaption" | "summary" | "legend" | "address" => {
                return Some(self.paragraph_like(document, node, element, around));
            }
            "ul" | "ol" | "menu" if around.in_toc && around.role == Role::Toc => return None,
            "ul" | "ol" | "menu" if around.in_toc => Role::Toc,
            "ul" | "ol" | "menu" | "dl" => Role::List,
            "li" if around.role == Role::Toc => Role::TocItem,
            "li" if around.role == Role::List => Role::ListItem,
            "table" => Role::Table,
            "caption" if in_table => Role::Caption,
            "thead" if in_table => Role::TableHead,
            "tbody" if in_table => Role::TableBody,
            "tfoot" if in_table => Role::TableFoot,
            "tr" if in_table || in_rows => Role::TableRow,
            "th" if around.role == Role::TableRow => Role::TableHeaderCell,
            "td" if around.role == Role::TableRow => Role::TableDataCell,
            "figure" if is_picture_figure(document, node) => Role::Figure,
            "figure" | "aside" => Role::Div,
            "blockquote" => Role::BlockQuote,
            "q" => Role::Quote,
            "code" | "kbd" | "samp" => Role::Code,
            "a" if element.attribute("href").is_some() => Role::Link,
            "section" => Role::Sect,
            "article" => Role::Art,
            _ => return None,
        })
    }

    /// `p` and elements that are paragraphs unless something more exact holds.
    fn paragraph_like(
        &self,
        document: &Document,
        node: NodeId,
        element: &Element,
        around: &Around,
    ) -> Role {
        match &*element.name {
            "figcaption" if around.role == Role::Figure => Role::Caption,
            "dt" if around.role == Role::List => Role::Label,
            "dd" if around.role == Role::List => Role::ListBody,
            "address" | "dd" if has_block_child(document, node) => Role::Div,
            _ => Role::Paragraph,
        }
    }

    fn enter_role(
        &mut self,
        role: Role,
        document: &Document,
        node: NodeId,
        element: &Element,
        style: &ComputedStyle,
        around: &Around,
    ) -> Around {
        if matches!(role, Role::Label | Role::ListBody) && around.role == Role::List {
            return self.definition(role, style, around);
        }
        let mut entered = self.add(role, &style.language, around);
        match role {
            Role::Toc => entered.in_toc = true,
            Role::List => {
                let numbering = numbering(&style.list_style);
                self.structure.extra(entered.tag).numbering = Some(numbering);
            }
            Role::Note => self.name_note(entered.tag, element.id.as_deref()),
            Role::TableHeaderCell | Role::TableDataCell => {
                self.cell(role, document, node, element, entered.tag);
            }
            Role::Link => entered.link = link(document, node, element, entered.tag),
            Role::Figure | Role::Formula if &*element.name != "figure" => {
                self.figures.push((entered.tag, node));
            }
            Role::Figure => {
                self.figures.push((entered.tag, node));
                let alt = figure_alt(document, node);
                self.structure.extra(entered.tag).alt = alt;
            }
            _ => {}
        }
        entered
    }

    /// Gives a note an identifier that no other element has (ISO 14289-1 7.9): the element's own, or
    /// one with a space in it, which elements cannot have.
    pub fn name_note(&mut self, tag: TagId, own: Option<&str>) {
        self.notes += 1;
        let id = own.map_or_else(|| format!("note {}", self.notes), str::to_owned);
        self.structure.extra(tag).id = Some(Arc::from(id));
    }

    /// `dt` and `dd`: terms with what they mean make list items (label and body).
    fn definition(&mut self, role: Role, style: &ComputedStyle, around: &Around) -> Around {
        let known = self.definitions.get(&around.tag).copied();
        let is_term = role == Role::Label;
        let definition = match known {
            Some(definition) if !is_term || definition.body.is_none() => definition,
            _ => Definition { item: self.structure.add(around.tag, Role::ListItem), body: None },
        };
        let item = Around { tag: definition.item, role: Role::ListItem, ..around.clone() };
        let inner = match definition.body {
            Some(body) if !is_term => Around { tag: body, role, ..item },
            _ => self.add(role, &style.language, &item),
        };
        let body = if is_term { None } else { Some(inner.tag) };
        self.definitions.insert(around.tag, Definition { body, ..definition });
        inner
    }

    fn cell(
        &mut self,
        role: Role,
        document: &Document,
        node: NodeId,
        element: &Element,
        tag: TagId,
    ) {
        let span = |name: &str| element.attribute(name).and_then(|text| text.trim().parse().ok());
        let (columns, rows): (u16, u16) =
            (span("colspan").unwrap_or(1), span("rowspan").unwrap_or(1));
        if columns > 1 || rows > 1 {
            let extra = self.structure.extra(tag);
            extra.col_span = columns.max(1);
            extra.row_span = rows.max(1);
        }
        if let Some(headers) = element.attribute("headers") {
            let headers = headers.split_ascii_whitespace().map(Arc::from).collect();
            self.structure.extra(tag).headers = headers;
        }
        if role == Role::TableHeaderCell {
            let scope = match element.attribute("scope") {
                Some("row" | "rowgroup") => Scope::Row,
                Some("col" | "colgroup") => Scope::Column,
                _ => scope_by_place(document, node),
            };
            let extra = self.structure.extra(tag);
            extra.scope = Some(scope);
            extra.id = element.id.as_ref().map(|id| Arc::from(&**id));
        }
    }
}

/// A header cell in a head, or in a row of nothing but header cells, is for its column; else for
/// its row.
fn scope_by_place(document: &Document, cell: NodeId) -> Scope {
    let row = document.node(cell).parent;
    let group = row.and_then(|row| document.node(row).parent);
    if group.is_some_and(|group| named(document, group) == Some("thead")) {
        return Scope::Column;
    }
    let only_headers = row.is_some_and(|row| {
        let mut cells = document.children(row).filter_map(|id| named(document, id));
        cells.all(|name| name == "th")
    });
    if only_headers { Scope::Column } else { Scope::Row }
}

fn has_block_child(document: &Document, node: NodeId) -> bool {
    const BLOCKS: [&str; 12] =
        ["p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "pre", "figure"];
    document.children(node).any(|id| named(document, id).is_some_and(|name| BLOCKS.contains(&name)))
}

/// Whether a `figure` holds exactly one picture beside its caption.
fn is_picture_figure(document: &Document, figure: NodeId) -> bool {
    let mut pictures = 0;
    let mut pending: Vec<NodeId> = document.children(figure).collect();
    while let Some(id) = pending.pop() {
        match named(document, id) {
            // What is decoration is no figure; what is beside it is read as it stands.
            Some("img" | "svg") if is_decoration(document, id) => {}
            Some("img" | "svg") => pictures += 1,
            Some("table" | "pre" | "ul" | "ol" | "figure" | "blockquote") => return false,
            Some("figcaption") | None => {}
            Some(_) => pending.extend(document.children(id)),
        }
    }
    pictures == 1
}

/// Whether a picture says of itself that it is not content.
pub fn is_decoration(document: &Document, picture: NodeId) -> bool {
    let Some(element) = document.element(picture) else { return false };
    element.attribute("aria-hidden") == Some("true")
        || matches!(element.attribute("role"), Some("presentation" | "none"))
        || picture_alt(document, picture).as_deref() == Some("")
}

/// The description of the picture inside a `figure`.
fn figure_alt(document: &Document, figure: NodeId) -> Option<Arc<str>> {
    let mut pending: Vec<NodeId> = document.children(figure).collect();
    while let Some(id) = pending.pop() {
        if let Some(alt) = picture_alt(document, id) {
            return Some(alt);
        }
        if named(document, id) != Some("svg") {
            pending.extend(document.children(id));
        }
    }
    None
}

/// The description of an `img` or `svg` element: `alt`, `aria-label`, or the drawing's own `title`
/// and `desc`. `None` for other elements and where there is none; an empty one says that the
/// picture is not content.
pub fn picture_alt(document: &Document, node: NodeId) -> Option<Arc<str>> {
    let element = document.element(node)?;
    let label = || element.attribute("aria-label").map(Arc::from);
    match &*element.name {
        "img" => element.attribute("alt").map(|alt| Arc::from(collapse(alt))).or_else(label),
        "svg" => label().or_else(|| {
            let children = || document.children(node);
            let part = |name| children().find(|id| named(document, *id) == Some(name));
            let text = |id| collapse(&document.text(id));
            let parts: Vec<String> =
                [part("title"), part("desc")].into_iter().flatten().map(text).collect();
            (!parts.is_empty()).then(|| Arc::from(parts.join(". ")))
        }),
        _ => None,
    }
}

fn link(document: &Document, node: NodeId, element: &Element, tag: TagId) -> Option<LinkRef> {
    let href = element.attribute("href")?.trim();
    let target = match href.strip_prefix('#') {
        Some(name) => Target::Anchor(Arc::from(name)),
        None => Target::Uri(Arc::from(href)),
    };
    let mut contents = collapse(&document.text(node));
    if let Some(label) = element.attribute("aria-label").or_else(|| element.attribute("title")) {
        contents = collapse(label);
    }
    if contents.is_empty() {
        contents = href.to_owned();
    }
    Some(LinkRef { target, tag: Some(tag), contents: Arc::from(contents) })
}

fn numbering(style: &ListStyle) -> Numbering {
    match style {
        // The digits of another script.
        ListStyle::Custom(own) if own.system == CounterSystem::Numeric => Numbering::Decimal,
        ListStyle::None
        | ListStyle::LowerGreek
        | ListStyle::Text(_)
        | ListStyle::Custom(_)
        | ListStyle::Named(_) => Numbering::None,
        ListStyle::Disc => Numbering::Disc,
        ListStyle::Circle => Numbering::Circle,
        ListStyle::Square => Numbering::Square,
        ListStyle::Decimal | ListStyle::DecimalLeadingZero => Numbering::Decimal,
        ListStyle::LowerAlpha => Numbering::LowerAlpha,
        ListStyle::UpperAlpha => Numbering::UpperAlpha,
        ListStyle::LowerRoman => Numbering::LowerRoman,
        ListStyle::UpperRoman => Numbering::UpperRoman,
    }
}
