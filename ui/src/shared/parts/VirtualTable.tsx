// A table of any length: only the rows on the screen exist. Sorted by its headings, walked with the arrow
// keys, opened with Enter. Rows that are still on their way are quiet lines.
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { useAppearance } from '../appearance.ts';
import { useFirstFocus } from '../hooks/first-focus.ts';
import { Icon } from '../icons/Icon.tsx';
import { sizes } from '../tokens/tokens.ts';
import { useRows } from './rows/useRows.ts';
import styles from './VirtualTable.module.css';

export interface Column<Row, Sort extends string> {
  key: string;
  word: string;
  /** A CSS grid track made of tokens and fractions. */
  track: string;
  sort?: Sort;
  /** Figures stand at the end of their column. */
  figures?: boolean;
  cell: (row: Row) => ReactNode;
}

interface Props<Row, Sort extends string> {
  label: string;
  columns: readonly Column<Row, Sort>[];
  total: number;
  rowAt: (index: number) => Row | undefined;
  keyOf: (row: Row) => string | number;
  onShow: (first: number, last: number) => void;
  onOpen: (row: Row) => void;
  /** Rows that can be picked: the space bar marks the one that is at hand. */
  onMark?: (row: Row) => void;
  sort?: Sort;
  descending?: boolean;
  onSort?: (sort: Sort, descending: boolean) => void;
}

/** Where each view was left, so that the way back from a row returns to it. */
const left = new Map<string, { at: number; offset: number }>();

export function VirtualTable<Row, Sort extends string>(props: Props<Row, Sort>) {
  const { label, columns, total, rowAt, keyOf, onShow, onOpen, onMark } = props;
  const { scale } = useAppearance();
  const height = (sizes.row * scale) / 100;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLDivElement>(null);
  useFirstFocus(table);
  const view = useRef(window.location.hash);
  const [initial] = useState(() => left.get(window.location.hash) ?? { at: 0, offset: 0 });
  const [at, setAt] = useState(initial.at);
  const { items, offset, drawn, seen, show, toTop } = useRows({ total, height, scroller, initial: initial.offset });
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  // Another filter or order is another view and begins at its top.
  const place = window.location.hash;
  useEffect(() => {
    if (view.current === place) return;
    view.current = place;
    setAt(0);
    toTop();
  }, [place, toTop]);
  useEffect(() => {
    left.set(view.current, { at, offset });
  });
  useEffect(() => onShow(first, last), [first, last, onShow]);

  const page = Math.max(1, Math.floor(seen / height) - 2);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total };
    const step = steps[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(total - 1, at + step));
      setAt(next);
      show(next);
      event.preventDefault();
    } else if (event.key === 'Enter') {
      const row = rowAt(at);
      if (row) onOpen(row);
    } else if (event.key === ' ' && onMark) {
      const row = rowAt(at);
      if (row) onMark(row);
      event.preventDefault();
    }
  };

  const tracks: CSSProperties = { gridTemplateColumns: columns.map((column) => column.track).join(' ') };
  return (
    <div ref={table} className={styles.table} role="grid" aria-label={label} aria-rowcount={total + 1} tabIndex={0} onKeyDown={onKeyDown} aria-activedescendant={`row-${at}`}>
      <div className={styles.head} role="row" style={tracks}>
        {columns.map((column) => (
          <Heading key={column.key} column={column} {...props} />
        ))}
      </div>
      <div ref={scroller} className={styles.scroller}>
        <div className={styles.long} style={{ height: drawn }}>
          {items.map((item) => {
            const row = rowAt(item.index);
            return (
              <div key={row ? keyOf(row) : `waiting-${item.index}`} id={`row-${item.index}`} className={styles.row} role="row" aria-rowindex={item.index + 2} data-at={item.index === at || undefined} style={{ ...tracks, height, transform: `translateY(${item.top}px)` }} onMouseDown={() => setAt(item.index)} onClick={() => row && onOpen(row)}>
                {columns.map((column) => (
                  <div key={column.key} role="gridcell" className={column.figures ? `${styles.cell} ${styles.end} figures` : styles.cell}>
                    {row ? column.cell(row) : <span className={styles.waiting} />}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Heading<Row, Sort extends string>({ column, sort, descending = false, onSort }: { column: Column<Row, Sort> } & Props<Row, Sort>) {
  const classes = column.figures ? `${styles.heading} ${styles.end}` : styles.heading;
  const key = column.sort;
  if (!key || !onSort) {
    return (
      <div role="columnheader" className={classes}>
        {column.word}
      </div>
    );
  }
  const isSorted = sort === key;
  return (
    <div role="columnheader" className={classes} aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" tabIndex={-1} className={styles.sorter} data-sorted={isSorted || undefined} onClick={() => onSort(key, isSorted ? !descending : (column.figures ?? false))}>
        {column.word}
        {isSorted && <Icon name={descending ? 'down' : 'up'} />}
      </button>
    </div>
  );
}
