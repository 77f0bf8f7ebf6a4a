//! Groups: what is moved and clipped as a whole, and what is blended as a whole, which becomes a
//! form of its own (transparency groups, ISO 32000-1 11.6.6).
//!
//! A form whose content all belongs to one structure element is marked where it is shown; in others
//! the sequences are marked inside, and the structure tree names the form (14.7.4.2).

use std::collections::BTreeMap;
use std::ops::Range;

use printpdf::{CurTransMat, DictItem, ExtendedGraphicsStateId, Op};

use crate::layout::{Artifact, Blend, Group, Isolation, Item, Mark, Paint};

use super::canvas::{Canvas, State, round};
use super::content::Content;
use super::error::WriteError;
use super::forms::{self, Effect, Form};
use super::outlines;

/// Readers do not follow forms in forms without end.
const MOST_FORMS_NESTED: usize = 16;
/// Keys of forms that are marked inside have this bit: they stand on one page only.
const MARKED_INSIDE: u64 = 1 << 63;

/// Marked-content ids of a page that stand in a form.
#[derive(Debug, Clone)]
pub(super) struct Inside {
    pub(super) ids: Range<u32>,
    pub(super) form: u64,
}

/// How a group that is blended as a whole is marked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Whole {
    /// All of it bears this mark.
    Of(Mark),
    /// Its parts bear marks of their own.
    Parts,
}

/// A group while it is written.
pub(super) struct OpenGroup {
    /// The state before it.
    outer: State,
    form: Option<OpenForm>,
}

/// A form while it is written.
struct OpenForm {
    /// The content around it.
    content: Content,
    /// The state in which it is shown.
    state: State,
    whole: Whole,
    effects: Vec<Effect>,
    was_marked_outside: bool,
    around: Option<u64>,
}

/// What a group comes to.
#[derive(Default)]
struct Tally {
    /// Index of the item that starts it, and whether it wants to be a whole anyway.
    start: Option<(usize, bool)>,
    painted: usize,
    /// Whether there is more than letters, which hardly overlap.
    shapes: bool,
    mark: Option<Mark>,
    mixed: bool,
    /// Forms in forms.
    height: usize,
}

impl Tally {
    fn paint(&mut self, mark: Mark, painted: usize, shapes: bool) {
        self.painted += painted;
        self.shapes |= shapes;
        self.mixed |= self.mark.is_some_and(|known| known != mark);
        self.mark = Some(mark);
    }

    fn join(&mut self, inner: &Tally) {
        if let Some(mark) = inner.mark {
            self.paint(mark, inner.painted, inner.shapes);
            self.mixed |= inner.mixed;
        }
        self.height = self.height.max(inner.height);
    }
}

/// The groups among `items` that have to be blended as wholes, by the index of their start.
pub(super) fn wholes(items: &[Item]) -> BTreeMap<usize, Whole> {
    let mut found = BTreeMap::new();
    let blends = |item: &Item| match &item.paint {
        Paint::Push(group) => group.opacity < 1.0,
        Paint::Isolate(_) => true,
        _ => false,
    };
    if !items.iter().any(blends) {
        return found;
    }
    let mut open = vec![Tally::default()];
    for (index, item) in items.iter().enumerate() {
        let Some(innermost) = open.last_mut() else { break };
        match &item.paint {
            Paint::Glyphs(_) => innermost.paint(item.mark, 1, false),
            Paint::Path { fill: Some(_), stroke: Some(_), .. } => {
                innermost.paint(item.mark, 2, true);
            }
            Paint::Rect { .. } | Paint::Line { .. } | Paint::Path { .. } | Paint::Image { .. } => {
                innermost.paint(item.mark, 1, true);
            }
            Paint::Push(group) => {
                let start = (group.opacity < 1.0).then_some((index, false));
                open.push(Tally { start, ..Tally::default() });
            }
            Paint::Isolate(_) => {
                open.push(Tally { start: Some((index, true)), ..Tally::default() });
            }
            Paint::Pop => {
                let Some(mut tally) = open.pop() else { break };
                if let (Some((start, always)), Some(mark)) = (tally.start, tally.mark)
                    && (always || tally.painted > 1 && tally.shapes)
                    && tally.height < MOST_FORMS_NESTED
                {
                    let whole = if tally.mixed { Whole::Parts } else { Whole::Of(mark) };
                    found.insert(start, whole);
                    tally.height += 1;
                }
                if let Some(outer) = open.last_mut() {
                    outer.join(&tally);
                }
            }
        }
    }
    found
}

impl Canvas<'_> {
    /// Starts a group; one that is a `whole` is blended as one.
    pub(super) fn push(&mut self, group: &Group, whole: Option<Whole>) {
        self.leave_text();
        self.end_mark();
        self.content.operator("q");
        let outer = self.state.clone();
        let frame = self.state.frame;
        if let Some(t) = &group.transform {
            let matrix = [
                t.a,
                -t.b,
                -t.c,
                t.d,
                (f64::from(t.e) + frame.left) as f32,
                (frame.top - f64::from(t.f)) as f32,
            ];
            self.content.push(Op::SetTransformationMatrix {
                matrix: CurTransMat::Raw(matrix.map(|value| round(value, 100_000.0))),
            });
            let scale = f64::from((t.a * t.d - t.b * t.c).abs()).sqrt();
            self.state.frame = frame.magnified(scale);
        }
        if let Some(clip) = &group.clip {
            outlines::clip(clip, false, &self.state.frame, &mut self.content);
        }
        self.state.share *= group.opacity.clamp(0.0, 1.0);
        let form = whole.map(|whole| self.open_form(whole, Vec::new()));
        self.groups.push(OpenGroup { outer, form });
    }

    /// Starts a group that is painted apart.
    pub(super) fn isolate(
        &mut self,
        isolation: &Isolation,
        whole: Option<Whole>,
    ) -> Result<(), WriteError> {
        self.leave_text();
        self.end_mark();
        self.content.operator("q");
        let outer = self.state.clone();
        let form = match whole {
            None => None,
            Some(whole) => {
                let mut effects = Vec::new();
                if isolation.blend != Blend::Normal {
                    effects.push(Effect::Blend(isolation.blend));
                }
                if let Some(mask) = &isolation.mask {
                    let form = self.mask(&mask.paints)?;
                    effects.push(Effect::Mask { form, luminance: mask.luminance });
                }
                Some(self.open_form(whole, effects))
            }
        };
        self.groups.push(OpenGroup { outer, form });
        Ok(())
    }

    /// Ends the last group.
    pub(super) fn pop(&mut self) -> Result<(), WriteError> {
        self.leave_text();
        self.end_mark();
        let group = self.groups.pop().ok_or(WriteError::UnbalancedGroups { page: self.page })?;
        if let Some(form) = group.form {
            self.show_form(form)?;
        }
        self.state = group.outer;
        self.content.operator("Q");
        Ok(())
    }

    fn open_form(&mut self, whole: Whole, effects: Vec<Effect>) -> OpenForm {
        let around = self.form;
        let was_marked_outside = self.is_marked_outside;
        match whole {
            Whole::Of(_) => self.is_marked_outside = true,
            Whole::Parts if was_marked_outside => {}
            Whole::Parts => {
                let number = self.needs.forms.len() as u64;
                self.form = Some(MARKED_INSIDE | (self.page as u64) << 24 | number);
                // Its place is taken, so that the next one gets another number.
                self.needs.forms.insert(self.form.unwrap_or(MARKED_INSIDE), Form::default());
            }
        }
        let content = std::mem::take(&mut self.content);
        let inner = State::of_form(self.state.frame);
        let state = std::mem::replace(&mut self.state, inner);
        OpenForm { content, state, whole, effects, was_marked_outside, around }
    }

    /// Ends a form and shows it.
    fn show_form(&mut self, open: OpenForm) -> Result<(), WriteError> {
        let content = std::mem::replace(&mut self.content, open.content);
        self.state = open.state;
        let marked = (open.whole == Whole::Parts && !open.was_marked_outside).then_some(self.form);
        let key = self.keep_form(content, marked.flatten());
        self.form = open.around;
        self.is_marked_outside = open.was_marked_outside;
        if let Whole::Of(mark) = open.whole {
            self.begin_mark(mark)?;
        }
        self.transparent = true;
        self.opacity(1.0);
        for effect in open.effects {
            let gs = ExtendedGraphicsStateId(effect.name());
            self.content.push(Op::LoadGraphicsState { gs });
            self.needs.effects.insert(effect);
        }
        let name = DictItem::Name(forms::name(key).into_bytes());
        self.content.push(Op::Unknown { key: "Do".to_owned(), value: vec![name] });
        self.end_mark();
        Ok(())
    }

    /// Notes a form under its key: `marked`, or a digest of what it paints.
    fn keep_form(&mut self, content: Content, marked: Option<u64>) -> u64 {
        let ops = content.into_ops();
        let key = marked.unwrap_or_else(|| forms::digest(&ops) & !MARKED_INSIDE);
        let form =
            Form { names: forms::names(&ops), ops, marked: marked.is_some(), content: Vec::new() };
        self.needs.forms.insert(key, form);
        key
    }

    /// The form of a mask's painting.
    fn mask(&mut self, paints: &[Paint]) -> Result<u64, WriteError> {
        let mark = Mark::Artifact(Artifact::Layout);
        let items: Vec<Item> =
            paints.iter().map(|paint| Item { mark, paint: paint.clone() }).collect();
        let content = std::mem::take(&mut self.content);
        let inner = State::of_form(self.state.frame);
        let state = std::mem::replace(&mut self.state, inner);
        let was_marked_outside = std::mem::replace(&mut self.is_marked_outside, true);
        let groups = std::mem::take(&mut self.groups);
        self.paint(&items)?;
        self.leave_text();
        if !self.groups.is_empty() {
            return Err(WriteError::UnbalancedGroups { page: self.page });
        }
        self.groups = groups;
        self.is_marked_outside = was_marked_outside;
        self.state = state;
        let painted = std::mem::replace(&mut self.content, content);
        Ok(self.keep_form(painted, None))
    }

    /// Notes that a marked-content id stands in the form around.
    pub(super) fn note_form(&mut self, id: u32) {
        let Some(form) = self.form else { return };
        match self.inside.last_mut() {
            Some(last) if last.form == form && last.ids.end == id => last.ids.end = id + 1,
            _ => self.inside.push(Inside { ids: id..id + 1, form }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Pt, Rect};
    use crate::layout::TagId;
    use crate::style::Color;

    fn items(paints: Vec<(Mark, Paint)>) -> Vec<Item> {
        paints.into_iter().map(|(mark, paint)| Item { mark, paint }).collect()
    }

    fn push(opacity: f32) -> Paint {
        Paint::Push(Group { transform: None, clip: None, opacity })
    }

    fn rect() -> Paint {
        Paint::Rect { rect: Rect::new(Pt(0.0), Pt(0.0), Pt(9.0), Pt(9.0)), fill: Color::BLACK }
    }

    const LAYOUT: Mark = Mark::Artifact(Artifact::Layout);
    const TAGGED: Mark = Mark::Tagged(TagId::DOCUMENT);

    #[test]
    fn translucent_group_of_one_shape_is_no_whole() {
        let one = items(vec![(LAYOUT, push(0.5)), (LAYOUT, rect()), (LAYOUT, Paint::Pop)]);
        assert!(wholes(&one).is_empty());
    }

    #[test]
    fn translucent_group_of_two_shapes_is_a_whole_with_its_mark() {
        let mut two = vec![(LAYOUT, push(0.5)), (TAGGED, rect()), (TAGGED, rect())];
        two.push((LAYOUT, Paint::Pop));
        assert_eq!(wholes(&items(two.clone())).get(&0), Some(&Whole::Of(TAGGED)));
        two[1].0 = LAYOUT;
        assert_eq!(wholes(&items(two)).get(&0), Some(&Whole::Parts));
    }

    #[test]
    fn opaque_groups_are_no_wholes() {
        let two =
            vec![(LAYOUT, push(1.0)), (LAYOUT, rect()), (LAYOUT, rect()), (LAYOUT, Paint::Pop)];
        assert!(wholes(&items(two)).is_empty());
    }

    #[test]
    fn groups_deep_in_groups_are_bounded() {
        let mut deep = vec![(LAYOUT, push(0.9)); 100];
        deep.extend([(LAYOUT, rect()), (LAYOUT, rect())]);
        deep.extend(vec![(LAYOUT, Paint::Pop); 100]);
        assert_eq!(wholes(&items(deep)).len(), MOST_FORMS_NESTED);
    }
}
