//! The tree that `html5ever` builds, straight into [`Node`]s.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::tree::{Element, Namespace, Node, NodeData, NodeId};

/// What the parser is at when it finds a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    /// Nothing that a message needs to name.
    Other,
    /// The start tag of an element.
    Start(LocalName),
    /// The end tag of an element.
    End(LocalName),
    /// Text.
    Text,
    /// The end of the text.
    Finish,
}

/// A fault with the byte offset in the filled text.
#[derive(Debug)]
pub(super) struct Fault {
    pub at: At,
    pub offset: u32,
    pub words: Cow<'static, str>,
}

/// A node as the parser holds it: the tree builder asks for names all the time.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    id: NodeId,
    name: QualName,
}

/// Collects nodes while the parser runs.
#[derive(Debug)]
pub(super) struct Builder {
    nodes: RefCell<Vec<Node>>,
    /// Text of each text node while it still grows.
    texts: RefCell<Vec<String>>,
    depths: RefCell<Vec<u32>>,
    current: Cell<NodeId>,
    /// Where the token that is being handled starts.
    pub offset: Cell<u32>,
    /// Where the run of text that is being handled starts.
    pub text_offset: Cell<u32>,
    /// What is being handled.
    pub at: RefCell<At>,
    pub faults: RefCell<Vec<Fault>>,
    /// Whether ids are out of document order.
    moved: Cell<bool>,
}

/// What is left when parsing is done.
pub(super) struct Built {
    pub nodes: Vec<Node>,
    pub moved: bool,
    pub faults: Vec<Fault>,
}

/// No more faults than this are kept; a text with more is broken as a whole.
const MAX_FAULTS: usize = 100;

impl Builder {
    pub fn new(expected: usize) -> Builder {
        let builder = Builder {
            nodes: RefCell::new(Vec::with_capacity(expected)),
            texts: RefCell::new(Vec::with_capacity(expected)),
            depths: RefCell::new(Vec::with_capacity(expected)),
            current: Cell::new(NodeId::ROOT),
            offset: Cell::new(0),
            text_offset: Cell::new(0),
            at: RefCell::new(At::Other),
            faults: RefCell::new(Vec::new()),
            moved: Cell::new(false),
        };
        builder.add(NodeData::Document, String::new(), 0);
        builder
    }

    /// How many elements are open around the place where the next one would go. The parser does not
    /// tell of every element that it closes, so this may be too much until the next one comes.
    pub fn depth(&self) -> u32 {
        self.depths.borrow().get(self.current.get().index()).copied().unwrap_or(0)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// Notes a fault at what is being handled.
    pub fn fault(&self, at: At, words: Cow<'static, str>) {
        let mut faults = self.faults.borrow_mut();
        let offset = if at == At::Text { self.text_offset.get() } else { self.offset.get() };
        if faults.len() < MAX_FAULTS {
            faults.push(Fault { at, offset, words });
        }
    }

    fn add(&self, data: NodeData, text: String, origin: u32) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let id = NodeId(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
        nodes.push(Node {
            parent: None,
            first_child: None,
            last_child: None,
            previous: None,
            next: None,
            origin,
            data,
        });
        self.texts.borrow_mut().push(text);
        self.depths.borrow_mut().push(0);
        id
    }

    /// Puts `child` below `parent`, before `before` or at the end.
    fn link(&self, parent: NodeId, child: NodeId, before: Option<NodeId>) {
        let nodes = &mut *self.nodes.borrow_mut();
        let previous = match before {
            Some(before) => nodes[before.index()].previous,
            None => nodes[parent.index()].last_child,
        };
        nodes[child.index()].parent = Some(parent);
        nodes[child.index()].previous = previous;
        nodes[child.index()].next = before;
        match previous {
            Some(previous) => nodes[previous.index()].next = Some(child),
            None => nodes[parent.index()].first_child = Some(child),
        }
        match before {
            Some(before) => nodes[before.index()].previous = Some(child),
            None => nodes[parent.index()].last_child = Some(child),
        }
        let is_last = child.index() + 1 == nodes.len();
        if before.is_some() || !is_last {
            self.moved.set(true);
        }
        let depths = &mut *self.depths.borrow_mut();
        depths[child.index()] = depths[parent.index()] + 1;
    }

    fn unlink(&self, id: NodeId) {
        let nodes = &mut *self.nodes.borrow_mut();
        let node = &mut nodes[id.index()];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => nodes[previous.index()].next = next,
            None => nodes[parent.index()].first_child = next,
        }
        match next {
            Some(next) => nodes[next.index()].previous = previous,
            None => nodes[parent.index()].last_child = previous,
        }
        self.moved.set(true);
    }

    fn is_text(&self, id: NodeId) -> bool {
        matches!(self.nodes.borrow()[id.index()].data, NodeData::Text(_))
    }

    fn insert(&self, parent: NodeId, child: NodeOrText<Handle>, before: Option<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => {
                // A comment's handle stands for no node.
                if node.id == NodeId::ROOT {
                    return;
                }
                self.unlink(node.id);
                self.link(parent, node.id, before);
                self.current.set(node.id);
            }
            NodeOrText::AppendText(text) => {
                let neighbour = match before {
                    Some(before) => self.nodes.borrow()[before.index()].previous,
                    None => self.nodes.borrow()[parent.index()].last_child,
                };
                match neighbour.filter(|id| self.is_text(*id)) {
                    Some(id) => self.texts.borrow_mut()[id.index()].push_str(&text),
                    None => {
                        let origin = self.text_offset.get();
                        let data = NodeData::Text(Box::default());
                        let id = self.add(data, text.to_string(), origin);
                        self.link(parent, id, before);
                    }
                }
                self.current.set(parent);
            }
        }
    }

    fn nothing(&self) -> Handle {
        Handle { id: NodeId::ROOT, name: QualName::new(None, ns!(), local_name!("")) }
    }
}

fn element(name: &QualName, attributes: Vec<Attribute>) -> Element {
    let namespace = match name.ns {
        ns!(html) => Namespace::Html,
        ns!(svg) => Namespace::Svg,
        _ => Namespace::Other,
    };
    let mut element = Element {
        name: name.local.clone(),
        namespace,
        attributes: Vec::with_capacity(attributes.len()),
        classes: Vec::new(),
        id: None,
    };
    add_attributes(&mut element, attributes);
    element
}

fn add_attributes(element: &mut Element, attributes: Vec<Attribute>) {
    for attribute in attributes {
        let key = attribute_name(&attribute.name);
        if element.attributes.iter().any(|(known, _)| *known == key) {
            continue;
        }
        if key == local_name!("class") {
            element.classes =
                attribute.value.split_ascii_whitespace().map(LocalName::from).collect();
        } else if key == local_name!("id") && !attribute.value.is_empty() {
            element.id = Some(LocalName::from(&*attribute.value));
        }
        element.attributes.push((key, Box::from(&*attribute.value)));
    }
}

/// `xlink:href` and its like keep their prefix, so that an inline picture can be written out again.
fn attribute_name(name: &QualName) -> LocalName {
    match &name.prefix {
        Some(prefix) if !prefix.is_empty() => LocalName::from(format!("{prefix}:{}", name.local)),
        _ => name.local.clone(),
    }
}

impl TreeSink for Builder {
    type Handle = Handle;
    type Output = Built;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Built {
        let mut nodes = self.nodes.into_inner();
        for (node, text) in nodes.iter_mut().zip(self.texts.into_inner()) {
            if let NodeData::Text(place) = &mut node.data {
                *place = text.into_boxed_str();
            }
        }
        Built { nodes, moved: self.moved.get(), faults: self.faults.into_inner() }
    }

    fn parse_error(&self, words: Cow<'static, str>) {
        // Text in a table is found to be misplaced when the next tag comes.
        let is_text = words.contains("table text");
        let at = if is_text { At::Text } else { self.at.borrow().clone() };
        self.fault(at, words);
    }

    fn get_document(&self) -> Handle {
        self.nothing()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let data = NodeData::Element(Box::new(element(&name, attrs)));
        let id = self.add(data, String::new(), self.offset.get());
        Handle { id, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.nothing()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.nothing()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, child, None);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = self.nodes.borrow()[element.id.index()].parent;
        match parent {
            Some(parent) => self.insert(parent, child, Some(element.id)),
            None => self.insert(previous.id, child, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        let parent = self.nodes.borrow()[node.id.index()].parent;
        self.current.set(parent.unwrap_or(NodeId::ROOT));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id.index()].parent;
        if let Some(parent) = parent {
            self.insert(parent, child, Some(sibling.id));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        if let NodeData::Element(element) = &mut self.nodes.borrow_mut()[target.id.index()].data {
            add_attributes(element, attrs);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.unlink(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        loop {
            let child = self.nodes.borrow()[node.id.index()].first_child;
            let Some(child) = child else { break };
            self.unlink(child);
            self.link(new_parent.id, child, None);
        }
    }
}
