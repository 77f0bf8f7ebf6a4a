//! `{{#each list}}…{{else}}…{{/each}}`: for every item of a list or a map.

use handlebars::{Output, RenderContext};
use serde_json::Value as Json;

use super::block::{Block, Filled};
use crate::fill::call::Given;

pub(super) fn fill<'reg: 'rc, 'rc>(
    block: &Block<'_, 'reg, 'rc>,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Filled {
    let items = match items(block) {
        Ok(items) => items,
        Err(fault) => return Ok(Err(fault)),
    };
    if items.is_empty() {
        block.render(block.inverse(), state, out)?;
    }
    let last = items.len().saturating_sub(1);
    for (index, (key, item)) in items.iter().enumerate() {
        block.call.document.count_round(block.call.tag)?;
        let mut scope = block.scope(item, state);
        scope.set_local_var("index", Json::from(index));
        scope.set_local_var("number", Json::from(index + 1));
        scope.set_local_var("first", Json::from(index == 0));
        scope.set_local_var("last", Json::from(index == last));
        let name = key.map_or(Json::from(index), Json::from);
        if key.is_some() {
            scope.set_local_var("key", name.clone());
        }
        block.name_params(&mut scope, item, Some(name));
        state.push_block(scope);
        let result = block.render(block.inner(), state, out);
        state.pop_block();
        result?;
    }
    Ok(Ok(()))
}

type Items<'a> = Vec<(Option<&'a str>, Given<'a>)>;

fn items<'a>(block: &Block<'a, '_, '_>) -> Result<Items<'a>, crate::fill::fault::Fault> {
    let list = block.call.arg(0)?;
    match list.value {
        Json::Null => Ok(Vec::new()),
        Json::Object(map) => Ok(map
            .iter()
            .map(|(key, value)| (Some(key.as_str()), list.below(key, value)))
            .collect()),
        Json::Array(_) => {
            Ok(block.call.items(list)?.into_iter().map(|item| (None, item)).collect())
        }
        _ => Err(block.call.wrong(list, "a list or a map")),
    }
}
