//! Text strings (ISO 32000-1 7.9.2.2).

/// The letters of PDFDocEncoding from 0x80 on that are not those of Latin 1 (annex D.3).
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// The text of a string: UTF-16 or UTF-8 by its mark, else PDFDocEncoding.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| letter(*byte)).collect(),
    }
}

fn letter(byte: u8) -> char {
    let high = usize::from(byte).checked_sub(0x80).and_then(|at| HIGH.get(at));
    high.copied().unwrap_or(char::from(byte))
}

/// Text in UTF-16; escapes that change the language inside a string (7.9.2.2.1) are left out.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let letters = char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER));
    let mut escaped = false;
    let plain = letters.filter(|letter| {
        let is_escape = *letter == '\u{1b}';
        escaped ^= is_escape;
        !escaped && !is_escape
    });
    plain.collect()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn strings_are_read_by_their_mark() {
        assert_eq!(text(b"\xfe\xff\0B\0l\0\xe5"), "Blå");
        assert_eq!(text(b"\xef\xbb\xbfbl\xc3\xa5"), "blå");
        assert_eq!(text(b"bl\xe5 \x85 \xa0"), "blå – €");
        assert_eq!(text(b"\xfe\xff\0\x1b\0e\0n\0\x1b\0A"), "A");
    }
}
