//! Content is tagged or an artifact, never both (ISO 14289-1 7.1).

use crate::verify::content::{Event, Observer, Origin, State};
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    ARTIFACT_IN_TAGGED = "ua1:7.1-1", "7.1", Levels::UA1, Checked,
        "no artifact stands within tagged content",
        "let the producer close the tagged content before it marks an artifact";
    TAGGED_IN_ARTIFACT = "ua1:7.1-2", "7.1", Levels::UA1, Checked,
        "no tagged content stands within an artifact",
        "let the producer close the artifact before it marks tagged content";
    UNMARKED = "ua1:7.1-3", "7.1", Levels::UA1, Checked,
        "all content is tagged or marked as an artifact",
        "tag what belongs to the document, and mark the rest as an artifact";
}

/// Watches the marks of one page.
#[derive(Debug)]
pub struct Marks {
    /// What is found.
    pub findings: Findings,
}

impl<'a> Observer<'a> for Marks {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        let place = || Place::page(state.page).in_object(state.container);
        match event {
            Event::Marked => {
                let Some((opened, around)) = state.marks.split_last() else { return };
                let tagged_around = around.iter().any(|mark| mark.mcid.is_some());
                let artifact_around = around.iter().any(|mark| mark.is_artifact());
                if opened.is_artifact() && tagged_around {
                    self.findings.push(&ARTIFACT_IN_TAGGED, place(), || {
                        "an artifact begins inside tagged content".to_owned()
                    });
                }
                if opened.mcid.is_some() && artifact_around {
                    self.findings.push(&TAGGED_IN_ARTIFACT, place(), || {
                        "tagged content begins inside an artifact".to_owned()
                    });
                }
            }
            Event::Show(_) | Event::Paint { .. } | Event::Image { .. } | Event::Shading(_)
                if matches!(state.origin, Origin::Page | Origin::Form)
                    && !state.is_tagged()
                    && !state.is_artifact() =>
            {
                let what = match event {
                    Event::Show(_) => "text",
                    Event::Image { .. } => "an image",
                    _ => "a drawing",
                };
                self.findings.push(&UNMARKED, place(), || {
                    format!("{what} is neither tagged nor an artifact")
                });
            }
            _ => {}
        }
    }
}
