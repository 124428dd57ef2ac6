// Files kept with the customer, inside the book. A copy goes into a folder that a person chose.
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { formatSize } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { pickFile, pickFolder, useAddFile, useCopyFile, useRemoveFile, type Profile } from './queries.ts';
import styles from './people.module.css';

type File = Profile['details']['attachments'][number];

export function FilesDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const add = useAddFile();
  const copy = useCopyFile();
  const remove = useRemoveFile();
  const error = add.error ?? copy.error ?? remove.error;
  const put = async () => {
    const file = await pickFile();
    if (file) add.mutate({ client_key: newClientKey(), customer_id: profile.row.id, file });
  };
  const take = async (file: File) => {
    const folder = await pickFolder();
    if (folder) copy.mutate({ id: file.id, folder });
  };
  return (
    <Dialog
      title={t('more.files')}
      onClose={onClose}
      footer={
        <>
          <Button hint="Escape" onClick={onClose}>
            {word('close')}
          </Button>
          <Button kind="main" icon="plus" busy={add.isPending} data-autofocus onClick={() => void put()}>
            {t('files.add')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {error && <Notice tone="late">{error.first}</Notice>}
        {copy.data && <Notice tone="done">{t('files.copied', { path: copy.data.path })}</Notice>}
        {profile.details.attachments.length === 0 && <p className="quiet">{t('files.none')}</p>}
        <ul className={styles.list}>
          {profile.details.attachments.map((file) => (
            <li key={file.id} className={styles.item}>
              <span className={styles.fileName}>{file.name}</span>
              <span className="quiet figures">{formatSize(file.bytes)}</span>
              <span className={styles.keys}>
                <Button icon="export" busy={copy.isPending} onClick={() => void take(file)}>
                  {t('files.copy')}
                </Button>
                <Button kind="plain" icon="close" busy={remove.isPending} aria-label={t('files.remove')} title={t('files.remove')} onClick={() => remove.mutate({ id: file.id })} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
