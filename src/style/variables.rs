//! Custom properties and `var()` (CSS Variables 1), and `env()`.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The custom properties of an element, their values free of `var()`.
pub(crate) type Variables = Arc<BTreeMap<Arc<str>, Arc<str>>>;

/// A value may not grow past this by substitution.
const MAX_LENGTH: usize = 64 << 10;

/// Variables that stand for variables go no deeper than this.
const MAX_DEPTH: usize = 32;

/// The variables of an element: its parent's, overlaid with what its rules declare (`None` takes
/// one away, but for those that have a value in `initial`). Those that refer to themselves are
/// without value (§2.3).
pub(crate) fn overlay(
    parent: &Variables,
    own: &BTreeMap<Arc<str>, Option<Arc<str>>>,
    initial: &Variables,
) -> Variables {
    if own.is_empty() {
        return Arc::clone(parent);
    }
    let mut resolver = Resolver { parent, own, done: BTreeMap::new(), open: Vec::new() };
    for name in own.keys() {
        resolver.lookup(name);
    }
    let mut values = BTreeMap::clone(parent);
    for (name, value) in resolver.done {
        match value.or_else(|| initial.get(&name).cloned()) {
            Some(value) => drop(values.insert(name, value)),
            None => drop(values.remove(&name)),
        }
    }
    Arc::new(values)
}

struct Resolver<'a> {
    parent: &'a Variables,
    own: &'a BTreeMap<Arc<str>, Option<Arc<str>>>,
    done: BTreeMap<Arc<str>, Option<Arc<str>>>,
    open: Vec<Arc<str>>,
}

impl Resolver<'_> {
    fn lookup(&mut self, name: &str) -> Option<Arc<str>> {
        if let Some(value) = self.done.get(name) {
            return value.clone();
        }
        let Some((name, raw)) = self.own.get_key_value(name) else {
            return self.parent.get(name).cloned();
        };
        if let Some(first) = self.open.iter().position(|open| open == name) {
            let cycle: Vec<_> = self.open[first..].to_vec();
            self.done.extend(cycle.into_iter().map(|name| (name, None)));
            return None;
        }
        if self.open.len() >= MAX_DEPTH {
            return None;
        }
        self.open.push(Arc::clone(name));
        let value = raw.as_ref().and_then(|raw| {
            match raw.trim().to_ascii_lowercase().as_str() {
                "inherit" | "unset" => return self.parent.get(name).cloned(),
                _ => {}
            }
            substitute(raw, 0, &mut |name| self.lookup(name)).map(Arc::from)
        });
        self.open.pop();
        // A cycle that was found meanwhile stays without value.
        self.done.entry(Arc::clone(name)).or_insert(value).clone()
    }
}

/// `text` with every `var()` replaced; `None` when one has neither value nor fallback.
pub(crate) fn with_values(text: &str, variables: &Variables) -> Option<String> {
    substitute(text, 0, &mut |name| variables.get(name).cloned())
}

fn substitute(
    text: &str,
    depth: usize,
    lookup: &mut dyn FnMut(&str) -> Option<Arc<str>>,
) -> Option<String> {
    if depth > MAX_DEPTH {
        return None;
    }
    let mut result = String::new();
    let mut rest = text;
    while let Some(start) = find_var(rest) {
        result.push_str(&rest[..start]);
        let is_env = !rest[start..].get(..3).is_some_and(|w| w.eq_ignore_ascii_case("var"));
        let inside = &rest[start + 4..];
        let end = closing(inside);
        let (name, fallback) = match split_fallback(&inside[..end]) {
            Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
            None => (inside[..end].trim(), None),
        };
        let value = match (is_env, name.starts_with("--")) {
            // CSS Environment Variables 1 §2: a page is safe to its edges.
            (true, _) if name.starts_with("safe-area-inset-") => Some(Arc::from("0px")),
            (true, _) => None,
            (false, true) => lookup(name),
            (false, false) => return None,
        };
        match (value, fallback) {
            (Some(value), _) => result.push_str(&value),
            (None, Some(fallback)) => result.push_str(&substitute(fallback, depth + 1, lookup)?),
            (None, None) => return None,
        }
        if result.len() > MAX_LENGTH {
            return None;
        }
        rest = inside.get(end + 1..).unwrap_or_default();
    }
    result.push_str(rest);
    (result.len() <= MAX_LENGTH).then_some(result)
}

/// Where the next `var(` or `env(` starts, outside of quotes.
fn find_var(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quote = None;
    for (index, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'v' | b'V' | b'e' | b'E') => {
                let word = bytes[index..].get(..4);
                let is_var = word.is_some_and(|w| {
                    w.eq_ignore_ascii_case(b"var(") || w.eq_ignore_ascii_case(b"env(")
                });
                let before = index.checked_sub(1).map(|before| bytes[before]);
                let is_word =
                    before.is_some_and(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
                if is_var && !is_word {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

/// The length of the text before the bracket that closes it (all of it when there is none).
fn closing(text: &str) -> usize {
    scan(text, |byte, depth| byte == b')' && depth == 0).unwrap_or(text.len())
}

fn split_fallback(text: &str) -> Option<(&str, &str)> {
    let comma = scan(text, |byte, depth| byte == b',' && depth == 0)?;
    Some((&text[..comma], &text[comma + 1..]))
}

/// The first byte outside of quotes for which `stop` holds; it is told how many brackets are open.
fn scan(text: &str, stop: impl Fn(u8, usize) -> bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (index, byte) in text.bytes().enumerate() {
        match quote {
            Some(open) if open == byte => quote = None,
            Some(_) => {}
            None if stop(byte, depth) => return Some(index),
            None => match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                b'"' | b'\'' => quote = Some(byte),
                _ => {}
            },
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(list: &[(&str, &str)]) -> Variables {
        let own = list.iter().map(|(name, value)| (Arc::from(*name), Some(Arc::from(*value))));
        overlay(&Variables::default(), &own.collect(), &Variables::default())
    }

    #[test]
    fn variable_of_variables_is_resolved() {
        let map = variables(&[("--a", "1px var(--b)"), ("--b", "solid")]);
        assert_eq!(with_values("var( --a ) red", &map).as_deref(), Some("1px solid red"));
        assert_eq!(with_values("var(--c, var(--b))", &map).as_deref(), Some("solid"));
        assert_eq!(with_values("var(--c)", &map), None);
        assert_eq!(with_values("env(safe-area-inset-top, 3px)", &map).as_deref(), Some("0px"));
        assert_eq!(with_values("env(other, var(--b))", &map).as_deref(), Some("solid"));
        assert_eq!(with_values("\"var(--c)\"", &map).as_deref(), Some("\"var(--c)\""));
    }

    #[test]
    fn variables_in_a_cycle_have_no_value() {
        let map = variables(&[("--a", "var(--b)"), ("--b", "var(--a)"), ("--c", "x")]);
        assert!(!map.contains_key("--a") && !map.contains_key("--b"));
        assert!(map.contains_key("--c"));
    }

    #[test]
    fn variables_that_double_again_and_again_are_bounded() {
        let list: Vec<(String, String)> = (0..30)
            .map(|n| (format!("--v{n}"), format!("var(--v{}) var(--v{})", n + 1, n + 1)))
            .chain([("--v30".to_owned(), "xxxxxxxx".to_owned())])
            .collect();
        let list: Vec<(&str, &str)> = list.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert!(variables(&list).values().all(|value| value.len() <= MAX_LENGTH));
    }
}
