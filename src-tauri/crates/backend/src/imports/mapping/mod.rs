//! Which column is which field: guessed from the headings, corrected by hand, and known again by the layout.
//!
//! A guess is only a proposal; what the person says always wins. An unknown field or column in what the person says is
//! refused, since a silently ignored correction would import the wrong column.

mod fields;
mod synonyms;
mod values;

pub use fields::{Field, of_kind, required};

use crate::api::imports::ImportKind;
use crate::imports::limits::GUESSED_COLUMNS;
use crate::imports::reader::{Row, column_letters};
use crate::imports::refusal::Refusal;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use synonyms::Heading;

/// A column that was found for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// 0-based position.
    pub index: usize,
    /// Whether its amounts are in minor units.
    pub is_minor: bool,
    /// 0–100; 100 for what the person said.
    pub confidence: u8,
}

/// Which column is which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The kind it was made for.
    pub kind: ImportKind,
    /// Headings of all columns, as people see them.
    pub columns: Vec<String>,
    found: BTreeMap<Field, Column>,
}

impl Mapping {
    /// Guesses from the headings, then applies what the person said (`field` → column, an empty column for none).
    ///
    /// A column is named by its heading, or by its position as `#3`.
    ///
    /// # Errors
    /// `import.map_field_unknown` and `import.map_column_unknown`, at the field `map`.
    pub fn new(kind: ImportKind, heading: &Row, said: &BTreeMap<String, String>) -> Result<Self, Refusal> {
        let columns: Vec<String> = (0..heading.len())
            .map(|column| match heading.cell(column).trim() {
                "" => column_letters(column),
                text => text.to_owned(),
            })
            .collect();
        let headings: Vec<Heading> = heading.cells().take(GUESSED_COLUMNS).map(Heading::read).collect();
        let mut mapping = Self { kind, found: BTreeMap::new(), columns };
        let mut taken = Vec::new();
        for (name, column) in said {
            let (field, asks_minor) = Field::by_name(kind, name).ok_or_else(|| mapping.unknown_field(name))?;
            if column.trim().is_empty() {
                taken.push((field, None));
                continue;
            }
            let index = mapping.column(column)?;
            let says_minor = mapping.columns.get(index).is_some_and(|column| Heading::read(column).is_minor);
            let is_minor = field.is_amount() && (asks_minor || says_minor);
            taken.push((field, Some(Column { index, is_minor, confidence: 100 })));
        }
        mapping.guess(&headings, &taken);
        mapping.found.extend(taken.into_iter().filter_map(|(field, column)| Some((field, column?))));
        Ok(mapping)
    }

    /// A table without headings: its columns are called by their letters, and guessed by what stands in them.
    ///
    /// # Errors
    /// As [`Mapping::new`].
    pub fn by_values(kind: ImportKind, rows: &[Row], said: &BTreeMap<String, String>) -> Result<Self, Refusal> {
        let width = rows.iter().map(Row::len).max().unwrap_or(0);
        let mut letters = Row::default();
        (0..width).for_each(|column| letters.push(&column_letters(column)));
        let mut mapping = Self::new(kind, &letters, said)?;
        if kind == ImportKind::Customers && said.is_empty() {
            for (field, index) in values::guess(rows, width) {
                mapping.found.insert(field, Column { index, is_minor: false, confidence: synonyms::LIKELY });
            }
        }
        Ok(mapping)
    }

    /// Takes the best pairs of field and heading first, each field and each column once.
    fn guess(&mut self, headings: &[Heading], taken: &[(Field, Option<Column>)]) {
        let mut pairs = Vec::new();
        for (order, field) in fields::of_kind(self.kind).iter().enumerate() {
            if taken.iter().any(|(said, _)| said == field) {
                continue;
            }
            for (index, heading) in headings.iter().enumerate().take(GUESSED_COLUMNS) {
                let is_used = taken.iter().any(|(_, column)| column.is_some_and(|column| column.index == index));
                let fit = synonyms::fit(self.kind, *field, heading);
                if fit > 0 && !is_used {
                    pairs.push((std::cmp::Reverse(fit), order, index, *field, heading.is_minor));
                }
            }
        }
        pairs.sort();
        for (fit, _, index, field, is_minor) in pairs {
            let is_taken = self.found.values().any(|column| column.index == index);
            if !is_taken && !self.found.contains_key(&field) {
                let is_minor = is_minor && field.is_amount();
                self.found.insert(field, Column { index, is_minor, confidence: fit.0 });
            }
        }
        self.untangle(headings);
    }

    /// Settles what no heading tells by itself.
    fn untangle(&mut self, headings: &[Heading]) {
        self.untangle_birthday(headings);
        self.untangle_customer(headings);
        // What completes another field stands for it where the other is missing.
        for (lesser, field) in [
            (Field::SoldTime, Field::SoldAt),
            (Field::CustomerPhone, Field::Customer),
            (Field::CustomerName, Field::Customer),
        ] {
            if !self.found.contains_key(&field)
                && let Some(column) = self.found.remove(&lesser)
            {
                self.found.insert(field, column);
            }
        }
    }

    /// A part of a birthday is called `birth_day` by programs, which reads like a whole one.
    fn untangle_birthday(&mut self, headings: &[Heading]) {
        let has_month = self.found.contains_key(&Field::BirthMonth);
        let wrong = if has_month { (Field::Birthday, Field::BirthDay) } else { (Field::BirthDay, Field::Birthday) };
        if !self.found.contains_key(&wrong.1)
            && let Some(column) = self.found.get(&wrong.0).copied()
            && headings.get(column.index).is_some_and(|heading| heading.word == "birthday")
        {
            self.found.remove(&wrong.0);
            self.found.insert(wrong.1, column);
        }
    }

    /// Our own lists say `customer` for the name and have the member number beside it, which alone tells people of one name
    /// apart.
    fn untangle_customer(&mut self, headings: &[Heading]) {
        let named = self.found.get(&Field::Customer).copied();
        let Some(named) = named.filter(|it| headings.get(it.index).is_some_and(|heading| heading.word == "customer"))
        else {
            return;
        };
        let is_number = |heading: &Heading| matches!(heading.word.as_str(), "memberno" | "membernumber" | "会员号");
        let Some(index) = headings.iter().position(is_number) else { return };
        if self.found.values().any(|column| column.index == index) {
            return;
        }
        self.found.insert(Field::Customer, Column { index, ..named });
        if fields::of_kind(self.kind).contains(&Field::CustomerName) {
            self.found.entry(Field::CustomerName).or_insert(named);
        }
    }

    fn unknown_field(&self, name: &str) -> Refusal {
        let known: Vec<&str> = fields::of_kind(self.kind).iter().map(|field| field.name()).collect();
        Refusal::field("map", "import.map_field_unknown").with("name", name.trim()).with("known", known.join(", "))
    }

    fn column(&self, name: &str) -> Result<usize, Refusal> {
        let name = name.trim();
        let by_text = self.columns.iter().position(|column| column == name);
        let by_word = || {
            let wanted = Heading::read(name);
            self.columns.iter().position(|column| !wanted.word.is_empty() && Heading::read(column) == wanted)
        };
        let by_place = || {
            let place: usize = name.strip_prefix('#')?.parse().ok()?;
            place.checked_sub(1).filter(|index| *index < self.columns.len())
        };
        by_text.or_else(by_word).or_else(by_place).ok_or_else(|| {
            Refusal::field("map", "import.map_column_unknown")
                .with("name", name)
                .with("columns", self.columns.join("、"))
        })
    }

    /// Refuses a file that lacks what its kind cannot do without, naming what is missing and what was found.
    ///
    /// # Errors
    /// `import.columns_missing`, at the field `map`.
    pub fn require(&self) -> Result<(), Refusal> {
        let missing: Vec<String> = fields::required(self.kind)
            .iter()
            .filter(|group| !group.iter().any(|field| self.found.contains_key(field)))
            .map(|group| group.iter().map(|field| field.name()).collect::<Vec<_>>().join(" / "))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Refusal::field("map", "import.columns_missing")
            .with("missing", missing.join(", "))
            .with("columns", self.columns.join("、")))
    }

    /// The column of a field.
    pub fn get(&self, field: Field) -> Option<Column> {
        self.found.get(&field).copied()
    }

    /// All fields that were found, with their columns.
    pub fn found(&self) -> impl Iterator<Item = (Field, Column)> {
        self.found.iter().map(|(field, column)| (*field, *column))
    }

    /// The cell of a field in a row; empty when the file does not have it.
    pub fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r str {
        self.get(field).map_or("", |column| row.cell(column.index))
    }

    /// Whether a cell that matters held bytes that mean no character.
    pub fn reads_lost(&self, row: &Row) -> bool {
        self.found.values().any(|column| row.cell(column.index).contains('\u{FFFD}'))
    }

    /// The same layout has the same mark: under it a corrected mapping is remembered.
    pub fn layout(&self) -> String {
        layout(self.kind, &self.columns)
    }

    /// How many fields are surely known; what the guess of a kind goes by.
    fn sure_fields(&self) -> usize {
        self.found.values().filter(|column| column.confidence > synonyms::LIKELY).count()
    }
}

fn layout(kind: ImportKind, columns: &[String]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{kind:?}"));
    for column in columns {
        hash.update([0x1F]);
        hash.update(column.as_bytes());
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Reads `field=column,field=column` of the command line.
///
/// # Errors
/// `import.map_unreadable`, at the field `map`.
pub fn parse_map(text: &str) -> Result<BTreeMap<String, String>, Refusal> {
    text.split(',')
        .filter(|pair| !pair.trim().is_empty())
        .map(|pair| {
            let (field, column) = pair
                .split_once('=')
                .filter(|(field, _)| !field.trim().is_empty())
                .ok_or_else(|| Refusal::field("map", "import.map_unreadable").with("text", pair.trim()))?;
            Ok((field.trim().to_owned(), column.trim().to_owned()))
        })
        .collect()
}

/// The row that holds every column that was named, if there is one.
pub fn row_of(map: &BTreeMap<String, String>, first_rows: &[Row]) -> Option<usize> {
    let wanted: Vec<&str> = map
        .values()
        .map(|column| column.trim())
        .filter(|column| !column.is_empty() && !column.starts_with('#'))
        .collect();
    let holds = |row: &Row, wanted: &str| row.cells().any(|cell| cell.trim() == wanted);
    let is_whole = |row: &Row| wanted.iter().all(|wanted| holds(row, wanted));
    if wanted.is_empty() { None } else { first_rows.iter().position(is_whole) }
}

/// Whether any of the first rows holds a heading that is known.
pub fn has_heading(kind: Option<ImportKind>, first_rows: &[Row]) -> bool {
    let kind = kind.unwrap_or(ImportKind::Customers);
    let is_known = |heading: Heading| {
        fields::of_kind(kind).iter().any(|field| synonyms::fit(kind, *field, &heading) > synonyms::LIKELY)
    };
    first_rows.first().is_some_and(|row| row.cells().take(GUESSED_COLUMNS).map(Heading::read).any(is_known))
}

/// The row that holds the headings: the first one, unless titles stand above it.
///
/// A cash desk writes "会员列表 2024" and the shop's name over the table; such rows hold no known heading.
pub fn heading_row(kind: ImportKind, first_rows: &[Row]) -> usize {
    let known = |row: &Row| {
        let is_sure = |heading: &Heading| {
            fields::of_kind(kind).iter().any(|field| synonyms::fit(kind, *field, heading) > synonyms::LIKELY)
        };
        row.cells().take(GUESSED_COLUMNS).map(Heading::read).filter(is_sure).count()
    };
    first_rows.iter().take(10).position(|row| known(row) >= 2).unwrap_or(0)
}

/// What a table holds, judged by its headings.
pub fn guess_kind(first_rows: &[Row]) -> ImportKind {
    // Of equals the kind that needs more columns wins.
    let kinds = [
        ImportKind::Complaints,
        ImportKind::Refunds,
        ImportKind::SaleLines,
        ImportKind::Sales,
        ImportKind::Products,
        ImportKind::Customers,
    ];
    let score = |kind: ImportKind| {
        let heading = first_rows.get(heading_row(kind, first_rows))?;
        let mapping = Mapping::new(kind, heading, &BTreeMap::new()).ok()?;
        mapping.require().ok()?;
        Some(mapping.sure_fields())
    };
    let mut best = (0, ImportKind::Customers);
    for kind in kinds {
        if let Some(fields) = score(kind)
            && fields > best.0
        {
            best = (fields, kind);
        }
    }
    best.1
}

#[cfg(test)]
mod tests;
