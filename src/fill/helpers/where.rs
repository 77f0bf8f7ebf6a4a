//! `(where people agency="Police")` and `(where people "role.id" "head")`: the items that match.

use serde_json::Value as Json;

use crate::fill::call::{Call, Given, truthy};
use crate::fill::fault::Fault;

/// Whether a value is the one that is wanted, or a list that contains it; of a list of wanted values
/// one is enough.
fn is_match(found: &Json, wanted: &Json) -> bool {
    match (found, wanted) {
        (_, Json::Array(any)) => found == wanted || any.iter().any(|one| is_match(found, one)),
        (Json::Array(list), _) => list.contains(wanted),
        _ => found == wanted,
    }
}

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let mut wanted: Vec<(String, &Given)> = Vec::new();
    let mut turned = false;
    for (name, given) in &call.options {
        if *name == "not" {
            turned = truthy(given.value);
        } else {
            wanted.push(((*name).to_owned(), given));
        }
    }
    match call.args.get(1..).unwrap_or_default() {
        [] => {}
        [key, value] => wanted.push((call.plain(key)?.into_owned(), value)),
        _ => {
            return Err(call
                .fault("fill/arguments", "`where` has a key without a value")
                .help("write `(where list \"key\" value)` or `(where list key=value)`"));
        }
    }
    let mut kept = Vec::new();
    for item in call.items(call.arg(0)?)? {
        let mut matches = true;
        for (key, value) in &wanted {
            let found = call.key(&item, key)?;
            matches &= is_match(found.value, value.value);
        }
        if matches != turned {
            kept.push(item.pass_on());
        }
    }
    Ok(Json::Array(kept))
}
