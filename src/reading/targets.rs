//! Where links lead: addresses, and pages by destination (ISO 32000-1 12.3.2, 12.6.4).

use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};
use rustc_hash::FxHashMap;

use crate::verify::document::{Document, each};

use super::{Target, strings};

/// How many nodes of the tree of names are looked at: more than any sound file has.
const NODES: usize = 100_000;

/// The named destinations of a file.
pub(super) struct Targets<'a> {
    document: &'a Document,
    named: FxHashMap<Vec<u8>, usize>,
}

impl<'a> Targets<'a> {
    /// Reads the names (12.3.2.3).
    pub(super) fn read(document: &'a Document) -> Targets<'a> {
        let mut targets = Targets { document, named: FxHashMap::default() };
        let catalog = document.catalog();
        if let Some(old) = catalog.get::<Dict<'_>>("Dests") {
            for key in old.keys() {
                let page = old.get::<Object<'_>>(&*key).and_then(|value| targets.page(&value));
                targets.named.extend(page.map(|page| (key.to_vec(), page)));
            }
        }
        let names = catalog.get::<Dict<'_>>("Names");
        let mut pending: Vec<Dict<'_>> =
            names.and_then(|names| names.get::<Dict<'_>>("Dests")).into_iter().collect();
        let mut looked = 0;
        while let Some(node) = pending.pop() {
            looked += 1;
            if looked > NODES {
                break;
            }
            if let Some(kids) = node.get::<Array<'_>>("Kids") {
                pending.extend(document.dicts(&kids).take(NODES));
            }
            let Some(pairs) = node.get::<Array<'_>>("Names") else { continue };
            let mut entries = each(&pairs);
            while let (Some(key), Some(value)) = (entries.next(), entries.next()) {
                let (Some(Object::String(key)), Some(value)) = (key, value) else { continue };
                if let Some(page) = targets.page(&value) {
                    targets.named.insert(key.to_vec(), page);
                }
            }
        }
        targets
    }

    /// Where a link annotation leads.
    pub(super) fn of(&self, annotation: &Dict<'_>) -> Option<Target> {
        if let Some(place) = annotation.get::<Object<'_>>("Dest") {
            return self.destination(&place).map(Target::Page);
        }
        let action = annotation.get::<Dict<'_>>("A")?;
        match action.get::<Name<'_>>("S").as_deref() {
            Some(b"URI") => {
                let address = action.get::<PdfString<'_>>("URI")?;
                Some(Target::Address(strings::text(&address)))
            }
            Some(b"GoTo") => {
                let place = action.get::<Object<'_>>("D")?;
                self.destination(&place).map(Target::Page)
            }
            _ => None,
        }
    }

    fn destination(&self, place: &Object<'_>) -> Option<usize> {
        match place {
            Object::String(name) => self.named.get(name.as_bytes()).copied(),
            Object::Name(name) => self.named.get(&**name).copied(),
            place => self.page(place),
        }
    }

    /// The page of an explicit destination, alone or as `D` of a dictionary.
    fn page(&self, place: &Object<'_>) -> Option<usize> {
        let place = match place {
            Object::Array(place) => place.clone(),
            Object::Dict(holder) => holder.get::<Array<'_>>("D")?,
            _ => return None,
        };
        let page = place.raw_iter().next()?.as_obj_ref()?;
        self.document.page_index(page.into())
    }
}
