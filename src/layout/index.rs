//! What the pages hold by name, once it is known where they end.

use std::mem::take;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::geom::Rect;
use crate::style::Styled;

use super::boxes::LayoutBox;
use super::fragment::BoxNames;
use super::lost::Lost;
use super::numbers::PageNumbers;
use super::page::OutlineEntry;
use super::place::{Flow, Found, PageSpan, Strands, visit};
use super::running::*;
use super::structure::TagId;

/// What the pages hold by name.
#[derive(Default)]
pub struct Index {
    /// Their numbers.
    pub numbers: PageNumbers,
    /// The page counter at each anchor.
    pub pages: FxHashMap<Arc<str>, i32>,
    /// Headings.
    pub outline: Vec<OutlineEntry>,
    /// Pictures with their structure elements, pages and places.
    pub figures: Vec<(TagId, usize, Rect)>,
    /// What does not stand on its page.
    pub lost: Lost,
    /// Named strings of each page.
    pub strings: Vec<Strings<Arc<str>>>,
    /// Running elements of each page.
    pub elements: Vec<Strings<u32>>,
    /// Counters of each page that margin boxes print.
    pub counters: Vec<Strings<i32>>,
    /// The counters among them, by name.
    pub counted: Vec<Arc<str>>,
    /// The number of each footnote, where pages start them again.
    pub notes: Vec<i32>,
}

impl Index {
    /// Looks through all pages.
    pub fn of(
        flow: &Flow,
        strands: &Strands,
        styled: &Styled,
        spans: &[PageSpan],
        running: &[(Arc<str>, LayoutBox)],
    ) -> Index {
        let mut index = Index::default();
        let mut pages = Vec::with_capacity(spans.len());
        for (page, span) in spans.iter().enumerate() {
            index.numbers.begin(&span.style);
            let mut held = Held::default();
            let area = span.style.area();
            let mut meet = |found: Found| index.meet(found, page, span, running, &mut held);
            visit(flow, strands, styled, span.slice(), area, &mut meet);
            for piece in span.notes.iter().flat_map(|notes| &notes.pieces) {
                let note = strands.flow(piece.strand);
                visit(note, strands, styled, piece.slice, piece.place(area), &mut meet);
            }
            let number = index.numbers.current();
            for anchor in held.anchors.drain(..) {
                index.pages.entry(anchor).or_insert(number);
            }
            index.numbers.end();
            pages.push(held);
        }
        let counted = pages.iter().flat_map(|held| &held.counters.made);
        index.counted = counted.map(|(name, ..)| Arc::clone(name)).collect();
        index.counted.sort();
        index.counted.dedup();
        index.strings = page_strings(pages.iter_mut().map(|held| take(&mut held.strings)));
        index.elements = page_strings(pages.iter_mut().map(|held| take(&mut held.elements)));
        index.counters = page_strings(pages.iter_mut().map(|held| take(&mut held.counters)));
        index.notes = note_numbers(spans);
        index
    }

    /// Takes note of something on a page.
    fn meet(
        &mut self,
        found: Found,
        page: usize,
        span: &PageSpan,
        running: &[(Arc<str>, LayoutBox)],
        held: &mut Held,
    ) {
        match found {
            Found::Names(names, at, starts) => {
                if let Some(value) = names.page_counter {
                    self.numbers.restart(value);
                }
                held.names(names, starts, running);
                if let Some((level, title, tag)) = &names.bookmark {
                    let (level, title, tag) = (*level, Arc::clone(title), *tag);
                    self.outline.push(OutlineEntry { level, title, page, at, tag });
                }
            }
            Found::Anchor(name, _) => held.anchors.push(Arc::clone(name)),
            Found::Picture(tag, rect) => self.figures.push((tag, page, rect)),
            Found::Wide(overflow, left, right) => {
                let area = span.style.area();
                let excess = (right - area.right()).max(area.origin.x - left);
                self.lost.line(overflow, excess);
            }
            Found::Reaching(reach, left, right, is_out_of_flow) => {
                self.lost.reach(reach, (left, right), is_out_of_flow, &span.style);
            }
            Found::Unfit(unfit) => self.lost.unfit(unfit),
            Found::Stretch(_) => {}
            Found::OutOfFlow(placed, rect, goes_on) => {
                self.lost.out_of_flow(placed, rect, goes_on, &span.style);
            }
        }
    }
}

/// What one page holds.
#[derive(Default)]
struct Held {
    strings: PageAssignments<Arc<str>>,
    elements: PageAssignments<u32>,
    counters: PageAssignments<i32>,
    anchors: Vec<Arc<str>>,
}

impl Held {
    fn names(&mut self, names: &BoxNames, starts: bool, running: &[(Arc<str>, LayoutBox)]) {
        self.anchors.extend(names.anchors.iter().cloned());
        let strings = names.strings.iter().cloned();
        self.strings.made.extend(strings.map(|(name, value)| (name, value, starts)));
        let counters = names.counters.iter().cloned();
        self.counters.made.extend(counters.map(|(name, value)| (name, value, starts)));
        for element in &names.running {
            if let Some((name, _)) = running.get(*element as usize) {
                self.elements.made.push((Arc::clone(name), *element, starts));
            }
        }
    }
}

/// The numbers of the footnotes in the order of their calls, where the style of a page starts them
/// again (`counter-reset: footnote`); empty where none does.
fn note_numbers(spans: &[PageSpan]) -> Vec<i32> {
    let mut numbers: Vec<(u32, i32)> = Vec::new();
    let (mut last, mut restarts) = (0_i32, false);
    for span in spans {
        let own = span.style.style.as_deref();
        let mut resets = own.iter().flat_map(|style| style.counter_reset.iter());
        if let Some((_, value)) = resets.find(|(name, _)| &**name == "footnote") {
            (last, restarts) = (*value, true);
        }
        for note in span.notes.iter().flat_map(|notes| &notes.called) {
            last = last.saturating_add(1);
            numbers.push((*note, last));
        }
    }
    numbers.sort_unstable();
    if restarts { numbers.into_iter().map(|(_, number)| number).collect() } else { Vec::new() }
}
