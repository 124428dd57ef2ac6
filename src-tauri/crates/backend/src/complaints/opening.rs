//! Opening a case: a customer or nobody known, one line, Enter.

use super::case::Case;
use super::entry::{Routed, Words};
use super::rulebook::Rulebook;
use super::settle::{append, settle};
use super::steps::answer;
use crate::api::complaints::{CaseKind, ComplaintView, NewComplaint, SeverityInput};
use crate::app::{App, Moment, Op, Written};
use crate::error::Result;
use crate::responsible::{Responsible, responsible};
use crate::store::complaints::CaseToStore;
use crate::tiers;
use crate::{segmentation, store};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::complaint::{CaseTraits, EventKind, Severity, case_number};
use shukebu_domain::customer::{MAX_LINE, MAX_NAME, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::{ComplaintId, CustomerId, SaleId, StaffId};
use shukebu_domain::time::Timestamp;

/// Opens a case. The same client key twice is one case.
///
/// # Errors
/// Nothing said, a receipt in the future, an unknown customer or sale, a sale of somebody else.
pub fn open(app: &App, input: NewComplaint) -> Result<ComplaintView> {
    let saved = app.write(Op::new("complaint.open").keyed(input.client_key.clone()), move |tx, moment| {
        let read = read(tx, moment, &input)?;
        let id = store_case(tx, moment, &read)?;
        Ok(Written::one("complaint", id.0).detail(json!({ "severity": read.severity, "customer": read.customer })))
    })?;
    answer(app, saved)
}

/// A case whose every field may be stored.
struct Read {
    kind: CaseKind,
    /// Who was named; nobody where the program finds out.
    owner: Option<StaffId>,
    customer: Option<CustomerId>,
    customer_text: Option<String>,
    description: String,
    received_at: Timestamp,
    channel: Option<String>,
    category: Option<String>,
    severity: Severity,
    remedy_sought: Option<String>,
    sale: Option<SaleId>,
}

fn read(tx: &Transaction, moment: &Moment, input: &NewComplaint) -> Result<Read> {
    let line = |text: &Option<String>| text.as_deref().map(clean_line).filter(|text| !text.is_empty());
    let read = Read {
        kind: input.kind,
        owner: input.owner_id,
        customer: input.customer_id,
        customer_text: line(&input.customer_text).filter(|_| input.customer_id.is_none()),
        description: clean_text(&input.description),
        received_at: input.received_at.unwrap_or(moment.now),
        channel: line(&input.channel),
        category: line(&input.category),
        severity: severity(input.severity.unwrap_or(SeverityInput::Normal)),
        remedy_sought: input.remedy_sought.as_deref().map(clean_text).filter(|text| !text.is_empty()),
        sale: input.sale_id,
    };
    let mut problems = vec![];
    if read.description.is_empty() {
        problems.push(FieldError::new("description", "complaint.description_missing"));
    }
    if read.received_at > moment.now {
        problems.push(FieldError::new("received_at", "time.in_future"));
    }
    let lengths = [
        ("description", Some(&read.description), MAX_TEXT),
        ("customer_text", read.customer_text.as_ref(), MAX_NAME),
        ("channel", read.channel.as_ref(), MAX_LINE),
        ("category", read.category.as_ref(), MAX_LINE),
        ("remedy_sought", read.remedy_sought.as_ref(), MAX_TEXT),
    ];
    problems.extend(lengths.iter().filter_map(|(field, text, most)| check_length(field, text.as_ref()?, *most).err()));
    if let Some(owner) = read.owner
        && !store::staff::is_active(tx, owner)?
    {
        problems.push(FieldError::new("owner_id", "not_found.staff"));
    }
    refuse_if_any(problems)?;
    // A case goes to the record that stays; a merge may have taken the one that was named.
    let customer = read.customer.map(|customer| store::customers::get(tx, customer)).transpose()?;
    let read = Read { customer: customer.map(|customer| customer.id), ..read };
    let Some(sale) = read.sale else { return Ok(read) };
    let bought_by = store::sales::get(tx, sale)?.row.customer_id;
    match (read.customer, bought_by) {
        (Some(customer), Some(buyer)) if customer != buyer => {
            Err(FieldError::new("sale_id", "complaint.sale_of_another").into())
        }
        // A sale tells whose complaint it is, unless somebody says otherwise.
        (None, Some(buyer)) if read.customer_text.is_none() => Ok(Read { customer: Some(buyer), ..read }),
        _ => Ok(read),
    }
}

/// Whose case it will be, and why where nobody was named: the customer's own contact, else who stands in for that
/// person, else who is on duty.
fn owner(connection: &Connection, moment: &Moment, read: &Read) -> Result<(StaffId, Option<Routed>)> {
    if let Some(owner) = read.owner {
        return Ok((owner, None));
    }
    let responsible = match read.customer {
        Some(customer) => responsible(connection, moment, customer)?,
        None => None,
    };
    Ok(match responsible {
        Some(Responsible::Dedicated(id)) => (id, Some(Routed { to: id, deputy_of: None })),
        Some(Responsible::Deputy { id, of }) => (id, Some(Routed { to: id, deputy_of: Some(of) })),
        None => (moment.session.staff, None),
    })
}

fn store_case(tx: &Transaction, moment: &Moment, read: &Read) -> Result<ComplaintId> {
    let (owner, routed) = owner(tx, moment, read)?;
    let id = store::complaints::insert(
        tx,
        &CaseToStore {
            case_no: &next_case_no(tx, moment, read.received_at)?,
            kind: read.kind,
            reference: None,
            customer: read.customer,
            customer_text: read.customer_text.as_deref(),
            received_at: read.received_at,
            recorded_at: moment.now,
            channel: read.channel.as_deref(),
            category: read.category.as_deref(),
            severity: read.severity,
            description: &read.description,
            remedy_sought: read.remedy_sought.as_deref(),
            sale: read.sale,
            owner,
            import: None,
        },
    )?;
    let traits = traits(tx, moment, read)?;
    let mut case = Case::new(id, traits.clone());
    let words = Words { traits: Some(traits), routed, ..Words::default() };
    append(tx, moment, &mut case, read.received_at, &EventKind::Received { severity: read.severity }, &words)?;
    settle(tx, moment, &Rulebook::load(tx)?, &mut case)?;
    if let Some(customer) = read.customer {
        store::complaints::recount(tx, customer)?;
    }
    Ok(id)
}

/// The number that the customer is told: it starts anew on every day of receipt.
pub(super) fn next_case_no(tx: &Transaction, moment: &Moment, received_at: Timestamp) -> Result<String> {
    let day = received_at.day_in(moment.zone);
    let nth = store::book::next_number(tx, "complaint", Some(day))?;
    Ok(case_number(day, u32::try_from(nth).unwrap_or(u32::MAX)))
}

/// What the promises look at, as it is now.
fn traits(connection: &Connection, moment: &Moment, read: &Read) -> Result<CaseTraits> {
    let inquiry = read.kind == CaseKind::Inquiry;
    let mut traits = CaseTraits { category: read.category.clone(), inquiry, ..CaseTraits::default() };
    if let Some(customer) = read.customer {
        let rank = store::figures::figures(connection, customer)?.tier.rank;
        traits.tier = Some(tiers::tags(connection, moment)?.of_rank(rank).name);
        traits.class = store::figures::figures(connection, customer)?.class.key.clone();
        traits.service_response_minutes = match &traits.class {
            Some(class) => segmentation::complaint_target(connection, class)?,
            None => None,
        };
        traits.business =
            store::customers::get(connection, customer)?.kind == crate::api::customers::CustomerKind::Company;
    }
    Ok(traits)
}

pub(super) const fn severity(input: SeverityInput) -> Severity {
    match input {
        SeverityInput::Red => Severity::Red,
        SeverityInput::High => Severity::High,
        SeverityInput::Normal => Severity::Normal,
    }
}
