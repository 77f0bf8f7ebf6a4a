//! A measurer for tests: letters are 6 points wide and lines 12 high, so that widths and heights
//! can be worked out by hand. Boxes come from HTML through the real stages.

use std::sync::Arc;
use std::sync::Mutex;

use crate::assets::Assets;
use crate::diag::Diagnostic;
use crate::fonts::FaceId;
use crate::geom::{Point, Pt, Size};
use crate::layout::access::ACCESS;
use crate::layout::boxes::{Contents, Inline, InlineItem, LayoutBox, Replaced};
use crate::layout::fragment::{Body, Fragment, Line, Lines, Piece, Placed};
use crate::layout::generate::{Generated, Pictures, References, generate};
use crate::layout::page::{Artifact, Glyph, GlyphRun, Glyphs, Mark};
use crate::markup::{Document, NodeId, parse};
use crate::origin::OriginMap;
use crate::source::{Sources, Span};
use crate::style::{Color, ComputedStyle, Display, StyleId, cascade};

use super::edges::{self, Edges};
use super::memo::Memo;
use super::{Intrinsic, Measure, Room, arrange, replaced, table};

/// The width of a letter.
pub const LETTER: Pt = Pt(6.0);
/// The height of a line.
pub const LINE: Pt = Pt(12.0);

/// The boxes of a small document.
pub struct StandIn {
    generated: Generated,
    /// What was found while measuring.
    pub findings: Mutex<Vec<Diagnostic>>,
    memo: Memo,
}

struct NoPictures;

impl Pictures for NoPictures {
    fn load(&self, _: &str, _: Option<Span>) -> Option<Replaced> {
        None
    }
    fn drawing(&self, _: &Document, _: NodeId, _: &ComputedStyle) -> Option<Replaced> {
        None
    }
}

impl StandIn {
    /// A document of that style sheet and body; cells have no padding of their own.
    pub fn new(css: &str, body: &str) -> StandIn {
        let html = format!(
            "<!doctype html><html><head><style>body {{ margin: 0 }} td, th {{ padding: 0; \
             text-align: left }} table {{ border-spacing: 0; box-sizing: content-box }} {css}\
             </style></head><body>{body}</body></html>"
        );
        let sources = Sources::new();
        let id = sources.add("test.html", html.clone());
        let span = Span::new(id, 0, html.len());
        let (document, _) = parse(&html, OriginMap::identity(span));
        let (styled, found) = cascade(&document, &Assets::builtin(), &sources, "", &[]);
        assert!(!found.has_errors(), "{found:?}");
        let references = References::default();
        let (generated, found) = generate(&document, &styled, &references, &NoPictures);
        // Boxes have their measures whatever they mean to readers.
        let wrong = found.iter().find(|one| one.is_error() && !one.code.starts_with(ACCESS));
        assert!(wrong.is_none(), "{wrong:?}");
        StandIn { generated, findings: Mutex::default(), memo: Memo::default() }
    }

    /// The first table, flex or grid container in order of the document.
    pub fn first(&self) -> &LayoutBox {
        let mut pending: Vec<&LayoutBox> = self.generated.root.iter().collect();
        while let Some(content) = pending.pop() {
            match &content.contents {
                Contents::Table(_) | Contents::Flex(_) | Contents::Grid(_) => return content,
                Contents::Blocks(children) => pending.extend(children.iter().rev()),
                _ => {}
            }
        }
        panic!("no table, flex or grid container")
    }

    /// Measures the first table or container in a block of that width.
    pub fn measured(&self, width: f32) -> Fragment {
        self.measure(self.first(), Room::of_width(Pt(width)))
    }

    /// The codes of all findings.
    pub fn codes(&self) -> Vec<&'static str> {
        let findings = self.findings.lock().unwrap();
        findings.iter().map(|finding| finding.code).collect()
    }
}

fn letters(text: &str) -> Pt {
    LETTER * text.chars().count() as f32
}

fn lines(inline: &Inline, width: Pt, at: Point) -> Lines {
    let mut texts: Vec<String> = Vec::new();
    for word in inline.text.split_whitespace() {
        match texts.last_mut() {
            Some(line) if letters(line) + LETTER + letters(word) <= width + Pt(0.01) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => texts.push(word.to_owned()),
        }
    }
    let line = |(index, text): (usize, String)| Line {
        overflow: None,
        y: (at.y + LINE * index as f32).into(),
        x: at.x,
        height: LINE,
        baseline: Pt(9.0),
        pieces: vec![glyphs(&text)],
    };
    Lines { lines: texts.into_iter().enumerate().map(line).collect() }
}

fn glyphs(text: &str) -> Piece {
    let glyph = |(at, character): (usize, char)| Glyph {
        id: 1,
        advance: 0.5,
        x_offset: 0.0,
        y_offset: 0.0,
        cluster: at as u32,
        is_space: character == ' ',
    };
    let list: Arc<[Glyph]> = text.char_indices().map(glyph).collect();
    let run = GlyphRun {
        face: FaceId(0),
        size: Pt(12.0),
        color: Color::BLACK,
        style: StyleId::NONE,
        origin: Point::default(),
        glyphs: Glyphs {
            range: 0..list.len() as u32,
            list,
            space_extra: Pt::ZERO,
            letter_extra: Pt::ZERO,
        },
        text: text.into(),
        rtl: false,
        actual_text: None,
        slant: false,
    };
    Piece::Glyphs { run: Box::new(run), mark: Mark::Artifact(Artifact::Layout) }
}

impl Measure for StandIn {
    fn intrinsic(&self, content: &LayoutBox) -> Intrinsic {
        let style = self.style(content.style);
        let frame = Edges::of(style, Pt::ZERO).frame().horizontal();
        match (edges::definite(style.width, None), &content.contents) {
            (_, Contents::Table(_)) => table::intrinsic(content, self),
            (_, Contents::Replaced(_)) => replaced::intrinsic(content, self),
            (_, Contents::Flex(_) | Contents::Grid(_)) => arrange::intrinsic(content, self),
            (Some(width), _) if style.display != Display::TableCell => {
                let width = edges::border_box(style, width, frame);
                Intrinsic { min: width, max: width }
            }
            _ => self.content_widths(content),
        }
    }

    fn content_widths(&self, content: &LayoutBox) -> Intrinsic {
        let style = self.style(content.style);
        let frame = Edges::of(style, Pt::ZERO).frame().horizontal();
        let (min, max) = match &content.contents {
            Contents::Inline(inline) => {
                let words = inline.text.split_whitespace().map(letters);
                let whole = inline.text.split_whitespace().collect::<Vec<_>>().join(" ");
                (words.fold(Pt::ZERO, Pt::max), letters(&whole))
            }
            Contents::Blocks(children) => {
                let widths: Vec<Intrinsic> = children.iter().map(|c| self.intrinsic(c)).collect();
                let largest =
                    |of: fn(&Intrinsic) -> Pt| widths.iter().map(of).fold(Pt::ZERO, Pt::max);
                (largest(|width| width.min), largest(|width| width.max))
            }
            Contents::Table(_) => return table::content_widths(content, self),
            Contents::Replaced(_) => return replaced::intrinsic(content, self),
            Contents::Flex(_) | Contents::Grid(_) => return arrange::content_widths(content, self),
            Contents::Columns(_) => panic!("no columns here"),
        };
        Intrinsic { min: min + frame, max: max + frame }
    }

    fn memo(&self) -> &Memo {
        &self.memo
    }

    fn measure(&self, content: &LayoutBox, room: Room) -> Fragment {
        let style = self.style(content.style);
        let edges = Edges::of(style, room.width);
        let frame = edges.frame();
        let width = edges::block_width(style, &edges, room, || self.intrinsic(content));
        let at = Point::new(frame.left, frame.top);
        let inner = width - frame.horizontal();
        let (body, height) = match &content.contents {
            Contents::Inline(inline) => {
                assert!(inline.items.iter().all(|item| !matches!(item, InlineItem::Atomic(_))));
                let lines = lines(inline, inner, at);
                let height = LINE * lines.lines.len() as f32;
                (Body::Lines(lines), height)
            }
            Contents::Blocks(children) => {
                let (mut placed, mut y) = (Vec::new(), Pt::ZERO);
                for child in children {
                    let fragment = self.measure(child, Room::of_width(inner));
                    let at = at + Point::new(Pt::ZERO, y);
                    y += fragment.size.height;
                    placed.push(Placed { at: at.into(), fragment });
                }
                (Body::Flow(placed), y)
            }
            Contents::Table(_) => return table::measure(content, self, room),
            Contents::Replaced(_) => return replaced::measure(content, self, room),
            Contents::Flex(_) | Contents::Grid(_) => return arrange::measure(content, self, room),
            Contents::Columns(_) => panic!("no columns here"),
        };
        let natural = height + frame.vertical();
        let height = match style.display {
            Display::TableCell => room.forced_height,
            _ => edges::definite_height(style, &edges, room),
        };
        Fragment {
            style: content.style,
            size: Size::new(width, height.unwrap_or(natural)),
            border: edges.border,
            padding: edges.padding,
            margin_top: edges.margin.top,
            margin_bottom: edges.margin.bottom,
            mark: content.mark,
            body,
            extra: None,
        }
    }

    fn style(&self, id: StyleId) -> &ComputedStyle {
        self.generated.styled.style(id)
    }

    fn span(&self, _: NodeId) -> Option<Span> {
        None
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.findings.lock().unwrap().push(diagnostic);
    }
}
