//! `dossier list`: the papers that a project makes.

use std::io::Write;

use serde_json::json;

use crate::source::Sources;

use super::args::{Choice, DateChoice, ListArgs, Log};
use super::report::Reporter;
use super::{Ended, open};

/// Prints a line for each paper: its file, its document and its status.
pub fn run(args: &ListArgs, sources: &Sources, reporter: &mut Reporter) -> Ended {
    let choice = Choice {
        only: args.only.clone(),
        date: DateChoice { as_of: args.date.as_of.clone() },
        ..Choice::default()
    };
    let (project, found) = open::open(&args.project, &choice, sources);
    reporter.report(found.iter());
    let Some(project) = project else { return Ended::Unusable };
    let jobs = match open::chosen(&project, &choice.only) {
        Ok(chosen) => chosen.jobs,
        Err(diagnostic) => {
            reporter.report([&diagnostic]);
            return Ended::Unusable;
        }
    };
    let width = jobs.iter().map(|job| job.output.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for job in &jobs {
        let status = job.status.as_str();
        text.push_str(&match reporter.log() {
            Log::Text => format!("{:width$}  {}, {status}, {}\n", job.output, job.id, job.language),
            Log::Json => {
                json!({
                    "file": job.output, "document": job.id, "template": job.template,
                    "language": job.language, "status": status, "version": job.version,
                })
                .to_string()
                    + "\n"
            }
        });
    }
    // Nothing can be done when standard output is closed.
    let _ = write!(std::io::stdout(), "{text}");
    match found.has_errors() {
        true => Ended::SomeFailed,
        false => Ended::Done,
    }
}
