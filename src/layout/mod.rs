//! Styled tree → pages. Knows fonts and text, not PDF. Owns `taffy`, `icu_segmenter`, `hypher`.

mod access;
#[cfg(test)]
mod arbitrary_tests;
mod boxes;
mod contrast;
#[cfg(test)]
mod dump;
mod emit;
#[cfg(test)]
mod far_tests;
#[cfg(test)]
mod fit_tests;
#[cfg(test)]
mod float_tests;
mod fragment;
mod generate;
mod images;
mod index;
mod inside;
mod laid;
mod lost;
mod measure;
#[cfg(test)]
mod note_tests;
mod numbers;
mod page;
mod passes;
mod pictures;
mod place;
mod running;
mod settle;
mod structure;
#[cfg(test)]
mod tests;
mod text;

pub use access::{ACCESS, identity};
pub use generate::format_counter;
pub use images::DecodedPictures;
pub use laid::Laid;
pub use page::*;
pub use passes::{STACK_BYTES, lay_out, lay_out_with, on_this_thread};
pub use structure::*;

/// A document that has been laid out: page breaks are decided, pages are made on demand, so that
/// a long document need not be in memory at once and pages can be made in parallel.
pub trait Pages: Sync {
    /// How many pages there are.
    fn count(&self) -> usize;
    /// The page at `index`, from 0. The same call gives the same page.
    fn page(&self, index: usize) -> Page;
    /// The structure tree.
    fn structure(&self) -> &Structure;
    /// Headings for the outline.
    fn outline(&self) -> &[OutlineEntry];
    /// Title, language and the like.
    fn info(&self) -> &Info;
}
