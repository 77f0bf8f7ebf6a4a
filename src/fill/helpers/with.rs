//! `{{#with value}}…{{else}}…{{/with}}`: steps into a value.

use handlebars::{Output, RenderContext};

use super::block::{Block, Filled, holds};

pub(super) fn fill<'reg: 'rc, 'rc>(
    block: &Block<'_, 'reg, 'rc>,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Filled {
    let value = match block.call.arg(0) {
        Ok(value) => value,
        Err(fault) => return Ok(Err(fault)),
    };
    if !holds(value) {
        block.render(block.inverse(), state, out)?;
        return Ok(Ok(()));
    }
    let mut scope = block.scope(value, state);
    block.name_params(&mut scope, value, None);
    state.push_block(scope);
    let result = block.render(block.inner(), state, out);
    state.pop_block();
    result?;
    Ok(Ok(()))
}
