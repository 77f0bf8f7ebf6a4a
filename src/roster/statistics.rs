//! Counts of participants, and which of them an edition may publish.
//!
//! A count below the threshold tells of single people, so it is hidden (primary suppression); and so
//! are as many others as it takes that no hidden count can be reckoned from the total, from the counts
//! that are shown, or from the people whom a paper of the same edition names (complementary
//! suppression). See the Handbook on Statistical Disclosure Control, chapter 5.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::editions::{Edition, Levels};
use crate::model::{Consent, Participant, Role, Text};

/// What people are counted by, in the order of the sheet.
const BY: [&str; 4] = ["gender", "agency", "country", "experience"];

/// What stands for those of whom nothing is said.
const UNSTATED: &str = "unstated";

/// One group.
struct Group {
    key: String,
    name: Option<Text>,
    count: u32,
    /// How many of them papers of the edition name with what they are counted by.
    named: u32,
}

/// The statistics of an event as an edition has them.
pub(super) fn json(
    people: &[&Participant],
    edition: Edition,
    threshold: u32,
    levels: &Levels,
) -> Json {
    let counted: Vec<&Participant> =
        people.iter().filter(|person| person.roles.contains(&Role::Participant)).copied().collect();
    let tables: Vec<Json> =
        BY.iter().map(|by| table(&counted, by, edition, threshold, levels)).collect();
    json!({
        "total": counted.len(),
        "threshold": threshold,
        "suppressed": edition != Edition::Internal,
        "tables": tables,
    })
}

fn table(
    people: &[&Participant],
    by: &str,
    edition: Edition,
    threshold: u32,
    levels: &Levels,
) -> Json {
    let shows = levels.of(by) <= edition;
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for person in people {
        let (key, name) = key_of(person, by);
        let group = groups.entry(key.clone()).or_insert(Group { key, name, count: 0, named: 0 });
        group.count += 1;
        group.named += u32::from(shows && edition.names(person.consent.map(Consent::as_str)));
    }
    // Never by count, which would tell the sizes of hidden groups; what is unstated comes last.
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| (group.key == UNSTATED, fixed(by, &group.key)));
    let hidden = match edition {
        Edition::Internal => Hidden::none(&groups),
        _ => hidden(&groups, threshold),
    };
    let rows: Vec<Json> = groups
        .iter()
        .zip(&hidden.groups)
        .map(|(group, hidden)| {
            json!({
                "key": group.key,
                "name": group.name,
                "unstated": group.key == UNSTATED,
                "count": (!hidden).then_some(group.count),
                "hidden": hidden,
            })
        })
        .collect();
    json!({
        "by": by,
        "total": people.len(),
        "hidden": hidden.groups.contains(&true),
        "withheld": hidden.all,
        "rows": rows,
    })
}

fn key_of(person: &Participant, by: &str) -> (String, Option<Text>) {
    let word = |value: Option<Json>| {
        let word = value.and_then(|value| value.as_str().map(str::to_owned));
        (word.unwrap_or_else(|| UNSTATED.to_owned()), None)
    };
    match by {
        "gender" => word(person.gender.and_then(|gender| serde_json::to_value(gender).ok())),
        "experience" => word(person.experience.and_then(|known| serde_json::to_value(known).ok())),
        "country" => word(person.country.as_ref().map(|country| json!(country.code()))),
        _ => match &person.agency_id {
            Some(id) => (id.clone(), person.agency.clone()),
            None => (UNSTATED.to_owned(), None),
        },
    }
}

/// The place of a group among those that have a fixed order.
fn fixed(by: &str, key: &str) -> usize {
    let order: &[&str] = match by {
        "gender" => &["female", "male", "other"],
        "experience" => &["new", "experienced"],
        _ => &[],
    };
    order.iter().position(|known| *known == key).unwrap_or(order.len())
}

/// Which groups' counts are not published.
struct Hidden {
    groups: Vec<bool>,
    /// Whether hiding every count was not enough for the threshold's sake, so that the table as a whole
    /// is not to be published.
    all: bool,
}

impl Hidden {
    fn none(groups: &[Group]) -> Hidden {
        Hidden { groups: vec![false; groups.len()], all: false }
    }
}

/// Hides the counts below the threshold, then the smallest of the others until none can be reckoned.
/// Where a list of the edition names everybody, each count can be: then the table is withheld.
fn hidden(groups: &[Group], threshold: u32) -> Hidden {
    let small = |group: &Group| group.count < threshold;
    let mut hidden = Hidden { groups: groups.iter().map(small).collect(), all: false };
    while hidden.groups.contains(&true) && !is_safe(groups, &hidden.groups, threshold) {
        let shown = groups.iter().zip(&hidden.groups).enumerate();
        let next = shown
            .filter(|(_, (_, hidden))| !**hidden)
            .min_by_key(|(index, (group, _))| (group.count, *index))
            .map(|(index, _)| index);
        match next.and_then(|next| hidden.groups.get_mut(next)) {
            Some(next) => *next = true,
            None => {
                hidden.all = true;
                break;
            }
        }
    }
    hidden
}

/// Whether each hidden count may be at least two numbers for somebody who knows the total, the counts
/// that are shown, the people who are named, and which counts are below the threshold.
fn is_safe(groups: &[Group], hidden: &[bool], threshold: u32) -> bool {
    let bounds: Vec<(u64, u64)> = groups
        .iter()
        .zip(hidden)
        .filter(|(_, hidden)| **hidden)
        .map(|(group, _)| {
            let (least, most) = match group.count < threshold {
                true => (1, u64::from(threshold.saturating_sub(1))),
                false => (u64::from(threshold), u64::MAX / 1024),
            };
            (least.max(u64::from(group.named)), most)
        })
        .collect();
    let sum: u64 = groups
        .iter()
        .zip(hidden)
        .filter(|(_, hidden)| **hidden)
        .map(|(group, _)| u64::from(group.count))
        .sum();
    let (least, most): (u64, u64) =
        bounds.iter().fold((0, 0), |sum, bounds| (sum.0 + bounds.0, sum.1 + bounds.1));
    bounds.iter().all(|(low, high)| {
        let from = (*low).max(sum.saturating_sub(most - high));
        let to = (*high).min(sum.saturating_sub(least - low));
        to > from
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn groups(counts: &[(u32, u32)]) -> Vec<Group> {
        counts
            .iter()
            .enumerate()
            .map(|(index, (count, named))| Group {
                key: format!("g{index}"),
                name: None,
                count: *count,
                named: *named,
            })
            .collect()
    }

    fn hides(counts: &[(u32, u32)]) -> Vec<bool> {
        hidden(&groups(counts), 5).groups
    }

    #[test]
    fn one_small_group_takes_another_with_it() {
        assert_eq!(hides(&[(20, 0), (3, 0), (8, 0)]), [false, true, true]);
        assert_eq!(hides(&[(20, 0), (9, 0)]), [false, false]);
        assert_eq!(hides(&[(39, 0), (3, 0)]), [true, true]);
    }

    #[test]
    fn two_groups_of_one_are_not_hidden_by_each_other_alone() {
        // Two counts of at least 1 that add up to 2 are both 1.
        assert_eq!(hides(&[(1, 0), (1, 0), (30, 0), (9, 0)]), [true, true, false, true]);
    }

    #[test]
    fn named_people_narrow_what_a_count_may_be() {
        // Four of the small group's people are named: it can be 4 only, below the threshold of 5.
        let counts = [(4, 3), (12, 12), (20, 20)];
        assert!(hidden(&groups(&counts), 5).groups[0]);
        // All are named, so that the list tells every count: no hiding helps.
        assert!(hidden(&groups(&[(4, 4), (12, 12)]), 5).all);
    }

    #[test]
    fn table_of_one_small_group_is_withheld() {
        let one = hidden(&groups(&[(3, 0)]), 5);
        assert!(one.all && one.groups[0]);
    }

    proptest! {
        /// Whatever the counts: unless the table is withheld, every hidden count may be two numbers at
        /// least, as found by trying all tables that agree with what is published.
        #[test]
        fn no_hidden_count_can_be_reckoned(
            counts in prop::collection::vec((0u32..9, 0u32..9), 1..5),
        ) {
            let counts: Vec<(u32, u32)> = counts
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, named)| (count, named.min(count)))
                .collect();
            let groups = groups(&counts);
            let result = hidden(&groups, 5);
            prop_assume!(!result.all);
            let total: u32 = counts.iter().map(|(count, _)| count).sum();
            let mut possible: Vec<std::collections::BTreeSet<u32>> = vec![Default::default(); counts.len()];
            let mut table = vec![0; counts.len()];
            try_all(&groups, &result.groups, total, 0, &mut table, &mut possible);
            for (index, group) in groups.iter().enumerate() {
                if result.groups[index] {
                    prop_assert!(possible[index].len() > 1, "group {index} of {counts:?}");
                    prop_assert!(possible[index].contains(&group.count));
                } else {
                    prop_assert!(group.count >= 5);
                }
            }
        }
    }

    fn try_all(
        groups: &[Group],
        hidden: &[bool],
        left: u32,
        at: usize,
        table: &mut Vec<u32>,
        possible: &mut [std::collections::BTreeSet<u32>],
    ) {
        if at == groups.len() {
            if left == 0 {
                for (index, count) in table.iter().enumerate() {
                    possible[index].insert(*count);
                }
            }
            return;
        }
        let group = &groups[at];
        let range = match (hidden[at], group.count < 5) {
            (false, _) => group.count..=group.count,
            (true, true) => group.named.max(1)..=4,
            (true, false) => group.named.max(5)..=40,
        };
        for count in range.filter(|count| *count <= left) {
            table[at] = count;
            try_all(groups, hidden, left - count, at + 1, table, possible);
        }
    }
}
