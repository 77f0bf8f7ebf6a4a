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
    TargetText(TextSpec, TextPart),
    Known(ContentPart),
}

impl PartSpec {
    fn resolve(&self, context: &Context<'_>) -> ContentPart {
        match self {
            PartSpec::Text(text) => ContentPart::Text(text.resolve(context)),
            PartSpec::TargetCounter { target, counter, style } => ContentPart::TargetCounter {
                target: target.target(context),
                counter: Arc::clone(counter),
                style: context.counter_styles.resolve(style),
            },
            PartSpec::TargetText(target, part) => {
                ContentPart::TargetText { target: target.target(context), part: *part }
            }
            PartSpec::Known(ContentPart::Counter { name, style }) => ContentPart::Counter {
                name: Arc::clone(name),
                style: context.counter_styles.resolve(style),
            },
            PartSpec::Known(ContentPart::Counters { name, separator, style }) => {
                ContentPart::Counters {
                    name: Arc::clone(name),
                    separator: Arc::clone(separator),
                    style: context.counter_styles.resolve(style),
                }
            }
            PartSpec::Known(part) => part.clone(),
        }
    }
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
            return set(|draft, _| {
                draft.style.content = Content::Normal;
                draft.style.content_alt = None;
            });
        }
        if takes(p, "none") {
            return set(|draft, _| draft.style.content = Content::None);
        }
        let parts = parts(p, env)?;
        let alt = alternative(p)?;
        set(move |draft, context| {
            let computed: Arc<[ContentPart]> =
                parts.iter().map(|part| part.resolve(context)).collect();
            draft.style.content = Content::Parts(computed);
            let texts = alt.as_ref().map(|alt| alt.iter().map(|text| text.resolve(context)));
            draft.style.content_alt =
                texts.map(|texts| texts.map(|text| text.to_string()).collect::<String>().into());
        })
    }),
    longhand!("string-set", false, style.string_set, |p, env| {
        if takes(p, "none") {
            return set(|draft, _| draft.style.string_set = Arc::from([]));
        }
        let list = p.parse_comma_separated(|p| {
            let name = custom_ident(p)?;
            Ok((name, parts(p, env)?))
        })?;
        set(move |draft, context| {
            let resolved = list.iter().map(|(name, parts)| {
                let parts: Arc<[ContentPart]> =
                    parts.iter().map(|part| part.resolve(context)).collect();
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
    loop {
        let start = p.state();
        match p.next() {
            Err(_) | Ok(Token::Comma | Token::Delim('/')) => {
                p.reset(&start);
                return Ok(parts);
            }
            Ok(_) => {}
        }
        p.reset(&start);
        parts.push(part(p, env)?);
    }
}

/// What is read instead of the content, after `/` (CSS Generated Content 3 §1.2).
fn alternative(p: &mut Parser<'_>) -> Parsed<Option<Vec<TextSpec>>> {
    if p.try_parse(|p| p.expect_delim('/')).is_err() {
        return Ok(None);
    }
    let mut texts = Vec::new();
    loop {
        if let Ok(text) = p.try_parse(string) {
            texts.push(TextSpec::Fixed(text));
        } else if p.try_parse(|p| p.expect_function_matching("attr")).is_ok() {
            texts.push(p.parse_nested_block(attribute)?);
        } else if texts.is_empty() {
            return unexpected();
        } else {
            return Ok(Some(texts));
        }
    }
}

fn part(p: &mut Parser<'_>, env: &Env<'_>) -> Parsed<PartSpec> {
    match p.next()?.clone() {
        Token::QuotedString(text) => Ok(PartSpec::Text(TextSpec::Fixed(Arc::from(&*text)))),
        Token::UnquotedUrl(url) => {
            Ok(PartSpec::Known(ContentPart::Image(Arc::from(joined(&url, env.base)))))
        }
        Token::Ident(word) => match word.to_ascii_lowercase().as_str() {
            word @ ("open-quote" | "close-quote" | "no-open-quote" | "no-close-quote") => {
                let (opens, shown) = (word.contains("open"), !word.starts_with("no-"));
                Ok(PartSpec::Known(ContentPart::Quote { opens, shown }))
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
            Ok(()) => list_style(p, env),
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
            let part = match p.try_parse(|p| p.expect_comma()) {
                Ok(()) => keyword(p, TEXT_PARTS)?,
                Err(_) => TextPart::Content,
            };
            PartSpec::TargetText(target, part)
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
            let part = match p.is_exhausted() || takes(p, "text") {
                true => TextPart::Content,
                false => keyword(p, &TEXT_PARTS[1..])?,
            };
            PartSpec::Known(ContentPart::OwnText(part))
        }
        _ => return refuse(format!("the content {name}() is not supported")),
    })
}

/// Parts of an element's text (CSS Generated Content 3 §2.5).
const TEXT_PARTS: &[(&str, TextPart)] = &[
    ("content", TextPart::Content),
    ("before", TextPart::Before),
    ("after", TextPart::After),
    ("first-letter", TextPart::FirstLetter),
];

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
