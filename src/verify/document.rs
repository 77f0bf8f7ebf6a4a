//! A PDF file that is open for reading: its catalog, pages and objects. Reads what `hayro-syntax`
//! reads, and mends damaged cross-references as viewers do.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use hayro_syntax::object::{
    Array, Dict, FromBytes, MaybeRef, Name, Number, Object, ObjectIdentifier, Stream,
};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use memchr::memmem;
use rustc_hash::FxHashMap;

use super::plain::Plain;
use super::syntax::common::Common;
use super::syntax::xref::{self, Xref};
use super::{depth, inflate, unpack};

/// The most that one stream may unpack to, in bytes: pages and fonts take far less.
const UNPACKED: usize = 256 << 20;

/// A file of at most so many pages is short.
const SHORT: usize = 4;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// No PDF, or damaged beyond mending.
    Damaged,
    /// It opens only with a password.
    Password,
    /// It is locked in a way that is not known here.
    UnknownEncryption,
    /// Dictionaries lie deeper in one another than can be read.
    TooDeep,
    /// The reader met a fault of its own in it.
    Fault,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Unreadable::Damaged => "it is not a PDF file, or too damaged to be read",
            Unreadable::Password => "it opens only with a password",
            Unreadable::UnknownEncryption => "it is encrypted in an unknown way",
            Unreadable::TooDeep => "its dictionaries lie more than 512 deep in one another",
            Unreadable::Fault => {
                "the checker met a fault of its own in reading it; please report it"
            }
        })
    }
}

/// An open file.
pub struct Document {
    bytes: Arc<Vec<u8>>,
    pdf: Pdf,
    page_of: FxHashMap<ObjectIdentifier, usize>,
    xref: OnceLock<Xref>,
    plain: OnceLock<Option<Plain>>,
    /// What papers of the run have in common, when it is one of these.
    common: Option<Arc<Common>>,
}

impl Document {
    /// Opens a file.
    ///
    /// # Errors
    /// [`Unreadable`] when there is nothing to examine.
    pub fn open(bytes: Arc<Vec<u8>>) -> Result<Document, Unreadable> {
        Document::with(bytes, None)
    }

    /// Opens one of many papers.
    ///
    /// # Errors
    /// As for [`Document::open`].
    pub(super) fn with(
        bytes: Arc<Vec<u8>>,
        common: Option<Arc<Common>>,
    ) -> Result<Document, Unreadable> {
        if depth::is_too_deep(&bytes) {
            return Err(Unreadable::TooDeep);
        }
        let pdf = Pdf::new(bytes.clone()).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::Password,
            LoadPdfError::Decryption(_) => Unreadable::UnknownEncryption,
            LoadPdfError::Invalid => Unreadable::Damaged,
        })?;
        let page_of = pdf
            .pages()
            .iter()
            .enumerate()
            .filter_map(|(index, page)| Some((page.raw().obj_id()?, index)))
            .collect();
        let (xref, plain) = (OnceLock::new(), OnceLock::new());
        Ok(Document { bytes, pdf, page_of, xref, plain, common })
    }

    /// Whether the file is so short that handing parts of it to other threads, and waiting for
    /// them, is more work than it saves: papers of a run are checked side by side anyway.
    pub fn is_short(&self) -> bool {
        self.pdf.pages().len() <= SHORT
    }

    /// Of so many parts the fewest that one thread takes.
    pub fn fewest(&self, parts: usize) -> usize {
        if self.is_short() { parts.max(1) } else { 1 }
    }

    /// What the papers of the run have in common, when the file is one of these.
    pub(super) fn common(&self) -> Option<&Common> {
        self.common.as_deref()
    }

    /// The file as it is.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file as `hayro-syntax` gives it.
    pub fn pdf(&self) -> &Pdf {
        &self.pdf
    }

    /// The document catalog (ISO 32000-1 7.7.2).
    pub fn catalog(&self) -> Dict<'_> {
        self.dict(self.pdf.xref().root_id()).unwrap_or_default()
    }

    /// The object of this number as a dictionary.
    pub fn dict(&self, id: ObjectIdentifier) -> Option<Dict<'_>> {
        self.pdf.xref().get::<Dict<'_>>(id)
    }

    /// The object of this number, whatever it is.
    pub fn object(&self, id: ObjectIdentifier) -> Option<Object<'_>> {
        self.pdf.xref().get::<Object<'_>>(id)
    }

    /// The items of a list, each followed to its object. What leads nowhere is passed over, where
    /// the list's own iterator would end. Without the document at hand, [`items`] gives the same.
    pub fn items<'a>(&'a self, list: &Array<'a>) -> impl Iterator<Item = Object<'a>> {
        list.raw_iter().filter_map(|item| self.item(item))
    }

    /// One item of a list or dictionary, followed to its object; `None` when it leads nowhere.
    pub fn item<'a>(&'a self, item: MaybeRef<Object<'a>>) -> Option<Object<'a>> {
        match item {
            MaybeRef::Ref(reference) => self.object(reference.into()),
            MaybeRef::NotRef(object) => Some(object),
        }
    }

    /// The dictionaries among the items of a list.
    pub fn dicts<'a>(&'a self, list: &Array<'a>) -> impl Iterator<Item = Dict<'a>> {
        self.items(list).filter_map(Object::into_dict)
    }

    /// The index from 0 of a page by its object.
    pub fn page_index(&self, page: ObjectIdentifier) -> Option<usize> {
        self.page_of.get(&page).copied()
    }

    /// The cross-references as they stand in the file.
    pub fn xref(&self) -> &Xref {
        self.xref.get_or_init(|| xref::read(self))
    }

    /// Where the objects stand in the file, when it is a plainly written one.
    pub(super) fn plain(&self) -> Option<&Plain> {
        self.plain.get_or_init(|| Plain::of(self)).as_ref()
    }

    /// The dictionary of the last trailer, or of the last cross-reference stream. References in
    /// it are not followed: its entries are read with `get_raw`/`get_ref`.
    pub fn trailer(&self) -> Option<Dict<'_>> {
        let bytes: &[u8] = &self.bytes;
        let start = find_last(bytes, b"startxref")?;
        let offset = number_after(bytes.get(start + 9..)?)?;
        let section = bytes.get(offset..)?;
        let table = section.trim_ascii_start().starts_with(b"xref");
        let from = if table { find(section, b"trailer")? + 7 } else { find(section, b"obj")? + 3 };
        Dict::from_bytes(section.get(from..)?.trim_ascii_start())
    }

    /// What a stream unpacks to; `None` when it is broken, an image's own coding, or larger than
    /// is sound.
    pub fn unpacked<'a>(&self, stream: &Stream<'a>) -> Option<Cow<'a, [u8]>> {
        if !unpack::fits(stream, UNPACKED) {
            return None;
        }
        // What is damaged is left to the reader, which mends what it can.
        inflate::plain(stream).map(Cow::Owned).or_else(|| stream.decoded_data().ok())
    }
}

/// The items of a list by their places, each followed to its object: `None` stands where one leads
/// nowhere. A list's own iterator would end there, or at the first item of another type.
pub fn each<'a>(list: &Array<'a>) -> impl Iterator<Item = Option<Object<'a>>> + use<'a> {
    // Both read the same items; the second goes on behind one that it cannot follow.
    let mut followed = list.flex_iter();
    list.raw_iter().map(move |_| followed.next::<Object<'a>>())
}

/// The items of a list, each followed to its object; what leads nowhere is passed over.
pub fn items<'a>(list: &Array<'a>) -> impl Iterator<Item = Object<'a>> + use<'a> {
    each(list).flatten()
}

/// The names among the items of a list.
pub fn names<'a>(list: &Array<'a>) -> impl Iterator<Item = Name<'a>> + use<'a> {
    items(list).filter_map(Object::into_name)
}

/// The numbers of a list that has nothing else; `None` when there is something else.
pub fn numbers(list: &Array<'_>) -> Option<Vec<Number>> {
    each(list).map(|item| item.and_then(Object::into_number)).collect()
}

/// Where `needle` first stands in `bytes`.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memmem::find(bytes, needle)
}

/// Where `needle` last stands in `bytes`.
pub(super) fn find_last(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memmem::rfind(bytes, needle)
}

/// The whole number that stands next, after white space.
fn number_after(bytes: &[u8]) -> Option<usize> {
    let text = bytes.trim_ascii_start();
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    std::str::from_utf8(text.get(..end)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_behind_one_that_leads_nowhere_are_read() {
        let file = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R \
            /List [/A 9 0 R (text) 3 0 R null /B] /Numbers [1 2.5] >>\nendobj\n\
            2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n3 0 obj\n7\nendobj\n\
            trailer\n<< /Root 1 0 R >>\n%%EOF\n";
        let document = Document::open(Arc::new(file.to_vec())).unwrap();
        let list = document.catalog().get::<Array<'_>>("List").unwrap();
        let there: Vec<bool> = each(&list).map(|item| item.is_some()).collect();
        assert_eq!(there, [true, false, true, true, true, true]);
        let found: Vec<String> = names(&list).map(|name| name.as_str().to_owned()).collect();
        assert_eq!(found, ["A", "B"]);
        assert_eq!(items(&list).filter_map(Object::into_number).count(), 1);
        assert!(numbers(&list).is_none());
        let numbers = numbers(&document.catalog().get::<Array<'_>>("Numbers").unwrap()).unwrap();
        assert_eq!(numbers.iter().map(Number::as_f64).collect::<Vec<_>>(), [1.0, 2.5]);
    }
}
