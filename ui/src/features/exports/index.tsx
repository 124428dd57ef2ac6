// What leaves the book: which list, in which form, for whose eyes. The folder is chosen outside the page.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Progress } from '@/shared/parts/Progress.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { usePlace } from '@/shared/router.tsx';
import { isForPartners, kinds, lists, pickFolder, records, useCancelJob, useExport, useJob, type Encoding, type File, type Format, type Kind } from './queries.ts';
import styles from './exports.module.css';

const formats: readonly Format[] = ['xlsx', 'csv', 'json'];
const encodings: readonly Encoding[] = ['utf8', 'gb18030'];
const windows = ['12m', 'lifetime'] as const;
const RECORDS = 'records';
/** Everything stands last, behind all that it holds. */
const choices = [...lists.filter((each) => each !== 'everything'), RECORDS, 'everything'] as const;

/** Everything goes into a new book as JSON; a list is mostly looked at in a spreadsheet. */
const usualForm = (kind: Kind): Format => (kind === 'everything' ? 'json' : 'xlsx');

export default function ExportScreen() {
  const { t } = useTranslation('exports');
  const asked = usePlace().query.get('kind');
  const [kind, setKind] = useState<Kind>(kinds.find((each) => each === asked) ?? 'customers');
  const [format, setFormat] = useState(usualForm(kind));
  const [encoding, setEncoding] = useState<Encoding>('utf8');
  const [masked, setMasked] = useState(false);
  const [window, setWindow] = useState<(typeof windows)[number]>('12m');
  const isWhole = kind === 'everything';
  const list = lists.find((each) => each === kind);
  const hasForms = kind !== 'vcard';
  const start = useExport();
  const cancel = useCancelJob();
  const job = useJob(start.data?.job);
  const state = start.isPending ? 'running' : job.data?.state;
  const isRunning = state === 'running';
  const file = state === 'done' ? (job.data?.result as File | undefined) : undefined;
  const refusal = start.error ?? job.data?.error;

  const begin = async () => {
    const folder = await pickFolder();
    if (!folder) return;
    start.mutate({
      kind,
      folder,
      format: hasForms ? format : null,
      masked: masked && isForPartners(kind),
      encoding: hasForms && format === 'csv' ? encoding : 'utf8',
      window: kind === 'measures' ? window : null,
    });
  };
  const choose = (next: Kind) => {
    setKind(next);
    if ((next === 'everything') !== isWhole) setFormat(usualForm(next));
  };
  return (
    <Screen title={t('title')}>
      <Card title={t('what')}>
        <div className={styles.form}>
          <Choice
            label={t('what')}
            value={list ?? RECORDS}
            onChange={(next) => choose(next === RECORDS ? records[0] : next)}
            options={choices.map((each) => ({ value: each, word: each === RECORDS ? t(RECORDS) : t(`kind.${each}`) }))}
          />
          {!list && (
            <Line word={t('record')}>
              <Pick field label={t('record')} value={kind} onChange={(next) => choose(next as Kind)} options={records.map((each) => ({ value: each, word: t(`kind.${each}`) }))} />
            </Line>
          )}
          <p className="quiet">{t(`about.${list ?? RECORDS}`)}</p>
          {hasForms && (
            <Line word={t('format')}>
              <Choice label={t('format')} value={format} onChange={setFormat} options={formats.map((each) => ({ value: each, word: t(isWhole ? `whole.${each}` : each) }))} />
            </Line>
          )}
          {hasForms && format === 'csv' && (
            <Line word={t('encoding')}>
              <Choice label={t('encoding')} value={encoding} onChange={setEncoding} options={encodings.map((each) => ({ value: each, word: t(each) }))} />
            </Line>
          )}
          {kind === 'measures' && (
            <Line word={t('window')}>
              <Choice label={t('window')} value={window} onChange={setWindow} options={windows.map((each) => ({ value: each, word: t(each) }))} />
            </Line>
          )}
          {isForPartners(kind) && (
            <Line word={t('for')}>
              <Choice
                label={t('for')}
                value={masked ? 'partner' : 'own'}
                onChange={(eyes) => setMasked(eyes === 'partner')}
                options={[
                  { value: 'own', word: t('own') },
                  { value: 'partner', word: t('partner') },
                ]}
              />
            </Line>
          )}
          {isRunning && job.data && <Progress word={t('running')} done={job.data.done} total={job.data.total} rate={job.data.rate} leftSeconds={job.data.left_s} onCancel={() => cancel.mutate({ job: job.data.job })} />}
          {state === 'cancelled' && <Notice>{t('cancelled')}</Notice>}
          {refusal && !isRunning && <Notice tone="late">{toApiError(refusal).first}</Notice>}
          {file && (
            <Notice tone="done">
              <span className="selectable">{t('done', { n: formatCount(file.rows), path: file.path })}</span>
            </Notice>
          )}
          <div>
            <Button kind="main" icon="export" busy={isRunning} onClick={() => void begin()}>
              {t('start')}
            </Button>
          </div>
          <p className="quiet small">{t('note')}</p>
        </div>
      </Card>
    </Screen>
  );
}

function Line({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <span className={styles.word}>{word}</span>
      {children}
    </div>
  );
}
