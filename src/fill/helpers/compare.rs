//! `eq`, `ne`, `lt`, `gt`, `lte`, `gte`.

use std::cmp::Ordering;

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn eq(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(same(call.arg(0)?.value, call.arg(1)?.value)))
}

pub(super) fn ne(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(!same(call.arg(0)?.value, call.arg(1)?.value)))
}

pub(super) fn lt(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(order(call)?.is_lt()))
}

pub(super) fn gt(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(order(call)?.is_gt()))
}

pub(super) fn lte(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(order(call)?.is_le()))
}

pub(super) fn gte(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(order(call)?.is_ge()))
}

fn same(a: &Json, b: &Json) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b).is_eq(),
        _ => a == b,
    }
}

/// Numbers by value, texts by the language's order; ISO dates are in order of time as texts.
fn order(call: &Call) -> Result<Ordering, Fault> {
    let (a, b) = (call.arg(0)?, call.arg(1)?);
    match (a.value, b.value) {
        (Json::Number(x), Json::Number(y)) => {
            Ok(x.as_f64().unwrap_or(0.0).total_cmp(&y.as_f64().unwrap_or(0.0)))
        }
        (Json::String(x), Json::String(y)) => Ok(call.locale().order().compare(x, y)),
        (Json::Number(_) | Json::String(_), _) => Err(call.wrong(b, "two numbers or two texts")),
        _ => Err(call.wrong(a, "two numbers or two texts")),
    }
}
