//! What matching and computing have come to, in tables that documents with the same sheets pass on:
//! all in them follows from the sheets, whatever document was the first to ask.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::markup::LocalName;

use super::computed::ComputedStyle;
use super::styled::Pseudo;
use super::variables::Variables;

/// Tables larger than this, in entries of each kind, are not passed on.
const MOST: usize = 1024;

/// What selectors that look at ancestors only can tell of an element.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Signature {
    pub parent: u32,
    pub name: LocalName,
    pub is_html: bool,
    pub is_link: bool,
    pub id: Option<LocalName>,
    pub classes: SmallVec<[LocalName; 2]>,
    pub attributes: Vec<(LocalName, Box<str>)>,
}

/// What is known of a signature.
#[derive(Debug)]
pub(crate) struct Known {
    /// Matching rules.
    pub steady: Box<[u32]>,
    /// The list of just these.
    pub list: u32,
    /// Rules to try on each element.
    pub positional: Box<[u32]>,
    /// The steps that matching took: each document pays them, so that one document's limit does not
    /// hang on another's having been there before.
    pub steps: u64,
    /// The last document that has paid.
    pub paid_by: u64,
}

/// A list of matching rules, in the order of the cascade.
#[derive(Debug)]
pub(crate) struct List {
    pub rules: Arc<[u32]>,
    /// The attributes that their values look up.
    pub attributes: Arc<[Arc<str>]>,
}

/// Numbers texts.
#[derive(Debug, Default)]
pub(crate) struct Interned {
    numbers: FxHashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Interned {
    /// The number of `text` from 1, and whether it is new.
    pub fn number(&mut self, text: &str) -> (u32, bool) {
        if let Some(number) = self.numbers.get(text) {
            return (*number, false);
        }
        let text: Arc<str> = Arc::from(text);
        self.texts.push(Arc::clone(&text));
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text, number);
        (number, true)
    }

    /// The text of that number.
    pub fn text(&self, number: u32) -> Option<&Arc<str>> {
        numbered(&self.texts, number)
    }
}

/// What stands behind a number from 1.
pub(crate) fn numbered<T>(list: &[T], number: u32) -> Option<&T> {
    list.get((number as usize).checked_sub(1)?)
}

/// A style among those that documents pass on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeptId(u32);

/// All that a style follows from that no document says in words of its own (`style` attributes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeptKey {
    /// The parent's style; `None` for the initial one.
    pub parent: Option<KeptId>,
    /// The root element's; `None` before it.
    pub root: Option<KeptId>,
    pub list: u32,
    pub language: u32,
    pub looked_up: u32,
    pub is_root: bool,
}

/// A style that documents pass on.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub style: Arc<ComputedStyle>,
    pub variables: Variables,
}

/// An element's style, and those of its pseudo-elements.
pub(crate) type KeptEntry = (KeptId, SmallVec<[(Pseudo, KeptId); 2]>);

/// The tables.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub signatures: FxHashMap<Signature, u32>,
    pub known: Vec<Known>,
    pub lists: Vec<List>,
    pub list_numbers: FxHashMap<Arc<[u32]>, u32>,
    pub languages: Interned,
    pub looked_up: Interned,
    entries: FxHashMap<KeptKey, KeptEntry>,
    kept: Vec<Kept>,
    /// How many documents have used them, this one among them.
    pub documents: u64,
}

impl Tables {
    /// Whether they are small enough to be passed on.
    pub fn are_small(&self) -> bool {
        let sizes = [
            self.known.len(),
            self.lists.len(),
            self.languages.texts.len(),
            self.looked_up.texts.len(),
            self.kept.len(),
        ];
        sizes.into_iter().all(|size| size <= MOST)
    }

    /// What a key is known to come to.
    pub fn entry(&self, key: &KeptKey) -> Option<&KeptEntry> {
        self.entries.get(key)
    }

    /// Keeps what a key comes to.
    pub fn keep(&mut self, key: KeptKey, entry: KeptEntry) {
        self.entries.insert(key, entry);
    }

    /// Adds a style; `None` when there are too many.
    pub fn add(&mut self, kept: Kept) -> Option<KeptId> {
        if self.kept.len() > MOST {
            return None;
        }
        self.kept.push(kept);
        Some(KeptId(u32::try_from(self.kept.len() - 1).ok()?))
    }

    /// The style of that number.
    pub fn style(&self, id: KeptId) -> Option<&Kept> {
        self.kept.get(id.0 as usize)
    }
}
