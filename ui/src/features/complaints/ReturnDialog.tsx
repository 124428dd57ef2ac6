// What a customer was given is taken back: which, and why. The ledger it came from has it again.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useTakeBack, type ComplaintId, type GivenThing } from './queries.ts';
import styles from './complaints.module.css';

export function ReturnDialog({ id, thing, onClose }: { id: ComplaintId; thing: GivenThing; onClose: () => void }) {
  const { t } = useTranslation('complaints');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const { mutate, isPending, error } = useTakeBack();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate({ client_key: key.current, id, posting_id: thing.posting_id, resolution_id: thing.resolution_id, position: thing.position, reason }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('returned.title')} onClose={onClose}>
      <form className={styles.steps} onSubmit={send}>
        <p>{thing.text}</p>
        <TextField label={t('correct.reason')} autoFocus value={reason} placeholder={t('returned.example')} onChange={(event) => setReason(event.target.value)} error={error?.of('reason')} help={t('returned.help')} />
        {error && error.of('reason') === undefined && <Notice tone="late">{error.first}</Notice>}
        <div>
          <Button kind="main" type="submit" hint="Enter" busy={isPending}>
            {t('returned.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
