// Try first, then run. The run is all or nothing, can be cancelled, and says how far it is and how long it takes.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Progress } from '@/shared/parts/Progress.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { go } from '@/shared/router.tsx';
import { useCancelJob, useJob, useRunImport, type Policy, type Preview, type Report, type Run } from './queries.ts';
import { Result } from './Result.tsx';
import styles from './imports.module.css';

interface Props {
  preview: Preview;
  isStale: boolean;
  /** Pasted cells: tried at once, and what they say goes into those who are known. */
  isPasted?: boolean;
  /** What became, or would become, of the rows; nothing for other corrections. */
  onReport?: (report: Report | undefined) => void;
  onDone: () => void;
}

export function RunPanel({ preview, isStale, isPasted = false, onReport, onDone }: Props) {
  const { t } = useTranslation('imports');
  const [policy, setPolicy] = useState<Policy>(isPasted ? 'update' : 'skip');
  const start = useRunImport();
  const cancel = useCancelJob();
  const [dry, setDry] = useState(true);
  const job = useJob(start.data?.job);
  const state = start.isPending ? 'running' : job.data?.state;
  const isRunning = state === 'running';
  const report = state === 'done' ? (job.data?.result as Report | undefined) : undefined;
  const missing = preview.fields.some((field) => field.is_required && !field.column);

  const begin = (dryRun: boolean) => {
    setDry(dryRun);
    const map: Run['map'] = {};
    for (const field of preview.fields) if (field.column) map[field.field] = field.column;
    start.mutate({ file: preview.file, kind: preview.kind, encoding: preview.encoding, sheet: preview.sheet, heading: preview.kind === 'vcard' ? null : preview.heading, map, policy, strict: false, earn_points: false, dry_run: dryRun });
  };
  useEffect(() => {
    onReport?.(report);
    return () => onReport?.(undefined);
  }, [report, onReport]);
  const isReady = isPasted && !missing && !isStale;
  useEffect(() => {
    if (isReady) begin(true);
    // Tried once for these corrections and this policy; `begin` is made anew at every drawing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isReady, policy]);
  const refusal = start.error ?? job.data?.error;
  const changes = report ? report.created + report.updated : 0;
  const isDone = report !== undefined && !dry;
  const canTry = !missing && !isStale;
  const canRun = report !== undefined && dry && changes > 0;
  // The one key of the page does what its main button says: try, then import, then look at who came.
  useKey(
    'Ctrl+Enter',
    () => {
      if (isDone) go('/customers');
      else if (canRun) begin(false);
      else if (canTry && !report) begin(true);
    },
    !isRunning,
  );
  return (
    <Card title={t('run.title')}>
      <div className={styles.run}>
        {!isRunning && !isDone && (
          <Choice
            label={t('run.policy')}
            value={policy}
            onChange={setPolicy}
            options={[
              { value: 'skip', word: t('run.skip') },
              { value: 'update', word: t('run.update') },
            ]}
          />
        )}
        {missing && <Notice tone="soon">{t('run.missing')}</Notice>}
        {isRunning && job.data && (
          <Progress word={dry ? t('run.trying') : t('run.running')} done={job.data.done} total={job.data.total} rate={job.data.rate} leftSeconds={job.data.left_s} onCancel={() => cancel.mutate({ job: job.data.job })} />
        )}
        {state === 'cancelled' && <Notice>{t('run.cancelled')}</Notice>}
        {refusal && !isRunning && <Notice tone="late">{toApiError(refusal).first}</Notice>}
        {report && job.data && <Result report={report} isDry={dry} job={job.data.job} />}
        {!isRunning && (
          <div className={styles.buttons}>
            {isDone ? (
              <>
                <Button kind="main" icon="customers" hint="Ctrl+Enter" onClick={() => go('/customers')}>
                  {t('run.to_customers')}
                </Button>
                <Button onClick={onDone}>{t('run.done')}</Button>
              </>
            ) : (
              <>
                <Button kind={report ? 'quiet' : 'main'} hint={report ? undefined : 'Ctrl+Enter'} disabled={!canTry || undefined} onClick={() => begin(true)}>
                  {report ? t('run.again') : t('run.try')}
                </Button>
                {report && dry && (
                  <Button kind="main" icon="import" hint="Ctrl+Enter" disabled={!canRun || undefined} onClick={() => begin(false)}>
                    {t('run.start', { n: formatCount(changes) })}
                  </Button>
                )}
              </>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}
