//! Families and styles asked for → faces on hand (CSS Fonts 4 §5.2).

use std::sync::Arc;

use crate::diag::Diagnostic;

use super::book::RANK_RULE;
use super::{FaceId, FaceQuery, FontBook};

/// A face that stands for a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The face.
    pub face: FaceId,
    /// Whether its letters are slanted by the painter, since the family has no italic.
    pub slant: bool,
}

/// The faces that a stack of families comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// In order of preference; empty only when no face is on hand at all.
    pub choices: Vec<Choice>,
    /// Substitutes and shortcomings, for the user to know.
    pub findings: Vec<Diagnostic>,
}

/// Families that are not free, and the ones with the same measures.
const SUBSTITUTES: &[(&str, &str)] = &[
    ("arial", "Liberation Sans"),
    ("helvetica", "Liberation Sans"),
    ("helvetica neue", "Liberation Sans"),
    ("times", "Liberation Serif"),
    ("times new roman", "Liberation Serif"),
    ("courier", "Liberation Mono"),
    ("courier new", "Liberation Mono"),
];

/// The family that stands for a family of which nothing is known.
const LAST_RESORT: &str = "Source Sans 3";

fn generic(family: &str) -> Option<&'static str> {
    Some(match family {
        "serif" | "ui-serif" => "Source Serif 4",
        "sans-serif" | "system-ui" | "ui-sans-serif" | "ui-rounded" | "-apple-system" => {
            "Source Sans 3"
        }
        "monospace" | "ui-monospace" => "Liberation Mono",
        _ => return None,
    })
}

impl FontBook {
    /// Chooses the faces for a stack of families.
    pub fn select(&self, families: &[Arc<str>], query: &FaceQuery) -> Selection {
        let mut selection = Selection { choices: Vec::new(), findings: Vec::new() };
        let mut unknown: Vec<&str> = Vec::new();
        for family in families {
            let lower = family.to_lowercase();
            if let Some(faces) = self.family(&lower) {
                self.choose(&mut selection, family, faces, query);
            } else if let Some(name) = generic(&lower) {
                let faces = self.family(&name.to_lowercase()).unwrap_or_default();
                self.choose(&mut selection, name, faces, query);
            } else if let Some(name) = substitute(&lower)
                && let Some(faces) = self.family(&name.to_lowercase())
            {
                if selection.choices.is_empty() {
                    selection.findings.push(substituted(family, name));
                }
                self.choose(&mut selection, name, faces, query);
            } else if selection.choices.is_empty() {
                unknown.push(family);
            }
        }
        if selection.choices.is_empty() {
            let last = self
                .family(&LAST_RESORT.to_lowercase())
                .or_else(|| self.family_order.first().and_then(|family| self.family(family)));
            let faces = last.unwrap_or_default();
            self.choose(&mut selection, LAST_RESORT, faces, query);
        }
        let used = selection.choices.first().map(|choice| self.family_name(choice.face).to_owned());
        let used = used.unwrap_or_default();
        let missing = unknown.into_iter().map(|family| unknown_family(family, &used));
        selection.findings.splice(0..0, missing);
        selection
    }

    /// Adds the nearest of `faces` to a selection and notes what it cannot do.
    fn choose(&self, selection: &mut Selection, family: &str, faces: &[FaceId], query: &FaceQuery) {
        // A family may be spread over several faces by `unicode-range`: the nearest one of each
        // range counts, the later rule first (CSS Fonts 4 §4.5).
        let partial = |face: &FaceId| self.entry(*face).is_some_and(|e| !e.ranges.is_empty());
        let mut left: Vec<FaceId> = faces.to_vec();
        while let Some(face) = self.nearest(&left, query) {
            let Some(entry) = self.entry(face) else { return };
            let slant = query.leans() && !entry.italic;
            let chosen = self.instance(face, query);
            if !selection.choices.iter().any(|choice| choice.face == chosen) {
                if selection.choices.is_empty() {
                    selection.findings.extend(self.shortcomings(face, family, query));
                }
                selection.choices.push(Choice { face: chosen, slant });
            }
            if !partial(&face) {
                return;
            }
            let ranges = entry.ranges.clone();
            left.retain(|other| self.entry(*other).is_some_and(|entry| entry.ranges != ranges));
        }
    }

    fn shortcomings(&self, face: FaceId, family: &str, query: &FaceQuery) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let Some(entry) = self.entry(face) else { return findings };
        if entry.face.parsed().is_none() {
            let message = format!("the font file {} is damaged", entry.face.name);
            findings.push(Diagnostic::error("font/damaged", message).help(
                "replace the file with a sound TrueType or OpenType font, or use another family",
            ));
            return findings;
        }
        if query.weight >= 600 && entry.weight.1 < 600 {
            let message = format!("the family {family} has no bold face, so its text stays light");
            findings.push(
                Diagnostic::warning("font/no-bold", message)
                    .help("add the family's bold file to templates/fonts, or use another family"),
            );
        }
        for axis in self.unknown_axes(face, query) {
            let message = format!(
                "the family {family} has no axis `{axis}` ({}): font-variation-settings leaves it as it is",
                entry.face.name
            );
            findings.push(
                Diagnostic::warning("font/no-axis", message)
                    .help("use the family's variable file, or take the axis away"),
            );
        }
        findings
    }

    /// The face of one family that is nearest in width, slope and weight, in that order
    /// (CSS Fonts 4 §5.2 steps 4.1 to 4.4). Of equals, the one from the later source is taken.
    pub(super) fn nearest(&self, faces: &[FaceId], query: &FaceQuery) -> Option<FaceId> {
        let key = |face: &FaceId| {
            let entry = self.entry(*face)?;
            let width = width_distance(query.stretch, entry.stretch);
            let slope = u8::from(if query.leans() { !entry.italic } else { !entry.upright });
            let weight = weight_distance(query.weight, entry.weight);
            // Of rules, the later one holds (CSS Fonts 4 §4.5).
            let order = if entry.rank == RANK_RULE { u64::MAX - face.0 } else { face.0 };
            Some((width, slope, weight, u8::MAX - entry.rank, order, *face))
        };
        faces.iter().filter_map(key).min().map(|(.., face)| face)
    }
}

/// How far a face's width is from the one that is asked for: narrower faces are tried first for
/// normal and narrow text, wider ones for wide text.
fn width_distance(desired: f32, (narrowest, widest): (f32, f32)) -> u32 {
    let actual = desired.clamp(narrowest, widest.max(narrowest));
    let difference = ((actual - desired) * 1000.0).round() as i32;
    let wrong_side = if desired <= 1.0 { difference > 0 } else { difference < 0 };
    difference.unsigned_abs() + if wrong_side { 100_000 } else { 0 }
}

/// How far a face's weights are from the one that is asked for (CSS Fonts 4 §5.2 step 4.3): for
/// 400 to 500, up to 500 first, then lighter, then heavier; below 400 lighter first; above 500
/// heavier first.
fn weight_distance(desired: u16, (lightest, heaviest): (u16, u16)) -> u32 {
    let desired = u32::from(desired);
    let nearest = desired.clamp(u32::from(lightest), u32::from(heaviest.max(lightest)));
    let distance = nearest.abs_diff(desired);
    let heavier = nearest > desired;
    let step = match desired {
        400..=500 if heavier && nearest <= 500 => 0,
        400..=500 if !heavier => 1000,
        400..=500 => 2000,
        501.. if heavier => 0,
        501.. => 1000,
        _ if heavier => 1000,
        _ => 0,
    };
    if distance == 0 { 0 } else { distance + step }
}

fn substitute(family: &str) -> Option<&'static str> {
    SUBSTITUTES.iter().find(|(known, _)| *known == family).map(|(_, name)| *name)
}

fn substituted(family: &str, name: &str) -> Diagnostic {
    let message = format!(
        "the family {family} is not on hand; {name}, with the same measures, stands in for it"
    );
    Diagnostic::warning("font/substitute", message).help(format!(
        "write \"{name}\" in the stylesheet, or add the font file to templates/fonts"
    ))
}

fn unknown_family(family: &str, used: &str) -> Diagnostic {
    let message = format!("the family {family} is not on hand; {used} stands in for it");
    Diagnostic::warning("font/unknown-family", message).help(
        "add the font file to templates/fonts, name its folder with --font-dir, or use another family",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FontSources;

    fn family_of(
        book: &FontBook,
        names: &[&str],
        weight: u16,
        italic: bool,
    ) -> (String, u16, bool) {
        let names: Vec<Arc<str>> = names.iter().map(|name| (*name).into()).collect();
        let choice = book.select(&names, &FaceQuery::plain(weight, italic)).choices[0];
        let entry = book.entry(choice.face).unwrap();
        (entry.family.to_string(), entry.weight.0, choice.slant)
    }

    #[test]
    fn select_known_families_gives_the_nearest_weight() {
        let book = FontSources::builtin().open().0;
        assert_eq!(
            family_of(&book, &["Source Sans 3"], 400, false),
            ("Source Sans 3".into(), 400, false)
        );
        assert_eq!(family_of(&book, &["serif"], 500, false), ("Source Serif 4".into(), 400, false));
        assert_eq!(family_of(&book, &["serif"], 800, true), ("Source Serif 4".into(), 700, false));
        assert_eq!(
            family_of(&book, &["Noto Naskh Arabic"], 600, true),
            ("Noto Naskh Arabic".into(), 700, true)
        );
        assert_eq!(family_of(&book, &["Arial"], 400, false).0, "Liberation Sans");
    }

    #[test]
    fn select_unknown_family_warns_and_names_the_substitute() {
        let book = FontSources::builtin().open().0;
        let selection =
            book.select(&["Calibri".into(), "serif".into()], &FaceQuery::plain(400, false));
        assert_eq!(selection.findings.len(), 1);
        assert!(selection.findings[0].message.contains("Source Serif 4 stands in"));
    }

    #[test]
    fn weight_distance_follows_the_specification() {
        let order = |desired: u16| {
            let mut weights = [100u16, 300, 400, 500, 600, 900];
            weights.sort_by_key(|weight| weight_distance(desired, (*weight, *weight)));
            weights
        };
        assert_eq!(order(400), [400, 500, 300, 100, 600, 900]);
        assert_eq!(order(200), [100, 300, 400, 500, 600, 900]);
        assert_eq!(order(700), [900, 600, 500, 400, 300, 100]);
    }
}
