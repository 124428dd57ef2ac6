//! How much a file from a stranger may ask of this computer. A spreadsheet of 1.4 kB can claim 549 GB and a gzip of
//! ten megabytes can hold ten gigabytes; the limits are far above what a shop brings and far below what hurts.

/// Bytes that a compressed text may become.
pub const TEXT_BYTES: u64 = 8 << 30;
/// How often larger a compressed text may become than it was, once it is past [`RATIO_FREE_BYTES`].
pub const TEXT_RATIO: u64 = 300;
/// Up to here no ratio is looked at: small repetitive files compress absurdly well and hurt nobody.
pub const RATIO_FREE_BYTES: u64 = 8 << 20;

/// Longest cell. Excel's own limit is 32,767 characters.
pub const CELL_BYTES: usize = 256 << 10;
/// Longest row of a text file, all cells together.
pub const ROW_BYTES: usize = 1 << 20;
/// Most columns, Excel's own limit.
pub const COLUMNS: usize = 16_384;
/// Columns among which fields are looked for by themselves; what stands further right is mapped by hand.
pub const GUESSED_COLUMNS: usize = 512;
/// Most lines that one quoted cell may span; a forgotten quote swallows the rest of the file.
pub const ROW_LINES: u64 = 2_000;

/// Most parts in a workbook's container.
pub const WORKBOOK_PARTS: usize = 10_000;
/// Most sheets in a workbook.
pub const WORKBOOK_SHEETS: usize = 1_000;
/// Bytes that all parts of a workbook may become together.
pub const WORKBOOK_BYTES: u64 = 2 << 30;
/// Bytes that the parts may become which are held in memory as a whole (texts, styles, list of sheets).
pub const WORKBOOK_HELD_BYTES: u64 = 96 << 20;
/// How often larger a part may become than it was, once it is past [`RATIO_FREE_BYTES`].
pub const WORKBOOK_RATIO: u64 = 200;
/// Longest stretch of a workbook's XML without a tag.
pub const XML_RUN_BYTES: usize = 1 << 20;
/// Bytes of an old binary workbook, which is held in memory as a whole.
pub const XLS_BYTES: u64 = 64 << 20;
/// Cells in the rectangle that an old binary workbook spans, over all its sheets.
pub const XLS_CELLS: u64 = 3_000_000;
/// Most rows that may follow each other without anything in them before the end of the table is assumed.
pub const EMPTY_ROWS: u64 = 1_048_576;
/// Times that one row of an ODS sheet may be repeated while it holds anything.
pub const ODS_ROW_REPEATS: u64 = 10_000;

/// Bytes of a file of phone contacts, photos included.
pub const VCARD_BYTES: u64 = 128 << 20;
/// Bad rows after which a file is refused as a whole: the columns are surely wrong.
pub const ROW_PROBLEMS: usize = 200_000;
