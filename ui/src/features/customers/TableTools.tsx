// The row above the table: what is typed, the quick choices, views, conditions, columns.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { countOf } from './conditions.ts';
import { useDeleteView, useLadder, useSaveView, useSegments } from './queries.ts';
import type { TableState } from './useTableState.ts';
import styles from './customers.module.css';

export type TableDialog = 'conditions' | 'tags' | 'columns' | 'export' | 'labels';

export function TableTools({ table, onDialog }: { table: TableState; onDialog: (dialog: TableDialog) => void }) {
  const { t } = useTranslation('customers');
  const { t: words } = useTranslation('table');
  const { t: word } = useTranslation('common');
  const { filter, change, tree, views, shownView, layout } = table;
  const segments = useSegments();
  const ladder = useLadder();
  const forget = useDeleteView();
  const save = useSaveView();
  const rows = views?.rows ?? [];
  const chooseView = (id: string) => change({ view: id || '0', conditions: '', text: '', segment: '', tier: '', tag: '', by: '' });
  const keep = (is_default: boolean) => {
    if (!shownView) return;
    save.mutate({ name: shownView.name, definition: { ...layout, conditions: countOf(tree) > 0 ? tree : null }, is_default }, { onSuccess: () => change({ conditions: '' }) });
  };
  const act = (what: 'save' | 'default' | 'forget') => {
    if (!shownView) return;
    if (what === 'save') keep(shownView.is_default);
    else if (what === 'default') keep(!shownView.is_default);
    else forget.mutate({ id: shownView.id }, { onSuccess: () => chooseView('') });
  };
  return (
    <>
      <input className={styles.filter} value={filter.text} placeholder={t('filter')} aria-label={t('filter')} autoComplete="off" spellCheck={false} onChange={(event) => change({ text: event.target.value, by: '' })} />
      <Pick label={t('columns.segment')} value={filter.segment ?? ''} onChange={(segment) => change({ segment })} options={[{ value: '', word: word('all') }, ...(segments.data?.classes ?? []).map((c) => ({ value: c.tag.key, word: c.tag.name, note: formatCount(c.people) }))]} />
      <Pick label={t('columns.tier')} value={filter.tier == null ? '' : String(filter.tier)} onChange={(tier) => change({ tier })} options={[{ value: '', word: word('all') }, ...(ladder.data?.steps ?? []).map((s) => ({ value: String(s.tier.rank), word: s.tier.name, note: formatCount(s.people) }))]} />
      {rows.length > 0 && <Pick label={words('view')} value={shownView ? String(shownView.id) : ''} onChange={chooseView} options={[{ value: '', word: word('all') }, ...rows.map((view) => ({ value: String(view.id), word: view.name, note: view.is_default ? words('default_view') : undefined }))]} />}
      {shownView && (
        <Menu
          label={words('view')}
          actions={[
            { value: 'save', word: words('save_view', { name: shownView.name }) },
            { value: 'default', word: words(shownView.is_default ? 'drop_default' : 'set_default') },
            { value: 'forget', word: words('forget') },
          ]}
          onChoose={act}
        />
      )}
      <Button icon="filter" hint="F8" onClick={() => onDialog('conditions')}>
        {countOf(tree) > 0 ? words('conditions_n', { n: countOf(tree) }) : words('conditions')}
      </Button>
      <Button icon="edit" hint="F6" onClick={() => onDialog('columns')}>
        {words('columns')}
      </Button>
      <Button icon="note" hint="F7" onClick={() => onDialog('tags')}>
        {words('tags')}
      </Button>
      <Button icon="export" hint="Ctrl+E" onClick={() => onDialog('export')}>
        {words('export')}
      </Button>
      <Button icon="print" aria-label={t('print.labels')} title={`${t('print.labels')} (Ctrl P)`} onClick={() => onDialog('labels')} />
      {table.isFiltered && (
        <Button kind="plain" icon="close" onClick={table.clear}>
          {t('clear')}
        </Button>
      )}
    </>
  );
}
