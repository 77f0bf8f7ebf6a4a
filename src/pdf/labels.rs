//! Page labels: the numbers that a reader shows are those that are printed (ISO 32000-1 12.4.2).

use lopdf::{Dictionary, Object};

use crate::layout::{PageLabel, format_counter};
use crate::style::ListStyle;

use super::file::File;
use super::object::{dictionary, name, text};

/// Writes the labels and returns their number; `None` where pages are counted from 1 without
/// more, as readers do by themselves.
pub(super) fn write(labels: &[PageLabel], file: &mut File) -> Option<u32> {
    let plain = |(index, label): (usize, &PageLabel)| {
        label.style == ListStyle::Decimal && usize::try_from(label.number) == Ok(index + 1)
    };
    if labels.iter().enumerate().all(plain) {
        return None;
    }
    let ranges = ranges(labels);
    let entries = ranges
        .into_iter()
        .flat_map(|(page, label)| [Object::Integer(page as i64), Object::Dictionary(entry(label))]);
    let id = file.reserve();
    file.object(id, dictionary([("Nums", Object::Array(entries.collect()))]));
    Some(id)
}

/// The first page of each run of labels that count on.
fn ranges(labels: &[PageLabel]) -> Vec<(usize, &PageLabel)> {
    let mut ranges = Vec::new();
    let mut before: Option<&PageLabel> = None;
    for (page, label) in labels.iter().enumerate() {
        let goes_on = before.is_some_and(|before| {
            before.style == label.style
                && before.number.checked_add(1) == Some(label.number)
                && numbering(before).is_some()
                && numbering(label).is_some()
        });
        if !goes_on {
            ranges.push((page, label));
        }
        before = Some(label);
    }
    ranges
}

/// The numbering of the standard that writes a label as it is printed.
fn numbering(label: &PageLabel) -> Option<&'static str> {
    // After z, the standard goes on with aa, bb, cc.
    let letters = label.number <= 26;
    let style = match label.style {
        ListStyle::Decimal => "D",
        ListStyle::UpperRoman => "R",
        ListStyle::LowerRoman => "r",
        ListStyle::UpperAlpha if letters => "A",
        ListStyle::LowerAlpha if letters => "a",
        _ => return None,
    };
    (label.number >= 1).then_some(style)
}

fn entry(label: &PageLabel) -> Dictionary {
    match numbering(label) {
        Some(style) => {
            dictionary([("S", name(style)), ("St", Object::Integer(i64::from(label.number)))])
        }
        None => dictionary([("P", text(&format_counter(label.number, &label.style)))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_roman_front_matter_start_where_the_numbers_do() {
        let label = |number, style| PageLabel { number, style };
        let labels = [
            label(1, ListStyle::LowerRoman),
            label(2, ListStyle::LowerRoman),
            label(1, ListStyle::Decimal),
            label(2, ListStyle::Decimal),
            label(0, ListStyle::Decimal),
        ];
        let starts: Vec<usize> = ranges(&labels).iter().map(|(page, _)| *page).collect();
        assert_eq!(starts, [0, 2, 4]);
        assert_eq!(numbering(&labels[4]), None);
        assert_eq!(numbering(&label(27, ListStyle::LowerAlpha)), None);
    }
}
