//! How deep dictionaries lie in one another. The reader follows [`DEEPEST`] levels and no more, and
//! meets what lies deeper again and again while it looks for objects, so that a file of a few
//! megabytes could take minutes: it is refused before it is read.

use memchr::{memchr3, memmem};

/// As deep as the reader follows; sound files need a tenth of it.
pub const DEEPEST: usize = 512;

/// The longest string that is passed over in one go: what is longer is no string, but an opening
/// bracket somewhere in other data.
const STRING: usize = 1 << 16;

/// So many strings that are not closed are looked at.
const UNCLOSED: usize = 64;

/// Whether dictionaries lie deeper in one another than can be read. Streams are passed over.
pub fn is_too_deep(bytes: &[u8]) -> bool {
    // Most files are told to be sound by how few dictionaries begin outside of compressed streams.
    if memmem::find_iter(bytes, b"<<").take(DEEPEST + 1).count() <= DEEPEST {
        return false;
    }
    let ending = memmem::Finder::new(b"endstream");
    let mut depth = 0_usize;
    let mut outermost = 0;
    // Searches that found no end are not made over and over.
    let (mut cut_off, mut unclosed) = (false, 0);
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr3(b'<', b'>', b'(', rest)) {
        at += next;
        let rest = bytes.get(at..).unwrap_or_default();
        at += match rest {
            [b'<', b'<', ..] => {
                if depth == 0 {
                    outermost = at;
                }
                depth += 1;
                if depth > DEEPEST {
                    let all = bytes.get(outermost..at).unwrap_or_default();
                    // Dictionaries that are not closed end with the object that they stand in.
                    if memmem::find(all, b"endobj").is_none() {
                        return true;
                    }
                    depth = 0;
                }
                2
            }
            [b'>', b'>', rest @ ..] => {
                depth = depth.saturating_sub(1);
                let after = if cut_off { &[] } else { rest };
                2 + match stream(after, &ending) {
                    Some(length) => length,
                    None => {
                        cut_off = true;
                        0
                    }
                }
            }
            [b'(', inner @ ..] if unclosed < UNCLOSED => match string(inner) {
                Some(length) => 1 + length,
                None => {
                    unclosed += 1;
                    1
                }
            },
            _ => 1,
        };
    }
    false
}

/// How many bytes a stream takes that begins here, after white space; `None` when it has no end.
fn stream(after: &[u8], ending: &memmem::Finder<'_>) -> Option<usize> {
    if !after.trim_ascii_start().starts_with(b"stream") {
        return Some(0);
    }
    ending.find(after)
}

/// How many bytes the rest of a string takes, behind its opening bracket; `None` when it is not
/// closed.
fn string(inner: &[u8]) -> Option<usize> {
    let mut open = 1_usize;
    let mut escaped = false;
    for (at, byte) in inner.iter().take(STRING).enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::document::Unreadable;
    use crate::verify::level::Levels;
    use crate::verify::verify;

    fn nested(depth: usize) -> String {
        format!("{}1{}", "<</A ".repeat(depth), ">>".repeat(depth))
    }

    #[test]
    fn dictionaries_are_counted_in_one_another() {
        assert!(!is_too_deep(nested(DEEPEST).repeat(3).as_bytes()));
        assert!(is_too_deep(nested(DEEPEST + 1).as_bytes()));
        assert!(is_too_deep("<</A ".repeat(DEEPEST + 1).as_bytes()));
    }

    #[test]
    fn what_is_no_dictionary_is_not_counted() {
        let many = "<<".repeat(DEEPEST + 1);
        assert!(!is_too_deep(format!("<</A ({many}\\))>>").as_bytes()));
        assert!(!is_too_deep(format!("<<>>\nstream\n{many}\nendstream").as_bytes()));
        assert!(!is_too_deep("<</A <41>\nendobj\n".repeat(DEEPEST + 1).as_bytes()));
        assert!(is_too_deep(format!("<<>>stream\n(\nendstream {many}").as_bytes()));
    }

    #[test]
    fn cost_grows_with_the_length() {
        assert!(!is_too_deep("(".repeat(2_000_000).as_bytes()));
        assert!(!is_too_deep(">>stream".repeat(500_000).as_bytes()));
    }

    #[test]
    fn file_that_is_nested_too_deep_is_refused_at_once() {
        let file = format!("%PDF-1.7\n1 0 obj\n{}\nendobj\n", nested(1_000_000));
        assert_eq!(verify(file.into_bytes(), Levels::NONE).err(), Some(Unreadable::TooDeep));
    }
}
