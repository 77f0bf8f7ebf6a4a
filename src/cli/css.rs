//! `dossier css`: the supported CSS, property by property, and all else that a stylesheet is made of.

use std::io::Write;

use crate::markup;
use crate::style::{self, Notation};

use super::Ended;

/// Prints the tables.
pub fn run() -> Ended {
    // Nothing can be done when standard output is closed.
    let _ = std::io::stdout().write_all(text().as_bytes());
    Ended::Done
}

/// Lines are no longer than this, where that can be.
const WIDTH: usize = 96;

fn text() -> String {
    let mut text = String::from("PROPERTIES\n\n");
    let entries = style::SUPPORTED.iter().map(|row| {
        let notes = if row.notes.is_empty() { String::new() } else { format!("  ({})", row.notes) };
        (row.property, format!("{}{notes}", row.values))
    });
    rows(entries.collect(), &mut text);
    text.push_str(
        "\nAll of them take inherit, initial, unset, revert, revert-layer and var() as well.\n",
    );
    for (title, notations) in [
        ("SELECTORS", style::SELECTORS),
        ("PSEUDO-ELEMENTS", style::PSEUDO_ELEMENTS),
        ("AT-RULES", style::AT_RULES),
        ("FUNCTIONS", style::FUNCTIONS),
        ("COLOURS", style::COLORS),
    ] {
        table(title, notations, &mut text);
    }
    list("UNITS", style::UNITS.iter().copied(), &mut text);
    list("COUNTER STYLES", style::counter_styles(), &mut text);
    list("ELEMENTS OF HTML", markup::known_elements(), &mut text);
    text.push_str("\nELEMENTS THAT ARE LEFT OUT, with a warning\n\n");
    rows(markup::left_out().map(|(name, why)| (name, why.to_owned())).collect(), &mut text);
    let title = "PROPERTIES WITHOUT MEANING ON PAPER, known and left out without a word";
    list(title, style::SCREEN_ONLY.iter().copied(), &mut text);
    text.push_str("\nPROPERTIES THAT ARE NOT SUPPORTED, with a warning, as all others are\n\n");
    rows(style::WITHOUT.iter().map(|(name, way)| (*name, (*way).to_owned())).collect(), &mut text);
    text
}

fn table(title: &str, notations: &[Notation], text: &mut String) {
    text.push_str(&format!("\n{title}\n\n"));
    rows(notations.iter().map(|one| (one.written, one.notes.to_owned())).collect(), text);
}

/// Two columns.
fn rows(entries: Vec<(&str, String)>, text: &mut String) {
    let width = entries.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, words) in entries {
        text.push_str(format!("{name:width$}  {words}").trim_end());
        text.push('\n');
    }
}

/// Words one after the other.
fn list<'a>(title: &str, words: impl Iterator<Item = &'a str>, text: &mut String) {
    text.push_str(&format!("\n{title}\n\n"));
    let mut column = 0;
    for word in words {
        let length = word.chars().count() + 1;
        if column > 0 && column + length > WIDTH {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    #[test]
    fn page_of_the_documentation_is_what_is_printed() {
        let page = include_str!("../../docs/css.md");
        assert!(
            page.contains(&super::text()),
            "put the output of `dossier css` into docs/css.md, between the lines of backticks"
        );
    }
}
