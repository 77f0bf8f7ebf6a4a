//! Inline content: white-space collapsing (CSS Text 3 §4.1) and `text-transform` (§2.1).

use std::sync::Arc;

use crate::layout::boxes::{Inline, InlineItem, LayoutBox, LinkRef};
use crate::layout::page::Mark;
use crate::locale::{capitalized, lowercase, uppercase};
use crate::style::{ComputedStyle, StyleId, TextTransform, WhiteSpace};

/// Collects one inline formatting context.
#[derive(Debug)]
pub struct InlineBuilder {
    inline: Inline,
    /// Whether a collapsible space that comes now disappears: at the start, after a forced break
    /// and after another such space.
    swallows_space: bool,
    /// Whether the text ends with a collapsible space.
    ends_in_space: bool,
    /// Inline elements that are open.
    open: Vec<(StyleId, Option<LinkRef>)>,
    has_content: bool,
}

impl Default for InlineBuilder {
    fn default() -> InlineBuilder {
        InlineBuilder {
            inline: Inline::default(),
            swallows_space: true,
            ends_in_space: false,
            open: Vec::new(),
            has_content: false,
        }
    }
}

impl InlineBuilder {
    /// Adds text of an element of style `style`.
    pub fn text(&mut self, text: &str, style: StyleId, computed: &ComputedStyle, mark: Mark) {
        match computed.white_space {
            WhiteSpace::Normal | WhiteSpace::Nowrap => {
                let collapsed = self.collapse(text);
                if self.inline.text.is_empty() && computed.text_transform == TextTransform::None {
                    return self.first(collapsed, style, mark);
                }
                self.transformed(&collapsed, style, computed, mark);
            }
            WhiteSpace::PreLine => {
                for (index, line) in text.split('\n').enumerate() {
                    if index > 0 {
                        self.line_break();
                    }
                    let collapsed = self.collapse(line);
                    self.transformed(&collapsed, style, computed, mark);
                }
            }
            WhiteSpace::Pre | WhiteSpace::PreWrap | WhiteSpace::BreakSpaces => {
                self.preserved(text, style, computed, mark);
            }
        }
    }

    /// Adds text that is read as something else.
    pub fn read_as(
        &mut self,
        text: &str,
        read: Arc<str>,
        style: StyleId,
        computed: &ComputedStyle,
        mark: Mark,
    ) {
        let shown = transform(text, computed, false);
        if !shown.is_empty() {
            self.has_content = true;
            self.swallows_space = false;
            self.ends_in_space = false;
            self.push(&shown, style, mark, Some(read));
        }
    }

    fn preserved(&mut self, text: &str, style: StyleId, computed: &ComputedStyle, mark: Mark) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.inline.items.push(InlineItem::Break);
                self.has_content = true;
            }
            let line = line.strip_suffix('\r').unwrap_or(line);
            if !line.is_empty() {
                self.transformed(line, style, computed, mark);
                self.swallows_space = false;
                self.ends_in_space = false;
            }
        }
    }

    fn collapse(&mut self, text: &str) -> String {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xc);
        let single = |pair: &[u8]| !is_space(&pair[0]) || !is_space(&pair[1]);
        let bytes = text.as_bytes();
        // Text as it mostly is, with nothing to collapse.
        if bytes.iter().all(|byte| !is_space(byte) || *byte == b' ')
            && bytes.first().is_some_and(|first| !is_space(first) || !self.swallows_space)
            && bytes.windows(2).all(single)
        {
            let ends_in_space = text.ends_with(' ');
            (self.swallows_space, self.ends_in_space) = (ends_in_space, ends_in_space);
            return text.to_owned();
        }
        let mut collapsed = String::with_capacity(text.len());
        for letter in text.chars() {
            if matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !self.swallows_space {
                    collapsed.push(' ');
                    self.swallows_space = true;
                    self.ends_in_space = true;
                }
            } else {
                collapsed.push(letter);
                self.swallows_space = false;
                self.ends_in_space = false;
            }
        }
        collapsed
    }

    /// The first text of the context, which most often is all of it.
    fn first(&mut self, text: String, style: StyleId, mark: Mark) {
        if text.is_empty() {
            return;
        }
        self.has_content = true;
        let range = 0..offset(text.len());
        self.inline.text = text;
        self.inline.items.reserve_exact(1);
        self.inline.items.push(InlineItem::Text { range, style, mark, actual_text: None });
    }

    /// Adds text as it is but for `text-transform`; what the transform changed is kept word by
    /// word as the text to be read.
    fn transformed(&mut self, text: &str, style: StyleId, computed: &ComputedStyle, mark: Mark) {
        if text.is_empty() {
            return;
        }
        self.has_content = true;
        if computed.text_transform == TextTransform::None {
            self.push(text, style, mark, None);
            return;
        }
        let mut after_letter = self.inline.text.chars().last().is_some_and(char::is_alphanumeric);
        for word in text.split_inclusive(' ') {
            let (letters, space) = match word.strip_suffix(' ') {
                Some(letters) => (letters, " "),
                None => (word, ""),
            };
            let changed = transform(letters, computed, after_letter);
            let actual = (changed != letters).then(|| Arc::from(letters));
            if !changed.is_empty() {
                self.push(&changed, style, mark, actual);
            }
            if !space.is_empty() {
                self.push(space, style, mark, None);
            }
            after_letter = space.is_empty() && letters.ends_with(char::is_alphanumeric);
        }
    }

    fn push(&mut self, text: &str, style: StyleId, mark: Mark, actual: Option<Arc<str>>) {
        let start = offset(self.inline.text.len());
        self.inline.text.push_str(text);
        let end = offset(self.inline.text.len());
        if actual.is_none()
            && let Some(InlineItem::Text { range, style: last, mark: same, actual_text: None }) =
                self.inline.items.last_mut()
            && *last == style
            && *same == mark
        {
            range.end = end;
            return;
        }
        let item = InlineItem::Text { range: start..end, style, mark, actual_text: actual };
        self.inline.items.push(item);
    }

    /// An inline element starts.
    pub fn open(&mut self, style: StyleId, link: Option<LinkRef>) {
        self.inline.items.push(InlineItem::Open { style, link: link.clone() });
        self.open.push((style, link));
    }

    /// The innermost inline element ends.
    pub fn close(&mut self) {
        if self.open.pop().is_some() {
            self.inline.items.push(InlineItem::Close);
        }
    }

    /// A forced line break; spaces around it disappear.
    pub fn line_break(&mut self) {
        self.trim_end();
        self.inline.items.push(InlineItem::Break);
        self.swallows_space = true;
        self.has_content = true;
    }

    /// A box on the line.
    pub fn atomic(&mut self, content: LayoutBox) {
        self.inline.items.push(InlineItem::Atomic(Box::new(content)));
        self.swallows_space = false;
        self.ends_in_space = false;
        self.has_content = true;
    }

    /// A floating box, met in the midst of the text: it takes no room on the line, and the spaces
    /// around it collapse as if it were not there.
    pub fn float(&mut self, content: LayoutBox) {
        self.inline.items.push(InlineItem::Float(Box::new(content)));
        self.has_content = true;
    }

    /// The link of the innermost open element that is one.
    pub fn link(&self) -> Option<&LinkRef> {
        self.open.iter().rev().find_map(|(_, link)| link.as_ref())
    }

    /// A leader that fills the line.
    pub fn leader(&mut self, pattern: Arc<str>, style: StyleId) {
        self.inline.items.push(InlineItem::Leader { pattern, style });
        self.swallows_space = false;
        self.ends_in_space = false;
        self.has_content = true;
    }

    /// A named place.
    pub fn anchor(&mut self, name: Arc<str>) {
        self.inline.items.push(InlineItem::Anchor(name));
    }

    /// Whether there is anything to be seen so far.
    pub fn has_content(&self) -> bool {
        self.has_content
    }

    /// Ends the context; inline elements that are open go on in the next one. `Err` brings the
    /// anchors of a context with nothing to be seen in it.
    pub fn finish(&mut self) -> Result<Inline, Vec<Arc<str>>> {
        self.trim_end();
        let mut done = std::mem::take(self);
        self.open = std::mem::take(&mut done.open);
        for (style, link) in &self.open {
            done.inline.items.push(InlineItem::Close);
            let link = link.clone();
            self.inline.items.push(InlineItem::Open { style: *style, link });
        }
        if done.has_content {
            done.inline.text.shrink_to_fit();
            done.inline.items.shrink_to_fit();
            return Ok(done.inline);
        }
        let anchors = done.inline.items.into_iter().filter_map(|item| match item {
            InlineItem::Anchor(name) => Some(name),
            _ => None,
        });
        Err(anchors.collect())
    }

    fn trim_end(&mut self) {
        if !self.ends_in_space {
            return;
        }
        self.ends_in_space = false;
        self.inline.text.pop();
        let texts =
            self.inline.items.iter().rposition(|item| matches!(item, InlineItem::Text { .. }));
        let Some(index) = texts else { return };
        if let Some(InlineItem::Text { range, .. }) = self.inline.items.get_mut(index) {
            range.end -= 1;
            if range.start == range.end {
                self.inline.items.remove(index);
            }
        }
    }
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn transform(text: &str, style: &ComputedStyle, after_letter: bool) -> String {
    let language = &style.language;
    match style.text_transform {
        TextTransform::None => text.to_owned(),
        TextTransform::Uppercase => uppercase(text, language),
        TextTransform::Lowercase => lowercase(text, language),
        TextTransform::Capitalize => {
            let mut changed = String::with_capacity(text.len());
            let mut in_word = after_letter;
            let mut rest = text;
            while let Some(letter) = rest.chars().next() {
                let starts = letter.is_alphanumeric() && !in_word;
                in_word = letter.is_alphanumeric() || (in_word && matches!(letter, '\'' | '’'));
                // A first letter takes the rest of its word along: Dutch has IJ for ij.
                let end = match starts {
                    true => rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
                    false => letter.len_utf8(),
                };
                let (part, others) = rest.split_at(end);
                match starts {
                    true => changed.push_str(&capitalized(part, language)),
                    false => changed.push_str(part),
                }
                rest = others;
            }
            changed
        }
    }
}
