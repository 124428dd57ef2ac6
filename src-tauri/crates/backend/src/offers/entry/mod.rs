//! Offers at the entry of a sale: made as sentences, tried over the last thirty days before they hold, ended by hand or by
//! their last day. `at_sale` is what the till asks; what a sale got is stored with it and never worked out again.

pub(crate) mod at_sale;
mod trial;
mod words;

pub use trial::trial;
pub(crate) use words::taken;

use crate::api::books::Nothing;
use crate::api::offers::entry::{OfferEnd, OfferInput, OfferList, OfferProduct, OfferState, OfferView};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::offers::entry::{self as rows, Figures, StoredOffer};
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::{FieldError, RuleError, refuse_if_any};
use shukebu_domain::ids::ProductId;
use shukebu_domain::offer::{Audience, Offer, Rule, Scope};
use std::collections::BTreeMap;

/// So many offers are listed.
const SHOWN: i64 = 200;
/// The most that hold at the same time: the till looks at all of them with every line.
const MOST_OPEN: usize = 60;
/// An offer that ends within these days is pointed out.
const SOON_DAYS: i64 = 3;

/// All offers with what became of them.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, _: Nothing) -> Result<OfferList> {
    app.read_in_background(|connection, moment| {
        let figures = rows::figures(connection)?;
        let newest = rows::newest(connection, SHOWN)?;
        let mut names = BTreeMap::new();
        let mut found = vec![];
        for stored in newest {
            let figures = figures.get(&stored.first).copied().unwrap_or_default();
            found.push(view(connection, moment, stored, figures, &mut names)?);
        }
        found.sort_by_key(|row| row.state);
        Ok(OfferList { ending: found.iter().filter(|row| row.ends_soon).count(), rows: found })
    })
}

fn view(
    connection: &Connection,
    moment: &Moment,
    stored: StoredOffer,
    figures: Figures,
    names: &mut BTreeMap<ProductId, String>,
) -> Result<OfferView> {
    let state = state_of(moment, &stored);
    let until = stored.offer.when.until_on;
    learn_names(connection, &stored.offer, names)?;
    Ok(OfferView {
        id: stored.id,
        text: words::text(moment, &stored.offer, names),
        terms: words::terms(moment, &stored.offer, &class_names(connection, moment, &stored.offer)?),
        name: stored.name,
        ends_soon: state == OfferState::Running
            && until.is_some_and(|until| (until - moment.today).num_days() <= SOON_DAYS),
        products: products_of(&stored.offer)
            .into_iter()
            .filter_map(|id| Some(OfferProduct { id, name: names.get(&id)?.clone() }))
            .collect(),
        offer: stored.offer,
        state,
        sales: figures.sales,
        gave_minor: figures.gave,
        cost_minor: figures.cost,
        brought_minor: figures.brought,
    })
}

fn state_of(moment: &Moment, stored: &StoredOffer) -> OfferState {
    let when = &stored.offer.when;
    if stored.is_ended || when.until_on.is_some_and(|until| until < moment.today) {
        OfferState::Over
    } else if when.from_on > moment.today {
        OfferState::Planned
    } else {
        OfferState::Running
    }
}

/// The names of the products that an offer is about.
fn learn_names(connection: &Connection, offer: &Offer, names: &mut BTreeMap<ProductId, String>) -> Result<()> {
    for product in products_of(offer) {
        if let std::collections::btree_map::Entry::Vacant(place) = names.entry(product) {
            place.insert(store::products::get(connection, product)?.0.name);
        }
    }
    Ok(())
}

fn products_of(offer: &Offer) -> Vec<ProductId> {
    let mut products = match &offer.scope {
        Scope::Products { products } => products.clone(),
        Scope::Shop | Scope::Category { .. } => vec![],
    };
    if let Rule::Bundle { parts, .. } = &offer.rule {
        products.extend(parts.iter().map(|part| part.product));
    }
    products
}

/// What the classes of an audience are called.
fn class_names(connection: &Connection, moment: &Moment, offer: &Offer) -> Result<Vec<String>> {
    let Audience::Classes { class_keys } = &offer.audience else { return Ok(vec![]) };
    let tags = classes::tags(connection, moment.language)?;
    Ok(class_keys.iter().map(|key| tags.get(key).map_or_else(|| key.clone(), |tag| tag.name.clone())).collect())
}

/// Makes an offer, or has another one take the place of an existing one from now on.
///
/// # Errors
/// What an offer cannot be, each at its field; an unknown product; one that was ended or changed meanwhile.
pub fn save(app: &App, input: OfferInput) -> Result<OfferList> {
    app.write(Op::new("offer.change").keyed(input.client_key.clone()), move |tx, moment| {
        let name = clean_line(&input.name);
        let mut problems = vec![];
        if name.is_empty() {
            problems.push(FieldError::new("name", "text.missing"));
        }
        problems.extend(check_length("name", &name, MAX_LINE).err());
        problems.extend(checked(&input.offer));
        if input.offer.when.until_on.is_some_and(|until| until < moment.today) {
            problems.push(FieldError::new("offer.when.until_on", "coupon.until_past"));
        }
        refuse_if_any(problems)?;
        for product in products_of(&input.offer) {
            store::products::get(tx, product)?;
        }
        let (staff, at) = (moment.session.staff, moment.now);
        let first = match input.id {
            Some(id) => {
                let before = rows::get_open(tx, id)?;
                rows::end(tx, id, staff, at)?;
                Some(before.first)
            }
            None => None,
        };
        if rows::open(tx)?.len() >= MOST_OPEN {
            return Err(ApiError::not_now("offer.too_many").with("most", MOST_OPEN));
        }
        let id = rows::insert(tx, first, &name, &input.offer, staff, at)?;
        Ok(Written::one("offer", id.0).detail(json!({ "replaces": input.id })))
    })?;
    list(app, Nothing {})
}

/// Problems of an offer at the fields of a form that holds it.
fn checked(offer: &Offer) -> Vec<FieldError> {
    match offer.check() {
        Err(RuleError::Invalid(mut fields)) => {
            for field in &mut fields {
                field.field = format!("offer.{}", field.field);
            }
            fields
        }
        _ => vec![],
    }
}

/// Ends an offer now.
///
/// # Errors
/// An unknown one, one that was ended.
pub fn end(app: &App, input: OfferEnd) -> Result<OfferList> {
    app.write(Op::new("offer.change").keyed(input.client_key), move |tx, moment| {
        rows::end(tx, input.id, moment.session.staff, moment.now)?;
        Ok(Written::one("offer", input.id.0))
    })?;
    list(app, Nothing {})
}
