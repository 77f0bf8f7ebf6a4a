//! Selectors over the node tree (Selectors 4).

use std::borrow::Borrow;
use std::cell::Cell;
use std::fmt::{self, Write};

use cssparser::{ParseError, Parser as CssParser, ToCss, serialize_identifier, serialize_string};
use precomputed_hash::PrecomputedHash;
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::MatchingContext;
use selectors::matching::ElementSelectorFlags;
use selectors::parser::{self, SelectorImpl};
use selectors::{Element as SelectorElement, OpaqueElement};

use crate::markup::{Document, Element, LocalName, Namespace, NodeData, NodeId};

use super::styled::Pseudo;
use super::values::{Parsed, Trouble, refuse};

/// A name in a selector.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub(crate) struct Name(pub LocalName);

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        Name(LocalName::from(text))
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        self.0.precomputed_hash()
    }
}

impl ToCss for Name {
    fn to_css<W: Write>(&self, dest: &mut W) -> fmt::Result {
        serialize_identifier(&self.0, dest)
    }
}

/// A value in an attribute selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AttrText(Box<str>);

impl From<&str> for AttrText {
    fn from(text: &str) -> AttrText {
        AttrText(Box::from(text))
    }
}

impl AsRef<str> for AttrText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl ToCss for AttrText {
    fn to_css<W: Write>(&self, dest: &mut W) -> fmt::Result {
        serialize_string(&self.0, dest)
    }
}

/// Pseudo-classes beside the structural ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PseudoClass {
    /// `:link`, `:any-link`.
    Link,
    /// States that paper never has: `:hover`, `:visited` and their like.
    Never,
    /// `:defined`: every element here is.
    Always,
    /// `:lang()`.
    Language(Box<[Box<str>]>),
    /// `:dir()`; whether right to left.
    Direction(bool),
    /// What an attribute of a form's element tells.
    Form(FormState),
}

/// States of forms that stand in the markup (Selectors 4 §14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormState {
    Checked,
    Disabled,
    Enabled,
    Required,
    Optional,
    Open,
}

const FORM_STATES: &[(&str, FormState)] = &[
    ("checked", FormState::Checked),
    ("disabled", FormState::Disabled),
    ("enabled", FormState::Enabled),
    ("required", FormState::Required),
    ("optional", FormState::Optional),
    ("open", FormState::Open),
];

/// States that come with a pointer, a history or typing.
pub(crate) const NEVER: &[&str] = &[
    "visited",
    "hover",
    "active",
    "focus",
    "focus-visible",
    "focus-within",
    "target",
    "target-within",
    "valid",
    "invalid",
    "user-valid",
    "user-invalid",
    "in-range",
    "out-of-range",
    "placeholder-shown",
    "read-write",
    "indeterminate",
    "autofill",
    "-webkit-autofill",
    "fullscreen",
    "modal",
    "popover-open",
    "playing",
    "picture-in-picture",
    "-moz-focusring",
    "-moz-ui-invalid",
    // There are no shadow trees.
    "host",
];

/// Pseudo-elements of what only a screen shows.
const UNSEEN: &[&str] = &[
    "selection",
    "placeholder",
    "backdrop",
    "file-selector-button",
    "cue",
    "spelling-error",
    "grammar-error",
    "target-text",
    "details-content",
    "view-transition",
];

impl ToCss for PseudoClass {
    fn to_css<W: Write>(&self, dest: &mut W) -> fmt::Result {
        match self {
            PseudoClass::Link => dest.write_str(":link"),
            PseudoClass::Never => dest.write_str(":hover"),
            PseudoClass::Always => dest.write_str(":defined"),
            PseudoClass::Language(list) => write!(dest, ":lang({})", list.join(", ")),
            PseudoClass::Direction(rtl) => {
                dest.write_str(if *rtl { ":dir(rtl)" } else { ":dir(ltr)" })
            }
            PseudoClass::Form(state) => {
                let name = FORM_STATES.iter().find(|(_, known)| known == state);
                write!(dest, ":{}", name.map_or("", |(name, _)| *name))
            }
        }
    }
}

impl parser::NonTSPseudoClass for PseudoClass {
    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

impl ToCss for Pseudo {
    fn to_css<W: Write>(&self, dest: &mut W) -> fmt::Result {
        dest.write_str(match self {
            Pseudo::Before => "::before",
            Pseudo::After => "::after",
            Pseudo::Marker => "::marker",
            Pseudo::FirstLetter => "::first-letter",
            Pseudo::FootnoteCall => "::footnote-call",
            Pseudo::FootnoteMarker => "::footnote-marker",
            Pseudo::Unseen => "::selection",
        })
    }
}

impl parser::PseudoElement for Pseudo {}

/// The kinds of names that selectors here are made of.
#[derive(Debug, Clone)]
pub(crate) struct Selectors;

impl SelectorImpl for Selectors {
    type ExtraMatchingData<'a> = ();
    type AttrValue = AttrText;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = Name;
    type BorrowedLocalName = Name;
    type NonTSPseudoClass = PseudoClass;
    type PseudoElement = Pseudo;
}

/// Reads selectors.
pub(crate) struct SelectorParser;

fn unknown<T>(kind: &str, name: &str) -> Parsed<T> {
    refuse(format!("{kind}{name} is not supported"))
}

impl<'i> parser::Parser<'i> for SelectorParser {
    type Impl = Selectors;
    type Error = Trouble;

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_parent_selector(&self) -> bool {
        true
    }

    fn is_is_alias(&self, name: &str) -> bool {
        ["matches", "any", "-webkit-any", "-moz-any"].iter().any(|n| name.eq_ignore_ascii_case(n))
    }

    fn allow_forgiving_selectors(&self) -> bool {
        // A selector that is not understood is reported, inside `:is()` as well.
        false
    }

    fn parse_non_ts_pseudo_class(&self, name: &str) -> Result<PseudoClass, ParseError<Trouble>> {
        let lower = name.to_ascii_lowercase();
        if let Some((_, state)) = FORM_STATES.iter().find(|(known, _)| *known == lower) {
            return Ok(PseudoClass::Form(*state));
        }
        match lower.as_str() {
            "link" | "any-link" | "-webkit-any-link" | "-moz-any-link" => Ok(PseudoClass::Link),
            "defined" | "read-only" => Ok(PseudoClass::Always),
            lower if NEVER.contains(&lower) => Ok(PseudoClass::Never),
            _ => unknown(":", name),
        }
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: &str,
        parser: &mut CssParser<'i>,
        _after_part: bool,
    ) -> Result<PseudoClass, ParseError<Trouble>> {
        if name.eq_ignore_ascii_case("dir") {
            let word = parser.expect_ident()?;
            return match word.to_ascii_lowercase().as_str() {
                "rtl" => Ok(PseudoClass::Direction(true)),
                "ltr" => Ok(PseudoClass::Direction(false)),
                _ => Ok(PseudoClass::Never),
            };
        }
        if ["host", "host-context"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            while parser.next().is_ok() {}
            return Ok(PseudoClass::Never);
        }
        if !name.eq_ignore_ascii_case("lang") {
            return unknown(":", &format!("{name}()"));
        }
        let languages = parser.parse_comma_separated(|p| {
            Ok::<_, ParseError<Trouble>>(Box::from(&**p.expect_ident_or_string()?))
        })?;
        Ok(PseudoClass::Language(languages.into_boxed_slice()))
    }

    fn parse_pseudo_element(&self, name: &str) -> Result<Pseudo, ParseError<Trouble>> {
        match name.to_ascii_lowercase().as_str() {
            "before" => Ok(Pseudo::Before),
            "after" => Ok(Pseudo::After),
            "marker" => Ok(Pseudo::Marker),
            "first-letter" => Ok(Pseudo::FirstLetter),
            "footnote-call" => Ok(Pseudo::FootnoteCall),
            "footnote-marker" => Ok(Pseudo::FootnoteMarker),
            // Selectors 4 §3.6: unknown ones with `-webkit-` are valid and match nothing.
            lower if UNSEEN.contains(&lower) => Ok(Pseudo::Unseen),
            lower if ["-webkit-", "-moz-", "-ms-"].iter().any(|p| lower.starts_with(p)) => {
                Ok(Pseudo::Unseen)
            }
            _ => unknown("::", name),
        }
    }

    fn parse_functional_pseudo_element(
        &self,
        name: &str,
        arguments: &mut CssParser<'i>,
    ) -> Result<Pseudo, ParseError<Trouble>> {
        let lower = name.to_ascii_lowercase();
        if !["highlight", "cue", "view-transition-group"].contains(&lower.as_str()) {
            return unknown("::", &format!("{name}()"));
        }
        while arguments.next().is_ok() {}
        Ok(Pseudo::Unseen)
    }
}

/// How many steps from element to element matching may still take. Selectors with several
/// combinators in rules that are nested try all ways through the ancestors, and sibling combinators
/// all elements before: the number of steps is what bounds the time.
#[derive(Debug)]
pub(crate) struct Steps(Cell<u64>);

impl Steps {
    /// Some for each document, and more for each node.
    pub fn of(document: &Document) -> Steps {
        let nodes = u64::try_from(document.len()).unwrap_or(u64::MAX);
        Steps(Cell::new(nodes.saturating_mul(5_000).saturating_add(5_000_000)))
    }

    /// Whether there are none left: no selector has matched since then.
    pub fn are_used_up(&self) -> bool {
        self.0.get() == 0
    }

    /// How many there are.
    pub fn left(&self) -> u64 {
        self.0.get()
    }

    /// Takes so many, or all that are left.
    pub fn pay(&self, steps: u64) {
        self.0.set(self.0.get().saturating_sub(steps));
    }

    /// Takes one.
    fn take(&self) -> Option<()> {
        self.0.set(self.0.get().checked_sub(1)?);
        Some(())
    }
}

/// An element as the matcher sees it.
#[derive(Clone, Copy)]
pub(crate) struct ElementRef<'a> {
    pub document: &'a Document,
    pub id: NodeId,
    pub element: &'a Element,
    pub steps: &'a Steps,
}

impl fmt::Debug for ElementRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}> {}", self.element.name, self.id.index())
    }
}

impl<'a> ElementRef<'a> {
    /// The element at `id`, unless it is text.
    fn at(self, id: NodeId) -> Option<ElementRef<'a>> {
        self.document.element(id).map(|element| ElementRef { id, element, ..self })
    }

    /// The first element from `start` on along `step`.
    fn find(
        self,
        start: Option<NodeId>,
        step: fn(&'a crate::markup::Node) -> Option<NodeId>,
    ) -> Option<Self> {
        let mut at = start;
        while let Some(id) = at {
            self.steps.take()?;
            if let Some(element) = self.at(id) {
                return Some(element);
            }
            at = step(self.document.node(id));
        }
        None
    }

    fn language(self) -> &'a str {
        let mut at = Some(self);
        while let Some(element) = at {
            if let Some(language) = element.element.attribute("lang") {
                return language;
            }
            at = element.parent_element();
        }
        ""
    }
}

impl ElementRef<'_> {
    /// The direction that the nearest `dir` gives.
    fn is_rtl(self) -> bool {
        let mut at = Some(self);
        while let Some(element) = at {
            match element.element.attribute("dir") {
                Some(dir) if dir.eq_ignore_ascii_case("rtl") => return true,
                Some(dir) if dir.eq_ignore_ascii_case("ltr") => return false,
                _ => at = element.parent_element(),
            }
        }
        false
    }

    fn is_in(self, state: FormState) -> bool {
        let has = |name: &str| self.element.attribute(name).is_some();
        let name: &str = self.element.name.borrow();
        let is_field = matches!(name, "input" | "select" | "textarea");
        let can_be_disabled =
            is_field || matches!(name, "button" | "fieldset" | "option" | "optgroup");
        match state {
            FormState::Checked => {
                (name == "input" && has("checked")) || (name == "option" && has("selected"))
            }
            FormState::Disabled => can_be_disabled && has("disabled"),
            FormState::Enabled => can_be_disabled && !has("disabled"),
            FormState::Required => is_field && has("required"),
            FormState::Optional => is_field && !has("required"),
            FormState::Open => matches!(name, "details" | "dialog") && has("open"),
        }
    }
}

/// The attributes that [`FormState`] looks at.
pub(crate) const FORM_ATTRIBUTES: &[&str] =
    &["checked", "selected", "disabled", "required", "open"];

/// Whether `language` falls under `range` (RFC 4647 §3.3.1, with `*` for any).
fn language_matches(language: &str, range: &str) -> bool {
    if range == "*" {
        return !language.is_empty();
    }
    let (Some(start), rest) = (language.get(..range.len()), language.get(range.len()..)) else {
        return false;
    };
    start.eq_ignore_ascii_case(range)
        && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

impl SelectorElement for ElementRef<'_> {
    type Impl = Selectors;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.document.node(self.id))
    }

    fn parent_element(&self) -> Option<Self> {
        self.steps.take()?;
        self.at(self.document.node(self.id).parent?)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.find(self.document.node(self.id).previous, |node| node.previous)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.find(self.document.node(self.id).next, |node| node.next)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.find(self.document.node(self.id).first_child, |node| node.next)
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.element.namespace == Namespace::Html
    }

    fn has_local_name(&self, local_name: &Name) -> bool {
        self.element.name == local_name.0
    }

    fn has_namespace(&self, namespace: &Name) -> bool {
        namespace.0.is_empty()
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element.name == other.element.name && self.element.namespace == other.element.namespace
    }

    fn attr_matches(
        &self,
        _: &NamespaceConstraint<&Name>,
        local_name: &Name,
        operation: &AttrSelectorOperation<&AttrText>,
    ) -> bool {
        let mut attributes = self.element.attributes.iter();
        attributes.any(|(name, value)| *name == local_name.0 && operation.eval_str(value))
    }

    fn match_non_ts_pseudo_class(
        &self,
        class: &PseudoClass,
        _: &mut MatchingContext<Selectors>,
    ) -> bool {
        match class {
            PseudoClass::Link => self.is_link(),
            PseudoClass::Never => false,
            PseudoClass::Always => true,
            PseudoClass::Direction(rtl) => self.is_rtl() == *rtl,
            PseudoClass::Form(state) => self.is_in(*state),
            PseudoClass::Language(ranges) => {
                let language = self.language();
                ranges.iter().any(|range| language_matches(language, range))
            }
        }
    }

    fn match_pseudo_element(&self, _: &Pseudo, _: &mut MatchingContext<Selectors>) -> bool {
        false
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        let name: &str = self.element.name.borrow();
        matches!(name, "a" | "area") && self.element.attribute("href").is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        let own = self.element.id.as_ref();
        own.is_some_and(|own| case.eq(own.as_bytes(), id.0.as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        let mut classes = self.element.classes.iter();
        classes.any(|class| case.eq(class.as_bytes(), name.0.as_bytes()))
    }

    fn has_custom_state(&self, _: &Name) -> bool {
        false
    }

    fn imported_part(&self, _: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        self.document.children(self.id).all(|child| match &self.document.node(child).data {
            NodeData::Text(text) => text.is_empty(),
            _ => false,
        })
    }

    fn is_root(&self) -> bool {
        self.document.node(self.id).parent == Some(NodeId::ROOT)
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::language_matches;

    #[test]
    fn language_range_covers_its_subtags_only() {
        assert!(language_matches("nb-NO", "nb"));
        assert!(language_matches("EN", "en"));
        assert!(!language_matches("nbx", "nb"));
        assert!(!language_matches("", "*"));
    }
}
