//! Names like a misspelt one, for the help of messages. Owns `strsim`.

/// The one of `choices` that `name` most likely stands for, if any is close; the first of several
/// that are as close. Capitals and small letters count as the same.
pub fn nearest<'c>(name: &str, choices: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let scored = close(name, choices);
    scored.min_by_key(|(distance, _)| *distance).map(|(_, choice)| choice)
}

/// Up to three of `choices` that are close to `name`, the closest first, then by the alphabet.
pub fn nearest_few<'c>(name: &str, choices: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let mut found: Vec<(usize, &str)> = close(name, choices).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(3).map(|(_, choice)| choice).collect()
}

/// "did you mean …?", when anything is near.
pub fn help<'c>(name: &str, choices: impl IntoIterator<Item = &'c str>) -> Option<String> {
    let names: Vec<String> =
        nearest_few(name, choices).into_iter().map(|choice| format!("`{choice}`")).collect();
    match names.split_last() {
        None => None,
        Some((last, [])) => Some(format!("did you mean {last}?")),
        Some((last, others)) => Some(format!("did you mean {} or {last}?", others.join(", "))),
    }
}

/// The choices within the slips that a name of this length may have: one, and one more for every
/// four letters. What differs more in length alone is not measured, since that takes the product
/// of both lengths.
fn close<'c>(
    name: &str,
    choices: impl IntoIterator<Item = &'c str>,
) -> impl Iterator<Item = (usize, &'c str)> {
    let name = name.to_lowercase();
    let length = name.chars().count();
    let limit = 1 + length / 4;
    choices
        .into_iter()
        .filter(move |choice| choice.chars().count().abs_diff(length) <= limit)
        .map(move |choice| (strsim::osa_distance(&name, &choice.to_lowercase()), choice))
        .filter(move |(distance, _)| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_for_a_misspelt_name_lists_the_closest_first() {
        let choices = ["start", "end", "status", "state"];
        assert_eq!(
            help("stat", choices).as_deref(),
            Some("did you mean `start`, `state` or `status`?")
        );
        assert_eq!(help("xyzzy", choices), None);
    }

    #[test]
    fn nearest_with_a_slip_finds_the_word() {
        assert_eq!(nearest("sumary", ["title", "summary"]), Some("summary"));
        assert_eq!(nearest("Contries", ["countries", "contacts"]), Some("countries"));
        assert_eq!(nearest("budget", ["title", "summary"]), None);
    }

    #[test]
    fn nearest_of_two_as_close_is_the_first() {
        assert_eq!(nearest("juny", ["june", "july"]), Some("june"));
    }
}
