//! An amount shared out to the lines of a sale.

use crate::money::Money;

/// Shares `total` out by weight, by largest remainder: every part is its exact share rounded down, and the 分 that are
/// left go to the parts that lost most, of equals to the first. Weights below nothing count as nothing.
///
/// The parts add up to `total` where there is a weight at all; none exceeds its weight while `total` does not exceed
/// their sum.
pub fn share_out(total: Money, weights: &[Money]) -> Vec<Money> {
    let weights: Vec<i128> = weights.iter().map(|weight| i128::from(weight.minor().max(0))).collect();
    let all: i128 = weights.iter().sum();
    let total = i128::from(total.minor().max(0));
    if all == 0 {
        return vec![Money::ZERO; weights.len()];
    }
    let mut parts: Vec<i128> = weights.iter().map(|weight| total * weight / all).collect();
    let mut left = total - parts.iter().sum::<i128>();
    let mut by_loss: Vec<usize> = (0..weights.len()).collect();
    by_loss.sort_by_key(|index| std::cmp::Reverse(weights.get(*index).map_or(0, |weight| total * weight % all)));
    for index in by_loss {
        if left == 0 {
            break;
        }
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
            left -= 1;
        }
    }
    parts.into_iter().map(|part| Money::from_minor(i64::try_from(part).unwrap_or(0))).collect()
}
