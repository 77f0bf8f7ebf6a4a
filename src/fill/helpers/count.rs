//! `{{count people "participant"}}`: how many, with the word in its plural form.

use serde_json::Value as Json;

use super::word::word;
use crate::fill::call::Call;
use crate::fill::fault::Fault;
use crate::locale::WordValue;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let what = call.arg(0)?;
    let count = match what.value {
        Json::Array(list) => list.len() as u64,
        Json::Object(map) => map.len() as u64,
        value => value.as_u64().ok_or_else(|| call.wrong(what, "a list or a whole number"))?,
    };
    if call.args.len() < 2 {
        let digits = count.to_string();
        return Ok(Json::from(call.locale().number(&digits, None).unwrap_or(digits)));
    }
    let key = format!("count.{}", call.plain(call.arg(1)?)?);
    Ok(Json::from(word(call, &key, &[("count", WordValue::Number(count))])?))
}
