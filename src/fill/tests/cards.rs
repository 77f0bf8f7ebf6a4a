//! Helpers of cards: QR codes, contact cards, sheets, marks.

use serde_json::json;

use super::{codes, faults, filled, filled_in};

#[test]
fn qr_code_is_a_picture_with_words() {
    let html = filled("{{qr \"HELLO\" alt=\"A <greeting>\" width=60}}", json!({}));
    assert!(
        html.starts_with(
            "<svg class=\"qr\" role=\"img\" aria-label=\"A &lt;greeting&gt;\" \
             xmlns=\"http://www.w3.org/2000/svg\" width=\"60pt\" height=\"60pt\" viewBox=\"0 0 29 29\">\
             <path fill=\"#ffffff\" d=\"M0 0h29v29H0z\"/><path fill=\"#000000\" d=\"M4 4h7v1h-7z"
        ),
        "{html}"
    );
    let bare = filled("{{qr \"HELLO\" alt=\"\" quiet=0}}", json!({}));
    assert!(bare.contains("viewBox=\"0 0 21 21\"") && bare.contains("aria-hidden"), "{bare}");
}

#[test]
fn qr_code_without_words_or_with_too_many_is_an_error() {
    assert_eq!(codes("{{qr \"x\"}}", json!({})), ["fill/no-alternative"]);
    assert_eq!(codes("{{qr t alt=\"x\"}}", json!({"t": ""})), ["fill/empty-text"]);
    let long = json!({"t": "å".repeat(1200)});
    let message =
        "the text is too long for a QR code: it has 2400 bytes, and a code surely holds 2331";
    assert_eq!(faults("{{qr t alt=\"x\"}}", long), [("fill/too-long", message.to_owned())]);
}

#[test]
fn contact_card_has_what_is_given_and_asked_for() {
    let person = json!({"p": {
        "surname": "van der Meer; Aas", "given-name": "Jan", "honorific": "Dr",
        "function": {"en": "Head, training", "nb": "Leder"}, "agency": null,
        "email": "jan@example.org", "telephone": "+47 22 00 00 00", "country": "NO"
    }});
    let card =
        |fields: &str| filled_in("nb", &format!("{{{{contact-card p{fields}}}}}"), person.clone());
    let start = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:van der Meer\\; Aas;Jan;;Dr;\r\n\
                 FN:Dr Jan van der Meer\\; Aas\r\nTITLE:Leder\r\n";
    assert_eq!(card(""), format!("{start}END:VCARD\r\n"));
    assert_eq!(
        card(" fields=\"country, email\""),
        format!("{start}EMAIL:jan@example.org\r\nADR:;;;;;;Norge\r\nEND:VCARD\r\n")
    );
    let english = filled("{{contact-card p}}", person.clone());
    assert!(english.contains("TITLE:Head\\, training\r\n"), "{english}");
    let least = filled("{{contact-card p}}", json!({"p": {"surname": "Aas"}}));
    assert_eq!(least, "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Aas;;;;\r\nFN:Aas\r\nEND:VCARD\r\n");
    let message = "a contact card has no field `emial`".to_owned();
    let found = faults("{{contact-card p fields=\"emial\"}}", person);
    assert_eq!(found, [("fill/unknown-field", message)]);
}

#[test]
fn sheet_comes_by_name_by_product_and_by_measures() {
    let template = "{{#with (sheet s)}}{{name}} {{columns}}x{{rows}}={{per-page}} {{width}}x{{height}} \
                    {{left}},{{top}},{{right}},{{bottom}} {{gap-x}},{{gap-y}} {{precut}}{{/with}}";
    let sheet = |value| filled(template, json!({"s": value}));
    let usual = "badge-90x54 2x5=10 90x54 15,13.5,15,13.5 0,0 false";
    assert_eq!(sheet(json!(null)), usual);
    assert_eq!(filled(&template.replace("sheet s", "sheet options.sheet"), json!({})), usual);
    let labels = "labels-63x38 3x7=21 63.5x38.1 7.25,15.15,7.25,15.15 2.5,0 true";
    assert_eq!(sheet(json!("l7160")), labels);
    assert_eq!(sheet(json!(3474)), "labels-70x37 3x8=24 70x37 0,0.5,0,0.5 0,0 true");
    let own = json!({"columns": 2, "rows": 5, "width": 86, "height": 54, "gap-x": 8, "top": 10});
    assert_eq!(sheet(own), "own 2x5=10 86x54 15,10,15,17 8,0 false");
    let again = "{{#with (sheet (sheet \"a7\"))}}{{name}} {{left}},{{top}}{{/with}}";
    assert_eq!(filled(again, json!({})), "own 26,38.5");
}

#[test]
fn sheet_that_is_unknown_or_too_large_is_an_error() {
    let found = |value| faults("{{#with (sheet s)}}{{name}}{{/with}}", json!({"s": value}));
    let one = |code, message: &str| vec![(code, message.to_owned())];
    let unknown = "there is no sheet `badge-90x55`";
    assert_eq!(found(json!("badge-90x55")), one("fill/unknown-sheet", unknown));
    let wide = json!({"columns": 3, "rows": 1, "width": 90, "height": 54});
    let message = "the cards do not stand on the sheet: they end 60.0 mm past its edge";
    assert_eq!(found(wide), one("fill/sheet-too-small", message));
    let less = json!({"columns": 3, "rows": 1, "width": 60});
    assert_eq!(found(less), one("fill/missing-value", "the sheet has no `height`"));
    let key = json!({"columns": 3, "rows": 1, "width": 60, "height": 40, "gap": 3});
    assert_eq!(found(key), one("fill/unknown-key", "a sheet has no measure `gap`"));
    let unit = json!({"columns": 3, "rows": 1, "width": "60mm", "height": 40});
    assert_eq!(found(unit), one("fill/wrong-kind", "`width` of the sheet is \"60mm\""));
    let half = json!({"columns": 2.5, "rows": 1, "width": 60, "height": 40});
    assert_eq!(found(half), one("fill/wrong-kind", "`columns` of the sheet is 2.5"));
}

#[test]
fn crop_marks_are_a_picture_that_nobody_reads() {
    let html = filled("{{crop-marks (sheet \"badge-90x54\")}}", json!({}));
    assert!(
        html.starts_with("<svg class=\"crop-marks\" aria-hidden=\"true\"")
            && html.contains("d=\"M15.000 8.500V12.500M15.000 284.500V288.500M105.000 8.500"),
        "{html}"
    );
    assert_eq!(filled("{{crop-marks \"L7163\"}}", json!({})), "");
}

#[test]
fn where_takes_any_of_a_list_of_wanted_values() {
    let data = json!({"wanted": ["speaker", "moderator"], "people": [
        {"id": "a", "roles": ["participant"], "list": "x"},
        {"id": "b", "roles": ["observer", "speaker"], "list": "moderator"},
        {"id": "c", "roles": ["moderator"], "list": "y"},
    ]});
    let ids = |condition: &str| {
        let template = format!("{{{{#each (where people {condition})}}}}{{{{id}}}}{{{{/each}}}}");
        filled(&template, data.clone())
    };
    assert_eq!(ids("roles=wanted"), "bc");
    assert_eq!(ids("roles=wanted not=true"), "a");
    assert_eq!(ids("list=wanted"), "b");
}
