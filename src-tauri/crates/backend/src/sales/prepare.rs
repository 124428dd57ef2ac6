//! A sale before it is stored: the book's own prices and names filled in, everything added up, and what its discount asks
//! for. The till shows the same while it is typed.

use crate::api::counter::{QuotedLine, SaleQuote};
use crate::api::sales::{NewSale, NewSaleLine};
use crate::app::{App, Moment};
use crate::error::{ApiError, ErrorCode, Result};
use crate::offers::entry::at_sale::{self, Applied};
use crate::offers::quotes;
use crate::offers::till::{self, Offers};
use crate::store::sales::StoredLine;
use crate::{messages, points, store};
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::customer::{MAX_LINE, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::money::{Decimal, Money};
use shukebu_domain::offer::Line;
use shukebu_domain::points::Points;
use shukebu_domain::quantity::quantity_text;
use shukebu_domain::sale::discount::{self, PricedLine, Size};
use shukebu_domain::sale::{self, NewAmounts, NewLine};
use shukebu_domain::time::{Timestamp, day_start};

/// A sale whose every figure may be stored.
pub(super) struct Prepared {
    pub sold_on: NaiveDate,
    pub sold_at: Timestamp,
    pub gross: Money,
    pub discount: Money,
    /// By offers, the tier and special terms; part of the lines' discounts, or of the whole where there are no lines.
    pub applied: Applied,
    pub offers: Offers,
    pub net: Money,
    pub redeem_points: Points,
    pub points_money: Money,
    pub lines: Vec<PreparedLine>,
    pub words: Words,
    /// Against list and agreed prices.
    pub given_away: Money,
    size: Size,
    needs: Vec<Need>,
}

pub(super) struct PreparedLine {
    pub new: NewLine,
    pub amount: Money,
    /// The part of the offers, which `amount` is already without.
    pub off: Money,
    /// Whether somebody counts how much of the product is there.
    pub is_counted: bool,
    /// The product's name where the line has no words of its own.
    name: String,
    list_price: Option<Money>,
    is_agreed: bool,
}

/// The texts of a sale, cleaned.
#[derive(Default)]
pub(super) struct Words {
    pub payment: Option<String>,
    pub discount_reason: Option<String>,
    pub note: Option<String>,
    pub backdate_note: Option<String>,
    pub packaging: Option<String>,
}

/// What a sale would be: prices, sums, and what its discount asks for. Writes nothing.
///
/// # Errors
/// Everything that the sale itself would be refused for, but a missing reason and a missing right, which it tells.
pub fn quote(app: &App, input: NewSale) -> Result<SaleQuote> {
    app.read(move |connection, moment| {
        if let Some(customer) = input.customer_id {
            store::customers::get(connection, customer)?;
        }
        let prepared = prepare(connection, moment, &input, true)?;
        let lines = prepared.lines.iter().map(|line| quoted(connection, &prepared, line)).collect::<Result<_>>()?;
        Ok(SaleQuote {
            lines,
            gross_minor: prepared.before_offers(),
            offers: prepared.applied.taken(moment),
            discount_minor: prepared.by_hand(),
            coupons_minor: prepared.offers.coupons_minor(),
            net_minor: prepared.net,
            points_minor: prepared.points_money,
            needs_reason: prepared.size != Size::None,
            has_right: prepared.needs.iter().all(|need| need.has_alone),
            // What has to be asked for stands before what the person may decide.
            needs_right: prepared.needs.into_iter().min_by_key(|need| need.has_alone).map(|need| need.why),
            offers_aside: prepared.applied.aside,
            hints: prepared.applied.hints,
        })
    })
}

fn quoted(connection: &Connection, prepared: &Prepared, line: &PreparedLine) -> Result<QuotedLine> {
    let stock = match line.new.product {
        Some(product) => store::products::stock(connection, product)?,
        None => None,
    };
    // Two lines of one product take from the same shelf.
    let taken: i64 = prepared
        .lines
        .iter()
        .filter(|other| other.new.product == line.new.product)
        .map(|other| other.new.quantity_thousandths)
        .sum();
    Ok(QuotedLine {
        description: line.words(),
        unit_price_minor: line.new.unit_price_minor,
        list_price_minor: line.list_price.filter(|list| *list != line.new.unit_price_minor),
        is_agreed: line.is_agreed,
        amount_minor: line.amount.checked_add(line.off).unwrap_or(line.amount),
        offers_minor: line.off,
        stock_left: stock.map(|stock| quantity_text(stock.saturating_sub(taken))),
    })
}

/// Refuses a discount without a reason, and what needs a right that neither the person at the counter nor an approver has.
pub(super) fn check_rights(moment: &Moment, prepared: &Prepared) -> Result<()> {
    if prepared.size != Size::None && prepared.words.discount_reason.is_none() {
        return Err(ApiError::field("discount_reason", "discount.reason_missing"));
    }
    let is_met = |need: &&Need| need.has_alone || moment.is_approved(need.action);
    match prepared.needs.iter().find(|need| !is_met(need)) {
        Some(need) => Err(ApiError::new(ErrorCode::NotPermitted, "discount.needs_right")
            .with("why", &need.why)
            .asking(need.action)),
        None => Ok(()),
    }
}

/// A right that a sale needs beside the one to sell.
struct Need {
    action: &'static str,
    /// In words.
    why: String,
    /// Whether the person at the counter has it.
    has_alone: bool,
}

impl Need {
    fn of_discount(moment: &Moment, size: Size, limit_bp: i64, below_margin_bp: Option<i64>) -> Option<Self> {
        const ACTION: &str = "sale.discount_large";
        let percent =
            |bp: i64| Money::from_minor(bp).to_plain_text(2).trim_end_matches('0').trim_end_matches('.').to_owned();
        let (key, name, share) = match below_margin_bp {
            Some(margin) => ("discount.below_margin", "margin", margin),
            None if size == Size::Large => ("discount.above_limit", "limit", limit_bp),
            None => return None,
        };
        let why = messages::say(moment.language, key, &[(name, &percent(share))]);
        Some(Self { action: ACTION, why, has_alone: moment.may_alone(ACTION) })
    }

    fn of_points(connection: &Connection, moment: &Moment, points: Points) -> Result<Option<Self>> {
        let limit = points::passed_limit(connection, moment, points)?;
        Ok(limit.map(|limit| Self {
            action: "points.redeem",
            why: messages::say(moment.language, "points.above_limit", &[("limit", &limit.0.to_string())]),
            has_alone: false,
        }))
    }
}

/// Fills in, adds up, judges, for a customer who is there. The till asks for hints; a sale that is stored does without.
pub(super) fn prepare(
    connection: &Connection,
    moment: &Moment,
    input: &NewSale,
    wants_hints: bool,
) -> Result<Prepared> {
    let sold_on = input.sold_on.unwrap_or(moment.today);
    sale::check_day(sold_on, moment.today)?;
    if let Some(quote) = input.price_quote_id {
        quotes::check(connection, quote, input.customer_id, sold_on)?;
    }
    let mut read = read_lines(connection, input, sold_on)?;
    let mut amounts = NewAmounts {
        lines: read.iter_mut().map(|line| line.new.clone()).collect(),
        amount_minor: input.amount_minor,
        discount_minor: input.discount_minor.unwrap_or(Money::ZERO),
        ..NewAmounts::default()
    };
    let add_up = |amounts: &NewAmounts| sale::add_up(amounts).map_err(|error| error.with("currency", &moment.currency));
    let by_hand = add_up(&amounts)?;
    for (line, amount) in read.iter_mut().zip(&by_hand.lines_minor) {
        line.amount = *amount;
    }
    // What is given away by hand is judged before offers: those were decided by whoever made them.
    let priced_by_hand = priced(&read, by_hand.gross_minor);
    let margin_bp = store::book::margin_minimum_bp(connection)?;
    let applied = offers_of(connection, moment, input, &read, &by_hand.lines_minor, sold_on, margin_bp, wants_hints)?;
    fold_in(&mut amounts, &mut read, &applied);
    let after_discount = add_up(&amounts)?.net_minor;
    let offers = till::judge(connection, moment, input.customer_id, &input.coupon_codes, after_discount, sold_on)?;
    amounts.coupons_minor = offers.coupons_minor();
    // Points pay for what discounts and coupons leave.
    let redeem_points = input.redeem_points.unwrap_or_default();
    let due = add_up(&amounts)?.net_minor;
    amounts.points_money_minor = points::pay(connection, moment, input.customer_id, sold_on, redeem_points, due)?;
    let totals = add_up(&amounts)?;
    if let Some(expected) = input.expected_net_minor.filter(|expected| *expected != totals.net_minor) {
        let net = crate::wording::amount(moment, totals.net_minor);
        let shown = crate::wording::amount(moment, expected);
        return Err(ApiError::not_now("sale.changed_meanwhile").with("net", net).with("shown", shown));
    }
    if input.delivery_cost_minor.is_some_and(Money::is_negative) {
        return Err(ApiError::field("delivery_cost_minor", "amount.negative"));
    }
    let discount_by_hand = input.discount_minor.unwrap_or(Money::ZERO);
    let priced = priced(&read, totals.gross_minor);
    let limit_bp = store::book::discount_limit_bp(connection)?;
    let size = discount::size(&priced_by_hand, discount_by_hand, limit_bp);
    let is_below_margin = discount::is_below_margin(&priced, discount_by_hand, margin_bp);
    Ok(Prepared {
        sold_on,
        // A backdated sale has no known hour: noon keeps it inside its day in every report.
        sold_at: if sold_on == moment.today {
            moment.now
        } else {
            day_start(moment.zone, sold_on).plus_seconds(12 * 3600)
        },
        gross: totals.gross_minor,
        discount: amounts.discount_minor,
        applied,
        offers,
        net: totals.net_minor,
        redeem_points,
        points_money: amounts.points_money_minor,
        words: read_words(input)?,
        given_away: given_away(&priced_by_hand, discount_by_hand),
        needs: Need::of_discount(moment, size, limit_bp, is_below_margin.then_some(margin_bp))
            .into_iter()
            .chain(Need::of_points(connection, moment, redeem_points)?)
            .collect(),
        size,
        lines: read,
    })
}

fn read_words(input: &NewSale) -> Result<Words> {
    let line = |text: &Option<String>| text.as_deref().map(clean_line).filter(|text| !text.is_empty());
    let words = Words {
        payment: line(&input.payment),
        discount_reason: line(&input.discount_reason),
        note: input.note.as_deref().map(clean_text).filter(|text| !text.is_empty()),
        backdate_note: line(&input.backdate_note),
        packaging: line(&input.packaging),
    };
    let lengths = [
        ("payment", &words.payment, MAX_LINE),
        ("discount_reason", &words.discount_reason, MAX_LINE),
        ("note", &words.note, MAX_TEXT),
        ("backdate_note", &words.backdate_note, MAX_LINE),
        ("packaging", &words.packaging, MAX_LINE),
    ];
    let problems = lengths.iter().filter_map(|(field, text, most)| check_length(field, text.as_deref()?, *most).err());
    refuse_if_any(problems.collect())?;
    Ok(words)
}

/// Lines with the book's own prices and names filled in.
fn read_lines(connection: &Connection, input: &NewSale, sold_on: NaiveDate) -> Result<Vec<PreparedLine>> {
    let mut problems = vec![];
    let mut lines = vec![];
    for (position, line) in input.lines.iter().enumerate() {
        match read_line(connection, input, line, sold_on, position)? {
            Ok(read) => lines.push(read),
            Err(found) => problems.extend(found),
        }
    }
    refuse_if_any(problems)?;
    Ok(lines)
}

fn read_line(
    connection: &Connection,
    input: &NewSale,
    line: &NewSaleLine,
    sold_on: NaiveDate,
    position: usize,
) -> Result<std::result::Result<PreparedLine, Vec<FieldError>>> {
    let mut problems = vec![];
    let quantity = Decimal::parse(&line.quantity).and_then(Decimal::to_thousandths);
    if quantity.is_none() {
        problems.push(FieldError::new(format!("lines.{position}.quantity"), "quantity.unreadable"));
    }
    let product = line.product_id.map(|product| store::products::get(connection, product)).transpose()?;
    let description = line.description.as_deref().map(clean_line).unwrap_or_default();
    if product.is_none() && description.is_empty() {
        problems.push(FieldError::new(format!("lines.{position}.description"), "text.missing"));
    }
    let agreed = match (input.customer_id, line.product_id) {
        (Some(customer), Some(product)) => store::counter::agreed_price(connection, customer, product, sold_on)?,
        _ => None,
    };
    let list_price = product.as_ref().and_then(|(row, _)| row.price_minor);
    // A price that was promised by a quote is an agreed one. Where it is no lower than today's it keeps nothing from the
    // customer: the offers of today are.
    let quoted = match (input.price_quote_id, line.product_id) {
        (Some(quote), Some(product)) => quotes::price(connection, quote, product, quantity.unwrap_or(0))?,
        _ => None,
    };
    let quoted = quoted.filter(|quoted| agreed.or(list_price).is_none_or(|today| *quoted < today));
    let agreed = quoted.or(agreed);
    let unit_price = line.unit_price_minor.or(agreed).or(list_price);
    let Some(unit_price_minor) = unit_price else {
        problems.push(FieldError::new(format!("lines.{position}.unit_price_minor"), "amount.missing"));
        return Ok(Err(problems));
    };
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    Ok(Ok(PreparedLine {
        is_counted: product.as_ref().is_some_and(|(row, _)| row.stock.is_some()),
        name: product.as_ref().map(|(row, _)| row.name.clone()).unwrap_or_default(),
        list_price,
        is_agreed: agreed == Some(unit_price_minor),
        amount: Money::ZERO,
        off: Money::ZERO,
        new: NewLine {
            product: line.product_id,
            description,
            category: product.as_ref().and_then(|(row, _)| row.category.clone()),
            quantity_thousandths: quantity.unwrap_or(0),
            unit_price_minor,
            amount_minor: None,
            unit_cost_minor: product.and_then(|(_, cost)| cost),
            discount_minor: line.discount_minor.unwrap_or(Money::ZERO),
        },
    }))
}

/// What the offers give on the lines as they stand; a sale of one amount is one line that nobody knows more of.
#[allow(clippy::too_many_arguments, reason = "a sale half prepared is these things")]
fn offers_of(
    connection: &Connection,
    moment: &Moment,
    input: &NewSale,
    read: &[PreparedLine],
    amounts: &[Money],
    on: NaiveDate,
    margin_bp: i64,
    wants_hints: bool,
) -> Result<Applied> {
    let lines: Vec<Line> = if read.is_empty() {
        amounts.iter().map(|amount| whole_line(*amount)).collect()
    } else {
        read.iter().map(offer_line).collect()
    };
    let names: Vec<String> = read.iter().map(PreparedLine::words).collect();
    let question = at_sale::Question {
        customer: input.customer_id,
        on,
        lines: &lines,
        names: &names,
        declined: &input.declined,
        has_coupons: !input.coupon_codes.is_empty(),
        margin_bp,
        wants_hints,
    };
    at_sale::apply(connection, moment, &question)
}

fn whole_line(amount: Money) -> Line {
    Line {
        product: None,
        category: None,
        quantity_thousandths: 1000,
        unit_price: amount,
        amount,
        cost: None,
        is_agreed: false,
        is_by_hand: false,
    }
}

fn offer_line(line: &PreparedLine) -> Line {
    let cost = line.new.unit_cost_minor.and_then(|cost| sale::times(line.new.quantity_thousandths, cost));
    Line {
        product: line.new.product,
        category: line.new.category.clone(),
        quantity_thousandths: line.new.quantity_thousandths,
        unit_price: line.new.unit_price_minor,
        amount: line.amount,
        cost,
        is_agreed: line.is_agreed,
        is_by_hand: line.new.discount_minor > Money::ZERO
            || (!line.is_agreed && line.list_price.is_some_and(|list| list != line.new.unit_price_minor)),
    }
}

/// What offers take off becomes part of each line's discount, so that whatever looks at a line sees what it brought.
fn fold_in(amounts: &mut NewAmounts, read: &mut [PreparedLine], applied: &Applied) {
    let plus = |amount: Money, off: Money| amount.checked_add(off).unwrap_or(amount);
    if read.is_empty() {
        amounts.discount_minor = plus(amounts.discount_minor, applied.total());
    }
    for ((line, new), off) in read.iter_mut().zip(&mut amounts.lines).zip(&applied.off) {
        new.discount_minor = plus(new.discount_minor, *off);
        line.new.discount_minor = new.discount_minor;
        line.amount = line.amount.checked_sub(*off).unwrap_or(line.amount);
        line.off = *off;
    }
}

impl PreparedLine {
    /// The line as it would be read back from its row.
    pub(super) fn as_stored(&self, row: i64, line_no: i64) -> StoredLine {
        StoredLine {
            id: row,
            line_no,
            product: self.new.product,
            description: self.words(),
            quantity_milli: self.new.quantity_thousandths,
            unit_price: self.new.unit_price_minor,
            discount: self.new.discount_minor,
            amount: self.amount,
            returned_milli: 0,
        }
    }

    fn words(&self) -> String {
        if self.new.description.is_empty() { self.name.clone() } else { self.new.description.clone() }
    }
}

impl Prepared {
    /// Sum of the lines before offers.
    fn before_offers(&self) -> Money {
        let off = if self.lines.is_empty() { Money::ZERO } else { self.applied.total() };
        self.gross.checked_add(off).unwrap_or(self.gross)
    }

    /// Discount by hand on the whole.
    fn by_hand(&self) -> Money {
        let off = if self.lines.is_empty() { self.applied.total() } else { Money::ZERO };
        self.discount.checked_sub(off).unwrap_or(self.discount)
    }
}

/// The lines as their prices are judged; a sale of one amount is one line in words.
fn priced(lines: &[PreparedLine], gross: Money) -> Vec<PricedLine> {
    if lines.is_empty() {
        return vec![PricedLine { list: gross, amount: gross, cost: None, is_agreed: false }];
    }
    let at =
        |line: &PreparedLine, price: Money| sale::times(line.new.quantity_thousandths, price).unwrap_or(line.amount);
    lines
        .iter()
        .map(|line| PricedLine {
            list: match line.list_price {
                Some(list) if !line.is_agreed => at(line, list),
                _ => at(line, line.new.unit_price_minor),
            },
            amount: line.amount,
            cost: line.new.unit_cost_minor.map(|cost| at(line, cost)),
            is_agreed: line.is_agreed,
        })
        .collect()
}

fn given_away(lines: &[PricedLine], whole: Money) -> Money {
    let on_lines =
        lines.iter().filter_map(|line| line.list.checked_sub(line.amount)).filter(|less| *less > Money::ZERO);
    Money::checked_sum(on_lines.chain([whole])).unwrap_or(whole)
}
