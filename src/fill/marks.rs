//! Marks in filled text that say which stretch of a template it comes from, and their removal.
//!
//! A mark is the number of an [`Origin`](Place) between two noncharacters, which neither templates
//! nor data can bring in. Text after a mark belongs to it up to the next mark, so stretches that are
//! filled apart (blocks for a layout, papers of a pack) may be moved whole.

use crate::origin::{Origin, OriginMap};
use crate::source::Span;

const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

/// A stretch of a template: plain text, or a tag that fills in something else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) verbatim: bool,
}

/// The mark of the place numbered `index`.
pub(super) fn mark(index: usize) -> String {
    format!("{OPEN}{index}{CLOSE}")
}

/// The text without its marks, and where its stretches come from.
pub(super) fn strip(marked: &str, places: &[Place]) -> (String, OriginMap) {
    let mut text = String::with_capacity(marked.len());
    let mut entries: Vec<Origin> = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once(OPEN) {
        text.push_str(before);
        let (number, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        rest = after;
        let place = number.parse::<usize>().ok().and_then(|index| places.get(index));
        let Some(place) = place else { continue };
        let offset = u32::try_from(text.len()).unwrap_or(u32::MAX);
        // A stretch without text leaves no entry.
        if entries.last().is_some_and(|last| last.offset == offset) {
            entries.pop();
        }
        entries.push(Origin { offset, span: place.span, verbatim: place.verbatim });
    }
    text.push_str(rest);
    (text, OriginMap { entries })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn strip_of_marked_text_maps_both_kinds_of_stretch() {
        let source = Sources::new().add("t.hbs", "<p>{{x}}</p>");
        let places = [
            Place { span: Span::new(source, 0, 3), verbatim: true },
            Place { span: Span::new(source, 3, 8), verbatim: false },
            Place { span: Span::new(source, 8, 12), verbatim: true },
        ];
        let marked = format!("{}<p>{}value{}</p>", mark(0), mark(1), mark(2));
        let (text, map) = strip(&marked, &places);
        assert_eq!(text, "<p>value</p>");
        assert_eq!(map.locate(1), Some(Span::point(source, 1)));
        assert_eq!(map.locate(5), Some(Span::new(source, 3, 8)));
        assert_eq!(map.locate(10), Some(Span::point(source, 10)));
    }
}
