//! Whether a block applies: `@supports` (CSS Conditional 4).

use cssparser::{Parser, Token};
use selectors::parser::{ParseRelative, SelectorList};

use super::declaration::{Block, Env};
use super::selectors::SelectorParser;
use super::values::{Parsed, Trouble, takes, unexpected};

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
        // `font-tech()`, `font-format()` and what the future brings (general enclosed).
        Token::Function(_) => {
            p.parse_nested_block(|p| {
                while p.next().is_ok() {}
                Parsed::Ok(())
            })?;
            Ok(false)
        }
        _ => unexpected(),
    }
}
