//! Patterns of names and titles: text with fields in double braces, `mandates/{{id}}.pdf`.

use serde_json::Value as Json;

use super::select;

/// A pattern, cut into its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A dotted path.
    Field(String),
}

/// Why a field gives no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// The field is missing, or nothing stands in it.
    Missing,
    /// The field holds a list or a map.
    Several,
    /// Nothing is left of the value in a file's name.
    NothingSafe,
}

impl Pattern {
    /// Reads a pattern; the error says what is wrong with the braces.
    pub fn parse(text: &str) -> Result<Pattern, &'static str> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((field, after)) = after.split_once("}}") else {
                return Err("the braces “{{” are not closed");
            };
            let field = field.trim();
            if field.is_empty()
                || field.split('.').any(str::is_empty)
                || field.contains([' ', '{', '}', '#', '/'])
            {
                return Err("a field's name must stand between “{{” and “}}”");
            }
            parts.push(Part::Text(before.to_owned()));
            parts.push(Part::Field(field.to_owned()));
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        let stray = |part: &Part| matches!(part, Part::Text(text) if text.contains(['{', '}']));
        if parts.iter().any(stray) {
            return Err("a single brace stands in the text; fields are written {{field}}");
        }
        Ok(Pattern { parts })
    }

    /// The fields that it asks for.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Field(field) => Some(field.as_str()),
            Part::Text(_) => None,
        })
    }

    /// The text with every field filled in by `fill`; the error names the field that has no text.
    pub fn fill(
        &self,
        fill: &dyn Fn(&str) -> Result<String, Lack>,
    ) -> Result<String, (String, Lack)> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Field(field) => {
                    text.push_str(&fill(field).map_err(|lack| (field.clone(), lack))?)
                }
            }
        }
        Ok(text)
    }
}

/// The one text at a dotted path; of a map of languages, the text of `language`.
pub(super) fn text_at(json: &Json, path: &str, language: &str) -> Result<String, Lack> {
    let found = select::values(json, path);
    let [value] = found.as_slice() else {
        return Err(if found.is_empty() { Lack::Missing } else { Lack::Several });
    };
    text_of(value, language)
}

/// A scalar's text; of a map of languages, the text of `language`.
pub(super) fn text_of(value: &Json, language: &str) -> Result<String, Lack> {
    match value {
        Json::Null => Err(Lack::Missing),
        Json::String(text) if text.trim().is_empty() => Err(Lack::Missing),
        Json::String(text) => Ok(text.clone()),
        Json::Number(number) => Ok(number.to_string()),
        Json::Bool(value) => Ok(value.to_string()),
        Json::Array(_) => Err(Lack::Several),
        Json::Object(map) => {
            let main = language.split('-').next().unwrap_or_default();
            match map.get(language).or_else(|| map.get(main)) {
                Some(Json::String(text)) if !text.trim().is_empty() => Ok(text.clone()),
                _ => Err(Lack::Several),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_filled_in() {
        let pattern = Pattern::parse("mandates/{{id}}-{{ country.code }}.pdf").unwrap();
        assert_eq!(pattern.fields().collect::<Vec<_>>(), ["id", "country.code"]);
        let record = json!({"id": "x", "country": [{"code": "MD"}]});
        let filled = pattern.fill(&|field| text_at(&record, field, "en"));
        assert_eq!(filled.as_deref(), Ok("mandates/x-MD.pdf"));
    }

    #[test]
    fn braces_out_of_place_are_refused() {
        for text in
            ["{{id.pdf", "{{}}.pdf", "{id}.pdf", "{{#if x}}", "{{a b}}", "{{a..b}}", "id}}.pdf"]
        {
            assert!(Pattern::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn fields_without_one_text_are_told_apart() {
        let record = json!({"a": null, "b": [1, 2], "c": {"en": "x", "nb": "y"}, "d": 3});
        assert_eq!(text_at(&record, "a", "en"), Err(Lack::Missing));
        assert_eq!(text_at(&record, "z", "en"), Err(Lack::Missing));
        assert_eq!(text_at(&record, "b", "en"), Err(Lack::Several));
        assert_eq!(text_at(&record, "c", "nb-NO").as_deref(), Ok("y"));
        assert_eq!(text_at(&record, "c", "fr"), Err(Lack::Several));
        assert_eq!(text_at(&record, "d", "en").as_deref(), Ok("3"));
    }
}
