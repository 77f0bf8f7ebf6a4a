//! One job → one paper.

use serde_json::{Map, Value as Json};

use crate::diag::Diagnostics;
use crate::fill::{Filled, Request};
use crate::plan::Job;
use crate::press::{Given, Paper, Press};
use crate::source::Span;

use super::Workshop;

impl Workshop<'_> {
    /// Makes the paper of a job; none comes out when any finding is an error.
    pub fn make(&self, job: &Job) -> (Option<Paper>, Diagnostics) {
        let filled = match self.fill(job) {
            Ok(filled) => filled,
            Err(faults) => return (None, faults),
        };
        let press = Press {
            assets: self.assets,
            sources: self.sources,
            fonts: &self.fonts,
            sheets: &self.sheets,
            pictures: &self.pictures,
            common: &self.common,
            created: self.created,
            ends: false,
        };
        let attachments = match self.attachments(job) {
            Ok(attachments) => attachments,
            Err(faults) => return (None, faults),
        };
        let given = Given {
            title: job.title.as_deref(),
            language: Some(&job.language),
            claims: job.claims,
            attachments,
            read_back: true,
        };
        press.print(&filled.html, filled.origins, &format!("{}.hbs", job.template), given)
    }

    /// Fills the template of a job with its data.
    ///
    /// # Errors
    /// See [`crate::fill::Filler::fill`]; they say which records are withheld, and why.
    pub fn fill(&self, job: &Job) -> Result<Filled, Diagnostics> {
        let own = job.context.own();
        let member_own: Vec<_> = job.members.iter().map(|member| member.context.own()).collect();
        let member_places: Vec<_> = job.members.iter().map(places).collect();
        let members: Vec<Request> = job
            .members
            .iter()
            .zip(&member_own)
            .zip(&member_places)
            .map(|((member, own), places)| request(member, own, places, &[]))
            .collect();
        let places = places(job);
        let request = request(job, &own, &places, &members);
        self.filler.fill(&request).map_err(|faults| self.explain_withheld(job, faults))
    }

    /// Adds why a set of records is missing: one of them has a fault.
    fn explain_withheld(&self, job: &Job, faults: Diagnostics) -> Diagnostics {
        let mut explained = Diagnostics::new();
        for mut fault in faults {
            for withheld in job.context.withheld() {
                if fault.message.contains(&format!("`{}`", withheld.name)) {
                    fault.message = format!(
                        "`{}` cannot be used, since one of its records has a fault",
                        withheld.name
                    );
                    fault.labels.retain(|label| label.primary);
                    fault.help.clear();
                    fault =
                        fault.context(withheld.span, "in this record; its fault is shown above");
                }
            }
            if fault.message.contains("people` is missing")
                && let Some(span) =
                    std::iter::once(job).chain(&job.members).find_map(withheld_people)
            {
                fault.message =
                    "the list of participants cannot be used, since it has a fault".to_owned();
                fault.labels.retain(|label| label.primary);
                fault.help.clear();
                fault = fault.context(span, "in this list; its fault is shown above");
            }
            explained.push(fault);
        }
        explained
    }
}

/// Where the fault stands that keeps a record's list of participants from being used.
fn withheld_people(job: &Job) -> Option<Span> {
    const PEOPLE: &str = "/record/participants/people";
    let list = job.context.record().and_then(|record| record.get("participants"));
    list.is_some_and(|list| list.is_object() && list.get("people").is_none())
        .then(|| job.context.places().nearest(PEOPLE))
        .flatten()
}

fn places(job: &Job) -> impl Fn(&str) -> Option<Span> + '_ {
    move |pointer| job.context.places().nearest(pointer)
}

fn request<'a>(
    job: &'a Job,
    own: &'a Map<String, Json>,
    places: &'a dyn Fn(&str) -> Option<Span>,
    members: &'a [Request<'a>],
) -> Request<'a> {
    Request {
        template: &job.template,
        shared: job.context.shared(),
        own,
        language: &job.language,
        places,
        subject: job.record,
        members,
        requested_at: Some(job.template_span),
    }
}
