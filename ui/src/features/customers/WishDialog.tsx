// 到货关注: a product of the shop, anything of a category, or words. One of the three.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay, dayOf } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { FindBox } from '@/shared/parts/FindBox.tsx';
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
  const problem = add.error?.fields[0]?.message;
  const save = () =>
    add.mutate(
      { client_key: key.current, customer_id: profile.row.id, product_id: what === 'product' ? (product?.id ?? null) : null, category: what === 'category' ? text : null, text: what === 'text' ? text : null },
      { onSuccess: onClose },
    );
  return (
    <PeopleDialog title={t('more.wish')} onClose={onClose} onSave={save} busy={add.isPending} error={problem === undefined ? add.error : null}>
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
      {what === 'product' ? (
        <FindBox
          key={what}
          label={t('wish.product')}
          text={text}
          placeholder={t('wish.product_example')}
          onText={setText}
          hits={found}
          keyOf={(hit) => hit.id}
          renderLine={(hit) => <strong>{hit.name}</strong>}
          onTake={setProduct}
          found={product ? { shown: <strong>{product.name}</strong>, other: t('pick.other'), onOther: () => setProduct(null) } : undefined}
          error={problem}
        />
      ) : (
        <TextField key={what} label={t(`wish.${what}`)} value={text} placeholder={t(`wish.${what}_example`)} help={what === 'text' ? t('wish.text_help') : undefined} onChange={(event) => setText(event.target.value)} error={problem} data-autofocus />
      )}
    </PeopleDialog>
  );
}
