//! What the tests share.

pub mod pdf;
pub mod picture;
pub mod rules;
