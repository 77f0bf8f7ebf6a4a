//! What PDF/UA-1 asks of annotations: links, form fields, comments, media (ISO 14289-1 7.18).

pub mod fields;
pub mod media;
pub mod nesting;

use hayro_syntax::object::{Array, Dict, Name, Number, ObjectIdentifier, Rect};

use super::document::Document;
use super::finding::{Findings, Place};
use super::level::Levels;
use super::role::Role;
use super::rule::Rule;
use super::structure::Structure;
use super::tree::Mapped;

/// The flag of an annotation that nobody sees (`F`, bit 2).
const HIDDEN: i64 = 1 << 1;

/// The rules of annotations, family by family.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [nesting::RULES, fields::RULES, media::RULES].into_iter().flatten().copied()
}

/// An annotation of a page.
pub struct Annotation<'a> {
    /// Its dictionary.
    pub dict: Dict<'a>,
    /// The page, by its index from 0.
    pub page: usize,
    /// Its kind (`Subtype`): `Link`; empty when there is none.
    pub kind: Name<'a>,
    /// Whether it is hidden, or lies outside of what is shown of the page.
    pub unseen: bool,
    /// The structure element that it names (`StructParent`).
    pub element: Option<Named<'a>>,
}

/// A structure element that is named from without.
pub struct Named<'a> {
    /// Its object.
    pub id: ObjectIdentifier,
    /// Its dictionary.
    pub dict: Dict<'a>,
    /// Its role.
    pub role: Role,
}

impl<'a> Annotation<'a> {
    fn read(
        document: &'a Document,
        structure: &Structure<'a>,
        page: usize,
        dict: Dict<'a>,
    ) -> Annotation<'a> {
        let hidden = dict.get::<Number>("F").is_some_and(|flags| flags.as_i64() & HIDDEN != 0);
        let outside = document.pdf().pages().get(page).zip(dict.get::<Rect>("Rect")).is_some_and(
            |(page, at)| {
                let shown = page.crop_box();
                shown.y0 >= at.y1 || shown.x0 >= at.x1 || shown.y1 <= at.y0 || shown.x1 <= at.x0
            },
        );
        let key = dict.get::<Number>("StructParent").map(|key| key.as_i64());
        let id = key.and_then(|key| structure.parents.of_object(key));
        Annotation {
            page,
            kind: dict.get::<Name<'a>>("Subtype").unwrap_or_else(|| Name::new_unescaped(b"")),
            unseen: hidden || outside,
            element: id.and_then(|id| Named::read(document, structure, id)),
            dict,
        }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        Place::page(self.page).in_object(self.dict.obj_id())
    }

    /// The role of the element that it names.
    pub fn role(&self) -> Option<Role> {
        self.element.as_ref().map(|element| element.role)
    }
}

impl<'a> Named<'a> {
    fn read(
        document: &'a Document,
        structure: &Structure<'a>,
        id: ObjectIdentifier,
    ) -> Option<Named<'a>> {
        let tree = &structure.tree;
        let known = tree.by_id.get(&id).and_then(|index| tree.elements.get(*index));
        if let Some(element) = known {
            return Some(Named { id, dict: element.dict.clone(), role: element.role });
        }
        let dict = document.dict(id)?;
        let role = match tree.roles.follow(&dict.get::<Name<'_>>("S")?) {
            Mapped::To(role) => role,
            Mapped::Nowhere | Mapped::Circle => Role::Unknown,
        };
        Some(Named { id, dict, role })
    }
}

/// Checks the annotations of all pages, and the fields of the form.
pub fn check(document: &Document, structure: &Structure<'_>, findings: &mut Findings) {
    if !findings.asks(Levels::UA1) {
        return;
    }
    for (page, source) in document.pdf().pages().iter().enumerate() {
        let Some(list) = source.raw().get::<Array<'_>>("Annots") else { continue };
        let mut any = false;
        for dict in document.dicts(&list) {
            any = true;
            let annotation = Annotation::read(document, structure, page, dict);
            nesting::check(structure, &annotation, findings);
            media::check(document, &annotation, findings);
        }
        if any {
            nesting::check_page(source.raw(), page, findings);
        }
    }
    nesting::check_forms(&structure.tree, findings);
    fields::check(document, structure, findings);
}
