//! CSS → computed styles. Owns `cssparser` and `selectors`.

mod address;
mod color;
mod computed;
mod conditions;
mod declaration;
mod draft;
mod font_face;
mod properties;
mod report;
mod selectors;
mod sheet;
mod styled;
mod supported;
mod values;

pub use computed::*;
pub use styled::*;
