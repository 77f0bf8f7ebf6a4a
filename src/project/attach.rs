//! The files that a paper attaches, read from the project's folder.

use std::collections::BTreeSet;

use crate::assets::{AssetError, Assets};
use crate::conformance::Attachment;
use crate::diag::{Diagnostic, Diagnostics, in_words};
use crate::plan::{Attached, Files, Job};

use super::Workshop;

impl Workshop<'_> {
    /// The attachments of a paper, in the order in which it names them, each file once.
    ///
    /// # Errors
    /// Files that cannot be read.
    pub(super) fn attachments(&self, job: &Job) -> Result<Vec<Attachment>, Diagnostics> {
        let mut attachments = Vec::new();
        let (mut taken, mut names) = (BTreeSet::new(), BTreeSet::new());
        let mut faults = Diagnostics::new();
        for attached in &job.attachments {
            for path in self.paths(attached) {
                if !taken.insert(path.clone()) {
                    continue;
                }
                match self.files.read(&path, "") {
                    Ok(file) => attachments.push(Attachment {
                        name: name(&path, &mut names),
                        description: attached.description.clone().unwrap_or_else(|| path.clone()),
                        relation: attached.relation,
                        bytes: file.bytes.into_owned(),
                    }),
                    Err(error) => faults.push(unreadable(attached, &path, &error)),
                }
            }
        }
        if faults.has_errors() { Err(faults) } else { Ok(attachments) }
    }

    fn paths(&self, attached: &Attached) -> Vec<String> {
        match &attached.files {
            Files::One(path) => vec![path.clone()],
            Files::Data(sources) => {
                let mut paths: Vec<String> = sources
                    .iter()
                    .map(|source| self.sources.get(*source).name().to_owned())
                    .collect();
                paths.sort();
                paths
            }
        }
    }
}

/// The file's name without its folders, unless another attachment has the same.
fn name(path: &str, names: &mut BTreeSet<String>) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    let mut name = last.to_owned();
    if names.contains(&name) {
        name = path.replace('/', "-");
    }
    let mut number = 2;
    while !names.insert(name.clone()) {
        name = format!("{number}-{last}");
        number += 1;
    }
    name
}

fn unreadable(attached: &Attached, path: &str, error: &AssetError) -> Diagnostic {
    let why = match error {
        AssetError::Missing => "it is not there".to_owned(),
        AssetError::Outside => "it lies outside the project".to_owned(),
        AssetError::TooLarge(bytes) => {
            format!("it has {bytes} bytes, more than {}", Assets::MAX_BYTES)
        }
        AssetError::Unreadable(error) => in_words(error),
    };
    Diagnostic::error("project/attachment", format!("cannot attach `{path}`: {why}"))
        .at(attached.span, "")
        .help("a path is written from the project's folder, with forward slashes")
}
