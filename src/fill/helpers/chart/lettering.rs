//! How wide letters are, about, in the sans serif of the house: charts are drawn before any font
//! is read.

/// The width of `text` at `size`.
pub(in crate::fill) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// A letter's width in ems, a little generous.
fn em(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' => 0.27,
        ' ' | '\u{a0}' => 0.21,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | 'J' => 0.36,
        's' | 'c' | 'z' | 'x' | 'v' | 'k' | 'y' => 0.48,
        '0'..='9' => 0.5,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | 'æ' | 'Æ' | 'œ' => 0.86,
        'A'..='Z' | 'Å' | 'Ø' | 'Ä' | 'Ö' => 0.62,
        letter if (letter as u32) < 0x2000 => 0.56,
        _ => 1.0,
    }
}

/// Words on lines of at most `room`; a word that is longer stands alone.
pub(in crate::fill) fn wrap(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(word, size) + 0.21 * size <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrap_keeps_lines_within_the_room() {
        let lines = wrap("Norwegian Police University College, Oslo", 80.0, 8.5);
        assert!(lines.len() >= 2 && lines.iter().all(|line| width(line, 8.5) <= 80.0), "{lines:?}");
        assert_eq!(wrap("Politihøgskolen", 5.0, 8.5), ["Politihøgskolen"]);
        assert!(wrap(" ", 5.0, 8.5).is_empty());
    }
}
