//! Text strings (ISO 32000-1 7.9.2.2): what their bytes say.

/// The text of a text string: UTF-16 or UTF-8 with its mark, else PDFDocEncoding, of which only
/// what it shares with Latin-1 is told apart.
pub fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether a text string holds no character at all.
pub fn is_blank(bytes: &[u8]) -> bool {
    matches!(bytes, [] | [0xfe, 0xff] | [0xff, 0xfe] | [0xef, 0xbb, 0xbf])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_each_encoding_is_read() {
        assert_eq!(decoded(b"\xfe\xff\0e\0n"), "en");
        assert_eq!(decoded(b"\xef\xbb\xbfd\xc3\xa9j\xc3\xa0"), "déjà");
        assert_eq!(decoded(b"d\xe9j\xe0"), "déjà");
    }

    #[test]
    fn mark_alone_is_blank() {
        assert!(is_blank(b"\xfe\xff"));
        assert!(!is_blank(b" "));
    }
}
