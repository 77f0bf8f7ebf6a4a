//! One document while it is filled: its faults so far, its bounds, and what its layouts and packs
//! have been given.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};

use handlebars::{Output, RenderError, RenderErrorReason};

use super::compile::Compiled;
use super::fault::Fault;
use crate::locale::Locale;

/// A document's filled text may not be larger.
const MAX_BYTES: usize = 64 << 20;
/// Partials inside partials, where the data decide how deep.
const MAX_PARTIALS: usize = 64;
/// Blocks and partials inside each other, each of which takes its share of the thread's stack.
const MAX_DEPTH: usize = 200;
/// Rounds of all loops together.
const MAX_ROUNDS: usize = 20_000_000;

/// A filled paper of a pack, with its marks.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) id: String,
    pub(super) marked: String,
}

/// The state of one document. Helpers share it, so all of it is behind locks that nobody waits for:
/// a document is filled by one thread.
pub(super) struct Document<'d> {
    pub(super) compiled: &'d Compiled,
    pub(super) locale: &'d Locale,
    /// The paper's id, for anchors.
    pub(super) id: String,
    /// Whether it is filled as a member of a pack.
    pub(super) is_member: bool,
    /// The pack's papers.
    pub(super) papers: &'d [Paper],
    faults: Mutex<Vec<Fault>>,
    /// What each open partial was called with, the innermost last.
    blocks: Mutex<Vec<Option<String>>>,
    depth: AtomicUsize,
    bytes: AtomicUsize,
    rounds: AtomicUsize,
    /// Whether a value was met that is hidden from the document.
    met_hidden: AtomicBool,
}

impl<'d> Document<'d> {
    pub(super) fn new(
        compiled: &'d Compiled,
        locale: &'d Locale,
        id: String,
        is_member: bool,
        papers: &'d [Paper],
    ) -> Document<'d> {
        Document {
            compiled,
            locale,
            id,
            is_member,
            papers,
            faults: Mutex::default(),
            blocks: Mutex::default(),
            depth: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            rounds: AtomicUsize::new(0),
            met_hidden: AtomicBool::new(false),
        }
    }

    /// Keeps a fault; filling goes on, so that one run reports all.
    pub(super) fn report(&self, fault: Fault) {
        let mut faults = held(&self.faults);
        if !faults.iter().any(|known| fault.repeats(known)) {
            faults.push(fault);
        }
    }

    /// Keeps a fault that filling cannot go on after.
    pub(super) fn stop(&self, fault: Fault) -> RenderError {
        self.report(fault);
        RenderErrorReason::Other("reported".to_owned()).into()
    }

    pub(super) fn has_faults(&self) -> bool {
        !held(&self.faults).is_empty()
    }

    pub(super) fn take_faults(&self) -> Vec<Fault> {
        std::mem::take(&mut held(&self.faults))
    }

    /// Notes that a hidden value was met: what is filled may not be what the data say.
    pub(super) fn meet_hidden(&self) {
        self.met_hidden.store(true, Ordering::Relaxed);
    }

    /// Whether a hidden value was met.
    pub(super) fn has_met_hidden(&self) -> bool {
        self.met_hidden.load(Ordering::Relaxed)
    }

    /// Counts a round of a loop.
    pub(super) fn count_round(&self, tag: usize) -> Result<(), RenderError> {
        if self.rounds.fetch_add(1, Ordering::Relaxed) < MAX_ROUNDS {
            return Ok(());
        }
        let message = "loops inside loops go on for too long";
        Err(self.stop(Fault::new("fill/too-many-rounds", tag, message)))
    }

    /// Goes down one level of blocks; `rise` goes up again.
    pub(super) fn descend(&self, tag: usize) -> Result<(), RenderError> {
        if self.depth.fetch_add(1, Ordering::Relaxed) < MAX_DEPTH {
            return Ok(());
        }
        let message = "blocks and partials are nested too deeply";
        let fault = Fault::new("fill/too-deep", tag, message)
            .help("a partial that takes in itself must come to an end with the data");
        Err(self.stop(fault))
    }

    pub(super) fn rise(&self) {
        self.depth.fetch_sub(1, Ordering::Relaxed);
    }

    /// Enters a partial that was called with `block`.
    pub(super) fn enter(
        &self,
        tag: usize,
        name: &str,
        block: Option<String>,
    ) -> Result<(), RenderError> {
        let mut blocks = held(&self.blocks);
        if blocks.len() >= MAX_PARTIALS {
            let message = format!("partials are more than {MAX_PARTIALS} deep at `{name}`");
            let fault = Fault::new("fill/too-deep", tag, message)
                .help("a partial that takes in itself must come to an end with the data");
            return Err(self.stop(fault));
        }
        blocks.push(block);
        Ok(())
    }

    pub(super) fn leave(&self) {
        held(&self.blocks).pop();
    }

    /// What the innermost partial was called with; `None` when it was called without a block.
    pub(super) fn block(&self) -> Option<String> {
        held(&self.blocks).last().cloned().flatten()
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Filled text, up to the bound that a document has.
pub(super) struct Text<'d> {
    pub(super) text: String,
    document: &'d Document<'d>,
}

impl<'d> Text<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Text<'d> {
        Text { text: String::new(), document }
    }
}

impl Output for Text<'_> {
    fn write(&mut self, segment: &str) -> Result<(), std::io::Error> {
        let before = self.document.bytes.fetch_add(segment.len(), Ordering::Relaxed);
        if before.saturating_add(segment.len()) > MAX_BYTES {
            let message = format!("the filled document is larger than {} MiB", MAX_BYTES >> 20);
            let fault = Fault::new("fill/too-large", usize::MAX, message)
                .help("look for loops inside loops, or split the document");
            self.document.report(fault);
            return Err(std::io::Error::other("reported"));
        }
        self.text.push_str(segment);
        Ok(())
    }
}
