//! `{{#if value}}…{{else}}…{{/if}}` and `{{#unless value}}…{{/unless}}`.
//!
//! handlebars' own pass over values that are not there; here a path that leads nowhere is a fault,
//! which the dispatcher has found before, and only an explicit null, false, 0 or empty value is "no".

use handlebars::{Output, RenderContext};

use super::block::{Block, Filled, holds};

pub(super) fn fill<'reg: 'rc, 'rc>(
    block: &Block<'_, 'reg, 'rc>,
    wanted: bool,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Filled {
    let value = match block.call.arg(0) {
        Ok(value) => value,
        Err(fault) => return Ok(Err(fault)),
    };
    let branch = if holds(value) == wanted { block.inner() } else { block.inverse() };
    block.render(branch, state, out)?;
    Ok(Ok(()))
}
