// A gift for points: what the member can have today, one press gives it.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useGifts, useRedeemGift, type CustomerId } from './queries.ts';
import styles from './points.module.css';

export function RedeemForm({ id, spendable, onClose }: { id: number; spendable: number; onClose: () => void }) {
  const { t } = useTranslation('points');
  const { data } = useGifts();
  const redeem = useRedeemGift();
  const key = useRef(newClientKey());
  const offered = data?.gifts.filter((gift) => gift.is_active) ?? [];
  const problem = redeem.error && (redeem.error.first);
  return (
    <Dialog title={t('member.gift')} onClose={onClose}>
      <p className="quiet figures">{t('redeem.have', { n: formatCount(spendable) })}</p>
      {offered.length === 0 && <p>{t('gifts.none')}</p>}
      <ul className={styles.offers}>
        {offered.map((gift) => (
          <li key={gift.id}>
            <span>{gift.name}</span>
            <span className="quiet small figures">
              {t('gifts.points', { n: formatCount(gift.points) })} · {t('gifts.stock', { n: formatCount(gift.stock) })}
            </span>
            <Button disabled={gift.stock < 1 || gift.points > spendable || undefined} busy={redeem.isPending} onClick={() => redeem.mutate({ client_key: key.current, customer_id: id as CustomerId, gift_id: gift.id }, { onSuccess: onClose })}>
              {t('redeem.give')}
            </Button>
          </li>
        ))}
      </ul>
      {problem && <Notice tone="late">{problem}</Notice>}
    </Dialog>
  );
}
