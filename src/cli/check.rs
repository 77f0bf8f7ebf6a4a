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
    let Some((workshop, chosen)) = open::prepared(&project, &args.choice, sources, reporter) else {
        return Ended::Unusable;
    };
    let open::Chosen { jobs, failed: withheld } = chosen;
    let strict = reporter.is_strict();
    let make = |job: &crate::plan::Job| build::make(&workshop, job, strict);
    let outcomes = batch::rehearse(&jobs, build::threads(None), &make, &|_, _| {});
    build::report_outcomes(&outcomes, reporter);
    let failed = outcomes.iter().filter(|outcome| outcome.written.is_none()).count();
    let count = build::Count { failed: failed + withheld.len(), all: jobs.len() + withheld.len() };
    let faulty = args.choice.only.is_empty() && reporter.stops(&found);
    build::ended(count, faulty, "sound", reporter.log())
}
