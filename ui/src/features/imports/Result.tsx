// What an import did or would do: created + updated + skipped + left out = rows of the file, and every row that
// was left out with its reason.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Figure } from '@/shared/parts/Card.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { pickFolder, useSaveProblems, type Report } from './queries.ts';
import { useFieldName } from './Mapping.tsx';
import styles from './imports.module.css';

const SHOWN = 200;

export function Result({ report, isDry, job }: { report: Report; isDry: boolean; job: number }) {
  const { t } = useTranslation('imports');
  const { entities } = report;
  const made = [entities.customers > 0 && t('result.customers', { n: formatCount(entities.customers) }), entities.products > 0 && t('result.products', { n: formatCount(entities.products) }), entities.sales > 0 && t('result.sales', { n: formatCount(entities.sales) }), entities.sale_lines > 0 && t('result.lines', { n: formatCount(entities.sale_lines) })].filter((part) => part !== false);
  return (
    <div className={styles.result}>
      <Notice tone={isDry ? 'info' : 'done'}>{made.length > 0 ? t(isDry ? 'result.would' : 'result.did', { what: made.join('、') }) : t('result.nothing')}</Notice>
      <div className={styles.sum}>
        <Figure word={t('result.created')}>{formatCount(report.created)}</Figure>
        <span className={styles.sign}>+</span>
        <Figure word={t('result.updated')}>{formatCount(report.updated)}</Figure>
        <span className={styles.sign}>+</span>
        <Figure word={t('result.skipped')}>{formatCount(report.skipped)}</Figure>
        <span className={styles.sign}>+</span>
        <Figure word={t('result.errors')}>{formatCount(report.errors.length)}</Figure>
        <span className={styles.sign}>=</span>
        <Figure word={t('result.rows')}>{formatCount(report.rows)}</Figure>
      </div>
      <Problems title={t('result.left_out', { n: formatCount(report.errors.length) })} rows={report.errors} tone="late" />
      <Problems title={t('result.emptied', { n: formatCount(report.warnings.length) })} rows={report.warnings} tone="soon" />
      {report.errors.length + report.warnings.length > 0 && <SaveProblems job={job} />}
    </div>
  );
}

/** All of them with row and reason as a spreadsheet, to put the file right beside it. */
function SaveProblems({ job }: { job: number }) {
  const { t } = useTranslation('imports');
  const save = useSaveProblems();
  const choose = async () => {
    const folder = await pickFolder();
    if (folder) save.mutate({ job, folder });
  };
  return (
    <div className={styles.buttons}>
      <Button icon="file" busy={save.isPending} onClick={() => void choose()}>
        {t('result.save')}
      </Button>
      {save.data && <span className="quiet selectable">{t('result.saved', { path: save.data.path })}</span>}
      {save.error && <Notice tone="late">{save.error.first}</Notice>}
    </div>
  );
}

function Problems({ title, rows, tone }: { title: string; rows: Report['errors']; tone: 'late' | 'soon' }) {
  const { t } = useTranslation('imports');
  const nameOf = useFieldName();
  if (rows.length === 0) return null;
  return (
    <details className={styles.problems} data-tone={tone} open={rows.length <= 10}>
      <summary>
        <Icon name={tone === 'late' ? 'warn' : 'note'} /> {title}
      </summary>
      <ul className={`${styles.list} selectable`}>
        {rows.slice(0, SHOWN).map((row) => (
          <li key={`${row.row}-${row.field ?? ''}-${row.code}`} className={styles.problem}>
            <span className="quiet figures">{t('result.row', { n: row.row })}</span>
            <span className="quiet">{row.field && nameOf(row.field)}</span>
            <span>{row.message}</span>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && <p className="quiet small">{t('result.more', { n: formatCount(rows.length - SHOWN) })}</p>}
    </details>
  );
}
