//! Where box generation gets pictures from.

use crate::layout::boxes::Replaced;
use crate::markup::{Document, NodeId};
use crate::source::Span;

/// Loads pictures; what goes wrong is reported by the loader, with its place.
pub trait Pictures {
    /// The picture file at `source`, named by the element at `span`.
    fn load(&self, source: &str, span: Option<Span>) -> Option<Replaced>;
    /// The `svg` element at `node`.
    fn drawing(&self, document: &Document, node: NodeId) -> Option<Replaced>;
}
