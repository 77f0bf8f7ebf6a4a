//! Tests of the whole stage: a project file and records in, jobs and findings out.

use serde_json::json;

use super::*;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Sources;

struct Run {
    sources: Sources,
    planned: Planned,
}

fn record(sources: &Sources, file: &str, json: serde_json::Value) -> Record {
    let text = json
        .as_object()
        .map(|map| map.iter().map(|(key, value)| format!("{key}: {value}\n")).collect::<String>());
    let value = crate::load::yaml(sources, file, text.unwrap_or_default().as_bytes())
        .expect("a record")
        .remove(0);
    Record {
        id: json["id"].as_str().unwrap_or_default().to_owned(),
        places: Places::of(&value),
        span: value.span,
        data_date: json.get("as-of").and_then(|date| date.as_str()).map(str::to_owned),
        broken: json.get("broken").is_some(),
        json: std::sync::Arc::new(json),
    }
}

fn data(sources: &Sources, mandates: Vec<serde_json::Value>) -> Data {
    let mandates = mandates
        .into_iter()
        .enumerate()
        .map(|(index, json)| record(sources, &format!("inputs/{index}.yaml"), json))
        .collect();
    let organisation =
        record(sources, "inputs/organisation.yaml", json!({"id": "moj", "name": "Ministry"}));
    let set = |name: &str, singular: &str, records, single| Set {
        name: name.to_owned(),
        singular: singular.to_owned(),
        records,
        single,
    };
    Data {
        sets: vec![
            set("organisation", "organisation", vec![organisation], true),
            set("mandates", "mandate", mandates, false),
            set("vacancies", "vacancy", Vec::new(), false),
        ],
    }
}

fn usual() -> Vec<serde_json::Value> {
    vec![
        json!({"id": "punjab", "title": {"en": "Punjab police", "nb": "Politiet"}, "start": "2014-03-15", "kind": "scoping", "countries": [{"code": "PK"}], "as-of": "2014-09-01"}),
        json!({"id": "norlam", "title": "Åpning", "start": "2016-12-12", "kind": "brief", "countries": [{"code": "MD"}, {"code": "UA"}], "as-of": "2017-01-31"}),
        json!({"id": "jssr", "title": "Training", "start": null, "kind": "brief", "countries": []}),
    ]
}

fn read(sources: &Sources, text: &str) -> Result<Project, Diagnostics> {
    Project::read(&crate::load::yaml(sources, "dossier.yaml", text.as_bytes())?[0])
}

fn run_with(project: &str, mandates: Vec<serde_json::Value>) -> Run {
    let sources = Sources::new();
    let project = match read(&sources, &format!("title: T\n{project}")) {
        Ok(project) => project,
        Err(errors) => panic!("{:?}", shown(&sources, &errors)),
    };
    let data = data(&sources, mandates);
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 1, 2).expect("a date");
    let planned = plan(&project, data, as_of, &|_| Box::new(|one, other| one.cmp(other)));
    Run { sources, planned }
}

fn run(project: &str) -> Run {
    run_with(project, usual())
}

fn line(sources: &Sources, fault: &Diagnostic) -> String {
    let places: Vec<_> = fault.labels.iter().map(|label| sources.locate(label.span)).collect();
    let help: String = fault.help.iter().map(|help| format!(" ({help})")).collect();
    format!("{} {} {}{help}", places.join(" "), fault.code, fault.message)
}

fn shown(sources: &Sources, found: &Diagnostics) -> Vec<String> {
    found.iter().map(|fault| line(sources, fault)).collect()
}

impl Run {
    fn outputs(&self) -> Vec<&str> {
        self.planned.jobs.iter().map(|job| job.output.as_str()).collect()
    }

    fn project(&self) -> Vec<String> {
        shown(&self.sources, &self.planned.project)
    }

    fn data(&self) -> Vec<String> {
        shown(&self.sources, &self.planned.data)
    }
}

/// What reading a project file with these lines finds.
fn refused(text: &str) -> Vec<String> {
    let sources = Sources::new();
    match read(&sources, text) {
        Ok(_) => Vec::new(),
        Err(errors) => shown(&sources, &errors),
    }
}

#[test]
fn documents_make_papers_in_order_with_all_that_a_template_sees() {
    let run = run("language: nb
defaults: {status: final, version: 2.10, page: A5 landscape}
documents:
  - {id: brief, template: mandate-brief, for-each: mandates, order-by: [-start], output: 'm/{{id}}.pdf', options: {rows: 5}}
  - {id: register, template: register, output: register.pdf, language: en, status: draft, title: {en: Register}}
");
    assert_eq!(run.project(), [""; 0]);
    assert_eq!(run.outputs(), ["m/norlam.pdf", "m/punjab.pdf", "m/jssr.pdf", "register.pdf"]);
    let [norlam, punjab, jssr, register] = run.planned.jobs.as_slice() else { panic!() };
    assert_eq!(punjab.id, "brief/punjab");
    assert_eq!(punjab.title.as_deref(), Some("Politiet"));
    assert_eq!((norlam.data_date.as_str(), jssr.data_date.as_str()), ("2017-01-31", "2026-01-02"));
    assert_eq!((register.status, register.data_date.as_str()), (Status::Draft, "2017-01-31"));
    assert_eq!(register.title.as_deref(), Some("Register"));
    let seen = punjab.context.data();
    assert_eq!(seen["record"], seen["mandate"]);
    assert_eq!(seen["mandate"]["id"], "punjab");
    assert_eq!(seen["mandates"].as_array().map(Vec::len), Some(3));
    assert_eq!(seen["organisation"]["name"], "Ministry");
    assert_eq!(seen["vacancies"], json!([]));
    assert_eq!(seen["options"]["rows"], 5);
    assert_eq!(seen["run"]["date"], "2026-01-02");
    assert_eq!(
        seen["paper"],
        json!({"id": "brief/punjab", "document": "brief", "language": "nb", "edition": "internal", "status": "final",
            "draft": false, "version": "2.10", "data-date": "2014-09-01", "output": "m/punjab.pdf",
            "page": "A5 landscape", "title": "Politiet"})
    );
    assert!(std::sync::Arc::ptr_eq(punjab.context.shared(), register.context.shared()));
    let place = |pointer: &str| {
        punjab.context.places().nearest(pointer).map(|span| run.sources.locate(span))
    };
    assert_eq!(place("/mandate/start").as_deref(), Some("inputs/0.yaml:3:8"));
    assert_eq!(place("/mandates/1/kind").as_deref(), Some("inputs/1.yaml:4:7"));
    assert_eq!(place("/options/rows").as_deref(), Some("dossier.yaml:5:122"));
    assert_eq!(place("/organisation/none").as_deref(), Some("inputs/organisation.yaml:1:1"));
}

#[test]
fn filters_choose_records() {
    let chosen = |condition: &str| {
        let run = run(&format!(
            "documents: [{{id: b, template: t, for-each: mandates, where: {condition}, output: '{{{{id}}}}.pdf'}}]\n"
        ));
        assert!(!run.planned.project.has_errors(), "{:?}", run.project());
        run.outputs()
            .iter()
            .map(|name| name.trim_end_matches(".pdf").to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(chosen("{kind: brief}"), "norlam jssr");
    assert_eq!(chosen("{id: [punjab, jssr]}"), "punjab jssr");
    assert_eq!(chosen("{kind: {not: brief}}"), "punjab");
    assert_eq!(chosen("{countries.code: UA}"), "norlam");
    assert_eq!(chosen("{start: null}"), "jssr");
    assert_eq!(chosen("{start: {not: null}, kind: brief}"), "norlam");
}

#[test]
fn filter_that_fits_nothing_is_a_warning() {
    let run = run(
        "documents: [{id: b, template: t, for-each: mandates, where: {kind: none}, output: '{{id}}.pdf'}]\n",
    );
    assert!(run.planned.jobs.is_empty() && !run.planned.project.has_errors());
    assert_eq!(
        run.project(),
        [
            "dossier.yaml:2:62 dossier.yaml:2:18 project/nothing-selected no mandate is chosen, so no paper is made"
        ]
    );
}

#[test]
fn unknown_names_are_reported_at_once_with_the_nearest() {
    let run = run("documents:
  - {id: a, template: t, for-each: mandate, output: 'a/{{id}}.pdf'}
  - {id: b, template: t, for-each: mandates, where: {knd: x}, order-by: [-strat, countries.cod], output: 'b/{{ido}}.pdf'}
  - {id: c, template: t, output: 'c/{{id}}.pdf', where: {kind: x}}
packs:
  - {id: p, template: t, papers: [aa, brief], output: p.pdf}
");
    assert_eq!(
        run.project(),
        [
            "dossier.yaml:3:36 project/unknown-set there are no records called “mandate” (did you mean “mandates”?)",
            "dossier.yaml:4:106 project/unknown-field no mandate has a field “ido” (did you mean “id”?)",
            "dossier.yaml:4:54 project/unknown-field no mandate has a field “knd” (did you mean “kind”?)",
            "dossier.yaml:4:74 project/unknown-field no mandate has a field “strat” (did you mean “start”?)",
            "dossier.yaml:4:82 project/unknown-field no mandate has a field “countries.cod” (did you mean “countries.code”?)",
            "dossier.yaml:5:34 project/unknown-field the field “id” is not known here (without `for-each` there are only paper.id, paper.language, paper.edition, paper.status, paper.version and project.title)",
            "dossier.yaml:5:58 project/needs-for-each `where` and `order-by` choose records, which only `for-each` asks for (name the records with `for-each`, or choose among them in the template)",
            "dossier.yaml:7:35 project/unknown-paper there is no paper “aa” (did you mean “a”?)",
            "dossier.yaml:7:39 project/unknown-paper there is no paper “brief” (a pack names papers by the `id` of an entry under `documents`)",
        ]
    );
    assert!(run.planned.jobs.is_empty());
}

#[test]
fn names_that_clash_are_errors_with_both_records() {
    let run = run("documents:
  - {id: a, template: t, for-each: mandates, output: '{{kind}}.pdf'}
  - {id: b, template: t, output: Scoping.PDF}
  - {id: c, template: t, output: brief.pdf/x.pdf}
");
    assert_eq!(
        run.project(),
        [
            "dossier.yaml:3:10 inputs/1.yaml:1:1 inputs/2.yaml:1:1 project/output-clash two papers would be written to “brief.pdf” (put a field into `output` that differs from record to record, such as {{id}})",
            "dossier.yaml:4:10 dossier.yaml:3:10 inputs/0.yaml:1:1 project/output-clash “scoping.pdf” and “Scoping.PDF” are one file on some systems (give one of the two another `output`)",
            "dossier.yaml:5:10 dossier.yaml:3:10 inputs/1.yaml:1:1 project/output-clash “brief.pdf” is a paper and cannot be the folder of “brief.pdf/x.pdf”",
        ]
    );
}

#[test]
fn names_that_leave_the_output_folder_are_project_errors() {
    for name in [
        "../x.pdf",
        "/x.pdf",
        "C:/x.pdf",
        "a\\\\b.pdf",
        "x",
        "con.pdf",
        "{{title}}/../x.pdf",
        "{{x.pdf",
    ] {
        let run = run(&format!(
            "documents: [{{id: a, template: t, for-each: mandates, output: \"{name}\"}}]\n"
        ));
        assert!(run.planned.project.has_errors() && run.planned.jobs.is_empty(), "{name}");
    }
}

#[test]
fn values_that_spoil_a_name_fail_their_paper_only() {
    let mandates = vec![
        json!({"id": "a", "code": "x/../y"}),
        json!({"id": "b", "code": null}),
        json!({"id": "c", "code": ".."}),
        json!({"id": "d", "code": ["1", "2"]}),
        json!({"id": "e", "code": "NUL"}),
    ];
    let run = run_with(
        "documents: [{id: m, template: t, for-each: mandates, output: '{{code}}.pdf'}]\n",
        mandates,
    );
    assert_eq!(run.project(), [""; 0]);
    assert_eq!(run.outputs(), ["x-..-y.pdf"]);
    assert_eq!(
        run.data(),
        [
            "inputs/1.yaml:2:7 dossier.yaml:2:62 data/missing-value the record has nothing under “code”",
            "inputs/2.yaml:2:7 dossier.yaml:2:62 data/output-name the value of “code” leaves nothing for a file's name",
            "inputs/3.yaml:2:7 dossier.yaml:2:62 data/not-one-value the record has no single text under “code”",
            "inputs/4.yaml:1:1 dossier.yaml:2:62 data/output-name the name “NUL.pdf” has “NUL.pdf” in it, which Windows keeps for a device",
        ]
    );
    let failed: Vec<_> = run.planned.failed.iter().map(|failed| failed.id.as_str()).collect();
    assert_eq!(failed, ["m/b", "m/c", "m/d", "m/e"]);
}

#[test]
fn broken_record_fails_its_paper_and_withholds_its_set() {
    let mut mandates = usual();
    mandates[0]["broken"] = json!(true);
    let run = run_with(
        "documents:
  - {id: m, template: t, for-each: mandates, output: '{{id}}.pdf'}
  - {id: profile, template: t, output: profile.pdf}
packs:
  - {id: all, template: t, papers: [m], output: all.pdf}
  - {id: some, template: t, papers: [profile, m/norlam], output: some.pdf}
",
        mandates,
    );
    assert_eq!(run.outputs(), ["norlam.pdf", "jssr.pdf", "profile.pdf", "some.pdf"]);
    let failed: Vec<_> = run
        .planned
        .failed
        .iter()
        .map(|failed| (failed.id.as_str(), failed.output.as_deref()))
        .collect();
    assert_eq!(failed, [("m/punjab", Some("punjab.pdf")), ("all", Some("all.pdf"))]);
    assert_eq!(
        run.data(),
        [
            "dossier.yaml:6:37 data/pack-incomplete the pack “all” is not made, since its paper “m/punjab” cannot be made"
        ]
    );
    let context = &run.planned.jobs[2].context;
    assert!(context.data().get("mandates").is_none());
    assert_eq!(context.withheld().first().map(|withheld| withheld.name.as_str()), Some("mandates"));
}

#[test]
fn packs_hold_their_papers_in_order() {
    let run = run("documents:
  - {id: m, template: t, for-each: mandates, order-by: id, output: '{{id}}.pdf'}
  - {id: profile, template: t, title: Profile, output: profile.pdf, status: final}
packs:
  - {id: all, template: pack, title: '{{project.title}}: all', papers: [profile, m], output: 'packs/{{paper.id}}.pdf'}
");
    let pack = run.planned.jobs.last().expect("the pack");
    assert_eq!((pack.output.as_str(), pack.title.as_deref()), ("packs/all.pdf", Some("T: all")));
    let ids: Vec<_> = pack.members.iter().map(|member| member.id.as_str()).collect();
    assert_eq!(ids, ["profile", "m/jssr", "m/norlam", "m/punjab"]);
    assert_eq!(pack.data_date, "2026-01-02");
    let papers = &pack.context.data()["papers"];
    assert_eq!(papers[0]["title"], "Profile");
    assert_eq!((&papers[1]["number"], &papers[1]["file"]), (&json!(2), &json!("jssr.pdf")));
}

#[test]
fn pack_that_shows_more_or_claims_more_than_its_papers_is_reported() {
    let run = run("documents:
  - {id: a, template: t, output: a.pdf}
packs:
  - {id: p, template: t, papers: [a, a], output: p.pdf, edition: public, status: final}
");
    assert_eq!(
        run.project(),
        [
            "dossier.yaml:5:38 project/paper-twice the paper “a” stands twice in the pack",
            "dossier.yaml:5:66 dossier.yaml:3:10 project/pack-edition the pack “p” is for a wider circle than its paper “a” (give both the same `edition`)",
            "dossier.yaml:5:82 dossier.yaml:3:10 project/draft-in-final the pack “p” is final, its paper “a” is a draft",
        ]
    );
}

#[test]
fn ids_that_stand_twice_are_reported() {
    let run = run(
        "documents:\n  - {id: a, template: t, output: a.pdf}\n  - {id: a, template: t, output: b.pdf}\n",
    );
    assert_eq!(
        run.project(),
        ["dossier.yaml:4:10 dossier.yaml:3:10 project/duplicate-id two entries have the id “a”"]
    );
}

#[test]
fn faults_of_the_project_file_are_reported_in_one_pass() {
    let found = refused(
        "titel: T
language: Norsk
date-order: day
output: ../out
defaults: {status: done, page: A9}
documents:
  - {id: a b, output: a.pdf, tempalte: t, options: 3, title: {english: x}}
  - {id: b, template: ../t, output: [], where: {kind: {is: x}}}
",
    );
    assert_eq!(
        found,
        [
            "dossier.yaml:1:1 project/unknown-key the project has no setting “titel” (did you mean `title`?)",
            "dossier.yaml:1:1 project/missing-key the setting `title` of the project is missing (add a line that starts with  title:)",
            "dossier.yaml:2:11 project/language “Norsk” is no language tag (did you mean `nb`?)",
            "dossier.yaml:3:13 project/unknown-value the order of dates cannot be “day” (it is one of: day-first, month-first)",
            "dossier.yaml:4:9 project/path the output folder leads out of the folder with “..” (a path is written from the project's folder, with forward slashes)",
            "dossier.yaml:5:20 project/unknown-value the status cannot be “done” (it is one of: draft, final)",
            "dossier.yaml:5:32 project/page “A9” is no size of paper (known are A3, A4, A5, A6, B4, B5, JIS-B4, JIS-B5, Letter, Legal, Ledger, each with `landscape` after it, or two lengths such as 210mm 297mm)",
            "dossier.yaml:7:30 project/unknown-key a document has no setting “tempalte” (did you mean `template`?)",
            "dossier.yaml:7:10 project/id the id “a b” holds more than letters, digits and hyphens",
            "dossier.yaml:7:6 project/missing-key the setting `template` of a document is missing (add a line that starts with  template:)",
            "dossier.yaml:7:63 project/language “english” is no language tag (did you mean `en`?)",
            "dossier.yaml:7:52 project/wrong-type `options` must be a map of keys",
            "dossier.yaml:8:23 project/path the template leads out of the folder with “..” (a path is written from the project's folder, with forward slashes)",
            "dossier.yaml:8:37 project/wrong-type the output name must be a text",
            "dossier.yaml:8:56 project/unknown-key a condition has no setting “is” (known are: not)",
            "dossier.yaml:8:56 project/missing-key the setting `not` of a condition is missing (add a line that starts with  not:)",
        ]
    );
}

#[test]
fn inputs_are_a_folder_or_a_map() {
    let sources = Sources::new();
    let inputs = |text: &str| {
        read(&sources, &format!("title: T\ndocuments: []\n{text}")).map(|project| project.inputs)
    };
    assert_eq!(inputs(""), Ok(Inputs::Usual));
    assert!(
        matches!(inputs("inputs: ./data/\n"), Ok(Inputs::Folder(folder)) if folder.value == "data")
    );
    let Ok(Inputs::Named(named)) =
        inputs("inputs:\n  mandates: [a, b/c.yaml]\n  organisation: o.yaml\n")
    else {
        panic!()
    };
    assert_eq!(named[0].0.value, "mandates");
    assert_eq!(named[0].1[1].value, "b/c.yaml");
    assert!(
        refused("title: T\ndocuments: []\ninputs: x\noutput: x/y\n")[0].contains("project/path")
    );
}

#[test]
fn schema_names_every_setting_as_it_is_written() {
    let schema = serde_json::to_value(schemars::schema_for!(Project)).expect("a schema");
    let text = schema.to_string();
    for key in ["date-order", "for-each", "\"where\"", "order-by", "papers", "edition", "landscape"]
    {
        assert!(text.contains(key), "{key}: {text}");
    }
    let document = &schema["$defs"]["Paper"];
    assert_eq!(document["required"], json!(["id", "template", "output"]), "{document}");
    assert!(
        document["properties"].get("span").is_none()
            && document["properties"].get("status").is_some(),
        "{document}"
    );
}
