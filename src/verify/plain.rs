//! The objects of a plainly written file as they stand in it, byte for byte, without being parsed.
//!
//! Of damaged and of changed files each reader makes its own sense: which bytes are an object is
//! told only where all must agree.

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::document::Document;
use super::syntax::container::Container;
use super::syntax::token::{Token, Tokens, is_space, whole};
use super::syntax::xref::At;

/// A file of more bytes is not looked at: all its object streams would be held in memory.
const LARGEST: usize = 1 << 20;
/// Object streams that unpack to more than so many bytes are not held.
const UNPACKED: usize = 16 << 20;

/// Where the objects of a plainly written file stand.
#[derive(Debug)]
pub struct Plain {
    /// By their numbers, in order.
    objects: Vec<(u32, Span)>,
    containers: FxHashMap<u32, Arc<Container>>,
}

/// Where an object stands: up to where the next one begins.
#[derive(Debug)]
enum Span {
    File(Range<usize>),
    Stream { container: u32, at: usize },
}

impl Plain {
    /// Of a file; `None` when it is large, or when readers may differ about its objects: each must
    /// stand where the only cross-reference stream says, and nothing that looks like an object, or
    /// holds some, may stand elsewhere.
    pub(super) fn of(document: &Document) -> Option<Plain> {
        let bytes = document.bytes();
        let xref = document.xref();
        if bytes.len() > LARGEST || !xref.is_single || xref.encrypted {
            return None;
        }
        let (mut starts, mut packed) = (Vec::new(), 0);
        for (number, at) in &xref.objects {
            match at {
                At::File(offset, 0) if is_header(bytes, *offset, *number) => starts.push(*offset),
                At::File(..) => return None,
                At::Stream(..) => packed += 1,
                At::Free => {}
            }
        }
        if begun(bytes) != starts.len() {
            return None;
        }
        starts.sort_unstable();
        let span = |offset: usize| {
            let next = starts.partition_point(|start| *start <= offset);
            offset..starts.get(next).copied().unwrap_or(bytes.len())
        };
        let containers = containers(document, span)?;
        let held: usize = containers.values().map(|container| container.numbers().len()).sum();
        if held != packed || memmem::find_iter(bytes, b"ObjStm").count() != containers.len() {
            return None;
        }
        let mut objects = Vec::with_capacity(xref.objects.len());
        for (number, at) in &xref.objects {
            let span = match *at {
                At::File(offset, _) => Span::File(span(offset)),
                At::Stream(container, at) => {
                    let at = usize::try_from(at).ok()?;
                    if containers.get(&container)?.numbers().nth(at) != Some(*number) {
                        return None;
                    }
                    Span::Stream { container, at }
                }
                At::Free => continue,
            };
            objects.push((*number, span));
        }
        Some(Plain { objects, containers })
    }

    /// The bytes of an object, and of what follows it up to the next one.
    pub fn object<'a>(&'a self, document: &'a Document, number: u32) -> Option<&'a [u8]> {
        let at = self.objects.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        match &self.objects.get(at)?.1 {
            Span::File(span) => document.bytes().get(span.clone()),
            Span::Stream { container, at } => {
                let container = self.containers.get(container)?;
                container.data().get(container.span(*at)?)
            }
        }
    }

    /// The object stream of this number.
    pub fn container(&self, number: u32) -> Option<&Container> {
        self.containers.get(&number).map(Arc::as_ref)
    }
}

/// The object streams, which stand where `span` tells; `None` when one is not in order.
fn containers(
    document: &Document,
    span: impl Fn(usize) -> Range<usize>,
) -> Option<FxHashMap<u32, Arc<Container>>> {
    let objects = &document.xref().objects;
    let mut containers = FxHashMap::default();
    let mut unpacked = 0;
    for (_, at) in objects {
        let At::Stream(number, _) = *at else { continue };
        if containers.contains_key(&number) {
            continue;
        }
        let place = objects.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        let Some((_, At::File(offset, _))) = objects.get(place) else { return None };
        let container = match document.common() {
            Some(common) => common.read(document, number, document.bytes().get(span(*offset))?)?,
            None => Arc::new(Container::read(document, number)?),
        };
        unpacked += container.data().len();
        if unpacked > UNPACKED || !container.is_orderly() {
            return None;
        }
        containers.insert(number, container);
    }
    Some(containers)
}

/// Whether an object of this number, and of generation 0, begins here.
fn is_header(bytes: &[u8], offset: usize, number: u32) -> bool {
    let mut tokens = Tokens::new(bytes, offset);
    bytes.get(offset).is_some_and(u8::is_ascii_digit)
        && matches!(tokens.next(), Some(Token::Number(own)) if whole(own) == Some(i64::from(number)))
        && matches!(tokens.next(), Some(Token::Number(b"0")))
        && tokens.next() == Some(Token::Word(b"obj"))
}

/// How many objects seem to begin in these bytes, streams included.
fn begun(bytes: &[u8]) -> usize {
    let before = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at));
    memmem::find_iter(bytes, b"obj")
        .filter(|at| before(*at).is_some_and(|byte| is_space(*byte) || byte.is_ascii_digit()))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of a catalog, of pages, and of what else is given.
    fn file(more: &str) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut rows = vec![0_u8; 4];
        let bodies = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", more];
        for (number, body) in (1..).zip(bodies) {
            rows.extend([1, (file.len() >> 8) as u8, file.len() as u8, 0]);
            file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        let start = file.len();
        rows.extend([1, (start >> 8) as u8, start as u8, 0]);
        let dict = "<</Type/XRef/Size 5/W[1 2 1]/Root 1 0 R/Length 20>>";
        file.extend(format!("4 0 obj\n{dict}\nstream\n").bytes());
        file.extend(rows);
        file.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
        file
    }

    fn third(file: Vec<u8>) -> Option<Vec<u8>> {
        let document = Document::open(file.into()).ok()?;
        let plain = document.plain()?;
        plain.object(&document, 3).map(<[u8]>::to_vec)
    }

    #[test]
    fn objects_are_told_where_no_reader_can_differ() {
        assert_eq!(third(file("(text)")).as_deref(), Some(&b"3 0 obj\n(text)\nendobj\n"[..]));
        assert_eq!(third(file("(text)\nendobj\n3 0 obj\n(other)")), None);
        assert_eq!(third(file("<</Type/ObjStm/N 0/First 0>>")), None);
        let mut moved = file("(text)");
        moved.splice(0..0, *b"\n");
        assert_eq!(third(moved), None);
    }
}
