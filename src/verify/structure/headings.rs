//! Headings go down level by level, and a file numbers them or nests them, not both
//! (ISO 14289-1 7.4).

use super::{passes_through, place};
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::role::Role;
use crate::verify::rule::rules;
use crate::verify::tree::Tree;

rules! {
    SKIPPED = "ua1:7.4.2-1", "7.4.2", Levels::UA1, Checked,
        "the first heading is an H1, and none is more than one level below the heading before it",
        "give the heading the level that its place asks for";
    TWO_IN_ONE = "ua1:7.4.4-1", "7.4.4", Levels::UA1, Checked,
        "an element holds at most one H",
        "put each H and what belongs to it into a section of its own";
    NESTED_WITH_NUMBERED = "ua1:7.4.4-2", "7.4.4", Levels::UA1, Checked,
        "a file with H1 to H6 has no H",
        "use numbered headings (H1 to H6) for all";
    NUMBERED_WITH_NESTED = "ua1:7.4.4-3", "7.4.4", Levels::UA1, Checked,
        "a file with H has no H1 to H6",
        "use numbered headings (H1 to H6) for all";
}

/// Checks all headings, in reading order.
pub fn check(tree: &Tree<'_>, findings: &mut Findings) {
    let roles = || tree.elements.iter().map(|element| element.role);
    let numbered = roles().any(|role| matches!(role, Role::Level(_)));
    let nested = roles().any(|role| role == Role::Heading);
    let mut before = 0;
    for (index, role) in roles().enumerate() {
        match role {
            Role::Level(level) => {
                if level > before + 1 {
                    findings.push(&SKIPPED, place(tree, index), || match before {
                        0 => format!("the first heading is an H{level}"),
                        before => format!("an H{level} follows an H{before}"),
                    });
                }
                before = level;
                if nested {
                    findings.push(&NUMBERED_WITH_NESTED, place(tree, index), || {
                        format!("an H{level} in a file that has H as well")
                    });
                }
            }
            Role::Heading if numbered => {
                findings.push(&NESTED_WITH_NUMBERED, place(tree, index), || {
                    "an H in a file that has numbered headings as well".to_owned()
                });
            }
            _ => {}
        }
    }
    if nested {
        check_one_each(tree, findings);
    }
}

/// Counts the H of each element; what an element only groups counts for the one around it.
fn check_one_each(tree: &Tree<'_>, findings: &mut Findings) {
    let mut held = vec![0_usize; tree.elements.len()];
    // Children stand behind their parents.
    for (index, element) in tree.elements.iter().enumerate().rev() {
        let count = match element.role {
            Role::Heading => 1,
            role if passes_through(role) => held.get(index).copied().unwrap_or(0),
            _ => 0,
        };
        if let Some(parent) = element.parent.and_then(|parent| held.get_mut(parent)) {
            *parent += count;
        }
    }
    for (index, count) in held.into_iter().enumerate().filter(|(_, count)| *count > 1) {
        findings.push(&TWO_IN_ONE, place(tree, index), || format!("it holds {count} H"));
    }
}
