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

thread_local! {
    /// Making a compressor takes and clears hundreds of kilobytes, as much work as compressing a
    /// small stream; so each thread makes one and starts it anew for each stream.
    static COMPRESSOR: RefCell<Compress> =
        RefCell::new(Compress::new(Compression::new(LEVEL), true));
}

/// `data` compressed for `FlateDecode`.
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut out = Vec::with_capacity(data.len() / 2 + 64);
        loop {
            let read = usize::try_from(compressor.total_in()).unwrap_or(usize::MAX);
            let rest = data.get(read..).unwrap_or_default();
            match compressor.compress_vec(rest, &mut out, FlushCompress::Finish) {
                Ok(Status::Ok | Status::BufError) => out.reserve(out.len().max(64)),
                // Compressing whole data cannot fail; were it to, the stream would show it when
                // it is read back.
                Ok(Status::StreamEnd) | Err(_) => return out,
            }
        }
    })
}

/// Data that is the same in many papers of a run (pictures, the profile of colours, the objects of
/// fonts), compressed once; shared by all threads.
#[derive(Debug, Default)]
pub(super) struct Streams {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    streams: FxHashMap<u64, Arc<Stream>>,
    bytes: usize,
}

/// Data with its stream.
#[derive(Debug)]
struct Stream {
    data: Box<[u8]>,
    packed: Box<[u8]>,
}

impl Streams {
    /// `data` compressed for `FlateDecode`, and kept.
    pub(super) fn deflate(&self, data: &[u8]) -> Vec<u8> {
        if data.len() > LONGEST_KEPT {
            return deflate(data);
        }
        let mut hasher = FxHasher::default();
        hasher.write(data);
        let hash = hasher.finish();
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().streams.get(&hash).cloned();
        if let Some(stream) = known
            && *stream.data == *data
        {
            return stream.packed.to_vec();
        }
        let packed = deflate(data);
        let stream = Stream { data: data.into(), packed: packed.as_slice().into() };
        let mut kept = lock();
        if kept.bytes > MOST_KEPT {
            *kept = Kept::default();
        }
        kept.bytes += stream.data.len() + stream.packed.len();
        kept.streams.insert(hash, Arc::new(stream));
        packed
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn streams_are_kept_and_read_as_what_they_were_made_of() {
        let streams = Streams::default();
        for length in [0, 9, 70_000] {
            let data: Vec<u8> = (0..length).map(|at: u32| at.to_be_bytes()[3] ^ 7).collect();
            let first = streams.deflate(&data);
            assert_eq!(streams.deflate(&data), first);
            let mut read = Vec::new();
            flate2::read::ZlibDecoder::new(&*first).read_to_end(&mut read).unwrap();
            assert_eq!(read, data);
        }
        assert_eq!(streams.kept.lock().unwrap().streams.len(), 3);
    }
}
