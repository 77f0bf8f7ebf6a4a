//! `(group people by="agency")`: items with the same value together.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::sort::SortKey;
use crate::fill::call::Call;
use crate::fill::fault::{Fault, Names};

struct Group {
    sort_key: SortKey,
    key: Json,
    items: Vec<Json>,
}

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let Some(by) = call.option("by") else {
        return Err(call.fault("fill/arguments", "`group` needs a key").help("write `by=\"key\"`"));
    };
    let by = call.plain(by)?;
    let mut groups: Vec<Group> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for item in call.items(call.arg(0)?)? {
        let value = call.key(&item, &by)?;
        let sort_key = SortKey::of(call, &value)?;
        let key = match &sort_key {
            SortKey::Text(text) => Json::from(text.as_str()),
            _ => value.value.clone(),
        };
        let at = *index.entry(key.to_string()).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Group { sort_key, key, items: Vec::new() });
        }
        if let Some(group) = groups.get_mut(at) {
            group.items.push(item.pass_on());
        }
    }
    match call.text_option("order", "sorted")?.as_ref() {
        "given" => {}
        "sorted" => {
            let order = call.locale().order();
            groups.sort_by(|a, b| -> Ordering { a.sort_key.compare(&b.sort_key, false, order) });
        }
        other => {
            return Err(call
                .fault("fill/arguments", format!("there is no order `{other}` of groups"))
                .help(format!("the orders are {}", Names(&["sorted", "given"]))));
        }
    }
    let maps = groups.into_iter().map(|group| {
        let count = Json::from(group.items.len());
        Json::Object(Map::from_iter([
            ("key".to_owned(), group.key),
            ("items".to_owned(), Json::Array(group.items)),
            ("count".to_owned(), count),
        ]))
    });
    Ok(Json::Array(maps.collect()))
}
