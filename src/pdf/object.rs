//! Small helpers over lopdf's objects, and their bytes.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, StringFormat};

/// A text string (ISO 32000-1 7.9.2.2): ASCII as it is, anything else as UTF-16 with its mark.
pub(super) fn text_string(text: &str) -> Vec<u8> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return text.as_bytes().to_vec();
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// A text string object.
pub(super) fn text(value: &str) -> Object {
    Object::String(text_string(value), StringFormat::Literal)
}

/// A name object.
pub(super) fn name(value: &str) -> Object {
    Object::Name(value.as_bytes().to_vec())
}

/// A reference to object `id`.
pub(super) fn reference(id: u32) -> Object {
    Object::Reference((id, 0))
}

/// An array of numbers.
pub(super) fn reals(values: &[f32]) -> Object {
    Object::Array(values.iter().map(|&value| Object::Real(value)).collect())
}

/// A dictionary of those entries.
pub(super) fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    let mut dictionary = Dictionary::new();
    for (key, value) in entries {
        dictionary.set(key, value);
    }
    dictionary
}

/// An object as it stands in a file. lopdf's object writer is reached through its content writer.
pub(super) fn bytes(object: Object) -> Vec<u8> {
    let operations = vec![Operation { operator: String::new(), operands: vec![object] }];
    let mut bytes = Content { operations }.encode().unwrap_or_default();
    if bytes.last() == Some(&b' ') {
        bytes.pop();
    }
    bytes
}

/// Appends a literal string with its escapes.
pub(super) fn push_string(out: &mut Vec<u8>, string: &[u8]) {
    out.push(b'(');
    for &byte in string {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            b'\r' => out.extend(b"\\r"),
            _ => out.push(byte),
        }
    }
    out.push(b')');
}

/// Appends a number in decimal digits.
pub(super) fn push_number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends a reference.
pub(super) fn push_reference(out: &mut Vec<u8>, id: u32) {
    push_number(out, u64::from(id));
    out.extend_from_slice(b" 0 R");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_outside_ascii_is_written_as_utf_16() {
        assert_eq!(text_string("Ab"), b"Ab");
        assert_eq!(text_string("Å"), [0xfe, 0xff, 0, 0xc5]);
    }

    #[test]
    fn objects_are_written_without_trailing_space() {
        assert_eq!(bytes(Object::Array(vec![name("A"), Object::Integer(3)])), b"[/A 3]");
    }
}
