//! Images and forms (ISO 19005-2 6.2.8, 6.2.9).

use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use rustc_hash::FxHashSet;

use super::jpx;
use crate::verify::content::{Event, Observer, State};
use crate::verify::document::each;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    ALTERNATES = "a:6.2.8-1", "6.2.8", Levels::ARCHIVE, Checked,
        "images have no Alternates",
        "let the producer leave the alternate images out";
    IMAGE_OPI = "a:6.2.8-2", "6.2.8", Levels::ARCHIVE, Checked,
        "images have no OPI",
        "let the producer embed the image itself";
    INTERPOLATE = "a:6.2.8-3", "6.2.8", Levels::ARCHIVE, Checked,
        "images are not interpolated",
        "let the producer set Interpolate to false, or embed an image of more pixels";
    DEPTH = "a:6.2.8-4", "6.2.8", Levels::ARCHIVE, Checked,
        "the bits per component of an image are 1, 2, 4, 8 or 16",
        "let the producer write the image anew";
    MASK_DEPTH = "a:6.2.8-5", "6.2.8", Levels::ARCHIVE, Checked,
        "a stencil mask has one bit per component",
        "let the producer write the mask anew";
    CHANNELS = "a:6.2.8.3-1", "6.2.8.3", Levels::ARCHIVE, Checked,
        "JPEG 2000 images have 1, 3 or 4 colour channels",
        "let the producer write the image in another format";
    EXACT = "a:6.2.8.3-2", "6.2.8.3", Levels::ARCHIVE, Checked,
        "of several colour specifications of a JPEG 2000 image one is marked as exact",
        "let the producer write the image in another format";
    METHOD = "a:6.2.8.3-3", "6.2.8.3", Levels::ARCHIVE, Checked,
        "the colour specification of a JPEG 2000 image is an enumerated space or an ICC profile",
        "let the producer write the image in another format";
    CIEJAB = "a:6.2.8.3-4", "6.2.8.3", Levels::ARCHIVE, Checked,
        "JPEG 2000 images are not in CIEJab",
        "let the producer write the image in another colour space";
    CHANNEL_DEPTH = "a:6.2.8.3-5", "6.2.8.3", Levels::ARCHIVE, Checked,
        "all channels of a JPEG 2000 image have the same depth, from 1 to 38 bits",
        "let the producer write the image in another format";
    POSTSCRIPT = "a:6.2.9-1", "6.2.9", Levels::ARCHIVE, Checked,
        "forms have neither OPI nor PostScript",
        "let the producer draw the form in PDF alone";
    REFERENCE = "a:6.2.9-2", "6.2.9", Levels::ARCHIVE, Checked,
        "forms do not stand for pages of other files (Ref)",
        "let the producer embed the page itself";
    POSTSCRIPT_OBJECT = "a:6.2.9-3", "6.2.9", Levels::ARCHIVE, Checked,
        "there are no PostScript XObjects",
        "let the producer draw in PDF alone";
}

/// Watches the images and forms of one page.
pub struct Images {
    /// What is found.
    pub findings: Findings,
    seen: FxHashSet<ObjectIdentifier>,
}

impl Images {
    /// For one page.
    pub fn new(in_force: Levels) -> Images {
        Images { findings: Findings::new(in_force), seen: FxHashSet::default() }
    }

    fn image(&mut self, image: &Stream<'_>, place: &Place) {
        if !self.seen.insert(image.obj_id()) {
            return;
        }
        let dict = image.dict();
        let at = Place { page: place.page, ..Place::object(Some(image.obj_id())) };
        if dict.contains_key("Alternates") {
            self.findings.push(&ALTERNATES, at.clone(), || "there are alternate images".to_owned());
        }
        if dict.contains_key("OPI") {
            self.findings.push(&IMAGE_OPI, at.clone(), || "there is an OPI dictionary".to_owned());
        }
        self.common(dict, &at);
        self.jpeg2000(image, &at);
        for key in ["SMask", "Mask"] {
            if let Some(mask) = dict.get::<Stream<'_>>(key) {
                self.image(&mask, place);
            }
        }
    }

    /// What holds of images of their own and of inline ones.
    fn common(&mut self, dict: &Dict<'_>, place: &Place) {
        let flag = |long: &str, short: &str| dict.get::<bool>(long).or(dict.get::<bool>(short));
        if flag("Interpolate", "I") == Some(true) {
            self.findings
                .push(&INTERPOLATE, place.clone(), || "the image is interpolated".to_owned());
        }
        let depth = dict.get::<i64>("BitsPerComponent").or_else(|| dict.get::<i64>("BPC"));
        let Some(depth) = depth else { return };
        let (rule, sound) = match flag("ImageMask", "IM") {
            Some(true) => (&MASK_DEPTH, depth == 1),
            _ => (&DEPTH, matches!(depth, 1 | 2 | 4 | 8 | 16)),
        };
        if !sound {
            self.findings.push(rule, place.clone(), || format!("there are {depth}"));
        }
    }

    fn jpeg2000(&mut self, image: &Stream<'_>, place: &Place) {
        let dict = image.dict();
        let coded = match dict.get::<Object<'_>>("Filter") {
            Some(Object::Name(name)) => &*name == b"JPXDecode",
            Some(Object::Array(list)) => {
                let mut filters = each(&list).map(|item| item.and_then(Object::into_name));
                let first = filters.next().flatten();
                first.is_some_and(|name| &*name == b"JPXDecode") && filters.next().is_none()
            }
            _ => false,
        };
        if !coded {
            return;
        }
        let place = || place.clone();
        let Some(jpx) = jpx::read(&image.raw_data()) else {
            self.findings.push(&CHANNELS, place(), || {
                "the data are no JPEG 2000 image, so that they have none".to_owned()
            });
            return;
        };
        if !matches!(jpx.colour_channels, 1 | 3 | 4) {
            self.findings.push(&CHANNELS, place(), || format!("there are {}", jpx.colour_channels));
        }
        if jpx.depths_differ || !jpx.depth.is_some_and(|depth| (1..=38).contains(&depth)) {
            self.findings.push(&CHANNEL_DEPTH, place(), || match jpx.depths_differ {
                true => "the channels have depths of their own".to_owned(),
                false => "the depth is out of range".to_owned(),
            });
        }
        if dict.contains_key("ColorSpace") {
            return;
        }
        let exact = jpx.colours.iter().filter(|colour| colour.approximation == 1);
        if jpx.colours.len() > 1 && exact.clone().count() != 1 {
            self.findings.push(&EXACT, place(), || {
                format!("{} of {} are marked so", exact.clone().count(), jpx.colours.len())
            });
        }
        let used = match jpx.colours.len() {
            1 => jpx.colours.first(),
            _ => jpx.colours.iter().find(|colour| colour.approximation == 1),
        };
        if !used.is_some_and(|colour| matches!(colour.method, 1..=3)) {
            self.findings.push(&METHOD, place(), || match used {
                Some(colour) => format!("its method is {}", colour.method),
                None => "there is none".to_owned(),
            });
        }
        if used.is_some_and(|colour| colour.enumerated == Some(19)) {
            self.findings.push(&CIEJAB, place(), || "the colour space is 19".to_owned());
        }
    }

    fn form(&mut self, form: &Stream<'_>, place: &Place) {
        if !self.seen.insert(form.obj_id()) {
            return;
        }
        let dict = form.dict();
        let name = |key: &str| dict.get::<Name<'_>>(key);
        let place = || Place { page: place.page, ..Place::object(Some(form.obj_id())) };
        if name("Subtype").as_deref() == Some(b"PS") {
            self.findings
                .push(&POSTSCRIPT_OBJECT, place(), || "it is of the subtype PS".to_owned());
            return;
        }
        let postscript = name("Subtype2").as_deref() == Some(b"PS") || dict.contains_key("PS");
        if postscript || dict.contains_key("OPI") {
            self.findings.push(&POSTSCRIPT, place(), || match postscript {
                true => "the form holds PostScript".to_owned(),
                false => "the form has an OPI dictionary".to_owned(),
            });
        }
        if dict.contains_key("Ref") {
            self.findings.push(&REFERENCE, place(), || "the form has a Ref".to_owned());
        }
    }
}

impl<'a> Observer<'a> for Images {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        let place = || Place::page(state.page).in_object(state.container);
        match event {
            Event::Image { image, inline: false } => self.image(image, &place()),
            Event::Image { image, inline: true } => self.common(image.dict(), &place()),
            Event::Form(form) => self.form(form, &place()),
            _ => {}
        }
    }
}
