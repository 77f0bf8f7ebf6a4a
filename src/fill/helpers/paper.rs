//! `{{paper id}}`: a paper of the pack, filled before, with its origins.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::document::Paper;
use crate::fill::fault::{Fault, Names};

pub(super) fn run(call: &Call) -> Result<String, Fault> {
    let given = call.arg(0)?;
    let papers = &call.document.papers;
    let by_id = |id: &str| papers.iter().find(|paper| paper.id == id);
    let found: Option<&Paper> = match given.value {
        Json::Number(number) => number
            .as_u64()
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| papers.get(index)),
        Json::String(id) => by_id(id),
        Json::Object(_) => by_id(&call.plain(&call.key(given, "id")?)?),
        _ => return Err(call.wrong(given, "the number or the id of a paper")),
    };
    found.map(|paper| paper.marked.clone()).ok_or_else(|| {
        let fault = call.fault_of(given, "fill/unknown-paper", "the pack has no such paper");
        let ids: Vec<&str> = papers.iter().map(|paper| paper.id.as_str()).collect();
        match ids.is_empty() {
            true => fault.help("this document is not a pack"),
            false => fault.help(format!("its papers are {}", Names(&ids))),
        }
    })
}
