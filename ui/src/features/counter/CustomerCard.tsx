// The customer in one glance: who it is, what to mind, what is missing for the next tier, what was bought.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney, useSentence } from '@/shared/book.tsx';
import { daysBetween, formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { OffersLine } from '@/shared/offers/OffersLine.tsx';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import { ClockWords } from '@/shared/parts/Clock.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { PriorityMark } from '@/shared/parts/PriorityMark.tsx';
import { SegmentTag } from '@/shared/parts/SegmentTag.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { Go } from '@/shared/router.tsx';
import { PriceMark } from '@/shared/segment/PriceSensitive.tsx';
import { changeForm, useForm } from './draft.ts';
import { useServiceCard, type Profile } from './queries.ts';
import { FittingHint } from './FittingHint.tsx';
import { MemberHint } from './MemberHint.tsx';
import { SaleLines } from './SaleLines.tsx';
import { ServiceGlance } from './ServiceGlance.tsx';
import { TodayBenefits } from './TodayBenefits.tsx';
import { WaitingGifts } from './WaitingGifts.tsx';
import styles from './counter.module.css';

/** A birthday is announced two weeks ahead. */
const BIRTHDAY_AHEAD = 14;

export function CustomerCard({ profile }: { profile: Profile }) {
  const { row } = profile;
  return (
    <>
      <Card>
        <Head profile={profile} />
        <Reminders profile={profile} />
        <Standing profile={profile} />
        <MemberHint key={`member-${row.id}`} profile={profile} />
        <TodayBenefits key={row.id} customer={row.id} />
        <WaitingGifts key={`gifts-${row.id}`} customer={row.id} />
        <FittingHint key={`fitting-${row.id}`} customer={row.id} />
        <Held profile={profile} />
        <Figures profile={profile} />
      </Card>
      <ServiceGlance key={`service-${row.id}`} customer={row.id} />
      <Purchases profile={profile} key={row.id} />
    </>
  );
}

function Head({ profile }: { profile: Profile }) {
  const { t } = useTranslation('counter');
  const say = useSentence();
  const { row, segment } = profile;
  const { data: card } = useServiceCard(row.id);
  const priority = card?.priority;
  return (
    <header className={styles.who}>
      <div className={styles.names}>
        <span className={styles.call} title={row.name}>
          {row.salutation ?? row.name}
        </span>
        {row.salutation && <span className={styles.fullName}>{row.name}</span>}
        <TierMark name={row.tier.name} step={row.tier.rank} of={row.tier.of} large />
        {row.segment && <SegmentTag name={row.segment.name} reason={segment ? say(segment.reason) : undefined} />}
        <PriceMark view={card?.price_sensitive} />
        {priority && <PriorityMark level={priority.level} why={priority.lines.map(say)} />}
      </div>
      <div className={`${styles.numbers} figures`}>
        <span>{row.phone}</span>
        <span>{t('member_no', { no: row.member_no })}</span>
        <Go to={`/customers/${row.id}`}>{t('profile')}</Go>
      </div>
    </header>
  );
}

function Reminders({ profile }: { profile: Profile }) {
  const { t } = useTranslation('counter');
  const { today } = useBook();
  const { customer, complaints, preferences } = profile;
  const birthday = customer.next_birthday_on;
  const inDays = birthday ? daysBetween(today, birthday) : undefined;
  return (
    <>
      {complaints.map((complaint) => (
        <Notice key={complaint.id} tone="late" action={complaint.clock && <ClockWords clock={complaint.clock} />}>
          <Go to={`/complaints/${complaint.id}`}>{t('open_complaint')}</Go> {complaint.description}
        </Notice>
      ))}
      {profile.do_not_disturb && <Notice>{t('do_not_disturb')}</Notice>}
      {birthday && inDays !== undefined && inDays <= BIRTHDAY_AHEAD && (
        <div className={styles.reminder}>
          <Icon name="gift" />
          {t(inDays === 0 ? 'birthday_today' : 'birthday', { when: formatAge(birthday, today), text: customer.birthday_text ?? formatShortDay(birthday, today) })}
        </div>
      )}
      {preferences.habits && (
        <div className={styles.reminder}>
          <Icon name="note" />
          <span className={styles.habits}>{preferences.habits}</span>
        </div>
      )}
    </>
  );
}

function Standing({ profile }: { profile: Profile }) {
  const say = useSentence();
  const { missing } = profile.standing;
  if (!missing) return null;
  return (
    <div className={styles.missing}>
      <span>{say(missing.text)}</span>
      <Meter share={missing.progress} label={say(missing.text)} />
    </div>
  );
}

/** Agreements, packs and coupons; a coupon is put into the sale that is being typed. */
function Held({ profile }: { profile: Profile }) {
  const { form } = useForm();
  const take = (code: string) => changeForm((before) => ({ ...before, coupons: [before.coupons.trim(), code].filter(Boolean).join(' ') }));
  return <OffersLine key={profile.row.id} customer={profile.row.id} taken={form.coupons} onCoupon={take} />;
}

function Figures({ profile }: { profile: Profile }) {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  const { trade, preferences } = profile;
  const favourite = preferences.top_items[0];
  return (
    <div className={styles.figures}>
      <Figure word={t('figures.last')} note={trade.last_on ? formatShortDay(trade.last_on, today) : undefined}>
        {trade.last_on ? formatAge(trade.last_on, today) : word('no_visit')}
      </Figure>
      <Figure word={t('figures.year')} note={word('orders', { n: trade.orders_12m })}>
        {money(trade.net_12m_minor)}
      </Figure>
      <Figure word={t('figures.ticket')} note={trade.interval_days != null ? t('figures.interval', { n: trade.interval_days }) : undefined}>
        {trade.average_ticket_minor != null ? money(trade.average_ticket_minor) : '—'}
      </Figure>
      <Figure word={t('points.figure')} note={profile.points.ending > 0 ? t('points.ending', { n: formatCount(profile.points.ending) }) : undefined}>
        <Go to={`/ladder/points/${profile.row.id}`}>{formatCount(profile.points.balance)}</Go>
      </Figure>
      {favourite && (
        <Figure word={t('figures.favourite')} note={word('times', { n: favourite.times })}>
          <span className={styles.favourite}>{favourite.name}</span>
        </Figure>
      )}
    </div>
  );
}

function Purchases({ profile }: { profile: Profile }) {
  const { t } = useTranslation('counter');
  const sales = profile.trade.last_sales;
  if (sales.length === 0) return null;
  return (
    <Card title={t('last_purchases')} flush>
      <SaleLines sales={sales} />
    </Card>
  );
}
