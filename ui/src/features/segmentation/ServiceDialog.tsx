// How one class is served: care, interval, channel, minutes, promise, questions, templates, and the strategy in the
// shop's own words.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { TextArea, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useSaveService, type ClassService, type Policy } from './queries.ts';
import styles from './segmentation.module.css';
import { readTrial, trialText } from './trial.ts';
import { TrialFields } from './TrialFields.tsx';

const channels = ['', 'wechat', 'phone', 'sms', 'email', 'visit'] as const;
const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);
/** A whole number, or nothing. What cannot be read is refused by the backend beside its field. */
const whole = (text: string): number | null => (text.trim() === '' ? null : Number(text));

interface Props {
  scheme: string;
  service: ClassService;
  /** The other classes, one of which follows a trial. */
  others: readonly ClassService[];
  shareBp: number;
  onClose: () => void;
}

export function ServiceDialog({ scheme, service, others, shareBp, onClose }: Props) {
  const { t } = useTranslation('segmentation');
  const { policy } = service;
  const [care, setCare] = useState(policy.care);
  const [channel, setChannel] = useState(policy.channel ?? '');
  const [text, setText] = useState({
    interval: policy.interval_days == null ? '' : String(policy.interval_days),
    minutes: String(policy.minutes_per_contact),
    complaint: policy.complaint_response_minutes == null ? '' : String(policy.complaint_response_minutes),
    questions: policy.questions.join('\n'),
    templates: policy.templates.join('\n'),
    strategy: service.strategy,
    share: String(shareBp / 100),
  });
  const { exponent } = useBook().currency;
  const [trial, setTrial] = useState(() => trialText(policy.trial, others[0]?.tag.key ?? '', exponent));
  const save = useSaveService();
  const set = (field: keyof typeof text) => (event: { target: { value: string } }) => setText({ ...text, [field]: event.target.value });
  const numbers = [whole(text.interval), whole(text.minutes), whole(text.complaint), whole(text.share)];
  const tried = readTrial(trial, exponent);
  const unreadable = tried === undefined || numbers.some((n) => n !== null && !(Number.isFinite(n) && n >= 0)) || ![numbers[0], numbers[1], numbers[2]].every((n) => n == null || Number.isInteger(n));
  const keep = () => {
    const next: Policy = { ...policy, care, channel: channel || null, interval_days: whole(text.interval), minutes_per_contact: whole(text.minutes) ?? 0, complaint_response_minutes: whole(text.complaint), questions: lines(text.questions), templates: lines(text.templates), trial: tried ?? null };
    save.mutate({ scheme, policy: next, strategy: text.strategy, share_bp: Math.round((whole(text.share) ?? 0) * 100) }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      wide
      title={t('service.edit', { name: service.tag.name })}
      problem={save.error?.whole}
      busy={save.isPending}
      disabled={unreadable}
      onClose={onClose}
      onSave={keep}
    >
      {unreadable && <Notice tone="late">{t('service.numbers')}</Notice>}
      <div className={styles.two}>
        <Choice label={t('service.care.label')} value={care} options={(['fine', 'standard', 'lowest'] as const).map((value) => ({ value, word: t(`service.care.${value}`) }))} onChange={setCare} />
        <Choice label={t('service.channel.label')} value={channel} options={channels.map((value) => ({ value: value as string, word: value === '' ? t('service.channel.own') : t(`service.channel.${value}`) }))} onChange={setChannel} />
        <TextField label={t('service.interval')} help={t('service.interval_help')} error={save.error?.of('interval_days')} inputMode="numeric" value={text.interval} onChange={set('interval')} />
        <TextField label={t('service.minutes_label')} error={save.error?.of('minutes_per_contact')} inputMode="numeric" value={text.minutes} onChange={set('minutes')} />
        <TextField label={t('service.complaint_label')} help={t('service.complaint_help')} error={save.error?.of('complaint_response_minutes')} inputMode="numeric" value={text.complaint} onChange={set('complaint')} />
        <TextField label={t('service.share')} help={t('service.share_help')} error={save.error?.of('share_bp')} inputMode="decimal" value={text.share} onChange={set('share')} />
      </div>
      <TrialFields text={trial} others={others} error={(field) => save.error?.of(`policy.trial.${field}`) ?? save.error?.of(`trial.${field}`)} onChange={setTrial} />
      <div className={styles.stack}>
        <TextArea label={t('service.questions')} help={t('service.lines_help')} rows={3} value={text.questions} onChange={set('questions')} />
        <TextArea label={t('service.templates')} help={t('service.templates_help')} rows={3} value={text.templates} onChange={set('templates')} />
        <TextArea label={t('quadrants.strategy')} rows={3} error={save.error?.of('strategy')} value={text.strategy} onChange={set('strategy')} />
      </div>
    </FormDialog>
  );
}
