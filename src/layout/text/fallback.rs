//! A word of which the first face lacks a character: which face shows which part of it.

use unicode_script::{Script, UnicodeScript};

use crate::fonts::Choice;

use super::TextContext;
use super::atomize::FacePart;
use super::faces::Typeface;

/// Cuts `text` (which starts at `start` of `whole`) by faces; a base and its marks stay together.
/// A character that no face has is noted, and its part left out.
pub(super) fn split(
    text: &str,
    typeface: &Typeface,
    whole: &str,
    start: u32,
    context: &TextContext,
) -> Vec<FacePart> {
    let mut parts: Vec<FacePart> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((from, base)) = characters.next() {
        let mut to = from + base.len_utf8();
        while let Some((at, next)) = characters.next_if(|(_, next)| continues(*next)) {
            to = at + next.len_utf8();
        }
        let cluster = text.get(from..to).unwrap_or_default();
        let last = parts.last().map(|(_, choice)| *choice);
        match face_of(cluster, typeface, last, context) {
            Some(choice) => match parts.last_mut() {
                Some((range, same)) if *same == choice && range.end == from => range.end = to,
                _ => parts.push((from..to, choice)),
            },
            None => note(cluster, typeface, whole, start as usize + from, context),
        }
    }
    parts
}

/// Whether a character belongs to the one before it: marks, joiners and variation selectors.
fn continues(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
        || character.script() == Script::Inherited
}

fn face_of(
    cluster: &str,
    typeface: &Typeface,
    last: Option<Choice>,
    context: &TextContext,
) -> Option<Choice> {
    let fonts = context.fonts;
    let shows =
        |choice: &Choice| cluster.chars().all(|c| is_ignorable(c) || fonts.covers(choice.face, c));
    let chosen = typeface.choices.iter().copied().find(shows);
    // Punctuation between words of a fallback face stays in the chosen face; the rest follows.
    chosen.or_else(|| last.filter(shows)).or_else(|| {
        let fallbacks = cluster.chars().filter(|c| !is_ignorable(*c));
        let mut fallbacks = fallbacks.filter_map(|character| {
            let face = fonts.fallback(character, typeface.weight, typeface.italic)?;
            Some(Choice { face, slant: false })
        });
        fallbacks.find(shows)
    })
}

/// Characters that need no glyph.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{34F}')
}

fn note(cluster: &str, typeface: &Typeface, whole: &str, at: usize, context: &TextContext) {
    let from = whole.floor_char_boundary(at.saturating_sub(24));
    let to = whole.ceil_char_boundary((at + cluster.len() + 24).min(whole.len()));
    let around = whole.get(from..to).unwrap_or_default().trim();
    let lacking = |character: &char| {
        !is_ignorable(*character)
            && !typeface.choices.iter().any(|c| context.fonts.covers(c.face, *character))
            && context.fonts.fallback(*character, typeface.weight, typeface.italic).is_none()
    };
    let found = cluster.chars().find(lacking).or_else(|| cluster.chars().next());
    if let Some(character) = found {
        context.faces.note_missing(character, around);
    }
}
