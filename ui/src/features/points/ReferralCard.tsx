// 介绍积分: what whoever brought a customer is given at that customer's first purchase. Off until the shop says a number.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Notice, Refused } from '@/shared/parts/States.tsx';
import { asPoints, useChangeReferral, useReferral } from './queries.ts';
import styles from './points.module.css';

export function ReferralCard() {
  const { data, error } = useReferral();
  if (error) return <Notice tone="late">{error.message}</Notice>;
  return data ? <ReferralForm key={data.referral_points} points={data.referral_points} /> : null;
}

function ReferralForm({ points }: { points: number }) {
  const { t } = useTranslation('points');
  const { t: word } = useTranslation('common');
  const [text, setText] = useState(String(points));
  const key = useRef(newClientKey());
  const change = useChangeReferral();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    change.mutate({ client_key: key.current, referral_points: asPoints(Number(text || 0)) }, { onSuccess: () => (key.current = newClientKey()) });
  };
  return (
    <Card title={t('referral.title')}>
      <p className="quiet">{points > 0 ? t('referral.on', { n: points }) : t('referral.off')}</p>
      <form className={styles.referral} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <TextField label={t('referral.points')} inputMode="numeric" value={text} onChange={(event) => setText(event.target.value.replace(/\D/g, '').slice(0, 7))} help={t('referral.help')} error={change.error?.of('referral_points')} />
        <Refused error={change.error} />
        <Button type="submit" busy={change.isPending} disabled={text === String(points) || undefined}>
          {word('save')}
        </Button>
      </form>
    </Card>
  );
}
