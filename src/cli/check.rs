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
    let open::Chosen { jobs, failed: withheld } = match open::chosen(&project, &args.choice.only) {
        Ok(chosen) => chosen,
        Err(diagnostic) => {
            reporter.report([&diagnostic]);
            return Ended::Unusable;
        }
    };
    let (workshop, found_fonts) = match project.workshop(sources) {
        Ok(workshop) => workshop,
        Err(faults) => {
            reporter.report(faults.iter());
            return Ended::Unusable;
        }
    };
    reporter.report(found_fonts.iter());
    if reporter.stops(&found_fonts) {
        return Ended::Unusable;
    }
    let strict = reporter.is_strict();
    let make = |job: &crate::plan::Job| build::make(&workshop, job, strict);
    let outcomes = batch::rehearse(&jobs, build::threads(None), &make, &|_, _| {});
    build::report_outcomes(&outcomes, reporter);
    let failed = outcomes.iter().filter(|outcome| outcome.written.is_none()).count();
    let count = build::Count { failed: failed + withheld.len(), all: jobs.len() + withheld.len() };
    build::ended(count, reporter.stops(&found), "sound", reporter.log())
}
