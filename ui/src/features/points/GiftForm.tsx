// One gift: name, points, cost, whether it is offered, and pieces that came in or went.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { asMinor, asPoints, useSaveGift, type Gift } from './queries.ts';
import styles from './points.module.css';

export function GiftForm({ gift, onClose }: { gift: Gift | undefined; onClose: () => void }) {
  const { t } = useTranslation('points');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const [name, setName] = useState(gift?.name ?? '');
  const [points, setPoints] = useState(gift ? String(gift.points) : '');
  const [cost, setCost] = useState(gift?.cost_minor == null ? '' : plainAmount(gift.cost_minor, currency.exponent));
  const [delta, setDelta] = useState('');
  const [active, setActive] = useState(gift?.is_active ?? true);
  const key = useRef(newClientKey());
  const save = useSaveGift();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const minor = cost.trim() === '' ? undefined : parseAmount(cost, currency.exponent);
    if (save.isPending) return;
    save.mutate(
      { client_key: key.current, id: gift?.id ?? null, name, points: asPoints(Number(points) || 0), cost_minor: minor === undefined ? null : asMinor(minor), is_active: active, stock_delta: Number(delta) || 0 },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog title={gift ? gift.name : t('gifts.new')} onClose={onClose}>
      <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <TextField label={t('gifts.name')} value={name} onChange={(event) => setName(event.target.value)} error={save.error?.of('name')} data-autofocus />
        <div className={styles.pair}>
          <TextField label={t('gifts.takes')} inputMode="numeric" value={points} onChange={(event) => setPoints(event.target.value)} error={save.error?.of('points')} />
          <Field label={t('gifts.cost')} optional error={save.error?.of('cost_minor')}>
            {(ids) => <AmountInput id={ids.id} label={t('gifts.cost')} symbol={sign} value={cost} onChange={setCost} />}
          </Field>
          <TextField label={t('gifts.delta')} optional help={gift && t('gifts.stock', { n: gift.stock })} value={delta} onChange={(event) => setDelta(event.target.value)} error={save.error?.of('stock_delta')} />
        </div>
        <label className={styles.check}>
          <input type="checkbox" checked={active} onChange={(event) => setActive(event.target.checked)} />
          {t('gifts.active')}
        </label>
        <Refused error={save.error} />
        <div className={styles.buttons}>
          <Button kind="main" type="submit" busy={save.isPending}>
            {t('gifts.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
