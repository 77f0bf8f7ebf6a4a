//! Which fonts a file uses, and which codes it shows in each.

use hayro_syntax::object::{Dict, ObjectIdentifier};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::verify::content::{Event, Observer, State};

/// The text that is shown invisibly (ISO 32000-1 table 106).
const INVISIBLE: i64 = 3;

/// A font, as far as the file uses it.
pub struct Used<'a> {
    /// Its dictionary.
    pub dict: Dict<'a>,
    /// Its object, when it is an indirect one.
    pub id: Option<ObjectIdentifier>,
    /// The page on which it is first used, by its index from 0.
    pub page: usize,
    /// Whether anything is painted in it visibly.
    pub visible: bool,
    /// The strings of codes that are shown, each once.
    pub shown: FxHashSet<Box<[u8]>>,
}

/// What tells one font from another: its object, else the bytes of its dictionary.
type Key = Result<ObjectIdentifier, Vec<u8>>;

/// Gathers the fonts of one page, later of all.
#[derive(Default)]
pub struct Uses<'a> {
    order: Vec<Key>,
    fonts: FxHashMap<Key, Used<'a>>,
}

impl<'a> Uses<'a> {
    /// Takes over what another page uses.
    pub fn append(&mut self, mut other: Uses<'a>) {
        for key in other.order {
            let Some(used) = other.fonts.remove(&key) else { continue };
            match self.fonts.get_mut(&key) {
                Some(known) => {
                    known.visible |= used.visible;
                    known.shown.extend(used.shown);
                }
                None => {
                    self.order.push(key.clone());
                    self.fonts.insert(key, used);
                }
            }
        }
    }

    /// The fonts, in the order in which they are first used.
    pub fn iter(&self) -> impl Iterator<Item = &Used<'a>> {
        self.order.iter().filter_map(|key| self.fonts.get(key))
    }
}

impl<'a> Observer<'a> for Uses<'a> {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        let (Event::Show(codes), Some(font)) = (event, &state.graphics.font) else { return };
        let key = font.id.ok_or_else(|| font.dict.data().to_vec());
        let used = match self.fonts.get_mut(&key) {
            Some(used) => used,
            None => {
                self.order.push(key.clone());
                self.fonts.entry(key).or_insert_with(|| Used {
                    dict: font.dict.clone(),
                    id: font.id,
                    page: state.page,
                    visible: false,
                    shown: FxHashSet::default(),
                })
            }
        };
        used.visible |= state.graphics.render != INVISIBLE;
        if !used.shown.contains(*codes) {
            used.shown.insert((*codes).into());
        }
    }
}
