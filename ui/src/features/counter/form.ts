// The sale that is being typed: what stands in the fields, word for word, and the pure steps from one state to the
// next. It is kept as a draft exactly as it stands here, so that a crash costs nothing.
import { parseAmount, parseCount } from '@/shared/format/index.ts';
import { asMinor, asPoints, type LastOrder, type NewSale, type PriceQuote, type Product, type UsualOrder } from './queries.ts';

export const payments = ['wechat', 'alipay', 'cash', 'card'] as const;
export type Payment = (typeof payments)[number];
export type Scene = 'household' | 'company';

export interface LineForm {
  key: string;
  productId?: Product['id'];
  /** The name as it was when the line was added. */
  name: string;
  quantity: string;
  /** A price that was typed; empty for the book's own. */
  price: string;
  discount: string;
}

export interface TillForm {
  clientKey: string;
  customerId?: number;
  lines: LineForm[];
  amount: string;
  discount: string;
  /** Coupon codes as typed or scanned, apart by spaces or commas. */
  coupons: string;
  reason: string;
  payment: Payment;
  note: string;
  soldOn: string;
  backdateNote: string;
  scene: Scene | '';
  packaging: string;
  delivery: string;
  /** Points that pay; a draft of before has none. */
  points?: string;
  /** Offers that are left out, by key. */
  declined?: string[];
  /** The quote by whose prices this sale is sold. */
  quote?: { id: number; no: string };
}

export const emptyForm = (clientKey: string): TillForm => ({ clientKey, lines: [], amount: '', discount: '', coupons: '', reason: '', payment: 'wechat', note: '', soldOn: '', backdateNote: '', scene: '', packaging: '', delivery: '' });

/** Whether something stands in the extras: it is shown then, because it changes the sale. */
export const hasExtras = (form: TillForm): boolean => [form.discount, form.coupons, form.reason, form.soldOn, form.backdateNote, form.scene, form.packaging, form.delivery].some((text) => text.trim() !== '');

/** Whether anything was typed that would be missed. */
export const isEmpty = (form: TillForm): boolean =>
  form.lines.length === 0 && [form.amount, form.note].every((text) => text.trim() === '') && !hasExtras(form);

/** One more of a quantity, exact to the thousandth; text that is no quantity begins anew. */
export function oneMore(quantity: string, by = 1): string {
  const milli = parseAmount(quantity, 3) ?? 0;
  const next = Math.max(0, milli + by * 1000);
  return String(next / 1000);
}

const isPlain = (line: LineForm): boolean => line.price.trim() === '' && line.discount.trim() === '';

/** Adds a product: one more of the line that has it already at its own price, or a new line. */
export function withProduct(form: TillForm, product: Product, key: string): TillForm {
  const known = form.lines.find((line) => line.productId === product.id && isPlain(line));
  if (known) return { ...form, lines: form.lines.map((line) => (line === known ? { ...line, quantity: oneMore(line.quantity) } : line)) };
  return { ...form, amount: '', lines: [...form.lines, { key, productId: product.id, name: product.name, quantity: '1', price: '', discount: '' }] };
}

/** Adds a product at nothing, and says why the sale is less: as a gift or to be tried. An amount that stands there alone becomes a line in words. */
export function withGift(form: TillForm, product: Pick<Product, 'id' | 'name'>, words: { why: string; bought: string }, newKey: () => string): TillForm {
  const reasons = form.reason.split('，').filter(Boolean);
  const reason = reasons.includes(words.why) ? form.reason : [...reasons, words.why].join('，');
  const line = (name: string, price: string, productId?: Product['id']): LineForm => ({ key: newKey(), productId, name, quantity: '1', price, discount: '' });
  const before = form.lines.length === 0 && form.amount.trim() !== '' ? [line(words.bought, form.amount)] : form.lines;
  return { ...form, amount: '', reason, lines: [...before, line(product.name, '0', product.id)] };
}

/** Adds a line in words, whose price has still to be typed. */
export const withWords = (form: TillForm, words: string, key: string): TillForm => ({ ...form, amount: '', lines: [...form.lines, { key, name: words, quantity: '1', price: '', discount: '' }] });

export const withLine = (form: TillForm, key: string, change: Partial<LineForm>): TillForm => ({ ...form, lines: form.lines.map((line) => (line.key === key ? { ...line, ...change } : line)) });

export const withoutLine = (form: TillForm, key: string): TillForm => ({ ...form, lines: form.lines.filter((line) => line.key !== key) });

/** The last order again, added to what stands there. */
export function withOrder(form: TillForm, order: LastOrder, plain: (minor: number) => string, newKey: () => string): TillForm {
  const lines = order.lines.map((line) => ({ key: newKey(), productId: line.product_id ?? undefined, name: line.description, quantity: line.quantity, price: line.unit_price_minor == null ? '' : plain(line.unit_price_minor), discount: '' }));
  const all = [...form.lines, ...lines];
  return { ...form, lines: all, packaging: form.packaging || (order.packaging ?? ''), amount: all.length === 0 && order.amount_minor != null ? plain(order.amount_minor) : '' };
}

/** A quote becomes this sale: its goods that are not there yet are added, and its prices hold. */
export function withQuote(form: TillForm, quote: PriceQuote, newKey: () => string): TillForm {
  if (quote.id === null || quote.quote_no === null) return form;
  const missing = quote.products.filter((product) => form.lines.every((line) => line.productId !== product.product_id));
  const lines = missing.map((product) => ({ key: newKey(), productId: product.product_id, name: product.name, quantity: product.steps[0]?.quantity ?? '1', price: '', discount: '' }));
  return { ...form, amount: '', lines: [...form.lines, ...lines], quote: { id: quote.id, no: quote.quote_no } };
}

/** A usual order, added to what stands there; its note and packaging where there are none yet. */
export function withUsual(form: TillForm, order: UsualOrder, plain: (minor: number) => string, newKey: () => string): TillForm {
  const lines = order.lines.map((line) => ({ key: newKey(), productId: line.product_id ?? undefined, name: line.description, quantity: line.quantity, price: line.unit_price_minor == null ? '' : plain(line.unit_price_minor), discount: '' }));
  return { ...form, amount: lines.length > 0 ? '' : form.amount, lines: [...form.lines, ...lines], packaging: form.packaging || (order.packaging ?? ''), note: form.note || (order.note ?? '') };
}

/** Adds a quick word to the note, or takes it out again. */
export function toggleWord(note: string, word: string): string {
  const words = note.split(/[，,]\s*/).filter(Boolean);
  return (words.includes(word) ? words.filter((each) => each !== word) : [...words, word]).join('，');
}

/** The field of a line or of the sale whose text cannot be read, by the name that the backend would give it. */
export type Unread = Set<string>;

export interface Read {
  sale: NewSale;
  unread: Unread;
}

/** The form as a sale, and what of it cannot be read. */
export function readForm(form: TillForm, customerId: number | undefined, exponent: number, payment: string, till: string): Read {
  const unread: Unread = new Set();
  const money = (text: string, field: string) => {
    if (text.trim() === '') return null;
    const minor = parseAmount(text, exponent);
    if (minor === undefined) unread.add(field);
    return minor === undefined ? null : asMinor(minor);
  };
  const lines = form.lines.map((line, n) => ({
    product_id: line.productId ?? null,
    description: line.productId === undefined ? line.name : null,
    quantity: line.quantity.trim(),
    unit_price_minor: money(line.price, `lines.${n}.unit_price_minor`),
    discount_minor: money(line.discount, `lines.${n}.discount_minor`),
  }));
  const amount = lines.length === 0 ? money(form.amount, 'amount_minor') : null;
  if (lines.length === 0 && amount === null) unread.add('amount_minor');
  // Nobody unknown pays with points.
  const points = customerId === undefined ? null : parseCount(form.points ?? '');
  if (points === undefined) unread.add('redeem_points');
  const text = (value: string) => value.trim() || null;
  const sale = {
    client_key: form.clientKey,
    customer_id: (customerId ?? null) as NewSale['customer_id'],
    amount_minor: amount,
    lines,
    discount_minor: money(form.discount, 'discount_minor'),
    coupon_codes: form.coupons.split(/[\s,，、;；]+/).filter(Boolean),
    discount_reason: text(form.reason),
    redeem_points: points == null ? null : asPoints(points),
    payment,
    sold_on: text(form.soldOn),
    note: text(form.note),
    backdate_note: text(form.backdateNote),
    scene: form.scene || null,
    packaging: text(form.packaging),
    delivery_cost_minor: money(form.delivery, 'delivery_cost_minor'),
    till,
    declined: form.declined ?? [],
    price_quote_id: (form.quote?.id ?? null) as NewSale['price_quote_id'],
    expected_net_minor: null,
  };
  return { sale, unread };
}
