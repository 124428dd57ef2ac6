// A sheet above the screen for one short task. Esc closes it, Tab stays inside, the focus goes back to
// where it came from.
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useKey } from '../hooks/keys.ts';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}

const focusable = 'button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), a[href], [tabindex="0"]';

export function Dialog({ title, onClose, wide = false, children, footer }: Props) {
  const { t } = useTranslation('common');
  const titleId = useId();
  const sheet = useRef<HTMLDivElement>(null);

  // Looked at before anything inside is there: a field may take the focus with its first appearance.
  const [before] = useState(() => document.activeElement);

  useKey('Escape', onClose);
  useEffect(() => {
    const inside = sheet.current;
    // What the dialog names comes before whatever field stands first in it.
    const first = inside?.querySelector<HTMLElement>('[data-autofocus]') ?? inside?.querySelector<HTMLElement>('input:not(:disabled), textarea:not(:disabled)');
    const isIn = () => inside?.contains(document.activeElement) === true;
    if (!isIn()) first?.focus();
    // Whatever could not take the focus: nothing is typed into the screen below.
    if (!isIn()) inside?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [before]);

  const keepInside = (event: KeyboardEvent) => {
    if (event.key !== 'Tab' || !sheet.current) return;
    const all = [...sheet.current.querySelectorAll<HTMLElement>(focusable)];
    const edge = event.shiftKey ? all[0] : all.at(-1);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0])?.focus();
  };

  return createPortal(
    <div className={styles.veil} role="presentation" onMouseDown={(event) => event.target === event.currentTarget && onClose()}>
      <div ref={sheet} className={wide ? `${styles.sheet} ${styles.wide}` : styles.sheet} role="dialog" aria-modal aria-labelledby={titleId} tabIndex={-1} onKeyDown={keepInside}>
        <header className={styles.head}>
          <h2 id={titleId}>{title}</h2>
          <Button kind="plain" icon="close" aria-label={t('close')} onClick={onClose} />
        </header>
        <div className={styles.body}>{children}</div>
        {footer && <footer className={styles.foot}>{footer}</footer>}
      </div>
    </div>,
    document.body,
  );
}
