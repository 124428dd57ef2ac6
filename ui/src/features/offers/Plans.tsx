// 自动发券: each plan with when, for whom and what came of it; the coupons that it issued, a change, an end.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney, useSentence } from '@/shared/book.tsx';
import { formatBasisPoints, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { CouponSheet } from '@/shared/offers/CouponSheet.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { CouponList } from './CouponRows.tsx';
import { emptyPlan, planLike, type PlanDraft } from './plan.ts';
import { PlanDialog } from './PlanDialog.tsx';
import { Recall } from './Recall.tsx';
import styles from './offers.module.css';
import { useEndPlan, usePlans, type Coupon, type PlanRow } from './queries.ts';

export function Plans() {
  const { t } = useTranslation('offers');
  const { currency } = useBook();
  const { data } = usePlans();
  const [draft, setDraft] = useState<PlanDraft>();
  const [looking, setLooking] = useState<PlanRow>();
  return (
    <Card
      title={t('plans')}
      side={
        <Button icon="plus" onClick={() => setDraft(emptyPlan)}>
          {t('plan_new')}
        </Button>
      }
    >
      {data && data.rows.length === 0 && <p className="quiet">{t('plans_none')}</p>}
      {data && data.rows.length > 0 && (
        <ul className={styles.plans}>
          {data.rows.map((row) => (
            <PlanLine key={row.id} row={row} onLook={() => setLooking(row)} onChange={() => setDraft(planLike(row, currency.exponent))} />
          ))}
        </ul>
      )}
      {draft && <PlanDialog start={draft} onClose={() => setDraft(undefined)} />}
      {looking && <PlanCoupons row={looking} onClose={() => setLooking(undefined)} />}
    </Card>
  );
}

function PlanLine({ row, onLook, onChange }: { row: PlanRow; onLook: () => void; onChange: () => void }) {
  const { t } = useTranslation('offers');
  const money = useMoney();
  const say = useSentence();
  const { today } = useBook();
  const end = useEndPlan();
  const key = useRef(newClientKey());
  const [isAsking, setAsking] = useState(false);
  const day = (on: string) => formatShortDay(on, today);
  return (
    <li className={styles.plan} data-gone={row.is_ended || undefined}>
      <div>
        <button type="button" className={styles.link} onClick={onLook}>
          {row.name}
        </button>{' '}
        <span>{say(row.text)}</span>
        <div className="quiet small">{row.when}</div>
        {end.error && <Notice tone="late">{end.error.message}</Notice>}
      </div>
      <div className="figures">
        <div>{t('plan_figures', { issued: formatCount(row.issued), used: formatCount(row.used), rate: formatBasisPoints(row.used_bp), amount: money(row.took_off_minor) })}</div>
        {row.recall && <div>{t('recall_line', { days: row.recall.within_days, back: formatCount(row.recall.back), open: formatCount(row.recall.open), lost: formatCount(row.recall.lost) })}</div>}
        <div className="quiet small">{[row.is_ended ? t('plan_ended') : row.next_on ? t('plan_next_on', { day: day(row.next_on) }) : '', row.last_on ? t('plan_last_on', { day: day(row.last_on) }) : '', row.left_out > 0 ? t('plan_left_out', { n: formatCount(row.left_out) }) : ''].filter(Boolean).join(' · ')}</div>
      </div>
      <div className={styles.buttons}>
        {!row.is_ended && <Button onClick={onChange}>{t('plan_edit')}</Button>}
        {!row.is_ended && !isAsking && (
          <Button kind="plain" onClick={() => setAsking(true)}>
            {t('plan_end')}
          </Button>
        )}
        {!row.is_ended && isAsking && (
          <Button kind="danger" busy={end.isPending} onClick={() => end.mutate({ client_key: key.current, id: row.id })}>
            {t('plan_end_sure')}
          </Button>
        )}
      </div>
    </li>
  );
}

type Which = 'coupons' | 'recall';

/** What a plan issued, the last to end first to be used. */
function PlanCoupons({ row, onClose }: { row: PlanRow; onClose: () => void }) {
  const { t } = useTranslation('offers');
  const [printing, setPrinting] = useState<Coupon>();
  const [which, setWhich] = useState<Which>(row.recall ? 'recall' : 'coupons');
  if (printing) return <CouponSheet coupon={printing} onClose={() => setPrinting(undefined)} />;
  return (
    <Dialog wide title={row.name} onClose={onClose}>
      <div className={styles.batch}>
        <p>{[row.text, row.when].join(' · ')}</p>
        <Choice<Which> label={t('which')} value={which} onChange={setWhich} options={(row.recall ? (['recall', 'coupons'] as const) : (['coupons', 'recall'] as const)).map((value) => ({ value, word: t(value === 'recall' ? 'recall_look' : 'coupons') }))} />
        {which === 'recall' ? <Recall of={{ plan_id: row.id }} /> : <CouponList filter={{ plan_id: row.id, only_unused: false }} none={t('plan_nobody')} onPrint={setPrinting} />}
      </div>
    </Dialog>
  );
}
