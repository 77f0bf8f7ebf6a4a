//! What is found: a rule that a file breaks, and where.

use std::fmt;

use hayro_syntax::object::ObjectIdentifier;
use rustc_hash::FxHashMap;

use super::level::Levels;
use super::rule::Rule;

/// How many breaches of one rule are told one by one; the others are counted.
const TOLD: usize = 10;

/// Where in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The page, from 1.
    pub page: Option<usize>,
    /// The indirect object: number, generation.
    pub object: Option<(u32, i32)>,
    /// The way to a structure element: `Document/Table/TR[3]/TD[2]`.
    pub path: Option<String>,
    /// The offset in the file, in bytes, where the rule is about bytes.
    pub offset: Option<usize>,
}

impl Place {
    /// The file as a whole.
    pub fn file() -> Place {
        Place::default()
    }

    /// A page by its index from 0.
    pub fn page(index: usize) -> Place {
        Place { page: Some(index + 1), ..Place::default() }
    }

    /// An indirect object, when it is one.
    pub fn object(id: Option<ObjectIdentifier>) -> Place {
        Place::default().in_object(id)
    }

    /// A structure element by its way from the root.
    pub fn element(path: String) -> Place {
        Place { path: Some(path), ..Place::default() }
    }

    /// An offset in the file.
    pub fn at(offset: usize) -> Place {
        Place { offset: Some(offset), ..Place::default() }
    }

    /// The place, with its object.
    #[must_use]
    pub fn in_object(mut self, id: Option<ObjectIdentifier>) -> Place {
        self.object = id.map(|id| (id.obj_number, id.gen_number));
        self
    }

    /// The place, on a page by its index from 0.
    #[must_use]
    pub fn on_page(mut self, index: Option<usize>) -> Place {
        self.page = index.map(|index| index + 1);
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.page.map(|page| format!("page {page}")),
            self.object.map(|(number, generation)| format!("object {number} {generation}")),
            self.path.clone(),
            self.offset.map(|offset| format!("byte {offset}")),
        ];
        to.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// A breach of a rule.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Where it is broken.
    pub place: Place,
    /// What is found there, as a clause that follows the rule: "the form has no /BBox".
    pub message: String,
}

/// Collects findings against the levels in force.
#[derive(Debug, Default)]
pub struct Findings {
    in_force: Levels,
    list: Vec<Finding>,
    counts: FxHashMap<&'static str, usize>,
}

impl Findings {
    /// An empty list for these levels.
    pub fn new(in_force: Levels) -> Findings {
        Findings { in_force, ..Findings::default() }
    }

    /// The levels that the file is checked against.
    pub fn in_force(&self) -> Levels {
        self.in_force
    }

    /// Whether any of these levels is checked: to skip work that only they ask for.
    pub fn asks(&self, levels: Levels) -> bool {
        self.in_force.meets(levels)
    }

    /// Notes a breach of `rule`, when a level in force asks for it. The message is only made when
    /// the breach is told one by one.
    pub fn push(&mut self, rule: &'static Rule, place: Place, message: impl FnOnce() -> String) {
        if !self.asks(rule.levels) {
            return;
        }
        let count = self.counts.entry(rule.id).or_default();
        *count += 1;
        if *count <= TOLD {
            self.list.push(Finding { rule, place, message: message() });
        }
    }

    /// Notes a breach of each of `rules` that is in force: the same fault by two standards.
    pub fn push_each(
        &mut self,
        rules: &[&'static Rule],
        place: &Place,
        message: impl Fn() -> String,
    ) {
        for rule in rules {
            self.push(rule, place.clone(), &message);
        }
    }

    /// Takes over what was found elsewhere (on the next page), in order.
    pub fn append(&mut self, other: Findings) {
        for finding in other.list {
            let told = self.counts.entry(finding.rule.id).or_default();
            *told += 1;
            if *told <= TOLD {
                self.list.push(finding);
            }
        }
        for (id, count) in sorted(other.counts) {
            // Those told were counted above.
            *self.counts.entry(id).or_default() += count.saturating_sub(TOLD);
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings, and for each rule how many there are in all, told or not; in the order of
    /// the rules' names.
    pub fn into_parts(self) -> (Vec<Finding>, Vec<(&'static str, usize)>) {
        (self.list, sorted(self.counts))
    }
}

fn sorted(counts: FxHashMap<&'static str, usize>) -> Vec<(&'static str, usize)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}
