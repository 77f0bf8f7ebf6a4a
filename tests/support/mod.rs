//! What the tests share.

pub mod claims;
pub mod pdf;
pub mod picture;
pub mod rules;
