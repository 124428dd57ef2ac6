//! One timeline of everything, and what is put on it by hand.

use crate::api::books::Done;
use crate::api::details::{Direction, InteractionKind, NewInteraction};
use crate::api::sales::SaleRow;
use crate::api::timeline::{TimelineEntry, TimelineKind};
use crate::api::timeline::{TimelineInput, TimelinePage};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::{Language, say};
use crate::search_texts;
use crate::store::customers::StoredCustomer;
use crate::store::people::StoredInteraction;
use crate::{complaints, ladder, segmentation, store};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::habit::note_tags;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::time::day_start;

/// Entries of one page.
const PAGE: usize = 30;

/// Puts a contact on the timeline; words after `#` become tags of the customer.
///
/// # Errors
/// A text that is missing or far too long; a moment that is not yet; an unknown customer.
pub fn interact(app: &App, input: NewInteraction) -> Result<Done> {
    let text = clean_text(&input.text);
    if text.is_empty() {
        return Err(ApiError::field("text", "text.missing"));
    }
    check_length("text", &text, MAX_TEXT)?;
    if input.minutes.is_some_and(|minutes| minutes > 1440) {
        return Err(ApiError::field("minutes", "minutes.too_many"));
    }
    app.write(Op::new("interaction.add").keyed(input.client_key.clone()), move |tx, moment| {
        let customer_id = store::customers::must_be_there(tx, input.customer_id)?;
        let input = NewInteraction { customer_id, ..input };
        let at = input.at.unwrap_or(moment.now);
        if at > moment.now {
            return Err(ApiError::field("at", "date.in_future").with("today", moment.today));
        }
        let id = store::people::insert_interaction(tx, &input, &text, at, (moment.session.staff, moment.now))?;
        add_note_tags(tx, input.customer_id, &text)?;
        let detail = json!({ "customer": input.customer_id.0 });
        Ok(Written::one("interaction", id).detail(detail).reindex(input.customer_id))
    })?;
    Ok(Done {})
}

/// Tags that a text names are the customer's from now on.
pub(crate) fn add_note_tags(tx: &Transaction, id: CustomerId, text: &str) -> Result<()> {
    let named = note_tags(text);
    if named.is_empty() {
        return Ok(());
    }
    let mut tags = store::customers::tags(tx, id)?;
    tags.extend(named);
    tags.sort();
    tags.dedup();
    store::customers::set_tags(tx, id, &tags)?;
    search_texts::renew(tx, &[id])
}

/// An older page of a timeline.
///
/// # Errors
/// An unknown customer.
pub fn timeline(app: &App, input: TimelineInput) -> Result<TimelinePage> {
    app.read(move |connection, moment| {
        let customer = store::customers::get(connection, input.id)?;
        let offset = input.offset.min(100_000);
        let sales = store::sales::of_customer(connection, customer.id, needed(offset))?;
        page(connection, moment, &customer, &sales, offset)
    })
}

/// How many of each kind a page could need.
fn needed(offset: usize) -> i64 {
    i64::try_from(offset + PAGE + 1).unwrap_or(i64::MAX)
}

/// The newest sales of a customer, as many as the first page of the timeline could need.
pub(crate) fn newest_sales(connection: &Connection, id: CustomerId) -> Result<Vec<SaleRow>> {
    store::sales::of_customer(connection, id, needed(0))
}

/// A page of the timeline, newest first. Every source gives as many as the page could need, the sales among them.
pub(crate) fn page(
    connection: &Connection,
    moment: &Moment,
    customer: &StoredCustomer,
    sales: &[SaleRow],
    offset: usize,
) -> Result<TimelinePage> {
    let (language, id, joined_on, limit) = (moment.language, customer.id, customer.joined_on, needed(offset));
    let plain = |at, kind, text, subject_id| TimelineEntry { at, kind, text, amount_minor: None, subject_id };
    let mut entries: Vec<TimelineEntry> = sales
        .iter()
        .map(|sale| TimelineEntry {
            at: sale.sold_at,
            kind: TimelineKind::Sale,
            text: if sale.items.is_empty() { sale.sale_no.clone() } else { sale.items.clone() },
            amount_minor: Some(sale.net_minor),
            subject_id: Some(sale.id.0),
        })
        .collect();
    for (sale, refund) in store::sales::refunds_of_customer(connection, id, limit)? {
        entries.push(TimelineEntry {
            at: refund.refunded_at,
            kind: TimelineKind::Refund,
            text: refund_sentence(language, &refund.kind, refund.reason.as_deref()),
            amount_minor: Money::ZERO.checked_sub(refund.amount_minor),
            subject_id: Some(sale.0),
        });
    }
    for (note_id, at, text) in store::customers::notes(connection, id, limit)? {
        entries.push(plain(at, TimelineKind::Note, text, Some(note_id)));
    }
    for contact in store::people::interactions(connection, id, limit)? {
        let text = contact_sentence(language, &contact);
        entries.push(plain(contact.at, TimelineKind::Interaction, text, Some(contact.id)));
    }
    for file in store::attachments::of_customer(connection, id, limit)? {
        entries.push(plain(file.added_at, TimelineKind::Attachment, file.name, Some(file.id.0)));
    }
    entries.extend(ladder::timeline(connection, moment, id)?);
    entries.extend(segmentation::timeline(connection, moment, id)?);
    entries.extend(complaints::timeline(connection, moment, id)?);
    let joined = say(language, "timeline.joined", &[]);
    entries.push(plain(day_start(moment.zone, joined_on), TimelineKind::Joined, joined, None));
    entries.sort_by(|a, b| b.at.cmp(&a.at).then(b.kind.cmp(&a.kind)).then(b.subject_id.cmp(&a.subject_id)));
    let has_more = entries.len() > offset + PAGE;
    Ok(TimelinePage { entries: entries.into_iter().skip(offset).take(PAGE).collect(), has_more })
}

/// `refund` or `void` with its reason, as one sentence.
fn refund_sentence(language: Language, kind: &str, reason: Option<&str>) -> String {
    let key = if kind == "void" { "timeline.void" } else { "timeline.refund" };
    match reason {
        Some(reason) => format!("{} · {reason}", say(language, key, &[])),
        None => say(language, key, &[]),
    }
}

/// `电话 · 客人打来 · 深度沟通 · 12 分钟：说下周带朋友来`.
fn contact_sentence(language: Language, contact: &StoredInteraction) -> String {
    let word = |key: &str| say(language, key, &[]);
    let kind = match contact.kind {
        InteractionKind::Visit => "interaction.visit",
        InteractionKind::Phone => "interaction.phone",
        InteractionKind::Wechat => "interaction.wechat",
        InteractionKind::Sms => "interaction.sms",
        InteractionKind::Email => "interaction.email",
        InteractionKind::CallOn => "interaction.call_on",
        InteractionKind::Post => "interaction.post",
        InteractionKind::Survey => "interaction.survey",
        InteractionKind::Other => "interaction.other",
    };
    let mut parts = vec![word(kind)];
    match contact.direction {
        Direction::In => parts.push(word("interaction.in")),
        Direction::Out => parts.push(word("interaction.out")),
        Direction::None => {}
    }
    if contact.is_deep {
        parts.push(word("interaction.deep"));
    }
    if let Some(minutes) = contact.minutes.filter(|minutes| *minutes > 0) {
        parts.push(say(language, "span.minutes", &[("minutes", &minutes)]));
    }
    let text = &contact.text;
    say(language, "interaction.line", &[("head", &parts.join(" · ")), ("text", text)])
}
