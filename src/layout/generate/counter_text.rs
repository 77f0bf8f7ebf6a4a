//! Numbers as counter styles write them (CSS Counter Styles 3 §2, §3).

use std::sync::LazyLock;

use crate::style::{CounterStyle, CounterSystem, ListStyle, built_in_counter_style};

/// A number is written with no more symbols than this; longer ones fall back.
const LONGEST: usize = 120;

/// `value` as the counter style writes it; numbers outside a style's range fall back to decimal.
pub fn format_counter(value: i32, style: &ListStyle) -> String {
    match style {
        ListStyle::None => String::new(),
        ListStyle::Disc => "•".to_owned(),
        ListStyle::Circle => "◦".to_owned(),
        ListStyle::Square => "▪".to_owned(),
        ListStyle::Decimal => value.to_string(),
        ListStyle::DecimalLeadingZero if value < 0 => format!("-{:02}", value.unsigned_abs()),
        ListStyle::DecimalLeadingZero => format!("{value:02}"),
        ListStyle::LowerAlpha => named(value, &LOWER_ALPHA),
        ListStyle::UpperAlpha => named(value, &UPPER_ALPHA),
        ListStyle::LowerGreek => named(value, &LOWER_GREEK),
        ListStyle::LowerRoman => named(value, &LOWER_ROMAN),
        ListStyle::UpperRoman => named(value, &UPPER_ROMAN),
        ListStyle::Text(text) => text.to_string(),
        ListStyle::Custom(style) => write(value, style),
        ListStyle::Named(_) => value.to_string(),
    }
}

/// A style that is built in, made once.
type BuiltIn = LazyLock<Option<CounterStyle>>;

static LOWER_ALPHA: BuiltIn = LazyLock::new(|| built_in_counter_style("lower-alpha"));
static UPPER_ALPHA: BuiltIn = LazyLock::new(|| built_in_counter_style("upper-alpha"));
static LOWER_GREEK: BuiltIn = LazyLock::new(|| built_in_counter_style("lower-greek"));
static LOWER_ROMAN: BuiltIn = LazyLock::new(|| built_in_counter_style("lower-roman"));
static UPPER_ROMAN: BuiltIn = LazyLock::new(|| built_in_counter_style("upper-roman"));

fn named(value: i32, style: &BuiltIn) -> String {
    style.as_ref().map_or_else(|| value.to_string(), |style| write(value, style))
}

/// `value` in the style, without prefix and suffix.
fn write(value: i32, style: &CounterStyle) -> String {
    let mut at = Some(style);
    while let Some(style) = at {
        if let Some(text) = written(value, style) {
            return text;
        }
        at = style.fallback.as_deref();
    }
    value.to_string()
}

fn written(value: i32, style: &CounterStyle) -> Option<String> {
    let in_range = if style.range.is_empty() {
        match style.system {
            CounterSystem::Alphabetic | CounterSystem::Symbolic => value >= 1,
            CounterSystem::Additive => value >= 0,
            _ => true,
        }
    } else {
        style.range.iter().any(|(low, high)| (*low..=*high).contains(&value))
    };
    if !in_range {
        return None;
    }
    let signed =
        value < 0 && !matches!(style.system, CounterSystem::Cyclic | CounterSystem::Fixed(_));
    let size = usize::try_from(value.unsigned_abs()).ok()?;
    let count = style.symbols.len();
    let symbol = |index: usize| style.symbols.get(index).map(|text| &**text);
    let plain = match style.system {
        CounterSystem::Cyclic => {
            let index = (i64::from(value) - 1).rem_euclid(i64::try_from(count).ok()?.max(1));
            symbol(usize::try_from(index).ok()?)?.to_owned()
        }
        CounterSystem::Fixed(first) => {
            let index = i64::from(value) - i64::from(first);
            symbol(usize::try_from(index).ok()?)?.to_owned()
        }
        CounterSystem::Numeric => positional(size, count, false, symbol)?,
        CounterSystem::Alphabetic => positional(size, count, true, symbol)?,
        CounterSystem::Symbolic => {
            let index = size.checked_sub(1)?;
            let times = index.checked_div(count)? + 1;
            if times > LONGEST {
                return None;
            }
            symbol(index % count)?.repeat(times)
        }
        CounterSystem::Additive => sum(size, style)?,
    };
    let (before, after) = if signed { (&*style.negative.0, &*style.negative.1) } else { ("", "") };
    let length = plain.chars().count() + before.chars().count() + after.chars().count();
    let padding = style.pad.1.repeat(usize::from(style.pad.0).saturating_sub(length));
    Some(format!("{before}{padding}{plain}{after}"))
}

fn positional<'s>(
    value: usize,
    base: usize,
    without_zero: bool,
    symbol: impl Fn(usize) -> Option<&'s str>,
) -> Option<String> {
    if base < 2 {
        return None;
    }
    let mut rest = value;
    let mut reversed = Vec::new();
    loop {
        if without_zero {
            rest = rest.checked_sub(1)?;
        }
        reversed.push(symbol(rest % base)?);
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    reversed.reverse();
    Some(reversed.concat())
}

fn sum(value: usize, style: &CounterStyle) -> Option<String> {
    let mut rest = u32::try_from(value).ok()?;
    if rest == 0 {
        let zero = style.additive.iter().find(|(worth, _)| *worth == 0);
        return zero.map(|(_, text)| text.to_string());
    }
    let mut text = String::new();
    let mut used = 0;
    for (worth, symbol) in style.additive.iter().filter(|(worth, _)| *worth > 0) {
        let times = usize::try_from(rest / worth).ok()?;
        used += times;
        if used > LONGEST {
            return None;
        }
        text.push_str(&symbol.repeat(times));
        rest %= worth;
    }
    (rest == 0).then_some(text)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn format_counter_of_every_style_is_written_as_css_says() {
        assert_eq!(format_counter(4, &ListStyle::LowerRoman), "iv");
        assert_eq!(format_counter(1994, &ListStyle::UpperRoman), "MCMXCIV");
        assert_eq!(format_counter(27, &ListStyle::LowerAlpha), "aa");
        assert_eq!(format_counter(26, &ListStyle::UpperAlpha), "Z");
        assert_eq!(format_counter(24, &ListStyle::LowerGreek), "ω");
        assert_eq!(format_counter(18, &ListStyle::LowerGreek), "σ");
        assert_eq!(format_counter(0, &ListStyle::LowerAlpha), "0");
        assert_eq!(format_counter(7, &ListStyle::DecimalLeadingZero), "07");
    }

    fn style(system: CounterSystem, symbols: &[&str]) -> CounterStyle {
        CounterStyle {
            name: Arc::from(""),
            system,
            symbols: symbols.iter().map(|text| Arc::from(*text)).collect(),
            additive: Arc::from([(10, Arc::from("X")), (1, Arc::from("I"))]),
            negative: (Arc::from("("), Arc::from(")")),
            prefix: Arc::from(""),
            suffix: Arc::from(""),
            range: Arc::from([]),
            pad: (0, Arc::from("")),
            fallback: None,
        }
    }

    #[test]
    fn number_of_every_system_is_written_as_css_says() {
        let written = |system, value| write(value, &style(system, &["a", "b", "c"]));
        assert_eq!(written(CounterSystem::Cyclic, 5), "b");
        assert_eq!(written(CounterSystem::Cyclic, -1), "b");
        assert_eq!(written(CounterSystem::Numeric, 5), "bc");
        assert_eq!(written(CounterSystem::Numeric, -5), "(bc)");
        assert_eq!(written(CounterSystem::Alphabetic, 4), "aa");
        assert_eq!(written(CounterSystem::Alphabetic, 0), "0");
        assert_eq!(written(CounterSystem::Symbolic, 5), "bb");
        assert_eq!(written(CounterSystem::Additive, 23), "XXIII");
        assert_eq!(written(CounterSystem::Fixed(3), 4), "b");
        assert_eq!(written(CounterSystem::Fixed(3), 9), "9");
    }

    #[test]
    fn number_is_padded_and_falls_back_outside_of_its_range() {
        let padded = CounterStyle {
            pad: (4, Arc::from("a")),
            range: Arc::from([(0, 10)]),
            fallback: Some(Arc::new(style(CounterSystem::Cyclic, &["*"]))),
            ..style(CounterSystem::Numeric, &["a", "b", "c"])
        };
        assert_eq!(write(5, &padded), "aabc");
        assert_eq!(write(11, &padded), "*");
        // A number that would be endless is written in digits.
        assert_eq!(write(i32::MAX, &style(CounterSystem::Symbolic, &["*"])), i32::MAX.to_string());
    }
}
