// The list as a file, as it is shown: columns, order, those who are chosen. For a partner it is covered.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Progress } from '@/shared/parts/Progress.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { pickTableFile, useExportTable, useJob, type Column, type File, type Meant } from './queries.ts';
import styles from './table.module.css';

interface Props {
  meant: Meant;
  people: number;
  isChosen: boolean;
  columns: readonly Column[];
  onClose: () => void;
}

export function ExportDialog({ meant, people, isChosen, columns, onClose }: Props) {
  const { t } = useTranslation('table');
  const { t: word } = useTranslation('common');
  const [eyes, setEyes] = useState<'own' | 'partner'>('own');
  const start = useExportTable();
  const job = useJob(start.data?.job);
  const state = start.isPending ? 'running' : job.data?.state;
  const file = state === 'done' ? (job.data?.result as File | undefined) : undefined;
  const refusal = start.error ?? job.data?.error;
  const begin = async () => {
    const chosen = await pickTableFile();
    if (chosen !== null) start.mutate({ ...meant, columns: [...columns], masked: eyes === 'partner', file: chosen });
  };
  useKey('Ctrl+Enter', () => (file ? onClose() : void begin()), state !== 'running');
  return (
    <Dialog
      title={t('export_title')}
      onClose={onClose}
      footer={
        file ? (
          <Button kind="main" hint="Ctrl+Enter" onClick={onClose}>
            {word('done')}
          </Button>
        ) : (
          <>
            <Button hint="Escape" onClick={onClose}>
              {word('cancel')}
            </Button>
            <Button kind="main" icon="export" hint="Ctrl+Enter" busy={state === 'running'} onClick={() => void begin()}>
              {t('export_run')}
            </Button>
          </>
        )
      }
    >
      <div className={styles.stack}>
        <p>{t(isChosen ? 'export_chosen' : 'export_all', { n: formatCount(people) })}</p>
        <Choice
          label={t('export_for')}
          value={eyes}
          onChange={setEyes}
          options={[
            { value: 'own', word: t('export_own') },
            { value: 'partner', word: t('export_partner') },
          ]}
        />
        {state === 'running' && job.data && <Progress word={t('export_running')} done={job.data.done} total={job.data.total} rate={job.data.rate} leftSeconds={job.data.left_s} />}
        {file && (
          <Notice tone="done">
            <span className="selectable">{t('exported', { n: formatCount(file.rows), path: file.path })}</span>
          </Notice>
        )}
        {refusal && state !== 'running' && <Notice tone="late">{toApiError(refusal).first}</Notice>}
        <p className="quiet small">{t('export_note')}</p>
      </div>
    </Dialog>
  );
}
