// A spreadsheet of any length: only the rows on the screen exist. A cursor walks its cells, rows are chosen, cells typed
// over, the first columns stay while the others are scrolled. One field has the focus all the time (see CellEditor).
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useAppearance } from '../../appearance.ts';
import { useFirstFocus } from '../../hooks/first-focus.ts';
import { isComposing } from '../../hooks/keys.ts';
import { useScanTaker } from '../../hooks/scanner.ts';
import { sizes } from '../../tokens/tokens.ts';
import { useRows } from '../rows/useRows.ts';
import { CellEditor } from './CellEditor.tsx';
import { GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { countSelected, isSelected, type Selection } from './selection.ts';
import { MAX_WIDTH, MIN_WIDTH, type GridColumn } from './types.ts';
import { useEditing } from './useEditing.ts';
import { useSelecting } from './useSelecting.ts';
import styles from './Grid.module.css';

interface Props<Row> {
  label: string;
  columns: readonly GridColumn<Row>[];
  frozen: number;
  total: number;
  rowAt: (index: number) => Row | undefined;
  idOf: (row: Row) => number;
  onShow: (first: number, last: number) => void;
  onOpen: (row: Row) => void;
  sort: string | undefined;
  descending: boolean;
  onSort: (key: string, descending: boolean) => void;
  onWidth: (key: string, width: number) => void;
  /** A column takes the place of another one. */
  onMove: (key: string, to: string) => void;
  selection: Selection;
  onSelect: (next: Selection) => void;
  idsBetween: (from: number, to: number) => Promise<readonly number[]>;
  onEdit: (row: Row, column: string, was: string, value: string) => Promise<string | undefined>;
  onUndo: () => void;
  /** A block of cells from a spreadsheet. */
  onPasteBlock: (text: string) => void;
  /** What the grid shows; another one begins at its top. */
  view: string;
}

/** Where each view was left, so that the way back from a row returns to it. */
const left = new Map<string, { row: number; column: number; offset: number }>();

export function Grid<Row>(props: Props<Row>) {
  const { label, columns, total, rowAt, idOf, onShow, onOpen, selection, view } = props;
  const { scale } = useAppearance();
  const px = (size: number) => Math.round((size * scale) / 100);
  const height = px(sizes.row);
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useFirstFocus(field);
  const [at, setAt] = useState(() => left.get(view) ?? { row: 0, column: 0, offset: 0 });
  const { items, offset, shift, drawn, seen, show, toTop } = useRows({ total, height, head: height, scroller, initial: at.offset });
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const shownView = useRef(view);
  useEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    setAt({ row: 0, column: 0, offset: 0 });
    toTop();
  }, [view, toTop]);
  useEffect(() => {
    left.set(shownView.current, { ...at, offset });
  });
  useEffect(() => onShow(first, last), [first, last, onShow]);

  const mark = height;
  const widths = columns.map((column) => px(column.width));
  const places = widths.reduce<number[]>((sums, width) => [...sums, (sums.at(-1) ?? mark) + width], [mark]);
  const tracks = [mark, ...widths].map((width) => `${width}px`).concat('minmax(0, 1fr)').join(' ');
  const frozen = Math.min(props.frozen, columns.length);
  // A text, so that rows that stay as they are need not be drawn anew.
  const stuck = places.slice(0, frozen).join(' ');

  const edit = useEditing({ columns, rowAt, onEdit: props.onEdit });
  const select = useSelecting({ selection, onSelect: props.onSelect, rowAt, idOf, idsBetween: props.idsBetween });
  // A scan opens the customer; the digits it left in the cell are nobody's text.
  useScanTaker(async () => {
    edit.leave();
    return false;
  });

  const row = Math.max(0, Math.min(total - 1, at.row));
  const column = Math.max(0, Math.min(columns.length - 1, at.column));
  const page = Math.max(1, Math.floor(seen / height) - 1);

  const moveTo = (nextRow: number, nextColumn: number) => {
    const to = { row: Math.max(0, Math.min(total - 1, nextRow)), column: Math.max(0, Math.min(columns.length - 1, nextColumn)) };
    setAt({ ...at, ...to });
    show(to.row);
    showColumn(to.column);
    return to;
  };
  const showColumn = (n: number) => {
    const box = scroller.current;
    if (!box || n < frozen) return;
    const [from, to] = [places[n] ?? 0, (places[n] ?? 0) + (widths[n] ?? 0)];
    const covered = places[frozen] ?? mark;
    if (from - box.scrollLeft < covered) box.scrollLeft = from - covered;
    else if (to - box.scrollLeft > box.clientWidth) box.scrollLeft = to - box.clientWidth;
  };
  const saveAnd = (rowStep: number, columnStep: number) => void edit.save().then((done) => done && moveTo(row + rowStep, column + columnStep));

  const steps: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [page, 0], PageUp: [-page, 0], Home: [0, -columns.length], End: [0, columns.length] };
  const onEditKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') saveAnd(event.shiftKey ? -1 : 1, 0);
    else if (event.key === 'Tab') saveAnd(0, event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') edit.leave();
    else if (edit.options.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) edit.walkOptions(event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
  };
  const onWalkKey = (event: KeyboardEvent) => {
    const ctrl = event.ctrlKey || event.metaKey;
    const step = steps[event.key];
    if (step && event.altKey && event.shiftKey && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      const it = columns[column];
      if (it) props.onWidth(it.key, Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, it.width + (event.key === 'ArrowRight' ? 20 : -20))));
    } else if (event.altKey) return;
    else if (step) {
      const far = ctrl ? total : 1;
      const to = ctrl && (event.key === 'Home' || event.key === 'End') ? moveTo(event.key === 'Home' ? 0 : total - 1, column) : moveTo(row + step[0] * far, column + step[1]);
      if (event.shiftKey && to.row !== row) void select.stretch(row, to.row);
      else if (!event.shiftKey) select.rest();
    } else if (event.key === 'Enter') {
      const data = rowAt(row);
      if (data !== undefined) onOpen(data);
    } else if (event.key === ' ') select.toggle(row);
    else if ((event.key === 'F2' && edit.begin(row, column)) || (event.key === 'Delete' && edit.begin(row, column, ''))) void 0;
    else if (ctrl && event.key.toLowerCase() === 'a') select.all();
    else if (ctrl && event.key.toLowerCase() === 'z') props.onUndo();
    else if (event.key === 'Escape' && countSelected(selection, total) > 0) select.none();
    else return;
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (edit.editing) onEditKey(event);
    else onWalkKey(event);
  };

  const onMouseDown = (event: MouseEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[role=gridcell]');
    if (!cell || event.button !== 0) return;
    // The focus stays in the one field.
    event.preventDefault();
    const index = Number(cell.parentElement?.dataset.index);
    const leaving = edit.editing ? edit.save() : Promise.resolve(true);
    void leaving.then((done) => {
      if (!done) return;
      field.current?.focus({ preventScroll: true });
      if (event.shiftKey) void select.stretch(row, index);
      else if (cell.dataset.mark !== undefined || event.ctrlKey || event.metaKey) select.toggle(index);
      else select.rest();
      setAt({ ...at, row: index, column: cell.dataset.column === undefined ? column : Number(cell.dataset.column) });
    });
  };
  const onDoubleClick = (event: MouseEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    if (!cell) return;
    const [index, n] = [Number(cell.parentElement?.dataset.index), Number(cell.dataset.column)];
    const data = rowAt(index);
    if (!edit.begin(index, n) && data !== undefined) onOpen(data);
  };

  // What stood there is marked before the next key comes: it may be typed over at once.
  useLayoutEffect(() => {
    if (edit.isMeant) field.current?.select();
  }, [edit.isMeant]);

  const chosen = countSelected(selection, total);
  const cursor = edit.editing ?? { row, column };
  const [scrolled, setScrolled] = useState(0);
  const place = { top: cursor.row * height - shift, left: (places[cursor.column] ?? 0) + (cursor.column < frozen ? scrolled : 0), width: widths[cursor.column] ?? 0, height };
  return (
    <div className={styles.grid} role="grid" tabIndex={-1} aria-label={label} aria-rowcount={total + 1} aria-multiselectable onMouseDown={onMouseDown} onDoubleClick={onDoubleClick}>
      <div ref={scroller} className={styles.scroller} onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}>
        <GridHead columns={columns} tracks={tracks} stuck={stuck} sort={props.sort} descending={props.descending} scale={scale} chosen={chosen === 0 ? 'none' : chosen === total ? 'all' : 'some'} onChooseAll={chosen === total ? select.none : select.all} onSort={props.onSort} onWidth={props.onWidth} onMove={props.onMove} />
        <div className={styles.long} style={{ height: drawn, width: (places.at(-1) ?? 0) }}>
          {items.map((item) => {
            const data = rowAt(item.index);
            return <GridRow key={data === undefined ? `waiting-${item.index}` : idOf(data)} row={data} index={item.index} columns={columns} tracks={tracks} stuck={stuck} top={item.top} height={height} isSelected={data !== undefined && isSelected(selection, idOf(data))} at={item.index === row ? column : -1} />;
          })}
          <CellEditor
            field={field}
            label={columns[cursor.column]?.word ?? label}
            isOpen={edit.editing !== undefined}
            isMeant={edit.isMeant}
            text={edit.text}
            error={edit.error}
            place={place}
            isEnd={columns[cursor.column]?.figures ?? false}
            isLow={cursor.row - offset / height > page / 2}
            options={edit.options}
            optionAt={edit.optionAt}
            active={`cell-${row}-${column}`}
            onType={(text) => (edit.editing ? edit.type(text) : text.trim() !== '' && edit.begin(row, column, text))}
            onTake={(option) => void edit.save(option)}
            onKeyDown={onKeyDown}
            onPaste={(text) => {
              if (!/[\t\n]/.test(text.trim())) return false;
              edit.leave();
              props.onPasteBlock(text);
              return true;
            }}
            onLeave={() => void (edit.editing && document.hasFocus() && edit.save())}
          />
        </div>
      </div>
    </div>
  );
}
