// The sheet around a customer's fields: problems on top, Enter to the next field, Ctrl+S to save.
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/backend/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { nextFieldOnEnter } from '@/shared/parts/Field.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { goBack, go } from '@/shared/router.tsx';
import styles from './customers.module.css';

interface Props {
  title: string;
  error: ApiError | null;
  busy: boolean;
  onSave: () => void;
  children: ReactNode;
}

export function CustomerForm({ title, error, busy, onSave, children }: Props) {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const form = useRef<HTMLFormElement>(null);
  useKey('Escape', () => void (goBack() || go('/customers')));
  useKey('Ctrl+S', () => form.current?.requestSubmit());
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSave();
  };
  return (
    <Screen
      title={title}
      actions={
        <>
          <Button hint="Escape" onClick={() => goBack() || go('/customers')}>
            {word('cancel')}
          </Button>
          <Button kind="main" hint="Ctrl+S" busy={busy} onClick={() => form.current?.requestSubmit()}>
            {word('save')}
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        {error && (
          <Notice tone="late">
            {error.fields.length <= 1 && error.message}
            {error.fields.length > 1 && (
              <ul className={styles.problems}>
                {error.fields.map((field) => (
                  <li key={field.field + field.problem}>{field.message}</li>
                ))}
              </ul>
            )}
          </Notice>
        )}
        {children}
        <p className="quiet small">{t('form.keys')}</p>
      </form>
    </Screen>
  );
}
