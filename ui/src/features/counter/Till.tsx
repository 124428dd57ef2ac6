// The till: products or an amount, and Enter. The same form sent twice is one sale; nothing that was typed is lost
// when it is refused, when the window is reloaded, or when the program dies.
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign, useMoney } from '@/shared/book.tsx';
import { plainAmount } from '@/shared/format/index.ts';
import { isComposing, useKey } from '@/shared/hooks/keys.ts';
import { useScanTaker } from '@/shared/hooks/scanner.ts';
import { useServedAgain } from '@/shared/hooks/served.ts';
import { SaleOffers } from '@/shared/offers/SaleOffers.tsx';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Notice, Refused } from '@/shared/parts/States.tsx';
import { AgreePrice } from './AgreePrice.tsx';
import { Basket } from './Basket.tsx';
import { changeForm, useForm } from './draft.ts';
import { Extras } from './Extras.tsx';
import { Favourites } from './Favourites.tsx';
import { Finish } from './Finish.tsx';
import { hasExtras, payments, readForm, withLine, withOrder, withoutLine, withProduct, withQuote, withUsual, withWords, type LineForm, type TillForm } from './form.ts';
import { NoteField } from './NoteField.tsx';
import { withPasted } from './pasted.ts';
import { PointsField } from './PointsField.tsx';
import { ProductField } from './ProductField.tsx';
import { QuoteDialog } from './QuoteDialog.tsx';
import { findByCode, lastOrderOf, TILL, useSell, type Product, type Profile, type Receipt, type UsualOrder } from './queries.ts';
import { useTillQuote } from './tillQuote.ts';
import { UsualOrders } from './UsualOrders.tsx';
import styles from './till.module.css';

/** Refusals that stand next to their field; the others stand above the button. */
const shownAtField = new Set(['amount_minor', 'coupon_codes', 'note', 'discount_minor', 'discount_reason', 'redeem_points', 'sold_on', 'backdate_note', 'packaging', 'delivery_cost_minor']);

interface Props {
  customer: Profile['row'] | undefined;
  /** The customer is chosen and not there yet: a sale now would be a passer-by's. */
  isWaiting: boolean;
  /** The next sale was asked for: a passer-by's too begins in the till. */
  isAgain?: boolean;
  onSold: (receipt: Receipt) => void;
}

export function Till({ customer, isWaiting, isAgain = false, onSold }: Props) {
  const { t } = useTranslation('counter');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const money = useMoney();
  const { form, isReady } = useForm();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [wasTried, setTried] = useState(false);
  const [told, setTold] = useState('');
  const [isQuoting, setQuoting] = useState(false);
  const [isChoosing, setChoosing] = useState(false);
  const [agreeing, setAgreeing] = useState<LineForm>();
  const amount = useRef<HTMLInputElement>(null);
  const product = useRef<HTMLInputElement>(null);
  const sell = useSell();
  const { sale, unread } = readForm(form, customer?.id, currency.exponent, t(`payments.${form.payment}`), TILL);
  const hasLines = form.lines.length > 0;
  const { quote, quoted, shownNet, pointsRefused } = useTillQuote(sale, unread, isReady, t('points.unread'));

  const change = (step: (before: TillForm) => TillForm) => {
    changeForm(step);
    setTried(false);
    setTold('');
    if (sell.error) sell.reset();
  };
  const set = (values: Partial<TillForm>) => change((before) => ({ ...before, ...values }));
  const toProducts = () => product.current?.focus();

  const id = customer?.id;
  const toGoods = () => (hasLines ? product : amount).current?.focus();
  useEffect(() => {
    if (id !== undefined || isAgain) toGoods();
    // Only another customer moves the focus, not the first line.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);

  useServedAgain(toGoods);
  useKey('F3', toProducts);
  useKey('F7', () => {
    setOpen(!isOpen);
    if (isOpen) toGoods();
  });
  useKey('Alt+Q', () => setQuoting(true), !isQuoting);
  const repeat = () => {
    if (id === undefined) return false;
    void lastOrderOf(id).then((order) => {
      if (order.sale_id == null) return setTold(t('repeat.none'));
      change((before) => withOrder(before, order, (minor) => plainAmount(minor, currency.exponent), newClientKey));
      setTold(order.left_out.length > 0 ? t('repeat.left_out', { what: order.left_out.join('、') }) : '');
      toProducts();
    });
  };
  useKey('F6', repeat);
  useKey('Shift+F6', () => (customer ? setChoosing(true) : false));
  const takeUsual = (order: UsualOrder) => {
    change((before) => withUsual(before, order, (minor) => plainAmount(minor, currency.exponent), newClientKey));
    setTold(order.left_out.length > 0 ? t('repeat.left_out', { what: order.left_out.join('、') }) : '');
    setChoosing(false);
    toProducts();
  };

  useScanTaker(async (code, isSure) => {
    const field = document.activeElement;
    const isHere = field instanceof HTMLInputElement && 'scanField' in field.dataset;
    if (!isSure && isHere && field !== product.current) return true;
    const { rows } = await findByCode(code);
    const found = rows[0];
    if (isHere) {
      // The digits of the scan also went into the field; they are no amount.
      if (field === product.current) setText('');
      else if (field === amount.current) set({ amount: form.amount.endsWith(code) ? form.amount.slice(0, -code.length) : '' });
    }
    if (found) change((before) => withProduct(before, found, newClientKey()));
    if (found) toProducts();
    return found !== undefined;
  });

  // The amount goes when goods come; whoever stood in it can press Enter, as after a scan.
  const addFavourite = (found: Product) => {
    change((before) => withProduct(before, found, newClientKey()));
    toProducts();
  };

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (sell.isPending || isWaiting || !isReady) return;
    setTried(true);
    if (unread.size > 0) return;
    sell.mutate({ ...sale, expected_net_minor: shownNet }, { onSuccess: onSold, onError: (error) => error.fields.some((problem) => !/^(lines|amount_minor|redeem_points)/.test(problem.field)) && setOpen(true) });
  };

  const problem = (field: string): string | undefined => {
    if (unread.has(field)) return wasTried || (field !== 'amount_minor' && sale.lines.length > 0) ? t('amount_unreadable') : undefined;
    return sell.error?.of(field) ?? (hasLines || field === 'coupon_codes' ? quote.error?.of(field) : undefined);
  };
  const refusal = problem('amount_minor');
  const total = quoted?.net_minor ?? (hasLines ? undefined : (sale.amount_minor ?? undefined));
  // What points can pay: the sale before them.
  const due = quoted ? quoted.net_minor + quoted.points_minor : total;
  const isReasonOwed = quoted?.needs_reason === true && form.reason.trim() === '';
  const others = sell.error?.fields.filter((each) => !shownAtField.has(each.field) && !each.field.startsWith('lines.')) ?? [];
  return (
    <Card title={t('till')} side={<span className={styles.buyer}>{customer ? (customer.salutation ?? customer.name) : t('walk_in')}</span>}>
      <form
        className={styles.till}
        onSubmit={send}
        // The Enter that confirms a candidate of the input method takes no money, in WebKit either.
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
        }}
      >
        <ProductField inputRef={product} text={text} onText={setText} onAdd={(found) => change((before) => withProduct(before, found, newClientKey()))} onWords={(words) => change((before) => withWords(before, words, newClientKey()))} onTimes={(quantity) => change((before) => withLine(before, before.lines.at(-1)?.key ?? '', { quantity }))} onPasted={(found) => change((before) => withPasted(before, found, newClientKey))} onLastLine={() => document.querySelector<HTMLInputElement>(`[data-line="${form.lines.length - 1}"]`)?.focus()} />
        <Favourites onAdd={addFavourite} onRepeat={id === undefined ? undefined : repeat} onUsual={customer ? () => setChoosing(true) : undefined} />
        {hasLines ? (
          <Basket lines={form.lines} quote={quoted} problem={problem} onChange={(key, values) => change((before) => withLine(before, key, values))} onRemove={(key) => change((before) => withoutLine(before, key))} onDone={toProducts} onAgree={customer ? setAgreeing : undefined} />
        ) : (
          <>
            <AmountInput value={form.amount} onChange={(next) => set({ amount: next })} symbol={sign} label={t('amount')} placeholder="0.00" large invalid={refusal !== undefined} describedBy="till-problem" inputRef={amount} hearsScans />
            {quoted && quoted.net_minor !== quoted.gross_minor && <p className="quiet figures">{t('after_discount', { amount: money(quoted.net_minor) })}</p>}
          </>
        )}
        {refusal && (
          <p id="till-problem" role="alert" className={styles.problem}>
            {refusal}
          </p>
        )}
        {quoted && <SaleOffers quote={quoted} declined={form.declined ?? []} onChange={(declined) => set({ declined })} />}
        {form.quote && (
          <Notice
            tone={quote.error?.of('price_quote_id') ? 'late' : 'info'}
            action={
              <Button kind="plain" onClick={() => set({ quote: undefined })}>
                {t('quote.leave')}
              </Button>
            }
          >
            {quote.error?.of('price_quote_id') ?? t('quote.used', { no: form.quote.no })}
          </Notice>
        )}
        {told && <Notice tone="info">{told}</Notice>}
        {customer && <PointsField customer={customer.id} due={due} value={form.points ?? ''} onChange={(points) => set({ points })} error={sell.error?.of('redeem_points') ?? pointsRefused} />}
        <Choice label={t('payment')} value={form.payment} onChange={(payment) => set({ payment })} options={payments.map((value) => ({ value, word: t(`payments.${value}`) }))} />
        <NoteField note={form.note} onChange={(note) => set({ note })} customerId={id} error={sell.error?.of('note')} onDone={toGoods} />
        {isOpen || isReasonOwed || hasExtras(form) ? (
          <Extras form={form} onChange={set} problem={problem} needsReason={quoted?.needs_reason ?? false} takesFocus={isOpen} onDone={toGoods} />
        ) : (
          <div className={styles.words}>
            <Button kind="plain" icon="down" hint="F7" onClick={() => setOpen(true)}>
              {t('extras.open')}
            </Button>
            <Button kind="plain" icon="print" hint="Alt+Q" onClick={() => setQuoting(true)}>
              {t('quote.open')}
            </Button>
          </div>
        )}
        {!isOpen && !isReasonOwed && !hasExtras(form) && problem('coupon_codes') && <Notice tone="late">{problem('coupon_codes')}</Notice>}
        {quoted && quoted.coupons_minor > 0 && <Notice tone="info">{t('coupons_off', { amount: money(quoted.coupons_minor) })}</Notice>}
        {quoted?.needs_right && <Notice tone={quoted.has_right ? 'soon' : 'late'}>{quoted.has_right ? t('right.have', { why: quoted.needs_right }) : t('right.need', { why: quoted.needs_right })}</Notice>}
        <Refused error={sell.error} />
        {others.map((other) => (
          <Notice key={other.field} tone="late">
            {other.message}
          </Notice>
        ))}
        <Finish total={total} hasLines={hasLines} soldOn={form.soldOn.trim()} busy={sell.isPending} disabled={isWaiting} />
      </form>
      {isQuoting && (
        <QuoteDialog
          customer={customer}
          lines={form.lines}
          onClose={() => setQuoting(false)}
          onUse={(found) => {
            change((before) => withQuote(before, found, newClientKey));
            setQuoting(false);
          }}
        />
      )}
      {isChoosing && customer && <UsualOrders customer={customer} sale={sale} onTake={takeUsual} onClose={() => setChoosing(false)} />}
      {agreeing && customer && <AgreePrice customer={customer} line={agreeing} onClose={() => setAgreeing(undefined)} />}
    </Card>
  );
}
