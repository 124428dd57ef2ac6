//! Session packs (次卡, 课包): sold as lines of a sale, used one by one, rested, and given back by their rest.

use crate::api::books::Nothing;
use crate::api::offers::packs::{
    PackEntryView, PackFilter, PackList, PackProductInput, PackStep, PackTakeBack, PackView, PacksView,
};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::store::offers::packs::{self as rows, EntryToStore, PackToStore, StoredPack};
use crate::store::products::ProductToStore;
use crate::{products, store};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::{CustomerId, PackId, ProductId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::pack::{self, Entry, PackEvent, Sold, Standing};

/// The most sessions of one pack.
const MOST_SESSIONS: i64 = 10_000;
/// The most packs that one line sells.
const MOST_PACKS: i64 = 50;
/// The most packs that a list of everybody shows.
const MOST_LISTED: usize = 500;

/// Makes a product a pack, or a new one that is.
///
/// # Errors
/// No name or price for a new product, no sessions, no days.
pub fn set_product(app: &App, input: PackProductInput) -> Result<PacksView> {
    app.write(Op::new("pack.change").keyed(input.client_key.clone()), move |tx, moment| {
        let mut problems = vec![];
        if !(1..=MOST_SESSIONS).contains(&input.sessions) {
            problems.push(FieldError::new("sessions", "pack.sessions_range").with("most", MOST_SESSIONS));
        }
        if input.valid_days.is_some_and(|days| !(1..=36_600).contains(&days)) {
            problems.push(FieldError::new("valid_days", "quantity.zero"));
        }
        let name = input.name.as_deref().map(clean_line).unwrap_or_default();
        if input.product_id.is_none() {
            if name.is_empty() {
                problems.push(FieldError::new("name", "text.missing"));
            }
            problems.extend(check_length("name", &name, MAX_LINE).err());
            match input.price_minor {
                None => problems.push(FieldError::new("price_minor", "amount.missing")),
                Some(price) if price.is_negative() => problems.push(FieldError::new("price_minor", "amount.negative")),
                Some(_) => {}
            }
        }
        refuse_if_any(problems)?;
        let product = match input.product_id {
            Some(id) => {
                store::products::get(tx, id)?;
                id
            }
            None => insert_product(tx, moment, &name, input.price_minor)?,
        };
        rows::set_product(tx, product, input.sessions, input.valid_days)?;
        Ok(Written::one("product", product.0).detail(json!({ "sessions": input.sessions })))
    })?;
    overview(app, Nothing {})
}

fn insert_product(tx: &Transaction, moment: &Moment, name: &str, price: Option<Money>) -> Result<ProductId> {
    let search_text = products::search_text(name);
    let (reference, sku, barcode, category, cost) = (None, None, None, None, None);
    let (search_text, at) = (search_text.as_str(), moment.now);
    let product = ProductToStore { reference, sku, barcode, name, search_text, category, price, cost, at };
    store::products::insert(tx, &product)
}

/// What can be sold, whom to remind, what is owed.
///
/// # Errors
/// `Locked` while no book is open.
pub fn overview(app: &App, _: Nothing) -> Result<PacksView> {
    app.read_in_background(|connection, moment| {
        let (mut reminders, mut open, mut owed) = (vec![], 0, Money::ZERO);
        for stored in rows::open(connection)? {
            let view = view(connection, moment, stored)?;
            if view.standing.is_expired {
                continue;
            }
            open += 1;
            owed = owed.checked_add(view.worth_minor).unwrap_or(owed);
            if view.is_to_remind && reminders.len() < MOST_LISTED {
                reminders.push(view);
            }
        }
        Ok(PacksView { products: rows::products(connection)?, reminders, open, owed_minor: owed })
    })
}

/// The packs of a customer, or everybody's with something left.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, filter: PackFilter) -> Result<PackList> {
    app.read(move |connection, moment| {
        let Some(id) = filter.customer_id else { return everybodys(connection, moment) };
        let found = rows::of_customer(connection, id)?;
        let rows = found.into_iter().map(|stored| view(connection, moment, stored)).collect::<Result<_>>()?;
        Ok(PackList { rows })
    })
}

/// Packs that can be used, those that end first at the front.
fn everybodys(connection: &Connection, moment: &Moment) -> Result<PackList> {
    let mut rows = vec![];
    for stored in rows::open(connection)? {
        let view = view(connection, moment, stored)?;
        if !view.standing.is_expired {
            rows.push(view);
        }
        if rows.len() == MOST_LISTED {
            break;
        }
    }
    Ok(PackList { rows })
}

/// Uses sessions.
///
/// # Errors
/// More than are left; a pack that rests, is over or was given back.
pub fn use_one(app: &App, input: PackStep) -> Result<PackView> {
    step(app, "pack.use", PackEvent::Used, input)
}

/// Lets a pack rest.
///
/// # Errors
/// It rests already, is over or was given back.
pub fn freeze(app: &App, input: PackStep) -> Result<PackView> {
    step(app, "pack.freeze", PackEvent::Frozen, input)
}

/// Lets a pack go on.
///
/// # Errors
/// It does not rest.
pub fn unfreeze(app: &App, input: PackStep) -> Result<PackView> {
    step(app, "pack.freeze", PackEvent::Unfrozen, input)
}

fn step(app: &App, action: &'static str, event: PackEvent, input: PackStep) -> Result<PackView> {
    let note = input.note.as_deref().map(clean_line).filter(|text| !text.is_empty());
    if let Some(note) = &note {
        check_length("note", note, MAX_LINE)?;
    }
    let sessions = if event == PackEvent::Used { input.sessions.unwrap_or(1) } else { 0 };
    app.write(Op::new(action).keyed(input.client_key), move |tx, moment| {
        let before = standing(tx, moment, &rows::get(tx, input.id)?)?;
        before.check(event, sessions)?;
        add(tx, moment, input.id, event, sessions, note.as_deref())?;
        if event == PackEvent::Used && before.left == sessions {
            rows::set_open(tx, input.id, false)?;
        }
        Ok(Written::one("pack", input.id.0).detail(json!({ "event": event, "sessions": sessions })))
    })?;
    one(app, input.id)
}

/// Takes a use back by an entry of its own; both stay to be seen.
///
/// # Errors
/// What is no use, was taken back already, or belongs to a pack that was given back.
pub fn take_back(app: &App, input: PackTakeBack) -> Result<PackView> {
    let reason = clean_line(&input.reason);
    if reason.is_empty() {
        return Err(ApiError::field("reason", "reason.missing"));
    }
    check_length("reason", &reason, MAX_LINE)?;
    let saved = app.write(Op::new("pack.take_back").keyed(input.client_key), move |tx, moment| {
        let used = rows::entry(tx, input.entry_id)?;
        if used.entry.event != PackEvent::Used || used.is_taken_back {
            return Err(ApiError::not_now("pack.nothing_to_take_back"));
        }
        standing(tx, moment, &rows::get(tx, used.pack)?)?.check(PackEvent::TakenBack, used.entry.sessions)?;
        rows::insert_entry(
            tx,
            &EntryToStore {
                pack: used.pack,
                event: PackEvent::TakenBack,
                at: moment.now,
                on: moment.today,
                sessions: used.entry.sessions,
                staff: moment.session.staff,
                takes_back: Some(used.id),
                note: Some(&reason),
            },
        )?;
        rows::set_open(tx, used.pack, true)?;
        Ok(Written::one("pack", used.pack.0).detail(json!({ "entry": used.id })))
    })?;
    one(app, PackId(saved.id.ok_or_else(|| ApiError::not_found("pack"))?))
}

/// Closes a pack that is given back. Answers its sale, whose it is, and the worth of its rest, never more than is left
/// of that sale.
pub(crate) fn close_rest(tx: &Transaction, moment: &Moment, id: PackId, note: Option<&str>) -> Result<ClosedRest> {
    let stored = rows::get(tx, id)?;
    let now = standing(tx, moment, &stored)?;
    now.check(PackEvent::Closed, 0)?;
    add(tx, moment, id, PackEvent::Closed, 0, note)?;
    rows::set_open(tx, id, false)?;
    let worth = now.worth_within(&stored.sold, stored.sale_left);
    Ok(ClosedRest { sale: stored.sale, customer: stored.customer, worth })
}

/// What is left of a pack that was closed.
pub(crate) struct ClosedRest {
    pub sale: SaleId,
    pub customer: CustomerId,
    pub worth: Money,
}

fn add(
    tx: &Transaction,
    moment: &Moment,
    pack: PackId,
    event: PackEvent,
    sessions: i64,
    note: Option<&str>,
) -> Result<()> {
    let (at, on, staff) = (moment.now, moment.today, moment.session.staff);
    rows::insert_entry(tx, &EntryToStore { pack, event, at, on, sessions, staff, takes_back: None, note })?;
    Ok(())
}

/// A line as far as packs ask: product, thousandths, what was paid for it.
pub(crate) type SoldLine = (Option<ProductId>, i64, Money);

/// A sale that was stored, as far as packs ask.
pub(crate) struct SoldSale {
    pub id: SaleId,
    pub customer: Option<CustomerId>,
    pub on: NaiveDate,
    pub lines: Vec<SoldLine>,
}

/// The packs that a sale's lines are. A pack needs an owner; its price is its share of what was paid.
pub(crate) fn sell(tx: &Transaction, sale: &SoldSale) -> Result<()> {
    for (position, (product, thousandths, paid)) in sale.lines.iter().enumerate() {
        let Some(product) = product else { continue };
        let Some(what) = rows::product(tx, *product)? else { continue };
        let customer = sale.customer.ok_or_else(|| ApiError::field("customer_id", "pack.needs_customer"))?;
        let number = thousandths / 1000;
        if thousandths % 1000 != 0 || !(1..=MOST_PACKS).contains(&number) {
            return Err(ApiError::field(format!("lines.{position}.quantity"), "pack.whole_number"));
        }
        let paid = paid.minor();
        for nth in 0..number {
            // The odd cents of a line of several packs go to the first ones, so that the prices add up to the line.
            let price = Money::from_minor(paid / number + i64::from(nth < paid % number));
            let days = what.valid_days.and_then(|days| u64::try_from(days - 1).ok());
            let until_on = days.map(|days| sale.on + Days::new(days));
            let sold = Sold { sessions: what.sessions, until_on, price };
            let (product, on) = (*product, sale.on);
            rows::insert(tx, &PackToStore { customer, product, sale: sale.id, name: &what.name, sold, on })?;
        }
    }
    Ok(())
}

/// The whole sale was taken back: what is left of its packs is gone.
pub(crate) fn close_of_sale(tx: &Transaction, moment: &Moment, sale: SaleId) -> Result<()> {
    for stored in rows::of_sale(tx, sale)? {
        if !standing(tx, moment, &stored)?.is_closed {
            close(tx, moment, stored.id)?;
        }
    }
    Ok(())
}

/// What `packs` packs of a product are worth when they come back with their line: those with most left first. None where the
/// sale has no such packs.
pub(crate) fn worth_of_return(
    connection: &Connection,
    moment: &Moment,
    sale: SaleId,
    product: ProductId,
    packs: i64,
) -> Result<Option<Money>> {
    let found = returnable(connection, moment, sale, product)?;
    if found.is_empty() {
        return Ok(None);
    }
    let number = usize::try_from(packs).unwrap_or(0);
    Ok(Money::checked_sum(found.into_iter().take(number).map(|(_, worth)| worth)))
}

/// Packs that came back with their line are over.
pub(crate) fn close_returned(
    tx: &Transaction,
    moment: &Moment,
    sale: SaleId,
    product: ProductId,
    packs: i64,
) -> Result<()> {
    let found = returnable(tx, moment, sale, product)?;
    found.into_iter().take(usize::try_from(packs).unwrap_or(0)).try_for_each(|(id, _)| close(tx, moment, id))
}

fn returnable(
    connection: &Connection,
    moment: &Moment,
    sale: SaleId,
    product: ProductId,
) -> Result<Vec<(PackId, Money)>> {
    let mut found = vec![];
    for stored in rows::of_sale(connection, sale)?.into_iter().filter(|stored| stored.product == product) {
        let standing = standing(connection, moment, &stored)?;
        if !standing.is_closed {
            let rest = standing.worth_within(&stored.sold, stored.sale_left);
            found.push((standing.left, stored.id, rest));
        }
    }
    found.sort_by_key(|(left, id, _)| (std::cmp::Reverse(*left), *id));
    Ok(found.into_iter().map(|(_, id, rest)| (id, rest)).collect())
}

/// Part of the money of a sale went back: a pack whose rest is worth nothing any more, because it has been given back, is
/// over.
pub(crate) fn after_part_refund(tx: &Transaction, moment: &Moment, sale: SaleId) -> Result<()> {
    for stored in rows::of_sale(tx, sale)? {
        let standing = standing(tx, moment, &stored)?;
        let had_rest = standing.worth(&stored.sold) > Money::ZERO;
        if had_rest && standing.worth_within(&stored.sold, stored.sale_left) == Money::ZERO {
            close(tx, moment, stored.id)?;
        }
    }
    Ok(())
}

fn close(tx: &Transaction, moment: &Moment, id: PackId) -> Result<()> {
    add(tx, moment, id, PackEvent::Closed, 0, None)?;
    rows::set_open(tx, id, false)
}

fn standing(connection: &Connection, moment: &Moment, stored: &StoredPack) -> Result<Standing> {
    let entries: Vec<Entry> = rows::entries(connection, stored.id)?.into_iter().map(|each| each.entry).collect();
    Ok(pack::standing(&stored.sold, &entries, moment.today))
}

pub(crate) fn one(app: &App, id: PackId) -> Result<PackView> {
    app.read(move |connection, moment| view(connection, moment, rows::get(connection, id)?))
}

fn view(connection: &Connection, moment: &Moment, stored: StoredPack) -> Result<PackView> {
    let found = rows::entries(connection, stored.id)?;
    let entries: Vec<Entry> = found.iter().map(|each| each.entry).collect();
    let standing = pack::standing(&stored.sold, &entries, moment.today);
    let mut left = stored.sold.sessions;
    let mut shown: Vec<PackEntryView> = found
        .into_iter()
        .map(|each| {
            left = match each.entry.event {
                PackEvent::Used => left - each.entry.sessions,
                PackEvent::TakenBack => left + each.entry.sessions,
                PackEvent::Closed => 0,
                PackEvent::Frozen | PackEvent::Unfrozen => left,
            };
            PackEntryView {
                id: each.id,
                event: each.entry.event,
                at: each.at,
                sessions: each.entry.sessions,
                left,
                staff: each.staff,
                note: each.note,
                is_taken_back: each.is_taken_back,
            }
        })
        .collect();
    shown.reverse();
    Ok(PackView {
        id: stored.id,
        customer_id: stored.customer,
        customer_name: stored.customer_name,
        name: stored.name,
        sessions: stored.sold.sessions,
        price_minor: stored.sold.price,
        sold_on: stored.sold_on,
        sale_no: stored.sale_no,
        worth_minor: standing.worth_within(&stored.sold, stored.sale_left),
        is_to_remind: standing.is_to_remind(moment.today),
        standing,
        entries: shown,
    })
}
