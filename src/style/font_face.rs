//! `@font-face` (CSS Fonts 4 §4).

use std::sync::Arc;

use cssparser::{CowRcStr, DeclarationParser, Parser, ParserState, UnicodeRange};

use crate::fonts::{FontFaceRule, RuleSource};

use super::address::joined;
use super::declaration::Env;
use super::descriptors::{only_declarations, read};
use super::properties::{family, stretch};
use super::report::Report;
use super::values::{Parsed, Trouble, angle, integer, keyword, refuse, takes};

/// The descriptors that have been read.
pub(crate) struct FontFaceBody<'a> {
    base: &'a str,
    family: Option<Arc<str>>,
    sources: Vec<RuleSource>,
    /// Whether there was a `src` at all.
    has_source: bool,
    weight: Option<(u16, u16)>,
    italic: Option<bool>,
    angles: Option<(f32, f32)>,
    stretch: Option<(f32, f32)>,
    ranges: Vec<(u32, u32)>,
    /// Whether it describes a face of a word processor's, which names no file.
    is_foreign: bool,
}

impl<'a> FontFaceBody<'a> {
    /// Reads the block of the rule that starts at byte `at`.
    pub fn read(
        p: &mut Parser<'_>,
        css: &str,
        env: Env<'a>,
        report: &mut Report<'_>,
        at: usize,
    ) -> Option<FontFaceRule> {
        let mut body = FontFaceBody {
            base: env.base,
            family: None,
            sources: Vec::new(),
            has_source: false,
            weight: None,
            italic: None,
            angles: None,
            stretch: None,
            ranges: Vec::new(),
            is_foreign: false,
        };
        read(&mut body, p, css, report);
        let span = report.place.span(at, at + 1);
        match (body.family, span, body.has_source) {
            (Some(family), Some(span), true) => Some(FontFaceRule {
                family,
                sources: body.sources,
                weight: body.weight,
                italic: body.italic,
                angles: body.angles,
                stretch: body.stretch,
                ranges: body.ranges,
                span,
            }),
            _ if body.is_foreign => None,
            _ => {
                let message = "@font-face needs font-family and src, and is left out".to_owned();
                report.warn("style/incomplete-font-face", message, at, at + 1);
                None
            }
        }
    }

    fn style(&mut self, p: &mut Parser<'_>) -> Parsed<()> {
        if takes(p, "auto") {
            (self.italic, self.angles) = (None, None);
            return Ok(());
        }
        let words =
            [("normal", (false, false)), ("italic", (true, false)), ("oblique", (true, true))];
        let (leans, oblique) = keyword(p, &words)?;
        self.italic = Some(leans);
        self.angles = if oblique { p.try_parse(|p| range(p, angle)).ok() } else { None };
        Ok(())
    }

    /// `src`: sources of kinds that are not understood are passed over (CSS Fonts 4 §4.3.1).
    fn sources(&mut self, p: &mut Parser<'_>) -> Parsed<()> {
        let base = self.base.to_owned();
        let sources = p.parse_comma_separated(|p| {
            if p.try_parse(|p| p.expect_function_matching("local")).is_ok() {
                return Ok(Some(RuleSource::Local(p.parse_nested_block(family)?)));
            }
            let url = p.expect_url()?;
            let url = match url.split_once('#') {
                Some((path, part)) => format!("{}#{part}", joined(path, &base)),
                None => joined(&url, &base),
            };
            let mut understood = true;
            for (name, known) in [("format", FORMATS), ("tech", TECHNOLOGIES)] {
                if p.try_parse(|p| p.expect_function_matching(name)).is_ok() {
                    understood &= p.parse_nested_block(|p| all_known(p, known))?;
                }
            }
            Parsed::Ok(understood.then(|| RuleSource::Url(Arc::from(url))))
        })?;
        self.has_source = true;
        self.sources = sources.into_iter().flatten().collect();
        Ok(())
    }
}

/// What `format()` may say of a font that can be read.
const FORMATS: &[&str] = &[
    "truetype",
    "opentype",
    "collection",
    "woff",
    "woff2",
    "truetype-variations",
    "opentype-variations",
    "woff-variations",
    "woff2-variations",
];

/// What `tech()` may say of a font that can be read.
const TECHNOLOGIES: &[&str] = &["variations", "features-opentype", "features-aat"];

/// Whether all words up to the end, quoted or not, are among the known ones.
fn all_known(p: &mut Parser<'_>, known: &[&str]) -> Parsed<bool> {
    let mut all = true;
    for word in p.parse_comma_separated(|p| Parsed::Ok(p.expect_ident_or_string()?.to_string()))? {
        all &= known.iter().any(|known| word.eq_ignore_ascii_case(known));
    }
    Ok(all)
}

/// One value or two, in their order.
fn range<T: PartialOrd + Copy>(
    p: &mut Parser<'_>,
    value: fn(&mut Parser<'_>) -> Parsed<T>,
) -> Parsed<(T, T)> {
    let one = value(p)?;
    let other = p.try_parse(value).unwrap_or(one);
    Ok(if other < one { (other, one) } else { (one, other) })
}

fn weight(p: &mut Parser<'_>) -> Parsed<u16> {
    if let Ok(weight) = p.try_parse(|p| keyword(p, &[("normal", 400_u16), ("bold", 700)])) {
        return Ok(weight);
    }
    match u16::try_from(integer(p)?) {
        Ok(weight @ 1..=1000) => Ok(weight),
        _ => refuse("a weight from 1 to 1000 is wanted"),
    }
}

impl<'i> DeclarationParser<'i> for FontFaceBody<'_> {
    type Declaration = ();
    type Error = Trouble;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        p: &mut Parser<'i>,
        _: &ParserState,
    ) -> Parsed<()> {
        match name.to_ascii_lowercase().as_str() {
            "font-family" => self.family = Some(family(p)?),
            "src" => self.sources(p)?,
            "font-weight" => {
                self.weight = if takes(p, "auto") { None } else { Some(range(p, weight)?) };
            }
            "font-style" => self.style(p)?,
            "font-stretch" | "font-width" => {
                self.stretch = if takes(p, "auto") { None } else { Some(range(p, stretch)?) };
            }
            "unicode-range" => {
                let ranges = p.parse_comma_separated(|p| Parsed::Ok(UnicodeRange::parse(p)?))?;
                self.ranges = ranges.iter().map(|range| (range.start, range.end)).collect();
            }
            "font-display" => while p.next().is_ok() {},
            name if name.starts_with("panose") || name.starts_with("mso-") => {
                self.is_foreign = true;
                while p.next().is_ok() {}
            }
            _ => return refuse(format!("the descriptor `{name}` is not supported")),
        }
        Ok(())
    }
}

only_declarations!(FontFaceBody<'_>);
