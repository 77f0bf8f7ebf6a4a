//! Sides by the direction of writing (CSS Logical 1). Lines run across the page, blocks down it.

use super::*;

/// Gives a property that stands for another one, which depends on the direction of writing.
const fn logical(name: &'static str, ltr: &'static str, rtl: &'static str) -> Property {
    Property { name, kind: Kind::Logical { ltr, rtl } }
}

/// Gives the two ends of an axis in one.
macro_rules! ends {
    ($name:literal, $start:literal, $end:literal) => {
        shorthand!($name, [$start, $end], |p, values| values.pair([$start, $end], p))
    };
}

/// Gives the border of an edge, or of the two edges of an axis.
macro_rules! edge {
    ($name:literal, $width:literal, $style:literal, $color:literal) => {
        shorthand!($name, [$width, $style, $color], |p, values| values
            .any_order(&[$width, $style, $color], p))
    };
}

pub(super) const PROPERTIES: &[Property] = &[
    logical("margin-block-start", "margin-top", "margin-top"),
    logical("margin-block-end", "margin-bottom", "margin-bottom"),
    logical("margin-inline-start", "margin-left", "margin-right"),
    logical("margin-inline-end", "margin-right", "margin-left"),
    logical("padding-block-start", "padding-top", "padding-top"),
    logical("padding-block-end", "padding-bottom", "padding-bottom"),
    logical("padding-inline-start", "padding-left", "padding-right"),
    logical("padding-inline-end", "padding-right", "padding-left"),
    logical("inset-block-start", "top", "top"),
    logical("inset-block-end", "bottom", "bottom"),
    logical("inset-inline-start", "left", "right"),
    logical("inset-inline-end", "right", "left"),
    logical("border-block-start-width", "border-top-width", "border-top-width"),
    logical("border-block-end-width", "border-bottom-width", "border-bottom-width"),
    logical("border-inline-start-width", "border-left-width", "border-right-width"),
    logical("border-inline-end-width", "border-right-width", "border-left-width"),
    logical("border-block-start-style", "border-top-style", "border-top-style"),
    logical("border-block-end-style", "border-bottom-style", "border-bottom-style"),
    logical("border-inline-start-style", "border-left-style", "border-right-style"),
    logical("border-inline-end-style", "border-right-style", "border-left-style"),
    logical("border-block-start-color", "border-top-color", "border-top-color"),
    logical("border-block-end-color", "border-bottom-color", "border-bottom-color"),
    logical("border-inline-start-color", "border-left-color", "border-right-color"),
    logical("border-inline-end-color", "border-right-color", "border-left-color"),
    logical("border-start-start-radius", "border-top-left-radius", "border-top-right-radius"),
    logical("border-start-end-radius", "border-top-right-radius", "border-top-left-radius"),
    logical("border-end-start-radius", "border-bottom-left-radius", "border-bottom-right-radius"),
    logical("border-end-end-radius", "border-bottom-right-radius", "border-bottom-left-radius"),
    logical("inline-size", "width", "width"),
    logical("block-size", "height", "height"),
    logical("min-inline-size", "min-width", "min-width"),
    logical("min-block-size", "min-height", "min-height"),
    logical("max-inline-size", "max-width", "max-width"),
    logical("max-block-size", "max-height", "max-height"),
    ends!("margin-block", "margin-block-start", "margin-block-end"),
    ends!("margin-inline", "margin-inline-start", "margin-inline-end"),
    ends!("padding-block", "padding-block-start", "padding-block-end"),
    ends!("padding-inline", "padding-inline-start", "padding-inline-end"),
    ends!("inset-block", "inset-block-start", "inset-block-end"),
    ends!("inset-inline", "inset-inline-start", "inset-inline-end"),
    ends!("border-block-width", "border-block-start-width", "border-block-end-width"),
    ends!("border-block-style", "border-block-start-style", "border-block-end-style"),
    ends!("border-block-color", "border-block-start-color", "border-block-end-color"),
    edge!(
        "border-block-start",
        "border-block-start-width",
        "border-block-start-style",
        "border-block-start-color"
    ),
    edge!(
        "border-block-end",
        "border-block-end-width",
        "border-block-end-style",
        "border-block-end-color"
    ),
    edge!("border-block", "border-block-width", "border-block-style", "border-block-color"),
    ends!("border-inline-width", "border-inline-start-width", "border-inline-end-width"),
    ends!("border-inline-style", "border-inline-start-style", "border-inline-end-style"),
    ends!("border-inline-color", "border-inline-start-color", "border-inline-end-color"),
    edge!(
        "border-inline-start",
        "border-inline-start-width",
        "border-inline-start-style",
        "border-inline-start-color"
    ),
    edge!(
        "border-inline-end",
        "border-inline-end-width",
        "border-inline-end-style",
        "border-inline-end-color"
    ),
    edge!("border-inline", "border-inline-width", "border-inline-style", "border-inline-color"),
];
