// One person's copy, and erasing for good: the numbers first, then the one red button.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatInstant } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { LoadingState, Notice } from '@/shared/parts/States.tsx';
import { startAt } from '@/shared/router.tsx';
import { pickFolder, useCopyPerson, useErase, useErasePreview, type Profile } from './queries.ts';
import styles from './people.module.css';

export function CopyDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const copy = useCopyPerson();
  const write = async () => {
    const folder = await pickFolder();
    if (folder) copy.mutate({ customer_id: profile.row.id, folder });
  };
  return (
    <Dialog
      title={t('more.copy')}
      onClose={onClose}
      footer={
        <>
          <Button hint="Escape" onClick={onClose}>
            {word('close')}
          </Button>
          <Button kind="main" icon="export" busy={copy.isPending} data-autofocus onClick={() => void write()}>
            {t('copy.write')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('copy.help')}</p>
        {copy.error && <Notice tone="late">{copy.error.first}</Notice>}
        {copy.data?.path != null && <Notice tone="done">{t('copy.done', { rows: formatCount(copy.data.rows), path: copy.data.path })}</Notice>}
      </div>
    </Dialog>
  );
}

/** A name as it can be read and typed: without marks that nobody sees, and with blanks as they are shown. */
const readable = (name: string): string => name.normalize('NFC').replaceAll(/\p{Cf}/gu, '').replaceAll(/\s+/g, ' ').trim();

export function EraseDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const { zone, today } = useBook();
  const [reason, setReason] = useState<'asked' | 'retention'>('asked');
  const [typed, setTyped] = useState('');
  const key = useRef(newClientKey());
  const preview = useErasePreview(profile.row.id);
  const erase = useErase();
  const leave = () => (erase.data ? startAt('/customers') : onClose());
  const told = erase.data ?? preview.data;
  return (
    <Dialog
      title={t('erase.title', { name: profile.row.name })}
      onClose={leave}
      footer={
        <>
          <Button hint="Escape" onClick={leave}>
            {erase.data ? word('done') : word('cancel')}
          </Button>
          {!erase.data && (
            <Button kind="danger" busy={erase.isPending} disabled={readable(typed) !== readable(profile.row.name) || undefined} onClick={() => erase.mutate({ client_key: key.current, customer_id: profile.row.id, reason })}>
              {t('erase.do')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.form}>
        {(erase.error ?? preview.error) && <Notice tone="late">{(erase.error ?? preview.error)?.message}</Notice>}
        {!told && !preview.error && <LoadingState lines={4} />}
        {erase.data && <Notice tone="done">{t('erase.done')}</Notice>}
        {told && !erase.data && (
          <>
            <p>{t('erase.goes', { rows: formatCount(told.rows) })}</p>
            <p>{t('erase.stays', { sales: formatCount(told.sales), complaints: formatCount(told.complaints) })}</p>
          </>
        )}
        {told && (
          <div>
            <p>{told.backups.length === 0 ? t('erase.no_backups') : t('erase.backups', { n: formatCount(told.backups.length) })}</p>
            <ul className={styles.list}>
              {told.backups.slice(0, 5).map((backup) => (
                <li key={backup.path} className={styles.backup}>
                  <span className="quiet figures">{formatInstant(backup.made_at, zone, today)}</span>
                  <span className={styles.fileName}>{backup.path}</span>
                  {!backup.is_there && <span className="quiet">{t('erase.away')}</span>}
                </li>
              ))}
            </ul>
          </div>
        )}
        {told && !erase.data && (
          <>
            <Field label={t('erase.why')}>
              {() => (
                <Choice
                  label={t('erase.why')}
                  value={reason}
                  onChange={setReason}
                  options={[
                    { value: 'asked', word: t('erase.asked') },
                    { value: 'retention', word: t('erase.retention') },
                  ]}
                />
              )}
            </Field>
            <TextField label={t('erase.type_name', { name: profile.row.name })} value={typed} autoFocus onChange={(event) => setTyped(event.target.value)} />
          </>
        )}
      </div>
    </Dialog>
  );
}
