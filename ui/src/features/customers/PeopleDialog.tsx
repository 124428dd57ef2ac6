// The sheet of one short form about a customer: problems on top, Ctrl+S and the last Enter save, Esc closes.
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/backend/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { nextFieldOnEnter } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import styles from './people.module.css';

interface Props {
  title: string;
  onClose: () => void;
  onSave: () => void;
  busy: boolean;
  error: ApiError | null;
  wide?: boolean;
  children: ReactNode;
}

export function PeopleDialog({ title, onClose, onSave, busy, error, wide = false, children }: Props) {
  const { t: word } = useTranslation('common');
  const form = useRef<HTMLFormElement>(null);
  useKey('Ctrl+S', () => form.current?.requestSubmit());
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSave();
  };
  return (
    <Dialog
      title={title}
      wide={wide}
      onClose={onClose}
      footer={
        <>
          <Button hint="Escape" onClick={onClose}>
            {word('cancel')}
          </Button>
          <Button kind="main" hint="Ctrl+S" busy={busy} onClick={() => form.current?.requestSubmit()}>
            {word('save')}
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        {error && <Notice tone="late">{error.fields.length > 0 ? error.fields.map((field) => <p key={field.field + field.problem}>{field.message}</p>) : error.message}</Notice>}
        {children}
      </form>
    </Dialog>
  );
}
