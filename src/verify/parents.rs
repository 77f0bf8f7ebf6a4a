//! The parent tree: which structure element each piece of content belongs to, told from the
//! content's side (ISO 32000-1 14.7.4.4).

use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier};
use rustc_hash::{FxHashMap, FxHashSet};

use super::document::Document;
use super::tree::Tree;

/// How many nodes the number tree may have: one of a thousand pages has a few.
const NODES: usize = 1 << 20;

/// What an entry of the parent tree names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Parent {
    /// The element of an object: an annotation, a form.
    One(ObjectIdentifier),
    /// The elements of the marked content of a stream, by its numbers.
    Many(Vec<Option<ObjectIdentifier>>),
}

/// The parent tree of a file.
#[derive(Debug, Default)]
pub struct Parents {
    entries: FxHashMap<i64, Parent>,
}

impl Parents {
    /// Reads the parent tree of a structure tree; empty when it has none.
    pub fn read(document: &Document, tree: &Tree<'_>) -> Parents {
        let mut parents = Parents::default();
        let mut seen = FxHashSet::default();
        let mut nodes: Vec<Dict<'_>> =
            tree.root.get::<Dict<'_>>("ParentTree").into_iter().collect();
        while let Some(node) = nodes.pop() {
            if node.obj_id().is_some_and(|id| !seen.insert(id)) || nodes.len() > NODES {
                continue;
            }
            if let Some(kids) = node.get::<Array<'_>>("Kids") {
                nodes.extend(document.dicts(&kids).take(NODES));
            }
            if let Some(numbers) = node.get::<Array<'_>>("Nums") {
                parents.read_leaf(document, tree, &numbers);
            }
        }
        parents
    }

    fn read_leaf(&mut self, document: &Document, tree: &Tree<'_>, numbers: &Array<'_>) {
        let mut entries = numbers.raw_iter();
        while let (Some(key), Some(value)) = (entries.next(), entries.next()) {
            let MaybeRef::NotRef(Object::Number(key)) = key else { continue };
            let parent = match value {
                MaybeRef::Ref(reference) => {
                    let id = ObjectIdentifier::from(reference);
                    match tree.by_id.contains_key(&id) {
                        true => Some(Parent::One(id)),
                        false => match document.object(id) {
                            Some(Object::Array(list)) => Some(many(&list)),
                            Some(Object::Dict(_)) => Some(Parent::One(id)),
                            _ => None,
                        },
                    }
                }
                MaybeRef::NotRef(Object::Array(list)) => Some(many(&list)),
                MaybeRef::NotRef(_) => None,
            };
            if let Some(parent) = parent {
                self.entries.insert(key.as_i64(), parent);
            }
        }
    }

    /// The element of a piece of marked content: by the key of its stream (`StructParents`) and
    /// its number.
    pub fn of_content(&self, key: i64, mcid: i64) -> Option<ObjectIdentifier> {
        match self.entries.get(&key)? {
            Parent::Many(list) => *list.get(usize::try_from(mcid).ok()?)?,
            Parent::One(_) => None,
        }
    }

    /// The element of an annotation or another object, by its key (`StructParent`).
    pub fn of_object(&self, key: i64) -> Option<ObjectIdentifier> {
        match self.entries.get(&key)? {
            Parent::One(id) => Some(*id),
            Parent::Many(_) => None,
        }
    }
}

fn many(list: &Array<'_>) -> Parent {
    Parent::Many(list.raw_iter().map(|entry| entry.as_obj_ref().map(Into::into)).collect())
}
