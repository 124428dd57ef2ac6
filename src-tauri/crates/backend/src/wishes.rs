//! 到货关注: a customer waits for a product, a category or something in words; when goods come, the program lists whom
//! to tell, with a drafted message, and who had better not be disturbed now. A person sends it and says so.

use crate::api::books::{Done, Nothing};
use crate::api::details::{Direction, InteractionKind, NewInteraction};
use crate::api::wishes::{ArrivalNotice, ArrivalTold, ArrivalView, NewArrival, NewWish, WishBoard, WishRef, WishView};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store::wishes::OpenWish;
use crate::{people, store};
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::ProductId;
use shukebu_domain::reach::ReachBy;

const SHOWN: i64 = 500;

/// Notes what a customer waits for.
///
/// # Errors
/// Not exactly one of product, category and words; an unknown customer or product.
pub fn add(app: &App, input: NewWish) -> Result<Done> {
    let category = line("category", input.category.as_deref())?;
    let text = line("text", input.text.as_deref())?;
    let given = usize::from(input.product_id.is_some()) + usize::from(category.is_some()) + usize::from(text.is_some());
    if given != 1 {
        return Err(ApiError::field("text", "wish.what"));
    }
    let wish = NewWish { category, text, ..input };
    app.write(Op::new("wish.change").keyed(wish.client_key.clone()), move |tx, moment| {
        let customer_id = store::customers::must_be_there(tx, wish.customer_id)?;
        let wish = NewWish { customer_id, ..wish };
        if let Some(product) = wish.product_id {
            store::wishes::product(tx, product)?;
        }
        let id = store::wishes::insert(tx, &wish, moment.session.staff, moment.now)?;
        Ok(Written::one("wish", id.0).detail(json!({ "customer": wish.customer_id.0 })))
    })?;
    Ok(Done {})
}

fn line(field: &str, text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text.map(clean_line).filter(|text| !text.is_empty()) else { return Ok(None) };
    check_length(field, &text, MAX_LINE)?;
    Ok(Some(text))
}

/// Ends a wish that is no longer one.
///
/// # Errors
/// A wish that ended before or never was.
pub fn close(app: &App, input: WishRef) -> Result<Done> {
    app.write(Op::new("wish.change"), move |tx, moment| {
        if !store::wishes::close(tx, input.id, moment.now)? {
            return Err(ApiError::not_found("wish"));
        }
        Ok(Written::one("wish", input.id.0))
    })?;
    Ok(Done {})
}

/// Open wishes, goods that came, whom to tell.
///
/// # Errors
/// `Locked` while no book is open.
pub fn board(app: &App, _: Nothing) -> Result<WishBoard> {
    let shop = app.book()?.facts().name;
    app.read(move |connection, moment| {
        let arrivals = store::wishes::arrivals(connection)?.into_iter().map(|arrival| {
            let to_tell = store::wishes::to_tell(connection, arrival.id)?
                .into_iter()
                .map(|wish| notice(connection, moment, &shop, &arrival.what, wish))
                .collect::<Result<Vec<_>>>()?;
            Ok(ArrivalView { id: arrival.id, what: arrival.what, at: arrival.at, told: arrival.told, to_tell })
        });
        Ok(WishBoard {
            arrivals: arrivals.collect::<Result<_>>()?,
            wishes: store::wishes::open(connection, SHOWN)?,
            open: store::wishes::count_open(connection)?,
        })
    })
}

fn notice(connection: &Connection, moment: &Moment, shop: &str, what: &str, wish: WishView) -> Result<ArrivalNotice> {
    let (channel, hold) = people::channel_of(connection, moment, wish.customer_id)?;
    let customer = store::customers::get(connection, wish.customer_id)?;
    let called = customer.salutation.unwrap_or_else(|| customer.name.clone());
    let values: [(&str, &dyn std::fmt::Display); 3] = [("name", &called), ("what", &what), ("shop", &shop)];
    Ok(ArrivalNotice {
        wish_id: wish.id,
        customer_id: wish.customer_id,
        name: customer.name,
        wish: wish.what,
        channel,
        draft: say(moment.language, "wish.draft", &values),
        hold: hold.map(|key| say(moment.language, key, &[])),
    })
}

/// Goods came in: everybody who waits for them is to be told.
///
/// # Errors
/// Neither product nor words; an unknown product; nobody who waits.
pub fn arrive(app: &App, input: NewArrival) -> Result<WishBoard> {
    let text = line("text", input.text.as_deref())?;
    app.write(Op::new("wish.change").keyed(input.client_key.clone()), move |tx, moment| {
        let (what, category) = match (input.product_id, text) {
            (Some(product), None) => store::wishes::product(tx, product)?,
            (None, Some(text)) => (text, None),
            _ => return Err(ApiError::field("text", "wish.came")),
        };
        let waiting: Vec<OpenWish> = store::wishes::asked(tx)?
            .into_iter()
            .filter(|wish| answers(wish, input.product_id, &what, category.as_deref()))
            .collect();
        if waiting.is_empty() {
            return Err(ApiError::from(FieldError::new("text", "wish.nobody_waits").with("what", &what)));
        }
        let id = store::wishes::insert_arrival(tx, input.product_id, &what, (moment.session.staff, moment.now))?;
        for wish in &waiting {
            store::wishes::insert_notice(tx, id, wish)?;
        }
        Ok(Written::one("arrival", id.0).detail(json!({ "to_tell": waiting.len() })))
    })?;
    board(app, Nothing {})
}

/// Whether goods are what somebody waits for: the very product, its category, or words that stand in the name.
pub(crate) fn answers(wish: &OpenWish, product: Option<ProductId>, what: &str, category: Option<&str>) -> bool {
    let what = what.to_lowercase();
    match (&wish.product, &wish.category, &wish.text) {
        (Some(wanted), _, _) => product == Some(*wanted),
        (_, Some(wanted), _) => category == Some(wanted.as_str()) || what.contains(&wanted.to_lowercase()),
        (_, _, Some(words)) => {
            let words = words.to_lowercase();
            // `国风 礼盒` waits for goods in whose name both words stand.
            words.split_whitespace().all(|word| what.contains(word))
        }
        _ => false,
    }
}

/// Somebody was told: the wish ends, and the timeline has it.
///
/// # Errors
/// Nobody was to be told, or it was noted before.
pub fn told(app: &App, input: ArrivalTold) -> Result<WishBoard> {
    app.write(Op::new("wish.change").keyed(input.client_key.clone()), move |tx, moment| {
        let by = (moment.session.staff, moment.now);
        if !store::wishes::tell(tx, input.arrival_id, input.wish_id, by)? {
            return Err(ApiError::not_found("wish"));
        }
        store::wishes::close(tx, input.wish_id, moment.now)?;
        let customer = store::wishes::customer_of(tx, input.wish_id)?;
        let (channel, _) = people::channel_of(tx, moment, customer)?;
        let what = store::wishes::arrival_text(tx, input.arrival_id)?;
        let contact = NewInteraction {
            client_key: None,
            customer_id: customer,
            kind: kind_of(channel),
            direction: Direction::Out,
            at: None,
            text: String::new(),
            is_answered: true,
            is_deep: false,
            minutes: None,
        };
        let text = say(moment.language, "wish.told", &[("what", &what)]);
        store::people::insert_interaction(tx, &contact, &text, moment.now, by)?;
        Ok(Written::one("arrival", input.arrival_id.0).detail(json!({ "wish": input.wish_id.0 })))
    })?;
    board(app, Nothing {})
}

fn kind_of(channel: ReachBy) -> InteractionKind {
    match channel {
        ReachBy::Mobile | ReachBy::Landline => InteractionKind::Phone,
        ReachBy::Sms => InteractionKind::Sms,
        ReachBy::Wechat | ReachBy::Wecom => InteractionKind::Wechat,
        ReachBy::Email => InteractionKind::Email,
        ReachBy::Visit => InteractionKind::Visit,
        ReachBy::Qq | ReachBy::Whatsapp | ReachBy::Line | ReachBy::Xiaohongshu | ReachBy::Douyin => {
            InteractionKind::Other
        }
    }
}
