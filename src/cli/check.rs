//! `dossier check`: everything but writing.

use crate::batch;
use crate::source::Sources;

use super::args::CheckArgs;
use super::report::Reporter;
use super::{Ended, build, open};

/// Makes the papers in memory and reports what is found.
pub fn run(args: &CheckArgs, sources: &Sources, reporter: &mut Reporter) -> Ended {
    let (project, found) = open::open(&args.project, &args.choice, sources);
    reporter.report(found.iter());
    let Some(project) = project else { return Ended::Unusable };
    let jobs = match open::chosen(&project.jobs, &args.choice.only) {
        Ok(jobs) => jobs,
        Err(diagnostic) => {
            reporter.report([&diagnostic]);
            return Ended::Unusable;
        }
    };
    let strict = reporter.is_strict();
    let make = |job: &crate::plan::Job| build::make(&project, job, strict);
    let outcomes = batch::rehearse(&jobs, build::threads(None), &make, &|_, _| {});
    build::report_outcomes(&outcomes, reporter);
    let failed = outcomes.iter().filter(|outcome| outcome.written.is_none()).count();
    build::ended(failed, outcomes.len(), found.has_errors(), "sound", reporter.log())
}
