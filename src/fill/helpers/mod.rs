//! The helpers that templates may call, one to a file, and their table.

pub(in crate::fill) mod block;

mod anchor;
mod arithmetic;
mod capital;
mod chart;
mod compare;
mod concat;
mod condition;
mod contact_card;
mod count;
mod country;
mod date;
mod date_range;
mod each;
mod first;
mod group;
mod has;
mod href;
mod join;
mod labelled;
mod language;
mod length;
mod letter;
mod list;
mod logic;
mod lookup;
mod mandate_line;
mod markdown;
mod number;
mod option;
mod paper;
pub(super) mod partial;
mod people;
mod qr;
mod repeat;
mod sheet;
mod slug;
mod sort;
mod text;
mod timeline;
mod upper;
mod weekday;
mod r#where;
mod with;
mod word;

use serde_json::Value as Json;

pub(in crate::fill) use block::{Block, BlockKind};

use super::call::Call;
use super::fault::Fault;
use super::instrument::{PARTIAL, VALUE};

/// A helper as the table has it.
pub(in crate::fill) struct Helper {
    pub(in crate::fill) name: &'static str,
    pub(in crate::fill) run: Run,
    /// Fewest and most arguments.
    pub(in crate::fill) arguments: (usize, usize),
    pub(in crate::fill) options: Options,
    /// Whether an argument may be null.
    pub(in crate::fill) takes_null: bool,
    /// Whether an argument may be a path that leads nowhere.
    pub(in crate::fill) takes_missing: bool,
}

/// What a helper does.
#[derive(Clone, Copy)]
pub(in crate::fill) enum Run {
    /// Gives a value, which is escaped when it is printed.
    Value(fn(&Call) -> Result<Json, Fault>),
    /// Gives HTML, which is printed as it is.
    Markup(fn(&Call) -> Result<String, Fault>),
    /// Fills a part of the template.
    Block(BlockKind),
    /// Prints its argument.
    Print,
}

/// Which options a helper knows.
#[derive(Clone, Copy)]
pub(in crate::fill) enum Options {
    These(&'static [&'static str]),
    Any,
}

/// What a name may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fill) enum Kind {
    Value,
    Markup,
    Block,
}

const MANY: usize = usize::MAX;

const fn value(
    name: &'static str,
    arguments: (usize, usize),
    options: &'static [&'static str],
    run: fn(&Call) -> Result<Json, Fault>,
) -> Helper {
    let options = Options::These(options);
    Helper {
        name,
        run: Run::Value(run),
        arguments,
        options,
        takes_null: false,
        takes_missing: false,
    }
}

const fn markup(
    name: &'static str,
    arguments: (usize, usize),
    options: &'static [&'static str],
    run: fn(&Call) -> Result<String, Fault>,
) -> Helper {
    let options = Options::These(options);
    Helper {
        name,
        run: Run::Markup(run),
        arguments,
        options,
        takes_null: false,
        takes_missing: false,
    }
}

const fn block(name: &'static str, kind: BlockKind, takes_null: bool) -> Helper {
    let options = Options::These(&[]);
    Helper {
        name,
        run: Run::Block(kind),
        arguments: (1, 1),
        options,
        takes_null,
        takes_missing: false,
    }
}

const fn with_null(helper: Helper) -> Helper {
    Helper { takes_null: true, ..helper }
}

const fn with_any_option(helper: Helper) -> Helper {
    Helper { options: Options::Any, ..helper }
}

/// Every helper; the two internal ones have names that no template can write.
static HELPERS: &[Helper] = &[
    value("allow-options", (1, 1), &[], option::allow),
    value("anchor", (1, 1), &["paper"], anchor::run),
    with_null(value("and", (1, MANY), &[], logic::and)),
    markup("bars", (1, 1), chart::options!["value", "direction"], chart::bars::run),
    value("capital", (1, 1), &[], capital::run),
    value("concat", (1, MANY), &[], concat::run),
    value("contact-card", (1, 1), &["fields"], contact_card::run),
    value("count", (1, 2), &[], count::run),
    value("country", (1, 1), &[], country::run),
    markup("crop-marks", (1, 1), &[], sheet::marks::run),
    value("date", (1, 1), &["style"], date::run),
    with_null(value("date-range", (2, 2), &[], date_range::run)),
    markup("donut", (1, 1), chart::options!["value"], chart::donut::run),
    block("each", BlockKind::Each, true),
    with_null(value("eq", (2, 2), &[], compare::eq)),
    value("field", (2, 2), &[], people::field::run),
    value("first", (1, 1), &[], first::run),
    value("full-name", (1, 1), &["style", "address"], people::full_name::run),
    value("group", (1, 1), &["by", "order"], group::run),
    value("gt", (2, 2), &[], compare::gt),
    value("gte", (2, 2), &[], compare::gte),
    Helper { takes_missing: true, ..with_null(value("has", (2, 2), &[], has::run)) },
    value("href", (1, 1), &["paper"], href::run),
    block("if", BlockKind::If, true),
    value("in-groups", (1, 1), &["by"], people::in_groups::run),
    value("in-order", (1, 1), &["rule"], people::in_order::run),
    value("join", (2, 2), &["key"], join::run),
    value("labelled", (1, 1), &["words", "countries"], labelled::run),
    value("language", (1, 1), &[], language::run),
    value("length", (1, 1), &[], length::run),
    value("letter", (1, 1), &[], letter::run),
    value("list", (1, 1), &["key", "type"], list::run),
    value("list-columns", (1, 1), &["default", "group"], people::columns::run),
    value("lookup", (2, 2), &[], lookup::run),
    value("lower", (1, 1), &[], upper::lower),
    value("lt", (2, 2), &[], compare::lt),
    value("lte", (2, 2), &[], compare::lte),
    with_null(value(
        "mandate-line",
        (0, 1),
        &["donors", "countries", "start", "end", "dates"],
        mandate_line::run,
    )),
    markup("markdown", (1, 1), &["level", "inline"], markdown::run),
    value("minus", (2, 2), &[], arithmetic::minus),
    with_null(value("ne", (2, 2), &[], compare::ne)),
    with_null(value("not", (1, 1), &[], logic::not)),
    value("number", (1, 1), &["decimals"], number::run),
    value("on-sheet", (2, 2), &["speakers"], people::on_sheet::run),
    value("option", (1, 1), &["default", "among", "list"], option::run),
    value("plus", (2, 2), &[], arithmetic::plus),
    with_null(value("or", (1, MANY), &[], logic::or)),
    markup("paper", (1, 1), &[], paper::run),
    markup("qr", (1, 1), &["alt", "quiet", "width"], qr::run),
    block("repeat", BlockKind::Repeat, false),
    Helper { takes_missing: true, ..with_null(value("sheet", (1, 1), &[], sheet::run)) },
    value("slug", (1, 1), &[], slug::run),
    value("sort", (1, 1), &["by"], sort::run),
    markup(
        "stacked-bars",
        (1, 1),
        chart::options!["values", "by", "words", "rest"],
        chart::stacked::run,
    ),
    value("text", (1, 1), &[], text::run),
    markup(
        "timeline",
        (1, 1),
        &[
            "label",
            "start",
            "end",
            "until",
            "today",
            "group",
            "words",
            "milestones",
            "width",
            "row",
            "alt",
        ],
        timeline::run,
    ),
    block("unless", BlockKind::Unless, true),
    value("upper", (1, 1), &[], upper::upper),
    value("weekday", (1, 1), &[], weekday::run),
    with_null(with_any_option(value("where", (1, 3), &[], r#where::run))),
    block("with", BlockKind::With, true),
    with_any_option(value("word", (1, 1), &[], word::run)),
    Helper { arguments: (1, 1), run: Run::Print, ..value(VALUE, (1, 1), &[], text::run) },
    with_null(with_any_option(Helper {
        arguments: (1, 2),
        ..block(PARTIAL, BlockKind::Partial, true)
    })),
];

/// All helpers.
pub(in crate::fill) fn all() -> impl Iterator<Item = &'static Helper> {
    HELPERS.iter()
}

/// The helper with this name, if templates may write it.
pub(in crate::fill) fn find(name: &str) -> Option<&'static Helper> {
    HELPERS.iter().find(|helper| helper.name == name)
}

/// What the name may be used for.
pub(in crate::fill) fn kind(name: &str) -> Option<Kind> {
    find(name).map(|helper| match helper.run {
        Run::Value(_) | Run::Print => Kind::Value,
        Run::Markup(_) => Kind::Markup,
        Run::Block(_) => Kind::Block,
    })
}

/// The names that templates may write.
pub(in crate::fill) fn names() -> impl Iterator<Item = &'static str> {
    HELPERS.iter().map(|helper| helper.name).filter(|name| *name != VALUE && *name != PARTIAL)
}
