//! Between handlebars and our helpers: checks the arguments, calls the helper, and prints what it
//! gives, escaped and marked, or keeps its fault and goes on.

use handlebars::{
    Context, Handlebars, Helper as HelperCall, HelperDef, HelperResult, Output, PathAndJson,
    RenderContext, RenderError, ScopedJson,
};
use serde_json::Value as Json;

use super::call::{Call, Given, faulty, is_faulty, keys_help, resolve};
use super::document::Document;
use super::fault::Fault;
use super::helpers::{Block, Helper, Run, block};
use super::instrument::TAG;
use super::marks::mark;
use super::mentions::{leads_through_hidden, shows_hidden};
use super::scan::is_reserved;
use crate::editions::Withheld;

/// One of our helpers within one document.
pub(super) struct Dispatch<'d> {
    pub(super) helper: &'static Helper,
    pub(super) document: &'d Document<'d>,
}

/// Registers every helper for the document that is filled with `context`.
pub(super) fn register<'reg: 'rc, 'rc>(
    context: &mut RenderContext<'reg, 'rc>,
    document: &'rc Document<'rc>,
) {
    for helper in super::helpers::all() {
        context.register_local_helper(helper.name, Box::new(Dispatch { helper, document }));
    }
}

impl HelperDef for Dispatch<'_> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        call: &HelperCall<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let value = match (self.helper.run, self.check(call, context, state)) {
            (Run::Value(run), Some(call)) => run(&call).unwrap_or_else(|fault| {
                self.document.report(fault);
                faulty()
            }),
            _ => faulty(),
        };
        Ok(ScopedJson::Derived(value))
    }

    fn call<'reg: 'rc, 'rc>(
        &self,
        call: &HelperCall<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let Some(checked) = self.check(call, context, state) else { return Ok(()) };
        let tag = checked.tag;
        let result = match self.helper.run {
            Run::Value(run) => match run(&checked) {
                Ok(value) => {
                    print(&checked, &Given { value: &value, written: None, path: None }, out)?
                }
                Err(fault) => Err(fault),
            },
            Run::Print => match checked.args.first() {
                Some(given) => print(&checked, given, out)?,
                None => Ok(()),
            },
            Run::Markup(run) => match run(&checked) {
                Ok(markup) => {
                    out.write(&mark(tag))?;
                    out.write(&markup)?;
                    Ok(())
                }
                Err(fault) => Err(fault),
            },
            Run::Block(kind) => {
                let block = Block { call: &checked, written: call, registry, context };
                block::run(kind, &block, state, out)?
            }
        };
        if let Err(fault) = result {
            self.document.report(fault);
        }
        Ok(())
    }
}

impl Dispatch<'_> {
    /// The call with its arguments looked up; `None` when one of them is not there, which is reported.
    fn check<'a>(
        &'a self,
        call: &'a HelperCall<'_>,
        context: &'a Context,
        state: &RenderContext<'_, '_>,
    ) -> Option<Call<'a>> {
        let tag = call.hash_get(TAG).and_then(|tag| tag.value().as_u64());
        let tag = tag.and_then(|tag| usize::try_from(tag).ok()).unwrap_or(usize::MAX);
        let root = context.data();
        let mut sound = true;
        let mut given = |argument: &'a PathAndJson<'_>| {
            let written = argument.relative_path().map(String::as_str);
            let (value, reference) = resolve(argument.value(), root);
            let missing_in_hidden = || {
                argument.is_value_missing()
                    && written.is_some_and(|path| leads_through_hidden(path, root))
            };
            if shows_hidden(value) || missing_in_hidden() {
                self.document.meet_hidden();
            }
            if argument.is_value_missing() && !self.helper.takes_missing {
                sound = false;
                self.document.report(missing(tag, written.unwrap_or_default(), context, state));
            } else if let Some(withheld) = Withheld::of(value) {
                sound = false;
                let path = reference.as_ref().or(argument.context_path()).map(Vec::as_slice);
                self.document.report(Fault::above_edition(&withheld, tag, written, path));
            } else if is_faulty(value) {
                sound = false;
                // Only a reported fault makes this value, unless the data hold it.
                if !self.document.has_faults() {
                    let message = "the value is a character that is no text";
                    self.document.report(Fault::new("fill/reserved-character", tag, message));
                }
            } else if value.is_null() && !argument.is_value_missing() && !self.helper.takes_null {
                sound = false;
                let path = argument.context_path().map(Vec::as_slice);
                self.document.report(empty(tag, written, path));
            }
            Given { value, written, path: reference.or_else(|| argument.context_path().cloned()) }
        };
        let args: Vec<Given<'a>> = call.params().iter().map(&mut given).collect();
        let options: Vec<(&'a str, Given<'a>)> = call
            .hash()
            .iter()
            .filter(|(name, _)| **name != TAG)
            .map(|(name, argument)| (*name, given(argument)))
            .collect();
        let document = self.document;
        sound.then_some(Call { name: self.helper.name, args, options, document, root, tag })
    }
}

fn empty(tag: usize, written: Option<&str>, path: Option<&[String]>) -> Fault {
    let (shown, condition) = match written {
        Some(name) => (format!("`{name}`"), name),
        None => ("the value".to_owned(), "…"),
    };
    Fault::new("fill/missing-value", tag, format!("{shown} is empty"))
        .written(written)
        .path(path, format!("the record has no {shown}"))
        .help(format!(
            "give it in the record, or write `{{{{#if {condition}}}}}` around it in the template"
        ))
}

/// The fault of a path that leads nowhere, with the keys of the nearest value on its way.
fn missing(tag: usize, written: &str, context: &Context, state: &RenderContext<'_, '_>) -> Fault {
    let fault = Fault::new("fill/missing-value", tag, format!("`{written}` is missing"))
        .written(Some(written));
    let mut known = written;
    loop {
        let (shorter, part) = match known.rfind(['.', '/']) {
            Some(at) if !known.ends_with("..") && !known.ends_with("../this") => {
                (known.get(..at).unwrap_or_default(), known.get(at + 1..).unwrap_or_default())
            }
            _ => ("this", known),
        };
        let shorter = match shorter {
            up if up.ends_with("..") || up == "@root" => format!("{up}/this"),
            other => other.to_owned(),
        };
        let found = state.evaluate(context, &shorter);
        if let Ok(found) = &found
            && !found.is_missing()
        {
            let (value, reference) = resolve(found.as_json(), context.data());
            let base = state.block().map(|block| block.base_path().clone());
            let path = reference.or_else(|| found.context_path().cloned()).or(base);
            if let Some(withheld) = Withheld::of(value) {
                return Fault::above_edition(&withheld, tag, Some(written), path.as_deref());
            }
            let fault = fault.path(path.as_deref(), format!("there is no `{part}` here"));
            return match value {
                Json::Object(map) => fault.help(keys_help(part, map)),
                Json::Null => empty(tag, Some(&shorter), path.as_deref()),
                _ => fault,
            };
        }
        if shorter == "this" || shorter.len() >= known.len() {
            let base = state.block().map(|block| block.base_path().clone());
            return fault.path(base.as_deref(), format!("there is no `{written}` here"));
        }
        known = written.get(..shorter.len()).unwrap_or("this");
    }
}

/// Prints a text, number or truth value, escaped for HTML.
fn print(
    call: &Call,
    given: &Given,
    out: &mut dyn Output,
) -> Result<Result<(), Fault>, RenderError> {
    if let Some(withheld) = Withheld::of(given.value) {
        return Ok(Err(call.above_edition(&withheld, given)));
    }
    let text = match given.value {
        Json::Bool(_) | Json::Number(_) => std::borrow::Cow::Owned(given.value.to_string()),
        Json::String(text) => std::borrow::Cow::Borrowed(text.as_str()),
        Json::Null => return Ok(Err(call.null(given))),
        Json::Array(_) | Json::Object(_) => {
            let what = given.written.map_or("the value".to_owned(), |name| format!("`{name}`"));
            let message = format!("{what} is {} and cannot be printed as it is", given.describe());
            return Ok(Err(call.fault_of(given, "fill/not-printable", message).help(
                "print a list with `{{list …}}` or `{{#each …}}`, a text per language with `{{text …}}`",
            )));
        }
    };
    if let Some(fault) = unprintable(call, given, &text) {
        return Ok(Err(fault));
    }
    out.write(&mark(call.tag))?;
    out.write(&escape(&text))?;
    Ok(Ok(()))
}

/// A fault when the text has a character that delimits marks.
pub(super) fn unprintable(call: &Call, given: &Given, text: &str) -> Option<Fault> {
    // All of them begin with the byte EF in UTF-8.
    let may_have = text.as_bytes().contains(&0xEF);
    let found = text.chars().find(|c| is_reserved(*c)).filter(|_| may_have)?;
    let message = format!("the character U+{:04X} is no text", u32::from(found));
    Some(call.fault_of(given, "fill/reserved-character", message).help("remove it from the record"))
}

/// `text` with the characters that mean something in HTML written as entities.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
