// The book and its backups: where the file lies, who can open it, when it was last copied to a safe place.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatInstant } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { go } from '@/shared/router.tsx';
import { BackupActions } from './BackupActions.tsx';
import { pickBook, useBackups, useBookInfo, useOpenBook, useStartOver } from './queries.ts';
import styles from './settings.module.css';

export function BookCard() {
  const { t } = useTranslation('settings');
  const money = useMoney();
  const { zone, today } = useBook();
  const info = useBookInfo();
  const backups = useBackups();
  const open = useOpenBook();
  const startOver = useStartOver();
  const openAnother = async () => {
    const path = await pickBook();
    if (path) open.mutate({ path }, { onSuccess: startOver });
  };
  const error = info.error ?? backups.error;
  if (error) return <ErrorState message={error.message} />;
  if (!info.data || !backups.data) return <LoadingState />;
  const { counts } = info.data;
  const { last } = backups.data;
  return (
    <>
      <Card title={t('backup.title')} side={t('backup.since', { n: formatCount(backups.data.operations_since) })}>
        {info.data.key_place === 'beside_book' && <Notice tone="soon">{t('backup.unarmed')}</Notice>}
        {last ? (
          <Facts
            rows={[
              [t('backup.made'), <span className="figures">{formatInstant(last.made_at, zone, today)}</span>],
              [t('backup.file'), <span className={styles.path}>{last.path}</span>],
              [t('backup.holds'), <span className="figures">{t('backup.rows', { customers: formatCount(last.customers), sales: formatCount(last.sales), size: megabytes(last.bytes) })}</span>],
            ]}
          />
        ) : (
          <Notice tone="soon">{t('backup.never')}</Notice>
        )}
        <BackupActions folder={backups.data.folder} />
      </Card>
      <Card title={t('book.title')}>
        <Facts
          rows={[
            [t('book.path'), <span className={styles.path}>{info.data.path}</span>],
            [t('book.key'), info.data.key_place === 'key_store' ? t('book.key_store') : t('book.beside')],
            [t('book.customers'), <span className="figures">{formatCount(counts.customers)}</span>],
            [t('book.sales'), <span className="figures">{t('book.sales_sum', { n: formatCount(counts.sales), amount: money(info.data.totals.net_minor) })}</span>],
            [t('book.complaints'), <span className="figures">{formatCount(counts.complaints)}</span>],
            [t('book.app'), <span className="figures">{info.data.app}</span>],
          ]}
        />
        <p className="quiet small">{t('book.copy_note')}</p>
        <div className={styles.buttons}>
          <Button icon="folder" onClick={() => void navigator.clipboard.writeText(info.data.path)}>
            {t('book.copy_path')}
          </Button>
          <Button icon="import" onClick={() => go('/import')}>
            {t('book.import')}
          </Button>
          <Button icon="export" onClick={() => go('/export')}>
            {t('book.export')}
          </Button>
          <Button icon="book" busy={open.isPending} onClick={() => void openAnother()}>
            {t('book.open_another')}
          </Button>
        </div>
        {open.error && <Notice tone="late">{open.error.message}</Notice>}
      </Card>
    </>
  );
}

/** Bytes as megabytes with one decimal. */
function megabytes(bytes: number): string {
  const tenths = Math.max(1, Math.round((bytes * 10) / 1_048_576));
  return `${Math.floor(tenths / 10)}.${tenths % 10} MB`;
}
