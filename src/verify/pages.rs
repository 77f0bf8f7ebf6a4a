//! Walks all pages, on all cores, and gathers what each family finds, in the order of the pages.

use rayon::prelude::*;

use super::content::{self, Event, Observer, State};
use super::document::Document;
use super::finding::Findings;
use super::level::Levels;
use super::structure::{Structure, marks};
use super::{archive, fonts};

/// Checks what the pages paint, and what they paint it with; fonts that are `proven` are not
/// examined again.
pub fn check(
    document: &Document,
    structure: &Structure<'_>,
    proven: Option<&fonts::Proven>,
    in_force: Levels,
) -> Findings {
    let mut findings = Findings::new(in_force);
    let shared = archive::Shared::new(document, &mut findings);
    let count = document.pdf().pages().len();
    let pages: Vec<Page<'_, '_>> = (0..count)
        .into_par_iter()
        .with_min_len(document.fewest(count))
        .map(|page| {
            let mut watch = Page::new(structure, &shared, in_force);
            content::walk_page(document, page, &mut watch);
            watch.archive.check_page(page);
            watch
        })
        .collect();
    let mut uses = fonts::uses::Uses::default();
    let mut gathered = archive::Gathered::default();
    let mut forms = Vec::new();
    for (index, page) in pages.into_iter().enumerate() {
        findings.append(page.marks.findings);
        forms.extend(page.marks.forms.into_iter().map(|form| (index, form)));
        gathered.append(index, page.archive, &shared, &mut findings);
        uses.append(page.fonts);
    }
    marks::check_forms(&forms, &mut findings);
    gathered.finish(&mut findings);
    archive::names::check(document, &uses, &structure.tree, &mut findings);
    fonts::check(document, &uses, proven, &mut findings);
    findings
}

/// All that watch the content of a page.
struct Page<'s, 'a> {
    archive: archive::Watch<'s>,
    marks: marks::Marks<'s, 'a>,
    fonts: fonts::uses::Uses<'a>,
}

impl<'s, 'a> Page<'s, 'a> {
    fn new(
        structure: &'s Structure<'a>,
        shared: &'s archive::Shared<'s>,
        in_force: Levels,
    ) -> Self {
        Page {
            archive: archive::Watch::new(shared, in_force),
            marks: marks::Marks::new(structure, in_force),
            fonts: fonts::uses::Uses::default(),
        }
    }
}

impl<'a> Observer<'a> for Page<'_, 'a> {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        self.archive.see(state, event);
        self.marks.see(state, event);
        self.fonts.see(state, event);
    }
}
