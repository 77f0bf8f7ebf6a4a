//! `dossier certificate`: whether a number is that of a certificate, and of which.

use std::io::Write;

use serde_json::json;

use crate::diag::{Diagnostic, Diagnostics};
use crate::locale::{Locale, PartialDate};
use crate::project::Project;
use crate::roster::certificate::{Certificate, Misread, normal};
use crate::source::Sources;

use super::args::{CertificateArgs, Choice, Log};
use super::report::Reporter;
use super::{Ended, open};

/// Looks the number up among the certificates that the project's data give.
pub fn run(args: &CertificateArgs, sources: &Sources, reporter: &mut Reporter) -> Ended {
    let (project, found) = open::open(&args.project, &Choice::default(), sources);
    reporter.report(found.iter().filter(|fault| fault.is_error()));
    let Some(project) = project else { return Ended::Unusable };
    let certificate = match look_up(&args.number, &project, &found) {
        Ok(certificate) => certificate,
        Err(fault) => {
            reporter.report([&fault]);
            return Ended::SomeFailed;
        }
    };
    let told = match reporter.log() {
        Log::Text => told(certificate, &project),
        Log::Json => format!("{}\n", json_of(certificate, &project)),
    };
    // Nothing can be done when standard output is closed.
    let _ = write!(std::io::stdout(), "{told}");
    if project.is_keyed {
        return Ended::Done;
    }
    let message = format!("{} is a serial, which proves nothing", certificate.number);
    let help = "anybody can write such a number; compare what the certificate says with what stands here, and name a key in dossier.yaml for certificates to come:  certificates: {key: …}";
    reporter.report([&Diagnostic::warning("certificate/serial", message).help(help)]);
    if reporter.is_strict() { Ended::SomeFailed } else { Ended::Done }
}

/// The certificate with the number that somebody has typed.
fn look_up<'p>(
    typed: &str,
    project: &'p Project,
    found: &Diagnostics,
) -> Result<&'p Certificate, Diagnostic> {
    let number = match project.is_keyed {
        true => normal(typed).map_err(|why| misread(typed, &why))?,
        false => serial(typed),
    };
    let mut all = project.roster.certificates.iter();
    all.find(|certificate| certificate.number == number).ok_or_else(|| {
        let message = format!("no certificate has the number {number}");
        let fault = Diagnostic::error("certificate/unknown", message).help(
            "the certificate is not one of this project's, or the name, the days or the hours that it was made from have changed since, or the key has",
        );
        match found.has_errors() {
            true => fault.help("some data have a fault, which is shown above; their certificates were not looked at"),
            false => fault,
        }
    })
}

/// A serial as it is printed: in capitals, with hyphens.
fn serial(typed: &str) -> String {
    let dashes = ['\u{2010}', '\u{2011}', '\u{2013}'];
    typed.trim().replace(dashes, "-").to_uppercase()
}

fn misread(typed: &str, why: &Misread) -> Diagnostic {
    let (code, message, help) = match why {
        Misread::Length(length) => (
            "certificate/no-number",
            format!("`{typed}` has {length} characters, and a number has 11"),
            "a number looks like 7ZK2M-9QX4T-B; hyphens and blanks do not count",
        ),
        Misread::Character(letter) => (
            "certificate/no-number",
            format!("`{typed}` has the character `{letter}`, which no number has there"),
            "a number has the figures 0 to 9 and the letters A to Z without I, L, O and U; only its last character may be * ~ $ = or U",
        ),
        Misread::Check => (
            "certificate/slip",
            format!("`{typed}` has a slip in it: its last character does not fit the others"),
            "compare it with the certificate, character by character; if they are the same, the number was never given out",
        ),
    };
    Diagnostic::error(code, message).help(help)
}

/// What is known about a certificate, line by line.
fn told(certificate: &Certificate, project: &Project) -> String {
    let title = certificate.title.nearest_to(&project.language);
    let (event, person) = (&certificate.event, &certificate.person);
    let verdict = if project.is_keyed { "confirmed" } else { "on record" };
    format!(
        "{}  {verdict}\n  event     {title} ({event})\n  dates     {}\n  person    {} ({person})\n  attended  {}, {} of {} hours, {}%\n",
        certificate.number,
        dates(certificate),
        name(certificate),
        days(certificate.days),
        hours(certificate.minutes),
        hours(certificate.scheduled),
        certificate.share,
    )
}

fn name(certificate: &Certificate) -> String {
    match &certificate.given_name {
        Some(given) => format!("{given} {}", certificate.surname),
        None => certificate.surname.clone(),
    }
}

/// The dates as English writes them, the language of all messages.
fn dates(certificate: &Certificate) -> String {
    let (first, last) = (certificate.first.to_string(), certificate.last.to_string());
    let parsed = PartialDate::parse_iso(&first).ok().zip(PartialDate::parse_iso(&last).ok());
    match (parsed, Locale::without_words("en")) {
        (Some((first, last)), Ok(locale)) => locale.date_range(&first, &last),
        _ => format!("{first} to {last}"),
    }
}

fn days(days: usize) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// Minutes as hours, as certificates print them: with a tenth where it is not a whole number, rounded
/// down.
fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60 / 6) {
        (hours, 0) => hours.to_string(),
        (hours, tenths) => format!("{hours}.{tenths}"),
    }
}

fn json_of(certificate: &Certificate, project: &Project) -> serde_json::Value {
    json!({
        "number": certificate.number,
        "confirmed": project.is_keyed,
        "event": certificate.event,
        "title": certificate.title,
        "start": certificate.first.to_string(),
        "end": certificate.last.to_string(),
        "person": certificate.person,
        "surname": certificate.surname,
        "given-name": certificate.given_name,
        "days": certificate.days,
        "minutes": certificate.minutes,
        "scheduled": certificate.scheduled,
        "share": certificate.share,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_rounded_down_to_tenths() {
        assert_eq!(hours(1800), "30");
        assert_eq!(hours(1793), "29.8");
        assert_eq!(hours(5), "0");
    }

    #[test]
    fn serial_is_read_with_any_hyphens_and_in_small_letters() {
        assert_eq!(serial(" jssr\u{2011}training\u{2013}007 "), "JSSR-TRAINING-007");
    }
}
