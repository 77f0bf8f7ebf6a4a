//! Runs jobs and writes what they give: each file whole or not at all, one bad paper never stops
//! the others.

mod lock;
mod manifest;
mod write;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diag::{Diagnostic, Diagnostics, in_words, shown};
use crate::layout;
use crate::plan::Job;
use crate::press::Paper;
use crate::source::Span;

pub use manifest::{Entry, Manifest};
pub use write::write_atomically;

/// Makes one paper; called from several threads.
pub type Maker<'a> = dyn Fn(&Job) -> (Option<Paper>, Diagnostics) + Sync + 'a;

/// Told of each paper as soon as it is done, in no particular order; called from several threads.
pub type Listener<'a> = dyn Fn(&Job, &Outcome) + Sync + 'a;

/// How a paper came out.
#[derive(Debug)]
pub struct Outcome {
    /// What was written, unless it failed.
    pub written: Option<Entry>,
    /// What was found on the way.
    pub diagnostics: Diagnostics,
}

/// How a run came out.
#[derive(Debug)]
pub struct Summary {
    /// One for each job, in the plan's order.
    pub outcomes: Vec<Outcome>,
    /// PDFs in the output folder that no document writes any more, sorted.
    pub stale: Vec<String>,
    /// What concerns the run as a whole, such as an output folder that cannot be written.
    pub diagnostics: Diagnostics,
}

/// What a run needs to know.
pub struct Batch<'a> {
    /// The output folder; made when missing.
    pub out: PathBuf,
    /// Every output name that the plan knows, also those that are not made this time.
    pub planned: BTreeSet<String>,
    /// Whether `planned` is known to be all: a record that could not be read may have had a paper of
    /// any name, so that no file in the output folder can be told to be out of use.
    pub complete: bool,
    /// How many papers are made at the same time.
    pub threads: usize,
    /// Makes a paper.
    pub maker: &'a Maker<'a>,
    /// Hears of progress.
    pub listener: &'a Listener<'a>,
}

impl Batch<'_> {
    /// Makes and writes the papers of `jobs`.
    ///
    /// The output folder is locked meanwhile. A folder that cannot be made, locked or written is
    /// an error in [`Summary::diagnostics`], and nothing is made.
    pub fn run(&self, jobs: &[&Job]) -> Summary {
        let mut summary =
            Summary { outcomes: Vec::new(), stale: Vec::new(), diagnostics: Diagnostics::new() };
        let _lock = match lock::acquire(&self.out) {
            Ok(lock) => lock,
            Err(diagnostic) => {
                summary.diagnostics.push(diagnostic);
                return summary;
            }
        };
        summary.outcomes = in_parallel(jobs, self.threads, &|job| {
            let outcome = self.make(job);
            (self.listener)(job, &outcome);
            outcome
        });
        let previous = Manifest::read(&self.out);
        let written = summary.outcomes.iter().filter_map(|outcome| outcome.written.clone());
        let manifest = previous.updated(written.collect(), &|file| self.is_wanted(file), &self.out);
        if let Err(diagnostic) = manifest.write(&self.out) {
            summary.diagnostics.push(diagnostic);
        }
        summary.stale = write::stale(&self.out, &|file| self.is_wanted(file));
        summary
    }

    /// Whether a document may write the file.
    fn is_wanted(&self, file: &str) -> bool {
        !self.complete || self.planned.contains(file)
    }

    fn make(&self, job: &Job) -> Outcome {
        let (paper, mut diagnostics) = guarded(&|| (self.maker)(job), &job.output, Some(job.span));
        let written = paper.and_then(|paper| {
            match write_atomically(&self.out.join(&job.output), &paper.bytes) {
                Ok(()) => Some(Entry::new(job, &paper)),
                Err(error) => {
                    diagnostics.push(unwritable(&job.output, &error));
                    None
                }
            }
        });
        Outcome { written, diagnostics }
    }
}

/// Makes the papers without writing anything: what `check` does.
pub fn rehearse(jobs: &[&Job], threads: usize, maker: &Maker, listener: &Listener) -> Vec<Outcome> {
    in_parallel(jobs, threads, &|job| {
        let (paper, diagnostics) = guarded(&|| maker(job), &job.output, Some(job.span));
        let outcome = Outcome { written: paper.map(|paper| Entry::new(job, &paper)), diagnostics };
        listener(job, &outcome);
        outcome
    })
}

/// The stack of a thread that makes papers: nested templates and boxes recurse, within bounds that
/// fit into it.
pub const STACK_BYTES: usize = layout::STACK_BYTES;

/// What `make` gives for each of `items`, in their order, on so many threads of [`STACK_BYTES`].
pub fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    make: &(dyn Fn(&T) -> R + Sync),
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        layout::on_this_thread();
        let mut made = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return made };
            made.push((index, make(item)));
        }
    };
    let mut made: Vec<Option<R>> = items.iter().map(|_| None).collect();
    std::thread::scope(|scope| {
        let start = |_| {
            let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
            thread.spawn_scoped(scope, work).ok()
        };
        let count = threads.clamp(1, items.len().max(1));
        let started: Vec<_> = (0..count).map_while(start).collect();
        for thread in started {
            match thread.join() {
                Ok(pairs) => pairs.into_iter().for_each(|(index, one)| made[index] = Some(one)),
                Err(fault) => resume_unwind(fault),
            }
        }
    });
    // A machine that gives no more threads still makes the papers, one after the other.
    items.iter().zip(made).map(|(item, made)| made.unwrap_or_else(|| make(item))).collect()
}

/// A fault of the program while making the paper `name` is that paper's error, not the run's end.
/// `span` is where the paper is asked for.
pub fn guarded(
    make: &dyn Fn() -> (Option<Paper>, Diagnostics),
    name: &str,
    span: Option<Span>,
) -> (Option<Paper>, Diagnostics) {
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|fault| {
        let words = fault.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| fault.downcast_ref::<&str>().copied()).unwrap_or("unknown");
        let message = format!("a fault inside dossier stopped the paper `{name}`");
        let mut diagnostic = Diagnostic::error("batch/internal", message);
        if let Some(span) = span {
            diagnostic = diagnostic.at(span, "this document");
        }
        let diagnostic = diagnostic
            .help("This is a mistake in dossier, not in your data. Please report it with the template and the record.")
            .help(format!("The fault itself: {words}"));
        (None, diagnostic.into())
    })
}

fn unwritable(path: impl AsRef<Path>, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("batch/unwritable", format!("cannot write `{}`: {}", shown(path.as_ref()), in_words(error)))
        .help("Check that the folder exists, that you may write there, and that the file is not open in another program.")
}
