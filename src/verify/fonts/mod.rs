//! What PDF/UA-1 (7.21) and PDF/A (6.2.11) ask of fonts, in much the same words.

pub mod cmap;
pub mod decode;
pub mod encoding;
pub mod uses;
