//! Styled nodes → boxes (CSS 2.2 9.2).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diag::{Diagnostic, Diagnostics};
use crate::layout::access::Access;
use crate::layout::boxes::{BoxExtra, Contents, LayoutBox, Note, STATIC_BLOCK, STATIC_PLACE};
use crate::layout::page::Artifact;
use crate::layout::structure::{Role, TagId};
use crate::markup::{Document, NodeData, NodeId};
use crate::style::*;

use super::anonymous::StyleTable;
use super::content::References;
use super::counters::Counters;
use super::floats::is_float;
use super::info::named;
use super::inline::InlineBuilder;
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
    static_places: usize,
    /// The label of a list item whose number its `::before` prints.
    pub(super) own_label: Option<(NodeId, Around)>,
}

/// A block container that is being filled.
pub(super) struct Flow {
    style: StyleId,
    pub(super) around: Around,
    pub(super) blocks: Vec<LayoutBox>,
    pub(super) line: InlineBuilder,
    /// The paragraph that text has begun, and the element that the text stands right in.
    paragraph: Option<(TagId, Around)>,
    /// The element in whose text a float was met, and the one of the text behind the float.
    behind_float: Option<(TagId, Option<Around>)>,
    /// Inside flex and grid containers every child is a block of its own (CSS Flexbox 1 §4).
    pub(super) blockifies: bool,
    /// The style of the first letter that is still to come (`::first-letter`).
    pub(super) first_letter: Option<StyleId>,
    /// Names that belong to the container.
    extra: BoxExtra,
}

impl Flow {
    pub(super) fn new(style: StyleId, around: Around) -> Flow {
        Flow {
            style,
            around,
            blocks: Vec::new(),
            line: InlineBuilder::default(),
            paragraph: None,
            behind_float: None,
            blockifies: false,
            first_letter: None,
            extra: BoxExtra::default(),
        }
    }
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

    fn text(&mut self, flow: &mut Flow, node: NodeId, text: &str, around: &Around) {
        let style = self.styled.of_node[node.index()];
        let blank = text.chars().all(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
        let computed = self.styled.style(style);
        let preserved = matches!(
            computed.white_space,
            WhiteSpace::Pre | WhiteSpace::PreWrap | WhiteSpace::BreakSpaces
        );
        if blank && !flow.line.has_content() && (!preserved || flow.blockifies) {
            return;
        }
        if !blank && around.role == Role::List && around.artifact.is_none() {
            self.access.list_content(self.document, node);
        }
        // A space between inline elements belongs to their paragraph; it starts none.
        let around = match blank {
            true => {
                let around = self.open_paragraph(flow, around).unwrap_or_else(|| around.clone());
                self.behind_float(flow, around)
            }
            false => self.paragraph_around(flow, around),
        };
        let text = if blank { text } else { self.first_letter(flow, text, &around) };
        flow.line.text(text, style, computed, around.mark());
    }

    /// What is around text on the line: a paragraph of its own where only grouping elements are.
    pub(super) fn paragraph_around(&mut self, flow: &mut Flow, around: &Around) -> Around {
        let paragraph = self.paragraph(flow, around);
        self.behind_float(flow, paragraph)
    }

    /// Text behind a float that stands in the same element as text before it has an element of its
    /// own: the float is painted where there is room, and is read between the two.
    fn behind_float(&mut self, flow: &mut Flow, around: Around) -> Around {
        match &mut flow.behind_float {
            Some((tag, behind)) if *tag == around.tag && around.artifact.is_none() => {
                let tagger = &mut self.tagger;
                let new = || tagger.add(Role::Span, &around.language, &around);
                behind.get_or_insert_with(new).clone()
            }
            _ => around,
        }
    }

    fn paragraph(&mut self, flow: &mut Flow, around: &Around) -> Around {
        let Some(role) = around.paragraph_role() else { return around.clone() };
        if let Some(paragraph) = self.open_paragraph(flow, around) {
            return paragraph;
        }
        let language = Arc::clone(&self.styles.get(flow.style).language);
        let paragraph = self.tagger.add(role, &language, around);
        flow.paragraph = Some((around.tag, paragraph.clone()));
        paragraph
    }

    /// The paragraph that text right in `around` has begun.
    fn open_paragraph(&self, flow: &Flow, around: &Around) -> Option<Around> {
        let (outer, paragraph) = flow.paragraph.as_ref()?;
        (*outer == around.tag).then(|| paragraph.clone())
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
        match style.position {
            Position::Running => return self.running_element(flow, node, style, around),
            Position::Absolute => {
                let Some(mut content) = self.level(node, around) else { return };
                if has_static_side(style) {
                    let name = self.static_place(flow, style);
                    content.extra.get_or_insert_default().static_place = Some(name);
                }
                return self.out_of_flow(content);
            }
            // What every page shows is running matter.
            Position::Fixed => {
                let around = running_matter(around);
                let content = self.level(node, &around);
                return content.into_iter().for_each(|content| self.out_of_flow(content));
            }
            Position::Static | Position::Relative => {}
        }
        if style.float == Float::Footnote && self.can_be_note(node, around) {
            return self.footnote(flow, node, style_id, around);
        }
        let inline_level = !flow.blockifies;
        // Flex and grid items do not float (CSS Flexbox 1 §3).
        if inline_level && is_float(style) && style.display != Display::Contents {
            let on_line = flow.line.has_content();
            let inside = self.float_around(flow, around);
            let before = self.tagger.structure.tags.len();
            if let Some(content) = self.level(node, &inside) {
                self.float(flow, content);
            }
            if on_line {
                self.tagger.mark_floats(before, inside.tag);
                flow.behind_float = Some((self.paragraph(flow, around).tag, None));
            }
            return;
        }
        match style.display {
            Display::Contents => {
                let inner = self.enter(node, style, around);
                self.check_access(node, around, &inner);
                self.counters.apply(style);
                self.children(flow, node, &inner);
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

    /// Marks where an absolutely positioned box would stand in the flow.
    fn static_place(&mut self, flow: &mut Flow, style: &ComputedStyle) -> Arc<str> {
        let number = self.static_places;
        self.static_places += 1;
        if flow.blockifies {
            let name: Arc<str> = Arc::from(format!("{STATIC_PLACE}{number}"));
            flow.extra.anchors.push(Arc::clone(&name));
            return name;
        }
        let name: Arc<str> = match style.inline_before {
            true => Arc::from(format!("{STATIC_PLACE}{number}")),
            false => Arc::from(format!("{STATIC_PLACE}{STATIC_BLOCK}{number}")),
        };
        flow.line.anchor(Arc::clone(&name));
        name
    }

    /// The box of an element, a picture's included; `None` when the picture cannot be had.
    fn level(&mut self, node: NodeId, around: &Around) -> Option<LayoutBox> {
        let element = self.document.element(node)?;
        if is_replaced(element) {
            return self.picture(node, around);
        }
        Some(self.block(node, around))
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
        let around =
            if self.is_blank(node) { around.clone() } else { self.paragraph_around(flow, around) };
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

    fn running_element(
        &mut self,
        flow: &mut Flow,
        node: NodeId,
        style: &ComputedStyle,
        around: &Around,
    ) {
        let Some(name) = style.running_name.clone() else { return };
        let around = running_matter(around);
        self.absolute.push(Vec::new());
        let content = self.block(node, &around);
        self.absolute.pop();
        let index = self.running.len();
        self.running.push(RunningElement { name, content });
        // It starts where the block before it ends, or where its container starts.
        let extra = match flow.blocks.last_mut() {
            Some(last) => last.extra.get_or_insert_default(),
            None => &mut flow.extra,
        };
        extra.running.push(u32::try_from(index).unwrap_or(u32::MAX));
    }

    /// Keeps an absolutely positioned box for its containing block.
    pub(super) fn out_of_flow(&mut self, content: LayoutBox) {
        if self.styles.get(content.style).position == Position::Fixed {
            return self.fixed.push(content);
        }
        if let Some(last) = self.absolute.last_mut() {
            last.push(content);
        }
    }

    /// Ends the line's paragraph and adds a block after it.
    pub(super) fn push_block(&mut self, flow: &mut Flow, content: LayoutBox) {
        self.flush(flow);
        flow.blocks.push(content);
    }

    fn flush(&mut self, flow: &mut Flow) {
        match flow.line.finish() {
            Ok(inline) => {
                let style = self.styles.anonymous(flow.style, Display::Block);
                let around = flow.paragraph.as_ref().map_or(&flow.around, |(_, around)| around);
                let contents = Contents::Inline(Box::new(inline));
                flow.blocks.push(boxed(style, None, around, contents, BoxExtra::default()));
            }
            Err(anchors) => self.between_blocks(flow, anchors),
        }
        (flow.paragraph, flow.behind_float) = (None, None);
    }

    /// Anchors without a line. Static positions between blocks are boxes without height, which
    /// measuring takes out again.
    fn between_blocks(&mut self, flow: &mut Flow, anchors: Vec<Arc<str>>) {
        let is_static = |name: &Arc<str>| name.starts_with(STATIC_PLACE);
        let (places, names): (Vec<_>, Vec<_>) = anchors.into_iter().partition(is_static);
        flow.extra.anchors.extend(names);
        if flow.blocks.is_empty() {
            flow.extra.anchors.extend(places);
        } else if !places.is_empty() {
            let style = self.styles.anonymous(flow.style, Display::Block);
            let extra = BoxExtra { anchors: places, ..BoxExtra::default() };
            let contents = Contents::Blocks(Vec::new());
            flow.blocks.push(boxed(style, None, &flow.around, contents, extra));
        }
    }

    /// The block container that `flow` filled.
    pub(super) fn finish_flow(
        &mut self,
        mut flow: Flow,
        style: StyleId,
        node: Option<NodeId>,
        around: &Around,
        extra: BoxExtra,
    ) -> LayoutBox {
        if !flow.blocks.is_empty() {
            self.flush(&mut flow);
            let contents = Contents::Blocks(flow.blocks);
            return boxed(style, node, around, contents, merged(extra, flow.extra));
        }
        let (contents, anchors) = match flow.line.finish() {
            Ok(inline) => (Contents::Inline(Box::new(inline)), Vec::new()),
            Err(anchors) => (Contents::Blocks(Vec::new()), anchors),
        };
        let around = flow.paragraph.as_ref().map_or(around, |(_, around)| around);
        flow.extra.anchors.extend(anchors);
        boxed(style, node, around, contents, merged(extra, flow.extra))
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

/// Whether a box out of the flow leaves it to the flow where it stands, in one direction at least.
fn has_static_side(style: &ComputedStyle) -> bool {
    let is_auto = |one, other| one == Extent::Auto && other == Extent::Auto;
    let inset = style.inset;
    is_auto(inset.left, inset.right) || is_auto(inset.top, inset.bottom)
}

/// What is around running matter: it is on pages, not in the document.
fn running_matter(around: &Around) -> Around {
    Around { artifact: Some(Artifact::Pagination), link: None, ..around.clone() }
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

fn merged(mut extra: BoxExtra, inner: BoxExtra) -> BoxExtra {
    if inner.is_empty() {
        return extra;
    }
    extra.anchors.extend(inner.anchors);
    extra.strings.extend(inner.strings);
    extra.counters.extend(inner.counters);
    extra.running.extend(inner.running);
    extra.out_of_flow.extend(inner.out_of_flow);
    extra
}

/// Elements that never make a box, whatever a stylesheet says.
fn is_hidden_element(name: &str) -> bool {
    matches!(
        name,
        "head" | "title" | "meta" | "link" | "style" | "script" | "template" | "base" | "noscript"
    )
}
