//! Blocks of at-rules that hold declarations and no style rules: those of `@font-face`,
//! `@counter-style` and `@property` hold descriptors only, those of `@page` at-rules too.

use cssparser::{Parser, RuleBodyItemParser, RuleBodyParser};

use super::report::Report;
use super::sheet::offset_in;
use super::values::Trouble;

/// Reads a block of descriptors into `body`; what it refuses is reported.
pub(crate) fn read<'i, B>(body: &mut B, p: &mut Parser<'i>, css: &str, report: &mut Report<'_>)
where
    B: RuleBodyItemParser<'i, (), Trouble>,
{
    let mut faults = Vec::new();
    for item in RuleBodyParser::new(p, body) {
        if let Err((error, text, _)) = item {
            faults.push((error, text));
        }
    }
    for (error, text) in faults {
        report.rule(text, &error, offset_in(css, text));
    }
}

/// Says of the reader of a block that no style rule can stand in it.
macro_rules! without_style_rules {
    ($body:ty) => {
        impl<'i> cssparser::QualifiedRuleParser<'i> for $body {
            type Prelude = ();
            type QualifiedRule = ();
            type Error = $crate::style::values::Trouble;
        }

        impl<'i> cssparser::RuleBodyItemParser<'i, (), $crate::style::values::Trouble> for $body {
            fn parse_declarations(&self) -> bool {
                true
            }

            fn parse_qualified(&self) -> bool {
                false
            }
        }
    };
}

/// Says of the reader of a block that nothing but declarations can stand in it.
macro_rules! only_declarations {
    ($body:ty) => {
        impl<'i> cssparser::AtRuleParser<'i> for $body {
            type Prelude = ();
            type AtRule = ();
            type Error = $crate::style::values::Trouble;
        }

        $crate::style::descriptors::without_style_rules!($body);
    };
}

pub(crate) use {only_declarations, without_style_rules};
