//! Arbitrary documents: no word is lost, repeated or put off its page.

use super::dump::{lay_out_text, pages};
use super::tests::A6;
use super::*;

/// A small generator of arbitrary documents; the same seed gives the same document.
struct Arbitrary {
    state: u64,
    words: usize,
}

impl Arbitrary {
    fn next(&mut self, below: u64) -> u64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % below
    }

    fn words(&mut self, most: u64) -> String {
        let count = 1 + self.next(most);
        let mut text = String::new();
        for _ in 0..count {
            self.words += 1;
            text.push_str(&format!("w{} ", self.words));
        }
        text
    }

    fn style(&mut self) -> String {
        let choices = [
            "",
            "",
            "",
            "break-inside:avoid",
            "break-before:page",
            "break-after:avoid",
            "padding:5pt;border:1pt solid",
            "margin:9pt 0",
            "box-decoration-break:clone;padding:4pt;border:2pt solid",
            "break-before:left",
            "min-height:60pt",
            "position:relative;top:2pt",
            "margin-top:-4pt",
            "background:#eee",
            "page:wide",
        ];
        let pick = self.next(choices.len() as u64) as usize;
        choices[pick].to_owned()
    }

    fn block(&mut self, depth: u32) -> String {
        let style = self.style();
        match self.next(if depth == 0 { 3 } else { 8 }) {
            0 => format!("<p style='{style}'>{}</p>", self.words(60)),
            1 => format!("<h2 style='{style}'>{}</h2>", self.words(4)),
            2 => format!("<p style='{style}'>{}</p>", self.words(8)),
            3 | 4 => {
                let count = self.next(4);
                let inside: String = (0..count).map(|_| self.block(depth - 1)).collect();
                format!("<div style='{style}'>{inside}</div>")
            }
            5 => {
                let count = 1 + self.next(4);
                let items: String =
                    (0..count).map(|_| format!("<li>{}</li>", self.words(20))).collect();
                format!("<ul style='{style}'>{items}</ul>")
            }
            6 => {
                let count = self.next(3);
                let items: String = (0..=count)
                    .map(|_| format!("<div style='width:80pt'>{}</div>", self.words(30)))
                    .collect();
                format!("<div style='display:flex;flex-wrap:wrap;{style}'>{items}</div>")
            }
            _ => self.table(),
        }
    }

    fn table(&mut self) -> String {
        let rows = 1 + self.next(14);
        let mut html = "<table style='border-collapse:collapse'>".to_owned();
        if self.next(2) == 0 {
            html.push_str(&format!(
                "<thead><tr><th>{}<th>{}</thead>",
                self.words(1),
                self.words(1)
            ));
        }
        if self.next(3) == 0 {
            html.push_str(&format!("<tr><td rowspan=3 style='border:1pt solid'>{}<td>{}</tr><tr><td>{}</tr><tr><td>{}</tr>",
                self.words(40), self.words(9), self.words(50), self.words(9)));
        }
        for _ in 0..rows {
            let most = if self.next(8) == 0 { 150 } else { 9 };
            html.push_str(&format!(
                "<tr><td style='border:1pt solid'>{}<td>{}</tr>",
                self.words(most),
                self.words(9)
            ));
        }
        html.push_str("</table>");
        html
    }
}

/// The words of the tagged text, in the order of the pages.
fn words_of(laid: &Laid) -> Vec<usize> {
    let mut text = String::new();
    for index in 0..laid.count() {
        for item in laid.page(index).items {
            if let (Mark::Tagged(_), Paint::Glyphs(run)) = (item.mark, item.paint) {
                text.push_str(&run.text);
                text.push(' ');
            }
        }
    }
    text.split_whitespace().filter_map(|word| word.strip_prefix('w')?.parse().ok()).collect()
}

#[test]
fn pages_of_arbitrary_documents_lose_and_repeat_no_word() {
    for seed in 0..150 {
        let mut arbitrary = Arbitrary { state: seed, words: 0 };
        let count = 1 + arbitrary.next(7);
        let body: String = (0..count).map(|_| arbitrary.block(3)).collect();
        let html = format!(
            "<html lang=en><title>T</title>{A6}<style>@page wide {{ size: 400pt 200pt }} td, th {{ padding: 2pt }}</style><body>{body}</body>"
        );
        let (laid, _) = lay_out_text(&html);
        let mut found = words_of(&laid);
        let in_order = found.windows(2).all(|pair| pair[0] < pair[1]);
        found.sort_unstable();
        let expected: Vec<usize> = (1..=arbitrary.words).collect();
        assert_eq!(found, expected, "seed {seed}: {html}\n{}", pages(&laid));
        // Cells that are cut stand side by side, and positioned boxes are painted in front of the
        // others, so only documents without them keep all words in painting order.
        if !["<table", "flex", "relative"].iter().any(|kind| html.contains(kind)) {
            assert!(in_order, "seed {seed}: {}", pages(&laid));
        }
        for index in 0..laid.count() {
            let page = laid.page(index);
            for item in &page.items {
                if let (Mark::Tagged(_), Paint::Glyphs(run)) = (&item.mark, &item.paint) {
                    let y = run.origin.y.0;
                    assert!(
                        y > 15.0 && y < 181.0,
                        "seed {seed} page {index}: y {y}\n{}",
                        pages(&laid)
                            .lines()
                            .skip_while(|line| *line != format!("page {}", index + 1))
                            .take(40)
                            .collect::<Vec<_>>()
                            .join("\n")
                    );
                }
            }
        }
    }
}
