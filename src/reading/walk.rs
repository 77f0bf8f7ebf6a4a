//! The way through the elements, in reading order.

use super::{Kid, Paper, Words};

/// A step on the way.
pub(super) enum Step<'p> {
    /// An element begins, by its index.
    Enter(usize),
    /// Its text.
    Words(&'p [Words]),
    /// It ends.
    Leave(usize),
}

/// Goes through a paper; deep trees take no deep stack.
pub(super) struct Walk<'p> {
    paper: &'p Paper,
    tops: std::vec::IntoIter<usize>,
    /// Open elements, each with the next of its kids.
    open: Vec<(usize, usize)>,
}

impl<'p> Walk<'p> {
    /// From the first element that has none around it.
    pub(super) fn new(paper: &'p Paper) -> Walk<'p> {
        let elements = paper.elements.iter().enumerate();
        let tops: Vec<usize> = elements
            .filter_map(|(index, element)| element.parent.is_none().then_some(index))
            .collect();
        Walk { paper, tops: tops.into_iter(), open: Vec::new() }
    }

    /// Through one element.
    pub(super) fn of(paper: &'p Paper, element: usize) -> Walk<'p> {
        Walk { paper, tops: vec![element].into_iter(), open: Vec::new() }
    }

    /// Passes over what is left of the innermost element.
    pub(super) fn pass_over(&mut self) {
        if let Some((_, next)) = self.open.last_mut() {
            *next = usize::MAX;
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }
}

impl<'p> Iterator for Walk<'p> {
    type Item = Step<'p>;

    fn next(&mut self) -> Option<Step<'p>> {
        let Some((index, next)) = self.open.last_mut() else {
            let top = self.tops.next()?;
            self.open.push((top, 0));
            return Some(Step::Enter(top));
        };
        let kid = self.paper.elements.get(*index).and_then(|element| element.kids.get(*next));
        *next = next.saturating_add(1);
        match kid {
            Some(Kid::Element(child)) => {
                let child = *child;
                self.open.push((child, 0));
                Some(Step::Enter(child))
            }
            Some(Kid::Words(words)) => Some(Step::Words(words)),
            None => self.open.pop().map(|(index, _)| Step::Leave(index)),
        }
    }
}
