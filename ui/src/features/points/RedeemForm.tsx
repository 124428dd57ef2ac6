// A gift for points: what the member can have today, one press gives it.
import { useEffect, useRef } from 'react';
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
  const can = offered.find((gift) => gift.stock > 0 && gift.points <= spendable);
  const list = useRef<HTMLUListElement>(null);
  const first = can?.id;
  useEffect(() => {
    // The gifts come after the dialog has taken the focus.
    if (first !== undefined) list.current?.querySelector<HTMLElement>(`[data-gift="${first}"]`)?.focus();
  }, [first]);
  const problem = redeem.error?.first;
  return (
    <Dialog title={t('member.gift')} onClose={onClose}>
      <p className="quiet figures">{t('redeem.have', { n: formatCount(spendable) })}</p>
      {offered.length === 0 && <p>{t('gifts.none')}</p>}
      <ul ref={list} className={styles.offers}>
        {offered.map((gift) => {
          const short = gift.stock < 1 ? t('redeem.no_stock') : gift.points > spendable ? t('redeem.short', { n: formatCount(gift.points - spendable) }) : undefined;
          return (
            <li key={gift.id}>
              <span>{gift.name}</span>
              <span className="quiet small figures">
                {t('gifts.points', { n: formatCount(gift.points) })} · {t('gifts.stock', { n: formatCount(gift.stock) })}
                {short && ` · ${short}`}
              </span>
              <Button aria-label={t('redeem.give_of', { gift: gift.name })} data-gift={gift.id} disabled={short !== undefined || undefined} busy={redeem.isPending} onClick={() => redeem.mutate({ client_key: key.current, customer_id: id as CustomerId, gift_id: gift.id }, { onSuccess: onClose })}>
                {t('redeem.give')}
              </Button>
            </li>
          );
        })}
      </ul>
      {problem && <Notice tone="late">{problem}</Notice>}
    </Dialog>
  );
}
