//! `{{#repeat 10}}…{{/repeat}}`: the same block so many times.

use handlebars::{Output, RenderContext};
use serde_json::Value as Json;

use super::block::{Block, Filled};

/// More rows than any sheet has.
const MOST: u64 = 10_000;

pub(super) fn fill<'reg: 'rc, 'rc>(
    block: &Block<'_, 'reg, 'rc>,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Filled {
    let times = match block.call.arg(0) {
        Ok(value) => value,
        Err(fault) => return Ok(Err(fault)),
    };
    let Some(count) = times.value.as_u64().filter(|count| *count <= MOST) else {
        return Ok(Err(block.call.wrong(times, &format!("a whole number from 0 to {MOST}"))));
    };
    for index in 0..count {
        block.call.document.count_round(block.call.tag)?;
        let mut scope = state.block().cloned().unwrap_or_default();
        scope.set_local_var("index", Json::from(index));
        scope.set_local_var("number", Json::from(index + 1));
        state.push_block(scope);
        let result = block.render(block.inner(), state, out);
        state.pop_block();
        result?;
    }
    Ok(Ok(()))
}
