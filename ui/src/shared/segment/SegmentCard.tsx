// What segmentation knows about one customer: the class and its reason, a class by hand, contribution and potential with
// their arithmetic, the owner's judgement, how the class is served, the other schemes, and the history.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '@/backend/index.ts';
import { DayField } from '../antd/DayField.tsx';
import { useBook } from '../book.tsx';
import { formatDay, formatShortDay } from '../format/index.ts';
import { Button } from '../parts/Button.tsx';
import { Card, Facts } from '../parts/Card.tsx';
import { Choice } from '../parts/Choice.tsx';
import { Field, TextField } from '../parts/Field.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { Pick } from '../parts/Pick.tsx';
import { SegmentTag } from '../parts/SegmentTag.tsx';
import { Notice } from '../parts/States.tsx';
import { useSegmentCard, type Id, type SegmentCardView as View } from './card.ts';
import { PlanPart } from './PlanPart.tsx';
import { PriceLine } from './PriceSensitive.tsx';
import { PriorityDialog, PriorityPart } from './PriorityPart.tsx';
import { SeldomPart } from './SeldomPart.tsx';
import { ServiceFacts } from './ServiceFacts.tsx';
import { TrialPart } from './TrialPart.tsx';
import styles from './SegmentCard.module.css';

const judgements = [-2, -1, 0, 1, 2] as const;
const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0');

export function SegmentCard({ customer }: { customer: number }) {
  const { t } = useTranslation('segmentation');
  const id = customer as Id;
  const { data } = useSegmentCard(id);
  const unpin = useAct('segment_unpin');
  const [asked, setAsked] = useState<'pin' | 'judge' | 'priority'>();
  const [more, setMore] = useState(false);
  if (!data) return null;
  const close = () => setAsked(undefined);
  return (
    <Card
      title={t('card.title')}
      side={
        <>
          {data.primary?.manual && (
            <Button kind="plain" busy={unpin.isPending} onClick={() => unpin.mutate({ customer_id: id })}>
              {t('card.unpin')}
            </Button>
          )}
          <Button kind="plain" icon="edit" onClick={() => setAsked('pin')}>
            {t('card.pin')}
          </Button>
          <Button kind="plain" icon="star" onClick={() => setAsked('judge')}>
            {t('card.judge')}
          </Button>
          <Button kind="plain" icon="lock" onClick={() => setAsked('priority')}>
            {t('priority.set')}
          </Button>
          <Button kind="plain" icon={more ? 'up' : 'down'} aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? t('card.less') : t('card.more')}
          </Button>
        </>
      }
    >
      {unpin.error && <Notice tone="late">{unpin.error.message}</Notice>}
      <div className={styles.columns}>
        <ClassPart view={data} />
        <ScorePart view={data} />
        {data.service && (
          <div className={styles.part}>
            <TrialPart customer={id} service={data.service} />
            <ServiceFacts service={data.service} />
          </div>
        )}
      </div>
      <div className={styles.beside}>
        <PlanPart view={data} />
        <SeldomPart view={data} />
      </div>
      {more && <MorePart view={data} />}
      {asked === 'pin' && <PinDialog view={data} onClose={close} />}
      {asked === 'priority' && <PriorityDialog view={data} onClose={close} />}
      {asked === 'judge' && <JudgeDialog view={data} onClose={close} />}
    </Card>
  );
}

function ClassPart({ view }: { view: View }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const { primary } = view;
  const last = view.judgements[0];
  return (
    <div className={styles.part}>
      {primary && (
        <>
          <p>
            <SegmentTag name={[primary.tag.name, primary.sub_kind].filter(Boolean).join(' · ')} /> {primary.since && <span className="quiet small">{t('card.since', { day: formatShortDay(primary.since, today) })}</span>}
          </p>
          {primary.manual && <Notice tone="soon">{t('card.manual', { until: formatDay(primary.manual.until), reason: primary.manual.reason, by: primary.manual.by })}</Notice>}
          <p className="small selectable">{primary.reason}</p>
        </>
      )}
      <PriceLine view={view.price_sensitive} />
      <p className="small">
        <span className="quiet">{t('card.judgement')} </span>
        {last ? (
          <span className="selectable">
            <strong className="figures">{signed(last.judgement)}</strong> {last.reason} <span className="quiet">{t('card.judged', { day: formatShortDay(last.on, today), by: last.by })}</span>
          </span>
        ) : (
          <span className="quiet">{t('card.no_judgement')}</span>
        )}
      </p>
      {view.priority && <PriorityPart priority={view.priority} />}
    </div>
  );
}

function ScorePart({ view }: { view: View }) {
  const { t } = useTranslation('segmentation');
  return (
    <div className={styles.part}>
      {view.scores.map((score) => (
        <div key={score.score}>
          <p>
            <span className="quiet">{score.name}</span> <strong className="figures">{score.points == null ? t('card.no_points') : t('card.points', { n: score.points })}</strong>
          </p>
          <ul className="small quiet">
            {score.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function MorePart({ view }: { view: View }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  return (
    <div className={styles.two}>
      <div className={styles.part}>
        <h3>{t('card.others')}</h3>
        <Facts
          rows={view.others.map(
            (other) =>
              [
                other.name,
                <span key={other.scheme} title={other.reason}>
                  {other.tag.name}
                </span>,
              ] as const,
          )}
        />
      </div>
      <div className={styles.part}>
        <h3>{t('card.history')}</h3>
        <ul className="small">
          {view.history.map((change) => (
            <li key={`${change.on} ${change.text}`} className="selectable">
              <span className="quiet figures">{formatShortDay(change.on, today)}</span> {change.text}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function PinDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const [chosen, setChosen] = useState(view.primary?.tag.key ?? view.choices[0]?.key ?? '');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const pin = useAct('segment_pin');
  const keep = () => pin.mutate({ customer_id: view.customer_id, class: chosen, reason, until }, { onSuccess: onClose });
  return (
    <FormDialog
      title={t('card.pin')}
      problem={pin.error?.whole}
      busy={pin.isPending}
      disabled={until === ''}
      onClose={onClose}
      onSave={keep}
    >
      <Field label={t('card.class')} error={pin.error?.of('class_key')}>
        {(ids) => <Pick field id={ids.id} label={t('card.class')} value={chosen} options={view.choices.map((tag) => ({ value: tag.key, word: tag.name }))} onChange={setChosen} />}
      </Field>
      <TextField label={t('card.reason')} value={reason} error={pin.error?.of('reason')} onChange={(event) => setReason(event.target.value)} />
      <Field label={t('card.until')} error={pin.error?.of('until')}>
        {(ids) => <DayField id={ids.id} value={until} from={today} onChange={setUntil} />}
      </Field>
    </FormDialog>
  );
}

function JudgeDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const [judgement, setJudgement] = useState<number>(view.judgements[0]?.judgement ?? 0);
  const [reason, setReason] = useState('');
  const judge = useAct('customer_judge');
  return (
    <FormDialog
      title={t('card.judge')}
      problem={judge.error?.whole}
      busy={judge.isPending}
      onClose={onClose}
      onSave={() => judge.mutate({ customer_id: view.customer_id, judgement, reason }, { onSuccess: onClose })}
    >
      <Choice label={t('card.judgement')} value={judgement} options={judgements.map((value) => ({ value: value as number, word: signed(value) }))} onChange={setJudgement} />
      <TextField label={t('card.reason')} value={reason} error={judge.error?.of('reason')} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  );
}
