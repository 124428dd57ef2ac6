// The table of customers: any number of rows, filtered and sorted by the backend; cells are walked, chosen and typed over
// as in a spreadsheet.
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Grid } from '@/shared/parts/grid/Grid.tsx';
import { countSelected, nothing, type Selection } from '@/shared/parts/grid/selection.ts';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState } from '@/shared/parts/States.tsx';
import { go } from '@/shared/router.tsx';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import { useTableColumns } from './columns.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { FilterDialog } from './FilterDialog.tsx';
import { LabelsPrint } from './LabelsPrint.tsx';
import { moved } from './layout.ts';
import { idsBetween, meantBy, paste, useTablePages, type Column, type TableRow } from './queries.ts';
import { TableStrip } from './TableStrip.tsx';
import { TableTools, type TableDialog } from './TableTools.tsx';
import { TagDialog } from './TagDialog.tsx';
import { useCells } from './useCells.ts';
import { useTableState } from './useTableState.ts';
import styles from './table.module.css';

const idOf = (row: TableRow): number => row.id;

export function CustomerTable() {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const table = useTableState();
  const { filter, layout, lay } = table;
  // The name is said together with what the person is called.
  const asked = useMemo<Column[]>(() => [...new Set<Column>([...layout.columns, 'name', 'salutation'])], [layout.columns]);
  const shownFilter = useDeferredValue(filter);
  const [shown, setShown] = useState({ first: 0, last: 0 });
  const onShow = useCallback((first: number, last: number) => setShown((before) => (before.first === first && before.last === last ? before : { first, last })), []);
  const { rowAt, total, error } = useTablePages(shownFilter, asked, shown.first, shown.last);
  const columns = useTableColumns(layout, asked);
  const cells = useCells(columns, (row) => row.cells[asked.indexOf('name')]);

  // Who is chosen belongs to what is shown: another filter begins anew.
  const view = JSON.stringify({ ...filter, sort: null, descending: false });
  const [chosen, setChosen] = useState<{ view: string; selection: Selection }>({ view, selection: nothing });
  const selection = chosen.view === view ? chosen.selection : nothing;
  const count = countSelected(selection, total ?? 0);
  const meant = meantBy(selection, filter, total ?? 0);

  const create = () => go('/customers/new');
  useKey('Ctrl+N', create);
  const [dialog, setDialog] = useState<TableDialog>();
  useKey('F6', () => setDialog('columns'), dialog === undefined);
  useKey('F7', () => setDialog('tags'), dialog === undefined);
  useKey('F8', () => setDialog('conditions'), dialog === undefined);
  useKey('Ctrl+E', () => setDialog('export'), dialog === undefined);
  useKey('Ctrl+P', () => setDialog('labels'), dialog === undefined);
  const close = () => setDialog(undefined);
  const isUsed = total !== 0 || table.isFiltered;

  return (
    <Screen
      filled
      title={t('title')}
      note={total !== undefined && <span className="figures">{word('people', { n: formatCount(total) })}</span>}
      actions={
        isUsed && (
          <>
            <Button icon="person" onClick={() => go('/customers/duplicates')}>
              {t('duplicates')}
            </Button>
            <Button icon="import" onClick={() => go('/import')}>
              {t('import')}
            </Button>
            <Button kind="main" icon="plus" hint="Ctrl+N" onClick={create}>
              {t('new')}
            </Button>
          </>
        )
      }
      tools={isUsed && <TableTools table={table} onDialog={setDialog} />}
    >
      {dialog === 'conditions' && <FilterDialog tree={table.tree} view={layout} saved={table.shownView} onApply={table.setTree} onSaved={(id) => table.change({ view: String(id), conditions: '' })} onClose={close} />}
      {dialog === 'tags' && <TagDialog meant={meant} isChosen={count > 0} onClose={close} />}
      {dialog === 'export' && <ExportDialog meant={meant} people={count > 0 ? count : (total ?? 0)} isChosen={count > 0} columns={columns.map((column) => column.key as Column)} onClose={close} />}
      {dialog === 'labels' && <LabelsPrint filter={filter} selection={selection} total={total ?? 0} chosen={count} onClose={close} />}
      {dialog === 'columns' && <ColumnsDialog layout={layout} onApply={lay} onReset={table.layAsSaved} onClose={close} />}
      {error ? (
        <ErrorState message={error.message} />
      ) : total === 0 && !table.isFiltered ? (
        <EmptyState drawing="cards" title={t('empty.title')} text={t('empty.text')}>
          <Button kind="main" icon="plus" onClick={create}>
            {t('new')}
          </Button>
          <Button icon="import" onClick={() => go('/import')}>
            {t('import')}
          </Button>
        </EmptyState>
      ) : total === 0 ? (
        <EmptyState drawing="cards" title={t('empty.filtered')} />
      ) : (
        <div className={styles.table}>
          <Grid
            label={t('title')}
            columns={columns}
            frozen={layout.frozen ?? 0}
            total={total ?? 0}
            rowAt={rowAt}
            idOf={idOf}
            onShow={onShow}
            onOpen={(row) => go(`/customers/${row.id}`)}
            sort={filter.sort ?? undefined}
            descending={filter.descending ?? false}
            onSort={(sort, descending) => {
              if (filter.text !== '') table.change({ by: 'column' });
              lay({ sort: sort as Column, descending });
            }}
            onMove={(key, to) => lay({ columns: moved(layout.columns, layout.columns.indexOf(key as Column), layout.columns.indexOf(to as Column)) })}
            onWidth={(key, width) => lay({ widths: { ...layout.widths, [key]: width } })}
            selection={selection}
            onSelect={(next) => setChosen({ view, selection: next })}
            idsBetween={(from, to) => idsBetween(filter, from, to)}
            onEdit={cells.save}
            onUndo={cells.undo}
            onPasteBlock={(text) => void paste(text).then(({ file }) => go(`/import?pasted=${file}`))}
            view={`${view} ${filter.sort} ${filter.descending}`}
          />
          <TableStrip selection={selection} total={total ?? 0} cells={cells} onTags={() => setDialog('tags')} onExport={() => setDialog('export')} onNone={() => setChosen({ view, selection: nothing })} />
        </div>
      )}
    </Screen>
  );
}
