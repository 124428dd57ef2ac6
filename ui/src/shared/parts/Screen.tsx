// The sheet of every screen: the way back, a title that says what it shows, one main action, the content.
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { goBack, nameScreen, wayBack } from '../router.tsx';
import { Icon } from '../icons/Icon.tsx';
import { KeyHint } from './KeyHint.tsx';
import styles from './Screen.module.css';

interface Props {
  title: string;
  /** Beside the title: what the title leaves open, such as a count or a mark. */
  note?: ReactNode;
  /** The main action, and at most a few quiet ones before it. */
  actions?: ReactNode;
  /** A row below the title: filters, tabs. */
  tools?: ReactNode;
  /** Esc does something on this screen; the way back is Alt+← only. */
  keepsEscape?: boolean;
  /** The content brings its own scrolling, as a long table does. */
  filled?: boolean;
  children: ReactNode;
}

export function Screen({ title, note, actions, tools, keepsEscape = false, filled = false, children }: Props) {
  const { t } = useTranslation('common');
  const back = wayBack();
  useEffect(() => nameScreen(title), [title]);
  return (
    <div className={styles.screen} data-filled={filled || undefined}>
      {back !== undefined && (
        <button type="button" className={styles.back} onClick={() => goBack()}>
          <Icon name="back" />
          {t('back')} {back}
          <KeyHint keys={keepsEscape ? 'Alt+ArrowLeft' : 'Escape'} />
        </button>
      )}
      <header className={styles.head}>
        <div className={styles.title}>
          <h1>{title}</h1>
          {note && <span className={styles.note}>{note}</span>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {tools && <div className={styles.tools}>{tools}</div>}
      <div className={styles.content}>{children}</div>
    </div>
  );
}
