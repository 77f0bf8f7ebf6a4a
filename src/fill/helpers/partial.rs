//! `{{> name context key=value}}` and `{{#> name}}…{{/name}}`: another template in this place.
//!
//! handlebars' own copies the data for every partial, so that a value inside one no longer knows its
//! record, and recurses without bound; here a partial stands on the same data.

use handlebars::{BlockContext, Context, Output, RenderContext, RenderError, Template};
use serde_json::Value as Json;

use super::block::{Block, Filled};
use crate::fill::document::Text;
use crate::fill::instrument::PARTIAL_BLOCK;
use crate::near;

/// A paper's layout, and what it is replaced by in a pack.
pub(in crate::fill) const PAPER: &str = "layouts/paper";
pub(in crate::fill) const PACK_MEMBER: &str = "layouts/pack-member";

pub(super) fn fill<'reg: 'rc, 'rc>(
    block: &Block<'_, 'reg, 'rc>,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Filled {
    let call = block.call;
    let name = call.args.first().and_then(|name| name.value.as_str()).unwrap_or_default();
    if name == PARTIAL_BLOCK {
        return block_of_layout(block, state, out);
    }
    let name = if call.document.is_member && name == PAPER { PACK_MEMBER } else { name };
    let slot = state.get_partial(name);
    let found = slot.or_else(|| block.registry.get_template(name));
    // A slot that nobody fills shows its default.
    let default = if name.contains('/') { None } else { block.inner() };
    let Some(template) = found.or(default) else {
        let fault = call.fault("fill/unknown-partial", format!("there is no partial `{name}`"));
        let known = call.document.compiled.names.iter().map(String::as_str);
        return Ok(Err(match near::help(name, known) {
            Some(help) => fault.help(help),
            None => fault,
        }));
    };
    state.push_block(scope(block, state));
    // The block of a layout is filled before it; that of a slot is its default, which nobody wants
    // who fills the slot, and whose values may not be there.
    let takes_block = found.is_some() && slot.is_none();
    let result = filled(block, name, template, takes_block, state, out);
    state.pop_block();
    result?;
    Ok(Ok(()))
}

/// Fills the block that the partial is called with, then the partial.
fn filled<'reg: 'rc, 'rc>(
    block: &Block<'_, 'reg, 'rc>,
    name: &str,
    template: &'rc Template,
    takes_block: bool,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Result<(), RenderError> {
    let document = block.call.document;
    let content = match block.inner().filter(|_| takes_block) {
        Some(inner) => {
            // Slots that the block fills are kept in the scope that was pushed for the partial.
            let mut text = Text::new(document);
            block.render(Some(inner), state, &mut text)?;
            Some(text.text)
        }
        None => None,
    };
    if let Some(merged) = merged(block, state)
        && let Some(scope) = state.block_mut()
    {
        scope.base_path_mut().clear();
        scope.set_base_value(merged);
    }
    document.enter(block.call.tag, name, content)?;
    let result = block.render(Some(template), state, out);
    document.leave();
    result
}

/// The scope of the partial: the value that it is given, or the one around it.
fn scope<'reg: 'rc, 'rc>(
    block: &Block<'_, 'reg, 'rc>,
    state: &RenderContext<'reg, 'rc>,
) -> BlockContext<'rc> {
    if let Some(given) = block.call.args.get(1) {
        return block.scope(given, state);
    }
    let mut scope = BlockContext::new();
    if let Some(around) = state.block() {
        scope.base_path_mut().clone_from(around.base_path());
        if let Some(value) = around.base_value() {
            scope.set_base_value(value.clone());
        }
        scope.local_variables_mut().clone_from(around.local_variables());
    }
    scope
}

/// The scope's value with the further values of the call, if there are any.
fn merged(block: &Block<'_, '_, '_>, state: &RenderContext<'_, '_>) -> Option<Json> {
    if block.call.options.is_empty() {
        return None;
    }
    let around = match here(block.context, state) {
        Some(Json::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    let given =
        block.call.options.iter().map(|(name, given)| ((*name).to_owned(), given.value.clone()));
    Some(Json::Object(around.into_iter().chain(given).collect()))
}

/// `{{> @partial-block}}`: what the layout was called with.
fn block_of_layout<'reg: 'rc, 'rc>(
    block: &Block<'_, 'reg, 'rc>,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Filled {
    match (block.call.document.block(), block.inner()) {
        (Some(content), _) => out.write(&content)?,
        (None, Some(default)) => block.render(Some(default), state, out)?,
        (None, None) => {
            let message = "this layout is not called with a block";
            let fault = block.call.fault("fill/no-block", message);
            let help = "write `{{#> layout}}…{{/layout}}` in the template that uses it";
            return Ok(Err(fault.help(help)));
        }
    }
    Ok(Ok(()))
}

/// The value that the scope stands on.
fn here(context: &Context, state: &RenderContext<'_, '_>) -> Option<Json> {
    let scope = state.block()?;
    if let Some(value) = scope.base_value() {
        return Some(value.clone());
    }
    let mut at = context.data();
    for part in scope.base_path() {
        at = match at {
            Json::Object(map) => map.get(part)?,
            Json::Array(list) => list.get(part.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(at.clone())
}
