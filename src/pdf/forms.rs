//! Forms (ISO 32000-1 8.10): painting that is blended as a whole, or that masks other painting.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{DictItem, Op};

use crate::layout::Blend;

use super::canvas::Needs;
use super::object::{dictionary, name as pdf_name, reals, reference};

/// A form before it is an object.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) ops: Vec<Op>,
    /// The operators as bytes, once they are written.
    pub(super) content: Vec<u8>,
    /// Kind and name of each resource.
    pub(super) names: BTreeSet<(&'static str, String)>,
    /// Whether it has marked-content sequences of its own.
    pub(super) marked: bool,
}

/// How a form is laid over what is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effect {
    Blend(Blend),
    /// The form with this key is the mask.
    Mask {
        form: u64,
        luminance: bool,
    },
}

impl Effect {
    /// The resource name of its graphics state.
    pub(super) fn name(&self) -> String {
        match self {
            Effect::Blend(blend) => format!("B{}", blend_name(*blend)),
            Effect::Mask { form, luminance: true } => format!("L{form:016x}"),
            Effect::Mask { form, luminance: false } => format!("K{form:016x}"),
        }
    }

    /// Its graphics state (8.4.5).
    fn state(&self, ids: &BTreeMap<u64, ObjectId>) -> Option<Dictionary> {
        let (key, value) = match self {
            Effect::Blend(blend) => ("BM", pdf_name(blend_name(*blend))),
            Effect::Mask { form, luminance } => {
                let kind = if *luminance { "Luminosity" } else { "Alpha" };
                let mask = dictionary([
                    ("Type", pdf_name("Mask")),
                    ("S", pdf_name(kind)),
                    ("G", Object::Reference(*ids.get(form)?)),
                ]);
                ("SMask", Object::Dictionary(mask))
            }
        };
        Some(dictionary([("Type", pdf_name("ExtGState")), (key, value)]))
    }
}

/// The name of a blend mode (11.3.5).
fn blend_name(blend: Blend) -> &'static str {
    match blend {
        Blend::Normal => "Normal",
        Blend::Multiply => "Multiply",
        Blend::Screen => "Screen",
        Blend::Overlay => "Overlay",
        Blend::Darken => "Darken",
        Blend::Lighten => "Lighten",
        Blend::ColorDodge => "ColorDodge",
        Blend::ColorBurn => "ColorBurn",
        Blend::HardLight => "HardLight",
        Blend::SoftLight => "SoftLight",
        Blend::Difference => "Difference",
        Blend::Exclusion => "Exclusion",
        Blend::Hue => "Hue",
        Blend::Saturation => "Saturation",
        Blend::Color => "Color",
        Blend::Luminosity => "Luminosity",
    }
}

/// The resource name of a form.
pub(super) fn name(key: u64) -> String {
    format!("G{key:016x}")
}

/// A digest of what operators paint, so that equal drawings on many pages share one form.
pub(super) fn digest(ops: &[Op]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for op in ops {
        for byte in format!("{op:?}").bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash ^= hash >> 29;
    }
    hash
}

/// The resources that operators name.
pub(super) fn names(ops: &[Op]) -> BTreeSet<(&'static str, String)> {
    let name = |op: &Op| match op {
        Op::LoadGraphicsState { gs } => Some(("ExtGState", gs.0.clone())),
        Op::PaintShading { id } => Some(("Shading", id.0.clone())),
        Op::UseXobject { id, .. } => Some(("XObject", id.0.clone())),
        Op::SetFont { .. } => Some(("Font", String::new())),
        Op::Unknown { key, value } if key == "Do" => match value.as_slice() {
            [DictItem::Name(name)] => Some(("XObject", String::from_utf8_lossy(name).into_owned())),
            _ => None,
        },
        _ => None,
    };
    ops.iter().filter_map(name).collect()
}

/// Adds the forms and the graphics states that show them to the `resources` of all pages.
/// `marked_forms` gets the object numbers of the forms that are marked inside; they take places in
/// the parent tree from `first_key` on, in order.
pub(super) fn add(
    document: &mut Document,
    needs: &Needs,
    resources: ObjectId,
    first_key: usize,
    marked_forms: &mut BTreeMap<u64, u32>,
) -> Option<()> {
    if needs.forms.is_empty() {
        return Some(());
    }
    let ids: BTreeMap<u64, ObjectId> =
        needs.forms.keys().map(|&key| (key, document.new_object_id())).collect();
    let kind = |document: &Document, key: &str| {
        document.get_dictionary(resources).ok()?.get(key.as_bytes()).ok()?.as_reference().ok()
    };
    let (xobjects, states) = (kind(document, "XObject")?, kind(document, "ExtGState")?);
    for (&key, &id) in &ids {
        document.get_dictionary_mut(xobjects).ok()?.set(name(key), Object::Reference(id));
    }
    for effect in &needs.effects {
        let state = Object::Dictionary(effect.state(&ids)?);
        document.get_dictionary_mut(states).ok()?.set(effect.name(), state);
    }
    for (key, form) in &needs.forms {
        let id = *ids.get(key)?;
        let mut header = dictionary([
            ("Type", pdf_name("XObject")),
            ("Subtype", pdf_name("Form")),
            ("BBox", reals(&[-16384.0, -16384.0, 16384.0, 16384.0])),
            ("Resources", Object::Dictionary(own_resources(document, form, &kind))),
            ("Group", Object::Dictionary(group())),
        ]);
        if form.marked {
            let place = first_key + marked_forms.len();
            header.set("StructParents", Object::Integer(place as i64));
            marked_forms.insert(*key, id.0);
        }
        document.objects.insert(id, Stream::new(header, form.content.clone()).into());
    }
    Some(())
}

/// Only what the form names: a form that named the pages' resources would name itself.
fn own_resources(
    document: &Document,
    form: &Form,
    kind: &impl Fn(&Document, &str) -> Option<ObjectId>,
) -> Dictionary {
    let mut own: BTreeMap<&str, Dictionary> = BTreeMap::new();
    let mut resources = Dictionary::new();
    for (key, name) in &form.names {
        let Some(shared) = kind(document, key) else { continue };
        if *key == "Font" {
            resources.set("Font", reference(shared.0));
        } else if let Ok(shared) = document.get_dictionary(shared)
            && let Ok(object) = shared.get(name.as_bytes())
        {
            own.entry(key).or_default().set(name.as_bytes(), object.clone());
        }
    }
    for (key, dictionary) in own {
        resources.set(key, Object::Dictionary(dictionary));
    }
    resources
}

/// An isolated group in the space in which pages are blended (11.6.6).
fn group() -> Dictionary {
    dictionary([
        ("Type", pdf_name("Group")),
        ("S", pdf_name("Transparency")),
        ("CS", pdf_name("DeviceRGB")),
        ("I", Object::Boolean(true)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_operators_are_found_once() {
        let shade = Op::PaintShading { id: printpdf::ShadingId("S1".into()) };
        let show = Op::Unknown { key: "Do".into(), value: vec![DictItem::Name(b"G1".to_vec())] };
        let found = names(&[shade.clone(), show, shade]);
        let expected = [("Shading", "S1".to_owned()), ("XObject", "G1".to_owned())];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
    }
}
