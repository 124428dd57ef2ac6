// Points given or taken by hand, with the reason that stands in the statement.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { asPoints, useAdjust, type CustomerId } from './queries.ts';
import styles from './points.module.css';

export function AdjustForm({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('points');
  const [points, setPoints] = useState('');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const adjust = useAdjust();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (adjust.isPending) return;
    adjust.mutate({ client_key: key.current, customer_id: id as CustomerId, points: asPoints(/^[+-]?\d+$/.test(points.trim()) ? Number(points) : 0), reason }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('member.adjust')} onClose={onClose}>
      <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <TextField label={t('adjust.points')} help={t('adjust.help')} value={points} onChange={(event) => setPoints(event.target.value)} error={adjust.error?.of('points')} data-autofocus />
        <TextField label={t('adjust.reason')} value={reason} onChange={(event) => setReason(event.target.value)} error={adjust.error?.of('reason')} />
        <Refused error={adjust.error} />
        <div className={styles.buttons}>
          <Button kind="main" type="submit" busy={adjust.isPending}>
            {t('adjust.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
