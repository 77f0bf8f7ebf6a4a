//! The operators of content streams, their operands and resources (ISO 19005-2 6.1.10, 6.1.13,
//! 6.2.2).

use hayro_syntax::object::{MaybeRef, Name, Number, Object, Stream};
use memchr::{memchr3, memmem};

use crate::verify::content::{Event, Observer, Origin, State};
use crate::verify::document::names;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::{Rule, rules};
use crate::verify::syntax::{self, token::Token, token::Tokens};

rules! {
    INLINE_FILTER = "a:6.1.10-1", "6.1.10", Levels::ARCHIVE, Checked,
        "inline images are coded with standard filters other than LZW, and with no encryption",
        "let the producer code the image with FlateDecode";
    NESTING = "a:6.1.13-8", "6.1.13", Levels::ARCHIVE, Checked,
        "no more than 28 graphics states are saved (q) at a time",
        "let the producer restore states (Q) before it saves others";
    OPERATOR = "a:6.2.2-1", "6.2.2", Levels::ARCHIVE, Checked,
        "content streams have no operators but those of ISO 32000-1",
        "let the producer write the page without the operator";
    RESOURCES = "a:6.2.2-2", "6.2.2", Levels::ARCHIVE, Checked,
        "a content stream that names resources has a Resources dictionary of its own",
        "let the producer give the page or form its own Resources";
}

/// The deepest nesting of `q` (6.1.13).
const SAVED: usize = 28;

/// How deep operands are looked into.
const DEEP: usize = 16;

/// In so few bytes no list breaks a limit.
const HARMLESS: usize = 9;

/// In so few bytes, those of `<</MCID 12345>>`, no dictionary does.
const MARKED: usize = 16;

/// Watches the operators of one page.
pub struct Operators {
    /// What is found.
    pub findings: Findings,
}

impl Operators {
    fn operator(&mut self, state: &State<'_>, name: &[u8], operands: &[&Object<'_>]) {
        let place = || Place::page(state.page).in_object(state.container);
        if !is_known(name) {
            self.findings.push(&OPERATOR, place(), || {
                format!("there is an operator “{}”", String::from_utf8_lossy(name).escape_debug())
            });
        }
        if name == b"q" && state.saved >= SAVED {
            self.findings
                .push(&NESTING, place(), || format!("{} states are saved", state.saved + 1));
        }
        if !state.own_resources && state.origin != Origin::Glyph {
            self.borrowed(state, name, operands);
        }
        for operand in operands {
            self.operand(state, operand, 0);
        }
    }

    /// An operand, and what stands in it: the limits hold for all objects of the content.
    fn operand(&mut self, state: &State<'_>, operand: &Object<'_>, depth: usize) {
        let place = || Place::page(state.page).in_object(state.container);
        // Lists of text and shifts (TJ) are many: only one that is long can hold a long string.
        let harmless = if depth == 0 { syntax::STRING } else { HARMLESS };
        match operand {
            Object::Number(number) => {
                if let Some(rule) = beyond(*number) {
                    self.findings.push(rule, place(), || format!("the number {number}"));
                }
            }
            Object::Dict(dict) if depth < DEEP && dict.data().len() > MARKED => {
                for (key, value) in dict.entries() {
                    self.operand(state, &Object::Name(key), depth);
                    if let MaybeRef::NotRef(value) = value {
                        self.operand(state, &value, depth + 1);
                    }
                }
            }
            Object::Array(array) if depth < DEEP && array.data().len() > harmless => {
                for item in array.raw_iter() {
                    if let MaybeRef::NotRef(item) = item {
                        self.operand(state, &item, depth + 1);
                    }
                }
            }
            Object::Name(name) if name.len() > syntax::NAME => {
                self.findings.push(&syntax::LONG_NAME, place(), || {
                    format!("a name of {} bytes", name.len())
                });
            }
            Object::String(text) if text.len() > syntax::STRING => {
                self.findings.push(&syntax::LONG_STRING, place(), || {
                    format!("a string of {} bytes", text.len())
                });
            }
            _ => {}
        }
    }

    /// A resource that is named where the stream has none of its own.
    fn borrowed(&mut self, state: &State<'_>, name: &[u8], operands: &[&Object<'_>]) {
        let resources = &state.resources;
        let (from, operand) = match name {
            b"Tf" => (&resources.fonts, operands.first()),
            b"Do" => (&resources.x_objects, operands.first()),
            b"gs" => (&resources.ext_g_states, operands.first()),
            b"cs" | b"CS" => (&resources.color_spaces, operands.first()),
            b"scn" | b"SCN" => (&resources.patterns, operands.last()),
            b"sh" => (&resources.shadings, operands.first()),
            b"BDC" | b"DP" => (&resources.properties, operands.get(1)),
            _ => return,
        };
        if let Some(Object::Name(resource)) = operand
            && from.contains_key(resource)
        {
            let place = Place::page(state.page).in_object(state.container);
            self.findings.push(&RESOURCES, place, || {
                format!("“{}” is looked up in the resources of others", resource.as_str())
            });
        }
    }

    fn inline(&mut self, state: &State<'_>, image: &Stream<'_>) {
        let dict = image.dict();
        let filters: Vec<Name<'_>> =
            match dict.get::<Object<'_>>("F").or_else(|| dict.get::<Object<'_>>("Filter")) {
                Some(Object::Name(name)) => vec![name],
                Some(Object::Array(list)) => names(&list).collect(),
                _ => return,
            };
        for name in filters {
            let known = matches!(
                &*name,
                b"ASCIIHexDecode"
                    | b"ASCII85Decode"
                    | b"FlateDecode"
                    | b"RunLengthDecode"
                    | b"CCITTFaxDecode"
                    | b"DCTDecode"
                    | b"AHx"
                    | b"A85"
                    | b"Fl"
                    | b"RL"
                    | b"CCF"
                    | b"DCT"
            );
            if !known {
                let place = Place::page(state.page).in_object(state.container);
                self.findings.push(&INLINE_FILTER, place, || {
                    format!("the image is coded with {}", name.as_str())
                });
            }
        }
    }

    /// The strings in hexadecimal digits, which are no longer told apart once they are read.
    fn strings(&mut self, state: &State<'_>, content: &[u8]) {
        let place = || Place::page(state.page).in_object(state.container);
        let from = |at: usize| content.get(at..).unwrap_or_default();
        let next_image = |at: usize| memmem::find(from(at), b"ID").map(|next| at + next);
        let mut image = next_image(0);
        let mut at = 0;
        loop {
            let next = memchr3(b'(', b'<', b'%', from(at)).map(|next| at + next);
            if image.is_some_and(|image| image < at) {
                image = next_image(at);
            }
            let Some(first) = next.into_iter().chain(image).min() else { break };
            at = first;
            let rest = from(at);
            at += match rest {
                [b'<', b'<', ..] => 2,
                [b'I', b'D', space, ..]
                    if space.is_ascii_whitespace()
                        && at
                            .checked_sub(1)
                            .and_then(|at| content.get(at))
                            .is_some_and(|before| before.is_ascii_whitespace()) =>
                {
                    image_data(rest)
                }
                [b'I', ..] => 1,
                _ => {
                    let mut tokens = Tokens::new(rest, 0);
                    if rest.first() == Some(&b'%') {
                        tokens.skip_space();
                    } else if let Some(Token::Hex { digits, pure }) = tokens.next() {
                        if digits % 2 == 1 {
                            self.findings.push(&syntax::HEX_EVEN, place(), || {
                                format!("a string of {digits} digits")
                            });
                        }
                        if !pure {
                            self.findings.push(&syntax::HEX_DIGITS, place(), || {
                                "other characters between the digits".to_owned()
                            });
                        }
                    }
                    tokens.at().max(1)
                }
            };
        }
    }
}

/// The limit that a number breaks.
fn beyond(number: Number) -> Option<&'static Rule> {
    let value = number.as_f64();
    let size = value.abs();
    // Nearly all numbers are far from any limit.
    if value == 0.0 || (1e-30..2e9).contains(&size) {
        return None;
    }
    // Whole numbers are told without a point, reals with one or with a power.
    let whole = !number.to_string().contains(['.', 'e', 'n']);
    match whole {
        true if !(-2_147_483_648.0..=2_147_483_647.0).contains(&value) => Some(&syntax::INTEGER),
        false if size > syntax::GREATEST => Some(&syntax::REAL),
        false if size < syntax::LEAST => Some(&syntax::SMALL_REAL),
        _ => None,
    }
}

/// How many bytes the data of an inline image take, from `ID` to `EI`.
fn image_data(rest: &[u8]) -> usize {
    let ends = |window: &[u8]| {
        matches!(window, [before, b'E', b'I', after]
            if before.is_ascii_whitespace() && after.is_ascii_whitespace())
    };
    rest.windows(4).position(ends).map_or(rest.len(), |at| at + 3)
}

impl<'a> Observer<'a> for Operators {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        match event {
            Event::Operator { name, operands } => self.operator(state, name, operands),
            Event::Image { image, inline: true } => self.inline(state, image),
            Event::Begin { content, .. } => self.strings(state, content),
            _ => {}
        }
    }
}

/// Whether an operator is one of ISO 32000-1 annex A.
fn is_known(name: &[u8]) -> bool {
    matches!(
        name,
        b"b" | b"B"
            | b"b*"
            | b"B*"
            | b"BDC"
            | b"BI"
            | b"BMC"
            | b"BT"
            | b"BX"
            | b"c"
            | b"cm"
            | b"CS"
            | b"cs"
            | b"d"
            | b"d0"
            | b"d1"
            | b"Do"
            | b"DP"
            | b"EI"
            | b"EMC"
            | b"ET"
            | b"EX"
            | b"f"
            | b"F"
            | b"f*"
            | b"G"
            | b"g"
            | b"gs"
            | b"h"
            | b"i"
            | b"ID"
            | b"j"
            | b"J"
            | b"K"
            | b"k"
            | b"l"
            | b"m"
            | b"M"
            | b"MP"
            | b"n"
            | b"q"
            | b"Q"
            | b"re"
            | b"RG"
            | b"rg"
            | b"ri"
            | b"s"
            | b"S"
            | b"SC"
            | b"sc"
            | b"SCN"
            | b"scn"
            | b"sh"
            | b"T*"
            | b"Tc"
            | b"Td"
            | b"TD"
            | b"Tf"
            | b"Tj"
            | b"TJ"
            | b"TL"
            | b"Tm"
            | b"Tr"
            | b"Ts"
            | b"Tw"
            | b"Tz"
            | b"v"
            | b"w"
            | b"W"
            | b"W*"
            | b"y"
            | b"'"
            | b"\""
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn image_data_ends_behind_ei() {
        assert_eq!(image_data(b"ID \x01<EI\x02 EI Q"), 11);
        assert_eq!(image_data(b"ID \x01"), 4);
    }
}
