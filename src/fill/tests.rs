//! Filling as a whole: templates of a folder, data, and the text or the faults that come of it.

mod cards;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde_json::{Value as Json, json};

use super::{Filled, Filler, Own, Request, Shared};
use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span};

pub(super) struct Project {
    folder: tempfile::TempDir,
    assets: Assets,
    sources: Sources,
}

impl Project {
    pub(super) fn new(files: &[(&str, &str)]) -> Project {
        let folder = tempfile::tempdir().unwrap();
        // Words are the built-in ones; templates are the test's own alone.
        let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/locales");
        let all = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let locales = ["en", "nb"].map(|language| {
            let name = format!("locales/{language}.yaml");
            let text = std::fs::read_to_string(words.join(format!("{language}.yaml"))).unwrap();
            (name, text)
        });
        for (name, text) in locales.into_iter().chain(all) {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let assets = Assets::default().with_root(folder.path());
        Project { folder, assets, sources: Sources::new() }
    }

    pub(super) fn assets(&self) -> &Assets {
        &self.assets
    }

    pub(super) fn sources(&self) -> &Sources {
        &self.sources
    }

    fn compile_faults(&self) -> Vec<Diagnostic> {
        let result = Filler::new(&self.assets, &self.sources).map(|_| ());
        assert!(self.folder.path().exists());
        result.unwrap_err().into_iter().collect()
    }

    fn fill(&self, template: &str, data: &Json, language: &str) -> Result<Filled, Diagnostics> {
        let filler = Filler::new(&self.assets, &self.sources)?;
        filler.fill(&request(template, &own(data), language))
    }
}

/// What all documents of the tests see: nothing.
static SHARED: LazyLock<Shared> = LazyLock::new(Shared::default);

/// Data as one document sees them.
pub(super) fn own(data: &Json) -> Own {
    let values = data.as_object().unwrap().iter();
    values.map(|(name, value)| (name.as_str().into(), Arc::new(value.clone()))).collect()
}

pub(super) fn request<'a>(template: &'a str, own: &'a Own, language: &'a str) -> Request<'a> {
    Request {
        template,
        shared: &SHARED,
        own,
        language,
        places: &|_| None,
        subject: None,
        members: &[],
        requested_at: None,
    }
}

pub(super) fn filled_in(language: &str, template: &str, data: Json) -> String {
    let project = Project::new(&[("t.hbs", template)]);
    match project.fill("t", &data, language) {
        Ok(filled) => filled.html,
        Err(faults) => panic!("{template}: {faults:#?}"),
    }
}

pub(super) fn filled(template: &str, data: Json) -> String {
    filled_in("en", template, data)
}

/// Code and message of every fault.
pub(super) fn faults(template: &str, data: Json) -> Vec<(&'static str, String)> {
    let project = Project::new(&[("t.hbs", template)]);
    let found = project.fill("t", &data, "en").map(|filled| filled.html).unwrap_err();
    found.into_iter().map(|found| (found.code, found.message)).collect()
}

fn codes(template: &str, data: Json) -> Vec<&'static str> {
    faults(template, data).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn value_in_a_template_is_escaped() {
    let data = json!({"a": "<b>&\"'", "n": 3, "yes": true, "list": ["x", "y"]});
    let text = filled("<p title=\"{{a}}\">{{a}}</p>{{n}}{{yes}}{{list.[1]}}", data);
    let escaped = "&lt;b&gt;&amp;&quot;&#39;";
    assert_eq!(text, format!("<p title=\"{escaped}\">{escaped}</p>3truey"));
}

#[test]
fn value_that_is_missing_is_told_with_both_places_and_the_nearest_key() {
    let project = Project::new(&[("brief.hbs", "<p>\n  {{mandate.ent}} {{x}}</p>")]);
    let record = project.sources.add("m.yaml", "id: m\nend: 2014-07-30\n");
    let place = |pointer: &str| (pointer == "/mandate").then(|| Span::new(record, 0, 2));
    let data = own(&json!({"mandate": {"id": "m", "end": null}}));
    let filler = Filler::new(&project.assets, &project.sources).unwrap();
    let mut asked = request("brief", &data, "en");
    asked.places = &place;
    asked.subject = Some(Span::new(record, 6, 9));
    let found: Vec<Diagnostic> = filler.fill(&asked).map(|_| ()).unwrap_err().into_iter().collect();
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].code, &*found[0].message),
        ("fill/missing-value", "`mandate.ent` is missing")
    );
    let places: Vec<String> =
        found[0].labels.iter().map(|label| project.sources.locate(label.span)).collect();
    assert_eq!(places, ["brief.hbs:2:5", "m.yaml:1:1"]);
    assert_eq!(found[0].labels[1].text, "there is no `ent` here");
    assert_eq!(found[0].help, ["did you mean `end`?"]);
    assert_eq!(project.sources.locate(found[1].labels[1].span), "m.yaml:2:1");
    assert_eq!(found[1].help, ["what is given there: `mandate`"]);
}

#[test]
fn value_that_is_null_or_a_list_is_an_error() {
    let data = json!({"end": null, "list": [1], "map": {"a": 1}});
    assert_eq!(
        faults("{{end}}{{list}}{{map}}", data),
        [
            ("fill/missing-value", "`end` is empty".to_owned()),
            ("fill/not-printable", "`list` is a list and cannot be printed as it is".to_owned()),
            (
                "fill/not-printable",
                "`map` is a map of keys and cannot be printed as it is".to_owned()
            ),
        ]
    );
}

#[test]
fn condition_on_a_missing_value_is_an_error_and_on_null_is_no() {
    let data = || json!({"end": null, "start": "2014", "none": [], "zero": 0});
    assert_eq!(filled("{{#if end}}a{{else}}b{{/if}}", data()), "b");
    assert_eq!(filled("{{#if end}}a{{else if start}}{{start}}{{else}}c{{/if}}", data()), "2014");
    assert_eq!(filled("{{#unless none}}a{{/unless}}{{#if zero}}b{{/if}}", data()), "a");
    assert_eq!(
        filled("{{#each end}}a{{else}}b{{/each}}{{#with end}}c{{else}}d{{/with}}", data()),
        "bd"
    );
    assert_eq!(filled("{{#if (has this \"e.f\")}}a{{else}}b{{/if}}", data()), "b");
    for template in [
        "{{#if ende}}a{{/if}}",
        "{{#unless ende}}a{{/unless}}",
        "{{#each ende}}a{{/each}}",
        "{{#with ende}}a{{/with}}",
        "{{#if start}}{{#if (not ende)}}a{{/if}}{{/if}}",
        "{{#if end}}a{{else if ende}}b{{/if}}",
        "{{upper ende}}",
    ] {
        let found = faults(template, data());
        assert_eq!(found, [("fill/missing-value", "`ende` is missing".to_owned())], "{template}");
    }
}

#[test]
fn each_over_lists_and_maps_has_its_variables() {
    let data = json!({"list": [{"n": "a"}, {"n": "b"}], "map": {"x": 1, "y": 2}, "t": "T"});
    let template = "{{#each list}}{{@number}}{{n}}{{../t}}{{#if @last}}!{{/if}}{{/each}}\
        {{#each map}}{{@key}}{{this}}{{/each}}{{#each list as |row i|}}{{i}}{{row.n}}{{/each}}\
        {{#repeat 2}}{{@number}}{{t}}{{/repeat}}";
    assert_eq!(filled(template, data), "1aT2bT!x1y20a1b1T2T");
}

#[test]
fn fault_inside_a_sorted_list_points_at_its_own_record() {
    let template =
        "{{#each (sort people by=\"name\")}}{{#with this}}{{> partials/row}}{{/with}}{{/each}}";
    let project = Project::new(&[("t.hbs", template), ("partials/row.hbs", "{{post}}")]);
    let rows = project.sources.add("p.csv", "b\na\n");
    let place = |pointer: &str| match pointer {
        "/people/0" => Some(Span::new(rows, 0, 1)),
        "/people/1" => Some(Span::new(rows, 2, 3)),
        _ => None,
    };
    let data = own(&json!({"people": [{"name": "b", "post": "x"}, {"name": "a", "post": null}]}));
    let filler = Filler::new(&project.assets, &project.sources).unwrap();
    let mut asked = request("t", &data, "en");
    asked.places = &place;
    let found: Vec<Diagnostic> = filler.fill(&asked).map(|_| ()).unwrap_err().into_iter().collect();
    assert_eq!(found.len(), 1);
    let places: Vec<String> =
        found[0].labels.iter().map(|label| project.sources.locate(label.span)).collect();
    assert_eq!(places, ["partials/row.hbs:1:3", "p.csv:2:1"]);
}

#[test]
fn partial_with_context_values_block_and_slots_is_filled() {
    let layout =
        "<h1>{{title}}</h1>{{#> cover}}plain{{usual}}{{/cover}}<main>{{> @partial-block}}</main>";
    let files = [
        (
            "t.hbs",
            "{{#> layouts/a title=\"T\"}}{{#*inline \"cover\"}}C{{name}}{{/inline}}{{title}}{{> partials/p leader}}{{/layouts/a}}",
        ),
        ("u.hbs", "{{#> layouts/a}}x{{/layouts/a}}"),
        ("layouts/a.hbs", layout),
        ("partials/p.hbs", "({{name}})"),
    ];
    let project = Project::new(&files);
    let data = json!({"title": "data's own", "name": "N", "leader": {"name": "L"}});
    let html = project.fill("t", &data, "en").unwrap().html;
    assert_eq!(html, "<h1>T</h1>CN<main>data&#39;s own(L)</main>");
    // The default of a slot that is filled needs no values.
    let data = json!({"title": "data's own", "usual": "!"});
    let html = project.fill("u", &data, "en").unwrap().html;
    assert_eq!(html, "<h1>data&#39;s own</h1>plain!<main>x</main>");
}

#[test]
fn partials_without_end_are_refused_with_the_chain() {
    let files = [
        ("a.hbs", "{{> partials/b}}"),
        ("partials/b.hbs", "x\n{{> partials/c}}"),
        ("partials/c.hbs", "{{> partials/b}}"),
    ];
    let project = Project::new(&files);
    let found = project.compile_faults();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].message,
        "templates take in each other without end: partials/b → partials/c → partials/b"
    );
    let places: Vec<String> =
        found[0].labels.iter().map(|label| project.sources.locate(label.span)).collect();
    assert_eq!(places, ["partials/b.hbs:2:1", "partials/c.hbs:1:1"]);
}

#[test]
fn partial_within_itself_follows_the_data_to_a_bound() {
    let files = [
        ("t.hbs", "{{#with tree}}{{> partials/n}}{{/with}}"),
        ("partials/n.hbs", "{{v}}{{#if next}}{{> partials/n next}}{{/if}}"),
    ];
    let project = Project::new(&files);
    let data = json!({"tree": {"v": 1, "next": {"v": 2, "next": null}}});
    assert_eq!(project.fill("t", &data, "en").unwrap().html, "12");
    let mut deep = json!({"v": 0, "next": null});
    for _ in 0..100 {
        deep = json!({"v": 0, "next": deep});
    }
    let found = project.fill("t", &json!({"tree": deep}), "en").map(|_| ()).unwrap_err();
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), ["fill/too-deep"]);
}

#[test]
fn partial_within_itself_inside_many_blocks_stays_within_the_stack() {
    let (open, close) = ("{{#with this}}".repeat(50), "{{/with}}".repeat(50));
    let inner = format!("{open}{{{{#if next}}}}{{{{> partials/n next}}}}{{{{/if}}}}{close}");
    let files = [("t.hbs", "{{> partials/n tree}}"), ("partials/n.hbs", inner.as_str())];
    let mut deep = json!({"next": null});
    for _ in 0..60 {
        deep = json!({"next": deep});
    }
    let found = Project::new(&files).fill("t", &json!({"tree": deep}), "en").map(|_| ());
    let found = found.unwrap_err();
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), ["fill/too-deep"]);
}

#[test]
fn faults_of_all_templates_are_reported_at_once() {
    let files = [
        ("a.hbs", "{{#if x}}"),
        (
            "b.hbs",
            "{{x y z}} {{{title}}} {{date a b}} {{date a stile=\"x\"}} {{#person}}{{/person}}",
        ),
        ("c.hbs", "{{a..b..}}"),
    ];
    let found = Project::new(&files).compile_faults();
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the block `if` is not closed",
            "there is no helper `x`",
            "three braces (or `&`) would let data become markup",
            "`date` has 2 arguments, but takes 1",
            "`date` has no option `stile`",
            "there is no helper `person`",
            "the template cannot be read from here on",
        ]
    );
    assert_eq!(found[4].help, ["did you mean `style`?"]);
}

#[test]
fn partial_and_template_that_are_unknown_name_the_nearest() {
    let files = [("a.hbs", "{{> partials/contakt}}"), ("partials/contact.hbs", "")];
    let found = Project::new(&files).compile_faults();
    assert_eq!(found[0].code, "fill/unknown-partial");
    assert_eq!(found[0].help, ["did you mean `partials/contact`?"]);
    let project = Project::new(&[("brief.hbs", "")]);
    let found = project.fill("breif", &json!({}), "en").map(|_| ()).unwrap_err();
    let found: Vec<Diagnostic> = found.into_iter().collect();
    assert_eq!(
        (found[0].code, found[0].help[0].as_str()),
        ("fill/unknown-template", "did you mean `brief`?")
    );
}

#[test]
fn origins_of_filled_text_lead_to_the_template() {
    let files = [
        ("t.hbs", "{{#> layouts/l}}\n<b class=\"{{c}}\">{{#if c}}yes{{/if}}</b>\n{{/layouts/l}}"),
        ("layouts/l.hbs", "<main>{{> @partial-block}}</main>"),
    ];
    let project = Project::new(&files);
    let filled = project.fill("t", &json!({"c": "x"}), "en").unwrap();
    assert_eq!(filled.html, "<main><b class=\"x\">yes</b>\n</main>");
    let at = |needle: &str| {
        let offset = u32::try_from(filled.html.find(needle).unwrap()).unwrap();
        project.sources.locate(filled.origins.locate(offset).unwrap())
    };
    assert_eq!(at("<main"), "layouts/l.hbs:1:1");
    assert_eq!(at("<b"), "t.hbs:2:1");
    assert_eq!(at("x\""), "t.hbs:2:11");
    assert_eq!(at("yes"), "t.hbs:2:27");
    assert_eq!(at("</b>"), "t.hbs:2:37");
    assert_eq!(at("</main>"), "layouts/l.hbs:1:27");
}

#[test]
fn mark_in_the_data_is_an_error() {
    for value in ["\u{FDD0}0\u{FDD1}", "\u{FDD2}"] {
        assert_eq!(codes("{{a}}", json!({"a": value})), ["fill/reserved-character"]);
        assert_eq!(codes("{{markdown a}}", json!({"a": value})), ["fill/reserved-character"]);
    }
}

#[test]
fn pack_prints_its_members_in_the_other_layout_with_ids_of_their_own() {
    let files = [
        (
            "pack.hbs",
            "{{#> layouts/paper}}{{#each papers}}<i>{{paper this}}</i>{{/each}}{{{paper 0}}}{{/layouts/paper}}",
        ),
        (
            "brief.hbs",
            "{{#> layouts/paper}}<p id=\"{{anchor \"top\"}}\">{{@root/title}}</p><a href=\"{{href \"top\"}}\">{{/layouts/paper}}",
        ),
        ("layouts/paper.hbs", "[{{> @partial-block}}]"),
        ("layouts/pack-member.hbs", "({{> @partial-block}})"),
    ];
    let project = Project::new(&files);
    let filler = Filler::new(&project.assets, &project.sources).unwrap();
    let first = own(&json!({"title": "A", "paper": {"id": "a"}}));
    let second = own(&json!({"title": "B", "paper": {"id": "b"}}));
    let pack = own(&json!({"papers": [{"id": "b"}, {"id": "a"}]}));
    let members = [request("brief", &first, "en"), request("brief", &second, "en")];
    let mut asked = request("pack", &pack, "en");
    asked.members = &members;
    let filled = filler.fill(&asked).unwrap();
    let paper =
        |id: &str, title: &str| format!("(<p id=\"{id}-top\">{title}</p><a href=\"#{id}-top\">)");
    let (a, b) = (paper("a", "A"), paper("b", "B"));
    assert_eq!(filled.html, format!("[<i>{b}</i><i>{a}</i>{a}]"));
    let offset = u32::try_from(filled.html.find("<p").unwrap()).unwrap();
    assert_eq!(project.sources.locate(filled.origins.locate(offset).unwrap()), "brief.hbs:1:21");
    let twice = [members[0], members[0]];
    asked.members = &twice;
    let found = filler.fill(&asked).map(|_| ()).unwrap_err();
    assert_eq!(found.iter().next().unwrap().code, "fill/paper-twice");
}

#[test]
fn helpers_for_words_follow_the_language() {
    let data = || json!({"t": {"en": "Text", "nb": "Tekst"}, "c": ["MD", "UA"], "n": 1234.5, "l": ["a", "b", "c"]});
    let template = "{{text t}}|{{list (country c)}}|{{number n decimals=2}}|{{list l type=\"or\"}}|{{join l \"-\"}}|\
        {{count c \"country\"}}|{{count l}}|{{upper t}}|{{country \"NO\"}}|{{word \"footer.version\" version=\"2\"}}|\
        {{slug \"Ås & Co.\"}}|{{letter 1}}|{{word (concat \"status.\" \"draft\")}}|{{@language}}";
    assert_eq!(
        filled_in("en", template, data()),
        "Text|Moldova and Ukraine|1,234.50|a, b or c|a-b-c|2 countries|3|TEXT|Norway|Version 2|ås-co|B|Draft|en"
    );
    assert_eq!(
        filled_in("nb", template, data()),
        "Tekst|Moldova og Ukraina|1\u{a0}234,50|a, b eller c|a-b-c|2 land|3|TEKST|Norge|Versjon 2|ås-co|B|Utkast|nb"
    );
}

#[test]
fn helpers_for_words_report_what_is_not_there() {
    let found =
        |template: &str| codes(template, json!({"t": {"nb": "x"}, "l": [], "s": "Atlantis"}));
    assert_eq!(found("{{text t}}"), ["fill/no-text-in-language"]);
    assert_eq!(found("{{list l}}"), ["fill/empty-list"]);
    assert_eq!(found("{{country s}}"), ["fill/unknown-country"]);
    assert_eq!(found("{{word \"no.such\"}}{{word \"other.such\"}}"), ["fill/missing-word"; 2]);
    assert_eq!(found("{{number s}}"), ["fill/wrong-kind"]);
}

#[test]
fn helpers_for_dates_write_ranges_and_mandates() {
    let data = || {
        json!({
            "start": "2016-04-26", "end": "2016-12-31", "open": null, "day": "--02-14",
            "m": {"donors": ["NO"], "countries": ["MD", "UA"], "start": "2016-04-26", "end": "2016-12-31"},
            "n": {"donors": ["DE", "NL", "SE"], "countries": [], "start": null, "end": null},
            "o": {"donors": [], "countries": ["MD"], "start": "2016", "end": null},
        })
    };
    let template = "{{date start}}|{{date day}}|{{date start style=\"iso\"}}|{{weekday start}}|{{date-range start end}}|\
        {{date-range start open}}|{{date-range open end}}|{{mandate-line m}}|{{mandate-line n}}|{{mandate-line o}}|\
        {{mandate-line m dates=false}}";
    assert_eq!(
        filled(template, data()),
        "26 April 2016|14 February|2016-04-26|Tuesday|26 April – 31 December 2016|from 26 April 2016|\
         until 31 December 2016|Norway mandate in Moldova and Ukraine, 26 April – 31 December 2016|\
         Germany, Netherlands and Sweden mandate|Mandate in Moldova, from 2016|\
         Norway mandate in Moldova and Ukraine"
    );
    assert_eq!(
        filled_in("nb", "{{mandate-line m}}", data()),
        "Mandat fra Norge i Moldova og Ukraina, 26. april – 31. desember 2016"
    );
    assert_eq!(codes("{{date-range open open}}", data()), ["fill/missing-value"]);
    assert_eq!(codes("{{date x}}", json!({"x": "1/2/2014"})), ["fill/not-a-date"]);
    assert_eq!(codes("{{date x style=\"long\"}}", json!({"x": "2014"})), ["fill/arguments"]);
}

#[test]
fn helpers_for_lists_sort_group_and_select() {
    let data = || {
        json!({"people": [
            {"name": "Åse", "agency": "B", "rank": 2, "tags": ["x"]},
            {"name": "Zoe", "agency": "A", "rank": null, "tags": []},
            {"name": "Øye", "agency": "B", "rank": 10, "tags": ["x", "y"]},
        ]})
    };
    let names = |list: &str| format!("{{{{#each {list}}}}}{{{{name}}}} {{{{/each}}}}");
    let sorted = |language: &str, list: &str| filled_in(language, &names(list), data());
    assert_eq!(sorted("nb", "(sort people by=\"name\")"), "Zoe Øye Åse ");
    assert_eq!(sorted("en", "(sort people by=\"name\")"), "Åse Øye Zoe ");
    assert_eq!(sorted("en", "(sort people by=\"-rank\")"), "Øye Åse Zoe ");
    assert_eq!(sorted("nb", "(sort people by=\"agency,-name\")"), "Zoe Åse Øye ");
    assert_eq!(sorted("en", "(where people agency=\"B\")"), "Åse Øye ");
    assert_eq!(sorted("en", "(where people \"tags\" \"y\")"), "Øye ");
    assert_eq!(sorted("en", "(where people not=true agency=\"B\")"), "Zoe ");
    let template = "{{#each (group people by=\"agency\")}}{{key}}{{count}}:{{#each items}}{{name}},{{/each}}{{/each}}\
        {{#with (first people)}}{{name}}{{/with}}{{length people}}{{#with (lookup people 1)}}{{name}}{{/with}}";
    assert_eq!(filled(template, data()), "A1:Zoe,B2:Åse,Øye,Åse3Zoe");
    assert_eq!(codes(&names("(sort people by=\"nmae\")"), data()), ["fill/missing-value"]);
    assert_eq!(codes("{{lookup people 9}}", data()), ["fill/missing-value"]);
}

#[test]
fn helpers_for_conditions_compare() {
    let data = json!({"a": 1, "b": 2, "s": "2014-03-15", "t": "2015", "n": null});
    let yes = |condition: &str| {
        filled(&format!("{{{{#if {condition}}}}}y{{{{else}}}}n{{{{/if}}}}"), data.clone())
    };
    for condition in [
        "(eq a 1)",
        "(ne a b)",
        "(lt a b)",
        "(gt t s)",
        "(lte a 1)",
        "(gte b 2)",
        "(and a b)",
        "(or n a)",
        "(not n)",
        "(eq n null)",
        "(has this \"s\")",
    ] {
        assert_eq!(yes(condition), "y", "{condition}");
    }
    for condition in ["(eq a b)", "(and a n)", "(or n n)", "(has this \"n\")", "(has this \"zz\")"]
    {
        assert_eq!(yes(condition), "n", "{condition}");
    }
}

#[test]
fn markdown_keeps_html_as_text_and_shifts_headings() {
    let prose = "# Head\n\nA <b>bold</b> *word*, [link](https://example.org).\n\n<script>x</script>\n\n## Sub\n\n- one\n- two";
    assert_eq!(
        filled("{{markdown p level=3}}", json!({"p": prose})),
        "<h3>Head</h3>\n<p>A &lt;b&gt;bold&lt;/b&gt; <em>word</em>, <a href=\"https://example.org\">link</a>.</p>\n\
         <p>&lt;script&gt;x&lt;/script&gt;\n</p>\n<h4>Sub</h4>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    );
    assert_eq!(filled("{{{markdown p inline=true}}}", json!({"p": "a *b*"})), "a <em>b</em>");
    assert_eq!(codes("{{markdown p}}", json!({"p": "[a](javascript:x)"})), ["fill/forbidden-link"]);
    assert_eq!(codes("{{markdown p}}", json!({"p": "[a](file:///etc)"})), ["fill/forbidden-link"]);
    assert_eq!(codes("{{markdown p}}", json!({"p": "![a](x.png)"})), ["fill/forbidden-picture"]);
    assert_eq!(codes("{{markdown p}}", json!({"p": "> ".repeat(200)})), ["fill/too-deep"]);
}

#[test]
fn timeline_of_mandates_has_bars_years_and_an_alternative() {
    let data = json!({"list": [
        {"title": "Punjab & police", "start": "2014-03-15", "end": "2014-07-30"},
        {"title": {"en": "Strategy"}, "start": "2016-04-26", "end": null},
        {"title": "Undated", "start": null, "end": null},
    ]});
    let svg = filled("{{timeline list until=\"2017-06-01\"}}", data);
    assert!(svg.starts_with("<svg class=\"timeline\" role=\"img\" aria-label=\"Timeline from 2014 to 2017 with 3 bars: Punjab &amp; police, 15 March – 30 July 2014; Strategy, from 26 April 2016; Undated, no dates given\""), "{svg}");
    assert_eq!(svg.matches("<rect").count(), 2);
    for year in ["2014", "2015", "2016", "2017", "2018"] {
        assert!(svg.contains(&format!(">{year}</text>")), "{year}");
    }
    assert_eq!(codes("{{timeline list}}", json!({"list": []})), ["fill/empty-list"]);
}

#[test]
fn text_without_bound_is_stopped() {
    let big = "x".repeat(10_000);
    let template = "{{#repeat 10000}}{{big}}{{/repeat}}";
    assert_eq!(codes(template, json!({"big": big})), ["fill/too-large"]);
}

#[test]
fn language_without_words_is_an_error_of_the_document() {
    let project = Project::new(&[("t.hbs", "x")]);
    let found = project.fill("t", &json!({}), "uk").map(|_| ()).unwrap_err();
    assert_eq!(found.iter().next().unwrap().code, "locale/no-words");
}

#[test]
fn filler_between_threads_is_shared() {
    fn shared<T: Sync>() {}
    shared::<Filler<'_>>();
}

#[test]
fn labelled_items_are_called_by_name_country_or_word() {
    let data = json!({"rows": [
        {"key": "north", "name": {"en": "North", "nb": "Nord"}},
        {"key": "NO", "name": null},
        {"key": "unstated", "name": null},
    ]});
    let template =
        "{{#each (labelled rows words=\"statistics.country\" countries=true)}}{{label}};{{/each}}";
    assert_eq!(filled(template, data), "North;Norway;Not stated;");
    let data = json!({"rows": [{"key": "female"}]});
    let template = "{{#each (labelled rows words=\"statistics.gender\")}}{{label}}{{/each}}";
    assert_eq!(filled(template, data), "Women");
}

#[test]
fn built_in_templates_that_nobody_asks_for_are_not_compiled_and_others_are() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.hbs"), "<p>{{title}}").unwrap();
    std::fs::create_dir(folder.path().join("layouts")).unwrap();
    std::fs::write(folder.path().join("layouts/paper-wide.hbs"), "").unwrap();
    let (assets, sources) = (Assets::builtin().with_root(folder.path()), Sources::new());
    let asked = |name: &str| name == "certificate";
    let filler = Filler::for_templates(&assets, &sources, &asked).unwrap();
    let compiled = &filler.compiled;
    for name in ["certificate", "layouts/paper", "layouts/pack-member", "mine"] {
        assert!(compiled.source(name).is_some(), "{name}");
    }
    assert!(compiled.source("briefing-pack").is_none());
    assert!(compiled.names.iter().any(|name| name == "briefing-pack"));
    std::fs::write(folder.path().join("mine.hbs"), "<p>{{#if}").unwrap();
    assert!(Filler::for_templates(&assets, &sources, &asked).is_err());
}
