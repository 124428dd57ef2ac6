// The sheet of one short form: what is wrong on top, Ctrl+S and the last Enter send it, Esc closes.
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKey } from '../hooks/keys.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { nextFieldOnEnter } from './Field.tsx';
import { Notice } from './States.tsx';
import styles from './FormDialog.module.css';

interface Props {
  title: string;
  /** What the button says that sends it; left out, that it saves. */
  deed?: string;
  /** What no field of the form says by itself. */
  problem?: ReactNode;
  busy: boolean;
  disabled?: boolean;
  wide?: boolean;
  /** Two fields side by side. */
  pair?: boolean;
  /** A further deed, beside the way out. */
  beside?: ReactNode;
  onClose: () => void;
  onSave: () => void;
  children: ReactNode;
}

export function FormDialog({ title, deed, problem, busy, disabled = false, wide = false, pair = false, beside, onClose, onSave, children }: Props) {
  const { t } = useTranslation('common');
  const form = useRef<HTMLFormElement>(null);
  useKey('Ctrl+S', () => form.current?.requestSubmit());
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !disabled) onSave();
  };
  return (
    <Dialog
      title={title}
      wide={wide}
      onClose={onClose}
      footer={
        <>
          {beside}
          <Button hint="Escape" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button kind="main" hint="Ctrl+S" busy={busy} disabled={disabled} onClick={() => form.current?.requestSubmit()}>
            {deed ?? t('save')}
          </Button>
        </>
      }
    >
      <div className={styles.sheet}>
        {problem && <Notice tone="late">{problem}</Notice>}
        <form ref={form} className={pair ? styles.pair : styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
          {children}
        </form>
      </div>
    </Dialog>
  );
}
