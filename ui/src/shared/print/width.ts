// How wide a text stands on a roll of paper: a Chinese character takes two columns, a Latin letter one (East
// Asian width). A roll of 58 mm has 32 columns, one of 80 mm has 48; where a name and its amount do not fit
// beside each other they stand under each other.

/** Characters that take two columns: CJK, full-width forms, kana, hangul, emoji, the planes of rare characters. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
/** Marks that stand on the character before them, and what has no shape. */
const narrowless = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;

export function characterWidth(character: string): 0 | 1 | 2 {
  if (narrowless.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Columns that a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

/** Whether a word at the left and a figure at the right fit into one line with a column of air between them. */
export function fitsBeside(left: string, right: string, columns: number): boolean {
  return columnsOf(left) + 1 + columnsOf(right) <= columns;
}

/** A text cut to so many columns; a cut is shown. A character is never halved, nor parted from its marks. */
export function cutTo(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let room = columns - 1;
  let cut = '';
  for (const character of text) {
    room -= characterWidth(character);
    if (room < 0) break;
    cut += character;
  }
  return `${cut}…`;
}

/** A text in lines of at most so many columns; broken at a space where there is one, anywhere else otherwise. */
export function wrapTo(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const character of paragraph) {
      if (columnsOf(line) + characterWidth(character) > columns) {
        const space = line.lastIndexOf(' ');
        const at = space > 0 && /[\w]/.test(character) ? space : line.length;
        lines.push(line.slice(0, at).trimEnd());
        line = line.slice(at).trimStart();
      }
      line += character;
    }
    lines.push(line);
  }
  return lines;
}
