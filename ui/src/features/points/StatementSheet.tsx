// The statement of a member on paper: a slip for the customer, or an A4 sheet with every row of points, the tier, the benefits
// and what is still good of coupons and packs.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatDay, formatShortDay } from '@/shared/format/index.ts';
import { isOpen, useCoupons, usePacks } from '@/shared/offers/held.ts';
import { Lines, Pair, Part, PrintDialog, Rule, SheetHead, SheetTable, isSheet } from '@/shared/print/index.ts';
import { useStanding, type CustomerId, type Statement } from './queries.ts';

/** A slip shows the newest rows; the sheet shows all. */
const ON_A_SLIP = 10;

export function StatementSheet({ customer, statement, onClose }: { customer: CustomerId; statement: Statement; onClose: () => void }) {
  const { t } = useTranslation('points');
  const money = useMoney();
  const { today } = useBook();
  const { card } = statement;
  const standing = useStanding(customer).data;
  const coupons = useCoupons(customer).data?.rows;
  const packs = usePacks(customer).data?.rows.filter(isOpen);
  const isReady = standing !== undefined && coupons !== undefined && packs !== undefined;
  const signed = (points: number) => (points > 0 ? `+${formatCount(points)}` : formatCount(points));
  const what = (row: Statement['rows'][number]) => [t(`kinds.${row.kind as 'earn'}`), row.sale_no, row.gift, row.reason].filter(Boolean).join(' ');
  return (
    <PrintDialog title={t('member.print')} kind="points" papers={['80', '58', 'A4', 'A5']} isReady={isReady} onClose={onClose}>
      {(paper) => (
        <>
          <SheetHead title={t('sheet.title')} note={`${statement.name} ${statement.member_no}`} />
          {standing && <Pair paper={paper} left={t('sheet.tier')} right={standing.standing.tier.name} />}
          {standing?.standing.missing && <Lines small>{standing.standing.missing.text}</Lines>}
          <Pair paper={paper} left={t('member.balance')} right={formatCount(card.balance)} strong />
          <Pair paper={paper} left={t('member.spendable')} right={formatCount(card.spendable)} />
          {card.worth_minor != null && card.worth_minor > 0 && <Pair paper={paper} left={t('sheet.worth')} right={money(card.worth_minor)} />}
          {ends(statement).map(([day, points]) => (
            <Pair key={day} paper={paper} left={t('sheet.ending', { day: formatShortDay(day, today) })} right={formatCount(points)} />
          ))}
          <Rule />
          {isSheet(paper) ? (
            <SheetTable
              heads={[t('member.heads.day'), t('member.heads.what'), t('member.heads.points'), t('member.heads.balance')]}
              figures={[2, 3]}
              rows={statement.rows.map((row) => [row.on, what(row), signed(row.points), formatCount(row.balance)])}
            />
          ) : (
            statement.rows.slice(-ON_A_SLIP).map((row) => <Pair key={`${row.on}${row.at}${row.kind}${row.points}${row.balance}`} paper={paper} left={`${formatShortDay(row.on, today)} ${t(`kinds.${row.kind as 'earn'}`)}`} right={signed(row.points)} />)
          )}
          {isSheet(paper) && standing && standing.benefits.entries.length > 0 && (
            <Part title={t('sheet.benefits')}>
              <SheetTable
                heads={[t('member.heads.day'), t('member.heads.what'), t('sheet.benefit'), t('sheet.number')]}
                figures={[3]}
                rows={[...standing.benefits.entries].reverse().map((entry) => [entry.on, t(`sheet.did.${entry.kind as 'use'}`), entry.words, formatCount(entry.quantity)])}
              />
            </Part>
          )}
          {statement.cashbacks.length > 0 && <Rule />}
          {statement.cashbacks.map((paid) => (
            <Pair key={`${paid.year}${paid.on}`} paper={paper} left={`${formatShortDay(paid.on, today)} ${t(`cashback.${paid.pays_as}`, { year: paid.year })}`} right={money(paid.paid_minor)} />
          ))}
          {coupons && packs && coupons.length + packs.length > 0 && <Rule />}
          {packs?.map((pack) => <Pair key={`p${pack.id}`} paper={paper} left={pack.name} right={t('sheet.left', { n: formatCount(pack.standing.left) })} />)}
          {coupons?.map((coupon) => <Pair key={`c${coupon.id}`} paper={paper} left={`${coupon.text} ${coupon.code}`} right={t('sheet.until', { day: formatShortDay(coupon.until_on, today) })} />)}
          <Lines small center>
            {formatDay(today)}
          </Lines>
        </>
      )}
    </PrintDialog>
  );
}

const SHOWN_ENDS = 3;

/** The next days on which points end, with how many. */
function ends(statement: Statement): [string, number][] {
  const sums = new Map<string, number>();
  for (const lot of statement.lots) if (lot.expires_on) sums.set(lot.expires_on, (sums.get(lot.expires_on) ?? 0) + lot.remaining);
  return [...sums].slice(0, SHOWN_ENDS);
}
