//! Named strings and running elements page by page (CSS GCPM 3 §1.1.2).

use std::sync::Arc;

use crate::style::StringWhich;

/// The assignments of one page to names, in order.
#[derive(Debug, Clone, Default)]
pub struct PageAssignments<T> {
    /// Name, value, and whether the element starts the page.
    pub made: Vec<(Arc<str>, T, bool)>,
}

/// The values of names on each page.
#[derive(Debug, Clone, Default)]
pub struct Strings<T> {
    /// Values at the page's start, sorted by name.
    entry: Vec<(Arc<str>, T)>,
    made: Vec<(Arc<str>, T, bool)>,
}

impl<T: Clone> Strings<T> {
    /// The value that `which` asks for.
    pub fn get(&self, name: &str, which: StringWhich) -> Option<T> {
        let entry = || {
            let found = self.entry.iter().find(|(known, _)| &**known == name);
            found.map(|(_, value)| value.clone())
        };
        let mut here = self.made.iter().filter(|(known, _, _)| &**known == name);
        match which {
            StringWhich::First => here.next().map(|(_, value, _)| value.clone()).or_else(entry),
            StringWhich::Last => here.next_back().map(|(_, value, _)| value.clone()).or_else(entry),
            StringWhich::Start => match here.next() {
                Some((_, value, true)) => Some(value.clone()),
                _ => entry(),
            },
            StringWhich::FirstExcept => match here.next() {
                Some(_) => None,
                None => entry(),
            },
        }
    }
}

/// Values for each page from the assignments of each page.
pub fn page_strings<T: Clone>(
    pages: impl IntoIterator<Item = PageAssignments<T>>,
) -> Vec<Strings<T>> {
    let mut entry: Vec<(Arc<str>, T)> = Vec::new();
    let mut strings = Vec::new();
    for page in pages {
        strings.push(Strings { entry: entry.clone(), made: page.made.clone() });
        for (name, value, _) in page.made {
            match entry.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = value,
                None => entry.push((name, value)),
            }
        }
    }
    strings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_get_of_every_kind_takes_the_right_assignment() {
        let name: Arc<str> = Arc::from("title");
        let page = |made: Vec<(i32, bool)>| PageAssignments {
            made: made
                .into_iter()
                .map(|(value, starts)| (Arc::clone(&name), value, starts))
                .collect(),
        };
        let pages = page_strings(vec![
            page(vec![(1, true), (2, false)]),
            page(vec![]),
            page(vec![(3, false)]),
        ]);
        assert_eq!(pages[0].get("title", StringWhich::First), Some(1));
        assert_eq!(pages[0].get("title", StringWhich::Last), Some(2));
        assert_eq!(pages[0].get("title", StringWhich::FirstExcept), None);
        assert_eq!(pages[1].get("title", StringWhich::First), Some(2));
        assert_eq!(pages[2].get("title", StringWhich::Start), Some(2));
        assert_eq!(pages[2].get("title", StringWhich::First), Some(3));
        assert_eq!(pages[2].get("other", StringWhich::First), None);
    }
}
