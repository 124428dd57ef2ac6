// What a customer holds, in one line at the counter: what was agreed, packs with what is left (Ctrl+U uses one), coupons
// that go into this sale with one click.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useSentence } from '../book.tsx';
import { formatShortDay } from '../format/index.ts';
import { useKey } from '../hooks/keys.ts';
import { Icon } from '../icons/Icon.tsx';
import { KeyHint } from '../parts/KeyHint.tsx';
import { isOpen, useCoupons, usePacks, useTerms, type CustomerId } from './held.ts';
import styles from './offers.module.css';
import { PackDialog } from './PackDialog.tsx';

/** More coupons than that stand on the profile. */
const SHOWN_COUPONS = 3;

export function OffersLine({ customer, taken, onCoupon }: { customer: CustomerId; taken: string; onCoupon: (code: string) => void }) {
  const { t } = useTranslation('offers');
  const { today } = useBook();
  const say = useSentence();
  const [looking, setLooking] = useState<number>();
  const terms = useTerms(customer).data?.rows.filter((row) => row.holds) ?? [];
  const coupons = useCoupons(customer).data;
  const packs = usePacks(customer).data?.rows.filter(isOpen) ?? [];
  const first = packs[0];
  useKey('Ctrl+U', () => setLooking(first?.id), first !== undefined && looking === undefined);
  const unused = coupons?.rows ?? [];
  if (terms.length + unused.length + packs.length === 0) return null;
  const until = (day: string | null) => (day ? t('until', { day: formatShortDay(day, today) }) : t('no_end'));
  return (
    <div className={styles.line} aria-label={t('title')} role="group">
      {terms.map((term) => (
        <span key={term.id} className={styles.chip} data-soon={term.is_due || undefined}>
          <Icon name="note" />
          {say(term.discount_bp == null ? term.text : t('term', { text: term.text, percent: term.discount_bp / 100 }))}
          <span className="quiet figures">{until(term.until_on)}</span>
        </span>
      ))}
      {packs.map((pack, n) => (
        <button key={pack.id} type="button" className={styles.chip} data-soon={pack.is_to_remind || undefined} onClick={() => setLooking(pack.id)}>
          <Icon name="repeat" />
          {pack.name}
          <span className="figures">{t('left', { n: pack.standing.left, of: pack.sessions })}</span>
          <span className="quiet figures">{pack.standing.frozen_on ? t('rests') : until(pack.standing.until_on)}</span>
          {n === 0 && <KeyHint keys="Ctrl+U" />}
        </button>
      ))}
      {unused.slice(0, SHOWN_COUPONS).map((coupon) => (
        <button key={coupon.id} type="button" className={styles.chip} disabled={taken.includes(coupon.code)} title={t('take_coupon')} onClick={() => onCoupon(coupon.code)}>
          <Icon name={taken.includes(coupon.code) ? 'check' : 'gift'} />
          {say(coupon.text)}
          <span className="quiet figures">{until(coupon.until_on)}</span>
        </button>
      ))}
      {coupons && coupons.total > SHOWN_COUPONS && <span className="quiet small">{t('more_coupons', { n: coupons.total - SHOWN_COUPONS })}</span>}
      {looking !== undefined && <PackDialog id={looking} customer={customer} onClose={() => setLooking(undefined)} />}
    </div>
  );
}
