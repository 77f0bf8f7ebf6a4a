//! `RULES.md` holds exactly what the tables say.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use crate::verify::rule::{How, Rule};
use crate::verify::rules;

const BEGIN: &str = "<!-- from the tables: begin -->\n";
const END: &str = "<!-- from the tables: end -->\n";

#[test]
fn list_of_rules_is_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verify/RULES.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let (before, rest) = written.split_once(BEGIN).unwrap_or_else(|| panic!("no {BEGIN}"));
    let (table, after) = rest.split_once(END).unwrap_or_else(|| panic!("no {END}"));
    let told = told();
    if std::env::var_os("DOSSIER_REFRESH").is_some() && table != told {
        let text = format!("{before}{BEGIN}{told}{END}{after}");
        if let Err(why) = std::fs::write(&path, text) {
            panic!("RULES.md cannot be written: {why}");
        }
        return;
    }
    assert_eq!(table, told, "DOSSIER_REFRESH=1 cargo test list_of_rules writes it anew");
}

#[test]
fn each_rule_is_declared_once() {
    let mut ids = BTreeSet::new();
    for rule in rules() {
        assert!(ids.insert(rule.id), "{} is declared twice", rule.id);
        let (standard, number) = rule.id.split_once(':').unwrap_or_default();
        assert!(matches!(standard, "ua1" | "a"), "{}", rule.id);
        assert_eq!(number.rsplit_once('-').map(|(clause, _)| clause), Some(rule.clause));
    }
}

fn told() -> String {
    let mut text = String::new();
    for (standard, title) in
        [("ua1:", "PDF/UA-1 (ISO 14289-1)"), ("a:", "PDF/A-2 and PDF/A-3 (ISO 19005-2, -3)")]
    {
        let mut rules: Vec<&Rule> = rules().filter(|rule| rule.id.starts_with(standard)).collect();
        rules.sort_by_key(|rule| numbers(rule.id));
        let _ = write!(text, "\n### {title}\n\n| rule | what must hold | levels | who |\n");
        text.push_str("|---|---|---|---|\n");
        for rule in rules {
            let levels: Vec<&str> = rule.levels.iter().map(|level| level.key()).collect();
            let who = match rule.how {
                How::Checked => "checked",
                How::Constructed => "by construction",
                How::Person => "a person",
            };
            let _ = writeln!(
                text,
                "| {} | {} | {} | {who} |",
                rule.id,
                rule.says.replace('|', "\\|"),
                levels.join(" ")
            );
        }
    }
    text.push('\n');
    text
}

/// The numbers of a rule's name, to sort clause 7.10 behind 7.9.
fn numbers(id: &str) -> Vec<u32> {
    id.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

/// Checked rules that no file here breaks, and why.
const UNBROKEN: &[(&str, &str)] =
    &[("a:6.1.13-7", "a file of 8,388,608 objects has some 170 MB of cross-references alone")];

/// Tests hold what is found against the names of rules, so that a name that stands in a test is
/// that of a rule which a file breaks there.
#[test]
fn each_checked_rule_is_broken_by_a_file() {
    let mut tests = String::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verify"), &mut tests);
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify/faults"), &mut tests);
    let is_broken = |id: &str| tests.contains(&format!("\"{id}\""));
    // The samples of fonts hold the rules of both standards against each other.
    let twin = |id: &str| {
        let clause = id.strip_prefix("ua1:7.21.")?.replacen("7-", "7.2-", 1);
        Some(format!("a:6.2.11.{clause}"))
    };
    for rule in rules().filter(|rule| rule.how == How::Checked) {
        let broken = is_broken(rule.id) || twin(rule.id).is_some_and(|twin| is_broken(&twin));
        let excused = UNBROKEN.iter().any(|(id, _)| *id == rule.id);
        assert!(broken || excused, "no file of the tests breaks {}: {}", rule.id, rule.says);
        assert!(!broken || !excused, "{} is broken, and said not to be", rule.id);
    }
}

/// The text of all tests below a folder: the files of folders called `tests`, modules of tests in
/// other files, and the findings that written faults expect.
fn gather(folder: &Path, to: &mut String) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|why| panic!("{folder:?}: {why}"));
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            gather(&path, to);
            continue;
        }
        let whole = path.parent().is_some_and(|parent| parent.ends_with("tests"));
        let kind = path.extension().and_then(|kind| kind.to_str());
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        match kind {
            // This file names the rules that are not broken.
            Some("rs") if path.ends_with("tests/rules.rs") => {}
            Some("rs") if whole => to.push_str(&text),
            Some("rs") => {
                to.push_str(text.split_once("mod tests {").map_or("", |(_, tests)| tests))
            }
            Some("txt") => {
                let findings = text.lines().filter_map(|line| line.strip_prefix("= "));
                let ids = findings.filter_map(|finding| finding.split_whitespace().next());
                ids.for_each(|id| to.push_str(&format!("\"{id}\"\n")));
            }
            _ => {}
        }
    }
}
