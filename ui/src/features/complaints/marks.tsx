// The words for how bad a case is and where it stands, each with more than its colour.
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/icons/Icon.tsx';
import type { Severity } from './queries.ts';
import styles from './complaints.module.css';

export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useTranslation('complaints');
  if (severity === 'normal') return null;
  return (
    <span className={styles.severity} data-severity={severity}>
      <Icon name="warn" />
      {t(`severity.${severity}`)}
    </span>
  );
}

const statuses = ['received', 'responded', 'in_progress', 'waiting', 'resolved', 'followed_up', 'closed', 'reopened', 'withdrawn', 'duplicate'] as const;
type Status = (typeof statuses)[number];

export function StatusWord({ status }: { status: string }) {
  const { t } = useTranslation('complaints');
  const known = statuses.find((s): s is Status => s === status);
  return (
    <span className={styles.status} data-status={status}>
      {known ? t(`status.${known}`) : status}
    </span>
  );
}
