// Whose complaint it is: a customer of the book, found as anywhere else, or words for somebody unknown.
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Field } from '@/shared/parts/Field.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { useCustomerSearch, type CustomerHit } from './queries.ts';
import styles from './complaints.module.css';

interface Props {
  customer: CustomerHit | undefined;
  text: string;
  onCustomer: (customer: CustomerHit | undefined) => void;
  onText: (text: string) => void;
  error?: string;
}

export function CustomerField({ customer, text, onCustomer, onText, error }: Props) {
  const { t } = useTranslation('complaints');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const listId = useId();
  const search = useCustomerSearch(open ? text : '');
  const hits = open && text.trim() !== '' ? (search.data?.rows ?? []) : [];
  const take = (hit: CustomerHit | undefined) => {
    if (!hit) return;
    onCustomer(hit);
    onText('');
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || hits.length === 0) return;
    if (event.key === 'ArrowDown') setAt((n) => Math.min(hits.length - 1, n + 1));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(-1, n - 1));
    else if (event.key === 'Enter' && at >= 0) take(hits[at]);
    else if (event.key === 'Escape') setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (customer) {
    return (
      <Field label={t('form.customer')} error={error}>
        {() => (
          <div className={styles.chosen}>
            <strong>{customer.name}</strong>
            {customer.salutation && <span className="quiet">{customer.salutation}</span>}
            <TierMark name={customer.tier.name} step={customer.tier.rank} of={customer.tier.of} />
            <span className="quiet figures">{customer.phone}</span>
            <Button kind="plain" icon="close" aria-label={t('form.other_customer')} title={t('form.other_customer')} onClick={() => onCustomer(undefined)} />
          </div>
        )}
      </Field>
    );
  }
  return (
    <Field label={t('form.customer')} optional error={error} help={t('form.customer_help')}>
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
            placeholder={t('form.customer_example')}
            onChange={(event) => {
              onText(event.target.value);
              setOpen(true);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => setOpen(false)}
          />
          {hits.length > 0 && (
            <ul id={listId} className={styles.hits} role="listbox" aria-label={t('form.customer')}>
              {hits.map((hit, n) => (
                <li key={hit.id} role="option" aria-selected={n === at} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onClick={() => take(hit)}>
                  <strong>{hit.name}</strong>
                  <span className="quiet">{hit.salutation}</span>
                  <span className="quiet figures">{hit.phone}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}
