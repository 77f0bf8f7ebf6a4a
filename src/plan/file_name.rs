//! Names of files in the output folder: values made safe for them, and what no name may be.

use crate::plain::{composed, is_mark, plain};

/// The longest name of one file that common file systems keep, in bytes.
const MAX_NAME: usize = 255;

/// Names that Windows keeps for devices, whatever their ending.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A value as part of a file's name: accents are taken from Latin letters, everything that is no
/// letter, digit, `-`, `_` or `.` becomes a hyphen. May be empty.
pub(super) fn safe(value: &str) -> String {
    let mut name = String::with_capacity(value.len());
    for letter in plain(value).chars() {
        let stays = letter.is_alphanumeric() || is_mark(letter) || matches!(letter, '_' | '.');
        if stays {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches(['-', '.']);
    name.to_owned()
}

/// What is wrong with a name in the output folder, as the rest of "the name …".
pub(super) fn fault_of(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("is empty".to_owned());
    }
    if let Some(control) = name.chars().find(|letter| letter.is_control()) {
        return Some(format!("holds a control character (U+{:04X})", u32::from(control)));
    }
    if let Some(fault) = leaves_folder(name) {
        return Some(fault);
    }
    if let Some(sign) = name.chars().find(|letter| "<>:\"|?*\\".contains(*letter)) {
        return Some(format!("holds “{sign}”, which some systems do not allow"));
    }
    let extension = name.rsplit('/').next().and_then(|file| file.rsplit_once('.'));
    match extension {
        Some((stem, extension)) if !stem.is_empty() && extension.eq_ignore_ascii_case("pdf") => {}
        _ => return Some("does not end with .pdf".to_owned()),
    }
    name.split('/').find_map(segment_fault)
}

/// Whether a path points out of its folder.
pub(super) fn leaves_folder(path: &str) -> Option<String> {
    if path.starts_with(['/', '\\', '~']) {
        return Some("starts outside the folder".to_owned());
    }
    let bytes = path.as_bytes();
    if bytes.get(1) == Some(&b':') && bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return Some("starts with a drive".to_owned());
    }
    path.split(['/', '\\'])
        .any(|step| step == "..")
        .then(|| "leads out of the folder with “..”".to_owned())
}

fn segment_fault(segment: &str) -> Option<String> {
    let stem = segment.split('.').next().unwrap_or_default().trim().to_ascii_lowercase();
    let port = |name: &str| {
        let number = stem.strip_prefix(name).and_then(|rest| rest.parse::<u8>().ok());
        number.is_some_and(|number| (1..=9).contains(&number))
    };
    if segment.is_empty() {
        Some("has an empty folder name".to_owned())
    } else if segment == "." {
        Some("has “.” as a folder name".to_owned())
    } else if segment.ends_with(['.', ' ']) || segment.starts_with(' ') {
        Some("has a part that starts or ends with a space, or ends with a dot".to_owned())
    } else if RESERVED.contains(&stem.as_str()) || port("com") || port("lpt") {
        Some(format!("has “{segment}” in it, which Windows keeps for a device"))
    } else if segment.len() > MAX_NAME {
        Some(format!("has a part of more than {MAX_NAME} bytes"))
    } else {
        None
    }
}

/// Two names with one key are one file on some system: letter case and the way of writing accents
/// do not tell files apart everywhere.
pub(super) fn key(name: &str) -> String {
    // Upper case first brings together letters with several lower-case forms.
    let name = composed(name);
    let folded: String =
        name.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
    composed(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_safe_names() {
        let cases = [
            ("Punjab police", "Punjab-police"),
            ("Åse Bjørnsdóttir", "Ase-Bjornsdottir"),
            ("Șerban / Țurcanu", "Serban-Turcanu"),
            ("Straße 5", "Strasse-5"),
            ("../../etc/passwd", "etc-passwd"),
            ("a\0b\u{202E}c", "a-b-c"),
            ("Київ", "Київ"),
            ("..", ""),
            (" – ", ""),
            ("v1.2_x", "v1.2_x"),
        ];
        for (value, name) in cases {
            assert_eq!(safe(value), name, "{value:?}");
        }
    }

    #[test]
    fn names_that_leave_the_folder_or_fit_no_system_are_refused() {
        for name in [
            "",
            "../a.pdf",
            "a/../../b.pdf",
            "/a.pdf",
            "\\a.pdf",
            "C:a.pdf",
            "c:/a.pdf",
            "a//b.pdf",
            "./a.pdf",
            "con.pdf",
            "x/LPT1.pdf",
            "a?.pdf",
            "a\u{7}.pdf",
            "a.txt",
            ".pdf",
            "a /b.pdf",
            "a./b.pdf",
            "a\\b.pdf",
            "~/a.pdf",
        ] {
            assert!(fault_of(name).is_some(), "{name:?}");
        }
        assert!(fault_of(&format!("{}.pdf", "x".repeat(260))).is_some());
        for name in
            ["a.pdf", "mandates/punjab-police.pdf", "a..b.pdf", "COM10.pdf", "Å.PDF", "console.pdf"]
        {
            assert_eq!(fault_of(name), None, "{name:?}");
        }
    }

    #[test]
    fn keys_ignore_case_and_composition() {
        assert_eq!(key("Åse.pdf"), key("a\u{30A}SE.PDF"));
        assert_eq!(key("straße.pdf"), key("STRASSE.pdf"));
        assert_ne!(key("a.pdf"), key("b.pdf"));
    }
}
