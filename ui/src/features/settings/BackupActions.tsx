// Making a backup, looking into one, and bringing one back into a new place. The book in use is never touched
// by a restore.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatInstant } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { pickBackupFile, pickBackupFolder, pickBookFolder, useCreateBackup, useRestoreBackup, useStartOver, useVerifyBackup, type Backup } from './queries.ts';
import styles from './settings.module.css';

export function BackupActions({ folder }: { folder: string | null }) {
  const { t } = useTranslation('settings');
  const create = useCreateBackup();
  const verify = useVerifyBackup();
  const [file, setFile] = useState<string>();
  const backUp = async (chosen: string | null) => {
    const target = chosen ?? (await pickBackupFolder());
    if (target) create.mutate({ folder: target });
  };
  const look = async () => {
    const picked = await pickBackupFile();
    if (!picked) return;
    setFile(picked);
    verify.mutate({ file: picked });
  };
  const error = create.error ?? verify.error;
  return (
    <>
      {create.data && <Notice tone="done">{t('backup.done', { rows: formatCount(create.data.customers + create.data.sales) })}</Notice>}
      {error && <Notice tone="late">{error.first}</Notice>}
      <div className={styles.buttons}>
        <Button kind="main" icon="export" busy={create.isPending} onClick={() => void backUp(folder)}>
          {folder ? t('backup.again', { folder }) : t('backup.create')}
        </Button>
        {folder && (
          <Button icon="folder" onClick={() => void backUp(null)}>
            {t('backup.elsewhere')}
          </Button>
        )}
        <Button icon="import" busy={verify.isPending} onClick={() => void look()}>
          {t('backup.look')}
        </Button>
      </div>
      {verify.data && file && <Found backup={verify.data} file={file} onClose={() => verify.reset()} />}
    </>
  );
}

function Found({ backup, file, onClose }: { backup: Backup; file: string; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const { t: word } = useTranslation('common');
  const { zone, today } = useBook();
  const restore = useRestoreBackup();
  const startOver = useStartOver();
  const bring = async () => {
    const target = await pickBookFolder();
    if (target) restore.mutate({ file, target }, { onSuccess: startOver });
  };
  return (
    <Dialog
      title={t('backup.found')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('close')}</Button>
          <Button kind="main" icon="folder" busy={restore.isPending} onClick={() => void bring()}>
            {t('backup.restore')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Notice tone="done">
          {t('backup.whole', { shop: backup.shop_name, at: formatInstant(backup.made_at, zone, today), customers: formatCount(backup.customers), sales: formatCount(backup.sales) })}
        </Notice>
        {backup.is_open && <Notice tone="soon">{t('backup.open')}</Notice>}
        <p className="quiet">{t('backup.restore_help')}</p>
        {restore.data && <Notice tone="done">{t('backup.restored', { path: restore.data.path })}</Notice>}
        {restore.error && <Notice tone="late">{restore.error.first}</Notice>}
      </div>
    </Dialog>
  );
}
