//! One job → one paper.

use crate::diag::{Diagnostic, Diagnostics};
use crate::fill::Request;
use crate::plan::{Failed, Job};
use crate::press::{Paper, Press};
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

    /// Adds why a set of records is missing: one of them has a fault.
    fn explain_withheld(&self, job: &Job, faults: Diagnostics) -> Diagnostics {
        let mut explained = Diagnostics::new();
        for mut fault in faults {
            for withheld in job.context.withheld() {
                if fault.message.contains(&format!("`{}`", withheld.name)) {
                    let why = format!(
                        "`{}` is not used because of a fault in this record",
                        withheld.name
                    );
                    fault = fault.context(withheld.span, why);
                }
            }
            explained.push(fault);
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

/// The error that stands for a paper that a faulty record keeps from being made.
pub fn not_made(failed: &Failed) -> Diagnostic {
    let name = failed.output.as_ref().unwrap_or(&failed.id);
    let why = match failed.record {
        Some(_) => "its record has a fault",
        None => "one of its papers cannot be made",
    };
    let message = format!("`{name}` is not made, since {why}");
    let mut found = Diagnostic::error("project/not-made", message).at(failed.span, "this document");
    if let Some(record) = failed.record {
        found = found.context(record, "the record; its fault is shown above");
    }
    found
}
