//! `::first-letter` (CSS Pseudo-Elements 4 §2.2): the first letter of a block, with the punctuation
//! around it, in a style of its own; most often a drop cap.

use unicode_script::{Script, UnicodeScript};

use crate::layout::boxes::BoxExtra;
use crate::style::{Display, WhiteSpace};

use super::boxes::Generator;
use super::floats::is_float;
use super::flow::Flow;
use super::tags::Around;

impl Generator<'_> {
    /// Sets the first letter of the block that is being filled, when `text` is where it starts, and
    /// gives what is left of the text. Letters and text stay in the same structure element, so
    /// that the word is read as one.
    pub(super) fn first_letter<'t>(
        &mut self,
        flow: &mut Flow,
        text: &'t str,
        around: &Around,
    ) -> &'t str {
        let Some(style) = flow.first_letter.take() else { return text };
        let (space, letters, rest) = split(text);
        let computed = self.styles.get(style).clone();
        let hidden = computed.display == Display::None;
        if letters.is_empty() || hidden || flow.line.has_content() {
            return text;
        }
        if matches!(computed.white_space, WhiteSpace::Pre | WhiteSpace::PreWrap) {
            flow.line.text(space, style, &computed, around.mark());
        }
        if is_float(&computed) && !flow.blockifies {
            let mut inner = Flow::new(style, around.clone());
            inner.line.text(letters, style, &computed, around.mark());
            let content = self.finish_flow(inner, style, None, around, BoxExtra::default());
            self.float(flow, content);
        } else {
            flow.line.open(style, None);
            flow.line.text(letters, style, &computed, around.mark());
            flow.line.close();
        }
        rest
    }
}

/// White space before the first letter, the letter with what belongs to it, and the rest.
fn split(text: &str) -> (&str, &str, &str) {
    let is_space = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}');
    let start = text.len() - text.trim_start_matches(is_space).len();
    let (mut end, mut has_letter) = (start, false);
    for letter in text[start..].chars() {
        let is_mark = letter.script() == Script::Inherited;
        match (has_letter, is_mark || is_punctuation(letter)) {
            (_, true) => {}
            (false, false) if !letter.is_whitespace() => has_letter = true,
            _ => break,
        }
        end += letter.len_utf8();
    }
    if !has_letter {
        end = start;
    }
    (&text[..start], &text[start..end], &text[end..])
}

/// Punctuation that goes with the letter that it touches.
fn is_punctuation(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '.' | ',' | ':' | ';' | '!' | '?'
    ) || matches!(letter, '«' | '»' | '¡' | '¿' | '…' | '‘'..='‟' | '‹' | '›')
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn split_takes_punctuation_and_marks_with_the_letter() {
        assert_eq!(split("\n “Once upon"), ("\n ", "“O", "nce upon"));
        assert_eq!(split("E\u{301}tude"), ("", "E\u{301}", "tude"));
        assert_eq!(split("A. B"), ("", "A.", " B"));
        assert_eq!(split("… "), ("", "", "… "));
    }
}
