//! `{{timeline mandates}}`: a drawn bar for each item on an axis of years, or of months where all
//! is within two years, with a text alternative.

use std::fmt::Write;

use chrono::{Datelike, Months, NaiveDate};

use super::chart::lettering;
use super::date_range::range;
use super::word::word;
use crate::fill::call::{Call, Given};
use crate::fill::dispatch::{escape, unprintable};
use crate::fill::fault::Fault;
use crate::locale::{DateStyle, PartialDate, WordValue};

/// Size of the labels, in points.
const TEXT: f64 = 8.5;
/// Distance of the lines of a label.
const LEADING: f64 = 10.5;
/// Height of a bar.
const BAR: f64 = 9.0;
/// Room for the years below the axis.
const AXIS: f64 = 20.0;
/// The share of the width that labels take.
const LABELS: f64 = 0.38;
/// More years than this get a tick every five or more.
const MOST_TICKS: i32 = 12;
/// Up to so many months are counted in months, with as many names below the axis.
const MOST_MONTHS: i32 = 24;
const MOST_MONTH_TICKS: i32 = 7;
/// Room of a group's name above its rows.
const HEADING: f64 = 17.0;
/// Half the width of the sign of a milestone.
const MARK: f64 = 3.6;
/// Room above the bars for the date of the line that `today` draws.
const TODAY: f64 = 13.0;

/// An item as it is drawn.
struct Row {
    /// The group that starts with it.
    heading: Option<String>,
    label: String,
    lines: Vec<String>,
    dates: String,
    bar: Option<(NaiveDate, NaiveDate)>,
    /// Days that are marked, each with what is said of it.
    marks: Vec<(NaiveDate, String)>,
}

impl Row {
    /// How high it is drawn when a plain one is `least` high, its heading apart.
    fn height(&self, least: f64) -> f64 {
        least.max(self.lines.len() as f64 * LEADING + 6.0)
    }
}

pub(super) fn run(call: &Call) -> Result<String, Fault> {
    let given = call.arg(0)?;
    let width = call.number_option("width", 480, 200..=2000)? as f64;
    let height = call.number_option("row", 22, 14..=200)? as f64;
    let rows = rows(call, given, width)?;
    if rows.is_empty() {
        return Err(call
            .fault_of(given, "fill/empty-list", "there is nothing to draw on the timeline")
            .help("ask first with `{{#if …}}`, and say in `{{else}}` that there is nothing"));
    }
    let bars: Vec<(NaiveDate, NaiveDate)> = rows.iter().filter_map(|row| row.bar).collect();
    let first = bars.iter().map(|(start, _)| start.year()).min();
    let last = bars.iter().map(|(_, end)| end.year()).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Err(call.fault_of(given, "fill/empty-list", "no item of the timeline has a start"));
    };
    let today = call.option("today").map(|today| call.date(today)).transpose()?;
    let alternative = match call.option("alt") {
        Some(alt) => call.text(alt)?.into_owned(),
        None => alternative(call, &rows, first, last)?,
    };
    if let Some(fault) = unprintable(call, given, &alternative) {
        return Err(fault);
    }
    let mut scale = Scale::new(&bars, first, last, width);
    scale.name_ticks(call);
    scale.today = today.and_then(|today| {
        let day = today.first_day().filter(|day| (scale.start..scale.end).contains(day))?;
        Some((day, call.locale().date(&today, DateStyle::Short)))
    });
    Ok(draw(&rows, &scale, width, height, &alternative))
}

fn rows(call: &Call, given: &Given, width: f64) -> Result<Vec<Row>, Fault> {
    let label_key = call.text_option("label", "title")?;
    let start_key = call.text_option("start", "start")?;
    let end_key = call.text_option("end", "end")?;
    let until = call.option("until").map(|until| call.date(until)).transpose()?;
    let mut rows = Vec::new();
    let mut group = None;
    for item in call.items(given)? {
        let own = group_of(call, &item)?;
        let heading = if own == group { None } else { own.clone() };
        group = own;
        let label = call.text(&label_of(call, &item, &label_key)?)?.into_owned();
        if let Some(fault) = unprintable(call, &item, &label) {
            return Err(fault);
        }
        let start = call.key(&item, &start_key)?;
        let end = call.key(&item, &end_key)?;
        let dates = match range(call, Some(&start), Some(&end))? {
            Some(dates) => dates,
            None => word(call, "timeline.undated", &[])?,
        };
        let bar = bar(call, &start, &end, until.as_ref())?;
        let lines = lettering::wrap(&label, width * LABELS - 8.0, TEXT);
        let marks = marks(call, &item)?;
        rows.push(Row { heading, lines, label, dates, bar, marks });
    }
    Ok(rows)
}

/// The name of the group that an item belongs to, when items are grouped.
fn group_of(call: &Call, item: &Given) -> Result<Option<String>, Fault> {
    let Some(key) = call.option("group") else { return Ok(None) };
    let given = call.key(item, &call.plain(key)?)?;
    let text = call.text(&given)?.into_owned();
    let name = match call.option("words") {
        Some(prefix) => word(call, &format!("{}.{text}", call.plain(prefix)?), &[])?,
        None => text,
    };
    match unprintable(call, &given, &name) {
        Some(fault) => Err(fault),
        None => Ok(Some(name)),
    }
}

/// An item's milestones that have a day, a month or a year.
fn marks(call: &Call, item: &Given) -> Result<Vec<(NaiveDate, String)>, Fault> {
    let Some(key) = call.option("milestones") else { return Ok(Vec::new()) };
    let list = call.key(item, &call.plain(key)?)?;
    if list.value.is_null() {
        return Ok(Vec::new());
    }
    let mut marks = Vec::new();
    for milestone in call.items(&list)? {
        let date = call.date(&call.key(&milestone, "date")?)?;
        let text = call.text(&call.key(&milestone, "text")?)?.into_owned();
        if let Some(fault) = unprintable(call, &milestone, &text) {
            return Err(fault);
        }
        if let Some(day) = date.first_day() {
            let date = WordValue::Text(call.locale().date(&date, DateStyle::Full));
            let text = WordValue::Text(text.trim_end_matches('.').to_owned());
            let said = word(call, "timeline.milestone", &[("date", date), ("text", text)])?;
            marks.push((day, said));
        }
    }
    Ok(marks)
}

/// The item's value under the first of the keys (commas between them) that is not null.
fn label_of<'a>(call: &Call<'a>, item: &Given<'a>, keys: &str) -> Result<Given<'a>, Fault> {
    let mut found = None;
    for key in keys.split(',').map(str::trim) {
        let label = call.key(item, key)?;
        if !label.value.is_null() {
            return Ok(label);
        }
        found = Some(label);
    }
    match found {
        Some(label) => Ok(label),
        None => call.key(item, keys),
    }
}

/// First and last day of an item's bar; `None` for one without a start.
fn bar(
    call: &Call,
    start: &Given,
    end: &Given,
    until: Option<&PartialDate>,
) -> Result<Option<(NaiveDate, NaiveDate)>, Fault> {
    if start.value.is_null() {
        return Ok(None);
    }
    let Some(first) = call.date(start)?.first_day() else { return Ok(None) };
    let last = if end.value.is_null() {
        let open = until.and_then(PartialDate::last_day);
        open.or_else(|| NaiveDate::from_ymd_opt(first.year(), 12, 31))
    } else {
        call.date(end)?.last_day()
    };
    Ok(last.map(|last| (first, last.max(first))))
}

fn alternative(call: &Call, rows: &[Row], first: i32, last: i32) -> Result<String, Fault> {
    let item = |row: &Row| {
        let label = WordValue::Text(row.label.clone());
        let dates = WordValue::Text(row.dates.clone());
        let item = word(call, "timeline.item", &[("label", label), ("dates", dates)])?;
        if row.marks.is_empty() {
            return Ok(item);
        }
        let marks: Vec<&str> = row.marks.iter().map(|(_, said)| said.as_str()).collect();
        let values =
            [("item", WordValue::Text(item)), ("milestones", WordValue::Text(marks.join(", ")))];
        word(call, "timeline.with-milestones", &values)
    };
    let items: Vec<String> = rows.iter().map(item).collect::<Result<_, Fault>>()?;
    let count = word(call, "timeline.bars", &[("count", WordValue::Number(rows.len() as u64))])?;
    let text = WordValue::Text;
    let values = [
        ("from", text(first.to_string())),
        ("to", text(last.to_string())),
        ("count", text(count)),
        ("items", text(items.join("; "))),
    ];
    word(call, "timeline.alternative", &values)
}

/// From days to points.
struct Scale {
    left: f64,
    right: f64,
    start: NaiveDate,
    /// The day after the last one.
    end: NaiveDate,
    /// Days with a name below the axis.
    ticks: Vec<(NaiveDate, String)>,
    /// Months between ticks; whole years when it is 12 or more.
    step: i32,
    /// The day that a line marks, with its name.
    today: Option<(NaiveDate, String)>,
}

impl Scale {
    fn new(bars: &[(NaiveDate, NaiveDate)], first: i32, last: i32, width: f64) -> Scale {
        let day = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
        let (low, high) = (bars.iter().map(|bar| bar.0).min(), bars.iter().map(|bar| bar.1).max());
        let (low, high) = (low.unwrap_or_default(), high.unwrap_or_default());
        let months = (high.year() - low.year()) * 12 + high.month() as i32 - low.month() as i32 + 1;
        let (mut start, mut end) = (day(first, 1), day(last + 1, 1));
        let step = if months <= MOST_MONTHS {
            start = day(low.year(), low.month());
            let after = day(high.year(), high.month()).checked_add_months(Months::new(1));
            end = after.unwrap_or(end);
            let fits = |step: &i32| months / step <= MOST_MONTH_TICKS;
            [1, 2, 3, 4].into_iter().find(fits).unwrap_or(6)
        } else {
            let years = last + 1 - first;
            let fits = |step: &i32| years / step <= MOST_TICKS;
            12 * [1, 2, 5, 10, 20, 50, 100].into_iter().find(fits).unwrap_or(500)
        };
        let (left, right) = (width * LABELS, width - 1.0);
        Scale { left, right, start, end, ticks: Vec::new(), step, today: None }
    }

    fn at(&self, day: NaiveDate) -> f64 {
        let days = (self.end - self.start).num_days().max(1) as f64;
        let share = (day - self.start).num_days() as f64 / days;
        self.left + (self.right - self.left) * share
    }

    /// Sets the ticks, named in the document's language.
    fn name_ticks(&mut self, call: &Call) {
        let mut day = self.start;
        let step = Months::new(self.step.unsigned_abs());
        while day <= self.end {
            let name = if self.step >= 12 {
                day.year().to_string()
            } else {
                let month = PartialDate::YearMonth(day.year(), day.month());
                call.locale().date(&month, DateStyle::Short)
            };
            self.ticks.push((day, name));
            let Some(next) = day.checked_add_months(step) else { break };
            day = next;
        }
    }
}

fn draw(rows: &[Row], scale: &Scale, width: f64, row: f64, alternative: &str) -> String {
    let heights: Vec<f64> = rows.iter().map(|one| one.height(row)).collect();
    let headings = rows.iter().filter(|row| row.heading.is_some()).count() as f64 * HEADING;
    let ceiling = if scale.today.is_some() { TODAY } else { 0.0 };
    let floor: f64 = ceiling + headings + heights.iter().sum::<f64>();
    let height = floor + AXIS;
    let mut svg = String::new();
    // Writing into memory does not fail.
    let _ = write!(
        svg,
        "<svg class=\"timeline\" role=\"img\" aria-label=\"{}\" xmlns=\"http://www.w3.org/2000/svg\" \
         width=\"{width:.0}pt\" height=\"{height:.1}pt\" font-family=\"'Source Sans 3', sans-serif\" \
         viewBox=\"0 0 {width:.0} {height:.1}\">",
        escape(alternative)
    );
    for x in scale.ticks.iter().map(|(day, _)| scale.at(*day)) {
        let _ = write!(
            svg,
            "<line x1=\"{x:.2}\" y1=\"{ceiling}\" x2=\"{x:.2}\" y2=\"{:.2}\" stroke=\"#d5dae1\" \
             stroke-width=\"0.5\"/>",
            floor + 4.0
        );
    }
    let mut top = ceiling;
    for (row, height) in rows.iter().zip(&heights) {
        if let Some(heading) = &row.heading {
            let _ = write!(
                svg,
                "<text x=\"0\" y=\"{:.2}\" font-size=\"{TEXT}\" font-weight=\"600\" \
                 fill=\"#17395c\">{}</text>",
                top + HEADING - 4.0,
                escape(heading)
            );
            top += HEADING;
        }
        draw_row(&mut svg, row, scale, top + height / 2.0);
        top += height;
    }
    let _ = write!(
        svg,
        "<line x1=\"{:.2}\" y1=\"{floor:.2}\" x2=\"{:.2}\" y2=\"{floor:.2}\" stroke=\"#5b6675\" \
         stroke-width=\"0.75\"/>",
        scale.left, scale.right
    );
    draw_today(&mut svg, scale, floor);
    // The month after the last one would run into the name before it.
    let named = |(day, _): &&(NaiveDate, String)| scale.step >= 12 || *day < scale.end;
    for (day, name) in scale.ticks.iter().filter(named) {
        let x = scale.at(*day);
        let anchor = if *day == scale.end { "end" } else { "middle" };
        let _ = write!(
            svg,
            "<text x=\"{x:.2}\" y=\"{:.2}\" font-size=\"8\" text-anchor=\"{anchor}\" \
             fill=\"#5b6675\">{}</text>",
            floor + 14.0,
            escape(name)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A line through the bars at the day of the paper.
fn draw_today(svg: &mut String, scale: &Scale, floor: f64) {
    let Some((day, name)) = &scale.today else { return };
    let x = scale.at(*day);
    let half = lettering::width(name, 8.0) / 2.0;
    let middle = x.clamp(scale.left, (scale.right - half).max(scale.left));
    let _ = write!(
        svg,
        "<line x1=\"{x:.2}\" y1=\"{:.2}\" x2=\"{x:.2}\" y2=\"{floor:.2}\" stroke=\"#8f2413\" \
         stroke-width=\"0.75\" stroke-dasharray=\"3 2\"/>\
         <text x=\"{middle:.2}\" y=\"8\" font-size=\"8\" text-anchor=\"middle\" \
         fill=\"#8f2413\">{}</text>",
        TODAY - 2.0,
        escape(name)
    );
}

fn draw_row(svg: &mut String, row: &Row, scale: &Scale, middle: f64) {
    let above = (row.lines.len() as f64 - 1.0) * LEADING / 2.0;
    for (index, line) in row.lines.iter().enumerate() {
        let y = middle - above + index as f64 * LEADING + TEXT * 0.35;
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{y:.2}\" font-size=\"{TEXT}\" fill=\"#1d2733\">{}</text>",
            escape(line)
        );
    }
    if let Some((start, end)) = row.bar {
        let left = scale.at(start);
        // The last day belongs to the bar; a bar of a few days is still to be seen.
        let right = end.succ_opt().map_or(left, |end| scale.at(end)).max(left + 2.0);
        let _ = write!(
            svg,
            "<rect x=\"{left:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{BAR}\" rx=\"1.5\" \
             fill=\"#17395c\"/>",
            middle - BAR / 2.0,
            right - left
        );
    }
    let days = row.marks.iter().map(|(day, _)| *day);
    for day in days.filter(|day| (scale.start..scale.end).contains(day)) {
        let x = scale.at(day);
        let _ = write!(
            svg,
            "<path d=\"M{:.2} {middle:.2}L{x:.2} {:.2}L{:.2} {middle:.2}L{x:.2} {:.2}Z\" \
             fill=\"#ffffff\" stroke=\"#8f2413\" stroke-width=\"1\"/>",
            x - MARK,
            middle - MARK,
            x + MARK,
            middle + MARK
        );
    }
}
