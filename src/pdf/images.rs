//! Pictures → image objects (ISO 32000-1 8.9.5), each once however often it is shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};
use rayon::prelude::*;

use crate::layout::{Image, Pixels};

use super::common::Common;
use super::error::WriteError;

/// The resource name of a picture.
pub(super) fn resource_name(key: u64) -> String {
    format!("I{key:016x}")
}

/// All pictures as printpdf's external objects: pixels deflated here, JPEG data as it came.
pub(super) fn xobjects(
    images: &BTreeMap<u64, Arc<Image>>,
    common: &Common,
) -> Result<Vec<(XObjectId, XObject)>, WriteError> {
    let object = |image: &Arc<Image>| {
        let stream = stream(image, common).ok_or(WriteError::ImageSize { key: image.key })?;
        let object = ExternalXObject { stream, width: None, height: None, dpi: None };
        Ok((XObjectId(resource_name(image.key)), XObject::External(object)))
    };
    let images: Vec<&Arc<Image>> = images.values().collect();
    match images.as_slice() {
        [] => Ok(Vec::new()),
        [only] => Ok(vec![object(only)?]),
        _ => images.into_par_iter().map(object).collect(),
    }
}

fn stream(image: &Image, common: &Common) -> Option<ExternalStream> {
    let (data, filter, space, alpha) = match &image.pixels {
        Pixels::Jpeg { data, components } => {
            let space = if *components == 1 { "DeviceGray" } else { "DeviceRGB" };
            (data.clone(), "DCTDecode", space, None)
        }
        Pixels::Rgb { data, alpha } => {
            (checked(image, data, 3, common)?, "FlateDecode", "DeviceRGB", alpha.as_ref())
        }
        Pixels::Gray { data, alpha } => {
            (checked(image, data, 1, common)?, "FlateDecode", "DeviceGray", alpha.as_ref())
        }
    };
    let mut dict = header(image, filter, space);
    if let Some(alpha) = alpha {
        let content = checked(image, alpha, 1, common)?;
        let stream = ExternalStream {
            dict: header(image, "FlateDecode", "DeviceGray"),
            content,
            compress: false,
        };
        dict.insert("SMask".to_owned(), DictItem::Stream { stream });
    }
    Some(ExternalStream { dict, content: data, compress: false })
}

/// The pixels compressed, if they are as many as they should be.
fn checked(image: &Image, data: &[u8], channels: u64, common: &Common) -> Option<Vec<u8>> {
    let expected = u64::from(image.width) * u64::from(image.height) * channels;
    (data.len() as u64 == expected && expected > 0).then(|| common.deflate(data))
}

fn header(image: &Image, filter: &str, space: &str) -> BTreeMap<String, DictItem> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(image.width))),
        ("Height", DictItem::Int(i64::from(image.height))),
        ("ColorSpace", name(space)),
        ("BitsPerComponent", DictItem::Int(8)),
        ("Filter", name(filter)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}
