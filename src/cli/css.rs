//! `dossier css`: the supported CSS, property by property.

use std::io::Write;

use crate::style::SUPPORTED;

use super::Ended;

/// Prints the table.
pub fn run() -> Ended {
    // Nothing can be done when standard output is closed.
    let _ = std::io::stdout().write_all(text().as_bytes());
    Ended::Done
}

fn text() -> String {
    let width = SUPPORTED.iter().map(|entry| entry.property.len()).max().unwrap_or(0);
    let mut text = String::new();
    for entry in SUPPORTED {
        text.push_str(&format!("{:width$}  {}", entry.property, entry.values));
        if !entry.notes.is_empty() {
            text.push_str(&format!("  ({})", entry.notes));
        }
        text.push('\n');
    }
    text
}
