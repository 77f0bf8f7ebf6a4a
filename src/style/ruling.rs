//! What documents with the same sheets have in common: the index of the rules, what the sheets
//! define, and what matching and computing have come to.

use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::Diagnostics;
use crate::fonts::FontFaceRule;
use crate::geom::Size;

use super::computed::PageSide;
use super::definitions::Definitions;
use super::layers::Layers;
use super::page::{A4, PageRules};
use super::rule_index::RuleIndex;
use super::sheets::Attached;
use super::styled::PageContext;
use super::tables::Tables;

/// Any page of the document, to know what `vw` stands for.
const PLAIN_PAGE: PageContext<'static> = PageContext {
    name: "",
    first: false,
    side: PageSide::Right,
    blank: false,
    number: 3,
    in_group: 3,
};

/// The sheets of a document, made ready.
#[derive(Debug)]
pub(crate) struct Ruling {
    sheets: Vec<Attached>,
    pub index: RuleIndex,
    pub definitions: Arc<Definitions>,
    /// The size of the plain page.
    pub view: Size,
    /// The rules for pages, without a root element.
    pub pages: PageRules,
    pub font_faces: Vec<FontFaceRule>,
    /// What is wrong with the sheets taken together.
    pub found: Diagnostics,
    /// Tables that no document uses at the moment; at most one for each thread.
    tables: Mutex<Vec<Tables>>,
}

impl Ruling {
    /// Makes sheets ready, which are in the order of the cascade.
    pub fn new(sheets: Vec<Attached>) -> Ruling {
        let layers = Layers::new(sheets.iter().flat_map(|attached| &attached.sheet.layers));
        let definitions = Arc::new(Definitions::new(&sheets));
        // Conditions on the page's size see the size that holds without them.
        let plain = PageRules::of(&sheets, &layers, &definitions, A4);
        let view = plain.resolve(PLAIN_PAGE).size;
        let pages = PageRules::of(&sheets, &layers, &definitions, view);
        let index = RuleIndex::new(&sheets, &layers, view);
        let mut found = Diagnostics::new();
        definitions.counter_styles.report_unknown(index.counter_styles(), &mut found);
        let faces = sheets.iter().flat_map(|attached| &attached.sheet.faces);
        let font_faces = faces.cloned().collect();
        let tables = Mutex::default();
        Ruling { sheets, index, definitions, view, pages, font_faces, found, tables }
    }

    /// Whether it is made of just these sheets.
    pub fn is_of(&self, sheets: &[Attached]) -> bool {
        let is_same = |(one, other): (&Attached, &Attached)| one.is_same(other);
        self.sheets.len() == sheets.len() && self.sheets.iter().zip(sheets).all(is_same)
    }

    /// Tables for a document.
    pub fn tables(&self) -> Tables {
        let tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut tables = tables.unwrap_or_default();
        tables.documents += 1;
        tables
    }

    /// Takes tables back for the documents to come.
    pub fn take_back(&self, tables: Tables) {
        if tables.are_small() {
            self.tables.lock().unwrap_or_else(PoisonError::into_inner).push(tables);
        }
    }
}
