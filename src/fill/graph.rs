//! The graph of templates that take in each other: unknown names, and circles that never end.

use std::collections::{BTreeMap, BTreeSet};

use super::instrument::Include;
use crate::diag::{Diagnostic, Diagnostics};
use crate::near;

/// Checks every inclusion. A circle is a fault when nothing on it depends on data; one that does is
/// bounded while filling.
pub(super) fn check(
    known: BTreeSet<&str>,
    includes: &[Include],
    inline_names: &BTreeSet<String>,
) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for include in includes {
        let name = include.to.as_str();
        let is_slot = inline_names.contains(name) || (include.has_default && !name.contains('/'));
        if known.contains(name) || is_slot {
            continue;
        }
        let choices = known.iter().copied().chain(inline_names.iter().map(String::as_str));
        let mut fault =
            Diagnostic::error("fill/unknown-partial", format!("there is no partial `{name}`"))
                .at(include.span, "taken in here");
        match near::help(name, choices) {
            Some(help) => fault = fault.help(help),
            None => {
                fault = fault.help(format!("write the file templates/{name}.hbs"));
            }
        }
        faults.push(fault);
    }
    circles(&known, includes, &mut faults);
    faults
}

fn circles(known: &BTreeSet<&str>, includes: &[Include], faults: &mut Diagnostics) {
    let mut edges: BTreeMap<&str, Vec<&Include>> = BTreeMap::new();
    for include in includes.iter().filter(|include| !include.conditional) {
        if known.contains(include.to.as_str()) {
            edges.entry(include.from.as_str()).or_default().push(include);
        }
    }
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in known {
        // Depth first without recursion: the path taken, and the next edge to try at each step.
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        let mut taken: Vec<&Include> = Vec::new();
        while let Some((at, next)) = path.last_mut() {
            let edge = edges.get(at).and_then(|list| list.get(*next)).copied();
            *next += 1;
            let Some(edge) = edge else {
                done.insert(*at);
                path.pop();
                taken.pop();
                continue;
            };
            let to = edge.to.as_str();
            if let Some(index) = path.iter().position(|(name, _)| *name == to) {
                let circle: Vec<&Include> =
                    taken.get(index..).unwrap_or_default().iter().copied().chain([edge]).collect();
                faults.push(circle_fault(&circle));
            } else if !done.contains(to) {
                path.push((to, 0));
                taken.push(edge);
            }
        }
    }
}

fn circle_fault(circle: &[&Include]) -> Diagnostic {
    let mut chain: Vec<&str> = circle.iter().map(|edge| edge.from.as_str()).collect();
    chain.extend(circle.first().map(|edge| edge.from.as_str()));
    let message = format!("templates take in each other without end: {}", chain.join(" → "));
    let mut fault = Diagnostic::error("fill/endless-partials", message);
    for (index, edge) in circle.iter().enumerate() {
        let text = format!("{} takes in {}", edge.from, edge.to);
        fault = if index == 0 { fault.at(edge.span, text) } else { fault.context(edge.span, text) };
    }
    fault.help("take one of these out, or put it into a condition on the data that ends")
}
