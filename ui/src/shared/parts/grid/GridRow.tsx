// One row of a grid. It is drawn anew only when something about it changes, so that scrolling draws new rows alone.
import { memo, type CSSProperties, type ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { placesOf, type GridColumn } from './types.ts';
import styles from './Grid.module.css';

interface Props<Row> {
  row: Row | undefined;
  index: number;
  columns: readonly GridColumn<Row>[];
  tracks: string;
  /** Where the frozen columns stand, one after the other. */
  stuck: string;
  top: number;
  height: number;
  isSelected: boolean;
  /** Column of the cursor, or -1. */
  at: number;
}

function Plain<Row>({ row, index, columns, tracks, stuck, top, height, isSelected, at }: Props<Row>) {
  const lefts = placesOf(stuck);
  const place: CSSProperties = { gridTemplateColumns: tracks, height, top };
  return (
    <div id={`row-${index}`} className={styles.row} role="row" aria-rowindex={index + 2} aria-selected={isSelected} data-index={index} data-at={at >= 0 || undefined} style={place}>
      <div role="gridcell" className={`${styles.cell} ${styles.mark} ${styles.stuck}`} data-mark style={{ left: 0 }}>
        <span className={styles.check} data-on={isSelected || undefined}>
          {isSelected && <Icon name="check" />}
        </span>
      </div>
      {columns.map((column, n) => {
        const left = lefts[n];
        const classes = [styles.cell, column.figures && `${styles.end} figures`, left !== undefined && styles.stuck, n === lefts.length - 1 && styles.edge];
        return (
          <div key={column.key} id={`cell-${index}-${n}`} role="gridcell" className={classes.filter(Boolean).join(' ')} data-column={n} data-at={n === at || undefined} data-editable={column.edit !== undefined || undefined} style={left === undefined ? undefined : { left }}>
            {row === undefined ? <span className={styles.waiting} /> : column.cell(row)}
          </div>
        );
      })}
    </div>
  );
}

export const GridRow = memo(Plain) as <Row>(props: Props<Row>) => ReactElement;
