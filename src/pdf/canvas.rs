//! What is painted on a page → its content, with marked content around it.
//!
//! The canvas keeps what the graphics state is, so that nothing is set twice, and keeps text
//! objects open over several runs, so that a table's cells cost few bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use printpdf::{
    CurTransMat, DictItem, ExtendedGraphicsStateId, FontId, LineCapStyle, LineDashPattern,
    LineJoinStyle, Op, PdfFontHandle, Pt as PdfPt, ShadingId, XObjectId, XObjectTransform,
};

use crate::fonts::FaceId;
use crate::geom::{Point, Pt, Rect};
use crate::layout::{Artifact, Cap, Image, Item, Join, Mark, Orientation, Paint, Pixels};
use crate::layout::{Fill, GlyphRun, Stroke, Structure, TagId};
use crate::style::Color;

use super::content::{Content, push_decimal, push_literal};
use super::error::WriteError;
use super::faces::FaceSource;
use super::forms::{Effect, Form};
use super::frame::Frame;
use super::glyph_codes::GlyphCodes;
use super::groups::{self, Inside, OpenGroup};
use super::object::push_number;
use super::outlines;
use super::shading::Gradient;
use super::structure::type_name;
use super::text::{self, Shown};

/// What pages need beside their contents.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Opacities in thousandths.
    pub(super) opacities: BTreeSet<u16>,
    pub(super) gradients: BTreeMap<u64, Gradient>,
    pub(super) images: BTreeMap<u64, Arc<Image>>,
    pub(super) forms: BTreeMap<u64, Form>,
    pub(super) effects: BTreeSet<Effect>,
}

impl Needs {
    pub(super) fn join(&mut self, other: Needs) {
        self.opacities.extend(other.opacities);
        self.gradients.extend(other.gradients);
        self.images.extend(other.images);
        self.forms.extend(other.forms);
        self.effects.extend(other.effects);
    }

    /// Whether pages need nothing but fonts.
    pub(super) fn is_nothing(&self) -> bool {
        let Needs { opacities, gradients, images, forms, effects } = self;
        opacities.is_empty()
            && gradients.is_empty()
            && images.is_empty()
            && forms.is_empty()
            && effects.is_empty()
    }
}

/// What the graphics state is; `None` where it is not known to have been set.
#[derive(Debug, Clone)]
pub(super) struct State {
    fill: Option<[u8; 3]>,
    stroke: Option<[u8; 3]>,
    opacity: u16,
    font: Option<(FaceId, f32)>,
    /// In thousandths of a point.
    letter_spacing: Option<i64>,
    /// In units of the frame's last decimal.
    width: Option<(i64, usize)>,
    dash: Option<(Vec<f32>, f32)>,
    ends: Option<(Cap, Join, f32)>,
    /// What groups around make of every opacity.
    pub(super) share: f32,
    pub(super) frame: Frame,
}

impl State {
    /// The state in which a page begins (ISO 32000-1 8.4.1).
    fn of_page(frame: Frame) -> State {
        State {
            fill: Some([0; 3]),
            stroke: Some([0; 3]),
            opacity: 1000,
            font: None,
            letter_spacing: Some(0),
            width: Some((frame.units(1.0), frame.decimals())),
            dash: Some((Vec::new(), 0.0)),
            ends: Some((Cap::Butt, Join::Miter, 10.0)),
            share: 1.0,
            frame,
        }
    }

    /// The state in which a form begins that may be shown from several places: full opacity
    /// (11.6.6), and everything else as it happens to be there.
    pub(super) fn of_form(frame: Frame) -> State {
        State {
            fill: None,
            stroke: None,
            letter_spacing: None,
            width: None,
            dash: None,
            ends: None,
            ..State::of_page(frame)
        }
    }
}

/// Where the text line starts, in units of the frame's last decimal; only for upright text.
type LineStart = Option<(i64, i64)>;

#[derive(Debug, Clone, Copy, PartialEq)]
enum TextObject {
    Closed,
    Open { start: LineStart },
}

/// A marked-content sequence that is open.
#[derive(Debug, Clone, Copy)]
struct OpenMark {
    mark: Mark,
    /// Whether it was opened inside the text object and so must end inside it.
    inside_text: bool,
    /// Whether something else is read for it, so that nothing more may stand in it.
    is_replaced: bool,
}

impl OpenMark {
    /// Whether what is marked so can go on in it.
    fn takes(&self, mark: Mark) -> bool {
        self.mark == mark && !self.is_replaced
    }
}

/// A page while it is written.
pub(super) struct Canvas<'a> {
    pub(super) content: Content,
    /// The structure element of each marked-content id.
    pub(super) tags: Vec<TagId>,
    /// Which of them stand in forms.
    pub(super) inside: Vec<Inside>,
    pub(super) transparent: bool,
    codes: &'a mut GlyphCodes,
    pub(super) needs: &'a mut Needs,
    faces: &'a dyn FaceSource,
    structure: &'a Structure,
    pub(super) state: State,
    pub(super) groups: Vec<OpenGroup>,
    /// Whether the form around is marked as a whole, so that nothing in it is.
    pub(super) is_marked_outside: bool,
    /// The form around whose content is marked inside.
    pub(super) form: Option<u64>,
    text: TextObject,
    /// What the last run came to; kept for its space.
    shown: Shown,
    mark: Option<OpenMark>,
    pub(super) page: usize,
    /// The page's own box, for background artifacts.
    bounds: [f32; 4],
}

impl<'a> Canvas<'a> {
    pub(super) fn new(
        frame: Frame,
        bounds: [f32; 4],
        page: usize,
        structure: &'a Structure,
        faces: &'a dyn FaceSource,
        codes: &'a mut GlyphCodes,
        needs: &'a mut Needs,
    ) -> Canvas<'a> {
        Canvas {
            content: Content::default(),
            shown: Shown::default(),
            tags: Vec::new(),
            inside: Vec::new(),
            transparent: false,
            codes,
            needs,
            faces,
            structure,
            state: State::of_page(frame),
            groups: Vec::new(),
            is_marked_outside: false,
            form: None,
            text: TextObject::Closed,
            mark: None,
            page,
            bounds,
        }
    }

    /// Paints `items` in order.
    pub(super) fn paint(&mut self, items: &[Item]) -> Result<(), WriteError> {
        let whole = groups::wholes(items);
        for (index, item) in items.iter().enumerate() {
            match &item.paint {
                Paint::Glyphs(run) => self.glyphs(item.mark, run)?,
                Paint::Rect { rect, fill } => self.rect(item.mark, rect, *fill)?,
                Paint::Line { from, to, stroke } => self.line(item.mark, *from, *to, stroke)?,
                Paint::Path { path, fill, stroke } => {
                    if let Some(fill) = fill {
                        self.fill_path(item.mark, path, fill)?;
                    }
                    if let Some(stroke) = stroke
                        && !stroke.color.is_invisible()
                    {
                        self.begin_shape(item.mark)?;
                        self.stroke(stroke);
                        outlines::stroke(path, &self.state.frame, &mut self.content);
                    }
                }
                Paint::Image { image, rect } => self.image(item.mark, image, rect)?,
                Paint::Push(group) => self.push(group, whole.get(&index).copied()),
                Paint::Isolate(isolation) => {
                    self.isolate(isolation, whole.get(&index).copied())?;
                }
                Paint::Pop => self.pop()?,
            }
        }
        Ok(())
    }

    /// Ends what is open.
    pub(super) fn finish(&mut self) -> Result<(), WriteError> {
        self.leave_text();
        self.end_mark();
        if !self.groups.is_empty() {
            return Err(WriteError::UnbalancedGroups { page: self.page });
        }
        Ok(())
    }

    /// Opens the marked-content sequence for `mark` unless it is open.
    pub(super) fn begin_mark(&mut self, mark: Mark) -> Result<(), WriteError> {
        if self.is_marked_outside || self.mark.is_some_and(|open| open.takes(mark)) {
            return Ok(());
        }
        self.open_mark(mark, None)
    }

    /// Opens a sequence for `mark`, for which `actual` is read instead of what stands in it.
    fn open_mark(&mut self, mark: Mark, actual: Option<&str>) -> Result<(), WriteError> {
        if self.mark.is_some_and(|open| !open.inside_text) && self.text != TextObject::Closed {
            self.leave_text();
        }
        self.end_mark();
        match mark {
            Mark::Tagged(tag) => {
                let element = self.structure.tags.get(tag.index());
                let element = element.ok_or(WriteError::UnknownTag { page: self.page })?;
                let id = self.tags.len();
                self.tags.push(tag);
                self.note_form(id as u32);
                let text = self.content.text();
                text.push(b'/');
                text.extend_from_slice(type_name(element.role).as_bytes());
                text.extend_from_slice(b"<</MCID ");
                push_number(text, id as u64);
                if let Some(actual) = actual {
                    push_actual_text(text, actual);
                }
                text.extend_from_slice(b">>");
            }
            Mark::Artifact(artifact) => self.artifact(artifact),
        }
        self.content.operator("BDC");
        let inside_text = self.text != TextObject::Closed;
        self.mark = Some(OpenMark { mark, inside_text, is_replaced: actual.is_some() });
        Ok(())
    }

    /// Properties of an artifact (ISO 32000-1 table 330): its kind, and the edges of the page that
    /// running matter belongs to.
    fn artifact(&mut self, artifact: Artifact) {
        let properties: &[u8] = match artifact {
            Artifact::Header => b"<</Type/Pagination/Subtype/Header/Attached[/Top]>>",
            Artifact::Footer => b"<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>",
            Artifact::LeftEdge => b"<</Type/Pagination/Attached[/Left]>>",
            Artifact::RightEdge => b"<</Type/Pagination/Attached[/Right]>>",
            Artifact::Watermark => b"<</Type/Pagination/Subtype/Watermark>>",
            Artifact::Pagination => b"<</Type/Pagination>>",
            Artifact::Layout => b"<</Type/Layout>>",
            Artifact::Background => b"<</Type/Background/BBox[",
        };
        let text = self.content.text();
        text.extend_from_slice(b"/Artifact");
        text.extend_from_slice(properties);
        if artifact == Artifact::Background {
            for edge in self.bounds {
                push_decimal(text, (f64::from(edge) * 100.0).round() as i64, 2);
                text.push(b' ');
            }
            text.extend_from_slice(b"]>>");
        }
    }

    pub(super) fn end_mark(&mut self) {
        if self.mark.take().is_some() {
            self.content.operator("EMC");
        }
    }

    pub(super) fn leave_text(&mut self) {
        if self.text == TextObject::Closed {
            return;
        }
        if self.mark.is_some_and(|open| open.inside_text) {
            self.end_mark();
        }
        self.content.operator("ET");
        self.text = TextObject::Closed;
    }

    fn begin_shape(&mut self, mark: Mark) -> Result<(), WriteError> {
        self.leave_text();
        self.begin_mark(mark)
    }

    /// Opens a text object and in it the sequence for `mark`, so that the next sequence, of the
    /// next cell or line, goes on in the same text object.
    fn begin_text(&mut self, mark: Mark, actual: Option<&str>) -> Result<(), WriteError> {
        let goes_on = self.mark.is_some_and(|open| open.takes(mark)) && actual.is_none();
        if !goes_on {
            if self.mark.is_some_and(|open| !open.inside_text) {
                self.leave_text();
            }
            self.end_mark();
        }
        if self.text == TextObject::Closed {
            self.content.operator("BT");
            self.text = TextObject::Open { start: Some((0, 0)) };
        }
        if self.is_marked_outside || goes_on { Ok(()) } else { self.open_mark(mark, actual) }
    }

    fn glyphs(&mut self, mark: Mark, run: &GlyphRun) -> Result<(), WriteError> {
        if run.color.is_invisible() && matches!(mark, Mark::Artifact(_)) {
            return Ok(());
        }
        let codes = self.codes.face(run.face, self.faces)?;
        self.shown.show(run, codes);
        if self.shown.missing {
            return Err(WriteError::MissingGlyph {
                face: codes.info.postscript_name.to_string(),
                text: run.text.to_string(),
                page: self.page,
            });
        }
        if self.shown.is_empty() {
            return Ok(());
        }
        let actual = match &run.actual_text {
            Some(text) => Some(text),
            None => (!self.shown.exact).then_some(&run.text),
        };
        let actual = actual.filter(|_| matches!(mark, Mark::Tagged(_))).map(|text| &**text);
        // A sequence of its own: readers lose what comes after a sequence inside another.
        self.begin_text(mark, actual)?;
        self.fill_color(run.color);
        self.font(run.face, run.size);
        let spacing = text::letter_spacing(run);
        if self.state.letter_spacing != Some(spacing) {
            self.state.letter_spacing = Some(spacing);
            self.content.numbers(&[spacing], 3, "Tc");
        }
        self.move_to(run);
        let inner = actual.filter(|_| self.is_marked_outside);
        if let Some(actual) = inner {
            let text = self.content.text();
            text.extend_from_slice(b"/Span<<");
            push_actual_text(text, actual);
            text.extend_from_slice(b">>");
            self.content.operator("BDC");
        }
        let mut rise = 0;
        for (height, show) in self.shown.shows() {
            if height != rise {
                rise = height;
                self.content.numbers(&[rise], 2, "Ts");
            }
            self.content.text().extend_from_slice(show);
        }
        if rise != 0 {
            self.content.numbers(&[0], 0, "Ts");
        }
        if inner.is_some() {
            self.content.operator("EMC");
        } else if actual.is_some() {
            self.end_mark();
        }
        Ok(())
    }

    fn font(&mut self, face: FaceId, size: Pt) {
        let size = round(size.0, 1000.0);
        if self.state.font != Some((face, size)) {
            self.state.font = Some((face, size));
            let font = PdfFontHandle::External(FontId(super::fonts::resource_name(face)));
            self.content.push(Op::SetFont { font, size: PdfPt(size) });
        }
    }

    /// Moves the text line to the run's origin: relative to the last line where that is upright.
    fn move_to(&mut self, run: &GlyphRun) {
        let frame = self.state.frame;
        let (x, y) = (frame.x_units(run.origin.x), frame.y_units(run.origin.y));
        let TextObject::Open { start } = &mut self.text else { return };
        match (run.slant, *start) {
            (false, Some(last)) => {
                self.content.numbers(&[x - last.0, y - last.1], frame.decimals(), "Td");
                *start = Some((x, y));
            }
            (slant, _) => {
                // The slant of synthesised italics: 12 degrees, as browsers have it.
                let lean: &[u8] = if slant { b"1 0 0.2126 1 " } else { b"1 0 0 1 " };
                self.content.text().extend_from_slice(lean);
                self.content.numbers(&[x, y], frame.decimals(), "Tm");
                *start = (!slant).then_some((x, y));
            }
        }
    }

    fn rect(&mut self, mark: Mark, rect: &Rect, fill: Color) -> Result<(), WriteError> {
        if fill.is_invisible() {
            return Ok(());
        }
        self.begin_shape(mark)?;
        self.fill_color(fill);
        let place = self.rectangle(rect);
        self.content.numbers(&place, self.state.frame.decimals(), "re");
        self.content.operator("f");
        Ok(())
    }

    /// Left, bottom, width and height in units of the frame's last decimal. Edges are rounded, not
    /// lengths, so that neighbours meet.
    fn rectangle(&self, rect: &Rect) -> [i64; 4] {
        let frame = &self.state.frame;
        let (left, right) = (frame.x_units(rect.origin.x), frame.x_units(rect.right()));
        let (bottom, top) = (frame.y_units(rect.bottom()), frame.y_units(rect.origin.y));
        [left, bottom, right - left, top - bottom]
    }

    fn line(
        &mut self,
        mark: Mark,
        from: Point,
        to: Point,
        stroke: &Stroke,
    ) -> Result<(), WriteError> {
        if stroke.color.is_invisible() || stroke.width.0 <= 0.0 {
            return Ok(());
        }
        self.begin_shape(mark)?;
        self.stroke(stroke);
        let frame = self.state.frame;
        for (point, operator) in [(from, "m"), (to, "l")] {
            let place = [frame.x_units(point.x), frame.y_units(point.y)];
            self.content.numbers(&place, frame.decimals(), operator);
        }
        self.content.operator("S");
        Ok(())
    }

    fn fill_path(
        &mut self,
        mark: Mark,
        path: &crate::layout::Path,
        fill: &Fill,
    ) -> Result<(), WriteError> {
        let frame = self.state.frame;
        match fill {
            Fill::Color { color, even_odd } => {
                if !color.is_invisible() {
                    self.begin_shape(mark)?;
                    self.fill_color(*color);
                    outlines::fill(path, *even_odd, &frame, &mut self.content);
                }
            }
            Fill::Linear { stops, even_odd, .. }
            | Fill::Radial { stops, even_odd, .. }
            | Fill::Focal { stops, even_odd, .. } => {
                let Some(gradient) = Gradient::new(fill, stops) else { return Ok(()) };
                self.begin_shape(mark)?;
                // A gradient's own alpha comes from a mask; the groups' share from the state.
                self.opacity(1.0);
                let (key, matrix) = (gradient.key(), gradient.matrix(&frame));
                self.content.operator("q");
                outlines::clip(path, *even_odd, &frame, &mut self.content);
                self.content.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
                if gradient.is_translucent() {
                    self.transparent = true;
                    let gs = ExtendedGraphicsStateId(super::shading::mask_name(key));
                    self.content.push(Op::LoadGraphicsState { gs });
                }
                self.content.push(Op::PaintShading { id: ShadingId(super::shading::name(key)) });
                self.content.operator("Q");
                self.needs.gradients.insert(key, gradient);
            }
        }
        Ok(())
    }

    fn image(&mut self, mark: Mark, image: &Arc<Image>, rect: &Rect) -> Result<(), WriteError> {
        match &image.pixels {
            Pixels::Jpeg { components: 4, .. } => {
                return Err(WriteError::CmykImage { page: self.page });
            }
            Pixels::Rgb { alpha: Some(_), .. } | Pixels::Gray { alpha: Some(_), .. } => {
                self.transparent = true;
            }
            _ => {}
        }
        self.begin_shape(mark)?;
        self.opacity(1.0);
        self.needs.images.entry(image.key).or_insert_with(|| image.clone());
        let frame = self.state.frame;
        let place = self.rectangle(rect).map(|units| frame.length(units));
        if image.orientation != Orientation::default() {
            self.turned_image(image, place);
            return Ok(());
        }
        self.content.push(Op::UseXobject {
            id: XObjectId(super::images::resource_name(image.key)),
            transform: XObjectTransform {
                translate_x: Some(PdfPt(place[0])),
                translate_y: Some(PdfPt(place[1])),
                scale_x: Some(place[2]),
                scale_y: Some(place[3]),
                no_auto_scale: true,
                ..XObjectTransform::default()
            },
        });
        Ok(())
    }

    /// A picture whose pixels stand otherwise than they are shown.
    fn turned_image(&mut self, image: &Image, [x, y, width, height]: [f32; 4]) {
        let map = image.orientation.map();
        let matrix = [
            map.a * width,
            map.b * height,
            map.c * width,
            map.d * height,
            x + map.e * width,
            y + map.f * height,
        ];
        let name = super::images::resource_name(image.key).into_bytes();
        let value = vec![DictItem::Name(name)];
        self.content.operator("q");
        self.content.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        self.content.push(Op::Unknown { key: "Do".to_owned(), value });
        self.content.operator("Q");
    }

    fn fill_color(&mut self, color: Color) {
        self.opacity(color.alpha);
        let channels = [color.red, color.green, color.blue];
        if self.state.fill != Some(channels) {
            self.state.fill = Some(channels);
            self.color(channels, ["g", "rg"]);
        }
    }

    /// Sets a colour, with the operator for greys or the one for others. Channels have three digits,
    /// which is exact for 8 bits.
    fn color(&mut self, channels: [u8; 3], [grey, rgb]: [&str; 2]) {
        let [r, g, b] =
            channels.map(|channel| (f64::from(channel) / 255.0 * 1000.0).round() as i64);
        match r == g && g == b {
            true => self.content.numbers(&[r], 3, grey),
            false => self.content.numbers(&[r, g, b], 3, rgb),
        }
    }

    fn stroke(&mut self, stroke: &Stroke) {
        self.opacity(stroke.color.alpha);
        let channels = [stroke.color.red, stroke.color.green, stroke.color.blue];
        if self.state.stroke != Some(channels) {
            self.state.stroke = Some(channels);
            self.color(channels, ["G", "RG"]);
        }
        let frame = self.state.frame;
        let width = (frame.units(f64::from(stroke.width.0)), frame.decimals());
        if self.state.width != Some(width) {
            self.state.width = Some(width);
            self.content.numbers(&[width.0], width.1, "w");
        }
        let drawn = stroke.dash.iter().any(|&length| length > 0.0);
        let dash = if drawn { stroke.dash.clone() } else { Vec::new() };
        let dash = (dash, if drawn { stroke.dash_offset.max(0.0) } else { 0.0 });
        if self.state.dash.as_ref() != Some(&dash) {
            let pattern: Vec<f32> =
                dash.0.iter().map(|&part| round(part.max(0.0), 1000.0)).collect();
            let dashes = LineDashPattern::new(round(dash.1, 1000.0), &pattern);
            self.content.push(Op::SetLineDashPattern { dash: dashes });
            self.state.dash = Some(dash);
        }
        self.line_ends(stroke);
    }

    fn line_ends(&mut self, stroke: &Stroke) {
        let ends = (stroke.cap, stroke.join, stroke.miter_limit.max(1.0));
        if self.state.ends == Some(ends) {
            return;
        }
        self.state.ends = Some(ends);
        let cap = match ends.0 {
            Cap::Butt => LineCapStyle::Butt,
            Cap::Round => LineCapStyle::Round,
            Cap::Square => LineCapStyle::ProjectingSquare,
        };
        let join = match ends.1 {
            Join::Miter => LineJoinStyle::Miter,
            Join::Round => LineJoinStyle::Round,
            Join::Bevel => LineJoinStyle::Bevel,
        };
        self.content.push(Op::SetLineCapStyle { cap });
        self.content.push(Op::SetLineJoinStyle { join });
        self.content.push(Op::SetMiterLimit { limit: PdfPt(ends.2) });
    }

    /// Sets the opacity of what follows, the groups' share included.
    pub(super) fn opacity(&mut self, alpha: f32) {
        let thousandths = (alpha.clamp(0.0, 1.0) * self.state.share * 1000.0).round() as u16;
        if thousandths < 1000 {
            self.transparent = true;
        }
        if self.state.opacity != thousandths {
            self.state.opacity = thousandths;
            self.needs.opacities.insert(thousandths);
            let gs = ExtendedGraphicsStateId(opacity_name(thousandths));
            self.content.push(Op::LoadGraphicsState { gs });
        }
    }
}

/// Appends what is read instead of glyphs (ISO 32000-1 14.9.4).
fn push_actual_text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"/ActualText");
    push_literal(out, &super::object::text_string(text));
}

/// The resource name of an opacity.
pub(super) fn opacity_name(thousandths: u16) -> String {
    format!("A{thousandths}")
}

/// The multiple of 1 over `steps` that is nearest.
pub(super) fn round(value: f32, steps: f64) -> f32 {
    ((f64::from(value) * steps).round() / steps) as f32
}
