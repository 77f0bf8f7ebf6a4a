//! Each stage by itself, and the whole: from HTML to a file, from a project to its papers.
//!
//! `cargo bench` runs all, `cargo bench -- lay_out` some. What a stage gets from the ones before it
//! is made outside the measured time. `benches/README.md` has figures.

mod workloads;

use chrono::{DateTime, Utc};
use dossier::project::Opening;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// The run's date, and nothing but the fonts at hand.
fn opening() -> Opening {
    Opening { created: DateTime::<Utc>::UNIX_EPOCH, font_folders: Vec::new(), system_fonts: false }
}

/// From data to HTML.
mod data {
    use divan::counter::{BytesCount, ItemsCount};
    use divan::{Bencher, black_box};
    use dossier::assets::Assets;
    use dossier::fill::Filler;
    use dossier::load::{self, DateOrder, Value};
    use dossier::locale::country_code;
    use dossier::plan::{self, Data};
    use dossier::project::{Project, alphabet};
    use dossier::source::{Sources, Span};
    use dossier::validate::{self, Input, InputKind, Model};

    use super::{opening, workloads};

    #[divan::bench(args = [100, 1_000], sample_count = 20)]
    fn load_yaml(bencher: Bencher, mandates: usize) {
        let text = workloads::mandates(mandates);
        bencher
            .counter(BytesCount::of_str(&text))
            .with_inputs(Sources::new)
            .bench_refs(|sources| load::yaml(sources, "mandates.yaml", text.as_bytes()));
    }

    #[divan::bench(args = [1_000, 20_000], sample_count = 20)]
    fn load_csv(bencher: Bencher, rows: usize) {
        let text = workloads::participants(rows);
        bencher
            .counter(BytesCount::of_str(&text))
            .with_inputs(Sources::new)
            .bench_refs(|sources| load::csv(sources, "participants.csv", text.as_bytes()));
    }

    #[divan::bench(args = [100, 1_000], sample_count = 20)]
    fn validate_mandates(bencher: Bencher, mandates: usize) {
        let text = workloads::mandates(mandates);
        measure_validation(bencher, mandates, &[mandate_list(&text)]);
    }

    #[divan::bench(args = [1_000, 20_000], sample_count = 20)]
    fn validate_participants(bencher: Bencher, rows: usize) {
        let text = workloads::participants(rows);
        let list = (InputKind::Participants, workloads::LIST, text.as_str());
        let training = (InputKind::Mandate, "inputs/mandates/training.yaml", workloads::TRAINING);
        measure_validation(bencher, rows, &[training, list]);
    }

    #[divan::bench(args = [100, 1_000], sample_count = 20)]
    fn plan_briefs(bencher: Bencher, mandates: usize) {
        let sources = Sources::new();
        let text = workloads::mandates(mandates);
        let data = Data::from(checked(inputs(&sources, &[mandate_list(&text)])));
        let written = only(load::yaml(&sources, "dossier.yaml", workloads::PROJECT.as_bytes()));
        let project = plan::Project::read(&written).unwrap_or_else(|found| panic!("{found:?}"));
        let day = opening().created.date_naive();
        bencher
            .counter(ItemsCount::new(mandates))
            .with_inputs(|| data.clone())
            .bench_values(|data| plan::plan(&project, black_box(data), day, &alphabet));
    }

    #[divan::bench(sample_count = 20)]
    fn compile_templates() {
        let sources = Sources::new();
        assert!(Filler::new(&Assets::builtin(), &sources).is_ok());
    }

    #[divan::bench(args = [100, 1_000], sample_count = 20)]
    fn fill_participant_list(bencher: Bencher, rows: usize) {
        measure_filling(bencher, 1, rows, "list");
    }

    /// One brief of a project that has so many mandates.
    #[divan::bench(args = [100, 1_000], sample_count = 20)]
    fn fill_brief(bencher: Bencher, mandates: usize) {
        measure_filling(bencher, mandates, 1, "brief");
    }

    type Text<'a> = (InputKind, &'a str, &'a str);

    fn mandate_list(text: &str) -> Text<'_> {
        (InputKind::Mandate, "inputs/mandates/all.yaml", text)
    }

    fn inputs(sources: &Sources, texts: &[Text]) -> Vec<Input> {
        let input = |&(kind, name, text): &Text| {
            let values: Vec<Value> = match kind {
                InputKind::Participants => {
                    load::csv(sources, name, text.as_bytes()).into_iter().collect()
                }
                _ => load::yaml(sources, name, text.as_bytes()).into_iter().flatten().collect(),
            };
            let source = values.first().unwrap_or_else(|| panic!("{name} is empty")).span.source;
            let span = Span::point(source, 0);
            let columns = Default::default();
            Input { kind, name: name.to_owned(), span, values, unread: false, columns }
        };
        texts.iter().map(input).collect()
    }

    fn checked(inputs: Vec<Input>) -> Model {
        let context = validate::Context {
            country: &|name| country_code(name).map(str::to_owned),
            date_order: DateOrder::DayFirst,
            language: "en",
        };
        let (model, found) = validate::validate(inputs, &context);
        assert!(!found.has_errors(), "{found:?}");
        model
    }

    fn only(values: Result<Vec<Value>, dossier::diag::Diagnostics>) -> Value {
        values.ok().and_then(|mut values| values.pop()).unwrap_or_else(|| panic!("no value"))
    }

    fn measure_validation(bencher: Bencher, records: usize, texts: &[Text]) {
        let inputs = inputs(&Sources::new(), texts);
        bencher
            .counter(ItemsCount::new(records))
            .with_inputs(|| inputs.clone())
            .bench_values(checked);
    }

    /// Fills the first paper of `document`, the gathering of its data included.
    fn measure_filling(bencher: Bencher, mandates: usize, rows: usize, document: &str) {
        let folder = workloads::folder(mandates, rows);
        let sources = Sources::new();
        let (project, found) = Project::open(folder.path(), &opening(), &sources)
            .unwrap_or_else(|unusable| panic!("{unusable:?}"));
        assert!(!found.has_errors(), "{found:?}");
        let (workshop, _) = project.workshop(&sources).unwrap_or_else(|found| panic!("{found:?}"));
        let job = project.jobs.iter().find(|job| job.document == document);
        let job = job.unwrap_or_else(|| panic!("no paper `{document}`"));
        bencher.bench(|| workshop.fill(job).unwrap_or_else(|found| panic!("{found:?}")));
    }
}

/// From HTML to the file.
mod pages {
    use std::fmt;

    use divan::Bencher;
    use divan::counter::{BytesCount, ItemsCount};
    use dossier::assets::Assets;
    use dossier::fonts::{FontBook, FontSources};
    use dossier::layout::{self, Laid, Pages};
    use dossier::markup::{self, Document};
    use dossier::origin::OriginMap;
    use dossier::press::{Kept, Press};
    use dossier::source::{Sources, Span};
    use dossier::style::{self, Sheets, Styled};
    use dossier::{diag::Diagnostics, pdf};

    use super::{opening, workloads};

    /// What is printed.
    #[derive(Clone, Copy)]
    enum Workload {
        Brief,
        Table(usize),
        Certificate(usize),
    }

    const WORKLOADS: [Workload; 3] =
        [Workload::Brief, Workload::Table(1_000), Workload::Table(20_000)];

    impl fmt::Display for Workload {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self {
                Workload::Brief => f.write_str("brief"),
                Workload::Table(rows) => write!(f, "{rows} rows"),
                Workload::Certificate(number) => write!(f, "certificate {number}"),
            }
        }
    }

    impl Workload {
        fn html(self) -> String {
            match self {
                Workload::Brief => workloads::brief(),
                Workload::Table(rows) => workloads::table(rows),
                Workload::Certificate(number) => workloads::certificate(number),
            }
        }
    }

    /// What the stages share.
    struct Shop {
        html: String,
        assets: Assets,
        sources: Sources,
        fonts: FontBook,
    }

    impl Shop {
        fn new(workload: Workload) -> Shop {
            let (assets, sources) = (Assets::builtin(), Sources::new());
            let fonts = open(&assets);
            Shop { html: workload.html(), assets, sources, fonts }
        }

        fn origins(&self) -> OriginMap {
            let source = self.sources.add("page.html", self.html.as_str());
            OriginMap::identity(Span::new(source, 0, self.html.len()))
        }

        fn press<'a>(&'a self, fonts: &'a FontBook, kept: &'a Kept) -> Press<'a> {
            let (assets, sources, created) = (&self.assets, &self.sources, opening().created);
            Press { assets, sources, fonts, kept, created, ends: false }
        }

        fn parse(&self) -> Document {
            sound(markup::parse(&self.html, self.origins()))
        }

        fn cascade(&self, document: &Document) -> Styled {
            let sheets = Sheets::new();
            sound(style::cascade_with(document, &self.assets, &self.sources, "", &[], &sheets))
        }

        fn lay_out(&self, document: &Document, styled: &Styled) -> Laid {
            sound(layout::lay_out(document, styled, &self.fonts, &self.assets, "", &self.sources))
        }
    }

    fn open(assets: &Assets) -> FontBook {
        sound(FontSources { assets: assets.clone(), folders: Vec::new(), system: false }.open())
    }

    /// What came of a stage; the workloads are without fault.
    fn sound<T>((made, found): (T, Diagnostics)) -> T {
        assert!(found.is_empty(), "{found:?}");
        made
    }

    #[divan::bench(args = WORKLOADS, sample_count = 20)]
    fn parse(bencher: Bencher, workload: Workload) {
        let shop = Shop::new(workload);
        bencher
            .counter(BytesCount::of_str(&shop.html))
            .with_inputs(|| shop.origins())
            .bench_values(|origins| sound(markup::parse(&shop.html, origins)));
    }

    #[divan::bench(args = WORKLOADS, sample_count = 20)]
    fn cascade(bencher: Bencher, workload: Workload) {
        let shop = Shop::new(workload);
        let document = shop.parse();
        bencher.bench(|| shop.cascade(&document));
    }

    #[divan::bench(args = WORKLOADS, sample_count = 20)]
    fn lay_out(bencher: Bencher, workload: Workload) {
        let shop = Shop::new(workload);
        let document = shop.parse();
        let styled = shop.cascade(&document);
        bencher.bench(|| shop.lay_out(&document, &styled));
    }

    /// All pages, one after the other, of a document whose breaks are decided.
    #[divan::bench(args = WORKLOADS, sample_count = 20)]
    fn make_pages(bencher: Bencher, workload: Workload) {
        let shop = Shop::new(workload);
        let document = shop.parse();
        let laid = shop.lay_out(&document, &shop.cascade(&document));
        bencher.bench(|| (0..laid.count()).map(|page| laid.page(page).items.len()).sum::<usize>());
    }

    /// Making the pages included.
    #[divan::bench(args = WORKLOADS, sample_count = 20)]
    fn write(bencher: Bencher, workload: Workload) {
        let shop = Shop::new(workload);
        let document = shop.parse();
        let laid = shop.lay_out(&document, &shop.cascade(&document));
        let options = pdf::Options {
            created: opening().created,
            producer: "Bench".to_owned(),
            id_seed: 0,
            claims: Default::default(),
            attachments: Vec::new(),
        };
        bencher.bench(|| {
            pdf::write(&laid, &shop.fonts, &options).unwrap_or_else(|why| panic!("{why}"))
        });
    }

    #[divan::bench(sample_count = 20)]
    fn open_fonts() -> FontBook {
        open(&Assets::builtin())
    }

    /// The whole, with fonts that nobody has used yet, as in a process of its own.
    #[divan::bench(args = WORKLOADS, sample_count = 20)]
    fn print(bencher: Bencher, workload: Workload) {
        let shop = Shop::new(workload);
        bencher
            .counter(BytesCount::of_str(&shop.html))
            .with_inputs(|| shop.origins())
            .bench_values(|origins| {
                let (fonts, kept) = (open(&shop.assets), Kept::default());
                let press = shop.press(&fonts, &kept);
                sound(press.print(&shop.html, origins, "", Default::default()))
            });
    }

    /// So many papers of one page, one after the other, that share fonts and what is compressed.
    #[divan::bench(args = [1, 100], sample_count = 20)]
    fn certificates(bencher: Bencher, count: usize) {
        let shop = Shop::new(Workload::Certificate(0));
        let papers: Vec<(String, OriginMap)> = (0..count)
            .map(|number| {
                let html = Workload::Certificate(number).html();
                let source = shop.sources.add("page.html", html.as_str());
                let origins = OriginMap::identity(Span::new(source, 0, html.len()));
                (html, origins)
            })
            .collect();
        bencher.counter(ItemsCount::new(count)).with_inputs(|| papers.clone()).bench_values(
            |papers| {
                let (fonts, kept) = (open(&shop.assets), Kept::default());
                let press = shop.press(&fonts, &kept);
                let print = |(html, origins): (String, OriginMap)| {
                    sound(press.print(&html, origins, "", Default::default()))
                        .map_or(0, |paper| paper.bytes.len())
                };
                papers.into_iter().map(print).sum::<usize>()
            },
        );
    }
}

/// The sample project.
mod sample {
    use std::path::Path;

    use divan::Bencher;
    use dossier::project::{Project, Workshop};
    use dossier::source::Sources;

    use super::opening;

    fn project(sources: &Sources) -> Project {
        match Project::open(Path::new(env!("CARGO_MANIFEST_DIR")), &opening(), sources) {
            Ok((project, _)) => project,
            Err(unusable) => panic!("{unusable:?}"),
        }
    }

    fn workshop<'a>(project: &'a Project, sources: &'a Sources) -> Workshop<'a> {
        project.workshop(sources).unwrap_or_else(|found| panic!("{found:?}")).0
    }

    fn papers() -> Vec<String> {
        project(&Sources::new()).jobs.into_iter().map(|job| job.output).collect()
    }

    /// Loads, validates and plans.
    #[divan::bench(sample_count = 20)]
    fn open() -> Project {
        project(&Sources::new())
    }

    /// One paper of those that a run makes, with fonts and stylesheets at hand.
    #[divan::bench(args = papers(), sample_count = 20)]
    fn paper(bencher: Bencher, output: &str) {
        let sources = Sources::new();
        let project = project(&sources);
        let workshop = workshop(&project, &sources);
        let job = project.jobs.iter().find(|job| job.output == output);
        let job = job.unwrap_or_else(|| panic!("no paper `{output}`"));
        bencher.bench(|| workshop.make(job));
    }

    /// Everything but writing the files, one paper after the other.
    #[divan::bench(sample_count = 20)]
    fn all() -> usize {
        let sources = Sources::new();
        let project = project(&sources);
        let workshop = workshop(&project, &sources);
        project.jobs.iter().filter(|job| workshop.make(job).0.is_some()).count()
    }
}
