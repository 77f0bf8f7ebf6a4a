//! What PDF/UA-1 and the `a` levels of PDF/A ask of the structure: that all content is tagged or
//! an artifact, that the tree is sound, and that it tells all that a reader who does not see
//! needs to know.

pub mod alternatives;
mod ancestry;
pub mod attributes;
pub mod headings;
pub mod language;
pub mod marks;
pub mod nesting;
pub mod roles;
pub mod tables;

use hayro_syntax::object::{Dict, ObjectIdentifier};

use super::document::Document;
use super::finding::{Findings, Place};
use super::level::Levels;
use super::parents::Parents;
use super::role::Role;
use super::rule::Rule;
use super::tree::Tree;

/// The levels that ask for a structure.
const ASKING: Levels = Levels::UA1.with(Levels::TAGGED);

/// The rules of the structure, family by family.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        roles::RULES,
        nesting::RULES,
        tables::RULES,
        headings::RULES,
        alternatives::RULES,
        language::RULES,
        marks::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The structure of a file, read once: the tree, and the way from the content to it.
pub struct Structure<'a> {
    /// The file.
    pub document: &'a Document,
    /// Its catalog.
    pub catalog: Dict<'a>,
    /// The structure tree.
    pub tree: Tree<'a>,
    /// The parent tree.
    pub parents: Parents,
    /// Whether the catalog tells the language of the whole file (`Lang`).
    pub language: bool,
    /// Of each element, whether it leads up to the root by its `P`.
    rooted: Vec<bool>,
    /// Whether an element or one that holds it tells its language; empty when the catalog does.
    spoken: Vec<bool>,
}

impl<'a> Structure<'a> {
    /// Reads the structure; that of a file without a structure tree is empty.
    pub fn read(document: &'a Document) -> Structure<'a> {
        let catalog = document.catalog();
        let tree = Tree::of(document, &catalog).unwrap_or_default();
        let parents = Parents::read(document, &tree);
        let language = language::of_catalog(&catalog);
        let spoken = if language { Vec::new() } else { language::spoken(&tree) };
        let rooted = ancestry::rooted(document, &tree);
        Structure { document, catalog, tree, parents, language, rooted, spoken }
    }

    /// Whether an element, of the tree or not, leads up to the root.
    fn leads_to_root(&self, id: ObjectIdentifier) -> bool {
        ancestry::leads_up(self.document, &self.tree, &self.rooted, id)
    }

    /// Whether the language of what belongs to an element is told.
    pub fn is_spoken(&self, element: usize) -> bool {
        self.language || self.spoken.get(element).copied().unwrap_or(false)
    }
}

/// Checks the tree itself.
pub fn check(document: &Document, structure: &Structure<'_>, findings: &mut Findings) {
    if !findings.asks(ASKING) {
        return;
    }
    roles::check(&structure.tree, findings);
    nesting::check(&structure.tree, findings);
    tables::check(&structure.tree, findings);
    headings::check(&structure.tree, findings);
    alternatives::check(&structure.tree, findings);
    language::check(document, structure, findings);
}

/// Where an element stands: its way from the root, its object, its page.
fn place(tree: &Tree<'_>, index: usize) -> Place {
    Place::element(tree.path(index)).in_object(tree.elements.get(index).and_then(|e| e.id))
}

/// Whether an element only groups others: what holds it holds them.
fn passes_through(role: Role) -> bool {
    matches!(role, Role::NonStruct | Role::Div | Role::Part)
}
