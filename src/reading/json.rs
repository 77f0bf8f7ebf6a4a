//! A paper as JSON: its elements inside each other.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use crate::verify::role::Role;

use super::walk::{Step, Walk};
use super::{Element, Paper, Target, Words};

/// Elements deeper than this stand beside each other in the last one that is not.
const DEPTH: usize = 64;
/// More letters of a header cell are not repeated with each of its cells.
const NAME: usize = 120;

/// The paper as one object. A cell lists its header cells (`headers`), from the top and from the row's start,
/// whether the file names them or their scopes tell them.
pub fn json(paper: &Paper, with_artifacts: bool) -> Value {
    let mut open: Vec<(Map<String, Value>, Vec<Value>)> = vec![(Map::new(), Vec::new())];
    let mut headers = Headers { paper, names: FxHashMap::default() };
    let mut walk = Walk::new(paper);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(index) => {
                let Some(element) = paper.elements.get(index) else { continue };
                let mut object = describe(element);
                if !element.attributes.headers.is_empty() {
                    object.insert("headers".into(), headers.of(element));
                }
                open.push((object, Vec::new()));
            }
            Step::Words(words) => {
                if let Some((_, kids)) = open.last_mut() {
                    kids.extend(words.iter().map(words_json));
                }
            }
            Step::Leave(_) => {
                let Some((mut element, kids)) = open.pop() else { continue };
                let Some((_, around)) = open.last_mut() else { continue };
                if walk.depth() >= DEPTH {
                    around.push(Value::Object(element));
                    around.extend(kids);
                } else {
                    if !kids.is_empty() {
                        element.insert("kids".into(), Value::Array(kids));
                    }
                    around.push(Value::Object(element));
                }
            }
        }
    }
    let tree = open.pop().map(|(_, kids)| kids).unwrap_or_default();
    let mut whole = json!({
        "title": paper.title,
        "language": paper.language,
        "pages": paper.pages,
        "tagged": paper.is_tagged,
        "tree": tree,
    });
    if let Some(whole) = whole.as_object_mut() {
        if !paper.is_tagged {
            whole.insert("text".into(), json!(paper.loose));
        }
        if with_artifacts {
            let artifacts = paper.artifacts.iter().map(
                |one| json!({ "page": one.page + 1, "kind": one.kind, "text": one.text.trim() }),
            );
            whole.insert("artifacts".into(), artifacts.collect());
        }
    }
    whole
}

/// What the header cells of a paper are called.
struct Headers<'p> {
    paper: &'p Paper,
    names: FxHashMap<usize, Value>,
}

impl Headers<'_> {
    /// The header cells of a cell: those that it names, else those whose scope it stands in.
    fn of(&mut self, cell: &Element) -> Value {
        let paper = self.paper;
        let headers = cell.attributes.headers.iter();
        let name = |header: &usize| {
            self.names.entry(*header).or_insert_with(|| json!(name(paper, *header))).clone()
        };
        headers.map(name).collect()
    }
}

/// The text of a header cell on one line, or its beginning where it is long.
fn name(paper: &Paper, header: usize) -> String {
    let mut text = String::new();
    let mut walk = Walk::of(paper, header);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(index) => {
                let Some(element) = paper.elements.get(index) else { continue };
                if let Some(instead) = element.actual.as_ref().or(element.alternative.as_ref()) {
                    text.push_str(instead);
                    walk.pass_over();
                }
            }
            Step::Words(words) => words.iter().for_each(|words| text.push_str(&words.text)),
            Step::Leave(index) => {
                let role = paper.elements.get(index).map(|element| element.role);
                if matches!(role, Some(Role::P | Role::Div | Role::Li | Role::Lbl | Role::Figure)) {
                    text.push(' ');
                }
            }
        }
        if text.len() > 4 * NAME {
            break;
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn words_json(words: &Words) -> Value {
    if words.language.is_none() && words.expansion.is_none() {
        return json!(words.text);
    }
    let mut object = Map::new();
    object.insert("text".into(), json!(words.text));
    put(&mut object, "language", words.language.as_deref());
    put(&mut object, "expansion", words.expansion.as_deref());
    Value::Object(object)
}

fn put(object: &mut Map<String, Value>, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.insert(key.into(), json!(value));
    }
}

fn describe(element: &Element) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("type".into(), json!(element.written));
    put(&mut object, "language", element.language.as_deref());
    put(&mut object, "alternative", element.alternative.as_deref());
    put(&mut object, "actual", element.actual.as_deref());
    put(&mut object, "expansion", element.expansion.as_deref());
    put(&mut object, "title", element.title.as_deref());
    put(&mut object, "scope", element.attributes.scope.as_deref());
    put(&mut object, "summary", element.attributes.summary.as_deref());
    put(&mut object, "numbering", element.attributes.numbering.as_deref());
    let rows = if element.role == Role::Tr { "row" } else { "rows" };
    let counts = [("columns", element.attributes.columns), (rows, element.attributes.rows)];
    for (key, count) in counts {
        if count > 1 || (key == "row" && count > 0) {
            object.insert(key.into(), json!(count));
        }
    }
    match &element.target {
        Some(Target::Address(address)) => {
            object.insert("target".into(), json!(address));
        }
        Some(Target::Page(page)) => {
            object.insert("target".into(), json!(page + 1));
        }
        None => {}
    }
    if let Some(page) = element.page {
        object.insert("page".into(), json!(page + 1));
    }
    object
}
