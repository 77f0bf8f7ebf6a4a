//! The sample project: what `cargo run --release` makes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use dossier::reading::{self, Manner};

use crate::support::rules;

/// The papers that the sample project must give, with a word that stands in each.
const PAPERS: &[(&str, &str)] = &[
    ("events/jssr-training/agenda.en.pdf", "Lillehammer"),
    ("events/jssr-training/agenda.nb.pdf", "Lillehammer"),
    ("events/jssr-training/attendance.en.pdf", "NGUYEN, Thomas"),
    ("events/jssr-training/attendance.nb.pdf", "NGUYEN, Thomas"),
    ("events/jssr-training/badges.en.pdf", "Nguyen"),
    ("events/jssr-training/badges.nb.pdf", "Nguyen"),
    ("events/jssr-training/certificates.en.pdf", "Certificate of attendance"),
    ("events/jssr-training/certificates.nb.pdf", "Deltakerbevis"),
    ("events/jssr-training/participants.en.pdf", "invented"),
    ("events/jssr-training/participants.nb.pdf", "oppdiktet"),
    ("events/jssr-training/sign-in.en.pdf", "Day 5 of 5"),
    ("events/jssr-training/sign-in.nb.pdf", "Dag 5 av 5"),
    ("events/jssr-training/statistics.en.pdf", "42 participants"),
    ("events/jssr-training/statistics.nb.pdf", "42 deltakere"),
    ("events/jssr-training/tent-cards.en.pdf", "Norway"),
    ("events/jssr-training/tent-cards.nb.pdf", "Norge"),
    ("events/norlam-conference/agenda.en.pdf", "Chisinau"),
    ("events/norlam-conference/agenda.nb.pdf", "Chisinau"),
    ("events/norlam-conference/attendance.en.pdf", "ZGARDAN, Iurie"),
    ("events/norlam-conference/attendance.nb.pdf", "ZGARDAN, Iurie"),
    ("events/norlam-conference/badges.en.pdf", "Interpreter"),
    ("events/norlam-conference/badges.nb.pdf", "Tolk"),
    ("events/norlam-conference/certificates.en.pdf", "Certificate of attendance"),
    ("events/norlam-conference/certificates.nb.pdf", "Deltakerbevis"),
    ("events/norlam-conference/delegations.en.pdf", "Head of delegation"),
    ("events/norlam-conference/delegations.nb.pdf", "Delegasjonsleder"),
    ("events/norlam-conference/participants.en.pdf", "invented"),
    ("events/norlam-conference/participants.nb.pdf", "oppdiktet"),
    ("events/norlam-conference/sign-in.en.pdf", "Day 4 of 4"),
    ("events/norlam-conference/sign-in.nb.pdf", "Dag 4 av 4"),
    ("events/norlam-conference/statistics.en.pdf", "30 participants"),
    ("events/norlam-conference/statistics.nb.pdf", "30 deltakere"),
    ("events/norlam-conference/tent-cards.en.pdf", "Norway"),
    ("events/norlam-conference/tent-cards.nb.pdf", "Norge"),
    ("mandate-register.pdf", "Punjab"),
    ("mandates/jssr-training.pdf", "40–45"),
    ("mandates/norlam-conference.pdf", "Chisinau"),
    ("mandates/norlam-transition.pdf", "Goian"),
    ("mandates/punjab-police.pdf", "Inspector General"),
    ("mandates/rol-strategy.pdf", "Ukraine"),
    ("organisation-profile.pdf", "1818"),
    ("packs/ministry-briefing.pdf", "Goian"),
    ("participants/jssr-training.pdf", "invented"),
];

/// The folders with a paper for each person: how many there are, and a word that stands in each.
const PERSONAL: &[(&str, usize, &str)] = &[
    ("events/jssr-training/certificates/", 39, "Torunn Vikse Haraldsen"),
    ("events/jssr-training/invitations/", 42, "SAMPLE 15/0042"),
    ("events/norlam-conference/certificates/", 27, "Solfrid Ekrheim Nesse"),
    ("events/norlam-conference/invitations/", 30, "SAMPLE 15/0007"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn build(out: &Path, jobs: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dossier"))
        .arg("build")
        .arg(root())
        .args(["--as-of", "2026-03-01", "--jobs", jobs, "--out"])
        .arg(out)
        .output()
        .expect("dossier runs")
}

/// The sample's papers, made once for all tests.
fn papers() -> &'static BTreeMap<String, Vec<u8>> {
    static PAPERS: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    PAPERS.get_or_init(|| {
        let out = tempfile::tempdir().expect("a temporary folder");
        let done = build(out.path(), "2");
        let messages = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "the sample project fails:\n{messages}");
        assert_eq!(messages, "", "the sample project gives messages");
        read_all(out.path())
    })
}

fn read_all(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a readable folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "pdf") {
                let name = path.strip_prefix(out).expect("a paper below the output folder");
                let name = name.to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(path).expect("a readable paper"));
            }
        }
    }
    found
}

fn text_of(bytes: &[u8]) -> String {
    let paper = reading::read(bytes.to_vec()).expect("a paper can be read");
    reading::speak(&paper, Manner::Plain)
}

#[test]
fn sample_project_gives_its_papers() {
    let is_personal = |name: &&str| PERSONAL.iter().any(|(folder, ..)| name.starts_with(folder));
    let names = papers().keys().map(String::as_str).filter(|name| !is_personal(name));
    let names: Vec<&str> = names.collect();
    let expected: Vec<&str> = PAPERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, expected);
    for (name, word) in PAPERS {
        let text = text_of(&papers()[*name]);
        assert!(text.contains(word), "{name} lacks `{word}`:\n{text}");
    }
    for (folder, count, word) in PERSONAL {
        let found: Vec<_> = papers().iter().filter(|(name, _)| name.starts_with(folder)).collect();
        assert_eq!(found.len(), *count, "{folder}");
        for (name, bytes) in found {
            let text = text_of(bytes);
            assert!(text.contains(word), "{name} lacks `{word}`:\n{text}");
        }
    }
}

#[test]
fn posts_and_forms_of_address_stand_in_the_language_of_the_paper() {
    for paper in ["participants", "badges", "sign-in", "tent-cards", "certificates"] {
        let text =
            |language| text_of(&papers()[&format!("events/jssr-training/{paper}.{language}.pdf")]);
        let (english, norwegian) = (text("en"), text("nb"));
        assert!(
            english.contains("Deputy Judge") && !english.contains("Dommerfullmektig"),
            "{paper}"
        );
        assert!(norwegian.contains("Dommerfullmektig") && !norwegian.contains("Judge"), "{paper}");
    }
    let list = |language| {
        text_of(&papers()[&format!("events/norlam-conference/delegations.{language}.pdf")])
    };
    assert!(list("en").contains("Ms Solfrid Ekrheim NESSE"));
    assert!(!list("nb").contains("Ms Solfrid"));
}

#[test]
fn sample_papers_are_read_whole_in_one_language_with_headings_and_no_doubled_words() {
    for (name, bytes) in papers() {
        let paper = reading::read(bytes.clone()).expect("a paper can be read");
        assert!(paper.is_tagged && paper.unread == 0, "{name}");
        assert!(paper.loose.iter().all(String::is_empty), "{name}: {:?}", paper.loose);
        let said = reading::speak(&paper, Manner::Spoken);
        assert!(said.contains("heading 1: "), "{name}:\n{said}");
        assert!(!said.contains("without an alternative"), "{name}:\n{said}");
        for line in said.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let doubled = words.windows(2).find(|two| {
                two[0] == two[1] && two[0].chars().all(char::is_alphabetic) && two[0].len() > 3
            });
            assert!(doubled.is_none(), "{name}: {doubled:?} in {line}");
        }
    }
}

#[test]
fn sample_papers_keep_the_rules_of_ua_and_a() {
    for (name, bytes) in papers() {
        let faults = rules::faults(bytes);
        assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
    }
}

#[test]
fn sample_papers_are_the_same_bytes_on_one_thread_and_in_another_folder() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let deep = out.path().join("another/folder");
    assert!(build(&deep, "1").status.success());
    let again = read_all(&deep);
    assert_eq!(papers().len(), again.len());
    for (name, bytes) in papers() {
        assert!(again[name] == *bytes, "{name} differs between two runs");
    }
}
