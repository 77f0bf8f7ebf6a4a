//! What templates see. All papers of a run share their records: handlebars wants them in one value
//! with what only one paper sees, so a few such values are kept, and a paper's own things are put in
//! while it is filled. What a template has no use for is not copied into them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use handlebars::Context;
use serde_json::{Map, Value as Json};

use super::mentions::hidden;
use crate::scope::{Bound, Own, Shared};

/// Contexts that no document uses at the moment: of each set of shared values (one for each edition)
/// at most one for each thread that fills.
#[derive(Default)]
pub(super) struct Contexts {
    idle: Mutex<Vec<Filled>>,
}

/// The shared values together with the own ones of the document that was filled last: the next one
/// mostly has some of them too, and what is large is not copied again.
struct Filled {
    shared: Shared,
    /// Which of the shared values stand there; in the place of the others stands a sign.
    shown: Vec<bool>,
    context: Context,
    /// What was put in, in order.
    put: Vec<Put>,
}

/// An own value in its place.
struct Put {
    name: Arc<str>,
    value: Arc<Json>,
    /// Whether the value stands there, or a sign.
    shown: bool,
    /// The shared value whose place it takes.
    before: Option<Json>,
}

/// The names that a document's templates use; all where that is not known.
pub(super) type Used<'u> = Option<&'u BTreeSet<String>>;

impl Contexts {
    /// Does `work` with a context of the shared values and a document's own, which come before
    /// shared ones of the same name. Lists that are not `used`, and values that stand under another
    /// name too, may be hidden.
    pub(super) fn with<R>(
        &self,
        shared: &Shared,
        own: &Own,
        used: Used,
        work: impl FnOnce(&Context) -> R,
    ) -> R {
        let shows = shows(own, used);
        let mut filled = self.take(shared, own, &shows);
        filled.show(own, &shows, used);
        let result = work(&filled.context);
        self.lock().push(filled);
        result
    }

    /// The context in which most of `own` is in place already.
    fn take(&self, shared: &Shared, own: &Own, shows: &[bool]) -> Filled {
        let mut idle = self.lock();
        let same = idle.iter().enumerate().filter(|(_, one)| Arc::ptr_eq(&one.shared, shared));
        match same.max_by_key(|(_, one)| one.in_place(own, shows)).map(|(at, _)| at) {
            Some(at) => idle.swap_remove(at),
            None => {
                drop(idle);
                Filled::new(shared)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Filled>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Which of the own values must stand in their places: not those that the templates do not use and
/// that stand under another name.
fn shows(own: &Own, used: Used) -> Vec<bool> {
    let is_used = |name: &str| used.is_none_or(|used| used.contains(name));
    let shows = own.iter().enumerate().map(|(at, (name, value))| {
        let mut twins = own.iter().enumerate().filter(|(_, (_, other))| Arc::ptr_eq(other, value));
        let first_of_unused = twins.clone().all(|(_, (name, _))| !is_used(name))
            && twins.next().is_some_and(|(first, _)| first == at);
        is_used(name) || first_of_unused
    });
    shows.collect()
}

impl Filled {
    fn new(shared: &Shared) -> Filled {
        let mut data = Map::new();
        let shown = |(name, bound): &(String, Bound)| {
            let value = match bound {
                Bound::One(value) => Json::clone(value),
                Bound::List(_) => hidden(),
            };
            data.insert(name.clone(), value);
            matches!(bound, Bound::One(_))
        };
        let shown = shared.iter().map(shown).collect();
        let context = Context::from(Json::Object(data));
        Filled { shared: Arc::clone(shared), shown, context, put: Vec::new() }
    }

    /// How many of the first own values are these.
    fn in_place(&self, own: &Own, shows: &[bool]) -> usize {
        let is_in_place = |(at, put): &(usize, &Put)| {
            let stands =
                |(name, value): &(Arc<str>, _)| put.name == *name && Arc::ptr_eq(&put.value, value);
            own.get(*at).is_some_and(stands)
                && put.shown >= shows.get(*at).is_some_and(|shown| *shown)
        };
        self.put.iter().enumerate().take_while(is_in_place).count()
    }

    /// Shows these own values and no others, in the order that they would have in a new context, and
    /// the shared ones that are used.
    fn show(&mut self, own: &Own, shows: &[bool], used: Used) {
        let is_used = |name: &String| used.is_none_or(|used| used.contains(name));
        let mut shared = self.shared.iter().zip(&self.shown);
        let lacking = shared.any(|((name, _), shown)| !shown && is_used(name));
        let kept = if lacking { 0 } else { self.in_place(own, shows) };
        let Json::Object(data) = self.context.data_mut() else { return };
        // The last first, so that the others keep their order.
        for put in self.put.drain(kept..).rev() {
            match put.before {
                Some(before) => _ = data.insert((*put.name).to_owned(), before),
                None => _ = data.remove(&*put.name),
            }
        }
        for ((name, bound), shown) in self.shared.iter().zip(&mut self.shown) {
            if !*shown && is_used(name) {
                *shown = true;
                data.insert(name.clone(), bound.spelled_out());
            }
        }
        for ((name, value), shown) in own.iter().zip(shows.iter().copied()).skip(kept) {
            let stands = if shown { Json::clone(value) } else { hidden() };
            let before = data.insert((**name).to_owned(), stands);
            self.put.push(Put { name: Arc::clone(name), value: Arc::clone(value), shown, before });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shared(value: Json) -> Shared {
        let Json::Object(map) = value else { return Shared::default() };
        let bound = |value| match value {
            Json::Array(records) => Bound::List(records.into_iter().map(Arc::new).collect()),
            other => Bound::One(Arc::new(other)),
        };
        Arc::new(map.into_iter().map(|(name, value)| (name, bound(value))).collect())
    }

    fn own(values: &[(&str, &Arc<Json>)]) -> Own {
        values.iter().map(|(name, value)| ((*name).into(), Arc::clone(value))).collect()
    }

    #[test]
    fn with_own_values_shows_them_once_and_keeps_the_shared_ones() {
        let contexts = Contexts::default();
        let shared = shared(json!({"run": 1, "mandates": [1, 2], "title": "all"}));
        let [event, one, paper] =
            [json!({"days": 5}), json!("one"), json!({"id": "a"})].map(Arc::new);
        let seen =
            |own: &Own| contexts.with(&shared, own, None, |context| context.data().to_string());
        let first = own(&[("event", &event), ("title", &one), ("paper", &paper)]);
        assert_eq!(
            seen(&first),
            r#"{"run":1,"mandates":[1,2],"title":"one","event":{"days":5},"paper":{"id":"a"}}"#
        );
        let second = own(&[("event", &event), ("paper", &one)]);
        assert_eq!(
            seen(&second),
            r#"{"run":1,"mandates":[1,2],"title":"all","event":{"days":5},"paper":"one"}"#
        );
        assert_eq!(seen(&Own::new()), r#"{"run":1,"mandates":[1,2],"title":"all"}"#);
        assert_eq!(contexts.lock().len(), 1);
    }

    #[test]
    fn documents_of_another_edition_and_names_that_come_twice_see_their_own() {
        let contexts = Contexts::default();
        let (office, public) = (shared(json!({"people": [1, 2]})), shared(json!({"people": [1]})));
        let [one, two] = [json!(1), json!(2)].map(Arc::new);
        let seen = |shared: &Shared, own: &Own| {
            contexts.with(shared, own, None, |context| context.data().to_string())
        };
        let twice = own(&[("record", &one), ("record", &two)]);
        assert_eq!(seen(&office, &twice), r#"{"people":[1,2],"record":2}"#);
        assert_eq!(seen(&public, &own(&[("people", &two)])), r#"{"people":2}"#);
        assert_eq!(seen(&office, &own(&[("record", &one)])), r#"{"people":[1,2],"record":1}"#);
        assert_eq!(seen(&public, &Own::new()), r#"{"people":[1]}"#);
        assert_eq!(seen(&office, &Own::new()), r#"{"people":[1,2]}"#);
    }

    #[test]
    fn values_that_documents_have_in_common_stay_in_place() {
        let contexts = Contexts::default();
        let shared = Shared::default();
        let [event, one, two] = [json!({"days": 5}), json!(1), json!(2)].map(Arc::new);
        let first = own(&[("event", &event), ("record", &one)]);
        let second = own(&[("event", &event), ("record", &two)]);
        let place = |own: &Own| {
            contexts.with(&shared, own, None, |context| {
                std::ptr::from_ref(&context.data()["event"]["days"])
            })
        };
        let before = place(&first);
        assert_eq!(place(&second), before);
    }

    #[test]
    fn lists_that_are_not_used_are_hidden_until_somebody_uses_them() {
        let contexts = Contexts::default();
        let shared = shared(json!({"run": 1, "people": [1], "events": [2]}));
        let record = Arc::new(json!({"id": "r"}));
        let own = own(&[("record", &record), ("person", &record), ("events", &Arc::new(json!(3)))]);
        let seen = |names: &[&str]| {
            let used = names.iter().map(|name| (*name).to_owned()).collect();
            contexts.with(&shared, &own, Some(&used), |context| {
                context.data().to_string().replace(&hidden().to_string(), "-")
            })
        };
        let (one, no) = (r#"{"id":"r"}"#, "-");
        assert_eq!(
            seen(&["x"]),
            format!(r#"{{"run":1,"people":-,"events":3,"record":{one},"person":{no}}}"#)
        );
        assert_eq!(
            seen(&["person", "people"]),
            format!(r#"{{"run":1,"people":[1],"events":3,"record":{no},"person":{one}}}"#)
        );
        // What stands there may stay.
        assert_eq!(seen(&["person"]), seen(&["person", "people"]));
        assert_eq!(
            seen(&["person", "record"]),
            format!(r#"{{"run":1,"people":[1],"events":3,"record":{one},"person":{one}}}"#)
        );
    }
}
