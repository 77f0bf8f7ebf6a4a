//! Packs: several papers in one file.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use crate::diag::{Diagnostic, Diagnostics};
use crate::near::nearest;

use super::attachments;
use super::file_name;
use super::job::{Failed, Job, Planned};
use super::papers::{Look, Papers, finish, name_fault, title_of};
use super::pattern::Pattern;
use super::placed::Placed;
use super::project::{Pack, Project, Status};
use super::views::Views;

/// Plans all packs of the project.
pub(super) fn plan(
    project: &Project,
    papers: &[Papers],
    views: &Views,
    planned: &mut Planned,
) -> Vec<Job> {
    project.packs.iter().filter_map(|pack| one(project, pack, papers, views, planned)).collect()
}

fn one(
    project: &Project,
    pack: &Pack,
    papers: &[Papers],
    views: &Views,
    planned: &mut Planned,
) -> Option<Job> {
    let language = pack.language.as_ref().map_or(project.language(), |language| &language.value);
    let look = Look::of(project, &pack.settings, language, None);
    let base = &views.of(look.edition).base;
    let mut faults = Diagnostics::new();
    let members = members(pack, papers, language, &mut faults);
    check_members(pack, &look, &members.jobs, &mut faults);
    attachments::check(&pack.attachments, &look, &mut faults);
    let output = output(pack, project, &look, &mut faults);
    let title = title_of(pack.title.as_ref(), language, &mut faults);
    let title = title.and_then(|title| filled(title, false, pack, project, &look, &mut faults));
    let stop = faults.has_errors();
    planned.project.append(faults);
    if stop {
        return None;
    }
    if let Some((paper, reference)) = members.failed {
        planned.data.push(
            Diagnostic::error(
                "data/pack-incomplete",
                format!(
                    "the pack “{}” is not made, since its paper “{paper}” cannot be made",
                    pack.id.value
                ),
            )
            .at(reference.span, "this paper is part of it"),
        );
        let (id, document) = (pack.id.value.clone(), pack.id.value.clone());
        planned.failed.push(Failed { id, document, output, span: pack.span, record: None });
        return None;
    }
    let data_date = members.jobs.iter().map(|job| job.data_date.clone()).max();
    let mut context = base.context(None);
    context.put("papers", contents(&members.jobs));
    let data = || members.jobs.iter().flat_map(|job| job.context.data_sources()).collect();
    let attachments = attachments::attach(&pack.attachments, &data);
    let job = Job {
        id: pack.id.value.clone(),
        document: pack.id.value.clone(),
        output: output.unwrap_or_default(),
        template: pack.template.value.clone(),
        title,
        data_date: data_date.unwrap_or_else(|| base.run_date.clone()),
        options: pack.options.json.clone(),
        context,
        span: pack.span,
        template_span: pack.template.span,
        claims: look.claims,
        attachments,
        members: members.jobs,
        record: None,
        language: look.language,
        edition: look.edition,
        status: look.status,
        version: look.version,
        page: look.page,
    };
    Some(finish(job, &pack.options))
}

#[derive(Default)]
struct Members<'a> {
    jobs: Vec<Job>,
    /// The first paper that cannot be made, and where the pack asks for it.
    failed: Option<(String, &'a Placed<String>)>,
}

/// The papers that the pack names; of a document in several languages, those in the pack's own where
/// there are such.
fn members<'a>(
    pack: &'a Pack,
    papers: &[Papers],
    language: &str,
    faults: &mut Diagnostics,
) -> Members<'a> {
    let mut members = Members::default();
    let mut taken = HashSet::new();
    for wanted in &pack.papers {
        let name = wanted.value.as_str();
        let whole = papers.iter().find(|papers| papers.document == name);
        let (jobs, failed): (Vec<&Job>, Option<&String>) = match whole {
            Some(papers) => (in_language(papers, language), papers.failed.first()),
            None => {
                let one = papers.iter().flat_map(|papers| &papers.jobs).find(|job| job.id == name);
                let failed = papers.iter().flat_map(|papers| &papers.failed).find(|id| *id == name);
                (one.into_iter().collect(), failed)
            }
        };
        if whole.is_none() && jobs.is_empty() && failed.is_none() {
            faults.push(unknown_paper(wanted, papers));
        }
        for job in &jobs {
            if !taken.insert(job.id.clone()) {
                faults.push(
                    Diagnostic::error(
                        "project/paper-twice",
                        format!("the paper “{}” stands twice in the pack", job.id),
                    )
                    .at(wanted.span, "second time"),
                );
            }
        }
        members.jobs.extend(jobs.into_iter().cloned());
        if let (None, Some(failed)) = (&members.failed, failed) {
            members.failed = Some((failed.clone(), wanted));
        }
    }
    members
}

fn in_language<'p>(papers: &'p Papers, language: &str) -> Vec<&'p Job> {
    let own = || papers.jobs.iter().filter(|job| job.language == language);
    match papers.several_languages && own().next().is_some() {
        true => own().collect(),
        false => papers.jobs.iter().collect(),
    }
}

fn unknown_paper(wanted: &Placed<String>, papers: &[Papers]) -> Diagnostic {
    let known = papers.iter().flat_map(|papers| {
        std::iter::once(papers.document.as_str())
            .chain(papers.jobs.iter().map(|job| job.id.as_str()))
    });
    let fault =
        Diagnostic::error("project/unknown-paper", format!("there is no paper “{}”", wanted.value))
            .at(wanted.span, "not known");
    match nearest(&wanted.value, known) {
        Some(near) => fault.help(format!("did you mean “{near}”?")),
        None => fault.help("a pack names papers by the `id` of an entry under `documents`"),
    }
}

/// A pack shows all that its papers show, and is no more finished than they are.
fn check_members(pack: &Pack, look: &Look, members: &[Job], faults: &mut Diagnostics) {
    for job in members {
        if job.edition > look.edition {
            faults.push(
                Diagnostic::error(
                    "project/pack-edition",
                    format!(
                        "the pack “{}” is for a wider circle than its paper “{}”",
                        pack.id.value, job.id
                    ),
                )
                .at(
                    pack.settings.edition.map_or(pack.span, |edition| edition.span),
                    "the pack's edition",
                )
                .context(job.span, "the paper")
                .help("give both the same `edition`"),
            );
        }
        if look.status == Status::Final && job.status == Status::Draft {
            faults.push(
                Diagnostic::warning(
                    "project/draft-in-final",
                    format!(
                        "the pack “{}” is final, its paper “{}” is a draft",
                        pack.id.value, job.id
                    ),
                )
                .at(pack.settings.status.map_or(pack.span, |status| status.span), "")
                .context(job.span, "the draft"),
            );
        }
    }
}

fn output(pack: &Pack, project: &Project, look: &Look, faults: &mut Diagnostics) -> Option<String> {
    let name = filled(&pack.output, true, pack, project, look, faults)?;
    match file_name::fault_of(&name) {
        Some(fault) => {
            faults.push(name_fault(&pack.output.value, &fault, pack.output.span));
            None
        }
        None => Some(name),
    }
}

/// A pack's name or title; it knows no record's fields.
fn filled(
    text: &Placed<String>,
    for_name: bool,
    pack: &Pack,
    project: &Project,
    look: &Look,
    faults: &mut Diagnostics,
) -> Option<String> {
    let word = |value: Json| value.as_str().map(str::to_owned).unwrap_or_default();
    let fill = |field: &str| match field {
        "paper.id" => Ok(pack.id.value.clone()),
        "paper.language" => Ok(look.language.clone()),
        "paper.version" => Ok(look.version.clone()),
        "paper.edition" => Ok(word(json!(look.edition))),
        "paper.status" => Ok(word(json!(look.status))),
        "project.title" => Ok(project.title.value.clone()),
        _ => Err(super::pattern::Lack::Missing),
    };
    let fill_safe = |field: &str| {
        fill(field).map(|value| if for_name { file_name::safe(&value) } else { value })
    };
    let fault = match Pattern::parse(&text.value) {
        Ok(pattern) => match pattern.fill(&fill_safe) {
            Ok(text) => return Some(text),
            Err((field, _)) => Diagnostic::error("project/unknown-field", format!("the field “{field}” is not known in a pack"))
                .help("a pack knows paper.id, paper.language, paper.edition, paper.status, paper.version and project.title"),
        },
        Err(fault) => Diagnostic::error("project/pattern", fault),
    };
    faults.push(fault.at(text.span, ""));
    None
}

/// What the pack's template knows of its papers.
fn contents(members: &[Job]) -> Json {
    let entry = |(index, job): (usize, &Job)| {
        let mut entry = json!({
            "number": index + 1,
            "id": job.id,
            "document": job.document,
            "file": job.output,
            "language": job.language,
            "edition": job.edition,
            "status": job.status,
            "version": job.version,
            "data-date": job.data_date,
        });
        if let (Some(title), Some(entry)) = (&job.title, entry.as_object_mut()) {
            entry.insert("title".to_owned(), json!(title));
        }
        entry
    };
    members.iter().enumerate().map(entry).collect()
}
