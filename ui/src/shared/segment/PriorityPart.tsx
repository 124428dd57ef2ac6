// 优先级: the number, every step that led there, and who set another one by hand.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, type Output } from '@/backend/index.ts';
import { DayField } from '../antd/DayField.tsx';
import { useBook, useSentence } from '../book.tsx';
import { formatDay } from '../format/index.ts';
import { Button } from '../parts/Button.tsx';
import { Choice } from '../parts/Choice.tsx';
import { Field, TextField } from '../parts/Field.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { PriorityMark } from '../parts/PriorityMark.tsx';
import { Notice } from '../parts/States.tsx';

type View = Output<'segment_card'>;
type Priority = NonNullable<View['priority']>;

const levels = [1, 2, 3, 4, 5] as const;

export function PriorityPart({ priority }: { priority: Priority }) {
  const { t } = useTranslation('segmentation');
  const say = useSentence();
  const { lock } = priority;
  return (
    <div>
      <p>
        <span className="quiet">{t('priority.title')} </span>
        <PriorityMark level={priority.level} />
      </p>
      {lock && <Notice tone="soon">{t(lock.until == null ? 'priority.locked' : 'priority.locked_until', { until: lock.until == null ? '' : formatDay(lock.until), reason: lock.reason, by: lock.by, n: priority.computed })}</Notice>}
      <ul className="small quiet">
        {priority.lines.map((line) => (
          <li key={line} className="selectable">
            {say(line)}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function PriorityDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const [level, setLevel] = useState<number>(view.priority?.level ?? 3);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const lock = useAct('priority_lock');
  const unlock = useAct('priority_unlock');
  const refused = lock.error?.whole ?? unlock.error?.whole;
  return (
    <FormDialog
      title={t('priority.set')}
      problem={refused}
      busy={lock.isPending}
      beside={
        view.priority?.lock && (
          <Button kind="plain" busy={unlock.isPending} onClick={() => unlock.mutate({ id: view.customer_id }, { onSuccess: onClose })}>
            {t('priority.unlock')}
          </Button>
        )
      }
      onClose={onClose}
      onSave={() => lock.mutate({ customer_id: view.customer_id, level, reason, until: until || null }, { onSuccess: onClose })}
    >
      <Choice label={t('priority.title')} value={level} options={levels.map((value) => ({ value: value as number, word: t(`priority.word.${value}`) }))} onChange={setLevel} />
      <TextField label={t('card.reason')} value={reason} error={lock.error?.of('reason')} onChange={(event) => setReason(event.target.value)} />
      <Field label={t('priority.until')} error={lock.error?.of('until')} help={t('priority.until_help')}>
        {(ids) => <DayField id={ids.id} value={until} from={today} onChange={setUntil} />}
      </Field>
    </FormDialog>
  );
}
