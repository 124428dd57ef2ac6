// How promises were kept: definitions first, then the figures; nothing is told where nothing was judged.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatBasisPoints, formatCount } from '@/shared/format/index.ts';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { compensations, pickFolder, useExportReport, useReport, type Dimension, type Report } from './queries.ts';
import { CausesChart, KeptChart } from './ReportCharts.tsx';
import { ReportCauses } from './ReportCauses.tsx';
import { ReportPromised } from './ReportPromised.tsx';
import { ReportTable, useGroupWord } from './ReportTable.tsx';
import { useReportRange, type RangeName } from './report-range.ts';
import { Tabs } from './Tabs.tsx';
import styles from './report.module.css';

const dimensions: readonly Dimension[] = ['month', 'owner', 'category', 'product', 'severity'];
const ranges: readonly RangeName[] = ['month', 'last_month', 'quarter', 'year'];

export function ReportScreen() {
  const { t } = useTranslation('complaints');
  const [by, setBy] = useState<Dimension>('month');
  const [name, setName] = useState<RangeName>('year');
  const range = useReportRange(name);
  const { data, error } = useReport(by, range.from, range.to);
  const write = useExportReport();
  const exportAs = async (format: 'xlsx' | 'csv') => {
    const folder = await pickFolder();
    if (folder) write.mutate({ ...range, by, format, folder });
  };
  return (
    <Screen
      title={t('report.title')}
      note={data && <span className="figures">{t('report.span', { from: data.from, to: data.to, n: data.totals.cases })}</span>}
      actions={
        data &&
        data.totals.cases > 0 && (
          <Menu
            label={t('report.export')}
            actions={[
              { value: 'xlsx' as const, word: t('report.xlsx') },
              { value: 'csv' as const, word: t('report.csv') },
            ]}
            onChoose={(format) => void exportAs(format)}
          />
        )
      }
      tools={
        <>
          <Tabs at="report" />
          <Pick label={t('report.range')} value={name} onChange={(value) => setName(value as RangeName)} options={ranges.map((each) => ({ value: each, word: t(`report.ranges.${each}`) }))} />
          <Pick label={t('report.by')} value={by} onChange={(value) => setBy(value as Dimension)} options={dimensions.map((each) => ({ value: each, word: t(`report.dimension.${each}`) }))} />
        </>
      }
    >
      {write.data && (
        <Notice tone="done">
          <span className="selectable">{t('report.exported', { path: write.data.path })}</span>
        </Notice>
      )}
      {write.error && <Notice tone="late">{write.error.first}</Notice>}
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.totals.cases === 0 && <EmptyState drawing="tea" title={t('report.none')} text={t('report.none_text')} />}
      {data && data.totals.cases > 0 && <Found report={data} by={by} />}
    </Screen>
  );
}

function Found({ report, by }: { report: Report; by: Dimension }) {
  const { t } = useTranslation('complaints');
  const money = useMoney();
  const groupWord = useGroupWord(by);
  const corrected = report.totals.promises.reduce((sum, each) => sum + each.corrected_to_met + each.corrected_to_broken, 0);
  const { totals } = report;
  const share = (bp: number | null) => (bp === null ? '–' : formatBasisPoints(bp));
  return (
    <div className={styles.report}>
      <details className={styles.definitions}>
        <summary>{t('report.definitions')}</summary>
        <ul>
          {(['met', 'elapsed', 'median', 'late', 'apart', 'corrected', 'reopened', 'repeat', 'product', 'promised'] as const).map((each) => (
            <li key={each}>{t(`report.define.${each}`)}</li>
          ))}
        </ul>
      </details>
      <Card>
        <div className={styles.figures}>
          {totals.promises.map((each) => (
            <Figure key={each.promise} word={t('report.met_of', { promise: t(`promise.${each.promise}`) })} note={t('report.judged', { met: each.met, n: each.met + each.broken })} large>
              {share(each.met_bp)}
            </Figure>
          ))}
          {corrected > 0 && (
            <Figure word={t('report.corrected')} note={t('report.corrected_note', { met: report.totals.promises.reduce((sum, each) => sum + each.corrected_to_met, 0), broken: report.totals.promises.reduce((sum, each) => sum + each.corrected_to_broken, 0) })} large>
              {formatCount(corrected)}
            </Figure>
          )}
          <Figure word={t('report.reopened')} note={t('report.of_resolved', { n: totals.reopened, of: totals.resolved })} large>
            {share(totals.reopened_bp)}
          </Figure>
          <Figure word={t('report.repeat')} note={t('report.repeat_note', { n: totals.repeat_cases })} large>
            {formatCount(totals.repeat_customers)}
          </Figure>
          <Figure word={t('report.cost')} note={t('report.unreachable', { n: totals.unreachable })} large>
            {money(totals.compensation_minor)}
          </Figure>
        </div>
      </Card>
      {report.groups.map((group) => group.promises.length).some((n) => n > 0) && (
        <Card title={t('report.kept_by', { what: t(`report.dimension.${by}`) })}>
          <KeptChart groups={report.groups} word={groupWord} label={t('report.kept_by', { what: t(`report.dimension.${by}`) })} />
        </Card>
      )}
      <Card title={t('report.table')} flush>
        <ReportTable report={report} by={by} />
      </Card>
      {report.remedies.length > 0 && (
        <Card title={t('promised.report')} flush>
          <ReportPromised report={report} />
        </Card>
      )}
      <div className={styles.two}>
        <Card title={t('report.causes')}>
          {report.causes.length === 0 && <p className="quiet">{t('report.no_causes')}</p>}
          {report.causes.length > 0 && <CausesChart causes={report.causes} label={t('report.causes')} />}
          {report.causes.length > 0 && <ReportCauses causes={report.causes} />}
        </Card>
        <Card title={t('report.compensation')}>
          {report.compensation.length === 0 && <p className="quiet">{t('report.no_compensation')}</p>}
          <table className={styles.small}>
            <tbody>
              {report.compensation.map((given) => {
                const kind = compensations.find((each) => each === given.kind);
                return (
                  <tr key={given.kind}>
                    <th scope="row">{kind ? t(`compensation.${kind}`) : given.kind}</th>
                    <td className="figures">{t('report.given_times', { n: given.times })}</td>
                    <td className="figures">{money(given.cost_minor)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Card>
      </div>
    </div>
  );
}
