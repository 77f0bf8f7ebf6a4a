//! `dossier attendance`: the empty sheet for marks of attendance.

use std::io::Write;

use crate::batch::write_atomically;
use crate::diag::{Diagnostic, Diagnostics, in_words, shown};
use crate::near;
use crate::project::Project;
use crate::roster::Roll;
use crate::roster::blank::{self, By};
use crate::source::Sources;

use super::args::{AttendanceArgs, Choice, RowsBy, Separator};
use super::report::Reporter;
use super::{Ended, open};

/// Writes the sheet of one event.
pub fn run(args: &AttendanceArgs, sources: &Sources, reporter: &mut Reporter) -> Ended {
    let (project, found) = open::open(&args.project, &Choice::default(), sources);
    reporter.report(found.iter());
    let Some(project) = project else { return Ended::Unusable };
    match write(args, &project, &found) {
        Ok(said) => {
            // Nothing can be done when standard output is closed.
            let _ = writeln!(std::io::stdout(), "{said}");
            match reporter.stops(&found) {
                true => Ended::SomeFailed,
                false => Ended::Done,
            }
        }
        Err(fault) => {
            reporter.report([&fault]);
            Ended::Unusable
        }
    }
}

/// Writes the sheet and says so.
fn write(
    args: &AttendanceArgs,
    project: &Project,
    found: &Diagnostics,
) -> Result<String, Diagnostic> {
    let roll = chosen(&project.roster.rolls, args.event.as_deref(), found)?;
    let Some(people) = &roll.people else {
        let message = format!("the list of participants of `{}` has a fault", roll.event);
        let help = "mend the list; its faults are shown above";
        return Err(Diagnostic::error("attendance/no-list", message).help(help));
    };
    if people.is_empty() {
        let message = format!("nobody takes part in `{}` yet", roll.event);
        let help = "name its list in the event's record:  participants: {file: …}; only people with the role `participant` stand on the sheet";
        return Err(Diagnostic::error("attendance/no-list", message).help(help));
    }
    if roll.sessions.is_empty() {
        let message = format!("`{}` has no session at which attendance is taken", roll.event);
        let help = "write its sessions into the event's record; attendance is taken at those of the kind `session` (which is the default), and at others that say `attendance: true`";
        return Err(Diagnostic::error("attendance/no-sessions", message).help(help));
    }
    let name = shown(&args.file);
    if args.file.exists() && !args.force {
        let message = format!("`{name}` is there already, perhaps with marks in it");
        let help = "choose another name, or write over it with --force";
        return Err(Diagnostic::error("attendance/exists", message).help(help));
    }
    let by = match args.by {
        RowsBy::Session => By::Session,
        RowsBy::Day => By::Day,
    };
    let separator = match args.separator {
        Separator::Semicolon => ';',
        Separator::Comma => ',',
    };
    let text = blank::sheet(&roll.sessions, people, by, &project.language, separator);
    write_atomically(&args.file, text.as_bytes()).map_err(|error| {
        let message = format!("cannot write `{name}`: {}", in_words(&error));
        let help = "name a file in a folder in which you may write";
        Diagnostic::error("attendance/unwritable", message).help(help)
    })?;
    Ok(format!(
        "{} rows for {} people of {} stand in {name}. Write x or no under `present`, put the file \
         below the inputs, and name it in the event's record:  attendance: {{file: …}}",
        blank::rows(roll, by),
        people.len(),
        roll.event,
    ))
}

/// The event that is asked for, or the only one.
fn chosen<'r>(
    rolls: &'r [Roll],
    event: Option<&str>,
    found: &Diagnostics,
) -> Result<&'r Roll, Diagnostic> {
    let ids = || rolls.iter().map(|roll| roll.event.as_str());
    let known = || {
        match rolls {
        [] => "an event is a file below inputs/events; where dossier.yaml names its `inputs:` one by one, it needs  events: inputs/events  among them".to_owned(),
        _ => format!("the events are {}", ids().collect::<Vec<_>>().join(", ")),
    }
    };
    let fault = match (event, rolls) {
        (None, [one]) => return Ok(one),
        (None, []) => Diagnostic::error("attendance/no-event", "the project has no event"),
        (None, _) => {
            let message = "the project has several events";
            let fault = Diagnostic::error("attendance/which-event", message);
            return Err(fault.help(format!("name one with --event; {}", known())));
        }
        (Some(id), _) => match rolls.iter().find(|roll| roll.event == id) {
            Some(roll) => return Ok(roll),
            None => {
                let message = format!("there is no event `{id}`");
                Diagnostic::error("attendance/no-event", message)
            }
        },
    };
    let near = event.and_then(|id| near::help(id, ids()));
    let fault = fault.help(near.unwrap_or_else(known));
    Err(match found.has_errors() {
        true => fault.help("or its record has a fault, which is shown above"),
        false => fault,
    })
}
