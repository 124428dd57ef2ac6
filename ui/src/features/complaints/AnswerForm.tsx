// An inquiry is done with its answer: what was asked and what the customer was told.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { nextFieldOnEnter, TextArea } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { useResolve, type ComplaintId } from './queries.ts';
import styles from './complaints.module.css';

export function AnswerForm({ id, onDone }: { id: ComplaintId; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const [text, setText] = useState('');
  const key = useRef(newClientKey());
  const resolve = useResolve();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!resolve.isPending) resolve.mutate({ client_key: key.current, id, empathy: text.trim() || null, compensation_goods: {}, compensation_also: [] }, { onSuccess: onDone });
  };
  return (
    <form className={styles.steps} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      <TextArea label={t('answer.text')} value={text} autoFocus placeholder={t('answer.example')} onChange={(event) => setText(event.target.value)} error={resolve.error?.of('empathy')} />
      <Refused error={resolve.error} />
      <div>
        <Button kind="main" type="submit" busy={resolve.isPending}>
          {t('answer.confirm')}
        </Button>
      </div>
    </form>
  );
}
