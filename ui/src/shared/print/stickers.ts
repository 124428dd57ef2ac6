// 不干胶: A4 sheets on which labels stand in rows and columns, already cut. The usual formats, and one's own in the measures
// that are printed on the packet. What was chosen last is remembered on this computer, beside its printer.

/** Millimetres, as somebody measures them on the sheet. */
export interface StickerSheet {
  columns: number;
  rows: number;
  width: number;
  height: number;
  /** From the edge of the paper to the first label. */
  top: number;
  left: number;
  /** Between two labels. */
  across: number;
  down: number;
}

export type Measure = keyof StickerSheet;
export const measures: readonly Measure[] = ['columns', 'rows', 'width', 'height', 'top', 'left', 'across', 'down'];

const A4 = { width: 210, height: 297 };

/** Labels of one size side by side in the middle of the sheet. */
const centred = (columns: number, rows: number, width: number, height: number, across = 0): StickerSheet => ({
  columns,
  rows,
  width,
  height,
  top: rounded((A4.height - rows * height) / 2),
  left: rounded((A4.width - columns * width - (columns - 1) * across) / 2),
  across,
  down: 0,
});

function rounded(mm: number): number {
  return Math.round(mm * 100) / 100;
}

/** What shops buy, by rows and columns and the size of a label. */
export const formats = {
  '3x8': centred(3, 8, 70, 37),
  '3x7': centred(3, 7, 70, 42.3),
  '3x10': centred(3, 10, 70, 29.7),
  '2x7': centred(2, 7, 99.1, 38.1, 2.5),
  '2x8': centred(2, 8, 105, 37),
} as const satisfies Record<string, StickerSheet>;

export type Format = keyof typeof formats | 'own';
export const formatNames: readonly Format[] = ['3x8', '3x7', '3x10', '2x7', '2x8', 'own'];

export interface Stickers {
  format: Format;
  /** The measures of the own format. */
  own: StickerSheet;
  /** The first free place of the first sheet, from 1 on, row by row. */
  start: number;
}

export const sheetOf = ({ format, own }: Stickers): StickerSheet => (format === 'own' ? own : formats[format]);

export const placesOn = ({ columns, rows }: StickerSheet): number => columns * rows;

/** What a measure may be at all. */
const bounds: Record<Measure, readonly [number, number]> = {
  columns: [1, 10],
  rows: [1, 40],
  width: [10, A4.width],
  height: [5, A4.height],
  top: [0, A4.height],
  left: [0, A4.width],
  across: [0, 50],
  down: [0, 50],
};

export type Problem = { measure: Measure | 'start'; why: 'number' | 'across' | 'down' | 'start' };

/** The measure that cannot stay as it is: no number, or the labels reach beyond the paper. */
export function problemOf(stickers: Stickers): Problem | undefined {
  const sheet = sheetOf(stickers);
  const bad = measures.find((measure) => {
    const [least, most] = bounds[measure];
    const value = sheet[measure];
    const isWhole = measure !== 'columns' && measure !== 'rows' ? Number.isFinite(value) : Number.isInteger(value);
    return !isWhole || value < least || value > most;
  });
  if (bad) return { measure: bad, why: 'number' };
  // Measures on packets are rounded, and what ends on the very edge still fits.
  const reach = (from: number, count: number, size: number, gap: number) => rounded(from + count * size + (count - 1) * gap);
  if (reach(sheet.left, sheet.columns, sheet.width, sheet.across) > A4.width) return { measure: 'width', why: 'across' };
  if (reach(sheet.top, sheet.rows, sheet.height, sheet.down) > A4.height) return { measure: 'height', why: 'down' };
  const { start } = stickers;
  return Number.isInteger(start) && start >= 1 && start <= placesOn(sheet) ? undefined : { measure: 'start', why: 'start' };
}

/** Labels on their sheets: the first sheet begins at a free place, what stands before it stays empty. */
export function onSheets<T>(labels: readonly T[], places: number, start: number): (T | undefined)[][] {
  const all: (T | undefined)[] = [...Array.from({ length: start - 1 }, () => undefined), ...labels];
  return Array.from({ length: Math.ceil(all.length / places) }, (_, n) => all.slice(n * places, (n + 1) * places));
}

/** The place at which the next labels begin after so many. */
export const nextStart = (count: number, places: number, start: number): number => ((start - 1 + count) % places) + 1;

const KEY = 'shukebu.stickers';
const usual: Stickers = { format: '3x8', own: formats['3x8'], start: 1 };

export function rememberedStickers(): Stickers {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Stickers>;
    const stickers = { ...usual, ...kept, own: { ...usual.own, ...kept.own } };
    return formatNames.includes(stickers.format) && !problemOf(stickers) ? stickers : usual;
  } catch {
    return usual;
  }
}

export function rememberStickers(stickers: Stickers): void {
  localStorage.setItem(KEY, JSON.stringify(stickers));
}
