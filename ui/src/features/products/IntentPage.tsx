// 意向客户: who is likely to want a product and why, the likeliest first. The table of customers takes the same people for
// tags, print and files.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatAge, formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { usePages } from '@/shared/hooks/pages.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { VirtualTable, type Column } from '@/shared/parts/VirtualTable.tsx';
import { go, goBack } from '@/shared/router.tsx';
import { PAGE, useIntent, type IntentRow } from './queries.ts';

/** The same people in the table of customers. */
export const tableOf = (product: number): string => {
  const conditions = { any: false, groups: [{ any: false, conditions: [{ field: 'intent', of: null, op: 'is', value: String(product) }] }] };
  return `/customers?conditions=${encodeURIComponent(JSON.stringify(conditions))}`;
};

export function IntentPage({ id }: { id: number }) {
  const { t } = useTranslation('products');
  const { t: word } = useTranslation('common');
  const pages = usePages(PAGE);
  const { data, error } = useIntent(id, pages.offset);
  const columns = useColumns();
  const open = () => go(tableOf(id));
  useKey('Escape', () => void (goBack() || go('/products')));
  useKey('F7', open, (data?.total ?? 0) > 0);
  return (
    <Screen
      filled
      title={data ? t('intent.of', { what: data.product.name }) : t('intent.title')}
      note={data && <span className="figures">{word('people', { n: formatCount(data.total) })}</span>}
      actions={
        data &&
        data.total > 0 && (
          <Button kind="main" icon="next" hint="F7" onClick={open}>
            {t('intent.table')}
          </Button>
        )
      }
      tools={data && data.left_out.length > 0 && <Notice tone="info">{t('intent.left_out', { reasons: data.left_out.map(({ why, people }) => t(`intent.why.${why}`, { n: formatCount(people) })).join(t('intent.and')) })}</Notice>}
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState lines={8} />}
      {data?.total === 0 && <EmptyState drawing="cards" title={t('intent.none')} text={t('intent.none_text')} />}
      {data && data.total > 0 && <VirtualTable label={t('intent.title')} columns={columns} total={data.total} rowAt={(index) => pages.rowOf(data.rows, index)} keyOf={(row) => row.customer.id} onShow={pages.onShow} onOpen={(row) => go(`/customers/${row.customer.id}`)} />}
    </Screen>
  );
}

function useColumns(): Column<IntentRow, never>[] {
  const { t } = useTranslation('products');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  return [
    {
      key: 'name',
      word: t('intent.name'),
      track: 'minmax(0, 1fr)',
      cell: ({ customer }) => (
        <>
          <strong>{customer.name}</strong> <span className="quiet">{customer.salutation}</span>
        </>
      ),
    },
    { key: 'reasons', word: t('intent.reasons'), track: 'minmax(0, 2.4fr)', cell: (row) => row.reasons.join(t('intent.and')) },
    { key: 'phone', word: t('intent.phone'), track: 'minmax(0, 0.9fr)', cell: ({ customer }) => <span className="figures">{customer.phone}</span> },
    { key: 'last', word: t('intent.last'), track: 'minmax(0, 0.8fr)', figures: true, cell: ({ customer }) => (customer.last_on ? formatAge(customer.last_on, today) : <span className="quiet">{word('no_visit')}</span>) },
  ];
}
