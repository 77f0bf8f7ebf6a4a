//! `(lookup list 0)`, `(lookup map key)`: an item by a number or key that is a value itself.

use serde_json::Value as Json;

use crate::editions::Withheld;
use crate::fill::call::{Call, keys_help};
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let (given, key) = (call.arg(0)?, call.arg(1)?);
    match given.value {
        Json::Array(_) => {
            let items = call.items(given)?;
            let index = key.value.as_u64().ok_or_else(|| call.wrong(key, "a whole number"))?;
            let item = usize::try_from(index).ok().and_then(|index| items.get(index));
            item.map(|item| item.pass_on()).ok_or_else(|| {
                let message = format!("the list has no item {index}, counted from 0");
                call.fault_of(given, "fill/missing-value", message)
            })
        }
        Json::Object(map) => {
            let key = call.plain(key)?;
            if let Some(withheld) = map.get(key.as_ref()).and_then(Withheld::of) {
                return Err(call.above_edition(&withheld, &given.below(&key, &Json::Null)));
            }
            match map.get(key.as_ref()) {
                Some(Json::Null) => Err(call.null(&given.below(&key, &Json::Null))),
                Some(value) => Ok(given.below(&key, value).pass_on()),
                None => Err(call
                    .fault_of(given, "fill/missing-value", format!("there is no `{key}`"))
                    .help(keys_help(&key, map))),
            }
        }
        _ => Err(call.wrong(given, "a list or a map")),
    }
}
