//! Tests of YAML reading: what is read, where it stands, what is refused, and that the tree with
//! places is the one that serde_yaml sees.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Vec<Value> {
    match yaml(&Sources::new(), "a.yaml", text.as_bytes()) {
        Ok(values) => values,
        Err(errors) => panic!("{text:?}: {errors:?}"),
    }
}

fn one(text: &str) -> Value {
    read(text).remove(0)
}

/// Each finding as `file:line:column code message`.
fn refused(text: &str) -> Vec<String> {
    let sources = Sources::new();
    let errors = yaml(&sources, "a.yaml", text.as_bytes()).expect_err("the text is refused");
    let line = |error: &Diagnostic| {
        format!("{} {} {}", sources.locate(error.labels[0].span), error.code, error.message)
    };
    errors.iter().map(line).collect()
}

fn written<'a>(text: &'a str, value: &Value) -> &'a str {
    &text[value.span.start as usize..value.span.end as usize]
}

/// The value as serde_yaml would have it after merging.
fn plain(value: &Value) -> serde_yaml::Value {
    match &value.kind {
        Kind::Null => serde_yaml::Value::Null,
        Kind::Scalar(scalar) => match scalar.reading {
            Reading::Text => serde_yaml::Value::from(scalar.text.clone()),
            Reading::Bool(value) => serde_yaml::Value::from(value),
            Reading::Int(value) => serde_yaml::Value::from(value),
            Reading::Float(value) => serde_yaml::Value::from(value),
        },
        Kind::List(items) => serde_yaml::Value::Sequence(items.iter().map(plain).collect()),
        Kind::Map(entries) => serde_yaml::Value::Mapping(
            entries.iter().map(|entry| (entry.key.clone().into(), plain(&entry.value))).collect(),
        ),
    }
}

/// serde_yaml's tree, merged, with every key turned to the text that it prints as.
fn reference(text: &str) -> Vec<serde_yaml::Value> {
    serde_yaml::Deserializer::from_str(text)
        .map(|document| {
            let mut value = serde_yaml::Value::deserialize(document).expect("serde_yaml reads it");
            value.apply_merge().expect("the merge is good");
            value
        })
        .collect()
}

#[test]
fn scalars_keep_their_text_and_their_reading() {
    let value = one(
        "a: 0030\nb: NO\nc: 1.10\nd: 30.06.2017\ne: true\nf: 42\ng: ~\nh:\ni: \"7\"\nj: 15/03/2014\n",
    );
    let scalar = |key: &str| match &value.get(key).expect("the key is there").kind {
        Kind::Scalar(scalar) => (scalar.text.as_str(), scalar.reading),
        other => panic!("{other:?}"),
    };
    assert_eq!(scalar("a"), ("0030", Reading::Text));
    assert_eq!(scalar("b"), ("NO", Reading::Text));
    assert_eq!(scalar("c"), ("1.10", Reading::Float(1.1)));
    assert_eq!(scalar("d"), ("30.06.2017", Reading::Text));
    assert_eq!(scalar("e"), ("true", Reading::Bool(true)));
    assert_eq!(scalar("f"), ("42", Reading::Int(42)));
    assert_eq!(scalar("i"), ("7", Reading::Text));
    assert_eq!(scalar("j"), ("15/03/2014", Reading::Text));
    assert_eq!(value.get("g").map(|value| &value.kind), Some(&Kind::Null));
    assert_eq!(value.get("h").map(|value| &value.kind), Some(&Kind::Null));
}

#[test]
fn spans_are_exact_with_letters_of_many_bytes_and_crlf() {
    let text =
        "navn: Åse Ø  # merknad\r\nland: [NO, \"Sør Å\"]\r\nliste:\r\n  - én\r\n  - to: 3\r\n";
    let value = one(text);
    let get = |key: &str| value.get(key).expect("the key is there");
    assert_eq!(written(text, get("navn")), "Åse Ø");
    let Kind::List(land) = &get("land").kind else { panic!() };
    assert_eq!(written(text, &land[0]), "NO");
    assert_eq!(written(text, &land[1]), "\"Sør Å\"");
    let Kind::List(list) = &get("liste").kind else { panic!() };
    assert_eq!(written(text, &list[0]), "én");
    assert_eq!(written(text, list[1].get("to").expect("to")), "3");
    let Kind::Map(entries) = &value.kind else { panic!() };
    for entry in entries {
        assert_eq!(&text[entry.key_span.start as usize..entry.key_span.end as usize], entry.key);
    }
}

#[test]
fn block_text_keeps_lines_and_points_at_itself() {
    let text = "a: |\n  one\n  two\n\nb: >-\n  three\n  four\n";
    let value = one(text);
    assert_eq!(value.get("a").and_then(Value::text), Some("one\ntwo\n"));
    assert_eq!(value.get("b").and_then(Value::text), Some("three four"));
    assert_eq!(written(text, value.get("a").expect("a")), "one\n  two");
}

#[test]
fn several_documents_are_read_in_order() {
    let values = read("a: 1\n---\nb: 2\n...\n---\n- c\n");
    assert_eq!(values.len(), 3);
    assert!(read("# only a comment\n").is_empty());
    assert!(read("").is_empty());
    assert_eq!(read("---\n").len(), 1);
}

#[test]
fn aliases_and_merge_keys_are_spelled_out() {
    let text = "base: &base {a: 1, b: 2}\nmore: &more\n  b: 3\n  c: 4\nx:\n  <<: *base\n  b: own\ny:\n  <<: [*base, *more]\nz: [*base, *more]\n";
    let value = one(text);
    let keys = |value: &Value| match &value.kind {
        Kind::Map(entries) => entries.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>(),
        _ => panic!(),
    };
    let get = |outer: &str, inner: &str| {
        value.get(outer).and_then(|value| value.get(inner)).and_then(Value::text).map(str::to_owned)
    };
    assert_eq!(keys(value.get("x").expect("x")), ["b", "a"]);
    assert_eq!(get("x", "b").as_deref(), Some("own"));
    assert_eq!(get("y", "b").as_deref(), Some("2"));
    assert_eq!(get("y", "c").as_deref(), Some("4"));
    assert_eq!(vec![plain(&value)], reference(text));
    assert_eq!(written(text, value.get("y").and_then(|y| y.get("c")).expect("c")), "4");
}

#[test]
fn duplicate_keys_are_all_reported_with_both_places() {
    let found = refused("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n");
    assert_eq!(
        found,
        [
            "a.yaml:4:11 load/duplicate-key the key “d” stands twice in one map",
            "a.yaml:3:1 load/duplicate-key the key “a” stands twice in one map",
        ]
    );
}

#[test]
fn usual_mistakes_are_named_at_their_place() {
    let cases = [
        ("a:\n\tb: 1\n", "a.yaml:2:1 load/yaml a tab stands in the indentation of the line"),
        ("a: x\n\tb: 1\n", "a.yaml:2:1 load/yaml a tab stands in the indentation of the line"),
        ("- {a: b, c: [d}\n- {a: b}\n", "a.yaml:1:13 load/yaml a bracket is not closed"),
        ("- {a: b, c: [d]\n- {a: b}\n", "a.yaml:1:3 load/yaml a bracket is not closed"),
        ("a:b\nc: d\n", "a.yaml:1:2 load/yaml a space is missing after the colon"),
        (
            "a: one: two\n",
            "a.yaml:1:7 load/yaml a text with a colon and a space in it must be in quotes",
        ),
        (
            "a: @home\n",
            "a.yaml:1:4 load/yaml a text cannot start with this character unless it is in quotes",
        ),
        (
            "a: %20\n",
            "a.yaml:1:4 load/yaml a text cannot start with this character unless it is in quotes",
        ),
        (
            "a: one #2\n  and three\n",
            "a.yaml:1:8 load/yaml what follows “ #” is a comment and ends the text",
        ),
        ("a: \"one\nb: 2\n", "a.yaml:1:4 load/yaml a quoted text has no closing quote"),
        (
            "a: *none\n",
            "a.yaml:1:4 load/yaml an alias (`*name`) names an anchor that is not above it",
        ),
        ("a: !person x\n", "a.yaml:1:4 load/yaml-tag the tag !person is not known"),
        (
            "a:\n  b: 1\n c: 2\n",
            "a.yaml:3:2 load/yaml the indentation does not fit the lines above",
        ),
        ("[a, b]: c\n", "a.yaml:1:1 load/yaml-key a key must be a word, not a list or a map"),
        (
            "a:\n  <<: x\n",
            "a.yaml:2:7 load/yaml-merge only a map, or a list of maps, can be merged with `<<`",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(refused(text).first().map(String::as_str), Some(expected), "{text:?}");
    }
}

#[test]
fn bombs_are_refused_in_one_message() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        text.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            format!("*a{}, ", level - 1).repeat(10)
        ));
    }
    assert!(refused(&text)[0].contains("load/yaml-too-large"));
    assert!(refused(&"[".repeat(50_000))[0].contains("load/yaml-too-deep"));
    assert!(refused("a: &a [*a]\n")[0].contains("load/yaml-recursive"));
}

#[test]
fn many_faults_are_listed_up_to_a_limit() {
    let found = refused(&"a: 1\n".repeat(50_000));
    assert_eq!(found.len(), 101);
    assert!(found[100].contains("only the first 100 faults"), "{}", found[100]);
}

/// Trees of texts, numbers, lists and maps with keys that do not clash.
fn trees() -> impl Strategy<Value = serde_yaml::Value> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(serde_yaml::Value::from),
        any::<bool>().prop_map(serde_yaml::Value::from),
        Just(serde_yaml::Value::Null),
        "[ -~æøåÅ€\n]{0,12}".prop_map(serde_yaml::Value::from),
        (-1e6..1e6f64).prop_map(serde_yaml::Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(serde_yaml::Value::Sequence),
            prop::collection::btree_map("[a-zæ][a-z -]{0,6}[a-z]", inner, 0..5).prop_map(|map| {
                let pairs =
                    map.into_iter().map(|(key, value)| (serde_yaml::Value::from(key), value));
                serde_yaml::Value::Mapping(pairs.collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn written_tree_reads_back_as_serde_yaml_reads_it(tree in trees()) {
        let text = serde_yaml::to_string(&tree).expect("a tree can be written");
        if let Ok(values) = yaml(&Sources::new(), "a.yaml", text.as_bytes()) {
            prop_assert_eq!(values.iter().map(plain).collect::<Vec<_>>(), reference(&text));
        } else {
            prop_assert!(false, "{text}");
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = yaml(&Sources::new(), "a.yaml", &bytes);
    }

    #[test]
    fn yaml_like_text_never_panics_and_spans_stay_inside(text in "([-a-z:# \t\n\r\"'\\[\\]{},&*<|>?!%@~0-9æ]|: |- |\n  |\n- |&a |\\*a|<<: |---\n){0,40}") {
        if let Ok(values) = yaml(&Sources::new(), "a.yaml", text.as_bytes()) {
            for value in &values {
                prop_assert!(value.span.end as usize <= text.len());
                prop_assert!(text.get(value.span.start as usize..value.span.end as usize).is_some());
            }
        }
    }
}
