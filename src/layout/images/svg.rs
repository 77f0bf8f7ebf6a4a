//! SVG text → a parsed drawing, within bounds that no real drawing meets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use usvg::roxmltree::{Document, Node, NodeId, ParsingOptions};
use usvg::{ImageHrefResolver, ImageKind, Options, Tree};

use super::{DrawingFonts, ImageError, Loaded, jpeg, png, unsupported};
use crate::geom::{Pt, Size};
use crate::layout::boxes::{Picture, Replaced};

const MAX_BYTES: usize = 16 << 20;
const MAX_NODES: u32 = 400_000;
const MAX_DEPTH: usize = 128;
/// Elements after `use`, markers and the like are expanded.
const MAX_EXPANDED: u64 = 1_000_000;
/// The parser recurses; a thread of its own gives it room for every drawing within the bounds.
const STACK: usize = 64 << 20;

/// Whether the bytes may be an SVG file: its element is near the start.
pub fn looks_like(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    start.windows(4).any(|window| window == b"<svg")
        || start.windows(5).any(|window| window == b":svg ")
}

/// The bytes of a picture that a drawing names, if it may have them.
pub type Files<'a> = &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync);

/// Parses a drawing. Nothing outside the text is read but pictures through `files`: no network, no
/// fonts but `fonts`.
pub fn parse(bytes: &[u8], fonts: &DrawingFonts, files: Files) -> Result<Loaded, ImageError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImageError::TooComplex("its file is larger than 16 MB"));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ImageError::Damaged("SVG", "it is not in UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}');
    let (tree, lost) = std::thread::scope(|scope| {
        let parser = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || parse_here(text, fonts, files));
        let damaged = |why: &str| ImageError::Damaged("SVG", why.to_owned());
        match parser {
            Ok(parser) => parser.join().unwrap_or_else(|_| Err(damaged("the parser gave up"))),
            Err(_) => Err(damaged("there is no memory for reading it")),
        }
    })?;
    let size = tree.size();
    let natural = Size::new(Pt::px(size.width()), Pt::px(size.height()));
    let replaced = Replaced { picture: Picture::Vector(Arc::new(tree)), natural };
    Ok(Loaded { replaced, lost })
}

fn parse_here(
    text: &str,
    fonts: &DrawingFonts,
    files: Files,
) -> Result<(Tree, Vec<String>), ImageError> {
    let damaged = |error: String| ImageError::Damaged("SVG", error);
    let limits = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..Default::default() };
    let document =
        Document::parse_with_options(text, limits).map_err(|error| damaged(error.to_string()))?;
    check(&document)?;
    let mut lost = unsupported::in_text(&document);
    let refused = Mutex::new(Vec::new());
    let refuse = |what: String| {
        refused.lock().unwrap_or_else(PoisonError::into_inner).push(what);
        None
    };
    let resolver = ImageHrefResolver {
        resolve_data: Box::new(|_, data, _| {
            let picture = embedded(&data, fonts);
            picture.or_else(|| refuse("a picture in it that is no PNG, JPEG or SVG".to_owned()))
        }),
        resolve_string: Box::new(|name, _| {
            let shown: String = name.chars().take(80).collect();
            match files(name) {
                None => refuse(format!("the picture `{shown}`, which is not in the project")),
                Some(bytes) => embedded(&bytes, fonts)
                    .or_else(|| refuse(format!("the picture `{shown}`: no PNG, JPEG or SVG"))),
            }
        }),
    };
    let options = options(fonts, resolver);
    let tree =
        Tree::from_xmltree(&document, &options).map_err(|error| damaged(error.to_string()))?;
    drop(options);
    if too_deep(&tree) {
        return Err(ImageError::TooComplex("its groups are nested too deep"));
    }
    lost.extend(refused.into_inner().unwrap_or_else(PoisonError::into_inner));
    lost.dedup();
    Ok((tree, lost))
}

fn options<'a>(fonts: &DrawingFonts, image_href_resolver: ImageHrefResolver<'a>) -> Options<'a> {
    Options {
        fontdb: Arc::clone(&fonts.database),
        font_family: "serif".to_owned(),
        image_href_resolver,
        ..Options::default()
    }
}

/// A picture in a drawing, by its first bytes, since what an address says of its kind may be
/// wrong. A drawing in a drawing has no pictures of its own.
fn embedded(bytes: &[u8], fonts: &DrawingFonts) -> Option<ImageKind> {
    if bytes.starts_with(super::PNG_START) {
        return png::decode(bytes).ok().map(|_| ImageKind::PNG(Arc::new(bytes.to_vec())));
    }
    if bytes.starts_with(super::JPEG_START) {
        return jpeg::read(bytes).ok().map(|_| ImageKind::JPEG(Arc::new(bytes.to_vec())));
    }
    if !looks_like(bytes) || bytes.len() > MAX_BYTES {
        return None;
    }
    let limits = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..Default::default() };
    let document = Document::parse_with_options(std::str::from_utf8(bytes).ok()?, limits).ok()?;
    check(&document).ok()?;
    let resolver = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    let tree = Tree::from_xmltree(&document, &options(fonts, resolver)).ok()?;
    (!too_deep(&tree)).then_some(ImageKind::SVG(tree))
}

/// Refuses drawings that would take the parser's stack or time.
fn check(document: &Document) -> Result<(), ImageError> {
    let mut pending = vec![(document.root(), 0)];
    while let Some((node, depth)) = pending.pop() {
        if depth > MAX_DEPTH {
            return Err(ImageError::TooComplex("its elements are nested too deep"));
        }
        pending.extend(node.children().map(|child| (child, depth + 1)));
    }
    let mut expansion = Expansion::new(document);
    let total = expansion.size(document.root(), 0);
    if total > MAX_EXPANDED || total.saturating_add(expansion.markers(document)) > MAX_EXPANDED {
        return Err(ImageError::TooComplex("its parts repeat too often"));
    }
    Ok(())
}

/// How many elements a drawing has once references are replaced by what they refer to.
struct Expansion<'a, 'input> {
    targets: HashMap<&'a str, Node<'a, 'input>>,
    sizes: HashMap<NodeId, u64>,
}

impl<'a, 'input> Expansion<'a, 'input> {
    fn new(document: &'a Document<'input>) -> Expansion<'a, 'input> {
        let named = document.descendants().filter_map(|node| Some((node.attribute("id")?, node)));
        Expansion { targets: named.collect(), sizes: HashMap::new() }
    }

    /// The size of `node` with all that it holds and refers to; a circle has no bounds, but is cut
    /// by the parser, so it counts as nothing where it closes.
    fn size(&mut self, node: Node<'a, 'input>, depth: usize) -> u64 {
        if let Some(size) = self.sizes.get(&node.id()) {
            return *size;
        }
        if depth > 8 * MAX_DEPTH {
            return MAX_EXPANDED + 1;
        }
        self.sizes.insert(node.id(), 0);
        let mut size = u64::from(node.is_element());
        for child in node.children() {
            size = size.saturating_add(self.size(child, depth + 1));
        }
        if node.tag_name().name() == "use" {
            let href = node.attributes().find(|attribute| attribute.name() == "href");
            let target = href.and_then(|href| href.value().strip_prefix('#'));
            if let Some(target) = target.and_then(|id| self.targets.get(id)).copied() {
                size = size.saturating_add(self.size(target, depth + 1));
            }
        }
        self.sizes.insert(node.id(), size);
        size
    }

    /// At most how many elements markers add: the largest one on each point of every path.
    fn markers(&mut self, document: &'a Document<'input>) -> u64 {
        let markers = document.descendants().filter(|node| node.tag_name().name() == "marker");
        let largest = markers.map(|node| self.size(node, 0)).max().unwrap_or(0);
        if largest == 0 {
            return 0;
        }
        let points = document.descendants().flat_map(|node| {
            let data = [node.attribute("d"), node.attribute("points")];
            data.into_iter().flatten().map(|data| data.len() as u64 / 4)
        });
        largest.saturating_mul(points.sum())
    }
}

/// Whether painting would recurse deeper than a stack allows.
fn too_deep(tree: &Tree) -> bool {
    let mut pending = vec![(tree.root(), 0)];
    while let Some((group, depth)) = pending.pop() {
        if depth > 4 * MAX_DEPTH {
            return true;
        }
        for child in group.children() {
            if let usvg::Node::Group(child) = child {
                pending.push((child, depth + 1));
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SVG: &str = "http://www.w3.org/2000/svg";

    fn wrap(inner: &str) -> String {
        format!("<svg xmlns='{SVG}' width='40' height='20'>{inner}</svg>")
    }

    fn parse_str(text: &str) -> Result<Replaced, ImageError> {
        parse(text.as_bytes(), &DrawingFonts::default(), &|_| None).map(|loaded| loaded.replaced)
    }

    #[test]
    fn parse_drawing_has_natural_size_in_points() {
        let drawing = parse_str(&wrap("<rect width='5' height='5'/>")).unwrap();
        assert_eq!(drawing.natural, Size::new(Pt(30.0), Pt(15.0)));
    }

    #[test]
    fn parse_tells_what_the_drawing_is_shown_without() {
        let text = wrap("<image href='photo.png' width='9' height='9'/><foreignObject/>");
        let loaded = parse(text.as_bytes(), &DrawingFonts::default(), &|_| None).unwrap();
        let expected = [
            "`<foreignObject>` (line 1 of the drawing)",
            "the picture `photo.png`, which is not in the project",
        ];
        assert_eq!(loaded.lost, expected);
    }

    #[test]
    fn parse_of_deep_nesting_is_refused() {
        let text = wrap(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)));
        assert!(parse_str(&text).is_err());
    }

    #[test]
    fn parse_of_multiplying_references_is_refused() {
        let mut defs = "<g id='a0'><rect width='1' height='1'/></g>".to_owned();
        for level in 1..12 {
            let uses = format!("<use href='#a{}'/>", level - 1).repeat(10);
            defs += &format!("<g id='a{level}'>{uses}</g>");
        }
        let text = wrap(&format!("<defs>{defs}</defs><use href='#a11'/>"));
        assert_eq!(
            parse_str(&text).err(),
            Some(ImageError::TooComplex("its parts repeat too often"))
        );
    }

    #[test]
    fn parse_of_circular_references_ends() {
        let text = wrap("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>");
        let _ = parse_str(&text);
    }

    #[test]
    fn parse_of_entities_that_explode_is_refused() {
        let mut text = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>".to_owned();
        for (from, to) in "abcdefghij".chars().zip("bcdefghijk".chars()) {
            text += &format!("<!ENTITY {to} '{}'>", format!("&{from};").repeat(10));
        }
        text += &format!("]>{}", wrap("<text>&k;</text>"));
        assert!(parse_str(&text).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn parse_of_mutated_drawing_never_panics(at in 0usize..200, value: u8) {
            let text = wrap(
                "<linearGradient id='g'><stop offset='0'/></linearGradient>\
                 <g transform='rotate(3)' opacity='.5'><path fill='url(#g)' d='M0 0L9 9Q1 2 3 4Z'/></g>",
            );
            let mut bytes = text.into_bytes();
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
            let _ = parse(&bytes, &DrawingFonts::default(), &|_| None);
        }
    }
}
