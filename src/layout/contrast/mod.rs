//! Contrast of text with what stands behind it (WCAG 2.2 success criterion 1.4.3), over what is
//! really painted: each page is looked at when it is made, colours are compared before places.

mod arithmetic;
mod backdrop;
mod faint;
mod gradient;
mod report;
mod shape;

pub use faint::{Faint, look};
pub use report::{Looks, report};
