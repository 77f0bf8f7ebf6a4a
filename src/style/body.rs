//! The inside of a style rule: declarations, and rules inside it (CSS Nesting 1).

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser,
};
use selectors::parser::{Component, ParseRelative, SelectorList};
use selectors::visitor::SelectorVisitor;

use super::declaration::{Block, Env, Site};
use super::report::Report;
use super::selectors::{SelectorParser, Selectors};
use super::sheet::{Around, Rule, Sheet, group, offset_in};
use super::values::{Parsed, Trouble, refuse};

/// The declarations of a block that holds nothing else.
pub(crate) fn body(p: &mut Parser<'_>, css: &str, env: Env<'_>, report: &mut Report<'_>) -> Block {
    let mut body =
        Body { css, env, report, block: Block::default(), last: String::new(), rule: None };
    body.read(p);
    body.block
}

/// Adds the rule with these selectors, and those inside it, to `sheet`.
pub(crate) fn rules_of(
    selectors: SelectorList<Selectors>,
    around: Around,
    p: &mut Parser<'_>,
    css: &str,
    env: Env<'_>,
    report: &mut Report<'_>,
    sheet: &mut Sheet,
) {
    let size = Parts::of(&selectors).size(1);
    read_rules(Enclosing { selectors, size, around, sheet }, p, css, env, report);
}

fn read_rules(
    rule: Enclosing<'_>,
    p: &mut Parser<'_>,
    css: &str,
    env: Env<'_>,
    report: &mut Report<'_>,
) {
    let rule = Some(rule);
    let mut body = Body { css, env, report, block: Block::default(), last: String::new(), rule };
    body.read(p);
    body.flush();
}

/// The rule whose inside is read.
struct Enclosing<'s> {
    selectors: SelectorList<Selectors>,
    /// How many simple selectors they come to, those of all rules around counted wherever `&`
    /// stands for them.
    size: usize,
    around: Around,
    sheet: &'s mut Sheet,
}

/// Rules inside each other may not multiply to more simple selectors.
const MOST_PARTS: usize = 20_000;

/// What selectors are made of.
#[derive(Default)]
struct Parts {
    simple: usize,
    /// How often `&` is among them.
    parents: usize,
}

impl Parts {
    fn of(selectors: &SelectorList<Selectors>) -> Parts {
        let mut parts = Parts::default();
        for selector in selectors.slice() {
            selector.visit(&mut parts);
        }
        parts
    }

    /// How many simple selectors there are when each `&` stands for so many.
    fn size(&self, parent: usize) -> usize {
        self.simple.saturating_add(self.parents.saturating_mul(parent))
    }
}

impl SelectorVisitor for Parts {
    type Impl = Selectors;

    fn visit_simple_selector(&mut self, part: &Component<Selectors>) -> bool {
        self.simple += 1;
        self.parents += usize::from(matches!(part, Component::ParentSelector));
        true
    }
}

struct Body<'a, 'r> {
    css: &'a str,
    env: Env<'a>,
    report: &'a mut Report<'r>,
    block: Block,
    /// The property that is being read, for messages.
    last: String,
    /// `None` where no rule can stand inside: in `style` attributes and margin boxes.
    rule: Option<Enclosing<'a>>,
}

impl Body<'_, '_> {
    fn read(&mut self, p: &mut Parser<'_>) {
        let css = self.css;
        let mut items = RuleBodyParser::new(p, self);
        while let Some(item) = items.next() {
            let Err((error, text, _)) = item else { continue };
            let body = &mut *items.parser;
            let start = offset_in(css, text);
            let name = std::mem::take(&mut body.last);
            let is_declaration = !name.is_empty()
                && !text.contains('{')
                && text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(&name));
            if is_declaration {
                body.report.declaration(&name, text, &error, start);
            } else {
                body.report.rule(text, &error, start);
            }
        }
    }

    /// Adds the declarations so far as a rule: those after a rule inside come after it.
    fn flush(&mut self) {
        let Some(rule) = &mut self.rule else { return };
        let block = std::mem::take(&mut self.block);
        if !block.is_empty() {
            rule.sheet.rules.push(Rule {
                selectors: rule.selectors.clone(),
                block: Arc::new(block),
                around: rule.around.clone(),
            });
        }
    }

    /// Reads a block inside, with its own selectors or in its own surroundings.
    fn inside(
        &mut self,
        selectors: Option<(SelectorList<Selectors>, usize)>,
        around: Option<Around>,
        p: &mut Parser<'_>,
    ) {
        self.flush();
        let Some(rule) = &mut self.rule else { return };
        let (selectors, size) = selectors.unwrap_or_else(|| (rule.selectors.clone(), rule.size));
        let around = around.unwrap_or_else(|| rule.around.clone());
        let inner = Enclosing { selectors, size, around, sheet: rule.sheet };
        read_rules(inner, p, self.css, self.env, self.report);
    }
}

impl<'i> DeclarationParser<'i> for Body<'_, '_> {
    type Declaration = ();
    type Error = Trouble;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        p: &mut Parser<'i>,
        start: &ParserState,
    ) -> Parsed<()> {
        self.last = name.to_string();
        let site = Site { place: self.report.place, at: start.position().byte_index() };
        self.block.parse(&name, p, &self.env, Some(site))
    }
}

impl<'i> AtRuleParser<'i> for Body<'_, '_> {
    /// `None` when nothing inside holds.
    type Prelude = Option<Around>;
    type AtRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, p: &mut Parser<'i>) -> Parsed<Option<Around>> {
        self.last.clear();
        let lower = name.to_ascii_lowercase();
        if let Some(rule) = &self.rule
            && let Some(around) = group(&lower, p, &rule.around, &self.env, self.report)?
        {
            return Ok(around);
        }
        refuse(format!("@{name} cannot stand inside a rule"))
    }

    fn parse_block(
        &mut self,
        around: Option<Around>,
        _: &ParserState,
        p: &mut Parser<'i>,
    ) -> Parsed<()> {
        match around {
            Some(around) => {
                if let Some(rule) = &mut self.rule {
                    rule.sheet.note_layer(&around);
                }
                self.inside(None, Some(around), p);
            }
            None => while p.next().is_ok() {},
        }
        Ok(())
    }
}

impl<'i> QualifiedRuleParser<'i> for Body<'_, '_> {
    /// The selectors, and how many simple ones they come to.
    type Prelude = (SelectorList<Selectors>, usize);
    type QualifiedRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, p: &mut Parser<'i>) -> Parsed<Self::Prelude> {
        let Some(rule) = &self.rule else { return refuse("no rule can stand here") };
        let own = SelectorList::parse(&SelectorParser, p, ParseRelative::ForNesting)?;
        let size = Parts::of(&own).size(rule.size);
        if size > MOST_PARTS {
            return refuse("the rules inside each other have too many selectors");
        }
        // A selector without `&` is one of descendants.
        Ok((own.replace_parent_selector(&rule.selectors), size))
    }

    fn parse_block(
        &mut self,
        selectors: Self::Prelude,
        _: &ParserState,
        p: &mut Parser<'i>,
    ) -> Parsed<()> {
        self.inside(Some(selectors), None, p);
        Ok(())
    }
}

impl<'i> RuleBodyItemParser<'i, (), Trouble> for Body<'_, '_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}
