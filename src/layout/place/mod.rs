//! Fragments → pages: what stays whole, where pages end.

pub mod columns;
mod cut;
mod flatten;
mod float_ends;
mod floats;
mod flow;
mod forced;
mod index;
mod paginate;
mod strands;

pub use super::fragment::Position;
pub use flatten::{Into, flatten};
pub use float_ends::{FloatEnds, FloatsSeen};
pub use flow::*;
pub use index::{Found, visit};
pub use paginate::{Geometry, PageSpan, paginate};
pub use strands::Strands;
