//! `(option "order" default="surname" of="surname,country")`: what the paper's entry in the project file
//! says under `options`, or what holds where it says nothing.

use serde_json::Value as Json;

use crate::fill::call::{Call, Given};
use crate::fill::fault::{Fault, Names};
use crate::near;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let name = call.plain(call.arg(0)?)?;
    let Some(usual) = call.option("default") else {
        return Err(call
            .fault("fill/arguments", "`option` needs what holds when nothing is said")
            .help("write `(option \"name\" default=…)`"));
    };
    let path = vec!["options".to_owned(), name.clone().into_owned()];
    let given = call.root.pointer("/options").and_then(|options| options.get(name.as_ref()));
    let Some(value) = given.filter(|value| !value.is_null()) else {
        return Ok(usual.value.clone());
    };
    let given = Given { value, written: None, path: Some(path) };
    let kind = std::mem::discriminant(value);
    // A text may be given per language.
    let is_text = usual.value.is_string() && value.is_object();
    if !usual.value.is_null() && kind != std::mem::discriminant(usual.value) && !is_text {
        let message = format!(
            "the option `{name}` is {}, but it must be {}",
            given.describe(),
            usual.describe()
        );
        return Err(call.fault_of(&given, "fill/option", message));
    }
    let Some(of) = call.option("of") else { return Ok(given.pass_on()) };
    let of = call.plain(of)?;
    let known: Vec<&str> = of.split(',').map(str::trim).collect();
    let chosen = call.plain(&given)?;
    if known.contains(&chosen.as_ref()) {
        return Ok(value.clone());
    }
    let message = format!("the option `{name}` cannot be `{chosen}`");
    let fault = call.fault_of(&given, "fill/option", message);
    let help = near::help(&chosen, known.iter().copied());
    Err(fault.help(help.unwrap_or_else(|| format!("it is one of {}", Names(&known)))))
}
