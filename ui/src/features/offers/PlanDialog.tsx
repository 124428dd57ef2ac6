// A plan: on which occasion, what a coupon is worth, for whom; with how many would get one before it begins.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { LeftOutLine } from '@/shared/customer/LeftOut.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { occasions, readPlan, rhythms, type OccasionKind, type PlanDraft } from './plan.ts';
import styles from './offers.module.css';
import { useClasses, usePlanPreview, useSavePlan, useTiers } from './queries.ts';
import { StackableCheck, WorthFields } from './WorthFields.tsx';

export function PlanDialog({ start, onClose }: { start: PlanDraft; onClose: () => void }) {
  const { t } = useTranslation('offers');
  const { t: word } = useTranslation('common');
  const { currency, today } = useBook();
  const money = useMoney();
  const [draft, setDraft] = useState(start);
  const set = (change: Partial<PlanDraft>) => setDraft((before) => ({ ...before, ...change }));
  const key = useRef(newClientKey());
  const save = useSavePlan();
  const { input, unread } = readPlan(draft, currency.exponent);
  // The name says nothing about whom it is for; it is asked about only when it is saved.
  const preview = usePlanPreview(input && { ...input, name: input.name.trim() || t('plans') });
  const send = () => {
    if (input) save.mutate({ ...input, client_key: key.current }, { onSuccess: onClose });
  };
  const { error } = save;
  const problem = (field: string) => (unread.has(field) ? word('unreadable') : (error?.of(field) ?? preview.error?.of(field)));
  const shown = input && !preview.error ? preview.data : undefined;
  const isRegular = draft.kind === 'regular';
  return (
    <FormDialog
      wide
      pair
      title={t(draft.id === null ? 'plan_new' : 'plan_change')}
      deed={t('plan_save')}
      problem={error?.whole}
      busy={save.isPending}
      disabled={input === undefined}
      onClose={onClose}
      onSave={send}
    >
      <TextField label={t('name')} value={draft.name} placeholder={t('plan_example')} onChange={(event) => set({ name: event.target.value })} error={problem('name')} data-autofocus />
      <Field label={t('occasion')}>{(ids) => <Pick id={ids.id} field label={t('occasion')} value={draft.kind} onChange={(kind) => set({ kind: kind as OccasionKind })} options={occasions.map((value) => ({ value, word: t(`occasions.${value}`) }))} />}</Field>
      {isRegular && (
        <>
          <div className={styles.rhythm}>
            <Choice label={t('rhythm')} value={draft.months} onChange={(months) => set({ months })} options={rhythms.map((value) => ({ value, word: t(`rhythms.${value}`) }))} />
          </div>
          <TextField label={t('day_of_month')} inputMode="numeric" value={draft.day} onChange={(event) => set({ day: event.target.value })} error={problem('occasion.day')} />
        </>
      )}
      {draft.kind === 'birthday' && <TextField label={t('days_before')} inputMode="numeric" value={draft.before} onChange={(event) => set({ before: event.target.value })} error={problem('occasion.days_before')} />}
      {draft.kind === 'away' && <TextField label={t('days_away')} inputMode="numeric" value={draft.away} onChange={(event) => set({ away: event.target.value })} error={problem('occasion.days')} />}
      {draft.kind === 'away' && <TextField label={t('recall_days')} help={t('recall_days_help')} inputMode="numeric" value={draft.recall} onChange={(event) => set({ recall: event.target.value })} error={problem('recall_days')} />}
      <WorthFields draft={draft} onChange={set} problem={problem} budget={t(isRegular ? 'budget_run' : 'budget_month')} />
      <Members draft={draft} onChange={set} problem={problem('tiers')} />
      <StackableCheck draft={draft} onChange={set} />
      {shown && (
        <div className={styles.told}>
          <Notice tone={shown.is_over_budget ? 'late' : 'info'}>
            {t(isRegular ? 'plan_next' : 'plan_now', { n: formatCount(shown.people), day: shown.next_on ? formatShortDay(shown.next_on, today) : '', most: shown.most_minor == null ? t('no_limit') : money(shown.most_minor) })}{' '}
            {shown.is_over_budget && t(isRegular ? 'plan_short' : 'plan_short_month')}
          </Notice>
          <LeftOutLine rows={shown.left_out} people={shown.left_out_people} />
        </div>
      )}
    </FormDialog>
  );
}

/** For whom: nobody chosen means everybody. */
function Members({ draft, onChange, problem }: { draft: PlanDraft; onChange: (change: Partial<PlanDraft>) => void; problem: string | undefined }) {
  const { t } = useTranslation('offers');
  const tiers = useTiers();
  const classes = useClasses();
  const toggled = (list: string[], value: string) => (list.includes(value) ? list.filter((each) => each !== value) : [...list, value]);
  return (
    <div className={styles.members}>
      <div className={styles.checks} role="group" aria-label={t('who.tier')}>
        <span className="quiet small">{t('only_tiers')}</span>
        {(tiers.data?.steps ?? []).map(({ tier }) => (
          <label key={tier.name} className={styles.check}>
            <input type="checkbox" checked={draft.tiers.includes(tier.name)} onChange={() => onChange({ tiers: toggled(draft.tiers, tier.name) })} />
            {tier.name}
          </label>
        ))}
      </div>
      <div className={styles.checks} role="group" aria-label={t('who.class')}>
        <span className="quiet small">{t('only_classes')}</span>
        {(classes.data?.classes ?? []).map(({ tag }) => (
          <label key={tag.key} className={styles.check}>
            <input type="checkbox" checked={draft.classKeys.includes(tag.key)} onChange={() => onChange({ classKeys: toggled(draft.classKeys, tag.key) })} />
            {tag.name}
          </label>
        ))}
      </div>
      <p className="quiet small">{t('nobody_chosen')}</p>
      {problem && <Notice tone="late">{problem}</Notice>}
    </div>
  );
}
