//! Extension schemas: how a file describes properties of its own (ISO 19005-2 6.6.2.3.2, 6.6.2.3.3).

use rustc_hash::FxHashMap;

use super::rdf::{Kind, Property, Value};
use super::types::{Definitions, Structure, is_known};
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::{Rule, rules};

/// The namespace of the container of extension schemas.
pub const EXTENSION: &str = "http://www.aiim.org/pdfa/ns/extension/";
const SCHEMA: &str = "http://www.aiim.org/pdfa/ns/schema#";
const PROPERTY: &str = "http://www.aiim.org/pdfa/ns/property#";
const TYPE: &str = "http://www.aiim.org/pdfa/ns/type#";
const FIELD: &str = "http://www.aiim.org/pdfa/ns/field#";

rules! {
    FIELDS = "a:6.6.2.3.2-1", "6.6.2.3.2", Levels::ARCHIVE, Checked,
        "extension schemas have no fields but those that the standard names",
        "take the field out of the extension schema";
    CONTAINER = "a:6.6.2.3.3-1", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "pdfaExtension:schemas is a Bag, with just this prefix",
        "let the producer write the extension schemas as the standard shows them";
    SCHEMA_TEXT = "a:6.6.2.3.3-2", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "an extension schema has a description (pdfaSchema:schema)",
        "describe the schema in pdfaSchema:schema";
    SCHEMA_URI = "a:6.6.2.3.3-3", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "an extension schema has a namespace (pdfaSchema:namespaceURI)",
        "name the schema's namespace in pdfaSchema:namespaceURI";
    SCHEMA_PREFIX = "a:6.6.2.3.3-4", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "an extension schema has a prefix (pdfaSchema:prefix)",
        "name the schema's prefix in pdfaSchema:prefix";
    SCHEMA_PROPERTIES = "a:6.6.2.3.3-5", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "the properties of an extension schema are a Seq (pdfaSchema:property)",
        "let the producer write the properties as rdf:Seq";
    SCHEMA_TYPES = "a:6.6.2.3.3-6", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "the types of an extension schema are a Seq (pdfaSchema:valueType)",
        "let the producer write the types as rdf:Seq";
    PROPERTY_NAME = "a:6.6.2.3.3-7", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a property of an extension schema has a name (pdfaProperty:name)",
        "name the property in pdfaProperty:name";
    PROPERTY_TYPE = "a:6.6.2.3.3-8", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a property of an extension schema has a type that is defined (pdfaProperty:valueType)",
        "name a known type in pdfaProperty:valueType, or define it in pdfaSchema:valueType";
    PROPERTY_CATEGORY = "a:6.6.2.3.3-9", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a property of an extension schema is internal or external (pdfaProperty:category)",
        "write “internal” or “external” into pdfaProperty:category";
    PROPERTY_TEXT = "a:6.6.2.3.3-10", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a property of an extension schema has a description (pdfaProperty:description)",
        "describe the property in pdfaProperty:description";
    TYPE_NAME = "a:6.6.2.3.3-11", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a type of an extension schema has a name (pdfaType:type)",
        "name the type in pdfaType:type";
    TYPE_URI = "a:6.6.2.3.3-12", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a type of an extension schema has a namespace (pdfaType:namespaceURI)",
        "name the namespace of the type's fields in pdfaType:namespaceURI";
    TYPE_PREFIX = "a:6.6.2.3.3-13", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a type of an extension schema has a prefix (pdfaType:prefix)",
        "name the prefix of the type's fields in pdfaType:prefix";
    TYPE_TEXT = "a:6.6.2.3.3-14", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a type of an extension schema has a description (pdfaType:description)",
        "describe the type in pdfaType:description";
    TYPE_FIELDS = "a:6.6.2.3.3-15", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "the fields of a type are a Seq (pdfaType:field)",
        "let the producer write the fields as rdf:Seq";
    FIELD_NAME = "a:6.6.2.3.3-16", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a field of a type has a name (pdfaField:name)",
        "name the field in pdfaField:name";
    FIELD_TYPE = "a:6.6.2.3.3-17", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a field of a type has a type that is defined (pdfaField:valueType)",
        "name a known type in pdfaField:valueType, or define it in pdfaSchema:valueType";
    FIELD_TEXT = "a:6.6.2.3.3-18", "6.6.2.3.3", Levels::ARCHIVE, Checked,
        "a field of a type has a description (pdfaField:description)",
        "describe the field in pdfaField:description";
}

/// What the extension schemas of a packet define, by their namespaces.
pub fn definitions(container: &Property) -> FxHashMap<String, Definitions> {
    let mut all: FxHashMap<String, Definitions> = FxHashMap::default();
    for schema in container.parts() {
        let Some(namespace) = text(schema, SCHEMA, "namespaceURI") else { continue };
        let definitions = all.entry(namespace.to_owned()).or_default();
        for kind in listed(schema, SCHEMA, "valueType") {
            let Some(name) = text(kind, TYPE, "type") else { continue };
            let namespace = text(kind, TYPE, "namespaceURI").unwrap_or_default().to_owned();
            let fields = pairs(listed(kind, TYPE, "field"), FIELD);
            definitions.types.insert(name.to_lowercase(), Structure { namespace, fields });
        }
        definitions.properties.extend(pairs(listed(schema, SCHEMA, "property"), PROPERTY));
    }
    all
}

/// Names and types of properties or fields.
fn pairs(list: &[Property], namespace: &str) -> FxHashMap<String, String> {
    list.iter()
        .filter_map(|one| {
            let name = text(one, namespace, "name")?;
            Some((name.to_owned(), text(one, namespace, "valueType")?.to_owned()))
        })
        .collect()
}

fn part<'p>(of: &'p Property, namespace: &str, name: &str) -> Option<&'p Property> {
    of.parts().iter().find(|part| part.is(namespace, name))
}

fn text<'p>(of: &'p Property, namespace: &str, name: &str) -> Option<&'p str> {
    part(of, namespace, name).and_then(Property::text)
}

fn listed<'p>(of: &'p Property, namespace: &str, name: &str) -> &'p [Property] {
    part(of, namespace, name).map_or(&[], Property::parts)
}

/// Checks the container and all that it describes.
pub fn check(
    container: &Property,
    definitions: &FxHashMap<String, Definitions>,
    place: &Place,
    findings: &mut Findings,
) {
    let mut check = Check { place, findings };
    if !matches!(container.value, Value::Array(Kind::Bag, _)) || container.prefix != "pdfaExtension"
    {
        check.breach(&CONTAINER, "the extension schemas are no Bag with the prefix pdfaExtension");
    }
    let none = Definitions::default();
    for schema in container.parts() {
        let own = text(schema, SCHEMA, "namespaceURI")
            .and_then(|namespace| definitions.get(namespace))
            .unwrap_or(&none);
        check.schema(schema, own);
    }
}

/// A table of the standard: its namespace and prefix, and for each text field its rule.
type Table = (&'static str, &'static str, &'static [(&'static str, &'static Rule)]);

static SCHEMA_TABLE: Table = (
    SCHEMA,
    "pdfaSchema",
    &[("schema", &SCHEMA_TEXT), ("namespaceURI", &SCHEMA_URI), ("prefix", &SCHEMA_PREFIX)],
);
static PROPERTY_TABLE: Table = (
    PROPERTY,
    "pdfaProperty",
    &[
        ("name", &PROPERTY_NAME),
        ("valueType", &PROPERTY_TYPE),
        ("category", &PROPERTY_CATEGORY),
        ("description", &PROPERTY_TEXT),
    ],
);
static TYPE_TABLE: Table = (
    TYPE,
    "pdfaType",
    &[
        ("type", &TYPE_NAME),
        ("namespaceURI", &TYPE_URI),
        ("prefix", &TYPE_PREFIX),
        ("description", &TYPE_TEXT),
    ],
);
static FIELD_TABLE: Table = (
    FIELD,
    "pdfaField",
    &[("name", &FIELD_NAME), ("valueType", &FIELD_TYPE), ("description", &FIELD_TEXT)],
);

struct Check<'c> {
    place: &'c Place,
    findings: &'c mut Findings,
}

impl Check<'_> {
    fn breach(&mut self, rule: &'static Rule, what: &str) {
        self.findings.push(rule, self.place.clone(), || what.to_owned());
    }

    /// The texts of one row of a table, and that there is nothing else but `lists`.
    fn texts(&mut self, of: &Property, table: &Table, lists: &[&str]) {
        let (namespace, prefix, texts) = *table;
        for (name, rule) in texts {
            match part(of, namespace, name) {
                None => self.breach(rule, &format!("{prefix}:{name} is missing")),
                Some(one) if one.text().is_none() => {
                    self.breach(rule, &format!("{prefix}:{name} is no text"));
                }
                Some(one) if one.prefix != prefix => {
                    self.breach(rule, &format!("{name} has the prefix “{}”", one.prefix));
                }
                Some(_) => {}
            }
        }
        for one in of.parts() {
            let known = one.namespace == namespace
                && (texts.iter().any(|(name, _)| *name == one.name)
                    || lists.contains(&one.name.as_str()));
            if !known {
                self.breach(&FIELDS, &format!("there is a field {}:{}", one.prefix, one.name));
            }
        }
    }

    /// A list of a table, which may be left out.
    fn list<'p>(
        &mut self,
        of: &'p Property,
        (namespace, prefix, name): (&str, &str, &str),
        rule: &'static Rule,
    ) -> &'p [Property] {
        let Some(list) = part(of, namespace, name) else { return &[] };
        if !matches!(list.value, Value::Array(Kind::Seq, _)) || list.prefix != prefix {
            self.breach(rule, &format!("{prefix}:{name} is no Seq with this prefix"));
        }
        list.parts()
    }

    fn schema(&mut self, schema: &Property, own: &Definitions) {
        self.texts(schema, &SCHEMA_TABLE, &["property", "valueType"]);
        let properties = self.list(schema, (SCHEMA, "pdfaSchema", "property"), &SCHEMA_PROPERTIES);
        for property in properties {
            self.texts(property, &PROPERTY_TABLE, &[]);
            self.known(property, PROPERTY, &PROPERTY_TYPE, own);
            let category = text(property, PROPERTY, "category");
            if category.is_some_and(|category| category != "internal" && category != "external") {
                self.breach(&PROPERTY_CATEGORY, "pdfaProperty:category is something else");
            }
        }
        let kinds = self.list(schema, (SCHEMA, "pdfaSchema", "valueType"), &SCHEMA_TYPES);
        for kind in kinds {
            self.texts(kind, &TYPE_TABLE, &["field"]);
            for field in self.list(kind, (TYPE, "pdfaType", "field"), &TYPE_FIELDS) {
                self.texts(field, &FIELD_TABLE, &[]);
                self.known(field, FIELD, &FIELD_TYPE, own);
            }
        }
    }

    fn known(&mut self, one: &Property, namespace: &str, rule: &'static Rule, own: &Definitions) {
        if let Some(kind) = text(one, namespace, "valueType")
            && !is_known(kind, &own.types)
        {
            self.breach(rule, &format!("the type “{kind}” is defined nowhere"));
        }
    }
}
