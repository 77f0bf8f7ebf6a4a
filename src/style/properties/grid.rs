//! Grid containers and their items (CSS Grid 2).

use std::sync::Arc;

use cssparser::Token;

use super::super::computed::*;
use super::super::values::*;
use super::*;

macro_rules! line {
    ($name:literal, $pair:ident . $end:tt) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: false,
                early: false,
                copy: |to, from| {
                    let own = from.style.arrangement.as_ref();
                    let value = own.map_or(GridLine::Auto, |own| own.$pair.$end.clone());
                    to.arrangement().$pair.$end = value;
                },
                parse: |p, _| {
                    let line = grid_line(p)?;
                    set(move |draft, _| draft.arrangement().$pair.$end = line.clone())
                },
            }),
        }
    };
}

const ROW: [&str; 2] = ["grid-row-start", "grid-row-end"];
const COLUMN: [&str; 2] = ["grid-column-start", "grid-column-end"];
const AREA: [&str; 4] = ["grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end"];

pub(super) const PROPERTIES: &[Property] = &[
    boxed!("grid-template-columns", grid_template_columns, |p, _| { columns_effect(template(p)?) }),
    boxed!("grid-template-rows", grid_template_rows, |p, _| rows_effect(template(p)?)),
    boxed!("grid-template-areas", grid_template_areas, |p, _| {
        if takes(p, "none") {
            return areas_effect(None);
        }
        let mut rows = Vec::new();
        while let Ok(row) = p.try_parse(area_row) {
            rows.push(row);
        }
        areas_effect(Some(areas(&rows)?))
    }),
    boxed!("grid-auto-columns", grid_auto_columns, |p, _| auto_columns_effect(track_sizes(p)?)),
    boxed!("grid-auto-rows", grid_auto_rows, |p, _| auto_rows_effect(track_sizes(p)?)),
    boxed!("grid-auto-flow", grid_auto_flow, |p, _| {
        let word = |p: &mut Parser<'_>| keyword(p, &[("row", 0_u8), ("column", 1), ("dense", 2)]);
        let first = word(p)?;
        let second = p.try_parse(word).ok();
        let flow = match (first, second) {
            (0, None) => GridFlow::Row,
            (1, None) => GridFlow::Column,
            (2, None) | (0, Some(2)) | (2, Some(0)) => GridFlow::RowDense,
            (1, Some(2)) | (2, Some(1)) => GridFlow::ColumnDense,
            _ => return unexpected(),
        };
        set(move |draft, _| draft.arrangement().grid_auto_flow = flow)
    }),
    line!("grid-row-start", grid_row.0),
    line!("grid-row-end", grid_row.1),
    line!("grid-column-start", grid_column.0),
    line!("grid-column-end", grid_column.1),
    shorthand!("grid-row", ["grid-row-start", "grid-row-end"], |p, v| lines(&ROW, p, v)),
    shorthand!("grid-column", ["grid-column-start", "grid-column-end"], |p, v| {
        lines(&COLUMN, p, v)
    }),
    shorthand!(
        "grid-area",
        ["grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end"],
        |p, v| lines(&AREA, p, v)
    ),
    shorthand!(
        "grid-template",
        ["grid-template-rows", "grid-template-columns", "grid-template-areas"],
        whole_template
    ),
    shorthand!(
        "grid",
        [
            "grid-template-rows",
            "grid-template-columns",
            "grid-template-areas",
            "grid-auto-rows",
            "grid-auto-columns",
            "grid-auto-flow"
        ],
        grid
    ),
];

fn columns_effect(list: Template) -> Parsed<Effect> {
    set(move |draft, context| {
        let tracks = list.resolve(&draft.bases(context));
        draft.arrangement().grid_template_columns = tracks;
    })
}

fn rows_effect(list: Template) -> Parsed<Effect> {
    set(move |draft, context| {
        let tracks = list.resolve(&draft.bases(context));
        draft.arrangement().grid_template_rows = tracks;
    })
}

fn areas_effect(areas: Option<GridAreas>) -> Parsed<Effect> {
    let areas = areas.map(Arc::new);
    set(move |draft, _| draft.arrangement().grid_template_areas.clone_from(&areas))
}

fn auto_columns_effect(list: Vec<SizeSpec>) -> Parsed<Effect> {
    set(move |draft, context| {
        let bases = draft.bases(context);
        let sizes = list.iter().map(|size| size.resolve(&bases)).collect();
        draft.arrangement().grid_auto_columns = sizes;
    })
}

fn auto_rows_effect(list: Vec<SizeSpec>) -> Parsed<Effect> {
    set(move |draft, context| {
        let bases = draft.bases(context);
        let sizes = list.iter().map(|size| size.resolve(&bases)).collect();
        draft.arrangement().grid_auto_rows = sizes;
    })
}

/// Lines with `/` between them. One that is left out is `auto`, unless the one across from it (the
/// row's start for the column's) is nothing but a name: then it is the same name (§8.4).
fn lines(names: &[&'static str], p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    let mut bare: Vec<Option<Arc<str>>> = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        if index == 0 || p.try_parse(|p| p.expect_delim('/')).is_ok() {
            let start = p.state();
            bare.push(match grid_line(p)? {
                GridLine::Named(name, 0) => Some(name),
                _ => None,
            });
            p.reset(&start);
            values.parse(name, p)?;
            continue;
        }
        let across = if index == 3 { 1 } else { 0 };
        let word = bare.get(across).cloned().flatten();
        match &word {
            Some(word) => values.set(name, line_effect(name, Arc::clone(word))?),
            None => values.initial(name),
        }
        bare.push(word);
    }
    Ok(())
}

fn line_effect(property: &'static str, name: Arc<str>) -> Parsed<Effect> {
    set(move |draft, _| {
        let own = draft.arrangement();
        let line = match property {
            "grid-row-start" => &mut own.grid_row.0,
            "grid-row-end" => &mut own.grid_row.1,
            "grid-column-start" => &mut own.grid_column.0,
            _ => &mut own.grid_column.1,
        };
        *line = GridLine::Named(Arc::clone(&name), 0);
    })
}

/// `auto`, a number, a name, both, or `span` with either (§8.3).
fn grid_line(p: &mut Parser<'_>) -> Parsed<GridLine> {
    if takes(p, "auto") {
        return Ok(GridLine::Auto);
    }
    let mut spans = takes(p, "span");
    let (mut number, mut name) = (None, None);
    loop {
        if number.is_none()
            && let Ok(found) = p.try_parse(integer)
        {
            number = Some(found);
        } else if name.is_none()
            && let Ok(found) = p.try_parse(custom_ident)
        {
            name = Some(found);
        } else {
            break;
        }
    }
    spans |= takes(p, "span");
    let count = |number: i32| match u16::try_from(number) {
        Ok(count) if count >= 1 => Ok(count),
        _ => refuse("a whole number from 1 is wanted"),
    };
    match (spans, number, name) {
        (true, None, None) | (false, None, None) => unexpected(),
        (true, number, Some(name)) => Ok(GridLine::NamedSpan(name, number.map_or(Ok(1), count)?)),
        (true, Some(number), None) => Ok(GridLine::Span(count(number)?)),
        (false, Some(0), _) => refuse("a line's number is not 0"),
        (false, number, name) => match (i16::try_from(number.unwrap_or(0)), name) {
            (Ok(number), Some(name)) => Ok(GridLine::Named(name, number)),
            (Ok(number), None) => Ok(GridLine::Line(number)),
            (Err(_), _) => refuse("no grid has so many lines"),
        },
    }
}

/// A track's size as it is written.
#[derive(Clone, Copy)]
enum SizeSpec {
    Plain(Measure),
    Fraction(f32),
    MinMax(Measure, Result<Measure, f32>),
    Fit(Linear),
}

impl SizeSpec {
    fn resolve(&self, bases: &Bases) -> TrackSize {
        match self {
            SizeSpec::Plain(size) => TrackSize::Extent(size.resolve(bases)),
            SizeSpec::Fraction(fraction) => TrackSize::Fraction(*fraction),
            SizeSpec::MinMax(low, high) => TrackSize::MinMax(
                low.resolve(bases),
                match high {
                    Ok(high) => TrackMax::Extent(high.resolve(bases)),
                    Err(fraction) => TrackMax::Fraction(*fraction),
                },
            ),
            SizeSpec::Fit(length) => TrackSize::FitContent(length.resolve(bases)),
        }
    }
}

/// One row of `grid-template-areas`: each cell's area, if it is in one.
type AreaRow = Vec<Option<Arc<str>>>;

/// A line's names.
type Names = Vec<Arc<str>>;

enum TrackSpec {
    Single(SizeSpec),
    /// The names are of the lines before, between and after the tracks.
    Auto {
        fit: bool,
        sizes: Vec<SizeSpec>,
        names: Vec<Names>,
    },
}

/// A `grid-template-rows` or `-columns` as it is written.
#[derive(Default)]
struct Template {
    tracks: Vec<TrackSpec>,
    /// Of the lines before, between and after the tracks.
    names: Vec<Names>,
}

/// `repeat()` with a number is written out up to this many tracks.
const MAX_TRACKS: usize = 1000;

impl Template {
    fn resolve(&self, bases: &Bases) -> GridTracks {
        let track = |spec: &TrackSpec| match spec {
            TrackSpec::Single(size) => Track::Single(size.resolve(bases)),
            TrackSpec::Auto { fit, sizes, names } => Track::AutoRepeat {
                fit: *fit,
                sizes: sizes.iter().map(|size| size.resolve(bases)).collect::<Arc<[_]>>(),
                names: Arc::from(names.as_slice()),
            },
        };
        let any = self.names.iter().any(|names| !names.is_empty());
        GridTracks {
            tracks: self.tracks.iter().map(track).collect(),
            names: if any { self.names.clone() } else { Vec::new() },
        }
    }

    /// Names the line after the last track.
    fn name(&mut self, names: Names) {
        if self.names.len() <= self.tracks.len() {
            self.names.resize(self.tracks.len() + 1, Vec::new());
        }
        if let Some(line) = self.names.last_mut() {
            line.extend(names);
        }
    }

    fn push(&mut self, track: TrackSpec) {
        self.name(Vec::new());
        self.tracks.push(track);
        self.name(Vec::new());
    }
}

fn fraction(p: &mut Parser<'_>) -> Parsed<f32> {
    match p.next()? {
        Token::Dimension { value, unit, .. }
            if unit.eq_ignore_ascii_case("fr") && *value >= 0.0 =>
        {
            Ok(*value)
        }
        _ => unexpected(),
    }
}

fn track_size(p: &mut Parser<'_>) -> Parsed<SizeSpec> {
    if let Ok(fraction) = p.try_parse(fraction) {
        return Ok(SizeSpec::Fraction(fraction));
    }
    if let Ok(size) = p.try_parse(|p| size(p, "auto")) {
        return Ok(SizeSpec::Plain(size));
    }
    let name = p.expect_function()?.to_ascii_lowercase();
    p.parse_nested_block(|p| match name.as_str() {
        "minmax" => {
            let low = size(p, "auto")?;
            p.expect_comma()?;
            let high = match p.try_parse(fraction) {
                Ok(fraction) => Err(fraction),
                Err(_) => Ok(size(p, "auto")?),
            };
            Ok(SizeSpec::MinMax(low, high))
        }
        "fit-content" => Ok(SizeSpec::Fit(positive(p)?)),
        _ => refuse(format!("the track {name}() is not supported")),
    })
}

fn track_sizes(p: &mut Parser<'_>) -> Parsed<Vec<SizeSpec>> {
    let mut sizes = vec![track_size(p)?];
    while let Ok(size) = p.try_parse(track_size) {
        sizes.push(size);
    }
    Ok(sizes)
}

/// Names in brackets; none when there are no brackets.
fn line_names(p: &mut Parser<'_>) -> Names {
    let names = p.try_parse(|p| {
        p.expect_square_bracket_block()?;
        p.parse_nested_block(|p| {
            let mut names = Vec::new();
            while !p.is_exhausted() {
                names.push(custom_ident(p)?);
            }
            Ok(names)
        })
    });
    names.unwrap_or_default()
}

/// Sizes with names before, between and after them.
fn named_sizes(p: &mut Parser<'_>) -> Parsed<(Vec<SizeSpec>, Vec<Names>)> {
    let (mut sizes, mut names) = (Vec::new(), vec![line_names(p)]);
    while let Ok(size) = p.try_parse(track_size) {
        sizes.push(size);
        names.push(line_names(p));
    }
    if sizes.is_empty() { unexpected() } else { Ok((sizes, names)) }
}

fn template(p: &mut Parser<'_>) -> Parsed<Template> {
    let mut list = Template::default();
    if takes(p, "none") {
        return Ok(list);
    }
    loop {
        let names = line_names(p);
        list.name(names);
        if let Ok(size) = p.try_parse(track_size) {
            list.push(TrackSpec::Single(size));
        } else if p.try_parse(|p| p.expect_function_matching("repeat")).is_ok() {
            p.parse_nested_block(|p| repeat(p, &mut list))?;
        } else {
            break;
        }
        if list.tracks.len() > MAX_TRACKS {
            return refuse(format!("more than {MAX_TRACKS} tracks"));
        }
    }
    if list.tracks.is_empty() { unexpected() } else { Ok(list) }
}

fn repeat(p: &mut Parser<'_>, list: &mut Template) -> Parsed<()> {
    let words = [("auto-fill", false), ("auto-fit", true)];
    if let Ok(fit) = p.try_parse(|p| keyword(p, &words)) {
        p.expect_comma()?;
        let (sizes, names) = named_sizes(p)?;
        list.push(TrackSpec::Auto { fit, sizes, names });
        return Ok(());
    }
    let times = usize::from(count(p)?);
    p.expect_comma()?;
    let (sizes, names) = named_sizes(p)?;
    if times.saturating_mul(sizes.len()) > MAX_TRACKS {
        return refuse(format!("more than {MAX_TRACKS} tracks"));
    }
    for _ in 0..times {
        let mut names = names.iter();
        list.name(names.next().cloned().unwrap_or_default());
        for (size, names) in sizes.iter().zip(names) {
            list.push(TrackSpec::Single(*size));
            list.name(names.clone());
        }
    }
    Ok(())
}

/// One string of `grid-template-areas`: a name for each cell, or dots for none (§7.3).
fn area_row(p: &mut Parser<'_>) -> Parsed<AreaRow> {
    let text = p.expect_string()?;
    let cells: AreaRow = text
        .split_ascii_whitespace()
        .map(|cell| (!cell.bytes().all(|byte| byte == b'.')).then(|| Arc::from(cell)))
        .collect();
    if cells.is_empty() || cells.len() > MAX_TRACKS { unexpected() } else { Ok(cells) }
}

/// The areas that rows of cells draw; each has to be a rectangle.
fn areas(rows: &[AreaRow]) -> Parsed<GridAreas> {
    let columns = rows.first().map_or(0, Vec::len);
    if rows.is_empty() || rows.len() > MAX_TRACKS {
        return unexpected();
    }
    if rows.iter().any(|row| row.len() != columns) {
        return refuse("every row of areas has as many cells as the first");
    }
    let number = |index: usize| u16::try_from(index + 1).unwrap_or(u16::MAX);
    let mut areas: Vec<GridArea> = Vec::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, name) in row.iter().enumerate() {
            let Some(name) = name else { continue };
            match areas.iter_mut().find(|area| area.name == *name) {
                None => areas.push(GridArea {
                    name: Arc::clone(name),
                    rows: (number(y), number(y + 1)),
                    columns: (number(x), number(x + 1)),
                }),
                Some(area) => {
                    area.rows.1 = area.rows.1.max(number(y + 1));
                    area.columns.0 = area.columns.0.min(number(x));
                    area.columns.1 = area.columns.1.max(number(x + 1));
                }
            }
        }
    }
    for area in &areas {
        let inside = rows.iter().flatten().filter(|name| name.as_ref() == Some(&area.name)).count();
        let size =
            usize::from(area.rows.1 - area.rows.0) * usize::from(area.columns.1 - area.columns.0);
        if inside != size {
            return refuse(format!("the area `{}` is not a rectangle", area.name));
        }
    }
    let (row_count, column_count) = (number(rows.len() - 1), number(columns - 1));
    Ok(GridAreas { row_count, column_count, areas })
}

/// `grid-template` (§7.4): rows and columns, or rows of areas with their sizes.
fn whole_template(p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    let start = p.state();
    if takes(p, "none") && p.is_exhausted() {
        values.initial("grid-template-rows");
        values.initial("grid-template-columns");
        values.initial("grid-template-areas");
        return Ok(());
    }
    p.reset(&start);
    let drawn = p.try_parse(|p| -> Parsed<(Template, Vec<AreaRow>)> {
        let (mut template, mut rows) = (Template::default(), Vec::new());
        loop {
            let names = line_names(p);
            template.name(names);
            let Ok(row) = p.try_parse(area_row) else { break };
            rows.push(row);
            let size = p.try_parse(track_size).unwrap_or(SizeSpec::Plain(Measure::Auto));
            template.push(TrackSpec::Single(size));
        }
        if rows.is_empty() { unexpected() } else { Ok((template, rows)) }
    });
    let Ok((template, rows)) = drawn else {
        values.initial("grid-template-areas");
        values.parse("grid-template-rows", p)?;
        p.expect_delim('/')?;
        return values.parse("grid-template-columns", p);
    };
    values.set("grid-template-areas", areas_effect(Some(areas(&rows)?))?);
    values.set("grid-template-rows", rows_effect(template)?);
    if p.try_parse(|p| p.expect_delim('/')).is_ok() {
        values.parse("grid-template-columns", p)
    } else {
        values.initial("grid-template-columns");
        Ok(())
    }
}

/// `grid` (§7.8): a template, or one axis of it with tracks for what comes in the other.
fn grid(p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    let auto_flow = |p: &mut Parser<'_>| -> Parsed<bool> {
        let before = takes(p, "dense");
        p.expect_ident_matching("auto-flow")?;
        Ok(before || takes(p, "dense"))
    };
    for name in ["grid-auto-rows", "grid-auto-columns", "grid-auto-flow", "grid-template-areas"] {
        values.initial(name);
    }
    let flow = |flow: GridFlow| set(move |draft, _| draft.arrangement().grid_auto_flow = flow);
    if let Ok(dense) = p.try_parse(auto_flow) {
        let word = if dense { GridFlow::RowDense } else { GridFlow::Row };
        values.set("grid-auto-flow", flow(word)?);
        if let Ok(sizes) = p.try_parse(track_sizes) {
            values.set("grid-auto-rows", auto_rows_effect(sizes)?);
        }
        values.initial("grid-template-rows");
        p.expect_delim('/')?;
        return values.parse("grid-template-columns", p);
    }
    let start = p.state();
    let columns_flow = p.try_parse(|p| -> Parsed<(Template, bool)> {
        let rows = template(p)?;
        p.expect_delim('/')?;
        Ok((rows, auto_flow(p)?))
    });
    if let Ok((rows, dense)) = columns_flow {
        let word = if dense { GridFlow::ColumnDense } else { GridFlow::Column };
        values.set("grid-auto-flow", flow(word)?);
        if let Ok(sizes) = p.try_parse(track_sizes) {
            values.set("grid-auto-columns", auto_columns_effect(sizes)?);
        }
        values.set("grid-template-rows", rows_effect(rows)?);
        values.initial("grid-template-columns");
        return Ok(());
    }
    p.reset(&start);
    whole_template(p, values)
}
