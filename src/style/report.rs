//! Findings in stylesheets, with the place in the file that somebody wrote.

use cssparser::{BasicParseErrorKind, ParseError, ParseErrorKind};
use selectors::parser::SelectorParseErrorKind;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::near::nearest;
use crate::origin::OriginMap;
use crate::source::{SourceId, Span};

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
                let offset = u32::try_from(start).unwrap_or(u32::MAX);
                origins.locate(from.saturating_add(offset))
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
        if properties::find(&lower).is_none() {
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

/// Properties that only matter on a screen; leaving them out changes nothing on paper.
const SCREEN_ONLY: &[&str] = &[
    "cursor",
    "transition",
    "transition-delay",
    "transition-duration",
    "transition-property",
    "transition-timing-function",
    "animation",
    "animation-name",
    "animation-duration",
    "animation-delay",
    "animation-iteration-count",
    "animation-timing-function",
    "animation-fill-mode",
    "animation-direction",
    "animation-play-state",
    "user-select",
    "pointer-events",
    "scroll-behavior",
    "scroll-margin",
    "scroll-padding",
    "scroll-snap-type",
    "scroll-snap-align",
    "overscroll-behavior",
    "resize",
    "caret-color",
    "will-change",
    "touch-action",
    "appearance",
    "accent-color",
    "color-scheme",
    "scrollbar-width",
    "scrollbar-color",
    "scrollbar-gutter",
    "overflow-x",
    "overflow-y",
    "overflow-anchor",
    "backface-visibility",
    "perspective",
    "content-visibility",
    "contain",
    "text-rendering",
    "font-smooth",
    "font-optical-sizing",
    "image-rendering",
    "print-color-adjust",
    "color-adjust",
    "text-size-adjust",
    "zoom",
];

fn unknown_property(name: &str) -> Diagnostic {
    let prefixes = ["-webkit-", "-moz-", "-ms-", "-o-", "-epub-", "-prince-"];
    if let Some(plain) = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)) {
        let message = format!("`{name}` belongs to one browser and is left out");
        let diagnostic = Diagnostic::warning("style/vendor-prefix", message);
        return match properties::find(plain) {
            Some(_) => diagnostic.help(format!("write `{plain}`")),
            None => diagnostic.help("take the line out"),
        };
    }
    if SCREEN_ONLY.contains(&name) {
        let message = format!("`{name}` has no effect on paper and is left out");
        return Diagnostic::warning("style/screen-only", message).help("take the line out");
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
