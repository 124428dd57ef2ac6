// Photos, screenshots and papers of a case, kept inside the book. A copy goes into a folder that a person chose.
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { formatInstant, formatSize } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { pickFile, pickFolder, useAddFile, useCopyFile, useRemoveFile, type Case } from './queries.ts';
import styles from './complaints.module.css';

export function FilesCard({ view }: { view: Case }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  const add = useAddFile();
  const copy = useCopyFile();
  const remove = useRemoveFile();
  const error = add.error ?? copy.error ?? remove.error;
  const files = view.desk.attachments;
  const put = async () => {
    const file = await pickFile();
    if (file) add.mutate({ client_key: newClientKey(), complaint_id: view.row.id, file });
  };
  const take = async (id: (typeof files)[number]['id']) => {
    const folder = await pickFolder();
    if (folder) copy.mutate({ id, folder });
  };
  return (
    <Card
      title={t('files.title')}
      side={
        <Button kind="plain" icon="plus" busy={add.isPending} onClick={() => void put()}>
          {t('files.add')}
        </Button>
      }
    >
      {error && <Notice tone="late">{error.first}</Notice>}
      {copy.data && (
        <Notice tone="done">
          <span className="selectable">{t('files.copied', { path: copy.data.path })}</span>
        </Notice>
      )}
      {files.length === 0 && <p className="quiet small">{t('files.none')}</p>}
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file.id} className={styles.file}>
            <span className={styles.fileName} title={file.name}>
              {file.name}
            </span>
            <span className="quiet small figures">
              {formatSize(file.bytes)} · {formatInstant(file.added_at, zone, today)}
            </span>
            <span className={styles.fileKeys}>
              <Button kind="plain" icon="export" busy={copy.isPending} aria-label={t('files.copy', { name: file.name })} title={t('files.copy', { name: file.name })} onClick={() => void take(file.id)} />
              <Button kind="plain" icon="close" busy={remove.isPending} aria-label={t('files.remove', { name: file.name })} title={t('files.remove', { name: file.name })} onClick={() => remove.mutate({ id: file.id })} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
