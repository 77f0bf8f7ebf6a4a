//! `manifest.json`: what a run wrote, for machines.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::plan::Job;

use super::{Paper, unwritable, write_atomically};

const FILE_NAME: &str = "manifest.json";

/// One written paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// Path below the output folder, with forward slashes.
    pub file: String,
    /// The document's id in `dossier.yaml`.
    pub document: String,
    /// BCP 47.
    pub language: String,
    /// `draft` or `final`.
    pub status: String,
    /// The paper's version.
    pub version: String,
    /// Number of pages.
    pub pages: usize,
    /// Size of the file.
    pub bytes: usize,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Entry {
    /// The entry for a paper that `job` gave.
    pub fn new(job: &Job, paper: &Paper) -> Entry {
        let digest = Sha256::digest(&paper.bytes);
        Entry {
            file: job.output.clone(),
            document: job.id.clone(),
            language: job.language.clone(),
            status: job.status.as_str().to_owned(),
            version: job.version.clone(),
            pages: paper.pages,
            bytes: paper.bytes.len(),
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

/// All papers in an output folder, by file name.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Sorted by file.
    pub documents: Vec<Entry>,
}

impl Manifest {
    /// The manifest of the run before; empty when there is none that can be read.
    pub fn read(out: &Path) -> Manifest {
        let text = std::fs::read_to_string(out.join(FILE_NAME)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// This manifest with `written` added, without papers that are no longer wanted or not there.
    #[must_use]
    pub fn updated(
        self,
        written: Vec<Entry>,
        wanted: &dyn Fn(&str) -> bool,
        out: &Path,
    ) -> Manifest {
        let new: BTreeSet<&str> = written.iter().map(|new| new.file.as_str()).collect();
        let kept = self.documents.into_iter().filter(|old| {
            wanted(&old.file) && !new.contains(old.file.as_str()) && out.join(&old.file).is_file()
        });
        let mut documents: Vec<Entry> = kept.collect();
        documents.extend(written);
        documents.sort_by(|a, b| a.file.cmp(&b.file));
        Manifest { documents }
    }

    /// Writes it into the output folder.
    pub fn write(&self, out: &Path) -> Result<(), Diagnostic> {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        let path = out.join(FILE_NAME);
        write_atomically(&path, text.as_bytes()).map_err(|error| unwritable(path, &error))
    }
}
