// 定期评估: when the next one is due, what it talks about, what came of the earlier ones.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { AssessmentAgenda } from './AssessmentAgenda.tsx';
import { AssessmentForm } from './AssessmentForm.tsx';
import { AssessmentsHeld } from './AssessmentsHeld.tsx';
import { RhythmDialog, useRhythmWords } from './RhythmDialog.tsx';
import { useAssessments, type AssessmentBoard } from './queries.ts';
import { Tabs } from './Tabs.tsx';
import styles from './complaints.module.css';

export function Assessments() {
  const { t } = useTranslation('complaints');
  const [recording, setRecording] = useState(false);
  const [planning, setPlanning] = useState(false);
  const { data, error } = useAssessments();
  const words = useRhythmWords();
  const record = () => setRecording(true);
  useKey('Ctrl+N', record, !recording && !planning && data !== undefined);
  return (
    <Screen
      title={t('assess.title')}
      note={data && (data.rhythm ? words(data.rhythm) : t('assess.no_rhythm'))}
      actions={
        <>
          <Button icon="clock" onClick={() => setPlanning(true)} disabled={!data || undefined}>
            {t('assess.plan')}
          </Button>
          <Button kind="main" icon="edit" hint="Ctrl+N" onClick={record} disabled={!data || recording || undefined}>
            {t('assess.record')}
          </Button>
        </>
      }
      tools={<Tabs at="assessments" />}
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && (
        <div className={styles.side}>
          <NextOne board={data} onPlan={() => setPlanning(true)} />
          {recording && <AssessmentForm board={data} onClose={() => setRecording(false)} />}
          <AssessmentAgenda agenda={data.agenda} people={data.people} />
          <AssessmentsHeld held={data.held} all={data.held_in_all} />
        </div>
      )}
      {planning && data && <RhythmDialog rhythm={data.rhythm} onClose={() => setPlanning(false)} />}
    </Screen>
  );
}

/** One sentence: when, and what one that is held today stands for. */
function NextOne({ board, onPlan }: { board: AssessmentBoard; onPlan: () => void }) {
  const { t } = useTranslation('complaints');
  const { today } = useBook();
  const { next, rhythm } = board;
  if (!next) {
    return (
      <Notice
        action={
          <Button kind="plain" onClick={onPlan}>
            {t('assess.plan')}
          </Button>
        }
      >
        {t(rhythm ? 'assess.days_over' : 'assess.none_planned')}
      </Notice>
    );
  }
  const day = formatShortDay(next.due_on, today);
  const sentence = t(`assess.next.${next.standing}`, { day, n: next.days });
  const moved = next.due_on !== next.planned_on ? t('assess.moved', { day: formatShortDay(next.planned_on, today) }) : '';
  const early = next.standing === 'coming' ? t(today >= next.counts_from ? 'assess.counts' : 'assess.besides') : '';
  return (
    <Notice tone={next.standing === 'late' ? 'late' : next.standing === 'due' ? 'soon' : 'info'}>
      {sentence}
      {moved}
      {early}
    </Notice>
  );
}
