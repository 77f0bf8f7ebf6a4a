//! The blocks: conditions, loops, and partials. Each renders a part of its template.

use handlebars::{
    BlockContext, BlockParams, Context, Handlebars, Helper as HelperCall, Output, RenderContext,
    RenderError, Renderable, Template,
};
use serde_json::Value as Json;

use crate::fill::call::{Call, Given, truthy};
use crate::fill::fault::Fault;

/// Which block.
#[derive(Debug, Clone, Copy)]
pub(in crate::fill) enum BlockKind {
    If,
    Unless,
    Each,
    With,
    Repeat,
    Partial,
}

/// The call of a block.
pub(in crate::fill) struct Block<'a, 'reg, 'rc> {
    pub(in crate::fill) call: &'a Call<'a>,
    pub(in crate::fill) written: &'a HelperCall<'rc>,
    pub(in crate::fill) registry: &'reg Handlebars<'reg>,
    pub(in crate::fill) context: &'rc Context,
}

/// What filling a block gives: a fault to keep, or an error that filling cannot go on after.
pub(super) type Filled = Result<Result<(), Fault>, RenderError>;

/// Fills the block.
pub(in crate::fill) fn run<'reg: 'rc, 'rc>(
    kind: BlockKind,
    block: &Block<'_, 'reg, 'rc>,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Filled {
    match kind {
        BlockKind::If => super::condition::fill(block, true, state, out),
        BlockKind::Unless => super::condition::fill(block, false, state, out),
        BlockKind::Each => super::each::fill(block, state, out),
        BlockKind::With => super::with::fill(block, state, out),
        BlockKind::Repeat => super::repeat::fill(block, state, out),
        BlockKind::Partial => super::partial::fill(block, state, out),
    }
}

impl<'reg: 'rc, 'rc> Block<'_, 'reg, 'rc> {
    pub(super) fn render(
        &self,
        template: Option<&'rc Template>,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> Result<(), RenderError> {
        let Some(template) = template else { return Ok(()) };
        self.call.document.descend(self.call.tag)?;
        let result = template.render(self.registry, self.context, state, out);
        self.call.document.rise();
        result
    }

    pub(super) fn inner(&self) -> Option<&'rc Template> {
        self.written.template()
    }

    pub(super) fn inverse(&self) -> Option<&'rc Template> {
        self.written.inverse()
    }

    /// A scope that stands on `given`, with the local variables of the scope around it.
    pub(super) fn scope(
        &self,
        given: &Given,
        state: &RenderContext<'reg, 'rc>,
    ) -> BlockContext<'rc> {
        let mut scope = BlockContext::new();
        match &given.path {
            Some(path) => scope.base_path_mut().clone_from(path),
            None => scope.set_base_value(given.value.clone()),
        }
        if let Some(around) = state.block() {
            scope.local_variables_mut().clone_from(around.local_variables());
        }
        scope
    }

    /// Names the block's value (and its key) as `as |value key|` asks.
    pub(super) fn name_params(
        &self,
        scope: &mut BlockContext<'rc>,
        given: &Given,
        key: Option<Json>,
    ) {
        let mut params = BlockParams::new();
        let value =
            self.written.block_param().or(self.written.block_param_pair().map(|pair| pair.0));
        // Naming a parameter does not fail.
        if let Some(name) = value {
            let _ = match given.path {
                Some(_) => params.add_path(name, Vec::new()),
                None => params.add_value(name, given.value.clone()),
            };
        }
        if let (Some((_, name)), Some(key)) = (self.written.block_param_pair(), key) {
            let _ = params.add_value(name, key);
        }
        scope.set_block_params(params);
    }
}

/// Whether a value counts as yes.
pub(super) fn holds(given: &Given) -> bool {
    truthy(given.value)
}
