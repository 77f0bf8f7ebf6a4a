//! Data as a project holds it: the sample's organisation and training, with as many mandates and
//! participants as one likes.

use std::fmt::Write;
use std::fs;

use tempfile::TempDir;

use super::random::{COUNTRIES, GIVEN, Random, SURNAMES};

/// The sample's organisation.
const ORGANISATION: &str = include_str!("../../inputs/organisation.yaml");

/// The sample's training, which names a list of participants and their agencies.
pub const TRAINING: &str = include_str!("../../inputs/mandates/jssr-training.yaml");

const AGENCIES: &[&str] =
    &["Police", "Police Directorate", "PHS", "Courts", "Defence lawyers", "Probation service"];

const FUNCTIONS: &[&str] = &["Adviser", "Police Inspector", "Judge", "Lecturer", "Head of section"];

/// The file that the training names.
pub const LIST: &str = "inputs/participants/jssr-training.csv";

/// A CSV file with the columns of the sample's.
pub fn participants(rows: usize) -> String {
    let mut random = Random::new();
    let mut csv = "surname,given-name,title,function,agency,country,experience,email\n".to_owned();
    for number in 1..=rows {
        let (surname, given) = (random.one(SURNAMES), random.one(GIVEN));
        let (function, agency) = (random.one(FUNCTIONS), random.one(AGENCIES));
        let (country, experience) = (random.one(COUNTRIES), random.one(&["new", "experienced"]));
        let _ = writeln!(
            csv,
            "{surname},{given},Ms,{function},{agency},{country},{experience},p{number}@example.org"
        );
    }
    csv
}

/// A YAML list of mandates.
pub fn mandates(count: usize) -> String {
    let mut random = Random::new();
    let mut yaml = String::new();
    for number in 1..=count {
        let (country, surname) = (random.one(COUNTRIES), random.one(SURNAMES));
        let _ = write!(
            yaml,
            "- id: mission-{number}
  kind: brief
  status: final
  version: \"1.0\"
  data-date: 22/11/2026
  title: {{en: \"{surname} mission to {country}\", nb: \"Oppdraget {surname} i {country}\"}}
  donors: [NO]
  countries: [{country}]
  start: 15/03/2014
  end: 30.06.2017
  summary: |
    The mission advises the authorities of {country}. It stays for three years, and hands over its
    work *before* it leaves.
  key-figures:
    - {{value: \"{number}\", label: {{en: the number, nb: nummeret}}}}
  milestones:
    - {{date: March 2015, text: The first report is due.}}
"
        );
    }
    yaml
}

/// A project file that makes a paper for each mandate, in alphabetical order, and a list of
/// participants.
pub const PROJECT: &str = "title: Measured
documents:
  - id: brief
    template: mandate-brief
    for-each: mandates
    where: {kind: brief}
    order-by: [title.en]
    output: 'mandates/{{id}}.pdf'
  - id: list
    template: participant-list
    for-each: mandates
    where: {kind: training}
    output: 'participants/{{id}}.pdf'
";

/// A project of so many mandates, and a training with so many participants.
pub fn folder(mandate_count: usize, rows: usize) -> TempDir {
    let folder = TempDir::new().expect("a folder for the project");
    let files = [
        ("dossier.yaml", PROJECT.to_owned()),
        ("inputs/organisation.yaml", ORGANISATION.to_owned()),
        ("inputs/mandates/training.yaml", TRAINING.to_owned()),
        ("inputs/mandates/all.yaml", mandates(mandate_count)),
        (LIST, participants(rows)),
    ];
    for (name, text) in files {
        let path = folder.path().join(name);
        let written = fs::create_dir_all(path.parent().unwrap_or(&path));
        written.and_then(|()| fs::write(&path, text)).expect("a file of the project");
    }
    folder
}
