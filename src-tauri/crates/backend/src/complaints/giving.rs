//! 补偿 in the shop's other books: money back on the sale, a coupon, points, a benefit, goods out of the stock. All of it
//! in the transaction that resolves the case, so that nothing is promised there and missing here.

use super::owed;
use super::rulebook::Rulebook;
use crate::api::complaints::ResolutionView;
use crate::api::complaints::corrections::CompensationGoods;
use crate::api::points::GiftView;
use crate::app::Moment;
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::offers::coupons::{self, Issue};
use crate::sales::{self, GiveBack};
use crate::store;
use crate::store::complaints::StoredCase;
use crate::store::complaints::postings::Posting;
use crate::store::complaints::remedies::RemedyToStore;
use crate::store::gifts::StockMove;
use crate::{ladder, points, wording};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Transaction};
use shukebu_domain::calendar::CompiledCalendar;
use shukebu_domain::complaint::remedy::{RemedyDate, RemedyKind};
use shukebu_domain::complaint::{Compensation, CompensationKind};
use shukebu_domain::coupon::{Terms, Worth, shown_code};
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::{ComplaintId, CustomerId};
use shukebu_domain::money::{Decimal, Money};
use shukebu_domain::points::Points;
use shukebu_domain::quantity::quantity_text;
use shukebu_domain::sale;

/// A coupon of an apology is good for so long, unless another last day was said.
const COUPON_DAYS: u64 = 90;
const MOST_TIMES: u32 = 99;
/// One piece, in thousandths.
pub(super) const WHOLE: i64 = 1000;
/// Why a gift leaves its stock or comes back.
pub(super) const FOR_A_COMPLAINT: &str = "complaint";

/// One thing that the customer is given.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub kind: CompensationKind,
    pub cost: Money,
    pub note: Option<String>,
    goods: CompensationGoods,
    quantity_milli: i64,
}

impl Thing {
    /// As the form says it.
    pub(super) fn new(
        kind: CompensationKind,
        cost: Option<Money>,
        note: Option<String>,
        goods: CompensationGoods,
    ) -> Self {
        let benefit = goods.benefit.as_deref().map(clean_line).filter(|text| !text.is_empty());
        let goods = CompensationGoods { benefit, ..goods };
        Self { kind, cost: cost.unwrap_or(Money::ZERO), note, goods, quantity_milli: WHOLE }
    }

    /// Goods leave the shop with these.
    fn is_goods(&self) -> bool {
        use CompensationKind::{Gift, Redo, Repair, Replacement};
        matches!(self.kind, Replacement | Redo | Repair | Gift) && (self.goods.product_id.is_some() || self.is_gift())
    }

    /// One of the catalogue leaves with it.
    fn is_gift(&self) -> bool {
        self.kind == CompensationKind::Gift && self.goods.gift_id.is_some()
    }

    /// As the rule of the three parts looks at it. What the book moves says itself what it is; anything else is said.
    pub(super) fn as_domain(&self) -> Compensation {
        use CompensationKind::{Benefit, Points, Refund};
        let says_itself = self.is_goods() || matches!(self.kind, Refund | Points | Benefit);
        let note = match &self.note {
            None if says_itself => "–".to_owned(),
            note => note.clone().unwrap_or_default(),
        };
        Compensation { kind: self.kind, cost_minor: self.cost, note, approved_by: None }
    }

    /// Reads what it moves and works out the cost where the book knows it better than a person: points by what they
    /// are worth, goods by what they cost. Problems stand at their fields, below `place`.
    pub(super) fn read(
        &mut self,
        connection: &Connection,
        moment: &Moment,
        case: &StoredCase,
        place: &str,
    ) -> Result<Vec<FieldError>> {
        let at = |field: &str| format!("{place}goods.{field}");
        let mut problems = vec![];
        if matches!(self.kind, CompensationKind::Points | CompensationKind::Benefit) && case.customer.is_none() {
            problems.push(FieldError::new(format!("{place}kind"), "resolution.customer_missing"));
        }
        if self.kind == CompensationKind::Points {
            let points = self.goods.points.unwrap_or(Points::ZERO);
            if !(1..=points::MOST_BY_HAND).contains(&points.0) {
                problems.push(FieldError::new(at("points"), "resolution.points_missing"));
            } else {
                let redeem = points::rules_on(connection, moment.today)?.redeem;
                self.cost = redeem.map_or(Money::ZERO, |redeem| redeem.worth(points));
            }
        }
        if self.kind == CompensationKind::Benefit {
            match &self.goods.benefit {
                None => problems.push(FieldError::new(at("benefit"), "resolution.benefit_missing")),
                Some(words) => problems.extend(check_length(&at("benefit"), words, MAX_LINE).err()),
            }
            if !(1..=MOST_TIMES).contains(&self.goods.times.unwrap_or(1)) {
                let wrong = FieldError::new(at("times"), "resolution.times_out_of_range");
                problems.push(wrong.with("most", MOST_TIMES));
            }
        }
        if self.goods.until_on.is_some_and(|day| day < moment.today) {
            problems.push(FieldError::new(at("until_on"), "coupon.until_past"));
        }
        if self.is_goods() {
            problems.extend(self.read_goods(connection, &at)?);
        }
        if let Some(day) = self.goods.promised_on {
            let rulebook = Rulebook::load(connection)?;
            let read = owed::date(moment, rulebook.calendar(), Some(day), None);
            problems.extend(read.err().map(|problem| FieldError { field: at("promised_on"), ..problem }));
            if self.remedy_kind().is_none() {
                problems.push(FieldError::new(at("promised_on"), "remedy.kind_without_date"));
            }
        }
        Ok(problems)
    }

    fn read_goods(&mut self, connection: &Connection, at: &dyn Fn(&str) -> String) -> Result<Option<FieldError>> {
        if let Some(text) = self.goods.quantity.as_deref().filter(|text| !text.trim().is_empty()) {
            match Decimal::parse(text).and_then(Decimal::to_thousandths).filter(|milli| *milli > 0) {
                Some(milli) => self.quantity_milli = milli,
                None => return Ok(Some(FieldError::new(at("quantity"), "quantity.unreadable"))),
            }
        }
        let cost = match (self.goods.gift_id.filter(|_| self.is_gift()), self.goods.product_id) {
            (Some(_), Some(_)) => return Ok(Some(FieldError::new(at("gift_id"), "resolution.gift_or_product"))),
            (Some(gift), None) => {
                if self.quantity_milli % WHOLE != 0 {
                    return Ok(Some(FieldError::new(at("quantity"), "resolution.gift_not_whole")));
                }
                let gift = store::gifts::get(connection, gift)?;
                if let Err(problem) = self.pieces_of(&gift) {
                    return Ok(Some(FieldError { field: at(&problem.field), ..problem }));
                }
                gift.cost_minor
            }
            (None, Some(product)) => store::products::get(connection, product)?.1,
            (None, None) => None,
        };
        if let Some(cost) = cost {
            let all = sale::times(self.quantity_milli, cost);
            let known = all.ok_or_else(|| ApiError::field(at("quantity"), "amount.too_large"))?;
            // What is typed may be more, with the way there; never less, or a limit would be no limit.
            self.cost = self.cost.max(known);
        }
        Ok(None)
    }

    /// What is promised by it, where it can be promised at all.
    fn remedy_kind(&self) -> Option<RemedyKind> {
        match self.kind {
            CompensationKind::Refund => Some(RemedyKind::Refund),
            CompensationKind::Replacement => Some(RemedyKind::Replacement),
            CompensationKind::Repair => Some(RemedyKind::Repair),
            CompensationKind::Redo => Some(RemedyKind::Redo),
            _ => None,
        }
    }

    /// What is to be done until a day, if one was said. Its cost counts with the resolution.
    pub(super) fn promised(
        &self,
        moment: &Moment,
        calendar: &CompiledCalendar,
        case: ComplaintId,
        given: (i64, usize),
    ) -> Result<Option<(RemedyToStore, RemedyDate)>> {
        let (Some(day), Some(kind)) = (self.goods.promised_on, self.remedy_kind()) else { return Ok(None) };
        let words = self.note.clone().unwrap_or_else(|| owed::kind(moment.language, kind));
        let what = RemedyToStore { case, kind, words, cost: self.cost, given: Some(given) };
        Ok(Some((what, owed::date(moment, calendar, Some(day), None)?)))
    }

    /// How many pieces of a gift, if it is offered and there are as many.
    fn pieces_of(&self, gift: &GiftView) -> std::result::Result<i64, FieldError> {
        let pieces = self.quantity_milli / WHOLE;
        if !gift.is_active {
            return Err(FieldError::new("gift_id", "gift.not_offered"));
        }
        if gift.stock < pieces {
            return Err(FieldError::new("quantity", "gift.out_of_stock").with("stock", gift.stock));
        }
        Ok(pieces)
    }

    /// Moves it; returns what was moved. Without a sale, a customer or goods there is nothing to move: then it is only
    /// written down.
    pub(super) fn post(
        &self,
        tx: &Transaction,
        moment: &Moment,
        case: &StoredCase,
        position: usize,
    ) -> Result<Option<Posting>> {
        let reason = self.note.clone().unwrap_or_else(|| case.case_no.clone());
        match (self.kind, case.customer) {
            (CompensationKind::Refund, _) => self.give_back(tx, moment, case, reason),
            (CompensationKind::Coupon, Some(customer)) => self.issue_coupon(tx, moment, case, customer),
            (CompensationKind::Points, Some(customer)) => self.give_points(tx, moment, case, customer).map(Some),
            (CompensationKind::Benefit, Some(customer)) => {
                self.give_benefit(tx, moment, case, customer, position).map(Some)
            }
            _ if self.is_gift() => self.take_gift(tx, moment).map(Some),
            _ if self.is_goods() => self.take_goods(tx).map(Some),
            _ => Ok(None),
        }
    }

    /// A refund on the sale that the complaint is about.
    fn give_back(
        &self,
        tx: &Transaction,
        moment: &Moment,
        case: &StoredCase,
        reason: String,
    ) -> Result<Option<Posting>> {
        let Some(sale) = case.sale else { return Ok(None) };
        let back =
            GiveBack { sale, amount: Some(self.cost), kind: "refund", reason: Some(reason), complaint: Some(case.id) };
        sales::give_back(tx, moment, &back)?;
        Ok(Some(Posting { sale: Some(sale), ..Posting::of("refund", self.cost) }))
    }

    /// A coupon without a minimum.
    fn issue_coupon(
        &self,
        tx: &Transaction,
        moment: &Moment,
        case: &StoredCase,
        customer: CustomerId,
    ) -> Result<Option<Posting>> {
        if self.cost <= Money::ZERO {
            return Ok(None);
        }
        let until_on = self.goods.until_on.unwrap_or(moment.today + Days::new(COUPON_DAYS - 1));
        let issue = Issue {
            name: say(moment.language, "complaint.coupon", &[]),
            campaign: Some(case.case_no.clone()),
            terms: Terms {
                worth: Worth::Value { value_minor: self.cost },
                minimum_minor: Money::ZERO,
                is_stackable: false,
            },
            from_on: moment.today,
            until_on,
            budget: None,
        };
        let (_, issued) = coupons::issue(tx, moment, &issue, &[customer])?;
        let Some(coupon) = issued.first().copied() else { return Ok(None) };
        let code = shown_code(&store::offers::coupons::get(tx, coupon)?.code);
        Ok(Some(Posting {
            coupon: Some(coupon),
            words: Some(code),
            until_on: Some(until_on),
            ..Posting::of("coupon", self.cost)
        }))
    }

    fn give_points(
        &self,
        tx: &Transaction,
        moment: &Moment,
        case: &StoredCase,
        customer: CustomerId,
    ) -> Result<Posting> {
        let given = self.goods.points.unwrap_or(Points::ZERO);
        let reason = say(moment.language, "complaint.points_reason", &[("case_no", &case.case_no)]);
        points::move_by_hand(tx, moment, customer, given, &reason)?;
        Ok(Posting { points: Some(given), ..Posting::of("points", self.cost) })
    }

    fn give_benefit(
        &self,
        tx: &Transaction,
        moment: &Moment,
        case: &StoredCase,
        customer: CustomerId,
        position: usize,
    ) -> Result<Posting> {
        let words = self.goods.benefit.clone().unwrap_or_default();
        let times = self.goods.times.unwrap_or(1);
        let (until_on, note) = (self.goods.until_on, &case.case_no);
        let grant = ladder::Grant { case: case.id, position, words: &words, times, until_on, note };
        let key = ladder::give_benefit(tx, moment, customer, &grant)?;
        Ok(Posting {
            benefit: Some(key),
            words: Some(words),
            quantity_milli: Some(i64::from(times) * WHOLE),
            until_on,
            ..Posting::of("benefit", self.cost)
        })
    }

    fn take_goods(&self, tx: &Transaction) -> Result<Posting> {
        let product = self.goods.product_id.ok_or_else(|| ApiError::not_found("product"))?;
        let (row, _) = store::products::get(tx, product)?;
        store::products::take_from_stock(tx, product, self.quantity_milli)?;
        Ok(Posting {
            product: Some(product),
            words: Some(row.name),
            quantity_milli: Some(self.quantity_milli),
            ..Posting::of("goods", self.cost)
        })
    }

    /// Looked at again: the same gift may stand twice in one form.
    fn take_gift(&self, tx: &Transaction, moment: &Moment) -> Result<Posting> {
        let id = self.goods.gift_id.ok_or_else(|| ApiError::not_found("gift"))?;
        let gift = store::gifts::get(tx, id)?;
        let pieces = self
            .pieces_of(&gift)
            .map_err(|problem| FieldError { field: format!("goods.{}", problem.field), ..problem })?;
        let moved = StockMove {
            delta: -pieces,
            at: moment.now,
            staff: moment.session.staff,
            reason: Some(FOR_A_COMPLAINT),
            place: None,
        };
        store::gifts::move_stock(tx, id, &moved)?;
        Ok(Posting {
            gift: Some(id),
            words: Some(gift.name),
            quantity_milli: Some(self.quantity_milli),
            ..Posting::of("goods", self.cost)
        })
    }
}

/// What was moved, in a sentence.
pub(super) fn sentence(connection: &Connection, moment: &Moment, posting: &Posting) -> Result<String> {
    let amount = wording::amount(moment, posting.amount);
    let words = posting.words.clone().unwrap_or_default();
    let until = posting.until_on.map(|day: NaiveDate| day.to_string());
    let quantity = quantity_text(posting.quantity_milli.unwrap_or(WHOLE));
    let with = |key: &str, values: &[(&str, &dyn std::fmt::Display)]| {
        say(moment.language, &format!("complaint.posted.{key}"), values)
    };
    let sentence = match posting.kind.as_str() {
        "refund" => {
            let sale_no = match posting.sale {
                Some(sale) => store::sales::get(connection, sale)?.row.sale_no,
                None => String::new(),
            };
            with("refund", &[("amount", &amount), ("sale_no", &sale_no)])
        }
        "coupon" => with("coupon", &[("amount", &amount), ("code", &words)]),
        "points" => with("points", &[("points", &posting.points.unwrap_or(Points::ZERO).0)]),
        "benefit" => with("benefit", &[("words", &words), ("times", &quantity)]),
        _ if posting.gift.is_some() => with("gift", &[("words", &words), ("quantity", &quantity)]),
        _ => with("goods", &[("words", &words), ("quantity", &quantity)]),
    };
    Ok(match until {
        Some(day) => format!("{sentence} · {}", with("until", &[("day", &day)])),
        None => sentence,
    })
}

/// What was given as it was written down, by its place in the form; nothing where nothing was given.
pub(super) fn written(moment: &Moment, done: &ResolutionView) -> Vec<Option<String>> {
    let first = (done.compensation_kind.as_str(), done.compensation_minor, done.compensation_note.as_deref());
    let beside =
        done.compensation_also.iter().map(|item| (item.kind.as_str(), item.cost_minor, Some(item.note.as_str())));
    let sentence = |(kind, cost, note): (&str, Money, Option<&str>)| {
        if kind == "none" {
            return None;
        }
        let word = say(moment.language, &format!("complaint.given.{kind}"), &[]);
        let cost = (cost > Money::ZERO).then(|| wording::amount(moment, cost));
        let note = note.filter(|note| !matches!(note.trim(), "" | "–")).map(str::to_owned);
        Some([Some(word), cost, note].into_iter().flatten().collect::<Vec<_>>().join(" · "))
    };
    std::iter::once(first).chain(beside).map(sentence).collect()
}
