//! Whether an element leads up to the root of the tree by what it says itself (`P`): content that
//! belongs to one that does not is tagged by nothing (ISO 14289-1 7.1).

use hayro_syntax::object::ObjectIdentifier;

use crate::verify::document::Document;
use crate::verify::tree::Tree;

/// How many elements lie between one and the root before the way is taken for endless.
const ANCESTORS: usize = 256;

/// Says of each element of the tree whether it leads up to the root.
pub fn rooted(document: &Document, tree: &Tree<'_>) -> Vec<bool> {
    let mut rooted = Vec::with_capacity(tree.elements.len());
    for element in &tree.elements {
        let leads =
            element.named_parent.is_some_and(|parent| leads_up(document, tree, &rooted, parent));
        rooted.push(leads);
    }
    rooted
}

/// Whether an element is the root, or leads up to it; of the first elements of the tree, `rooted`
/// tells that already. Elements that the tree does not hold are followed as well: such are those of
/// the running matter of some producers.
pub fn leads_up(
    document: &Document,
    tree: &Tree<'_>,
    rooted: &[bool],
    id: ObjectIdentifier,
) -> bool {
    let root = tree.root.obj_id();
    let mut at = Some(id);
    for _ in 0..ANCESTORS {
        let Some(id) = at else { return false };
        if Some(id) == root {
            return true;
        }
        let known = tree.by_id.get(&id).copied();
        if let Some(leads) = known.and_then(|index| rooted.get(index)) {
            return *leads;
        }
        at = match known.and_then(|index| tree.elements.get(index)) {
            Some(element) => element.named_parent,
            None => document.dict(id).and_then(|element| element.get_ref("P")).map(Into::into),
        };
    }
    false
}
