//! A document made by hand, with one of everything.

use std::sync::Arc;

use crate::fonts::FaceId;
use crate::geom::{Point, Pt, Rect, Size, Transform};
use crate::layout::*;
use crate::style::{Color, Length, Marks, Stop};

use super::files::{ARABIC, BOLD, Files, LIBERATION, SANS};

/// Pages that exist already.
pub(crate) struct Paper {
    pub(crate) pages: Vec<Page>,
    pub(crate) structure: Structure,
    pub(crate) outline: Vec<OutlineEntry>,
    pub(crate) info: Info,
}

impl Pages for Paper {
    fn count(&self) -> usize {
        self.pages.len()
    }
    fn page(&self, index: usize) -> Page {
        self.pages[index].clone()
    }
    fn structure(&self) -> &Structure {
        &self.structure
    }
    fn outline(&self) -> &[OutlineEntry] {
        &self.outline
    }
    fn info(&self) -> &Info {
        &self.info
    }
}

const A4: Size = Size::new(Pt(595.28), Pt(841.89));

pub(crate) fn page() -> Page {
    Page {
        size: A4,
        bleed: Pt::ZERO,
        marks: Marks::default(),
        label: PageLabel::default(),
        items: Vec::new(),
        links: Vec::new(),
        anchors: Vec::new(),
    }
}

pub(crate) fn rgb(red: u8, green: u8, blue: u8, alpha: f32) -> Color {
    Color { red, green, blue, alpha }
}

fn rectangle(rect: Rect) -> Path {
    let corner = |x, y| Point::new(x, y);
    let (left, top, right, bottom) = (rect.origin.x, rect.origin.y, rect.right(), rect.bottom());
    Path {
        segments: vec![
            Segment::Move(corner(left, top)),
            Segment::Line(corner(right, top)),
            Segment::Cubic(
                corner(right + Pt(10.0), top),
                corner(right + Pt(10.0), bottom),
                corner(right, bottom),
            ),
            Segment::Line(corner(left, bottom)),
            Segment::Close,
        ],
    }
}

/// Builds a paper line by line.
pub(crate) struct Writer<'a> {
    files: &'a Files,
    pub(crate) paper: Paper,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(files: &'a Files) -> Writer<'a> {
        let info = Info {
            title: "Mandater <1> – øvelse".into(),
            language: "en".into(),
            rtl: false,
            authors: vec!["Ministry & Co".into()],
            subject: Some("A test".into()),
            keywords: vec!["one".into(), "two".into()],
            custom: vec![("status".into(), "draft".into())],
        };
        let (structure, outline) = (Structure::new(), Vec::new());
        Writer { files, paper: Paper { pages: vec![page()], structure, outline, info } }
    }

    fn put(&mut self, mark: Mark, paint: Paint) {
        self.paper.pages.last_mut().unwrap().items.push(Item { mark, paint });
    }

    pub(crate) fn tag(&mut self, parent: TagId, role: Role) -> TagId {
        self.paper.structure.add(parent, role)
    }

    /// Text of `tag`; returns where it ends.
    pub(crate) fn text(&mut self, tag: TagId, face: FaceId, text: &str, x: f32, y: f32) -> f32 {
        let run = self.files.run(face, 11.0, text, x, y);
        let width: f32 = run.glyphs.list.iter().map(|glyph| glyph.advance * 11.0).sum();
        self.put(Mark::Tagged(tag), Paint::Glyphs(run));
        x + width
    }

    pub(crate) fn heading(&mut self, level: u8, text: &str, y: f32) {
        let tag = self.tag(TagId::DOCUMENT, Role::Heading(level));
        self.text(tag, BOLD, text, 60.0, y);
        let page = self.paper.pages.len() - 1;
        let at = Point::new(Pt(60.0), Pt(y - 12.0));
        self.paper.outline.push(OutlineEntry {
            level,
            title: text.into(),
            page,
            at,
            tag: Some(tag),
        });
        self.paper.pages[page].anchors.push((text.into(), at));
    }

    fn running(&mut self, text: &str) {
        let run = self.files.run(SANS, 9.0, text, 60.0, 40.0);
        self.put(Mark::Artifact(Artifact::Header), Paint::Glyphs(run));
        let rect = Rect::new(Pt::ZERO, Pt::ZERO, A4.width, Pt(20.0));
        let fill = rgb(240, 240, 255, 1.0);
        self.put(Mark::Artifact(Artifact::Background), Paint::Rect { rect, fill });
        let run = self.files.run(SANS, 9.0, "Page 1 of 2", 60.0, 810.0);
        self.put(Mark::Artifact(Artifact::Footer), Paint::Glyphs(run));
    }

    fn paragraphs(&mut self) {
        let p = self.tag(TagId::DOCUMENT, Role::Paragraph);
        let link = self.tag(p, Role::Link);
        let x = self.text(p, SANS, "Efficient office fjord: see ", 60.0, 100.0);
        let end = self.text(link, SANS, "the ministry’s page", x, 100.0);
        self.text(p, SANS, " for more, 5\u{a0}km away.", end, 100.0);
        let line = Paint::Line {
            from: Point::new(Pt(x), Pt(102.0)),
            to: Point::new(Pt(end), Pt(102.0)),
            stroke: Stroke { dash: vec![2.0, 1.0], ..Stroke::solid(rgb(0, 0, 200, 1.0), Pt(0.5)) },
        };
        self.put(Mark::Artifact(Artifact::Layout), line);
        let links = &mut self.paper.pages.last_mut().unwrap().links;
        links.push(Link {
            rect: Rect::new(Pt(x), Pt(90.0), Pt(end - x), Pt(14.0)),
            target: Target::Uri("https://example.org/å?a=(b)".into()),
            tag: Some(link),
            contents: "the ministry’s page".into(),
        });
        let p = self.tag(TagId::DOCUMENT, Role::Paragraph);
        let mut run = self.files.run(LIBERATION, 11.0, "An exam-", 60.0, 116.0);
        run.actual_text = Some("An exam\u{ad}".into());
        run.glyphs.space_extra = Pt(4.0);
        self.put(Mark::Tagged(p), Paint::Glyphs(run));
        let mut run = self.files.run(LIBERATION, 11.0, "ple, set AVAST apart", 60.0, 130.0);
        (run.slant, run.glyphs.letter_extra, run.color) = (true, Pt(1.5), rgb(120, 0, 0, 0.8));
        self.put(Mark::Tagged(p), Paint::Glyphs(run));
        let p = self.tag(TagId::DOCUMENT, Role::Paragraph);
        self.paper.structure.extra(p).language = Some("ar".into());
        self.text(p, ARABIC, "وزارة العدل والأمن العام", 60.0, 150.0);
        let reference = self.tag(TagId::DOCUMENT, Role::Paragraph);
        let link = self.tag(reference, Role::Link);
        self.text(link, SANS, "To the table", 60.0, 170.0);
        let links = &mut self.paper.pages.last_mut().unwrap().links;
        links.push(Link {
            rect: Rect::new(Pt(60.0), Pt(160.0), Pt(60.0), Pt(14.0)),
            target: Target::Anchor("Table".into()),
            tag: Some(link),
            contents: "To the table".into(),
        });
    }

    fn list(&mut self) {
        let list = self.tag(TagId::DOCUMENT, Role::List);
        self.paper.structure.extra(list).numbering = Some(Numbering::Decimal);
        for (number, text) in [("1.", "First"), ("2.", "Second"), ("3.", "")] {
            let y = 190.0 + 14.0 * self.paper.structure.tags.len() as f32 % 50.0;
            let item = self.tag(list, Role::ListItem);
            let label = self.tag(item, Role::Label);
            self.text(label, SANS, number, 60.0, y);
            let body = self.tag(item, Role::ListBody);
            if !text.is_empty() {
                self.text(body, SANS, text, 80.0, y);
            }
        }
        let unused = self.tag(TagId::DOCUMENT, Role::Div);
        self.tag(unused, Role::Paragraph);
    }

    fn figures(&mut self) {
        let figure = self.tag(TagId::DOCUMENT, Role::Figure);
        let extra = self.paper.structure.extra(figure);
        extra.alt = Some("A picture and two gradients".into());
        let rect = Rect::new(Pt(60.0), Pt(300.0), Pt(330.0), Pt(100.0));
        extra.bbox = Some((0, rect));
        let data = (0..16 * 16 * 3).map(|at| (at % 256) as u8).collect();
        let alpha = Some((0..16 * 16).map(|at| (at % 256) as u8).collect());
        let pixels = Pixels::Rgb { data, alpha };
        let image = Arc::new(Image {
            width: 16,
            height: 16,
            pixels,
            orientation: Default::default(),
            key: 0xabc,
        });
        let place = |x: f32| Rect::new(Pt(x), Pt(300.0), Pt(100.0), Pt(100.0));
        let mark = Mark::Tagged(figure);
        self.put(mark, Paint::Image { image: image.clone(), rect: place(60.0) });
        let stop = |color, at| Stop { color, at: Some(Length::share(at)) };
        let stops: Arc<[Stop]> =
            [stop(rgb(255, 0, 0, 1.0), 0.0), stop(rgb(0, 0, 255, 1.0), 1.0)].into();
        let fill = Fill::Linear {
            from: Point::new(Pt(180.0), Pt(300.0)),
            to: Point::new(Pt(280.0), Pt(400.0)),
            stops,
            even_odd: false,
        };
        let path = Arc::new(rectangle(place(180.0)));
        let stroke = Some(Stroke::solid(Color::BLACK, Pt(1.0)));
        self.put(mark, Paint::Path { path, fill: Some(fill), stroke });
        let stops: Arc<[Stop]> =
            [stop(rgb(0, 128, 0, 1.0), 0.0), stop(rgb(255, 255, 0, 0.0), 1.0)].into();
        let fill = Fill::Radial {
            center: Point::new(Pt(350.0), Pt(350.0)),
            radius_x: Pt(50.0),
            radius_y: Pt(30.0),
            stops,
            even_odd: true,
        };
        let path = Arc::new(rectangle(place(300.0)));
        self.put(mark, Paint::Path { path, fill: Some(fill), stroke: None });
        self.group(mark, image);
    }

    fn group(&mut self, mark: Mark, image: Arc<Image>) {
        let transform = Some(Transform { a: 0.866, b: 0.5, c: -0.5, d: 0.866, e: 450.0, f: 300.0 });
        let clip = Some(Arc::new(rectangle(Rect::new(Pt::ZERO, Pt::ZERO, Pt(50.0), Pt(50.0)))));
        self.put(mark, Paint::Push(Group { transform, clip, opacity: 0.5 }));
        let rect = Rect::new(Pt::ZERO, Pt::ZERO, Pt(80.0), Pt(20.0));
        self.put(mark, Paint::Rect { rect, fill: rgb(0, 0, 0, 1.0) });
        self.put(mark, Paint::Image { image, rect });
        let run = self.files.run(SANS, 14.0, "Turned", 0.0, 40.0);
        self.put(mark, Paint::Glyphs(run));
        self.put(mark, Paint::Pop);
    }

    fn table(&mut self) {
        self.heading(2, "Table", 440.0);
        let table = self.tag(TagId::DOCUMENT, Role::Table);
        self.paper.structure.extra(table).summary = Some("Rows and columns".into());
        let head = self.tag(table, Role::TableHead);
        let row = self.tag(head, Role::TableRow);
        for (column, text) in ["Name", "Place"].into_iter().enumerate() {
            let cell = self.tag(row, Role::TableHeaderCell);
            self.paper.structure.extra(cell).scope = Some(Scope::Column);
            self.text(cell, BOLD, text, 60.0 + 100.0 * column as f32, 460.0);
        }
        let body = self.tag(table, Role::TableBody);
        for index in 0..40 {
            let y = if index < 20 {
                480.0 + 14.0 * index as f32
            } else {
                60.0 + 14.0 * (index - 20) as f32
            };
            if index == 20 {
                self.paper.pages.push(page());
                self.running("Second page");
                let run = self.files.run(BOLD, 11.0, "Name", 60.0, 46.0);
                self.put(Mark::Artifact(Artifact::Pagination), Paint::Glyphs(run));
            }
            let row = self.tag(body, Role::TableRow);
            let name = self.tag(row, Role::TableDataCell);
            self.text(name, SANS, &format!("Row {index}"), 60.0, y);
            let place = self.tag(row, Role::TableDataCell);
            if index % 3 > 0 {
                self.text(place, SANS, "Chișinău", 160.0, y);
            }
        }
    }
}

/// The document with one of everything, on two pages.
pub(crate) fn paper(files: &Files) -> Paper {
    let mut writer = Writer::new(files);
    writer.running("First page");
    writer.heading(1, "Mandates", 80.0);
    writer.paragraphs();
    writer.list();
    writer.figures();
    writer.table();
    let note = writer.tag(TagId::DOCUMENT, Role::Note);
    writer.text(note, SANS, "A note at the end.", 60.0, 500.0);
    writer.paper
}
