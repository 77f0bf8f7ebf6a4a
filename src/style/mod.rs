//! CSS → computed styles. Owns `cssparser` and `selectors`.

mod address;
mod cascade;
mod color;
mod compute;
mod computed;
mod conditions;
mod declaration;
mod draft;
mod font_face;
mod hints;
mod initial;
mod page;
mod properties;
mod report;
mod rule_index;
mod selectors;
mod sheet;
mod sheets;
mod styled;
mod supported;
mod values;
mod variables;

pub use cascade::{cascade, cascade_with};
pub use computed::*;
pub use page::PageRules;
pub use sheets::Sheets;
pub use styled::*;
pub use supported::{SUPPORTED, Supported};

#[cfg(test)]
mod tests;
