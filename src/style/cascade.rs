//! The cascade over a document: which rules match each element, and one style for all elements that
//! come out the same.
//!
//! Most elements of a long table differ in nothing that a selector looks at. An element's
//! *signature* is its name with the classes, id and attributes that any selector mentions, and its
//! parent's signature; what matches follows from the signature, except for rules that look at
//! siblings or children. A style in turn follows from the parent's style and the list of matching
//! rules. Both are computed once.

use std::sync::{Arc, LazyLock};

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
use crate::markup::{Document, Element, Namespace, NodeData, NodeId};
use crate::source::{SourceId, Sources};

use super::compute::{Origin, Surroundings, compute};
use super::computed::{ComputedStyle, Content, Display, Float};
use super::declaration::Block;
use super::definitions::Definitions;
use super::draft::{INITIAL, line_height};
use super::hints::{hints, styles_cells};
use super::report::Place;
use super::rule_index::RuleIndex;
use super::ruling::Ruling;
use super::selectors::{ElementRef, Selectors, Steps};
use super::sheet::parse_inline;
use super::sheets::{Collector, Sheets};
use super::styled::{Pseudo, StyleId, Styled};
use super::tables::{Interned, Kept, KeptId, KeptKey, Known, List, Signature, Tables, numbered};
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
    let ruling = sheets.ruling(collector.collect(extra, &mut found));
    found.append(ruling.found.clone());
    let steps = Steps::of(document);
    let mut cascade = Cascade::new(document, base, (&ruling, &steps), found);
    for number in 0..document.len() {
        cascade.visit(NodeId(u32::try_from(number).unwrap_or(u32::MAX)));
    }
    if steps.are_used_up() {
        let message = "the selectors of the stylesheets take too long to be matched";
        cascade.found.push(
            Diagnostic::error("style/selectors-too-slow", message)
                .help("use classes, not rules nested in rules nested in rules, nor chains of `~`"),
        );
    } else {
        ruling.take_back(cascade.tables);
    }
    let pages = match document.root_element() {
        Some(root) => {
            let id = cascade.of_node[root.index()];
            ruling.pages.under(&cascade.styles[id.index()], &cascade.variables[id.index()])
        }
        None => ruling.pages.clone(),
    };
    let mut pseudo = cascade.pseudo;
    pseudo.sort_unstable_by_key(|(node, kind, _)| (*node, *kind));
    let styled = Styled {
        styles: cascade.styles,
        of_node: cascade.of_node,
        pseudo,
        pages,
        font_faces: ruling.font_faces.clone(),
    };
    (styled, cascade.found)
}

/// The initial style, as the parent of a root element.
static PLAIN: LazyLock<Arc<ComputedStyle>> = LazyLock::new(|| Arc::new(INITIAL.clone().finish()));

/// Findings are kept of so many different `style` attributes; a filled table could have any number.
const MAX_FAULTY_ATTRIBUTES: u32 = 100;

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

struct Cascade<'a> {
    document: &'a Document,
    base: &'a str,
    index: &'a RuleIndex,
    steps: &'a Steps,
    view: Size,
    tables: Tables,
    /// The root element's font size and line height.
    root: Option<(Pt, Pt)>,
    root_style: Option<StyleId>,
    definitions: &'a Definitions,
    found: Diagnostics,
    /// Whether computing the last style found anything.
    has_findings: bool,
    styles: Vec<Arc<ComputedStyle>>,
    variables: Vec<Variables>,
    /// Of each style its number among the kept ones, if it is one of them.
    kept: Vec<Option<KeptId>>,
    of_node: Vec<StyleId>,
    pseudo: Vec<(NodeId, Pseudo, StyleId)>,
    signature_of: Vec<u32>,
    entries: FxHashMap<StyleKey, Entry>,
    inline: Interned,
    inline_blocks: Vec<Block>,
    hints: Interned,
    hint_blocks: Vec<Block>,
    caches: SelectorCaches,
    pseudo_caches: SelectorCaches,
    tables_style_cells: bool,
    faulty_attributes: u32,
}

impl<'a> Cascade<'a> {
    fn new(
        document: &'a Document,
        base: &'a str,
        (ruling, steps): (&'a Ruling, &'a Steps),
        found: Diagnostics,
    ) -> Cascade<'a> {
        let definitions = &*ruling.definitions;
        Cascade {
            document,
            base,
            index: &ruling.index,
            steps,
            view: ruling.view,
            tables: ruling.tables(),
            root: None,
            root_style: None,
            definitions,
            found,
            has_findings: false,
            styles: vec![Arc::clone(&PLAIN)],
            variables: vec![Variables::clone(definitions.initial())],
            kept: vec![None],
            of_node: Vec::with_capacity(document.len()),
            pseudo: Vec::new(),
            signature_of: Vec::with_capacity(document.len()),
            entries: FxHashMap::default(),
            inline: Interned::default(),
            inline_blocks: Vec::new(),
            hints: Interned::default(),
            hint_blocks: Vec::new(),
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
        if let Some(number) = self.tables.signatures.get(&signature) {
            let document = self.tables.documents;
            if let Some(known) = self.tables.known.get_mut(*number as usize)
                && known.paid_by != document
            {
                known.paid_by = document;
                self.steps.pay(known.steps);
            }
            return *number;
        }
        let before = self.steps.left();
        let mut steady = index.steady(element);
        steady.retain(|rule| self.matches(*rule, reference));
        steady.sort_unstable();
        steady.dedup();
        let mut positional = index.positional(element);
        positional.sort_unstable();
        positional.dedup();
        let list = self.list_number(&steady);
        let number = u32::try_from(self.tables.known.len()).unwrap_or(u32::MAX);
        self.tables.known.push(Known {
            steady: steady.into(),
            list,
            positional: positional.into(),
            steps: before.saturating_sub(self.steps.left()),
            paid_by: self.tables.documents,
        });
        self.tables.signatures.insert(signature, number);
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
        let Some(known) = self.tables.known.get(signature as usize) else { return 0 };
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
        let known = &self.tables.known[signature as usize];
        if matching.is_empty() {
            return known.list;
        }
        let mut rules: SmallVec<[u32; 32]> = known.steady.iter().copied().collect();
        rules.extend(matching);
        rules.sort_unstable();
        self.list_number(&rules)
    }

    fn list_number(&mut self, rules: &[u32]) -> u32 {
        if let Some(number) = self.tables.list_numbers.get(rules) {
            return *number;
        }
        let blocks = rules.iter().filter_map(|rule| self.index.rule(*rule));
        let mut attributes: Vec<Arc<str>> =
            blocks.flat_map(|rule| rule.block.attributes.iter().cloned()).collect();
        attributes.sort();
        attributes.dedup();
        let number = u32::try_from(self.tables.lists.len()).unwrap_or(u32::MAX);
        let rules: Arc<[u32]> = Arc::from(rules);
        let attributes = attributes.into();
        self.tables.lists.push(List { rules: Arc::clone(&rules), attributes });
        self.tables.list_numbers.insert(rules, number);
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
            key.language = self.tables.languages.number(language.trim()).0;
        }
        if let Some(css) = element.attribute("style") {
            key.inline = self.inline(id, css);
            let block = numbered(&self.inline_blocks, key.inline);
            if block.is_some_and(|block| !block.attributes.is_empty()) {
                key.looked_up = self.tables.looked_up.number(&format!("node {}", id.index())).0;
            }
        }
        if let Some(list) = self.tables.lists.get(list as usize)
            && !list.attributes.is_empty()
        {
            let values = list.attributes.iter().map(|name| element.attribute(name).unwrap_or(""));
            let values = values.collect::<Vec<_>>().join("\u{1f}");
            let own = format!("{} {values}", key.looked_up);
            key.looked_up = self.tables.looked_up.number(&own).0;
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

    /// The entry of `key`: one that is kept, or computed.
    fn entry(&mut self, element: &Element, key: StyleKey) -> Entry {
        let kept = self.kept_key(key);
        if let Some(entry) = kept.and_then(|kept| self.kept_entry(&kept)) {
            self.note_root(key, entry.style);
            return entry;
        }
        self.has_findings = false;
        let entry = self.computed(element, key);
        // What has findings has them in each document.
        if let Some(kept) = kept.filter(|_| !self.has_findings) {
            self.keep(kept, &entry);
        }
        entry
    }

    /// Under what a style is kept; `None` where the document itself has a say in it.
    fn kept_key(&self, key: StyleKey) -> Option<KeptKey> {
        if key.inline != 0 || key.hint != 0 {
            return None;
        }
        let parent = match key.parent {
            StyleId(0) => None,
            parent => Some((*self.kept.get(parent.index())?)?),
        };
        let root = match self.root_style {
            None => None,
            Some(root) => Some((*self.kept.get(root.index())?)?),
        };
        let StyleKey { list, language, looked_up, is_root, .. } = key;
        Some(KeptKey { parent, root, list, language, looked_up, is_root })
    }

    fn kept_entry(&mut self, key: &KeptKey) -> Option<Entry> {
        let (style, pseudo) = self.tables.entry(key)?.clone();
        let style = self.push_kept(style)?;
        let mut entry = Entry { style, pseudo: SmallVec::new() };
        for (kind, style) in pseudo {
            entry.pseudo.push((kind, self.push_kept(style)?));
        }
        Some(entry)
    }

    fn push_kept(&mut self, id: KeptId) -> Option<StyleId> {
        let Kept { style, variables } = self.tables.style(id)?.clone();
        Some(self.push(style, variables, Some(id)))
    }

    /// Keeps what was computed for the documents to come.
    fn keep(&mut self, key: KeptKey, entry: &Entry) {
        let Some(style) = self.keep_style(entry.style) else { return };
        let pseudo =
            entry.pseudo.iter().map(|(kind, style)| Some((*kind, self.keep_style(*style)?)));
        if let Some(pseudo) = pseudo.collect() {
            self.tables.keep(key, (style, pseudo));
        }
    }

    fn keep_style(&mut self, id: StyleId) -> Option<KeptId> {
        let style = Arc::clone(self.styles.get(id.index())?);
        let variables = Arc::clone(self.variables.get(id.index())?);
        let kept = self.tables.add(Kept { style, variables })?;
        *self.kept.get_mut(id.index())? = Some(kept);
        Some(kept)
    }

    fn note_root(&mut self, key: StyleKey, style: StyleId) {
        if key.is_root && self.root.is_none() {
            let root = &self.styles[style.index()];
            self.root = Some((root.font.size, line_height(root)));
            self.root_style = Some(style);
        }
    }

    /// Computes what `key` comes to, with the pseudo-elements.
    fn computed(&mut self, element: &Element, key: StyleKey) -> Entry {
        let list = self.tables.lists.get(key.list as usize);
        let rules = list.map(|list| Arc::clone(&list.rules)).unwrap_or_default();
        let style = self.element_style(element, key, &rules);
        self.note_root(key, style);
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
        let language = self.tables.languages.text(key.language);
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
        self.has_findings |= !found.is_empty();
        self.found.append(found);
        self.push(Arc::new(draft.finish()), variables, None)
    }

    /// The blocks of the rules for an element itself or for one of its pseudo-elements.
    fn blocks(&self, rules: &[u32], pseudo: Option<Pseudo>) -> Vec<(Origin, &Block)> {
        let index = self.index;
        let rules = rules.iter().filter_map(|rule| index.rule(*rule));
        let own = rules.filter(|rule| rule.pseudo == pseudo);
        own.map(|rule| (rule.origin, &*rule.block)).collect()
    }

    fn push(
        &mut self,
        style: Arc<ComputedStyle>,
        variables: Variables,
        kept: Option<KeptId>,
    ) -> StyleId {
        let id = StyleId(u32::try_from(self.styles.len()).unwrap_or(u32::MAX));
        self.styles.push(style);
        self.variables.push(variables);
        self.kept.push(kept);
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
        self.has_findings |= !found.is_empty();
        self.found.append(found);
        let style = draft.finish();
        let generates = match kind {
            Pseudo::Before | Pseudo::After => {
                matches!(style.content, Content::Parts(_)) && style.display != Display::None
            }
            _ => true,
        };
        generates.then(|| self.push(Arc::new(style), variables, None))
    }
}
