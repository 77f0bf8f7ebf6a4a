//! CSS → computed styles. Owns `cssparser` and `selectors`.

mod address;
mod color;
mod computed;
mod declaration;
mod draft;
mod properties;
mod styled;
mod values;

pub use computed::*;
pub use styled::*;
