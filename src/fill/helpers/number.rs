//! `{{number 12345.5 decimals=2}}`: with the language's grouping.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    let digits = match given.value {
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.trim().to_owned(),
        _ => return Err(call.wrong(given, "a number")),
    };
    let decimals = match call.option("decimals") {
        Some(_) => u8::try_from(call.number_option("decimals", 0, 0..=12)?).ok(),
        None => None,
    };
    let written = call.locale().number(&digits, decimals);
    Ok(Json::from(written.ok_or_else(|| call.wrong(given, "a number"))?))
}
