//! The command line as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::conformance::{Accessible, Archive};
use crate::verify::level::Level;

/// Makes finished PDF papers from your data and templates.
#[derive(Debug, Parser)]
#[command(
    name = "dossier",
    version,
    about = "Makes finished PDF papers (briefs, lists, certificates, packs) from YAML and CSV data.",
    long_about = LONG_ABOUT,
    after_long_help = AFTER_HELP,
    disable_help_subcommand = true,
    max_term_width = 100,
)]
pub struct Cli {
    /// What to do; `build` when left out.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Treat warnings as errors: a paper with a warning is not made.
    #[arg(long, global = true)]
    pub strict: bool,

    /// How messages are written: for people, or one JSON object per line for machines.
    #[arg(long, global = true, value_enum, default_value_t = Log::Text, value_name = "FORMAT")]
    pub log: Log,
}

const LONG_ABOUT: &str = "\
Makes finished PDF papers from your data: mandate briefs, mission summaries, briefing packs, \
and the papers of trainings and meetings from the invitation to the certificate. Your data stands in YAML and CSV files below inputs/, the papers' looks in \
templates/, and dossier.yaml says which papers to make. Every paper is accessible (PDF/UA-1) and \
fit for the archive (PDF/A-2a).";

const AFTER_HELP: &str = "\
Examples:
  dossier                                 make every paper of the project in this folder
  dossier build --only 'mandates/*'       make only the papers below mandates/
  dossier check                           look for mistakes, write nothing
  dossier list                            show which papers would be made
  dossier init my-project                 start a small project of your own
  dossier attendance marks.csv            write the empty sheet for who was there
  dossier certificate 7ZK2M-9QX4T-B       tell whose certificate has this number
  dossier render letter.html -o letter.pdf

When something is wrong, the message shows the file, the line and how to mend it. One bad record \
stops only the papers that need it; the others are written.

Exit status: 0 all done; 1 some papers could not be made; 2 the command or dossier.yaml is wrong \
and nothing was written.";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the papers of a project.
    Build(BuildArgs),
    /// Do everything but write: find all mistakes in data, templates and styles.
    Check(CheckArgs),
    /// Turn HTML files with their CSS straight into PDFs.
    Render(RenderArgs),
    /// Check PDF files, from here or elsewhere, against PDF/UA-1 and PDF/A.
    Verify(VerifyArgs),
    /// Print PDF files, from here or elsewhere, as a screen reader reads them.
    Text(TextArgs),
    /// Show the papers that a project makes.
    List(ListArgs),
    /// Write the empty sheet for marks of attendance at an event, to be filled in.
    Attendance(AttendanceArgs),
    /// Tell whether a certificate's number is genuine, and whose it is.
    Certificate(CertificateArgs),
    /// Start a small working project in a new folder, each field explained.
    Init(InitArgs),
    /// Print the JSON Schema of a kind of data file, for editors.
    Schema(SchemaArgs),
    /// Put a copy of a built-in template, style or word file into the project, to be changed.
    Template(TemplateArgs),
    /// List the CSS that templates can use, property by property.
    Css,
}

/// What `build` takes.
#[derive(Debug, Args, Default)]
pub struct BuildArgs {
    /// The project's folder, the one with dossier.yaml.
    #[arg(default_value = ".")]
    pub project: PathBuf,

    /// Write the papers here instead of the project's output folder.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// How many papers to make at the same time; as many as the machine has processors if left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,

    /// What to make and with which fonts.
    #[command(flatten)]
    pub choice: Choice,
}

/// What `check` takes.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The project's folder, the one with dossier.yaml.
    #[arg(default_value = ".")]
    pub project: PathBuf,

    /// What to check and with which fonts.
    #[command(flatten)]
    pub choice: Choice,
}

/// What `verify` takes.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The PDF files.
    #[arg(value_name = "FILE.pdf")]
    pub files: Vec<PathBuf>,

    /// Check against this level (ua-1, 2b, 2u, 2a, 3b, 3u, 3a) instead of what each file claims;
    /// may be repeated.
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    pub against: Vec<Level>,

    /// List the rules that are checked, and check nothing.
    #[arg(long)]
    pub rules: bool,
}

fn level(key: &str) -> Result<Level, String> {
    Level::from_key(key).ok_or_else(|| {
        let keys = Level::ALL.map(Level::key).join(", ");
        format!("it is not one of {keys}")
    })
}

/// What `text` takes.
#[derive(Debug, Args)]
pub struct TextArgs {
    /// The PDF files.
    #[arg(value_name = "FILE.pdf", required = true)]
    pub files: Vec<PathBuf>,

    /// Print the text alone, without saying what it is.
    #[arg(long)]
    pub plain: bool,

    /// Show at the end what readers pass over: running heads, repeated rows, decoration.
    #[arg(long)]
    pub artifacts: bool,
}

/// What `list` takes.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The project's folder, the one with dossier.yaml.
    #[arg(default_value = ".")]
    pub project: PathBuf,

    /// Only papers whose file name or document id matches, such as 'mandates/*'.
    #[arg(long, value_name = "PATTERN")]
    pub only: Vec<String>,

    /// The date to write in the papers.
    #[command(flatten)]
    pub date: DateChoice,
}

/// Choices that `build` and `check` share.
#[derive(Debug, Args, Default)]
pub struct Choice {
    /// Only papers whose file name or document id matches, such as 'mandates/*'; may be repeated.
    #[arg(long, value_name = "PATTERN")]
    pub only: Vec<String>,

    /// The date to write in the papers.
    #[command(flatten)]
    pub date: DateChoice,

    /// More fonts.
    #[command(flatten)]
    pub fonts: FontChoice,
}

/// The run's date.
#[derive(Debug, Args, Default)]
pub struct DateChoice {
    /// The date of the run, as 2026-03-01; today if left out. The same date gives the same bytes.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Where fonts come from beside the built-in ones.
#[derive(Debug, Args, Default)]
pub struct FontChoice {
    /// Also use the fonts in this folder; may be repeated.
    #[arg(long, value_name = "DIR")]
    pub font_dir: Vec<PathBuf>,

    /// Also use the fonts installed on this machine (papers may then differ between machines).
    #[arg(long)]
    pub system_fonts: bool,
}

/// What `render` takes.
#[derive(Debug, Args)]
pub struct RenderArgs {
    /// The HTML file, or several.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// The PDF to write; for several files the folder of their PDFs, each named as its file is.
    #[arg(short, long, value_name = "FILE.pdf|DIR")]
    pub output: PathBuf,

    /// How many PDFs to make at the same time; as many as the machine has processors if left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,

    /// The folder that pictures, styles and fonts come from; each HTML file's own if left out.
    #[arg(long, value_name = "DIR")]
    pub base: Option<PathBuf>,

    /// Read each finished PDF back and check it against what it claims, as `build` always does.
    #[arg(long)]
    pub verify: bool,

    /// The level of PDF/A that the file claims.
    #[arg(long, value_enum, default_value_t = ArchiveChoice::A2a, value_name = "LEVEL")]
    pub archive: ArchiveChoice,

    /// The level of PDF/UA that the file claims; with `none`, what would keep somebody from reading
    /// it is a warning.
    #[arg(long, value_enum, default_value_t = AccessibleChoice::Ua1, value_name = "LEVEL")]
    pub accessible: AccessibleChoice,

    /// The date to write into the PDF.
    #[command(flatten)]
    pub date: DateChoice,

    /// More fonts.
    #[command(flatten)]
    pub fonts: FontChoice,
}

/// Levels of PDF/A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ArchiveChoice {
    /// Can be kept, searched and read aloud.
    #[value(name = "2a")]
    A2a,
    /// Can be kept.
    #[value(name = "2b")]
    A2b,
    /// Can be kept and searched.
    #[value(name = "2u")]
    A2u,
    /// As 2a; other files may be attached.
    #[value(name = "3a")]
    A3a,
    /// No level.
    None,
}

impl From<ArchiveChoice> for Archive {
    fn from(choice: ArchiveChoice) -> Archive {
        match choice {
            ArchiveChoice::A2a => Archive::A2a,
            ArchiveChoice::A2b => Archive::A2b,
            ArchiveChoice::A2u => Archive::A2u,
            ArchiveChoice::A3a => Archive::A3a,
            ArchiveChoice::None => Archive::None,
        }
    }
}

/// Levels of PDF/UA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccessibleChoice {
    /// Can be read aloud.
    #[value(name = "ua-1")]
    Ua1,
    /// No level.
    None,
}

impl From<AccessibleChoice> for Accessible {
    fn from(choice: AccessibleChoice) -> Accessible {
        match choice {
            AccessibleChoice::Ua1 => Accessible::Ua1,
            AccessibleChoice::None => Accessible::None,
        }
    }
}

/// What `attendance` takes.
#[derive(Debug, Args)]
pub struct AttendanceArgs {
    /// The sheet to write.
    #[arg(value_name = "TEMPLATE.csv")]
    pub file: PathBuf,

    /// The project's folder, the one with dossier.yaml.
    #[arg(default_value = ".")]
    pub project: PathBuf,

    /// The event, by its id; may be left out where there is only one.
    #[arg(long, value_name = "ID")]
    pub event: Option<String>,

    /// A row for each person and session, or for each person and day.
    #[arg(long, value_enum, default_value_t = RowsBy::Session, value_name = "WHAT")]
    pub by: RowsBy,

    /// What parts the cells: Excel expects a semicolon where the comma parts decimals, as in Norway,
    /// and a comma elsewhere. Filled in, either can be read.
    #[arg(long, value_enum, default_value_t = Separator::Semicolon, value_name = "SIGN")]
    pub separator: Separator,

    /// Write over a file that is there.
    #[arg(long)]
    pub force: bool,
}

/// What a row of the sheet for marks is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowsBy {
    /// A session at which attendance is taken.
    Session,
    /// A day with all its sessions.
    Day,
}

/// What parts the cells of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Separator {
    /// `;`
    Semicolon,
    /// `,`
    Comma,
}

/// What `certificate` takes.
#[derive(Debug, Args)]
pub struct CertificateArgs {
    /// The number, as it is printed or nearly so: small letters, O for 0, blanks for hyphens.
    pub number: String,

    /// The project's folder, the one with dossier.yaml.
    #[arg(default_value = ".")]
    pub project: PathBuf,
}

/// What `init` takes.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to make; it must not exist or must be empty.
    pub dir: PathBuf,
}

/// What `template` takes.
#[derive(Debug, Args)]
pub struct TemplateArgs {
    /// The file, such as agenda.hbs or styles/paper.css; left out, they are listed.
    pub file: Option<String>,

    /// The project's folder, the one with dossier.yaml.
    #[arg(default_value = ".")]
    pub project: PathBuf,
}

/// What `schema` takes.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The kind of file; left out, the kinds are listed.
    pub kind: Option<String>,
}

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}
