//! `(either options.order "surname")`: the first of its arguments that is there and not null.

use serde_json::Value as Json;

use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let first = call.args.iter().find(|given| !given.value.is_null());
    first.map(Given::pass_on).ok_or_else(|| {
        call.fault("fill/missing-value", "none of the values of `either` is there")
            .help("give a text in quotes as its last argument")
    })
}
