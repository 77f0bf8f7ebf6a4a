//! `@font-face` (CSS Fonts 4 §4).

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, UnicodeRange,
};

use crate::fonts::FontFaceRule;

use super::address::joined;
use super::declaration::Env;
use super::properties::family;
use super::report::Report;
use super::values::{Parsed, Trouble, integer, keyword, refuse, unexpected};

/// The descriptors that have been read.
pub(crate) struct FontFaceBody<'a> {
    base: &'a str,
    family: Option<Arc<str>>,
    urls: Vec<Arc<str>>,
    locals: Vec<Arc<str>>,
    weight: Option<(u16, u16)>,
    italic: Option<bool>,
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
            urls: Vec::new(),
            locals: Vec::new(),
            weight: None,
            italic: None,
            ranges: Vec::new(),
            is_foreign: false,
        };
        let mut faults = Vec::new();
        for item in RuleBodyParser::new(p, &mut body) {
            if let Err((error, text, _)) = item {
                faults.push((error, text));
            }
        }
        for (error, text) in faults {
            let start = (text.as_ptr() as usize).saturating_sub(css.as_ptr() as usize);
            report.rule(text, &error, start);
        }
        let span = report.place.span(at, at + 1);
        let complete = !body.urls.is_empty() || !body.locals.is_empty();
        match (body.family, span, complete) {
            (Some(family), Some(span), true) => Some(FontFaceRule {
                family,
                urls: body.urls,
                locals: body.locals,
                weight: body.weight,
                italic: body.italic,
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

    fn sources(&mut self, p: &mut Parser<'_>) -> Parsed<()> {
        let base = self.base.to_owned();
        let sources = p.parse_comma_separated(|p| {
            if p.try_parse(|p| p.expect_function_matching("local")).is_ok() {
                return Ok((false, p.parse_nested_block(family)?));
            }
            let url = Arc::from(joined(&p.expect_url()?, &base));
            for name in ["format", "tech"] {
                if p.try_parse(|p| p.expect_function_matching(name)).is_ok() {
                    p.parse_nested_block(|p| {
                        while p.next().is_ok() {}
                        Parsed::Ok(())
                    })?;
                }
            }
            Ok((true, url))
        })?;
        for (is_url, name) in sources {
            if is_url { self.urls.push(name) } else { self.locals.push(name) }
        }
        Ok(())
    }
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
                let low = weight(p)?;
                self.weight = Some((low, p.try_parse(weight).unwrap_or(low)));
            }
            "font-style" => {
                let table = [("normal", false), ("italic", true), ("oblique", true)];
                self.italic = Some(keyword(p, &table)?);
            }
            "unicode-range" => {
                let ranges = p.parse_comma_separated(|p| Parsed::Ok(UnicodeRange::parse(p)?))?;
                self.ranges = ranges.iter().map(|range| (range.start, range.end)).collect();
            }
            "font-display" | "font-stretch" => while p.next().is_ok() {},
            name if name.starts_with("panose") || name.starts_with("mso-") => {
                self.is_foreign = true;
                while p.next().is_ok() {}
            }
            _ => return refuse(format!("the descriptor `{name}` is not supported")),
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for FontFaceBody<'_> {
    type Prelude = ();
    type AtRule = ();
    type Error = Trouble;
}

impl<'i> QualifiedRuleParser<'i> for FontFaceBody<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, _: &mut Parser<'i>) -> Parsed<()> {
        unexpected()
    }
}

impl<'i> RuleBodyItemParser<'i, (), Trouble> for FontFaceBody<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
