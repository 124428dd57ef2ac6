//! Pages of long lists: where one begins and how many rows it has.

use crate::error::{ApiError, Result};

/// Rows of a page, between one and `most`; `usual` where nothing was said.
///
/// # Errors
/// `amount.negative` at `offset` for a page that begins before the first row.
pub(crate) fn rows(offset: i64, limit: Option<i64>, usual: i64, most: i64) -> Result<i64> {
    if offset < 0 {
        return Err(ApiError::field("offset", "amount.negative"));
    }
    Ok(limit.unwrap_or(usual).clamp(1, most))
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_page_has_between_one_row_and_the_most() {
        assert_eq!(rows(0, None, 50, 200).unwrap(), 50);
        assert_eq!(rows(7, Some(0), 50, 200).unwrap(), 1);
        assert_eq!(rows(7, Some(9_999), 50, 200).unwrap(), 200);
        assert_eq!(rows(-1, None, 50, 200).unwrap_err().fields[0].field, "offset");
    }
}
