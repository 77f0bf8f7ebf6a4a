//! Where the values that a template sees were written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::load::{Kind, Value};
use crate::source::{SourceId, Span};

/// JSON pointers (RFC 6901) and the places of what they point to.
///
/// Whole parts are shared between papers: [`Places::mount`] hangs the places of a record or of a
/// set under a pointer. A copy shares them all until something is added to it: an event has a place for
/// every cell of its list, and each edition and paper has a copy of the event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    own: Arc<BTreeMap<String, Span>>,
    mounts: BTreeMap<String, Arc<Places>>,
}

impl Places {
    /// None yet.
    pub fn new() -> Places {
        Places::default()
    }

    /// The places of a value and of everything in it.
    pub fn of(value: &Value) -> Places {
        let mut own = BTreeMap::new();
        collect(&mut own, &mut String::new(), value);
        own.into()
    }

    /// Notes the place of one value.
    pub fn insert(&mut self, pointer: impl Into<String>, span: Span) {
        Arc::make_mut(&mut self.own).insert(pointer.into(), span);
    }

    /// Hangs `places` under `pointer`.
    pub fn mount(&mut self, pointer: impl Into<String>, places: Arc<Places>) {
        self.mounts.insert(pointer.into(), places);
    }

    /// The places after items of lists have been left out: of each list, by its pointer, the items that
    /// are kept. Lists inside such lists stay whole.
    pub(super) fn moved(self, kept: &BTreeMap<String, Vec<usize>>) -> Places {
        let moved = |(pointer, span): (String, Span)| {
            let ends = pointer.match_indices('/').map(|(at, _)| at);
            let list = ends.filter_map(|at| Some((at, kept.get(pointer.get(..at)?)?))).next();
            let Some((at, kept)) = list else { return Some((pointer, span)) };
            let rest = pointer.get(at + 1..)?;
            let (index, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let old: usize = index.parse().ok()?;
            let new = kept.binary_search(&old).ok()?;
            Some((format!("{}/{new}{below}", pointer.get(..at)?), span))
        };
        let own = Arc::unwrap_or_clone(self.own).into_iter().filter_map(moved).collect();
        Places { own: Arc::new(own), mounts: self.mounts }
    }

    /// Adds the texts that the values mounted at `pointer` stand in.
    pub fn sources_below(&self, pointer: &str, sources: &mut BTreeSet<SourceId>) {
        let Some(mounted) = self.mounts.get(pointer) else { return };
        sources.extend(mounted.own.values().map(|span| span.source));
        mounted.mounts.keys().for_each(|inner| mounted.sources_below(inner, sources));
    }

    /// The place of the value at `pointer`, or of the nearest value around it that has one.
    pub fn nearest(&self, pointer: &str) -> Option<Span> {
        let mut head = pointer;
        loop {
            let mounted =
                self.mounts.get(head).and_then(|places| places.nearest(&pointer[head.len()..]));
            if let Some(span) = mounted.or_else(|| self.own.get(head).copied()) {
                return Some(span);
            }
            head = &head[..head.rfind('/')?];
        }
    }
}

impl From<BTreeMap<String, Span>> for Places {
    fn from(own: BTreeMap<String, Span>) -> Places {
        Places { own: Arc::new(own), mounts: BTreeMap::new() }
    }
}

// The depth of a value is bounded where it is loaded.
fn collect(own: &mut BTreeMap<String, Span>, pointer: &mut String, value: &Value) {
    own.insert(pointer.clone(), value.span);
    let end = pointer.len();
    let mut descend = |step: &str, value: &Value| {
        pointer.push('/');
        pointer.push_str(step);
        collect(own, pointer, value);
        pointer.truncate(end);
    };
    match &value.kind {
        Kind::Null | Kind::Scalar(_) => {}
        Kind::List(items) => {
            items.iter().enumerate().for_each(|(index, item)| descend(&index.to_string(), item));
        }
        Kind::Map(entries) => {
            entries.iter().for_each(|entry| descend(&escape(&entry.key), &entry.value));
        }
    }
}

/// A key as a step of a JSON pointer (RFC 6901 §3).
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn places_follow_items_that_move_up() {
        let sources = Sources::new();
        let source = sources.add("a", "0123456789");
        let mut places = Places::new();
        for (index, pointer) in
            ["/people/0/x", "/people/1/x", "/people/2", "/title"].iter().enumerate()
        {
            places.insert(*pointer, Span::point(source, index));
        }
        let moved = places.moved(&BTreeMap::from([("/people".to_owned(), vec![1, 2])]));
        assert_eq!(moved.nearest("/people/0/x"), Some(Span::point(source, 1)));
        assert_eq!(moved.nearest("/people/1"), Some(Span::point(source, 2)));
        assert_eq!(moved.nearest("/people/2"), None);
        assert_eq!(moved.nearest("/title"), Some(Span::point(source, 3)));
    }

    #[test]
    fn nearest_falls_back_to_what_stands_around() {
        let sources = Sources::new();
        let text = "a:\n  b/c: [1, 2]\n";
        let value = crate::load::yaml(&sources, "a.yaml", text.as_bytes()).unwrap().remove(0);
        let mut places = Places::new();
        places.mount("/mandates/3", Arc::new(Places::of(&value)));
        let at = |pointer: &str| places.nearest(pointer).map(|span| sources.locate(span));
        assert_eq!(at("/mandates/3/a/b~1c/1").as_deref(), Some("a.yaml:2:12"));
        assert_eq!(at("/mandates/3/a/b~1c/7/x").as_deref(), Some("a.yaml:2:8"));
        assert_eq!(at("/mandates/3/z").as_deref(), Some("a.yaml:1:1"));
        assert_eq!(at("/mandates/2"), None);
    }
}
