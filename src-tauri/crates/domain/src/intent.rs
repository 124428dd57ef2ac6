//! What tells that somebody is likely to want a product (购买意向): what they asked for by themselves, and what they buy again
//! and again.

/// Orders of a category within twelve months from which on it counts as bought again and again.
pub const REPEATED: u32 = 2;
/// Days for which a question or a quote still tells something.
pub const ASKED_WITHIN_DAYS: u64 = 180;

/// What is known of one customer and one product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs {
    /// Waits for it, for its category or for words that stand in its name.
    pub waits: bool,
    /// Asked about it.
    pub asked: bool,
    /// Was quoted a price for it.
    pub quoted: bool,
    /// Orders of its category within twelve months.
    pub category_orders: u32,
}

impl Signs {
    /// Whether they tell an intent.
    pub const fn tell_an_intent(&self) -> bool {
        self.waits || self.asked || self.quoted || self.category_orders >= REPEATED
    }

    /// How strong: what was said weighs more than what was bought, and more kinds of it more than one.
    pub fn strength(&self) -> (u32, u32) {
        let said = u32::from(self.waits) * 3 + u32::from(self.quoted) * 2 + u32::from(self.asked) * 2;
        (said, self.category_orders)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_order_of_a_category_is_no_intent_and_two_are() {
        assert!(!Signs { category_orders: 1, ..Signs::default() }.tell_an_intent());
        assert!(Signs { category_orders: 2, ..Signs::default() }.tell_an_intent());
        assert!(Signs { asked: true, ..Signs::default() }.tell_an_intent());
    }

    #[test]
    fn what_somebody_said_weighs_more_than_what_somebody_bought() {
        let waits = Signs { waits: true, ..Signs::default() };
        let buys = Signs { category_orders: 40, ..Signs::default() };
        let both = Signs { category_orders: 2, ..waits };
        assert!(waits.strength() > buys.strength() && both.strength() > waits.strength());
    }
}
