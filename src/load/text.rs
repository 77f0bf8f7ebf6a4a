//! Bytes → text: finds out the encoding and refuses what is no text.
//!
//! UTF-8 and UTF-16, with or without a byte-order mark, are always read. Windows-1252, which Excel
//! still writes, is the last resort for tables only: YAML must be Unicode (YAML 1.2.2 §5.2).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diag::Diagnostic;
use crate::source::{SourceId, Sources, Span};

/// No text of a project is longer; one that is was named by mistake.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// How much of a file is looked at to tell UTF-16 without a mark by its zero bytes.
const SNIFF_BYTES: usize = 1024;

/// Whether a text that is not Unicode may be read as Windows-1252.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legacy {
    /// Only Unicode.
    Refuse,
    /// Windows-1252 when the bytes are not valid UTF-8.
    Windows1252,
}

/// Decodes `bytes` and keeps the text in `sources` under `name`.
///
/// # Errors
/// A file of more than 64 MiB, one that is not text, and one in an encoding that is not known.
pub fn text(
    sources: &Sources,
    name: &str,
    bytes: &[u8],
    legacy: Legacy,
) -> Result<SourceId, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        let id = sources.add(name, "");
        return Err(Diagnostic::error("load/too-large", format!("{name} is larger than 64 MiB"))
            .at(Span::point(id, 0), "")
            .help("split the file, or check whether it is the one that was meant"));
    }
    match decode(bytes, legacy) {
        Ok(text) => Ok(sources.add(name, text)),
        Err(fault) => Err(fault.report(sources, name, bytes)),
    }
}

/// Why bytes are no text; `usize` counts bytes from the file's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Utf32,
    Binary(usize),
    BrokenUtf8(usize),
    BrokenUtf16,
    NotWindows1252(usize),
}

fn decode(bytes: &[u8], legacy: Legacy) -> Result<Cow<'_, str>, Fault> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(Fault::Utf32);
    }
    if let Some(utf16) = utf16_of(bytes) {
        let mark = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
        let decoded = utf16
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .ok_or(Fault::BrokenUtf16)?;
        return if decoded.contains('\0') { Err(Fault::BrokenUtf16) } else { Ok(decoded) };
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Fault::Binary(at));
    }
    let mark = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    match (std::str::from_utf8(&bytes[mark..]), legacy) {
        (Ok(text), _) => Ok(Cow::Borrowed(text)),
        (Err(_), Legacy::Windows1252) if mark == 0 => windows_1252(bytes),
        (Err(error), _) => Err(Fault::BrokenUtf8(mark + error.valid_up_to())),
    }
}

/// The five bytes that Windows-1252 leaves open are a sign of another encoding.
fn windows_1252(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let open = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    match bytes.iter().position(open) {
        Some(at) => Err(Fault::NotWindows1252(at)),
        None => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0),
    }
}

/// UTF-16 by its mark, or by the zero bytes that every other byte of Western text is.
fn utf16_of(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            return Some(encoding);
        }
        Some(_) => return None,
        None => {}
    }
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let head = &bytes[..bytes.len().min(SNIFF_BYTES)];
    let zeros = |parity: usize| {
        head.iter().enumerate().filter(|(at, byte)| at % 2 == parity && **byte == 0).count()
    };
    let (even, odd, units) = (zeros(0), zeros(1), head.len() / 2);
    match (even, odd) {
        (0, odd) if odd * 2 > units => Some(UTF_16LE),
        (even, 0) if even * 2 > units => Some(UTF_16BE),
        _ => None,
    }
}

impl Fault {
    fn report(self, sources: &Sources, name: &str, bytes: &[u8]) -> Diagnostic {
        let (message, at) = match self {
            Fault::Utf32 => (format!("{name} is in UTF-32, which is not read"), 0),
            Fault::Binary(at) => (format!("{name} is not a text file"), at),
            Fault::BrokenUtf8(at) => (format!("{name} is not valid UTF-8"), at),
            Fault::BrokenUtf16 => (format!("{name} looks like UTF-16 but is damaged"), 0),
            Fault::NotWindows1252(at) => (format!("the encoding of {name} is not known"), at),
        };
        // The text up to the fault is enough to show its line.
        let end = line_end(bytes, at);
        let shown = |bytes: &[u8]| match self {
            Fault::NotWindows1252(_) => {
                WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
            }
            _ => String::from_utf8_lossy(bytes).replace('\0', "\u{FFFD}"),
        };
        let offset = shown(&bytes[..at]).len();
        let id = sources.add(name, shown(&bytes[..end]));
        let label =
            bytes.get(at).filter(|_| at > 0 || !matches!(self, Fault::Utf32 | Fault::BrokenUtf16));
        let label = label.map(|byte| format!("the byte {byte:02X} is no letter here"));
        Diagnostic::error("load/encoding", message)
            .at(Span::point(id, offset), label.unwrap_or_default())
            .help(match self {
                Fault::Binary(_) => "check whether it is the file that was meant",
                _ if name.to_lowercase().ends_with(".csv") => {
                    "save the file again as UTF-8 (in Excel: “CSV UTF-8”)"
                }
                _ => "save the file again as UTF-8",
            })
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take(SNIFF_BYTES).position(|byte| *byte == b'\n').unwrap_or(rest.len().min(80))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn utf8_mark_is_not_part_of_the_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFnavn", Legacy::Refuse).as_deref(), Ok("navn"));
        assert_eq!(decode("Åse".as_bytes(), Legacy::Refuse).as_deref(), Ok("Åse"));
    }

    #[test]
    fn utf16_with_or_without_mark_is_read_in_both_orders() {
        for little in [true, false] {
            for text in ["navn;land\nÅse;NO\n", "\u{FEFF}navn;land\nÅse;NO\n"] {
                let read = decode(&utf16(text, little), Legacy::Windows1252).map(Cow::into_owned);
                assert_eq!(read.as_deref(), Ok("navn;land\nÅse;NO\n"));
            }
        }
    }

    #[test]
    fn windows_1252_is_read_for_tables_only() {
        assert_eq!(decode(b"\xC5se \x96 NO", Legacy::Windows1252).as_deref(), Ok("Åse – NO"));
        assert_eq!(decode(b"a\n\xC5se", Legacy::Refuse), Err(Fault::BrokenUtf8(2)));
        assert_eq!(decode(b"a\x81", Legacy::Windows1252), Err(Fault::NotWindows1252(1)));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(decode(b"%PDF\0\x01\x02", Legacy::Windows1252), Err(Fault::Binary(4)));
        assert_eq!(decode(&[0xFF, 0xFE, 0, 0, 65, 0, 0, 0], Legacy::Refuse), Err(Fault::Utf32));
        assert_eq!(decode(&[0xFF, 0xFE, 0, 0xD8], Legacy::Refuse), Err(Fault::BrokenUtf16));
    }

    #[test]
    fn broken_utf8_error_points_at_the_line() {
        let sources = Sources::new();
        let error = text(&sources, "a.yaml", b"one: 1\ntwo: \xC5se\n", Legacy::Refuse).unwrap_err();
        assert_eq!(sources.locate(error.labels[0].span), "a.yaml:2:6");
    }
}
