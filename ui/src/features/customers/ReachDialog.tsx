// How a customer wants to be reached: by which channel, at which hours not, or not at all.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { PeopleDialog } from './PeopleDialog.tsx';
import { useSetReach, type Profile, type Reach } from './queries.ts';
import styles from './people.module.css';

export const channels: readonly Reach['channel'][] = ['wechat', 'sms', 'mobile', 'landline', 'wecom', 'email', 'qq', 'whatsapp', 'line', 'xiaohongshu', 'douyin', 'visit'];

export function ReachDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { reach } = profile.details;
  const [preferred, setPreferred] = useState<string>(reach.preferred ?? '');
  const [from, setFrom] = useState(reach.quiet_from ?? '');
  const [to, setTo] = useState(reach.quiet_to ?? '');
  const [never, setNever] = useState(reach.do_not_contact);
  const [why, setWhy] = useState(reach.do_not_contact_why ?? '');
  const key = useRef(newClientKey());
  const set = useSetReach();
  const save = () =>
    set.mutate(
      { client_key: key.current, id: profile.row.id, preferred: (preferred || null) as Reach['preferred'], quiet_from: from, quiet_to: to, do_not_contact: never, do_not_contact_why: why },
      { onSuccess: onClose },
    );
  const usual = t('reach.usual', { channel: t(`channel.${reach.channel}`) });
  return (
    <PeopleDialog title={t('more.reach')} onClose={onClose} onSave={save} busy={set.isPending} error={set.error}>
      <Field label={t('reach.channel')}>{(ids) => <Pick id={ids.id} field label={t('reach.channel')} value={preferred} onChange={setPreferred} options={[{ value: '', word: reach.preferred ? t('reach.usual_plain') : usual }, ...channels.map((value) => ({ value, word: t(`channel.${value}`) }))]} />}</Field>
      <div className={styles.pair}>
        <TextField label={t('reach.quiet_from')} optional value={from} placeholder="22:00" inputMode="numeric" onChange={(event) => setFrom(event.target.value)} error={set.error?.of('quiet_from')} />
        <TextField label={t('reach.quiet_to')} optional value={to} placeholder="08:00" inputMode="numeric" onChange={(event) => setTo(event.target.value)} error={set.error?.of('quiet_to')} />
      </div>
      <Field label={t('reach.do_not')} help={t('reach.do_not_help')}>
        {() => (
          <Choice
            label={t('reach.do_not')}
            value={never ? 1 : 0}
            onChange={(value) => setNever(value === 1)}
            options={[
              { value: 0, word: t('reach.may') },
              { value: 1, word: t('reach.never') },
            ]}
          />
        )}
      </Field>
      {never && <TextField label={t('reach.why')} optional value={why} onChange={(event) => setWhy(event.target.value)} error={set.error?.of('do_not_contact_why')} />}
    </PeopleDialog>
  );
}
