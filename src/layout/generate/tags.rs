//! HTML elements → structure elements (ISO 32000-1 14.8.4).

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::layout::boxes::LinkRef;
use crate::layout::page::{Artifact, Mark, Target};
use crate::layout::structure::{Numbering, Role, Scope, Structure, TagId};
use crate::markup::{Document, Element, NodeId};
use crate::style::{ComputedStyle, CounterSystem, Display, ListStyle};

use super::info::{collapse, named};
use super::roles::{between, expansion, has_block_child, role_of};

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
    /// Set right inside a `figure`: a caption is the figure's, and a picture stands by itself.
    pub in_figure: bool,
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
            in_figure: false,
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
    /// Heads and feet of tables so far: a table has one of each.
    ends: FxHashSet<(TagId, Role)>,
    /// Rows and cells of tables that are not yet complete, in the order of reading.
    pub table_parts: Vec<(TagId, NodeId)>,
    /// The `headers` attributes of cells: names of header cells, unresolved.
    pub named_headers: FxHashMap<TagId, Box<str>>,
    /// The ids of elements so far.
    ids: FxHashSet<Arc<str>>,
    notes: usize,
    headers: usize,
}

/// The item of a definition list that is being filled.
#[derive(Debug, Clone, Copy)]
struct Definition {
    item: TagId,
    body: Option<TagId>,
}

impl Tagger {
    /// A new element below `around`, with its language where that differs.
    pub fn add(&mut self, role: Role, language: &Arc<str>, around: &Around) -> Around {
        let mut parent = around.tag;
        for &missing in between(around.role, role) {
            parent = self.structure.add(parent, missing);
        }
        let tag = self.structure.add(parent, role);
        if !language.is_empty() && *language != around.language {
            self.structure.extra(tag).language = Some(Arc::clone(language));
        }
        let language = if language.is_empty() { &around.language } else { language };
        let language = Arc::clone(language);
        Around { tag, role, nested: false, in_figure: false, language, ..around.clone() }
    }

    /// Says of the elements from the number `from` on that stand straight in `around` that they
    /// float in its text.
    pub fn mark_floats(&mut self, from: usize, around: TagId) {
        for tag in self.structure.tags.iter_mut().skip(from).filter(|tag| tag.parent == around) {
            tag.extra.get_or_insert_default().floats = true;
        }
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
        match role_of(document, node, element, around) {
            Some(role) => self.enter_role(role, document, node, element, style, around),
            None => self.enter_plain(element, style, around),
        }
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
            let parts = has_block_child(document, node);
            return self.definition(role, parts, style, around);
        }
        let role = match role {
            Role::TableHead | Role::TableFoot => self.row_group(role, document, node, around),
            role => role,
        };
        let refers = matches!(
            element.attribute("role"),
            Some("doc-noteref" | "doc-biblioref" | "doc-glossref")
        );
        let mut outer = around.clone();
        // What belongs on a line stands in a paragraph, also when its box is a block.
        let on_line = matches!(role, Role::Link | Role::Quote | Role::Code | Role::Span);
        if let Some(paragraph) = around.paragraph_role().filter(|_| on_line)
            && !has_block_child(document, node)
        {
            outer = self.add(paragraph, &around.language, &outer);
        }
        if refers && role == Role::Link {
            outer = self.add(Role::Reference, &around.language, &outer);
        }
        let mut entered = self.add(role, &style.language, &outer);
        match role {
            Role::Toc => entered.in_toc = true,
            Role::Sect => entered.in_toc = element.attribute("role") == Some("doc-toc"),
            Role::List => {
                let numbers = matches!(&*element.name, "ul" | "ol" | "menu");
                let numbering =
                    if numbers { numbering(&style.list_style) } else { Numbering::None };
                self.structure.extra(entered.tag).numbering = Some(numbering);
            }
            Role::Note => self.name_note(entered.tag, element.id.as_deref()),
            Role::TableRow => self.table_parts.push((entered.tag, node)),
            Role::TableHeaderCell | Role::TableDataCell => {
                self.table_parts.push((entered.tag, node));
                self.cell(role, document, node, element, entered.tag);
            }
            Role::Link => entered.link = link(document, node, element, entered.tag),
            Role::Figure | Role::Formula => self.figures.push((entered.tag, node)),
            Role::Span => {
                let expansion = expansion(element).map(Arc::from);
                self.structure.extra(entered.tag).expansion = expansion;
            }
            _ => {}
        }
        match &*element.name {
            "figure" => entered.in_figure = true,
            // A marker is what a list item has; its text is in the body, whatever its box is.
            "li" if role == Role::ListItem && style.display != Display::ListItem => {
                entered = self.add(Role::ListBody, &style.language, &entered);
            }
            _ => {}
        }
        entered
    }

    /// A table has one head and one foot, and neither without a body (ISO 32000-1 table 337): further
    /// ones, and one that is all there is, are bodies.
    fn row_group(
        &mut self,
        role: Role,
        document: &Document,
        node: NodeId,
        around: &Around,
    ) -> Role {
        let is_first = self.ends.insert((around.tag, role));
        let is_body = |id| matches!(named(document, id), Some("tbody" | "tr"));
        let table = document.node(node).parent.filter(|_| is_first);
        let has_body = table.is_some_and(|table| document.children(table).any(is_body));
        if has_body { role } else { Role::TableBody }
    }

    /// Gives a note an identifier that no other element has (ISO 14289-1 7.9): the element's own, or
    /// one with a space in it, which elements cannot have.
    pub fn name_note(&mut self, tag: TagId, own: Option<&str>) {
        self.notes += 1;
        if !own.is_some_and(|own| self.name(tag, own)) {
            let id = format!("note {}", self.notes);
            self.name(tag, &id);
        }
    }

    /// Gives a header cell that others refer to an identifier, unless it has one.
    pub fn name_header(&mut self, tag: TagId) {
        if self.structure.extra(tag).id.is_none() {
            self.headers += 1;
            let id = format!("header {}", self.headers);
            self.name(tag, &id);
        }
    }

    /// Gives an element an identifier, unless another element has it.
    fn name(&mut self, tag: TagId, id: &str) -> bool {
        let id: Arc<str> = Arc::from(id);
        let is_new = self.ids.insert(Arc::clone(&id));
        if is_new {
            self.structure.extra(tag).id = Some(id);
        }
        is_new
    }

    /// `dt` and `dd`: terms with what they mean make list items (label and body). A further `dd`
    /// of a term is a part of the body of its own; `has_blocks` tells whether it holds blocks.
    fn definition(
        &mut self,
        role: Role,
        has_blocks: bool,
        style: &ComputedStyle,
        around: &Around,
    ) -> Around {
        let known = self.definitions.get(&around.tag).copied();
        let is_term = role == Role::Label;
        let definition = match known {
            Some(definition) if !is_term || definition.body.is_none() => definition,
            _ => Definition { item: self.structure.add(around.tag, Role::ListItem), body: None },
        };
        if let (Some(body), false) = (definition.body, is_term) {
            let inside = Around { tag: body, role, ..around.clone() };
            let part = if has_blocks { Role::Div } else { Role::Paragraph };
            return self.add(part, &style.language, &inside);
        }
        let item = Around { tag: definition.item, role: Role::ListItem, ..around.clone() };
        let inner = self.add(role, &style.language, &item);
        let body = if is_term { None } else { Some(inner.tag) };
        self.definitions.insert(around.tag, Definition { body, ..definition });
        inner
    }

    /// What a header cell is for and its name, and the header cells that a cell names.
    fn cell(
        &mut self,
        role: Role,
        document: &Document,
        node: NodeId,
        element: &Element,
        tag: TagId,
    ) {
        if let Some(names) = element.attribute("headers") {
            self.named_headers.insert(tag, Box::from(names));
        }
        if role == Role::TableHeaderCell {
            let scope = match element.attribute("scope").map(str::trim) {
                Some("row" | "rowgroup") => Scope::Row,
                Some("col" | "colgroup") => Scope::Column,
                _ => scope_by_place(document, node),
            };
            self.structure.extra(tag).scope = Some(scope);
            if let Some(id) = &element.id {
                self.name(tag, id);
            }
        }
    }
}

/// A header cell in a head, or in a row of nothing but header cells, is for its column; else for
/// its row. An empty corner before several header cells does not count.
fn scope_by_place(document: &Document, cell: NodeId) -> Scope {
    let row = document.node(cell).parent;
    let group = row.and_then(|row| document.node(row).parent);
    if group.is_some_and(|group| named(document, group) == Some("thead")) {
        return Scope::Column;
    }
    let only_headers = row.is_some_and(|row| {
        let mut cells = document.children(row).filter(|id| document.element(*id).is_some());
        let is_head = |id| named(document, id) == Some("th");
        let is_blank = |id| {
            document.children(id).all(|child| document.element(child).is_none())
                && document.text(id).trim().is_empty()
        };
        match cells.next() {
            Some(first) if !is_head(first) && is_blank(first) => {
                cells.next().is_some_and(is_head)
                    && cells.next().is_some_and(is_head)
                    && cells.all(is_head)
            }
            first => first.is_some_and(is_head) && cells.all(is_head),
        }
    });
    if only_headers { Scope::Column } else { Scope::Row }
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
