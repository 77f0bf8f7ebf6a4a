//! Names of files in the output folder: values made safe for them, and what no name may be.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest name of one file that common file systems keep, in bytes.
const MAX_NAME: usize = 255;

/// Names that Windows keeps for devices, whatever their ending.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A value as part of a file's name: accents are taken from Latin letters, everything that is no
/// letter, digit, `-`, `_` or `.` becomes a hyphen. May be empty.
pub(super) fn safe(value: &str) -> String {
    let mut name = String::with_capacity(value.len());
    let mut latin = false;
    for letter in value.nfd() {
        match letter {
            // A mark belongs to its letter; only Latin letters are plain without it.
            mark if is_combining_mark(mark) => {
                if !latin {
                    name.push(mark);
                }
                continue;
            }
            letter if letter.is_alphanumeric() || matches!(letter, '_' | '.') => {
                match plain_letters(letter) {
                    Some(plain) => name.push_str(plain),
                    None => name.push(letter),
                }
            }
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
        latin = letter.is_ascii_alphabetic();
    }
    let name = name.trim_matches(['-', '.']);
    name.nfc().collect()
}

/// Latin letters that are no plain letter with an accent.
fn plain_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' => "o",
        'Ø' => "O",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ß' => "ss",
        'ð' | 'đ' => "d",
        'Ð' | 'Đ' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'ł' => "l",
        'Ł' => "L",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'ŋ' => "n",
        'Ŋ' => "N",
        _ => return None,
    })
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
    name.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect()
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
