// What a compensation moves in the shop's other books: how many points, which benefit, what leaves the stock. Cost of
// points and goods is worked out by the backend, so only a benefit, a coupon or something unknown asks for it.
import { useTranslation } from 'react-i18next';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { GiftField } from './GiftField.tsx';
import { ProductField } from './ProductField.tsx';
import { asMinor, type CompensationKind, type Gift, type Goods, type ProductHit } from './queries.ts';

export interface GivenDraft {
  kind: CompensationKind;
  cost: string;
  points: string;
  benefit: string;
  times: string;
  until: string;
  product: ProductHit | undefined;
  gift: Gift | undefined;
  quantity: string;
  /** The day until which it was promised. */
  promised: string;
}

export const nothingGiven = { cost: '', points: '', benefit: '', times: '1', until: '', product: undefined, gift: undefined, quantity: '1', promised: '' } as const;

/** What may be promised for a later day. */
const promisable: ReadonlySet<CompensationKind> = new Set(['refund', 'replacement', 'repair', 'redo']);

const stocked: ReadonlySet<CompensationKind> = new Set(['replacement', 'repair', 'redo', 'gift']);

/** Whether an amount was typed that cannot be read. */
export const isCostUnread = (given: GivenDraft, exponent: number): boolean => given.kind !== 'none' && given.kind !== 'points' && given.cost !== '' && parseAmount(given.cost, exponent) === undefined;

export function costOf(given: GivenDraft, exponent: number) {
  if (given.kind === 'none' || given.kind === 'points') return null;
  const cost = parseAmount(given.cost, exponent);
  return cost === undefined ? null : asMinor(cost);
}

/** A whole number, or NaN for the backend to refuse at its field. */
const whole = (text: string): number => (/^\d{1,12}$/.test(text.trim()) ? Number(text) : 0);

export function goodsOf(given: GivenDraft): Goods {
  const promised_on = promisable.has(given.kind) && given.promised ? given.promised : null;
  return promised_on ? { ...movedOf(given), promised_on } : movedOf(given);
}

function movedOf(given: GivenDraft): Goods {
  if (given.kind === 'points') return { points: whole(given.points) as Goods['points'] };
  if (given.kind === 'benefit') return { benefit: given.benefit.trim() || null, times: whole(given.times), until_on: given.until || null };
  if (given.kind === 'coupon') return { until_on: given.until || null };
  if (given.kind === 'gift' && given.gift) return { gift_id: given.gift.id, quantity: given.quantity };
  if (stocked.has(given.kind) && given.product) return { product_id: given.product.id, quantity: given.quantity };
  return {};
}

const leavesStock = (given: GivenDraft): boolean => (stocked.has(given.kind) && given.product !== undefined) || (given.kind === 'gift' && given.gift !== undefined);

/** What the book moves says itself what it is; anything else needs a word. */
export const saysItself = (given: GivenDraft): boolean => given.kind === 'refund' || given.kind === 'points' || given.kind === 'benefit' || leavesStock(given);

interface Props {
  given: GivenDraft;
  onChange: (change: Partial<GivenDraft>) => void;
  problem: (field: string) => string | undefined;
  costProblem: string | undefined;
}

export function GivenFields({ given, onChange, problem, costProblem }: Props) {
  const { t } = useTranslation('complaints');
  const { currency, today } = useBook();
  const sign = useCurrencySign();
  const isUnread = isCostUnread(given, currency.exponent);
  const { kind } = given;
  return (
    <>
      {kind === 'points' && <TextField label={t('given.points')} inputMode="numeric" value={given.points} placeholder="500" onChange={(event) => onChange({ points: event.target.value })} error={problem('goods.points') ?? costProblem} help={t('given.points_help')} />}
      {kind === 'benefit' && (
        <>
          <TextField label={t('given.benefit')} value={given.benefit} placeholder={t('given.benefit_example')} onChange={(event) => onChange({ benefit: event.target.value })} error={problem('goods.benefit')} />
          <TextField label={t('given.times')} inputMode="numeric" value={given.times} onChange={(event) => onChange({ times: event.target.value })} error={problem('goods.times')} />
        </>
      )}
      {(kind === 'benefit' || kind === 'coupon') && (
        <Field label={t('given.until')} optional help={kind === 'coupon' ? t('given.until_coupon') : t('given.until_benefit')} error={problem('goods.until_on')}>
          {(ids) => <DayField id={ids.id} value={given.until} onChange={(until) => onChange({ until })} from={today} />}
        </Field>
      )}
      {stocked.has(kind) && (
        <>
          {kind === 'gift' && <GiftField gift={given.gift} onChange={(gift) => onChange({ gift, product: undefined })} error={problem('goods.gift_id')} />}
          {!(kind === 'gift' && given.gift) && <ProductField product={given.product} onChange={(product) => onChange({ product })} error={problem('goods.product_id')} />}
          {leavesStock(given) && <TextField label={t('given.quantity')} inputMode="decimal" value={given.quantity} onChange={(event) => onChange({ quantity: event.target.value })} error={problem('goods.quantity')} />}
        </>
      )}
      {promisable.has(kind) && (
        <Field label={t('given.promised')} optional help={t('given.promised_help')} error={problem('goods.promised_on')}>
          {(ids) => <DayField id={ids.id} value={given.promised} onChange={(promised) => onChange({ promised })} from={today} />}
        </Field>
      )}
      {kind !== 'points' && (
        <Field label={kind === 'refund' ? t('resolve.refund') : kind === 'coupon' ? t('given.face') : t('resolve.cost')} help={leavesStock(given) ? t('given.cost_help') : undefined} error={isUnread ? t('resolve.cost_unread') : costProblem}>
          {(ids) => <AmountInput id={ids.id} label={t('resolve.cost')} symbol={sign} value={given.cost} onChange={(cost) => onChange({ cost })} invalid={isUnread} describedBy={ids['aria-describedby']} placeholder="0.00" />}
        </Field>
      )}
    </>
  );
}
