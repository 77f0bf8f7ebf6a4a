//! Analysed text → atoms: cut at spaces, break opportunities, changes of level, script and face,
//! and shape each word.

use std::ops::Range;
use std::sync::Arc;

use unicode_script::{Script, UnicodeScript};

use crate::fonts::Choice;
use crate::layout::boxes::{Inline, InlineItem};
use crate::style::{ComputedStyle, WhiteSpace};

use super::TextContext;
use super::atom::{Atom, AtomKind, EndOfLine, InlineBox, Letters, Object, Parts, ROOT, Span};
use super::bidi::Levels;
use super::breaks::Breaks;
use super::faces::LATIN;
use super::itemize::Analysed;

/// Longer words are cut for shaping, so that breaking one anywhere stays cheap.
const LONGEST_WORD: usize = 192;

/// The atoms of a paragraph and what they refer to.
pub(super) struct Atoms<'a> {
    pub atoms: Vec<Atom>,
    pub parts: Parts<'a>,
}

/// Cuts and shapes the text of an inline formatting context.
pub(super) fn atomize<'a>(
    inline: &'a Inline,
    analysed: &Analysed<'a>,
    levels: &Levels,
    breaks: &Breaks,
    context: &TextContext<'a>,
) -> Atoms<'a> {
    let parts =
        Parts { spans: Vec::new(), boxes: Vec::new(), objects: Vec::new(), floats: Vec::new() };
    let text: &str = &analysed.text;
    let mut work = Work {
        context,
        analysed,
        text,
        levels,
        breaks,
        next_break: 0,
        owner: ROOT,
        // A word and a space take about seven bytes in most languages.
        atoms: Vec::with_capacity(text.len() / 3 + inline.items.len()),
        parts,
    };
    for (index, (item, range)) in inline.items.iter().zip(&analysed.ranges).enumerate() {
        work.item(item, u32::try_from(index).unwrap_or(u32::MAX), range.clone());
    }
    Atoms { atoms: work.atoms, parts: work.parts }
}

struct Work<'w, 'a> {
    context: &'w TextContext<'a>,
    analysed: &'w Analysed<'a>,
    text: &'w str,
    levels: &'w Levels,
    breaks: &'w Breaks,
    /// The first of [`Breaks::At`] that is not yet passed.
    next_break: usize,
    owner: u32,
    atoms: Vec<Atom>,
    parts: Parts<'a>,
}

/// What a character does to the cutting of words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Letter,
    Space,
    Tab,
    Newline,
    Nothing,
}

impl<'a> Work<'_, 'a> {
    fn item(&mut self, item: &'a InlineItem, index: u32, range: Range<u32>) {
        match item {
            InlineItem::Text { style, mark, actual_text, .. } => {
                let typeface =
                    self.context.faces.typeface(*style, self.context.styled, self.context.fonts);
                let span = Span {
                    style_id: *style,
                    style: self.context.styled.style(*style),
                    typeface,
                    mark: *mark,
                    actual_text: actual_text.clone(),
                    start: range.start,
                    end: range.end,
                };
                self.spans(span, range);
            }
            InlineItem::Open { style, link, .. } => {
                let typeface =
                    self.context.faces.typeface(*style, self.context.styled, self.context.fonts);
                let id = count(&self.parts.boxes);
                self.parts.boxes.push(InlineBox {
                    style_id: *style,
                    style: self.context.styled.style(*style),
                    typeface,
                    link: link.as_ref(),
                    parent: self.owner,
                });
                self.owner = id;
                self.push(AtomKind::Open(id), 0.0, range);
            }
            InlineItem::Close => {
                if let Some(open) = self.parts.boxes.get(self.owner as usize) {
                    let parent = open.parent;
                    self.push(AtomKind::Close(self.owner), 0.0, range);
                    self.owner = parent;
                }
            }
            InlineItem::Break => self.push(AtomKind::Newline, 0.0, range),
            InlineItem::Atomic(content) => {
                let style = self.context.styled.style(content.style);
                let id = count(&self.parts.objects);
                self.parts.objects.push(Object { content, style });
                self.push(AtomKind::Object(id), 0.0, range);
            }
            InlineItem::Leader { .. } => self.push(AtomKind::Leader(index), 0.0, range),
            InlineItem::Anchor(_) => self.push(AtomKind::Anchor(index), 0.0, range),
            InlineItem::Float(content) => {
                let id = count(&self.parts.floats);
                self.parts.floats.push(content);
                self.push(AtomKind::Float(id), 0.0, range);
            }
        }
    }

    /// Adds a stretch of text as one span, or as several where small capitals are made of others.
    fn spans(&mut self, span: Span<'a>, range: Range<u32>) {
        let small = &self.analysed.small;
        let from = small.partition_point(|part| part.range.start < range.start);
        let to = small.partition_point(|part| part.range.start < range.end);
        let parts = small.get(from..to).unwrap_or_default();
        if parts.is_empty() {
            self.parts.spans.push(span);
            self.text(range);
            return;
        }
        // What is read instead of the whole stretch is read once, at its start.
        let mut whole = span.actual_text.clone();
        let replaced = whole.is_some();
        let mut at = range.start;
        let ends = parts.iter().map(|part| (part.range.clone(), Some(Arc::clone(&part.read))));
        for (own, read) in ends.chain([(range.end..range.end, None)]) {
            for (part, shrinks) in [(at..own.start, false), (own.clone(), true)] {
                if part.is_empty() {
                    continue;
                }
                let typeface = match &span.typeface.small {
                    Some(small) if shrinks => Arc::clone(small),
                    _ => Arc::clone(&span.typeface),
                };
                let actual_text = match replaced {
                    true => Some(whole.take().unwrap_or_default()),
                    false => read.clone().filter(|_| shrinks),
                };
                let (start, end) = (part.start, part.end);
                self.parts.spans.push(Span { typeface, actual_text, start, end, ..span });
                self.text(part);
            }
            at = own.end;
        }
    }

    /// Cuts one stretch of text.
    fn text(&mut self, range: Range<u32>) {
        let span = count(&self.parts.spans) - 1;
        let Some(style) = self.parts.spans.last().map(|span| span.style) else { return };
        let whole = self.text;
        let part = whole.get(range.start as usize..range.end as usize).unwrap_or_default();
        let mut word_start = range.start;
        let mut script: Option<Script> = None;
        let mut level = self.levels.at(range.start);
        for (at, character) in part.char_indices() {
            let at = range.start + at as u32;
            let end = at + character.len_utf8() as u32;
            let role = role(character, style);
            let own = if character.is_ascii() { None } else { own_script(character) };
            let cut = role != Role::Letter
                || self.is_break(at)
                || (!self.levels.all_ltr() && self.levels.at(at) != level)
                || own.is_some_and(|own| script.is_some_and(|script| script != own))
                || (own.is_none() && character.is_ascii_alphabetic() && other_than_latin(script))
                || ((at - word_start) as usize > LONGEST_WORD && !is_mark(character));
            if cut {
                self.word(word_start..at, span, script, level);
                (word_start, script, level) = (at, None, self.levels.at(at));
            }
            match role {
                Role::Letter => {
                    let latin = character.is_ascii_alphabetic().then_some(Script::Latin);
                    script = script.or(own).or(latin);
                    continue;
                }
                Role::Space => self.space(at..end, span, character),
                Role::Tab => self.push(AtomKind::Tab(span), 0.0, at..end),
                Role::Newline => self.push(AtomKind::Newline, 0.0, at..end),
                Role::Nothing => self.push(AtomKind::Nothing, 0.0, at..end),
            }
            (word_start, script, level) = (end, None, self.levels.at(end));
        }
        self.word(word_start..range.end, span, script, level);
    }

    /// Whether a line may end before the character at `at`; asked with growing places.
    fn is_break(&mut self, at: u32) -> bool {
        let Breaks::At(places) = self.breaks else { return false };
        while places.get(self.next_break).is_some_and(|place| *place < at) {
            self.next_break += 1;
        }
        places.get(self.next_break) == Some(&at)
    }

    fn space(&mut self, range: Range<u32>, span: u32, character: char) {
        let Some(run) = self.parts.spans.get(span as usize) else { return };
        let first = run.typeface.first();
        let word = if character == '\u{A0}' {
            let shaping = run.typeface.shaping(LATIN, false, self.context.fonts);
            self.context.fonts.shape_word(first.face, "\u{A0}", shaping)
        } else {
            std::sync::Arc::clone(&run.typeface.space)
        };
        let width = Letters::width(&word, run, true);
        let letters = Letters { word, choice: first, span };
        self.push(AtomKind::Space(letters), width, range);
    }

    /// Shapes a word and adds it, in several parts where faces change.
    fn word(&mut self, range: Range<u32>, span: u32, script: Option<Script>, level: u8) {
        if range.is_empty() {
            return;
        }
        let (whole, context) = (self.text, self.context);
        let Some(text) = whole.get(range.start as usize..range.end as usize) else { return };
        let Some(run) = self.parts.spans.get(span as usize) else { return };
        let script = script.map_or(LATIN, |script| script.as_iso15924_tag().to_be_bytes());
        let shaping = run.typeface.shaping(script, level % 2 == 1, context.fonts);
        let first = run.typeface.first();
        let word = context.fonts.shape_word(first.face, text, shaping);
        if !word.missing && !run.typeface.partial {
            let width = Letters::width(&word, run, false);
            self.push(AtomKind::Word(Letters { word, choice: first, span }), width, range);
            return;
        }
        for (part, choice) in
            super::fallback::split(text, &run.typeface, whole, range.start, context)
        {
            let Some(run) = self.parts.spans.get(span as usize) else { return };
            let Some(letters) = text.get(part.clone()) else { continue };
            let word = context.fonts.shape_word(choice.face, letters, shaping);
            let width = Letters::width(&word, run, false);
            let range = range.start + part.start as u32..range.start + part.end as u32;
            self.push(AtomKind::Word(Letters { word, choice, span }), width, range);
        }
    }

    fn push(&mut self, kind: AtomKind, width: f32, range: Range<u32>) {
        let end_of_line = self.end_of_line(&kind, range.end);
        self.atoms.push(Atom {
            width,
            start: range.start,
            end: range.end,
            owner: self.owner,
            // An element's end belongs to what stands before it.
            level: match kind {
                AtomKind::Close(_) => self.levels.at(range.start.saturating_sub(1)),
                // What a leader parts (a title, a page number) keeps its place in the line, as with
                // a tab (UAX 9 L1).
                AtomKind::Leader(_) => self.levels.base,
                _ => self.levels.at(range.start),
            },
            kind,
            end_of_line,
        });
    }

    fn end_of_line(&mut self, kind: &AtomKind, end: u32) -> EndOfLine {
        if matches!(kind, AtomKind::Newline) {
            return EndOfLine::Must;
        }
        let may = match self.breaks {
            Breaks::AfterSpaces => {
                matches!(kind, AtomKind::Space(_))
                    && self.text.as_bytes().get(end as usize).is_some_and(|next| *next != b' ')
            }
            Breaks::At(_) => self.is_break(end),
        };
        // Each kept space lets the line end after it (CSS Text 3 §3).
        let at_spaces = |style: &ComputedStyle| style.white_space == WhiteSpace::BreakSpaces;
        let forbidden = |style: &ComputedStyle| {
            matches!(style.white_space, WhiteSpace::Nowrap | WhiteSpace::Pre)
        };
        // The element that holds both neighbours decides; the text before the place is nearly it.
        let style = match kind {
            AtomKind::Word(letters) | AtomKind::Space(letters) => {
                self.parts.spans.get(letters.span as usize).map(|span| span.style)
            }
            _ => self.parts.boxes.get(self.owner as usize).map(|owner| owner.style),
        };
        let may = may || matches!(kind, AtomKind::Space(_)) && style.is_some_and(at_spaces);
        if may && !style.is_some_and(forbidden) { EndOfLine::May } else { EndOfLine::No }
    }
}

fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn role(character: char, style: &ComputedStyle) -> Role {
    let keeps = matches!(
        style.white_space,
        WhiteSpace::Pre | WhiteSpace::PreWrap | WhiteSpace::BreakSpaces
    );
    match character {
        ' ' | '\u{A0}' => Role::Space,
        '\t' if keeps => Role::Tab,
        '\n' if keeps || style.white_space == WhiteSpace::PreLine => Role::Newline,
        '\u{2028}' | '\u{2029}' => Role::Newline,
        '\t' | '\n' | '\r' | '\u{C}' => Role::Space,
        '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => Role::Nothing,
        _ => Role::Letter,
    }
}

fn own_script(character: char) -> Option<Script> {
    Some(character.script())
        .filter(|script| !matches!(script, Script::Common | Script::Inherited | Script::Unknown))
}

fn other_than_latin(script: Option<Script>) -> bool {
    script.is_some_and(|script| script != Script::Latin)
}

fn is_mark(character: char) -> bool {
    character.script() == Script::Inherited
}

/// A stretch of a word and the face that shows it.
pub(super) type FacePart = (Range<usize>, Choice);
