//! Styled nodes → box tree and structure tree.

mod anonymous;
mod boxes;
mod canvas;
mod checks;
mod columns;
mod content;
mod counter_text;
mod counters;
mod first_letter;
mod fits;
mod floats;
mod flow;
mod headers;
mod info;
mod inline;
mod labels;
mod lists;
mod notes;
mod outside;
mod pictures;
mod roles;
mod tables;
mod tags;

use crate::diag::Diagnostics;
use crate::markup::{Document, NodeId};
use crate::style::{StyleId, Styled};

use super::boxes::{LayoutBox, Note};
use super::page::Info;
use super::structure::{Structure, TagId};

pub use boxes::RunningElement;
pub use content::References;
pub use counter_text::format_counter;
pub use inline::InlineBuilder;
pub use pictures::Pictures;

/// The boxes of a document and what they mean.
#[derive(Debug)]
pub struct Generated {
    /// The root element's box; `None` for an empty document.
    pub root: Option<LayoutBox>,
    /// All styles, those of anonymous boxes included.
    pub styled: Styled,
    /// The structure tree.
    pub structure: Structure,
    /// Figures with their elements.
    pub figures: Vec<(TagId, NodeId)>,
    /// Title, language and the like.
    pub info: Info,
    /// Elements that run in margin boxes.
    pub running: Vec<RunningElement>,
    /// Boxes that every page shows (`position: fixed`).
    pub fixed: Vec<LayoutBox>,
    /// Footnotes in the order of their calls.
    pub notes: Vec<Note>,
    /// The style whose background covers the canvas of every page.
    pub canvas: Option<StyleId>,
    /// Whether the content depends on where things stand on pages.
    pub uses_references: bool,
    /// What a next pass may refer to, as far as it is known before layout.
    pub references: References,
}

/// Generates the boxes of `document`. `references` are what the pass before found.
pub fn generate(
    document: &Document,
    styled: &Styled,
    references: &References,
    pictures: &dyn Pictures,
) -> (Generated, Diagnostics) {
    let info = info::info(document);
    let mut generator = boxes::Generator::new(document, styled, references, pictures);
    let root = document.root_element().map(|root| generator.root(root, &info.language));
    let mut root = root;
    let canvas = root.as_mut().and_then(|root| generator.take_canvas(root));
    checks::check_breaks(
        root.as_ref(),
        &generator.styles.styled,
        document,
        &mut generator.diagnostics,
    );
    fits::check_fits(document, styled, &mut generator.diagnostics);
    generator.diagnostics.append(generator.access.finish(document, &styled.styles));
    // Tables inside cells come before the rest of the tables around them.
    generator.tagger.structure.headers.sort_by_key(|(cell, _)| *cell);
    let generated = Generated {
        root,
        styled: generator.styles.styled,
        structure: generator.tagger.structure,
        figures: generator.tagger.figures,
        info,
        running: generator.running,
        fixed: generator.fixed,
        notes: generator.notes,
        canvas,
        uses_references: generator.uses_references,
        references: generator.found,
    };
    (generated, generator.diagnostics)
}
