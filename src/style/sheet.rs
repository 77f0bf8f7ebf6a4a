//! A stylesheet: its rules, as they are written.

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser,
    RuleBodyParser, StyleSheetParser, Token, parse_nth,
};
use selectors::parser::{ParseRelative, SelectorList};

use crate::diag::Diagnostics;
use crate::fonts::FontFaceRule;
use crate::geom::Size;

use super::body::{body, rules_of};
use super::computed::{MarginBox, PageSide};
use super::conditions::supports;
use super::counter_style::{CounterStyle, counter_style};
use super::declaration::{Block, Env, Site};
use super::definitions::{Registration, registration};
use super::descriptors::without_style_rules;
use super::font_face::FontFaceBody;
use super::layers::{LayerPath, layer_name};
use super::media::{Media, media};
use super::report::{Place, Report};
use super::selectors::{SelectorParser, Selectors};
use super::values::{Parsed, Trouble, custom_ident, refuse, unexpected};

/// What stands around a rule: conditions that wait for the document, and the layer.
#[derive(Debug, Clone)]
pub(crate) struct Around {
    pub media: Arc<[Media]>,
    pub layer: LayerPath,
}

impl Around {
    fn nothing() -> Around {
        Around { media: Arc::from([]), layer: Arc::from([]) }
    }

    /// Whether all media queries hold for a document whose plain page has that size.
    pub fn holds(&self, page: Size) -> bool {
        self.media.iter().all(|media| media.holds(page))
    }

    /// With one more condition inside.
    pub fn with_media(&self, media: Media) -> Around {
        let all = self.media.iter().cloned().chain([media]).collect();
        Around { media: all, layer: Arc::clone(&self.layer) }
    }

    /// With one more layer inside.
    pub fn with_layer(&self, names: &[Arc<str>]) -> Around {
        let all = self.layer.iter().chain(names).cloned().collect();
        Around { media: Arc::clone(&self.media), layer: all }
    }

    /// As seen from a sheet that imports this one.
    fn inside(&self, outer: &Around) -> Around {
        if outer.media.is_empty() && outer.layer.is_empty() {
            return self.clone();
        }
        let media = outer.media.iter().chain(self.media.iter()).cloned().collect();
        Around { media, layer: outer.with_layer(&self.layer).layer }
    }
}

/// A style rule.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub selectors: SelectorList<Selectors>,
    pub block: Arc<Block>,
    pub around: Around,
}

/// What a page selector asks for (CSS Paged Media 3 §3.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PageSelector {
    pub name: Option<Arc<str>>,
    pub first: bool,
    pub side: Option<PageSide>,
    pub blank: bool,
    pub nth: Option<(i32, i32)>,
    /// `:nth(… of name)`: the number in the group of pages with the selector's name.
    pub nth_of: Option<(i32, i32)>,
}

/// An `@page` rule.
#[derive(Debug, Clone)]
pub(crate) struct PageSheet {
    pub selectors: Vec<PageSelector>,
    pub block: Arc<Block>,
    pub margin_boxes: Vec<(MarginBox, Arc<Block>)>,
    pub around: Around,
    /// `@footnote` (CSS GCPM 3 §2.2).
    pub footnote: Vec<Arc<Block>>,
}

/// A parsed stylesheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub rules: Vec<Rule>,
    pub pages: Vec<PageSheet>,
    pub faces: Vec<FontFaceRule>,
    pub counter_styles: Vec<CounterStyle>,
    pub registrations: Vec<Registration>,
    /// Layers in the order in which they first come up.
    pub layers: Vec<LayerPath>,
    pub found: Diagnostics,
}

impl Sheet {
    /// Adds a sheet that is imported into what is `around`.
    fn append(&mut self, other: Sheet, around: &Around) {
        self.layers.extend(other.layers.iter().map(|own| around.with_layer(own).layer));
        let inside = |own: &Around| own.inside(around);
        self.rules.extend(other.rules.into_iter().map(|r| Rule { around: inside(&r.around), ..r }));
        self.pages
            .extend(other.pages.into_iter().map(|p| PageSheet { around: inside(&p.around), ..p }));
        self.faces.extend(other.faces);
        self.counter_styles.extend(other.counter_styles);
        self.registrations.extend(other.registrations);
        self.found.append(other.found);
    }

    /// Notes that a layer comes up here.
    pub fn note_layer(&mut self, around: &Around) {
        if !around.layer.is_empty() && !self.layers.contains(&around.layer) {
            self.layers.push(Arc::clone(&around.layer));
        }
    }
}

/// Fetches the sheet that an `@import` names; tells why when there is none.
pub(crate) type Import<'a> = &'a dyn Fn(&str) -> Result<Sheet, String>;

/// Parses a stylesheet that stands in the file `base`.
pub(crate) fn parse_sheet(css: &str, base: &str, place: Place<'_>, import: Import<'_>) -> Sheet {
    let mut reader = Reader {
        css,
        env: Env::of(base),
        report: Report::new(place),
        sheet: Sheet::default(),
        around: Around::nothing(),
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
    let block = body(&mut Parser::new(css), css, Env::of(base), &mut report);
    (block, report.found)
}

struct Reader<'a> {
    css: &'a str,
    env: Env<'a>,
    report: Report<'a>,
    sheet: Sheet,
    /// What is around the rules that are being read.
    around: Around,
    import: Import<'a>,
}

/// What an at-rule's head says.
enum Head {
    /// Rules under that condition, or in that layer.
    Inside(Around),
    /// Nothing in it has a meaning for paper, or its condition does not hold.
    Skipped,
    Page(Vec<PageSelector>),
    FontFace,
    CounterStyle(Arc<str>),
    Registration(Arc<str>),
    Layers(Vec<Vec<Arc<str>>>),
    Import {
        path: String,
        around: Option<Around>,
    },
    /// A statement that changes nothing.
    Statement,
}

/// Where `part` starts in `css`.
pub(crate) fn offset_in(css: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(css.as_ptr() as usize)
}

/// At-rules whose inside has no meaning on paper: nothing moves, nothing scrolls.
const SCREEN_ONLY: &[&str] = &[
    "keyframes",
    "-webkit-keyframes",
    "-moz-keyframes",
    "-o-keyframes",
    "-ms-keyframes",
    "-ms-viewport",
    "viewport",
    "view-transition",
    "starting-style",
    "position-try",
    "-moz-document",
    "font-palette-values",
];

/// A group of rules under a condition or in a layer, as it may stand in a sheet and inside a rule.
/// `Ok(None)` when the at-rule is none; `Some(None)` when nothing in it holds.
pub(crate) fn group(
    name: &str,
    p: &mut Parser<'_>,
    around: &Around,
    env: &Env<'_>,
    report: &mut Report<'_>,
) -> Parsed<Option<Option<Around>>> {
    Ok(Some(match name {
        "media" => Some(around.with_media(media(p, report)?)),
        "supports" => supports(p, env)?.then(|| around.clone()),
        "layer" => {
            let at = p.position().byte_index();
            let names = match p.is_exhausted() {
                // A layer without name is one of its own.
                true => vec![Arc::from(format!("{}:{at}", env.base))],
                false => layer_name(p)?,
            };
            Some(around.with_layer(&names))
        }
        _ => return Ok(None),
    }))
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

    fn group(&mut self, name: &str, p: &mut Parser<'_>) -> Parsed<Head> {
        match group(name, p, &self.around, &self.env, &mut self.report)? {
            Some(Some(around)) => Ok(Head::Inside(around)),
            Some(None) => Ok(Head::Skipped),
            None => refuse(format!("@{name} is not supported")),
        }
    }

    /// `@import` with its layer and its conditions (CSS Cascade 5 §2).
    fn import(&mut self, p: &mut Parser<'_>) -> Parsed<Head> {
        let path = p.expect_url_or_string()?.to_string();
        let mut around = Some(self.around.clone());
        if p.try_parse(|p| p.expect_function_matching("layer")).is_ok() {
            let names = p.parse_nested_block(layer_name)?;
            around = around.map(|around| around.with_layer(&names));
        } else if super::values::takes(p, "layer") {
            let name = Arc::from(format!("{}:{path}", self.env.base));
            around = around.map(|around| around.with_layer(&[name]));
        }
        if p.try_parse(|p| p.expect_function_matching("supports")).is_ok() {
            let env = self.env;
            let holds = p.parse_nested_block(|p| {
                let condition = p.try_parse(|p| {
                    let holds = supports(p, &env)?;
                    p.expect_exhausted()?;
                    Parsed::Ok(holds)
                });
                condition.or_else(|_| {
                    let name = p.expect_ident_cloned()?;
                    p.expect_colon()?;
                    Ok(Block::default().parse(&name, p, &env, None).is_ok())
                })
            })?;
            around = around.filter(|_| holds);
        }
        if !p.is_exhausted() {
            let media = media(p, &mut self.report)?;
            around = around.map(|around| around.with_media(media));
        }
        Ok(Head::Import { path, around })
    }

    fn imported(&mut self, path: &str, around: Option<Around>, at: usize) {
        if !self.sheet.rules.is_empty() || !self.sheet.pages.is_empty() {
            let message = "@import stands after other rules and is left out".to_owned();
            return self.report.warn("style/late-import", message, at, at);
        }
        let Some(around) = around else { return };
        self.sheet.note_layer(&around);
        match (self.import)(path) {
            Ok(sheet) => self.sheet.append(sheet, &around),
            Err(reason) => {
                let error = crate::diag::Diagnostic::error(
                    "style/missing-stylesheet",
                    format!("the stylesheet `{path}` cannot be read: {reason}"),
                );
                self.report.push(error, at, at);
            }
        }
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = Head;
    type AtRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, p: &mut Parser<'i>) -> Parsed<Head> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "page" => page_selectors(p).map(Head::Page),
            "font-face" => Ok(Head::FontFace),
            "counter-style" => custom_ident(p).map(Head::CounterStyle),
            "import" => self.import(p),
            "layer" => {
                let start = p.state();
                let names = p.try_parse(|p| p.parse_comma_separated(layer_name));
                match names {
                    Ok(names) if names.len() > 1 => Ok(Head::Layers(names)),
                    _ => {
                        p.reset(&start);
                        self.group("layer", p)
                    }
                }
            }
            "property" => {
                let name = custom_ident(p)?;
                if !name.starts_with("--") {
                    return refuse("a custom property's name starts with --");
                }
                Ok(Head::Registration(name))
            }
            "charset" | "namespace" => {
                while p.next().is_ok() {}
                Ok(Head::Statement)
            }
            "footnote" => refuse("@footnote stands inside @page"),
            name if SCREEN_ONLY.contains(&name) => {
                while p.next().is_ok() {}
                Ok(Head::Skipped)
            }
            name => self.group(name, p),
        }
    }

    fn rule_without_block(&mut self, head: Head, start: &ParserState) -> Result<(), ()> {
        let at = start.position().byte_index();
        match head {
            Head::Statement => {}
            // `@layer a, b;` says the order only.
            Head::Layers(names) => {
                for names in &names {
                    let around = self.around.with_layer(names);
                    self.sheet.note_layer(&around);
                }
            }
            Head::Inside(around) if around.layer.len() > self.around.layer.len() => {
                self.sheet.note_layer(&around);
            }
            Head::Import { path, around } => self.imported(&path, around, at),
            _ => return Err(()),
        }
        Ok(())
    }

    fn parse_block(&mut self, head: Head, start: &ParserState, p: &mut Parser<'i>) -> Parsed<()> {
        match head {
            Head::Inside(around) => {
                self.sheet.note_layer(&around);
                let outer = std::mem::replace(&mut self.around, around);
                self.rules(p);
                self.around = outer;
            }
            Head::Skipped | Head::Statement => while p.next().is_ok() {},
            Head::CounterStyle(name) => {
                let style = counter_style(name, p, self.css, &mut self.report);
                self.sheet.counter_styles.extend(style);
            }
            Head::Registration(name) => {
                let own = registration(name, p, self.css, &mut self.report);
                self.sheet.registrations.push(own);
            }
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
                    footnote: Vec::new(),
                };
                page.read(p);
                let PageBody { block, margin_boxes, footnote, .. } = page;
                let (block, around) = (Arc::new(block), self.around.clone());
                let sheet = PageSheet { selectors, block, margin_boxes, around, footnote };
                self.sheet.pages.push(sheet);
            }
            Head::Import { .. } | Head::Layers(_) => return unexpected(),
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
        let (css, env) = (self.css, self.env);
        let around = self.around.clone();
        rules_of(selectors, around, p, css, env, &mut self.report, &mut self.sheet);
        Ok(())
    }
}

/// The block of an `@page` rule.
struct PageBody<'a, 'r> {
    css: &'a str,
    env: Env<'a>,
    report: &'a mut Report<'r>,
    block: Block,
    margin_boxes: Vec<(MarginBox, Arc<Block>)>,
    footnote: Vec<Arc<Block>>,
}

/// A rule inside `@page`.
enum PagePart {
    Margin(MarginBox),
    Footnote,
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
        let site = Site { place: self.report.place, at: start.position().byte_index() };
        self.block.parse(&name, p, &self.env, Some(site))
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
    type Prelude = PagePart;
    type AtRule = ();
    type Error = Trouble;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, _: &mut Parser<'i>) -> Parsed<PagePart> {
        if name.eq_ignore_ascii_case("footnote") {
            return Ok(PagePart::Footnote);
        }
        match MARGIN_BOXES.iter().find(|(word, _)| name.eq_ignore_ascii_case(word)) {
            Some((_, margin_box)) => Ok(PagePart::Margin(*margin_box)),
            None => refuse(format!("@{name} is not a margin box of a page")),
        }
    }

    fn parse_block(&mut self, part: PagePart, _: &ParserState, p: &mut Parser<'i>) -> Parsed<()> {
        let block = Arc::new(body(p, self.css, self.env, self.report));
        match part {
            PagePart::Margin(margin_box) => self.margin_boxes.push((margin_box, block)),
            PagePart::Footnote => self.footnote.push(block),
        }
        Ok(())
    }
}

without_style_rules!(PageBody<'_, '_>);

/// The formula of `:nth()` and the page group that it counts in.
type Nth = ((i32, i32), Option<Arc<str>>);

fn nth(p: &mut Parser<'_>) -> Parsed<Nth> {
    let formula = parse_nth(p)?;
    let group = match p.try_parse(|p| p.expect_ident_matching("of")) {
        Ok(()) => Some(custom_ident(p)?),
        Err(_) => None,
    };
    Ok((formula, group))
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
                    let (formula, group) = p.parse_nested_block(nth)?;
                    match group {
                        None => selector.nth = Some(formula),
                        Some(group) if selector.name.as_ref().is_none_or(|own| *own == group) => {
                            selector.name = Some(group);
                            selector.nth_of = Some(formula);
                        }
                        Some(_) => return refuse("a page has one name only"),
                    }
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
