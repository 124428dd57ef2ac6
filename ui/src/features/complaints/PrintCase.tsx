// The printable complaint form: everything that was said and done, the promises, and a line to sign; on A4.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatInstant, formatShortDay } from '@/shared/format/index.ts';
import { Lines, Pair, Part, PrintDialog, Rule, SheetHead, SheetTable, Sign, type Paper } from '@/shared/print/index.ts';
import { categories, channels, compensations, type Case } from './queries.ts';

const papers: readonly Paper[] = ['A4'];

export function PrintCase({ view, onClose }: { view: Case; onClose: () => void }) {
  const { t } = useTranslation('complaints');
  return (
    <PrintDialog title={t('print.title')} kind="complaint" papers={papers} onClose={onClose}>
      {(paper) => <CaseSheet view={view} paper={paper} />}
    </PrintDialog>
  );
}

function CaseSheet({ view, paper }: { view: Case; paper: Paper }) {
  const { t } = useTranslation('complaints');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { zone, today } = useBook();
  const { row, sale } = view;
  const at = (instant: string | null) => (instant ? formatInstant(instant, zone, today) : '–');
  const channel = channels.find((each) => each === view.channel);
  const category = categories.find((each) => each === view.category);
  const given = (name: string, cost: number, note: string | null) => {
    const kind = compensations.find((each) => each === name);
    return [kind ? t(`compensation.${kind}`) : name, cost > 0 && money(cost), note].filter(Boolean).join(' · ');
  };
  return (
    <>
      <SheetHead title={t(row.kind === 'inquiry' ? 'print.inquiry' : 'print.form')} note={row.case_no} />
      <Rule />
      <Pair paper={paper} left={t('case.customer')} right={row.customer_name ?? word('unknown_customer')} />
      <Pair paper={paper} left={t('case.received')} right={at(row.received_at)} />
      <Pair paper={paper} left={t('form.severity')} right={t(`severity.${row.severity}`)} />
      {channel && <Pair paper={paper} left={t('case.channel')} right={t(`channel.${channel}`)} />}
      {category && <Pair paper={paper} left={t('case.category')} right={t(`category.${category}`)} />}
      {sale && <Pair paper={paper} left={t('case.sale')} right={`${sale.items || sale.sale_no} · ${money(sale.net_minor)}`} />}
      <Pair paper={paper} left={t('case.owner')} right={row.owner} />
      <Part title={t('case.what')}>
        <Lines>{row.description}</Lines>
        {view.remedy_sought && (
          <Lines>
            {t('case.remedy')}：{view.remedy_sought}
          </Lines>
        )}
      </Part>
      <Part title={t(row.kind === 'inquiry' ? 'side.clocks_two' : 'side.clocks')}>
        <SheetTable heads={[t('report.promise'), t('print.due'), t('print.how')]} rows={view.clocks.map((clock) => [t(`promise.${clock.promise}`), at(clock.due_at), clock.why])} />
      </Part>
      {view.resolutions.map((done) => (
        <Part key={done.cycle} title={t('resolve.done')}>
          <SheetTable
            heads={[t('print.part'), t('print.what')]}
            rows={[
              [t('resolve.empathy'), done.empathy ?? t('resolve.waived', { why: done.empathy_waived ?? '' })],
              [t('resolve.compensation'), [given(done.compensation_kind, done.compensation_minor, done.compensation_note), ...done.compensation_also.map((each) => given(each.kind, each.cost_minor, each.note))].join(' ＋ ')],
              ...(done.posted.length > 0 ? [[t('resolve.posted'), done.posted.join('；')]] : []),
              [t('resolve.improvement'), done.improvement_waived ? t('resolve.waived', { why: done.improvement_waived }) : [done.root_cause, done.improvement, done.improvement_due_on && t('resolve.until', { day: formatShortDay(done.improvement_due_on, today) })].filter(Boolean).join(' → ')],
            ]}
          />
        </Part>
      ))}
      <Part title={t('side.steps')}>
        <SheetTable heads={[t('print.when'), t('print.who'), t('print.what')]} rows={view.events.map((event) => [at(event.at), event.staff, event.text])} />
      </Part>
      <Sign label={t('case.customer')} />
      <Sign label={t('case.owner')} />
    </>
  );
}
