//! Flex and grid (CSS Flexbox 1, CSS Grid 2, CSS Box Alignment 3).

use std::sync::Arc;

use cssparser::Token;

use super::super::computed::*;
use super::super::values::*;
use super::*;

/// A longhand of the boxed flex and grid values.
macro_rules! boxed {
    ($name:literal, $($field:ident).+, $parse:expr) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: false,
                early: false,
                copy: |to, from| {
                    let value = match &from.style.arrangement {
                        Some(own) => own.$($field).+.clone(),
                        None => Arrangement::INITIAL.$($field).+,
                    };
                    to.arrangement().$($field).+ = value;
                },
                parse: $parse,
            }),
        }
    };
}

macro_rules! line {
    ($name:literal, $pair:ident . $end:tt) => {
        Property {
            name: $name,
            kind: Kind::Longhand(Longhand {
                inherited: false,
                early: false,
                copy: |to, from| {
                    let own = from.style.arrangement.as_ref();
                    let value = own.map_or(GridLine::Auto, |own| own.$pair.$end);
                    to.arrangement().$pair.$end = value;
                },
                parse: |p, _| {
                    let line = grid_line(p)?;
                    set(move |draft, _| draft.arrangement().$pair.$end = line)
                },
            }),
        }
    };
}

macro_rules! alignment {
    ($name:literal, $field:ident, $initial:literal) => {
        boxed!($name, $field, |p, _| {
            let alignment = alignment(p, $initial)?;
            set(move |draft, _| draft.arrangement().$field = alignment)
        })
    };
}

/// `initial` is the word that only some of the properties take.
fn alignment(p: &mut Parser<'_>, initial: &str) -> Parsed<Alignment> {
    let _ = p.try_parse(|p| keyword(p, &[("safe", ()), ("unsafe", ()), ("first", ())]));
    let table = [
        ("normal", Alignment::Normal),
        ("start", Alignment::Start),
        ("end", Alignment::End),
        ("self-start", Alignment::Start),
        ("self-end", Alignment::End),
        ("left", Alignment::Start),
        ("right", Alignment::End),
        ("flex-start", Alignment::FlexStart),
        ("flex-end", Alignment::FlexEnd),
        ("center", Alignment::Center),
        ("baseline", Alignment::Baseline),
        ("stretch", Alignment::Stretch),
        ("space-between", Alignment::SpaceBetween),
        ("space-around", Alignment::SpaceAround),
        ("space-evenly", Alignment::SpaceEvenly),
    ];
    if initial == "auto" && takes(p, "auto") {
        return Ok(Alignment::Auto);
    }
    keyword(p, &table)
}

pub(super) const PROPERTIES: &[Property] = &[
    boxed!("flex-direction", flex_direction, |p, _| {
        let table = [
            ("row", FlexDirection::Row),
            ("row-reverse", FlexDirection::RowReverse),
            ("column", FlexDirection::Column),
            ("column-reverse", FlexDirection::ColumnReverse),
        ];
        let word = keyword(p, &table)?;
        set(move |draft, _| draft.arrangement().flex_direction = word)
    }),
    boxed!("flex-wrap", flex_wrap, |p, _| {
        let table = [
            ("nowrap", FlexWrap::Nowrap),
            ("wrap", FlexWrap::Wrap),
            ("wrap-reverse", FlexWrap::WrapReverse),
        ];
        let word = keyword(p, &table)?;
        set(move |draft, _| draft.arrangement().flex_wrap = word)
    }),
    boxed!("flex-grow", flex_grow, |p, _| {
        let factor = positive_number(p)?;
        set(move |draft, _| draft.arrangement().flex_grow = factor)
    }),
    boxed!("flex-shrink", flex_shrink, |p, _| {
        let factor = positive_number(p)?;
        set(move |draft, _| draft.arrangement().flex_shrink = factor)
    }),
    boxed!("flex-basis", flex_basis, |p, _| {
        let basis = if takes(p, "content") { Measure::Auto } else { size(p, "auto")? };
        set(move |draft, context| {
            let basis = basis.resolve(&draft.bases(context));
            draft.arrangement().flex_basis = basis;
        })
    }),
    boxed!("order", order, |p, _| {
        let order = integer(p)?;
        set(move |draft, _| draft.arrangement().order = order)
    }),
    alignment!("align-items", align_items, "normal"),
    alignment!("align-self", align_self, "auto"),
    alignment!("align-content", align_content, "normal"),
    alignment!("justify-items", justify_items, "normal"),
    alignment!("justify-self", justify_self, "auto"),
    alignment!("justify-content", justify_content, "normal"),
    boxed!("row-gap", row_gap, |p, _| {
        let gap = if takes(p, "normal") { Linear::default() } else { positive(p)? };
        set(move |draft, context| {
            let gap = draft.length(&gap, context);
            draft.arrangement().row_gap = gap;
        })
    }),
    Property {
        name: "column-gap",
        kind: Kind::Longhand(Longhand {
            inherited: false,
            early: false,
            copy: |to, from| {
                let flex = from.style.arrangement.as_ref().and_then(|own| own.column_gap);
                let text = from.style.columns.as_ref().and_then(|own| own.gap);
                to.arrangement().column_gap = flex;
                to.columns().gap = text;
            },
            parse: |p, _| {
                let gap = if takes(p, "normal") { None } else { Some(positive(p)?) };
                set(move |draft, context| {
                    let gap = gap.map(|gap| draft.length(&gap, context));
                    draft.arrangement().column_gap = gap;
                    draft.columns().gap = gap;
                })
            },
        }),
    },
    boxed!("grid-template-columns", grid_template_columns, |p, _| {
        let list = template(p)?;
        set(move |draft, context| {
            let tracks = tracks(&list, &draft.bases(context));
            draft.arrangement().grid_template_columns = tracks;
        })
    }),
    boxed!("grid-template-rows", grid_template_rows, |p, _| {
        let list = template(p)?;
        set(move |draft, context| {
            let tracks = tracks(&list, &draft.bases(context));
            draft.arrangement().grid_template_rows = tracks;
        })
    }),
    boxed!("grid-auto-columns", grid_auto_columns, |p, _| {
        let list = track_sizes(p)?;
        set(move |draft, context| {
            let bases = draft.bases(context);
            let sizes = list.iter().map(|size| size.resolve(&bases)).collect();
            draft.arrangement().grid_auto_columns = sizes;
        })
    }),
    boxed!("grid-auto-rows", grid_auto_rows, |p, _| {
        let list = track_sizes(p)?;
        set(move |draft, context| {
            let bases = draft.bases(context);
            let sizes = list.iter().map(|size| size.resolve(&bases)).collect();
            draft.arrangement().grid_auto_rows = sizes;
        })
    }),
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
    shorthand!("grid-row", ["grid-row-start", "grid-row-end"], |p, values| lines(
        &["grid-row-start", "grid-row-end"],
        p,
        values
    )),
    shorthand!("grid-column", ["grid-column-start", "grid-column-end"], |p, values| lines(
        &["grid-column-start", "grid-column-end"],
        p,
        values
    )),
    shorthand!(
        "grid-area",
        ["grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end"],
        |p, values| lines(
            &["grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end"],
            p,
            values
        )
    ),
    shorthand!("gap", ["row-gap", "column-gap"], |p, values| values
        .pair(["row-gap", "column-gap"], p)),
    shorthand!("flex-flow", ["flex-direction", "flex-wrap"], |p, values| values
        .any_order(&["flex-direction", "flex-wrap"], p)),
    shorthand!("flex", ["flex-grow", "flex-shrink", "flex-basis"], flex),
    shorthand!("place-items", ["align-items", "justify-items"], |p, values| values
        .pair(["align-items", "justify-items"], p)),
    shorthand!("place-content", ["align-content", "justify-content"], |p, values| values
        .pair(["align-content", "justify-content"], p)),
    shorthand!("place-self", ["align-self", "justify-self"], |p, values| values
        .pair(["align-self", "justify-self"], p)),
    shorthand!("grid-template", ["grid-template-rows", "grid-template-columns"], |p, values| {
        values.parse("grid-template-rows", p)?;
        p.expect_delim('/')?;
        values.parse("grid-template-columns", p)
    }),
];

/// CSS Flexbox 1 §7.1.1.
fn flex(p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    let numbers = |values: &mut Expansion<'_>, grow: f32, shrink: f32| -> Parsed<()> {
        values.set("flex-grow", set(move |draft, _| draft.arrangement().flex_grow = grow)?);
        values.set("flex-shrink", set(move |draft, _| draft.arrangement().flex_shrink = shrink)?);
        Ok(())
    };
    if takes(p, "none") {
        values.initial("flex-basis");
        return numbers(values, 0.0, 0.0);
    }
    let mut basis = values.try_parse_sized("flex-basis", p);
    let grow = p.try_parse(positive_number).ok();
    let shrink = grow.and_then(|_| p.try_parse(positive_number).ok());
    numbers(values, grow.unwrap_or(1.0), shrink.unwrap_or(1.0))?;
    if !basis {
        basis = values.try_parse("flex-basis", p);
    }
    match (basis, grow) {
        (true, _) => {}
        (false, None) => return unexpected(),
        (false, Some(_)) => {
            let zero = Extent::Length(Length::ZERO);
            values.set("flex-basis", set(move |draft, _| draft.arrangement().flex_basis = zero)?);
        }
    }
    Ok(())
}

/// Lines with `/` between them; the ones that are left out are `auto`.
fn lines(names: &[&'static str], p: &mut Parser<'_>, values: &mut Expansion<'_>) -> Parsed<()> {
    let mut left = names.iter();
    if let Some(first) = left.next() {
        values.parse(first, p)?;
    }
    for name in left {
        if p.try_parse(|p| p.expect_delim('/')).is_ok() {
            values.parse(name, p)?;
        } else {
            values.initial(name);
        }
    }
    Ok(())
}

fn grid_line(p: &mut Parser<'_>) -> Parsed<GridLine> {
    if takes(p, "auto") {
        return Ok(GridLine::Auto);
    }
    if takes(p, "span") {
        return count(p).map(GridLine::Span);
    }
    match i16::try_from(integer(p)?) {
        Ok(line) if line != 0 => Ok(GridLine::Line(line)),
        _ => refuse("a line's number is not 0"),
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

enum TrackSpec {
    Single(SizeSpec),
    Auto { fit: bool, sizes: Vec<SizeSpec> },
}

/// `repeat()` with a number is written out up to this many tracks.
const MAX_TRACKS: usize = 1000;

fn tracks(list: &[TrackSpec], bases: &Bases) -> Vec<Track> {
    let track = |spec: &TrackSpec| match spec {
        TrackSpec::Single(size) => Track::Single(size.resolve(bases)),
        TrackSpec::Auto { fit, sizes } => Track::AutoRepeat {
            fit: *fit,
            sizes: sizes.iter().map(|size| size.resolve(bases)).collect::<Arc<[_]>>(),
        },
    };
    list.iter().map(track).collect()
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

fn template(p: &mut Parser<'_>) -> Parsed<Vec<TrackSpec>> {
    if takes(p, "none") {
        return Ok(Vec::new());
    }
    let mut list = Vec::new();
    loop {
        if let Ok(size) = p.try_parse(track_size) {
            list.push(TrackSpec::Single(size));
        } else if p.try_parse(|p| p.expect_function_matching("repeat")).is_ok() {
            p.parse_nested_block(|p| repeat(p, &mut list))?;
        } else {
            break;
        }
        if list.len() > MAX_TRACKS {
            return refuse(format!("more than {MAX_TRACKS} tracks"));
        }
    }
    if list.is_empty() { unexpected() } else { Ok(list) }
}

fn repeat(p: &mut Parser<'_>, list: &mut Vec<TrackSpec>) -> Parsed<()> {
    let words = [("auto-fill", false), ("auto-fit", true)];
    if let Ok(fit) = p.try_parse(|p| keyword(p, &words)) {
        p.expect_comma()?;
        list.push(TrackSpec::Auto { fit, sizes: track_sizes(p)? });
        return Ok(());
    }
    let times = usize::from(count(p)?);
    p.expect_comma()?;
    let sizes = track_sizes(p)?;
    if times.saturating_mul(sizes.len()) > MAX_TRACKS {
        return refuse(format!("more than {MAX_TRACKS} tracks"));
    }
    for _ in 0..times {
        list.extend(sizes.iter().map(|size| TrackSpec::Single(*size)));
    }
    Ok(())
}
