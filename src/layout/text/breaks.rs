//! Where a line may end (UAX 14), whatever the width.

use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::style::WordBreak;

/// The places at which a line may end, in the order of the text.
pub(super) enum Breaks {
    /// Only after white space.
    AfterSpaces,
    /// At these bytes.
    At(Vec<u32>),
}

/// Finds the opportunities; the text's start and end are none.
pub(super) fn breaks(text: &str, word_break: WordBreak) -> Breaks {
    if word_break != WordBreak::BreakAll && breaks_after_spaces_only(text) {
        return Breaks::AfterSpaces;
    }
    let places = segmenter(word_break, text.chars().any(needs_dictionary));
    let places = places.segment_str(text).filter(|at| (1..text.len()).contains(at));
    Breaks::At(places.filter_map(|at| u32::try_from(at).ok()).collect())
}

/// Whether a letter stands in a square of its own: ideographs, kana, and the punctuation among them
/// (CSS Text 4 §8.5). Lines of such letters are justified between them.
pub(super) fn is_square(letter: char) -> bool {
    matches!(letter, '\u{2E80}'..='\u{312F}' | '\u{31A0}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{1B000}'..='\u{1B16F}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a letter belongs to a script that puts no spaces between words (UAX 14 class SA): Thai,
/// Lao, Burmese, Khmer.
fn needs_dictionary(letter: char) -> bool {
    matches!(letter, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}')
}

fn segmenter(word_break: WordBreak, dictionary: bool) -> LineSegmenterBorrowed<'static> {
    let mut options = LineBreakOptions::default();
    options.word_option = Some(match word_break {
        WordBreak::Normal => LineBreakWordOption::Normal,
        WordBreak::BreakAll => LineBreakWordOption::BreakAll,
        WordBreak::KeepAll => LineBreakWordOption::KeepAll,
    });
    if dictionary {
        return LineSegmenter::new_dictionary(options);
    }
    LineSegmenter::new_for_non_complex_scripts(options)
}

/// What a character is to the short way of finding breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Edge,
    Space,
    Letter,
    Digit,
    /// `,` `.` `:` `;`: UAX 14 class IS.
    Infix,
    /// `-` and `/`: classes HY and SY.
    Joint,
    Open,
    Close,
    Other,
}

fn kind(character: char) -> Kind {
    match character {
        ' ' => Kind::Space,
        'a'..='z' | 'A'..='Z' => Kind::Letter,
        '0'..='9' => Kind::Digit,
        '.' | ',' | ':' | ';' => Kind::Infix,
        '-' | '/' => Kind::Joint,
        '(' => Kind::Open,
        ')' => Kind::Close,
        '\u{D7}' | '\u{F7}' => Kind::Other,
        '\u{C0}'..='\u{17F}' => Kind::Letter,
        _ => Kind::Other,
    }
}

/// Whether UAX 14 gives an opportunity after each run of spaces and nowhere else: so in words of
/// Latin letters and digits with commas and stops after them, in dates and in brackets around
/// words (LB7, LB13, LB14, LB18, LB25, LB28–LB30).
fn breaks_after_spaces_only(text: &str) -> bool {
    let mut before = Kind::Edge;
    let mut pending = Kind::Edge;
    // Looks at each character with its neighbours; `pending` waits for the one after it.
    for next in text.chars().map(kind).chain([Kind::Edge]) {
        if !is_plain(before, pending, next) {
            return false;
        }
        (before, pending) = (pending, next);
    }
    true
}

fn is_plain(before: Kind, kind: Kind, after: Kind) -> bool {
    let in_word = |kind| matches!(kind, Kind::Letter | Kind::Digit);
    match kind {
        Kind::Edge | Kind::Space | Kind::Letter | Kind::Digit => true,
        Kind::Infix => {
            matches!(before, Kind::Letter | Kind::Digit | Kind::Close)
                && (in_word(after) && before != Kind::Close
                    || matches!(after, Kind::Space | Kind::Edge))
        }
        Kind::Joint => before == Kind::Digit && after == Kind::Digit,
        Kind::Open => matches!(before, Kind::Space | Kind::Edge) && in_word(after),
        Kind::Close => in_word(before) && matches!(after, Kind::Space | Kind::Edge | Kind::Infix),
        Kind::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_icu(text: &str) -> Vec<usize> {
        let segmenter = segmenter(WordBreak::Normal, false);
        segmenter.segment_str(text).filter(|at| (1..text.len()).contains(at)).collect()
    }

    fn after_spaces(text: &str) -> Vec<usize> {
        let bytes = text.as_bytes();
        (1..bytes.len()).filter(|at| bytes[at - 1] == b' ' && bytes[*at] != b' ').collect()
    }

    proptest! {
        #[test]
        fn short_way_equals_uax_14(text in "[a-cA-Z0-9 .,:;/()æøÅéŧ-]{0,24}") {
            if breaks_after_spaces_only(&text) {
                prop_assert_eq!(by_icu(&text), after_spaces(&text));
            }
        }
    }

    #[test]
    fn square_letters_are_parted_but_for_their_punctuation() {
        let parts = |text: &str| {
            let Breaks::At(places) = breaks(text, WordBreak::Normal) else { return Vec::new() };
            let ends = places.iter().map(|at| *at as usize).chain([text.len()]);
            let mut start = 0;
            ends.map(|end| text[std::mem::replace(&mut start, end)..end].to_owned()).collect()
        };
        assert_eq!(parts("裁判所です。"), ["裁", "判", "所", "で", "す。"]);
        assert_eq!(parts("「法」と（12年）"), ["「法」", "と", "（12", "年）"]);
        assert!("裁です。「Ａ".chars().all(is_square) && !"a1é…한".chars().any(is_square));
    }

    #[test]
    fn thai_breaks_between_words() {
        let Breaks::At(places) = breaks("ความยุติธรรม", WordBreak::Normal)
        else {
            panic!()
        };
        assert!(!places.is_empty());
        assert!(places.iter().all(|at| "ความยุติธรรม".is_char_boundary(*at as usize)));
    }

    #[test]
    fn short_way_takes_ordinary_sentences() {
        for text in ["Åse Øverli, 12/12/2016 (Oslo)", "40-45 participants.", "Kl. 14:30; rom 3"] {
            assert!(breaks_after_spaces_only(text), "{text}");
            assert_eq!(by_icu(text), after_spaces(text), "{text}");
        }
        for text in ["well-known", "a/b", "Task(1)", "x – y", "a \u{201c}b"] {
            assert!(!breaks_after_spaces_only(text), "{text}");
        }
    }

    #[test]
    fn letters_of_the_short_way_are_alphabetic_to_uax_14() {
        for character in '\u{C0}'..='\u{17F}' {
            if kind(character) == Kind::Letter {
                let text = format!("a{character}a 1{character}1 {character}");
                assert_eq!(by_icu(&text), after_spaces(&text), "{character}");
            }
        }
    }
}
