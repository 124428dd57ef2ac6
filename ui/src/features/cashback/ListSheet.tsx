// The list of a year on paper: for cash with a place to sign in each row, for vouchers with the code.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { dayOf, formatCount, formatMoney } from '@/shared/format/index.ts';
import { LongPrint, Pair, Rule, SheetHead, SheetTable, Sign, type Paper } from '@/shared/print/index.ts';
import { PAGE, rowsOf, type Row, type Run } from './queries.ts';

export function ListSheet({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t } = useTranslation('cashback');
  const { currency, zone } = useBook();
  const money = (minor: number) => formatMoney(minor, currency);
  const isCash = run.pays_as === 'cash';
  const cells = (row: Row, n: number) => [String(n + 1), row.name, row.member_no, row.tier ?? '', money(row.net_minor), row.carried_minor < 0 ? money(row.carried_minor) : '', money(row.paid_minor), isCash ? '' : (row.code ?? '')];
  const sheet = (paper: Paper, rows: readonly Row[], from: number, isEnd: boolean) => (
    <>
      <SheetHead title={t('sheet.title', { year: run.year })} note={t('sheet.note', { day: dayOf(run.approved_at, zone), staff: run.staff, as: t(`pays.${run.pays_as}`) })} />
      {paper === 'A4' ? (
        <SheetTable
          heads={[t('sheet.nth'), t('customer'), t('member_no'), t('tier'), t('net'), t('carried'), t('paid'), isCash ? t('sheet.signed') : t('code')]}
          rows={rows.map((row, n) => cells(row, from + n))}
          figures={[4, 5, 6]}
        />
      ) : (
        rows.map((row) => <Pair key={row.customer_id} paper={paper} left={`${row.name} ${row.member_no}${row.code ? ` ${row.code}` : ''}`} right={money(row.paid_minor)} />)
      )}
      {isEnd && (
        <>
          <Rule />
          <Pair paper={paper} left={t('sheet.sum', { n: formatCount(run.people) })} right={money(run.paid_minor)} strong />
          <Sign label={t('sheet.sign')} />
        </>
      )}
    </>
  );
  return (
    <LongPrint title={t('print')} kind="cashback" papers={['A4', '80', '58']} total={run.people} page={PAGE} load={(offset, limit) => rowsOf(run.id, offset, limit)} onClose={onClose}>
      {sheet}
    </LongPrint>
  );
}
