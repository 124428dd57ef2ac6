// Another customer, found as anywhere else: letters, digits, arrow keys, Enter.
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, type Output } from '@/backend/index.ts';
import { isComposing } from '../hooks/keys.ts';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import styles from './CustomerPick.module.css';

type CustomerId = Output<'customer_search'>['rows'][number]['id'];

export interface Chosen {
  id: CustomerId;
  name: string;
}

interface Props {
  label: string;
  value: Chosen | null;
  onChange: (value: Chosen | null) => void;
  /** Only companies can be chosen. */
  companies?: boolean;
  /** Who is left out. */
  not?: CustomerId;
  /** A form that cannot do without. */
  required?: boolean;
  /** The first field of its sheet. */
  autoFocus?: boolean;
  error?: string;
  help?: string;
}

export function CustomerPick({ label, value, onChange, companies = false, not, required = false, autoFocus = false, error, help }: Props) {
  const { t } = useTranslation('people');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const search = useAsk('customer_search', { text, limit: 6 }, { tables: ['customers'], enabled: text.trim() !== '', keep: true });
  const hits = text.trim() === '' ? [] : (search.data?.rows ?? []).filter((hit) => hit.id !== not && (!companies || hit.kind === 'company'));
  const take = (n: number) => {
    const hit = hits[n];
    if (!hit) return;
    setText('');
    onChange({ id: hit.id, name: hit.name });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || hits.length === 0) return;
    if (event.key === 'ArrowDown') setAt((n) => Math.min(hits.length - 1, n + 1));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1));
    else if (event.key === 'Enter') take(at);
    else if (event.key === 'Escape') setText('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Field label={label} optional={!required} error={error} help={help}>
      {(ids) =>
        value ? (
          <div className={styles.chosen}>
            <strong>{value.name}</strong>
            <Button kind="plain" icon="close" aria-label={t('pick.other')} onClick={() => onChange(null)} />
          </div>
        ) : (
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
              placeholder={t('pick.example')}
              onChange={(event) => {
                setText(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
              data-autofocus={autoFocus || undefined}
            />
            {hits.length > 0 && (
              <ul id={listId} className={styles.hits} role="listbox" aria-label={label}>
                {hits.map((hit, n) => (
                  <li key={hit.id} role="option" aria-selected={n === at} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onClick={() => take(n)}>
                    <strong>{hit.name}</strong>
                    <span className="quiet figures">{hit.phone}</span>
                  </li>
                ))}
              </ul>
            )}
          </div>
        )
      }
    </Field>
  );
}
