// Products of an offer: found by letters or code, taken with Enter, each with its number of pieces where the offer asks for it.
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import type { Named } from './draft.ts';
import { useProducts, type Product } from './queries.ts';
import styles from './entry.module.css';

interface Props {
  products: readonly Named[];
  /** A bundle has so many of each. */
  hasPieces: boolean;
  error: string | undefined;
  onChange: (products: Named[]) => void;
}

export function ProductPick({ products, hasPieces, error, onChange }: Props) {
  const { t } = useTranslation('entry');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = useProducts(text);
  const rows = text.trim() === '' ? [] : (found.data?.rows ?? []).filter((row) => products.every((product) => product.id !== row.id));
  const add = (product: Product | undefined) => {
    if (!product) return;
    onChange([...products, { id: product.id, name: product.name, pieces: '1' }]);
    setText('');
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || text.trim() === '') return;
    if (event.key === 'Enter') add(rows[at]);
    else if (event.key === 'ArrowDown') setAt((n) => Math.min(rows.length - 1, n + 1));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.products}>
      {products.map((product, n) => (
        <div key={product.id} className={styles.product}>
          <span>{product.name}</span>
          {hasPieces && <TextField label={t('pieces')} inputMode="numeric" value={product.pieces} onChange={(event) => onChange(products.map((each, m) => (m === n ? { ...each, pieces: event.target.value } : each)))} />}
          <Button kind="plain" icon="close" aria-label={t('remove', { what: product.name })} title={t('remove', { what: product.name })} onClick={() => onChange(products.filter((_, m) => m !== n))} />
        </div>
      ))}
      <Field label={t('product')} error={error}>
        {(ids) => (
          <div className={styles.pick}>
            <input {...ids} className={styles.input} role="combobox" aria-expanded={rows.length > 0} aria-controls={listId} autoComplete="off" spellCheck={false} placeholder={t('product_example')} value={text} onChange={(event) => (setText(event.target.value), setAt(0))} onKeyDown={onKeyDown} />
            {rows.length > 0 && (
              <ul id={listId} className={styles.hits} role="listbox" aria-label={t('product')}>
                {rows.map((row, n) => (
                  <li key={row.id} role="option" aria-selected={n === at} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onClick={() => add(row)}>
                    {row.name}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </Field>
    </div>
  );
}
