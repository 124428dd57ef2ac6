//! Schemes that the shop fills itself: its categories, and its own names.

use super::{all, class, face, over_a_year, scheme};
use crate::segmentation::condition::{Comparison, Condition};
use crate::segmentation::measure::{FieldRef, Measure};
use crate::segmentation::names::Names;
use crate::segmentation::scheme::{ClassColor, ClassFace, Scheme};
use crate::segmentation::window::Window;

/// A category counts as the customer's taste from half of what they buy.
const PREFERENCE_BP: i64 = 5000;

/// 产品偏好: one class for each of these categories, by the top category when it makes at least half of the year's
/// purchases; everyone else is 综合. A category's class has the key `prefers_` + category.
pub fn product_preference(categories: &[&str]) -> Scheme {
    let colors = [
        ClassColor::Jade,
        ClassColor::Gold,
        ClassColor::Blue,
        ClassColor::Plum,
        ClassColor::Clay,
        ClassColor::Moss,
        ClassColor::Amber,
        ClassColor::Ink,
    ];
    let prefers = |(category, color): (&&str, &ClassColor)| {
        class(
            ClassFace {
                key: format!("prefers_{category}"),
                names: Names::own(category),
                color: *color,
                review_after_days: None,
            },
            all([
                Condition::Field {
                    field: FieldRef::TopCategory(Window::default()),
                    one_of: vec![(*category).to_owned()],
                },
                Condition::Measure {
                    measure: over_a_year(Measure::TopCategoryShareBp),
                    is: Comparison::AtLeast { value: PREFERENCE_BP },
                },
            ]),
        )
    };
    scheme(
        "product_preference",
        Names::new("产品偏好", "產品偏好", "Product preference"),
        Vec::new(),
        categories.iter().zip(colors.iter().cycle()).map(prefers).collect(),
        face("mixed", "综合", "綜合", "Mixed", ClassColor::Stone),
    )
}

/// 自定义, as an example to change: 品牌全案 by tag, 单项服务 for other buyers, 咨询未合作 for those who only asked.
pub fn custom() -> Scheme {
    let mut found = scheme(
        "custom",
        Names::new("自定义", "自訂", "Custom"),
        Vec::new(),
        vec![class(
            face("full_service", "品牌全案", "品牌全案", "Full service", ClassColor::Jade),
            Condition::Field {
                field: FieldRef::Profile("tags".to_owned()),
                one_of: vec!["品牌全案".to_owned(), "Full service".to_owned()],
            },
        )],
        face("single_service", "单项服务", "單項服務", "Single service", ClassColor::Gold),
    );
    found.no_purchase = face("inquiry", "咨询未合作", "諮詢未合作", "Asked, not yet bought", ClassColor::Mist);
    found
}
