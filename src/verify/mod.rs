//! Any PDF file → findings, each with its clause: the rules of PDF/UA-1 (ISO 14289-1) and of
//! PDF/A-2 and PDF/A-3 (ISO 19005-2, -3) that a program can tell. Owns `hayro-syntax`.
//!
//! [`document`] opens the file; [`tree`] reads its structure, [`content`] walks what its pages
//! paint. The families of rules stand beside each other: each declares its rules and checks them.
//! `RULES.md` lists them all, and which are left to a person.

pub mod annotations;
pub mod archive;
pub mod catalog;
pub mod content;
mod depth;
pub mod document;
pub mod embedded;
pub mod finding;
pub mod fonts;
mod inflate;
pub mod level;
pub mod metadata;
mod pages;
pub mod parents;
mod plain;
mod proven;
pub mod role;
pub mod rule;
pub mod structure;
pub mod syntax;
pub mod text;
pub mod tree;
mod unpack;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

pub use proven::Proven;

use document::{Document, Unreadable};
use finding::{Finding, Findings};
use level::{Level, Levels};
use rule::Rule;
use structure::Structure;

/// What a file was checked against, and what was found.
#[derive(Debug)]
pub struct Report {
    /// The levels that the file claims to meet.
    pub claims: Levels,
    /// The levels that it was checked against.
    pub against: Levels,
    /// How many pages it has.
    pub pages: usize,
    /// What was found; of a rule that is broken over and over only the first few.
    pub findings: Vec<Finding>,
    /// How often each rule is broken in all, by its name.
    pub counts: Vec<(&'static str, usize)>,
}

impl Report {
    /// Whether nothing was found.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Checks a file against `asked`, or against what it claims when nothing is asked. A file that
/// claims nothing is checked against PDF/UA-1 and PDF/A-2b, and that it claims nothing is found.
///
/// # Errors
/// [`Unreadable`] when there is no document to examine.
pub fn verify(bytes: impl Into<Arc<Vec<u8>>>, asked: Levels) -> Result<Report, Unreadable> {
    guarded(bytes.into(), asked, Standing::Alone).map(|(report, _)| report)
}

/// Like [`verify`], for one of many papers: fonts and object streams in which nothing was found in
/// an earlier one are not examined again. What is found is the same.
///
/// # Errors
/// As for [`verify`].
pub fn verify_another(
    bytes: impl Into<Arc<Vec<u8>>>,
    asked: Levels,
    proven: &Proven,
) -> Result<Report, Unreadable> {
    guarded(bytes.into(), asked, Standing::OneOfMany(proven)).map(|(report, _)| report)
}

/// Checks a file that is embedded in another; the files that it embeds itself are not opened.
/// Tells also which part of PDF/A it claims.
fn verify_embedded(bytes: Vec<u8>, asked: Levels) -> Result<Examined, Unreadable> {
    guarded(Arc::new(bytes), asked, Standing::Embedded)
}

/// What a file belongs to.
#[derive(Clone, Copy)]
enum Standing<'p> {
    /// It stands by itself.
    Alone,
    /// It is one of many papers, of which this is known to be sound.
    OneOfMany(&'p Proven),
    /// It is embedded in another file; the files that it embeds itself are not opened.
    Embedded,
}

/// What is found, and the part of PDF/A that the file claims.
type Examined = (Report, Option<String>);

/// Files come from anywhere: a fault in reading one is told as such, and ends no run.
fn guarded(
    bytes: Arc<Vec<u8>>,
    asked: Levels,
    standing: Standing<'_>,
) -> Result<Examined, Unreadable> {
    std::panic::catch_unwind(AssertUnwindSafe(|| examine(bytes, asked, standing)))
        .unwrap_or(Err(Unreadable::Fault))
}

fn examine(
    bytes: Arc<Vec<u8>>,
    asked: Levels,
    standing: Standing<'_>,
) -> Result<Examined, Unreadable> {
    let (outermost, proven) = match standing {
        Standing::Alone => (true, None),
        Standing::OneOfMany(proven) => (true, Some(proven)),
        Standing::Embedded => (false, None),
    };
    let document = Document::with(bytes, proven.map(|proven| Arc::clone(&proven.streams)))?;
    let metadata = metadata::read(&document);
    let claims = metadata.claims();
    let against = match (asked.is_empty(), claims.is_empty()) {
        (false, _) => asked,
        (true, false) => claims,
        (true, true) => [Level::Ua1, Level::A2b].into_iter().collect(),
    };
    let mut findings = Findings::new(against);
    let is_short = document.is_short();
    let fonts = proven.map(|proven| &proven.fonts);
    let (of_bytes, (of_file, of_pages)) = both(
        is_short,
        || of_bytes(&document, &metadata, outermost, against),
        || {
            let structure = Structure::read(&document);
            both(
                is_short,
                || of_file(&document, &structure, against),
                || pages::check(&document, &structure, fonts, against),
            )
        },
    );
    findings.append(of_bytes);
    findings.append(of_file);
    findings.append(of_pages);
    let (findings, counts) = findings.into_parts();
    let report = Report { claims, against, pages: document.pdf().pages().len(), findings, counts };
    Ok((report, metadata.archive_part().map(str::to_owned)))
}

/// Does both, on two threads unless the file is short.
fn both<A: Send, B: Send>(
    is_short: bool,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if is_short { (one(), other()) } else { rayon::join(one, other) }
}

/// All rules, family by family.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [syntax::RULES, metadata::RULES, metadata::extension::RULES, catalog::RULES, embedded::RULES]
        .into_iter()
        .flatten()
        .copied()
        .chain(structure::rules())
        .chain(annotations::rules())
        .chain(archive::FAMILIES.iter().copied().flatten().copied())
        .chain(fonts::rules())
}

/// Checks the bytes of the file, and what is found with their help: metadata, embedded files.
fn of_bytes(
    document: &Document,
    metadata: &metadata::Metadata,
    outermost: bool,
    in_force: Levels,
) -> Findings {
    let mut findings = Findings::new(in_force);
    let objects = syntax::check(document, &mut findings);
    metadata::check(document, metadata, &objects.described, &mut findings);
    archive::check(document, &objects, outermost, &mut findings);
    findings
}

/// Checks what is told without walking the content: the file as a whole, its structure and its
/// annotations.
fn of_file(document: &Document, structure: &Structure<'_>, in_force: Levels) -> Findings {
    let mut findings = Findings::new(in_force);
    catalog::check(document, &structure.catalog, &mut findings);
    embedded::check(document, structure, &mut findings);
    structure::check(document, structure, &mut findings);
    annotations::check(document, structure, &mut findings);
    findings
}

#[cfg(test)]
mod tests;
