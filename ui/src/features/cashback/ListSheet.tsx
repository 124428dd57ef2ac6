// The list of a year on paper: for cash with a place to sign in each row, for vouchers with the code.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { dayOf, formatCount, formatMoney } from '@/shared/format/index.ts';
import { Lines, Pair, PrintDialog, Rule, SheetHead, SheetTable, Sign, type Paper } from '@/shared/print/index.ts';
import { useList, type Row, type Run } from './queries.ts';

/** More rows than that are no list that anybody signs; the sheet says so. */
const MOST = 3000;

export function ListSheet({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t } = useTranslation('cashback');
  const { currency, zone } = useBook();
  const { data } = useList(run.id, 0, MOST);
  const money = (minor: number) => formatMoney(minor, currency);
  const isCash = run.pays_as === 'cash';
  const rows = data?.rows ?? [];
  const cells = (row: Row, n: number) => [String(n + 1), row.name, row.member_no, row.tier ?? '', money(row.net_minor), row.carried_minor < 0 ? money(row.carried_minor) : '', money(row.paid_minor), isCash ? '' : (row.code ?? '')];
  const sheet = (paper: Paper) => (
    <>
      <SheetHead title={t('sheet.title', { year: run.year })} note={t('sheet.note', { day: dayOf(run.approved_at, zone), staff: run.staff, as: t(`pays.${run.pays_as}`) })} />
      {paper === 'A4' ? (
        <SheetTable heads={[t('sheet.nth'), t('customer'), t('member_no'), t('tier'), t('net'), t('carried'), t('paid'), isCash ? t('sheet.signed') : t('code')]} rows={rows.map(cells)} figures={[4, 5, 6]} />
      ) : (
        rows.map((row) => <Pair key={row.customer_id} paper={paper} left={`${row.name} ${row.member_no}${row.code ? ` ${row.code}` : ''}`} right={money(row.paid_minor)} />)
      )}
      <Rule />
      <Pair paper={paper} left={t('sheet.sum', { n: formatCount(run.people) })} right={money(run.paid_minor)} strong />
      {run.people > MOST && <Lines small>{t('sheet.first', { n: formatCount(MOST), of: formatCount(run.people) })}</Lines>}
      <Sign label={t('sheet.sign')} />
    </>
  );
  return (
    <PrintDialog title={t('print')} kind="cashback" papers={['A4', '80', '58']} isReady={data !== undefined} onClose={onClose}>
      {sheet}
    </PrintDialog>
  );
}
