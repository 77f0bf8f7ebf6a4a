//! Packed fonts (WOFF 1 and 2) → the files that they were made from.

/// An unpacked font may not be larger.
const MOST: usize = 64 << 20;

/// Whether these are the bytes of a packed font.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    matches!(bytes.get(..4), Some(b"wOFF" | b"wOF2"))
}

/// The font inside; `None` when it is damaged or unpacks to more than [`MOST`] bytes.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let unpacked = match bytes.get(..4)? {
        b"wOFF" if length_of_tables(bytes)? <= MOST => wuff::decompress_woff1(bytes).ok()?,
        // The crate itself refuses what claims to be a hundred times as large as it is, or 128 MiB.
        b"wOF2" => wuff::decompress_woff2(bytes).ok()?,
        _ => return None,
    };
    (unpacked.len() <= MOST).then_some(unpacked)
}

/// The sum of the lengths that a WOFF 1 file's directory gives (WOFF 1.0 §5), with the padding.
fn length_of_tables(bytes: &[u8]) -> Option<usize> {
    let count = u16::from_be_bytes(bytes.get(12..14)?.try_into().ok()?);
    let directory = bytes.get(44..)?.chunks_exact(20).take(usize::from(count));
    if directory.len() < usize::from(count) {
        return None;
    }
    let mut sum = 0usize;
    for table in directory {
        let length = u32::from_be_bytes(table.get(12..16)?.try_into().ok()?);
        sum = sum.checked_add(usize::try_from(length).ok()?)?.checked_add(3)?;
    }
    Some(sum)
}
