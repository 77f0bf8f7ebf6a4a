//! Latin letters without their accents, for ids and for names of files. Owns
//! `unicode-normalization`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text with the accents taken from its Latin letters. Other scripts stay as they are: their
/// letters are not plain without their marks. The result is in Unicode's form NFC.
pub fn plain(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut latin = false;
    for letter in text.nfd() {
        match plain_letters(letter) {
            _ if is_combining_mark(letter) => {
                if !latin {
                    made.push(letter);
                }
                continue;
            }
            Some(letters) => made.push_str(letters),
            None => made.push(letter),
        }
        latin = letter.is_ascii_alphabetic();
    }
    made.nfc().collect()
}

/// The text in Unicode's form NFKC, in which letters that look alike are the same.
pub fn composed(text: &str) -> String {
    text.nfkc().collect()
}

/// Whether a character is a mark on the letter before it.
pub fn is_mark(letter: char) -> bool {
    is_combining_mark(letter)
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

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_takes_accents_from_latin_letters_only() {
        assert_eq!(plain("Ærø, André, Łódź"), "Aero, Andre, Lodz");
        assert_eq!(plain("\u{627}\u{654} й"), "\u{623} й");
    }
}
