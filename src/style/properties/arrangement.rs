//! Flex containers, alignment and gaps (CSS Flexbox 1, CSS Box Alignment 3).

use super::super::computed::*;
use super::super::values::*;
use super::*;

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
        let basis = if takes(p, "content") { Measure::MaxContent } else { size(p, "auto")? };
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
