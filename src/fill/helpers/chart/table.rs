//! A chart's data as a table.

use std::fmt::Write;

use super::stacked::Row;
use super::{Call, Datum, Fault, escape, title, word};

/// A row for each item with its number.
pub(super) fn of_data(call: &Call, data: &[Datum]) -> Result<String, Fault> {
    let mut html = start(call, &[word(call, "chart.value", &[])?])?;
    for datum in data {
        row(&mut html, &datum.label, &[&datum.shown]);
    }
    html.push_str("</tbody></table>");
    Ok(html)
}

/// A row for each bar with its parts and their sum.
pub(super) fn of_rows(call: &Call, names: &[String], rows: &[Row]) -> Result<String, Fault> {
    let mut heads = names.to_vec();
    heads.push(word(call, "chart.whole", &[])?);
    let mut html = start(call, &heads)?;
    for bar in rows {
        let mut numbers: Vec<&str> = bar.values.iter().map(|(_, shown)| shown.as_str()).collect();
        numbers.push(&bar.total_shown);
        row(&mut html, &bar.label, &numbers);
    }
    html.push_str("</tbody></table>");
    Ok(html)
}

fn start(call: &Call, heads: &[String]) -> Result<String, Fault> {
    let mut html = "<table class=\"chart-data\">".to_owned();
    if let Some(title) = title(call)? {
        let _ = write!(html, "<caption>{}</caption>", escape(&title));
    }
    let item = escape(&word(call, "chart.item-head", &[])?);
    let _ = write!(html, "<thead><tr><th scope=\"col\">{item}</th>");
    for head in heads {
        let _ = write!(html, "<th scope=\"col\" class=\"number\">{}</th>", escape(head));
    }
    html.push_str("</tr></thead><tbody>");
    Ok(html)
}

fn row(html: &mut String, label: &str, numbers: &[&str]) {
    let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escape(label));
    for number in numbers {
        let _ = write!(html, "<td class=\"number\">{}</td>", escape(number));
    }
    html.push_str("</tr>");
}
