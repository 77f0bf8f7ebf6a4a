//! `{{date start style="short"}}`: a date in the words of the document's language.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::{Fault, Names};
use crate::locale::DateStyle;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let date = call.date(call.arg(0)?)?;
    let wanted = call.text_option("style", "full")?;
    let style = DateStyle::NAMES.into_iter().find(|(name, _)| *name == wanted);
    let Some((_, style)) = style else {
        let names = DateStyle::NAMES.map(|(name, _)| name);
        return Err(call
            .fault("fill/arguments", format!("there is no date style `{wanted}`"))
            .help(format!("the styles are {}", Names(&names))));
    };
    Ok(Json::from(call.locale().date(&date, style)))
}
