//! The command line: arguments → what to do → exit status. Owns `clap`, `indicatif` and the
//! renderer of diagnostics.

mod args;
mod attendance;
mod build;
mod certificate;
mod check;
mod css;
mod date;
mod init;
mod list;
mod mask;
mod open;
mod progress;
mod render;
mod report;
mod schema;
mod text;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::source::Sources;

pub use args::Cli;
use args::{BuildArgs, Command};
use report::Reporter;
pub use report::plain;

/// How a command ended (README, "What an error means").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All done.
    Done,
    /// Some documents failed; the others were written.
    SomeFailed,
    /// The command or the project file is wrong; nothing was written.
    Unusable,
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> ExitCode {
        ExitCode::from(match ended {
            Ended::Done => 0,
            Ended::SomeFailed => 1,
            Ended::Unusable => 2,
        })
    }
}

/// Parses the process's arguments and does what they say.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // A fault inside dossier stops one paper, whose error says so; one line here says where it is.
    std::panic::set_hook(Box::new(|fault| {
        let place =
            fault.location().map_or(String::new(), |at| format!(" ({}:{})", at.file(), at.line()));
        // Nothing can be done when standard error is closed.
        let _ =
            writeln!(std::io::stderr(), "dossier met a fault of its own{place}; please report it");
    }));
    let sources = Sources::new();
    let mut reporter = Reporter::new(&sources, cli.log, cli.strict);
    let command = cli.command.unwrap_or_else(|| Command::Build(BuildArgs::default()));
    let ended = match command {
        Command::Build(args) => build::run(&args, &sources, &mut reporter),
        Command::Check(args) => check::run(&args, &sources, &mut reporter),
        Command::Render(args) => render::run(&args, &sources, &mut reporter),
        Command::Verify(args) => verify::run(&args, &mut reporter),
        Command::Text(args) => text::run(&args, &mut reporter),
        Command::List(args) => list::run(&args, &sources, &mut reporter),
        Command::Attendance(args) => attendance::run(&args, &sources, &mut reporter),
        Command::Certificate(args) => certificate::run(&args, &sources, &mut reporter),
        Command::Init(args) => init::run(&args, &mut reporter),
        Command::Schema(args) => schema::run(&args, &mut reporter),
        Command::Css => css::run(),
    };
    reporter.finish();
    ended.into()
}
