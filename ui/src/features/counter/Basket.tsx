// The lines of the sale: what, how many, at what price, less what. Quantities go up and down with the arrow keys;
// Enter goes back to the product box for the next thing.
import { useTranslation } from 'react-i18next';
import type { KeyboardEvent } from 'react';
import { useBook, useMoney } from '@/shared/book.tsx';
import { plainAmount } from '@/shared/format/index.ts';
import { isComposing, useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { oneMore, type LineForm } from './form.ts';
import type { Quote } from './queries.ts';
import styles from './till.module.css';

interface Props {
  lines: readonly LineForm[];
  quote: Quote | undefined;
  /** The refusal of a field, by its name such as `lines.0.quantity`. */
  problem: (field: string) => string | undefined;
  onChange: (key: string, change: Partial<LineForm>) => void;
  onRemove: (key: string) => void;
  onDone: () => void;
  /** Prices agreed with the customer are made from a line. */
  onAgree?: (line: LineForm) => void;
}

export function Basket({ lines, quote, problem, onChange, onRemove, onDone, onAgree }: Props) {
  const { t } = useTranslation('counter');
  // For the line that is being typed, or else the last one.
  useKey('Alt+J', () => {
    const line = lines[Number((document.activeElement as HTMLElement | null)?.dataset['line'] ?? lines.length - 1)];
    return line?.productId !== undefined && onAgree ? onAgree(line) : false;
  });
  return (
    <ol className={styles.lines} aria-label={t('basket.label')}>
      {lines.map((line, n) => (
        <Line key={line.key} line={line} n={n} quoted={quote?.lines[n]} problem={problem} onChange={(change) => onChange(line.key, change)} onRemove={() => onRemove(line.key)} onDone={onDone} onAgree={onAgree && line.productId !== undefined ? () => onAgree(line) : undefined} />
      ))}
    </ol>
  );
}

interface LineProps {
  line: LineForm;
  n: number;
  quoted: Quote['lines'][number] | undefined;
  problem: Props['problem'];
  onChange: (change: Partial<LineForm>) => void;
  onRemove: () => void;
  onDone: () => void;
  onAgree?: () => void;
}

function Line({ line, n, quoted, problem, onChange, onRemove, onDone, onAgree }: LineProps) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const { currency, hideAmounts } = useBook();
  const problems = ['quantity', 'unit_price_minor', 'discount_minor', 'description'].map((field) => problem(`lines.${n}.${field}`)).filter(Boolean);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event)) return;
    const isQuantity = event.currentTarget.name === 'quantity';
    if (event.key === 'Enter') onDone();
    else if (isQuantity && event.key === 'ArrowUp') onChange({ quantity: oneMore(line.quantity) });
    else if (isQuantity && event.key === 'ArrowDown') onChange({ quantity: oneMore(line.quantity, -1) });
    else if (event.key === 'Delete' && event.ctrlKey) {
      onRemove();
      onDone();
    } else return;
    event.preventDefault();
  };
  const field = (name: 'quantity' | 'price' | 'discount', refused: string | undefined, placeholder?: string) => (
    <input name={name} className={`${styles.cell} figures`} aria-label={t(`basket.${name}_of`, { what: line.name })} aria-invalid={refused !== undefined || undefined} title={t(`basket.${name}`)} placeholder={placeholder} value={line[name]} inputMode="decimal" autoComplete="off" data-scan-field data-line={n} onFocus={(event) => event.target.select()} onChange={(event) => onChange({ [name]: event.target.value })} onKeyDown={onKeyDown} />
  );
  const own = quoted && !hideAmounts ? plainAmount(quoted.unit_price_minor, currency.exponent) : '';
  return (
    <li className={styles.line}>
      <span className={styles.what}>
        <span className={styles.cut}>{line.name}</span>
        {quoted?.is_agreed && <span className={styles.agreed}>{t('basket.agreed', { list: quoted.list_price_minor == null ? '' : money(quoted.list_price_minor) })}</span>}
        {quoted?.stock_left?.startsWith('-') && <span className={styles.short}>{t('basket.short')}</span>}
        {onAgree && <Button kind="plain" icon="star" aria-label={t('prices.agree_for', { what: line.name })} title={`${t('prices.agree_for', { what: line.name })} (Alt J)`} tabIndex={-1} onClick={onAgree} />}
        <Button kind="plain" icon="close" aria-label={t('basket.remove', { what: line.name })} title={`${t('basket.remove', { what: line.name })} (Ctrl Delete)`} tabIndex={-1} onClick={onRemove} />
      </span>
      <span className={styles.sums}>
        {field('quantity', problem(`lines.${n}.quantity`))}
        <span className="quiet">×</span>
        {field('price', problem(`lines.${n}.unit_price_minor`), own)}
        <span className="quiet">−</span>
        {field('discount', problem(`lines.${n}.discount_minor`), t('basket.no_discount'))}
        <span className={`${styles.sum} figures`}>{quoted ? money(quoted.amount_minor) : '…'}</span>
      </span>
      {problems.length > 0 && (
        <p className={styles.problem} role="alert">
          {problems.join(' ')}
        </p>
      )}
    </li>
  );
}
