// 商品: what the shop sells, with price, cost and, where somebody counts, what is left. Enter opens one, Ctrl+N makes
// a new one.
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { go, usePlace } from '@/shared/router.tsx';
import { IntentPage } from './IntentPage.tsx';
import { ProductForm } from './ProductForm.tsx';
import { useFirstTold, useProducts, type ProductView, type Show } from './queries.ts';
import styles from './products.module.css';

const PAGE = 100;
const shows: readonly Show[] = ['active', 'low', 'inactive'];

export default function ProductsScreen() {
  const asked = Number(usePlace().query.get('intent'));
  return Number.isSafeInteger(asked) && asked > 0 ? <IntentPage key={asked} id={asked} /> : <ProductList />;
}

function ProductList() {
  const { t } = useTranslation('products');
  const { t: word } = useTranslation('common');
  const [text, setText] = useState('');
  const [show, setShow] = useState<Show>('active');
  const [category, setCategory] = useState('');
  const [page, setPage] = useState(0);
  const [open, setOpen] = useState<ProductView | 'new'>();
  const [made, setMade] = useState<string>();
  const told = useFirstTold(made !== undefined).data;
  const asked = useDeferredValue(text);
  const products = useProducts({ text: asked, show, category: category || null, offset: page * PAGE, limit: PAGE });
  const { data } = products;
  useKey('Ctrl+N', () => setOpen('new'), open === undefined);
  const first = (change: () => void) => {
    change();
    setPage(0);
  };
  const pages = Math.ceil((data?.total ?? 0) / PAGE);
  return (
    <Screen
      title={t('title')}
      note={data && <span className="figures">{t('count', { n: formatCount(data.total) })}</span>}
      actions={
        <Button kind="main" icon="plus" hint="Ctrl+N" onClick={() => setOpen('new')}>
          {t('new')}
        </Button>
      }
      tools={
        <>
          <input className={styles.filter} value={text} aria-label={t('find')} placeholder={t('find')} autoComplete="off" spellCheck={false} onChange={(event) => first(() => setText(event.target.value))} />
          <Choice label={t('show')} value={show} onChange={(next) => first(() => setShow(next))} options={shows.map((each) => ({ value: each, word: each === 'low' && data ? t('shows.low_n', { n: formatCount(data.low) }) : t(`shows.${each}`) }))} />
          <Pick label={t('category')} value={category} onChange={(next) => first(() => setCategory(next))} options={[{ value: '', word: word('all') }, ...(data?.categories ?? []).map((each) => ({ value: each, word: each }))]} />
        </>
      }
    >
      {made && told && told.total > 0 && (
        <Notice
          tone="done"
          action={
            <Button kind="plain" icon="next" onClick={() => go('/ladder/members/first')}>
              {t('first_who')}
            </Button>
          }
        >
          {t('first', { what: made, n: formatCount(told.total) })}
        </Notice>
      )}
      {products.error ? (
        <ErrorState message={products.error.message} />
      ) : !data ? (
        <LoadingState />
      ) : data.total === 0 ? (
        <EmptyState title={t(text || category || show !== 'active' ? 'none' : 'empty')} />
      ) : (
        <Card flush>
          <ul className={styles.rows} aria-label={t('title')}>
            {data.rows.map((product) => (
              <Row key={product.row.id} product={product} onOpen={() => setOpen(product)} />
            ))}
          </ul>
        </Card>
      )}
      {pages > 1 && (
        <div className={styles.pages}>
          <Button kind="plain" icon="back" aria-label={word('back')} disabled={page === 0 || undefined} onClick={() => setPage(page - 1)} />
          <span className="figures">
            {page + 1} / {pages}
          </span>
          <Button kind="plain" icon="next" aria-label={word('next')} disabled={page + 1 >= pages || undefined} onClick={() => setPage(page + 1)} />
        </div>
      )}
      {open && (
        <ProductForm
          product={open === 'new' ? undefined : open}
          categories={data?.categories ?? []}
          onMade={(name) => {
            setMade(name);
            setOpen(undefined);
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Screen>
  );
}

function Row({ product, onOpen }: { product: ProductView; onOpen: () => void }) {
  const { t } = useTranslation('products');
  const money = useMoney();
  const { row } = product;
  return (
    <li>
      <button type="button" className={styles.row} onClick={onOpen}>
        <span className={styles.name}>
          <span className={styles.cut}>{row.name}</span>
          {row.favourite != null && <span className={styles.mark}>{t('favourite_mark', { n: row.favourite })}</span>}
        </span>
        <span className={`${styles.cut} quiet figures`}>{[row.sku, row.barcode].filter(Boolean).join(' · ')}</span>
        <span className={`${styles.cut} quiet`}>{row.category}</span>
        <span className={`${styles.end} figures`}>{row.price_minor == null ? '—' : money(row.price_minor)}</span>
        <span className={`${styles.end} quiet figures`}>{product.cost_minor == null ? '' : t('cost_of', { amount: money(product.cost_minor) })}</span>
        <span className={`${styles.end} figures`} data-low={row.is_low || undefined}>
          {row.stock == null ? '' : t(row.is_low ? 'stock_low' : 'stock_of', { n: row.stock })}
        </span>
      </button>
    </li>
  );
}
