//! How a camera was held: the orientation that EXIF notes (CIPA DC-008, tag 274).

use crate::layout::page::Orientation;

/// What EXIF data, from its TIFF header on, say of the orientation; upright when they say nothing.
pub fn read(exif: &[u8]) -> Orientation {
    number(exif).and_then(Orientation::from_number).unwrap_or_default()
}

/// The value of the tag in the first directory.
fn number(exif: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 274;
    const SHORT: u16 = 3;
    let little = match exif.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let offset: [u8; 4] = exif.get(4..8)?.try_into().ok()?;
    let offset = if little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) };
    let directory = usize::try_from(offset).ok()?;
    let entries = usize::from(short(directory)?);
    let at = |index: usize| directory.checked_add(2 + 12 * index);
    let entry = (0..entries).filter_map(at).find(|&at| short(at) == Some(ORIENTATION))?;
    if short(entry + 2)? != SHORT {
        return None;
    }
    short(entry + 8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A directory with one entry.
    fn exif(orientation: u8) -> Vec<u8> {
        let mut bytes = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
        bytes.extend([1, 18, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
        bytes
    }

    #[test]
    fn read_finds_the_tag_in_both_byte_orders() {
        assert_eq!(read(&exif(6)).number(), 6);
        let little = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";
        assert_eq!(read(little).number(), 8);
    }

    #[test]
    fn read_of_no_orientation_is_upright() {
        for bytes in [&b""[..], b"MM", &exif(0), &exif(9)] {
            assert_eq!(read(bytes), Orientation::default());
        }
    }

    proptest! {
        #[test]
        fn read_of_any_bytes_never_panics(start in 0usize..3, rest: Vec<u8>) {
            let mut bytes = [&b"II\x2a\0"[..], b"MM\0\x2a", b""][start].to_vec();
            bytes.extend(rest);
            let _ = read(&bytes);
        }
    }
}
