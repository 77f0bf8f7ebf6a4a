//! CSS → computed styles. Owns `cssparser` and `selectors`.

mod address;
mod body;
mod calc;
mod cascade;
mod color;
mod color_spaces;
mod compute;
mod computed;
mod conditions;
mod counter_style;
mod declaration;
mod definitions;
mod descriptors;
mod draft;
mod font_face;
mod hints;
mod initial;
mod known;
mod layers;
mod linear;
mod media;
mod page;
mod properties;
mod report;
mod rule_index;
mod ruling;
mod selectors;
mod sheet;
mod sheets;
mod styled;
mod supported;
mod tables;
mod values;
mod variables;

pub use cascade::{cascade, cascade_with};
pub use computed::*;
pub(crate) use counter_style::predefined as built_in_counter_style;
pub use page::{GROUP_PAGES, PageRules, is_page_counter};
pub use sheets::Sheets;
pub use styled::*;
pub use supported::*;

#[cfg(test)]
mod tests;
