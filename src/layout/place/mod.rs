//! Fragments → pages: what stays whole, where pages end.

pub mod columns;
mod cut;
mod flatten;
mod float_ends;
mod floats;
mod flow;
mod foot;
mod forced;
mod index;
mod notes;
mod paginate;
mod strands;

pub use super::fragment::Position;
pub use flatten::{Into, flatten, is_monolithic};
pub use float_ends::{FloatEnds, FloatsSeen};
pub use flow::*;
pub use index::{Found, visit};
pub use notes::Notes;
pub use paginate::{Geometry, PageSpan, paginate};
pub use strands::Strands;
