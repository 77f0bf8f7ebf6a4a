//! The node tree of a document, compact and in document order.

use html5ever::{LocalName, local_name};

use crate::origin::OriginMap;
use crate::source::Span;

/// Names one node of a [`Document`]. Ids grow in document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// The document itself, parent of the `html` element.
    pub const ROOT: NodeId = NodeId(0);

    /// The id as an index into per-node tables.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Whether an element is HTML's or belongs to an inline SVG picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Namespace {
    Html,
    Svg,
    Other,
}

/// An element with its attributes.
#[derive(Debug)]
pub struct Element {
    /// The name, in lower case for HTML.
    pub name: LocalName,
    /// The vocabulary that it belongs to.
    pub namespace: Namespace,
    /// Attributes in the order of the source.
    pub attributes: Vec<(LocalName, Box<str>)>,
    /// The `class` attribute's words.
    pub classes: Vec<LocalName>,
    /// The `id` attribute.
    pub id: Option<LocalName>,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }
}

/// What a node is.
#[derive(Debug)]
pub enum NodeData {
    /// The root.
    Document,
    /// An element.
    Element(Box<Element>),
    /// Text, entities resolved.
    Text(Box<str>),
}

/// A node with its place in the tree.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Node {
    pub parent: Option<NodeId>,
    pub first_child: Option<NodeId>,
    pub last_child: Option<NodeId>,
    pub previous: Option<NodeId>,
    pub next: Option<NodeId>,
    /// Byte offset in the filled text at which the tag (or the text) starts.
    pub origin: u32,
    pub data: NodeData,
}

/// A parsed document.
#[derive(Debug)]
pub struct Document {
    pub(crate) nodes: Vec<Node>,
    pub(crate) origins: OriginMap,
}

impl Document {
    /// The node behind an id.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// How many nodes there are; ids run from 0 to this.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing but the root.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// The element at `id`, unless it is text.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).data {
            NodeData::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Whether `id` is an HTML element of that name.
    pub fn is(&self, id: NodeId, name: &LocalName) -> bool {
        self.element(id)
            .is_some_and(|element| element.namespace == Namespace::Html && element.name == *name)
    }

    /// The children, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).first_child, |child| self.node(*child).next)
    }

    /// The place in a template (or HTML file) where the node's tag or text starts.
    pub fn span(&self, id: NodeId) -> Option<Span> {
        self.origins.locate(self.node(id).origin)
    }

    /// Where the text comes from.
    pub fn origins(&self) -> &OriginMap {
        &self.origins
    }

    /// The `html` element.
    pub fn root_element(&self) -> Option<NodeId> {
        self.children(NodeId::ROOT).find(|id| self.element(*id).is_some())
    }

    /// Says which language the document is in (BCP 47), unless it says so itself.
    pub fn set_language(&mut self, language: &str) {
        let Some(root) = self.root_element().filter(|_| !language.is_empty()) else { return };
        if let NodeData::Element(element) = &mut self.nodes[root.index()].data
            && element.attribute("lang").is_none()
        {
            element.attributes.push((local_name!("lang"), Box::from(language)));
        }
    }

    /// The `body` element.
    pub fn body(&self) -> Option<NodeId> {
        let root = self.root_element()?;
        self.children(root).find(|id| self.is(*id, &local_name!("body")))
    }

    /// All text below a node, in order.
    pub fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            if let NodeData::Text(part) = &self.node(id).data {
                text.push_str(part);
            }
            let at = pending.len();
            pending.extend(self.children(id));
            pending[at..].reverse();
        }
        text
    }
}
