//! Faint text → findings, one for each look.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics};
use crate::layout::structure::TagId;
use crate::source::Span;
use crate::style::{ComputedStyle, StyleId};

use super::arithmetic::{channels, contrast, hex, nearest_that_reaches};
use super::backdrop::Ground;
use super::faint::Faint;

/// What is known of styles beyond the pages.
pub trait Looks {
    /// The style behind an id.
    fn style(&self, id: StyleId) -> Option<&ComputedStyle>;
    /// All styles of elements.
    fn all(&self) -> &[Arc<ComputedStyle>];
    /// The place of the first element with that style.
    fn element(&self, id: StyleId) -> Option<Span>;
    /// Whether the elements with that style are kept from some readers (`aria-hidden`).
    fn is_hidden(&self, id: StyleId) -> bool;
    /// The place of a figure's element.
    fn figure(&self, tag: TagId) -> Option<Span>;
}

/// The findings about the faint texts of all pages, by page: one for each place that sets a colour
/// and each pair of colours.
pub fn report(pages: &BTreeMap<usize, Vec<Faint>>, looks: &dyn Looks) -> Diagnostics {
    let mut all: Vec<(Faint, Option<Span>)> = Vec::new();
    for faint in pages.values().flatten() {
        let set = set_at(faint, looks);
        let known = all.iter_mut().find(|(known, at)| {
            let one_color = set.is_some() && *at == set && faint.ground != Ground::Covered;
            known.is_like(faint) || one_color && known.looks_like(faint)
        });
        match known {
            Some((known, _)) => known.count = known.count.saturating_add(faint.count),
            None => all.push((faint.clone(), set)),
        }
    }
    let mut found = Diagnostics::new();
    all.iter().for_each(|(faint, _)| found.push(finding(faint, looks)));
    found
}

/// Where the text's colour is set.
fn set_at(faint: &Faint, looks: &dyn Looks) -> Option<Span> {
    looks.style(faint.style).and_then(|style| style.color_place)
}

fn finding(faint: &Faint, looks: &dyn Looks) -> Diagnostic {
    if faint.ground == Ground::Covered {
        return hidden(faint, looks);
    }
    let (text, behind) = (hex(faint.pair.text), hex(faint.pair.behind));
    // Rounded down, so that what fails does not look as if it passed.
    let contrast = (faint.contrast * 100.0).floor() / 100.0;
    let ground = match faint.ground {
        Ground::Plain => behind.clone(),
        Ground::Gradient => format!("a gradient, where that is {behind},"),
        Ground::Picture => format!("a picture, where that is {behind},"),
        Ground::Covered => "what covers it".to_owned(),
    };
    let message = format!(
        "text {text} on {ground} has a contrast of {contrast:.2}:1; WCAG 1.4.3 asks for {}:1{}",
        faint.needed,
        if faint.needed < 4.5 { " of large text" } else { "" },
    );
    // Logotypes and decoration need no contrast; whether it is that, nobody can tell from here.
    let is_excused = faint.style == StyleId::NONE || looks.is_hidden(faint.style);
    let certain = faint.ground == Ground::Plain && !is_excused;
    let mut finding = match certain {
        true => Diagnostic::error("access/contrast", message),
        false => Diagnostic::warning("access/contrast", message),
    };
    for (index, (span, words)) in places(faint, looks).into_iter().enumerate() {
        finding = if index == 0 { finding.at(span, words) } else { finding.context(span, words) };
    }
    let finding = finding.help(help(faint));
    match is_excused {
        true => finding.help("a logotype, and decoration that says nothing, may stay as it is"),
        false => finding,
    }
}

/// Text that something else is painted over. Whether that is meant, nobody can tell from here.
fn hidden(faint: &Faint, looks: &dyn Looks) -> Diagnostic {
    let message = "text cannot be seen: what is painted later covers it (WCAG 1.4.3)";
    let mut finding = Diagnostic::warning("access/covered-text", message);
    let place = match faint.style == StyleId::NONE {
        true => faint.figure.and_then(|tag| looks.figure(tag)),
        false => looks.element(faint.style),
    };
    if let Some(place) = place {
        finding = finding.at(place, shown(faint));
    }
    finding.help("move one of them, or let the text stand in front (`z-index`)")
}

/// The beginning of the first text, and how many more there are.
fn shown(faint: &Faint) -> String {
    let sample: String = faint.text.trim().chars().take(30).collect();
    match faint.count {
        1 => format!("“{sample}”"),
        count => format!("“{sample}”, and {} more", count - 1),
    }
}

/// Where to look: the text's colour, the one behind it, and the first text.
fn places(faint: &Faint, looks: &dyn Looks) -> Vec<(Span, String)> {
    let first = shown(faint);
    if faint.style == StyleId::NONE {
        let place = faint.figure.and_then(|tag| looks.figure(tag));
        return place.map(|span| (span, first)).into_iter().collect();
    }
    let mut places: Vec<(Span, String)> = Vec::new();
    let element = looks.element(faint.style);
    if let Some(color) = set_at(faint, looks).filter(|at| Some(*at) != element) {
        places.push((color, "the text's colour".to_owned()));
    }
    places.extend(element.map(|span| (span, first)));
    if let Some(ground) = ground_place(faint, looks)
        && places.iter().all(|(span, _)| *span != ground)
    {
        places.push((ground, "the colour behind it".to_owned()));
    }
    places
}

/// Where the colour behind a text is set, if one place only does it.
fn ground_place(faint: &Faint, looks: &dyn Looks) -> Option<Span> {
    let same = |style: &ComputedStyle| {
        style.background_color.alpha >= 1.0 && channels(style.background_color) == faint.pair.behind
    };
    let own = looks
        .style(faint.style)
        .filter(|style| same(style))
        .and_then(|style| style.background_place);
    if own.is_some() {
        return own;
    }
    let mut set =
        looks.all().iter().filter(|style| same(style)).filter_map(|style| style.background_place);
    let first = set.next()?;
    set.all(|other| other == first).then_some(first)
}

fn help(faint: &Faint) -> String {
    match faint.ground {
        Ground::Picture => {
            return "give the text a plain background-color of its own, or the picture a translucent one in front of it".to_owned();
        }
        Ground::Gradient => {
            return "let the gradient's colours differ less, or the text's colour differ more from all of them".to_owned();
        }
        Ground::Plain | Ground::Covered => {}
    }
    let declared = channels(faint.color);
    let (text, behind) = (faint.pair.text, faint.pair.behind);
    if text != declared && contrast(declared, behind) >= faint.needed {
        return format!(
            "{} is translucent here: let it cover more of what is behind",
            hex(declared)
        );
    }
    let better = nearest_that_reaches(text, behind, faint.needed);
    let ground = nearest_that_reaches(behind, text, faint.needed);
    match (better, ground) {
        (Some((better, far)), Some((ground, near))) if near < far => {
            format!("{} behind it would do, or {} for the text", hex(ground), hex(better))
        }
        (Some((better, _)), _) => format!("the nearest colour that would do is {}", hex(better)),
        _ => "choose colours that differ more in lightness".to_owned(),
    }
}
