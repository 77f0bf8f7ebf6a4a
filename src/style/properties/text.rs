//! Text (CSS Text 3, CSS Text Decoration 3, CSS Writing Modes 3).

use super::super::color::color;
use super::super::computed::*;
use super::super::values::*;
use super::*;
use crate::geom::Pt;
use std::sync::Arc;

const DECORATION: &[&str] = &[
    "text-decoration-line",
    "text-decoration-style",
    "text-decoration-color",
    "text-decoration-thickness",
];

/// How small letters of a fitted block become where it does not say (`-dossier-fit: shrink`).
const SMALLEST_FITTED: Pt = Pt(6.0);

const ALIGNMENTS: &[(&str, TextAlign)] = &[
    ("start", TextAlign::Start),
    ("end", TextAlign::End),
    ("left", TextAlign::Left),
    ("right", TextAlign::Right),
    ("center", TextAlign::Center),
    ("justify", TextAlign::Justify),
];

pub(super) const PROPERTIES: &[Property] = &[
    Property {
        name: "text-align",
        kind: Kind::Longhand(Longhand {
            inherited: true,
            early: false,
            copy: |to, from| {
                to.style.text_align = from.style.text_align;
                to.style.text_align_char = from.style.text_align_char;
            },
            parse: text_align,
        }),
    },
    words!("text-align-last", true, style.text_align_last, TextAlign {
        "auto" => Auto, "start" => Start, "end" => End, "left" => Left, "right" => Right,
        "center" => Center, "justify" => Justify,
    }),
    longhand!("text-indent", true, style.text_indent, |p, _| {
        let (mut length, mut hanging, mut each_line) = (None, false, false);
        loop {
            if !hanging && takes(p, "hanging") {
                hanging = true;
            } else if !each_line && takes(p, "each-line") {
                each_line = true;
            } else if length.is_none()
                && let Ok(own) = p.try_parse(length_percentage)
            {
                length = Some(own);
            } else {
                break;
            }
        }
        let Some(length) = length else { return refuse("a length or a percentage is wanted") };
        set(move |draft, context| {
            let length = draft.length(&length, context);
            draft.style.text_indent = TextIndent { length, hanging, each_line };
        })
    }),
    words!("text-transform", true, style.text_transform, TextTransform {
        "none" => None, "uppercase" => Uppercase, "lowercase" => Lowercase,
        "capitalize" => Capitalize,
    }),
    longhand!("letter-spacing", true, style.letter_spacing, |p, _| {
        let spacing = if takes(p, "normal") { Linear::default() } else { length(p)? };
        set(move |draft, context| draft.style.letter_spacing = draft.points(&spacing, context))
    }),
    longhand!("word-spacing", true, style.word_spacing, |p, _| {
        let spacing = if takes(p, "normal") { Linear::default() } else { length(p)? };
        set(move |draft, context| draft.style.word_spacing = draft.points(&spacing, context))
    }),
    words!("white-space", true, style.white_space, WhiteSpace {
        "normal" => Normal, "nowrap" => Nowrap, "pre" => Pre, "pre-wrap" => PreWrap,
        "break-spaces" => BreakSpaces, "pre-line" => PreLine,
    }),
    longhand!("text-wrap", true, style.text_wrap, |p, _| {
        let words = [
            ("wrap", TextWrap::Wrap),
            ("balance", TextWrap::Balance),
            ("pretty", TextWrap::Wrap),
            ("stable", TextWrap::Wrap),
        ];
        let wrap = keyword(p, &words)?;
        set(move |draft, _| draft.style.text_wrap = wrap)
    }),
    longhand!("tab-size", true, style.tab_size, |p, _| {
        if let Ok(spaces) = p.try_parse(positive_number) {
            return set(move |draft, _| draft.style.tab_size = TabSize::Spaces(spaces));
        }
        let length = length(p)?;
        set(move |draft, context| {
            draft.style.tab_size = TabSize::Length(draft.points(&length, context));
        })
    }),
    words!("hyphens", true, style.hyphens, Hyphens {
        "manual" => Manual, "none" => None, "auto" => Auto,
    }),
    longhand!("hyphenate-limit-chars", true, style.hyphenate_limits, |p, _| {
        let part = |p: &mut Parser<'_>| -> Parsed<u8> {
            if takes(p, "auto") {
                return Ok(0);
            }
            u8::try_from(integer(p)?).or_else(|_| refuse("a number from 0 to 255 is wanted"))
        };
        let word = part(p)?;
        let before = p.try_parse(part).ok();
        let after = p.try_parse(part).ok().or(before).unwrap_or(0);
        let limits = (word, before.unwrap_or(0), after);
        set(move |draft, _| draft.style.hyphenate_limits = limits)
    }),
    words!("overflow-wrap", true, style.overflow_wrap, OverflowWrap {
        "normal" => Normal, "anywhere" => Anywhere, "break-word" => BreakWord,
    }),
    words!("word-wrap", true, style.overflow_wrap, OverflowWrap {
        "normal" => Normal, "anywhere" => Anywhere, "break-word" => BreakWord,
    }),
    words!("word-break", true, style.word_break, WordBreak {
        "normal" => Normal, "break-all" => BreakAll, "keep-all" => KeepAll,
    }),
    Property {
        name: "direction",
        kind: Kind::Longhand(Longhand {
            inherited: true,
            early: true,
            copy: |to, from| to.style.direction = from.style.direction,
            parse: |p, _| {
                let word = keyword(p, &[("ltr", Direction::Ltr), ("rtl", Direction::Rtl)])?;
                set(move |draft, _| draft.style.direction = word)
            },
        }),
    },
    words!("unicode-bidi", false, style.unicode_bidi, UnicodeBidi {
        "normal" => Normal, "embed" => Embed, "isolate" => Isolate,
        "bidi-override" => BidiOverride, "isolate-override" => IsolateOverride,
        "plaintext" => Plaintext,
    }),
    longhand!("vertical-align", false, style.vertical_align, |p, _| {
        use VerticalKeyword as Word;
        let table = [
            ("baseline", Word::Baseline),
            ("sub", Word::Sub),
            ("super", Word::Super),
            ("text-top", Word::TextTop),
            ("text-bottom", Word::TextBottom),
            ("top", Word::Top),
            ("middle", Word::Middle),
            ("bottom", Word::Bottom),
        ];
        if let Ok(word) = p.try_parse(|p| keyword(p, &table)) {
            return set(move |draft, _| draft.style.vertical_align = VerticalAlign::Keyword(word));
        }
        let raise = length_percentage(p)?;
        set(move |draft, context| {
            draft.style.vertical_align = VerticalAlign::Length(draft.length(&raise, context));
        })
    }),
    Property {
        name: "text-decoration-line",
        kind: Kind::Longhand(Longhand {
            inherited: false,
            early: false,
            copy: |to, from| {
                let from = from.style.decoration;
                let to = &mut to.style.decoration;
                to.underline = from.underline;
                to.overline = from.overline;
                to.line_through = from.line_through;
            },
            parse: decoration_line,
        }),
    },
    words!("text-decoration-style", false, style.decoration.style, DecorationStyle {
        "solid" => Solid, "double" => Double, "dotted" => Dotted, "dashed" => Dashed,
        "wavy" => Wavy,
    }),
    longhand!("text-underline-offset", true, style.underline.offset, |p, _| {
        if takes(p, "auto") {
            return set(|draft, _| draft.style.underline.offset = None);
        }
        let offset = length_percentage(p)?;
        set(move |draft, context| {
            let size = draft.style.font.size;
            let offset = draft.length(&offset, context).resolve(size);
            draft.style.underline.offset = Some(offset);
        })
    }),
    longhand!("text-underline-position", true, style.underline.under, |p, _| {
        let under = keyword(p, &[("auto", false), ("from-font", false), ("under", true)])?;
        set(move |draft, _| draft.style.underline.under = under)
    }),
    longhand!("text-decoration-skip-ink", true, style.underline.skip_ink, |p, _| {
        let skip = keyword(p, &[("auto", true), ("all", true), ("none", false)])?;
        set(move |draft, _| draft.style.underline.skip_ink = skip)
    }),
    longhand!("text-decoration-color", false, style.decoration.color, |p, _| {
        let paint = color(p)?;
        set(move |draft, _| {
            draft.style.decoration.color = Some(paint.resolve(draft.style.color));
        })
    }),
    longhand!("text-decoration-thickness", false, style.decoration.thickness, |p, _| {
        if takes(p, "auto") || takes(p, "from-font") {
            return set(|draft, _| draft.style.decoration.thickness = None);
        }
        let thickness = positive(p)?;
        set(move |draft, context| {
            let size = draft.style.font.size;
            let thickness = draft.length(&thickness, context).resolve(size);
            draft.style.decoration.thickness = Some(thickness);
        })
    }),
    shorthand!(
        "text-decoration",
        [
            "text-decoration-line",
            "text-decoration-style",
            "text-decoration-color",
            "text-decoration-thickness"
        ],
        |p, values| values.any_order(DECORATION, p)
    ),
    longhand!("quotes", true, style.quotes, |p, _| {
        if takes(p, "auto") {
            return set(|draft, _| draft.style.quotes = None);
        }
        let mut pairs: Vec<(Arc<str>, Arc<str>)> = Vec::new();
        if !takes(p, "none") {
            pairs.push((string(p)?, string(p)?));
            while let Ok(open) = p.try_parse(string) {
                pairs.push((open, string(p)?));
            }
        }
        let pairs: Arc<[_]> = Arc::from(pairs);
        set(move |draft, _| draft.style.quotes = Some(Arc::clone(&pairs)))
    }),
    longhand!("-dossier-fit", false, style.fit, |p, _| {
        if takes(p, "none") {
            return set(|draft, _| draft.style.fit = None);
        }
        p.expect_ident_matching("shrink")?;
        let smallest = p.try_parse(|p| length(p).and_then(not_negative)).ok();
        set(move |draft, context| {
            let smallest = smallest.as_ref().map(|smallest| draft.points(smallest, context));
            draft.style.fit = Some(smallest.unwrap_or(SMALLEST_FITTED));
        })
    }),
    longhand!("-dossier-align-char", true, style.align_char, |p, _| {
        if takes(p, "none") {
            return set(|draft, _| draft.style.align_char = None);
        }
        let letter = one_letter(p)?;
        set(move |draft, _| draft.style.align_char = Some(letter))
    }),
];

/// A word, or a character that cells align on with or without a word for where the column of them
/// stands (CSS Text 4 §7.1).
fn text_align(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    if takes(p, "-dossier-ragged") {
        return set(|draft, context| {
            draft.style.text_align = match context.parent.text_align {
                TextAlign::Justify => TextAlign::Start,
                other => other,
            };
        });
    }
    let before = p.try_parse(|p| keyword(p, ALIGNMENTS)).ok();
    let mark = p.try_parse(one_letter).ok();
    let word = before.or_else(|| p.try_parse(|p| keyword(p, ALIGNMENTS)).ok());
    let align = match (word, mark) {
        (Some(word), _) => word,
        (None, Some(_)) => TextAlign::End,
        (None, None) => return unexpected(),
    };
    set(move |draft, _| {
        draft.style.text_align = align;
        draft.style.text_align_char = mark;
    })
}

fn one_letter(p: &mut Parser<'_>) -> Parsed<char> {
    let text = string(p)?;
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Ok(letter),
        _ => refuse("one character in quotes is wanted"),
    }
}

fn decoration_line(p: &mut Parser<'_>, _: &Env<'_>) -> Parsed<Effect> {
    let mut lines = (false, false, false);
    if !takes(p, "none") {
        let words = [("underline", 0_u8), ("overline", 1), ("line-through", 2)];
        let mut any = false;
        while let Ok(line) = p.try_parse(|p| keyword(p, &words)) {
            any = true;
            match line {
                0 => lines.0 = true,
                1 => lines.1 = true,
                _ => lines.2 = true,
            }
        }
        if !any {
            return unexpected();
        }
    }
    set(move |draft, _| {
        let decoration = &mut draft.style.decoration;
        (decoration.underline, decoration.overline, decoration.line_through) = lines;
    })
}
