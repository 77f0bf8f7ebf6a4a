//! Running matter: the sixteen margin boxes of a page (CSS Paged Media 3 §5).

mod areas;
mod content;
mod strings;

pub use content::{MarginContext, MarginStyles, PageValues, paint_margins};
pub use strings::{PageAssignments, Strings, page_strings};
