//! Sizes of paper.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::geom::{Pt, Size};

/// A page's size, upright or across.
#[derive(Debug, Clone, PartialEq)]
pub struct PageFormat {
    /// The value of CSS's `size` that means it: `A4`, `A4 landscape`, `210mm 297mm`.
    pub name: String,
    /// The size as it lies before the reader.
    pub size: Size,
}

/// Sizes of CSS Paged Media 3 §7.1, upright, and those of ISO 216 that people ask for besides, in
/// millimetres.
const NAMED: [(&str, f32, f32); 11] = [
    ("A3", 297.0, 420.0),
    ("A4", 210.0, 297.0),
    ("A5", 148.0, 210.0),
    ("A6", 105.0, 148.0),
    ("B4", 250.0, 353.0),
    ("B5", 176.0, 250.0),
    ("JIS-B4", 257.0, 364.0),
    ("JIS-B5", 182.0, 257.0),
    ("Letter", 215.9, 279.4),
    ("Legal", 215.9, 355.6),
    ("Ledger", 279.4, 431.8),
];

/// The narrowest side of a page, and the widest (PDF 1.7 Annex C.2), in points.
const SIDES: std::ops::RangeInclusive<f32> = 36.0..=14_400.0;

impl Default for PageFormat {
    fn default() -> PageFormat {
        PageFormat { name: "A4".to_owned(), size: Size::new(Pt::mm(210.0), Pt::mm(297.0)) }
    }
}

impl PageFormat {
    /// Reads `A4`, `a4 landscape`, `210mm 297mm` or `210 x 297 mm`; none if it is no size.
    pub fn parse(text: &str) -> Option<PageFormat> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            [rest @ .., turn] if turn.eq_ignore_ascii_case("landscape") => {
                Some(PageFormat::parse(&rest.join(" "))?.turned(true))
            }
            [rest @ .., turn] if turn.eq_ignore_ascii_case("portrait") => {
                Some(PageFormat::parse(&rest.join(" "))?.turned(false))
            }
            [name] if !name.starts_with(|letter: char| letter.is_ascii_digit()) => {
                let (name, width, height) =
                    NAMED.into_iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
                Some(PageFormat {
                    name: name.to_owned(),
                    size: Size::new(Pt::mm(width), Pt::mm(height)),
                })
            }
            _ => PageFormat::measured(text),
        }
    }

    fn measured(text: &str) -> Option<PageFormat> {
        let spaced = text.replace(['x', '×', ','], " ");
        let mut lengths: Vec<(f32, &str)> = Vec::new();
        for word in spaced.split_whitespace() {
            let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
            let unit = &word[digits.len()..];
            match (digits.is_empty(), lengths.last_mut()) {
                (true, Some((_, last @ ""))) => *last = unit,
                _ => lengths.push((digits.parse().ok()?, unit)),
            }
        }
        // "210 x 297 mm" names the unit once.
        let [first, second] = lengths.as_slice() else { return None };
        let length = |(value, unit): (f32, &str)| {
            let points = match if unit.is_empty() { second.1 } else { unit } {
                "mm" => Pt::mm(value),
                "cm" => Pt::mm(value * 10.0),
                "in" => Pt(value * 72.0),
                "pt" => Pt(value),
                _ => return None,
            };
            SIDES.contains(&points.0).then_some(points)
        };
        let size = Size::new(length(*first)?, length(*second)?);
        let unit = second.1;
        let name = format!(
            "{}{} {}{unit}",
            first.0,
            if first.1.is_empty() { unit } else { first.1 },
            second.0
        );
        Some(PageFormat { name, size })
    }

    /// The same paper, across or upright.
    #[must_use]
    pub fn turned(self, landscape: bool) -> PageFormat {
        let Size { width, height } = self.size;
        let (short, long) = (width.min(height), width.max(height));
        let size = if landscape { Size::new(long, short) } else { Size::new(short, long) };
        let named = NAMED.iter().any(|(name, ..)| self.name.split(' ').next() == Some(name));
        let name = match self.name.split_once(' ') {
            Some((name, _)) if named => name.to_owned(),
            Some((first, second)) if size != self.size => format!("{second} {first}"),
            _ => self.name,
        };
        PageFormat {
            name: if named && landscape { format!("{name} landscape") } else { name },
            size,
        }
    }

    /// The names that are known, for messages.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, ..)| *name)
    }
}

impl JsonSchema for PageFormat {
    fn schema_name() -> Cow<'static, str> {
        "PageFormat".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A size of paper: a name such as A4, a name and an orientation such as \
                `A4 landscape`, two lengths such as `210mm 297mm`, or a map of `size` and `orientation`.",
            "anyOf": [
                {"type": "string", "examples": ["A4", "A5", "Letter", "A4 landscape", "210mm 297mm"]},
                {
                    "type": "object",
                    "properties": {
                        "size": {"type": "string"},
                        "orientation": {"enum": ["portrait", "landscape"]},
                    },
                    "required": ["size"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, i32, i32)> {
        let page = PageFormat::parse(text)?;
        Some((page.name, page.size.width.0.round() as i32, page.size.height.0.round() as i32))
    }

    #[test]
    fn sizes_are_read_by_name_and_by_measure() {
        let wanted = |name: &str, width, height| Some((name.to_owned(), width, height));
        assert_eq!(read("a4"), wanted("A4", 595, 842));
        assert_eq!(read("A4 landscape"), wanted("A4 landscape", 842, 595));
        assert_eq!(read("Letter portrait"), wanted("Letter", 612, 792));
        assert_eq!(read("210mm 297mm"), wanted("210mm 297mm", 595, 842));
        assert_eq!(read("210 x 297 mm"), wanted("210mm 297mm", 595, 842));
        assert_eq!(read("210x297mm"), wanted("210mm 297mm", 595, 842));
        assert_eq!(read("210mm 297mm landscape"), wanted("297mm 210mm", 842, 595));
        assert_eq!(read("8.5in 11in"), wanted("8.5in 11in", 612, 792));
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for text in [
            "",
            "A9",
            "10",
            "1mm 1mm",
            "-5mm 10mm",
            "210mm",
            "1e9mm 5mm",
            "landscape",
            "NaNmm 5mm",
            "mm mm",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
