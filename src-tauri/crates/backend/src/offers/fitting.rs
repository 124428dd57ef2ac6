//! 对症推荐: a tag of a customer calls for a product (久坐 → 肩颈课), which goes along as a gift or to be tried. It is said at
//! the counter and on the profile with its reason, never while a complaint is open, and not again to whoever had it lately.

use crate::api::books::Nothing;
use crate::api::offers::fitting::{FittingDelete, FittingFor, FittingQuestion, FittingSave, Fittings};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::offers::fitting::{self as rows, FittingToStore};
use chrono::Days;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::{FieldError, refuse_if_any};

/// Whoever had a product within so many days is not told of it again.
const HAD_DAYS: u64 = 90;
/// More rules than that nobody oversees.
const MOST: usize = 200;

/// All rules, and the tags to choose from.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, _: Nothing) -> Result<Fittings> {
    app.read(|connection, _| {
        let tags = store::tags::all(connection)?.into_iter().map(|tag| tag.name).collect();
        Ok(Fittings { rows: rows::all(connection)?, tags })
    })
}

/// Makes a rule or changes one. A tag that nobody has yet may be named: it will be given.
///
/// # Errors
/// No tag, an unknown product, a rule that is there already, more rules than anybody oversees.
pub fn save(app: &App, input: FittingSave) -> Result<Fittings> {
    let tag = clean_line(&input.tag);
    let reason = input.reason.as_deref().map(clean_line).unwrap_or_default();
    let mut problems = vec![];
    if tag.is_empty() {
        problems.push(FieldError::new("tag", "fitting.no_tag"));
    }
    problems.extend(check_length("tag", &tag, MAX_LINE).err());
    problems.extend(check_length("reason", &reason, MAX_LINE).err());
    refuse_if_any(problems)?;
    app.write(Op::new("offer.change").keyed(input.client_key.clone()), move |tx, moment| {
        let product = input.product_id;
        store::products::get(tx, product)?;
        let known = rows::of_pair(tx, &tag, product)?;
        if known.is_some_and(|known| Some(known) != input.id) {
            return Err(ApiError::field("product_id", "fitting.twice"));
        }
        if input.id.is_none() && rows::all(tx)?.len() >= MOST {
            return Err(ApiError::not_now("fitting.too_many").with("most", MOST));
        }
        let (at, staff, gives) = (moment.now, moment.session.staff, input.gives);
        let rule = FittingToStore { tag: &tag, product, gives, reason: &reason, at, staff };
        let id = match input.id {
            Some(id) => {
                rows::update(tx, id, &rule)?;
                id
            }
            None => rows::insert(tx, &rule)?,
        };
        Ok(Written::one("fitting", id.0).detail(json!({ "product": product })))
    })?;
    list(app, Nothing {})
}

/// Takes a rule away.
///
/// # Errors
/// `NotFound`.
pub fn delete(app: &App, input: FittingDelete) -> Result<Fittings> {
    app.write(Op::new("offer.change").keyed(input.client_key), move |tx, _| {
        rows::delete(tx, input.id)?;
        Ok(Written::one("fitting", input.id.0))
    })?;
    list(app, Nothing {})
}

/// What fits a customer now.
///
/// # Errors
/// An unknown customer.
pub fn of_customer(app: &App, input: FittingQuestion) -> Result<FittingFor> {
    app.read(move |connection, moment| {
        let id = store::customers::get(connection, input.customer_id)?.id;
        let do_not_disturb = store::complaints::sparing::because_of(connection, id)?;
        let rows = match do_not_disturb {
            Some(_) => vec![],
            None => rows::of_customer(connection, id, moment.today - Days::new(HAD_DAYS))?,
        };
        Ok(FittingFor { rows, do_not_disturb })
    })
}
