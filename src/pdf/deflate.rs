//! Compression for `FlateDecode` (RFC 1950, RFC 1951), and what papers of a run have in common
//! compressed once.

use std::cell::RefCell;
use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::{Compress, Compression, FlushCompress, Status};
use rustc_hash::{FxHashMap, FxHasher};

/// How hard streams are compressed: most of what the best level gains, at a fraction of its time.
const LEVEL: u32 = 4;

/// Bytes that are kept for the papers to come before all are forgotten.
const MOST_KEPT: usize = 32 << 20;
/// Longer data is not kept.
const LONGEST_KEPT: usize = 4 << 20;

/// What stands before a stream's blocks, and after them.
const HEADER: usize = 2;
const TRAILER: usize = 4;

thread_local! {
    /// Making a compressor takes and clears hundreds of kilobytes, as much work as compressing a
    /// small stream; so each thread makes one and starts it anew for each stream.
    static COMPRESSOR: RefCell<Compress> =
        RefCell::new(Compress::new(Compression::new(LEVEL), true));
}

/// `data` compressed for `FlateDecode`.
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    compressed(data, FlushCompress::Finish)
}

fn compressed(data: &[u8], flush: FlushCompress) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut out = Vec::with_capacity(data.len() / 2 + 64);
        loop {
            let read = usize::try_from(compressor.total_in()).unwrap_or(usize::MAX);
            let rest = data.get(read..).unwrap_or_default();
            match compressor.compress_vec(rest, &mut out, flush) {
                // All is read and there is space left: what was asked to be flushed is there.
                Ok(Status::Ok | Status::BufError)
                    if rest.is_empty() && out.len() < out.capacity() =>
                {
                    return out;
                }
                Ok(Status::Ok | Status::BufError) => out.reserve(out.len().max(64)),
                // Compressing whole data cannot fail; were it to, the stream would show it when
                // it is read back.
                Ok(Status::StreamEnd) | Err(_) => return out,
            }
        }
    })
}

/// Data that is the same in many papers of a run (tables of a font, pictures), compressed once;
/// shared by all threads.
#[derive(Debug, Default)]
pub(super) struct Parts {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    parts: FxHashMap<u64, Arc<Part>>,
    bytes: usize,
}

/// Data with its stream.
#[derive(Debug)]
struct Part {
    data: Box<[u8]>,
    stream: Box<[u8]>,
    checksum: u32,
}

impl Part {
    /// The stream's blocks, of which the last ends it.
    fn blocks(&self) -> &[u8] {
        let end = self.stream.len().saturating_sub(TRAILER);
        self.stream.get(HEADER..end).unwrap_or_default()
    }
}

impl Parts {
    /// `own` and then `common` as one stream; the blocks of `common` are kept.
    pub(super) fn deflate(&self, own: &[u8], common: &[u8]) -> Vec<u8> {
        if common.is_empty() {
            return deflate(own);
        }
        if common.len() > LONGEST_KEPT {
            return deflate(&[own, common].concat());
        }
        let part = self.part(common);
        if own.is_empty() {
            return part.stream.to_vec();
        }
        // Blocks end at a byte's end, and those of `common` look back on nothing before it.
        let mut out = compressed(own, FlushCompress::Sync);
        out.reserve_exact(part.blocks().len() + TRAILER);
        out.extend_from_slice(part.blocks());
        let checksum = joined(checksum(own), part.checksum, common.len());
        out.extend_from_slice(&checksum.to_be_bytes());
        out
    }

    fn part(&self, data: &[u8]) -> Arc<Part> {
        let mut hasher = FxHasher::default();
        hasher.write(data);
        let hash = hasher.finish();
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = lock().parts.get(&hash)
            && *part.data == *data
        {
            return Arc::clone(part);
        }
        let (stream, checksum) = (deflate(data).into(), checksum(data));
        let part = Arc::new(Part { data: data.into(), stream, checksum });
        let mut kept = lock();
        if kept.bytes > MOST_KEPT {
            *kept = Kept::default();
        }
        kept.bytes += part.data.len() + part.stream.len();
        kept.parts.insert(hash, Arc::clone(&part));
        part
    }
}

/// The largest prime below 65,536.
const MODULUS: u32 = 65_521;

/// Adler-32 (RFC 1950 §8.2).
fn checksum(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    // So many bytes can be added before the sums have to be reduced.
    for bytes in data.chunks(5552) {
        for &byte in bytes {
            a += u32::from(byte);
            b += a;
        }
        a %= MODULUS;
        b %= MODULUS;
    }
    b << 16 | a
}

/// The checksum of data whose parts have those checksums; the second has `length` bytes.
fn joined(first: u32, second: u32, length: usize) -> u32 {
    let (first_a, first_b) = (first & 0xffff, first >> 16);
    let (second_a, second_b) = (second & 0xffff, second >> 16);
    let length = (length % MODULUS as usize) as u32;
    // The second part's sums start from the first's instead of from 1.
    let start = (first_a + MODULUS - 1) % MODULUS;
    let a = (second_a + start) % MODULUS;
    let b = u64::from(first_b) + u64::from(second_b) + u64::from(length) * u64::from(start);
    ((b % u64::from(MODULUS)) as u32) << 16 | a
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn inflated(stream: &[u8]) -> Vec<u8> {
        let mut data = Vec::new();
        flate2::read::ZlibDecoder::new(stream).read_to_end(&mut data).unwrap();
        data
    }

    fn noise(length: usize) -> Vec<u8> {
        let mut state = 7u32;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..length).map(next).collect()
    }

    #[test]
    fn streams_of_two_parts_are_read_as_one() {
        let parts = Parts::default();
        for (own, shared) in [(0, 9), (5, 0), (9_000, 70_000), (70_000, 1), (65_536, 65_536)] {
            let (own, shared) = (noise(own), vec![b'x'; shared]);
            for _ in 0..2 {
                let stream = parts.deflate(&own, &shared);
                assert_eq!(inflated(&stream), [own.as_slice(), &shared].concat());
            }
        }
        assert_eq!(parts.kept.lock().unwrap().parts.len(), 4);
    }

    #[test]
    fn checksums_are_those_of_the_whole() {
        let data = noise(20_000);
        for at in [0, 1, 5_552, 19_999, 20_000] {
            let (first, second) = data.split_at(at);
            let parts = joined(checksum(first), checksum(second), second.len());
            assert_eq!(parts, checksum(&data));
        }
    }
}
