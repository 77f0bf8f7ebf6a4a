//! A style in the making: what declarations write into.

use std::sync::{Arc, LazyLock};

use crate::geom::{Pt, Sides, Size};
use crate::markup::Element;

use super::computed::*;
use super::counter_style::CounterStyles;
use super::styled::Marks;
use super::values::{Bases, Linear};

/// What a declaration may look at beside the draft itself.
pub(crate) struct Context<'a> {
    /// The style that inherited values come from.
    pub parent: &'a ComputedStyle,
    /// The root element's font size.
    pub root_size: Pt,
    /// The root element's line height.
    pub root_line: Pt,
    /// The size of the document's plain page.
    pub view: Size,
    /// The element, for `attr()`.
    pub element: Option<&'a Element>,
    /// The document's own counter styles.
    pub counter_styles: &'a CounterStyles,
}

/// What a declaration does to a draft.
pub(crate) type Effect = Box<dyn Fn(&mut Draft, &Context<'_>) + Send + Sync>;

/// A style with the values whose computing has to wait for others.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The style so far.
    pub style: ComputedStyle,
    /// `position: sticky`, which stays at its place in the flow.
    pub is_sticky: bool,
    /// As declared; they compute to 0 where the style is `none`.
    pub border_width: Sides<Pt>,
    /// `None` is the element's own colour.
    pub border_color: Sides<Option<Color>>,
    pub rule_width: Pt,
    pub rule_color: Option<Color>,
    /// `background-image` and the lists that go with it, zipped at the end.
    pub images: Vec<Option<BackgroundImage>>,
    pub image_sizes: Vec<BackgroundSize>,
    pub image_positions: Vec<(Length, Length)>,
    pub image_repeats: Vec<(Repeat, Repeat)>,
    pub image_origins: Vec<BackgroundBox>,
    pub image_clips: Vec<BackgroundBox>,
    pub outline_width: Pt,
    /// `None` is the element's own colour.
    pub outline_color: Option<Color>,
    /// The properties of these names, which join `transform` at the end.
    pub translate: Option<(Length, Length)>,
    pub rotate: Option<f32>,
    pub scale: Option<(f32, f32)>,
    /// Of an `@page` rule only.
    pub page: PageBox,
}

/// The descriptors of `@page` that no element has.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PageBox {
    pub size: Option<PageSize>,
    pub marks: Marks,
    pub bleed: Option<Pt>,
    /// Of `@footnote` only; `None` is `normal`.
    pub border_clip: Option<Pt>,
}

/// `size`: a sheet, or a turn of the one that is set elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PageSize {
    Fixed(Size),
    Portrait,
    Landscape,
}

/// `medium`, the initial width of borders.
pub(crate) const MEDIUM: Pt = Pt::px(3.0);

/// The initial values of all properties.
pub(crate) static INITIAL: LazyLock<Draft> = LazyLock::new(|| {
    let mut draft = Draft::of(&ComputedStyle::initial());
    draft.border_color = Sides::all(None);
    draft.outline_color = None;
    draft
});

impl Draft {
    /// The draft that comes to `style`.
    pub fn of(style: &ComputedStyle) -> Draft {
        let width = |border: Border| match border.style {
            LineStyle::None | LineStyle::Hidden => MEDIUM,
            _ => border.width,
        };
        let rule = style.columns.as_ref().map(|columns| columns.rule);
        Draft {
            is_sticky: false,
            border_width: style.border.map(width),
            border_color: style.border.map(|border| Some(border.color)),
            rule_width: rule.map_or(MEDIUM, width),
            rule_color: rule.map(|rule| rule.color),
            images: style.background.iter().map(|layer| Some(layer.image.clone())).collect(),
            image_sizes: style.background.iter().map(|layer| layer.size).collect(),
            image_positions: style.background.iter().map(|layer| layer.position).collect(),
            image_repeats: style.background.iter().map(|layer| layer.repeat).collect(),
            image_origins: style.background.iter().map(|layer| layer.origin).collect(),
            image_clips: match style.background.is_empty() {
                true => vec![style.background_clip],
                false => style.background.iter().map(|layer| layer.clip).collect(),
            },
            outline_width: width(style.outline),
            outline_color: Some(style.outline.color),
            translate: None,
            rotate: None,
            scale: None,
            page: PageBox::default(),
            style: style.clone(),
        }
    }

    /// The draft of a child: inherited values from `parent`, the others initial.
    pub fn child_of(parent: &ComputedStyle) -> Draft {
        let mut draft = INITIAL.clone();
        let from = parent.clone();
        draft.style = ComputedStyle {
            font: from.font,
            color: from.color,
            color_place: from.color_place,
            line_height: from.line_height,
            text_align: from.text_align,
            text_align_char: from.text_align_char,
            text_align_last: from.text_align_last,
            text_indent: from.text_indent,
            text_transform: from.text_transform,
            letter_spacing: from.letter_spacing,
            word_spacing: from.word_spacing,
            white_space: from.white_space,
            text_wrap: from.text_wrap,
            underline: from.underline,
            tab_size: from.tab_size,
            hyphens: from.hyphens,
            hyphenate_limits: from.hyphenate_limits,
            overflow_wrap: from.overflow_wrap,
            word_break: from.word_break,
            direction: from.direction,
            visibility: from.visibility,
            list_style: from.list_style,
            list_image: from.list_image,
            list_position: from.list_position,
            border_collapse: from.border_collapse,
            border_spacing: from.border_spacing,
            caption_side: from.caption_side,
            empty_cells: from.empty_cells,
            orphans: from.orphans,
            widows: from.widows,
            quotes: from.quotes,
            language: from.language,
            align_char: from.align_char,
            ..draft.style
        };
        draft
    }

    /// What the relative units stand for once the font size is set.
    pub fn bases(&self, context: &Context<'_>) -> Bases {
        Bases {
            em: self.style.font.size,
            rem: context.root_size,
            view: context.view,
            line: line_height(&self.style),
            root_line: context.root_line,
        }
    }

    /// A length with its relative units known.
    pub fn length(&self, length: &Linear, context: &Context<'_>) -> Length {
        length.resolve(&self.bases(context))
    }

    /// An absolute length.
    pub fn points(&self, length: &Linear, context: &Context<'_>) -> Pt {
        self.length(length, context).points
    }

    /// Flex and grid values, made when first set.
    pub fn arrangement(&mut self) -> &mut Arrangement {
        Arc::make_mut(self.style.arrangement.get_or_insert_with(|| Arc::new(Arrangement::INITIAL)))
    }

    /// Column values, made when first set.
    pub fn columns(&mut self) -> &mut Columns {
        Arc::make_mut(self.style.columns.get_or_insert_with(|| Arc::new(Columns::INITIAL)))
    }

    /// The finished style.
    pub fn finish(mut self) -> ComputedStyle {
        let color = self.style.color;
        let side = |style: LineStyle, width: Pt, own: Option<Color>| Border {
            style,
            width: if matches!(style, LineStyle::None | LineStyle::Hidden) {
                Pt::ZERO
            } else {
                width
            },
            color: own.unwrap_or(color),
        };
        let (border, width, own) = (self.style.border, self.border_width, self.border_color);
        self.style.border = Sides {
            top: side(border.top.style, width.top, own.top),
            right: side(border.right.style, width.right, own.right),
            bottom: side(border.bottom.style, width.bottom, own.bottom),
            left: side(border.left.style, width.left, own.left),
        };
        if self.style.columns.is_some() {
            let (width, own) = (self.rule_width, self.rule_color);
            let columns = self.columns();
            columns.rule = side(columns.rule.style, width, own);
        }
        self.style.outline = side(self.style.outline.style, self.outline_width, self.outline_color);
        self.style.background = self.layers();
        let lowest = self.images.len().max(1) - 1;
        self.style.background_clip = nth(&self.image_clips, lowest, BackgroundBox::BorderBox);
        self.join_transforms();
        if self.is_sticky {
            self.style.inset = Sides::all(Extent::Auto);
        }
        self.block_outside_of_the_flow();
        self.style
    }

    fn layers(&self) -> Arc<[BackgroundLayer]> {
        let images = self.images.iter().enumerate();
        images
            .filter_map(|(index, image)| {
                Some(BackgroundLayer {
                    image: image.clone()?,
                    size: nth(
                        &self.image_sizes,
                        index,
                        BackgroundSize::Explicit(Extent::Auto, Extent::Auto),
                    ),
                    position: nth(&self.image_positions, index, (Length::ZERO, Length::ZERO)),
                    repeat: nth(&self.image_repeats, index, (Repeat::Repeat, Repeat::Repeat)),
                    origin: nth(&self.image_origins, index, BackgroundBox::PaddingBox),
                    clip: nth(&self.image_clips, index, BackgroundBox::BorderBox),
                })
            })
            .collect()
    }

    /// `translate`, `rotate` and `scale` come before `transform` (CSS Transforms 2 §5).
    fn join_transforms(&mut self) {
        let steps = [
            self.translate.map(|(x, y)| TransformStep::Translate(x, y)),
            self.rotate.map(TransformStep::Rotate),
            self.scale.map(|(x, y)| TransformStep::Scale(x, y)),
        ];
        if steps.iter().any(Option::is_some) {
            let own = self.style.transform.iter().copied();
            self.style.transform = steps.into_iter().flatten().chain(own).collect();
        }
    }

    /// Floats and absolutely placed boxes are blocks (CSS 2.2 §9.7).
    fn block_outside_of_the_flow(&mut self) {
        let style = &mut self.style;
        let floats = matches!(style.float, Float::Left | Float::Right);
        let placed = matches!(style.position, Position::Absolute | Position::Fixed);
        if placed {
            style.float = Float::None;
        }
        if floats || placed {
            style.inline_before = matches!(
                style.display,
                Display::Inline
                    | Display::InlineBlock
                    | Display::InlineFlex
                    | Display::InlineGrid
                    | Display::InlineTable
            );
            style.display = blockified(style.display);
        }
    }
}

/// The value for one layer: lists that are too short start again (CSS Backgrounds 3 §2.1).
fn nth<T: Copy>(list: &[T], index: usize, initial: T) -> T {
    if list.is_empty() { initial } else { list[index % list.len()] }
}

/// What `lh` stands for. Faces are chosen after the cascade: `normal` is the middle of what text
/// faces ask for.
pub(crate) fn line_height(style: &ComputedStyle) -> Pt {
    match style.line_height {
        LineHeight::Normal => style.font.size * 1.2,
        LineHeight::Number(factor) => style.font.size * factor,
        LineHeight::Length(height) => height,
    }
}

/// The block-level counterpart (CSS Display 3 §2.7).
pub(crate) fn blockified(display: Display) -> Display {
    match display {
        Display::Inline | Display::InlineBlock => Display::Block,
        Display::InlineFlex => Display::Flex,
        Display::InlineGrid => Display::Grid,
        Display::InlineTable => Display::Table,
        Display::TableRowGroup
        | Display::TableHeaderGroup
        | Display::TableFooterGroup
        | Display::TableRow
        | Display::TableCell
        | Display::TableColumnGroup
        | Display::TableColumn
        | Display::TableCaption => Display::Block,
        other => other,
    }
}
