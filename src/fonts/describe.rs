//! What a face says of itself: family, weight, style, width.

use harfrust::Tag;
use harfrust::font::Font;
use harfrust::font::attribute::Style;
use harfrust::font::name::NameId;

/// What selection needs to know of a face.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Description {
    pub family: String,
    /// Lightest and heaviest.
    pub weight: (u16, u16),
    /// Whether it has upright letters, and whether leaning ones.
    pub upright: bool,
    pub italic: bool,
    /// Narrowest and widest, 1.0 for normal.
    pub stretch: (f32, f32),
    /// Whether it has axes to vary.
    pub variable: bool,
}

/// Reads the typographic family (name 16) before the four-style family (name 1), and weight,
/// slope and width from `OS/2` and `head`.
pub(super) fn describe(font: &Font) -> Description {
    let names = [NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME];
    let family = names.into_iter().find_map(|id| name(font, id)).unwrap_or_default();
    let attributes = font.default_attributes();
    let axis = |tag: &[u8; 4]| {
        let axis = font.axes().get_by_tag(Tag::new(tag))?;
        Some((axis.min_value(), axis.max_value())).filter(|(least, most)| least <= most)
    };
    let weight = attributes.weight.value();
    let (lightest, heaviest) = axis(b"wght").unwrap_or((weight, weight));
    let width = attributes.width.ratio();
    let leans = attributes.style != Style::Normal;
    let turns = axis(b"ital").is_some_and(|(least, most)| least < 1.0 && most >= 1.0)
        || axis(b"slnt").is_some_and(|(least, _)| least < 0.0);
    Description {
        family,
        weight: (lightest.clamp(1.0, 1000.0) as u16, heaviest.clamp(1.0, 1000.0) as u16),
        upright: !leans || turns,
        italic: leans || turns,
        stretch: axis(b"wdth")
            .map_or((width, width), |(least, most)| (least / 100.0, most / 100.0)),
        variable: !font.axes().is_empty(),
    }
}

/// A name from the `name` table, English where there is a choice.
pub(super) fn name(font: &Font, id: NameId) -> Option<String> {
    let name = font.names().get(id)?.english_or_first()?;
    Some(name.name().to_string()).filter(|name| !name.is_empty())
}
