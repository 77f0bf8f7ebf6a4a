//! CSS → computed styles. Owns `cssparser` and `selectors`.

mod computed;
mod styled;

pub use computed::*;
pub use styled::*;
