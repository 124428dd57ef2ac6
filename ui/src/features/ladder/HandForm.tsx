// A tier given by hand: at least or exactly this tier, until a day, with a reason. Nothing else sets a tier.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { useByHand, useLadder, type CustomerId } from './queries.ts';
import styles from './ladder.module.css';

type Mode = 'floor' | 'pin' | 'clear';

export function HandForm({ id, tier, hasHand, onClose }: { id: CustomerId; tier: string; hasHand: boolean; onClose: () => void }) {
  const { t } = useTranslation('ladder');
  const { today } = useBook();
  const { data } = useLadder();
  const [mode, setMode] = useState<Mode>('floor');
  const [chosen, setChosen] = useState(tier);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const give = useByHand();
  const save = () => {
    give.mutate({ client_key: key.current, customer_id: id, mode, tier: mode === 'clear' ? null : chosen, until_on: until || null, reason }, { onSuccess: onClose });
  };
  const modes: readonly Mode[] = hasHand ? ['floor', 'pin', 'clear'] : ['floor', 'pin'];
  return (
    <FormDialog title={t('standing.by_hand')} problem={give.error?.whole} busy={give.isPending} onClose={onClose} onSave={save}>
      <Choice label={t('hand.mode')} value={mode} onChange={setMode} options={modes.map((value) => ({ value, word: t(`hand.modes.${value}`) }))} />
      <p className="quiet small">{t(`hand.help.${mode}`)}</p>
      {mode !== 'clear' && (
        <div className={styles.two}>
          <Field label={t('hand.tier')} error={give.error?.of('tier')}>
            {(ids) => <Pick id={ids.id} field label={t('hand.tier')} value={chosen} options={(data?.steps ?? []).map((step) => ({ value: step.tier.name, word: step.tier.name }))} onChange={setChosen} />}
          </Field>
          <Field label={t('hand.until')} optional error={give.error?.of('until_on')}>
            {(ids) => <DayField id={ids.id} value={until} from={today} onChange={setUntil} />}
          </Field>
        </div>
      )}
      <TextField label={t('hand.reason')} value={reason} onChange={(event) => setReason(event.target.value)} error={give.error?.of('reason')} data-autofocus />
    </FormDialog>
  );
}
