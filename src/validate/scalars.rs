//! Single values: texts, numbers, dates, countries, ids, fixed words.

use super::reader::{Read, Reader};
use crate::diag::Diagnostic;
use crate::load::{self, Kind, Reading, Scalar, Value};
use crate::locale::{nearest_country, tag};
use crate::model::{
    Appointment, Consent, Country, Delivery, EventKind, Experience, Gender, MandateKind,
    PartialDate, Reference, Relation, Role, SessionKind, Status, TaskRef, Text, Time,
};
use crate::near::nearest;
use crate::plain::plain;
use crate::source::Span;

/// The text of a scalar that is not blank; `expected` is what is asked for ("a text").
fn words<'v>(value: &'v Value, reader: &mut Reader, expected: &str) -> Option<&'v Scalar> {
    let Kind::Scalar(scalar) = &value.kind else {
        let found = reader.wrong_type(value, expected)?;
        reader.report(found);
        return None;
    };
    if scalar.text.trim().is_empty() {
        let blank = Diagnostic::error("data/blank", format!("expected {expected}, found a blank"));
        reader.report(blank.at(value.span, "nothing is written here"));
        return None;
    }
    if let Some(sign) = scalar.text.chars().find(|sign| OVERRIDES.contains(sign)) {
        let code = u32::from(sign);
        let message = format!("a sign that nobody sees (U+{code:04X}) turns the letters of a text");
        let turned = Diagnostic::error("data/turned-letters", message);
        reader.report(turned.at(value.span, "in this one").help(
            "type the text again; such signs come along when text is pasted, and a name that holds one reads otherwise than it is written",
        ));
        return None;
    }
    Some(scalar)
}

/// The signs that set the letters after them in one direction, whatever direction these have of
/// themselves (Unicode Standard Annex #9, 2.2). No language needs them.
const OVERRIDES: [char; 2] = ['\u{202D}', '\u{202E}'];

impl Read for String {
    fn read(value: &Value, reader: &mut Reader) -> Option<String> {
        let scalar = words(value, reader, "a text")?;
        if let Reading::Bool(_) = scalar.reading {
            let found = reader.wrong_type(value, "a text")?;
            reader.report(
                found.help(format!("if the word is meant, put it in quotes: \"{}\"", scalar.text)),
            );
            return None;
        }
        Some(scalar.text.clone())
    }
}

impl Read for Text {
    fn read(value: &Value, reader: &mut Reader) -> Option<Text> {
        let Kind::Map(entries) = &value.kind else {
            return String::read(value, reader).map(Text::One);
        };
        let errors = reader.errors();
        let mut texts = Vec::with_capacity(entries.len());
        for entry in entries {
            if !is_language_tag(&entry.key) {
                let message = format!("`{}` is not a language tag", entry.key);
                let found = Diagnostic::error("data/unknown-language", message);
                reader.report(
                    found
                        .at(entry.key_span, "expected a language")
                        .help("a text is written once, or once per language: {en: …, nb: …}"),
                );
                continue;
            }
            let text = reader
                .inside(&entry.key, entry.value.span, |reader| String::read(&entry.value, reader));
            texts.extend(text.map(|text| (entry.key.clone(), text)));
        }
        if entries.is_empty() {
            let blank = Diagnostic::error("data/blank", "expected a text, found no language");
            reader.report(blank.at(value.span, "nothing is written here"));
        }
        (reader.errors() == errors).then_some(Text::PerLanguage(texts))
    }
}

/// Whether a key has the shape of a language tag (BCP 47: `nb`, `en-GB`).
pub(super) fn is_language_tag(key: &str) -> bool {
    let mut parts = key.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

impl Read for bool {
    fn read(value: &Value, reader: &mut Reader) -> Option<bool> {
        if let Kind::Scalar(Scalar { reading: Reading::Bool(word), .. }) = &value.kind {
            return Some(*word);
        }
        let found = reader.wrong_type(value, "true or false")?;
        reader.report(found);
        None
    }
}

impl Read for u32 {
    fn read(value: &Value, reader: &mut Reader) -> Option<u32> {
        if let Kind::Scalar(Scalar { reading: Reading::Int(number), .. }) = &value.kind
            && let Ok(number) = u32::try_from(*number)
        {
            return Some(number);
        }
        let found = match value.text() {
            Some(text) => Diagnostic::error(
                "data/wrong-type",
                format!("expected a whole number, found `{text}`"),
            )
            .at(value.span, "not a whole number")
            .help("write it in figures, such as 1 or 12"),
            None => reader.wrong_type(value, "a whole number")?,
        };
        reader.report(found);
        None
    }
}

/// A whole number that may stand in a table, whose cells are all texts.
pub(super) struct Number(pub u32);

impl Read for Number {
    fn read(value: &Value, reader: &mut Reader) -> Option<Number> {
        let text = value.text().map(str::trim).unwrap_or_default();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits => Some(Number(number)),
            _ => u32::read(value, reader).map(Number),
        }
    }
}

impl Read for PartialDate {
    fn read(value: &Value, reader: &mut Reader) -> Option<PartialDate> {
        let scalar = words(value, reader, "a date")?;
        match load::date(&scalar.text, reader.context.date_order) {
            Ok(date) => Some(date),
            Err(fault) => {
                let found = Diagnostic::error("data/bad-date", fault.to_string())
                    .at(value.span, "not a date as it stands")
                    .help(fault.help());
                reader.report(found);
                None
            }
        }
    }
}

impl Read for Country {
    fn read(value: &Value, reader: &mut Reader) -> Option<Country> {
        let scalar = words(value, reader, "a country")?;
        country(&scalar.text, value.span, reader)
    }
}

fn country(written: &str, span: Span, reader: &mut Reader) -> Option<Country> {
    let written = written.trim();
    let code = (reader.context.country)(written);
    if code.is_none() {
        let message = format!("`{written}` is not a country that is known here");
        let found = Diagnostic::error("data/unknown-country", message).at(span, "which country?");
        reader.report(match nearest_country(written) {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help(
                "write its name in English or Norwegian, or its two-letter code of ISO 3166, such as NO",
            ),
        });
    }
    code.map(|code| Country::from_code(&code))
}

/// One or several countries: a list of names or codes, or one line such as `Moldova , Ukraine`.
pub(super) struct Countries(pub Vec<Country>);

impl Read for Countries {
    fn read(value: &Value, reader: &mut Reader) -> Option<Countries> {
        let errors = reader.errors();
        let values = match &value.kind {
            Kind::List(values) => values.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut countries: Vec<Country> = Vec::new();
        for value in values {
            let Some(scalar) = words(value, reader, "a country") else { continue };
            for (part, span) in split(&scalar.text, value.span, reader) {
                let index = countries.len().to_string();
                countries.extend(reader.inside(&index, span, |reader| country(part, span, reader)));
            }
        }
        (reader.errors() == errors).then_some(Countries(countries))
    }
}

/// Cuts a line into its countries: the whole line if it is one, else at commas, semicolons and
/// slashes, else (`Moldova and Ukraine`) at the words for "and".
fn split<'t>(text: &'t str, span: Span, reader: &Reader) -> Vec<(&'t str, Span)> {
    let known = |part: &str| (reader.context.country)(part.trim()).is_some();
    if known(text) {
        return vec![(text, span)];
    }
    let mut parts = Vec::new();
    for part in text.split([',', ';', '/']).filter(|part| !part.trim().is_empty()) {
        let joint = [" and ", " og ", " & "].into_iter().find(|joint| part.contains(joint));
        match joint {
            Some(joint) if !known(part) => parts.extend(part.split(joint)),
            _ => parts.push(part),
        }
    }
    // Bytes of the text and bytes of the file agree only where no quote or escape stands between.
    let verbatim = (span.end - span.start) as usize == text.len();
    let place = |part: &str| {
        let lead = part.len() - part.trim_start().len();
        let start = part.as_ptr().addr() - text.as_ptr().addr() + lead;
        Span::new(
            span.source,
            span.start as usize + start,
            span.start as usize + start + part.trim().len(),
        )
    };
    parts.into_iter().map(|part| (part.trim(), if verbatim { place(part) } else { span })).collect()
}

/// A short name that may stand in file names and references.
pub(super) struct Id(pub String);

impl Read for Id {
    fn read(value: &Value, reader: &mut Reader) -> Option<Id> {
        let scalar = words(value, reader, "an id")?;
        if is_id(&scalar.text) {
            return Some(Id(scalar.text.clone()));
        }
        let found = Diagnostic::error("data/bad-id", format!("`{}` cannot be an id", scalar.text));
        reader.report(found.at(value.span, "not an id").help(format!(
            "use small letters a–z, digits and hyphens, such as {}",
            slug(&scalar.text),
        )));
        None
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A usable id made of any text. File names and class names keep more of it.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in plain(text).to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "record".to_owned() } else { slug.to_owned() }
}

impl Read for Reference {
    fn read(value: &Value, reader: &mut Reader) -> Option<Reference> {
        let scalar = words(value, reader, "the id of an entry")?;
        let (known, what) = &reader.known;
        if let Some(reference) = known.iter().find(|known| known.answers_to(&scalar.text)) {
            return Some(reference.clone());
        }
        let found = dangling(&scalar.text, value.span, known, what);
        reader.report(found);
        None
    }
}

/// The report of a reference to nothing; `what` is the word for what is named ("partner").
pub(super) fn dangling(word: &str, span: Span, known: &[Reference], what: &str) -> Diagnostic {
    let found =
        Diagnostic::error("data/dangling-reference", format!("there is no {what} `{word}`"))
            .at(span, format!("no such {what}"));
    let ids = known.iter().map(|reference| reference.id.as_str());
    let names = known.iter().flat_map(|reference| {
        reference
            .name
            .wordings()
            .into_iter()
            .chain(reference.short_name.iter().flat_map(Text::wordings))
    });
    if let Some(near) = nearest(word, ids.clone().chain(names)) {
        return found.help(format!("did you mean `{near}`?"));
    }
    let ids: Vec<&str> = ids.collect();
    match ids.as_slice() {
        [] => found.help(format!("this record lists no {what} yet")),
        ids => found.help(format!("known here: {}", ids.join(", "))),
    }
}

impl Read for TaskRef {
    fn read(value: &Value, reader: &mut Reader) -> Option<TaskRef> {
        let number = u32::read(value, reader)? as usize;
        let task = reader.tasks.iter().find(|task| task.number == number).cloned();
        if task.is_none() {
            let found =
                Diagnostic::error("data/dangling-reference", format!("there is no task {number}"))
                    .at(value.span, "no such task")
                    .help(match reader.tasks.len() {
                        0 => "this mandate lists no tasks".to_owned(),
                        count => format!("the tasks are numbered 1 to {count}"),
                    });
            reader.report(found);
        }
        task
    }
}

/// A language by its tag (BCP 47).
pub(super) struct LanguageTag(pub String);

impl Read for LanguageTag {
    fn read(value: &Value, reader: &mut Reader) -> Option<LanguageTag> {
        let scalar = words(value, reader, "a language")?;
        let written = scalar.text.trim();
        if is_language_tag(written) {
            return Some(LanguageTag(written.to_owned()));
        }
        let message = format!("`{written}` is not a language tag");
        let found = Diagnostic::error("data/unknown-language", message);
        let help = match tag::meant(written) {
            Some(tag) => format!("write `{tag}`"),
            None => "write its code in small letters: en for English, nb for bokmål".to_owned(),
        };
        reader.report(found.at(value.span, "expected a language").help(help));
        None
    }
}

/// Yes or no, as people mark it in a table.
pub(super) struct Flag(pub bool);

const FLAGS: &[(&str, bool)] = &[
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
    ("ja", true),
    ("nei", false),
    // As Excel writes a logical value in Norwegian.
    ("sann", true),
    ("usann", false),
    ("x", true),
    ("y", true),
    ("n", false),
    ("j", true),
    ("1", true),
    ("0", false),
];

impl Read for Flag {
    fn read(value: &Value, reader: &mut Reader) -> Option<Flag> {
        word(value, reader, FLAGS).map(Flag)
    }
}

/// What somebody does at an event: a list, or one line such as `participant; speaker`.
pub(super) struct Roles(pub Vec<Role>);

impl Read for Roles {
    fn read(value: &Value, reader: &mut Reader) -> Option<Roles> {
        let errors = reader.errors();
        let mut roles: Vec<Role> = Vec::new();
        let mut add = |read: Option<Role>| {
            roles.extend(read.filter(|role| !roles.contains(role)));
        };
        if let Kind::List(values) = &value.kind {
            values.iter().for_each(|value| add(Role::read(value, reader)));
        } else {
            let scalar = words(value, reader, "a role")?;
            for part in scalar.text.split([';', '/', ',', '+']) {
                if part.trim().is_empty() {
                    continue;
                }
                let part = Scalar { text: part.trim().to_owned(), ..scalar.clone() };
                let part = Value { span: value.span, kind: Kind::Scalar(part) };
                add(Role::read(&part, reader));
            }
        }
        (reader.errors() == errors).then_some(Roles(roles))
    }
}

impl Read for Time {
    fn read(value: &Value, reader: &mut Reader) -> Option<Time> {
        let scalar = words(value, reader, "a time of day")?;
        let written = scalar.text.trim();
        let parsed = written.split_once([':', '.']).and_then(|(hours, minutes)| {
            let digits = |text: &str, most: usize| {
                (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            };
            if !digits(hours, 2) || !digits(minutes, 2) || minutes.len() != 2 {
                return None;
            }
            let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
            (minutes < 60).then(|| Time::from_minutes(hours * 60 + minutes)).flatten()
        });
        if parsed.is_none() {
            let message = format!("`{written}` is not a time of day");
            let found = Diagnostic::error("data/bad-time", message).at(value.span, "what time?");
            reader.report(found.help("write it by the 24-hour clock, such as 09:00 or 17:30"));
        }
        parsed
    }
}

/// Reads one of a few fixed words.
fn word<T: Copy>(value: &Value, reader: &mut Reader, known: &[(&str, T)]) -> Option<T> {
    let scalar = words(value, reader, "one of the known words")?;
    let written = scalar.text.trim();
    let small = written.to_lowercase();
    if let Some((_, meaning)) = known.iter().find(|(word, _)| *word == small) {
        return Some(*meaning);
    }
    let mut found = Diagnostic::error(
        "data/unknown-word",
        format!("`{written}` is not one of the words known here"),
    )
    .at(value.span, "unknown word");
    // Of a single letter every other is a slip away.
    let near = || nearest(written, known.iter().map(|(word, _)| *word));
    if let Some(near) = near().filter(|_| written.chars().count() > 1) {
        found = found.help(format!("did you mean `{near}`?"));
    } else {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        found = found.help(format!("write one of: {}", words.join(", ")));
    }
    reader.report(found);
    None
}

/// Types that are read from one of a few fixed words.
macro_rules! fixed_words {
    ($($type:ident { $($word:literal => $variant:ident),+ $(,)? })+) => {$(
        impl Read for $type {
            fn read(value: &Value, reader: &mut Reader) -> Option<$type> {
                word(value, reader, &[$(($word, $type::$variant)),+])
            }
        }
    )+};
}

fixed_words! {
    Status { "draft" => Draft, "final" => Final }
    MandateKind {
        "scoping-mission" => ScopingMission,
        "brief" => Brief,
        "training" => Training,
        "conference" => Conference,
        "strategy" => Strategy,
    }
    Appointment { "political" => Political, "permanent" => Permanent }
    Experience {
        "new" => New,
        "experienced" => Experienced,
        "ny" => New,
        "erfaren" => Experienced,
    }
    Gender {
        "female" => Female,
        "male" => Male,
        "other" => Other,
        "f" => Female,
        "m" => Male,
        "x" => Other,
        "woman" => Female,
        "man" => Male,
        "kvinne" => Female,
        "mann" => Male,
        "k" => Female,
        "annet" => Other,
    }
    Consent {
        "public" => Public,
        "attendees" => Attendees,
        "none" => None,
        "yes" => Public,
        "no" => None,
        "ja" => Public,
        "nei" => None,
        "offentlig" => Public,
        "deltakere" => Attendees,
        "ingen" => None,
    }
    Role {
        "participant" => Participant,
        "speaker" => Speaker,
        "moderator" => Moderator,
        "observer" => Observer,
        "interpreter" => Interpreter,
        "deltaker" => Participant,
        "foredragsholder" => Speaker,
        "innleder" => Speaker,
        "ordstyrer" => Moderator,
        "møteleder" => Moderator,
        "observatør" => Observer,
        "tolk" => Interpreter,
    }
    EventKind {
        "training" => Training,
        "conference" => Conference,
        "seminar" => Seminar,
        "meeting" => Meeting,
    }
    Delivery { "in-person" => InPerson, "online" => Online, "hybrid" => Hybrid }
    SessionKind {
        "session" => Session,
        "break" => Break,
        "meal" => Meal,
        "registration" => Registration,
        "ceremony" => Ceremony,
    }
    Relation {
        "establishes" => Establishes,
        "funds" => Funds,
        "implements" => Implements,
        "organises" => Organises,
        "invites" => Invites,
        "invited" => Invited,
        "requests" => Requests,
        "supports" => Supports,
        "advises" => Advises,
        "reviews" => Reviews,
        "considers" => Considers,
        "decides" => Decides,
        "attends" => Attends,
        "receives" => Receives,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slug_of_norwegian_name_is_an_id() {
        assert_eq!(slug("Ærø & Åmot (Øst)"), "aero-amot-ost");
        assert!(is_id(&slug("– – –")));
    }

    #[test]
    fn language_tag_shape_is_told_from_a_key() {
        assert!(is_language_tag("nb") && is_language_tag("en-GB"));
        assert!(!is_language_tag("text") && !is_language_tag("EN") && !is_language_tag("en-"));
    }
}
