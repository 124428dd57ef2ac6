// How the case was resolved, part by part, as it was written down then.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatInstant, formatShortDay } from '@/shared/format/index.ts';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { compensations, type Case } from './queries.ts';

export function Resolutions({ view }: { view: Case }) {
  const { t } = useTranslation('complaints');
  const money = useMoney();
  const { zone, today } = useBook();
  const compensationWord = (name: string) => {
    const kind = compensations.find((each) => each === name);
    return kind ? t(`compensation.${kind}`) : name;
  };
  return view.resolutions.map((done) => {
    const given = [compensationWord(done.compensation_kind), done.compensation_minor > 0 && money(done.compensation_minor), done.compensation_note].filter(Boolean).join(' · ');
    const beside = done.compensation_also.map((each) => [compensationWord(each.kind), each.cost_minor > 0 && money(each.cost_minor), each.note].filter(Boolean).join(' · '));
    const improved = done.improvement_waived ? t('resolve.waived', { why: done.improvement_waived }) : [done.root_cause, done.improvement, done.improvement_due_on && t('resolve.until', { day: formatShortDay(done.improvement_due_on, today) })].filter(Boolean).join(' → ');
    return (
      <Card key={done.cycle} title={t('resolve.done')} side={<span className="figures">{formatInstant(done.resolved_at, zone, today)}</span>}>
        <Facts
          rows={[
            [t('resolve.empathy'), done.empathy ?? t('resolve.waived', { why: done.empathy_waived ?? '' })],
            [t('resolve.compensation'), [given, ...beside].join(' ＋ ')],
            ...(done.posted.length > 0 ? [[t('resolve.posted'), done.posted.join('；')] as [string, string]] : []),
            [t('resolve.improvement'), improved],
          ]}
        />
      </Card>
    );
  });
}
