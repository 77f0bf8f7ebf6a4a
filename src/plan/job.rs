//! The papers to be made.

use serde_json::Value as Json;

use crate::conformance::Claims;
use crate::diag::Diagnostics;
use crate::source::Span;

use super::attachments::Attached;
use super::context::Context;
use super::page_format::PageFormat;
use super::project::{Edition, Status};

/// One paper, or one pack of papers.
#[derive(Debug, Clone)]
pub struct Job {
    /// The document's id; with `for-each`, the record's id follows after a slash.
    pub id: String,
    /// The id of the document or pack in the project file.
    pub document: String,
    /// The file's name in the output folder, with forward slashes.
    pub output: String,
    /// The template's name, without its ending.
    pub template: String,
    /// The paper's title, if the project file sets one or the record has one.
    pub title: Option<String>,
    /// The language as a BCP 47 tag.
    pub language: String,
    /// For whom the paper is.
    pub edition: Edition,
    /// Draft or final.
    pub status: Status,
    /// The version as written.
    pub version: String,
    /// The newest date among the data that the paper is about (ISO 8601); the run's date if none
    /// of it has one.
    pub data_date: String,
    /// The paper's size.
    pub page: PageFormat,
    /// The free map for the template.
    pub options: Json,
    /// The levels that the file claims.
    pub claims: Claims,
    /// The files that are put into it.
    pub attachments: Vec<Attached>,
    /// What the template sees.
    pub context: Context,
    /// Where the project file asks for the paper.
    pub span: Span,
    /// Where the project file names the template.
    pub template_span: Span,
    /// A pack's papers in order, each complete; empty for a paper.
    pub members: Vec<Job>,
    /// The record that the paper is about.
    pub record: Option<Span>,
}

/// A paper that cannot be made, since its record has a fault (which is reported elsewhere).
#[derive(Debug, Clone, PartialEq)]
pub struct Failed {
    /// As [`Job::id`].
    pub id: String,
    /// As [`Job::document`].
    pub document: String,
    /// The file that an earlier run may have left and that is to be kept, if the name is known.
    pub output: Option<String>,
    /// Where the project file asks for the paper.
    pub span: Span,
    /// The record with the fault.
    pub record: Option<Span>,
}

/// The outcome of planning.
#[derive(Debug, Clone, Default)]
pub struct Planned {
    /// The papers in the order of the project file, then the packs.
    pub jobs: Vec<Job>,
    /// The papers and packs that bad records keep from being made.
    pub failed: Vec<Failed>,
    /// Faults of the project file: with an error among them nothing is to be written.
    pub project: Diagnostics,
    /// Faults of single records, beyond those found before planning.
    pub data: Diagnostics,
}
