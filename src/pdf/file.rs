//! The file: header, objects, object streams, cross-reference stream (ISO 32000-1 7.5).
//!
//! lopdf's own writer clones every object for object streams, which a table with hundreds of
//! thousands of structure elements cannot afford; here objects arrive as bytes.

use std::ops::Range;

use lopdf::{Dictionary, Object};
use md5::{Digest, Md5};
use rayon::prelude::*;

use super::common::Common;
use super::deflate::deflate;
use super::error::WriteError;
use super::object::{dictionary, name, push_number, push_object, reference};

/// How many objects share a stream: enough to compress well, few enough to be read at random.
pub(super) const PACK: usize = 256;

/// Cross-references that take so few bytes are not compressed: filter and predictor, which have to be
/// named, and the tables of the compression take as much room as is saved.
const FEW_BYTES: usize = 340;

const END_OF_STREAM: &[u8] = b"\nendstream\nendobj\n";

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Entry {
    Free,
    At(u32),
    Packed { stream: u32, index: u16 },
}

impl Entry {
    /// Kind and fields of the cross-reference of that object (ISO 32000-1 7.5.8.3).
    fn fields(&self, number: usize) -> (u8, u32, u16) {
        match *self {
            Entry::Free => (0, 0, if number == 0 { 65535 } else { 0 }),
            Entry::At(offset) => (1, offset, 0),
            Entry::Packed { stream, index } => (2, stream, index),
        }
    }
}

/// Objects of one object stream, before it is compressed.
#[derive(Debug, Default)]
pub(super) struct Pack {
    ids: Vec<u32>,
    offsets: Vec<u32>,
    body: Vec<u8>,
}

impl Pack {
    /// Adds an object whose bytes `write` appends.
    pub(super) fn add(&mut self, id: u32, write: impl FnOnce(&mut Vec<u8>)) {
        self.ids.push(id);
        self.offsets.push(self.body.len() as u32);
        write(&mut self.body);
        self.body.push(b'\n');
    }

    /// The stream's data and the length of its table of numbers and offsets.
    fn data(&self) -> (Vec<u8>, usize) {
        let mut data = Vec::with_capacity(self.body.len() + self.ids.len() * 12);
        for (&id, &offset) in self.ids.iter().zip(&self.offsets) {
            push_number(&mut data, u64::from(id));
            data.push(b' ');
            push_number(&mut data, u64::from(offset));
            data.push(b' ');
        }
        let first = data.len();
        data.extend_from_slice(&self.body);
        (data, first)
    }
}

/// A file while it is written.
pub(super) struct File {
    out: Vec<u8>,
    entries: Vec<Entry>,
    pack: Pack,
    /// Where data stand that many files have, with what stands for them in the identifier.
    shared: Vec<(Range<usize>, [u8; 16])>,
}

impl File {
    /// A file whose first free object number is `first`.
    pub(super) fn new(first: u32, capacity: usize) -> File {
        let mut out = Vec::with_capacity(capacity);
        // Bytes above 127 tell transport programs that the file is binary (ISO 19005-2 6.1.2).
        out.extend_from_slice(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
        File {
            out,
            entries: vec![Entry::Free; first as usize],
            pack: Pack::default(),
            shared: Vec::new(),
        }
    }

    /// A number for an object that is added later.
    pub(super) fn reserve(&mut self) -> u32 {
        self.reserve_many(1)
    }

    /// The first of `count` numbers in a row.
    pub(super) fn reserve_many(&mut self, count: usize) -> u32 {
        let first = self.entries.len() as u32;
        self.entries.resize(self.entries.len() + count, Entry::Free);
        first
    }

    /// Writes a stream; its data is compressed already where `Filter` says so.
    pub(super) fn stream(&mut self, id: u32, mut dictionary: Dictionary, data: &[u8]) {
        dictionary.set("Length", Object::Integer(data.len() as i64));
        self.raw_stream(id, |out| push_object(out, &Object::Dictionary(dictionary)), data);
    }

    /// Writes a stream whose dictionary, with `Length`, `write` appends.
    fn raw_stream(&mut self, id: u32, write: impl FnOnce(&mut Vec<u8>), data: &[u8]) {
        self.entries[id as usize] = Entry::At(self.out.len() as u32);
        push_number(&mut self.out, u64::from(id));
        self.out.extend_from_slice(b" 0 obj\n");
        write(&mut self.out);
        self.out.extend_from_slice(b"\nstream\n");
        self.out.extend_from_slice(data);
        self.out.extend_from_slice(END_OF_STREAM);
    }

    /// The same for data that many files have: `digest` stands for them in the identifier, so that
    /// they need not be read again for each file.
    pub(super) fn shared_stream(
        &mut self,
        id: u32,
        write: impl FnOnce(&mut Vec<u8>),
        (data, digest): (&[u8], [u8; 16]),
    ) {
        self.raw_stream(id, write, data);
        let end = self.out.len() - END_OF_STREAM.len();
        self.shared.push((end - data.len()..end, digest));
    }

    /// Compresses `data` and writes it as a stream.
    pub(super) fn compressed(&mut self, id: u32, mut dictionary: Dictionary, data: &[u8]) {
        dictionary.set("Filter", name("FlateDecode"));
        self.stream(id, dictionary, &deflate(data));
    }

    /// Adds an object that is not a stream.
    pub(super) fn object(&mut self, id: u32, object: impl Into<Object>) {
        let object = object.into();
        self.raw(id, |out| push_object(out, &object));
    }

    /// Adds an object whose bytes `write` appends.
    pub(super) fn raw(&mut self, id: u32, write: impl FnOnce(&mut Vec<u8>)) {
        self.pack.add(id, write);
        if self.pack.ids.len() >= PACK {
            let pack = std::mem::take(&mut self.pack);
            self.packs(vec![pack]);
        }
    }

    /// Writes the objects added so far as a stream that other files of the run have as well.
    pub(super) fn end_pack(&mut self, common: &Common) {
        let pack = std::mem::take(&mut self.pack);
        if !pack.ids.is_empty() {
            self.packs_by(vec![pack], |data| common.deflate(data));
        }
    }

    /// Writes object streams, compressed in parallel.
    pub(super) fn packs(&mut self, packs: Vec<Pack>) {
        self.packs_by(packs, deflate);
    }

    fn packs_by(&mut self, packs: Vec<Pack>, deflate: impl Fn(&[u8]) -> Vec<u8> + Sync + Send) {
        let compress = |pack: Pack| {
            let (data, first) = pack.data();
            (pack.ids, first, deflate(&data))
        };
        let compressed: Vec<(Vec<u32>, usize, Vec<u8>)> = match packs.len() {
            0 | 1 => packs.into_iter().map(compress).collect(),
            _ => packs.into_par_iter().map(compress).collect(),
        };
        for (ids, first, data) in compressed {
            if ids.is_empty() {
                continue;
            }
            let stream = self.reserve();
            for (index, &id) in ids.iter().enumerate() {
                self.entries[id as usize] = Entry::Packed { stream, index: index as u16 };
            }
            let header = dictionary([
                ("Type", name("ObjStm")),
                ("N", Object::Integer(ids.len() as i64)),
                ("First", Object::Integer(first as i64)),
                ("Filter", name("FlateDecode")),
            ]);
            self.stream(stream, header, &data);
        }
    }

    /// Writes what is left and the cross-references. The identifier is a digest of `seed` and of
    /// everything written, so that equal documents have equal identifiers.
    pub(super) fn finish(mut self, root: u32, info: u32, seed: u64) -> Result<Vec<u8>, WriteError> {
        let pack = std::mem::take(&mut self.pack);
        self.packs(vec![pack]);
        let id = Object::String(self.identifier(seed), lopdf::StringFormat::Hexadecimal);
        let start = self.out.len();
        let own = self.reserve();
        self.entries[own as usize] = Entry::At(start as u32);
        if u32::try_from(start).is_err() || self.entries.len() > 8_388_607 {
            return Err(WriteError::TooLarge);
        }
        let narrowest = self.narrowest();
        let is_short = self.entries.len() * narrowest.iter().sum::<usize>() <= FEW_BYTES;
        let widths = if is_short { narrowest } else { [1, 4, 2] };
        let rows = self.cross_references(widths, !is_short);
        let width = |width: usize| Object::Integer(width as i64);
        let mut header = dictionary([
            ("Type", name("XRef")),
            ("Size", Object::Integer(self.entries.len() as i64)),
            ("W", Object::Array(widths.map(width).to_vec())),
            ("Root", reference(root)),
            ("Info", reference(info)),
            ("ID", Object::Array(vec![id.clone(), id])),
        ]);
        if is_short {
            self.stream(own, header, &rows);
        } else {
            let columns = width(widths.iter().sum());
            let parameters = dictionary([("Predictor", Object::Integer(12)), ("Columns", columns)]);
            header.set("DecodeParms", Object::Dictionary(parameters));
            self.compressed(own, header, &rows);
        }
        self.out.extend_from_slice(b"startxref\n");
        push_number(&mut self.out, start as u64);
        self.out.extend_from_slice(b"\n%%EOF\n");
        Ok(self.out)
    }

    /// A digest of everything written (ISO 32000-1 14.4), in which their digests stand for data that
    /// many files have.
    fn identifier(&self, seed: u64) -> Vec<u8> {
        let mut digest = Md5::new();
        digest.update(seed.to_be_bytes());
        let mut from = 0;
        for (place, known) in &self.shared {
            digest.update(self.out.get(from..place.start).unwrap_or_default());
            digest.update(known);
            from = place.end;
        }
        digest.update(self.out.get(from..).unwrap_or_default());
        digest.finalize().to_vec()
    }

    /// The least bytes that hold each field of all cross-references, but for the generation of object
    /// 0, which is the greatest that there is room for.
    fn narrowest(&self) -> [usize; 3] {
        let fields = self.entries.iter().skip(1).map(|entry| entry.fields(1));
        let (field, last) = fields.fold((0, 0), |(field, last), (_, own, own_last)| {
            (u32::max(field, own), u16::max(last, own_last))
        });
        let bytes = |leading: u32, of: usize| (of - leading as usize / 8).max(1);
        [1, bytes(field.leading_zeros(), 4), bytes(last.leading_zeros(), 2)]
    }

    /// The rows of the cross-reference stream, with fields of these widths, where `predicted` each as
    /// its difference from the row above (PNG predictor "up"): neighbours differ by one, which
    /// compresses to almost nothing.
    fn cross_references(&self, [_, field, last]: [usize; 3], predicted: bool) -> Vec<u8> {
        let mut rows = Vec::with_capacity(self.entries.len() * 8);
        let mut above = [0u8; 7];
        for (number, entry) in self.entries.iter().enumerate() {
            let (kind, own_field, own_last) = entry.fields(number);
            let (own_field, own_last) = (own_field.to_be_bytes(), own_last.to_be_bytes());
            if !predicted {
                rows.push(kind);
                rows.extend_from_slice(own_field.get(4 - field..).unwrap_or_default());
                rows.extend_from_slice(own_last.get(2 - last..).unwrap_or_default());
                continue;
            }
            let mut row = [kind; 7];
            row[1..5].copy_from_slice(&own_field);
            row[5..7].copy_from_slice(&own_last);
            rows.push(2);
            rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
            above = row;
        }
        rows
    }
}
