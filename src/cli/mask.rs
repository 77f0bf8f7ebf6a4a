//! Lines that tell of people, as messages show them: the cell that is at fault, and nothing else.

use std::ops::Range;

/// What stands for a cell or value that a message does not need.
const MASK: char = '…';

/// A part of a text as it is shown, with the places of what is left of the original.
pub(super) struct Masked {
    pub(super) text: String,
    /// Bytes of the original and of what is shown, at every character that was looked at.
    places: Option<Vec<(usize, usize)>>,
}

impl Masked {
    /// A part that is shown as it is.
    pub(super) fn open(part: &str) -> Masked {
        Masked { text: part.to_owned(), places: None }
    }

    /// A part of which only the cells are shown that `needed` points at; a stretch over several cells
    /// points at none of them. Of a table the first line holds the columns' names, and is shown; of a
    /// YAML text the keys are.
    pub(super) fn private(
        part: &str,
        needed: &[Range<usize>],
        is_table: bool,
        is_start: bool,
    ) -> Masked {
        let ends = ends_of_cells(part, is_table);
        let needed: Vec<&Range<usize>> =
            needed.iter().filter(|range| !ends.iter().any(|end| range.contains(end))).collect();
        let is_needed = |at: usize| {
            needed
                .iter()
                .any(|range| range.contains(&at) || (range.is_empty() && range.start == at))
        };
        let mut shown = Masked { text: String::new(), places: Some(Vec::new()) };
        let mut start = 0;
        for (number, line) in part.split_inclusive('\n').enumerate() {
            let open = match is_table {
                true if is_start && number == 0 => line.len(),
                true => 0,
                false => key_length(line),
            };
            let mut in_mask = false;
            for (at, letter) in line.char_indices() {
                shown.note(start + at);
                let is_frame = ends.binary_search(&(start + at)).is_ok()
                    || (is_table && letter == '"')
                    // Words of one value share a mask.
                    || (!is_table && letter.is_whitespace() && !in_mask);
                if at < open || is_frame || is_needed(start + at) {
                    in_mask = false;
                    shown.text.push(letter);
                } else if !in_mask {
                    in_mask = true;
                    shown.text.push(MASK);
                }
            }
            start += line.len();
        }
        shown.note(part.len());
        shown
    }

    fn note(&mut self, original: usize) {
        let here = self.text.len();
        if let Some(places) = &mut self.places {
            places.push((original, here));
        }
    }

    /// Where a byte of the original is shown; inside a letter, the letter's start.
    pub(super) fn place(&self, original: usize) -> usize {
        let Some(places) = &self.places else { return self.text.floor_char_boundary(original) };
        let next = places.partition_point(|(known, _)| *known <= original);
        let found = places.get(next.saturating_sub(1)).map_or(0, |(_, shown)| *shown);
        self.text.floor_char_boundary(found)
    }
}

/// Where cells end: at line ends, and in a table at separators that no quotes are around.
fn ends_of_cells(part: &str, is_table: bool) -> Vec<usize> {
    let mut quoted = false;
    let is_end = |(at, letter): (usize, char)| {
        if letter == '"' {
            quoted = !quoted;
        }
        let ends = letter == '\n' || (is_table && !quoted && matches!(letter, ',' | ';' | '\t'));
        ends.then_some(at)
    };
    part.char_indices().filter_map(is_end).collect()
}

/// The length of a line's `key:` with what stands before it.
fn key_length(line: &str) -> usize {
    let lead = line.len() - line.trim_start_matches([' ', '-']).len();
    let rest = line.get(lead..).unwrap_or_default();
    let key = rest.find(':').filter(|at| {
        let is_key = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        rest.get(..*at).is_some_and(|key| key.chars().all(is_key))
    });
    key.map_or(lead, |at| lead + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_shows_its_header_and_the_cell_at_fault() {
        let text = "surname,email,land\nHansen,\"kari, h@x\",Noreg\n";
        let at = text.find("Noreg").unwrap();
        let masked = Masked::private(text, std::slice::from_ref(&(at..at + 5)), true, true);
        assert_eq!(masked.text, "surname,email,land\n…,\"…\",Noreg\n");
        let shown = masked.place(at);
        assert_eq!(&masked.text[shown..shown + 5], "Noreg");
    }

    #[test]
    fn quoted_cell_at_fault_is_shown_with_its_comma() {
        let text = "\"Berg, Kari\",a@x\n";
        let shown = |range: Range<usize>| {
            Masked::private(text, std::slice::from_ref(&range), true, false).text
        };
        assert_eq!(shown(0..12), "\"Berg, Kari\",…\n");
        assert_eq!(shown(1..11), "\"Berg, Kari\",…\n");
    }

    #[test]
    fn whole_row_shows_nothing_of_the_person() {
        let text = "Hansen,Kari,NO\n";
        assert_eq!(
            Masked::private(text, std::slice::from_ref(&(0..14)), true, false).text,
            "…,…,…\n"
        );
    }

    #[test]
    fn yaml_shows_its_keys() {
        let text = "- surname: van der Meer\n  email: a@x\n";
        let at = text.find("a@x").unwrap();
        let masked = Masked::private(text, std::slice::from_ref(&(at..at + 3)), false, true);
        assert_eq!(masked.text, "- surname: …\n  email: a@x\n");
    }
}
