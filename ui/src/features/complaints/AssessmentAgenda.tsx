// What an assessment talks about: what was decided last time, the numbers since then, causes, people, what is still open.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatBasisPoints, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import { ImprovementDialog } from './ImprovementDialog.tsx';
import { ImprovementRow } from './Improvements.tsx';
import { type AssessmentBoard, type Improvement, type Totals } from './queries.ts';
import { ReportCauses } from './ReportCauses.tsx';
import { ReportTable } from './ReportTable.tsx';
import styles from './complaints.module.css';

type Agenda = AssessmentBoard['agenda'];

export function AssessmentAgenda({ agenda, people }: { agenda: Agenda; people: AssessmentBoard['people'] }) {
  const { t } = useTranslation('complaints');
  const { today } = useBook();
  const [editing, setEditing] = useState<Improvement>();
  const { totals } = agenda.report;
  const span = t('report.span', { from: formatShortDay(agenda.report.from, today), to: formatShortDay(agenda.report.to, today), n: totals.cases });
  const list = (rows: readonly Improvement[], label: string) => (
    <ul className={styles.agendaList} aria-label={label}>
      {rows.map((row) => (
        <ImprovementRow key={row.id} row={row} onOpen={() => setEditing(row)} />
      ))}
    </ul>
  );
  return (
    <>
      {agenda.decided.length > 0 && (
        <Card title={t('assess.decided')} flush>
          {list(agenda.decided, t('assess.decided'))}
        </Card>
      )}
      <Card title={t('assess.numbers')} side={<span className="quiet small figures">{span}</span>}>
        {totals.cases === 0 ? <p className="quiet">{t('assess.no_cases', { n: agenda.before.cases })}</p> : <AgendaFigures totals={totals} before={agenda.before} />}
      </Card>
      {totals.cases > 0 && (
        <>
          <Card title={t('report.causes')}>
            {agenda.report.causes.length === 0 ? <p className="quiet">{t('report.no_causes')}</p> : <ReportCauses causes={agenda.report.causes} />}
          </Card>
          <Card title={t('assess.people')} flush>
            <ReportTable report={agenda.report} by="owner" />
          </Card>
        </>
      )}
      <Card title={t('assess.open')} flush={agenda.open.length > 0}>
        {agenda.open.length === 0 ? <p className="quiet">{t('improve.none')}</p> : list(agenda.open, t('assess.open'))}
      </Card>
      {editing && <ImprovementDialog improvement={editing} people={people} onClose={() => setEditing(undefined)} />}
    </>
  );
}

export const shareOf = (bp: number | null): string => (bp === null ? '–' : formatBasisPoints(bp));

function AgendaFigures({ totals, before }: { totals: Totals; before: Totals }) {
  const { t } = useTranslation('complaints');
  const money = useMoney();
  const was = (figure: string) => t('assess.before', { figure });
  return (
    <div className={styles.agendaFigures}>
      <Figure word={t('assess.cases')} note={was(formatCount(before.cases))} large>
        {formatCount(totals.cases)}
      </Figure>
      {totals.promises.map((each) => (
        <Figure key={each.promise} word={t('report.met_of', { promise: t(`promise.${each.promise}`) })} note={`${t('report.judged', { met: each.met, n: each.met + each.broken })} · ${was(shareOf(before.promises.find((other) => other.promise === each.promise)?.met_bp ?? null))}`} large>
          {shareOf(each.met_bp)}
        </Figure>
      ))}
      <Figure word={t('report.reopened')} note={was(shareOf(before.reopened_bp))} large>
        {shareOf(totals.reopened_bp)}
      </Figure>
      <Figure word={t('report.repeat')} note={was(formatCount(before.repeat_customers))} large>
        {formatCount(totals.repeat_customers)}
      </Figure>
      <Figure word={t('report.cost')} note={was(money(before.compensation_minor))} large>
        {money(totals.compensation_minor)}
      </Figure>
    </div>
  );
}
