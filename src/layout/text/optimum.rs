//! The paragraph as a whole: the breaks whose lines are best taken together (Knuth and Plass,
//! "Breaking paragraphs into lines", 1981).

use smallvec::SmallVec;

use crate::style::{Hyphens, TextAlign, WhiteSpace};

use super::atom::{AtomKind, EndOfLine};
use super::choose::{Cut, LineRange, TOLERANCE};
use super::hyphenate::hyphens;
use super::paragraph::Paragraph;
use super::size::Sizes;

/// A space may grow by this share of itself before a line counts as loose.
const STRETCH: f32 = 0.5;
/// Between letters that stand in squares a line may grow by this share of one of them.
const SQUARE_STRETCH: f32 = 0.12;
/// A space shrinks by no more than this share of itself.
const SHRINK: f32 = 0.3;
/// A ragged line that is short by this share of the width is as bad as a loose justified one.
const RAG: f32 = 0.3;
const HYPHEN_PENALTY: f32 = 50.0;
const HYPHENS_IN_A_ROW: f64 = 10_000.0;
const LADDER: f64 = 200_000.0;
const LAST_BUT_ONE_HYPHEN: f64 = 5_000.0;
const FITNESS_JUMP: f64 = 3_000.0;
const SHORT_LAST_LINE: f64 = 12_000.0;
/// A last line shorter than this share of the width looks like an accident.
const SHORTEST_LAST: f32 = 0.14;

/// A place where a line may end. Widths are sums from the paragraph's start.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    cut: Cut,
    /// Up to the last thing that is seen before it, with the widths of spaces so far.
    width: f32,
    spaces: f32,
    /// How wide the letters are between which the line may grow.
    squares: f32,
    /// From where the next line starts.
    next_width: f32,
    next_spaces: f32,
    next_squares: f32,
    hyphen: f32,
    hyphenated: bool,
    forced: bool,
}

/// The best way to reach a candidate with a line of one fitness.
#[derive(Debug, Clone, Copy)]
struct Node {
    candidate: usize,
    demerits: f64,
    fitness: i8,
    hyphens_in_a_row: u8,
    line: u32,
    previous: Option<usize>,
}

/// How good a line's width is.
#[derive(Debug, Clone, Copy)]
struct Fit {
    badness: f32,
    fitness: i8,
}

/// How wide lines may be.
#[derive(Debug, Clone)]
pub(super) struct Widths {
    /// Of the first lines, where floats stand beside them.
    pub first: Vec<f32>,
    /// Of all others.
    pub rest: f32,
}

impl Widths {
    /// All the same.
    pub fn all(width: f32) -> Widths {
        Widths { first: Vec::new(), rest: width }
    }

    /// The width of a line, by its number from 0.
    fn of(&self, line: u32) -> f32 {
        self.first.get(line as usize).copied().unwrap_or(self.rest)
    }

    /// Lines of one class have the same widths below them, so that only the best way to a place
    /// matters.
    fn class(&self, line: u32) -> u32 {
        line.min(u32::try_from(self.first.len()).unwrap_or(u32::MAX))
    }
}

/// What the search is about.
struct Search<'p, 'a> {
    paragraph: &'p Paragraph<'a>,
    widths: &'p Widths,
    justified: bool,
    /// The loosest line that is let pass, as a share of its stretch.
    loosest: f32,
}

/// The best breaks; `None` when some line would overflow or nothing acceptable is found, and the
/// greedy way has to do.
pub(super) fn optimum(
    paragraph: &Paragraph,
    sizes: &Sizes,
    widths: &Widths,
) -> Option<Vec<LineRange>> {
    let justified = paragraph.block.text_align == TextAlign::Justify;
    let plain = candidates(paragraph, sizes, false)?;
    let search = |loosest: f32| Search { paragraph, widths, justified, loosest };
    // Without hyphens while that looks well, then with them, then as loose as need be.
    if let Some(lines) = search(if justified { 1.3 } else { 1.0 }).run(&plain) {
        return Some(lines);
    }
    let hyphenated = candidates(paragraph, sizes, true)?;
    [2.5, f32::INFINITY].into_iter().find_map(|loosest| search(loosest).run(&hyphenated))
}

/// All places where a line may end; `None` for what depends on places on the line.
fn candidates(paragraph: &Paragraph, sizes: &Sizes, with_hyphens: bool) -> Option<Vec<Candidate>> {
    let mut found: Vec<Candidate> = Vec::with_capacity(paragraph.atoms.len() / 2 + 2);
    let (mut width, mut spaces, mut squares) = (0.0f32, 0.0f32, 0.0f32);
    // Up to the last thing that is not a space.
    let (mut seen_width, mut seen_spaces) = (0.0f32, 0.0f32);
    for (index, atom) in paragraph.atoms.iter().enumerate() {
        if matches!(atom.kind, AtomKind::Tab(_) | AtomKind::Leader(_)) {
            return None;
        }
        let own = sizes.width(paragraph, index);
        if with_hyphens && matches!(atom.kind, AtomKind::Word(_)) && divisible(paragraph, index) {
            let hyphen = paragraph.hyphen_width(index);
            for byte in hyphens(paragraph, index) {
                let at = width + paragraph.width_before(index, byte);
                found.push(Candidate {
                    cut: Cut { atom: index, byte },
                    width: at,
                    spaces,
                    squares,
                    next_width: at,
                    next_spaces: spaces,
                    next_squares: squares,
                    hyphen,
                    hyphenated: true,
                    forced: false,
                });
            }
        }
        width += own;
        if atom.is_space() {
            spaces += own;
        }
        if !paragraph.hangs(atom) && !atom.is_marker() {
            (seen_width, seen_spaces) = (width, spaces);
        }
        let end = index + 1 == paragraph.atoms.len();
        if end || atom.end_of_line != EndOfLine::No {
            let next = paragraph.atoms.get(index + 1).map_or(atom.end, |next| next.start);
            let before = squares;
            if paragraph.grows_after(index) {
                squares += own;
            }
            found.push(Candidate {
                cut: Cut { atom: index + 1, byte: next },
                width: seen_width,
                spaces: seen_spaces,
                squares: before,
                next_width: width,
                next_spaces: spaces,
                next_squares: squares,
                hyphen: 0.0,
                hyphenated: false,
                forced: end || atom.end_of_line == EndOfLine::Must,
            });
        }
    }
    Some(found)
}

fn divisible(paragraph: &Paragraph, index: usize) -> bool {
    paragraph.atoms.get(index).is_some_and(|atom| {
        let style = paragraph.style_of(atom);
        style.hyphens != Hyphens::None
            && !matches!(style.white_space, WhiteSpace::Nowrap | WhiteSpace::Pre)
    })
}

impl Search<'_, '_> {
    fn run(&self, candidates: &[Candidate]) -> Option<Vec<LineRange>> {
        let start = Node {
            candidate: usize::MAX,
            demerits: 0.0,
            fitness: 1,
            hyphens_in_a_row: 0,
            line: 0,
            previous: None,
        };
        let mut nodes: Vec<Node> = vec![start];
        let mut active: Vec<usize> = vec![0];
        for (index, candidate) in candidates.iter().enumerate() {
            let mut best: SmallVec<[(u32, [Option<Node>; 4]); 1]> = SmallVec::new();
            active.retain(|from| {
                let Some(node) = nodes.get(*from).copied() else { return false };
                let (fit, too_wide) = self.fit(candidates, &node, candidate);
                if let Some(fit) = fit {
                    let reached = self.reach(candidates, &node, *from, index, fit);
                    let class = self.widths.class(reached.line);
                    let known = best.iter().position(|(known, _)| *known == class);
                    let known = known.unwrap_or_else(|| {
                        best.push((class, [None; 4]));
                        best.len() - 1
                    });
                    let slot = &mut best[known].1[usize::from(fit.fitness.unsigned_abs()).min(3)];
                    if slot.is_none_or(|other| reached.demerits < other.demerits) {
                        *slot = Some(reached);
                    }
                }
                !too_wide && !candidate.forced
            });
            for node in best.into_iter().flat_map(|(_, best)| best).flatten() {
                active.push(nodes.len());
                nodes.push(node);
            }
            if active.is_empty() {
                return None;
            }
        }
        let ends = active.into_iter().filter_map(|at| nodes.get(at).copied());
        let last = ends.min_by(|a, b| a.demerits.total_cmp(&b.demerits))?;
        Some(self.trace(candidates, &nodes, last))
    }

    /// How a line from a node to a candidate fits, and whether longer ones from there cannot.
    fn fit(&self, all: &[Candidate], node: &Node, end: &Candidate) -> (Option<Fit>, bool) {
        let from = all.get(node.candidate);
        let (width, spaces) = from.map_or((0.0, 0.0), |from| (from.next_width, from.next_spaces));
        let squares = (end.squares - from.map_or(0.0, |from| from.next_squares)).max(0.0);
        let after_break = from.is_some_and(|from| from.forced);
        let indent = self.paragraph.indent(from.is_none(), after_break, self.widths.rest);
        let available = self.widths.of(node.line) - indent;
        let natural = end.width - width + end.hyphen;
        let spaces = (end.spaces - spaces).max(0.0);
        let free = available - natural;
        let shrink = if self.justified && !end.forced { spaces * SHRINK } else { 0.0 };
        // Without the hyphen and with all spaces shrunk, later breaks are wider still.
        let hopeless = free + end.hyphen + spaces * if self.justified { SHRINK } else { 0.0 };
        let too_wide = hopeless < -TOLERANCE;
        if free < -shrink - TOLERANCE {
            return (None, too_wide);
        }
        if end.forced {
            return (Some(Fit { badness: 0.0, fitness: 1 }), too_wide);
        }
        let grows = spaces * STRETCH + squares * SQUARE_STRETCH;
        let stretch = if self.justified { grows } else { available.max(1.0) * RAG };
        let ratio = if free >= 0.0 { free / stretch.max(0.001) } else { free / shrink.max(0.001) };
        if ratio > self.loosest {
            return (None, too_wide);
        }
        let badness = 100.0 * ratio.abs().min(1000.0).powi(3);
        let fitness = match ratio {
            r if r < -0.5 => 0,
            r if r <= 0.5 => 1,
            r if r <= 1.0 => 2,
            _ => 3,
        };
        (Some(Fit { badness, fitness }), too_wide)
    }

    fn reach(&self, all: &[Candidate], node: &Node, from: usize, index: usize, fit: Fit) -> Node {
        let Some(end) = all.get(index) else { return *node };
        let penalty = if end.hyphenated { HYPHEN_PENALTY } else { 0.0 };
        let mut demerits = f64::from(10.0 + fit.badness + penalty).powi(2);
        let before = all.get(node.candidate);
        let after_hyphen = before.is_some_and(|candidate| candidate.hyphenated);
        if end.hyphenated && after_hyphen {
            demerits += HYPHENS_IN_A_ROW;
            if node.hyphens_in_a_row >= 2 {
                demerits += LADDER;
            }
        }
        if self.justified && !end.forced && (fit.fitness - node.fitness).abs() > 1 {
            demerits += FITNESS_JUMP;
        }
        if end.forced {
            if after_hyphen {
                demerits += LAST_BUT_ONE_HYPHEN;
            }
            let start = before.map_or(0.0, |before| before.next_width);
            let continues = before.is_some_and(|before| !before.forced);
            if continues && end.width - start < self.widths.rest * SHORTEST_LAST {
                demerits += SHORT_LAST_LINE;
            }
        }
        Node {
            candidate: index,
            demerits: node.demerits + demerits,
            fitness: fit.fitness,
            hyphens_in_a_row: if end.hyphenated {
                node.hyphens_in_a_row.saturating_add(1)
            } else {
                0
            },
            line: node.line + 1,
            previous: Some(from),
        }
    }

    fn trace(&self, all: &[Candidate], nodes: &[Node], last: Node) -> Vec<LineRange> {
        let mut ends: Vec<usize> = Vec::with_capacity(last.line as usize);
        let mut node = Some(last);
        while let Some(Node { candidate, previous: Some(previous), .. }) = node {
            ends.push(candidate);
            node = nodes.get(previous).copied();
        }
        ends.reverse();
        let mut start = Cut { atom: 0, byte: 0 };
        let mut lines = Vec::with_capacity(ends.len());
        for end in ends.into_iter().filter_map(|end| all.get(end)) {
            let first = lines.is_empty();
            let after_break = lines.last().is_some_and(|line: &LineRange| line.last);
            let (hyphen, last) = (end.hyphenated, end.forced);
            lines.push(LineRange { start, end: end.cut, hyphen, last, first, after_break });
            start = end.cut;
        }
        debug_assert_eq!(self.paragraph.atoms.len(), start.atom);
        lines
    }
}
