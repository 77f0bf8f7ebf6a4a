//! The properties of an XMP packet, read from its RDF/XML (XMP Specification, September 2005;
//! RDF/XML Syntax Specification): what is simple, what is a structure, what is an array.

use roxmltree::Node;
use rustc_hash::FxHashSet;

/// The namespace of RDF.
pub const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// How deep properties may hold properties.
const DEEP: usize = 64;

/// A property, or a field of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its namespace; empty for what stands in an array.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The prefix that is written before it.
    pub prefix: String,
    /// Its value.
    pub value: Value,
}

/// What a property holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a number, a date.
    Simple(String),
    /// Fields.
    Structure(Vec<Property>),
    /// A list, and of what kind.
    Array(Kind, Vec<Property>),
}

/// The kinds of arrays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Without order.
    Bag,
    /// In order.
    Seq,
    /// Alternatives.
    Alt,
    /// Alternatives that differ in language.
    Languages,
}

impl Property {
    /// Its text, when it is simple.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Simple(text) => Some(text),
            _ => None,
        }
    }

    /// The text that stands for it: its own, or the default language's, or the first.
    pub fn default_text(&self) -> Option<&str> {
        match &self.value {
            Value::Simple(text) => Some(text),
            Value::Array(_, items) => items.first().and_then(Property::text),
            Value::Structure(_) => None,
        }
    }

    /// What it holds one by one: fields, or what stands in the array.
    pub fn parts(&self) -> &[Property] {
        match &self.value {
            Value::Simple(_) => &[],
            Value::Structure(parts) | Value::Array(_, parts) => parts,
        }
    }

    /// Whether it is this one.
    pub fn is(&self, namespace: &str, name: &str) -> bool {
        self.namespace == namespace && self.name == name
    }
}

/// Reads all properties of a packet.
///
/// # Errors
/// What is wrong with the packet, in words.
pub fn read(xml: &roxmltree::Document<'_>) -> Result<Vec<Property>, String> {
    let root = xml
        .descendants()
        .find(|node| node.has_tag_name((RDF, "RDF")))
        .ok_or_else(|| "there is no rdf:RDF".to_owned())?;
    let mut properties: Vec<Property> = Vec::new();
    let mut names: FxHashSet<(String, String)> = FxHashSet::default();
    unmixed(root)?;
    for description in elements(root) {
        if !description.has_tag_name((RDF, "Description")) {
            return Err(format!(
                "<{}> stands where rdf:Description is awaited",
                description.tag_name().name()
            ));
        }
        for property in fields(description, 0)? {
            once(&property, &mut names)?;
            properties.push(property);
        }
    }
    Ok(properties)
}

/// Whether text other than white space stands between the elements of a node.
fn has_text(node: Node<'_, '_>) -> bool {
    node.children()
        .any(|child| child.is_text() && child.text().is_some_and(|text| !text.trim().is_empty()))
}

/// Descriptions and arrays hold elements, and no text beside them.
fn unmixed(node: Node<'_, '_>) -> Result<(), String> {
    match elements(node).next().is_some() && has_text(node) {
        true => Err(format!("text stands between the elements of <{}>", node.tag_name().name())),
        false => Ok(()),
    }
}

/// Whether a property is the first of its name.
fn once(property: &Property, names: &mut FxHashSet<(String, String)>) -> Result<(), String> {
    match names.insert((property.namespace.clone(), property.name.clone())) {
        true => Ok(()),
        false => Err(format!("{}:{} stands there twice", property.prefix, property.name)),
    }
}

fn elements<'n, 'x: 'n>(node: Node<'n, 'x>) -> impl Iterator<Item = Node<'n, 'x>> {
    node.children().filter(Node::is_element)
}

/// The prefix of an element as it is written.
fn prefix(node: Node<'_, '_>) -> String {
    let text = node.document().input_text().get(node.range()).unwrap_or_default();
    let name = text.trim_start_matches('<');
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let name = name.get(..end.unwrap_or(name.len())).unwrap_or_default();
    name.split_once(':').map(|(prefix, _)| prefix.to_owned()).unwrap_or_default()
}

/// The fields that a description holds, as attributes and as elements.
fn fields(node: Node<'_, '_>, depth: usize) -> Result<Vec<Property>, String> {
    if depth > DEEP {
        return Err("properties lie too deep in one another".to_owned());
    }
    let mut all: Vec<Property> = Vec::new();
    let mut names: FxHashSet<(String, String)> = FxHashSet::default();
    for attribute in node.attributes() {
        let namespace = attribute.namespace().unwrap_or_default();
        match (namespace, attribute.name()) {
            (XML, _) | (RDF, "about" | "ID" | "nodeID" | "parseType" | "resource" | "datatype") => {
            }
            (RDF, "type" | "value") => {}
            (RDF, other) => return Err(format!("rdf:{other} is no attribute of a description")),
            ("", "about" | "ID") => {}
            ("", other) => return Err(format!("the attribute {other} has no namespace")),
            (namespace, name) => {
                let range = attribute.range_qname();
                let written = node.document().input_text().get(range).unwrap_or_default();
                let prefix = written.split_once(':').map(|(prefix, _)| prefix.to_owned());
                let property = Property {
                    namespace: namespace.to_owned(),
                    name: name.to_owned(),
                    prefix: prefix.unwrap_or_default(),
                    value: Value::Simple(attribute.value().to_owned()),
                };
                once(&property, &mut names)?;
                all.push(property);
            }
        }
    }
    unmixed(node)?;
    for element in elements(node) {
        let property = property(element, depth)?;
        once(&property, &mut names)?;
        all.push(property);
    }
    Ok(all)
}

fn property(element: Node<'_, '_>, depth: usize) -> Result<Property, String> {
    let name = element.tag_name();
    let namespace = name.namespace().unwrap_or_default();
    if namespace.is_empty() {
        return Err(format!("<{}> has no namespace", name.name()));
    }
    Ok(Property {
        namespace: namespace.to_owned(),
        name: name.name().to_owned(),
        prefix: prefix(element),
        value: value(element, depth)?,
    })
}

/// The value of a property element, in one of the forms of RDF/XML.
fn value(element: Node<'_, '_>, depth: usize) -> Result<Value, String> {
    if depth > DEEP {
        return Err("properties lie too deep in one another".to_owned());
    }
    match element.attribute((RDF, "parseType")) {
        Some("Resource") => return Ok(Value::Structure(fields(element, depth + 1)?)),
        Some(other) => return Err(format!("rdf:parseType is “{other}”")),
        None => {}
    }
    if let Some(resource) = element.attribute((RDF, "resource")) {
        return Ok(Value::Simple(resource.to_owned()));
    }
    let mut inner = elements(element);
    let Some(first) = inner.next() else {
        let text: String = element.children().filter_map(|child| child.text()).collect();
        let has_fields = element
            .attributes()
            .any(|attribute| !matches!(attribute.namespace(), None | Some(XML | RDF)));
        return match has_fields && text.trim().is_empty() {
            true => Ok(Value::Structure(fields(element, depth + 1)?)),
            false => Ok(Value::Simple(text)),
        };
    };
    if inner.next().is_some() || has_text(element) {
        return Err(format!("<{}> holds more than one value", element.tag_name().name()));
    }
    if first.tag_name().namespace() != Some(RDF) {
        // A typed node: a structure whose type is its name.
        return Ok(Value::Structure(fields(first, depth + 1)?));
    }
    let kind = match first.tag_name().name() {
        "Bag" => Kind::Bag,
        "Seq" => Kind::Seq,
        "Alt" => Kind::Alt,
        "Description" => return description(first, depth + 1),
        other => return Err(format!("rdf:{other} is no value")),
    };
    let mut items = Vec::new();
    let mut languages = true;
    unmixed(first)?;
    for item in elements(first) {
        if !item.has_tag_name((RDF, "li")) {
            return Err(format!("<{}> stands in an array", item.tag_name().name()));
        }
        languages &= item.has_attribute((XML, "lang"));
        items.push(Property {
            namespace: String::new(),
            name: String::new(),
            prefix: String::new(),
            value: value(item, depth + 1)?,
        });
    }
    let kind = match kind {
        Kind::Alt if languages && !items.is_empty() => Kind::Languages,
        other => other,
    };
    if kind == Kind::Languages {
        // The default language comes first.
        let default =
            elements(first).position(|item| item.attribute((XML, "lang")) == Some("x-default"));
        if let Some(default) = default {
            items.swap(0, default);
        }
    }
    Ok(Value::Array(kind, items))
}

/// A description in a property: a structure, or with `rdf:value` a value with qualifiers.
fn description(node: Node<'_, '_>, depth: usize) -> Result<Value, String> {
    if let Some(inner) = elements(node).find(|inner| inner.has_tag_name((RDF, "value"))) {
        return value(inner, depth);
    }
    if let Some(inner) = node.attribute((RDF, "value")) {
        return Ok(Value::Simple(inner.to_owned()));
    }
    Ok(Value::Structure(fields(node, depth)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(inner: &str) -> Result<Vec<Property>, String> {
        let text = format!(
            "<rdf:RDF xmlns:rdf='{RDF}' xmlns:a='urn:a'><rdf:Description rdf:about='' {inner}\
             </rdf:Description></rdf:RDF>"
        );
        read(&roxmltree::Document::parse(&text).map_err(|error| error.to_string())?)
    }

    #[test]
    fn read_forms_of_rdf_are_told_apart() {
        let all = read_text(
            "a:one='1'><a:two>2</a:two><a:three><rdf:Seq><rdf:li>x</rdf:li></rdf:Seq></a:three>\
             <a:four rdf:parseType='Resource'><a:five>5</a:five></a:four>\
             <a:six><rdf:Alt><rdf:li xml:lang='nb'>y</rdf:li>\
             <rdf:li xml:lang='x-default'>z</rdf:li></rdf:Alt></a:six>",
        )
        .unwrap_or_default();
        let shapes: Vec<_> = all.iter().map(|property| &property.value).collect();
        assert!(matches!(
            shapes[..],
            [
                Value::Simple(_),
                Value::Simple(_),
                Value::Array(Kind::Seq, _),
                Value::Structure(_),
                Value::Array(Kind::Languages, _)
            ]
        ));
        assert_eq!(all.last().and_then(Property::default_text), Some("z"));
        assert!(all.iter().all(|property| property.prefix == "a"));
    }

    #[test]
    fn read_property_twice_is_an_error() {
        assert!(read_text("a:one='1'><a:one>2</a:one>").is_err());
    }
}
