// One product as a form. A product that was sold is taken off the list, never deleted.
import { useId, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { go } from '@/shared/router.tsx';
import { asMinor, useChangeProduct, useCreateProduct, type Facts, type ProductView } from './queries.ts';
import { SheetDialog } from './SheetDialog.tsx';
import styles from './products.module.css';

const places = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export function ProductForm({ product, categories, onMade, onClose }: { product: ProductView | undefined; categories: readonly string[]; onMade: (name: string) => void; onClose: () => void }) {
  const { t } = useTranslation('products');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const listId = useId();
  const row = product?.row;
  const money = (minor: number | null | undefined) => (minor == null ? '' : plainAmount(minor, currency.exponent));
  const [form, setForm] = useState({ name: row?.name ?? '', sku: row?.sku ?? '', barcode: row?.barcode ?? '', category: row?.category ?? '', price: money(row?.price_minor), cost: money(product?.cost_minor), stock: row?.stock ?? '', low: product?.low_stock ?? '', favourite: row?.favourite == null ? '' : String(row.favourite) });
  const [isActive, setActive] = useState(product?.is_active ?? true);
  const [unread, setUnread] = useState<'price' | 'cost'>();
  const [isSheet, setSheet] = useState(false);
  const key = useRef(newClientKey());
  const create = useCreateProduct();
  const change = useChangeProduct();
  const error = create.error ?? change.error;
  const set = (field: keyof typeof form) => (value: string) => {
    setForm((before) => ({ ...before, [field]: value }));
    setUnread(undefined);
    create.reset();
    change.reset();
  };

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (create.isPending || change.isPending) return;
    const amount = (text: string) => (text.trim() === '' ? null : parseAmount(text, currency.exponent));
    const [price, cost] = [amount(form.price), amount(form.cost)];
    if (price === undefined || cost === undefined) return setUnread(price === undefined ? 'price' : 'cost');
    const text = (value: string) => value.trim() || null;
    const facts: Facts = { name: form.name, sku: text(form.sku), barcode: text(form.barcode), category: text(form.category), price_minor: price === null ? null : asMinor(price), cost_minor: cost === null ? null : asMinor(cost), stock: text(form.stock), low_stock: text(form.low), favourite: form.favourite === '' ? null : Number(form.favourite) };
    if (row) change.mutate({ client_key: key.current, id: row.id, facts, is_active: isActive, stock_before: row.stock }, { onSuccess: onClose });
    else create.mutate({ client_key: key.current, facts }, { onSuccess: ({ row: made }) => onMade(made.name) });
  };
  const amountField = (field: 'price' | 'cost', name: string) => {
    const problem = unread === field ? t('unread') : error?.of(name);
    return (
      <Field label={t(`fields.${field}`)} optional error={problem}>
        {(ids) => <AmountInput id={ids.id} label={t(`fields.${field}`)} value={form[field]} onChange={set(field)} symbol={sign} invalid={problem !== undefined} describedBy={ids['aria-describedby']} />}
      </Field>
    );
  };
  const field = (name: 'sku' | 'barcode' | 'stock' | 'low', help?: string) => (
    <TextField label={t(`fields.${name}`)} optional help={help} value={form[name]} inputMode={name === 'stock' || name === 'low' ? 'decimal' : undefined} onChange={(event) => set(name)(event.target.value)} error={error?.of(name === 'low' ? 'low_stock' : name)} />
  );
  if (row && isSheet) return <SheetDialog id={row.id} onClose={() => setSheet(false)} />;
  return (
    <Dialog title={row ? t('change', { what: row.name }) : t('new')} wide onClose={onClose}>
      <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <TextField label={t('fields.name')} value={form.name} onChange={(event) => set('name')(event.target.value)} error={error?.of('name')} />
        <TextField label={t('fields.category')} optional list={listId} value={form.category} onChange={(event) => set('category')(event.target.value)} error={error?.of('category')} />
        <datalist id={listId}>
          {categories.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        {amountField('price', 'price_minor')}
        {amountField('cost', 'cost_minor')}
        {field('sku')}
        {field('barcode', t('help.barcode'))}
        {field('stock', t('help.stock'))}
        {field('low')}
        <Field label={t('fields.favourite')} optional help={t('help.favourite')} error={error?.of('favourite')}>
          {(ids) => <Pick id={ids.id} field label={t('fields.favourite')} value={form.favourite} onChange={set('favourite')} options={places.map((value) => ({ value, word: value === '' ? word('none') : `Ctrl ${value}` }))} />}
        </Field>
        {row && (
          <Field label={t('fields.state')}>
            {() => (
              <Choice
                label={t('fields.state')}
                value={isActive ? 1 : 0}
                onChange={(value) => setActive(value === 1)}
                options={[
                  { value: 1, word: t('shows.active') },
                  { value: 0, word: t('shows.inactive') },
                ]}
              />
            )}
          </Field>
        )}
        <Refused error={error} />
        <div className={styles.buttons}>
          {row && (
            <Button kind="plain" icon="print" onClick={() => setSheet(true)}>
              {t('sheet.title')}
            </Button>
          )}
          {row && (
            <Button kind="plain" icon="person" onClick={() => go(`/products?intent=${row.id}`)}>
              {t('intent.title')}
            </Button>
          )}
          <Button onClick={onClose} hint="Escape">
            {word('cancel')}
          </Button>
          <Button kind="main" type="submit" busy={create.isPending || change.isPending}>
            {word('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
