//! Object streams (ISO 32000-1 7.5.7): objects packed together.

use std::ops::Range;
use std::sync::OnceLock;

use hayro_syntax::object::{ObjectIdentifier, Stream};

use super::token::{Token, Tokens, is_space, whole};
use crate::verify::document::Document;
use crate::verify::level::Levels;

/// An object stream, unpacked.
#[derive(Debug)]
pub struct Container {
    data: Vec<u8>,
    first: usize,
    index: Vec<(u32, usize)>,
    /// How many objects it says that it holds.
    count: i64,
    sound: OnceLock<Levels>,
}

impl Container {
    /// Reads the object stream of this number.
    pub fn read(document: &Document, number: u32) -> Option<Container> {
        let id = ObjectIdentifier::new(number, 0);
        let stream = document.pdf().xref().get::<Stream<'_>>(id)?;
        let data = document.unpacked(&stream)?.into_owned();
        let first = stream.dict().get::<i64>("First").and_then(|first| usize::try_from(first).ok());
        let (first, count) = (first?, stream.dict().get::<i64>("N")?);
        let mut header = Tokens::new(data.get(..first).unwrap_or_default(), 0);
        let mut index: Vec<(u32, usize)> = Vec::new();
        for _ in 0..count {
            let (Some(Token::Number(number)), Some(Token::Number(offset))) =
                (header.next(), header.next())
            else {
                break;
            };
            let number = whole(number).and_then(|number| u32::try_from(number).ok());
            let offset = whole(offset).and_then(|offset| usize::try_from(offset).ok());
            index.extend(number.zip(offset));
        }
        Some(Container { data, first, index, count, sound: OnceLock::new() })
    }

    /// Whether all of its objects were examined by the rules of these levels, and nothing was
    /// found, not even what other families look into.
    pub fn is_sound(&self, by: Levels) -> bool {
        self.sound.get() == Some(&by)
    }

    /// Keeps that nothing was found in its objects.
    pub fn keep_sound(&self, by: Levels) {
        self.sound.get_or_init(|| by);
    }

    /// What it holds, its header included.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// The numbers of its objects, in order.
    pub fn numbers(&self) -> impl ExactSizeIterator<Item = u32> {
        self.index.iter().map(|(number, _)| *number)
    }

    /// Where the object at this place stands in the data: up to the next one.
    pub fn span(&self, at: usize) -> Option<Range<usize>> {
        let (_, offset) = self.index.get(at)?;
        let end = self
            .index
            .get(at + 1)
            .map_or(self.data.len(), |(_, next)| self.first.saturating_add(*next));
        Some(self.first.saturating_add(*offset)..end.min(self.data.len()))
    }

    /// Whether it holds as many objects as it says, one behind the other, and something stands
    /// where each should.
    pub fn is_orderly(&self) -> bool {
        usize::try_from(self.count) == Ok(self.index.len())
            && (0..self.index.len()).all(|at| {
                let object = self.span(at).and_then(|span| self.data.get(span));
                let begin = object.and_then(|bytes| bytes.iter().find(|byte| !is_space(**byte)));
                begin.is_some_and(|byte| *byte != b'%')
            })
    }
}
