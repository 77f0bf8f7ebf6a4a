//! Files inside the file (ISO 32000-1 7.11.4; ISO 19005-3 6.8; ISO 14289-1 7.11).

use lopdf::{Object, StringFormat};
use md5::{Digest, Md5};

use crate::conformance::Attachment;

use super::Options;
use super::file::File;
use super::links::name_tree;
use super::object::{dictionary, name, reference, text};
use super::xmp::pdf_date;

/// What the catalogue says of attached files.
pub(super) struct Written {
    /// The name tree of embedded files.
    pub(super) names: u32,
    /// The file specifications, for `AF`.
    pub(super) specifications: Vec<u32>,
}

/// Writes the attachments; `None` where there are none.
pub(super) fn write(options: &Options, file: &mut File) -> Option<Written> {
    if options.attachments.is_empty() {
        return None;
    }
    let mut sorted: Vec<&Attachment> = options.attachments.iter().collect();
    sorted.sort_by(|one, other| one.name.cmp(&other.name));
    let specifications: Vec<u32> =
        sorted.iter().map(|attachment| specification(attachment, options, file)).collect();
    let entries = sorted.iter().zip(&specifications);
    let entries = entries.map(|(one, id)| (one.name.as_bytes(), reference(*id))).collect();
    Some(Written { names: name_tree(entries, file), specifications })
}

fn specification(attachment: &Attachment, options: &Options, file: &mut File) -> u32 {
    let embedded = file.reserve();
    let checksum = Md5::digest(&attachment.bytes).to_vec();
    let parameters = dictionary([
        ("Size", Object::Integer(i64::try_from(attachment.bytes.len()).unwrap_or(i64::MAX))),
        ("ModDate", Object::string_literal(pdf_date(options.created))),
        ("CheckSum", Object::String(checksum, StringFormat::Hexadecimal)),
    ]);
    let header = dictionary([
        ("Type", name("EmbeddedFile")),
        ("Subtype", name(media_type(&attachment.name))),
        ("Params", Object::Dictionary(parameters)),
    ]);
    file.compressed(embedded, header, &attachment.bytes);
    let files = dictionary([("F", reference(embedded)), ("UF", reference(embedded))]);
    let id = file.reserve();
    let entries = [
        ("Type", name("Filespec")),
        ("F", text(&attachment.name)),
        ("UF", text(&attachment.name)),
        ("Desc", text(&attachment.description)),
        ("AFRelationship", name(attachment.relation.name())),
        ("EF", Object::Dictionary(files)),
    ];
    file.object(id, dictionary(entries));
    id
}

/// The media type of a file, by the end of its name.
fn media_type(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    match end.as_str() {
        "yaml" | "yml" => "application/yaml",
        "csv" => "text/csv",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain",
        "md" => "text/markdown",
        "html" => "text/html",
        "css" => "text/css",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/octet-stream",
    }
}
