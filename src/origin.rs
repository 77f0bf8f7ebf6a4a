//! Where the stretches of a filled text come from.

use crate::source::Span;

/// Where the stretches of a filled text come from: from `offset` of the filled text on, up to the
/// next entry, bytes were copied from `span.start` on, and a stretch that a value filled stands for
/// the whole of `span` (the expression in the template).
#[derive(Debug, Clone, Default)]
pub struct OriginMap {
    /// In order of `offset`.
    pub entries: Vec<Origin>,
}

/// One stretch of an [`OriginMap`].
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    /// First byte in the filled text.
    pub offset: u32,
    /// The stretch of the template that it comes from.
    pub span: Span,
    /// Whether the bytes were copied one by one (`true`) or filled by the expression at `span`.
    pub verbatim: bool,
}

impl OriginMap {
    /// The map of a text that is its own source.
    pub fn identity(span: Span) -> OriginMap {
        OriginMap { entries: vec![Origin { offset: 0, span, verbatim: true }] }
    }

    /// The place in a template that the filled text's byte `offset` comes from; `None` for text
    /// that was made without a template.
    pub fn locate(&self, offset: u32) -> Option<Span> {
        let index = self.entries.partition_point(|entry| entry.offset <= offset).checked_sub(1)?;
        let entry = self.entries[index];
        if !entry.verbatim {
            return Some(entry.span);
        }
        let at = (entry.span.start + (offset - entry.offset)).min(entry.span.end);
        Some(Span { source: entry.span.source, start: at, end: at })
    }
}
