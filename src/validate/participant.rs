//! Reads a person in a list of participants.

use super::plain::Free;
use super::reader::{Read, Reader};
use super::scalars::{Flag, Id, LanguageTag, Number, Roles, slug};
use crate::diag::Diagnostic;
use crate::load::{Kind, Value};
use crate::model::{Country, Participant, Post, Reference, Role, Text};

impl Read for Participant {
    fn read(value: &Value, reader: &mut Reader) -> Option<Participant> {
        let mut fields = reader.fields(value, "a participant")?;
        let id = fields.optional::<Id>("id");
        let surname = fields.required("surname");
        let given_name = fields.optional("given-name");
        let title = fields.optional("title");
        let honorific = fields.optional("honorific");
        let function = fields.optional("function");
        let agency = fields.optional::<Agency>("agency");
        let country = fields.optional("country");
        let delegation = fields.optional("delegation");
        let rank = fields.optional::<Number>("rank").map(|number| number.0);
        let head = fields.optional::<Flag>("head");
        let since = fields.optional("since");
        let experience = fields.optional("experience");
        let gender = fields.optional("gender");
        let email = fields.optional("email");
        let telephone = fields.optional("telephone");
        let language = fields.optional::<LanguageTag>("language");
        let diet = fields.optional("diet");
        let access = fields.optional("access");
        let roles = fields.optional::<Roles>("roles").map(|roles| roles.0);
        let consent = fields.optional("consent");
        let posts: Vec<PostHere> = fields.list("posts");
        let note = fields.optional("note");
        let custom = fields.optional::<Free>("custom");
        let doubled = !posts.is_empty() && (function.is_some() || agency.is_some());
        let posts = fields.value("posts").map(|listed| (listed, posts));
        if let Some((listed, _)) = posts.as_ref().filter(|_| doubled) {
            let fault = Diagnostic::error(
                "data/doubled-post",
                "a person has `posts` beside `function` or `agency`",
            );
            let help =
                "put every post under `posts`, the one that the event is about with `here: true`";
            fields.reader.report(fault.at(listed.span, "several posts").help(help));
        }
        let (here, others) = match posts {
            Some((listed, posts)) => post_here(posts, listed, fields.reader),
            None => {
                (PostHere { function, agency, country: None, rank: None, here: true }, Vec::new())
            }
        };
        fields.finish()?;
        let agency = here.agency.map(|agency| agency.0);
        Some(Participant {
            id: id.map(|id| id.0).unwrap_or_default(),
            list: String::new(),
            mandate: None,
            event: None,
            number: 0,
            surname: surname?,
            given_name,
            title,
            honorific,
            function: here.function,
            agency_id: agency.as_ref().map(|agency| agency.id.clone()),
            agency_short_name: agency.as_ref().and_then(|agency| agency.short_name.clone()),
            agency: agency.map(|agency| agency.name),
            country: here.country.or(country),
            delegation,
            rank: here.rank.or(rank),
            head: head.is_some_and(|flag| flag.0),
            since,
            experience,
            gender,
            email,
            telephone,
            language: language.map(|tag| tag.0),
            diet,
            access,
            roles: roles
                .filter(|roles| !roles.is_empty())
                .unwrap_or_else(|| vec![Role::Participant]),
            consent,
            other_posts: others,
            note,
            custom: custom.map(|free| free.0).unwrap_or_default(),
        })
    }
}

/// The post that the event is about, and the others.
fn post_here(posts: Vec<PostHere>, listed: &Value, reader: &mut Reader) -> (PostHere, Vec<Post>) {
    let written = match &listed.kind {
        Kind::List(written) => written.len(),
        _ => 0,
    };
    let marked = posts.iter().filter(|post| post.here).count();
    // Where a post could not be read, its own fault is enough.
    if written == posts.len() && marked != 1 && posts.len() > 1 {
        let message = match marked {
            0 => "none of these posts is the one that the event is about",
            _ => "several of these posts are the one that the event is about",
        };
        let fault = Diagnostic::error("data/post-here", message).at(listed.span, "which one?");
        reader.report(fault.help("write `here: true` in one of them"));
    }
    let at = posts.iter().position(|post| post.here).unwrap_or(0);
    let mut here = PostHere::default();
    let mut others = Vec::new();
    for (index, post) in posts.into_iter().enumerate() {
        if index == at {
            here = post;
        } else {
            let agency = post.agency.map(|agency| agency.0.name);
            others.push(Post { function: post.function, agency, country: post.country });
        }
    }
    (here, others)
}

/// One of several posts.
#[derive(Default)]
pub(super) struct PostHere {
    function: Option<Text>,
    agency: Option<Agency>,
    country: Option<Country>,
    rank: Option<u32>,
    here: bool,
}

impl Read for PostHere {
    fn read(value: &Value, reader: &mut Reader) -> Option<PostHere> {
        let mut fields = reader.fields(value, "a post")?;
        let function = fields.optional("function");
        let agency = fields.optional("agency");
        let country = fields.optional("country");
        let rank = fields.optional::<Number>("rank").map(|number| number.0);
        let here = fields.optional::<Flag>("here").is_some_and(|flag| flag.0);
        fields.finish()?;
        Some(PostHere { function, agency, country, rank, here })
    }
}

/// An agency: one of those that the list may name, or, where none are listed, any.
struct Agency(Reference);

impl Read for Agency {
    fn read(value: &Value, reader: &mut Reader) -> Option<Agency> {
        if !reader.known.0.is_empty() {
            return listed_agency(value, reader).map(Agency);
        }
        let name = Text::read(value, reader)?;
        let id = slug(name.wordings().first().copied().unwrap_or_default());
        Some(Agency(Reference { id, name, short_name: None }))
    }
}

/// One of the agencies that the list may name; where the row names it once per language, each time the same.
fn listed_agency(value: &Value, reader: &mut Reader) -> Option<Reference> {
    let Kind::Map(names) = &value.kind else { return Reference::read(value, reader) };
    let mut agency: Option<Reference> = None;
    for name in names {
        let named = Reference::read(&name.value, reader)?;
        if agency.as_ref().is_some_and(|first| first.id != named.id) {
            let fault = Diagnostic::error("data/two-agencies", "one person has two agencies here");
            let help = "the agencies of this list have their names in all languages in the event or the mandate: one column is enough";
            reader.report(fault.at(name.value.span, "another agency").help(help));
            return None;
        }
        agency = Some(named);
    }
    agency
}
