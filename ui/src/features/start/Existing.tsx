// An existing book: those found on this computer, or one that the person points at.
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { pickBackup, pickBook, pickFolder, useOpenBook, useRestoreBackup, useStartOver, type Status } from './queries.ts';
import styles from './start.module.css';

export function Existing({ status }: { status: Status }) {
  const { t } = useTranslation('start');
  const open = useOpenBook();
  const startOver = useStartOver();
  const take = (path: string) => open.mutate({ path }, { onSuccess: startOver });
  const choose = async () => {
    const path = await pickBook();
    if (path) take(path);
  };
  const restore = useRestoreBackup();
  const bringBack = async () => {
    const file = await pickBackup();
    const target = file && (await pickFolder());
    if (file && target) restore.mutate({ file, target }, { onSuccess: startOver });
  };
  const error = open.error ?? restore.error;
  return (
    <div className={styles.form}>
      <p className="quiet">{status.found_books.length > 0 ? t('found') : t('found_none')}</p>
      {status.found_books.map((path) => (
        <Button key={path} icon="book" busy={open.isPending} onClick={() => take(path)}>
          {path}
        </Button>
      ))}
      {error && <Notice tone="late">{error.message}</Notice>}
      <Button kind={status.found_books.length > 0 ? 'plain' : 'main'} icon="folder" onClick={() => void choose()}>
        {t('open_other')}
      </Button>
      <Button icon="folder" busy={restore.isPending} onClick={() => void bringBack()}>
        {t('restore')}
      </Button>
      <p className="quiet small">{t('restore_help')}</p>
    </div>
  );
}
