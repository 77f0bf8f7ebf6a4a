//! A paper as lines of text, as a screen reader says them.

use crate::verify::role::Role;

use super::walk::{Step, Walk};
use super::{Element, Kid, Paper, Target, Words};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Text with what it is: levels, labels, headers, targets, languages.
    Spoken,
    /// Text alone.
    Plain,
}

/// What is said between blocks that stand in a cell or a note.
const BETWEEN: &str = " / ";

/// All that a reader says of a tagged paper, a block a line; the text in painting order of one that
/// is not tagged.
pub fn speak(paper: &Paper, manner: Manner) -> String {
    let mut speaker = Speaker {
        paper,
        is_plain: manner == Manner::Plain,
        out: String::new(),
        line: String::new(),
        is_fresh: true,
        indent: 0,
        items: Vec::new(),
        languages: vec![(paper.language.as_deref().unwrap_or_default(), false)],
        inside: 0,
        rows: Vec::new(),
        cells: Vec::new(),
        texts: vec![None; paper.elements.len()],
    };
    if !paper.is_tagged {
        return speaker.untagged();
    }
    let mut walk = Walk::new(paper);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(index) => {
                if !speaker.enter(index) {
                    walk.pass_over();
                }
            }
            Step::Words(words) => words.iter().for_each(|words| speaker.words(words)),
            Step::Leave(index) => speaker.leave(index),
        }
    }
    speaker.end_line();
    speaker.out
}

struct Speaker<'p> {
    paper: &'p Paper,
    is_plain: bool,
    out: String,
    line: String,
    /// Whether the line has nothing yet but what introduces it.
    is_fresh: bool,
    indent: usize,
    /// The open list items, and whether the first line of each is written: what follows hangs.
    items: Vec<bool>,
    /// The language of each open element, and whether brackets say so.
    languages: Vec<(&'p str, bool)>,
    /// How many elements are open that are said inside a line, blocks and all.
    inside: usize,
    /// The cells of each open row.
    rows: Vec<Vec<(usize, String)>>,
    /// The line around each open cell, and how many elements were said inside it.
    cells: Vec<(String, usize)>,
    /// What header cells say.
    texts: Vec<Option<Box<str>>>,
}

impl<'p> Speaker<'p> {
    fn untagged(mut self) -> String {
        for text in &self.paper.loose {
            for line in text.lines() {
                self.say(line);
                self.end_line();
            }
        }
        self.out
    }

    /// Adds text to the line: white space is one space, and what nobody sees is left out.
    fn say(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\0' => {}
                letter if letter.is_whitespace() && letter != '\u{a0}' => {
                    if !self.is_fresh && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                letter if letter.is_control() => {}
                letter => {
                    self.line.push(letter);
                    self.is_fresh = false;
                }
            }
        }
    }

    /// Says what something is.
    fn remark(&mut self, text: &str) {
        if !self.is_plain {
            self.line.push_str(text);
        }
    }

    /// Starts a block: a line of its own, or a part of the line where blocks stand inside one.
    fn end_line(&mut self) {
        if self.is_fresh && !self.line.trim().is_empty() {
            return;
        }
        if self.inside > 0 || !self.cells.is_empty() {
            let is_empty = self.line.trim().is_empty();
            let open = self.line.ends_with(BETWEEN) || self.line.ends_with(": ");
            if !is_empty && !open {
                let length = self.line.trim_end().len();
                self.line.truncate(length);
                self.line.push_str(BETWEEN);
            }
            return;
        }
        self.write_line();
    }

    fn write_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = line.trim_end();
        if !text.is_empty() {
            let hanging = self.items.iter().filter(|hangs| **hangs && !self.is_plain).count();
            self.out.extend(std::iter::repeat_n("  ", self.indent + hanging));
            if let Some(hangs) = self.items.last_mut() {
                *hangs = true;
            }
            self.out.push_str(text);
            self.out.push('\n');
        }
        self.is_fresh = true;
    }

    /// A line that is a remark only: what begins here.
    fn announce(&mut self, text: &str) {
        self.end_line();
        if self.is_plain {
            return;
        }
        self.line.push_str(text);
        self.is_fresh = false;
        self.end_line();
    }

    /// Begins an element; `false` when nothing in it is said.
    fn enter(&mut self, index: usize) -> bool {
        let Some(element) = self.paper.elements.get(index) else { return false };
        self.introduce(element);
        let around = self.language();
        let language = element.language.as_deref().unwrap_or(around);
        let changes = !language.eq_ignore_ascii_case(around);
        let on_line = is_span(element.role);
        match (changes, on_line) {
            (true, true) => self.open(&format!("[{language}: ")),
            (true, false) => self.remark(&format!("[{language}] ")),
            _ => {}
        }
        self.languages.push((language, changes && on_line));
        if let Some(actual) = &element.actual {
            self.say(actual);
            return false;
        }
        match (&element.alternative, self.is_plain) {
            (Some(alternative), false) => {
                self.say(alternative);
                false
            }
            (Some(_), true) => false,
            (None, _) => true,
        }
    }

    fn language(&self) -> &'p str {
        self.languages.last().map_or("", |(language, _)| language)
    }

    fn introduce(&mut self, element: &Element) {
        match element.role {
            Role::Document
            | Role::Part
            | Role::Art
            | Role::Sect
            | Role::Div
            | Role::Index
            | Role::P
            | Role::BibEntry => {
                self.end_line();
                if let Some(title) = &element.title {
                    self.announce(&format!("section: {title}"));
                }
            }
            Role::BlockQuote => self.begin("quotation:"),
            Role::Toc => self.begin("contents:"),
            Role::Caption => self.block("caption: "),
            Role::Heading => self.block("heading: "),
            Role::Level(level) => self.block(&format!("heading {level}: ")),
            Role::L => {
                let text = list(self.paper, element);
                self.begin(&text);
            }
            Role::Li | Role::Toci => {
                self.end_line();
                self.items.push(false);
            }
            Role::LBody => {}
            Role::Table => {
                let text = table(element);
                self.begin(&text);
            }
            Role::Tr => {
                self.end_line();
                self.rows.push(Vec::new());
            }
            Role::Th | Role::Td => {
                self.cells.push((std::mem::take(&mut self.line), self.inside));
                self.inside = 0;
                self.is_fresh = true;
            }
            Role::Figure | Role::Formula | Role::Form if self.is_alone(element) => {
                self.block(picture(element));
            }
            Role::Figure | Role::Formula | Role::Form => {
                let text = format!("[{}", picture(element));
                self.open(&text);
            }
            Role::Note if self.is_alone(element) => self.block("note: "),
            Role::Note => {
                self.open("[note: ");
                if self.is_plain {
                    self.line.push_str(" (");
                }
            }
            Role::Link | Role::Annot => {
                let text = match &element.target {
                    Some(Target::Address(address)) => format!("[link to {address}: "),
                    Some(Target::Page(page)) => format!("[link to page {}: ", page + 1),
                    None => "[link: ".to_owned(),
                };
                self.open(&text);
            }
            Role::Code => self.open("[code: "),
            _ => {}
        }
    }

    /// Whether an element stands among blocks and not on a line.
    fn is_alone(&self, element: &Element) -> bool {
        let parent = element.parent.and_then(|parent| self.paper.elements.get(parent));
        parent.is_none_or(|parent| {
            matches!(
                parent.role,
                Role::Document
                    | Role::Part
                    | Role::Art
                    | Role::Sect
                    | Role::Div
                    | Role::NonStruct
                    | Role::BlockQuote
            )
        })
    }

    /// A block whose lines stand below a line that says what it is.
    fn begin(&mut self, text: &str) {
        self.announce(text);
        self.indent += usize::from(!self.is_plain);
    }

    fn block(&mut self, text: &str) {
        self.end_line();
        self.remark(text);
    }

    /// Something said inside the line, with its blocks.
    fn open(&mut self, text: &str) {
        self.inside += 1;
        if !self.is_plain && self.line.ends_with(char::is_alphanumeric) {
            self.line.push(' ');
        }
        self.remark(text);
    }

    fn close(&mut self) {
        self.inside = self.inside.saturating_sub(1);
        if self.is_plain {
            return;
        }
        let text = self.line.strip_suffix(BETWEEN).unwrap_or(&self.line);
        let spaced = text.ends_with(' ');
        let length = text.trim_end().len();
        self.line.truncate(length);
        self.line.push_str(if spaced { "] " } else { "]" });
        self.is_fresh = false;
    }

    fn words(&mut self, words: &Words) {
        let around = self.language();
        let language = words.language.as_deref().filter(|own| !own.eq_ignore_ascii_case(around));
        match language.filter(|_| !self.is_plain) {
            Some(language) => self.say(&format!("[{language}: {}]", words.text)),
            None => self.say(&words.text),
        }
        self.stands_for(words.expansion.as_deref());
    }

    fn stands_for(&mut self, expansion: Option<&str>) {
        if let Some(expansion) = expansion.filter(|_| !self.is_plain) {
            self.say(&format!(" (stands for {expansion})"));
        }
    }

    fn leave(&mut self, index: usize) {
        let Some(element) = self.paper.elements.get(index) else { return };
        let is_bracketed = self.languages.pop().is_some_and(|(_, bracketed)| bracketed);
        if is_span(element.role) {
            self.stands_for(element.expansion.as_deref());
            if is_bracketed {
                self.close();
            }
            return;
        }
        match element.role {
            Role::BlockQuote | Role::Toc | Role::L | Role::Table => {
                self.end_line();
                self.indent = self.indent.saturating_sub(1);
            }
            Role::Lbl => self.end_label(),
            Role::Li | Role::Toci => {
                self.is_fresh &= self.line.trim().is_empty();
                self.end_line();
                self.items.pop();
            }
            Role::Th | Role::Td => self.end_cell(index, element),
            Role::Tr => self.end_row(index),
            Role::Figure | Role::Formula | Role::Form | Role::Note if self.is_alone(element) => {
                self.is_fresh = false;
                self.end_line();
            }
            Role::Note if self.is_plain => {
                self.close();
                let length = self.line.trim_end().len();
                self.line.truncate(length);
                self.line.push(')');
            }
            Role::Figure
            | Role::Formula
            | Role::Form
            | Role::Note
            | Role::Link
            | Role::Annot
            | Role::Code => self.close(),
            Role::LBody => {}
            _ => {
                // An empty block says nothing, but what introduces it was said.
                self.is_fresh &= self.line.trim().is_empty();
                self.end_line();
            }
        }
    }

    /// What follows a label is said after it; after a term, with a colon.
    fn end_label(&mut self) {
        let length = self.line.trim_end().len();
        self.line.truncate(length);
        let is_term = self.line.chars().rev().take(3).filter(|c| c.is_alphabetic()).count() == 3;
        if is_term {
            self.remark(":");
        }
        self.line.push(' ');
        self.is_fresh = true;
    }

    fn end_cell(&mut self, index: usize, element: &Element) {
        let Some((around, inside)) = self.cells.pop() else { return };
        let text = std::mem::replace(&mut self.line, around);
        self.inside = inside;
        self.is_fresh = self.line.trim().is_empty();
        let text = text.strip_suffix(BETWEEN).unwrap_or(&text).trim();
        if element.role == Role::Th
            && let Some(known) = self.texts.get_mut(index)
        {
            *known = Some(text.into());
        }
        if let Some(row) = self.rows.last_mut() {
            row.push((index, text.to_owned()));
        }
    }

    /// Says a row: each cell with its headers, as far as they are not said in the row already.
    fn end_row(&mut self, index: usize) {
        let Some(row) = self.rows.pop() else { return };
        if self.is_plain {
            let cells: Vec<&str> = row.iter().map(|(_, text)| text.as_str()).collect();
            self.line.push_str(&cells.join("\t"));
        } else {
            let number = self.number(index);
            self.line.push_str(&format!("row {number}: "));
            let mut said: &[usize] = &[];
            let own: Vec<usize> = row.iter().map(|(cell, _)| *cell).collect();
            for (at, (cell, text)) in row.iter().enumerate() {
                let Some(element) = self.paper.elements.get(*cell) else { continue };
                let headers = &element.attributes.headers;
                let fresh =
                    headers.iter().filter(|head| !own.contains(head) && !said.contains(head));
                let names: Vec<&str> =
                    fresh.filter_map(|head| self.texts.get(*head)?.as_deref()).collect();
                said = headers;
                if at > 0 {
                    self.line.push_str(" | ");
                }
                if !names.is_empty() {
                    self.line.push_str(&format!("({}) ", names.join(", ")));
                }
                let shown = if text.is_empty() { "empty" } else { text };
                let kind = if element.role == Role::Th { "head " } else { "" };
                self.line.push_str(&format!("{kind}{shown}"));
            }
        }
        self.is_fresh = false;
        self.end_line();
    }

    /// The number of a row in its table, from 1.
    fn number(&self, row: usize) -> usize {
        self.paper.elements.get(row).map_or(0, |row| row.attributes.rows as usize)
    }
}

/// Whether an element is part of a line and says nothing by itself.
fn is_span(role: Role) -> bool {
    use Role::{
        NonStruct, Private, Quote, Rb, Reference, Rp, Rt, Ruby, Span, Unknown, Warichu, Wp, Wt,
    };
    matches!(role, Span | Quote | Reference | NonStruct | Private | Unknown)
        || matches!(role, Ruby | Rb | Rt | Rp | Warichu | Wt | Wp)
}

/// What a list is: how many items, how they are numbered.
fn list(paper: &Paper, element: &Element) -> String {
    let is_item = |kid: &&Kid| match kid {
        Kid::Element(child) => paper.elements.get(*child).is_some_and(|e| e.role == Role::Li),
        Kid::Words(_) => false,
    };
    match element.kids.iter().filter(is_item).count() {
        1 => "list, 1 item:".to_owned(),
        items => format!("list, {items} items:"),
    }
}

fn table(element: &Element) -> String {
    let counted = |count: u32, one: &str| match count {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let (rows, columns) = (element.attributes.rows, element.attributes.columns);
    let size = format!("table, {}, {}", counted(rows, "row"), counted(columns, "column"));
    match &element.attributes.summary {
        Some(summary) => format!("{size}: {summary}"),
        None => format!("{size}:"),
    }
}

fn picture(element: &Element) -> &'static str {
    match (element.role, &element.alternative, &element.actual) {
        (Role::Formula, ..) => "formula: ",
        (Role::Form, ..) => "form field: ",
        (_, None, None) => "figure without an alternative: ",
        _ => "figure: ",
    }
}
