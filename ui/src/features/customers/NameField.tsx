// The name of a customer. A whole phone number in it would be read by everybody who may not see numbers, and found by no
// list of numbers; one key moves it to where it belongs.
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '@/shared/hooks/keys.ts';
import { TextField } from '@/shared/parts/Field.tsx';
import { KeyHint } from '@/shared/parts/KeyHint.tsx';
import { hasPhone, withoutPhoneInName, type Draft } from './draft.ts';
import styles from './customers.module.css';

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  isNew: boolean;
  autoFocus: boolean;
  error: string | undefined;
  help: string | undefined;
}

export function NameField({ draft, onChange, isNew, autoFocus, error, help }: Props) {
  const { t } = useTranslation('customers');
  const isMixed = hasPhone(draft.name);
  const moved = isMixed ? withoutPhoneInName(draft, isNew) : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!moved || isComposing(event) || !event.altKey || event.code !== 'KeyP') return;
    event.preventDefault();
    onChange(moved);
  };
  const word = isMixed && (
    <>
      {t('form.phone_in_name')}{' '}
      {moved && (
        <button type="button" className={styles.owner} onClick={() => onChange(moved)}>
          {t('form.move_phone')} <KeyHint keys="Alt+P" />
        </button>
      )}
    </>
  );
  return <TextField label={t('field.name')} value={draft.name} autoFocus={autoFocus} maxLength={120} onChange={(event) => onChange({ name: event.target.value })} onKeyDown={onKeyDown} error={error} help={word || help} />;
}
