// What a year would pay: the sum, what is left out and why, and the people with the most.
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import { EmptyState, Notice } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import styles from './cashback.module.css';
import type { Preview, Row } from './queries.ts';

export function PreviewCard({ preview }: { preview: Preview }) {
  const { t } = useTranslation('cashback');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const people = (n: number) => word('people', { n: formatCount(n) });
  return (
    <>
      {preview.is_running && <Notice tone="soon">{t('is_running', { year: preview.year })}</Notice>}
      <Card>
        <div className={styles.figures}>
          <Figure word={t('would_pay')} note={t('of_buyers', { n: formatCount(preview.buyers) })} large>
            {people(preview.people)}
          </Figure>
          <Figure word={t('sum')} note={preview.settled_minor > 0 ? t('settled', { amount: money(preview.settled_minor) }) : undefined} large>
            {money(preview.paid_minor)}
          </Figure>
          {preview.not_members > 0 && <Figure word={t('not_members')}>{people(preview.not_members)}</Figure>}
          {preview.already > 0 && <Figure word={t('already')}>{people(preview.already)}</Figure>}
          {preview.debtors > 0 && (
            <Figure word={t('debtors')} note={people(preview.debtors)}>
              {money(-preview.owed_minor)}
            </Figure>
          )}
        </div>
      </Card>
      <Card title={t('first_rows')}>{preview.rows.length === 0 ? <EmptyState title={t(preview.already > 0 ? 'all_paid' : 'nobody')} /> : <Rows rows={preview.rows} />}</Card>
    </>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('cashback');
  const money = useMoney();
  const hasDebts = rows.some((row) => row.carried_minor < 0);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{t('customer')}</th>
          <th>{t('tier')}</th>
          <th className={styles.number}>{t('net')}</th>
          <th className={styles.number}>{t('granted')}</th>
          {hasDebts && <th className={styles.number}>{t('carried')}</th>}
          <th className={styles.number}>{t('paid')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.customer_id}>
            <td>
              <Go to={`/customers/${row.customer_id}`}>{row.name}</Go> <span className="quiet figures">{row.member_no}</span>
            </td>
            <td>{row.tier}</td>
            <td className={`${styles.number} figures`}>{money(row.net_minor)}</td>
            <td className={`${styles.number} figures`}>{money(row.granted_minor)}</td>
            {hasDebts && <td className={`${styles.number} figures`}>{row.carried_minor < 0 ? money(row.carried_minor) : ''}</td>}
            <td className={`${styles.number} figures`}>{money(row.paid_minor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
