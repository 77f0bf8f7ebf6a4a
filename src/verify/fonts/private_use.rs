//! Text of the Private Use Areas is told by ActualText (ISO 19005-2 6.2.11.7.3).
//!
//! Few files have any: only when a font in use tells such text are the pages walked once more,
//! to see where it is shown.

use hayro_syntax::object::String as PdfString;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Examined;
use super::cmap::Code;
use super::decode::Decoder;
use super::uses::Key;
use crate::verify::content::{self, Event, Observer, State};
use crate::verify::document::Document;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;
use crate::verify::tree::Tree;

rules! {
    ACTUAL_TEXT = "a:6.2.11.7.3-1", "6.2.11.7.3", Levels::TAGGED, Checked,
        "a letter that only the producer knows (of the Private Use Areas) is told by /ActualText",
        "give the symbol an ActualText, or use a font whose letters have Unicode values";
}

/// The codes of a font that stand for private letters.
pub struct PrivateUse {
    /// How its strings are read.
    pub decoder: Decoder,
    /// These codes.
    pub codes: FxHashSet<Code>,
}

/// The codes of a font in use that stand for private letters, when there are any.
pub(super) fn of(examined: &Examined<'_>, findings: &Findings) -> Option<FxHashSet<Code>> {
    if !findings.asks(Levels::TAGGED) {
        return None;
    }
    let mut text = String::new();
    let mut codes = FxHashSet::default();
    for shown in examined.codes {
        text.clear();
        examined.decoder.push_text(shown.code, &mut text);
        if text.chars().any(is_private) {
            codes.insert(shown.code);
        }
    }
    (!codes.is_empty()).then_some(codes)
}

fn is_private(letter: char) -> bool {
    matches!(u32::from(letter), 0xe000..=0xf8ff | 0xf_0000..=0xf_fffd | 0x10_0000..=0x10_fffd)
}

/// Looks at where private letters are shown.
pub(super) fn check(document: &Document, fonts: Vec<(Key, PrivateUse)>, findings: &mut Findings) {
    if fonts.is_empty() {
        return;
    }
    let fonts: FxHashMap<Key, PrivateUse> = fonts.into_iter().collect();
    let in_force = findings.in_force();
    let tree = Tree::read(document);
    let pages: Vec<Findings> = (0..document.pdf().pages().len())
        .into_par_iter()
        .map(|page| {
            let mut watch =
                Watch { fonts: &fonts, tree: tree.as_ref(), findings: Findings::new(in_force) };
            content::walk_page(document, page, &mut watch);
            watch.findings
        })
        .collect();
    pages.into_iter().for_each(|page| findings.append(page));
}

/// Watches a page for private letters without ActualText.
struct Watch<'w, 'a> {
    fonts: &'w FxHashMap<Key, PrivateUse>,
    tree: Option<&'w Tree<'a>>,
    findings: Findings,
}

impl Watch<'_, '_> {
    /// Whether the marks around, or the structure elements that they belong to, have ActualText.
    fn is_told(&self, state: &State<'_>) -> bool {
        state.marks.iter().any(|mark| {
            if mark.texts.actual.is_some() {
                return true;
            }
            let (Some(tree), Some(container), Some(mcid)) = (self.tree, mark.container, mark.mcid)
            else {
                return false;
            };
            let Some(index) = tree.marked.get(&(container, mcid)) else { return false };
            let element = tree.elements.get(*index);
            element
                .into_iter()
                .chain(tree.ancestors(*index))
                .any(|element| element.dict.get::<PdfString<'_>>("ActualText").is_some())
        })
    }
}

impl<'a> Observer<'a> for Watch<'_, 'a> {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        let (Event::Show(text), Some(font)) = (event, &state.graphics.font) else { return };
        let Some(private) = self.fonts.get(&Key::of(font)) else { return };
        let Some(code) = private.decoder.codes(text).find(|code| private.codes.contains(code))
        else {
            return;
        };
        if self.is_told(state) {
            return;
        }
        let place = Place::page(state.page).in_object(state.container);
        self.findings.push(&ACTUAL_TEXT, place, || {
            let mut text = String::new();
            private.decoder.push_text(code, &mut text);
            let letter = text.chars().find(|letter| is_private(*letter)).unwrap_or_default();
            format!("U+{:04X} is shown without /ActualText", u32::from(letter))
        });
    }
}
