//! Fragments → pages: what stays whole, where pages end.

mod flatten;
mod flow;
mod paginate;
mod rows;
mod split;

pub use flatten::flatten;
pub use flow::*;
pub use paginate::{Geometry, PageSpan, paginate};
