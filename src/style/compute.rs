//! From the declarations that match a box to its computed values (CSS Cascade 4 §6, §7).

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::Parser;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::{Pt, Size};
use crate::markup::Element;
use crate::source::Span;

use super::computed::{ComputedStyle, Direction};
use super::declaration::{self, Block, Env, Pending, Value};
use super::definitions::Definitions;
use super::draft::{Context, Draft, INITIAL, line_height};
use super::layers::Layer;
use super::properties::{self, Kind, Longhand, PropertyId};
use super::variables::{self, Variables};

/// Where a declaration comes from, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// The sheet that is built in.
    UserAgent,
    /// An attribute such as `width`.
    Hint,
    /// A stylesheet, and the layer in it.
    Author(Layer),
    /// A `style` attribute.
    Inline,
}

impl Origin {
    /// The origin of a rule in that layer.
    pub fn in_layer(self, layer: Layer) -> Origin {
        match self {
            Origin::Author(_) => Origin::Author(layer),
            other => other,
        }
    }
}

/// What a box's style depends on beside its declarations.
pub(crate) struct Surroundings<'a> {
    pub parent: &'a ComputedStyle,
    pub variables: &'a Variables,
    /// The root element's font size and line height; `None` for the root element itself.
    pub root: Option<(Pt, Pt)>,
    pub view: Size,
    pub element: Option<&'a Element>,
    pub definitions: &'a Definitions,
    /// BCP 47 tag from the element's own `lang`.
    pub language: Option<&'a str>,
}

/// A declaration with `var()` resolved.
struct Item<'a> {
    property: PropertyId,
    value: Held<'a>,
    origin: Origin,
    span: Option<Span>,
}

/// A value of the sheet, or one that came out of `var()`.
enum Held<'a> {
    Borrowed(&'a Value),
    Owned(Value),
}

impl Held<'_> {
    fn get(&self) -> &Value {
        match self {
            Held::Borrowed(value) => value,
            Held::Owned(value) => value,
        }
    }
}

/// The style of a box from its blocks, weakest first.
pub(crate) fn compute(
    blocks: &[(Origin, &Block)],
    around: &Surroundings<'_>,
    found: &mut Diagnostics,
) -> (Draft, Variables) {
    let inherited = around.definitions.inherited(around.variables);
    let initial = around.definitions.initial();
    let variables = variables::overlay(&inherited, &customs(blocks), initial);
    let mut items = items(blocks, &variables, around.definitions, found);
    roll_back(&mut items);
    let mut context = Context {
        parent: around.parent,
        root_size: around.root.map_or(around.parent.font.size, |root| root.0),
        root_line: around.root.map_or_else(|| line_height(around.parent), |root| root.1),
        view: around.view,
        element: around.element,
        counter_styles: &around.definitions.counter_styles,
    };
    let mut draft = Draft::child_of(around.parent);
    if let Some(language) = around.language {
        draft.style.language = Arc::from(language);
    }
    let mut parent = None;
    for rank in 0..3 {
        for item in items.iter().filter(|item| self::rank(item.property) == rank) {
            apply(item, &mut draft, &context, &mut parent);
            note_place(item, &mut draft.style, around.parent);
        }
        if rank == 0 && around.root.is_none() {
            context.root_size = draft.style.font.size;
        }
    }
    (draft, variables)
}

/// What other values are computed from comes first.
fn rank(property: PropertyId) -> u8 {
    let property = properties::get(property);
    match &property.kind {
        Kind::Longhand(Longhand { early: true, .. }) => {
            u8::from(!matches!(property.name, "font-size" | "direction"))
        }
        _ => 2,
    }
}

/// The blocks with importance turned around, weakest first (CSS Cascade 5 §6.1): of important
/// declarations, those of earlier layers are the stronger ones.
fn in_order<'a>(
    blocks: &'a [(Origin, &'a Block)],
) -> impl Iterator<Item = (Origin, &'a Block, bool)> {
    let normal = blocks.iter().map(|(origin, block)| (*origin, *block, false));
    let mut important: SmallVec<[(Origin, &'a Block, bool); 4]> = blocks
        .iter()
        .filter(|(_, block)| block.has_important)
        .map(|(origin, block)| (*origin, *block, true))
        .collect();
    important.sort_by_key(|(origin, ..)| match origin {
        Origin::Hint => (0, None),
        Origin::Author(layer) => (1, Some(std::cmp::Reverse(*layer))),
        Origin::Inline => (2, None),
        Origin::UserAgent => (3, None),
    });
    normal.chain(important)
}

fn customs(blocks: &[(Origin, &Block)]) -> BTreeMap<Arc<str>, Option<Arc<str>>> {
    let mut own = BTreeMap::new();
    for (_, block, important) in in_order(blocks) {
        for custom in block.customs.iter().filter(|custom| custom.important == important) {
            own.insert(Arc::clone(&custom.name), custom.text.clone());
        }
    }
    own
}

fn items<'a>(
    blocks: &'a [(Origin, &'a Block)],
    variables: &Variables,
    definitions: &Definitions,
    found: &mut Diagnostics,
) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    for (origin, block, important) in in_order(blocks) {
        for declaration in block.declarations.iter().filter(|d| d.important == important) {
            let property = declaration.property;
            match &declaration.value {
                Value::Variables(pending) => {
                    let values = with_variables(property, pending, variables, definitions, found);
                    items.extend(values.into_iter().map(|(property, value)| Item {
                        property,
                        value: Held::Owned(value),
                        origin,
                        span: declaration.span,
                    }));
                }
                value => items.push(Item {
                    property,
                    value: Held::Borrowed(value),
                    origin,
                    span: declaration.span,
                }),
            }
        }
    }
    items
}

/// What a value with `var()` comes to; one that is invalid then counts as `unset`
/// (CSS Variables 1 §3.1).
fn with_variables(
    property: PropertyId,
    pending: &Pending,
    variables: &Variables,
    definitions: &Definitions,
    found: &mut Diagnostics,
) -> Vec<(PropertyId, Value)> {
    let text = variables::with_values(&pending.text, variables);
    let named = RefCell::new(Vec::new());
    let parsed = text.as_deref().and_then(|text| {
        let env = Env::of(&pending.base).noting(&named);
        let mut parser = Parser::new(text);
        parser.parse_entirely(|p| declaration::value(property, p, &env)).ok()
    });
    if let Some(values) = parsed {
        let named: Vec<_> =
            named.into_inner().into_iter().map(|name| (name, pending.span)).collect();
        definitions.counter_styles.report_unknown(named.iter(), found);
        return values;
    }
    let name = properties::get(property).name;
    let came_to: Cow<'_, str> = match &text {
        Some(text) => {
            let text: String = text.chars().take(60).collect();
            format!("`{name}` cannot be `{text}`, which its variables come to").into()
        }
        None => format!("a variable in the value of `{name}` has no value").into(),
    };
    let warning = Diagnostic::warning("style/unsupported-value", came_to);
    found.push(match pending.span {
        Some(span) => warning.at(span, ""),
        None => warning,
    });
    let targets = properties::longhands(property);
    targets.into_iter().map(|target| (target, Value::Unset)).collect()
}

/// Takes out what `revert` and `revert-layer` roll back: declarations of the property that are not
/// built in, or those of the same layer (CSS Cascade 5 §7.3).
fn roll_back(items: &mut Vec<Item<'_>>) {
    let rolls = |item: &Item<'_>| matches!(item.value.get(), Value::Revert | Value::RevertLayer);
    if !items.iter().any(rolls) {
        return;
    }
    // What is being left out of each property; `None` for all that is not built in.
    let mut left_out: FxHashMap<PropertyId, Option<Origin>> = FxHashMap::default();
    let mut kept: Vec<Item<'_>> = Vec::with_capacity(items.len());
    while let Some(item) = items.pop() {
        if item.origin != Origin::UserAgent {
            match left_out.get(&item.property) {
                Some(None) => continue,
                Some(Some(origin)) if *origin == item.origin => continue,
                _ => {}
            }
            let rolled = match item.value.get() {
                Value::Revert => None,
                Value::RevertLayer => Some(item.origin),
                _ => {
                    kept.push(item);
                    continue;
                }
            };
            left_out.insert(item.property, rolled);
            continue;
        }
        kept.push(item);
    }
    kept.reverse();
    *items = kept;
}

/// Keeps where colours are set, for messages about them.
fn note_place(item: &Item<'_>, style: &mut ComputedStyle, parent: &ComputedStyle) {
    let inherits = matches!(item.value.get(), Value::Inherit | Value::Unset);
    match properties::get(item.property).name {
        "color" => style.color_place = if inherits { parent.color_place } else { item.span },
        "background-color" => style.background_place = item.span,
        _ => {}
    }
}

fn apply(item: &Item<'_>, draft: &mut Draft, context: &Context<'_>, parent: &mut Option<Draft>) {
    let rtl = draft.style.direction == Direction::Rtl;
    let value = item.value.get();
    match value {
        Value::Set(effect) => return effect(draft, context),
        Value::Either(ltr_effect, rtl_effect) => {
            return if rtl { rtl_effect(draft, context) } else { ltr_effect(draft, context) };
        }
        _ => {}
    }
    let kind = match &properties::get(item.property).kind {
        Kind::Logical { ltr, rtl: right } => {
            let name = if rtl { right } else { ltr };
            properties::find(name).map(|id| &properties::get(id).kind)
        }
        kind => Some(kind),
    };
    let Some(Kind::Longhand(longhand)) = kind else { return };
    let inherits = match value {
        Value::Inherit => true,
        Value::Initial => false,
        _ => longhand.inherited,
    };
    if inherits {
        let parent = parent.get_or_insert_with(|| Draft::of(context.parent));
        (longhand.copy)(draft, parent);
    } else {
        (longhand.copy)(draft, &INITIAL);
    }
}
