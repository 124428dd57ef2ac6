// The rhythm of assessments: a day of the week, of the month or of the quarter, or days that somebody chose.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { usePlanAssessments, type Rhythm } from './queries.ts';
import styles from './complaints.module.css';

const kinds = ['weekly', 'monthly', 'quarterly', 'days', 'never'] as const;
type Kind = (typeof kinds)[number];
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const monthDays = Array.from({ length: 28 }, (_, n) => n + 1);

/** A rhythm in words. */
export function useRhythmWords(): (rhythm: Rhythm) => string {
  const { t } = useTranslation('complaints');
  const { today } = useBook();
  return (rhythm) => {
    switch (rhythm.kind) {
      case 'weekly':
        return t('assess.every_week', { day: t(`assess.weekday.${weekdays.find((each) => each === rhythm.weekday) ?? 1}`) });
      case 'regular':
        return t(rhythm.months === 3 ? 'assess.every_quarter' : 'assess.every_month', { day: rhythm.day });
      case 'days':
        return t('assess.on_days', { n: rhythm.days.length, day: formatShortDay([...rhythm.days].sort().at(-1) ?? today, today) });
    }
  };
}

const kindOf = (rhythm: Rhythm | null): Kind => (rhythm === null ? 'monthly' : rhythm.kind === 'regular' ? (rhythm.months === 3 ? 'quarterly' : 'monthly') : rhythm.kind);

export function RhythmDialog({ rhythm, onClose }: { rhythm: Rhythm | null; onClose: () => void }) {
  const { t } = useTranslation('complaints');
  const { today } = useBook();
  const [kind, setKind] = useState<Kind>(() => kindOf(rhythm));
  const [weekday, setWeekday] = useState(rhythm?.kind === 'weekly' ? rhythm.weekday : 1);
  const [day, setDay] = useState(rhythm?.kind === 'regular' ? rhythm.day : 5);
  const [days, setDays] = useState(() => (rhythm?.kind === 'days' ? rhythm.days : ['']).map((on, at) => ({ at, on })));
  const next = Math.max(-1, ...days.map((each) => each.at)) + 1;
  const key = useRef(newClientKey());
  const { mutate, isPending, error } = usePlanAssessments();
  const chosen = (): Rhythm | null => {
    switch (kind) {
      case 'weekly':
        return { kind: 'weekly', weekday };
      case 'monthly':
        return { kind: 'regular', months: 1, day };
      case 'quarterly':
        return { kind: 'regular', months: 3, day };
      case 'days':
        return { kind: 'days', days: days.map((each) => each.on).filter((on) => on !== '') };
      case 'never':
        return null;
    }
  };
  const send = () => {
    mutate({ client_key: key.current, rhythm: chosen() }, { onSuccess: onClose });
  };
  const problem = (field: string) => error?.of(`rhythm.${field}`);
  return (
    <FormDialog title={t('assess.plan')} problem={error?.whole} busy={isPending} onClose={onClose} onSave={send}>
      <Choice label={t('assess.how_often')} value={kind} onChange={setKind} options={kinds.map((each) => ({ value: each, word: t(`assess.kind.${each}`) }))} />
      {kind === 'weekly' && (
        <Field label={t('assess.which_day')} error={problem('weekday')}>
          {(ids) => <Pick id={ids.id} field label={t('assess.which_day')} value={String(weekday)} onChange={(value) => setWeekday(Number(value))} options={weekdays.map((each) => ({ value: String(each), word: t(`assess.weekday.${each}`) }))} />}
        </Field>
      )}
      {(kind === 'monthly' || kind === 'quarterly') && (
        <Field label={t(kind === 'monthly' ? 'assess.which_day' : 'assess.which_day_of_quarter')} error={problem('day')}>
          {(ids) => <Pick id={ids.id} field label={t('assess.which_day')} value={String(day)} onChange={(value) => setDay(Number(value))} options={monthDays.map((each) => ({ value: String(each), word: t('assess.day_of_month', { n: each }) }))} />}
        </Field>
      )}
      {kind === 'days' && (
        <Field label={t('assess.which_days')} error={problem('days')}>
          {() => (
            <div className={styles.files}>
              {days.map((each) => (
                <div key={each.at} className={styles.dayLine}>
                  <DayField value={each.on} onChange={(on) => setDays((before) => before.map((other) => (other.at === each.at ? { ...other, on } : other)))} from={each.on === '' ? today : undefined} />
                  <Button kind="plain" icon="close" aria-label={t('assess.remove_day')} title={t('assess.remove_day')} onClick={() => setDays((before) => before.filter((other) => other.at !== each.at))} />
                </div>
              ))}
              <div>
                <Button kind="plain" icon="plus" onClick={() => setDays((before) => [...before, { at: next, on: '' }])}>
                  {t('assess.add_day')}
                </Button>
              </div>
            </div>
          )}
        </Field>
      )}
      <p className="quiet small">{t(kind === 'never' ? 'assess.never_help' : 'assess.plan_help')}</p>
    </FormDialog>
  );
}
