//! Whom a log of sales or complaints means: somebody who is known, or who comes into being by being named.

use super::Apply;
use super::customers::make;
use super::who::{Found, by_name, by_number, by_phone, by_ref};
use crate::error::Result;
use crate::imports::rows::CustomerRow;
use crate::store::imports as known;
use crate::values;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::phone::{Phone, PhoneKind};

/// Whom a log means by a word, and what else it says about them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention<'m> {
    /// Foreign id, member number, phone or name.
    pub word: &'m str,
    /// Name, where the log has one beside the word.
    pub name: Option<&'m str>,
    /// Phone in its stored form, where the log has one.
    pub phone: Option<&'m str>,
}

/// The customer that a log means; an unknown one who has a number or phone comes into being.
pub(super) fn of_mention(apply: &mut Apply<'_>, mut mention: Mention<'_>) -> Result<Found> {
    // 1.38E+10 has lost its digits: it is nobody's number, and the name beside it decides alone.
    if Phone::parse(mention.word).is_err_and(|problem| problem.problem == "phone.scientific") {
        if mention.name.is_none() && mention.phone.is_none() {
            return Ok(Err("phone.scientific"));
        }
        mention.word = "";
    }
    if mention.word.is_empty() && mention.name.is_none() && mention.phone.is_none() {
        return Ok(Ok(None));
    }
    // A number stands for itself; a passer-by of the name 李女士 is told from another one by the phone.
    let key = if mention.word.is_empty() {
        format!("{}\u{1f}{}", mention.name.unwrap_or(""), mention.phone.unwrap_or(""))
    } else {
        mention.word.to_owned()
    };
    if let Some(answer) = apply.who.answers.get(&key) {
        return Ok(*answer);
    }
    let answer = find_or_make(apply, mention)?;
    apply.who.answers.insert(key, answer);
    Ok(answer)
}

fn find_or_make(apply: &mut Apply<'_>, mention: Mention<'_>) -> Result<Found> {
    let code = values::code(mention.word);
    let own_phone = Phone::parse(&code).ok().filter(|_| !code.is_empty());
    if !code.is_empty() {
        if let Some(id) = by_ref(apply, &code)? {
            return Ok(Ok(Some(id)));
        }
        if let Some(id) = by_number(apply, &code)? {
            return Ok(Ok(Some(id)));
        }
    }
    for phone in own_phone.as_ref().map(Phone::canonical).iter().map(String::as_str).chain(mention.phone) {
        if let Some(id) = owner(apply, phone, mention.name)? {
            return Ok(Ok(Some(id)));
        }
    }
    let is_number = code.chars().any(|ch| ch.is_ascii_digit()) && code.is_ascii();
    let named = if code.is_empty() { mention.name.map(str::to_owned) } else { Some(values::name(mention.word)) };
    if !is_number && let Some(name) = named.as_deref().filter(|_| mention.phone.is_none()) {
        return Ok(match by_name(apply, name)?.as_slice() {
            [only] => Ok(Some(*only)),
            [] => Err("customer.unknown"),
            _ => Err("customer.ambiguous"),
        });
    }
    let row = match own_phone.filter(|phone| phone.kind() == PhoneKind::Mobile) {
        Some(phone) => newcomer(mention.name, Some(&phone.canonical()), None),
        None if is_number => newcomer(mention.name, mention.phone, Some(&code)),
        None => newcomer(mention.name.or(named.as_deref()), mention.phone, None),
    };
    make(apply, &row).map(|id| Ok(Some(id)))
}

/// The owner of a phone: of several the one of this name, else the first.
fn owner(apply: &Apply<'_>, phone: &str, name: Option<&str>) -> Result<Option<CustomerId>> {
    let owners = by_phone(apply, phone)?;
    let (Some(first), Some(name)) = (owners.first(), name) else { return Ok(owners.first().copied()) };
    for id in &owners {
        if known::identity(apply.tx, *id)?.name == name {
            return Ok(Some(*id));
        }
    }
    // A phone whose only owner has another name is that of the family.
    Ok(Some(*first).filter(|_| owners.len() == 1))
}

fn newcomer(name: Option<&str>, phone: Option<&str>, number: Option<&str>) -> CustomerRow {
    CustomerRow {
        reference: number.map(str::to_owned),
        member_no: number.map(str::to_owned),
        name: name.unwrap_or("").to_owned(),
        phones: phone.map(str::to_owned).into_iter().collect(),
        ..CustomerRow::default()
    }
}
