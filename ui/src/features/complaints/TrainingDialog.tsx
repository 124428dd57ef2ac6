// A closed case as an example for training: to read, to copy, to print, without anybody's name.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Facts } from '@/shared/parts/Card.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { PrintDialog, Rule, SheetHead, SheetTable, type Paper } from '@/shared/print/index.ts';
import { useTraining, type ComplaintId } from './queries.ts';
import styles from './complaints.module.css';

const papers: readonly Paper[] = ['A4'];

export function TrainingDialog({ id, onClose }: { id: ComplaintId; onClose: () => void }) {
  const { t } = useTranslation('complaints');
  const { t: word } = useTranslation('common');
  const { data, error } = useTraining(id);
  const [copied, setCopied] = useState(false);
  const [printing, setPrinting] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText((data?.lines ?? []).map((line) => `${line.title}：${line.text}`).join('\n'));
    setCopied(true);
  };
  if (printing && data) {
    return (
      <PrintDialog title={t('training.title')} kind="training" papers={papers} onClose={() => setPrinting(false)}>
        {() => (
          <>
            <SheetHead title={t('training.title')} note={t('training.note')} />
            <Rule />
            <SheetTable heads={[t('print.part'), t('print.what')]} rows={numbered(data.lines)} />
          </>
        )}
      </PrintDialog>
    );
  }
  return (
    <Dialog
      wide
      title={t('training.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('close')}</Button>
          <Button icon="print" disabled={!data} onClick={() => setPrinting(true)}>
            {t('print.open')}
          </Button>
          <Button kind="main" icon="file" disabled={!data} onClick={() => void copy()}>
            {copied ? t('script.copied') : t('script.copy')}
          </Button>
        </>
      }
    >
      <div className={styles.steps}>
        <p className="quiet">{t('training.note')}</p>
        {error && <ErrorState message={error.message} />}
        {!data && !error && <LoadingState />}
        {data && <Facts rows={numbered(data.lines)} />}
      </div>
    </Dialog>
  );
}

/** Steps repeat their word; a number tells them apart. */
function numbered(lines: readonly { title: string; text: string }[]): [string, string][] {
  const seen = new Map<string, number>();
  return lines.map(({ title, text }) => {
    const n = (seen.get(title) ?? 0) + 1;
    seen.set(title, n);
    return [n > 1 ? `${title} ${n}` : title, text];
  });
}
