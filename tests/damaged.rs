//! `dossier verify` on whatever is called a PDF: nothing panics, everything ends, and a file is
//! either examined or said to be unreadable. `DOSSIER_FUZZ=100000 cargo test damaged` looks longer.

use std::process::Command;
use std::sync::OnceLock;

use dossier::verify::document::Unreadable;
use dossier::verify::level::{Level, Levels};
use dossier::verify::verify;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::robustness::try_many;

/// A document with a list, a table, a link, a note and a picture, so that most kinds of objects
/// stand in its file.
const DOCUMENT: &str = r##"<!DOCTYPE html><html lang="en"><head><title>Scoping mission</title>
<style>@page { size: A6; @bottom-center { content: counter(page) } } .n { float: footnote }</style></head>
<body><h1 id="top">Scoping mission</h1><p>Terms of <a href="#top">reference</a><span class="n">Draft.</span>
for a mission to <span lang="nb">Påskeøya</span>.</p><ol><li>Meet the ministry<li>Visit the academy</ol>
<table><tr><th>Day<th>Place<tr><td>Monday<td>Oslo</table>
<svg role="img" aria-label="A circle" width="20" height="20"><circle cx="9" cy="9" r="8" opacity=".5"/></svg>
</body></html>"##;

/// The document as dossier writes it, and unpacked: objects as plain text, which damage hits more
/// often than packed streams.
fn files() -> &'static [Vec<u8>; 2] {
    static FILES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("a.html"), DOCUMENT).expect("a document");
        let done = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args(["render", "a.html", "-o", "a.pdf", "--as-of", "2026-03-01"])
            .current_dir(folder.path())
            .output()
            .expect("dossier runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let packed = std::fs::read(folder.path().join("a.pdf")).expect("a PDF");
        let mut document = lopdf::Document::load_mem(&packed).expect("a PDF that lopdf reads");
        document.decompress();
        let mut plain = Vec::new();
        document.save_to(&mut plain).expect("a PDF in memory");
        [packed, plain]
    })
}

/// One thing that happens to a file.
#[derive(Debug, Clone)]
enum Damage {
    /// One byte becomes another.
    Byte(Index, u8),
    /// Bytes are lost.
    Lost(Index, usize),
    /// Bytes stand there twice.
    Twice(Index, usize),
    /// A word of the format stands where it does not belong.
    Word(Index, &'static str),
    /// A number becomes another.
    Number(Index, i64),
    /// The rest is lost.
    Cut(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = || any::<Index>();
    let words = select(vec![
        "<<",
        ">>",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "/",
        "%",
        "stream\n",
        "endstream",
        "endobj",
        "1 0 obj",
        "1 0 R",
        "3 0 R",
        "/K",
        "/Kids",
        "/Parent",
        "/P",
        "/S",
        "/Type",
        "/StructTreeRoot",
        "/ParentTree",
        "/RoleMap",
        "/Length",
        "/Filter",
        "/FlateDecode",
        "null",
        "true",
        "-1",
        "99999999999",
        "xref",
        "trailer",
        "startxref",
        "/Prev 0",
        "/Root",
        "/Font",
        "/ToUnicode",
        "/Encrypt",
        "BDC",
        "EMC",
        "q",
        "Q",
    ]);
    prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        2 => (at(), 1usize..200).prop_map(|(at, count)| Damage::Lost(at, count)),
        2 => (at(), 1usize..400).prop_map(|(at, count)| Damage::Twice(at, count)),
        4 => (at(), words).prop_map(|(at, word)| Damage::Word(at, word)),
        4 => (at(), select(vec![0, 1, 2, 3, 5, 7, 65_535, -1, i64::MAX]))
            .prop_map(|(at, number)| Damage::Number(at, number)),
        1 => at().prop_map(Damage::Cut),
    ]
}

fn damaged(file: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let place = |at: &Index| at.index(bytes.len());
        match damage {
            Damage::Byte(at, byte) => {
                let at = place(at);
                bytes[at] = *byte;
            }
            Damage::Lost(at, count) => {
                let at = place(at);
                let end = (at + count).min(bytes.len());
                bytes.drain(at..end);
            }
            Damage::Twice(at, count) => {
                let at = place(at);
                let end = (at + count).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(end..end, again);
            }
            Damage::Word(at, word) => {
                let at = place(at);
                bytes.splice(at..at, word.bytes());
            }
            Damage::Number(at, number) => {
                let from = place(at);
                let Some(start) =
                    bytes[from..].iter().position(u8::is_ascii_digit).map(|offset| from + offset)
                else {
                    continue;
                };
                let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                bytes.splice(start..start + length, number.to_string().bytes());
            }
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
    bytes
}

fn examine(bytes: Vec<u8>) {
    let all: Levels = Level::ALL.into_iter().collect();
    for against in [Levels::NONE, all] {
        let report = verify(bytes.clone(), against);
        assert_ne!(report.err(), Some(Unreadable::Fault));
    }
}

#[test]
fn verify_sound_files_as_made_and_unpacked_are_read() {
    for file in files() {
        let report = verify(file.clone(), Levels::NONE).expect("a file that can be read");
        assert_eq!(report.claims, Levels::UA1.with(Level::A2a.set()));
        assert_eq!(report.pages, 1);
    }
    let report = verify(files()[0].clone(), Levels::NONE).expect("a file that can be read");
    assert!(report.is_sound(), "{:?}", report.findings);
}

#[test]
fn verify_damaged_files_gives_an_answer() {
    let strategy = || (0usize..2, prop::collection::vec(damage(), 1..6));
    try_many(400, strategy, |(file, damages)| examine(damaged(&files()[file], &damages)));
}

#[test]
fn verify_arbitrary_bytes_gives_an_answer() {
    let strategy = || (any::<bool>(), prop::collection::vec(any::<u8>(), 0..400));
    try_many(200, strategy, |(headed, bytes)| {
        let head: &[u8] = if headed { b"%PDF-1.7\n" } else { b"" };
        examine([head, &bytes].concat());
    });
}
