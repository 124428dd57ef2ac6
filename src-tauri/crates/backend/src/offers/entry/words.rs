//! Offers as sentences: what one gives, when and for whom; why a sale got so much; what little more would bring.

use crate::api::offers::entry::OfferTaken;
use crate::app::Moment;
use crate::messages::say;
use crate::store::offers::entry::StoredGift;
use crate::wording;
use shukebu_domain::ids::{OfferId, ProductId};
use shukebu_domain::money::Money;
use shukebu_domain::offer::{Audience, Break, Less, Offer, Rule, Scope, Why};
use shukebu_domain::quantity::quantity_text;
use std::collections::BTreeMap;

type Names = BTreeMap<ProductId, String>;

/// What an offer gives: `全店满 ¥200 减 ¥20，满 ¥300 减 ¥40`.
pub(super) fn text(moment: &Moment, offer: &Offer, names: &Names) -> String {
    let l = moment.language;
    let amount = |money: Money| wording::amount(moment, money);
    let join = |parts: Vec<String>| parts.join(&say(l, "offer.join", &[]));
    match &offer.rule {
        Rule::Steps { steps, repeats } => {
            let key = if *repeats { "offer.text_each" } else { "offer.text_step" };
            let steps = steps
                .iter()
                .map(|step| say(l, key, &[("from", &amount(step.from_minor)), ("off", &amount(step.off_minor))]));
            scoped(moment, &offer.scope, names, &join(steps.collect()))
        }
        Rule::Bundle { parts, less } => {
            let parts = parts.iter().map(|part| {
                let name = names.get(&part.product).map_or("", String::as_str);
                if part.pieces == 1 { name.to_owned() } else { format!("{name} × {}", part.pieces) }
            });
            let parts: Vec<String> = parts.collect();
            let key = match less {
                Less::Price { .. } => "offer.text_bundle_price",
                Less::Percent { .. } => "offer.text_bundle_percent",
            };
            say(l, key, &[("parts", &parts.join(" + ")), ("less", &less_text(moment, *less))])
        }
        Rule::Breaks { breaks, is_mixed } => {
            let texts: Vec<String> = breaks.iter().map(|each| break_text(moment, each)).collect();
            let said = scoped(moment, &offer.scope, names, &join(texts));
            // What holds from the first piece on needs no counting.
            let is_counted = breaks.iter().any(|each| each.from_thousandths > 1000);
            if *is_mixed && is_counted { say(l, "offer.text_mixed", &[("text", &said)]) } else { said }
        }
    }
}

fn break_text(moment: &Moment, each: &Break) -> String {
    let key = match (each.from_thousandths <= 1000, each.less) {
        (true, Less::Price { .. }) => "offer.text_now_price",
        (true, Less::Percent { .. }) => "offer.text_now_percent",
        (false, Less::Price { .. }) => "offer.text_break_price",
        (false, Less::Percent { .. }) => "offer.text_break_percent",
    };
    let values = [("n", quantity_text(each.from_thousandths)), ("less", less_text(moment, each.less))];
    say(moment.language, key, &values.each_ref().map(|(name, value)| (*name, value as &dyn std::fmt::Display)))
}

/// `¥9.00`, `20%`.
fn less_text(moment: &Moment, less: Less) -> String {
    match less {
        Less::Price { price_minor } => wording::amount(moment, price_minor),
        Less::Percent { percent_bp } => format!("{}%", percent(percent_bp)),
    }
}

pub(super) fn percent(bp: u32) -> String {
    Money::from_minor(i64::from(bp)).to_plain_text(2).trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn scoped(moment: &Moment, scope: &Scope, names: &Names, text: &str) -> String {
    let what = match scope {
        Scope::Shop => say(moment.language, "offer.scope_shop", &[]),
        Scope::Category { category } => category.clone(),
        Scope::Products { products } => {
            let names: Vec<&str> =
                products.iter().filter_map(|product| names.get(product)).map(String::as_str).collect();
            names.join(&say(moment.language, "offer.list_join", &[]))
        }
    };
    say(moment.language, "offer.text_scoped", &[("what", &what), ("text", &text)])
}

/// When, for whom, and beside what not.
pub(super) fn terms(moment: &Moment, offer: &Offer, classes: &[String]) -> String {
    let l = moment.language;
    let list = |words: &[String]| words.join(&say(l, "offer.list_join", &[]));
    let mut parts = vec![];
    let from = wording::day(l, offer.when.from_on);
    parts.push(match offer.when.until_on {
        Some(until) => say(l, "offer.when_until", &[("from", &from), ("until", &wording::day(l, until))]),
        None => say(l, "offer.when_from", &[("from", &from)]),
    });
    if !offer.when.weekdays.is_empty() {
        let days: Vec<String> =
            offer.when.weekdays.iter().map(|day| say(l, &format!("offer.weekday_{day}"), &[])).collect();
        parts.push(list(&days));
    }
    if let Some(hours) = offer.when.hours {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        parts.push(format!("{}–{}", clock(hours.from_minute), clock(hours.until_minute)));
    }
    parts.push(match &offer.audience {
        Audience::Everybody => say(l, "offer.for_everybody", &[]),
        Audience::Customers => say(l, "offer.for_customers", &[]),
        Audience::Tiers { tiers } => say(l, "offer.for_some", &[("who", &list(tiers))]),
        Audience::Classes { .. } => say(l, "offer.for_some", &[("who", &list(classes))]),
        Audience::Tags { tags } => say(l, "offer.for_tags", &[("who", &list(tags))]),
    });
    for (is_so, key) in [
        (!offer.with_others, "offer.not_with_others"),
        (!offer.with_coupons, "offer.not_with_coupons"),
        (offer.with_terms, "offer.also_with_terms"),
    ] {
        if is_so {
            parts.push(say(l, key, &[]));
        }
    }
    parts.join(" · ")
}

/// Why so much.
pub(super) fn why(moment: &Moment, why: &Why) -> String {
    let l = moment.language;
    let amount = |money: Money| wording::amount(moment, money);
    match why {
        Why::Steps { step, times } => {
            let (from, off) = (amount(step.from_minor), amount(step.off_minor));
            match times {
                1 => say(l, "offer.text_step", &[("from", &from), ("off", &off)]),
                _ => say(l, "offer.why_times", &[("from", &from), ("off", &off), ("n", times)]),
            }
        }
        Why::Bundle { less, sets } => {
            let key = match less {
                Less::Price { .. } => "offer.why_bundle_price",
                Less::Percent { .. } => "offer.why_bundle_percent",
            };
            say(l, key, &[("n", sets), ("less", &less_text(moment, *less))])
        }
        Why::Breaks { reached, quantity_thousandths } => {
            let key = match reached.less {
                Less::Price { .. } => "offer.why_break_price",
                Less::Percent { .. } => "offer.why_break_percent",
            };
            let less = less_text(moment, reached.less);
            say(l, key, &[("n", &quantity_text(*quantity_thousandths)), ("less", &less)])
        }
        Why::Own { percent_bp } => say(l, "offer.why_own", &[("percent", &percent(*percent_bp))]),
    }
}

pub(super) fn key(source: &str, offer: Option<OfferId>) -> String {
    offer.map_or_else(|| source.to_owned(), |offer| format!("offer:{offer}"))
}

/// What a stored sale got.
pub(crate) fn taken(moment: &Moment, stored: StoredGift) -> OfferTaken {
    OfferTaken {
        key: key(&stored.source, stored.offer),
        why: why(moment, &stored.why),
        name: stored.name,
        amount_minor: stored.amount,
    }
}
