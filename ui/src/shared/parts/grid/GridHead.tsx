// The headings of a grid: a press sorts, a heading is drawn to another place, the edge between two to another width.
import { useRef, type CSSProperties, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../icons/Icon.tsx';
import { MAX_WIDTH, MIN_WIDTH, placesOf, type GridColumn } from './types.ts';
import { useMoving } from './useMoving.ts';
import styles from './Grid.module.css';

interface Props<Row> {
  columns: readonly GridColumn<Row>[];
  tracks: string;
  stuck: string;
  sort: string | undefined;
  descending: boolean;
  scale: number;
  /** All, some or none of the rows are chosen. */
  chosen: 'all' | 'some' | 'none';
  onChooseAll: () => void;
  onSort: (key: string, descending: boolean) => void;
  onWidth: (key: string, width: number) => void;
  /** A column takes the place of another one. */
  onMove: (key: string, to: string) => void;
}

export function GridHead<Row>({ columns, tracks, stuck, sort, descending, scale, chosen, onChooseAll, onSort, onWidth, onMove }: Props<Row>) {
  const { t } = useTranslation('table');
  const drawn = useRef<{ key: string; from: number; width: number } | undefined>(undefined);
  const moving = useMoving((from, to) => {
    const [column, other] = [columns[from], columns[to]];
    if (column && other) onMove(column.key, other.key);
  });
  const begin = (event: PointerEvent, column: GridColumn<Row>) => {
    event.preventDefault();
    event.stopPropagation();
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    drawn.current = { key: column.key, from: event.clientX, width: column.width };
  };
  const draw = (event: PointerEvent) => {
    const it = drawn.current;
    if (it) onWidth(it.key, Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, it.width + ((event.clientX - it.from) * 100) / scale))));
  };
  const lefts = placesOf(stuck);
  const place: CSSProperties = { gridTemplateColumns: tracks };
  return (
    <div className={styles.head} role="row" style={place}>
      <div role="columnheader" className={`${styles.heading} ${styles.mark} ${styles.stuck}`} style={{ left: 0 }}>
        <button type="button" tabIndex={-1} className={styles.check} role="checkbox" aria-checked={chosen === 'all' ? true : chosen === 'some' ? 'mixed' : false} aria-label={t('choose_all')} data-on={chosen !== 'none' || undefined} onClick={onChooseAll}>
          {chosen !== 'none' && <Icon name={chosen === 'all' ? 'check' : 'minus'} />}
        </button>
      </div>
      {columns.map((column, n) => {
        const isSorted = sort === column.key;
        const left = lefts[n];
        const classes = [styles.heading, column.figures && styles.end, left !== undefined && styles.stuck, n === lefts.length - 1 && styles.edge];
        return (
          <div
            key={column.key}
            data-heading
            data-moved={moving.drawn?.from === n || undefined}
            data-landing={moving.drawn && moving.drawn.to === n && moving.drawn.from !== n ? (moving.drawn.to < moving.drawn.from ? 'before' : 'behind') : undefined}
            onPointerDown={(event) => moving.begin(event, n)}
            role="columnheader"
            className={classes.filter(Boolean).join(' ')}
            aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : 'none'}
            style={left === undefined ? undefined : { left }}
          >
            <button type="button" tabIndex={-1} className={styles.sorter} data-sorted={isSorted || undefined} title={column.word} onClick={() => moving.wasDrawn() || onSort(column.key, isSorted ? !descending : (column.figures ?? false))}>
              <span className={styles.word}>{column.word}</span>
              {isSorted && <Icon name={descending ? 'down' : 'up'} />}
            </button>
            <span className={styles.grip} role="presentation" title={t('width')} onPointerDown={(event) => begin(event, column)} onPointerMove={draw} onPointerUp={() => (drawn.current = undefined)} />
          </div>
        );
      })}
    </div>
  );
}
