// 到货关注: a product of the shop, anything of a category, or words. One of the three.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay, dayOf } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { PeopleDialog } from './PeopleDialog.tsx';
import { useAddWish, useCloseWish, useProducts, type Profile } from './queries.ts';
import styles from './people.module.css';

type What = 'text' | 'product' | 'category';

export function WishDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { zone, today } = useBook();
  const [what, setWhat] = useState<What>('text');
  const [text, setText] = useState('');
  const key = useRef(newClientKey());
  const products = useProducts(what === 'product' ? text : '');
  const add = useAddWish();
  const close = useCloseWish();
  const found = what === 'product' && text.trim() !== '' ? (products.data?.rows ?? []).slice(0, 6) : [];
  const [product, setProduct] = useState<(typeof found)[number] | null>(null);
  const save = () =>
    add.mutate(
      { client_key: key.current, customer_id: profile.row.id, product_id: what === 'product' ? (product?.id ?? null) : null, category: what === 'category' ? text : null, text: what === 'text' ? text : null },
      { onSuccess: onClose },
    );
  return (
    <PeopleDialog title={t('more.wish')} onClose={onClose} onSave={save} busy={add.isPending} error={add.error}>
      {profile.details.wishes.length > 0 && (
        <ul className={styles.list}>
          {profile.details.wishes.map((wish) => (
            <li key={wish.id} className={styles.item}>
              <span>{wish.what}</span>
              <span className="quiet figures">{t('wish.since', { day: formatShortDay(dayOf(wish.created_at, zone), today) })}</span>
              <Button kind="plain" icon="close" busy={close.isPending} aria-label={t('wish.close')} title={t('wish.close')} onClick={() => close.mutate({ id: wish.id })} />
            </li>
          ))}
        </ul>
      )}
      <Choice
        label={t('wish.what')}
        value={what}
        onChange={(next) => {
          setWhat(next);
          setProduct(null);
        }}
        options={(['text', 'product', 'category'] as const).map((value) => ({ value, word: t(`wish.${value}`) }))}
      />
      {what === 'product' && product ? (
        <Field label={t('wish.product')}>
          {() => (
            <div className={styles.chosen}>
              <strong>{product.name}</strong>
              <Button kind="plain" icon="close" aria-label={t('pick.other')} onClick={() => setProduct(null)} />
            </div>
          )}
        </Field>
      ) : (
        <TextField label={t(`wish.${what}`)} value={text} placeholder={t(`wish.${what}_example`)} help={what === 'text' ? t('wish.text_help') : undefined} onChange={(event) => setText(event.target.value)} />
      )}
      {!product && found.length > 0 && (
        <ul className={styles.list}>
          {found.map((hit) => (
            <li key={hit.id}>
              <Button kind="plain" onClick={() => setProduct(hit)}>
                {hit.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </PeopleDialog>
  );
}
