//! Properties that are known beside those that have an effect: older names, names with a browser's
//! prefix, and what has no meaning on paper.

use super::properties::{self, PropertyId};

/// What a property's name means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Property(PropertyId),
    /// A prefixed or older name of the property.
    Prefixed(PropertyId),
    /// Known, and without meaning on paper.
    ScreenOnly,
    Unknown,
}

/// Prefixes whose names count as the plain ones.
const PREFIXES: &[&str] = &["-webkit-", "-moz-", "-epub-", "-prince-", "-weasy-", "-ro-", "-pdf-"];

/// Prefixes of what one program alone reads, which all others leave out without a word.
const FOREIGN: &[&str] = &["-ms-", "-o-", "-khtml-", "-apple-", "-xv-", "mso-", "-mso-", "-qt-"];

/// Older names of properties.
const OLDER: &[(&str, &str)] = &[
    ("grid-gap", "gap"),
    ("grid-row-gap", "row-gap"),
    ("grid-column-gap", "column-gap"),
    ("column-break-before", "break-before"),
    ("column-break-after", "break-after"),
    ("column-break-inside", "break-inside"),
    ("margin-start", "margin-inline-start"),
    ("margin-end", "margin-inline-end"),
    ("margin-before", "margin-block-start"),
    ("margin-after", "margin-block-end"),
    ("padding-start", "padding-inline-start"),
    ("padding-end", "padding-inline-end"),
    ("border-start", "border-inline-start"),
    ("border-end", "border-inline-end"),
    ("border-radius-topleft", "border-top-left-radius"),
    ("border-radius-topright", "border-top-right-radius"),
    ("border-radius-bottomleft", "border-bottom-left-radius"),
    ("border-radius-bottomright", "border-bottom-right-radius"),
];

/// What only a screen shows, or a person with a pointer meets. Families end in `*`.
pub const SCREEN_ONLY: &[&str] = &[
    "accent-color",
    "alignment-baseline",
    "anchor-name",
    "anchor-scope",
    "animation*",
    "app-region",
    "appearance",
    "backface-visibility",
    "box-align",
    "box-direction",
    "box-flex",
    "box-lines",
    "box-ordinal-group",
    "box-orient",
    "box-pack",
    "caret*",
    "color-adjust",
    "color-interpolation*",
    "color-rendering",
    "color-scheme",
    "contain*",
    "container*",
    "content-visibility",
    "cursor",
    "field-sizing",
    "font-display",
    "font-language-override",
    "font-smooth*",
    "font-smoothing",
    "force-broken-image-icon",
    "forced-color-adjust",
    "highlight",
    "image-rendering",
    "ime-mode",
    "interactivity",
    "interpolate-size",
    "isolation",
    "layout-flow",
    "layout-grid*",
    "locale",
    "nav-*",
    "nbsp-mode",
    "osx-font-smoothing",
    "overflow-anchor",
    "overflow-scrolling",
    "overscroll-behavior*",
    "perspective*",
    "pointer-events",
    "punctuation-wrap",
    "position-anchor",
    "position-area",
    "position-try*",
    "position-visibility",
    "print-color-adjust",
    "resize",
    "rtl-ordering",
    "scroll-*",
    "scrollbar-*",
    "speak*",
    "tab-interval",
    "tab-stops",
    "tap-highlight-color",
    "text-decoration-skip",
    "text-decoration-skip-box",
    "text-decoration-skip-inset",
    "text-decoration-skip-self",
    "text-decoration-skip-spaces",
    "text-rendering",
    "text-size-adjust",
    "timeline-scope",
    "touch-action",
    "touch-callout",
    "transform-style",
    "transition*",
    "user-drag",
    "user-focus",
    "user-input",
    "user-modify",
    "user-select",
    "view-timeline*",
    "view-transition*",
    "voice-*",
    "will-change",
    "zoom",
];

/// The meaning of a property's name.
pub(crate) fn meaning(name: &str) -> Meaning {
    if let Some(property) = properties::find(name) {
        return Meaning::Property(property);
    }
    let lower = name.to_ascii_lowercase();
    if FOREIGN.iter().any(|prefix| lower.starts_with(prefix)) {
        return Meaning::ScreenOnly;
    }
    let plain = PREFIXES.iter().find_map(|prefix| lower.strip_prefix(prefix)).unwrap_or(&lower);
    let older = OLDER.iter().find(|(old, _)| *old == plain).map_or(plain, |(_, new)| new);
    match properties::find(older) {
        Some(property) => Meaning::Prefixed(property),
        None if is_screen_only(plain) => Meaning::ScreenOnly,
        None => Meaning::Unknown,
    }
}

/// Whether a value has a word or function of one browser in it.
pub(crate) fn has_foreign_value(value: &str) -> bool {
    let words = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ':'));
    let mut words = words.map(str::to_ascii_lowercase);
    words.any(|word| {
        ["-webkit-", "-moz-", "-ms-", "-o-", "mso-", "progid"].iter().any(|p| word.starts_with(p))
    })
}

fn is_screen_only(name: &str) -> bool {
    SCREEN_ONLY.iter().any(|known| match known.strip_suffix('*') {
        Some(family) => name.starts_with(family),
        None => *known == name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaning_of_prefixed_names_is_that_of_the_plain_ones() {
        let plain = |name| Meaning::Prefixed(properties::find(name).unwrap());
        assert_eq!(meaning("-webkit-Hyphens"), plain("hyphens"));
        assert_eq!(meaning("-moz-column-count"), plain("column-count"));
        assert_eq!(meaning("grid-gap"), plain("gap"));
        assert_eq!(meaning("-webkit-print-color-adjust"), Meaning::ScreenOnly);
        assert_eq!(meaning("mso-style-name"), Meaning::ScreenOnly);
        assert_eq!(meaning("animation-fill-mode"), Meaning::ScreenOnly);
        assert_eq!(meaning("colour"), Meaning::Unknown);
    }

    #[test]
    fn property_that_has_an_effect_is_not_called_without_meaning() {
        for name in properties::names() {
            assert!(!is_screen_only(name), "{name}");
        }
    }
}
