// What leaves the stock: a product of the shop, found by name, initials or number. Left empty, nothing does.
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Field } from '@/shared/parts/Field.tsx';
import { useProductSearch, type ProductHit } from './queries.ts';
import styles from './complaints.module.css';

export function ProductField({ product, onChange, error }: { product: ProductHit | undefined; onChange: (product: ProductHit | undefined) => void; error?: string }) {
  const { t } = useTranslation('complaints');
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const listId = useId();
  const search = useProductSearch(open ? text : '');
  const hits = open && text.trim() !== '' ? (search.data?.rows ?? []) : [];
  const take = (hit: ProductHit | undefined) => {
    if (!hit) return;
    onChange(hit);
    setText('');
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || hits.length === 0) return;
    if (event.key === 'ArrowDown') setAt((n) => Math.min(hits.length - 1, n + 1));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1));
    else if (event.key === 'Enter') take(hits[at]);
    else if (event.key === 'Escape') setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (product) {
    return (
      <Field label={t('given.product')} error={error}>
        {() => (
          <div className={styles.chosen}>
            <strong>{product.name}</strong>
            {product.stock !== null && <span className="quiet figures">{t('given.stock', { n: product.stock })}</span>}
            <Button kind="plain" icon="close" aria-label={t('given.other_product')} title={t('given.other_product')} onClick={() => onChange(undefined)} />
          </div>
        )}
      </Field>
    );
  }
  return (
    <Field label={t('given.product')} optional error={error} help={t('given.product_help')}>
      {(ids) => (
        <div className={styles.picker}>
          <input
            {...ids}
            className={styles.input}
            role="combobox"
            aria-expanded={hits.length > 0}
            aria-controls={listId}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setOpen(true);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => setOpen(false)}
          />
          {hits.length > 0 && (
            <ul id={listId} className={styles.hits} role="listbox" aria-label={t('given.product')}>
              {hits.map((hit, n) => (
                <li key={hit.id} role="option" aria-selected={n === at} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onClick={() => take(hit)}>
                  <strong>{hit.name}</strong>
                  <span className="quiet figures">{hit.sku}</span>
                  {hit.stock !== null && <span className="quiet figures">{t('given.stock', { n: hit.stock })}</span>}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}
