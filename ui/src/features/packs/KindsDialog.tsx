// Kinds of packs: what is sold, how many sessions it holds, how long it is good. A change holds for packs sold from now on.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign, useMoney } from '@/shared/book.tsx';
import { parseAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Notice, Refused } from '@/shared/parts/States.tsx';
import { asMinor, useSaveKind, type Kind } from './queries.ts';
import styles from './packs.module.css';

export function KindsDialog({ kinds, onClose }: { kinds: readonly Kind[]; onClose: () => void }) {
  const { t } = useTranslation('packs');
  const money = useMoney();
  const [editing, setEditing] = useState<Kind | 'new' | undefined>(kinds.length === 0 ? 'new' : undefined);
  return (
    <Dialog title={t('kinds')} onClose={onClose}>
      <div className={styles.kinds}>
        {kinds.map((kind) => (
          <div key={kind.product_id} className={styles.kind}>
            <strong>{kind.name}</strong>
            <span className="quiet figures">{t('kind', { n: kind.sessions, days: kind.valid_days == null ? t('no_end') : t('days', { n: kind.valid_days }) })}</span>
            <span className="figures">{kind.price_minor == null ? '—' : money(kind.price_minor)}</span>
            <Button kind="plain" icon="edit" aria-label={t('edit_kind', { name: kind.name })} title={t('edit_kind', { name: kind.name })} onClick={() => setEditing(kind)} />
          </div>
        ))}
        {editing === undefined ? (
          <Button icon="plus" onClick={() => setEditing('new')} data-autofocus>
            {t('new_kind')}
          </Button>
        ) : (
          <KindForm key={editing === 'new' ? 'new' : editing.product_id} kind={editing === 'new' ? undefined : editing} onDone={() => setEditing(undefined)} />
        )}
      </div>
    </Dialog>
  );
}

function KindForm({ kind, onDone }: { kind: Kind | undefined; onDone: () => void }) {
  const { t } = useTranslation('packs');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const [draft, setDraft] = useState({ name: '', price: '', sessions: String(kind?.sessions ?? 10), days: kind?.valid_days == null ? '' : String(kind.valid_days) });
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const key = useRef(newClientKey());
  const save = useSaveKind();
  const { error } = save;
  const whole = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : 0);
  const price = parseAmount(draft.price, currency.exponent);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    const product = kind ? { product_id: kind.product_id } : { name: draft.name, price_minor: price === undefined ? null : asMinor(price) };
    save.mutate({ client_key: key.current, ...product, sessions: whole(draft.sessions), valid_days: draft.days.trim() === '' ? null : whole(draft.days) }, { onSuccess: onDone });
  };
  return (
    <form className={styles.step} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      {kind ? (
        <Notice>{t('edit_note', { name: kind.name })}</Notice>
      ) : (
        <div className={styles.two}>
          <TextField label={t('name')} value={draft.name} placeholder={t('name_example')} onChange={(event) => set({ name: event.target.value })} error={error?.of('name')} autoFocus />
          <Field label={t('price')} error={error?.of('price_minor')}>
            {(ids) => <AmountInput id={ids.id} label={t('price')} value={draft.price} onChange={(text) => set({ price: text })} symbol={sign} invalid={error?.of('price_minor') !== undefined} describedBy={ids['aria-describedby']} />}
          </Field>
        </div>
      )}
      <div className={styles.two}>
        <TextField label={t('sessions_in')} inputMode="numeric" value={draft.sessions} onChange={(event) => set({ sessions: event.target.value })} error={error?.of('sessions')} autoFocus={kind !== undefined} />
        <TextField label={t('valid_days')} optional inputMode="numeric" value={draft.days} help={t('valid_help')} onChange={(event) => set({ days: event.target.value })} error={error?.of('valid_days')} />
      </div>
      <Refused error={error} />
      <div className={styles.row}>
        <Button kind="main" type="submit" busy={save.isPending}>
          {word('save')}
        </Button>
        <Button onClick={onDone}>{word('cancel')}</Button>
      </div>
    </form>
  );
}
