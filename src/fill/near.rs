//! Names like a misspelt one.

/// Up to three of `choices` that are close to `name`, the closest first.
pub(super) fn nearest<'c>(name: &str, choices: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let limit = 1 + name.chars().count() / 3;
    let mut found: Vec<(usize, &str)> = choices
        .filter(|choice| choice.len().abs_diff(name.len()) <= 2 * limit)
        .map(|choice| {
            (strsim::damerau_levenshtein(&name.to_lowercase(), &choice.to_lowercase()), choice)
        })
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().take(3).map(|(_, choice)| choice).collect()
}

/// "did you mean …?", when anything is near.
pub(super) fn help<'c>(name: &str, choices: impl Iterator<Item = &'c str>) -> Option<String> {
    let names: Vec<String> =
        nearest(name, choices).into_iter().map(|choice| format!("`{choice}`")).collect();
    match names.split_last() {
        None => None,
        Some((last, [])) => Some(format!("did you mean {last}?")),
        Some((last, others)) => Some(format!("did you mean {} or {last}?", others.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_for_a_misspelt_name_lists_the_closest_first() {
        let choices = ["start", "end", "status", "state"];
        assert_eq!(
            help("stat", choices.into_iter()).as_deref(),
            Some("did you mean `start`, `state` or `status`?")
        );
        assert_eq!(help("xyzzy", choices.into_iter()), None);
    }
}
