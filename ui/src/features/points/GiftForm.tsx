// One gift: name, points, cost, whether it is offered, and pieces that came in or went.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount, parseChange, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { asMinor, asPoints, useSaveGift, type Gift } from './queries.ts';
import styles from './points.module.css';

export function GiftForm({ gift, onClose }: { gift: Gift | undefined; onClose: () => void }) {
  const { t } = useTranslation('points');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const [name, setName] = useState(gift?.name ?? '');
  const [points, setPoints] = useState(gift ? String(gift.points) : '');
  const [cost, setCost] = useState(gift?.cost_minor == null ? '' : plainAmount(gift.cost_minor, currency.exponent));
  const [delta, setDelta] = useState('');
  const [active, setActive] = useState(gift?.is_active ?? true);
  const key = useRef(newClientKey());
  const save = useSaveGift();
  const [wasTried, setTried] = useState(false);
  // Nothing typed is no cost and no piece; what cannot be read is neither.
  const read = { points: parseAmount(points || '0', 0), cost: parseAmount(cost || '0', currency.exponent), delta: parseChange(delta || '0', 0) };
  const unread = (value: number | undefined) => (wasTried && value === undefined ? word('unreadable') : undefined);
  const send = () => {
    setTried(true);
    if (read.points === undefined || read.cost === undefined || read.delta === undefined) return;
    save.mutate(
      { client_key: key.current, id: gift?.id ?? null, name, points: asPoints(read.points), cost_minor: cost.trim() === '' ? null : asMinor(read.cost), is_active: active, stock_delta: read.delta },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog title={gift ? gift.name : t('gifts.new')} problem={save.error?.whole} busy={save.isPending} onClose={onClose} onSave={send}>
      <TextField label={t('gifts.name')} value={name} onChange={(event) => setName(event.target.value)} error={save.error?.of('name')} data-autofocus />
      <div className={styles.pair}>
        <TextField label={t('gifts.takes')} inputMode="numeric" value={points} onChange={(event) => setPoints(event.target.value)} error={unread(read.points) ?? save.error?.of('points')} />
        <Field label={t('gifts.cost')} optional error={unread(read.cost) ?? save.error?.of('cost_minor')}>
          {(ids) => <AmountInput id={ids.id} label={t('gifts.cost')} symbol={sign} value={cost} onChange={setCost} />}
        </Field>
        <TextField label={t('gifts.delta')} optional help={gift && t('gifts.stock', { n: gift.stock })} value={delta} onChange={(event) => setDelta(event.target.value)} error={unread(read.delta) ?? save.error?.of('stock_delta')} />
      </div>
      <label className={styles.check}>
        <input type="checkbox" checked={active} onChange={(event) => setActive(event.target.checked)} />
        {t('gifts.active')}
      </label>
    </FormDialog>
  );
}
