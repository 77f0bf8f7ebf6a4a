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

/// Appends an object as it stands in a file. Papers have many small ones, and most of their parts
/// are written here; numbers with decimals and strings by lopdf.
pub(super) fn push_object(out: &mut Vec<u8>, object: &Object) {
    push_object_with(out, object, &mut push_reference);
}

/// Appends an object whose references `refer` writes.
pub(super) fn push_object_with(
    out: &mut Vec<u8>,
    object: &Object,
    refer: &mut impl FnMut(&mut Vec<u8>, u32),
) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(number) => {
            if *number < 0 {
                out.push(b'-');
            }
            push_number(out, number.unsigned_abs());
        }
        Object::Name(name) => push_name(out, name),
        Object::Reference((id, 0)) => refer(out, *id),
        Object::Array(list) => {
            out.push(b'[');
            for (place, item) in list.iter().enumerate() {
                if place > 0 {
                    push_space(out, item);
                }
                push_object_with(out, item, refer);
            }
            out.push(b']');
        }
        Object::Dictionary(entries) => {
            out.extend_from_slice(b"<<");
            for (key, value) in entries {
                push_name(out, key);
                push_space(out, value);
                push_object_with(out, value, refer);
            }
            out.extend_from_slice(b">>");
        }
        other => out.extend_from_slice(&by_lopdf(other.clone())),
    }
}

fn push_name(out: &mut Vec<u8>, name: &[u8]) {
    if name.iter().all(u8::is_ascii_alphanumeric) {
        out.push(b'/');
        out.extend_from_slice(name);
    } else {
        out.extend_from_slice(&by_lopdf(Object::Name(name.to_vec())));
    }
}

/// Appends the space before an object that would run into what stands before it.
fn push_space(out: &mut Vec<u8>, object: &Object) {
    use Object::{Boolean, Integer, Null, Real, Reference};
    if matches!(object, Null | Boolean(_) | Integer(_) | Real(_) | Reference(_)) {
        out.push(b' ');
    }
}

/// An object as lopdf writes it; its object writer is reached through its content writer.
fn by_lopdf(object: Object) -> Vec<u8> {
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
    fn objects_are_written_as_lopdf_writes_them() {
        let inner = dictionary([
            ("A", Object::Integer(-30)),
            ("B C", name("D#")),
            ("E", Object::Array(vec![Object::Real(0.5), name("F"), Object::Null, reference(7)])),
            ("G", text("h(")),
            ("I", Object::Boolean(false)),
        ]);
        let object = Object::Array(vec![name("J"), Object::Integer(3), Object::Dictionary(inner)]);
        let mut out = Vec::new();
        push_object(&mut out, &object);
        assert_eq!(out, by_lopdf(object));
        assert!(out.starts_with(b"[/J 3<</A -30/B#20C/D#23/E[0.5/F null 7 0 R]"));
    }
}
