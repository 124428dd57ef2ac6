// Another customer, found as anywhere else: letters, digits, arrow keys, Enter.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, type Output } from '@/backend/index.ts';
import { FindBox } from '../parts/FindBox.tsx';

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
  const search = useAsk('customer_search', { text, limit: 6 }, { tables: ['customers'], enabled: text.trim() !== '', keep: true });
  const hits = (search.data?.rows ?? []).filter((hit) => hit.id !== not && (!companies || hit.kind === 'company'));
  return (
    <FindBox
      label={label}
      optional={!required}
      autoFocus={autoFocus}
      error={error}
      help={help}
      placeholder={t('pick.example')}
      text={text}
      onText={setText}
      hits={hits}
      keyOf={(hit) => hit.id}
      renderLine={(hit) => (
        <>
          <strong>{hit.name}</strong>
          <span className="quiet figures">{hit.phone}</span>
        </>
      )}
      onTake={(hit) => {
        setText('');
        onChange({ id: hit.id, name: hit.name });
      }}
      found={value ? { shown: <strong>{value.name}</strong>, other: t('pick.other'), onOther: () => onChange(null) } : undefined}
    />
  );
}
