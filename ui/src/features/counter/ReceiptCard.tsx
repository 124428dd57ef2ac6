// What the counter says after a sale: it is saved, and what it changed for the customer.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney, useSentence } from '@/shared/book.tsx';
import { formatCount, formatShortDay, formatTime } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { useScanTaker } from '@/shared/hooks/scanner.ts';
import { useServedAgain } from '@/shared/hooks/served.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { changeForm } from './draft.ts';
import { withProduct } from './form.ts';
import { findByCode, type Receipt } from './queries.ts';
import { ReceiptPrint } from './ReceiptPrint.tsx';
import styles from './counter.module.css';

export function ReceiptCard({ receipt, onAgain }: { receipt: Receipt; onAgain: () => void }) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const say = useSentence();
  const { zone, today } = useBook();
  const { sale } = receipt;
  const { row } = sale;
  const { promotion, standing, segment } = receipt;
  const [isPrinting, setPrinting] = useState(false);
  useKey('Ctrl+P', () => setPrinting(true), !isPrinting);
  // The next customer's goods may be scanned while this receipt still stands.
  useScanTaker(async (code) => {
    const found = (await findByCode(code)).rows[0];
    if (!found) return false;
    changeForm((before) => withProduct(before, found, newClientKey()));
    onAgain();
    return true;
  });
  // Served once more: the next sale, as Enter would begin it.
  useServedAgain(onAgain);
  // Enter on another button is that button's.
  useKey('Enter', (event) => (isPrinting || event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement ? false : onAgain()));
  return (
    <Card title={t('receipt.title')} side={<span className="figures">{row.sale_no}</span>}>
      <div className={styles.receipt} role="status" aria-live="polite">
        <div className={styles.saved}>
          <Icon name="check" large />
          <div>
            <div className={`${styles.total} figures`}>{money(row.net_minor)}</div>
            <div className="quiet small figures">
              {[row.sold_on === today ? formatTime(row.sold_at, zone) : formatShortDay(row.sold_on, today), row.payment, row.customer_name ?? t('walk_in')].filter(Boolean).join(' · ')}
            </div>
          </div>
        </div>
        {sale.offers.length > 0 && (
          <ul className={styles.given}>
            {sale.offers.map((offer) => (
              <li key={offer.key} className="figures">
                {t('offers.given', { name: offer.name, why: offer.why, amount: money(offer.amount_minor) })}
              </li>
            ))}
          </ul>
        )}
        {!receipt.is_new && <p className="quiet">{t('receipt.seen')}</p>}
        {sale.points && receipt.points && (
          <p className={`${styles.earned} figures`}>
            {sale.points.redeemed > 0 && <span>{t('points.spent', { n: formatCount(sale.points.redeemed), amount: money(sale.points.worth_minor) })}</span>}
            {sale.points.earned > 0 && <span>{t('points.earned', { n: formatCount(sale.points.earned) })}</span>}
            <span className="quiet">{t('points.balance', { n: formatCount(receipt.points.balance) })}</span>
          </p>
        )}
        {promotion && (
          <div className={styles.promotion}>
            <TierMark name={promotion.to.name} step={promotion.to.rank} of={promotion.to.of} large />
            <div>
              <strong>{t('receipt.promoted', { tier: promotion.to.name })}</strong>
              <div className="small">{say(promotion.why)}</div>
            </div>
          </div>
        )}
        {standing?.missing && (
          <div className={styles.missing}>
            <span>{say(standing.missing.text)}</span>
            <Meter share={standing.missing.progress} label={say(standing.missing.text)} />
          </div>
        )}
        {segment && <p className="quiet small">{say(segment.reason)}</p>}
        <Button icon="print" hint="Ctrl+P" onClick={() => setPrinting(true)}>
          {t('receipt.print')}
        </Button>
        <Button kind="main" large hint="Enter" onClick={onAgain}>
          {t('receipt.again')}
        </Button>
        <p className="quiet small">{t('receipt.next')}</p>
      </div>
      {isPrinting && <ReceiptPrint sale={receipt.sale} balance={receipt.points?.balance} onClose={() => setPrinting(false)} />}
    </Card>
  );
}
