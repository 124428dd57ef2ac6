//! What the shop says again and again: the first answer, the apology and so on, filled in for a case. Copying a script
//! is no response; only a person who confirms that it went out makes it one.

use crate::api::complaints::CaseKind;
use crate::api::scripts::{SalesWords, ScriptChange, ScriptList, ScriptQuestion, ScriptView, TextToCheck};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::{store, wording};
use rusqlite::Connection;
use shukebu_domain::complaint::fill;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::ids::ComplaintId;
use std::collections::BTreeMap;

/// In the order in which a case usually goes.
const SCRIPTS: [&str; 5] = ["first_response", "apology", "progress", "solution", "follow_up"];

/// All scripts, filled in for a case.
///
/// # Errors
/// An unknown case.
pub fn scripts(app: &App, input: ScriptQuestion) -> Result<ScriptList> {
    app.read(move |connection, moment| {
        let values = input.complaint_id.map(|id| values(connection, moment, id)).transpose()?;
        let mut own = store::scripts::all(connection)?;
        let scripts = SCRIPTS.map(|name| {
            let own = own.remove(name);
            let is_own = own.is_some();
            let template = own.unwrap_or_else(|| say(moment.language, &format!("script.{name}"), &[]));
            let filled = values.as_ref().map(|values| fill(&template, values));
            let (text, missing) =
                filled.map_or_else(|| (template.clone(), vec![]), |filled| (filled.text, filled.missing));
            ScriptView { name: name.into(), template, text, missing, is_own }
        });
        Ok(ScriptList { scripts: scripts.into() })
    })
}

/// What a case can fill in, by the names of the variables in every language.
fn values(connection: &Connection, moment: &Moment, id: ComplaintId) -> Result<BTreeMap<&'static str, String>> {
    let case = store::complaints::get(connection, id)?;
    let shop = store::book::facts(connection)?.name;
    let mut salutation = case.customer_name.clone().unwrap_or_default();
    let mut company = String::new();
    if let Some(customer) = case.customer {
        let customer = store::customers::get(connection, customer)?;
        salutation = customer.salutation.filter(|said| !said.is_empty()).unwrap_or(customer.name);
        company = customer.company.unwrap_or_default();
    }
    let order = case.sale.map(|sale| store::sales::get(connection, sale)).transpose()?.map(|sale| sale.row);
    let order_no = order.as_ref().map(|order| order.sale_no.clone()).unwrap_or_default();
    let items = order.map(|order| order.items).unwrap_or_default();
    let given = store::complaints::events::resolutions(connection, id)?.pop();
    let compensation = given.as_ref().and_then(|given| given.compensation_note.clone()).unwrap_or_default();
    let improvement = given.and_then(|given| given.improvement).unwrap_or_default();
    let received = wording::moment(moment, case.received_at);
    let what = if case.kind == CaseKind::Complaint { case.description } else { String::new() };
    let named = [
        (["称呼", "稱呼", "name"], salutation),
        (["公司", "公司", "company"], company),
        (["单号", "單號", "case"], case.case_no),
        (["订单", "訂單", "order"], order_no),
        (["商品", "商品", "items"], items),
        (["店名", "店名", "shop"], shop),
        (["问题", "問題", "problem"], what),
        (["受理时间", "受理時間", "received"], received),
        (["负责人", "負責人", "owner"], case.owner_name),
        (["补偿", "補償", "compensation"], compensation),
        (["改进", "改進", "improvement"], improvement),
    ];
    Ok(named.into_iter().flat_map(|(names, value)| names.map(|name| (name, value.clone()))).collect())
}

/// Other words from now on; none brings the usual ones back.
///
/// # Errors
/// A name that no script has, a text that is too long.
pub fn change_script(app: &App, input: ScriptChange) -> Result<ScriptList> {
    if !SCRIPTS.contains(&input.name.as_str()) {
        return Err(ApiError::field("name", "script.unknown"));
    }
    let text = input.text.as_deref().map(clean_text).filter(|text| !text.is_empty());
    if let Some(text) = &text {
        check_length("text", text, MAX_TEXT)?;
    }
    app.write(Op::new("complaint.change_script").keyed(input.client_key), move |tx, moment| {
        store::scripts::set(tx, &input.name, text.as_deref(), moment.now)?;
        Ok(Written::many("script"))
    })?;
    scripts(app, ScriptQuestion { complaint_id: None })
}

/// Words in a text that sell something: a follow-up sells nothing.
///
/// # Errors
/// None of its own.
pub fn sales_words(_: &App, input: TextToCheck) -> Result<SalesWords> {
    let words = shukebu_domain::complaint::sales_words(&input.text);
    Ok(SalesWords { words: words.into_iter().map(str::to_owned).collect() })
}
