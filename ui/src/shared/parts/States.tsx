// What a screen shows when it has nothing to show yet, nothing at all, or a refusal.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/backend/index.ts';
import { Icon } from '../icons/Icon.tsx';
import { Button } from './Button.tsx';
import { Drawing, type DrawingName } from './Drawing.tsx';
import styles from './States.module.css';

export function EmptyState({ drawing = 'page', title, text, children }: { drawing?: DrawingName; title: string; text?: string; children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <Drawing name={drawing} />
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}

/** Quiet lines where text will stand; nothing moves, since it rarely lasts longer than a blink. */
export function LoadingState({ lines = 5 }: { lines?: number }) {
  const { t } = useTranslation('common');
  return (
    <div className={styles.loading} role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, n) => (
        <span key={n} className={styles.line} data-n={n % 3} />
      ))}
    </div>
  );
}

/** A refusal that concerns the whole screen. */
export function ErrorState({ message, onRetry }: { message: string; onRetry?: () => void }) {
  const { t } = useTranslation('common');
  return (
    <div className={styles.state} role="alert">
      <Drawing name="torn" />
      <p className={styles.title}>{t('failed')}</p>
      <p className={`${styles.text} selectable`}>{message}</p>
      {onRetry && (
        <div className={styles.actions}>
          <Button onClick={onRetry}>{t('retry')}</Button>
        </div>
      )}
    </div>
  );
}

/** What a form was refused for, as far as no field says it. */
export function Refused({ error }: { error: ApiError | null | undefined }) {
  return error?.whole && <Notice tone="late">{error.whole}</Notice>;
}

/** A sentence above a form or inside a card: a refusal, a warning, a piece of information. */
export function Notice({ tone = 'info', children, action }: { tone?: 'info' | 'soon' | 'late' | 'done'; children: ReactNode; action?: ReactNode }) {
  const icon = { info: 'note', soon: 'clock', late: 'warn', done: 'check' } as const;
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'late' ? 'alert' : 'status'}>
      <Icon name={icon[tone]} />
      <div className={styles.noticeText}>{children}</div>
      {action}
    </div>
  );
}
