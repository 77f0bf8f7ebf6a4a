//! Unpacking of deflated streams (RFC 1950) without a decompressor of its own for each: the PDF
//! reader makes one, with buffers of 40 kB, for every stream, however short.

use std::cell::RefCell;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::object::{Name, Stream};

thread_local! {
    static DECOMPRESSOR: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// What `raw` unpacks to; `None` when it is not whole and sound.
pub fn inflated(raw: &[u8]) -> Option<Vec<u8>> {
    DECOMPRESSOR.with_borrow_mut(|decompressor| {
        decompressor.reset(true);
        let mut out = Vec::with_capacity(raw.len().saturating_mul(3).max(256));
        loop {
            let read = usize::try_from(decompressor.total_in()).ok()?;
            let before = (read, out.len());
            let rest = raw.get(read..)?;
            match decompressor.decompress_vec(rest, &mut out, FlushDecompress::None).ok()? {
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

/// Whether a stream is deflated once and plainly: nothing else is done to its data.
pub fn is_plain(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    dict.get::<Name<'_>>("Filter").as_deref() == Some(b"FlateDecode")
        && !["F", "DP", "DecodeParms"].into_iter().any(|key| dict.contains_key(key))
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
}
