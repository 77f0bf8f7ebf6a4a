//! The types of XMP values, and whether a value is of its type (XMP Specification, September
//! 2005, chapter 4; ISO 19005-2 6.6.2.3.1).

use rustc_hash::FxHashMap;

use super::rdf::{Kind, Property, Value};
use super::schemas::{SCHEMAS, STRUCTURES};

/// How deep types may be made of types.
const DEEP: usize = 32;

/// A structure that an extension schema defines.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// The namespace of its fields.
    pub namespace: String,
    /// The fields and their types.
    pub fields: FxHashMap<String, String>,
}

/// The types that a schema can use besides the predefined ones, by their names in small letters.
pub type Types = FxHashMap<String, Structure>;

/// What an extension schema defines.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    /// The properties and their types.
    pub properties: FxHashMap<String, String>,
    /// Its own types.
    pub types: Types,
}

/// The type of a property of the predefined schemas.
pub fn predefined(namespace: &str, name: &str) -> Option<&'static str> {
    let (_, properties) = SCHEMAS.iter().find(|(schema, _)| *schema == namespace)?;
    properties.iter().find(|(property, _)| *property == name).map(|(_, kind)| *kind)
}

/// The type without what says that its values are chosen from a list: `closed choice of text` is
/// text.
fn plain(kind: &str) -> String {
    let mut words: Vec<String> = kind.split_whitespace().map(str::to_lowercase).collect();
    while let Some(choice) = words.iter().position(|word| word == "choice") {
        if words.get(choice + 1).is_some_and(|word| word == "of") {
            words.remove(choice + 1);
        }
        words.remove(choice);
        if choice > 0
            && words.get(choice - 1).is_some_and(|word| word == "open" || word == "closed")
        {
            words.remove(choice - 1);
        }
    }
    let plain = words.join(" ");
    match plain.as_str() {
        "" => "text".to_owned(),
        languages if languages.ends_with("lang alt") => "lang alt".to_owned(),
        array if ["bag", "seq", "alt"].iter().any(|kind| array.ends_with(kind)) => {
            format!("{array} text")
        }
        _ => plain,
    }
}

/// A type of an array, and the type of what stands in it.
fn array(kind: &str) -> Option<(Kind, &str)> {
    let (array, item) = kind.split_once(' ')?;
    let array = match array {
        "bag" => Kind::Bag,
        "seq" => Kind::Seq,
        "alt" if item != "lang" => Kind::Alt,
        _ => return None,
    };
    Some((array, item))
}

/// Whether a type of this name is predefined or one of `types`.
pub fn is_known(kind: &str, types: &Types) -> bool {
    let kind = plain(kind);
    let mut kind = kind.as_str();
    while kind != "lang alt" {
        match array(kind) {
            Some((_, item)) => kind = item,
            None => break,
        }
    }
    matches!(
        kind,
        "any"
            | "text"
            | "integer"
            | "real"
            | "boolean"
            | "date"
            | "uri"
            | "url"
            | "xpath"
            | "mimetype"
            | "propername"
            | "agentname"
            | "rational"
            | "renditionclass"
            | "gpscoordinate"
            | "locale"
            | "lang alt"
    ) || STRUCTURES.iter().any(|(name, _)| *name == kind)
        || types.contains_key(kind)
}

/// A type in words: `an ordered list (rdf:Seq) of names` for `seq propername`.
pub fn in_words(kind: &str) -> String {
    let kind = plain(kind);
    let (one, _) = numbered(&kind);
    one
}

/// A type in words, of one value and of several.
fn numbered(kind: &str) -> (String, String) {
    if let Some((array, item)) = array(kind) {
        let of = numbered(item).1;
        let (one, several) = match array {
            Kind::Seq => ("an ordered list (rdf:Seq)", "ordered lists (rdf:Seq)"),
            Kind::Alt => ("a list of alternatives (rdf:Alt)", "lists of alternatives (rdf:Alt)"),
            _ => ("a list (rdf:Bag)", "lists (rdf:Bag)"),
        };
        return (format!("{one} of {of}"), format!("{several} of {of}"));
    }
    let (one, several) = match kind {
        "any" => ("a value", "values"),
        "text" | "xpath" => ("a text", "texts"),
        "integer" => ("a whole number", "whole numbers"),
        "real" => ("a number", "numbers"),
        "rational" => ("a fraction", "fractions"),
        "boolean" => ("True or False", "values True or False"),
        "date" => ("a date (2026-11-24)", "dates (2026-11-24)"),
        "uri" | "url" => ("an address", "addresses"),
        "mimetype" => ("a media type (text/csv)", "media types (text/csv)"),
        "propername" => ("a name", "names"),
        "agentname" => ("the name of a program", "names of programs"),
        "locale" => ("a language", "languages"),
        "gpscoordinate" => ("a place on the globe (59,54.83N)", "places on the globe (59,54.83N)"),
        "lang alt" => ("a text by languages (rdf:Alt)", "texts by languages (rdf:Alt)"),
        other => {
            return (format!("a value of the type {other}"), format!("values of the type {other}"));
        }
    };
    (one.to_owned(), several.to_owned())
}

/// Whether a value is of a type. Types that nobody defines fit nothing.
pub fn fits(value: &Property, kind: &str, types: &Types) -> bool {
    fits_within(value, kind, types, 0)
}

fn fits_within(property: &Property, kind: &str, types: &Types, depth: usize) -> bool {
    if depth > DEEP {
        return false;
    }
    let kind = plain(kind);
    if kind == "any" {
        return true;
    }
    if kind == "lang alt" {
        return match &property.value {
            Value::Array(Kind::Languages, _) => true,
            Value::Array(Kind::Alt, items) => items.is_empty(),
            _ => false,
        };
    }
    if let Some((wanted, item)) = array(&kind) {
        let Value::Array(is, items) = &property.value else { return false };
        let same = *is == wanted || (wanted == Kind::Alt && *is == Kind::Languages);
        return same && items.iter().all(|inner| fits_within(inner, item, types, depth + 1));
    }
    if let Some(structure) = types.get(&kind) {
        return fields_fit(property, &structure.namespace, depth, types, |name| {
            structure.fields.get(name).map(String::as_str)
        });
    }
    if let Some((_, (namespace, fields))) = STRUCTURES.iter().find(|(name, _)| *name == kind) {
        return fields_fit(property, namespace, depth, types, |name| {
            fields.iter().find(|(field, _)| *field == name).map(|(_, kind)| *kind)
        });
    }
    property.text().is_some_and(|text| simple(text, &kind))
}

fn fields_fit<'t>(
    property: &Property,
    namespace: &str,
    depth: usize,
    types: &Types,
    kind_of: impl Fn(&str) -> Option<&'t str>,
) -> bool {
    let Value::Structure(fields) = &property.value else { return false };
    fields.iter().all(|field| {
        field.namespace == namespace
            && kind_of(&field.name).is_some_and(|kind| fits_within(field, kind, types, depth + 1))
    })
}

/// Whether a text is of a simple type.
fn simple(text: &str, kind: &str) -> bool {
    match kind {
        "text" | "propername" | "agentname" | "rational" | "renditionclass" | "locale" | "uri"
        | "url" | "xpath" => true,
        "boolean" => matches!(text, "True" | "False"),
        "integer" => digits(unsigned(text)),
        "real" => real(unsigned(text)),
        "mimetype" => mime_type(text),
        "date" => date(text),
        "gpscoordinate" => coordinate(text),
        _ => false,
    }
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn real(text: &str) -> bool {
    match text.split_once('.') {
        None => digits(text),
        Some((whole, part)) => {
            (digits(whole) && (part.is_empty() || digits(part)))
                || (whole.is_empty() && digits(part))
        }
    }
}

/// Whether a text names a media type: `text/csv`.
pub fn mime_type(text: &str) -> bool {
    let token = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '_'))
    };
    text.split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

/// A date of ISO 8601 as XMP takes it: from the year alone to a fraction of a second.
fn date(text: &str) -> bool {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let parts: Vec<&str> = unsigned(day).split('-').collect();
    let sound = |part: Option<&&str>, length: usize, most: u32| {
        part.is_none_or(|part| {
            part.len() == length
                && digits(part)
                && part.parse::<u32>().is_ok_and(|number| number <= most)
        })
    };
    let day_is_sound = (1..=3).contains(&parts.len())
        && sound(parts.first(), 4, 9999)
        && sound(parts.get(1), 2, 12)
        && sound(parts.get(2), 2, 31);
    day_is_sound && time.is_none_or(|time| parts.len() == 3 && clock(time))
}

fn clock(text: &str) -> bool {
    let zone = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let two = |part: &str, most: u32| {
        part.len() == 2 && digits(part) && part.parse::<u32>().is_ok_and(|number| number <= most)
    };
    let zone_is_sound = match zone {
        "" | "Z" => true,
        offset => offset
            .get(1..)
            .and_then(|offset| offset.split_once(':'))
            .is_some_and(|(hours, minutes)| two(hours, 23) && two(minutes, 59)),
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let clock_is_sound = match parts[..] {
        [hours, minutes] => two(hours, 23) && two(minutes, 59),
        [hours, minutes, seconds] => {
            let (whole, part) = seconds.split_once('.').unwrap_or((seconds, "0"));
            two(hours, 23) && two(minutes, 59) && two(whole, 59) && digits(part)
        }
        _ => false,
    };
    clock_is_sound && zone_is_sound
}

/// A place on the globe as EXIF writes it: `59,54.83N`, `59,54,50N`.
fn coordinate(text: &str) -> bool {
    let Some(numbers) = text.strip_suffix(['N', 'S', 'E', 'W']) else { return false };
    let parts: Vec<&str> = numbers.split(',').collect();
    let short = |part: &str, longest: usize| digits(part) && part.len() <= longest;
    match parts[..] {
        [degrees, minutes, seconds] => short(degrees, 3) && short(minutes, 2) && short(seconds, 2),
        [degrees, minutes] => minutes
            .split_once('.')
            .is_some_and(|(whole, part)| short(degrees, 3) && short(whole, 2) && digits(part)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_choice_is_the_type_chosen_from() {
        assert_eq!(plain("closed Choice of Integer"), "integer");
        assert_eq!(plain("Open Choice"), "text");
        assert_eq!(plain("bag closed Choice of Text"), "bag text");
        assert_eq!(plain("Seq"), "seq text");
        assert_eq!(plain("Lang Alt"), "lang alt");
    }

    #[test]
    fn types_are_said_in_words() {
        assert_eq!(in_words("seq propername"), "an ordered list (rdf:Seq) of names");
        assert_eq!(in_words("Bag closed Choice of Text"), "a list (rdf:Bag) of texts");
        assert_eq!(
            in_words("bag seq Thumbnail"),
            "a list (rdf:Bag) of ordered lists (rdf:Seq) of values of the type thumbnail"
        );
        assert_eq!(in_words("Lang Alt"), "a text by languages (rdf:Alt)");
    }

    #[test]
    fn date_forms_of_xmp_are_taken() {
        for sound in
            ["2026", "2026-11", "2026-11-24", "2026-11-24T18:08Z", "2026-11-24T18:08:39.5+01:00"]
        {
            assert!(date(sound), "{sound}");
        }
        for unsound in ["24.11.2026", "2026-13", "2026-11-24T18", "2026-11T18:08Z", "D:20261124"] {
            assert!(!date(unsound), "{unsound}");
        }
    }

    #[test]
    fn real_and_coordinate_forms() {
        assert!(real("1.") && real(".5") && real("12") && !real(".") && !real("1,5"));
        assert!(coordinate("59,54.83N") && coordinate("10,44,20E") && !coordinate("59.9N"));
    }
}
