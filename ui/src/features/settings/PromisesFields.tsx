// The fields of the promises: times by severity, how they are counted, the answers in between, the follow-up, warnings,
// inquiries, and shorter times for some.
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { readMinutes } from './minutes.ts';
import { severities, type ExceptionDraft, type PromisesDraft } from './promises.ts';
import type { PolicyView } from './queries.ts';
import styles from './settings.module.css';

export const categories = ['quality', 'service', 'delivery', 'price', 'allergy', 'other'] as const;

interface Props {
  draft: PromisesDraft;
  onChange: (change: Partial<PromisesDraft>) => void;
  tiers: PolicyView['tiers'];
  classes: PolicyView['classes'];
  problem: (field: string) => string | undefined;
}

export function PromisesFields({ draft, onChange, tiers, classes, problem }: Props) {
  const { t } = useTranslation('settings');
  const { t: complaintWord } = useTranslation('complaints');
  return (
    <>
      <div className={styles.promiseGrid}>
        <span />
        {severities.map((each) => (
          <span key={each} className={styles.weekHead}>
            {complaintWord(`severity.${each}`)}
          </span>
        ))}
        <span className={styles.weekHead}>{t('promises.counted')}</span>
        <span className={styles.weekday}>{complaintWord('promise.response')}</span>
        {severities.map((each) => (
          <Span key={each} label={`${complaintWord('promise.response')} ${complaintWord(`severity.${each}`)}`} value={draft.response[each]} onChange={(text) => onChange({ response: { ...draft.response, [each]: text } })} error={problem(`response_minutes.${each}`)} />
        ))}
        <MeasureChoice label={complaintWord('promise.response')} value={draft.responseMeasure} onChange={(responseMeasure) => onChange({ responseMeasure })} />
        <span className={styles.weekday}>{complaintWord('promise.resolution')}</span>
        {severities.map((each) => (
          <Span key={each} label={`${complaintWord('promise.resolution')} ${complaintWord(`severity.${each}`)}`} value={draft.resolution[each]} onChange={(text) => onChange({ resolution: { ...draft.resolution, [each]: text } })} error={problem(`resolution_minutes.${each}`)} />
        ))}
        <MeasureChoice label={complaintWord('promise.resolution')} value={draft.resolutionMeasure} onChange={(resolutionMeasure) => onChange({ resolutionMeasure })} />
      </div>
      <h3>{t('promises.inquiries')}</h3>
      <div className={styles.spans}>
        <Labelled label={complaintWord('promise.response')} value={draft.inquiryResponse} onChange={(inquiryResponse) => onChange({ inquiryResponse })} error={problem('inquiry.response')} />
        <Labelled label={t('promises.inquiry_done')} value={draft.inquiryResolution} onChange={(inquiryResolution) => onChange({ inquiryResolution })} error={problem('inquiry.resolution')} />
      </div>
      <h3>{t('promises.rest')}</h3>
      <div className={styles.spans}>
        <Field label={complaintWord('promise.update')} help={t('promises.update_help')}>
          {() => <OnOff label={complaintWord('promise.update')} value={draft.isUpdated} onChange={(isUpdated) => onChange({ isUpdated })} />}
        </Field>
        {draft.isUpdated && (
          <>
            <Labelled label={t('promises.update_within')} value={draft.update} onChange={(update) => onChange({ update })} error={problem('update_minutes')} />
            <Field label={t('promises.counted')}>{() => <MeasureChoice label={complaintWord('promise.update')} value={draft.updateMeasure} onChange={(updateMeasure) => onChange({ updateMeasure })} />}</Field>
          </>
        )}
        <Labelled label={t('promises.pause')} help={t('promises.pause_help')} value={draft.pause} onChange={(pause) => onChange({ pause })} isHours error={problem('pause_limit_hours')} />
      </div>
      <div className={styles.spans}>
        <Field label={complaintWord('promise.follow_up')} help={t('promises.follow_up_help')}>
          {() => <OnOff label={complaintWord('promise.follow_up')} value={draft.isFollowedUp} onChange={(isFollowedUp) => onChange({ isFollowedUp })} />}
        </Field>
        {draft.isFollowedUp && <Labelled label={t('promises.follow_up_within')} value={draft.followUp} onChange={(followUp) => onChange({ followUp })} isHours error={problem('follow_up_hours')} />}
        {draft.isFollowedUp && <Labelled label={t('promises.not_before')} value={draft.notBefore} onChange={(notBefore) => onChange({ notBefore })} isHours error={problem('follow_up_not_before_hours')} />}
      </div>
      <div className={styles.spans}>
        <Field label={t('promises.warn')} help={t('promises.warn_help')} error={draft.percents.split('，').map((_, n) => problem(`warn_percent.${n}`)).find(Boolean)}>
          {(ids) => <input {...ids} className={`${styles.input} figures`} value={draft.percents} autoComplete="off" onChange={(event) => onChange({ percents: event.target.value })} />}
        </Field>
        <Labelled label={t('promises.before_closing')} value={draft.beforeClosing} onChange={(beforeClosing) => onChange({ beforeClosing })} error={problem('warn_before_closing_minutes')} />
      </div>
      <h3>{t('promises.exceptions')}</h3>
      <p className="quiet small">{t('promises.exceptions_help')}</p>
      {draft.exceptions.map((each, n) => (
        <Exception
          key={each.key}
          exception={each}
          tiers={tiers}
          classes={classes}
          error={problem(`shorter.${n}`) ?? problem(`shorter.${n}.response_minutes`) ?? problem(`shorter.${n}.resolution_minutes`)}
          onChange={(change) => onChange({ exceptions: draft.exceptions.map((other) => (other.key === each.key ? { ...other, ...change } : other)) })}
          onRemove={() => onChange({ exceptions: draft.exceptions.filter((other) => other.key !== each.key) })}
        />
      ))}
      <div>
        <Button kind="plain" icon="plus" onClick={() => onChange({ exceptions: [...draft.exceptions, { key: Math.max(-1, ...draft.exceptions.map((each) => each.key)) + 1, severity: '', category: '', tier: '', class: '', response: '', resolution: '' }] })}>
          {t('promises.add_exception')}
        </Button>
      </div>
    </>
  );
}

function Exception({ exception, tiers, classes, error, onChange, onRemove }: { exception: ExceptionDraft; tiers: PolicyView['tiers']; classes: PolicyView['classes']; error: string | undefined; onChange: (change: Partial<ExceptionDraft>) => void; onRemove: () => void }) {
  const { t } = useTranslation('settings');
  const { t: complaintWord } = useTranslation('complaints');
  const all = { value: '', word: t('promises.all') };
  return (
    <div className={styles.exception}>
      <Pick label={complaintWord('form.severity')} value={exception.severity} onChange={(severity) => onChange({ severity: severity as ExceptionDraft['severity'] })} options={[all, ...severities.map((value) => ({ value, word: complaintWord(`severity.${value}`) }))]} />
      <Pick label={complaintWord('form.category')} value={exception.category} onChange={(category) => onChange({ category })} options={[all, ...categories.map((value) => ({ value, word: complaintWord(`category.${value}`) }))]} />
      <Pick label={t('promises.tier')} value={exception.tier} onChange={(tier) => onChange({ tier })} options={[all, ...tiers.map((value) => ({ value, word: value }))]} />
      <Pick label={t('promises.class')} value={exception.class} onChange={(value) => onChange({ class: value })} options={[all, ...classes.map((each) => ({ value: each.key, word: each.name }))]} />
      <Span label={complaintWord('promise.response')} value={exception.response} placeholder={complaintWord('promise.response')} onChange={(response) => onChange({ response })} isOptional />
      <Span label={complaintWord('promise.resolution')} value={exception.resolution} placeholder={complaintWord('promise.resolution')} onChange={(resolution) => onChange({ resolution })} isOptional />
      <Button kind="plain" icon="close" aria-label={t('promises.remove_exception')} title={t('promises.remove_exception')} onClick={onRemove} />
      {error && <span className={styles.unread}>{error}</span>}
    </div>
  );
}

interface SpanProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  error?: string;
  placeholder?: string;
  isOptional?: boolean;
  isHours?: boolean;
}

/** One span as text, said to be unreadable beside it. */
function Span({ label, value, onChange, error, placeholder, isOptional = false }: SpanProps) {
  const { t } = useTranslation('settings');
  const isUnread = !(isOptional && value.trim() === '') && readMinutes(value) === undefined;
  return (
    <span className={styles.hoursCell}>
      <input className={`${styles.input} figures`} aria-label={label} aria-invalid={isUnread || error !== undefined || undefined} value={value} placeholder={placeholder} autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      {(isUnread || error) && (
        <span className={styles.unread} role="alert">
          {isUnread ? t('promises.unread') : error}
        </span>
      )}
    </span>
  );
}

function Labelled({ help, isHours = false, ...span }: SpanProps & { help?: string }) {
  const { t } = useTranslation('settings');
  const minutes = readMinutes(span.value);
  const problem = minutes === undefined ? t('promises.unread') : isHours && minutes % 60 !== 0 ? t('promises.full_hours') : span.error;
  return (
    <Field label={span.label} help={help} error={problem}>
      {(ids) => <input {...ids} className={`${styles.input} figures`} value={span.value} autoComplete="off" spellCheck={false} onChange={(event) => span.onChange(event.target.value)} />}
    </Field>
  );
}

function MeasureChoice({ label, value, onChange }: { label: string; value: PromisesDraft['responseMeasure']; onChange: (value: PromisesDraft['responseMeasure']) => void }) {
  const { t } = useTranslation('settings');
  return (
    <Choice
      label={`${label} ${t('promises.counted')}`}
      value={value}
      onChange={onChange}
      options={[
        { value: 'open', word: t('promises.open') },
        { value: 'wall', word: t('promises.wall') },
      ]}
    />
  );
}

function OnOff({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useTranslation('settings');
  return (
    <Choice
      label={label}
      value={value ? 1 : 0}
      onChange={(next) => onChange(next === 1)}
      options={[
        { value: 1, word: t('promises.promised') },
        { value: 0, word: t('promises.not_promised') },
      ]}
    />
  );
}
