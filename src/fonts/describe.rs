//! What a face says of itself: family, weight, style, width.

use harfrust::font::Font;
use harfrust::font::attribute::Style;
use harfrust::font::name::NameId;

/// What selection needs to know of a face.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Description {
    pub family: String,
    pub weight: u16,
    pub italic: bool,
    /// 1.0 for normal.
    pub stretch: f32,
}

/// Reads the typographic family (name 16) before the four-style family (name 1), and weight,
/// slope and width from `OS/2` and `head`.
pub(super) fn describe(font: &Font) -> Description {
    let names = [NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME];
    let family = names.into_iter().find_map(|id| name(font, id)).unwrap_or_default();
    let attributes = font.default_attributes();
    Description {
        family,
        weight: (attributes.weight.value().clamp(1.0, 1000.0)) as u16,
        italic: attributes.style != Style::Normal,
        stretch: attributes.width.ratio(),
    }
}

/// A name from the `name` table, English where there is a choice.
pub(super) fn name(font: &Font, id: NameId) -> Option<String> {
    let name = font.names().get(id)?.english_or_first()?;
    Some(name.name().to_string()).filter(|name| !name.is_empty())
}
