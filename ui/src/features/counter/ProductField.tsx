// The product box of the till: letters, pinyin, number or barcode; arrows choose, Enter adds. `*3` and Enter makes it
// three of the last line, and Enter in the empty box takes the money. An order of several lines is pasted in here.
import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { KeyHint } from '@/shared/parts/KeyHint.tsx';
import { lookUp, readPasted, type FoundLine } from './pasted.ts';
import { useProducts, type Product } from './queries.ts';
import styles from './till.module.css';

interface Props {
  inputRef: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
  onAdd: (product: Product) => void;
  onWords: (words: string) => void;
  onTimes: (quantity: string) => void;
  onLastLine: () => void;
  /** An order of several lines was pasted. */
  onPasted: (found: FoundLine[]) => void;
}

export function ProductField({ inputRef, text, onText, onAdd, onWords, onTimes, onLastLine, onPasted }: Props) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const listId = useId();
  const [at, setAt] = useState(0);
  const [pending, setPending] = useState(false);
  const times = /^[*×x]\s*(\d+(?:\.\d{1,3})?)$/i.exec(text.trim())?.[1];
  const asked = times === undefined ? text.trim() : '';
  const found = useProducts(asked);
  const isFresh = found.data !== undefined && !found.isPlaceholderData;
  const rows = asked === '' ? [] : (found.data?.rows ?? []);

  const add = (product: Product) => {
    onAdd(product);
    onText('');
    setAt(0);
    setPending(false);
  };
  const take = useRef(add);
  useEffect(() => {
    take.current = add;
  });
  const first = found.data?.rows[0];
  useEffect(() => {
    // Enter was quicker than the answer: the first hit is meant.
    if (!pending || !isFresh) return;
    setPending(false);
    if (first) take.current(first);
  }, [pending, isFresh, first]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (asked === '') return event.key === 'ArrowUp' ? onLastLine() : undefined;
      setAt((n) => Math.max(0, Math.min(rows.length, n + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault();
      if (times !== undefined) {
        onTimes(times);
        onText('');
      } else if (!isFresh) setPending(true);
      else if (rows[at]) add(rows[at]);
      else words();
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      onText('');
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text/plain').trim();
    // A name alone is looked for as if it had been typed.
    if (!/[\n\t]/.test(pasted)) return;
    event.preventDefault();
    void lookUp(readPasted(pasted)).then(onPasted);
  };
  const words = () => {
    onWords(asked);
    onText('');
    setAt(0);
  };

  return (
    <div className={styles.product}>
      <Icon name="product" />
      <input
        ref={inputRef}
        className={styles.productInput}
        role="combobox"
        aria-label={t('product.label')}
        aria-expanded={asked !== ''}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={asked !== '' ? `${listId}-${at}` : undefined}
        placeholder={t('product.placeholder')}
        value={text}
        autoComplete="off"
        spellCheck={false}
        data-scan-field
        onChange={(event) => {
          onText(event.target.value);
          setAt(0);
          setPending(false);
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <KeyHint keys="F3" />
      {asked !== '' && (
        <ul id={listId} className={styles.hits} role="listbox" aria-label={t('product.label')}>
          {rows.map((product, n) => (
            <li key={product.id} id={`${listId}-${n}`} role="option" aria-selected={n === at} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onMouseEnter={() => setAt(n)} onClick={() => add(product)}>
              <span className={styles.cut}>{product.name}</span>
              <span className="quiet small">{[product.sku, product.stock != null && t('product.stock', { n: product.stock })].filter(Boolean).join(' · ')}</span>
              <span className="figures">{product.price_minor == null ? '—' : money(product.price_minor)}</span>
            </li>
          ))}
          {isFresh && (
            <li id={`${listId}-${rows.length}`} role="option" aria-selected={at >= rows.length} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onMouseEnter={() => setAt(rows.length)} onClick={words}>
              <span className="quiet">{t('product.words', { text: asked })}</span>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
