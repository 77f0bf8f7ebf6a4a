//! Counters and their scopes (CSS Lists 3 §4).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::style::ComputedStyle;

/// The counters at one place of the document.
#[derive(Debug, Clone, Default)]
pub struct Counters {
    instances: FxHashMap<Arc<str>, Vec<Instance>>,
    /// Names of the counters created at each depth, to drop them when their scope ends.
    created: Vec<Vec<Arc<str>>>,
}

#[derive(Debug, Clone, Copy)]
struct Instance {
    depth: usize,
    value: i32,
}

impl Counters {
    /// The contents of an element start: counters created inside end with it.
    pub fn enter(&mut self) {
        self.created.push(Vec::new());
    }

    /// The contents of an element end.
    pub fn leave(&mut self) {
        for name in self.created.pop().unwrap_or_default() {
            if let Some(instances) = self.instances.get_mut(&name) {
                instances.pop();
            }
        }
    }

    /// Applies an element's or pseudo-element's `counter-*` properties, in the order of CSS
    /// Lists 3 §4: reset, increment, set.
    pub fn apply(&mut self, style: &ComputedStyle) {
        style.counter_reset.iter().for_each(|(name, value)| self.reset(name, *value));
        style.counter_increment.iter().for_each(|(name, by)| self.increment(name, *by));
        style.counter_set.iter().for_each(|(name, value)| self.set(name, *value));
    }

    /// A new counter, or a new start of the one that a sibling made.
    pub fn reset(&mut self, name: &Arc<str>, value: i32) {
        let depth = self.created.len();
        let instances = self.instances.entry(Arc::clone(name)).or_default();
        match instances.last_mut() {
            Some(last) if last.depth == depth => last.value = value,
            _ => {
                instances.push(Instance { depth, value });
                if let Some(created) = self.created.last_mut() {
                    created.push(Arc::clone(name));
                }
            }
        }
    }

    /// Adds to the innermost counter of that name.
    pub fn increment(&mut self, name: &Arc<str>, by: i32) {
        let value = self.value(name).saturating_add(by);
        self.set(name, value);
    }

    /// Sets the innermost counter of that name.
    pub fn set(&mut self, name: &Arc<str>, value: i32) {
        match self.instances.get_mut(name).and_then(|instances| instances.last_mut()) {
            Some(last) => last.value = value,
            None => self.reset(name, value),
        }
    }

    /// The innermost counter's value; 0 when there is none.
    pub fn value(&self, name: &str) -> i32 {
        self.instances.get(name).and_then(|all| all.last()).map_or(0, |last| last.value)
    }

    /// The counters among `names` that a style changes, with the values that they have.
    pub fn changed(&self, style: &ComputedStyle, names: &[Arc<str>]) -> Vec<(Arc<str>, i32)> {
        let lists = [&style.counter_reset, &style.counter_increment, &style.counter_set];
        if names.is_empty() || lists.iter().all(|list| list.is_empty()) {
            return Vec::new();
        }
        let is_changed =
            |name: &&Arc<str>| lists.iter().any(|list| list.iter().any(|(own, _)| own == *name));
        let changed = names.iter().filter(is_changed);
        changed.map(|name| (Arc::clone(name), self.value(name))).collect()
    }

    /// All counters of that name, the outermost first.
    pub fn values(&self, name: &str) -> Vec<i32> {
        let all = self.instances.get(name).map(|all| all.iter().map(|one| one.value).collect());
        all.filter(|values: &Vec<i32>| !values.is_empty()).unwrap_or_else(|| vec![0])
    }

    /// Name and innermost value of every counter, sorted by name.
    pub fn snapshot(&self) -> Vec<(Arc<str>, i32)> {
        #[allow(clippy::iter_over_hash_type)]
        let mut all: Vec<(Arc<str>, i32)> = self
            .instances
            .iter()
            .filter_map(|(name, all)| Some((Arc::clone(name), all.last()?.value)))
            .collect();
        all.sort();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_nested_reset_ends_with_its_parent() {
        let name: Arc<str> = Arc::from("item");
        let mut counters = Counters::default();
        counters.enter();
        counters.reset(&name, 0);
        counters.enter();
        counters.increment(&name, 1);
        counters.reset(&name, 0);
        counters.enter();
        counters.increment(&name, 5);
        assert_eq!(counters.values("item"), [1, 5]);
        counters.leave();
        counters.leave();
        counters.increment(&name, 1);
        assert_eq!(counters.value("item"), 2);
    }
}
