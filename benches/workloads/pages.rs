//! HTML as `dossier render` takes it: a note of two pages, and a table as long as one likes.

use std::fmt::Write;

use super::random::{COUNTRIES, GIVEN, Random, SURNAMES};

const SHARED: &str = "body { font-family: 'Liberation Sans'; font-size: 11pt; line-height: 1.4 }
h1 { font-size: 20pt; margin: 0 0 10pt } h2 { font-size: 14pt; margin: 10pt 0 6pt } p { margin: 0 0 8pt }
table { border-collapse: collapse; width: 100% } tr { break-inside: avoid }
th, td { border: 0.5pt solid #888; padding: 3pt 4pt; text-align: left; vertical-align: top }
th { background: #e6e6e6 } caption { text-align: left; font-weight: bold }";

const SENTENCES: &[&str] = &[
    "The mission met the authorities concerned and read the reports of the past three years.",
    "Two questions remain open: who is to pay for the premises, and from which date.",
    "Partners would rather have one long commitment than several short ones.",
    "Training is held in the regions, since most of the staff works there.",
    "What has been agreed is written down in the minutes, which the parties have signed.",
];

const BODIES: &[&str] = &[
    "Ministry of Justice",
    "Police Directorate",
    "Courts Administration",
    "Prosecution service",
    "Regional Office for the Northern Counties",
    "University of Bergen, Faculty of Law",
    "Association of Defence Lawyers and Legal Advisers",
    "Corrections service",
];

const FUNCTIONS: &[&str] = &["Adviser", "Lecturer", "Observer", "Head of section"];

/// A note of two pages: seven sections, a list, a small table, "Page X of Y".
pub fn brief() -> String {
    let mut random = Random::new();
    let mut body = "<h1>Note on the mission</h1>".to_owned();
    let sections =
        ["Purpose", "Background", "Findings", "Costs", "Risks", "Decisions", "What comes next"];
    for section in sections {
        let _ = write!(body, "<h2>{section}</h2>");
        for _ in 0..2 {
            let text: Vec<&str> = (0..3).map(|_| random.one(SENTENCES)).collect();
            let _ = write!(body, "<p>{}</p>", text.join(" "));
        }
        if section == "Findings" {
            let items: String = SENTENCES.iter().map(|text| format!("<li>{text}</li>")).collect();
            let _ = write!(body, "<ul>{items}</ul>");
        }
        if section == "Costs" {
            body.push_str(&costs());
        }
    }
    page("Note on the mission", "A4; margin: 20mm", "", &body)
}

fn costs() -> String {
    let lines = ["Travel", "Premises", "Interpreters", "Experts", "Printing", "Reserve", "Total"];
    let mut table = "<table><caption>Costs (EUR)</caption><thead><tr><th scope=\"col\">Line</th>\
        <th scope=\"col\">First year</th><th scope=\"col\">Second year</th></tr></thead><tbody>"
        .to_owned();
    for (number, line) in lines.iter().enumerate() {
        let (first, second) = (12_300 + 1_700 * number, 13_100 + 900 * number);
        let _ = write!(table, "<tr><td>{line}</td><td>{first}</td><td>{second}</td></tr>");
    }
    table + "</tbody></table>"
}

/// A table of six fixed columns on landscape A4 at 9 pt; its header row stands on every page.
pub fn table(rows: usize) -> String {
    let mut random = Random::new();
    let mut body = "<h1>Participants</h1><table><colgroup>".to_owned();
    for width in [5, 18, 31, 11, 11, 24] {
        let _ = write!(body, "<col style=\"width: {width}%\">");
    }
    body.push_str("</colgroup><thead><tr>");
    for head in ["No.", "Name", "Body", "Country", "Function", "E-mail"] {
        let _ = write!(body, "<th scope=\"col\">{head}</th>");
    }
    body.push_str("</tr></thead><tbody>\n");
    for number in 1..=rows {
        let (given, surname) = (random.one(GIVEN), random.one(SURNAMES));
        let (place, country) = (random.one(BODIES), random.one(COUNTRIES));
        let function = random.one(FUNCTIONS);
        let _ = writeln!(
            body,
            "<tr><td>{number}</td><td>{given} {surname}</td><td>{place}</td><td>{country}</td>\
             <td>{function}</td><td>participant.{number}@mission.example.org</td></tr>",
        );
    }
    body.push_str("</tbody></table>");
    let style = "table { table-layout: fixed; font-size: 9pt; line-height: 1.2 }";
    page("Participants", "A4 landscape; margin: 15mm", style, &body)
}

/// A certificate of attendance on landscape A4; those of the same number are the same.
pub fn certificate(number: usize) -> String {
    let mut random = Random::new();
    let (given, surname) = (0..=number % 97)
        .map(|_| (random.one(GIVEN), random.one(SURNAMES)))
        .last()
        .unwrap_or_default();
    let place = random.one(BODIES);
    let body = format!(
        "<div class=\"frame\"><h1>Certificate of Attendance</h1><p>This is to certify that</p>\
         <p class=\"name\">{given} {surname}</p><p>{place}</p>\
         <p>took part in the training for judicial advisers.</p><p>D-{number:05}</p></div>"
    );
    let style = "body { text-align: center } .name { font-size: 28pt; font-weight: bold } \
        .frame { border: 2pt solid #1f4e79; padding: 20mm }";
    page(&format!("Certificate {number}"), "A4 landscape; margin: 12mm", style, &body)
}

fn page(title: &str, size: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"author\" content=\"Secretariat\"><style>@page {{ size: {size}; @bottom-right \
         {{ content: \"Page \" counter(page) \" of \" counter(pages); font-family: 'Liberation Sans'; \
         font-size: 9pt }} }}\n{SHARED}\n{style}</style></head><body>{body}</body></html>\n"
    )
}
