//! Model and project file → jobs: which papers are made, from which records, under which names.
//!
//! [`Project`] is what `dossier.yaml` says, [`Data`] what the inputs hold; [`plan`] makes a [`Job`]
//! for every paper and checks every name before anything is rendered.

mod attachments;
mod clashes;
mod context;
mod data;
mod file_name;
mod job;
mod packs;
mod page_format;
mod papers;
mod pattern;
mod placed;
mod places;
mod project;
mod read;
mod read_people;
mod read_project;
mod select;
mod titles;
mod unsettled;
mod views;

use std::cmp::Ordering;

use chrono::NaiveDate;

pub use attachments::{Attached, Attachment, Files};
pub use context::{Context, Withheld};
pub use data::{Data, Record, Set};
pub use job::{Failed, Job, Planned};
pub use page_format::PageFormat;
pub use placed::Placed;
pub use places::Places;
pub use project::{
    Certificates, Document, Edition, Inputs, Levels, Options, Pack, People, Project, Settings,
    Status,
};
pub use select::{Filter, SortKey, Wanted};
pub use titles::Title;

/// Compares two texts in the alphabetical order of a language.
pub type Collate = Box<dyn Fn(&str, &str) -> Ordering>;

/// Gives the order of a language (a BCP 47 tag). It is asked once for each document and not for
/// each pair of records, since an alphabet takes time to open.
pub type Alphabets<'a> = &'a dyn Fn(&str) -> Collate;

/// Plans every paper of a project; `as_of` is the run's date. Each paper sees the data as its edition
/// has them.
///
/// Faults of the project file and faults of records come apart: the former stop the run, the latter
/// only the papers that need the record.
pub fn plan(project: &Project, data: Data, as_of: NaiveDate, alphabets: Alphabets) -> Planned {
    let mut planned = Planned::default();
    clashes::check_ids(project, &mut planned.project);
    let views = views::Views::new(project, data, as_of);
    let mut papers = papers::plan(project, &views, alphabets, &mut planned);
    unsettled::note(project, views.all(), &mut papers, &mut planned);
    let packs = packs::plan(project, &papers, &views, &mut planned);
    planned.jobs = papers.into_iter().flat_map(|paper| paper.jobs).chain(packs).collect();
    clashes::check_outputs(&planned.jobs, &mut planned.project);
    planned
}

#[cfg(test)]
mod tests;
