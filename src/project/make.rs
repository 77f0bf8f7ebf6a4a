//! One job → one paper.

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
            kept: &self.kept,
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
        let member_places: Vec<_> = job.members.iter().map(places).collect();
        let members: Vec<Request> = job
            .members
            .iter()
            .zip(&member_places)
            .map(|(member, places)| request(member, places, &[]))
            .collect();
        let places = places(job);
        let request = request(job, &places, &members);
        self.filler.fill(&request).map_err(|faults| self.explain_withheld(job, faults))
    }

    /// Adds why a set of records is missing: one of them has a fault.
    fn explain_withheld(&self, job: &Job, faults: Diagnostics) -> Diagnostics {
        let mut explained = Diagnostics::new();
        let mut blames: Vec<Span> = Vec::new();
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
            if let Some((what, span)) = missing(&fault.message).and_then(|path| blamed(job, path)) {
                // One list keeps all of a paper from being made, wherever the template asks for it.
                if blames.contains(&span) {
                    continue;
                }
                blames.push(span);
                fault.message = format!("{} needs the {what}, which has a fault", job.output);
                fault.labels.clear();
                fault.help.clear();
                let noun = what.split(' ').next().unwrap_or(what);
                fault = fault.at(span, format!("in this {noun}; its fault is shown above"));
            }
            explained.push(fault);
        }
        explained
    }
}

/// What papers of an event or a mandate say by its people, and by the marks of who was present besides.
const BY_PEOPLE: &[&str] = &["people", "counts", "statistics", "left-out", "attendance"];
const BY_MARKS: &[&str] = &["present", "due", "attendance"];

/// The path that a message says to be missing.
fn missing(message: &str) -> Option<&str> {
    message.strip_prefix('`')?.split_once("` is missing").map(|(path, _)| path)
}

/// The input whose fault keeps the value at a path from being there, and where the fault or, of marks,
/// their file's name stands.
fn blamed(job: &Job, path: &str) -> Option<(&'static str, Span)> {
    let names = |words: &[&str]| path.split('.').any(|step| words.contains(&step));
    let mut jobs = std::iter::once(job).chain(&job.members);
    if names(BY_PEOPLE)
        && let Some(span) = jobs.clone().find_map(withheld_people)
    {
        return Some(("list of participants", span));
    }
    let span = jobs.find_map(withheld_marks).filter(|_| names(BY_MARKS))?;
    Some(("file of attendance", span))
}

fn withheld_people(job: &Job) -> Option<Span> {
    const PEOPLE: &str = "/record/participants/people";
    let record = job.context.record()?;
    let list = record.get("participants").filter(|list| list.is_object())?;
    let told = record.get("people").is_some() || list.get("people").is_some();
    (!told).then(|| job.context.places().nearest(PEOPLE)).flatten()
}

/// An event whose marks were read says nothing of their file any more.
fn withheld_marks(job: &Job) -> Option<Span> {
    const FILE: &str = "/record/attendance/file";
    job.context.record()?.pointer("/attendance/file")?.as_str()?;
    job.context.places().nearest(FILE)
}

fn places(job: &Job) -> impl Fn(&str) -> Option<Span> + '_ {
    move |pointer| job.context.places().nearest(pointer)
}

fn request<'a>(
    job: &'a Job,
    places: &'a dyn Fn(&str) -> Option<Span>,
    members: &'a [Request<'a>],
) -> Request<'a> {
    Request {
        template: &job.template,
        shared: job.context.shared(),
        own: job.context.own(),
        language: &job.language,
        places,
        subject: job.record,
        members,
        requested_at: Some(job.template_span),
    }
}
