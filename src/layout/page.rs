//! The finished pages: what stands where, and what each thing means. Knows nothing of PDF.

use std::ops::Range;
use std::sync::Arc;

use crate::fonts::FaceId;
pub use crate::fonts::Glyph;
use crate::geom::{Point, Pt, Rect, Sides, Size, Transform};
use crate::style::{Color, ListStyle, Marks, Stop, StyleId};

use super::structure::TagId;

/// One page. Items are in painting order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The trimmed size.
    pub size: Size,
    /// How far painting may reach past the trim.
    pub bleed: Pt,
    /// The marks around it.
    pub marks: Marks,
    /// Its number, for readers.
    pub label: PageLabel,
    /// What is painted.
    pub items: Vec<Item>,
    /// Links on the page.
    pub links: Vec<Link>,
    /// Places on the page that something refers to.
    pub anchors: Vec<(Arc<str>, Point)>,
}

/// A page's number as it is printed (ISO 32000-1 12.4.2).
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PageLabel {
    pub number: i32,
    pub style: ListStyle,
}

impl Default for PageLabel {
    fn default() -> PageLabel {
        PageLabel { number: 1, style: ListStyle::Decimal }
    }
}

/// What a painted thing means to a reader who does not see it (ISO 32000-1 14.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Content of that structure element.
    Tagged(TagId),
    /// Not content.
    Artifact(Artifact),
}

/// Kinds of artifacts (ISO 32000-1 14.8.2.2.2, table 330).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Artifact {
    /// Running matter at the top.
    Header,
    /// Running matter at the foot.
    Footer,
    /// Running matter at the left edge.
    LeftEdge,
    /// Running matter at the right edge.
    RightEdge,
    /// What lies behind the text of every page.
    Watermark,
    /// Pagination that is none of these, such as a repeated table head.
    Pagination,
    /// Rules and boxes.
    Layout,
    /// Colour or pictures behind the content.
    Background,
}

/// A painted thing with its meaning.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Item {
    pub mark: Mark,
    pub paint: Paint,
}

/// How something is painted. Groups nest and are balanced within a page.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Paint {
    Glyphs(GlyphRun),
    /// A filled upright rectangle.
    Rect {
        rect: Rect,
        fill: Color,
    },
    /// A straight line.
    Line {
        from: Point,
        to: Point,
        stroke: Stroke,
    },
    /// Any outline.
    Path {
        path: Arc<Path>,
        fill: Option<Fill>,
        stroke: Option<Stroke>,
    },
    Image {
        image: Arc<Image>,
        rect: Rect,
    },
    /// Starts a group that is moved, clipped or made translucent as a whole.
    Push(Group),
    /// Starts a group that is painted apart and laid over the page as a whole.
    Isolate(Arc<Isolation>),
    /// Ends the last group.
    Pop,
}

/// How a group that is painted apart is laid over what is behind it (ISO 32000-1 11.4.5).
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Isolation {
    pub blend: Blend,
    pub mask: Option<Mask>,
}

/// What decides how much of a group is seen at each point (ISO 32000-1 11.5).
#[derive(Debug, Clone, PartialEq)]
pub struct Mask {
    /// The mask's own painting, in the group's coordinates; its groups are balanced.
    pub paints: Vec<Paint>,
    /// Whether its lightness decides, on a black ground; otherwise its opacity does.
    pub luminance: bool,
}

/// How colours mix with those behind them (ISO 32000-1 11.3.5, CSS Compositing 1 §10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Blend {
    Normal,
    Multiply,
    Screen,
    Overlay,
    Darken,
    Lighten,
    ColorDodge,
    ColorBurn,
    HardLight,
    SoftLight,
    Difference,
    Exclusion,
    Hue,
    Saturation,
    Color,
    Luminosity,
}

/// A group's effect.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Group {
    pub transform: Option<Transform>,
    pub clip: Option<Arc<Path>>,
    pub opacity: f32,
}

/// Letters of one face, size and colour on one baseline, in logical order.
#[derive(Debug, Clone, PartialEq)]
pub struct GlyphRun {
    /// The face that the glyph ids belong to.
    pub face: FaceId,
    /// The size of an em.
    pub size: Pt,
    /// The letters' colour.
    pub color: Color,
    /// The style that they are set in; [`StyleId::NONE`] in drawings.
    pub style: StyleId,
    /// Where the run's left end stands on the baseline.
    pub origin: Point,
    /// The glyphs from left to right. Positions are relative to `origin`.
    pub glyphs: Glyphs,
    /// The text that the run stands for, in logical order.
    pub text: Arc<str>,
    /// Whether the run is read from right to left.
    pub rtl: bool,
    /// What is read instead of `text` where they differ (a hyphen at a line's end, an upper-cased
    /// word): `ActualText` (ISO 32000-1 14.9.4).
    pub actual_text: Option<Arc<str>>,
    /// Extra space after each letter, already part of the advances.
    pub slant: bool,
}

/// The shaped letters of a run: shared with the cache of shaped words where nothing was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyphs {
    /// The glyphs from left to right.
    pub list: Arc<[Glyph]>,
    /// The part of the list that this run shows.
    pub range: Range<u32>,
    /// Added to each advance of a glyph that is a space (justification, `word-spacing`), in points.
    pub space_extra: Pt,
    /// Added to each advance (`letter-spacing`), in points.
    pub letter_extra: Pt,
}

/// What fills a shape.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Fill {
    Color {
        color: Color,
        even_odd: bool,
    },
    Linear {
        from: Point,
        to: Point,
        stops: Arc<[Stop]>,
        even_odd: bool,
    },
    Radial {
        center: Point,
        radius_x: Pt,
        radius_y: Pt,
        stops: Arc<[Stop]>,
        even_odd: bool,
    },
    /// From the point `focus` to the circle of radius 1 around the origin, in a space of its own
    /// that `map` brings to the page or group.
    Focal {
        map: Transform,
        focus: (f32, f32),
        stops: Arc<[Stop]>,
        even_odd: bool,
    },
}

/// How an outline is drawn.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Stroke {
    pub color: Color,
    pub width: Pt,
    /// Lengths of dashes and gaps; empty for a solid line.
    pub dash: Vec<f32>,
    pub dash_offset: f32,
    pub cap: Cap,
    pub join: Join,
    pub miter_limit: f32,
}

impl Stroke {
    /// A plain solid line.
    pub fn solid(color: Color, width: Pt) -> Stroke {
        Stroke {
            color,
            width,
            dash: Vec::new(),
            dash_offset: 0.0,
            cap: Cap::Butt,
            join: Join::Miter,
            miter_limit: 10.0,
        }
    }
}

/// A line's ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Cap {
    Butt,
    Round,
    Square,
}

/// A line's corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Join {
    Miter,
    Round,
    Bevel,
}

/// An outline in page coordinates (or a group's own).
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Path {
    pub segments: Vec<Segment>,
}

impl Path {
    /// The rectangle around all points, handles of curves included: left, top, right, bottom.
    pub fn bounds(&self) -> [f32; 4] {
        let mut around = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        let mut take = |point: &Point| {
            let (x, y) = (point.x.0, point.y.0);
            around = [around[0].min(x), around[1].min(y), around[2].max(x), around[3].max(y)];
        };
        for segment in &self.segments {
            match segment {
                Segment::Move(to) | Segment::Line(to) => take(to),
                Segment::Cubic(first, second, to) => {
                    [first, second, to].into_iter().for_each(&mut take)
                }
                Segment::Close => {}
            }
        }
        around
    }
}

impl Path {
    /// Whether all points stand on one line, so that there is nothing inside to fill.
    pub fn is_flat(&self) -> bool {
        let ends = self.segments.iter().flat_map(|segment| match *segment {
            Segment::Move(to) | Segment::Line(to) => [Some(to), None, None],
            Segment::Cubic(first, second, to) => [Some(first), Some(second), Some(to)],
            Segment::Close => [None; 3],
        });
        let mut points = ends.flatten();
        let Some(start) = points.next() else { return true };
        let mut along: Option<(f32, f32)> = None;
        for point in points {
            let (x, y) = ((point.x - start.x).0, (point.y - start.y).0);
            let (dx, dy) = *along.get_or_insert((x, y));
            if dx == 0.0 && dy == 0.0 {
                along = Some((x, y));
            } else if dx * y != dy * x {
                return false;
            }
        }
        true
    }
}

/// One step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum Segment {
    Move(Point),
    Line(Point),
    Cubic(Point, Point, Point),
    Close,
}

/// A raster picture, decoded or ready to pass through.
#[derive(Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Image {
    pub width: u32,
    pub height: u32,
    pub pixels: Pixels,
    /// How the pixels are turned when they are shown.
    pub orientation: Orientation,
    /// Identifies the same picture on several pages: a digest of its bytes.
    pub key: u64,
}

impl Image {
    /// Width and height in pixels as the picture is shown.
    pub fn shown_size(&self) -> (u32, u32) {
        if self.orientation.is_sideways() {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        }
    }
}

/// How a picture's pixels are turned when they are shown, as EXIF numbers it from 1 (upright) to 8
/// (CSS Images 3 §5.2, `image-orientation: from-image`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orientation(u8);

impl Default for Orientation {
    fn default() -> Orientation {
        Orientation(1)
    }
}

impl Orientation {
    /// The orientation of that number; `None` for a number that is none.
    pub fn from_number(number: u16) -> Option<Orientation> {
        u8::try_from(number).ok().filter(|number| (1..=8).contains(number)).map(Orientation)
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Whether width and height change places.
    pub fn is_sideways(self) -> bool {
        self.0 >= 5
    }

    /// From the stored to the shown picture, both squares of side 1 with y upwards.
    pub fn map(self) -> Transform {
        let [a, b, c, d, e, f] = match self.0 {
            2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
            3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
            4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
            5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
            6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
            7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        };
        Transform { a, b, c, d, e, f }
    }
}

/// A picture's bytes.
#[derive(Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Pixels {
    /// JPEG as it came; `components` is 1 (grey), 3 (RGB) or 4 (CMYK).
    Jpeg { data: Vec<u8>, components: u8 },
    /// 8 bits a channel, rows from the top, 3 channels; alpha apart.
    Rgb { data: Vec<u8>, alpha: Option<Vec<u8>> },
    /// 8 bits a pixel; alpha apart.
    Gray { data: Vec<u8>, alpha: Option<Vec<u8>> },
}

/// A rectangle that leads somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where a reader clicks; one link broken over lines gives one entry per line.
    pub rect: Rect,
    /// Where it leads.
    pub target: Target,
    /// The `Link` structure element that it belongs to; `None` in running matter.
    pub tag: Option<TagId>,
    /// What is read for it (ISO 14289-1 7.18.5): its text.
    pub contents: Arc<str>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Out of the document.
    Uri(Arc<str>),
    /// To the anchor of that name.
    Anchor(Arc<str>),
}

/// An entry of the outline (bookmarks), in document order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct OutlineEntry {
    /// 1 for the topmost.
    pub level: u8,
    pub title: Arc<str>,
    pub page: usize,
    /// The heading's top left corner.
    pub at: Point,
    pub tag: Option<TagId>,
}

/// What the document says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Info {
    pub title: String,
    /// BCP 47 tag.
    pub language: String,
    /// Whether the document runs from right to left.
    pub rtl: bool,
    pub authors: Vec<String>,
    pub subject: Option<String>,
    pub keywords: Vec<String>,
    /// `<meta name=…>` that is none of the above, in order.
    pub custom: Vec<(String, String)>,
}

/// Where the page area (inside the margins) lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageArea {
    /// The page's size.
    pub size: Size,
    /// Its margins.
    pub margin: Sides<Pt>,
}
