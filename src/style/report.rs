//! Findings in stylesheets, with the place in the file that somebody wrote.

use cssparser::{BasicParseErrorKind, ParseError, ParseErrorKind};
use selectors::parser::SelectorParseErrorKind;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::near::nearest;
use crate::origin::OriginMap;
use crate::source::{SourceId, Span};

use super::known::{self, Meaning};
use super::properties;
use super::supported::SUPPORTED;
use super::values::Trouble;

/// What the byte offsets of a piece of CSS are offsets of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'a> {
    /// A file of its own.
    File(SourceId),
    /// A stretch of a filled text, from a byte offset on.
    Filled(&'a OriginMap, u32),
    /// Something short whose inside is not told apart.
    Whole(Option<Span>),
}

impl Place<'_> {
    /// Where the bytes `start..end` stand in what somebody wrote.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        match self {
            Place::File(source) => Some(Span::new(*source, start, end)),
            Place::Filled(origins, from) => {
                let offset = |at| from.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
                origins.stretch(offset(start), offset(end))
            }
            Place::Whole(span) => *span,
        }
    }
}

/// No more findings than this for one piece of CSS.
const MAX_FOUND: usize = 200;

/// Collects the findings of one piece of CSS.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub place: Place<'a>,
    pub found: Diagnostics,
    count: usize,
}

impl<'a> Report<'a> {
    pub fn new(place: Place<'a>) -> Report<'a> {
        Report { place, found: Diagnostics::new(), count: 0 }
    }

    /// Adds a finding about the bytes `start..end`.
    pub fn push(&mut self, diagnostic: Diagnostic, start: usize, end: usize) {
        self.count += 1;
        if self.count > MAX_FOUND {
            return;
        }
        self.found.push(match self.place.span(start, end) {
            Some(span) => diagnostic.at(span, ""),
            None => diagnostic,
        });
    }

    /// Adds a warning.
    pub fn warn(&mut self, code: Code, message: String, start: usize, end: usize) {
        self.push(Diagnostic::warning(code, message), start, end);
    }

    /// Says why the declaration of `name` with the text `text` is left out.
    pub fn declaration(
        &mut self,
        name: &str,
        text: &str,
        error: &ParseError<Trouble>,
        start: usize,
    ) {
        let text = text.trim_end_matches([';', '}']).trim_end();
        let end = start + text.len();
        let lower = name.to_ascii_lowercase();
        if known::meaning(&lower) == Meaning::Unknown {
            self.push(unknown_property(&lower), start, start + name.len());
            return;
        }
        let written = text.split_once(':').map_or(text, |(_, value)| value.trim());
        let written: String = written.chars().take(60).collect();
        let mut diagnostic = Diagnostic::warning(
            "style/unsupported-value",
            format!("`{lower}` cannot be `{written}`{}", reason(error)),
        );
        if let Some(row) = SUPPORTED.iter().find(|row| row.property == lower) {
            diagnostic = diagnostic.help(format!("it takes {}", row.values));
        }
        self.push(diagnostic, start, end);
    }

    /// Says why the rule with the text `text` is left out.
    pub fn rule(&mut self, text: &str, error: &ParseError<Trouble>, start: usize) {
        let head = text.split('{').next().unwrap_or(text).trim();
        let written: String = head.chars().take(80).collect();
        let message = format!("the rule `{written}` is left out{}", reason(error));
        let code = match &error.kind {
            ParseErrorKind::Custom(_) => "style/unsupported-selector",
            ParseErrorKind::Basic(_) => "style/syntax",
        };
        self.warn(code, message, start, start + head.len());
    }
}

/// Why something is refused, to be put behind the message.
fn reason(error: &ParseError<Trouble>) -> String {
    match &error.kind {
        ParseErrorKind::Custom(Trouble::Words(words)) => format!(": {words}"),
        ParseErrorKind::Custom(Trouble::Selector(kind)) => format!(": {}", selector_words(kind)),
        ParseErrorKind::Basic(BasicParseErrorKind::TooManyNestedBlocks) => {
            ": brackets are nested too deep".to_owned()
        }
        ParseErrorKind::Basic(BasicParseErrorKind::EndOfInput) => {
            ": something is missing".to_owned()
        }
        ParseErrorKind::Basic(_) => String::new(),
    }
}

fn selector_words(kind: &SelectorParseErrorKind) -> &'static str {
    match kind {
        SelectorParseErrorKind::EmptySelector => "a selector is empty",
        SelectorParseErrorKind::DanglingCombinator => "something is missing after > + or ~",
        SelectorParseErrorKind::UnsupportedPseudoClassOrElement => {
            "a pseudo-class or pseudo-element is not supported"
        }
        SelectorParseErrorKind::ExpectedNamespace => "namespaces are not supported",
        SelectorParseErrorKind::BadValueInAttr => "the value of an attribute needs quotes",
        SelectorParseErrorKind::ClassNeedsIdent => "a class name follows the dot",
        _ => "the selector is not well-formed",
    }
}

/// Properties whose effect cannot be had, with what to do instead.
pub const WITHOUT: &[(&str, &str)] = &[
    ("filter", "prepare the picture as it is to look"),
    ("backdrop-filter", "use a translucent background colour"),
    ("mix-blend-mode", "use `opacity` or a translucent colour"),
    ("background-blend-mode", "use a translucent colour"),
    ("mask", "use `overflow: hidden` with `border-radius`, or an SVG"),
    ("mask-image", "use `overflow: hidden` with `border-radius`, or an SVG"),
    ("clip-path", "use `overflow: hidden` with `border-radius`, or an SVG"),
    ("text-shadow", "text is set without shadow; choose colours that stand out"),
    ("border-image", "use `border` and a background picture"),
    ("writing-mode", "use `transform: rotate(90deg)` for a short text"),
    ("initial-letter", "use `::first-letter` with `float` and `font-size`"),
    ("font-size-adjust", "set `font-size` for that face"),
    ("hanging-punctuation", "lines end at the edge of the text; leave it out"),
    ("shape-outside", "text flows around the float's box"),
    ("line-clamp", "shorten the text; paper has no way to show the rest"),
    ("text-overflow", "shorten the text; paper has no way to show the rest"),
];

fn unknown_property(name: &str) -> Diagnostic {
    let plain = name.strip_prefix("-webkit-").unwrap_or(name);
    if let Some((_, instead)) = WITHOUT.iter().find(|(known, _)| *known == plain) {
        let message = format!("`{name}` is not supported and is left out");
        return Diagnostic::warning("style/unsupported-property", message).help(*instead);
    }
    if name.starts_with('-') && !name.starts_with("-dossier-") {
        let message = format!("`{name}` belongs to one program and is left out");
        return Diagnostic::warning("style/vendor-prefix", message).help("take the line out");
    }
    let diagnostic = Diagnostic::warning(
        "style/unknown-property",
        format!("the property `{name}` is not supported and is left out"),
    );
    match nearest(name, properties::names()) {
        Some(known) => diagnostic.help(format!("did you mean `{known}`?")),
        None => diagnostic.help("`dossier css` lists the properties that are supported"),
    }
}
