//! Tests of CSV reading: separators, places of cells, and what is refused.

use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> (Sources, Value) {
    let sources = Sources::new();
    match csv(&sources, "a.csv", bytes) {
        Ok(value) => (sources, value),
        Err(errors) => panic!("{errors:?}"),
    }
}

fn rows(value: &Value) -> Vec<Vec<Option<String>>> {
    let Kind::List(rows) = &value.kind else { panic!("a table is a list") };
    let cells = |row: &Value| match &row.kind {
        Kind::Map(entries) => {
            entries.iter().map(|entry| entry.value.text().map(str::to_owned)).collect()
        }
        _ => panic!("a row is a map"),
    };
    rows.iter().map(cells).collect()
}

fn refused(text: &str) -> Vec<String> {
    let sources = Sources::new();
    let errors = csv(&sources, "a.csv", text.as_bytes()).expect_err("the table is refused");
    errors
        .iter()
        .map(|error| {
            format!("{} {} {}", sources.locate(error.labels[0].span), error.code, error.message)
        })
        .collect()
}

fn some(cells: &[&str]) -> Vec<Option<String>> {
    cells.iter().map(|cell| (!cell.is_empty()).then(|| (*cell).to_owned())).collect()
}

#[test]
fn separator_is_taken_from_the_header_line() {
    for text in [
        "name,land\nÅse,NO\n",
        "name;land\nÅse;NO\n",
        "name\tland\nÅse\tNO",
        "sep=;\nname;land\nÅse;NO\n",
        "sep=|\r\nname|land\r\nÅse|NO\r\n",
        "\"name\";\"land\"\r\n\"Åse\";\"NO\"\r\n",
    ] {
        let (_, value) = read(text.as_bytes());
        assert_eq!(rows(&value), [some(&["Åse", "NO"])], "{text:?}");
    }
    let (_, value) = read(b"\"name, first\";land;x\na,b;NO;1\n");
    assert_eq!(rows(&value), [some(&["a,b", "NO", "1"])]);
}

#[test]
fn cells_are_trimmed_and_empty_ones_are_null() {
    let (_, value) = read(b"a,b,c\n  x ,,\" y \"\n");
    assert_eq!(rows(&value), [some(&["x", "", "y"])]);
}

#[test]
fn spans_are_exact_inside_quotes_and_after_quoted_line_breaks() {
    let text = "navn;note\r\n\"Å \"\"x\"\" Ø\";\" én\nto \"\r\n\r\nb; c \r\n";
    let (_, value) = read(text.as_bytes());
    let Kind::List(rows) = &value.kind else { panic!() };
    let at = |row: usize, key: &str| {
        let span = rows[row].get(key).expect("the cell is there").span;
        &text[span.start as usize..span.end as usize]
    };
    assert_eq!(at(0, "navn"), "Å \"\"x\"\" Ø");
    assert_eq!(rows[0].get("navn").and_then(Value::text), Some("Å \"x\" Ø"));
    assert_eq!(at(0, "note"), "én\nto");
    assert_eq!(at(1, "navn"), "b");
    assert_eq!(at(1, "note"), "c");
    let Kind::Map(entries) = &rows[1].kind else { panic!() };
    assert_eq!(&text[entries[1].key_span.start as usize..entries[1].key_span.end as usize], "note");
}

#[test]
fn rows_without_text_are_skipped() {
    let (_, value) = read(b"\n\na;b\n\n;;\n1;2\n ; \n");
    assert_eq!(rows(&value), [some(&["1", "2"])]);
}

#[test]
fn windows_1252_and_utf16_tables_are_read() {
    let (_, value) = read(b"navn;land\nBj\xF8rn \x96;NO\n");
    assert_eq!(rows(&value), [some(&["Bjørn –", "NO"])]);
    let utf16: Vec<u8> =
        "\u{FEFF}navn\tland\nØ\tNO\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(rows(&read(&utf16).1), [some(&["Ø", "NO"])]);
}

#[test]
fn ragged_rows_are_reported_all_at_once_with_both_counts() {
    assert_eq!(
        refused("a,b,c\n1,2\n1,2,3\n\n1,2,3,4,5\n1\n"),
        [
            "a.csv:2:4 load/csv-ragged the row on line 2 has 2 cells, the header has 3",
            "a.csv:5:7 load/csv-ragged the row on line 5 has 5 cells, the header has 3",
            "a.csv:6:2 load/csv-ragged the row on line 6 has 1 cell, the header has 3",
        ]
    );
}

#[test]
fn many_ragged_rows_are_summed_up() {
    let found = refused(&format!("a,b\n{}", "1\n".repeat(5000)));
    assert_eq!(found.len(), MAX_REPORTED + 1);
    assert_eq!(found[MAX_REPORTED], "a.csv:5001:2 load/csv-faults 4900 more rows have faults");
}

#[test]
fn quotes_out_of_place_are_refused() {
    assert_eq!(
        refused("a,b\n1,\"2\n3,4\n"),
        ["a.csv:2:3 load/csv-quote a quoted cell has no closing quote"]
    );
    assert_eq!(
        refused("a,b\n\"x\"y,2\n1, \"2\"\n"),
        [
            "a.csv:2:4 load/csv-quote text stands after the closing quote of a cell",
            "a.csv:3:4 load/csv-quote spaces stand before the quote of a cell",
        ]
    );
    assert_eq!(refused("a,\"b\"x\n1,2\n").len(), 1);
    assert_eq!(rows(&read(b"a,b\n5\" pipe,x\"y\n").1), [some(&["5\" pipe", "x\"y"])]);
}

#[test]
fn header_names_must_be_there_and_differ() {
    assert_eq!(
        refused("a,,b, a \n1,2,3,4\n"),
        [
            "a.csv:1:3 load/csv-header a column has no name",
            "a.csv:1:7 load/csv-header two columns are named “a”",
        ]
    );
    assert_eq!(refused("\n\n"), ["a.csv:1:1 load/csv-empty the table is empty"]);
    assert!(refused(&"x,".repeat(2000))[0].contains("load/csv-too-wide"));
}

#[test]
fn cells_that_hold_what_no_list_means_are_refused() {
    let long = format!("a\n{}\n", "x".repeat(MAX_LETTERS + 1));
    assert_eq!(refused(&long), ["a.csv:2:1 load/csv-too-large a cell has more than 32767 letters"]);
    assert_eq!(
        refused("a,b\n#REF!,1\n2,#####\n#I/T,x\u{7}y\n"),
        [
            "a.csv:2:1 load/csv-no-value `#REF!` is what a spreadsheet shows in place of a value",
            "a.csv:3:3 load/csv-no-value `#####` is what a spreadsheet shows in place of a value",
            "a.csv:4:1 load/csv-no-value `#I/T` is what a spreadsheet shows in place of a value",
            "a.csv:4:6 load/csv-control a control character (U+0007) stands in a cell",
        ]
    );
    let sound = format!("a,b\n{},\"#1\n#\"\n", "é".repeat(MAX_LETTERS));
    assert_eq!(rows(&read(sound.as_bytes()).1).len(), 1);
}

#[test]
fn row_that_another_character_parts_is_told_so() {
    let found = csv(&Sources::new(), "a.csv", b"a;b\n1,2\n3\n").unwrap_err();
    let helps: Vec<bool> =
        found.iter().map(|fault| fault.help[0].contains("one separator throughout")).collect();
    assert_eq!(helps, [true, false]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = csv(&Sources::new(), "a.csv", &bytes);
    }

    #[test]
    fn csv_like_text_is_never_read_in_two_ways(text in "[a-cæ,;\t\r\n\" ]{0,60}") {
        if let Err(errors) = csv(&Sources::new(), "a.csv", text.as_bytes()) {
            prop_assert!(errors.iter().all(|error| error.code != "load/csv-ambiguous"), "{errors:?}");
        }
    }

    #[test]
    fn written_tables_read_back(table in prop::collection::vec(prop::collection::vec("[a-zæ;,\"\n\r]{1,8}[a-z]", 3), 0..8)) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(["x", "y", "z"]).expect("a header can be written");
        for row in &table {
            writer.write_record(row).expect("a row can be written");
        }
        let bytes = writer.into_inner().expect("the table can be written");
        let (_, value) = read(&bytes);
        let wanted: Vec<Vec<_>> = table.iter().map(|row| row.iter().map(|cell| Some(cell.trim().to_owned())).collect()).collect();
        prop_assert_eq!(rows(&value), wanted);
    }
}
