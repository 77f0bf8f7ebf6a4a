//! What templates see. All papers of a run share their records: handlebars wants them in one value
//! with what only one paper sees, so a few such values are kept, and a paper's own things are put in
//! while it is filled.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use handlebars::Context;
use serde_json::{Map, Value as Json};

/// The values that many documents see, by name: those of one edition.
pub type Shared = Arc<Map<String, Json>>;

/// The values that one document sees besides, by name, in the order in which it sees them. Documents
/// that have some in common, such as the event of a list of people, share these.
pub type Own = Vec<(Arc<str>, Arc<Json>)>;

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
    context: Context,
    /// What was put in, in order.
    put: Vec<Put>,
}

/// An own value in its place.
struct Put {
    name: Arc<str>,
    value: Arc<Json>,
    /// The shared value whose place it takes.
    before: Option<Json>,
}

impl Contexts {
    /// Does `work` with a context of the shared values and a document's own, which come before
    /// shared ones of the same name.
    pub(super) fn with<R>(
        &self,
        shared: &Shared,
        own: &Own,
        work: impl FnOnce(&Context) -> R,
    ) -> R {
        let mut filled = self.take(shared, own);
        filled.show(own);
        let result = work(&filled.context);
        self.lock().push(filled);
        result
    }

    /// The context in which most of `own` is in place already.
    fn take(&self, shared: &Shared, own: &Own) -> Filled {
        let mut idle = self.lock();
        let same = idle.iter().enumerate().filter(|(_, one)| Arc::ptr_eq(&one.shared, shared));
        match same.max_by_key(|(_, one)| one.in_place(own)).map(|(at, _)| at) {
            Some(at) => idle.swap_remove(at),
            None => {
                drop(idle);
                let context = Context::from(Json::Object(Map::clone(shared)));
                Filled { shared: Arc::clone(shared), context, put: Vec::new() }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Filled>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Filled {
    /// How many of the first own values are these.
    fn in_place(&self, own: &Own) -> usize {
        let same = |(put, (name, value)): &(&Put, &(Arc<str>, Arc<Json>))| {
            put.name == *name && Arc::ptr_eq(&put.value, value)
        };
        std::iter::zip(&self.put, own).take_while(same).count()
    }

    /// Shows these own values and no others, in the order that they would have in a new context.
    fn show(&mut self, own: &Own) {
        let kept = self.in_place(own);
        let Json::Object(data) = self.context.data_mut() else { return };
        // The last first, so that the others keep their order.
        for put in self.put.drain(kept..).rev() {
            match put.before {
                Some(before) => _ = data.insert((*put.name).to_owned(), before),
                None => _ = data.remove(&*put.name),
            }
        }
        for (name, value) in own.iter().skip(kept) {
            let before = data.insert((**name).to_owned(), Json::clone(value));
            self.put.push(Put { name: Arc::clone(name), value: Arc::clone(value), before });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(value: Json) -> Map<String, Json> {
        match value {
            Json::Object(map) => map,
            _ => Map::new(),
        }
    }

    fn own(values: &[(&str, &Arc<Json>)]) -> Own {
        values.iter().map(|(name, value)| ((*name).into(), Arc::clone(value))).collect()
    }

    #[test]
    fn with_own_values_shows_them_once_and_keeps_the_shared_ones() {
        let contexts = Contexts::default();
        let shared = Arc::new(map(json!({"run": 1, "mandates": [1, 2], "title": "all"})));
        let [event, one, paper] =
            [json!({"days": 5}), json!("one"), json!({"id": "a"})].map(Arc::new);
        let seen = |own: &Own| contexts.with(&shared, own, |context| context.data().to_string());
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
        let shared = |json: Json| Arc::new(map(json));
        let (office, public) = (shared(json!({"people": [1, 2]})), shared(json!({"people": [1]})));
        let [one, two] = [json!(1), json!(2)].map(Arc::new);
        let seen = |shared: &Shared, own: &Own| {
            contexts.with(shared, own, |context| context.data().to_string())
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
        let shared = Arc::new(Map::new());
        let [event, one, two] = [json!({"days": 5}), json!(1), json!(2)].map(Arc::new);
        let first = own(&[("event", &event), ("record", &one)]);
        let second = own(&[("event", &event), ("record", &two)]);
        let place = |own: &Own| {
            contexts
                .with(&shared, own, |context| std::ptr::from_ref(&context.data()["event"]["days"]))
        };
        let before = place(&first);
        assert_eq!(place(&second), before);
    }
}
