// There was a book and it cannot be opened. Nothing is deleted and nothing empty takes its place.
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Facts } from '@/shared/parts/Card.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { Existing } from './Existing.tsx';
import { useStartOver, type Status } from './queries.ts';
import styles from './start.module.css';

export function Problem({ status }: { status: Status }) {
  const { t } = useTranslation('start');
  const retry = useStartOver();
  const rows: [string, string][] = [];
  if (status.path) rows.push([t('problem.path'), status.path]);
  return (
    <div className={styles.form}>
      <h1>{t('problem.title')}</h1>
      <Notice tone="late">{status.problem?.message}</Notice>
      <Facts rows={rows} />
      <div>
        <Button kind="main" onClick={retry}>
          {t('problem.retry')}
        </Button>
      </div>
      <Existing status={status} />
    </div>
  );
}
