// The resolution as one page in three parts: 共情 what was said, 补偿 what was given, 改进 what will be
// different. A part can be left out only with a reason; the backend judges.
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, nextFieldOnEnter, TextArea, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice, Refused } from '@/shared/parts/States.tsx';
import { compensations, useResolve, type CompensationKind, type ComplaintId, type Resolution } from './queries.ts';
import { AlsoGiven, type AlsoDraft } from './AlsoGiven.tsx';
import { costOf, GivenFields, goodsOf, isCostUnread, nothingGiven, saysItself, type GivenDraft } from './GivenFields.tsx';
import styles from './complaints.module.css';

interface Draft extends GivenDraft {
  empathy: string;
  empathyWaived: boolean;
  compensationNote: string;
  also: AlsoDraft[];
  cause: string;
  improvement: string;
  dueOn: string;
  improvementWaived: boolean;
}

const blank: Draft = { empathy: '', empathyWaived: false, ...nothingGiven, kind: 'none', compensationNote: '', also: [], cause: '', improvement: '', dueOn: '', improvementWaived: false };

const orNull = (text: string): string | null => text.trim() || null;

function toResolution(draft: Draft, id: ComplaintId, clientKey: string, exponent: number): Resolution {
  return {
    client_key: clientKey,
    id,
    empathy: draft.empathyWaived ? null : orNull(draft.empathy),
    empathy_waived: draft.empathyWaived ? orNull(draft.empathy) : null,
    compensation_kind: draft.kind,
    compensation_minor: costOf(draft, exponent),
    compensation_note: orNull(draft.compensationNote),
    compensation_goods: goodsOf(draft),
    compensation_also: draft.kind === 'none' ? [] : draft.also.map((each) => ({ kind: each.kind, cost_minor: costOf(each, exponent), note: orNull(each.note), goods: goodsOf(each) })),
    root_cause: draft.improvementWaived ? null : orNull(draft.cause),
    improvement: draft.improvementWaived ? null : orNull(draft.improvement),
    improvement_due_on: draft.improvementWaived ? null : orNull(draft.dueOn),
    improvement_waived: draft.improvementWaived ? orNull(draft.improvement) : null,
  };
}

export function ResolveForm({ id, onDone }: { id: ComplaintId; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const { currency, today } = useBook();
  const [draft, setDraft] = useState(blank);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const key = useRef(newClientKey());
  const resolve = useResolve();
  const isUnread = draft.kind !== 'none' && [draft, ...draft.also].some((each) => isCostUnread(each, currency.exponent));
  const { error } = resolve;

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (resolve.isPending || isUnread) return;
    resolve.mutate(toResolution(draft, id, key.current, currency.exponent), { onSuccess: onDone });
  };
  return (
    <form className={styles.parts} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      <Part n={1} title={t('resolve.empathy')} help={t('resolve.empathy_help')} waived={draft.empathyWaived} onWaive={(empathyWaived) => set({ empathyWaived })}>
        <TextArea label={draft.empathyWaived ? t('resolve.why_not') : t('resolve.said')} autoFocus value={draft.empathy} onChange={(event) => set({ empathy: event.target.value })} placeholder={t('resolve.said_example')} error={error?.of('empathy') ?? error?.of('empathy_waived')} />
      </Part>
      <Part n={2} title={t('resolve.compensation')} help={t('resolve.compensation_help')}>
        <div className={styles.pair}>
          <Field label={t('resolve.kind')} error={error?.of('compensation_kind')}>
            {(ids) => <Pick id={ids.id} field label={t('resolve.kind')} value={draft.kind} onChange={(kind) => set({ kind: kind as CompensationKind })} options={compensations.map((kind) => ({ value: kind, word: t(`compensation.${kind}`) }))} />}
          </Field>
          {draft.kind !== 'none' && <GivenFields given={draft} onChange={set} problem={(field) => error?.of(`compensation_${field}`)} costProblem={error?.of('compensation_minor')} />}
        </div>
        <TextField label={draft.kind === 'none' ? t('resolve.why_none') : t('resolve.details')} optional={saysItself(draft)} value={draft.compensationNote} onChange={(event) => set({ compensationNote: event.target.value })} placeholder={draft.kind === 'none' ? t('resolve.why_none_example') : t('resolve.details_example')} error={error?.of('compensation_note')} />
        {draft.kind !== 'none' && <AlsoGiven items={draft.also} onChange={(also) => set({ also })} problem={(field) => error?.of(field)} />}
      </Part>
      <Part n={3} title={t('resolve.improvement')} help={t('resolve.improvement_help')} waived={draft.improvementWaived} onWaive={(improvementWaived) => set({ improvementWaived })}>
        {!draft.improvementWaived && <TextField label={t('resolve.cause')} value={draft.cause} onChange={(event) => set({ cause: event.target.value })} placeholder={t('resolve.cause_example')} error={error?.of('root_cause')} />}
        <div className={styles.pair}>
          <TextField label={draft.improvementWaived ? t('resolve.why_not') : t('resolve.action')} value={draft.improvement} onChange={(event) => set({ improvement: event.target.value })} placeholder={draft.improvementWaived ? undefined : t('resolve.action_example')} error={error?.of('improvement') ?? error?.of('improvement_waived')} />
          {!draft.improvementWaived && (
            <Field label={t('resolve.due')} error={error?.of('improvement_due_on')}>
              {(ids) => <DayField id={ids.id} value={draft.dueOn} onChange={(dueOn) => set({ dueOn })} from={today} invalid={error?.of('improvement_due_on') !== undefined} />}
            </Field>
          )}
        </div>
      </Part>
      <Refused error={error} />
      {error && error.fields.length > 0 && <Notice tone="late">{t('resolve.incomplete', { n: error.fields.length })}</Notice>}
      <div>
        <Button kind="main" large type="submit" busy={resolve.isPending}>
          {t('resolve.confirm')}
        </Button>
      </div>
    </form>
  );
}

function Part({ n, title, help, waived, onWaive, children }: { n: number; title: string; help: string; waived?: boolean; onWaive?: (waived: boolean) => void; children: ReactNode }) {
  const { t } = useTranslation('complaints');
  return (
    <section className={styles.part}>
      <header className={styles.partHead}>
        <span className={`${styles.number} figures`}>{n}</span>
        <span className={styles.partTitle}>{title}</span>
        <span className="quiet small">{help}</span>
        {onWaive && (
          <label className={styles.waive}>
            <input type="checkbox" data-aside checked={waived} onChange={(event) => onWaive(event.target.checked)} />
            {t('resolve.waive')}
          </label>
        )}
      </header>
      {children}
    </section>
  );
}
