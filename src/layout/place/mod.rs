//! Fragments → pages: what stays whole, where pages end.

mod flatten;
mod flow;
mod index;
mod paginate;
mod rows;
mod split;

pub use flatten::flatten;
pub use flow::*;
pub use index::{Found, visit};
pub use paginate::{Geometry, PageSpan, paginate};
