// What the promises in the form would mean: a case received now, or at a moment of one's own, is due then; and what
// becomes of the open ones.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asInstant } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { useNow } from '@/shared/clock.ts';
import { dayOf, formatInstant, formatTime, instantIn } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { categories } from './PromisesFields.tsx';
import { severities } from './promises.ts';
import { usePolicyPreview, type Policy, type PolicyView } from './queries.ts';
import styles from './settings.module.css';

interface Props {
  policy: Policy | undefined;
  isChanged: boolean;
  tiers: PolicyView['tiers'];
  classes: PolicyView['classes'];
}

export function PromisePreview({ policy, isChanged, tiers, classes }: Props) {
  const { t } = useTranslation('settings');
  const { t: complaintWord } = useTranslation('complaints');
  const { zone, today } = useBook();
  const now = useNow(60_000);
  const [kind, setKind] = useState<'complaint' | 'inquiry'>('complaint');
  const [day, setDay] = useState('');
  const [time, setTime] = useState('');
  const [category, setCategory] = useState('');
  const [tier, setTier] = useState('');
  const [group, setGroup] = useState('');
  const isNow = day === '' && time === '';
  const receivedAt = isNow ? null : instantIn(day || dayOf(now, zone), time || formatTime(now, zone), zone);
  const { data, error } = usePolicyPreview({ policy: isChanged ? (policy ?? null) : null, kind, received_at: receivedAt ? asInstant(receivedAt) : null, category: category || null, tier: tier || null, class: group || null }, policy !== undefined && receivedAt !== undefined);
  const all = { value: '', word: t('promises.all') };
  const promises = (['response', 'update', 'resolution', 'follow_up'] as const).filter((each) => data?.rows.some((row) => row.promise === each));
  return (
    <Card title={t('promises.preview')} side={data && <span className="figures">{t('promises.received', { at: formatInstant(data.received_at, zone, today) })}</span>}>
      <div className={styles.spans}>
        <Field label={t('promises.kind')}>
          {() => <Choice label={t('promises.kind')} value={kind} onChange={setKind} options={(['complaint', 'inquiry'] as const).map((value) => ({ value, word: complaintWord(`kind.${value}`) }))} />}
        </Field>
        <Field label={t('promises.day')} optional>
          {(ids) => <DayField id={ids.id} value={day} onChange={setDay} />}
        </Field>
        <TextField label={t('promises.time')} optional value={time} placeholder={t('promises.now')} onChange={(event) => setTime(event.target.value)} error={receivedAt === undefined ? t('promises.time_unread') : undefined} />
      </div>
      <div className={styles.exception}>
        <Pick label={complaintWord('form.category')} value={category} onChange={setCategory} options={[all, ...categories.map((value) => ({ value, word: complaintWord(`category.${value}`) }))]} />
        <Pick label={t('promises.tier')} value={tier} onChange={setTier} options={[all, ...tiers.map((value) => ({ value, word: value }))]} />
        <Pick label={t('promises.class')} value={group} onChange={setGroup} options={[all, ...classes.map((each) => ({ value: each.key, word: each.name }))]} />
      </div>
      {error && <Notice tone="late">{error.first}</Notice>}
      {data && (
        <table className={styles.preview}>
          <thead>
            <tr>
              <th scope="col">{t('promises.promise')}</th>
              {severities.map((each) => (
                <th key={each} scope="col">
                  {complaintWord(`severity.${each}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {promises.map((promise) => (
              <tr key={promise}>
                <th scope="row">{complaintWord(`promise.${promise}`)}</th>
                {severities.map((severity) => {
                  const row = data.rows.find((each) => each.promise === promise && each.severity === severity);
                  return (
                    <td key={severity} className="figures">
                      {row?.due_at ? formatInstant(row.due_at, zone, today) : '–'}
                      {row?.do_before && <span className={styles.before}>{t('promises.do_before', { at: formatInstant(row.do_before, zone, today) })}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data && isChanged && <Notice tone={data.late_at_once > 0 ? 'soon' : 'info'}>{data.late_at_once > 0 ? t('promises.moving_late', { n: data.moving, late: data.late_at_once }) : t('promises.moving', { n: data.moving })}</Notice>}
      <p className="quiet small">{t('promises.preview_help')}</p>
    </Card>
  );
}
