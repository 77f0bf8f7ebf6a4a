//! Lists as long as they get: 1, 2 and 5,000 people on the papers that list or count them.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use dossier::reading::{self, Manner};

const EVENT: &str = "\
id: course\n\
kind: conference\n\
title: Course\n\
place: Oslo\n\
start: 19/10/2015\n\
end: 19/10/2015\n\
participants: {file: participants/course.csv}\n";

fn project(folder: &Path, people: usize) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut list = String::from("surname,given-name,agency,country,gender,consent\n");
    for number in 1..=people {
        let country = ["NO", "MD", "SE"][number % 3];
        let gender = ["f", "m"][number % 2];
        let _ = writeln!(list, "Name{number},Given,Agency {},{country},{gender},yes", number % 40);
    }
    write("inputs/participants/course.csv", &list);
    write("inputs/events/course.yaml", EVENT);
    let documents = [
        ("list", "event-participants"),
        ("delegations", "delegation-list"),
        ("statistics", "event-statistics"),
    ];
    let documents: String = documents
        .iter()
        .map(|(name, template)| {
            format!("  - {{id: {name}, template: {template}, for-each: events, edition: public, output: {name}.pdf}}\n")
        })
        .collect();
    write(
        "dossier.yaml",
        &format!("title: T\ndefaults: {{status: final}}\ndocuments:\n{documents}"),
    );
}

fn text(folder: &Path, name: &str) -> String {
    let bytes = fs::read(folder.join("output").join(name)).unwrap();
    let paper = reading::read(bytes).unwrap();
    assert!(paper.is_tagged && paper.unread == 0);
    reading::speak(&paper, Manner::Plain)
}

#[test]
fn papers_name_and_count_everybody_once() {
    for people in [1, 2, 5000] {
        let folder = tempfile::tempdir().unwrap();
        project(folder.path(), people);
        let done = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .arg("build")
            .arg(folder.path())
            .env("SOURCE_DATE_EPOCH", "1772323200")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{people}: {told}");
        for name in ["list.pdf", "delegations.pdf"] {
            let said = text(folder.path(), name);
            let named = said.split(|c: char| !c.is_alphanumeric()).filter(|word| {
                word.strip_prefix("NAME").is_some_and(|number| number.parse::<usize>().is_ok())
            });
            let mut numbers: Vec<&str> = named.collect();
            numbers.sort_unstable();
            assert_eq!(numbers.len(), people, "{name}");
            numbers.dedup();
            assert_eq!(numbers.len(), people, "{name}");
        }
        let said = text(folder.path(), "statistics.pdf");
        let total = match people {
            1 => "1 participant",
            2 => "2 participants",
            _ => "5,000 participants",
        };
        assert!(said.contains(total), "{said}");
        assert!(!said.contains("Draft"), "the project says that papers are final");
    }
}
