//! The cascade over a document: which rules match each element, and one style for all elements that
//! come out the same.
//!
//! Most elements of a long table differ in nothing that a selector looks at. An element's
//! *signature* is its name with the classes, id and attributes that any selector mentions, and its
//! parent's signature; what matches follows from the signature, except for rules that look at
//! siblings or children. A style in turn follows from the parent's style and the list of matching
//! rules. Both are computed once.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
    SelectorCaches,
};
use selectors::matching::matches_selector;
use smallvec::SmallVec;

use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::{Pt, Size};
use crate::markup::{Document, Element, LocalName, Namespace, NodeData, NodeId};
use crate::source::{SourceId, Sources};

use super::compute::{Origin, Surroundings, compute};
use super::computed::{ComputedStyle, Content, Display, Float, PageSide};
use super::declaration::Block;
use super::definitions::Definitions;
use super::draft::{INITIAL, line_height};
use super::hints::{hints, styles_cells};
use super::layers::Layers;
use super::page::{A4, PageRules};
use super::report::Place;
use super::rule_index::RuleIndex;
use super::selectors::{ElementRef, Selectors, Steps};
use super::sheet::parse_inline;
use super::sheets::{Attached, Collector, Sheets};
use super::styled::{PageContext, Pseudo, StyleId, Styled};
use super::variables::Variables;

/// Styles `document`, which stands at the path `base` of `assets`.
///
/// Sheets come from the `link` and `style` elements, after the ones in `extra`. A stylesheet that
/// is missing is an error at its link (`style/missing-stylesheet`); all else that is not understood
/// is a warning in the file that says it.
pub fn cascade(
    document: &Document,
    assets: &Assets,
    sources: &Sources,
    base: &str,
    extra: &[SourceId],
) -> (Styled, Diagnostics) {
    cascade_with(document, assets, sources, base, extra, &Sheets::new())
}

/// [`cascade`] with the stylesheets that earlier documents of the run have parsed.
pub fn cascade_with(
    document: &Document,
    assets: &Assets,
    sources: &Sources,
    base: &str,
    extra: &[SourceId],
    sheets: &Sheets,
) -> (Styled, Diagnostics) {
    let mut found = Diagnostics::new();
    let collector = Collector { document, assets, sources, base, sheets };
    let sheets = collector.collect(extra, &mut found);
    let layers = Layers::new(sheets.iter().flat_map(|attached| &attached.sheet.layers));
    let definitions = Arc::new(Definitions::new(&sheets));
    // Conditions on the page's size see the size that holds without them.
    let plain = page_rules(&sheets, &layers, &definitions, A4);
    let view = plain.resolve(PLAIN_PAGE).size;
    let mut pages = page_rules(&sheets, &layers, &definitions, view);
    let index = RuleIndex::new(&sheets, &layers, view);
    definitions.counter_styles.report_unknown(index.counter_styles(), &mut found);
    let steps = Steps::of(document);
    let mut cascade = Cascade::new(document, base, (&index, &steps), view, &definitions, found);
    for number in 0..document.len() {
        cascade.visit(NodeId(u32::try_from(number).unwrap_or(u32::MAX)));
    }
    if steps.are_used_up() {
        let message = "the selectors of the stylesheets take too long to be matched";
        cascade.found.push(
            Diagnostic::error("style/selectors-too-slow", message)
                .help("use classes, not rules nested in rules nested in rules, nor chains of `~`"),
        );
    }
    if let Some(root) = document.root_element() {
        let id = cascade.of_node[root.index()];
        pages.root = Arc::new(cascade.styles[id.index()].clone());
        pages.variables = Arc::clone(&cascade.variables[id.index()]);
    }
    let mut pseudo = cascade.pseudo;
    pseudo.sort_unstable_by_key(|(node, kind, _)| (*node, *kind));
    let styled = Styled {
        styles: cascade.styles,
        of_node: cascade.of_node,
        pseudo,
        pages,
        font_faces: sheets
            .iter()
            .flat_map(|attached| attached.sheet.faces.iter().cloned())
            .collect(),
    };
    (styled, cascade.found)
}

/// The `@page` rules of the sheets that apply to pages of the size `page`.
fn page_rules(
    sheets: &[Attached],
    layers: &Layers,
    definitions: &Arc<Definitions>,
    page: Size,
) -> PageRules {
    let mut pages = PageRules { definitions: Arc::clone(definitions), ..PageRules::default() };
    for attached in sheets.iter().filter(|attached| attached.holds(page)) {
        let own = attached.sheet.pages.iter().filter(|own| own.around.holds(page));
        pages.rules.extend(
            own.map(|own| (attached.origin.in_layer(layers.of(&own.around.layer)), own.clone())),
        );
    }
    pages
}

/// Findings are kept of so many different `style` attributes; a filled table could have any number.
const MAX_FAULTY_ATTRIBUTES: u32 = 100;

/// Any page of the document, to know what `vw` stands for.
const PLAIN_PAGE: PageContext<'static> = PageContext {
    name: "",
    first: false,
    side: PageSide::Right,
    blank: false,
    number: 3,
    in_group: 3,
};

/// What selectors that look at ancestors only can tell of an element.
#[derive(PartialEq, Eq, Hash)]
struct Signature {
    parent: u32,
    name: LocalName,
    is_html: bool,
    is_link: bool,
    id: Option<LocalName>,
    classes: SmallVec<[LocalName; 2]>,
    attributes: Vec<(LocalName, Box<str>)>,
}

/// What is known of a signature.
struct Known {
    /// Matching rules.
    steady: Box<[u32]>,
    /// The list of just these.
    list: u32,
    /// Rules to try on each element.
    positional: Box<[u32]>,
}

/// A list of matching rules, in the order of the cascade.
struct List {
    rules: Box<[u32]>,
    /// The attributes that their values look up.
    attributes: Vec<Arc<str>>,
}

/// All that a style follows from. Numbers are those of interned lists and texts, 0 for none.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct StyleKey {
    parent: StyleId,
    list: u32,
    inline: u32,
    hint: u32,
    language: u32,
    looked_up: u32,
    is_root: bool,
}

/// The styles of an element and its pseudo-elements.
struct Entry {
    style: StyleId,
    pseudo: SmallVec<[(Pseudo, StyleId); 2]>,
}

/// Numbers texts.
#[derive(Default)]
struct Interned {
    numbers: FxHashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Interned {
    /// The number of `text` from 1, and whether it is new.
    fn number(&mut self, text: &str) -> (u32, bool) {
        if let Some(number) = self.numbers.get(text) {
            return (*number, false);
        }
        self.texts.push(Box::from(text));
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(Box::from(text), number);
        (number, true)
    }
}

/// What stands behind a number from 1.
fn numbered<T>(list: &[T], number: u32) -> Option<&T> {
    list.get((number as usize).checked_sub(1)?)
}

struct Cascade<'a> {
    document: &'a Document,
    base: &'a str,
    index: &'a RuleIndex,
    steps: &'a Steps,
    view: Size,
    /// The root element's font size and line height.
    root: Option<(Pt, Pt)>,
    definitions: &'a Definitions,
    found: Diagnostics,
    styles: Vec<ComputedStyle>,
    variables: Vec<Variables>,
    of_node: Vec<StyleId>,
    pseudo: Vec<(NodeId, Pseudo, StyleId)>,
    signatures: FxHashMap<Signature, u32>,
    known: Vec<Known>,
    signature_of: Vec<u32>,
    lists: Vec<List>,
    list_numbers: FxHashMap<Box<[u32]>, u32>,
    entries: FxHashMap<StyleKey, Entry>,
    inline: Interned,
    inline_blocks: Vec<Block>,
    hints: Interned,
    hint_blocks: Vec<Block>,
    languages: Interned,
    looked_up: Interned,
    caches: SelectorCaches,
    pseudo_caches: SelectorCaches,
    tables_style_cells: bool,
    faulty_attributes: u32,
}

impl<'a> Cascade<'a> {
    fn new(
        document: &'a Document,
        base: &'a str,
        (index, steps): (&'a RuleIndex, &'a Steps),
        view: Size,
        definitions: &'a Definitions,
        found: Diagnostics,
    ) -> Cascade<'a> {
        Cascade {
            document,
            base,
            index,
            steps,
            view,
            root: None,
            definitions,
            found,
            styles: vec![INITIAL.clone().finish()],
            variables: vec![Variables::clone(definitions.initial())],
            of_node: Vec::with_capacity(document.len()),
            pseudo: Vec::new(),
            signatures: FxHashMap::default(),
            known: Vec::new(),
            signature_of: Vec::with_capacity(document.len()),
            lists: Vec::new(),
            list_numbers: FxHashMap::default(),
            entries: FxHashMap::default(),
            inline: Interned::default(),
            inline_blocks: Vec::new(),
            hints: Interned::default(),
            hint_blocks: Vec::new(),
            languages: Interned::default(),
            looked_up: Interned::default(),
            caches: SelectorCaches::default(),
            pseudo_caches: SelectorCaches::default(),
            tables_style_cells: false,
            faulty_attributes: 0,
        }
    }

    /// Styles one node; its parent has been visited.
    fn visit(&mut self, id: NodeId) {
        let parent = self.document.node(id).parent;
        let parent_style =
            parent.and_then(|id| self.of_node.get(id.index()).copied()).unwrap_or(StyleId(0));
        let parent_signature =
            parent.and_then(|id| self.signature_of.get(id.index()).copied()).unwrap_or(u32::MAX);
        let element = match &self.document.node(id).data {
            NodeData::Element(element) if !self.is_inside_picture(parent) => element,
            _ => {
                self.of_node.push(parent_style);
                self.signature_of.push(parent_signature);
                return;
            }
        };
        let reference = ElementRef { document: self.document, id, element, steps: self.steps };
        let signature = self.signature(reference, parent_signature);
        self.signature_of.push(signature);
        let list = self.list(reference, signature);
        let key = self.key(id, element, parent_style, list);
        if !self.entries.contains_key(&key) {
            let entry = self.entry(element, key);
            self.entries.insert(key, entry);
        }
        if let Some(entry) = self.entries.get(&key) {
            self.of_node.push(entry.style);
            let pseudo = entry.pseudo.iter();
            self.pseudo.extend(pseudo.map(|(kind, style)| (id, *kind, *style)));
        }
    }

    /// What is inside an inline picture is the picture library's business.
    fn is_inside_picture(&self, parent: Option<NodeId>) -> bool {
        let parent = parent.and_then(|id| self.document.element(id));
        parent.is_some_and(|element| element.namespace != Namespace::Html)
    }

    fn signature(&mut self, reference: ElementRef<'_>, parent: u32) -> u32 {
        let (element, index) = (reference.element, self.index);
        let attributes = if index.knows_attributes() {
            let known = element.attributes.iter().filter(|(name, _)| index.knows_attribute(name));
            known.cloned().collect()
        } else {
            Vec::new()
        };
        let is_link = &*element.name == "a" && element.attribute("href").is_some();
        let signature = Signature {
            parent,
            name: element.name.clone(),
            is_html: element.namespace == Namespace::Html,
            is_link,
            id: element.id.clone().filter(|id| index.knows_id(id)),
            classes: element.classes.iter().filter(|c| index.knows_class(c)).cloned().collect(),
            attributes,
        };
        if let Some(number) = self.signatures.get(&signature) {
            return *number;
        }
        let mut steady = index.steady(element);
        steady.retain(|rule| self.matches(*rule, reference));
        steady.sort_unstable();
        steady.dedup();
        let mut positional = index.positional(element);
        positional.sort_unstable();
        positional.dedup();
        let list = self.list_number(&steady);
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.push(Known { steady: steady.into(), list, positional: positional.into() });
        self.signatures.insert(signature, number);
        number
    }

    fn matches(&mut self, rule: u32, reference: ElementRef<'_>) -> bool {
        let Some(rule) = self.index.rule(rule) else { return false };
        let (mode, caches) = match rule.pseudo {
            Some(_) => (MatchingMode::ForStatelessPseudoElement, &mut self.pseudo_caches),
            None => (MatchingMode::Normal, &mut self.caches),
        };
        let mut context: MatchingContext<'_, Selectors> = MatchingContext::new(
            mode,
            None,
            caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        matches_selector(&rule.selector, 0, None, reference, &mut context)
    }

    /// The number of the list of all rules that match.
    fn list(&mut self, reference: ElementRef<'_>, signature: u32) -> u32 {
        let Some(known) = self.known.get(signature as usize) else { return 0 };
        if known.positional.is_empty() {
            return known.list;
        }
        let candidates: SmallVec<[u32; 16]> = known.positional.iter().copied().collect();
        let mut matching: SmallVec<[u32; 16]> = SmallVec::new();
        for rule in candidates {
            if self.matches(rule, reference) {
                matching.push(rule);
            }
        }
        let known = &self.known[signature as usize];
        if matching.is_empty() {
            return known.list;
        }
        let mut rules: SmallVec<[u32; 32]> = known.steady.iter().copied().collect();
        rules.extend(matching);
        rules.sort_unstable();
        self.list_number(&rules)
    }

    fn list_number(&mut self, rules: &[u32]) -> u32 {
        if let Some(number) = self.list_numbers.get(rules) {
            return *number;
        }
        let blocks = rules.iter().filter_map(|rule| self.index.rule(*rule));
        let mut attributes: Vec<Arc<str>> =
            blocks.flat_map(|rule| rule.block.attributes.iter().cloned()).collect();
        attributes.sort();
        attributes.dedup();
        let number = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.lists.push(List { rules: Box::from(rules), attributes });
        self.list_numbers.insert(Box::from(rules), number);
        number
    }

    fn key(&mut self, id: NodeId, element: &Element, parent: StyleId, list: u32) -> StyleKey {
        let is_root = self.document.node(id).parent == Some(NodeId::ROOT);
        let mut key =
            StyleKey { parent, list, inline: 0, hint: 0, language: 0, looked_up: 0, is_root };
        let is_cell = matches!(&*element.name, "td" | "th");
        if element.attributes.is_empty() && !(is_cell && self.tables_style_cells) {
            return key;
        }
        self.tables_style_cells |= styles_cells(element);
        key.hint = self.hint(id, element);
        let language = element.attribute("lang").or_else(|| element.attribute("xml:lang"));
        if let Some(language) = language {
            key.language = self.languages.number(language.trim()).0;
        }
        if let Some(css) = element.attribute("style") {
            key.inline = self.inline(id, css);
            let block = numbered(&self.inline_blocks, key.inline);
            if block.is_some_and(|block| !block.attributes.is_empty()) {
                key.looked_up = self.looked_up.number(&format!("node {}", id.index())).0;
            }
        }
        if let Some(list) = self.lists.get(list as usize)
            && !list.attributes.is_empty()
        {
            let values = list.attributes.iter().map(|name| element.attribute(name).unwrap_or(""));
            let values = values.collect::<Vec<_>>().join("\u{1f}");
            let own = format!("{} {values}", key.looked_up);
            key.looked_up = self.looked_up.number(&own).0;
        }
        key
    }

    fn hint(&mut self, id: NodeId, element: &Element) -> u32 {
        let css = hints(self.document, id, element);
        if css.is_empty() {
            return 0;
        }
        let (number, is_new) = self.hints.number(&css);
        if is_new {
            let place = Place::Whole(self.document.span(id));
            let (block, found) = parse_inline(&css, self.base, place);
            self.hint_blocks.push(block);
            self.found.append(found);
        }
        number
    }

    fn inline(&mut self, id: NodeId, css: &str) -> u32 {
        let (number, is_new) = self.inline.number(css);
        if is_new {
            let place = Place::Whole(self.document.span(id));
            let (block, mut found) = parse_inline(css, self.base, place);
            let named = block.counter_styles.iter();
            self.definitions.counter_styles.report_unknown(named, &mut found);
            self.inline_blocks.push(block);
            if !found.is_empty() && self.faulty_attributes < MAX_FAULTY_ATTRIBUTES {
                self.faulty_attributes += 1;
                self.found.append(found);
            }
        }
        number
    }

    /// Computes what `key` comes to, with the pseudo-elements.
    fn entry(&mut self, element: &Element, key: StyleKey) -> Entry {
        let rules: Box<[u32]> =
            self.lists.get(key.list as usize).map(|list| list.rules.clone()).unwrap_or_default();
        let style = self.element_style(element, key, &rules);
        if key.is_root && self.root.is_none() {
            let root = &self.styles[style.index()];
            self.root = Some((root.font.size, line_height(root)));
        }
        let mut kinds: SmallVec<[Pseudo; 4]> =
            rules.iter().filter_map(|rule| self.index.rule(*rule)?.pseudo).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut pseudo = SmallVec::new();
        for kind in kinds {
            if let Some(style) = self.pseudo_style(element, style, kind, &rules) {
                pseudo.push((kind, style));
            }
        }
        Entry { style, pseudo }
    }

    fn element_style(&mut self, element: &Element, key: StyleKey, rules: &[u32]) -> StyleId {
        let mut blocks = self.blocks(rules, None);
        if let Some(hint) = numbered(&self.hint_blocks, key.hint) {
            // Hints come before all rules of sheets, whatever their specificity.
            let at = blocks.partition_point(|(origin, _)| *origin == Origin::UserAgent);
            blocks.insert(at, (Origin::Hint, hint));
        }
        if let Some(inline) = numbered(&self.inline_blocks, key.inline) {
            blocks.push((Origin::Inline, inline));
        }
        let language = numbered(&self.languages.texts, key.language);
        let around = Surroundings {
            parent: &self.styles[key.parent.index()],
            variables: &self.variables[key.parent.index()],
            root: if key.is_root { None } else { self.root },
            definitions: self.definitions,
            view: self.view,
            element: Some(element),
            language: language.map(|text| &**text),
        };
        let mut found = Diagnostics::new();
        let (draft, variables) = compute(&blocks, &around, &mut found);
        self.found.append(found);
        self.push(draft.finish(), variables)
    }

    /// The blocks of the rules for an element itself or for one of its pseudo-elements.
    fn blocks(&self, rules: &[u32], pseudo: Option<Pseudo>) -> Vec<(Origin, &Block)> {
        let index = self.index;
        let rules = rules.iter().filter_map(|rule| index.rule(*rule));
        let own = rules.filter(|rule| rule.pseudo == pseudo);
        own.map(|rule| (rule.origin, &*rule.block)).collect()
    }

    fn push(&mut self, style: ComputedStyle, variables: Variables) -> StyleId {
        let id = StyleId(u32::try_from(self.styles.len()).unwrap_or(u32::MAX));
        self.styles.push(style);
        self.variables.push(variables);
        id
    }

    fn pseudo_style(
        &mut self,
        element: &Element,
        host: StyleId,
        kind: Pseudo,
        rules: &[u32],
    ) -> Option<StyleId> {
        let host_style = &self.styles[host.index()];
        let exists = match kind {
            Pseudo::Marker => host_style.display == Display::ListItem,
            Pseudo::FootnoteCall | Pseudo::FootnoteMarker => host_style.float == Float::Footnote,
            Pseudo::Before | Pseudo::After | Pseudo::FirstLetter => true,
            Pseudo::Unseen => false,
        };
        if !exists || host_style.display == Display::None {
            return None;
        }
        let blocks = self.blocks(rules, Some(kind));
        let around = Surroundings {
            parent: host_style,
            variables: &self.variables[host.index()],
            root: self.root,
            definitions: self.definitions,
            view: self.view,
            element: Some(element),
            language: None,
        };
        let mut found = Diagnostics::new();
        let (draft, variables) = compute(&blocks, &around, &mut found);
        self.found.append(found);
        let style = draft.finish();
        let generates = match kind {
            Pseudo::Before | Pseudo::After => {
                matches!(style.content, Content::Parts(_)) && style.display != Display::None
            }
            _ => true,
        };
        generates.then(|| self.push(style, variables))
    }
}
