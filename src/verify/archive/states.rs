//! Extended graphics states, halftones, rendering intents and transparency (ISO 19005-2 6.2.5,
//! 6.2.6, 6.2.10).

use hayro_syntax::object::{Dict, Name, Number, Object, Stream};
use rustc_hash::FxHashSet;

use super::intents::Intent;
use crate::verify::content::{Event, Observer, Origin, State};
use crate::verify::document::names;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    TRANSFER = "a:6.2.5-1", "6.2.5", Levels::ARCHIVE, Checked,
        "graphics states have no transfer function (TR)",
        "let the producer leave TR out";
    TRANSFER2 = "a:6.2.5-2", "6.2.5", Levels::ARCHIVE, Checked,
        "the transfer function of a graphics state (TR2) is Default",
        "let the producer leave TR2 out";
    PHASE = "a:6.2.5-3", "6.2.5", Levels::ARCHIVE, Checked,
        "graphics states have no halftone phase (HTP)",
        "let the producer leave HTP out";
    HALFTONE = "a:6.2.5-4", "6.2.5", Levels::ARCHIVE, Checked,
        "halftones are of type 1 or 5",
        "let the producer leave the halftone out";
    HALFTONE_NAME = "a:6.2.5-5", "6.2.5", Levels::ARCHIVE, Checked,
        "halftones have no HalftoneName",
        "let the producer leave HalftoneName out";
    HALFTONE_TRANSFER = "a:6.2.5-6", "6.2.5", Levels::ARCHIVE, Checked,
        "halftones have a TransferFunction for colourants other than the primary ones, and only for these",
        "let the producer leave the halftone out";
    INTENT = "a:6.2.6-1", "6.2.6", Levels::ARCHIVE, Checked,
        "rendering intents are one of the four that ISO 32000-1 names",
        "let the producer use RelativeColorimetric, AbsoluteColorimetric, Perceptual or Saturation";
    BLEND = "a:6.2.10-1", "6.2.10", Levels::ARCHIVE, Checked,
        "blend modes are those of ISO 32000-1",
        "let the producer use another blend mode";
    GROUP = "a:6.2.10-2", "6.2.10", Levels::ARCHIVE, Checked,
        "without an output intent, pages with transparency name a blending colour space (Group, CS)",
        "let the producer write an output intent";
}

/// Watches the graphics states of one page.
pub struct States {
    /// What is found.
    pub findings: Findings,
    seen: FxHashSet<usize>,
    transparent: bool,
    grouped: bool,
}

impl States {
    /// For one page.
    pub fn new(in_force: Levels) -> States {
        States {
            findings: Findings::new(in_force),
            seen: FxHashSet::default(),
            transparent: false,
            grouped: false,
        }
    }

    /// What is found of the page as a whole, once all of it was seen.
    pub fn finish(mut self, page: usize, intent: Intent) -> Findings {
        if self.transparent && !self.grouped && intent.space.is_none() {
            self.findings.push(&GROUP, Place::page(page), || {
                "the page has transparency, and no Group with a CS".to_owned()
            });
        }
        self.findings
    }

    fn state(&mut self, place: &Place, dict: &Dict<'_>) {
        if !self.seen.insert(dict.data().as_ptr() as usize) {
            return;
        }
        let place = || place.clone();
        if dict.contains_key("TR") {
            self.findings.push(&TRANSFER, place(), || "there is a TR".to_owned());
        }
        if dict.contains_key("TR2") && dict.get::<Name<'_>>("TR2").as_deref() != Some(b"Default") {
            self.findings.push(&TRANSFER2, place(), || "TR2 is not Default".to_owned());
        }
        if dict.contains_key("HTP") {
            self.findings.push(&PHASE, place(), || "there is an HTP".to_owned());
        }
        if let Some(halftone) = dict.get::<Object<'_>>("HT") {
            self.halftone(&halftone, None, &place());
        }
        if let Some(intent) = dict.get::<Name<'_>>("RI") {
            self.intent(&intent, place());
        }
        match dict.get::<Object<'_>>("BM") {
            Some(Object::Name(mode)) => self.blend(&mode, place()),
            Some(Object::Array(modes)) => {
                names(&modes).for_each(|mode| self.blend(&mode, place()));
            }
            _ => {}
        }
        let less = |key: &str| dict.get::<Number>(key).is_some_and(|alpha| alpha.as_f64() < 1.0);
        let blends = match dict.get::<Object<'_>>("BM") {
            Some(Object::Name(mode)) => is_blending(&mode),
            Some(Object::Array(modes)) => {
                names(&modes).next().is_some_and(|mode| is_blending(&mode))
            }
            _ => false,
        };
        self.transparent |=
            less("CA") || less("ca") || blends || dict.get::<Dict<'_>>("SMask").is_some();
    }

    fn halftone(&mut self, halftone: &Object<'_>, colourant: Option<&[u8]>, place: &Place) {
        let dict = match halftone {
            Object::Dict(dict) => dict,
            Object::Stream(stream) => stream.dict(),
            _ => return,
        };
        let kind = dict.get::<i64>("HalftoneType");
        if !matches!(kind, Some(1 | 5)) {
            self.findings.push(&HALFTONE, place.clone(), || match kind {
                Some(kind) => format!("it is of type {kind}"),
                None => "it has no type".to_owned(),
            });
        }
        if dict.contains_key("HalftoneName") {
            self.findings.push(&HALFTONE_NAME, place.clone(), || "it has a name".to_owned());
        }
        let transfers = dict.contains_key("TransferFunction");
        let sound = match colourant {
            Some(b"Default") => true,
            None | Some(b"Cyan" | b"Magenta" | b"Yellow" | b"Black") => !transfers,
            Some(_) => transfers,
        };
        if !sound {
            self.findings.push(&HALFTONE_TRANSFER, place.clone(), || match transfers {
                true => "it has a TransferFunction".to_owned(),
                false => "it has no TransferFunction".to_owned(),
            });
        }
        if kind == Some(5) && colourant.is_none() {
            let mut keys: Vec<Name<'_>> = dict.keys().collect();
            keys.sort();
            for key in keys {
                if !matches!(&*key, b"Type" | b"HalftoneType" | b"HalftoneName")
                    && let Some(inner) = dict.get::<Object<'_>>(&*key)
                {
                    self.halftone(&inner, Some(&key), place);
                }
            }
        }
    }

    fn intent(&mut self, intent: &[u8], place: Place) {
        let known = matches!(
            intent,
            b"RelativeColorimetric" | b"AbsoluteColorimetric" | b"Perceptual" | b"Saturation"
        );
        if !known {
            self.findings
                .push(&INTENT, place, || format!("it is {}", String::from_utf8_lossy(intent)));
        }
    }

    fn blend(&mut self, mode: &[u8], place: Place) {
        let known = matches!(
            mode,
            b"Normal"
                | b"Compatible"
                | b"Multiply"
                | b"Screen"
                | b"Overlay"
                | b"Darken"
                | b"Lighten"
                | b"ColorDodge"
                | b"ColorBurn"
                | b"HardLight"
                | b"SoftLight"
                | b"Difference"
                | b"Exclusion"
                | b"Hue"
                | b"Saturation"
                | b"Color"
                | b"Luminosity"
        );
        if !known {
            self.findings
                .push(&BLEND, place, || format!("it is {}", String::from_utf8_lossy(mode)));
        }
    }

    fn pattern(&mut self, place: &Place, pattern: Option<&Object<'_>>) {
        if let Some(Object::Dict(pattern)) = pattern
            && let Some(state) = pattern.get::<Dict<'_>>("ExtGState")
        {
            self.state(place, &state);
        }
    }

    fn image(&mut self, state: &State<'_>, image: &Stream<'_>) {
        let dict = image.dict();
        self.transparent |= dict.get::<Stream<'_>>("SMask").is_some()
            || dict.get::<i64>("SMaskInData").is_some_and(|within| within > 0);
        if let Some(intent) = dict.get::<Name<'_>>("Intent") {
            self.intent(&intent, Place::page(state.page).in_object(state.container));
        }
    }
}

fn is_blending(mode: &[u8]) -> bool {
    !matches!(mode, b"Normal" | b"Compatible")
}

impl<'a> Observer<'a> for States {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        let place = || Place::page(state.page).in_object(state.container);
        match event {
            Event::Operator { name: b"gs", operands } => {
                if let Some(Object::Name(name)) = operands.first()
                    && let Some(dict) = state.resources.ext_g_states.get::<Dict<'a>>(name)
                {
                    self.state(&place(), &dict);
                }
            }
            Event::Operator { name: b"ri", operands } => {
                if let Some(Object::Name(intent)) = operands.first() {
                    self.intent(intent, place());
                }
            }
            Event::Paint { fill, stroke } => {
                let graphics = &state.graphics;
                if *fill {
                    self.pattern(&place(), graphics.fill.pattern.as_ref());
                }
                if *stroke {
                    self.pattern(&place(), graphics.stroke.pattern.as_ref());
                }
            }
            Event::Image { image, .. } => self.image(state, image),
            Event::Begin { dict, .. } => {
                let Some(group) = dict.get::<Dict<'_>>("Group") else { return };
                if state.origin == Origin::Page {
                    self.grouped |= group.contains_key("CS");
                } else if group.get::<Name<'_>>("S").as_deref() == Some(b"Transparency") {
                    self.transparent = true;
                }
            }
            _ => {}
        }
    }
}
