//! Tries to get a field of a person into a paper whose edition does not show it, by every way there is.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::pdf::Pdf;

/// Each hidden value is a word that stands nowhere else.
const SECRETS: &[&str] =
    &["qzdiet", "qzaccess", "qznote", "qzflight", "qzmail", "qzphone", "qzsurname", "qzreason"];

const PEOPLE: &str = "\
id,surname,given-name,agency,country,email,telephone,gender,diet,access,note,custom.flight,consent,since\n\
p-1,Lindgren,Mia,Court,SE,one.qzmail@example.org,+46 1 qzphone,female,qzdiet one,qzaccess one,qznote one,qzflight one,public,2001\n\
p-2,Bakke,Ola,Police,NO,two.qzmail@example.org,+47 2 qzphone,male,qzdiet two,qzaccess two,qznote two,qzflight two,public,2005\n\
p-3,Qzsurname,Qzreason,Court,NO,three.qzmail@example.org,,female,,,,,no,2006\n";

const EVENT: &str = "\
id: course\n\
kind: training\n\
title: Course\n\
place: Oslo\n\
start: 19/10/2015\n\
end: 20/10/2015\n\
participants: {file: participants/course.csv}\n\
attendance: {file: attendance/course.csv}\n\
sessions:\n\
  - {id: one, day: 19/10/2015, start: 09:00, end: 10:00, title: One, speakers: [p-1, p-3], moderator: p-3}\n";

const MARKS: &str = "person,session,present\np-1,one,yes\np-2,one,no\np-3,one,yes\n";

const MANDATE: &str = "\
id: course-mandate\n\
kind: training\n\
status: final\n\
version: '1.0'\n\
data-date: 22/11/2015\n\
title: Course\n\
summary: A course.\n\
participants: {file: participants/course.csv}\n";

/// Templates that try it, one way each; what they use is above `public` in all of them.
const TEMPLATES: &[(&str, &str)] = &[
    ("print", "{{#each event.people}}{{email}}{{/each}}"),
    ("print-custom", "{{#each event.people}}{{custom.flight}}{{/each}}"),
    ("print-by-number", "{{event.people.[0].diet}}"),
    ("print-from-root", "{{#with event}}{{@root.event.people.[0].note}}{{/with}}"),
    ("print-from-the-set", "{{#each participants}}{{telephone}}{{/each}}"),
    (
        "print-from-the-mandate",
        "{{#each mandates}}{{#each participants.people}}{{email}}{{/each}}{{/each}}",
    ),
    ("print-a-speaker", "{{#each event.sessions}}{{#each speakers}}{{email}}{{/each}}{{/each}}"),
    (
        "print-of-a-day",
        "{{#each event.days}}{{#each slots}}{{#each tracks}}{{#each this}}{{#each speakers}}{{gender}}{{/each}}{{/each}}{{/each}}{{/each}}{{/each}}",
    ),
    ("print-a-named-value", "{{#each event.people as |person|}}{{person.access}}{{/each}}"),
    ("print-attendance", "{{#each event.people}}{{attendance.share}}{{/each}}"),
    ("print-certificate", "{{#each event.people}}{{certificate.number}}{{/each}}"),
    ("print-consent", "{{#each event.people}}{{consent}}{{/each}}"),
    ("every-field", "{{#each event.people}}{{#each this}}{{@key}}{{this}}{{/each}}{{/each}}"),
    ("every-free-field", "{{#each event.people}}{{#each custom}}{{this}}{{/each}}{{/each}}"),
    ("condition", "{{#each event.people}}{{#if diet}}special meal{{/if}}{{/each}}"),
    ("condition-unless", "{{#each event.people}}{{#unless access}}plain{{/unless}}{{/each}}"),
    (
        "condition-in-brackets",
        "{{#each event.people}}{{#if (eq gender \"female\")}}she{{/if}}{{/each}}",
    ),
    ("condition-has", "{{#each event.people}}{{#if (has this \"email\")}}yes{{/if}}{{/each}}"),
    (
        "condition-has-deep",
        "{{#each event.people}}{{#if (has this \"attendance.share\")}}yes{{/if}}{{/each}}",
    ),
    ("condition-with", "{{#each event.people}}{{#with diet}}{{this}}{{/with}}{{/each}}"),
    ("condition-and", "{{#each event.people}}{{#if (and surname diet)}}x{{/if}}{{/each}}"),
    ("condition-not", "{{#each event.people}}{{#if (not note)}}x{{/if}}{{/each}}"),
    ("condition-or", "{{#each event.people}}{{#if (or note surname)}}x{{/if}}{{/each}}"),
    ("condition-compared", "{{#each event.people}}{{#if (lt since \"2003\")}}x{{/if}}{{/each}}"),
    ("key-lookup", "{{#each event.people}}{{lookup this \"email\"}}{{/each}}"),
    ("key-lookup-in-brackets", "{{#each event.people}}{{upper (lookup this \"email\")}}{{/each}}"),
    (
        "key-lookup-twice",
        "{{#each event.people}}{{lookup (lookup this \"custom\") \"flight\"}}{{/each}}",
    ),
    (
        "key-from-the-data",
        "{{#each event.people}}{{#each (list-of-keys)}}{{lookup ../this this}}{{/each}}{{/each}}",
    ),
    ("sort", "{{#each (sort event.people by=\"since\")}}{{surname}}{{/each}}"),
    ("sort-second-key", "{{#each (sort event.people by=\"country,-email\")}}{{surname}}{{/each}}"),
    ("group", "{{#each (group event.people by=\"gender\")}}{{count}}{{/each}}"),
    ("group-custom", "{{#each (group event.people by=\"custom.flight\")}}{{count}}{{/each}}"),
    ("where", "{{length (where event.people gender=\"female\")}}"),
    ("where-not", "{{length (where event.people diet=null not=true)}}"),
    ("where-two", "{{length (where event.people \"custom.flight\" \"qzflight one\")}}"),
    ("join", "{{join event.people \", \" key=\"email\"}}"),
    ("list", "{{list event.people key=\"email\"}}"),
    ("concat", "{{#each event.people}}{{concat surname email}}{{/each}}"),
    ("length", "{{#each event.people}}{{length diet}}{{/each}}"),
    ("slug", "{{#each event.people}}{{slug email}}{{/each}}"),
    ("anchor", "{{#each event.people}}<p id=\"{{anchor email}}\">x</p>{{/each}}"),
    ("href", "{{#each event.people}}<a href=\"{{href email}}\">x</a>{{/each}}"),
    ("markdown", "{{#each event.people}}{{{markdown note}}}{{/each}}"),
    ("word", "{{#each event.people}}{{word (concat \"gender.\" gender)}}{{/each}}"),
    ("word-value", "{{#each event.people}}{{word \"participants.order\" order=email}}{{/each}}"),
    ("date", "{{#each event.people}}{{date since}}{{/each}}"),
    ("number", "{{#each event.people}}{{number attendance}}{{/each}}"),
    ("chart", "{{bars (group event.people by=\"gender\") value=\"count\"}}"),
    (
        "chart-stacked",
        "{{stacked-bars (group event.people by=\"agency\") by=\"gender\" values=\"female,male\"}}",
    ),
    ("partial-value", "{{#each event.people}}{{> parts/shown value=email}}{{/each}}"),
    ("partial-context", "{{#each event.people}}{{> parts/mail this}}{{/each}}"),
    ("partial-block", "{{#each event.people}}{{#> parts/frame}}{{email}}{{/parts/frame}}{{/each}}"),
    ("title", "{{#each event.people}}<title>{{email}}</title>{{/each}}"),
    ("alternative", "{{#each event.people}}<img src=\"x.png\" alt=\"{{note}}\">{{/each}}"),
    ("bookmark", "{{#each event.people}}<h2 style=\"bookmark-label: '{{email}}'\">x</h2>{{/each}}"),
    ("comment", "{{#each event.people}}<!-- {{email}} -->{{/each}}"),
    ("style", "{{#each event.people}}<p style=\"width: {{length email}}mm\">x</p>{{/each}}"),
    ("repeat", "{{#each event.people}}{{#repeat attendance}}x{{/repeat}}{{/each}}"),
    ("first", "{{with-email (first event.people)}}"),
];

/// Templates of the list above that are no such way but a fault of another kind, which keeps the paper
/// from being made all the same.
const OTHER_FAULTS: &[&str] = &["key-from-the-data", "first"];

fn project(folder: &Path, documents: &str) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "dossier.yaml",
        &format!("title: T\ndefaults: {{edition: public, status: final}}\ndocuments:\n{documents}"),
    );
    write("inputs/participants/course.csv", PEOPLE);
    write("inputs/attendance/course.csv", MARKS);
    write("inputs/events/course.yaml", EVENT);
    write("inputs/mandates/course.yaml", MANDATE);
    write("templates/parts/shown.hbs", "{{value}}");
    write("templates/parts/mail.hbs", "{{email}}");
    write("templates/parts/frame.hbs", "<p>{{> @partial-block}}</p>");
}

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>T</title></head><body><h1>T</h1><p>{body}</p></body></html>"
    )
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(arguments)
        .arg(folder)
        .env("SOURCE_DATE_EPOCH", "1772323200")
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}\n{err}")
}

fn papers(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(folder.join("output"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".pdf"))
        .collect();
    found.sort();
    found
}

#[test]
fn no_template_gets_a_hidden_field_by_any_way() {
    for (name, template) in TEMPLATES {
        let folder = tempfile::tempdir().unwrap();
        project(
            folder.path(),
            &format!(
                "  - {{id: {name}, template: {name}, for-each: events, output: {name}.pdf}}\n"
            ),
        );
        fs::write(folder.path().join(format!("templates/{name}.hbs")), page(template)).unwrap();
        let output = run(folder.path(), &["build"]);
        let told = told(&output);
        assert!(!output.status.success(), "{name} is made:\n{told}");
        assert!(papers(folder.path()).is_empty(), "{name} is made:\n{told}");
        if !OTHER_FAULTS.contains(name) {
            assert!(told.contains("fill/edition"), "{name} fails for another reason:\n{told}");
            assert!(told.contains("templates/"), "{name} has no place:\n{told}");
            assert!(
                told.contains("inputs/participants/course.csv:2"),
                "{name} names no record:\n{told}"
            );
        }
        for secret in SECRETS {
            let tells = told.to_lowercase().contains(secret) && !template.contains(secret);
            assert!(!tells, "{name} tells {secret}:\n{told}");
        }
    }
}

#[test]
fn project_file_cannot_choose_order_or_name_by_a_hidden_field() {
    let ways = [
        ("where", "where: {gender: female}, output: 'x/{{id}}.pdf'"),
        ("where-custom", "where: {custom.flight: qzflight one}, output: 'x/{{id}}.pdf'"),
        ("where-not", "where: {diet: {not: null}}, output: 'x/{{id}}.pdf'"),
        ("order", "order-by: [-since], output: 'x/{{id}}.pdf'"),
        ("name", "output: 'x/{{email}}.pdf'"),
        ("name-deep", "output: 'x/{{attendance.share}}-{{id}}.pdf'"),
        ("title", "title: '{{telephone}}', output: 'x/{{id}}.pdf'"),
        ("language", "language-from: language, output: 'x/{{id}}.pdf'"),
        ("attachment", "pdf: {archive: 3a}, attachments: [data], output: 'x/{{id}}.pdf'"),
    ];
    for (name, way) in ways {
        let folder = tempfile::tempdir().unwrap();
        project(
            folder.path(),
            &format!("  - {{id: {name}, template: t, for-each: participants, {way}}}\n"),
        );
        fs::write(folder.path().join("templates/t.hbs"), page("{{participant.surname}}")).unwrap();
        let output = run(folder.path(), &["build"]);
        let told = told(&output);
        assert_eq!(output.status.code(), Some(2), "{name}:\n{told}");
        assert!(
            told.contains("project/edition") || told.contains("attachment-edition"),
            "{name}:\n{told}"
        );
        assert!(told.contains("dossier.yaml:4"), "{name} has no place:\n{told}");
        for secret in SECRETS {
            // What the project file itself says is shown; a value of the data is not.
            assert!(
                way.contains(secret) || !told.contains(secret),
                "{name} tells {secret}:\n{told}"
            );
        }
    }
}

#[test]
fn public_paper_names_those_who_agreed_and_holds_nothing_hidden() {
    let folder = tempfile::tempdir().unwrap();
    project(
        folder.path(),
        "  - {id: list, template: list, for-each: events, output: list.pdf}\n  \
         - {id: each, template: each, for-each: participants, output: 'each-{{id}}.pdf'}\n",
    );
    let list = "{{#each event.people}}{{surname}}, {{given-name}}, {{agency}}; {{/each}} left out: {{event.left-out}}. \
        {{#each event.sessions}}{{#each speakers}}Speaks: {{surname}}.{{/each}}{{#if moderator}}Leads: {{moderator.surname}}.{{/if}}{{/each}} \
        Total: {{event.counts.participants}}. {{#each event.statistics.tables}}{{by}}{{#each rows}} {{#if hidden}}hidden{{else}}{{count}}{{/if}}{{/each}}; {{/each}}";
    fs::write(folder.path().join("templates/list.hbs"), page(list)).unwrap();
    fs::write(
        folder.path().join("templates/each.hbs"),
        page("{{participant.surname}} at {{text event.title}}"),
    )
    .unwrap();
    let output = run(folder.path(), &["build"]);
    let told = told(&output);
    assert!(output.status.success(), "{told}");
    assert_eq!(papers(folder.path()), ["each-p-1.pdf", "each-p-2.pdf", "list.pdf"], "{told}");
    let mut whole = told;
    for name in ["each-p-1.pdf", "each-p-2.pdf", "list.pdf", "manifest.json"] {
        let bytes = fs::read(folder.path().join("output").join(name)).unwrap();
        match name.ends_with(".pdf") {
            true => {
                let pdf = Pdf::read(&bytes);
                whole.push_str(&pdf.structure());
                let document = lopdf::Document::load_mem(&bytes).unwrap();
                for object in document.objects.values() {
                    whole.push_str(&format!("{object:?}"));
                    if let Ok(stream) = object.as_stream()
                        && let Ok(plain) = stream.decompressed_content()
                    {
                        whole.push_str(&String::from_utf8_lossy(&plain));
                    }
                }
            }
            false => whole.push_str(&String::from_utf8_lossy(&bytes)),
        }
    }
    assert!(
        whole.contains("Lindgren, Mia, Court") && whole.contains("left out: 1"),
        "{whole:.2000}"
    );
    assert!(whole.contains("Speaks: Lindgren.") && !whole.contains("Leads:"));
    assert!(whole.contains("gender hidden hidden"));
    for secret in SECRETS {
        assert!(!whole.to_lowercase().contains(secret), "the public papers hold {secret}");
    }
}

#[test]
fn message_about_a_row_shows_the_cell_at_fault_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), "  - {id: t, template: t, for-each: events, output: t.pdf}\n");
    fs::write(folder.path().join("templates/t.hbs"), page("x")).unwrap();
    let people = PEOPLE.replace(",NO,two", ",Norwegia,two").replace("Lindgren", "");
    fs::write(folder.path().join("inputs/participants/course.csv"), people).unwrap();
    let output = run(folder.path(), &["check"]);
    let told = told(&output);
    assert!(told.contains("course.csv:2:5") && told.contains("course.csv:3:"), "{told}");
    assert!(told.contains("Norwegia"), "{told}");
    for hidden in SECRETS.iter().chain(&["Mia", "Bakke", "Police"]) {
        assert!(!told.contains(hidden), "tells {hidden}:\n{told}");
    }
}

/// Options of the papers of an event that ask for fields which the public does not see.
const ASKED: &[(&str, &str, &str)] = &[
    ("event-participants", "{columns: [surname, email]}", "email"),
    (
        "event-participants",
        "{columns: [surname, {field: custom.flight, heading: F}]}",
        "custom.flight",
    ),
    ("event-participants", "{role: observer, columns: [surname, gender]}", "gender"),
    ("event-participants", "{role: speaker, columns: [surname, gender]}", "gender"),
    ("event-participants", "{order: seniority}", "since"),
    ("event-participants", "{group: agency}", "agency"),
    ("delegation-list", "{contact: true}", "email"),
];

#[test]
fn hidden_fields_that_options_ask_for_are_told_of_where_nobody_is_named() {
    let header = PEOPLE.lines().next().unwrap().to_owned() + "\n";
    let nobody_agreed = PEOPLE.replace(",public,", ",attendees,");
    for people in [&header, &nobody_agreed] {
        for (template, options, field) in ASKED {
            let folder = tempfile::tempdir().unwrap();
            project(
                folder.path(),
                &format!(
                    "  - {{id: t, template: {template}, for-each: events, options: {options}, output: t.pdf}}\n\
                     people: {{fields: {{agency: attendees}}}}\n"
                ),
            );
            fs::write(folder.path().join("inputs/participants/course.csv"), people).unwrap();
            let event = EVENT.split("attendance:").next().unwrap();
            fs::write(folder.path().join("inputs/events/course.yaml"), event).unwrap();
            fs::remove_dir_all(folder.path().join("inputs/attendance")).unwrap();
            let output = run(folder.path(), &["build"]);
            let told = told(&output);
            assert!(
                told.contains(&format!("error[fill/edition]: `{field}`")),
                "{options}:\n{told}"
            );
            assert!(papers(folder.path()).is_empty(), "{options}:\n{told}");
        }
    }
}
