//! Cascade layers (CSS Cascade 5 §6.4).

use std::sync::Arc;

use cssparser::{Parser, Token};

use super::values::{Parsed, refuse};

/// A layer's place in the order of the cascade: higher ones are stronger, and what is in no layer
/// is the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Layer(u32);

impl Layer {
    /// No layer.
    pub const NONE: Layer = Layer(u32::MAX);
}

/// The names of a layer and of those around it, the outermost first; empty for no layer.
pub(crate) type LayerPath = Arc<[Arc<str>]>;

/// Reads a name such as `base.forms`.
pub(crate) fn layer_name(p: &mut Parser<'_>) -> Parsed<Vec<Arc<str>>> {
    let mut names = vec![Arc::from(&**p.expect_ident()?)];
    while p.try_parse(|p| p.expect_delim('.')).is_ok() {
        match p.next_including_whitespace()?.clone() {
            Token::Ident(name) => names.push(Arc::from(&*name)),
            _ => return refuse("a layer's name follows the dot"),
        }
    }
    Ok(names)
}

/// The layers of a document in the order in which they first came up.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// Each with its parent and its name.
    known: Vec<(Option<usize>, Arc<str>)>,
    ranks: Vec<u32>,
}

impl Layers {
    /// The order of these layers, which come in the order of the document.
    pub fn new<'a>(paths: impl Iterator<Item = &'a LayerPath>) -> Layers {
        let mut layers = Layers::default();
        for path in paths {
            let mut parent = None;
            for name in path.iter() {
                let entry = (parent, Arc::clone(name));
                let at = layers.known.iter().position(|known| *known == entry);
                parent = Some(at.unwrap_or_else(|| {
                    layers.known.push(entry);
                    layers.known.len() - 1
                }));
            }
        }
        layers.rank();
        layers
    }

    /// A layer's own rules come after those of the layers inside it. Layers come up after the ones
    /// around them, so that one look at each from the last gives the numbers.
    fn rank(&mut self) {
        let count = self.known.len();
        let mut sizes = vec![1_u32; count];
        for index in (0..count).rev() {
            if let Some(parent) = self.known[index].0 {
                sizes[parent] += sizes[index];
            }
        }
        let mut next_inside = vec![0_u32; count];
        let mut next_outside = 0_u32;
        self.ranks = vec![0; count];
        for index in 0..count {
            let next = match self.known[index].0 {
                Some(parent) => &mut next_inside[parent],
                None => &mut next_outside,
            };
            let first = *next;
            *next += sizes[index];
            next_inside[index] = first;
            self.ranks[index] = first + sizes[index] - 1;
        }
    }

    /// Where a layer stands.
    pub fn of(&self, path: &LayerPath) -> Layer {
        let mut at = None;
        for name in path.iter() {
            let found =
                self.known.iter().position(|(parent, known)| *parent == at && known == name);
            match found {
                Some(found) => at = Some(found),
                None => return Layer::NONE,
            }
        }
        at.map_or(Layer::NONE, |index| Layer(self.ranks[index]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(names: &str) -> LayerPath {
        names.split('.').map(Arc::from).collect()
    }

    #[test]
    fn layer_is_stronger_than_earlier_ones_and_those_inside() {
        let order = ["base", "app", "base.forms", "base.text", "app.x"].map(path);
        let layers = Layers::new(order.iter());
        let ranks =
            ["base.forms", "base.text", "base", "app.x", "app"].map(|n| layers.of(&path(n)));
        assert!(ranks.is_sorted(), "{ranks:?}");
        assert!(layers.of(&path("app")) < layers.of(&Arc::from([])));
    }
}
