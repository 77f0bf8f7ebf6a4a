//! Each code has a text (ISO 14289-1 7.21.7, ISO 19005-2 6.2.11.7.2).

use super::Examined;
use super::glyphs::told;
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    UA_MAPPED = "ua1:7.21.7-1", "7.21.7", Levels::UA1, Checked,
        "the font tells the text of each code that is shown",
        "let the producer write a /ToUnicode CMap that holds all codes of the font";
    A_MAPPED = "a:6.2.11.7.2-1", "6.2.11.7.2", Levels::UNICODE, Checked,
        "the font tells the text of each code that is shown",
        "let the producer write a /ToUnicode CMap that holds all codes of the font";
    UA_LETTER = "ua1:7.21.7-2", "7.21.7", Levels::UA1, Checked,
        "no code stands for U+0000, U+FEFF or U+FFFE",
        "let the producer write the letters that the glyphs show into /ToUnicode";
    A_LETTER = "a:6.2.11.7.2-2", "6.2.11.7.2", Levels::UNICODE, Checked,
        "no code stands for U+0000, U+FEFF or U+FFFE",
        "let the producer write the letters that the glyphs show into /ToUnicode";
}

/// Checks each code that is shown, visibly or not.
pub fn check(examined: &Examined<'_>, findings: &mut Findings) {
    if !findings.asks(Levels::UA1.with(Levels::UNICODE)) {
        return;
    }
    let mut text = String::new();
    for shown in examined.codes {
        text.clear();
        examined.decoder.push_text(shown.code, &mut text);
        if !examined.decoder.is_told(shown.code) {
            findings.push_each(&[&UA_MAPPED, &A_MAPPED], &examined.place, || {
                format!(
                    "{} of {} has no text that is told by /ToUnicode or by its glyph's name",
                    told(examined, shown.code),
                    examined.font.title()
                )
            });
        } else if let Some(letter) =
            text.chars().find(|letter| matches!(letter, '\0' | '\u{feff}' | '\u{fffe}'))
        {
            findings.push_each(&[&UA_LETTER, &A_LETTER], &examined.place, || {
                format!(
                    "code 0x{:X} of {} stands for U+{:04X}",
                    shown.code.value,
                    examined.font.title(),
                    u32::from(letter)
                )
            });
        }
    }
}
