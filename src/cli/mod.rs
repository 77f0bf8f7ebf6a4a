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
mod template;
mod text;
mod verify;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

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

/// The arguments; where they name no command, those of `build` are understood as well.
fn parsed(arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    let first = match Cli::try_parse_from(&arguments) {
        Err(error) if error.kind() == ErrorKind::UnknownArgument => error,
        other => return other,
    };
    let names_one = |argument: &OsString| {
        argument.to_str().is_some_and(|word| Cli::command().find_subcommand(word).is_some())
    };
    if arguments.iter().skip(1).any(names_one) {
        return Err(first);
    }
    let mut with_build = arguments;
    with_build.insert(with_build.len().min(1), "build".into());
    Cli::try_parse_from(with_build)
}

/// Parses the process's arguments and does what they say.
pub fn run() -> ExitCode {
    let cli = parsed(std::env::args_os().collect()).unwrap_or_else(|error| error.exit());
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
        Command::Template(args) => template::run(&args, &sources, &mut reporter),
    };
    reporter.finish();
    ended.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Cli, clap::Error> {
        parsed(line.split(' ').map(OsString::from).collect())
    }

    #[test]
    fn options_of_build_are_understood_without_its_name() {
        let only = |line: &str| match read(line).unwrap().command {
            Some(Command::Build(args)) => (args.choice.only, args.project.display().to_string()),
            other => panic!("{other:?}"),
        };
        let agenda = || vec!["agenda".to_owned()];
        assert_eq!(only("dossier --only agenda"), (agenda(), ".".to_owned()));
        assert_eq!(only("dossier --strict --only agenda folder"), (agenda(), "folder".to_owned()));
        assert!(read("dossier").unwrap().command.is_none());
        assert!(read("dossier --strict").unwrap().command.is_none());
        let told = |line: &str| read(line).unwrap_err().to_string();
        assert!(told("dossier --onyl agenda").contains("'--only'"));
        assert!(told("dossier --only agenda check").contains("unexpected argument '--only'"));
    }
}
