//! Columns that hold a text in one language: `function-nb`, `stilling (nb)`, `Function English`.

use super::columns::{doubled, folded, known};
use crate::diag::Diagnostic;
use crate::load::{Entry, Kind, Value};
use crate::locale::{language_name, tag};

/// The fields that are texts, which may differ by language.
const TEXTS: &[&str] =
    &["title", "honorific", "function", "agency", "delegation", "diet", "access", "note"];

/// The field and the language of such a column; none where its name does not end in a language or
/// begins with no text. `no` stands for bokmål, as people use it.
pub fn column_in_language(column: &str) -> Option<(&'static str, String)> {
    let apart = column.replace(['(', ')', '[', ']', '.', ':', ',', '/'], " ");
    let name = folded(&apart);
    let (rest, last) = name.rsplit_once('-')?;
    let field = known(rest).filter(|field| TEXTS.contains(field))?;
    let language = match last {
        "no" => "nb".to_owned(),
        _ => tag::meant(last).unwrap_or_else(|| last.to_owned()),
    };
    language_name(&language, "en").map(|_| (field, language))
}

/// The text of one column of a row.
pub(super) struct Wording {
    pub field: &'static str,
    pub language: String,
    pub entry: Entry,
}

/// Puts the wordings of a row under their fields. What stands in the column of the field's bare name is
/// then in the language of the project. Two columns for one language are a fault.
pub(super) fn join(
    fields: &mut Vec<Entry>,
    wordings: Vec<Wording>,
    project: &str,
    mut report: impl FnMut(&Entry, Diagnostic),
) {
    for Wording { field, language, entry } in wordings {
        let at = fields.iter().position(|known| known.key == field).unwrap_or_else(|| {
            let value = Value { span: entry.value.span, kind: Kind::Map(Vec::new()) };
            fields.push(Entry { key: field.to_owned(), key_span: entry.key_span, value });
            fields.len() - 1
        });
        let Some(whole) = fields.get_mut(at) else { continue };
        if !matches!(whole.value.kind, Kind::Map(_)) {
            let bare = whole.value.clone();
            let first = Entry { key: project.to_owned(), key_span: whole.key_span, value: bare };
            whole.value.kind = Kind::Map(vec![first]);
        }
        let Kind::Map(texts) = &mut whole.value.kind else { continue };
        if let Some(first) = texts.iter().find(|known| known.key == language) {
            let name = format!("{field}-{language}");
            report(&entry, doubled(&name, entry.key_span, first.key_span));
            continue;
        }
        texts.push(Entry { key: language, ..entry });
    }
}

/// Takes out the languages in which a row says nothing; a field without any text is empty.
pub(super) fn settle(fields: &mut [Entry]) {
    for field in fields.iter_mut().filter(|field| TEXTS.contains(&field.key.as_str())) {
        let Kind::Map(texts) = &mut field.value.kind else { continue };
        texts.retain(|text| text.value.kind != Kind::Null);
        match texts.first() {
            Some(first) => field.value.span = first.value.span,
            None => field.value.kind = Kind::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_of_one_language_is_known_by_its_end() {
        for (column, field, language) in [
            ("function-nb", "function", "nb"),
            ("function_nb", "function", "nb"),
            ("Stilling (nb)", "function", "nb"),
            ("stilling no", "function", "nb"),
            ("Function (English)", "function", "en"),
            ("etat: bokmål", "agency", "nb"),
            ("Akademisk tittel – no", "honorific", "nb"),
            ("title.fr", "title", "fr"),
        ] {
            let found = column_in_language(&column.replace('–', "-"));
            assert_eq!(found, Some((field, language.to_owned())), "{column}");
        }
        for column in ["function", "surname-nb", "agency-id", "post-nr", "function-xx", "nb", "-nb"]
        {
            assert_eq!(column_in_language(column), None, "{column}");
        }
    }
}
