//! 挽回: whoever orders within some days after receiving a coupon has come back; who may still come, and who did not. Beside
//! each who stayed away stand words about what is new in the shop, to be copied and sent by a person.

use super::{rows, terms_text};
use crate::api::members::LeftOutWhy;
use crate::api::offers::recall::{RecallFigures, RecallPage, RecallQuestion, RecallRow, RecallState, RecallText};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store::offers::recall::{self as received, Days, Recalled, Received};
use crate::{paging, store, wording};
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::complaint::fill;
use shukebu_domain::coupon_plan::{MOST_RECALL_DAYS, RECALL_DAYS};
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeMap;

const SCRIPT: &str = "recall";
/// What came into the shop within so many days is new, and so many of it are named.
const NEW_DAYS: i64 = 90;
const MOST_NEW: i64 = 3;

/// How many came back after these coupons.
pub(super) fn figures(
    connection: &Connection,
    moment: &Moment,
    of: Received,
    within_days: u32,
) -> Result<RecallFigures> {
    let days = Days { within: within_days, today: moment.today };
    let (back, open, lost, net_minor) = received::figures(connection, of, days)?;
    let judged = back + lost;
    let back_bp = (judged > 0).then(|| back * 10_000 / judged);
    Ok(RecallFigures { within_days, back, open, lost, back_bp, net_minor })
}

/// What is asked about: whose coupons, what they are worth in words, and within how many days an order counts.
struct Asked {
    of: Received,
    worth: String,
    within_days: u32,
}

fn asked(connection: &Connection, moment: &Moment, input: &RecallQuestion) -> Result<Asked> {
    let unknown = || ApiError::not_found("coupon");
    let (of, worth, usual) = match (input.batch_id, input.plan_id) {
        (Some(id), None) => {
            let batch = rows::batches(connection, Some(id))?.pop().ok_or_else(unknown)?;
            let day = batch.issued_at.day_in(moment.zone);
            let worth = match batch.has_own_values {
                true => say(moment.language, "coupon.text_own", &[]),
                false => terms_text(moment, &batch.terms),
            };
            (Received::Batch(id, batch.issued_at, day), worth, RECALL_DAYS)
        }
        (None, Some(id)) => {
            let plan = store::offers::plans::newest_of(connection, id)?.ok_or_else(unknown)?;
            (Received::Plan(plan.first), terms_text(moment, &plan.plan.terms), plan.plan.recall_days)
        }
        _ => return Err(ApiError::field("plan_id", "recall.which")),
    };
    let within_days = input.within_days.unwrap_or(usual);
    if !(1..=MOST_RECALL_DAYS).contains(&within_days) {
        return Err(ApiError::field("within_days", "plan.recall_days"));
    }
    Ok(Asked { of, worth, within_days })
}

/// Figures, a page of the list behind them, and the words for each.
///
/// # Errors
/// An unknown batch or plan, both or none of them, days that cannot be, a negative offset.
pub fn page(app: &App, input: RecallQuestion) -> Result<RecallPage> {
    let limit = paging::rows(input.offset, input.limit, 50, 200)?;
    app.read_in_background(move |connection, moment| {
        let asked = asked(connection, moment, &input)?;
        let days = Days { within: asked.within_days, today: moment.today };
        let figures = figures(connection, moment, asked.of, asked.within_days)?;
        let found = received::page(connection, asked.of, days, input.state, (input.offset, limit))?;
        let (template, is_own) = template(connection, moment)?;
        let words = Words::load(connection, moment, &asked.worth, &template)?;
        let mut ids: Vec<CustomerId> = found.iter().map(|one| one.customer).collect();
        ids.sort_unstable();
        ids.dedup();
        let customers = crate::rows::customers(connection, moment, &ids)?;
        let customers: BTreeMap<CustomerId, _> = customers.into_iter().map(|row| (row.id, row)).collect();
        let rows = found.into_iter().filter_map(|one| {
            let customer = customers.get(&one.customer)?.clone();
            Some(words.row(moment, one, customer))
        });
        let total = match input.state {
            None => figures.back + figures.open + figures.lost,
            Some(RecallState::Back) => figures.back,
            Some(RecallState::Open) => figures.open,
            Some(RecallState::Lost) => figures.lost,
        };
        Ok(RecallPage { rows: rows.collect(), figures, total, template, is_own })
    })
}

fn template(connection: &Connection, moment: &Moment) -> Result<(String, bool)> {
    let own = store::scripts::all(connection)?.remove(SCRIPT);
    let is_own = own.is_some();
    Ok((own.unwrap_or_else(|| say(moment.language, "script.recall", &[])), is_own))
}

/// What fills the words, whoever they are for.
struct Words<'a> {
    template: &'a str,
    worth: &'a str,
    shop: String,
    new: String,
    silent: BTreeMap<CustomerId, LeftOutWhy>,
}

impl<'a> Words<'a> {
    fn load(connection: &Connection, moment: &Moment, worth: &'a str, template: &'a str) -> Result<Self> {
        let since = moment.now.plus_seconds(-NEW_DAYS * 24 * 60 * 60);
        let new = received::new_products(connection, since, MOST_NEW)?;
        Ok(Self {
            template,
            worth,
            shop: store::book::facts(connection)?.name,
            new: new.join(&say(moment.language, "plan.comma", &[])),
            silent: store::members::left_out(connection)?,
        })
    }

    fn row(&self, moment: &Moment, one: Recalled, customer: crate::api::customers::CustomerRow) -> RecallRow {
        let left_out = self.silent.get(&one.customer).copied();
        let is_to_be_told = one.state != RecallState::Back && left_out.is_none();
        let filled = is_to_be_told.then(|| {
            let said = customer.salutation.clone().filter(|said| !said.is_empty());
            let (until, code) = (coupon_day(moment, &one), if one.is_used { String::new() } else { one.code.clone() });
            let named = [
                (["称呼", "稱呼", "name"], said.unwrap_or_else(|| customer.name.clone())),
                (["店名", "店名", "shop"], self.shop.clone()),
                (["新品", "新品", "new"], self.new.clone()),
                (["优惠", "優惠", "coupon"], self.worth.to_owned()),
                (["券码", "券碼", "code"], code),
                (["有效期", "有效期", "until"], until),
            ];
            let values = named.into_iter().flat_map(|(names, value)| names.map(|name| (name, value.clone())));
            fill(self.template, &values.collect())
        });
        let (text, missing) = filled.map_or((None, vec![]), |filled| (Some(filled.text), filled.missing));
        RecallRow {
            customer,
            coupon_id: one.coupon,
            code: one.code,
            received_on: one.received_on,
            ends_on: one.ends_on,
            state: one.state,
            came_on: one.came.map(|(on, _)| on),
            net_minor: one.came.map(|(_, net)| net),
            is_used: one.is_used,
            text,
            missing,
            left_out,
        }
    }
}

/// The last day of a coupon in words; one that is over has none to be told.
fn coupon_day(moment: &Moment, one: &Recalled) -> String {
    let is_good = |day: NaiveDate| day >= moment.today;
    if is_good(one.until_on) { wording::day(moment.language, one.until_on) } else { String::new() }
}

/// Other words from now on; none brings the usual ones back.
///
/// # Errors
/// A text that is too long.
pub fn change_text(app: &App, input: RecallText) -> Result<RecallText> {
    let text = input.text.as_deref().map(clean_text).filter(|text| !text.is_empty());
    if let Some(text) = &text {
        check_length("text", text, MAX_TEXT)?;
    }
    let kept = text.clone();
    app.write(Op::new("coupon.plan").keyed(input.client_key), move |tx, moment| {
        store::scripts::set(tx, SCRIPT, kept.as_deref(), moment.now)?;
        Ok(Written::many("script"))
    })?;
    app.read(|connection, moment| Ok(RecallText { client_key: None, text: Some(template(connection, moment)?.0) }))
}
