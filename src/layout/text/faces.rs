//! Which faces a style comes to, once for each style of a document.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::diag::{Diagnostic, Diagnostics};
use crate::fonts::{Choice, FaceId, FaceMetrics, FaceQuery, FontBook, ShapedWord, Shaping, Slope};
use crate::geom::Pt;
use crate::style::{Caps, ComputedStyle, Font, FontPosition, FontStyle, StyleId, Styled};

/// Latin, the script of words that have none of their own (ISO 15924).
pub(super) const LATIN: [u8; 4] = *b"Latn";

/// The faces of each style of a document, and what was found missing while setting its text.
#[derive(Debug, Default)]
pub struct FaceChoices {
    by_style: Vec<OnceLock<Arc<Typeface>>>,
    /// Where each style is in memory, and its place among all, in order.
    by_address: Vec<(usize, usize)>,
    findings: Mutex<BTreeMap<String, Diagnostic>>,
    missing: Mutex<BTreeMap<char, String>>,
}

/// A style's letters: its faces and how words are shaped in them.
#[derive(Debug)]
pub(super) struct Typeface {
    /// In order of preference.
    pub choices: Vec<Choice>,
    pub size: Pt,
    /// Of the first face, in em.
    pub metrics: FaceMetrics,
    /// Whether the first face is for some characters only (`unicode-range`).
    pub partial: bool,
    pub weight: u16,
    pub italic: bool,
    language: Arc<str>,
    features: Arc<[([u8; 4], u32)]>,
    latin: Shaping,
    /// Smaller letters for small capitals, where the face has none of its own.
    pub small: Option<Arc<Typeface>>,
    pub space: Arc<ShapedWord>,
    pub hyphen: OnceLock<(Arc<ShapedWord>, Choice)>,
}

/// What tells a style from others that are in memory.
fn address(style: &ComputedStyle) -> usize {
    std::ptr::from_ref(style).addr()
}

impl FaceChoices {
    /// Nothing chosen yet for a document with these styles.
    pub fn new(styled: &Styled) -> FaceChoices {
        let by_style = styled.styles.iter().map(|_| OnceLock::new()).collect();
        let mut by_address: Vec<(usize, usize)> =
            styled.styles.iter().enumerate().map(|(at, style)| (address(style), at)).collect();
        by_address.sort_unstable();
        FaceChoices { by_style, by_address, ..FaceChoices::default() }
    }

    /// Families that were substituted and characters that no face has, in a stable order.
    pub fn findings(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        found.extend(lock(&self.findings).values().cloned());
        found.extend(
            lock(&self.missing).iter().map(|(character, around)| missing(*character, around)),
        );
        found
    }

    /// The letters of a style that the document lists.
    pub(super) fn typeface(
        &self,
        style: StyleId,
        styled: &Styled,
        fonts: &FontBook,
    ) -> Arc<Typeface> {
        let make = || Arc::new(self.resolve(styled.style(style), fonts));
        match self.by_style.get(style.index()) {
            Some(slot) => Arc::clone(slot.get_or_init(make)),
            None => make(),
        }
    }

    /// The letters of any style; remembered when the document lists it.
    pub(super) fn typeface_of(
        &self,
        style: &ComputedStyle,
        styled: &Styled,
        fonts: &FontBook,
    ) -> Arc<Typeface> {
        let by_address = &self.by_address;
        let listed = by_address.binary_search_by_key(&address(style), |(address, _)| *address);
        let place = listed.ok().and_then(|at| by_address.get(at)).map(|(_, place)| *place);
        // What stands at that address is another style when the document is.
        if let Some(place) = place
            && styled.styles.get(place).is_some_and(|listed| std::ptr::eq(&**listed, style))
            && let Some(slot) = self.by_style.get(place)
        {
            return Arc::clone(slot.get_or_init(|| Arc::new(self.resolve(style, fonts))));
        }
        Arc::new(self.resolve(style, fonts))
    }

    /// The letters of any style.
    pub(super) fn resolve(&self, style: &ComputedStyle, fonts: &FontBook) -> Typeface {
        let font = &style.font;
        let query = query(font);
        let italic = query.leans();
        let selection = fonts.select(&font.families, &query);
        selection.findings.into_iter().for_each(|finding| self.note(finding));
        let mut choices = selection.choices;
        if choices.is_empty() {
            choices.push(Choice { face: FaceId(0), slant: false });
        }
        let features = features(style);
        let language: Arc<str> = Arc::clone(&style.language);
        let latin = fonts.shaping(LATIN, &language, false, &features);
        let mut typeface = Typeface {
            size: font.size,
            metrics: fonts.metrics(choices[0].face),
            partial: fonts.is_partial(choices[0].face),
            weight: font.weight,
            italic,
            latin,
            small: None,
            space: fonts.shape_word(choices[0].face, " ", latin),
            choices,
            language,
            features,
            hyphen: OnceLock::new(),
        };
        self.check_forms(style, &typeface, fonts);
        typeface.small = small(style, &typeface, fonts);
        typeface
    }

    /// Warns of forms that the face does not have: raised and lowered figures.
    fn check_forms(&self, style: &ComputedStyle, typeface: &Typeface, fonts: &FontBook) {
        let figures = match style.font.position {
            FontPosition::Normal => None,
            FontPosition::Sub => Some(("lowered figures", *b"subs", "2")),
            FontPosition::Super => Some(("raised figures", *b"sups", "2")),
        };
        let face = typeface.first().face;
        if let Some((name, feature, sample)) = figures
            && !has_forms(face, feature, sample, fonts)
        {
            let family = fonts.family_name(face);
            let message =
                format!("the family {family} has no {name}: its usual letters stand instead");
            self.note(Diagnostic::warning("font/no-forms", message).help(
                "use Source Serif 4 or Source Sans 3, or vertical-align and a smaller font-size",
            ));
        }
    }

    fn note(&self, finding: Diagnostic) {
        lock(&self.findings).entry(finding.message.clone()).or_insert(finding);
    }

    /// Notes a character that no face has, with the text around it.
    pub(super) fn note_missing(&self, character: char, around: &str) {
        let mut missing = lock(&self.missing);
        let noted = missing.entry(character).or_insert_with(|| around.to_owned());
        // The order of work must not show: of several places, the first by its letters is kept.
        if around < noted.as_str() {
            *noted = around.to_owned();
        }
    }
}

impl Typeface {
    /// The manner of shaping for a script and direction.
    pub fn shaping(&self, script: [u8; 4], rtl: bool, fonts: &FontBook) -> Shaping {
        if script == LATIN && !rtl {
            return self.latin;
        }
        fonts.shaping(script, &self.language, rtl, &self.features)
    }

    /// The face of most letters.
    pub fn first(&self) -> Choice {
        self.choices[0]
    }

    /// The hyphen that stands at a line's end.
    pub fn hyphen(&self, fonts: &FontBook) -> &(Arc<ShapedWord>, Choice) {
        self.hyphen.get_or_init(|| {
            let first = self.first();
            let proper = if fonts.covers(first.face, '\u{2010}') { "\u{2010}" } else { "-" };
            (fonts.shape_word(first.face, proper, self.latin), first)
        })
    }
}

/// Whether a feature gives a sample other glyphs.
fn has_forms(face: FaceId, feature: [u8; 4], sample: &str, fonts: &FontBook) -> bool {
    let glyphs = |features: &[([u8; 4], u32)]| {
        let manner = fonts.shaping(LATIN, "", false, &Arc::from(features));
        Arc::clone(&fonts.shape_word(face, sample, manner).glyphs)
    };
    glyphs(&[]) != glyphs(&[(feature, 1)])
}

/// The letters of small capitals where the face has none: its capitals, smaller (CSS Fonts 4 §7.2).
fn small(style: &ComputedStyle, typeface: &Typeface, fonts: &FontBook) -> Option<Arc<Typeface>> {
    /// Between the heights of small letters and of capitals in most faces.
    const SCALE: f32 = 0.8;
    let first = typeface.first().face;
    if style.font.caps == Caps::Normal || has_forms(first, *b"smcp", "x", fonts) {
        return None;
    }
    Some(Arc::new(Typeface {
        choices: typeface.choices.clone(),
        size: typeface.size * SCALE,
        metrics: typeface.metrics,
        partial: typeface.partial,
        weight: typeface.weight,
        italic: typeface.italic,
        language: Arc::clone(&typeface.language),
        features: Arc::clone(&typeface.features),
        latin: typeface.latin,
        small: None,
        space: Arc::clone(&typeface.space),
        hyphen: OnceLock::new(),
    }))
}

/// What a style asks of its faces.
fn query(font: &Font) -> FaceQuery {
    /// CSS pixels in a point.
    const PIXELS: f32 = 96.0 / 72.0;
    FaceQuery {
        weight: font.weight,
        slope: match font.style {
            FontStyle::Normal => Slope::Upright,
            FontStyle::Italic => Slope::Italic,
            FontStyle::Oblique => Slope::Oblique(font.oblique_angle),
        },
        stretch: font.stretch,
        optical_size: font.optical_sizing.then_some(font.size.0 * PIXELS),
        variations: Arc::clone(&font.variations),
    }
}

/// The OpenType features that a style asks for, sorted.
fn features(style: &ComputedStyle) -> Arc<[([u8; 4], u32)]> {
    let font = &style.font;
    let plain = font.caps == Caps::Normal
        && font.position == FontPosition::Normal
        && font.kerning
        && style.letter_spacing == Pt::ZERO;
    if plain {
        return Arc::clone(&font.features);
    }
    let mut features: BTreeMap<[u8; 4], u32> = BTreeMap::new();
    // Letters that are set apart are not joined (CSS Text 3 §8.2).
    if style.letter_spacing != Pt::ZERO {
        features.extend([(*b"liga", 0), (*b"clig", 0), (*b"dlig", 0)]);
    }
    match font.caps {
        Caps::Normal => {}
        Caps::SmallCaps => features.extend([(*b"smcp", 1)]),
        Caps::AllSmallCaps => features.extend([(*b"smcp", 1), (*b"c2sc", 1)]),
    }
    match font.position {
        FontPosition::Normal => {}
        FontPosition::Sub => features.extend([(*b"subs", 1)]),
        FontPosition::Super => features.extend([(*b"sups", 1)]),
    }
    if !font.kerning {
        features.insert(*b"kern", 0);
    }
    features.extend(font.features.iter().copied());
    features.into_iter().collect()
}

fn missing(character: char, around: &str) -> Diagnostic {
    let code = character as u32;
    let message = format!(
        "no font on hand has the character {character} (U+{code:04X}), in \u{201c}{around}\u{201d}"
    );
    Diagnostic::error("text/missing-glyph", message).help(
        "add a font that has it to templates/fonts or with --font-dir, or write the text without it",
    )
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
