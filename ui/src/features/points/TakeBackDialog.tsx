// A gift of a list that was handed out comes back, for a reason.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { useTakeBackGift, type Giveaway, type GiveawayPerson } from './queries.ts';

export function TakeBackDialog({ list, person, onClose }: { list: Giveaway; person: GiveawayPerson; onClose: () => void }) {
  const { t } = useTranslation('points');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const { mutate, isPending, error } = useTakeBackGift();
  const { id, name } = person.customer;
  return (
    <FormDialog
      title={t('giveaway.take_back_of', { name })}
      deed={t('giveaway.take_back')}
      problem={error?.whole ?? error?.of('customer_id')}
      busy={isPending}
      onClose={onClose}
      onSave={() => mutate({ client_key: key.current, id: list.id, customer_id: id, reason }, { onSuccess: onClose })}
    >
      <p>{t('giveaway.take_back_note', { gift: list.gift, n: formatCount(list.quantity) })}</p>
      <TextField label={t('giveaway.take_back_why')} value={reason} placeholder={t('giveaway.take_back_example')} onChange={(event) => setReason(event.target.value)} error={error?.of('reason')} data-autofocus />
    </FormDialog>
  );
}
