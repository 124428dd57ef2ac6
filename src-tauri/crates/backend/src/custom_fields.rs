//! Fields that the shop adds by itself, with presets for six trades.

use crate::api::books::{Done, Nothing, Trade};
use crate::api::custom_fields::{
    CustomFieldChange, CustomFieldOrder, CustomFieldPreset, CustomFieldView, CustomFields, FieldValuesChange,
};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::custom_fields::FieldToStore;
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::custom_field::{self, FieldKind};
use shukebu_domain::customer::{check_length, clean_line};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::CustomFieldId;
use shukebu_domain::time::Timestamp;

/// Most fields of one shop.
const MAX_FIELDS: usize = 60;

/// All fields of the shop.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, _: Nothing) -> Result<CustomFields> {
    let trade = app.book()?.facts().trade;
    app.read(move |connection, _| {
        let filled = store::custom_fields::filled(connection)?;
        let view = |field: store::custom_fields::Field| CustomFieldView {
            filled: filled.get(&field.id).copied().unwrap_or(0),
            id: field.id,
            name: field.name,
            kind: field.kind,
            options: field.options,
            unit: field.unit,
            is_preference: field.is_preference,
            is_active: field.is_active,
        };
        Ok(CustomFields { fields: store::custom_fields::all(connection)?.into_iter().map(view).collect(), trade })
    })
}

/// Makes or changes a field. What it holds never changes once somebody has a value.
///
/// # Errors
/// A name that is missing or taken; a choice without options; another kind for a field with values.
pub fn save(app: &App, input: CustomFieldChange) -> Result<CustomFields> {
    let name = clean_line(&input.name);
    let mut problems = vec![];
    if name.is_empty() {
        problems.push(FieldError::new("name", "name.missing"));
    }
    problems.extend(check_length("name", &name, 40).err());
    let unit = input.unit.as_deref().map(clean_line).filter(|unit| !unit.is_empty());
    problems.extend(unit.as_deref().and_then(|unit| check_length("unit", unit, 20).err()));
    let options = custom_field::options(input.kind, &input.options).unwrap_or_else(|problem| {
        problems.push(problem);
        vec![]
    });
    refuse_if_any(problems)?;
    app.write(Op::new("customer.custom_fields").keyed(input.client_key.clone()), move |tx, moment| {
        let taken = store::custom_fields::by_name(tx, &name)?;
        if taken.is_some() && taken != input.id {
            return Err(ApiError::field("name", "custom_field.name_taken"));
        }
        let field = FieldToStore {
            name: &name,
            kind: input.kind,
            options: &options,
            unit: unit.as_deref().filter(|_| input.kind == FieldKind::Number),
            is_preference: input.is_preference,
            is_active: input.is_active,
        };
        let id = match input.id {
            Some(id) => {
                let before = store::custom_fields::get(tx, id)?;
                let is_wider = before.kind == FieldKind::Choice && input.kind == FieldKind::Choices;
                if before.kind != input.kind && !is_wider {
                    let filled = store::custom_fields::filled(tx)?.get(&id).copied().unwrap_or(0);
                    if filled > 0 {
                        return Err(ApiError::field("kind", "custom_field.kind_fixed").with("n", filled));
                    }
                }
                store::custom_fields::update(tx, id, &field)?;
                id
            }
            None if store::custom_fields::all(tx)?.len() >= MAX_FIELDS => {
                return Err(ApiError::field("name", "list.too_long").with("most", MAX_FIELDS));
            }
            None => store::custom_fields::insert(tx, &field, moment.now)?,
        };
        Ok(Written::one("custom_field", id.0))
    })?;
    list(app, Nothing {})
}

/// Puts the fields into an order.
///
/// # Errors
/// `Locked` while no book is open.
pub fn order(app: &App, input: CustomFieldOrder) -> Result<CustomFields> {
    app.write(Op::new("customer.custom_fields"), move |tx, _| {
        store::custom_fields::order(tx, &input.ids)?;
        Ok(Written::many("custom_field"))
    })?;
    list(app, Nothing {})
}

/// Adds the fields of a trade; those whose name is there already stay as they are.
///
/// # Errors
/// `Locked` while no book is open.
pub fn preset(app: &App, input: CustomFieldPreset) -> Result<CustomFields> {
    app.write(Op::new("customer.custom_fields"), move |tx, moment| {
        let added = add_preset(tx, input.trade, moment.now)?;
        Ok(Written::many("custom_field").detail(json!({ "added": added })))
    })?;
    list(app, Nothing {})
}

/// The fields of a trade, as a new book starts with them.
pub(crate) fn add_preset(tx: &Transaction, trade: Trade, at: Timestamp) -> Result<usize> {
    let mut added = 0;
    for preset in presets(trade) {
        if store::custom_fields::by_name(tx, preset.name)?.is_some() {
            continue;
        }
        let options: Vec<String> = preset.options.iter().map(|option| (*option).to_owned()).collect();
        let field = FieldToStore {
            name: preset.name,
            kind: preset.kind,
            options: &options,
            unit: preset.unit,
            is_preference: preset.is_preference,
            is_active: true,
        };
        store::custom_fields::insert(tx, &field, at)?;
        added += 1;
    }
    Ok(added)
}

/// Sets values of one customer; fields that are not named stay.
///
/// # Errors
/// Every value that its field does not take, at `values.N`; an unknown customer or field.
pub fn set_values(app: &App, input: FieldValuesChange) -> Result<Done> {
    app.write(Op::new("customer.details").keyed(input.client_key.clone()), move |tx, _| {
        let customer = store::customers::must_be_there(tx, input.id)?;
        let before = store::custom_fields::of_customer(tx, customer)?;
        let mut problems = vec![];
        let mut changed: Vec<CustomFieldId> = vec![];
        for (position, given) in input.values.iter().enumerate() {
            let field = store::custom_fields::get(tx, given.field_id)?;
            let had = before.iter().find(|values| values.field_id == given.field_id);
            let had = had.map(|values| values.values.as_slice()).unwrap_or_default();
            let place = format!("values.{position}");
            match custom_field::read(&place, field.kind, &field.options, &given.values, had) {
                Ok(values) => store::custom_fields::set_values(tx, customer, given.field_id, &values)?,
                Err(problem) => problems.push(problem.with("name", &field.name)),
            }
            changed.push(given.field_id);
        }
        // Nothing is kept of a form of which one field is wrong.
        refuse_if_any(problems)?;
        Ok(Written::one("customer", customer.0).detail(json!({ "what": "fields", "fields": changed })))
    })?;
    Ok(Done {})
}

/// One field of a preset.
struct Preset {
    name: &'static str,
    kind: FieldKind,
    options: &'static [&'static str],
    unit: Option<&'static str>,
    is_preference: bool,
}

const fn one(name: &'static str, options: &'static [&'static str]) -> Preset {
    Preset { name, kind: FieldKind::Choice, options, unit: None, is_preference: true }
}

const fn many(name: &'static str, options: &'static [&'static str]) -> Preset {
    Preset { name, kind: FieldKind::Choices, options, unit: None, is_preference: true }
}

const fn plain(name: &'static str, kind: FieldKind, unit: Option<&'static str>) -> Preset {
    Preset { name, kind, options: &[], unit, is_preference: false }
}

/// How often somebody buys, in the words of the shop.
const CYCLE: Preset = one("复购周期", &["每周", "半月", "月度", "季度", "半年", "不定"]);

/// Whether a field of this name holds how often somebody buys.
pub(crate) fn is_cycle(name: &str) -> bool {
    matches!(name.trim(), "复购周期" | "復購週期" | "Purchase cycle" | "Repurchase cycle")
}

/// The days of a declared cycle; none for one that is none.
pub(crate) fn cycle_days(word: &str) -> Option<i64> {
    Some(match word.trim() {
        "每周" | "每週" | "Weekly" => 7,
        "半月" | "Twice a month" => 15,
        "月度" | "Monthly" => 30,
        "季度" | "Quarterly" => 91,
        "半年" | "Half-yearly" => 182,
        _ => return None,
    })
}

static BAKERY: [Preset; 5] = [
    many("口味偏好", &["低糖", "无糖", "坚果", "巧克力", "抹茶", "咸味", "奶味浓"]),
    one("采购场景", &["家庭", "企业", "节日送礼", "下午茶", "婚宴"]),
    CYCLE,
    many("忌口过敏", &["坚果", "乳制品", "鸡蛋", "麸质", "酒精"]),
    plain("常订尺寸", FieldKind::Number, Some("寸")),
];
static PRINT: [Preset; 5] = [
    many("常印品类", &["名片", "画册", "海报", "包装盒", "不干胶", "展架"]),
    one("采购场景", &["企业", "个人", "活动", "代理"]),
    CYCLE,
    one("看重什么", &["价格", "交期", "色彩", "材质"]),
    plain("常用起订量", FieldKind::Number, Some("份")),
];
static DESIGN: [Preset; 5] = [
    many("风格偏好", &["极简", "国风", "科技", "手绘", "复古", "轻奢"]),
    one("采购场景", &["品牌全案", "单项服务", "长期顾问", "活动物料"]),
    CYCLE,
    one("看重什么", &["性价比", "创新性", "交期", "沟通"]),
    plain("年度预算", FieldKind::Number, Some("元")),
];
static BEAUTY: [Preset; 5] = [
    one("肤质", &["干性", "油性", "混合", "敏感", "中性"]),
    many("关注功效", &["补水", "美白", "抗衰", "祛痘", "舒缓"]),
    CYCLE,
    many("过敏成分", &["酒精", "香精", "水杨酸", "果酸"]),
    plain("下次护理", FieldKind::Date, None),
];
static YOGA: [Preset; 5] = [
    one("基础", &["零基础", "入门", "进阶", "教练"]),
    many("偏好课程", &["哈他", "流瑜伽", "阴瑜伽", "空中", "普拉提", "孕产"]),
    one("采购场景", &["团课", "小班", "私教", "企业包场"]),
    CYCLE,
    plain("身体注意事项", FieldKind::Text, None),
];
static TRADE: [Preset; 5] = [
    many("采购品类", &["家居", "服装", "电子", "五金", "食品", "玩具"]),
    one("采购场景", &["批发商", "零售商", "品牌商", "跨境电商"]),
    CYCLE,
    one("贸易条款", &["FOB", "CIF", "EXW", "DDP"]),
    plain("需要样品", FieldKind::YesNo, None),
];

fn presets(trade: Trade) -> &'static [Preset] {
    match trade {
        Trade::Bakery => &BAKERY,
        Trade::Print => &PRINT,
        Trade::Design => &DESIGN,
        Trade::Beauty => &BEAUTY,
        Trade::Yoga => &YOGA,
        Trade::Trade => &TRADE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trade_has_a_taste_a_scene_or_a_use_and_a_cycle() {
        for trade in [Trade::Bakery, Trade::Print, Trade::Design, Trade::Beauty, Trade::Yoga, Trade::Trade] {
            let fields = presets(trade);
            assert!(fields.iter().any(|field| field.name == "复购周期"), "{trade:?}");
            for field in fields {
                let options: Vec<String> = field.options.iter().map(|option| (*option).to_owned()).collect();
                assert_eq!(custom_field::options(field.kind, &options).map(|kept| kept.len()), Ok(options.len()));
            }
        }
    }
}
