// What is printed of one customer: a card with a QR code of the member number and nothing else about the person, the
// portrait in three panels, and the statement of a year with what is held.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatMoney, formatShortDay } from '@/shared/format/index.ts';
import { isOpen, useCoupons, usePacks, type Coupon, type Pack } from '@/shared/offers/held.ts';
import { Label, Labels, Lines, Pair, Part, PrintDialog, Qr, Rule, SheetHead, SheetTable, Sign, isSheet, type Paper } from '@/shared/print/index.ts';
import { GreetingPrint } from './GreetingPrint.tsx';
import { labelName } from './LabelsPrint.tsx';
import { useQrCode, useSalesSince, type Profile } from './queries.ts';

export type SheetKind = 'card' | 'portrait' | 'statement' | 'labels' | 'greeting';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export function PrintCustomer({ profile, kind, onClose }: { profile: Profile; kind: SheetKind; onClose: () => void }) {
  if (kind === 'card') return <CardPrint profile={profile} onClose={onClose} />;
  if (kind === 'greeting') return <GreetingPrint profile={profile} onClose={onClose} />;
  if (kind === 'labels') return <LabelPrint profile={profile} onClose={onClose} />;
  if (kind === 'statement') return <StatementPrint profile={profile} onClose={onClose} />;
  return <PortraitPrint profile={profile} onClose={onClose} />;
}

interface Props {
  profile: Profile;
  onClose: () => void;
}

function CardPrint({ profile, onClose }: Props) {
  const { t } = useTranslation('customers');
  const { customer } = profile;
  const code = useQrCode(customer.member_no);
  return (
    <PrintDialog title={t('print.card')} kind="card" papers={['58', '80']} isReady={code.data !== undefined} onClose={onClose}>
      {() => (
        <>
          <SheetHead title={t('print.card')} note={customer.salutation ?? customer.name} />
          {code.data && <Qr rows={code.data.rows} label={t('print.qr')} />}
          <Lines center>{customer.member_no}</Lines>
          <Lines small center>
            {t('print.card_note')}
          </Lines>
        </>
      )}
    </PrintDialog>
  );
}

/** One label, for a parcel. */
function LabelPrint({ profile, onClose }: Props) {
  const { t } = useTranslation('customers');
  const { customer } = profile;
  const phone = customer.contacts.find(({ kind }) => kind === 'mobile' || kind === 'landline');
  return (
    <PrintDialog title={t('print.labels')} kind="label" papers={['80', '58', 'A4']} onClose={onClose}>
      {(paper) => (
        <Labels paper={paper}>
          <Label name={labelName({ name: customer.name, salutation: customer.salutation ?? '' })} line={phone?.shown ?? ''} text={customer.address ?? ''} />
        </Labels>
      )}
    </PrintDialog>
  );
}

/** The same day a year before. */
const yearBefore = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4).replace('02-29', '02-28')}`;

function StatementPrint({ profile, onClose }: Props) {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const { today, currency } = useBook();
  const from = yearBefore(today);
  const sales = useSalesSince(profile.row.id, from);
  const packs = usePacks(profile.row.id);
  const coupons = useCoupons(profile.row.id);
  const money = (minor: number) => formatMoney(minor, currency);
  const data = sales.data;
  const rows = (data?.rows ?? []).map((sale) => [sale.sold_on, sale.sale_no, sale.items || (sale.note ?? ''), money(sale.net_minor), sale.refunded_minor > 0 ? money(-sale.refunded_minor) : '']);
  const sheet = (paper: Paper) => (
    <>
      <SheetHead title={t('print.statement')} note={t('print.period', { from, to: today })} />
      <Pair paper={paper} left={profile.customer.name} right={profile.customer.member_no} />
      <Rule />
      {rows.length === 0 && <Lines>{t('print.none')}</Lines>}
      {isSheet(paper) ? rows.length > 0 && <SheetTable heads={[t('print.day'), t('print.no'), t('print.what'), t('print.paid'), t('print.back')]} rows={rows} figures={[3, 4]} /> : rows.map(([day = '', no = '', what = '', paid = '', back = '']) => <RollRow key={no} paper={paper} day={day} what={what} paid={paid} back={back} />)}
      <Rule />
      {data && <Pair paper={paper} left={t('print.sum', { orders: word('orders', { n: formatCount(data.total) }) })} right={money(data.net_minor)} strong />}
      {data && data.total > data.rows.length && <Lines small>{t('print.more', { n: formatCount(data.rows.length) })}</Lines>}
      <Held paper={paper} profile={profile} packs={packs.data?.rows.filter(isOpen) ?? []} coupons={coupons.data?.rows ?? []} />
      <Lines small>{profile.standing.missing?.text ?? profile.standing.why}</Lines>
      {isSheet(paper) && <Sign label={t('print.sign')} />}
    </>
  );
  return (
    <PrintDialog title={t('print.statement')} kind="statement" papers={['A4', 'A5', '80', '58']} isReady={data !== undefined && packs.data !== undefined && coupons.data !== undefined} onClose={onClose}>
      {sheet}
    </PrintDialog>
  );
}

/** Points, packs and coupons as they stand today. */
function Held({ paper, profile, packs, coupons }: { paper: Paper; profile: Profile; packs: readonly Pack[]; coupons: readonly Coupon[] }) {
  const { t } = useTranslation('points');
  const { t: offers } = useTranslation('offers');
  const { today } = useBook();
  const { points } = profile;
  const until = (day: string | null) => (day ? offers('until', { day: formatShortDay(day, today) }) : offers('no_end'));
  return (
    <>
      <Pair paper={paper} left={t('member.balance')} right={formatCount(points.balance)} />
      {points.ending > 0 && points.ending_on && <Pair paper={paper} left={t('sheet.ending', { day: formatShortDay(points.ending_on, today) })} right={formatCount(points.ending)} />}
      {packs.map((pack) => (
        <Pair key={pack.id} paper={paper} left={`${pack.name} ${until(pack.standing.until_on)}`} right={offers('left', { n: pack.standing.left, of: pack.sessions })} />
      ))}
      {coupons.map((coupon) => (
        <Pair key={coupon.id} paper={paper} left={`${coupon.text} ${coupon.code}`} right={until(coupon.until_on)} />
      ))}
    </>
  );
}

function RollRow({ paper, day, what, paid, back }: { paper: Paper; day: string; what: string; paid: string; back: string }) {
  return (
    <div>
      <Pair paper={paper} left={day} right={[paid, back].filter(Boolean).join(' ')} />
      <Lines small>{what}</Lines>
    </div>
  );
}

function PortraitPrint({ profile, onClose }: Props) {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const { today, currency } = useBook();
  const { customer, trade, preferences, standing, segment, row } = profile;
  const money = (minor: number | null) => (minor === null ? '' : formatMoney(minor, currency));
  const day = (value: string | null) => (value === null ? '' : formatShortDay(value, today));
  const weekday = preferences.usual_weekday ? weekdays[preferences.usual_weekday - 1] : undefined;
  const pairs = (paper: Paper, rows: readonly (readonly [string, string | null | undefined])[]) => rows.map(([left, right]) => right && <Pair key={left + right} paper={paper} left={left} right={right} />);
  const shares = (title: string, of: Profile['preferences']['top_items'], paper: Paper) =>
    pairs(
      paper,
      of.slice(0, 5).map((each, n) => [n === 0 ? `${title}：${each.name}` : each.name, `${word('times', { n: each.times })} · ${money(each.net_minor)}`] as const),
    );
  const sheet = (paper: Paper) => (
    <>
      <SheetHead title={t('print.portrait')} note={`${customer.name} · ${t('print.made_on', { day: today })}`} />
      <Part title={t('panel.basic')}>
        {pairs(paper, [[t('field.member_no'), customer.member_no], ...customer.contacts.map((contact) => [t(`contact.${contact.kind}`), contact.shown] as const), [t('field.birthday'), customer.birthday_text], [t('field.company'), customer.company], [t('field.address'), customer.address], [t('field.source'), customer.source], [t('field.joined_on'), day(customer.joined_on)]])}
        {customer.note && <Lines>{customer.note}</Lines>}
      </Part>
      <Part title={t('panel.trade')}>
        {pairs(paper, [[t('print.tier'), row.tier.name], [t('print.segment'), segment?.tag.name], [t('trade.net'), `${money(trade.net_minor)} · ${word('orders', { n: formatCount(trade.orders) })}`], [t('trade.year'), `${money(trade.net_12m_minor)} · ${word('orders', { n: formatCount(trade.orders_12m) })}`], [t('trade.first'), day(trade.first_on)], [t('trade.last'), day(trade.last_on)], [t('trade.ticket'), money(trade.average_ticket_minor)], [t('trade.interval'), trade.interval_days == null ? '' : t('trade.days', { n: trade.interval_days })]])}
        {segment && <Lines small>{segment.reason}</Lines>}
        <Lines small>{standing.why}</Lines>
        {trade.last_sales.length > 0 && <Lines small>{t('print.last_sales')}</Lines>}
        {trade.last_sales.slice(0, 5).map((sale) => (
          <Pair key={sale.id} paper={paper} left={`${sale.sold_on} ${sale.items || (sale.note ?? '')}`} right={money(sale.net_minor)} />
        ))}
      </Part>
      <Part title={t('panel.preferences')}>
        {preferences.habits && <Lines>{preferences.habits}</Lines>}
        {preferences.declared.length > 0 && <Lines>{preferences.declared.join(' · ')}</Lines>}
        {shares(t('preferences.categories'), preferences.top_categories, paper)}
        {shares(t('preferences.items'), preferences.top_items, paper)}
        {weekday && pairs(paper, [[t('preferences.usual'), [word(`weekday.${weekday}`), preferences.usual_hour != null && t('preferences.hour', { n: preferences.usual_hour })].filter(Boolean).join(' ')]])}
      </Part>
    </>
  );
  return (
    <PrintDialog title={t('print.portrait')} kind="portrait" papers={['A4', 'A5', '80']} onClose={onClose}>
      {sheet}
    </PrintDialog>
  );
}
