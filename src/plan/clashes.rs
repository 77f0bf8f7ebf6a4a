//! Names that stand twice: ids in the project file, files in the output folder.

use std::collections::HashMap;

use crate::diag::{Diagnostic, Diagnostics};

use super::file_name;
use super::job::Job;
use super::project::Project;

/// Ids of documents and packs share one space of names.
pub(super) fn check_ids(project: &Project, found: &mut Diagnostics) {
    let mut seen = HashMap::new();
    let documents = project.documents.iter().map(|document| &document.id);
    for id in documents.chain(project.packs.iter().map(|pack| &pack.id)) {
        if let Some(first) = seen.insert(id.value.as_str(), id.span) {
            found.push(
                Diagnostic::error(
                    "project/duplicate-id",
                    format!("two entries have the id “{}”", id.value),
                )
                .at(id.span, "second time")
                .context(first, "first time"),
            );
        }
    }
}

/// Two papers with one name would overwrite each other; a paper's name cannot be a folder, too.
pub(super) fn check_outputs(jobs: &[Job], found: &mut Diagnostics) {
    let mut seen: HashMap<String, &Job> = HashMap::new();
    let mut named: Vec<(String, &Job)> = Vec::new();
    for job in jobs {
        let key = file_name::key(&job.output);
        match seen.get(&key) {
            Some(first) => found.push(clash(first, job)),
            None => {
                seen.insert(key.clone(), job);
                named.push((key, job));
            }
        }
    }
    for (key, job) in named {
        let folders = key.match_indices('/').filter_map(|(at, _)| seen.get(&key[..at]));
        for file in folders {
            found.push(places(
                Diagnostic::error(
                    "project/output-clash",
                    format!(
                        "“{}” is a paper and cannot be the folder of “{}”",
                        file.output, job.output
                    ),
                ),
                file,
                job,
            ));
        }
    }
}

fn clash(first: &Job, second: &Job) -> Diagnostic {
    let message = if first.output == second.output {
        format!("two papers would be written to “{}”", first.output)
    } else {
        format!("“{}” and “{}” are one file on some systems", first.output, second.output)
    };
    let help = if first.document == second.document {
        "put a field into `output` that differs from record to record, such as {{id}}"
    } else {
        "give one of the two another `output`"
    };
    places(Diagnostic::error("project/output-clash", message), first, second).help(help)
}

/// Points at the entries of the project file and at the records.
fn places(mut fault: Diagnostic, first: &Job, second: &Job) -> Diagnostic {
    fault = fault.at(second.span, "this entry gives the name");
    if first.span != second.span {
        fault = fault.context(first.span, "and so does this one");
    }
    for (job, words) in [(first, "for this record"), (second, "and for this one")] {
        if let Some(record) = job.record {
            fault = fault.context(record, words);
        }
    }
    fault
}
