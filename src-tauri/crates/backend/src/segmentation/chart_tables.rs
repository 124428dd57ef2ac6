//! Every chart as a table in a file: the same numbers that are drawn, one row for each shape, with the names that stand
//! beside it. Amounts and shares are numbers with decimals, so that a spreadsheet goes on from there.

use super::{charts, insights, pivot, preview};
use crate::api::books::Nothing;
use crate::api::chart_tables::{ChartExport, ChartOf};
use crate::api::customers::SegmentTag;
use crate::api::exports::ExportedFile;
use crate::api::pivot::{PivotInput, SegmentPivot};
use crate::api::schemes::{PreviewBand, PreviewInput, SchemeRef};
use crate::api::value::{MoveMatrix, Quadrants, SegmentCharts, SegmentGrid, SegmentInsights, SizesOfDay};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::{Language, say};
use crate::sheets::{TableCell, write_named};
use serde_json::json;
use shukebu_domain::money::Money;
use std::collections::BTreeMap;

/// A heading row and the rows below it.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<TableCell>>,
}

/// What the cells of a third band come to.
#[derive(Default)]
struct Sum {
    people: i64,
    net: i64,
    by_step: BTreeMap<u8, i64>,
}

/// How the words and amounts of a table are written.
struct Hand {
    language: Language,
    exponent: u32,
}

/// Writes what a chart shows into a file.
///
/// # Errors
/// A scheme or band that is not there; a chart that the scheme does not have; a file that nobody chose.
pub fn chart_export(app: &App, input: ChartExport) -> Result<ExportedFile> {
    let path = app.granted("file", &input.file)?;
    let hand = Hand { language: app.language(), exponent: app.read(|_, moment| Ok(moment.exponent))? };
    let table = hand.table(app, input.chart)?;
    let (path, rows) = write_named(&path, &table.header, &table.rows)?;
    app.write(Op::new("report.all"), move |_, _| {
        Ok(Written::many("export").detail(json!({ "kind": "chart", "rows": rows })))
    })?;
    Ok(ExportedFile::at(&path, rows))
}

impl Hand {
    fn table(&self, app: &App, chart: ChartOf) -> Result<Table> {
        let of = |scheme: String| charts(app, SchemeRef { key: scheme });
        match chart {
            ChartOf::Grid { scheme, step } => Ok(self.grid(&there(of(scheme)?.grid)?, step)),
            ChartOf::Quadrants { scheme } => Ok(self.quadrants(&there(of(scheme)?.quadrants)?)),
            ChartOf::Moves { scheme } => Ok(self.moves(&of(scheme)?)),
            ChartOf::Matrix { scheme } => Ok(self.matrix(&there(of(scheme)?.matrix)?)),
            ChartOf::Sizes { scheme } => Ok(self.sizes(&of(scheme)?.history)),
            ChartOf::Pivot { rows, columns } => Ok(self.pivot(&pivot(app, PivotInput { rows, columns })?)),
            ChartOf::Curve => Ok(self.curve(&insights(app, Nothing {})?)),
            ChartOf::Concentration => Ok(self.concentration(&insights(app, Nothing {})?)),
            ChartOf::TopFifth => Ok(self.top_fifth(&insights(app, Nothing {})?)),
            ChartOf::Distribution { definition, band } => {
                let shown = preview(app, PreviewInput { definition: *definition })?;
                Ok(self.distribution(&there(shown.bands.into_iter().find(|one| one.band == band))?))
            }
        }
    }

    fn word(&self, column: &str) -> String {
        say(self.language, &format!("chart.column.{column}"), &[])
    }

    fn words(&self, columns: &[&str]) -> Vec<String> {
        columns.iter().map(|column| self.word(column)).collect()
    }

    fn money(&self, minor: i64) -> TableCell {
        TableCell::Decimal(minor, self.exponent)
    }

    fn each(&self, net_minor: i64, people: i64) -> TableCell {
        let each = Money::round_half_up(i128::from(net_minor), i128::from(people));
        each.map_or(TableCell::Nothing, |each| self.money(each.minor()))
    }

    /// The cells of two bands. Those of a third are added up, with the people of each of its steps in columns of their
    /// own, unless one of them was chosen.
    fn grid(&self, grid: &SegmentGrid, step: Option<u8>) -> Table {
        let shade = grid.bands.get(2);
        let split: Vec<u8> = shade.filter(|_| step.is_none()).map_or_else(Vec::new, |band| (1..=band.steps).collect());
        let mut cells: BTreeMap<(u8, u8), Sum> = BTreeMap::new();
        for cell in &grid.cells {
            let at = |place: usize| cell.steps.get(place).copied().unwrap_or(0);
            if step.is_some_and(|step| at(2) != step) {
                continue;
            }
            let sum = cells.entry((at(0), at(1))).or_default();
            (sum.people, sum.net) = (sum.people + cell.people, sum.net.saturating_add(cell.net_minor));
            *sum.by_step.entry(at(2)).or_default() += cell.people;
        }
        let mut header: Vec<String> = grid.bands.iter().take(2).map(|band| band.name.clone()).collect();
        header.extend(self.words(&["people", "net", "each"]));
        header.extend(split.iter().filter_map(|step| Some(format!("{} {step}", shade?.name))));
        let row = |((across, up), Sum { people, net, by_step }): ((u8, u8), Sum)| {
            let mut row = vec![number(across), number(up), TableCell::Number(people), self.money(net)];
            row.push(self.each(net, people));
            row.extend(split.iter().map(|step| TableCell::Number(by_step.get(step).copied().unwrap_or(0))));
            row
        };
        // Best first, as in the words of the chart.
        Table { header, rows: cells.into_iter().rev().map(row).collect() }
    }

    fn quadrants(&self, quadrants: &Quadrants) -> Table {
        let all: i64 = quadrants.cells.iter().map(|cell| cell.people).sum();
        let row = |cell: &crate::api::value::Quadrant| {
            vec![
                text(&cell.tag.name),
                TableCell::Number(cell.people),
                share(i128::from(cell.people), i128::from(all)),
                self.money(cell.net_minor),
                text(&cell.rule),
                text(&cell.strategy),
            ]
        };
        Table {
            header: self.words(&["class", "people", "share", "net", "rule", "strategy"]),
            rows: quadrants.cells.iter().map(row).collect(),
        }
    }

    fn moves(&self, charts: &SegmentCharts) -> Table {
        let mut moves: Vec<_> = charts.moves.iter().collect();
        moves.sort_by_key(|flow| std::cmp::Reverse(flow.people));
        let row = |flow: &crate::api::segmentation::SegmentMove| {
            vec![self.from(flow.from.as_ref()), text(&flow.to.name), TableCell::Number(flow.people)]
        };
        Table { header: self.words(&["from", "to", "people"]), rows: moves.into_iter().map(row).collect() }
    }

    fn from(&self, tag: Option<&SegmentTag>) -> TableCell {
        TableCell::Text(tag.map_or_else(|| self.word("nowhere"), |tag| tag.name.clone()))
    }

    fn matrix(&self, matrix: &MoveMatrix) -> Table {
        let mut header = self.words(&["from"]);
        header.extend(matrix.to.iter().map(|tag| tag.name.clone()));
        header.extend(self.words(&["people"]));
        let row = |row: &crate::api::value::MoveRow| {
            let mut cells = vec![self.from(row.from.as_ref())];
            cells.extend(row.people.iter().map(|people| TableCell::Number(*people)));
            cells.push(TableCell::Number(row.people.iter().sum()));
            cells
        };
        Table { header, rows: matrix.rows.iter().map(row).collect() }
    }

    /// One row for each cell with anybody, so that a spreadsheet can turn it any way.
    fn pivot(&self, pivot: &SegmentPivot) -> Table {
        let mut rows = vec![];
        for row in &pivot.rows {
            for (tag, cell) in pivot.columns.iter().zip(&row.cells).filter(|(_, cell)| cell.people > 0) {
                let people = TableCell::Number(cell.people);
                rows.push(vec![text(&row.tag.name), text(&tag.name), people, self.money(cell.net_minor)]);
            }
        }
        Table { header: self.words(&["class", "other_class", "people", "net"]), rows }
    }

    /// One row for each run, one column for each class that any of them had.
    fn sizes(&self, history: &[SizesOfDay]) -> Table {
        let mut classes: Vec<&SegmentTag> = vec![];
        for size in history.iter().rev().flat_map(|day| &day.sizes) {
            if !classes.iter().any(|known| known.key == size.tag.key) {
                classes.push(&size.tag);
            }
        }
        let mut header = self.words(&["day"]);
        header.extend(classes.iter().map(|tag| tag.name.clone()));
        let row = |day: &SizesOfDay| {
            let of = |tag: &&SegmentTag| {
                let size = day.sizes.iter().find(|size| size.tag.key == tag.key);
                TableCell::Number(size.map_or(0, |size| size.people))
            };
            std::iter::once(TableCell::Text(day.on.to_string())).chain(classes.iter().map(of)).collect()
        };
        Table { header, rows: history.iter().map(row).collect() }
    }

    fn money_share(&self, view: &SegmentInsights) -> String {
        self.word(if view.is_profit { "profit_share" } else { "spend_share" })
    }

    fn curve(&self, view: &SegmentInsights) -> Table {
        let mut header = self.words(&["rank", "people_share"]);
        header.push(self.money_share(view));
        let row = |point: &crate::api::value::CurvePoint| {
            vec![number(point.rank), TableCell::Decimal(point.people_bp, 2), TableCell::Decimal(point.money_bp, 2)]
        };
        Table { header, rows: view.curve.iter().map(row).collect() }
    }

    fn concentration(&self, view: &SegmentInsights) -> Table {
        let mut header = self.words(&["first"]);
        header.push(self.money_share(view));
        header.push(self.word("warn_from"));
        let row = |few: &crate::api::value::Concentration| {
            vec![number(few.first), TableCell::Decimal(few.share_bp, 2), TableCell::Decimal(few.warn_from_bp, 2)]
        };
        Table { header, rows: view.concentration.iter().map(row).collect() }
    }

    fn top_fifth(&self, view: &SegmentInsights) -> Table {
        let row = |trait_: &crate::api::value::Difference| {
            vec![
                TableCell::Text(self.word(&format!("trait.{}", trait_.field))),
                text(&trait_.word),
                TableCell::Decimal(trait_.top_bp, 2),
                TableCell::Decimal(trait_.rest_bp, 2),
            ]
        };
        Table {
            header: self.words(&["trait", "word", "top_share", "rest_share"]),
            rows: view.top.iter().map(row).collect(),
        }
    }

    /// From and to of each bar in the unit of the measure, and the cut point that lies in it.
    fn distribution(&self, band: &PreviewBand) -> Table {
        let value = |value: i64| match band.unit.as_str() {
            "money" => self.money(value),
            "share" => TableCell::Decimal(value, 2),
            "milli" => TableCell::Decimal(value, 3),
            _ => TableCell::Number(value),
        };
        let row = |bar: &crate::api::schemes::PreviewBar| {
            let inside = band.cuts.iter().filter(|cut| (bar.from..=bar.to).contains(&cut.at));
            let cuts: Vec<&str> = inside.map(|cut| cut.text.as_str()).collect();
            vec![value(bar.from), value(bar.to), number(bar.people), TableCell::Text(cuts.join(" "))]
        };
        let mut header = vec![format!("{} {}", band.name, self.word("at_least"))];
        header.push(format!("{} {}", band.name, self.word("at_most")));
        header.extend(self.words(&["people", "cut"]));
        Table { header, rows: band.bars.iter().map(row).collect() }
    }
}

/// A chart that the scheme does not have cannot be written.
fn there<T>(chart: Option<T>) -> Result<T> {
    chart.ok_or_else(|| ApiError::not_found("chart"))
}

fn text(words: &str) -> TableCell {
    TableCell::Text(words.to_owned())
}

fn number(count: impl Into<u32>) -> TableCell {
    TableCell::Number(i64::from(count.into()))
}

/// A share in per cent with two decimals.
fn share(part: i128, of: i128) -> TableCell {
    Money::round_half_up(part * 10_000, of).map_or(TableCell::Nothing, |bp| TableCell::Decimal(bp.minor(), 2))
}
