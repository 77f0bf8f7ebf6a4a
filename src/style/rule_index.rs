//! The rules that may match an element, found by its id, classes and name.

use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};
use selectors::attr::NamespaceConstraint;
use selectors::parser::{Combinator, Component, RelativeSelector, Selector, SelectorVisitor};

use crate::geom::Size;
use crate::markup::{Element, LocalName};
use crate::source::Span;

use super::compute::Origin;
use super::declaration::Block;
use super::layers::Layers;
use super::page::A4;
use super::selectors::{FORM_ATTRIBUTES, Name, PseudoClass, Selectors};
use super::sheets::{Attached, USER_AGENT};
use super::styled::Pseudo;

/// One selector with its block. Rules are numbered in the order of the cascade, weakest first.
#[derive(Debug)]
pub(crate) struct IndexedRule {
    pub selector: Selector<Selectors>,
    pub origin: Origin,
    pub pseudo: Option<Pseudo>,
    pub block: Arc<Block>,
    /// Whether a match depends on siblings or children, not only on the element and its ancestors.
    positional: bool,
}

/// Where a rule is looked up.
#[derive(Debug, Default)]
struct Buckets {
    by_id: FxHashMap<LocalName, Vec<u32>>,
    by_class: FxHashMap<LocalName, Vec<u32>>,
    by_name: FxHashMap<LocalName, Vec<u32>>,
    others: Vec<u32>,
}

impl Buckets {
    fn collect(&self, element: &Element, found: &mut Vec<u32>) {
        if let Some(id) = &element.id {
            found.extend(self.by_id.get(id).into_iter().flatten());
        }
        for class in &element.classes {
            found.extend(self.by_class.get(class).into_iter().flatten());
        }
        found.extend(self.by_name.get(&element.name).into_iter().flatten());
        found.extend(&self.others);
    }
}

/// Rules that are looked up together.
#[derive(Debug, Default)]
struct Part {
    /// The number of the first.
    first: u32,
    rules: Vec<IndexedRule>,
    steady: Buckets,
    positional: Buckets,
    names: Names,
}

/// All rules of a document.
#[derive(Debug)]
pub(crate) struct RuleIndex {
    /// The weakest of all.
    built_in: &'static Part,
    own: Part,
}

/// The rules of the sheet that is built in, which are the same in each document: they stand in no
/// layer, and hold for pages of any size.
static BUILT_IN: LazyLock<Part> = LazyLock::new(|| {
    let sheet = Attached::new(Origin::UserAgent, Arc::clone(&USER_AGENT));
    Part::new(0, std::iter::once(&sheet), &Layers::default(), A4)
});

/// The names that any selector mentions: others make no difference.
#[derive(Debug, Default)]
struct Names {
    ids: FxHashSet<LocalName>,
    classes: FxHashSet<LocalName>,
    attributes: FxHashSet<LocalName>,
    positional: bool,
}

impl Part {
    /// The sheets' rules whose conditions hold for pages of the size `page`, numbered from `first`.
    fn new<'a>(
        first: u32,
        sheets: impl Iterator<Item = &'a Attached>,
        layers: &Layers,
        page: Size,
    ) -> Part {
        let mut part = Part { first, ..Part::default() };
        let mut keyed = Vec::new();
        for attached in sheets.filter(|attached| attached.holds(page)) {
            for rule in attached.sheet.rules.iter().filter(|rule| rule.around.holds(page)) {
                let origin = attached.origin.in_layer(layers.of(&rule.around.layer));
                for selector in rule.selectors.slice() {
                    part.names.positional = false;
                    selector.visit(&mut part.names);
                    let order = keyed.len();
                    let rule = IndexedRule {
                        origin,
                        pseudo: selector.pseudo_element().copied(),
                        block: Arc::clone(&rule.block),
                        positional: part.names.positional,
                        selector: selector.clone(),
                    };
                    keyed.push(((origin, selector.specificity(), order), rule));
                }
            }
        }
        keyed.sort_by_key(|(key, _)| *key);
        part.rules = keyed.into_iter().map(|(_, rule)| rule).collect();
        for (number, rule) in (first..).zip(&part.rules) {
            let buckets = if rule.positional { &mut part.positional } else { &mut part.steady };
            match key(&rule.selector) {
                Key::Id(id) => buckets.by_id.entry(id).or_default().push(number),
                Key::Class(class) => buckets.by_class.entry(class).or_default().push(number),
                Key::Name(name) => buckets.by_name.entry(name).or_default().push(number),
                Key::Other => buckets.others.push(number),
            }
        }
        part
    }
}

impl RuleIndex {
    /// The index of the sheets' rules whose conditions hold for pages of the size `page`; the
    /// built-in sheet's are among them whether it is named or not.
    pub fn new(sheets: &[Attached], layers: &Layers, page: Size) -> RuleIndex {
        let built_in = &*BUILT_IN;
        let first = u32::try_from(built_in.rules.len()).unwrap_or(u32::MAX);
        let own = sheets.iter().filter(|attached| attached.origin != Origin::UserAgent);
        RuleIndex { built_in, own: Part::new(first, own, layers, page) }
    }

    /// The rule of this number.
    pub fn rule(&self, number: u32) -> Option<&IndexedRule> {
        let part = if number < self.own.first { self.built_in } else { &self.own };
        part.rules.get((number - part.first) as usize)
    }

    /// The counter styles that rules name and nothing built in defines.
    pub fn counter_styles(&self) -> impl Iterator<Item = &(Arc<str>, Option<Span>)> {
        self.parts().into_iter().flat_map(|part| &part.rules).flat_map(|r| &r.block.counter_styles)
    }

    /// Rules that may match and whose match follows from the element and its ancestors.
    pub fn steady(&self, element: &Element) -> Vec<u32> {
        let mut found = Vec::new();
        self.parts().into_iter().for_each(|part| part.steady.collect(element, &mut found));
        found
    }

    /// Rules that may match and need a look at siblings or children.
    pub fn positional(&self, element: &Element) -> Vec<u32> {
        let mut found = Vec::new();
        self.parts().into_iter().for_each(|part| part.positional.collect(element, &mut found));
        found
    }

    pub fn knows_id(&self, id: &LocalName) -> bool {
        self.parts().into_iter().any(|part| part.names.ids.contains(id))
    }

    pub fn knows_class(&self, class: &LocalName) -> bool {
        self.parts().into_iter().any(|part| part.names.classes.contains(class))
    }

    pub fn knows_attribute(&self, name: &LocalName) -> bool {
        self.parts().into_iter().any(|part| part.names.attributes.contains(name))
    }

    /// Whether any selector looks at attributes.
    pub fn knows_attributes(&self) -> bool {
        self.parts().into_iter().any(|part| !part.names.attributes.is_empty())
    }

    fn parts(&self) -> [&Part; 2] {
        [self.built_in, &self.own]
    }
}

enum Key {
    Id(LocalName),
    Class(LocalName),
    Name(LocalName),
    Other,
}

/// What the rightmost compound asks for, most particular first.
fn key(selector: &Selector<Selectors>) -> Key {
    let mut best = Key::Other;
    let mut parts = selector.iter();
    loop {
        for part in parts.by_ref() {
            match (part, &best) {
                (Component::ID(id), _) => return Key::Id(id.0.clone()),
                (Component::Class(class), Key::Other | Key::Name(_)) => {
                    best = Key::Class(class.0.clone());
                }
                // Elements of SVG keep their case, so a name is found by one spelling only.
                (Component::LocalName(name), Key::Other) if name.name == name.lower_name => {
                    best = Key::Name(name.name.0.clone());
                }
                _ => {}
            }
        }
        match parts.next_sequence() {
            Some(Combinator::PseudoElement) => {}
            _ => return best,
        }
    }
}

impl SelectorVisitor for Names {
    type Impl = Selectors;

    fn visit_attribute_selector(
        &mut self,
        _: &NamespaceConstraint<&Name>,
        name: &Name,
        lower: &Name,
    ) -> bool {
        self.attributes.extend([name.0.clone(), lower.0.clone()]);
        true
    }

    fn visit_simple_selector(&mut self, part: &Component<Selectors>) -> bool {
        match part {
            Component::ID(id) => drop(self.ids.insert(id.0.clone())),
            Component::Class(class) => drop(self.classes.insert(class.0.clone())),
            Component::Nth(_) | Component::NthOf(_) | Component::Empty | Component::Has(_) => {
                self.positional = true;
            }
            Component::NonTSPseudoClass(PseudoClass::Language(_)) => {
                self.attributes.insert(LocalName::from("lang"));
            }
            Component::NonTSPseudoClass(PseudoClass::Direction(_)) => {
                self.attributes.insert(LocalName::from("dir"));
            }
            Component::NonTSPseudoClass(PseudoClass::Form(_)) => {
                self.attributes.extend(FORM_ATTRIBUTES.iter().map(|name| LocalName::from(*name)));
            }
            _ => {}
        }
        true
    }

    fn visit_relative_selector_list(&mut self, _: &[RelativeSelector<Selectors>]) -> bool {
        self.positional = true;
        true
    }

    fn visit_complex_selector(&mut self, combinator: Option<Combinator>) -> bool {
        if matches!(combinator, Some(Combinator::NextSibling | Combinator::LaterSibling)) {
            self.positional = true;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Pt;

    #[test]
    fn rules_of_the_built_in_sheet_hold_everywhere() {
        let narrow = Size { width: Pt(1.0), height: Pt(1.0) };
        for rule in &USER_AGENT.rules {
            assert!(rule.around.layer.is_empty(), "{rule:?}");
            assert!(rule.around.holds(A4) && rule.around.holds(narrow), "{rule:?}");
        }
    }
}
