//! One row of a file as text. The buffer is used again for every row, so that two million rows cost no allocation.

/// A row: its number in the file and its cells as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Number as a spreadsheet shows it: the first row of the file is 1.
    pub number: u64,
    text: String,
    /// End of each cell in `text`.
    ends: Vec<usize>,
    /// Whether a line of it was in another encoding than the file.
    is_other: bool,
}

impl Row {
    /// Empties the row for a new number.
    pub fn start(&mut self, number: u64) {
        self.number = number;
        self.text.clear();
        self.ends.clear();
        self.is_other = false;
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Adds empty cells until the next one stands in `column` (0-based).
    pub fn pad_to(&mut self, column: usize) {
        while self.ends.len() < column {
            self.ends.push(self.text.len());
        }
    }

    /// How many cells the row has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no cell holds anything but blanks.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether bytes of the row meant no character.
    pub fn has_lost_characters(&self) -> bool {
        memchr::memmem::find(self.text.as_bytes(), "\u{FFFD}".as_bytes()).is_some()
    }

    /// Whether a line of the row was in another encoding than the file and was read as that.
    pub fn was_other_encoding(&self) -> bool {
        self.is_other
    }

    /// Bytes of all cells.
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// The cell in `column` (0-based); a missing one is empty.
    pub fn cell(&self, column: usize) -> &str {
        let Some(&end) = self.ends.get(column) else { return "" };
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start..end).unwrap_or("")
    }

    /// All cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.cell(column))
    }

    /// Takes the cells of a parsed record: one text and the ends of its cells.
    pub(super) fn replace(&mut self, number: u64, text: &str, ends: &[usize]) {
        self.number = number;
        self.text.clear();
        self.text.push_str(text);
        self.ends.clear();
        self.ends.extend_from_slice(ends);
        self.is_other = false;
    }

    /// As [`Row::replace`], with a mark behind each line that was in another encoding, which is taken off.
    pub(super) fn replace_marked(&mut self, number: u64, text: &str, ends: &[usize], mark: char) {
        self.start(number);
        let mut from = 0;
        for end in ends {
            let cell = text.get(from..*end).unwrap_or("");
            self.is_other |= cell.contains(mark);
            self.text.extend(cell.chars().filter(|ch| *ch != mark));
            self.ends.push(self.text.len());
            from = *end;
        }
    }
}

/// The name of a column that has no heading, as spreadsheets count: A, B … Z, AA.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_cell_is_an_empty_cell() {
        let mut row = Row::default();
        row.start(2);
        row.push("a");
        row.pad_to(3);
        row.push("d");
        assert_eq!(row.cells().collect::<Vec<_>>(), ["a", "", "", "d"]);
        assert_eq!(row.cell(9), "");
    }

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        assert_eq!([0, 25, 26, 701, 702].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
