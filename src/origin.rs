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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// The stretches that bytes from `from` on come from, up to `length` bytes further, with offsets
    /// from there: texts with the same ones are found in the same places.
    pub fn within(&self, from: u32, length: u32) -> Vec<Origin> {
        let first = self.entries.partition_point(|entry| entry.offset <= from).saturating_sub(1);
        let entries = self.entries.get(first..).unwrap_or_default();
        let inside = entries.iter().take_while(|entry| entry.offset <= from.saturating_add(length));
        let moved = inside.map(|entry| {
            let before = if entry.verbatim { from.saturating_sub(entry.offset) } else { 0 };
            let start = entry.span.start.saturating_add(before).min(entry.span.end);
            let span = Span { start, ..entry.span };
            Origin { offset: entry.offset.saturating_sub(from), span, ..*entry }
        });
        moved.collect()
    }

    /// The stretch of a template that the bytes from `start` to `end` were copied from; where they
    /// were not copied as a whole, the place of the first.
    pub fn stretch(&self, start: u32, end: u32) -> Option<Span> {
        let first = self.locate(start)?;
        let is_point = |span: &Span| span.start == span.end;
        let last = end.checked_sub(1).filter(|last| *last >= start);
        let last = last.and_then(|last| self.locate(last)).filter(is_point);
        let whole = last.filter(|last| {
            is_point(&first)
                && last.source == first.source
                && last.end.checked_sub(first.start) == Some(end - 1 - start)
        });
        Some(whole.map_or(first, |last| Span { end: last.end + 1, ..first }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn copies_of_a_text_have_the_same_origins_wherever_they_stand() {
        let source = Sources::new().add("a.html", "");
        let span = |start, end| Span { source, start, end };
        let entry = |offset, span, verbatim| Origin { offset, span, verbatim };
        let map = |more: u32| OriginMap {
            entries: vec![
                entry(0, span(0, 20), true),
                entry(20, span(20, 26), false),
                entry(20 + more, span(26, 50), true),
                entry(44 + more, span(50, 60), false),
            ],
        };
        let inside = vec![entry(0, span(30, 50), true), entry(20, span(50, 60), false)];
        assert_eq!(map(3).within(27, 22), inside);
        assert_eq!(map(9).within(33, 22), inside);
        assert_eq!(map(9).within(33, 5), inside[..1]);
        assert_eq!(map(9).within(22, 3), [entry(0, span(20, 26), false)]);
    }

    #[test]
    fn stretch_is_whole_where_it_was_copied_and_a_point_else() {
        let source = Sources::new().add("a.html", "");
        let span = |start, end| Span { source, start, end };
        let map = OriginMap {
            entries: vec![
                Origin { offset: 0, span: span(10, 30), verbatim: true },
                Origin { offset: 20, span: span(30, 36), verbatim: false },
                Origin { offset: 22, span: span(36, 50), verbatim: true },
            ],
        };
        assert_eq!(map.stretch(2, 9), Some(span(12, 19)));
        assert_eq!(map.stretch(12, 20), Some(span(22, 30)));
        assert_eq!(map.stretch(12, 21), Some(span(22, 22)));
        assert_eq!(map.stretch(12, 25), Some(span(22, 22)));
        assert_eq!(map.stretch(20, 22), Some(span(30, 36)));
        assert_eq!(map.stretch(4, 4), Some(span(14, 14)));
    }
}
