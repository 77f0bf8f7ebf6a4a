//! Positioned values → the model: fields, references, dates.
//!
//! Every fault of every record is reported in one pass, with a caret under the value. A record with
//! a fault is marked broken and does not stop the others.

mod columns;
mod event;
mod fields;
mod languages;
mod lists;
mod mandate;
mod mandate_parts;
mod marks;
mod organisation;
mod participant;
mod plain;
mod programme;
mod reader;
mod record;
mod records;
mod scalars;
mod sessions;
mod speakers;

pub use languages::column_in_language;
pub use marks::{Mark, Marks, Of};
pub use record::{Checked, Context, Input, InputKind, Model, RecordSet};
pub use speakers::folded as folded_name;

use crate::diag::Diagnostics;

/// Reads and checks every record of a project.
///
/// # Errors
/// All faults are in the diagnostics, in the order of the inputs; a record with an error is marked
/// broken in the model.
pub fn validate(inputs: Vec<Input>, context: &Context) -> (Model, Diagnostics) {
    let mut model = Model::default();
    let mut found = Diagnostics::new();
    let (lists, others): (Vec<Input>, Vec<Input>) =
        inputs.into_iter().partition(|input| input.kind == InputKind::Participants);
    let (marks, others): (Vec<Input>, Vec<Input>) =
        others.into_iter().partition(|input| input.kind == InputKind::Attendance);
    for input in others {
        records::read(input, context, &mut model, &mut found);
    }
    records::report_doubled_ids(&mut model.mandates, &mut found);
    records::report_doubled_ids(&mut model.events, &mut found);
    records::report_doubled_ids(&mut model.programmes, &mut found);
    records::report_doubled_ids(&mut model.vacancies, &mut found);
    let sources = lists::sources(&mut model, &lists, &mut found);
    for list in lists {
        lists::read(list, context, &sources, &mut model, &mut found);
    }
    speakers::settle(&mut model, &mut found);
    marks::read(marks, context, &mut model, &mut found);
    (model, found)
}

#[cfg(test)]
mod tests;
