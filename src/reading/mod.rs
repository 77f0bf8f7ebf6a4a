//! A tagged PDF → what a screen reader meets: the elements of its structure with their text, in
//! reading order. Reads any file; [`crate::verify`] opens it.

mod gather;
mod json;
mod speech;
mod strings;
mod table;
mod targets;
mod walk;
mod words;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use crate::verify::document::{Document, Unreadable};
use crate::verify::role::Role;

pub use json::json;
pub use speech::{Manner, speak};

/// What can be read of a file.
#[derive(Debug, Default)]
pub struct Paper {
    /// Its title.
    pub title: Option<String>,
    /// Its language (BCP 47).
    pub language: Option<String>,
    /// How many pages it has.
    pub pages: usize,
    /// Whether it has a structure; without one there are no elements, and [`Paper::loose`] has the
    /// text in the order in which it is painted.
    pub is_tagged: bool,
    /// The elements, parents before children, in reading order.
    pub elements: Vec<Element>,
    /// The text of each page that belongs to no element and is no artifact.
    pub loose: Vec<String>,
    /// How many pieces of marked content no element refers to.
    pub unread: usize,
    /// What readers pass over.
    pub artifacts: Vec<Artifact>,
}

/// A structure element.
#[derive(Debug)]
pub struct Element {
    /// Its type as written.
    pub written: String,
    /// The standard type.
    pub role: Role,
    /// The element around it.
    pub parent: Option<usize>,
    /// What it holds, in order.
    pub kids: Vec<Kid>,
    /// The page of its own content, from 0.
    pub page: Option<usize>,
    /// `Lang`.
    pub language: Option<String>,
    /// `Alt`: what is said for what is shown.
    pub alternative: Option<String>,
    /// `ActualText`: what is read instead of the content.
    pub actual: Option<String>,
    /// `E`: what an abbreviation stands for.
    pub expansion: Option<String>,
    /// `T`.
    pub title: Option<String>,
    /// Where a link leads.
    pub target: Option<Target>,
    /// Attributes of lists and tables.
    pub attributes: Attributes,
}

/// Attributes that change what is said (ISO 32000-1 14.8.5.5, 14.8.5.7).
#[derive(Debug, Default, Clone)]
pub struct Attributes {
    /// What a header cell is for: `Row`, `Column`, `Both`.
    pub scope: Option<String>,
    /// The header cells of a cell, by index.
    pub headers: Vec<usize>,
    /// Columns and rows that a cell spans, 0 where it does not say; those that a table has; the
    /// number of a row.
    pub columns: u32,
    /// See `columns`.
    pub rows: u32,
    /// What a table is about.
    pub summary: Option<String>,
    /// How a list is numbered.
    pub numbering: Option<String>,
}

/// What an element holds.
#[derive(Debug)]
pub enum Kid {
    /// Another element, by its index.
    Element(usize),
    /// Text of one piece of marked content.
    Words(Vec<Words>),
}

/// Text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The text, replacements made.
    pub text: String,
    /// The language where marked content names one.
    pub language: Option<String>,
    /// What the text is short for.
    pub expansion: Option<String>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Out of the file.
    Address(String),
    /// To a page, from 0.
    Page(usize),
}

/// Text that readers pass over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The page, from 0.
    pub page: usize,
    /// Its kind: `Pagination`, `Header`.
    pub kind: String,
    /// Its text.
    pub text: String,
}

/// Reads a file.
///
/// # Errors
/// [`Unreadable`] when there is no document to read.
pub fn read(bytes: impl Into<Arc<Vec<u8>>>) -> Result<Paper, Unreadable> {
    let bytes = bytes.into();
    // Files come from anywhere: a fault in reading one is told as such, and ends no run.
    std::panic::catch_unwind(AssertUnwindSafe(|| Ok(gather::gather(&Document::open(bytes)?))))
        .unwrap_or(Err(Unreadable::Fault))
}
