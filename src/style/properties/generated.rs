//! Generated content, counters, named strings, bookmarks (CSS Generated Content 3, CSS Lists 3,
//! CSS GCPM 3).

use std::sync::Arc;

use cssparser::Token;

use super::super::address::joined;
use super::super::computed::*;
use super::super::values::*;
use super::tables::list_style;
use super::*;

/// A text that is written out or looked up on the element.
#[derive(Clone)]
enum TextSpec {
    Fixed(Arc<str>),
    Attribute { name: Arc<str>, fallback: Arc<str> },
}

impl TextSpec {
    fn resolve(&self, context: &Context<'_>) -> Arc<str> {
        match self {
            TextSpec::Fixed(text) => Arc::clone(text),
            TextSpec::Attribute { name, fallback } => {
                match context.element.and_then(|element| element.attribute(name)) {
                    Some(value) => Arc::from(value),
                    None => Arc::clone(fallback),
                }
            }
        }
    }

    /// The fragment that an address points at, without its `#`.
    fn target(&self, context: &Context<'_>) -> Arc<str> {
        let address = self.resolve(context);
        Arc::from(address.rsplit_once('#').map_or(&*address, |(_, fragment)| fragment))
    }
}

/// A part of `content` as it is written.
enum PartSpec {
    Text(TextSpec),
    TargetCounter { target: TextSpec, counter: Arc<str>, style: ListStyle },
    TargetText(TextSpec),
    OpenQuote,
    CloseQuote,
    Known(ContentPart),
}

impl PartSpec {
    fn resolve(&self, draft: &Draft, context: &Context<'_>) -> ContentPart {
        match self {
            PartSpec::Text(text) => ContentPart::Text(text.resolve(context)),
            PartSpec::TargetCounter { target, counter, style } => ContentPart::TargetCounter {
                target: target.target(context),
                counter: Arc::clone(counter),
                style: style.clone(),
            },
            PartSpec::TargetText(target) => {
                ContentPart::TargetText { target: target.target(context) }
            }
            PartSpec::OpenQuote => ContentPart::Text(quote(&draft.style, true)),
            PartSpec::CloseQuote => ContentPart::Text(quote(&draft.style, false)),
            PartSpec::Known(part) => part.clone(),
        }
    }
}

/// The outermost quotation mark of the style, or of its language.
fn quote(style: &ComputedStyle, open: bool) -> Arc<str> {
    let own = style.quotes.as_ref().map(|pairs| pairs.first().cloned());
    if let Some(pair) = own {
        let pair = pair.unwrap_or_else(|| (Arc::from(""), Arc::from("")));
        return if open { pair.0 } else { pair.1 };
    }
    let [(first, last), _] = crate::locale::quotation_marks(&style.language);
    Arc::from(if open { first } else { last })
}

/// A counter list as it is written.
macro_rules! counters {
    ($name:literal, $field:ident, $default:literal) => {
        longhand!($name, false, style.$field, |p, _| {
            let list: Counters = counter_list(p, $default)?;
            set(move |draft, _| draft.style.$field = Arc::clone(&list))
        })
    };
}

pub(super) const PROPERTIES: &[Property] = &[
    longhand!("content", false, style.content, |p, env| {
        if takes(p, "normal") {
            return set(|draft, _| draft.style.content = Content::Normal);
        }
        if takes(p, "none") {
            return set(|draft, _| draft.style.content = Content::None);
        }
        let parts = parts(p, env)?;
        set(move |draft, context| {
            let computed: Arc<[ContentPart]> =
                parts.iter().map(|part| part.resolve(draft, context)).collect();
            draft.style.content = Content::Parts(computed);
        })
    }),
    longhand!("string-set", false, style.string_set, |p, env| {
        if takes(p, "none") {
            return set(|draft, _| draft.style.string_set = Arc::from([]));
        }
        let base = env.base.to_owned();
        let list = p.parse_comma_separated(|p| {
            let name = custom_ident(p)?;
            Ok((name, parts(p, &Env { base: &base })?))
        })?;
        set(move |draft, context| {
            let resolved = list.iter().map(|(name, parts)| {
                let parts: Arc<[ContentPart]> =
                    parts.iter().map(|part| part.resolve(draft, context)).collect();
                (Arc::clone(name), parts)
            });
            let resolved = resolved.collect();
            draft.style.string_set = resolved;
        })
    }),
    counters!("counter-reset", counter_reset, 0),
    counters!("counter-increment", counter_increment, 1),
    counters!("counter-set", counter_set, 0),
    longhand!("bookmark-level", false, style.bookmark_level, |p, _| {
        let level = if takes(p, "none") {
            0
        } else {
            match u8::try_from(integer(p)?) {
                Ok(level @ 1..=32) => level,
                _ => return refuse("a level from 1 to 32 is wanted"),
            }
        };
        set(move |draft, _| draft.style.bookmark_level = Some(level))
    }),
];

/// Counters with their numbers.
type Counters = Arc<[(Arc<str>, i32)]>;

fn counter_list(p: &mut Parser<'_>, default: i32) -> Parsed<Counters> {
    let mut list = Vec::new();
    if !takes(p, "none") {
        list.push((custom_ident(p)?, p.try_parse(integer).unwrap_or(default)));
        while let Ok(name) = p.try_parse(custom_ident) {
            list.push((name, p.try_parse(integer).unwrap_or(default)));
        }
    }
    Ok(Arc::from(list))
}

fn parts(p: &mut Parser<'_>, env: &Env<'_>) -> Parsed<Vec<PartSpec>> {
    let mut parts = vec![part(p, env)?];
    while !p.is_exhausted() {
        if p.try_parse(|p| p.expect_delim('/')).is_ok() {
            return refuse("an alternative text after `/` is not supported");
        }
        parts.push(part(p, env)?);
    }
    Ok(parts)
}

fn part(p: &mut Parser<'_>, env: &Env<'_>) -> Parsed<PartSpec> {
    match p.next()?.clone() {
        Token::QuotedString(text) => Ok(PartSpec::Text(TextSpec::Fixed(Arc::from(&*text)))),
        Token::UnquotedUrl(url) => {
            Ok(PartSpec::Known(ContentPart::Image(Arc::from(joined(&url, env.base)))))
        }
        Token::Ident(word) => match word.to_ascii_lowercase().as_str() {
            "open-quote" => Ok(PartSpec::OpenQuote),
            "close-quote" => Ok(PartSpec::CloseQuote),
            "no-open-quote" | "no-close-quote" => {
                Ok(PartSpec::Text(TextSpec::Fixed(Arc::from(""))))
            }
            _ => refuse(format!("`{word}` is no part of content; texts stand in quotes")),
        },
        Token::Function(name) => {
            let name = name.to_ascii_lowercase();
            p.parse_nested_block(|p| function(p, &name, env))
        }
        _ => unexpected(),
    }
}

fn function(p: &mut Parser<'_>, name: &str, env: &Env<'_>) -> Parsed<PartSpec> {
    let style = |p: &mut Parser<'_>| -> Parsed<ListStyle> {
        match p.try_parse(|p| p.expect_comma()) {
            Ok(()) => list_style(p),
            Err(_) => Ok(ListStyle::Decimal),
        }
    };
    Ok(match name {
        "url" => {
            PartSpec::Known(ContentPart::Image(Arc::from(joined(p.expect_string()?, env.base))))
        }
        "attr" => PartSpec::Text(attribute(p)?),
        "counter" => {
            let name = custom_ident(p)?;
            PartSpec::Known(ContentPart::Counter { name, style: style(p)? })
        }
        "counters" => {
            let name = custom_ident(p)?;
            p.expect_comma()?;
            let separator = string(p)?;
            PartSpec::Known(ContentPart::Counters { name, separator, style: style(p)? })
        }
        "string" => {
            let name = custom_ident(p)?;
            PartSpec::Known(ContentPart::NamedString { name, which: which(p)? })
        }
        "element" => {
            let name = custom_ident(p)?;
            PartSpec::Known(ContentPart::RunningElement { name, which: which(p)? })
        }
        "target-counter" => {
            let target = target(p)?;
            p.expect_comma()?;
            let counter = custom_ident(p)?;
            PartSpec::TargetCounter { target, counter, style: style(p)? }
        }
        "target-text" => {
            let target = target(p)?;
            if p.try_parse(|p| p.expect_comma()).is_ok() {
                p.expect_ident_matching("content")?;
            }
            PartSpec::TargetText(target)
        }
        "leader" => {
            let words = [("dotted", ". "), ("solid", "_"), ("space", " ")];
            let text = match p.try_parse(|p| keyword(p, &words)) {
                Ok(text) => Arc::from(text),
                Err(_) => string(p)?,
            };
            PartSpec::Known(ContentPart::Leader(text))
        }
        "content" => {
            takes(p, "text");
            PartSpec::Known(ContentPart::OwnText)
        }
        _ => return refuse(format!("the content {name}() is not supported")),
    })
}

fn which(p: &mut Parser<'_>) -> Parsed<StringWhich> {
    if p.try_parse(|p| p.expect_comma()).is_err() {
        return Ok(StringWhich::First);
    }
    let table = [
        ("first", StringWhich::First),
        ("start", StringWhich::Start),
        ("last", StringWhich::Last),
        ("first-except", StringWhich::FirstExcept),
    ];
    keyword(p, &table)
}

fn attribute(p: &mut Parser<'_>) -> Parsed<TextSpec> {
    let name = p.expect_ident()?.to_ascii_lowercase();
    let _ = p.try_parse(|p| keyword(p, &[("string", ()), ("url", ())]));
    let fallback = match p.try_parse(|p| p.expect_comma()) {
        Ok(()) => string(p)?,
        Err(_) => Arc::from(""),
    };
    Ok(TextSpec::Attribute { name: Arc::from(name), fallback })
}

fn target(p: &mut Parser<'_>) -> Parsed<TextSpec> {
    if p.try_parse(|p| p.expect_function_matching("attr")).is_ok() {
        return p.parse_nested_block(attribute);
    }
    Ok(TextSpec::Fixed(Arc::from(&*p.expect_url_or_string()?)))
}
