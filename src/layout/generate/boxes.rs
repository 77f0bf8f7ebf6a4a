//! Styled nodes → boxes (CSS 2.2 9.2).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diag::{Diagnostic, Diagnostics};
use crate::layout::access::Access;
use crate::layout::boxes::{BoxExtra, Contents, LayoutBox, Note};
use crate::layout::page::Artifact;
use crate::layout::structure::{Role, TagId};
use crate::markup::{Document, NodeData, NodeId};
use crate::style::*;

use super::anonymous::StyleTable;
use super::content::References;
use super::counters::Counters;
use super::flow::{Flow, merged};
use super::info::named;
use super::lists::is_list;
use super::notes::FOOTNOTE;
use super::pictures::{Pictures, is_replaced};
use super::tags::{Around, Tagger};

/// An element that runs in margin boxes (`position: running()`), with its contents as a box.
#[derive(Debug)]
pub struct RunningElement {
    /// The name under which `element()` finds it.
    pub name: Arc<str>,
    /// Its box.
    pub content: LayoutBox,
}

/// Makes the boxes of a document.
pub struct Generator<'a> {
    pub(super) document: &'a Document,
    pub(super) styled: &'a Styled,
    pub(super) styles: StyleTable,
    pub(super) tagger: Tagger,
    pub(super) counters: Counters,
    pub(super) quote_depth: usize,
    pub(super) references: &'a References,
    pub(super) uses_references: bool,
    /// What this pass finds for the next one.
    pub(super) found: References,
    pub(super) pictures: &'a dyn Pictures,
    pub(super) diagnostics: Diagnostics,
    pub(super) access: Access,
    pub(super) ids: FxHashMap<Box<str>, NodeId>,
    pub(super) running: Vec<RunningElement>,
    /// Boxes that every page shows (`position: fixed`).
    pub(super) fixed: Vec<LayoutBox>,
    pub(super) notes: Vec<Note>,
    /// Whether a footnote is being made.
    pub(super) in_note: bool,
    /// The counters that margin boxes print.
    pub(super) margin_counters: Vec<Arc<str>>,
    /// Out-of-flow boxes of each open containing block.
    pub(super) absolute: Vec<Vec<LayoutBox>>,
    /// The step of each open list's counter: -1 where it is reversed.
    pub(super) list_steps: Vec<i32>,
    /// How many static positions have been marked.
    pub(super) static_places: usize,
    /// The label of a list item whose number its `::before` prints.
    pub(super) own_label: Option<(NodeId, Around)>,
}

impl<'a> Generator<'a> {
    pub(super) fn new(
        document: &'a Document,
        styled: &'a Styled,
        references: &'a References,
        pictures: &'a dyn Pictures,
    ) -> Generator<'a> {
        let mut ids = FxHashMap::default();
        for index in 0..document.len() {
            let id = NodeId(u32::try_from(index).unwrap_or(u32::MAX));
            let Some(element) = document.element(id) else { continue };
            if let Some(name) = &element.id {
                ids.entry(Box::from(&**name)).or_insert(id);
            }
            if let Some(name) = element.attribute("name").filter(|_| &*element.name == "a") {
                ids.entry(Box::from(name)).or_insert(id);
            }
        }
        Generator {
            document,
            styled,
            styles: StyleTable::of(styled),
            tagger: Tagger::default(),
            counters: Counters::default(),
            quote_depth: 0,
            references,
            uses_references: false,
            found: References::default(),
            pictures,
            diagnostics: Diagnostics::new(),
            access: Access::default(),
            ids,
            running: Vec::new(),
            fixed: Vec::new(),
            notes: Vec::new(),
            in_note: false,
            margin_counters: styled.pages.margin_counters(),
            absolute: Vec::new(),
            list_steps: Vec::new(),
            static_places: 0,
            own_label: None,
        }
    }

    /// The box of the root element.
    pub(super) fn root(&mut self, root: NodeId, language: &str) -> LayoutBox {
        self.absolute.push(Vec::new());
        // Notes are counted through the document, wherever the first one stands.
        self.counters.reset(&Arc::from(FOOTNOTE), 0);
        let mut content = self.block(root, &Around::document(language));
        let mut out_of_flow = self.absolute.pop().unwrap_or_default();
        if !out_of_flow.is_empty() {
            content.extra.get_or_insert_default().out_of_flow.append(&mut out_of_flow);
        }
        content
    }

    /// The boxes of a node's children, with `::before` and `::after`.
    pub(super) fn children(&mut self, flow: &mut Flow, node: NodeId, around: &Around) {
        self.counters.enter();
        self.pseudo(flow, node, Pseudo::Before, around);
        let mut next = self.document.node(node).first_child;
        while let Some(child) = next {
            next = self.document.node(child).next;
            if self.is_table_part(child) {
                let mut parts = vec![child];
                while let Some(sibling) = next
                    && (self.is_table_part(sibling) || self.is_blank_text(sibling))
                {
                    parts.push(sibling);
                    next = self.document.node(sibling).next;
                }
                let table = self.anonymous_table(&parts, flow.style, around);
                self.push_block(flow, table);
            } else {
                self.child(flow, child, around);
            }
        }
        self.pseudo(flow, node, Pseudo::After, around);
        self.counters.leave();
    }

    pub(super) fn child(&mut self, flow: &mut Flow, child: NodeId, around: &Around) {
        match &self.document.node(child).data {
            NodeData::Text(text) => self.text(flow, child, text, around),
            NodeData::Element(_) => self.element(flow, child, around),
            NodeData::Document => {}
        }
    }

    fn element(&mut self, flow: &mut Flow, node: NodeId, around: &Around) {
        let style_id = self.styled.of_node[node.index()];
        let style = self.styled.style(style_id);
        let Some(element) = self.document.element(node) else { return };
        if style.display == Display::None || is_hidden_element(&element.name) {
            return;
        }
        match &*element.name {
            "br" => return flow.line.line_break(),
            "wbr" => {
                let around = self.paragraph_around(flow, around);
                return flow.line.text("\u{200b}", style_id, style, around.mark());
            }
            _ => {}
        }
        if self.leaves_the_flow(flow, node, style_id, around) {
            return;
        }
        let inline_level = !flow.blockifies;
        match style.display {
            Display::Contents => {
                let inner = self.enter(node, style, around);
                self.check_access(node, around, &inner);
                self.counters.apply(style);
                self.children(flow, node, &inner);
                self.table_structure(&inner, around);
            }
            Display::Inline if inline_level && !is_replaced(element) => {
                self.inline_element(flow, node, style_id, around);
            }
            Display::Inline
            | Display::InlineBlock
            | Display::InlineFlex
            | Display::InlineGrid
            | Display::InlineTable
                if inline_level =>
            {
                // A picture right in a `figure` is the figure, not a part of a paragraph.
                let alone = around.in_figure && is_replaced(element);
                let alone = alone || self.is_cell_of(node, around);
                let around =
                    if alone { around.clone() } else { self.paragraph_around(flow, around) };
                if let Some(content) = self.level(node, &around) {
                    flow.line.atomic(content);
                }
            }
            _ => {
                if let Some(content) = self.level(node, around) {
                    self.push_block(flow, content);
                }
            }
        }
    }

    /// The box of an element, a picture's included; `None` when the picture cannot be had.
    pub(super) fn level(&mut self, node: NodeId, around: &Around) -> Option<LayoutBox> {
        let element = self.document.element(node)?;
        if is_replaced(element) {
            return self.picture(node, around);
        }
        Some(self.block(node, around))
    }

    /// Whether an element is a cell of the row around it, which has no paragraphs, whatever its box.
    fn is_cell_of(&self, node: NodeId, around: &Around) -> bool {
        around.role == Role::TableRow && matches!(named(self.document, node), Some("td" | "th"))
    }

    fn inline_element(
        &mut self,
        flow: &mut Flow,
        node: NodeId,
        style_id: StyleId,
        around: &Around,
    ) {
        let style = self.styled.style(style_id);
        self.count(node, style);
        self.check_link(node, around);
        let alone = self.is_blank(node) || self.is_cell_of(node, around);
        let around = if alone { around.clone() } else { self.paragraph_around(flow, around) };
        let inner = self.enter(node, style, &around);
        self.check_access(node, &around, &inner);
        for name in self.anchors(node) {
            flow.line.anchor(name);
        }
        let strings = self.strings(node, style);
        flow.extra.strings.extend(strings);
        flow.extra.counters.extend(self.counters.changed(style, &self.margin_counters));
        let own_link = inner.link.clone().filter(|_| inner.link != around.link);
        flow.line.open(style_id, own_link);
        self.children(flow, node, &inner);
        self.table_structure(&inner, &around);
        flow.line.close();
    }

    /// The block-level (or blockified) box of an element.
    pub(super) fn block(&mut self, node: NodeId, around: &Around) -> LayoutBox {
        let style_id = self.styled.of_node[node.index()];
        let style = self.styled.style(style_id);
        self.count(node, style);
        self.check_link(node, around);
        let mut inner = self.enter(node, style, around);
        self.check_access(node, around, &inner);
        inner.nested |= inner.tag == around.tag && !on_line(style.display);
        let mut extra = self.extra(node, style, around, &mut inner);
        inner.beside |= stands_beside(style) || parts_side_by_side(style);
        let contains = style.position != Position::Static || !style.transform.is_empty();
        if contains {
            self.absolute.push(Vec::new());
        }
        let mut flow = Flow::new(style_id, inner.clone());
        flow.first_letter = self.styled.pseudo_of(node, Pseudo::FirstLetter);
        if style.display == Display::ListItem {
            self.list_item(&mut flow, &mut extra, node, style_id, &mut inner);
        }
        let mut content = match style.display {
            Display::Table | Display::InlineTable => self.table(node, style_id, &inner, extra),
            Display::Flex | Display::InlineFlex | Display::Grid | Display::InlineGrid => {
                flow.blockifies = true;
                self.children(&mut flow, node, &inner);
                self.flush(&mut flow);
                let items = std::mem::take(&mut flow.blocks);
                let contents = match style.display {
                    Display::Flex | Display::InlineFlex => Contents::Flex(items),
                    _ => Contents::Grid(items),
                };
                boxed(style_id, Some(node), &inner, contents, merged(extra, flow.extra))
            }
            _ => {
                self.children(&mut flow, node, &inner);
                if inner.artifact.is_none() && named(self.document, node) == Some("hr") {
                    inner.artifact = Some(Artifact::Layout);
                }
                let content = self.finish_flow(flow, style_id, Some(node), &inner, extra);
                self.in_columns(content)
            }
        };
        if contains {
            let mut out_of_flow = self.absolute.pop().unwrap_or_default();
            if !out_of_flow.is_empty() {
                content.extra.get_or_insert_default().out_of_flow.append(&mut out_of_flow);
            }
        }
        if is_list(self.document, node) {
            self.list_steps.pop();
        }
        self.table_structure(&inner, around);
        content
    }

    /// Names of a box, its link and its page.
    pub(super) fn extra(
        &mut self,
        node: NodeId,
        style: &ComputedStyle,
        around: &Around,
        inner: &mut Around,
    ) -> BoxExtra {
        let page_counter = |list: &[(Arc<str>, i32)]| {
            list.iter().rev().find(|(name, _)| &**name == "page").map(|(_, value)| *value)
        };
        let mut extra = BoxExtra {
            anchors: self.anchors(node),
            strings: self.strings(node, style),
            counters: self.counters.changed(style, &self.margin_counters),
            bookmark: self.bookmark(node, style, inner),
            // The page has been counted before the element: a restart from 0 makes it the first.
            page_counter: page_counter(&style.counter_set)
                .or_else(|| page_counter(&style.counter_reset).map(|value| value.max(1))),
            ..BoxExtra::default()
        };
        if inner.link != around.link {
            extra.link = inner.link.clone();
        }
        let asks = !around.beside && !stands_beside(style);
        if asks && style.page.is_some() && style.page != around.page {
            extra.page = style.page.clone();
            inner.page = style.page.clone();
        }
        extra
    }

    fn anchors(&mut self, node: NodeId) -> Vec<Arc<str>> {
        let Some(element) = self.document.element(node) else { return Vec::new() };
        let id = element.id.as_ref().map(|id| Arc::from(&**id));
        let name = element.attribute("name").filter(|_| &*element.name == "a").map(Arc::from);
        let anchors: Vec<Arc<str>> = id.into_iter().chain(name).collect();
        for anchor in &anchors {
            self.keep_for_references(node, anchor);
        }
        anchors
    }

    fn strings(&mut self, node: NodeId, style: &ComputedStyle) -> Vec<(Arc<str>, Arc<str>)> {
        let set = style.string_set.iter();
        set.map(|(name, parts)| (Arc::clone(name), Arc::from(self.content_text(parts, node))))
            .collect()
    }

    fn bookmark(
        &self,
        node: NodeId,
        style: &ComputedStyle,
        inner: &Around,
    ) -> Option<(u8, Arc<str>, Option<TagId>)> {
        let heading = match inner.role {
            Role::Heading(level) if inner.artifact.is_none() => Some(level),
            _ => None,
        };
        let own_heading = heading.filter(|_| {
            let element = self.document.element(node);
            element.is_some_and(|e| {
                matches!(&*e.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
                    || e.attribute("role") == Some("heading")
            })
        });
        let level = match style.bookmark_level {
            Some(0) => return None,
            Some(level) => level,
            None => own_heading?,
        };
        let title = self.text_without_notes(node);
        (!title.is_empty()).then(|| (level, Arc::from(title), Some(inner.tag)))
    }

    pub(super) fn warn(&mut self, node: NodeId, code: &'static str, message: &str) {
        let mut diagnostic = Diagnostic::warning(code, message);
        if let Some(span) = self.document.span(node) {
            diagnostic = diagnostic.at(span, "");
        }
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn is_blank_text(&self, node: NodeId) -> bool {
        match &self.document.node(node).data {
            NodeData::Text(text) => text.trim_ascii().is_empty(),
            _ => false,
        }
    }

    /// Whether an inline element has nothing in it that needs a structure element.
    fn is_blank(&self, node: NodeId) -> bool {
        let generates = [Pseudo::Before, Pseudo::After]
            .into_iter()
            .any(|pseudo| self.styled.pseudo_of(node, pseudo).is_some());
        if generates {
            return false;
        }
        let mut pending: Vec<NodeId> = self.document.children(node).collect();
        while let Some(id) = pending.pop() {
            match &self.document.node(id).data {
                NodeData::Text(text) if !text.trim_ascii().is_empty() => return false,
                NodeData::Element(element) if is_replaced(element) => return false,
                _ => pending.extend(self.document.children(id)),
            }
        }
        true
    }
}

/// Whether a box stands beside others or out of the flow, so that it cannot ask for a page.
fn stands_beside(style: &ComputedStyle) -> bool {
    on_line(style.display)
        || style.display == Display::TableCell
        || style.float != Float::None
        || matches!(style.position, Position::Absolute | Position::Fixed)
}

/// Whether what is in a box stands side by side.
fn parts_side_by_side(style: &ComputedStyle) -> bool {
    let columns = style.columns.as_ref();
    matches!(style.display, Display::Flex | Display::Grid)
        || columns.is_some_and(|own| own.count.is_some() || own.width.is_some())
}

/// Whether a box stands on a line.
fn on_line(display: Display) -> bool {
    use Display::*;
    matches!(display, InlineBlock | InlineTable | InlineFlex | InlineGrid)
}

/// A box.
pub(super) fn boxed(
    style: StyleId,
    node: Option<NodeId>,
    around: &Around,
    contents: Contents,
    extra: BoxExtra,
) -> LayoutBox {
    let extra = (!extra.is_empty()).then(|| Box::new(extra));
    LayoutBox { style, node, mark: around.mark(), contents, extra }
}

/// Elements that never make a box, whatever a stylesheet says.
fn is_hidden_element(name: &str) -> bool {
    matches!(
        name,
        "head" | "title" | "meta" | "link" | "style" | "script" | "template" | "base" | "noscript"
    )
}
