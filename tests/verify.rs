//! `dossier verify` on small files that are written by hand: sound ones, and the same with one
//! fault each. See `tests/README.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dossier::verify::finding::Finding;
use dossier::verify::level::Levels;
use dossier::verify::verify;

/// Where the files are written down.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify");

#[test]
fn sound_files_are_accepted() {
    for path in texts("sound") {
        let text = fs::read_to_string(&path).expect("the text of a PDF");
        assert_eq!(findings(&text), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn each_fault_is_found_and_nothing_else() {
    let refresh = std::env::var_os("DOSSIER_REFRESH").is_some();
    let only = std::env::var("DOSSIER_CASE").unwrap_or_default();
    let mut wrong = Vec::new();
    for path in texts("faults") {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if !name.contains(&only) {
            continue;
        }
        let written = fs::read_to_string(&path).expect("the text of a fault");
        let fault = Fault::read(&written);
        let found = findings(&fault.text());
        if refresh {
            fs::write(&path, fault.written_with(&found)).expect("a writable file");
        } else if found != fault.expected {
            wrong.push(format!("{name}\n  expected {:#?}\n  found {found:#?}", fault.expected));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A sound file, what is changed in it, and what is then to be found.
struct Fault<'a> {
    base: &'a str,
    /// What is taken away, and what stands there instead.
    changes: Vec<(&'a str, &'a str)>,
    expected: Vec<String>,
}

impl<'a> Fault<'a> {
    /// The first line names the sound file; a line `- …` is what is taken away, the line `+ …`
    /// below it what is put there, a line `= …` a finding. No finding: the file is sound still.
    fn read(written: &'a str) -> Fault<'a> {
        let mut lines = written.lines();
        let base = lines.next().expect("the name of a sound file");
        let mut fault = Fault { base, changes: Vec::new(), expected: Vec::new() };
        while let Some(line) = lines.next() {
            if let Some(old) = line.strip_prefix("- ") {
                let new = lines.next().and_then(|line| line.strip_prefix('+'));
                let new = new.expect("a line with + below a line with -");
                fault.changes.push((old, new.strip_prefix(' ').unwrap_or(new)));
            } else if let Some(finding) = line.strip_prefix("= ") {
                fault.expected.push(finding.to_owned());
            } else {
                panic!("a line that begins with neither -, + nor =: {line}");
            }
        }
        fault
    }

    /// The text of the faulty file.
    fn text(&self) -> String {
        let path = Path::new(FOLDER).join("sound").join(self.base).with_extension("txt");
        let mut text = fs::read_to_string(path).expect("the text of the sound file");
        for (old, new) in &self.changes {
            assert_eq!(text.matches(old).count(), 1, "{} holds once: {old}", self.base);
            text = text.replacen(old, new, 1);
        }
        text
    }

    fn written_with(&self, found: &[String]) -> String {
        let mut written = format!("{}\n", self.base);
        for (old, new) in &self.changes {
            written += &format!("- {old}\n{}\n", format!("+ {new}").trim_end());
        }
        for finding in found {
            written += &format!("= {finding}\n");
        }
        written
    }
}

/// The texts of a folder, by name.
fn texts(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(FOLDER).join(folder)).expect("a folder of texts");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "there are no files in {folder}");
    paths
}

/// What is found in the file of this text, a line each.
fn findings(text: &str) -> Vec<String> {
    let report = verify(file(text), Levels::NONE).expect("a file that can be read");
    assert_eq!(report.claims.iter().count(), 2, "the file claims PDF/UA-1 and PDF/A-2a");
    report.findings.iter().map(line).collect()
}

/// A finding as a line: the rule, where, what.
fn line(finding: &Finding) -> String {
    let place = &finding.place;
    let parts = [
        place.page.map(|page| format!("page {page}")),
        place.object.map(|(number, _)| format!("object {number}")),
        place.path.clone(),
        place.offset.map(|_| "at an offset".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let place = if parts.is_empty() { "file".to_owned() } else { parts.join(", ") };
    format!("{} [{place}] {}", finding.rule.id, finding.message)
}

/// A whole PDF file of its objects as text: lengths of streams (`/Length ?`), the header, the
/// cross-reference table and the end are put there.
fn file(text: &str) -> Vec<u8> {
    let (objects, trailer) = text.split_once("trailer\n").expect("a trailer below the objects");
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = BTreeMap::new();
    let mut rest = objects;
    while let Some((object, after)) = rest.split_once("endobj\n") {
        let number: String = object.chars().take_while(char::is_ascii_digit).collect();
        offsets.insert(number.parse::<usize>().expect("an object's number"), file.len());
        file.extend(with_length(object).bytes());
        file.extend(b"endobj\n");
        rest = after;
    }
    let start = file.len();
    let size = offsets.keys().max().map_or(0, |last| last + 1);
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f\r\n").bytes());
    for number in 1..size {
        let entry = match offsets.get(&number) {
            Some(offset) => format!("{offset:010} 00000 n\r\n"),
            None => "0000000000 00000 f\r\n".into(),
        };
        file.extend(entry.bytes());
    }
    let trailer = trailer.trim_end().replacen("<<", &format!("<< /Size {size}"), 1);
    file.extend(format!("trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// The object with the length of its stream in the place of `?`.
fn with_length(object: &str) -> String {
    let stream = object.split_once("\nstream\n").map(|(_, after)| after);
    let Some(data) = stream.and_then(|data| data.strip_suffix("\nendstream\n")) else {
        return object.to_owned();
    };
    object.replacen("/Length ?", &format!("/Length {}", data.len()), 1)
}
