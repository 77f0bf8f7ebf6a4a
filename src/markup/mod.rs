//! HTML text → node tree. Owns `html5ever`.

mod tree;

pub use tree::{Document, Element, Namespace, Node, NodeData, NodeId, Origin, OriginMap};
