// When an offer holds, for whom, and beside what.
import { useTranslation } from 'react-i18next';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { audiences, type AudienceKind } from './draft.ts';
import { useClasses, useTiers } from './queries.ts';
import { Check, type Props } from './RuleFields.tsx';
import styles from './entry.module.css';

const days = [1, 2, 3, 4, 5, 6, 7] as const;

export function TermsFields({ draft, onChange, problem }: Props) {
  const { t } = useTranslation('entry');
  const toggle = (day: number) => onChange({ weekdays: draft.weekdays.includes(day) ? draft.weekdays.filter((each) => each !== day) : [...draft.weekdays, day].sort((a, b) => a - b) });
  return (
    <>
      <div className={styles.pair}>
        <TextField label={t('from_on')} value={draft.fromOn} placeholder="2026-03-01" onChange={(event) => onChange({ fromOn: event.target.value })} error={problem('offer.when.from_on')} />
        <TextField label={t('until_on')} optional value={draft.untilOn} placeholder="2026-03-31" onChange={(event) => onChange({ untilOn: event.target.value })} error={problem('offer.when.until_on')} />
        <TextField label={t('from_time')} optional value={draft.fromTime} placeholder="14:00" onChange={(event) => onChange({ fromTime: event.target.value })} error={problem('offer.when.hours')} />
        <TextField label={t('until_time')} optional value={draft.untilTime} placeholder="17:00" onChange={(event) => onChange({ untilTime: event.target.value })} />
      </div>
      <div className={styles.checks} role="group" aria-label={t('weekdays')}>
        <span className="quiet small">{t('weekdays')}</span>
        {days.map((day) => (
          <Check key={day} label={t(`days.${day}`)} checked={draft.weekdays.length === 0 || draft.weekdays.includes(day)} onChange={() => (draft.weekdays.length === 0 ? onChange({ weekdays: days.filter((each) => each !== day) }) : toggle(day))} />
        ))}
      </div>
      <Field label={t('audience')} error={problem('offer.audience')}>
        {(ids) => <Pick id={ids.id} field label={t('audience')} value={draft.audience} options={audiences.map((value) => ({ value, word: t(`audiences.${value}`) }))} onChange={(audience) => onChange({ audience: audience as AudienceKind, who: [] })} />}
      </Field>
      <Who draft={draft} onChange={onChange} problem={problem} />
      <div className={styles.checks}>
        <Check label={t('with_others')} checked={draft.withOthers} onChange={(withOthers) => onChange({ withOthers })} />
        <Check label={t('with_coupons')} checked={draft.withCoupons} onChange={(withCoupons) => onChange({ withCoupons })} />
        <Check label={t('with_terms')} checked={draft.withTerms} onChange={(withTerms) => onChange({ withTerms })} />
      </div>
    </>
  );
}

function Who({ draft, onChange }: Props) {
  const { t } = useTranslation('entry');
  const tiers = useTiers();
  const classes = useClasses();
  if (draft.audience === 'tags') return <TextField label={t('tags')} value={draft.who.join(' ')} placeholder={t('tags_example')} onChange={(event) => onChange({ who: event.target.value.split(/[\s,，、]+/) })} onBlur={() => onChange({ who: draft.who.filter(Boolean) })} />;
  const options = draft.audience === 'tiers' ? (tiers.data?.steps ?? []).map((step) => ({ value: step.tier.name, word: step.tier.name })) : draft.audience === 'classes' ? (classes.data?.classes ?? []).map((each) => ({ value: each.tag.key, word: each.tag.name })) : [];
  if (options.length === 0) return null;
  return (
    <div className={styles.checks} role="group" aria-label={t(`audiences.${draft.audience}`)}>
      {options.map(({ value, word }) => (
        <Check key={value} label={word} checked={draft.who.includes(value)} onChange={(isIn) => onChange({ who: isIn ? [...draft.who, value] : draft.who.filter((each) => each !== value) })} />
      ))}
    </div>
  );
}
