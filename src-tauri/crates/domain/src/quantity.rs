//! Quantities, counted in thousandths, as people write them.

use crate::money::Money;
use std::fmt::Write;

/// Thousandths as people write a quantity: `2`, `1.5`.
pub fn quantity_text(milli: i64) -> String {
    let mut text = String::new();
    write_quantity(&mut text, milli);
    text
}

/// As [`quantity_text`], behind what a text has already.
pub fn write_quantity(text: &mut String, milli: i64) {
    if milli % 1000 == 0 {
        let _ = write!(text, "{}", milli / 1000);
    } else {
        text.push_str(Money::from_minor(milli).to_plain_text(3).trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::quantity_text;

    #[test]
    fn a_quantity_has_the_decimals_that_it_needs() {
        let said = [2_000, 1_500, 125, -250, 0].map(quantity_text);
        assert_eq!(said, ["2", "1.5", "0.125", "-0.25", "0"]);
    }
}
