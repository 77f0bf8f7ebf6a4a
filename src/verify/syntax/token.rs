//! The tokens of PDF syntax as they stand in the file (ISO 32000-1 7.2, 7.3), without making
//! objects of them: what the rules about bytes ask is lost in objects.

use memchr::memchr;

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A whole or real number, as written.
    Number(&'a [u8]),
    /// A name, as written, without its solidus.
    Name(&'a [u8]),
    /// A string in parentheses, and how many bytes it stands for.
    Literal(usize),
    /// A string in angle brackets.
    Hex {
        /// How many characters it has that are no white space.
        digits: usize,
        /// Whether all of them are hexadecimal digits.
        pure: bool,
    },
    /// `<<`
    DictOpen,
    /// `>>`
    DictClose,
    /// `[`
    ArrayOpen,
    /// `]`
    ArrayClose,
    /// `obj`, `true`, `R`, …, and whatever else is no token.
    Word(&'a [u8]),
}

/// Reads tokens one by one, in time linear in their length.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

const SPACE: u8 = 1;
const DELIMITER: u8 = 2;
const NUMERIC: u8 = 4;
const HEX: u8 = 8;

/// What each byte is. Every byte of a file that is not packed is looked up here.
const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            0 | 9 | 10 | 12 | 13 | 32 => SPACE,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => DELIMITER,
            b'0'..=b'9' => NUMERIC | HEX,
            b'+' | b'-' | b'.' => NUMERIC,
            b'A'..=b'F' | b'a'..=b'f' => HEX,
            _ => 0,
        };
        byte += 1;
    }
    classes
}

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// White space (ISO 32000-1 table 1).
pub fn is_space(byte: u8) -> bool {
    class(byte) == SPACE
}

/// A byte that ends a line.
pub fn is_eol(byte: u8) -> bool {
    matches!(byte, 10 | 13)
}

fn is_regular(byte: u8) -> bool {
    class(byte) & (SPACE | DELIMITER) == 0
}

impl<'a> Tokens<'a> {
    /// Reads `bytes` from `at`.
    pub fn new(bytes: &'a [u8], at: usize) -> Tokens<'a> {
        Tokens { bytes, at }
    }

    /// Where the next token is looked for.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The next byte.
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Skips white space and comments.
    pub fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => self.skip_while(|byte| !is_eol(byte)),
                _ if is_space(byte) => self.at += 1,
                _ => break,
            }
        }
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !wanted(*byte)).unwrap_or(rest.len());
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        self.skip_while(is_regular);
        // A stray delimiter is a word of its own, so that reading goes on.
        self.at = self.at.max(start + 1).min(self.bytes.len());
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// What begins like a number, and is one unless other letters stand in it.
    fn number(&mut self) -> Token<'a> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let mut all = NUMERIC;
        let end = rest.iter().position(|byte| {
            let class = class(*byte);
            let ended = class & (SPACE | DELIMITER) != 0;
            if !ended {
                all &= class;
            }
            ended
        });
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        if all & NUMERIC != 0 { Token::Number(word) } else { Token::Word(word) }
    }

    fn literal(&mut self) -> Token<'a> {
        let (mut open, mut count) = (1_usize, 0);
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => match self.peek() {
                    Some(b'0'..=b'7') => {
                        let octal = |byte: &&u8| (b'0'..=b'7').contains(*byte);
                        let rest = self.bytes.get(self.at..).unwrap_or_default();
                        self.at += rest.iter().take(3).take_while(octal).count();
                        count += 1;
                    }
                    Some(b'\r') => {
                        self.at += 1;
                        if self.peek() == Some(b'\n') {
                            self.at += 1;
                        }
                    }
                    Some(b'\n') => self.at += 1,
                    _ => {
                        self.at += 1;
                        count += 1;
                    }
                },
                b'(' => {
                    open += 1;
                    count += 1;
                }
                b')' if open == 1 => break,
                b')' => {
                    open -= 1;
                    count += 1;
                }
                _ => count += 1,
            }
        }
        Token::Literal(count)
    }

    fn hex(&mut self) -> Token<'a> {
        self.at += 1;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = memchr(b'>', rest);
        let text = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.at += text.len() + usize::from(end.is_some());
        let (mut digits, mut pure) = (0, true);
        for byte in text {
            let class = class(*byte);
            digits += usize::from(class != SPACE);
            pure &= class & (SPACE | HEX) != 0;
        }
        Token::Hex { digits, pure }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    #[inline]
    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        let byte = self.peek()?;
        if class(byte) & NUMERIC != 0 {
            return Some(self.number());
        }
        let doubled = self.bytes.get(self.at + 1) == Some(&byte);
        Some(match byte {
            b'/' => {
                self.at += 1;
                let start = self.at;
                self.skip_while(is_regular);
                Token::Name(self.bytes.get(start..self.at).unwrap_or_default())
            }
            b'(' => self.literal(),
            b'<' if doubled => {
                self.at += 2;
                Token::DictOpen
            }
            b'<' => self.hex(),
            b'>' if doubled => {
                self.at += 2;
                Token::DictClose
            }
            b'[' => {
                self.at += 1;
                Token::ArrayOpen
            }
            b']' => {
                self.at += 1;
                Token::ArrayClose
            }
            _ => Token::Word(self.word()),
        })
    }
}

/// A whole number, when it is one that a file can hold.
pub fn whole(number: &[u8]) -> Option<i64> {
    std::str::from_utf8(number).ok()?.parse().ok()
}

/// How many bytes a name stands for once `#` and two digits are taken for one.
pub fn name_len(name: &[u8]) -> usize {
    let is_escape = |window: &&[u8]| matches!(window, [b'#', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    name.len() - 2 * name.windows(3).filter(is_escape).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token<'_>> {
        Tokens::new(text.as_bytes(), 0).collect()
    }

    #[test]
    fn tokens_dictionary_are_told_apart() {
        assert_eq!(
            tokens("<</A -1.5/B[<4 1>(a\\)b\\101)]% no\n>>R"),
            [
                Token::DictOpen,
                Token::Name(b"A"),
                Token::Number(b"-1.5"),
                Token::Name(b"B"),
                Token::ArrayOpen,
                Token::Hex { digits: 2, pure: true },
                Token::Literal(4),
                Token::ArrayClose,
                Token::DictClose,
                Token::Word(b"R"),
            ]
        );
    }

    #[test]
    fn tokens_unclosed_or_stray_end() {
        assert_eq!(tokens("(a(b)"), [Token::Literal(4)]);
        assert_eq!(tokens("<4g"), [Token::Hex { digits: 2, pure: false }]);
        assert_eq!(tokens(")}"), [Token::Word(b")"), Token::Word(b"}")]);
        assert_eq!(tokens("(\\"), [Token::Literal(1)]);
    }

    #[test]
    fn name_len_escapes_count_once() {
        assert_eq!(name_len(b"A#20B"), 3);
        assert_eq!(name_len(b"A#2"), 3);
    }
}
