//! Whether a block applies: `@media` and `@supports` (Media Queries 4, CSS Conditional 3).

use cssparser::{Parser, Token};
use selectors::parser::{ParseRelative, SelectorList};

use super::declaration::{Block, Env};
use super::report::Report;
use super::selectors::SelectorParser;
use super::values::{Parsed, Trouble, takes, unexpected};

/// Whether a list of media queries holds for paper. Queries for sizes and other features are
/// reported and never hold: a page's size is not known when styles are chosen.
pub(crate) fn media(p: &mut Parser<'_>, report: &mut Report<'_>) -> Parsed<bool> {
    if p.is_exhausted() {
        return Ok(true);
    }
    let mut unsupported = None;
    let results = p.parse_comma_separated(|p| {
        let start = p.position().byte_index();
        let negated = takes(p, "not");
        takes(p, "only");
        let medium = p.try_parse(|p| p.expect_ident_cloned());
        let holds = match &medium {
            Ok(name) => name.eq_ignore_ascii_case("print") || name.eq_ignore_ascii_case("all"),
            Err(_) => true,
        };
        if !p.is_exhausted() {
            while p.next().is_ok() {}
            unsupported = Some((start, p.position().byte_index()));
            return Parsed::Ok(false);
        }
        if medium.is_err() {
            return unexpected();
        }
        Ok(holds != negated)
    })?;
    if let Some((start, end)) = unsupported {
        let message = "media features are not supported; only print, all and screen are told apart";
        report.warn("style/unsupported-media", message.to_owned(), start, end);
    }
    Ok(results.contains(&true))
}

/// Whether a `@supports` condition holds.
pub(crate) fn supports(p: &mut Parser<'_>, env: &Env<'_>) -> Parsed<bool> {
    if takes(p, "not") {
        return Ok(!operand(p, env)?);
    }
    let mut holds = operand(p, env)?;
    loop {
        if takes(p, "and") {
            let next = operand(p, env)?;
            holds = holds && next;
        } else if takes(p, "or") {
            let next = operand(p, env)?;
            holds = holds || next;
        } else {
            return Ok(holds);
        }
    }
}

fn operand(p: &mut Parser<'_>, env: &Env<'_>) -> Parsed<bool> {
    match p.next()?.clone() {
        Token::ParenthesisBlock => p.parse_nested_block(|p| {
            if let Ok(holds) = p.try_parse(|p| {
                let holds = supports(p, env)?;
                p.expect_exhausted()?;
                Parsed::Ok(holds)
            }) {
                return Ok(holds);
            }
            let holds = p.try_parse(|p| {
                let name = p.expect_ident_cloned()?;
                p.expect_colon()?;
                Block::default().parse(&name, p, env, None)
            });
            while p.next().is_ok() {}
            Ok(holds.is_ok())
        }),
        Token::Function(name) if name.eq_ignore_ascii_case("selector") => {
            p.parse_nested_block(|p| {
                let parsed = SelectorList::parse(&SelectorParser, p, ParseRelative::No);
                let holds = parsed.is_ok() && p.is_exhausted();
                while p.next().is_ok() {}
                Ok::<_, cssparser::ParseError<Trouble>>(holds)
            })
        }
        _ => unexpected(),
    }
}
