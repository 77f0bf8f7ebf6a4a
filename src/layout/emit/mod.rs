//! Pages → what is painted on them, on demand and each for itself.

mod backgrounds;
mod borders;
mod decoration;
mod floats;
mod flow;
mod fragments;
mod gradients;
mod layers;
mod lines;
mod notes;
mod outline;
mod painter;
mod round_borders;
mod shadows;
mod tables;

pub use flow::paint_flow;
pub use notes::paint_notes;
pub use painter::{Painted, Painter};
