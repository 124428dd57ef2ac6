// The papers, and how one of them is told to the system's print dialog. A roll is as long as what stands on it:
// its page gets the measured height, so that a receipt is one page without a blank metre behind it.

export const papers = ['58', '80', 'A4', 'A5', 'stickers'] as const;
export type Paper = (typeof papers)[number];

/** Columns of half-width characters that a paper takes. */
export const columnsOn: Record<Paper, number> = { '58': 32, '80': 48, A4: 92, A5: 66, stickers: 92 };

/** Whether a paper has room for tables and a line to sign, as no roll has. */
export const isSheet = (paper: Paper): boolean => paper === 'A4' || paper === 'A5';

const MM_PER_PX = 25.4 / 96;
/** Paper that the cutter needs below the last line. */
const TAIL_MM = 4;

/** The page rule for a paper; `height` is that of the sheet on the screen in CSS pixels. */
export function pageRule(paper: Paper, height: number): string {
  // The labels of such a sheet lie where they were cut, to the edge of the paper.
  if (paper === 'stickers') return '@page { size: A4 portrait; margin: 0; }';
  if (paper === 'A4') return '@page { size: A4 portrait; margin: 14mm; }';
  if (paper === 'A5') return '@page { size: A5 portrait; margin: 10mm; }';
  return `@page { size: ${paper}mm ${Math.ceil(height * MM_PER_PX) + TAIL_MM}mm; margin: 0; }`;
}

let sheet: CSSStyleSheet | undefined;

/** Sets the page for the next print. A sheet of its own, because the window allows no inline styles. */
export function setPage(rule: string): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  sheet.replaceSync(rule);
}

const KEY = 'shukebu.paper';

/** The paper last used for this kind of sheet on this computer. */
export function rememberedPaper(kind: string, of: readonly Paper[]): Paper {
  const kept = localStorage.getItem(`${KEY}.${kind}`);
  return of.find((paper) => paper === kept) ?? of[0] ?? 'A4';
}

export function rememberPaper(kind: string, paper: Paper): void {
  localStorage.setItem(`${KEY}.${kind}`, paper);
}
