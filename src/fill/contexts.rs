//! What templates see. All papers of a run share their records: handlebars wants them in one value
//! with what only one paper sees, so a few such values are kept, and a paper's own things are put in
//! while it is filled.

use std::sync::{Arc, Mutex, PoisonError};

use handlebars::Context;
use serde_json::{Map, Value as Json};

/// The values that many documents see, by name.
pub type Shared = Arc<Map<String, Json>>;

/// Contexts that no document uses at the moment: at most one for each thread that fills.
#[derive(Default)]
pub(super) struct Contexts {
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    shared: Shared,
    context: Context,
}

impl Contexts {
    /// Does `work` with a context of the shared values and a document's own, which come before
    /// shared ones of the same name.
    pub(super) fn with<R>(
        &self,
        shared: &Shared,
        own: &Map<String, Json>,
        work: impl FnOnce(&Context) -> R,
    ) -> R {
        let mut context = self.take(shared);
        let replaced = put(&mut context, own);
        let result = work(&context);
        restore(&mut context, own, replaced);
        let idle = Idle { shared: Arc::clone(shared), context };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(idle);
        result
    }

    fn take(&self, shared: &Shared) -> Context {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        match idle.iter().position(|idle| Arc::ptr_eq(&idle.shared, shared)) {
            Some(at) => idle.swap_remove(at).context,
            None => {
                drop(idle);
                Context::from(Json::Object(Map::clone(shared)))
            }
        }
    }
}

/// Puts a document's own values in, and gives the shared ones whose place they take.
fn put(context: &mut Context, own: &Map<String, Json>) -> Vec<(String, Json)> {
    let Json::Object(data) = context.data_mut() else { return Vec::new() };
    let put = own.iter().filter_map(|(name, value)| {
        data.insert(name.clone(), value.clone()).map(|before| (name.clone(), before))
    });
    put.collect()
}

/// Takes them out again, the last first, so that the others keep their order.
fn restore(context: &mut Context, own: &Map<String, Json>, replaced: Vec<(String, Json)>) {
    let Json::Object(data) = context.data_mut() else { return };
    for name in own.keys().rev() {
        if !replaced.iter().any(|(known, _)| known == name) {
            data.remove(name);
        }
    }
    data.extend(replaced);
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

    #[test]
    fn with_own_values_shows_them_once_and_keeps_the_shared_ones() {
        let contexts = Contexts::default();
        let shared = Arc::new(map(json!({"run": 1, "mandates": [1, 2], "title": "all"})));
        let own = map(json!({"title": "one", "paper": {"id": "a"}, "record": 3}));
        let seen = contexts.with(&shared, &own, |context| context.data().clone());
        let expected = json!({"run": 1, "mandates": [1, 2], "title": "one", "paper": {"id": "a"}, "record": 3});
        assert_eq!(seen, expected);
        let after = contexts.with(&shared, &Map::new(), |context| context.data().clone());
        assert_eq!(after, Json::Object(Map::clone(&shared)));
        let keys: Vec<&String> = after.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["run", "mandates", "title"]);
    }
}
