//! HTML text → node tree. Owns `html5ever`.

mod builder;
mod parse;
mod prune;
mod tree;
mod xml;

pub use parse::parse;
pub use prune::{known_elements, left_out};
pub use tree::{Document, Element, Namespace, Node, NodeData, NodeId};
pub use xml::to_xml;

pub(crate) use html5ever::{LocalName, local_name};

#[cfg(test)]
mod tests;
