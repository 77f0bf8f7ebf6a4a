//! YAML text → values with places.
//!
//! serde_yaml gives the tree and the core schema's reading of each scalar; saphyr-parser's events
//! give the places and the text as written. Both are walked side by side, and a text that the two
//! read differently is refused: nobody could say what its author meant.

use serde::Deserialize;

use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};

use super::text::{Legacy, text};
use super::value::{Entry, Kind, Reading, Scalar, Value};
use super::yaml_events::{self, Form, Node, Nodes};
use super::yaml_fault;

/// Reads the documents of a YAML file. A file without any (empty, or comments only) gives none.
///
/// Aliases are spelled out, and merge keys (`<<`) are merged: a map's own keys come first and win.
/// What an alias repeats keeps the place where it was written.
///
/// # Errors
/// Text that is not Unicode or not YAML, keys that stand twice, keys that are not plain words, tags,
/// and texts that expand without bound.
pub fn yaml(sources: &Sources, name: &str, bytes: &[u8]) -> Result<Vec<Value>, Diagnostics> {
    let source = text(sources, name, bytes, Legacy::Refuse)?;
    let kept = sources.get(source);
    let nodes = yaml_events::read(source, kept.text())
        .map_err(|fault| fault.report(source, kept.text()))?;
    let faults = faults_of(&nodes);
    if faults.has_errors() {
        return Err(faults);
    }
    let trees = trees(source, kept.text())?;
    let documents = join_documents(&nodes, &trees);
    documents.map_err(|clash| Diagnostics::from(clash.report(source)))
}

/// Faults that are listed one by one.
const MAX_REPORTED: usize = 100;

/// The trees as serde_yaml sees them, merge keys not merged yet.
fn trees(source: SourceId, text: &str) -> Result<Vec<serde_yaml::Value>, Diagnostic> {
    let documents = serde_yaml::Deserializer::from_str(text).map(serde_yaml::Value::deserialize);
    documents.collect::<Result<_, _>>().map_err(|error| {
        let at = error.location().map_or(0, |location| location.index());
        yaml_fault::syntax(source, text, at, &error.to_string())
    })
}

/// Faults that the events show by themselves: keys that stand twice, keys that are no words, tags,
/// and merge keys of the wrong kind. All at once.
fn faults_of(nodes: &Nodes) -> Diagnostics {
    let mut found = Diagnostics::new();
    for node in nodes.written() {
        if let Some(tag) = &node.foreign_tag {
            found.push(
                Diagnostic::error("load/yaml-tag", format!("the tag {tag} is not known"))
                    .at(node.span, "a tag stands before this value")
                    .help("a text that starts with ! must be in quotes"),
            );
        }
        if let Form::Map(pairs) = &node.form {
            keys_of(nodes, pairs, &mut found);
        }
        if found.iter().count() >= MAX_REPORTED {
            found.push(too_many(node.span));
            break;
        }
    }
    found
}

fn keys_of(nodes: &Nodes, pairs: &[(usize, usize)], found: &mut Diagnostics) {
    let mut seen = std::collections::HashMap::new();
    for (key, value) in pairs {
        let (Some(written), Some(meant)) = (nodes.get(*key), nodes.resolve(*key)) else { continue };
        if found.iter().count() >= MAX_REPORTED {
            return;
        }
        let Form::Scalar(text) = &meant.form else {
            found.push(key_is_no_word(written.span));
            continue;
        };
        if text.is_empty() {
            found.push(
                Diagnostic::error("load/yaml-key", "a key is empty")
                    .at(written.span, "the key is missing here"),
            );
            continue;
        }
        if let Some(first) = seen.insert(text.as_str(), written.span) {
            found.push(
                Diagnostic::error(
                    "load/duplicate-key",
                    format!("the key “{text}” stands twice in one map"),
                )
                .at(written.span, "second time")
                .context(first, "first time")
                .help("keep one of the two, or make a list of the values"),
            );
        }
        if text == MERGE {
            merge_of(nodes, *value, found);
        }
    }
}

fn too_many(span: Span) -> Diagnostic {
    let message = format!("only the first {MAX_REPORTED} faults of the file are listed");
    Diagnostic::error("load/yaml-faults", message).at(span, "checking stops here")
}

fn key_is_no_word(span: Span) -> Diagnostic {
    Diagnostic::error("load/yaml-key", "a key must be a word, not a list or a map")
        .at(span, "")
        .help("if this is a text with braces or brackets, put it in quotes")
}

/// The merge key (<https://yaml.org/type/merge.html>).
const MERGE: &str = "<<";

fn merge_of(nodes: &Nodes, value: usize, found: &mut Diagnostics) {
    let is_map =
        |index: usize| nodes.resolve(index).is_some_and(|node| matches!(node.form, Form::Map(_)));
    let fits = match nodes.resolve(value).map(|node| &node.form) {
        Some(Form::Map(_)) => true,
        Some(Form::List(items)) => items.iter().all(|item| is_map(*item)),
        _ => false,
    };
    if let Some(node) = nodes.get(value).filter(|_| !fits) {
        found.push(
            Diagnostic::error(
                "load/yaml-merge",
                "only a map, or a list of maps, can be merged with `<<`",
            )
            .at(node.span, "")
            .help("write `<<: *name`, where `&name` marks a map above"),
        );
    }
}

/// A place that the two readers of YAML understand differently.
#[derive(Debug)]
struct Clash(Option<Span>);

impl Clash {
    fn report(self, source: SourceId) -> Diagnostic {
        Diagnostic::error("load/yaml-ambiguous", "this YAML can be read in two ways")
            .at(self.0.unwrap_or(Span::point(source, 0)), "the reading is not certain here")
            .help("put texts in quotes, and write lists and maps on lines of their own")
    }
}

fn join_documents(nodes: &Nodes, trees: &[serde_yaml::Value]) -> Result<Vec<Value>, Clash> {
    // A text without documents is one empty document to serde_yaml.
    if nodes.roots.is_empty() && matches!(trees, [serde_yaml::Value::Null]) {
        return Ok(Vec::new());
    }
    if nodes.roots.len() != trees.len() {
        return Err(Clash(
            nodes.roots.last().and_then(|root| nodes.get(*root)).map(|root| root.span),
        ));
    }
    nodes.roots.iter().zip(trees).map(|(root, tree)| join(nodes, *root, tree)).collect()
}

/// Walks both trees down; the depth is bounded by [`yaml_events::MAX_DEPTH`].
fn join(nodes: &Nodes, index: usize, tree: &serde_yaml::Value) -> Result<Value, Clash> {
    let node = nodes.resolve(index).ok_or(Clash(None))?;
    let kind = match (&node.form, tree) {
        (Form::List(items), serde_yaml::Value::Sequence(values)) if items.len() == values.len() => {
            let items = items.iter().zip(values).map(|(item, value)| join(nodes, *item, value));
            Kind::List(items.collect::<Result<_, _>>()?)
        }
        (Form::Map(pairs), serde_yaml::Value::Mapping(values)) if pairs.len() == values.len() => {
            join_map(nodes, pairs, values)?
        }
        (Form::Scalar(text), tree) => scalar(node, text, tree)?,
        _ => return Err(Clash(Some(node.span))),
    };
    Ok(Value { span: node.span, kind })
}

fn scalar(node: &Node, text: &str, tree: &serde_yaml::Value) -> Result<Kind, Clash> {
    let reading = match tree {
        serde_yaml::Value::Null => return Ok(Kind::Null),
        serde_yaml::Value::Bool(value) => Reading::Bool(*value),
        serde_yaml::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => Reading::Int(value),
            (None, Some(value)) => Reading::Float(value),
            (None, None) => Reading::Text,
        },
        serde_yaml::Value::String(read) if read == text => Reading::Text,
        _ => return Err(Clash(Some(node.span))),
    };
    Ok(Kind::Scalar(Scalar { text: text.to_owned(), reading }))
}

fn join_map(
    nodes: &Nodes,
    pairs: &[(usize, usize)],
    values: &serde_yaml::Mapping,
) -> Result<Kind, Clash> {
    let mut entries = Vec::with_capacity(pairs.len());
    let mut merged = None;
    for ((key, value), (key_tree, value_tree)) in pairs.iter().zip(values) {
        let (Some(written), Some(meant)) = (nodes.get(*key), nodes.resolve(*key)) else {
            return Err(Clash(None));
        };
        let Form::Scalar(text) = &meant.form else { return Err(Clash(Some(written.span))) };
        scalar(meant, text, key_tree)?;
        let value = join(nodes, *value, value_tree)?;
        if text == MERGE {
            merged = Some(value);
        } else {
            entries.push(Entry { key: text.clone(), key_span: written.span, value });
        }
    }
    match merged.map(|value| value.kind) {
        Some(Kind::List(maps)) => maps.into_iter().for_each(|map| merge(&mut entries, map.kind)),
        Some(map) => merge(&mut entries, map),
        None => {}
    }
    Ok(Kind::Map(entries))
}

/// Adds the entries of `map` whose keys are not there yet.
fn merge(entries: &mut Vec<Entry>, map: Kind) {
    let Kind::Map(merged) = map else { return };
    let own: std::collections::HashSet<String> =
        entries.iter().map(|entry| entry.key.clone()).collect();
    entries.extend(merged.into_iter().filter(|entry| !own.contains(&entry.key)));
}

#[cfg(test)]
#[path = "yaml_tests.rs"]
mod tests;
