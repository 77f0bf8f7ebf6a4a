//! The numbers of pages: as margin boxes print them, and as a reader shows them (CSS Paged Media 3
//! §6.1).

use crate::style::{ComputedStyle, Content, ContentPart, ListStyle, PageStyle};

use super::page::PageLabel;

/// The page counter as it goes from page to page.
#[derive(Debug, Default)]
pub struct PageNumbers {
    /// The page counter of each page.
    pub numbers: Vec<i32>,
    /// The run of numbers that each page belongs to: a restart begins a new one.
    runs: Vec<usize>,
    current: i32,
    run: usize,
}

impl PageNumbers {
    /// A page begins: its style counts it.
    pub fn begin(&mut self, page: &PageStyle) {
        let changes = page.style.as_deref().map(Changes::of).unwrap_or_default();
        if let Some(value) = changes.reset {
            self.restart(value);
        }
        self.current = self.current.saturating_add(changes.increment.unwrap_or(1));
        if let Some(value) = changes.set {
            self.restart(value);
        }
    }

    /// An element on the page counts anew.
    pub fn restart(&mut self, value: i32) {
        self.current = value;
        self.run += 1;
    }

    /// The page's number so far.
    pub fn current(&self) -> i32 {
        self.current
    }

    /// The page ends.
    pub fn end(&mut self) {
        self.numbers.push(self.current);
        self.runs.push(self.run);
    }

    /// How many pages each page's run of numbers has.
    pub fn run_lengths(&self) -> Vec<i32> {
        // Pages of a run follow each other.
        let runs = self.runs.chunk_by(|one, next| one == next);
        let lengths = runs.map(|run| (run.len(), i32::try_from(run.len()).unwrap_or(i32::MAX)));
        lengths.flat_map(|(pages, length)| std::iter::repeat_n(length, pages)).collect()
    }

    /// The labels of the pages, written as their margin boxes write the number. A page that prints
    /// none is written as the next one of its run, or as the one before.
    pub fn labels<'a>(&self, pages: impl Iterator<Item = &'a PageStyle>) -> Vec<PageLabel> {
        let mut styles: Vec<Option<ListStyle>> = pages.map(printed).collect();
        let same_run = |a: usize, b: usize| self.runs.get(a) == self.runs.get(b);
        for page in (1..styles.len()).rev() {
            if styles[page - 1].is_none() && same_run(page - 1, page) {
                styles[page - 1] = styles[page].clone();
            }
        }
        for page in 1..styles.len() {
            if styles[page].is_none() && same_run(page - 1, page) {
                styles[page] = styles[page - 1].clone();
            }
        }
        let numbers = self.numbers.iter();
        let label = |(number, style): (&i32, Option<ListStyle>)| PageLabel {
            number: *number,
            style: style.unwrap_or(ListStyle::Decimal),
        };
        numbers.zip(styles).map(label).collect()
    }
}

/// What a page's style does to the page counter.
#[derive(Default)]
struct Changes {
    reset: Option<i32>,
    increment: Option<i32>,
    set: Option<i32>,
}

impl Changes {
    fn of(style: &ComputedStyle) -> Changes {
        let value = |list: &[(std::sync::Arc<str>, i32)]| {
            list.iter().rev().find(|(name, _)| &**name == "page").map(|(_, value)| *value)
        };
        Changes {
            reset: value(&style.counter_reset),
            increment: value(&style.counter_increment),
            set: value(&style.counter_set),
        }
    }
}

/// How a page's margin boxes write its number, where one does.
fn printed(page: &PageStyle) -> Option<ListStyle> {
    page.margin_boxes.iter().find_map(|(_, style)| {
        let Content::Parts(parts) = &style.content else { return None };
        parts.iter().find_map(|part| match part {
            ContentPart::Counter { name, style } if &**name == "page" => Some(style.clone()),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_lengths_of_restarted_numbers_count_each_run() {
        let mut numbers = PageNumbers::default();
        for page in 0..5 {
            numbers.current += 1;
            if page == 2 {
                numbers.restart(1);
            }
            numbers.end();
        }
        assert_eq!(numbers.numbers, [1, 2, 1, 2, 3]);
        assert_eq!(numbers.run_lengths(), [2, 2, 3, 3, 3]);
    }
}
