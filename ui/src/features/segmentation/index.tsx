// 分层: the scheme with its classes, how many stand in each and what they bring, the cut points of the run and
// who moved. Every shape leads to the list of its people.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { Classes } from './Classes.tsx';
import { Moves } from './Moves.tsx';
import { useRunSegmentation, useSegmentation } from './queries.ts';
import styles from './segmentation.module.css';

export default function SegmentationScreen() {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const { data, error } = useSegmentation();
  const run = useRunSegmentation();
  const start = () => run.mutate({});
  return (
    <Screen
      title={data ? t('title_of', { scheme: data.name }) : t('title')}
      note={data && <span className="figures">{[word('people', { n: formatCount(data.customers) }), data.as_of && t('as_of', { day: formatShortDay(data.as_of, today) })].filter(Boolean).join(' · ')}</span>}
      actions={
        <Button kind="main" icon="segmentation" busy={run.isPending} onClick={start}>
          {t('run')}
        </Button>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {run.error && <Notice tone="late">{run.error.message}</Notice>}
      {run.data && <Moves run={run.data} />}
      {data && data.as_of === null && <EmptyState drawing="cards" title={t('never.title')} text={t('never.text')} />}
      {data && data.as_of !== null && (
        <div className={styles.page}>
          <Classes view={data} />
          <Card title={t('cuts')} side={t('cuts_help')}>
            <Facts rows={data.cuts.map((cut) => [cut.measure, <span className="figures">{cut.text}</span>] as const)} />
          </Card>
        </div>
      )}
    </Screen>
  );
}
