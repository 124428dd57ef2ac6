// What has to be seen of a class on trial, until when, and which class follows.
import { useTranslation } from 'react-i18next';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import type { ClassService } from './queries.ts';
import styles from './segmentation.module.css';
import type { TrialText } from './trial.ts';

interface Props {
  text: TrialText;
  others: readonly ClassService[];
  error: (field: 'after_days' | 'orders' | 'net_minor' | 'next_class') => string | undefined;
  onChange: (text: TrialText) => void;
}

export function TrialFields({ text, others, error, onChange }: Props) {
  const { t } = useTranslation('segmentation');
  const set = (field: keyof TrialText) => (event: { target: { value: string } }) => onChange({ ...text, [field]: event.target.value });
  return (
    <div className={styles.four}>
      <TextField label={t('trial.after')} help={t('trial.after_help')} error={error('after_days')} inputMode="numeric" value={text.days} onChange={set('days')} />
      <TextField label={t('trial.orders_label')} error={error('orders')} inputMode="numeric" value={text.orders} onChange={set('orders')} />
      <TextField label={t('trial.net_label')} error={error('net_minor')} inputMode="decimal" value={text.net} onChange={set('net')} />
      <Field label={t('trial.next')} error={error('next_class')}>
        {(ids) => <Pick field id={ids.id} label={t('trial.next')} value={text.next} options={others.map((one) => ({ value: one.tag.key, word: one.tag.name }))} onChange={(next) => onChange({ ...text, next })} />}
      </Field>
    </div>
  );
}
