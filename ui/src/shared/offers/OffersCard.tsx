// What a customer holds, on the profile: benefits that can be used today, packs, coupons, what was agreed.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useSentence } from '../book.tsx';
import { formatShortDay } from '../format/index.ts';
import { Button } from '../parts/Button.tsx';
import { Card } from '../parts/Card.tsx';
import { go } from '../router.tsx';
import { CouponSheet } from './CouponSheet.tsx';
import { isOpen, useBenefits, useCoupons, usePacks, useTerms, type Coupon, type CustomerId } from './held.ts';
import styles from './offers.module.css';
import { PackDialog } from './PackDialog.tsx';
import { TermForm } from './TermForm.tsx';

export function OffersCard({ customer, name }: { customer: CustomerId; name: string }) {
  const { t } = useTranslation('offers');
  const { today } = useBook();
  const say = useSentence();
  const terms = useTerms(customer);
  const coupons = useCoupons(customer);
  const packs = usePacks(customer);
  const benefits = useBenefits(customer);
  const [pack, setPack] = useState<number>();
  const [printing, setPrinting] = useState<Coupon>();
  const [isAgreeing, setAgreeing] = useState(false);
  const until = (day: string | null) => (day ? t('until', { day: formatShortDay(day, today) }) : t('no_end'));
  const held = packs.data?.rows.filter((row) => !row.standing.is_closed) ?? [];
  return (
    <Card
      title={t('title')}
      side={
        <>
          <Button icon="note" onClick={() => setAgreeing(true)}>
            {t('agree')}
          </Button>
          <Button icon="gift" onClick={() => go(`/ladder/offers?for=${customer}`)}>
            {t('issue_one')}
          </Button>
          <Button icon="repeat" onClick={() => go(`/ladder/packs?for=${customer}`)}>
            {t('sell_pack')}
          </Button>
        </>
      }
    >
      <div className={styles.held}>
        <Part title={t('today')} isEmpty={benefits.data?.today.length === 0} none={t('no_benefit')}>
          {benefits.data?.today.map((each) => (
            <li key={each.benefit.key}>
              <span>{each.benefit.words}</span>
              <span className="quiet small figures">
                {t('times_left', { n: each.left })} · {until(each.until)}
              </span>
            </li>
          ))}
        </Part>
        <Part title={t('packs')} isEmpty={held.length === 0} none={t('no_pack')}>
          {held.map((row) => (
            <li key={row.id}>
              <button type="button" className={styles.link} onClick={() => setPack(row.id)}>
                {row.name}
              </button>
              <span className="quiet small figures">
                {t('left', { n: row.standing.left, of: row.sessions })} · {row.standing.frozen_on ? t('rests') : row.standing.is_expired ? t('state.expired') : isOpen(row) ? until(row.standing.until_on) : t('used_up')}
              </span>
            </li>
          ))}
        </Part>
        <Part title={t('coupons')} isEmpty={coupons.data?.rows.length === 0} none={t('no_coupon')}>
          {coupons.data?.rows.map((row) => (
            <li key={row.id}>
              <button type="button" className={styles.link} title={t('print')} onClick={() => setPrinting(row)}>
                {say(row.text)}
              </button>
              <span className="quiet small figures">
                {row.code} · {until(row.until_on)}
              </span>
            </li>
          ))}
        </Part>
        <Part title={t('terms')} isEmpty={terms.data?.rows.length === 0} none={t('no_term')}>
          {terms.data?.rows.map((row) => (
            <li key={row.id}>
              <span>{say(row.discount_bp == null ? row.text : t('term', { text: row.text, percent: row.discount_bp / 100 }))}</span>
              <span className="quiet small figures">
                {until(row.until_on)} · {t('by', { who: row.agreed_by, approver: row.approver })}
              </span>
            </li>
          ))}
        </Part>
      </div>
      {pack !== undefined && <PackDialog id={pack} customer={customer} onClose={() => setPack(undefined)} />}
      {printing && <CouponSheet coupon={printing} onClose={() => setPrinting(undefined)} />}
      {isAgreeing && <TermForm customer={{ id: customer, name }} onClose={() => setAgreeing(false)} />}
    </Card>
  );
}

function Part({ title, isEmpty, none, children }: { title: string; isEmpty: boolean; none: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {isEmpty ? <p className="quiet small">{none}</p> : <ul>{children}</ul>}
    </section>
  );
}
