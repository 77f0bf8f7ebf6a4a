//! Text in drawings, kept as text: `usvg` has placed the glyphs, here they become runs.

use std::sync::Arc;

use usvg::PaintOrder;
use usvg::layout::{PositionedGlyph, Span};

use super::{DrawingFonts, outline};
use crate::fonts::FaceId;
use crate::geom::{Point, Pt, Transform};
use crate::layout::page::{Fill, Glyph, GlyphRun, Glyphs, Group, Paint};
use crate::style::{Color, StyleId};

/// Paints a text element; `None` when it asks for more than glyph runs can show (gradients,
/// outlined letters, faces that are not ours). The caller paints its outlines then.
pub fn paint(text: &usvg::Text, fonts: &DrawingFonts) -> Option<Vec<Paint>> {
    let mut paints = Vec::new();
    for span in text.layouted().iter().filter(|span| span.visible) {
        let color = plain_color(span)?;
        for line in [&span.underline, &span.overline].into_iter().flatten() {
            paints.extend(decoration(line));
        }
        for run in runs(span, fonts)? {
            run.paint(color, &mut paints);
        }
        paints.extend(span.line_through.as_ref().and_then(decoration));
    }
    Some(paints)
}

/// The colour of a span's letters when it has nothing else.
fn plain_color(span: &Span) -> Option<Color> {
    if span.stroke.is_some() || span.paint_order != PaintOrder::FillAndStroke {
        return None;
    }
    let fill = span.fill.as_ref()?;
    match outline::fill(fill.paint(), fill.opacity().get(), false, [0.0; 4])? {
        Fill::Color { color, .. } => Some(color),
        _ => None,
    }
}

/// The letters of a text whose outlines are painted otherwise; nothing where they are not ours.
pub fn unseen(text: &usvg::Text, fonts: &DrawingFonts) -> Vec<Paint> {
    let mut paints = Vec::new();
    for span in text.layouted().iter().filter(|span| span.visible) {
        for run in runs(span, fonts).unwrap_or_default() {
            run.paint(Color::TRANSPARENT, &mut paints);
        }
    }
    paints
}

fn decoration(path: &usvg::Path) -> Option<Paint> {
    let outline = outline::path(path.data(), &Transform::IDENTITY);
    let fill = path.fill()?;
    let fill = outline::fill(fill.paint(), fill.opacity().get(), false, outline.bounds())?;
    Some(Paint::Path { path: Arc::new(outline), fill: Some(fill), stroke: None })
}

/// Neighbouring glyphs of one face, size and slope.
struct Run<'a> {
    face: FaceId,
    size: f32,
    /// The first glyph's map from an em of size 1 with y downwards.
    map: Transform,
    /// Each glyph with its origin in ems of the run.
    glyphs: Vec<(&'a PositionedGlyph, f32, f32)>,
}

fn runs<'a>(span: &'a Span, fonts: &DrawingFonts) -> Option<Vec<Run<'a>>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for glyph in &span.positioned_glyphs {
        let (face, units) = fonts.face(glyph.font)?;
        let own = outline::transform(glyph.transform());
        let units = f32::from(units);
        let map = Transform {
            a: own.a * units,
            b: own.b * units,
            c: own.c * units,
            d: own.d * units,
            ..own
        };
        let size = map.c.hypot(map.d);
        if !size.is_finite() || size <= 0.0 {
            continue;
        }
        if let Some(run) = runs.last_mut().filter(|run| run.face == face)
            && let Some((x, y)) = run.offset(&map)
        {
            run.glyphs.push((glyph, x, y));
        } else {
            runs.push(Run { face, size, map, glyphs: vec![(glyph, 0.0, 0.0)] });
        }
    }
    Some(runs)
}

impl Run<'_> {
    /// Where a glyph with the map `other` stands in this run, in ems from its start to the right
    /// and upwards; `None` when it is turned or sized differently, or stands before the last one.
    fn offset(&self, other: &Transform) -> Option<(f32, f32)> {
        let near = |a: f32, b: f32| (a - b).abs() < 1.0e-3 * self.size;
        let map = &self.map;
        let alike = near(map.a, other.a) && near(map.b, other.b);
        if !(alike && near(map.c, other.c) && near(map.d, other.d)) {
            return None;
        }
        let determinant = map.a * map.d - map.b * map.c;
        if determinant == 0.0 {
            return None;
        }
        let (dx, dy) = (other.e - map.e, other.f - map.f);
        let x = (map.d * dx - map.c * dy) / determinant;
        let y = (map.a * dy - map.b * dx) / determinant;
        let last = self.glyphs.last().map_or(0.0, |(_, x, _)| *x);
        (x >= last).then_some((x, -y))
    }

    fn paint(&self, color: Color, paints: &mut Vec<Paint>) {
        let is_rtl = |character: char| {
            matches!(
                unicode_bidi::bidi_class(character),
                unicode_bidi::BidiClass::R | unicode_bidi::BidiClass::AL
            )
        };
        let rtl = self.glyphs.iter().any(|(glyph, ..)| glyph.text.chars().any(is_rtl));
        let mut text = String::new();
        let mut clusters = vec![0; self.glyphs.len()];
        let order: Vec<usize> =
            if rtl { (0..clusters.len()).rev().collect() } else { (0..clusters.len()).collect() };
        for index in order {
            clusters[index] = u32::try_from(text.len()).unwrap_or(u32::MAX);
            text.push_str(&self.glyphs[index].0.text);
        }
        let next = self.glyphs.iter().skip(1).map(|(_, x, _)| Some(*x)).chain([None]);
        let glyphs = self.glyphs.iter().zip(next).zip(clusters);
        let list: Arc<[Glyph]> = glyphs
            .map(|(((glyph, x, y), next), cluster)| Glyph {
                id: u16::try_from(glyph.id.0).unwrap_or(0),
                // Nothing follows the last one, so that its advance moves nothing.
                advance: next.map_or(0.5, |next| next - *x),
                x_offset: 0.0,
                y_offset: *y,
                cluster,
                is_space: glyph.text == " ",
            })
            .collect();
        let upright = self.map.b.abs() < 1.0e-4 * self.size
            && self.map.c.abs() < 1.0e-4 * self.size
            && (self.map.a - self.map.d).abs() < 1.0e-3 * self.size
            && self.map.d > 0.0;
        let run = |size: f32, origin: Point| GlyphRun {
            face: self.face,
            size: Pt(size),
            color,
            style: StyleId::NONE,
            origin,
            glyphs: Glyphs {
                range: 0..u32::try_from(list.len()).unwrap_or(u32::MAX),
                list: Arc::clone(&list),
                space_extra: Pt::ZERO,
                letter_extra: Pt::ZERO,
            },
            text: text.as_str().into(),
            rtl,
            actual_text: None,
            slant: false,
        };
        if upright {
            let origin = Point::new(Pt(self.map.e), Pt(self.map.f));
            paints.push(Paint::Glyphs(run(self.size, origin)));
            return;
        }
        let by = 1.0 / self.size;
        let Transform { a, b, c, d, e, f } = self.map;
        let turned = Transform { a: a * by, b: b * by, c: c * by, d: d * by, e, f };
        paints.push(Paint::Push(Group { transform: Some(turned), clip: None, opacity: 1.0 }));
        paints.push(Paint::Glyphs(run(self.size, Point::default())));
        paints.push(Paint::Pop);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{DrawingFace, paint_svg, svg};
    use super::*;
    use crate::assets::Assets;
    use crate::geom::Rect;
    use crate::layout::boxes::Picture;
    use crate::layout::page::{Artifact, Mark};

    fn fonts() -> DrawingFonts {
        let path = "fonts/source-sans-3/SourceSans3-Regular.ttf";
        let asset = Assets::builtin().read(path, "").unwrap();
        let face = DrawingFace {
            id: FaceId(4),
            bytes: Arc::new(asset.bytes.into_owned()),
            index: 0,
            units_per_em: 1000,
        };
        DrawingFonts::new([face], ("Source Sans 3", "Source Sans 3", "Source Sans 3"))
    }

    fn paints(inner: &str) -> Vec<Paint> {
        let text =
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'>{inner}</svg>");
        let drawing = svg::parse(text.as_bytes(), &fonts(), &|_| None).unwrap().replaced;
        let Picture::Vector(tree) = drawing.picture else { panic!("a drawing") };
        let rect = Rect::new(Pt(0.0), Pt(0.0), Pt(90.0), Pt(30.0));
        let mark = Mark::Artifact(Artifact::Layout);
        let items = paint_svg(&tree, rect, rect, mark, &fonts());
        items.into_iter().map(|item| item.paint).collect()
    }

    fn runs(paints: &[Paint]) -> Vec<&GlyphRun> {
        let glyphs = paints.iter().filter_map(|paint| match paint {
            Paint::Glyphs(run) => Some(run),
            _ => None,
        });
        glyphs.collect()
    }

    #[test]
    fn text_in_a_drawing_stays_text() {
        let paints = paints("<text x='5' y='20' font-size='10' fill='#00f'>Oslo 2014</text>");
        let runs = runs(&paints);
        assert_eq!(runs.len(), 1, "{paints:?}");
        let run = runs[0];
        assert_eq!(&*run.text, "Oslo 2014");
        assert_eq!((run.face, run.color.blue), (FaceId(4), 255));
        assert!((run.size.0 - 10.0).abs() < 0.01, "{:?}", run.size);
        assert!((run.origin.x.0 - 5.0).abs() < 0.01 && (run.origin.y.0 - 20.0).abs() < 0.01);
        let clusters: Vec<u32> = run.glyphs.list.iter().map(|glyph| glyph.cluster).collect();
        assert_eq!(clusters, (0..9).collect::<Vec<u32>>());
        assert!(run.glyphs.list.iter().all(|glyph| glyph.advance > 0.1 && glyph.advance < 1.0));
    }

    #[test]
    fn turned_text_is_a_turned_group() {
        let paints = paints("<text x='5' y='20' transform='rotate(90)' font-size='10'>ab</text>");
        assert_eq!(runs(&paints).len(), 1);
        assert!(paints.iter().filter(|paint| matches!(paint, Paint::Push(_))).count() >= 2);
    }

    #[test]
    fn text_with_gradient_becomes_outlines_below_unseen_letters() {
        let paints = paints(
            "<linearGradient id='g'><stop offset='0'/><stop offset='1' stop-color='red'/></linearGradient>\
             <text x='5' y='20' font-size='10' fill='url(#g)'>ab</text>",
        );
        let runs = runs(&paints);
        assert!(runs.iter().all(|run| run.color.is_invisible()) && &*runs[0].text == "ab");
        assert!(paints.iter().any(|paint| matches!(paint, Paint::Path { .. })));
    }
}
