//! People who stand twice on a list.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::Participant;
use crate::plain::plain;
use crate::source::Span;
use crate::validate::{Checked, folded_name};

/// Reports people of one list with the same name and agency, whatever the accents and the order of the
/// names, or with the same e-mail address.
pub(super) fn report(people: &[Checked<Participant>], found: &mut Diagnostics) {
    let mut names: BTreeMap<(&str, String, String), Span> = BTreeMap::new();
    let mut addresses: BTreeMap<(&str, String), Span> = BTreeMap::new();
    for person in people {
        let Some(item) = &person.item else { continue };
        let place = |field: &str| person.places.get(field).copied().unwrap_or(person.span);
        let address = item.email.as_ref().map(|email| email.trim().to_lowercase());
        if let Some(address) = address.filter(|address| !address.is_empty()) {
            let here = place("/email");
            if let Some(first) = addresses.get(&(item.list.as_str(), address.clone())) {
                found.push(doubled("two people have the same e-mail address", here, *first));
                continue;
            }
            addresses.insert((&item.list, address), here);
        }
        let given = item.given_name.as_deref().unwrap_or_default();
        let name = folded_name(&format!("{given} {}", item.surname));
        let agency = item.agency.as_ref().and_then(|agency| agency.wordings().first().copied());
        let agency = plain(agency.unwrap_or_default()).to_lowercase();
        let here = place("/surname");
        if let Some(first) = names.get(&(item.list.as_str(), name.clone(), agency.clone())) {
            found.push(doubled("two people have the same name and agency", here, *first));
            continue;
        }
        names.insert((&item.list, name, agency), here);
    }
}

fn doubled(message: &str, here: Span, first: Span) -> Diagnostic {
    Diagnostic::warning("data/doubled-person", message)
        .at(here, "the second")
        .context(first, "the first")
        .help("if they are one person, take one row out; if they are two, give each an `id` of its own and tell them apart by agency or address")
}
