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
