//! Counter styles by name: those of CSS and those of `@counter-style` (CSS Counter Styles 3).

use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::{CowRcStr, DeclarationParser, Parser, ParserState};

use rustc_hash::FxHashSet;

use crate::diag::{Diagnostic, Diagnostics};
use crate::near::nearest;
use crate::source::Span;

use super::computed::{CounterStyle as Computed, CounterSystem, ListStyle};
use super::descriptors::{only_declarations, read};
use super::report::Report;
use super::values::{Parsed, Trouble, custom_ident, integer, keyword, refuse, takes, unexpected};

/// An `@counter-style` rule.
#[derive(Debug, Clone)]
pub(crate) struct CounterStyle {
    name: Arc<str>,
    descriptors: Descriptors,
}

/// What a system is written as.
#[derive(Debug, Clone)]
enum System {
    Plain(CounterSystem),
    Extends(Arc<str>),
}

/// The descriptors that a rule sets (§3).
#[derive(Debug, Clone, Default)]
struct Descriptors {
    system: Option<System>,
    symbols: Option<Vec<Arc<str>>>,
    additive: Option<Vec<(u32, Arc<str>)>>,
    negative: Option<(Arc<str>, Arc<str>)>,
    prefix: Option<Arc<str>>,
    suffix: Option<Arc<str>>,
    range: Option<Vec<(i32, i32)>>,
    pad: Option<(u16, Arc<str>)>,
    fallback: Option<Arc<str>>,
}

/// Reads the block of the rule of that name; `None` when it defines nothing.
pub(crate) fn counter_style(
    name: Arc<str>,
    p: &mut Parser<'_>,
    css: &str,
    report: &mut Report<'_>,
) -> Option<CounterStyle> {
    let at = p.position().byte_index();
    let mut body = Descriptors::default();
    read(&mut body, p, css, report);
    let symbols = body.symbols.as_ref().map_or(0, Vec::len);
    let complete = match &body.system {
        Some(System::Extends(_)) => true,
        Some(System::Plain(CounterSystem::Additive)) => body.additive.is_some(),
        Some(System::Plain(CounterSystem::Numeric | CounterSystem::Alphabetic)) => symbols >= 2,
        Some(System::Plain(_)) | None => symbols >= 1,
    };
    if !complete {
        let message =
            format!("the counter style `{name}` has not the symbols that its system needs");
        report.warn("style/incomplete-counter-style", message, at, at);
        return None;
    }
    Some(CounterStyle { name, descriptors: body })
}

/// The counter styles of a document.
#[derive(Debug, Default)]
pub(crate) struct CounterStyles(BTreeMap<Arc<str>, ListStyle>);

/// Styles that extend each other go no deeper than this.
const MAX_DEPTH: usize = 16;

impl CounterStyles {
    /// Of two rules with one name, the later one holds.
    pub fn new<'a>(rules: impl Iterator<Item = &'a CounterStyle>) -> CounterStyles {
        let rules: BTreeMap<&str, &CounterStyle> = rules.map(|rule| (&*rule.name, rule)).collect();
        let style = |name: &str| ListStyle::Custom(Arc::new(defined(name, &rules, 0)));
        CounterStyles(rules.keys().map(|name| (Arc::from(*name), style(name))).collect())
    }

    /// Reports names that nothing defines: numbers stand for them.
    pub fn report_unknown<'a>(
        &self,
        named: impl Iterator<Item = &'a (Arc<str>, Option<Span>)>,
        found: &mut Diagnostics,
    ) {
        let mut reported: FxHashSet<&(Arc<str>, Option<Span>)> = FxHashSet::default();
        for entry in named {
            let (name, span) = entry;
            if self.0.contains_key(name) || !reported.insert(entry) {
                continue;
            }
            let message = format!("there is no counter style `{name}`: plain numbers stand for it");
            let warning = Diagnostic::warning("style/unknown-counter-style", message);
            let warning = match nearest(name, names()) {
                Some(near) => warning.help(format!("did you mean `{near}`?")),
                None => warning.help("define it with `@counter-style`, or name one of CSS"),
            };
            found.push(match span {
                Some(span) => warning.at(*span, ""),
                None => warning,
            });
        }
    }

    /// The style that is meant; numbers stand for a name that nothing defines (§2).
    pub fn resolve(&self, style: &ListStyle) -> ListStyle {
        match style {
            ListStyle::Named(name) => self.0.get(name).cloned().unwrap_or(ListStyle::Decimal),
            // A rule may replace a style that is built in.
            other if self.0.is_empty() => other.clone(),
            other => match name_of(other).and_then(|name| self.0.get(name)) {
                Some(own) => own.clone(),
                None => other.clone(),
            },
        }
    }
}

fn name_of(style: &ListStyle) -> Option<&str> {
    match style {
        ListStyle::Custom(own) => Some(&own.name),
        _ => super::properties::list_style_name(style),
    }
}

fn defined(name: &str, rules: &BTreeMap<&str, &CounterStyle>, depth: usize) -> Computed {
    let plain = || predefined("decimal").unwrap_or_else(|| numeric("decimal", '0'));
    let Some(rule) = rules.get(name).filter(|_| depth < MAX_DEPTH) else {
        return predefined(name).unwrap_or_else(plain);
    };
    let own = &rule.descriptors;
    let mut style = match &own.system {
        Some(System::Extends(base)) if **base == *name => predefined(name).unwrap_or_else(plain),
        Some(System::Extends(base)) => defined(base, rules, depth + 1),
        Some(System::Plain(system)) => Computed { system: *system, ..blank() },
        None => Computed { system: CounterSystem::Symbolic, ..blank() },
    };
    style.name = Arc::clone(&rule.name);
    if let Some(symbols) = &own.symbols {
        style.symbols = Arc::from(symbols.as_slice());
    }
    if let Some(additive) = &own.additive {
        style.additive = Arc::from(additive.as_slice());
    }
    if let Some(range) = &own.range {
        style.range = Arc::from(range.as_slice());
    }
    let take = |to: &mut Arc<str>, from: &Option<Arc<str>>| {
        if let Some(text) = from {
            *to = Arc::clone(text);
        }
    };
    take(&mut style.prefix, &own.prefix);
    take(&mut style.suffix, &own.suffix);
    if let Some(negative) = &own.negative {
        style.negative = negative.clone();
    }
    if let Some(pad) = &own.pad {
        style.pad = pad.clone();
    }
    if let Some(fallback) = &own.fallback
        && depth < MAX_DEPTH
        && **fallback != *name
    {
        style.fallback = Some(Arc::new(defined(fallback, rules, depth + MAX_DEPTH / 2)));
    }
    style
}

/// The initial values of the descriptors (§3).
fn blank() -> Computed {
    Computed {
        name: Arc::from(""),
        system: CounterSystem::Symbolic,
        symbols: Arc::from([]),
        additive: Arc::from([]),
        negative: (Arc::from("-"), Arc::from("")),
        prefix: Arc::from(""),
        suffix: Arc::from(". "),
        range: Arc::from([]),
        pad: (0, Arc::from("")),
        fallback: None,
    }
}

fn numeric(name: &str, zero: char) -> Computed {
    let digit = |n: u32| char::from_u32(u32::from(zero) + n).unwrap_or('0');
    let symbols = (0..10).map(|n| Arc::from(String::from(digit(n)))).collect();
    Computed { name: Arc::from(name), system: CounterSystem::Numeric, symbols, ..blank() }
}

fn alphabetic(name: &str, letters: &str) -> Computed {
    let symbols = letters.chars().map(|c| Arc::from(String::from(c))).collect();
    Computed { name: Arc::from(name), system: CounterSystem::Alphabetic, symbols, ..blank() }
}

fn additive(name: &str, parts: Vec<(u32, String)>, most: i32) -> Computed {
    Computed {
        name: Arc::from(name),
        system: CounterSystem::Additive,
        additive: parts.into_iter().map(|(worth, text)| (worth, Arc::from(text))).collect(),
        range: Arc::from([(1, most)]),
        ..blank()
    }
}

/// Digits of scripts that count in tens, by their zero (§6.1).
const DIGITS: &[(&str, char)] = &[
    ("decimal", '0'),
    ("arabic-indic", '\u{660}'),
    ("persian", '\u{6F0}'),
    ("urdu", '\u{6F0}'),
    ("devanagari", '\u{966}'),
    ("bengali", '\u{9E6}'),
    ("gurmukhi", '\u{A66}'),
    ("gujarati", '\u{AE6}'),
    ("oriya", '\u{B66}'),
    ("tamil", '\u{BE6}'),
    ("telugu", '\u{C66}'),
    ("kannada", '\u{CE6}'),
    ("malayalam", '\u{D66}'),
    ("thai", '\u{E50}'),
    ("lao", '\u{ED0}'),
    ("tibetan", '\u{F20}'),
    ("myanmar", '\u{1040}'),
    ("khmer", '\u{17E0}'),
    ("cambodian", '\u{17E0}'),
    ("mongolian", '\u{1810}'),
];

/// Letters of alphabets (§6.2).
const LETTERS: &[(&str, &str)] = &[
    ("lower-alpha", "abcdefghijklmnopqrstuvwxyz"),
    ("lower-latin", "abcdefghijklmnopqrstuvwxyz"),
    ("upper-alpha", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("upper-latin", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("lower-greek", "αβγδεζηθικλμνξοπρστυφχψω"),
    (
        "hiragana",
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん",
    ),
    (
        "katakana",
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン",
    ),
];

/// Georgian letters for 1–9, 10–90, 100–900, 1000–9000 and 10000.
const GEORGIAN: &str = "აბგდევზჱთიკლმნჲოპჟრსტჳფქღყშჩცძწჭხჴჯჰჵ";

const ROMAN: &[(u32, &str)] = &[
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// The names of all styles that are built in.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let digits = DIGITS.iter().map(|(name, _)| *name);
    let letters = LETTERS.iter().map(|(name, _)| *name);
    let others = ["lower-roman", "upper-roman", "armenian", "upper-armenian", "lower-armenian"];
    let more = ["georgian", "hebrew", "cjk-decimal"];
    digits.chain(letters).chain(others).chain(more)
}

/// The style of that name, in lower case, when it is built in.
pub(crate) fn predefined(name: &str) -> Option<Computed> {
    if let Some((name, zero)) = DIGITS.iter().find(|(known, _)| *known == name) {
        return Some(numeric(name, *zero));
    }
    if let Some((name, letters)) = LETTERS.iter().find(|(known, _)| *known == name) {
        return Some(alphabetic(name, letters));
    }
    let by_tens = |letters: &mut dyn Iterator<Item = char>| {
        let worths =
            [1, 10, 100, 1000, 10_000].into_iter().flat_map(|ten| (1..10).map(move |n| n * ten));
        let mut parts: Vec<(u32, String)> =
            worths.zip(letters).map(|(worth, letter)| (worth, letter.into())).collect();
        parts.reverse();
        parts
    };
    Some(match name {
        "upper-roman" | "lower-roman" => {
            let lower = name == "lower-roman";
            let parts = ROMAN.iter().map(|(worth, text)| {
                (*worth, if lower { text.to_lowercase() } else { (*text).to_owned() })
            });
            additive(name, parts.collect(), 3999)
        }
        "armenian" | "upper-armenian" => {
            additive(name, by_tens(&mut ('\u{531}'..='\u{554}')), 9999)
        }
        "lower-armenian" => additive(name, by_tens(&mut ('\u{561}'..='\u{584}')), 9999),
        "georgian" => additive(name, by_tens(&mut GEORGIAN.chars()), 19_999),
        "hebrew" => additive(name, hebrew(), 10_999),
        "cjk-decimal" => Computed {
            symbols: "〇一二三四五六七八九".chars().map(|c| Arc::from(String::from(c))).collect(),
            range: Arc::from([(0, i32::MAX)]),
            suffix: Arc::from("、"),
            ..numeric(name, '0')
        },
        _ => return None,
    })
}

/// Thousands with a geresh; 15 to 19 are written so that no name of God comes up.
fn hebrew() -> Vec<(u32, String)> {
    const UNITS: &str = "אבגדהוזחט";
    let mut parts: Vec<(u32, String)> = vec![(10_000, "י׳".to_owned())];
    let units: Vec<(u32, char)> = (1..).zip(UNITS.chars()).collect();
    parts.extend(units.iter().rev().map(|(n, letter)| (n * 1000, format!("{letter}׳"))));
    let tens = [(400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע")];
    let more = [(60, "ס"), (50, "נ"), (40, "מ"), (30, "ל"), (20, "כ")];
    let special = [(19, "יט"), (18, "יח"), (17, "יז"), (16, "טז"), (15, "טו"), (10, "י")];
    let fixed = tens.iter().chain(&more).chain(&special);
    parts.extend(fixed.map(|(worth, text)| (*worth, (*text).to_owned())));
    parts.extend(units.iter().rev().map(|(n, letter)| (*n, String::from(*letter))));
    parts
}

/// A symbol: a text, or a word that stands for itself.
fn symbol(p: &mut Parser<'_>) -> Parsed<Arc<str>> {
    Ok(Arc::from(&**p.expect_ident_or_string()?))
}

/// `symbols()` after its name (§7): a style of its own.
pub(crate) fn symbols(p: &mut Parser<'_>) -> Parsed<ListStyle> {
    let table = [
        ("cyclic", CounterSystem::Cyclic),
        ("numeric", CounterSystem::Numeric),
        ("alphabetic", CounterSystem::Alphabetic),
        ("symbolic", CounterSystem::Symbolic),
        ("fixed", CounterSystem::Fixed(1)),
    ];
    let system = p.try_parse(|p| keyword(p, &table)).unwrap_or(CounterSystem::Symbolic);
    let mut list = vec![super::values::string(p)?];
    while let Ok(more) = p.try_parse(super::values::string) {
        list.push(more);
    }
    if matches!(system, CounterSystem::Numeric | CounterSystem::Alphabetic) && list.len() < 2 {
        return refuse("at least two symbols are wanted");
    }
    let symbols = Arc::from(list);
    let style = Computed { system, symbols, suffix: Arc::from(" "), ..blank() };
    Ok(ListStyle::Custom(Arc::new(style)))
}

fn bound(p: &mut Parser<'_>, infinite: i32) -> Parsed<i32> {
    if takes(p, "infinite") { Ok(infinite) } else { integer(p) }
}

impl<'i> DeclarationParser<'i> for Descriptors {
    type Declaration = ();
    type Error = Trouble;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        p: &mut Parser<'i>,
        _: &ParserState,
    ) -> Parsed<()> {
        match name.to_ascii_lowercase().as_str() {
            "system" => self.system = Some(system(p)?),
            "symbols" => {
                let mut list = vec![symbol(p)?];
                while !p.is_exhausted() {
                    list.push(symbol(p)?);
                }
                self.symbols = Some(list);
            }
            "additive-symbols" => {
                let mut list = p.parse_comma_separated(|p| {
                    let before = p.try_parse(integer).ok();
                    let text = symbol(p)?;
                    let worth = before.map_or_else(|| integer(p), Ok)?;
                    Ok((u32::try_from(worth).or_else(|_| unexpected())?, text))
                })?;
                list.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
                self.additive = Some(list);
            }
            "negative" => {
                let before = symbol(p)?;
                self.negative =
                    Some((before, p.try_parse(symbol).unwrap_or_else(|_| Arc::from(""))));
            }
            "prefix" => self.prefix = Some(symbol(p)?),
            "suffix" => self.suffix = Some(symbol(p)?),
            "range" => {
                self.range = Some(if takes(p, "auto") {
                    Vec::new()
                } else {
                    p.parse_comma_separated(|p| Ok((bound(p, i32::MIN)?, bound(p, i32::MAX)?)))?
                });
            }
            "pad" => {
                let before = p.try_parse(integer).ok();
                let text = symbol(p)?;
                let width = before.map_or_else(|| integer(p), Ok)?;
                match u16::try_from(width) {
                    Ok(width @ 0..=200) => self.pad = Some((width, text)),
                    _ => return refuse("a width from 0 to 200 is wanted"),
                }
            }
            "fallback" => self.fallback = Some(custom_ident(p)?),
            "speak-as" => while p.next().is_ok() {},
            _ => return refuse(format!("the descriptor `{name}` is not supported")),
        }
        Ok(())
    }
}

fn system(p: &mut Parser<'_>) -> Parsed<System> {
    if takes(p, "extends") {
        let name = p.expect_ident()?.to_ascii_lowercase();
        return Ok(System::Extends(Arc::from(name)));
    }
    if takes(p, "fixed") {
        let first = p.try_parse(integer).unwrap_or(1);
        return Ok(System::Plain(CounterSystem::Fixed(first)));
    }
    let table = [
        ("cyclic", CounterSystem::Cyclic),
        ("numeric", CounterSystem::Numeric),
        ("alphabetic", CounterSystem::Alphabetic),
        ("symbolic", CounterSystem::Symbolic),
        ("additive", CounterSystem::Additive),
    ];
    keyword(p, &table).map(System::Plain)
}

only_declarations!(Descriptors);
