//! `(one-of options.qr "none" "number" "contact")`: a word that is one of those that the template
//! knows; the first of them where it is not given.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::{Fault, Names};
use crate::near;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    let choices = call.args.iter().skip(1).map(|choice| call.plain(choice));
    let choices: Vec<_> = choices.collect::<Result<_, Fault>>()?;
    if given.value.is_null() {
        return Ok(Json::from(choices.first().map(|choice| &**choice)));
    }
    let asked = call.plain(given)?;
    if choices.contains(&asked) {
        return Ok(Json::from(&*asked));
    }
    let known: Vec<&str> = choices.iter().map(|choice| &**choice).collect();
    let message = format!("`{asked}` is none of {}", Names(&known));
    let fault = call.fault_of(given, "fill/unknown-choice", message);
    Err(match near::help(&asked, known.iter().copied()) {
        Some(help) => fault.help(help),
        None => fault,
    })
}
