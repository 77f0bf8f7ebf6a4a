//! Unpacking of deflated streams (RFC 1950) without a decompressor of its own for each: the PDF
//! reader makes one, with buffers of 40 kB, for every stream, however short.

use std::cell::RefCell;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::object::{Dict, Name, Stream};

thread_local! {
    static DECOMPRESSOR: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// What `raw` unpacks to; `None` when it is not whole and sound.
pub fn inflated(raw: &[u8]) -> Option<Vec<u8>> {
    DECOMPRESSOR.with_borrow_mut(|decompressor| {
        decompressor.reset(true);
        let mut out = Vec::with_capacity(raw.len().saturating_mul(3).saturating_add(1024));
        loop {
            let read = usize::try_from(decompressor.total_in()).ok()?;
            let before = (read, out.len());
            let rest = raw.get(read..)?;
            match decompressor.decompress_vec(rest, &mut out, FlushDecompress::Finish).ok()? {
                Status::StreamEnd => return Some(out),
                Status::Ok | Status::BufError if out.len() == out.capacity() => {
                    out.reserve(out.len());
                }
                // Nothing more comes of what is left: the end is missing.
                _ if before == (usize::try_from(decompressor.total_in()).ok()?, out.len()) => {
                    return None;
                }
                _ => {}
            }
        }
    })
}

/// What a stream unpacks to that is deflated once, and to which nothing else is done but that its
/// rows are told from one another; `None` for all others, and for what is not whole and sound.
pub fn plain(stream: &Stream<'_>) -> Option<Vec<u8>> {
    let dict = stream.dict();
    if dict.get::<Name<'_>>("Filter").as_deref() != Some(b"FlateDecode")
        || ["F", "DP"].into_iter().any(|key| dict.contains_key(key))
    {
        return None;
    }
    if !dict.contains_key("DecodeParms") {
        return inflated(&stream.raw_data());
    }
    let parameters = dict.get::<Dict<'_>>("DecodeParms")?;
    if ["Colors", "BitsPerComponent"].into_iter().any(|key| parameters.contains_key(key))
        || !(10..=15).contains(&parameters.get::<u8>("Predictor")?)
    {
        return None;
    }
    let columns = parameters.get::<usize>("Columns").filter(|columns| *columns > 0)?;
    rows(&inflated(&stream.raw_data())?, columns)
}

/// Rows of bytes, before each of which stands how it differs from what is above or before it
/// (ISO 32000-1 7.4.4.4); `None` for ways that cross-references do without, and for half rows.
fn rows(data: &[u8], columns: usize) -> Option<Vec<u8>> {
    let size = columns.checked_add(1)?;
    if !data.len().is_multiple_of(size) {
        return None;
    }
    let mut out = Vec::with_capacity(data.len());
    for row in data.chunks_exact(size) {
        let (way, row) = row.split_first()?;
        let above = out.len().checked_sub(columns);
        match (way, above) {
            (0, _) | (2, None) => out.extend_from_slice(row),
            (2, Some(above)) => {
                for (at, byte) in row.iter().enumerate() {
                    let before = out.get(above + at).copied().unwrap_or_default();
                    out.push(before.wrapping_add(*byte));
                }
            }
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn whole_streams_are_unpacked_and_others_are_not() {
        for length in [0, 1, 300, 100_000] {
            let data: Vec<u8> = (0..length).map(|at: u32| (at / 7 % 251) as u8).collect();
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), Default::default());
            encoder.write_all(&data).unwrap();
            let packed = encoder.finish().unwrap();
            assert_eq!(inflated(&packed).as_deref(), Some(&data[..]));
            assert_eq!(inflated(&[&packed[..], b"\n"].concat()).as_deref(), Some(&data[..]));
            assert_eq!(inflated(&packed[..packed.len() - 1]), None);
        }
        assert_eq!(inflated(b""), None);
        assert_eq!(inflated(b"no stream"), None);
    }

    #[test]
    fn rows_are_added_to_those_above() {
        let data = [2, 1, 2, 3, 2, 1, 0, 255, 0, 7, 8, 9];
        assert_eq!(rows(&data, 3), Some(vec![1, 2, 3, 2, 2, 2, 7, 8, 9]));
        assert_eq!(rows(&data[1..], 3), None);
        assert_eq!(rows(&[1, 2, 3, 4], 3), None);
    }
}
