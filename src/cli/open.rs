//! Opens the project that a command is about.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diag::{Diagnostic, Diagnostics};
use crate::plan::{Failed, Job};
use crate::project::{Opening, Project, Unusable, Workshop};
use crate::source::Sources;

use super::args::Choice;
use super::date;
use super::report::Reporter;

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

/// What a command is about.
pub struct Chosen<'p> {
    /// The papers to be made.
    pub jobs: Vec<&'p Job>,
    /// Papers that were asked for as well and that a record with a fault keeps from being made.
    pub failed: Vec<&'p Failed>,
}

/// The workshop and the papers to make there; `None` when one of them cannot be used, which is
/// reported.
pub fn prepared<'p>(
    project: &'p Project,
    choice: &Choice,
    sources: &'p Sources,
    reporter: &mut Reporter,
) -> Option<(Workshop<'p>, Chosen<'p>)> {
    let chosen = chosen(project, &choice.only).map_err(Diagnostics::from);
    let chosen = chosen.map_err(|faults| reporter.report(faults.iter())).ok()?;
    let workshop = project.workshop(sources);
    let (workshop, found) = workshop.map_err(|faults| reporter.report(faults.iter())).ok()?;
    reporter.report(found.iter());
    (!reporter.stops(&found)).then_some((workshop, chosen))
}

/// The papers whose file name or id matches one of the patterns; all of them without a pattern.
///
/// # Errors
/// A pattern that is none, and patterns that match nothing.
pub fn chosen<'p>(project: &'p Project, only: &[String]) -> Result<Chosen<'p>, Diagnostic> {
    if only.is_empty() {
        return Ok(Chosen {
            jobs: project.jobs.iter().collect(),
            failed: project.failed.iter().collect(),
        });
    }
    let patterns = patterns(only)?;
    let fits = |names: [&str; 3]| names.iter().any(|name| patterns.is_match(name));
    let jobs = project.jobs.iter().filter(|job| fits([&job.output, &job.id, &job.document]));
    let failed = project.failed.iter().filter(|failed| {
        fits([failed.output.as_deref().unwrap_or_default(), &failed.id, &failed.document])
    });
    let chosen = Chosen { jobs: jobs.collect(), failed: failed.collect() };
    if chosen.jobs.is_empty() && chosen.failed.is_empty() {
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
