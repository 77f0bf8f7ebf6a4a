//! Opens the project that a command is about.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diag::{Diagnostic, Diagnostics};
use crate::plan::Job;
use crate::project::{Opening, Project, Unusable};
use crate::source::Sources;

use super::args::Choice;
use super::date;

/// The project with its planned papers and the faults of single records; `None` when the project
/// file or the arguments cannot be used.
pub fn open(folder: &Path, choice: &Choice, sources: &Sources) -> (Option<Project>, Diagnostics) {
    let created = match date::of_run(&choice.date) {
        Ok(created) => created,
        Err(diagnostic) => return (None, diagnostic.into()),
    };
    let opening = Opening {
        created,
        font_folders: choice.fonts.font_dir.clone(),
        system_fonts: choice.fonts.system_fonts,
    };
    match Project::open(folder, &opening, sources) {
        Ok((project, found)) => (Some(project), found),
        Err(Unusable(found)) => (None, found),
    }
}

/// The papers whose file name or id matches one of the patterns; all of them without a pattern.
///
/// # Errors
/// A pattern that is none, and patterns that match nothing.
pub fn chosen<'p>(jobs: &'p [Job], only: &[String]) -> Result<Vec<&'p Job>, Diagnostic> {
    if only.is_empty() {
        return Ok(jobs.iter().collect());
    }
    let patterns = patterns(only)?;
    let wanted = |job: &&Job| {
        [&job.output, &job.id, &job.document].iter().any(|name| patterns.is_match(name))
    };
    let chosen: Vec<&Job> = jobs.iter().filter(wanted).collect();
    if chosen.is_empty() {
        let message = format!("no paper matches --only {}", only.join(" --only "));
        let help =
            "`dossier list` shows the papers. A pattern such as 'mandates/*' stands for several.";
        return Err(Diagnostic::error("cli/only", message).help(help));
    }
    Ok(chosen)
}

fn patterns(only: &[String]) -> Result<GlobSet, Diagnostic> {
    let faulty = |error: globset::Error| {
        Diagnostic::error(
            "cli/only",
            format!("--only takes a pattern such as 'mandates/*': {error}"),
        )
    };
    let mut set = GlobSetBuilder::new();
    for pattern in only {
        let pattern = GlobBuilder::new(pattern).literal_separator(true).build().map_err(faulty)?;
        set.add(pattern);
    }
    set.build().map_err(faulty)
}
