// The customer whose sales are looked for: typed like everywhere, chosen with the arrow keys, taken away again.
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { useCustomerSearch, useProfile } from './queries.ts';
import styles from './sales.module.css';

interface Props {
  customer: number | undefined;
  onCustomer: (id: number | undefined) => void;
}

export function CustomerFilter({ customer, onCustomer }: Props) {
  const { t } = useTranslation('counter');
  const chosen = useProfile(customer);
  if (customer !== undefined) {
    return (
      <span className={styles.chosen}>
        <span className={styles.cut}>{chosen.data?.row.name ?? '…'}</span>
        <Button kind="plain" icon="close" aria-label={t('sales.all_customers')} title={t('sales.all_customers')} onClick={() => onCustomer(undefined)} />
      </span>
    );
  }
  return <Box onCustomer={onCustomer} />;
}

function Box({ onCustomer }: { onCustomer: (id: number) => void }) {
  const { t } = useTranslation('counter');
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useCustomerSearch(text.trim());
  const rows = text.trim() === '' ? [] : (found.data?.rows ?? []);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setAt((n) => Math.max(0, Math.min(rows.length - 1, n + (event.key === 'ArrowDown' ? 1 : -1))));
    else if (event.key === 'Enter' && rows[at]) onCustomer(rows[at].id);
    else if (event.key === 'Escape' && text !== '') setText('');
    else return;
    event.preventDefault();
  };
  return (
    <span className={styles.customer}>
      <input
        className={styles.field}
        role="combobox"
        aria-label={t('sales.customer')}
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={rows.length > 0 ? `${listId}-${at}` : undefined}
        placeholder={t('sales.customer')}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {rows.length > 0 && (
        <ul id={listId} className={styles.found} role="listbox" aria-label={t('sales.customer')}>
          {rows.map((row, n) => (
            <li key={row.id} id={`${listId}-${n}`} role="option" aria-selected={n === at} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onMouseEnter={() => setAt(n)} onClick={() => onCustomer(row.id)}>
              <span className={styles.cut}>{row.name}</span>
              <span className="quiet small figures">{row.phone ?? row.member_no}</span>
            </li>
          ))}
        </ul>
      )}
    </span>
  );
}
