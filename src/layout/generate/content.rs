//! Generated content: `content`, markers, quotes and `string-set` (CSS Generated Content 3, GCPM 3).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diag::Diagnostic;
use crate::layout::boxes::{BoxExtra, Contents, InlineItem, LayoutBox, Marker};
use crate::layout::page::{Artifact, Mark};
use crate::layout::structure::Role;
use crate::locale::quotation_marks;
use crate::markup::NodeId;
use crate::style::*;

use super::boxes::Generator;
use super::counter_text::format_counter;
use super::floats::is_float;
use super::flow::Flow;
use super::inline::InlineBuilder;
use super::tags::Around;

/// What only a finished layout knows, found in the pass before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct References {
    /// The page counter's value at each anchor.
    pub pages: FxHashMap<Arc<str>, i32>,
    /// The other counters at each element with an id.
    pub counters: FxHashMap<Arc<str>, Vec<(Arc<str>, i32)>>,
    /// The texts of `::before` and `::after` of each element with an id that has them.
    pub generated: FxHashMap<Arc<str>, (Arc<str>, Arc<str>)>,
    /// How many pages there are.
    pub total: i32,
    /// The numbers of the footnotes, where pages start them again.
    pub notes: Vec<i32>,
}

impl Generator<'_> {
    /// Puts a `content` value onto the line.
    pub(super) fn content(
        &mut self,
        flow: &mut Flow,
        style: StyleId,
        parts: &[ContentPart],
        node: NodeId,
        around: &Around,
    ) {
        let computed = self.styles.get(style).clone();
        let (around, mut alt) = self.alternative(&computed, parts, around);
        let around = &around;
        for part in parts {
            match part {
                ContentPart::Leader(pattern) => flow.line.leader(Arc::clone(pattern), style),
                ContentPart::Image(url) => {
                    if let Some(replaced) = self.pictures.load(url, self.document.span(node)) {
                        let style = self.styles.anonymous(style, Display::InlineBlock);
                        let contents = Contents::Replaced(replaced);
                        let mark = self.generated_picture(&computed, around);
                        flow.line.atomic(LayoutBox {
                            style,
                            node: None,
                            mark,
                            contents,
                            extra: None,
                        });
                    }
                }
                part => {
                    let text = self.part_text(part, node);
                    match alt.take() {
                        Some(alt) => {
                            flow.line.read_as(&text, alt, style, &computed, around.mark());
                        }
                        None => flow.line.text(&text, style, &computed, around.mark()),
                    }
                }
            }
        }
    }

    /// What is around a `content` that has an alternative text, and the text that is read instead
    /// of all its own (CSS Generated Content 3 §1.2): an empty one makes it decoration.
    fn alternative(
        &self,
        style: &ComputedStyle,
        parts: &[ContentPart],
        around: &Around,
    ) -> (Around, Option<Arc<str>>) {
        let mut around = around.clone();
        let Some(alt) = &style.content_alt else { return (around, None) };
        if alt.is_empty() {
            around.artifact.get_or_insert(Artifact::Layout);
            return (around, None);
        }
        let has_picture = parts.iter().any(|part| matches!(part, ContentPart::Image(_)));
        (around, (!has_picture).then(|| Arc::clone(alt)))
    }

    /// A picture in `content` is a figure when it has an alternative text, and decoration else.
    fn generated_picture(&mut self, style: &ComputedStyle, around: &Around) -> Mark {
        match &style.content_alt {
            Some(alt) if !alt.is_empty() && around.artifact.is_none() => {
                let inner = self.tagger.add(Role::Figure, &style.language, around);
                self.tagger.structure.extra(inner.tag).alt = Some(Arc::clone(alt));
                inner.mark()
            }
            _ => Mark::Artifact(around.artifact.unwrap_or(Artifact::Layout)),
        }
    }

    /// A `content` value as text.
    pub(super) fn content_text(&mut self, parts: &[ContentPart], node: NodeId) -> String {
        parts.iter().map(|part| self.part_text(part, node)).collect()
    }

    fn part_text(&mut self, part: &ContentPart, node: NodeId) -> String {
        match part {
            ContentPart::Text(text) => text.to_string(),
            ContentPart::Counter { name, style } if &**name == "pages" => {
                self.uses_references = true;
                format_counter(self.references.total, style)
            }
            ContentPart::Counter { name, style } => {
                if &**name == "page" {
                    self.warn(
                        node,
                        "layout/page-counter",
                        "`counter(page)` outside a margin box is not known while the text is set",
                    );
                }
                format_counter(self.counters.value(name), style)
            }
            ContentPart::Counters { name, separator, style } => {
                let values = self.counters.values(name);
                let texts: Vec<String> =
                    values.iter().map(|value| format_counter(*value, style)).collect();
                texts.join(separator)
            }
            ContentPart::TargetCounter { target, counter, style } => {
                self.target_counter(target, counter, style, node)
            }
            ContentPart::TargetText { target, part } => self.target_text(target, *part, node),
            ContentPart::OwnText(part) => self.own_text(*part, node),
            ContentPart::NamedString { .. } | ContentPart::RunningElement { .. } => {
                self.warn(
                    node,
                    "layout/running-outside-margin",
                    "`string()` and `element()` have a meaning in margin boxes only",
                );
                String::new()
            }
            ContentPart::Quote { opens, shown } => self.quote(node, *opens, *shown),
            ContentPart::Leader(_) | ContentPart::Image(_) => String::new(),
        }
    }

    /// A quotation mark of the element's `quotes`, or of its language (CSS Generated Content 3 §3).
    fn quote(&mut self, node: NodeId, opens: bool, shown: bool) -> String {
        if !opens {
            self.quote_depth = self.quote_depth.saturating_sub(1);
        }
        let depth = self.quote_depth;
        if opens {
            self.quote_depth += 1;
        }
        if !shown {
            return String::new();
        }
        let style = self.styled.of(node);
        match &style.quotes {
            Some(pairs) => {
                let pair = pairs.get(depth.min(pairs.len().saturating_sub(1)));
                pair.map_or_else(String::new, |pair| {
                    if opens { pair.0.to_string() } else { pair.1.to_string() }
                })
            }
            None => {
                let pair = quotation_marks(&style.language)[depth % 2];
                (if opens { pair.0 } else { pair.1 }).to_owned()
            }
        }
    }

    /// One of the texts of `node`; those that are generated, as the counters stand now.
    fn own_text(&mut self, part: TextPart, node: NodeId) -> String {
        match part {
            TextPart::Content => self.text_without_notes(node),
            TextPart::FirstLetter => {
                let text = self.text_without_notes(node);
                text.chars().find(|letter| letter.is_alphanumeric()).into_iter().collect()
            }
            TextPart::Before => self.pseudo_text(Pseudo::Before, node),
            TextPart::After => self.pseudo_text(Pseudo::After, node),
        }
    }

    fn pseudo_text(&mut self, pseudo: Pseudo, node: NodeId) -> String {
        let Some(style) = self.styled.pseudo_of(node, pseudo) else { return String::new() };
        let computed = self.styles.get(style).clone();
        let Content::Parts(parts) = &computed.content else { return String::new() };
        // What it counts is counted where its box is made.
        let counters = self.counters.clone();
        self.counters.apply(&computed);
        let text = self.content_text(parts, node);
        self.counters = counters;
        text
    }

    fn target_text(&mut self, target: &Arc<str>, part: TextPart, node: NodeId) -> String {
        let Some(id) = self.ids.get(&**target).copied() else {
            self.missing_target(node, target);
            return String::new();
        };
        match part {
            TextPart::Content | TextPart::FirstLetter => self.own_text(part, id),
            TextPart::Before | TextPart::After => {
                self.uses_references = true;
                let known = self.references.generated.get(target);
                let texts = known.map(|(before, after)| match part {
                    TextPart::Before => before.to_string(),
                    _ => after.to_string(),
                });
                texts.unwrap_or_default()
            }
        }
    }

    /// Keeps what a later pass may refer to: the counters at an id, and the texts that are
    /// generated for its element.
    pub(super) fn keep_for_references(&mut self, node: NodeId, anchor: &Arc<str>) {
        if self.found.counters.contains_key(anchor) {
            return;
        }
        self.found.counters.insert(Arc::clone(anchor), self.counters.snapshot());
        let generates = |pseudo| self.styled.pseudo_of(node, pseudo).is_some();
        if generates(Pseudo::Before) || generates(Pseudo::After) {
            let before = self.pseudo_text(Pseudo::Before, node);
            let after = self.pseudo_text(Pseudo::After, node);
            let texts = (Arc::from(before), Arc::from(after));
            self.found.generated.insert(Arc::clone(anchor), texts);
        }
    }

    fn target_counter(
        &mut self,
        target: &Arc<str>,
        counter: &str,
        style: &ListStyle,
        node: NodeId,
    ) -> String {
        self.uses_references = true;
        if !self.ids.contains_key(&**target) {
            self.missing_target(node, target);
            return String::new();
        }
        let value = match counter {
            "page" => self.references.pages.get(target).copied(),
            "pages" => Some(self.references.total),
            name => self.references.counters.get(target).and_then(|counters| {
                counters.iter().find(|(known, _)| &**known == name).map(|(_, value)| *value)
            }),
        };
        format_counter(value.unwrap_or(0), style)
    }

    fn missing_target(&mut self, node: NodeId, target: &str) {
        let href = self.document.element(node).and_then(|element| element.attribute("href"));
        if href.and_then(|href| href.trim().strip_prefix('#')) == Some(target) {
            // The link itself is reported.
            return;
        }
        let message = format!("nothing in the document has the id `{target}`");
        let mut diagnostic = Diagnostic::warning("layout/missing-target", message);
        if let Some(span) = self.document.span(node) {
            diagnostic = diagnostic.at(span, "refers to it");
        }
        self.diagnostics.push(diagnostic);
    }

    /// The boxes of `::before` or `::after`.
    pub(super) fn pseudo(
        &mut self,
        flow: &mut Flow,
        node: NodeId,
        pseudo: Pseudo,
        around: &Around,
    ) {
        let Some(style) = self.styled.pseudo_of(node, pseudo) else { return };
        let computed = self.styles.get(style).clone();
        if computed.display == Display::None {
            return;
        }
        let Content::Parts(parts) = &computed.content else { return };
        self.counters.apply(&computed);
        let label = self.own_label.take_if(|(item, _)| *item == node && pseudo == Pseudo::Before);
        let around = label.as_ref().map_or(around, |(_, label)| label);
        let out_of_flow = matches!(computed.position, Position::Absolute | Position::Fixed);
        if computed.display == Display::Inline && !out_of_flow && !flow.blockifies {
            flow.line.open(style, None);
            let around = self.paragraph_around(flow, around);
            self.content(flow, style, parts, node, &around);
            flow.line.close();
            return;
        }
        let floats = is_float(&computed) && !flow.blockifies;
        let around = &if floats { self.float_around(flow, around) } else { around.clone() };
        let mut inner = Flow::new(style, around.clone());
        self.content(&mut inner, style, parts, node, around);
        let content = self.finish_flow(inner, style, None, around, BoxExtra::default());
        if out_of_flow {
            self.out_of_flow(content);
        } else if floats {
            self.float(flow, content);
        } else if matches!(computed.display, Display::Inline | Display::InlineBlock)
            && !flow.blockifies
        {
            flow.line.atomic(content);
        } else {
            self.push_block(flow, content);
        }
    }

    /// A list item's marker as inline content, `None` when it has none. The text is `Lbl`.
    pub(super) fn marker(
        &mut self,
        node: NodeId,
        style: StyleId,
        around: &Around,
    ) -> Option<Marker> {
        let computed = self.styles.get(style).clone();
        let own = self.styled.pseudo_of(node, Pseudo::Marker);
        let marker_style = own.unwrap_or_else(|| self.styles.anonymous(style, Display::Inline));
        let marker_computed = self.styles.get(marker_style).clone();
        let mut line = InlineBuilder::default();
        let mark = around.mark();
        if let Content::Parts(parts) = &marker_computed.content {
            let text = self.content_text(parts, node);
            line.text(&text, marker_style, &marker_computed, mark);
        } else if let Some(url) = &computed.list_image {
            let replaced = self.pictures.load(url, self.document.span(node))?;
            let mark = self.picture_marker(&computed, around);
            let contents = Contents::Replaced(replaced);
            let style = self.styles.anonymous(style, Display::InlineBlock);
            line.atomic(LayoutBox { style, node: None, mark, contents, extra: None });
        } else {
            let text = marker_text(self.counters.value("list-item"), &computed.list_style);
            line.text(&text, marker_style, &marker_computed, mark);
        }
        let inline = line.finish().ok()?;
        let seen = !inline.text.trim().is_empty()
            || inline.items.iter().any(|item| matches!(item, InlineItem::Atomic(_)));
        seen.then_some(Marker { inline, style: marker_style })
    }
}

/// A marker's text: numbers are followed by a full stop (CSS Counter Styles 3 §6.1).
pub(super) fn marker_text(value: i32, style: &ListStyle) -> String {
    let text = format_counter(value, style);
    match style {
        ListStyle::None
        | ListStyle::Disc
        | ListStyle::Circle
        | ListStyle::Square
        | ListStyle::Text(_) => text,
        // The space is the distance to the item, which is there anyway.
        ListStyle::Custom(own) => format!("{}{text}{}", own.prefix, own.suffix.trim_end()),
        _ => format!("{text}."),
    }
}
