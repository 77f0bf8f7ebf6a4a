//! A project folder: reads `dossier.yaml` and the inputs, plans the papers and makes them.

mod attach;
mod inputs;
mod make;
mod rules;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics, in_words, shown};
use crate::fill::Filler;
use crate::fonts::{FontBook, FontSources};
use crate::load;
use crate::locale::{Order, country_code};
use crate::plan::{self, Data, Failed, Job, Record, Set};
use crate::press::Kept;
use crate::roster::{self, Roster};
use crate::source::{Sources, Span};
use crate::validate;

/// The project file's name.
pub const PROJECT_FILE: &str = "dossier.yaml";

/// How a project is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The run's date.
    pub created: DateTime<Utc>,
    /// More folders with fonts.
    pub font_folders: Vec<PathBuf>,
    /// Whether the system's fonts are used.
    pub system_fonts: bool,
}

/// A project whose papers are planned.
pub struct Project {
    /// The papers to be made, in order.
    pub jobs: Vec<Job>,
    /// The papers that faulty records keep from being made.
    pub failed: Vec<Failed>,
    /// The output folder.
    pub output: PathBuf,
    /// The language of the papers that name none.
    pub language: String,
    /// The events' rolls and the certificates that are due.
    pub roster: Roster,
    /// Whether numbers of certificates are made under a key.
    pub is_keyed: bool,
    assets: Assets,
    /// All files of the project, for those that papers attach.
    files: Assets,
    created: DateTime<Utc>,
    fonts: FontSources,
}

/// A project file that cannot be used: nothing may be written.
#[derive(Debug)]
pub struct Unusable(pub Diagnostics);

impl Project {
    /// Opens the project in `folder`: reads everything and plans, renders nothing. Faults of single
    /// records come back beside the project.
    ///
    /// # Errors
    /// Everything that is wrong with the project file itself.
    pub fn open(
        folder: &Path,
        opening: &Opening,
        sources: &Sources,
    ) -> Result<(Project, Diagnostics), Unusable> {
        let settings = read_settings(folder, sources)?;
        let columns = settings.people.columns.iter();
        let columns = columns.map(|(column, field)| (column.value.clone(), field.value.clone()));
        let columns = columns.collect();
        let (inputs, mut found) = inputs::load(folder, &settings.inputs, &columns, sources)?;
        let context = validate::Context {
            country: &|name| country_code(name).map(str::to_owned),
            date_order: settings.date_order(),
            language: settings.language(),
        };
        let (mut model, faults) = validate::validate(inputs, &context);
        found.append(faults);
        let rules = rules::of(folder, &settings)?;
        let roster = roster::enrich(&mut model, &rules, &mut found);
        let data = Data::from(model);
        let planned = plan::plan(&settings, data, opening.created.date_naive(), &alphabet);
        if planned.project.has_errors() {
            found.append(planned.project);
            return Err(Unusable(found));
        }
        found.append(planned.project);
        found.append(planned.data);
        let assets =
            Assets::builtin().with_root(folder.join(settings.templates())).with_project(folder);
        let project = Project {
            jobs: planned.jobs,
            failed: planned.failed,
            output: folder.join(settings.output()),
            language: settings.language().to_owned(),
            roster,
            is_keyed: rules.key.is_some(),
            fonts: FontSources {
                assets: assets.clone(),
                folders: opening.font_folders.clone(),
                system: opening.system_fonts,
            },
            assets,
            files: Assets::default().with_root(folder),
            created: opening.created,
        };
        Ok((project, found))
    }

    /// Compiles the templates and opens the fonts: what is needed to make papers.
    ///
    /// # Errors
    /// Everything that is wrong with any template.
    pub fn workshop<'a>(
        &'a self,
        sources: &'a Sources,
    ) -> Result<(Workshop<'a>, Diagnostics), Diagnostics> {
        let jobs = self.jobs.iter().flat_map(|job| std::iter::once(job).chain(&job.members));
        let asked: BTreeSet<&str> = jobs.map(|job| job.template.as_str()).collect();
        let filler = Filler::for_templates(&self.assets, sources, &|name| asked.contains(name))?;
        let (fonts, found) = self.fonts.clone().open();
        let workshop = Workshop {
            assets: &self.assets,
            files: &self.files,
            sources,
            filler,
            fonts,
            kept: Kept::default(),
            created: self.created,
        };
        Ok((workshop, found))
    }
}

/// Templates and fonts, ready to make papers; shared by all threads.
pub struct Workshop<'a> {
    assets: &'a Assets,
    files: &'a Assets,
    sources: &'a Sources,
    filler: Filler<'a>,
    fonts: FontBook,
    kept: Kept,
    created: DateTime<Utc>,
}

/// The folder in which a project's own templates stand.
///
/// # Errors
/// Everything that is wrong with the project file.
pub fn templates_folder(folder: &Path, sources: &Sources) -> Result<PathBuf, Unusable> {
    Ok(folder.join(read_settings(folder, sources)?.templates()))
}

fn read_settings(folder: &Path, sources: &Sources) -> Result<plan::Project, Unusable> {
    let path = folder.join(PROJECT_FILE);
    let bytes = std::fs::read(&path).map_err(|error| {
        let message =
            format!("cannot read the project file `{}`: {}", shown(&path), in_words(&error));
        let help =
            "Name the folder that holds dossier.yaml, or start a project with: dossier init FOLDER";
        Unusable(Diagnostic::error("project/missing", message).help(help).into())
    })?;
    let values = load::yaml(sources, PROJECT_FILE, &bytes).map_err(Unusable)?;
    match values.as_slice() {
        [value] => plan::Project::read(value).map_err(Unusable),
        _ => {
            let source = sources.add(PROJECT_FILE, String::from_utf8_lossy(&bytes).as_ref());
            let found = match values.get(1) {
                Some(second) => Diagnostic::error(
                    "project/documents",
                    "the project file must hold one YAML document",
                )
                .at(second.span, "the second starts here")
                .help("take out the line with the three hyphens"),
                None => Diagnostic::error("project/documents", "the project file is empty")
                    .at(Span::point(source, 0), "nothing here")
                    .help("`dossier init FOLDER` makes a project whose file can be copied"),
            };
            Err(Unusable(found.into()))
        }
    }
}

impl From<validate::Model> for Data {
    fn from(model: validate::Model) -> Data {
        Data { sets: model.into_sets().into_iter().map(set_of).collect() }
    }
}

fn set_of(set: validate::RecordSet) -> Set {
    let record = |checked: validate::Checked<()>| Record {
        id: checked.id,
        json: Arc::new(checked.json),
        places: checked.places.into(),
        span: checked.span,
        data_date: checked.data_date,
        broken: checked.broken,
    };
    Set {
        name: set.name.to_owned(),
        singular: set.singular.to_owned(),
        records: set.records.into_iter().map(record).collect(),
        single: set.single,
    }
}

/// The language's alphabet; a language that nobody knows compares by letters.
pub fn alphabet(language: &str) -> plan::Collate {
    match Order::of(language) {
        Some(order) => Box::new(move |one, other| order.compare(one, other)),
        None => Box::new(|one, other| one.cmp(other)),
    }
}
