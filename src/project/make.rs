//! One job → one paper.

use crate::batch::Paper;
use crate::diag::{Diagnostic, Diagnostics};
use crate::fill::Request;
use crate::plan::{Failed, Job, Withheld};
use crate::press::Press;
use crate::source::Span;

use super::Workshop;

impl Workshop<'_> {
    /// Makes the paper of a job; none comes out when any finding is an error.
    pub fn make(&self, job: &Job) -> (Option<Paper>, Diagnostics) {
        let data = job.context.data();
        let member_data: Vec<_> = job.members.iter().map(|member| member.context.data()).collect();
        let member_places: Vec<_> = job.members.iter().map(places).collect();
        let members: Vec<Request> = job
            .members
            .iter()
            .zip(&member_data)
            .zip(&member_places)
            .map(|((member, data), places)| request(member, data, places, &[]))
            .collect();
        let places = places(job);
        let filled = match self.filler.fill(&request(job, &data, &places, &members)) {
            Ok(filled) => filled,
            Err(faults) => return (None, self.explain_withheld(job, faults)),
        };
        let press = Press {
            assets: self.assets,
            sources: self.sources,
            fonts: &self.fonts,
            sheets: &self.sheets,
            created: self.created,
        };
        press.print(&filled.html, filled.origins, &format!("{}.hbs", job.template))
    }

    /// A set that is kept back because of a faulty record shows in the template as missing: says
    /// what is behind it instead.
    fn explain_withheld(&self, job: &Job, faults: Diagnostics) -> Diagnostics {
        let mut explained = Diagnostics::new();
        for fault in faults {
            let names = |set: &&Withheld| fault.message.contains(&format!("`{}`", set.name));
            explained.push(match job.context.withheld().iter().find(names) {
                Some(set) => withheld(job, set),
                None => fault,
            });
        }
        explained
    }
}

fn places(job: &Job) -> impl Fn(&str) -> Option<Span> + '_ {
    move |pointer| job.context.places().nearest(pointer)
}

fn request<'a>(
    job: &'a Job,
    data: &'a serde_json::Value,
    places: &'a dyn Fn(&str) -> Option<Span>,
    members: &'a [Request<'a>],
) -> Request<'a> {
    Request {
        template: &job.template,
        data,
        language: &job.language,
        places,
        subject: job.record,
        members,
        requested_at: Some(job.span),
    }
}

fn withheld(job: &Job, set: &Withheld) -> Diagnostic {
    let message = format!(
        "`{}` is not made, since it shows all {} and one of them has a fault",
        job.output, set.name
    );
    Diagnostic::error("project/not-made", message)
        .at(job.span, "this document")
        .context(set.span, "the record; its fault is shown above")
}

/// The error that stands for a paper that a faulty record keeps from being made; packs have an
/// error of their own.
pub fn not_made(failed: &Failed) -> Option<Diagnostic> {
    let record = failed.record?;
    let name = failed.output.as_ref().unwrap_or(&failed.id);
    let message = format!("`{name}` is not made, since its record has a fault");
    let found = Diagnostic::error("project/not-made", message).at(failed.span, "this document");
    Some(found.context(record, "the record; its fault is shown above"))
}
