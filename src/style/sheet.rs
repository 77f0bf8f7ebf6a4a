//! A stylesheet: its rules, as they are written.

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token, parse_nth,
};
use selectors::parser::{ParseRelative, SelectorList};

use crate::diag::Diagnostics;
use crate::fonts::FontFaceRule;

use super::computed::{MarginBox, PageSide};
use super::conditions::{media, supports};
use super::declaration::{Block, Env};
use super::font_face::FontFaceBody;
use super::report::{Place, Report};
use super::selectors::{SelectorParser, Selectors};
use super::values::{Parsed, Trouble, custom_ident, refuse, unexpected};

/// A style rule.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub selectors: SelectorList<Selectors>,
    pub block: Arc<Block>,
}

/// What a page selector asks for (CSS Paged Media 3 §3.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PageSelector {
    pub name: Option<Arc<str>>,
    pub first: bool,
    pub side: Option<PageSide>,
    pub blank: bool,
    pub nth: Option<(i32, i32)>,
}

/// An `@page` rule.
#[derive(Debug, Clone)]
pub(crate) struct PageSheet {
    pub selectors: Vec<PageSelector>,
    pub block: Arc<Block>,
    pub margin_boxes: Vec<(MarginBox, Arc<Block>)>,
}

/// A parsed stylesheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub rules: Vec<Rule>,
    pub pages: Vec<PageSheet>,
    pub faces: Vec<FontFaceRule>,
    pub found: Diagnostics,
}

impl Sheet {
    fn append(&mut self, other: Sheet) {
        self.rules.extend(other.rules);
        self.pages.extend(other.pages);
        self.faces.extend(other.faces);
        self.found.append(other.found);
    }
}

/// Fetches the sheet that an `@import` names; tells why when there is none.
pub(crate) type Import<'a> = &'a dyn Fn(&str) -> Result<Sheet, String>;

/// Parses a stylesheet that stands in the file `base`.
pub(crate) fn parse_sheet(css: &str, base: &str, place: Place<'_>, import: Import<'_>) -> Sheet {
    let mut reader = Reader {
        css,
        env: Env { base },
        report: Report::new(place),
        sheet: Sheet::default(),
        import,
    };
    reader.rules(&mut Parser::new(css));
    let Reader { report, mut sheet, .. } = reader;
    sheet.found.append(report.found);
    sheet
}

/// Parses the value of a `style` attribute.
pub(crate) fn parse_inline(css: &str, base: &str, place: Place<'_>) -> (Block, Diagnostics) {
    let mut report = Report::new(place);
    let block = body(&mut Parser::new(css), css, Env { base }, &mut report);
    (block, report.found)
}

struct Reader<'a> {
    css: &'a str,
    env: Env<'a>,
    report: Report<'a>,
    sheet: Sheet,
    import: Import<'a>,
}

/// What an at-rule's head says.
enum Head {
    Media(bool),
    Page(Vec<PageSelector>),
    FontFace,
    Import { path: String, applies: bool },
}

fn offset_in(css: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(css.as_ptr() as usize)
}

impl Reader<'_> {
    /// The rules of a sheet or of a block.
    fn rules(&mut self, p: &mut Parser<'_>) {
        let css = self.css;
        let mut faults = Vec::new();
        for result in StyleSheetParser::new(p, self) {
            if let Err((error, text, _)) = result {
                faults.push((error, text, offset_in(css, text)));
            }
        }
        for (error, text, start) in faults {
            self.report.rule(text, &error, start);
        }
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = Head;
    type AtRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, p: &mut Parser<'i>) -> Parsed<Head> {
        match name.to_ascii_lowercase().as_str() {
            "media" => Ok(Head::Media(media(p, &mut self.report)?)),
            "supports" => Ok(Head::Media(supports(p, &self.env)?)),
            "page" => page_selectors(p).map(Head::Page),
            "font-face" => Ok(Head::FontFace),
            "import" => {
                let path = p.expect_url_or_string()?.to_string();
                let applies = p.is_exhausted() || media(p, &mut self.report)?;
                Ok(Head::Import { path, applies })
            }
            _ => refuse(format!("@{name} is not supported")),
        }
    }

    fn rule_without_block(&mut self, head: Head, start: &ParserState) -> Result<(), ()> {
        let Head::Import { path, applies } = head else { return Err(()) };
        let at = start.position().byte_index();
        let late = !self.sheet.rules.is_empty() || !self.sheet.pages.is_empty();
        if late {
            let message = "@import stands after other rules and is left out".to_owned();
            self.report.warn("style/late-import", message, at, at);
        } else if applies {
            match (self.import)(&path) {
                Ok(sheet) => self.sheet.append(sheet),
                Err(reason) => {
                    let error = crate::diag::Diagnostic::error(
                        "style/missing-stylesheet",
                        format!("the stylesheet `{path}` cannot be read: {reason}"),
                    );
                    self.report.push(error, at, at);
                }
            }
        }
        Ok(())
    }

    fn parse_block(&mut self, head: Head, start: &ParserState, p: &mut Parser<'i>) -> Parsed<()> {
        match head {
            Head::Media(true) => self.rules(p),
            Head::Media(false) => while p.next().is_ok() {},
            Head::FontFace => {
                let at = start.position().byte_index();
                let face = FontFaceBody::read(p, self.css, self.env, &mut self.report, at);
                self.sheet.faces.extend(face);
            }
            Head::Page(selectors) => {
                let mut page = PageBody {
                    css: self.css,
                    env: self.env,
                    report: &mut self.report,
                    block: Block::default(),
                    margin_boxes: Vec::new(),
                };
                page.read(p);
                let (block, margin_boxes) = (Arc::new(page.block), page.margin_boxes);
                self.sheet.pages.push(PageSheet { selectors, block, margin_boxes });
            }
            Head::Import { .. } => return unexpected(),
        }
        Ok(())
    }
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = SelectorList<Selectors>;
    type QualifiedRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, p: &mut Parser<'i>) -> Parsed<SelectorList<Selectors>> {
        SelectorList::parse(&SelectorParser, p, ParseRelative::No)
    }

    fn parse_block(
        &mut self,
        selectors: SelectorList<Selectors>,
        _: &ParserState,
        p: &mut Parser<'i>,
    ) -> Parsed<()> {
        let block = body(p, self.css, self.env, &mut self.report);
        if !block.is_empty() {
            self.sheet.rules.push(Rule { selectors, block: Arc::new(block) });
        }
        Ok(())
    }
}

/// The declarations of a block.
pub(crate) fn body(p: &mut Parser<'_>, css: &str, env: Env<'_>, report: &mut Report<'_>) -> Block {
    let mut body = Body { css, env, report, block: Block::default(), last: String::new() };
    body.read(p);
    body.block
}

struct Body<'a, 'r> {
    css: &'a str,
    env: Env<'a>,
    report: &'a mut Report<'r>,
    block: Block,
    /// The property that is being read, for messages.
    last: String,
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
                && text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(&name));
            if is_declaration {
                body.report.declaration(&name, text, &error, start);
            } else {
                body.report.rule(text, &error, start);
            }
        }
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
        let at = start.position().byte_index();
        let span = self.report.place.span(at, at + name.len());
        self.block.parse(&name, p, &self.env, span)
    }
}

impl<'i> AtRuleParser<'i> for Body<'_, '_> {
    type Prelude = ();
    type AtRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, _: &mut Parser<'i>) -> Parsed<()> {
        self.last.clear();
        refuse(format!("@{name} cannot stand inside a rule"))
    }
}

impl<'i> QualifiedRuleParser<'i> for Body<'_, '_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, _: &mut Parser<'i>) -> Parsed<()> {
        refuse("rules inside rules are not supported")
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

/// The block of an `@page` rule.
struct PageBody<'a, 'r> {
    css: &'a str,
    env: Env<'a>,
    report: &'a mut Report<'r>,
    block: Block,
    margin_boxes: Vec<(MarginBox, Arc<Block>)>,
}

impl PageBody<'_, '_> {
    fn read(&mut self, p: &mut Parser<'_>) {
        let css = self.css;
        let mut items = RuleBodyParser::new(p, self);
        while let Some(item) = items.next() {
            let Err((error, text, _)) = item else { continue };
            let start = offset_in(css, text);
            match text.split_once(':') {
                Some((name, _)) if !text.starts_with('@') && !name.contains('{') => {
                    items.parser.report.declaration(name.trim(), text, &error, start);
                }
                _ => items.parser.report.rule(text, &error, start),
            }
        }
    }
}

impl<'i> DeclarationParser<'i> for PageBody<'_, '_> {
    type Declaration = ();
    type Error = Trouble;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        p: &mut Parser<'i>,
        start: &ParserState,
    ) -> Parsed<()> {
        let at = start.position().byte_index();
        let span = self.report.place.span(at, at + name.len());
        self.block.parse(&name, p, &self.env, span)
    }
}

const MARGIN_BOXES: &[(&str, MarginBox)] = &[
    ("top-left-corner", MarginBox::TopLeftCorner),
    ("top-left", MarginBox::TopLeft),
    ("top-center", MarginBox::TopCenter),
    ("top-right", MarginBox::TopRight),
    ("top-right-corner", MarginBox::TopRightCorner),
    ("right-top", MarginBox::RightTop),
    ("right-middle", MarginBox::RightMiddle),
    ("right-bottom", MarginBox::RightBottom),
    ("bottom-right-corner", MarginBox::BottomRightCorner),
    ("bottom-right", MarginBox::BottomRight),
    ("bottom-center", MarginBox::BottomCenter),
    ("bottom-left", MarginBox::BottomLeft),
    ("bottom-left-corner", MarginBox::BottomLeftCorner),
    ("left-bottom", MarginBox::LeftBottom),
    ("left-middle", MarginBox::LeftMiddle),
    ("left-top", MarginBox::LeftTop),
];

impl<'i> AtRuleParser<'i> for PageBody<'_, '_> {
    type Prelude = MarginBox;
    type AtRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, _: &mut Parser<'i>) -> Parsed<MarginBox> {
        match MARGIN_BOXES.iter().find(|(word, _)| name.eq_ignore_ascii_case(word)) {
            Some((_, margin_box)) => Ok(*margin_box),
            None => refuse(format!("@{name} is not a margin box of a page")),
        }
    }

    fn parse_block(
        &mut self,
        margin_box: MarginBox,
        _: &ParserState,
        p: &mut Parser<'i>,
    ) -> Parsed<()> {
        let block = body(p, self.css, self.env, self.report);
        self.margin_boxes.push((margin_box, Arc::new(block)));
        Ok(())
    }
}

impl<'i> QualifiedRuleParser<'i> for PageBody<'_, '_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = Trouble;
}

impl<'i> RuleBodyItemParser<'i, (), Trouble> for PageBody<'_, '_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}

fn page_selectors(p: &mut Parser<'_>) -> Parsed<Vec<PageSelector>> {
    if p.is_exhausted() {
        return Ok(vec![PageSelector::default()]);
    }
    p.parse_comma_separated(|p| {
        let mut selector =
            PageSelector { name: p.try_parse(custom_ident).ok(), ..PageSelector::default() };
        while p.try_parse(|p| p.expect_colon()).is_ok() {
            match p.next()?.clone() {
                Token::Function(name) if name.eq_ignore_ascii_case("nth") => {
                    selector.nth = Some(p.parse_nested_block(|p| Parsed::Ok(parse_nth(p)?))?);
                }
                Token::Function(name) | Token::Ident(name) => {
                    match name.to_ascii_lowercase().as_str() {
                        "first" => selector.first = true,
                        "left" => selector.side = Some(PageSide::Left),
                        "right" => selector.side = Some(PageSide::Right),
                        "blank" => selector.blank = true,
                        _ => return refuse(format!("the page selector :{name} is not supported")),
                    }
                }
                _ => return unexpected(),
            }
        }
        Ok(selector)
    })
}
