//! `dossier build`: makes the papers of a project.

use std::collections::BTreeSet;
use std::io::Write;
use std::mem::ManuallyDrop;

use crate::batch::{Batch, Outcome};
use crate::diag::Diagnostics;
use crate::plan::Job;
use crate::press::Paper;
use crate::project::{Project, Workshop};
use crate::source::Sources;

use super::Ended;
use super::args::{BuildArgs, Log};
use super::open;
use super::progress::Progress;
use super::report::Reporter;

/// Makes and writes the papers that `args` choose.
pub fn run(args: &BuildArgs, sources: &Sources, reporter: &mut Reporter) -> Ended {
    let (project, found) = open::open(&args.project, &args.choice, sources);
    reporter.report(found.iter());
    // The process ends with the run: what it holds is not taken apart value by value.
    let Some(project) = project.map(ManuallyDrop::new) else { return Ended::Unusable };
    let Some((workshop, chosen)) = open::prepared(&project, &args.choice, sources, reporter) else {
        return Ended::Unusable;
    };
    let workshop = ManuallyDrop::new(workshop);
    let open::Chosen { jobs, failed: withheld } = chosen;
    let strict = reporter.is_strict();
    let progress = Progress::new(jobs.len() + withheld.len(), reporter.log());
    for failed in &withheld {
        progress.done(failed.output.as_deref().unwrap_or(&failed.id), None);
    }
    let batch = Batch {
        out: args.out.clone().unwrap_or_else(|| project.output.clone()),
        planned: planned_files(&project),
        complete: project.failed.iter().all(|failed| failed.output.is_some()),
        threads: threads(args.jobs),
        maker: &|job| make(&workshop, job, strict),
        listener: &|job, outcome| {
            progress.done(&job.output, outcome.written.as_ref().map(|entry| entry.pages));
        },
    };
    let summary = batch.run(&jobs);
    progress.finish();
    reporter.report(summary.diagnostics.iter());
    if summary.diagnostics.has_errors() {
        return Ended::Unusable;
    }
    report_outcomes(&summary.outcomes, reporter);
    if reporter.log() == Log::Text {
        tell_stale(&summary.stale);
    }
    let failed = summary.outcomes.iter().filter(|outcome| outcome.written.is_none()).count();
    let count = Count { failed: failed + withheld.len(), all: jobs.len() + withheld.len() };
    // Faults of records that nobody asked for are told, and do not count.
    let faulty = args.choice.only.is_empty() && reporter.stops(&found);
    ended(count, faulty, "written", reporter.log())
}

/// Every file that a document writes, also those that a faulty record keeps from being made: what
/// an earlier run left of them stays.
fn planned_files(project: &Project) -> BTreeSet<String> {
    let made = project.jobs.iter().map(|job| job.output.clone());
    made.chain(project.failed.iter().filter_map(|failed| failed.output.clone())).collect()
}

/// One paper, from the filled template to the bytes.
pub fn make(workshop: &Workshop, job: &Job, strict: bool) -> (Option<Paper>, Diagnostics) {
    let (paper, found) = workshop.make(job);
    let stopped = found.has_errors() || (strict && !found.is_empty());
    (paper.filter(|_| !stopped), found)
}

/// As many as the machine has processors, unless the user says otherwise.
pub fn threads(asked: Option<u16>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(processors, usize::from)
}

/// The findings of all papers, in the plan's order.
pub fn report_outcomes(outcomes: &[Outcome], reporter: &mut Reporter) {
    for outcome in outcomes {
        reporter.report(outcome.diagnostics.iter());
    }
}

/// How many papers were asked for, and how many of them failed.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    /// Those that could not be made.
    pub failed: usize,
    /// All of them.
    pub all: usize,
}

/// The last line, and how the command ends.
pub fn ended(Count { failed, all }: Count, faulty: bool, done: &str, log: Log) -> Ended {
    if log == Log::Text {
        let papers = |count: usize| match count {
            1 => "1 paper".to_owned(),
            count => format!("{count} papers"),
        };
        let line = match failed {
            0 => format!("{} {done}.", papers(all)),
            _ => format!(
                "{} {done}, {} failed; the messages say why.",
                papers(all - failed),
                papers(failed)
            ),
        };
        // Nothing can be done when standard output is closed.
        let _ = writeln!(std::io::stdout(), "{line}");
    }
    match failed > 0 || faulty {
        true => Ended::SomeFailed,
        false => Ended::Done,
    }
}

fn tell_stale(stale: &[String]) {
    if stale.is_empty() {
        return;
    }
    let mut text =
        "No document writes these files any more (delete them if nobody needs them):\n".to_owned();
    for file in stale {
        text.push_str(&format!("  {file}\n"));
    }
    // Nothing can be done when standard output is closed.
    let _ = write!(std::io::stdout(), "{text}");
}
