//! What lists of people make of records.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::editions::{Edition, Levels, PERSON, Seen, redact};
use crate::fill::Filler;
use crate::fill::tests::{Project, faults, filled, filled_in, own, request};

/// A record with all fields that a list may ask for.
fn person(id: &str, surname: &str, fields: Json) -> Json {
    let mut person = json!({
        "id": id, "number": 1, "surname": surname, "given-name": null, "title": null,
        "honorific": null, "function": null, "agency": null, "agency-short-name": null,
        "country": null, "delegation": null, "rank": null, "head": false, "since": null,
        "experience": null, "gender": null, "email": null, "telephone": null, "language": null,
        "diet": null, "access": null, "roles": ["participant"], "consent": null, "note": null,
        "custom": {},
    });
    for (key, value) in fields.as_object().unwrap() {
        person[key] = value.clone();
    }
    person
}

fn ordered(rule: &str, language: &str, people: Json) -> String {
    let template = "{{#each (in-order people rule=rule)}}{{id}} {{/each}}";
    filled_in(language, template, json!({"people": people, "rule": rule})).trim().to_owned()
}

#[test]
fn order_by_surname_skips_particles_and_honorifics_and_goes_on_by_given_name() {
    let people = json!([
        person("aa", "Åsen", json!({"country": "NO"})),
        person("z", "Zahl", json!({"country": "NO"})),
        person("m2", "van der Meer", json!({"country": "NL", "given-name": "Wim"})),
        person("m1", "MEER", json!({"given-name": "Dr Anna"})),
        person("v", "van der Meer", json!({"country": "BE", "given-name": "Anna"})),
        person("e", "Édouard", json!({"country": "FR"})),
        person("f", "Egger", json!({"country": "AT"})),
    ]);
    assert_eq!(ordered("surname", "en", people.clone()), "aa e f m1 m2 v z");
    assert_eq!(ordered("surname", "nb", people), "e f m1 m2 v z aa");
}

#[test]
fn order_by_country_uses_its_name_in_the_language_and_heads_come_first() {
    let people = json!([
        person("none", "Abel", json!({})),
        person("de", "Berg", json!({"country": "DE"})),
        person("at2", "Auer", json!({"country": "AT", "rank": 2})),
        person("at3", "Aigner", json!({"country": "AT"})),
        person("at1", "Zoller", json!({"country": "AT", "head": true, "rank": 9})),
    ]);
    assert_eq!(ordered("country", "en", people.clone()), "at1 at2 at3 de none");
    // Østerrike stands after Tyskland.
    assert_eq!(ordered("country", "nb", people.clone()), "de at1 at2 at3 none");
    assert_eq!(ordered("rank", "en", people), "at1 at2 at3 de none");
}

#[test]
fn order_by_seniority_and_agency_puts_what_is_not_known_last() {
    let people = json!([
        person("a", "A", json!({"agency": {"en": "Zoo", "nb": "Dyrehage"}})),
        person("b", "B", json!({"since": "2010-05", "agency": "Police"})),
        person("c", "C", json!({"since": "2010"})),
        person("d", "D", json!({"since": "--02-01"})),
        person("e", "E", json!({"since": "1998-12-31"})),
    ]);
    assert_eq!(ordered("seniority", "en", people.clone()), "e c b a d");
    assert_eq!(ordered("agency", "en", people.clone()), "b a c d e");
    assert_eq!(ordered("agency", "nb", people), "a b c d e");
}

#[test]
fn order_by_number_is_that_of_the_list() {
    let people = json!([
        person("b", "B", json!({"number": 10})),
        person("c", "C", json!({"number": 2})),
        person("a", "A", json!({"number": 11})),
    ]);
    assert_eq!(ordered("number", "en", people), "c b a");
}

#[test]
fn rule_that_is_none_or_asks_for_a_field_above_the_edition_is_a_fault() {
    let mut one = person("a", "A", json!({"since": "2010"}));
    one[PERSON] = json!(true);
    one["consent"] = json!("public");
    let Seen::Value(public) = redact(
        &json!({"people": [one]}),
        Edition::Public,
        &Levels::default(),
        &mut Default::default(),
    ) else {
        panic!("the record is gone")
    };
    let found = faults("{{#each (in-order people rule=\"seniority\")}}{{/each}}", public.clone());
    let message = "`since` of a person is internal, but this paper is for the public";
    assert_eq!(found, [("fill/edition", message.to_owned())]);
    assert_eq!(filled("{{#each (in-order people rule=\"surname\")}}{{id}}{{/each}}", public), "a");
    let found = faults("{{#each (in-order people rule=\"name\")}}{{/each}}", json!({"people": []}));
    assert_eq!(found, [("fill/arguments", "there is no rule of order `name`".to_owned())]);
}

#[test]
fn groups_stand_in_the_languages_order_and_those_without_one_last() {
    let people = json!([
        person("a", "A", json!({})),
        person("b", "B", json!({"country": "AT", "roles": ["interpreter", "speaker"]})),
        person("c", "C", json!({"country": "DE", "delegation": "OSCE"})),
        person("d", "D", json!({"country": "AT"})),
    ]);
    let template = "{{#each (in-groups people by=by)}}{{#if title}}{{title}}{{else}}-{{/if}} {{count}}: {{#each items}}{{id}}{{/each}}; {{/each}}";
    let grouped = |by: &str| filled_in("nb", template, json!({"people": people, "by": by}));
    assert_eq!(grouped("country"), "Tyskland 1: c; Østerrike 2: bd; Land ikke oppgitt 1: a; ");
    assert_eq!(grouped("delegation"), "OSCE 1: c; Østerrike 2: bd; Delegasjon ikke oppgitt 1: a; ");
    assert_eq!(grouped("role"), "Deltakere 3: acd; Foredragsholdere 1: b; ");
    assert_eq!(grouped("none"), "- 4: abcd; ");
    let found = faults(template, json!({"people": people, "by": "land"}));
    assert_eq!(found, [("fill/arguments", "there is no kind of group `land`".to_owned())]);
}

#[test]
fn full_name_has_the_form_of_address_that_comes_first() {
    let one = person(
        "a",
        "van der Meer",
        json!({"given-name": "Anna", "title": {"en": "Ms"}, "honorific": "Dr"}),
    );
    let name = |tag: &str| filled(tag, json!({"p": one}));
    assert_eq!(name("{{full-name p}}"), "Dr Anna VAN DER MEER");
    assert_eq!(name("{{full-name p style=\"surname-first\"}}"), "VAN DER MEER, Dr Anna");
    assert_eq!(name("{{full-name p style=\"plain\" address=false}}"), "Anna van der Meer");
    let bare = person("b", "Zahl", json!({"title": "Mr"}));
    assert_eq!(filled("{{full-name p style=\"surname-first\"}}", json!({"p": bare})), "ZAHL, Mr");
    let english = person("c", "Ås", json!({"given-name": "Ola", "title": {"en": "Mr"}}));
    for (language, name) in [("en", "Mr Ola ÅS Mr"), ("nb", "Ola ÅS ")] {
        let template = "{{full-name p}} {{field p \"title\"}}";
        assert_eq!(filled_in(language, template, json!({"p": english})), name);
    }
    let found = faults("{{full-name p style=\"first\"}}", json!({"p": one}));
    assert_eq!(found[0].1, "there is no style of names `first`");
}

#[test]
fn field_is_printed_as_lists_have_it() {
    let one = person(
        "a",
        "Åsen",
        json!({
            "country": "AT", "since": "2010-05", "language": "nb", "gender": "female", "head": true,
            "roles": ["participant", "speaker"], "rank": 2,
            "custom": {"flight": "SK 1", "visa": true, "bag": null},
        }),
    );
    let template = "{{#each fields}}{{field ../p this}}|{{/each}}";
    let fields = json!([
        "surname",
        "given-name",
        "country",
        "since",
        "language",
        "gender",
        "head",
        "roles",
        "standing",
        "rank",
        "custom.flight",
        "custom.visa",
        "custom.bag",
        "custom.other",
        "name"
    ]);
    assert_eq!(
        filled(template, json!({"p": one, "fields": fields})),
        "ÅSEN||Austria|May 2010|Norwegian|Female|Head of delegation|Participant · Speaker|Head of delegation · Speaker|2|SK 1|Yes|||ÅSEN|"
    );
    let found = faults("{{field p \"surnam\"}}", json!({"p": one}));
    assert_eq!(found, [("fill/arguments", "there is no field of people `surnam`".to_owned())]);
}

#[test]
fn columns_are_those_of_the_option_or_the_default() {
    let template = "{{#each (list-columns people default=\"surname,country\")}}{{field}}={{heading}};{{/each}}";
    let people = json!([person("a", "A", json!({"custom": {"flight": null}}))]);
    let columns = |columns: Json| json!({"people": people, "options": {"columns": columns}});
    assert_eq!(filled(template, json!({"people": people})), "surname=Surname;country=Country;");
    let custom = json!(["name", {"field": "custom.flight", "heading": {"en": "Flight"}}]);
    assert_eq!(filled(template, columns(custom)), "name=Name;custom.flight=Flight;");
    for (asked, message) in [
        (json!(["surnam"]), "there is no field of people `surnam`"),
        (json!([]), "a list has from 1 to 12 columns, not 0"),
        (json!(["custom.flight"]), "the column `custom.flight` needs a heading"),
        (
            json!([{"field": "custom.fligt", "heading": "Flight"}]),
            "there is no field of people `custom.fligt`",
        ),
    ] {
        let found = faults(template, columns(asked));
        assert_eq!(found, [("fill/arguments", message.to_owned())]);
    }
}

#[test]
fn sheet_has_the_speakers_of_its_sessions_and_all_who_take_part() {
    let people = json!([
        person("p", "P", json!({})),
        person("s", "S", json!({"roles": ["speaker"]})),
        person("t", "T", json!({"roles": ["participant", "speaker"]})),
        person("m", "M", json!({"roles": ["moderator"]})),
        person("i", "I", json!({"roles": ["interpreter"]})),
    ]);
    let session =
        |speakers: Json, moderator: Json| json!({"speakers": speakers, "moderator": moderator});
    let data = json!({"people": people, "days": [
        [session(json!([people[2]]), people[3].clone()), session(json!([]), Json::Null)],
        [session(json!([people[1]]), Json::Null)],
        [],
    ]});
    let template = "{{#each days}}{{#each (on-sheet ../people this speakers=true)}}{{id}}{{/each}}/{{#each (on-sheet ../people this)}}{{id}}{{/each}} {{/each}}";
    assert_eq!(filled(template, data), "tm/pi s/pti /pti ");
}

#[test]
fn default_columns_leave_out_what_groups_are_named_by() {
    let template = "{{#each (list-columns people default=\"surname,country\" group=\"country\")}}{{field}} {{/each}}";
    let people = json!([person("a", "A", json!({}))]);
    assert_eq!(filled(template, json!({"people": people})), "surname ");
    let asked = json!({"people": people, "options": {"columns": ["surname", "country"]}});
    assert_eq!(filled(template, asked), "surname country ");
}

#[test]
fn numbers_of_lists_are_added_and_taken_away() {
    let data = json!({"list": [1, 2], "n": 5});
    assert_eq!(filled("{{plus list 1}} {{minus n list}} {{minus 2 list}}", data.clone()), "3 3 0");
    let found = faults("{{minus list n}}", data);
    assert_eq!(found, [("fill/arguments", "5 cannot be taken from 2".to_owned())]);
}

#[test]
fn languages_have_names_and_headings_begin_with_a_capital() {
    let template = "{{capital (list (language tags))}}, {{language \"tlh\"}}";
    let data = json!({"tags": ["en", "nb-NO"]});
    assert_eq!(filled_in("nb", template, data), "Engelsk og norsk, tlh");
}

#[test]
fn options_are_checked_and_have_defaults() {
    let data = |options: Json| json!({"options": options});
    let template = "{{allow-options \"rows,order,people\"}}{{option \"rows\" default=5}} {{option \"order\" default=\"surname\" among=\"surname,rank\"}} {{option \"people\" default=true}}";
    assert_eq!(filled(template, json!({})), "5 surname true");
    let given = json!({"rows": 0, "order": "rank", "people": false});
    assert_eq!(filled(template, data(given)), "0 rank false");
    for (options, message) in [
        (json!({"row": 1}), "this paper has no option `row`"),
        (json!({"rows": "5"}), "the option `rows` needs a whole number from 0 to 1000, not a text"),
        (
            json!({"rows": 1001}),
            "the option `rows` needs a whole number from 0 to 1000, not a number",
        ),
        (json!({"order": "ranks"}), "the option `order` cannot be `ranks`"),
        (json!({"people": "no"}), "the option `people` needs `true` or `false`, not a text"),
    ] {
        assert_eq!(faults(template, data(options)), [("fill/option", message.to_owned())]);
    }
}

#[test]
fn option_with_several_values_is_a_list_of_known_texts() {
    let template = "{{#each (option \"roles\" default=\"\" list=true among=\"speaker,observer\")}}\
                    {{this}};{{else}}none{{/each}}";
    let data = |roles: Json| json!({"options": {"roles": roles}});
    assert_eq!(filled(template, json!({})), "none");
    assert_eq!(filled(template, data(json!([]))), "none");
    assert_eq!(filled(template, data(json!(["observer", "speaker"]))), "observer;speaker;");
    let default = template.replace("default=\"\"", "default=\"speaker, observer\"");
    assert_eq!(filled(&default, json!({})), "speaker;observer;");
    // What is wrong with a setting is said once, however often it is asked for.
    let twice = template.repeat(2);
    for (roles, message) in [
        (json!("speaker"), "the option `roles` needs a list of texts, not a text"),
        (json!([1]), "the option `roles` needs a list of texts, not a number"),
        (json!(["speakers"]), "the option `roles` cannot be `speakers`"),
    ] {
        assert_eq!(faults(&twice, data(roles)), [("fill/option", message.to_owned())]);
    }
}

const RULES: [&str; 6] = ["agency", "country", "number", "rank", "seniority", "surname"];

fn any_person() -> impl Strategy<Value = Json> {
    let surname = prop::sample::select(vec![
        "Berg", "berg", "van Berg", "Åsen", "Aasen", "É", "E", "Dr Berg", "de", "Ж", "  ", "d'É",
    ]);
    let some = |texts: Vec<&'static str>| prop::option::of(prop::sample::select(texts));
    (
        (surname, some(vec!["Anna", "anna", "Åse", "Dr Anna"]), some(vec!["NO", "NL", "FR", "ES"])),
        (some(vec!["Police", "police", "Å"]), prop::option::of(1..3u32), any::<bool>()),
        (some(vec!["2010", "2010-01-01", "--01", "1999-02"]), 1..3u32),
    )
        .prop_map(|((surname, given, country), (agency, rank, head), (since, number))| {
            person(
                "",
                surname,
                json!({
                    "given-name": given, "country": country, "agency": agency, "rank": rank,
                    "head": head, "since": since, "number": number,
                }),
            )
        })
}

/// Fills the same template again and again.
fn filled_many(people: &[Json], rule: &str, language: &str) -> String {
    static PROJECT: LazyLock<Project> = LazyLock::new(|| {
        Project::new(&[("t.hbs", "{{#each (in-order people rule=rule)}}{{id}} {{/each}}")])
    });
    static FILLER: LazyLock<Filler<'static>> =
        LazyLock::new(|| Filler::new(PROJECT.assets(), PROJECT.sources()).unwrap());
    let data = own(&json!({"people": people, "rule": rule}));
    let told = |faults: crate::diag::Diagnostics| {
        faults.into_iter().map(|found: Diagnostic| found.message).collect::<Vec<_>>()
    };
    FILLER.fill(&request("t", &data, language)).map_err(told).unwrap().html
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Who stands before whom is the same in every list that has both, wherever they stood before.
    #[test]
    fn order_is_total_and_does_not_depend_on_where_people_stood(
        mut people in prop::collection::vec(any_person(), 2..9),
        turn in 0..8usize,
        language in prop::sample::select(vec!["en", "nb"]),
    ) {
        for (index, person) in people.iter_mut().enumerate() {
            person["id"] = json!(format!("p{index}"));
        }
        let mut turned = people.clone();
        turned.reverse();
        turned.rotate_left(turn % people.len());
        for rule in RULES {
            let sorted = filled_many(&people, rule, language);
            prop_assert_eq!(&sorted, &filled_many(&turned, rule, language));
            let ids: Vec<&str> = sorted.split_whitespace().collect();
            prop_assert_eq!(ids.len(), people.len());
            let by_id = |id: &&str| people.iter().find(|person| person["id"] == **id).unwrap().clone();
            for pair in ids.windows(2) {
                let pair_sorted: Vec<Json> = pair.iter().rev().map(by_id).collect();
                let again = filled_many(&pair_sorted, rule, language);
                prop_assert_eq!(again.trim(), pair.join(" "));
            }
        }
    }
}
