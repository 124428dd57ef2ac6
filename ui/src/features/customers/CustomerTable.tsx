// The table of customers: any number of rows, filtered and sorted by the backend. What is filtered stands in
// the place, so that the way back from a profile returns to the same view.
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { SegmentTag } from '@/shared/parts/SegmentTag.tsx';
import { EmptyState, ErrorState } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { VirtualTable, type Column } from '@/shared/parts/VirtualTable.tsx';
import { go, settle, usePlace } from '@/shared/router.tsx';
import { cleaned, countOf, noConditions, readTree } from './conditions.ts';
import { FilterDialog } from './FilterDialog.tsx';
import { TagDialog } from './TagDialog.tsx';
import { useCustomerPages, useDeleteView, useLadder, useSegments, useViews, type Filter, type Row, type Sort } from './queries.ts';
import styles from './customers.module.css';

function useFilter(): [Filter, (change: Record<string, string>) => void] {
  const { query } = usePlace();
  const filter = useMemo<Filter>(
    () => ({
      text: query.get('text') ?? '',
      segment: query.get('segment') || null,
      tier: query.get('tier') ? Number(query.get('tier')) : null,
      tag: query.get('tag') || null,
      conditions: countOf(readTree(query.get('conditions'))) > 0 ? readTree(query.get('conditions')) : null,
      sort: (query.get('sort') as Sort | null) ?? 'last_on',
      descending: query.get('sort') ? query.get('descending') === '1' : true,
    }),
    [query],
  );
  const change = useCallback(
    (next: Record<string, string>) => {
      const all = new URLSearchParams(query);
      for (const [key, value] of Object.entries(next)) {
        if (value === '') all.delete(key);
        else all.set(key, value);
      }
      const text = all.toString();
      settle(text ? `/customers?${text}` : '/customers');
    },
    [query],
  );
  return [filter, change];
}

function useColumns(): Column<Row, Sort>[] {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  return [
    {
      key: 'name',
      word: t('columns.name'),
      track: 'minmax(0, 1.6fr)',
      sort: 'name',
      cell: (row) => (
        <>
          <span className={styles.name}>{row.name}</span> <span className="quiet">{row.salutation}</span>
        </>
      ),
    },
    { key: 'phone', word: t('columns.phone'), track: 'minmax(0, 1.1fr)', cell: (row) => <span className="figures">{row.phone}</span> },
    { key: 'tier', word: t('columns.tier'), track: 'minmax(0, 0.7fr)', sort: 'tier', cell: (row) => <TierMark name={row.tier.name} step={row.tier.rank} of={row.tier.of} /> },
    { key: 'segment', word: t('columns.segment'), track: 'minmax(0, 0.9fr)', cell: (row) => row.segment && <SegmentTag name={row.segment.name} /> },
    {
      key: 'last',
      word: t('columns.last'),
      track: 'minmax(0, 0.8fr)',
      sort: 'last_on',
      figures: true,
      cell: (row) => (row.last_on ? <span title={formatShortDay(row.last_on, today)}>{formatAge(row.last_on, today)}</span> : <span className="quiet">{word('no_visit')}</span>),
    },
    { key: 'orders', word: t('columns.orders'), track: 'minmax(0, 0.6fr)', sort: 'orders', figures: true, cell: (row) => formatCount(row.orders) },
    { key: 'net', word: t('columns.net'), track: 'minmax(0, 0.9fr)', sort: 'net', figures: true, cell: (row) => money(row.net_minor) },
    { key: 'joined', word: t('columns.joined'), track: 'minmax(var(--joined), 0.8fr)', sort: 'joined_on', figures: true, cell: (row) => formatShortDay(row.joined_on, today) },
  ];
}

export function CustomerTable() {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const [filter, change] = useFilter();
  const asked = useDeferredValue(filter);
  const [shown, setShown] = useState({ first: 0, last: 0 });
  const onShow = useCallback((first: number, last: number) => setShown((before) => (before.first === first && before.last === last ? before : { first, last })), []);
  const { rowAt, total, error } = useCustomerPages(asked, shown.first, shown.last);
  const segments = useSegments();
  const ladder = useLadder();
  const columns = useColumns();
  const create = () => go('/customers/new');
  useKey('Ctrl+N', create);
  const { t: table } = useTranslation('table');
  const views = useViews();
  const forget = useDeleteView();
  const [dialog, setDialog] = useState<'conditions' | 'tags'>();
  useKey('F8', () => setDialog('conditions'), dialog === undefined);
  useKey('F7', () => setDialog('tags'), dialog === undefined);
  const tree = filter.conditions ?? noConditions;
  const written = (next: typeof tree) => (countOf(next) > 0 ? JSON.stringify(next) : '');
  const shownView = views.data?.rows.find((view) => written(view.definition.conditions ?? noConditions) === written(tree));
  const chooseView = (id: string) => {
    const view = views.data?.rows.find((it) => String(it.id) === id);
    if (!view) change({ conditions: '' });
    else change({ conditions: written(view.definition.conditions ?? noConditions), sort: view.definition.sort, descending: view.definition.descending ? '1' : '0' });
  };

  const isFiltered = filter.text !== '' || filter.segment != null || filter.tier != null || filter.tag != null || filter.conditions != null;
  return (
    <Screen
      filled
      title={t('title')}
      note={total !== undefined && <span className="figures">{word('people', { n: formatCount(total) })}</span>}
      actions={
        (total !== 0 || isFiltered) && (
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
      tools={
        (total !== 0 || isFiltered) && (
        <>
          <input className={styles.filter} value={filter.text} placeholder={t('filter')} aria-label={t('filter')} autoComplete="off" spellCheck={false} onChange={(event) => change({ text: event.target.value })} />
          <Pick label={t('columns.segment')} value={filter.segment ?? ''} onChange={(segment) => change({ segment })} options={[{ value: '', word: word('all') }, ...(segments.data?.classes ?? []).map((c) => ({ value: c.tag.key, word: c.tag.name, note: formatCount(c.people) }))]} />
          <Pick label={t('columns.tier')} value={filter.tier == null ? '' : String(filter.tier)} onChange={(tier) => change({ tier })} options={[{ value: '', word: word('all') }, ...(ladder.data?.steps ?? []).map((s) => ({ value: String(s.tier.rank), word: s.tier.name, note: formatCount(s.people) }))]} />
          {(views.data?.rows.length ?? 0) > 0 && <Pick label={table('view')} value={shownView ? String(shownView.id) : ''} onChange={chooseView} options={[{ value: '', word: word('all') }, ...(views.data?.rows ?? []).map((view) => ({ value: String(view.id), word: view.name }))]} />}
          <Button icon="filter" hint="F8" onClick={() => setDialog('conditions')}>
            {countOf(tree) > 0 ? table('conditions_n', { n: countOf(tree) }) : table('conditions')}
          </Button>
          <Button icon="note" hint="F7" onClick={() => setDialog('tags')}>
            {table('tags')}
          </Button>
          {shownView && countOf(tree) > 0 && (
            <Button kind="plain" busy={forget.isPending} onClick={() => forget.mutate({ id: shownView.id })}>
              {table('forget')}
            </Button>
          )}
          {isFiltered && (
            <Button kind="plain" icon="close" onClick={() => change({ text: '', segment: '', tier: '', tag: '', conditions: '' })}>
              {t('clear')}
            </Button>
          )}
        </>
        )
      }
    >
      {dialog === 'conditions' && <FilterDialog tree={tree} view={{ columns: columns.map((column) => column.key), sort: filter.sort, descending: filter.descending }} onApply={(next) => change({ conditions: written(cleaned(next)) })} onClose={() => setDialog(undefined)} />}
      {dialog === 'tags' && <TagDialog filter={filter} onClose={() => setDialog(undefined)} />}
      {error ? (
        <ErrorState message={error.message} />
      ) : total === 0 && !isFiltered ? (
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
        <VirtualTable label={t('title')} columns={columns} total={total ?? 0} rowAt={rowAt} keyOf={(row) => row.id} onShow={onShow} onOpen={(row) => go(`/customers/${row.id}`)} sort={filter.sort} descending={filter.descending} onSort={(sort, descending) => change({ sort, descending: descending ? '1' : '0' })} />
      )}
    </Screen>
  );
}
