// Points given or taken by hand, with the reason that stands in the statement.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { parseChange } from '@/shared/format/index.ts';
import { TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { asPoints, useAdjust, type CustomerId } from './queries.ts';

export function AdjustForm({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('points');
  const [points, setPoints] = useState('');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const adjust = useAdjust();
  const save = () => {
    adjust.mutate({ client_key: key.current, customer_id: id as CustomerId, points: asPoints(parseChange(points, 0) ?? 0), reason }, { onSuccess: onClose });
  };
  return (
    <FormDialog title={t('member.adjust')} deed={t('adjust.save')} problem={adjust.error?.whole} busy={adjust.isPending} onClose={onClose} onSave={save}>
      <TextField label={t('adjust.points')} help={t('adjust.help')} value={points} onChange={(event) => setPoints(event.target.value)} error={adjust.error?.of('points')} data-autofocus />
      <TextField label={t('adjust.reason')} value={reason} onChange={(event) => setReason(event.target.value)} error={adjust.error?.of('reason')} />
    </FormDialog>
  );
}
