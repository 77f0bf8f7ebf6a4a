//! Records with a fault of which nobody can say which papers they would have given.

use serde_json::Value as Json;

use super::data::{Data, Record, Set};
use super::job::{Failed, Planned};
use super::papers::Papers;
use super::project::{Document, Project};
use super::select::{Filter, Wanted, is_text, values};

/// Counts each of them as one paper that is not made, and keeps packs from being made that may lack
/// it: a pack must not pass for whole.
pub(super) fn note(project: &Project, data: &Data, papers: &mut [Papers], planned: &mut Planned) {
    for set in &data.sets {
        let about = |document: &&Document| {
            document.for_each.as_ref().is_some_and(|name| name.value == set.name)
        };
        let documents: Vec<&Document> = project.documents.iter().filter(about).collect();
        let Some(first) = documents.first() else { continue };
        for record in set.records.iter().filter(|record| record.broken) {
            let admitted = |document: &&Document| {
                document.filters.iter().all(|filter| filter.admits(&record.json))
            };
            if documents.iter().any(admitted) || is_passed_over(record, set, &documents) {
                continue;
            }
            let id = format!("{}/{}", set.singular, record.id);
            planned.failed.push(Failed {
                id: id.clone(),
                document: first.id.value.clone(),
                output: None,
                span: first.span,
                record: Some(record.span),
            });
            for papers in papers.iter_mut() {
                if documents.iter().any(|document| document.id.value == papers.document) {
                    papers.failed.push(id.clone());
                }
            }
        }
    }
}

/// Whether every document refuses the record for a value that is certainly meant: one that another
/// record has, or that a document asks for.
fn is_passed_over(record: &Record, set: &Set, documents: &[&Document]) -> bool {
    let filters = || documents.iter().flat_map(|document| &document.filters);
    documents.iter().all(|document| {
        document.filters.iter().any(|filter| {
            !filter.admits(&record.json) && is_certain(filter, record, set, &mut filters())
        })
    })
}

fn is_certain(
    filter: &Filter,
    record: &Record,
    set: &Set,
    filters: &mut dyn Iterator<Item = &Filter>,
) -> bool {
    let path = filter.path.value.as_str();
    let found = values(&record.json, path);
    let asked: Vec<&Wanted> =
        filters.filter(|other| other.path.value == path).flat_map(|other| &other.any_of).collect();
    let known = |value: &Json| {
        let elsewhere = || {
            let good = set.records.iter().filter(|record| !record.broken);
            good.flat_map(|record| values(&record.json, path)).any(|other| other == value)
        };
        let named = asked.iter().any(|wanted| match wanted {
            Wanted::Nothing => false,
            Wanted::Text(text) => is_text(value, text),
        });
        named || elsewhere()
    };
    found.iter().any(|value| !value.is_null() && known(value))
}
