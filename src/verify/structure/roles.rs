//! Structure types are standard ones or mapped to them, and elements name their parents
//! (ISO 14289-1 7.1; ISO 19005-2 6.7.3.4).

use rustc_hash::FxHashMap;

use super::place;
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::role::Role;
use crate::verify::rule::{Rule, rules};
use crate::verify::tree::{Mapped, Tree};

rules! {
    UNMAPPED = "ua1:7.1-5", "7.1", Levels::UA1, Checked,
        "each structure type is a standard one, or the role map leads from it to one",
        "map the type to the standard type that comes nearest, in the role map";
    CIRCULAR = "ua1:7.1-6", "7.1", Levels::UA1, Checked,
        "the role map leads no type in a circle",
        "map the type to a standard one";
    REMAPPED = "ua1:7.1-7", "7.1", Levels::UA1, Checked,
        "no standard structure type is mapped to another",
        "take the standard type out of the role map, and use the type that is meant";
    PARENT = "ua1:7.1-12", "7.1", Levels::UA1, Checked,
        "each structure element names the one that holds it (P)",
        "let the producer write P into each structure element";
    A_UNMAPPED = "a:6.7.3.4-1", "6.7.3.4", Levels::TAGGED, Checked,
        "each structure type is a standard one, or the role map leads from it to one",
        "map the type to the standard type that comes nearest, in the role map";
    A_CIRCULAR = "a:6.7.3.4-2", "6.7.3.4", Levels::TAGGED, Checked,
        "the role map leads no type in a circle",
        "map the type to a standard one";
    A_REMAPPED = "a:6.7.3.4-3", "6.7.3.4", Levels::TAGGED, Checked,
        "no standard structure type is mapped to one that is not standard",
        "take the standard type out of the role map";
}

/// What is wrong with a type.
#[derive(Debug, Clone, Copy)]
struct Fault {
    accessible: &'static Rule,
    archive: Option<&'static Rule>,
    says: &'static str,
}

/// Checks the type and the parent of each element.
pub fn check(tree: &Tree<'_>, findings: &mut Findings) {
    let mut known: FxHashMap<&[u8], Option<Fault>> = FxHashMap::default();
    let root = tree.root.obj_id();
    for (index, element) in tree.elements.iter().enumerate() {
        let fault =
            *known.entry(&*element.written).or_insert_with(|| fault(tree, &element.written));
        if let Some(fault) = fault {
            let message = || format!("/{} {}", name(&element.written), fault.says);
            findings.push(fault.accessible, place(tree, index), message);
            if let Some(rule) = fault.archive {
                findings.push(rule, place(tree, index), message);
            }
        }
        let holder = match element.parent {
            Some(parent) => tree.elements.get(parent).and_then(|parent| parent.id),
            None => root,
        };
        let named = element.named_parent;
        if holder.is_some() && named != holder {
            findings.push(&PARENT, place(tree, index), || match named {
                Some(_) => "its P names another element than the one that holds it".to_owned(),
                None => "it has no P".to_owned(),
            });
        }
    }
    for id in &tree.repeated {
        let Some(index) = tree.by_id.get(id) else { continue };
        findings.push(&PARENT, place(tree, *index), || {
            "it is held twice: by two elements, or twice by one".to_owned()
        });
    }
}

fn fault(tree: &Tree<'_>, written: &[u8]) -> Option<Fault> {
    let circle = "is led in a circle by the role map";
    let (accessible, archive, says): (&Rule, Option<&Rule>, _) =
        match (Role::standard(written).is_some(), tree.roles.next(written)) {
            (true, None) => return None,
            (true, Some(to)) if **to == *written => (&CIRCULAR, None, circle),
            (true, Some(_)) if tree.roles.circles(written) => {
                (&REMAPPED, Some(&A_REMAPPED), circle)
            }
            (true, Some(to)) => match tree.roles.follow(to) {
                Mapped::To(_) => (&REMAPPED, None, "is a standard type, and mapped to another"),
                _ => (
                    &REMAPPED,
                    Some(&A_REMAPPED),
                    "is a standard type, and mapped to one that is not",
                ),
            },
            (false, _) => match tree.roles.follow(written) {
                Mapped::To(_) => return None,
                Mapped::Nowhere => (
                    &UNMAPPED,
                    Some(&A_UNMAPPED),
                    "is no standard type, and the role map leads from it to none",
                ),
                Mapped::Circle => (&CIRCULAR, Some(&A_CIRCULAR), circle),
            },
        };
    Some(Fault { accessible, archive, says })
}

fn name(written: &[u8]) -> String {
    String::from_utf8_lossy(written).into_owned()
}
