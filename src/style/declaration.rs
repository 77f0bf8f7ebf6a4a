//! One declaration of a rule: a property with what its value does (CSS Cascade 4 §7).

use std::cell::RefCell;
use std::sync::Arc;

use cssparser::{Delimiter, Parser, parse_important};

use crate::source::Span;

use super::draft::Effect;
use super::known::{self, Meaning};
use super::properties::{self, Kind, PropertyId};
use super::report::Place;
use super::values::{Parsed, refuse};

/// What surrounds a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Env<'a> {
    /// The path of the file that the value stands in, for addresses.
    pub base: &'a str,
    /// Takes down the counter styles that are not built in.
    named: Option<&'a RefCell<Vec<Arc<str>>>>,
}

impl<'a> Env<'a> {
    /// Of the file at the path `base`.
    pub fn of(base: &'a str) -> Env<'a> {
        Env { base, named: None }
    }

    /// The same, with a place for the counter styles that are not built in.
    pub fn noting<'b>(&self, named: &'b RefCell<Vec<Arc<str>>>) -> Env<'b>
    where
        'a: 'b,
    {
        Env { base: self.base, named: Some(named) }
    }

    /// A value names a counter style that some `@counter-style` rule has to define.
    pub fn note_counter_style(&self, name: &Arc<str>) {
        if let Some(named) = self.named {
            named.borrow_mut().push(Arc::clone(name));
        }
    }
}

/// A value with `var()` or `env()` in it, which is parsed when the variables are known.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub text: Arc<str>,
    pub base: Arc<str>,
    pub span: Option<Span>,
}

/// What a declaration says.
pub(crate) enum Value {
    /// Of a longhand.
    Set(Effect),
    /// Of a logical property: what it does left to right, and right to left.
    Either(Effect, Effect),
    Inherit,
    Initial,
    Unset,
    Revert,
    RevertLayer,
    Variables(Pending),
}

/// A declaration of a property that is not a shorthand (or is one with `var()` in its value).
pub(crate) struct Declaration {
    pub property: PropertyId,
    pub value: Value,
    pub important: bool,
    /// Where it stands, when somebody wrote it.
    pub span: Option<Span>,
}

impl std::fmt::Debug for Declaration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(properties::get(self.property).name)
    }
}

/// A custom property's declaration (CSS Variables 1 §2).
#[derive(Debug, Clone)]
pub(crate) struct Custom {
    pub name: Arc<str>,
    /// `None` for `initial`.
    pub text: Option<Arc<str>>,
    pub important: bool,
}

/// The declarations of one rule.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub declarations: Vec<Declaration>,
    pub customs: Vec<Custom>,
    /// Attributes that `attr()` looks at.
    pub attributes: Vec<Arc<str>>,
    /// Counter styles that values name and nothing built in defines.
    pub counter_styles: Vec<(Arc<str>, Option<Span>)>,
    /// Whether any declaration is important.
    pub has_important: bool,
}

/// Where a declaration stands: the piece of CSS, and the byte of it that the name starts at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub place: Place<'a>,
    pub at: usize,
}

/// The places of a declaration's name, and of the whole of it.
#[derive(Debug, Clone, Copy)]
struct Places {
    span: Option<Span>,
    whole: Option<Span>,
}

impl Block {
    /// Whether the rule says nothing that is understood.
    pub fn is_empty(&self) -> bool {
        self.declarations.is_empty() && self.customs.is_empty()
    }

    /// Parses the value of the declaration of `name`, which stands at `site`, and adds what it says.
    pub fn parse(
        &mut self,
        name: &str,
        p: &mut Parser<'_>,
        env: &Env<'_>,
        site: Option<Site<'_>>,
    ) -> Parsed<()> {
        let span = site.and_then(|site| site.place.span(site.at, site.at + name.len()));
        let start = p.state();
        while p.next().is_ok() {}
        let raw = p.slice_from(start.position());
        let end = start.position().byte_index() + raw.trim_end().len();
        let places = Places { span, whole: site.and_then(|site| site.place.span(site.at, end)) };
        if name.starts_with("--") {
            let (text, important) = split_important(raw);
            let text = (!text.eq_ignore_ascii_case("initial")).then(|| Arc::from(text));
            self.has_important |= important;
            self.customs.push(Custom { name: Arc::from(name), text, important });
            return Ok(());
        }
        let property = match known::meaning(name) {
            Meaning::Property(property) => property,
            Meaning::Prefixed(property) => {
                // What a prefix allows and the standard does not is for one browser.
                p.reset(&start);
                let _ = p.try_parse(|p| self.declare(property, raw, p, env, places));
                while p.next().is_ok() {}
                return Ok(());
            }
            Meaning::ScreenOnly => return Ok(()),
            Meaning::Unknown => return refuse("unknown property"),
        };
        p.reset(&start);
        match self.declare(property, raw, p, env, places) {
            // A value with a browser's prefix is for that browser; all others leave it out.
            Err(_) if known::has_foreign_value(raw) => {
                while p.next().is_ok() {}
                Ok(())
            }
            declared => declared,
        }
    }

    fn declare(
        &mut self,
        property: PropertyId,
        raw: &str,
        p: &mut Parser<'_>,
        env: &Env<'_>,
        Places { span, whole }: Places,
    ) -> Parsed<()> {
        let lower = raw.to_ascii_lowercase();
        self.note_attributes(&lower);
        if lower.contains("var(") || lower.contains("env(") {
            while p.next().is_ok() {}
            let (text, important) = split_important(raw);
            let pending = Pending { text: Arc::from(text), base: Arc::from(env.base), span };
            let value = Value::Variables(pending);
            self.has_important |= important;
            self.declarations.push(Declaration { property, value, important, span: whole });
            return Ok(());
        }
        let named = RefCell::new(Vec::new());
        let inner = env.noting(&named);
        let values = p.parse_until_before(Delimiter::Bang, |p| value(property, p, &inner))?;
        let important = p.try_parse(parse_important).is_ok();
        p.expect_exhausted()?;
        self.has_important |= important;
        for (property, value) in values {
            self.declarations.push(Declaration { property, value, important, span: whole });
        }
        self.counter_styles.extend(named.into_inner().into_iter().map(|name| (name, span)));
        Ok(())
    }

    fn note_attributes(&mut self, raw: &str) {
        for part in raw.split("attr(").skip(1) {
            let end = part.find([')', ',', ' ']).unwrap_or(part.len());
            self.attributes.push(Arc::from(part[..end].trim()));
        }
    }
}

fn split_important(raw: &str) -> (&str, bool) {
    let raw = raw.trim();
    match raw.rsplit_once('!') {
        Some((text, word)) if word.trim().eq_ignore_ascii_case("important") => (text.trim(), true),
        _ => (raw, false),
    }
}

/// The longhands that a value of `property` sets, each with what it says.
pub(crate) fn value(
    property: PropertyId,
    p: &mut Parser<'_>,
    env: &Env<'_>,
) -> Parsed<Vec<(PropertyId, Value)>> {
    if let Ok(wide) = p.try_parse(wide) {
        let targets = properties::longhands(property);
        return Ok(targets.into_iter().map(|target| (target, wide.value())).collect());
    }
    match &properties::get(property).kind {
        Kind::Longhand(longhand) => Ok(vec![(property, Value::Set((longhand.parse)(p, env)?))]),
        Kind::Logical { ltr, rtl } => {
            let start = p.state();
            let first = effect(ltr, p, env)?;
            p.reset(&start);
            let second = effect(rtl, p, env)?;
            Ok(vec![(property, Value::Either(first, second))])
        }
        Kind::Shorthand { parse, .. } => {
            let mut set = Expansion { values: Vec::new(), env: *env };
            parse(p, &mut set)?;
            Ok(set.values)
        }
        Kind::All => refuse("only inherit, initial, unset or revert"),
    }
}

fn effect(name: &str, p: &mut Parser<'_>, env: &Env<'_>) -> Parsed<Effect> {
    match properties::find(name).map(|id| &properties::get(id).kind) {
        Some(Kind::Longhand(longhand)) => (longhand.parse)(p, env),
        _ => refuse(format!("{name} is not a property")),
    }
}

#[derive(Clone, Copy)]
enum Wide {
    Inherit,
    Initial,
    Unset,
    Revert,
    RevertLayer,
}

impl Wide {
    fn value(self) -> Value {
        match self {
            Wide::Inherit => Value::Inherit,
            Wide::Initial => Value::Initial,
            Wide::Unset => Value::Unset,
            Wide::Revert => Value::Revert,
            Wide::RevertLayer => Value::RevertLayer,
        }
    }
}

/// A keyword that every property takes, and nothing after it.
fn wide(p: &mut Parser<'_>) -> Parsed<Wide> {
    let table = [
        ("inherit", Wide::Inherit),
        ("initial", Wide::Initial),
        ("unset", Wide::Unset),
        ("revert", Wide::Revert),
        ("revert-layer", Wide::RevertLayer),
    ];
    let word = super::values::keyword(p, &table)?;
    p.expect_exhausted()?;
    Ok(word)
}

/// What a shorthand comes to.
pub(crate) struct Expansion<'a> {
    values: Vec<(PropertyId, Value)>,
    /// For addresses.
    pub env: Env<'a>,
}

impl Expansion<'_> {
    /// Reads the next value as one of `name`.
    pub fn parse(&mut self, name: &'static str, p: &mut Parser<'_>) -> Parsed<()> {
        let Some(property) = properties::find(name) else { return refuse(name) };
        self.values.extend(value(property, p, &self.env)?);
        Ok(())
    }

    /// Reads the next value as one of `name`, or leaves it.
    pub fn try_parse(&mut self, name: &'static str, p: &mut Parser<'_>) -> bool {
        p.try_parse(|p| self.parse(name, p)).is_ok()
    }

    /// Reads the next value as one of `name` unless it is a bare number.
    pub fn try_parse_sized(&mut self, name: &'static str, p: &mut Parser<'_>) -> bool {
        let is_number = p.try_parse(|p| match p.expect_number() {
            Ok(_) => Err(true),
            Err(_) => Err::<(), bool>(false),
        });
        is_number != Err(true) && self.try_parse(name, p)
    }

    /// Reads the values in any order, each at most once; the ones that are not there are initial.
    pub fn any_order(&mut self, names: &[&'static str], p: &mut Parser<'_>) -> Parsed<()> {
        let mut left: Vec<&'static str> = names.to_vec();
        let from = left.len();
        while let Some(index) = (0..left.len()).find(|index| self.try_parse(left[*index], p)) {
            left.remove(index);
        }
        if left.len() == from {
            return super::values::unexpected();
        }
        left.into_iter().for_each(|name| self.initial(name));
        Ok(())
    }

    /// Sets `name` back.
    pub fn initial(&mut self, name: &'static str) {
        let targets = properties::find(name).map(properties::longhands).unwrap_or_default();
        self.values.extend(targets.into_iter().map(|target| (target, Value::Initial)));
    }

    /// Sets `name` to an effect that is known already.
    pub fn set(&mut self, name: &'static str, effect: Effect) {
        self.values.extend(properties::find(name).map(|id| (id, Value::Set(effect))));
    }

    /// One to four values for top, right, bottom and left (CSS Box 3 §3.2).
    pub fn sides(&mut self, names: [&'static str; 4], p: &mut Parser<'_>) -> Parsed<()> {
        let mut starts = vec![p.state()];
        self.parse(names[0], p)?;
        for name in &names[1..] {
            let start = p.state();
            if !self.try_parse(name, p) {
                break;
            }
            starts.push(start);
        }
        let end = p.state();
        for (index, name) in names.iter().enumerate().skip(starts.len()) {
            let from = if index == 3 && starts.len() > 1 { 1 } else { index.saturating_sub(2) };
            let from = if starts.len() == 1 { 0 } else { from };
            p.reset(&starts[from]);
            self.parse(name, p)?;
        }
        p.reset(&end);
        Ok(())
    }

    /// One or two values for the two ends.
    pub fn pair(&mut self, names: [&'static str; 2], p: &mut Parser<'_>) -> Parsed<()> {
        let start = p.state();
        self.parse(names[0], p)?;
        if !self.try_parse(names[1], p) {
            let end = p.state();
            p.reset(&start);
            self.parse(names[1], p)?;
            p.reset(&end);
        }
        Ok(())
    }
}
