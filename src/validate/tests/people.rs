//! People: columns in two languages, roles, consent, several posts.

use super::*;

fn people(name: &str, text: &str) -> (Vec<Checked<model::Participant>>, Vec<String>) {
    let sources = Sources::new();
    let (model, found) = run(vec![input(&sources, InputKind::Participants, name, text)]);
    (model.participants, messages(&sources, &found))
}

#[test]
fn every_column_is_known_in_english_and_in_norwegian() {
    let english = "id,surname,given-name,title,honorific,function,agency,country,delegation,rank,head,since,experience,gender,email,telephone,language,diet,access,roles,consent,note\n\
         as-ola,Ås,Ola,Mr,Dr,Judge,Courts,Norway,Norway,2,yes,01/02/2010,new,male,o@example.org,+47 000 00 001,nb,halal,ramp,participant; speaker,public,None\n";
    let norwegian = "Id;Etternavn;Fornavn;Tittel;Akademisk tittel;Stilling;Etat;Land;Delegasjon;Rang;Delegasjonsleder;I stillingen siden;Erfaring;Kjønn;E-post;Telefon;Språk;Kosthold;Tilrettelegging;Rolle;Samtykke;Merknad\n\
         as-ola;Ås;Ola;Mr;Dr;Judge;Courts;Norge;Norway;2;ja;01.02.2010;ny;mann;o@example.org;+47 000 00 001;nb;halal;ramp;deltaker/Foredragsholder;offentlig;None\n";
    let (one, found) = people("p.csv", english);
    assert_eq!(found, Vec::<String>::new());
    let (two, found) = people("p.csv", norwegian);
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(one[0].json, two[0].json);
    let person = one[0].item.as_ref().unwrap();
    assert_eq!((person.rank, person.head), (Some(2), true));
    assert_eq!(person.roles, [model::Role::Participant, model::Role::Speaker]);
    assert_eq!(person.consent, Some(model::Consent::Public));
}

#[test]
fn unknown_columns_are_reported_with_the_nearest_in_either_language() {
    let (_, found) = people("p.csv", "surname,dietry,sko\nÅs,halal,44\n");
    assert_eq!(
        found,
        [
            "p.csv:1:9 data/unknown-column: a list of participants has no column `dietry` (did you mean `dietary`?; if it is a column of your own, name it `custom.dietry`, or map it under  people: {columns: …}  in dossier.yaml)",
            "p.csv:1:16 data/unknown-column: a list of participants has no column `sko` (name it `custom.sko`, or map it under  people: {columns: …}  in dossier.yaml, if that is what it is)",
        ]
    );
    let (_, found) = people("p.csv", "Etternavn,Samtyke,Fornavn,forename\nÅs,ja,Ola,Ole\n");
    assert_eq!(
        found,
        [
            "p.csv:1:11 data/unknown-column: a list of participants has no column `Samtyke` (did you mean `samtykke`?; if it is a column of your own, name it `custom.samtyke`, or map it under  people: {columns: …}  in dossier.yaml)",
            "p.csv:1:27 data/doubled-column: two columns fill `given-name` (take one of them out)",
        ]
    );
}

#[test]
fn list_without_a_header_is_one_fault_and_not_one_for_each_cell() {
    let (_, found) = people("p.csv", "Berg,Kari,Police\nÅs,Ola,Courts\n");
    assert_eq!(
        found,
        [
            "p.csv:1:1 data/missing-column: a list of participants needs a column `surname` (the first line names the columns: one of them must be surname or etternavn)"
        ]
    );
    let (_, found) = people("p.csv", "surname,rank,language\nÅs,first,norsk\n");
    assert_eq!(
        found,
        [
            "p.csv:2:4 data/wrong-type: expected a whole number, found `first` (write it in figures, such as 1 or 12)",
            "p.csv:2:10 data/unknown-language: `norsk` is not a language tag (write `nb`)",
        ]
    );
}

#[test]
fn person_with_nothing_but_a_name_takes_part() {
    for text in ["surname,roles,consent\nÅs,,\n", "surname,roles\nÅs,;\n", "surname\nÅs\n"] {
        let (people, found) = people("p.csv", text);
        assert_eq!(found, Vec::<String>::new());
        let person = people[0].item.as_ref().unwrap();
        assert_eq!(person.roles, [model::Role::Participant], "{text}");
        assert_eq!((person.consent, person.rank, person.head), (None, None, false));
    }
    let (people, _) = people("p.yaml", "- {surname: Ås, roles: []}\n");
    assert_eq!(people[0].json["roles"], serde_json::json!(["participant"]));
}

#[test]
fn roles_and_consent_are_read_from_the_words_that_people_write() {
    use model::{Consent, Role};
    let (people, found) = people(
        "p.csv",
        "surname,role,consent\nA,Tolk,Ja\nB,MØTELEDER + innleder,no\nC,\"observer, participant\",attendees\nD,speaker; speaker,deltakere\n",
    );
    assert_eq!(found, Vec::<String>::new());
    let read: Vec<(Vec<Role>, Option<Consent>)> = people
        .iter()
        .map(|person| {
            let person = person.item.as_ref().unwrap();
            (person.roles.clone(), person.consent)
        })
        .collect();
    assert_eq!(
        read,
        [
            (vec![Role::Interpreter], Some(Consent::Public)),
            (vec![Role::Moderator, Role::Speaker], Some(Consent::None)),
            (vec![Role::Observer, Role::Participant], Some(Consent::Attendees)),
            (vec![Role::Speaker], Some(Consent::Attendees)),
        ]
    );
}

#[test]
fn words_that_nobody_knows_are_named_with_those_that_are() {
    let (_, found) =
        people("p.csv", "surname,role,consent,rank,head\nA,speeker,perhaps,first,maybe\n");
    assert_eq!(
        found,
        [
            "p.csv:2:19 data/wrong-type: expected a whole number, found `first` (write it in figures, such as 1 or 12)",
            "p.csv:2:25 data/unknown-word: `maybe` is not one of the words known here (write one of: yes, no, true, false, ja, nei, sann, usann, x, y, n, j, 1, 0)",
            "p.csv:2:3 data/unknown-word: `speeker` is not one of the words known here (did you mean `speaker`?)",
            "p.csv:2:11 data/unknown-word: `perhaps` is not one of the words known here (write one of: public, attendees, none, yes, no, ja, nei, offentlig, deltakere, ingen)",
        ]
    );
}

#[test]
fn person_with_several_posts_is_listed_under_the_one_that_counts_here() {
    let (people, found) = people(
        "p.yaml",
        "- surname: Ås\n  country: Norway\n  posts:\n    - {function: Lecturer, agency: College, country: Moldova}\n    \
         - {function: {en: Judge, nb: Dommer}, agency: Courts, rank: 3, here: true}\n",
    );
    assert_eq!(found, Vec::<String>::new());
    let person = &people[0].json;
    assert_eq!(person["function"], serde_json::json!({"en": "Judge", "nb": "Dommer"}));
    assert_eq!((&person["agency"], &person["rank"]), (&"Courts".into(), &3.into()));
    assert_eq!(person["country"], "NO");
    assert_eq!(
        person["other-posts"],
        serde_json::json!([{"function": "Lecturer", "agency": "College", "country": "MD"}])
    );
}

#[test]
fn posts_without_the_one_that_counts_here_are_a_fault() {
    let posts = |marks: [&str; 2]| {
        let [one, two] = marks;
        format!("- surname: Ås\n  posts:\n    - {{function: A{one}}}\n    - {{function: B{two}}}\n")
    };
    let (_, found) = people("p.yaml", &posts(["", ""]));
    assert_eq!(
        found,
        [
            "p.yaml:3:5 data/post-here: none of these posts is the one that the event is about (write `here: true` in one of them)"
        ]
    );
    let (_, found) = people("p.yaml", &posts([", here: true", ", here: true"]));
    assert_eq!(
        found,
        [
            "p.yaml:3:5 data/post-here: several of these posts are the one that the event is about (write `here: true` in one of them)"
        ]
    );
    let (_, found) =
        people("p.yaml", &posts([", here: true", ""]).replace("Ås\n", "Ås\n  agency: Courts\n"));
    assert_eq!(
        found,
        [
            "p.yaml:4:5 data/doubled-post: a person has `posts` beside `function` or `agency` (put every post under `posts`, the one that the event is about with `here: true`)"
        ]
    );
}

#[test]
fn columns_of_a_language_give_one_text_per_language() {
    let (read, found) = people(
        "p.csv",
        "surname,title (en),function,Stilling (nb),agency-nb,delegation\nÅs,Ms,Judge,Dommer,Domstolene,Norway\nBø,,Judge,,,\nCox,,,,,\n",
    );
    assert_eq!(found, Vec::<String>::new());
    let json = |at: usize, key: &str| read[at].json[key].clone();
    assert_eq!(json(0, "title"), serde_json::json!({"en": "Ms"}));
    assert_eq!(json(0, "function"), serde_json::json!({"en": "Judge", "nb": "Dommer"}));
    assert_eq!(json(0, "agency"), serde_json::json!({"nb": "Domstolene"}));
    assert_eq!(json(0, "agency-id"), "domstolene");
    assert_eq!(json(0, "delegation"), "Norway");
    assert_eq!(json(1, "function"), serde_json::json!({"en": "Judge"}));
    assert_eq!(json(1, "title"), serde_json::Value::Null);
    assert_eq!(json(2, "function"), serde_json::Value::Null);
    let (_, found) = people("p.csv", "surname,post,function-en,stilling_en\nÅs,a,b,c\n");
    assert_eq!(
        found,
        [
            "p.csv:1:14 data/doubled-column: two columns fill `function-en` (take one of them out)",
            "p.csv:1:26 data/doubled-column: two columns fill `function-en` (take one of them out)",
        ]
    );
}

#[test]
fn column_of_the_project_may_fill_a_text_in_one_language() {
    let sources = Sources::new();
    let mut list = input(&sources, InputKind::Participants, "p.csv", "surname,Jobb\nÅs,Dommer\n");
    list.columns.insert("Jobb".to_owned(), "function-nb".to_owned());
    let (model, found) = run(vec![list]);
    assert_eq!(messages(&sources, &found), Vec::<String>::new());
    assert_eq!(model.participants[0].json["function"], serde_json::json!({"nb": "Dommer"}));
}
