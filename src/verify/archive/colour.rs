//! The colours that content is painted in (ISO 19005-2 6.2.4): each colour space that is used is
//! independent of devices, or the output intent or a default space tells what it stands for.

use std::hash::{DefaultHasher, Hash, Hasher};

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
use hayro_syntax::page::Resources;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Shared;
use super::icc::Profile;
use super::names::NAMES;
use crate::verify::content::{Colour, Event, Observer, State};
use crate::verify::document::{each, items, names};
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::{Rule, rules};

rules! {
    INKS = "a:6.1.13-9", "6.1.13", Levels::ARCHIVE, Checked,
        "a DeviceN colour space has no more than 32 colourants",
        "let the producer use fewer colourants in one colour space";
    PROFILE = "a:6.2.4.2-1", "6.2.4.2", Levels::ARCHIVE, Checked,
        "profiles of ICCBased colour spaces are of a known class, colour space and version",
        "let the producer embed an ICC profile of version 2 or 4";
    OVERPRINT = "a:6.2.4.2-2", "6.2.4.2", Levels::ARCHIVE, Checked,
        "overprint mode is not 1 where ICCBased CMYK colours overprint",
        "let the producer set OPM to 0, or switch overprinting off";
    RGB = "a:6.2.4.3-2", "6.2.4.3", Levels::ARCHIVE, Checked,
        "DeviceRGB is used only with an RGB output intent or a DefaultRGB colour space",
        "let the producer write an RGB output intent";
    CMYK = "a:6.2.4.3-3", "6.2.4.3", Levels::ARCHIVE, Checked,
        "DeviceCMYK is used only with a CMYK output intent or a DefaultCMYK colour space",
        "let the producer write a CMYK output intent, or use RGB throughout";
    GREY = "a:6.2.4.3-4", "6.2.4.3", Levels::ARCHIVE, Checked,
        "DeviceGray is used only with an output intent or a DefaultGray colour space",
        "let the producer write an output intent";
    COLORANTS = "a:6.2.4.4-1", "6.2.4.4", Levels::ARCHIVE, Checked,
        "the Colorants of a DeviceN colour space describe each spot colour",
        "let the producer describe the spot colours";
    SAME = "a:6.2.4.4-2", "6.2.4.4", Levels::ARCHIVE, Checked,
        "Separation colour spaces of the same name have the same tint transform and alternate space",
        "let the producer use one Separation for one colourant";
}

/// How deep colour spaces may be made of colour spaces.
const DEEP: usize = 8;
/// How many entries of objects are compared.
const COMPARED: usize = 100_000;

/// A Separation: its colourant, and a fingerprint of what it is made of.
pub type Ink = (Vec<u8>, u64, Place);

/// Watches the colours of one page.
pub struct Colours<'s> {
    shared: &'s Shared<'s>,
    /// What is found.
    pub findings: Findings,
    /// The Separations that are used.
    pub inks: Vec<Ink>,
    /// Colour spaces that were looked at: the space, the default spaces, how it is used.
    seen: FxHashSet<(usize, usize, bool)>,
}

/// How a colour space is used.
struct Use<'u, 'a> {
    resources: &'u Resources<'a>,
    place: &'u Place,
    /// Whether it overprints in mode 1.
    overprints: bool,
    /// Whether default spaces stand for device spaces.
    defaults: bool,
    depth: usize,
}

impl<'u, 'a> Use<'u, 'a> {
    /// By what is painted itself; device spaces may be told by defaults.
    fn new(resources: &'u Resources<'a>, place: &'u Place, overprints: bool) -> Use<'u, 'a> {
        Use { resources, place, overprints, defaults: true, depth: 0 }
    }
}

impl<'s> Colours<'s> {
    /// For one page.
    pub fn new(shared: &'s Shared<'s>, in_force: Levels) -> Colours<'s> {
        Colours {
            shared,
            findings: Findings::new(in_force),
            inks: Vec::new(),
            seen: FxHashSet::default(),
        }
    }

    fn painted(&mut self, state: &State<'_>, fill: bool, stroke: bool) {
        let graphics = &state.graphics;
        let overprint = graphics.overprint;
        if fill {
            self.colour(state, &graphics.fill, overprint.fill && overprint.mode == 1);
        }
        if stroke {
            self.colour(state, &graphics.stroke, overprint.stroke && overprint.mode == 1);
        }
    }

    fn colour(&mut self, state: &State<'_>, colour: &Colour<'_>, overprints: bool) {
        self.once(state, &colour.space, overprints);
        if let Some(Object::Dict(pattern)) = &colour.pattern
            && let Some(shading) = pattern.get::<Object<'_>>("Shading")
        {
            self.shading(state, &shading);
        }
    }

    fn shading(&mut self, state: &State<'_>, shading: &Object<'_>) {
        match shading {
            Object::Dict(dict) => self.group_or_shading(state, dict, "ColorSpace"),
            Object::Stream(stream) => self.group_or_shading(state, stream.dict(), "ColorSpace"),
            _ => {}
        }
    }

    /// The space that the dictionary of a shading or of a group names.
    fn group_or_shading(&mut self, state: &State<'_>, dict: &Dict<'_>, key: &str) {
        if self.was_seen(state, dict.data().as_ptr() as usize, false) {
            return;
        }
        let Some(space) = dict.get::<Object<'_>>(key) else { return };
        let place = place_of(state);
        let used = Use::new(&state.resources, &place, false);
        self.space(&space, &used);
    }

    fn image(&mut self, state: &State<'_>, image: &Stream<'_>, inline: bool) {
        let dict = image.dict();
        let flag = |long: &str, short: &str| dict.get::<bool>(long).or(dict.get::<bool>(short));
        if flag("ImageMask", "IM") == Some(true) {
            self.painted(state, true, false);
            return;
        }
        let space = dict
            .get::<Object<'_>>("ColorSpace")
            .or_else(|| inline.then(|| dict.get::<Object<'_>>("CS")).flatten());
        let at = match &space {
            Some(Object::Name(name)) if inline => hash_of(name),
            _ => dict.data().as_ptr() as usize,
        };
        if self.was_seen(state, at, false) {
            return;
        }
        let place = place_of(state);
        let used = Use::new(&state.resources, &place, false);
        match space {
            // The name of an inline image's space is looked up in the resources, not in the file.
            Some(Object::Name(name)) => self.named(&name, &used),
            Some(space) => self.space(&space, &used),
            None => {}
        }
    }

    /// Whether a colour space, by its place in memory, was looked at with the same defaults.
    fn was_seen(&mut self, state: &State<'_>, at: usize, overprints: bool) -> bool {
        let defaults = state.resources.color_spaces.data().as_ptr() as usize;
        !self.seen.insert((at, defaults, overprints))
    }

    /// Looks at a colour space, unless it was looked at before.
    fn once(&mut self, state: &State<'_>, space: &Object<'_>, overprints: bool) {
        let at = match space {
            Object::Name(name) => name.as_ptr() as usize,
            Object::Array(array) => array.data().as_ptr() as usize,
            _ => return,
        };
        if self.was_seen(state, at, overprints) {
            return;
        }
        let place = place_of(state);
        let used = Use::new(&state.resources, &place, overprints);
        self.space(space, &used);
    }

    fn space(&mut self, space: &Object<'_>, used: &Use<'_, '_>) {
        if used.depth > DEEP {
            return;
        }
        match space {
            Object::Name(name) => self.named(name, used),
            Object::Array(array) => self.array(array, used),
            _ => {}
        }
    }

    fn named(&mut self, name: &[u8], used: &Use<'_, '_>) {
        let (default, rule, wanted): (&str, &'static Rule, Option<&[u8; 4]>) = match name {
            b"DeviceGray" | b"G" => ("DefaultGray", &GREY, None),
            b"DeviceRGB" | b"RGB" => ("DefaultRGB", &RGB, Some(b"RGB ")),
            b"DeviceCMYK" | b"CMYK" => ("DefaultCMYK", &CMYK, Some(b"CMYK")),
            b"Pattern" | b"CalGray" | b"CalRGB" | b"Lab" => return,
            _ => {
                if let Some(space) = used.resources.color_spaces.get::<Object<'_>>(name) {
                    self.space(&space, &Use { depth: used.depth + 1, ..*used });
                }
                return;
            }
        };
        if used.defaults
            && let Some(space) = used.resources.color_spaces.get::<Object<'_>>(default)
        {
            self.space(&space, &Use { defaults: false, depth: used.depth + 1, ..*used });
            return;
        }
        let intent = self.shared.intent.space;
        let sound = match wanted {
            None => intent.is_some(),
            Some(wanted) => intent.as_ref() == Some(wanted),
        };
        if !sound {
            self.findings.push(rule, used.place.clone(), || match intent {
                None => "there is no output intent with a profile".to_owned(),
                Some(space) => format!(
                    "the output intent is for {}",
                    String::from_utf8_lossy(&space).trim_end()
                ),
            });
        }
    }

    fn array(&mut self, array: &Array<'_>, used: &Use<'_, '_>) {
        let mut entries = each(array);
        let mut next = || entries.next().flatten();
        let Some(Object::Name(family)) = next() else { return };
        let within = Use { depth: used.depth + 1, ..*used };
        match &*family {
            b"ICCBased" => {
                if let Some(Object::Stream(stream)) = next() {
                    self.profile(&stream, used);
                }
            }
            b"Indexed" | b"I" | b"Pattern" => {
                if let Some(base) = next() {
                    self.space(&base, &within);
                }
            }
            b"Separation" => {
                let (name, alternate) = (next(), next());
                if let Some(Object::Name(name)) = name {
                    self.colourant(&name, used);
                    self.inks.push((name.to_vec(), fingerprint(array), used.place.clone()));
                }
                if let Some(alternate) = alternate {
                    self.space(&alternate, &within);
                }
            }
            b"DeviceN" => {
                let (names, alternate, _) = (next(), next(), next());
                if let Some(Object::Array(names)) = names {
                    let attributes = match next() {
                        Some(Object::Dict(attributes)) => attributes,
                        _ => Dict::empty(),
                    };
                    self.inks_of(&names, &attributes, &within);
                }
                if let Some(alternate) = alternate {
                    self.space(&alternate, &within);
                }
            }
            name => self.named(name, used),
        }
    }

    fn profile(&mut self, stream: &Stream<'_>, used: &Use<'_, '_>) {
        let profile = self.shared.profiles.of(self.shared.document, stream);
        let place = || used.place.clone().in_object(Some(stream.obj_id()));
        match profile {
            Some(profile) if is_input(&profile) => {
                if used.overprints && &profile.space == b"CMYK" {
                    self.findings.push(&OVERPRINT, used.place.clone(), || {
                        "the colour overprints with OPM 1".to_owned()
                    });
                }
            }
            Some(profile) => self.findings.push(&PROFILE, place(), || {
                format!(
                    "it is a profile of class {} and space {}, version {}.{}",
                    String::from_utf8_lossy(&profile.class).trim_end(),
                    profile.space_name(),
                    profile.version.0,
                    profile.version.1
                )
            }),
            None => self.findings.push(&PROFILE, place(), || "it is no ICC profile".to_owned()),
        }
    }

    fn colourant(&mut self, name: &[u8], used: &Use<'_, '_>) {
        if std::str::from_utf8(name).is_err() {
            self.findings.push(&NAMES, used.place.clone(), || {
                format!("the colourant “{}”", String::from_utf8_lossy(name))
            });
        }
    }

    fn inks_of(&mut self, list: &Array<'_>, attributes: &Dict<'_>, used: &Use<'_, '_>) {
        let inks: Vec<Name<'_>> = names(list).take(1024).collect();
        if inks.len() > 32 {
            self.findings.push(&INKS, used.place.clone(), || format!("it has {}", inks.len()));
        }
        let process = attributes.get::<Dict<'_>>("Process").unwrap_or_default();
        let of_process: Vec<Name<'_>> = process
            .get::<Array<'_>>("Components")
            .map(|components| names(&components).collect())
            .unwrap_or_default();
        let described = attributes.get::<Dict<'_>>("Colorants").unwrap_or_default();
        for name in &inks {
            self.colourant(name, used);
            let known = matches!(&**name, b"None" | b"Cyan" | b"Magenta" | b"Yellow" | b"Black")
                || of_process.contains(name)
                || described.contains_key(name);
            if !known {
                self.findings.push(&COLORANTS, used.place.clone(), || {
                    format!("“{}” is not described", name.as_str())
                });
            }
        }
        if let Some(space) = process.get::<Object<'_>>("ColorSpace") {
            self.space(&space, used);
        }
        for (_, entry) in described.entries() {
            let space = match entry {
                MaybeRef::NotRef(space) => Some(space),
                MaybeRef::Ref(id) => self.shared.document.pdf().xref().get::<Object<'_>>(id.into()),
            };
            if let Some(space) = space {
                self.space(&space, used);
            }
        }
    }
}

impl<'a> Observer<'a> for Colours<'_> {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        match event {
            Event::Show(_) => {
                let mode = state.graphics.render;
                self.painted(state, matches!(mode, 0 | 2 | 4 | 6), matches!(mode, 1 | 2 | 5 | 6));
            }
            Event::Paint { fill, stroke } => self.painted(state, *fill, *stroke),
            Event::Shading(shading) => {
                self.shading(state, shading);
            }
            Event::Image { image, inline } => self.image(state, image, *inline),
            Event::Begin { dict, .. } => {
                if let Some(group) = dict.get::<Dict<'_>>("Group") {
                    self.group_or_shading(state, &group, "CS");
                }
            }
            _ => {}
        }
    }
}

fn hash_of(name: &[u8]) -> usize {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish() as usize
}

fn place_of(state: &State<'_>) -> Place {
    Place::page(state.page).in_object(state.container)
}

fn is_input(profile: &Profile) -> bool {
    matches!(&profile.class, b"prtr" | b"mntr" | b"scnr" | b"spac")
        && matches!(&profile.space, b"RGB " | b"CMYK" | b"GRAY" | b"Lab ")
        && profile.is_of_known_version()
}

/// Holds the Separations of all pages against each other.
pub fn compare(inks: Vec<Ink>, findings: &mut Findings) {
    let mut first: FxHashMap<Vec<u8>, u64> = FxHashMap::default();
    for (name, print, place) in inks {
        let known = first.entry(name.clone()).or_insert(print);
        if *known != print {
            findings.push(&SAME, place, || {
                format!("“{}” is made in different ways", String::from_utf8_lossy(&name))
            });
        }
    }
}

/// What a Separation is made of: the same for objects that are equal, wherever they stand.
fn fingerprint(separation: &Array<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut left = COMPARED;
    for part in each(separation).skip(2).flatten() {
        hash(&part, 0, &mut left, &mut hasher);
    }
    hasher.finish()
}

fn hash(object: &Object<'_>, depth: usize, left: &mut usize, hasher: &mut DefaultHasher) {
    if depth > 2 * DEEP || *left == 0 {
        return;
    }
    *left -= 1;
    match object {
        Object::Null(_) => 0.hash(hasher),
        Object::Boolean(value) => value.hash(hasher),
        Object::Number(number) => number.as_f64().to_bits().hash(hasher),
        Object::String(text) => text.as_bytes().hash(hasher),
        Object::Name(name) => name.as_ref().hash(hasher),
        Object::Array(array) => {
            b'['.hash(hasher);
            items(array).for_each(|part| hash(&part, depth + 1, left, hasher));
        }
        Object::Dict(dict) => hash_dict(dict, depth, left, hasher),
        Object::Stream(stream) => {
            hash_dict(stream.dict(), depth, left, hasher);
            let data = stream.raw_data();
            *left = left.saturating_sub(data.len() / 64);
            data.hash(hasher);
        }
    }
}

fn hash_dict(dict: &Dict<'_>, depth: usize, left: &mut usize, hasher: &mut DefaultHasher) {
    let mut keys: Vec<Name<'_>> = dict.keys().collect();
    keys.sort();
    for key in keys {
        key.as_ref().hash(hasher);
        if let Some(value) = dict.get::<Object<'_>>(&*key) {
            hash(&value, depth + 1, left, hasher);
        }
    }
}
