//! `(sort people by="surname,-start")`: in the order of the document's language.

use std::cmp::Ordering;

use serde_json::Value as Json;

use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;
use crate::locale::Order;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let items = call.items(call.arg(0)?)?;
    let by = call.text_option("by", "")?;
    let keys: Vec<(&str, bool)> = by
        .split(',')
        .map(str::trim)
        .filter(|key| !key.is_empty())
        .map(|key| key.strip_prefix('-').map_or((key, false), |key| (key, true)))
        .collect();
    let mut rows: Vec<(Vec<SortKey>, Given)> = Vec::with_capacity(items.len());
    for item in items {
        let mut row = Vec::with_capacity(keys.len().max(1));
        if keys.is_empty() {
            row.push(SortKey::of(call, &item)?);
        }
        for (key, _) in &keys {
            row.push(SortKey::of(call, &call.key(&item, key)?)?);
        }
        rows.push((row, item));
    }
    let order = call.locale().order();
    rows.sort_by(|(a, _), (b, _)| {
        let mut pairs = a.iter().zip(b).enumerate().map(|(index, (a, b))| {
            let down = keys.get(index).is_some_and(|(_, down)| *down);
            a.compare(b, down, order)
        });
        pairs.find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    });
    Ok(Json::Array(rows.iter().map(|(_, item)| item.pass_on()).collect()))
}

/// What a value is sorted by.
pub(super) enum SortKey {
    Number(f64),
    Text(String),
    /// Nothing stands last, whatever the direction.
    Nothing,
}

impl SortKey {
    pub(super) fn of(call: &Call, given: &Given) -> Result<SortKey, Fault> {
        match given.value {
            Json::Null => Ok(SortKey::Nothing),
            Json::Bool(yes) => Ok(SortKey::Number(if *yes { 1.0 } else { 0.0 })),
            Json::Number(number) => Ok(SortKey::Number(number.as_f64().unwrap_or(0.0))),
            _ => Ok(SortKey::Text(call.text(given)?.into_owned())),
        }
    }

    pub(super) fn compare(&self, other: &SortKey, down: bool, order: &Order) -> Ordering {
        let ordering = match (self, other) {
            (SortKey::Nothing, SortKey::Nothing) => return Ordering::Equal,
            (SortKey::Nothing, _) => return Ordering::Greater,
            (_, SortKey::Nothing) => return Ordering::Less,
            (SortKey::Number(a), SortKey::Number(b)) => a.total_cmp(b),
            (SortKey::Text(a), SortKey::Text(b)) => order.compare(a, b),
            (SortKey::Number(_), SortKey::Text(_)) => Ordering::Less,
            (SortKey::Text(_), SortKey::Number(_)) => Ordering::Greater,
        };
        if down { ordering.reverse() } else { ordering }
    }
}
