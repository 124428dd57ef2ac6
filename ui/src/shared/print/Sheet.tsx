// What sheets are made of: a head with the shop's name, a word beside its figure, lines between, a place to sign, a QR
// code. They stand in the printer's own measures (mm), so a large-font window prints no larger letters.
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { useBook } from '../book.tsx';
import { columnsOn, type Paper } from './paper.ts';
import { onSheets, placesOn, type StickerSheet } from './stickers.ts';
import { fitsBeside } from './width.ts';
import styles from './print.module.css';

export function SheetHead({ title, note }: { title: string; note?: ReactNode }) {
  const { shopName } = useBook();
  return (
    <header className={styles.head}>
      <div className={styles.shop}>{shopName}</div>
      <div className={styles.title}>{title}</div>
      {note && <div className={styles.small}>{note}</div>}
    </header>
  );
}

/** A word at the left, its figure at the right; under each other where the roll is too narrow for both. */
export function Pair({ paper, left, right, strong = false }: { paper: Paper; left: string; right: string; strong?: boolean }) {
  const beside = fitsBeside(left, right, columnsOn[paper]);
  return (
    <div className={styles.pair} data-stacked={beside ? undefined : true} data-strong={strong || undefined}>
      <span>{left}</span>
      <span className={`${styles.right} figures`}>{right}</span>
    </div>
  );
}

export const Rule = () => <hr className={styles.rule} />;

/** A paragraph, in small letters at the end of a sheet. */
export const Lines = ({ children, small = false, center = false, strong = false }: { children: ReactNode; small?: boolean; center?: boolean; strong?: boolean }) => (
  <p className={[styles.lines, small && styles.small, center && styles.center, strong && styles.strong].filter(Boolean).join(' ')}>{children}</p>
);

/** Pieces to be cut apart: below each other on a roll, two beside each other on A4. */
export const Tickets = ({ paper, children }: { paper: Paper; children: ReactNode }) => (
  <div className={styles.tickets} data-paper={paper}>
    {children}
  </div>
);

/** One piece of paper that is handed to a customer: whose shop, what it is, what stands on it. */
export const Ticket = ({ shop, title, children }: { shop: string; title: string; children: ReactNode }) => (
  <section className={styles.ticket}>
    <header className={styles.head}>
      <div className={styles.title}>{shop}</div>
      <div className={styles.shop}>{title}</div>
    </header>
    {children}
  </section>
);

/** A titled part of an A4 sheet. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2 className={styles.partTitle}>{title}</h2>
      {children}
    </section>
  );
}

/** A table of an A4 sheet; figures stand at the end. */
export function SheetTable({ heads, rows, figures }: { heads: readonly string[]; rows: readonly (readonly string[])[]; figures?: readonly number[] }) {
  const place = (n: number) => (figures?.includes(n) ? `${styles.right} figures` : undefined);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {heads.map((head, n) => (
            <th key={head} className={place(n)}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keyed(rows).map(({ key, row }) => (
          <tr key={key}>
            {heads.map((head, m) => (
              <td key={head} className={place(m)}>
                {row[m]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Rows with a name each; equal rows are told apart by their turn. */
function keyed(rows: readonly (readonly string[])[]) {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const text = row.join('\n');
    const turn = seen.get(text) ?? 0;
    seen.set(text, turn + 1);
    return { key: `${turn}\n${text}`, row };
  });
}

/** A line to sign on. */
export const Sign = ({ label }: { label: string }) => (
  <div className={styles.sign}>
    <span>{label}</span>
    <span className={styles.signLine} />
  </div>
);

/** A QR code from its rows of modules, drawn as one path. */
export function Qr({ rows, label }: { rows: readonly string[]; label: string }) {
  const path = rows.flatMap((row, y) => [...row].map((module, x) => (module === '1' ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg className={styles.qr} viewBox={`-2 -2 ${rows.length + 4} ${rows.length + 4}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  );
}

/** Pieces of the same size to be cut apart or stuck on: three beside each other on A4, below each other on a roll. */
export const Labels = ({ paper, children }: { paper: Paper; children: ReactNode }) => (
  <div className={styles.labels} data-paper={paper}>
    {children}
  </div>
);

/** Sheets of labels that are cut already: each piece lies where the sheet has it, to the tenth of a millimetre. */
export function StickerSheets({ sheet, start, labels }: { sheet: StickerSheet; start: number; labels: readonly ReactElement[] }) {
  const mm = (count: number, size: number) => `repeat(${count}, ${size}mm)`;
  const place: CSSProperties = {
    padding: `${sheet.top}mm 0 0 ${sheet.left}mm`,
    gridTemplateColumns: mm(sheet.columns, sheet.width),
    gridAutoRows: `${sheet.height}mm`,
    gap: `${sheet.down}mm ${sheet.across}mm`,
    // Nine lines' height is the least that name, phone and two lines of an address need.
    fontSize: `min(3.6mm, ${sheet.height / 9}mm)`,
  };
  return onSheets(labels, placesOn(sheet), start).map((pieces, n) => (
    <div key={`sheet-${n + 1}`} className={styles.stickers} style={place}>
      {pieces.map((piece, m) => (
        <div key={piece?.key ?? `empty-${m + 1}`} className={styles.sticker} data-empty={!piece || undefined}>
          {piece}
        </div>
      ))}
    </div>
  ));
}

/** More characters than that stand in smaller letters. */
const LONG_TEXT = 40;

/** One of them: who, how to reach them, where. What is too long even in small letters is cut, so that every piece stays in its place. */
export const Label = ({ name, line, text }: { name: string; line: string; text: string }) => (
  <section className={styles.label} data-long={[...name, ...text].length > LONG_TEXT || undefined}>
    <div className={styles.labelName}>{name}</div>
    <div className={`${styles.labelLine} figures`}>{line}</div>
    <div className={styles.labelText}>{text}</div>
  </section>
);

/** A photo, never larger than half a page. */
export const Photo = ({ src, label }: { src: string; label: string }) => <img className={styles.photo} src={src} alt={label} />;

/** A greeting card: whom it is for, the words, from whom. On A4 it is the half of a sheet that is folded. */
export const Greeting = ({ paper, to, text, from }: { paper: Paper; to: string; text: string; from: string }) => (
  <section className={styles.greeting} data-paper={paper}>
    <div className={styles.greetingTo}>{to}</div>
    <p className={styles.greetingText}>{text}</p>
    <div className={styles.greetingFrom}>{from}</div>
  </section>
);
