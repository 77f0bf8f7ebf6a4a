//! A page's or a form's content: the operators that pages are full of as text, all others as
//! printpdf's operations.
//!
//! An operation of printpdf allocates for each of its operands, and a table has four operators in
//! each cell; text passes through printpdf as it stands, as the key of an operation that it does
//! not know. That key is a string, so the text is ASCII: other bytes of strings are escaped.

use printpdf::Op;

/// Content while it is written.
#[derive(Debug, Default)]
pub(super) struct Content {
    ops: Vec<Op>,
    /// What follows the last of `ops`, each operator with a line's end.
    text: Vec<u8>,
}

impl Content {
    /// Adds an operation.
    pub(super) fn push(&mut self, op: Op) {
        self.end_text();
        self.ops.push(op);
    }

    /// The text that operators are appended to: only ASCII, and a line's end after each operator.
    pub(super) fn text(&mut self) -> &mut Vec<u8> {
        &mut self.text
    }

    /// Adds an operator with numbers as operands, each in units of the last of its `decimals`.
    pub(super) fn numbers(&mut self, operands: &[i64], decimals: usize, operator: &str) {
        for &operand in operands {
            push_decimal(&mut self.text, operand, decimals);
            self.text.push(b' ');
        }
        self.operator(operator);
    }

    /// Adds an operator whose operands stand there already or that has none.
    pub(super) fn operator(&mut self, operator: &str) {
        self.text.extend_from_slice(operator.as_bytes());
        self.text.push(b'\n');
    }

    /// All of it as operations.
    pub(super) fn into_ops(mut self) -> Vec<Op> {
        self.end_text();
        self.ops
    }

    fn end_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.text);
        // printpdf adds a line's end between operations.
        text.pop();
        debug_assert!(text.is_ascii());
        let key = String::from_utf8(text).unwrap_or_default();
        self.ops.push(Op::Unknown { key, value: Vec::new() });
    }
}

/// Appends a number in units of the last of its `decimals`, without zeros that say nothing.
pub(super) fn push_decimal(out: &mut Vec<u8>, number: i64, decimals: usize) {
    let mut digits = [0u8; 32];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    let mut put = |byte: u8| {
        at -= 1;
        digits[at] = byte;
    };
    let mut left = decimals;
    while left > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        left -= 1;
    }
    if left > 0 {
        for _ in 0..left {
            put(b'0' + (rest % 10) as u8);
            rest /= 10;
        }
        put(b'.');
    }
    loop {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        put(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Which bytes stand for themselves in an ASCII literal string.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        plain[byte] = !matches!(byte as u8, b'(' | b')' | b'\\' | b'\r');
        byte += 1;
    }
    plain
};

/// Appends a literal string in ASCII (ISO 32000-1 7.3.4.2): other bytes by their octal codes.
pub(super) fn push_literal(out: &mut Vec<u8>, string: &[u8]) {
    out.push(b'(');
    for &byte in string {
        push_literal_byte(out, byte);
    }
    out.push(b')');
}

/// Appends a code of two bytes inside a literal string.
pub(super) fn push_literal_code(out: &mut Vec<u8>, code: u16) {
    let [high, low] = code.to_be_bytes();
    if PLAIN[usize::from(high)] && PLAIN[usize::from(low)] {
        out.extend_from_slice(&[high, low]);
    } else {
        push_literal_byte(out, high);
        push_literal_byte(out, low);
    }
}

fn push_literal_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        _ if PLAIN[usize::from(byte)] => out.push(byte),
        b'\r' => out.extend(b"\\r"),
        0x80.. => {
            out.extend([b'\\', b'0' + (byte >> 6), b'0' + (byte >> 3 & 7), b'0' + (byte & 7)])
        }
        _ => out.extend([b'\\', byte]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(number: i64, decimals: usize) -> String {
        let mut out = Vec::new();
        push_decimal(&mut out, number, decimals);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn decimals_are_written_without_idle_zeros() {
        assert_eq!(decimal(0, 2), "0");
        assert_eq!(decimal(1250, 2), "12.5");
        assert_eq!(decimal(-3, 2), "-0.03");
        assert_eq!(decimal(100_020, 3), "100.02");
        assert_eq!(decimal(-7, 0), "-7");
    }

    #[test]
    fn literals_are_ascii() {
        let mut out = Vec::new();
        push_literal(&mut out, &[b'a', b'(', 0, 0xE9, b'\r', 0x80]);
        assert_eq!(out, b"(a\\(\0\\351\\r\\200)");
    }

    #[test]
    fn text_between_operations_stands_between_them() {
        let mut content = Content::default();
        content.numbers(&[150, -25], 2, "Td");
        content.operator("ET");
        content.push(Op::SaveGraphicsState);
        content.operator("BT");
        let text = |key: &str| Op::Unknown { key: key.to_owned(), value: Vec::new() };
        assert_eq!(
            content.into_ops(),
            [text("1.5 -0.25 Td\nET"), Op::SaveGraphicsState, text("BT")]
        );
    }
}
