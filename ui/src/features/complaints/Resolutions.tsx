// How the case was resolved, part by part, as it was written down then.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatInstant, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';
import { compensations, type Case, type GivenThing } from './queries.ts';
import styles from './complaints.module.css';

export function Resolutions({ view }: { view: Case }) {
  const { t } = useTranslation('complaints');
  const money = useMoney();
  const { zone, today } = useBook();
  const [returning, setReturning] = useState<GivenThing>();
  const compensationWord = (name: string) => {
    const kind = compensations.find((each) => each === name);
    return kind ? t(`compensation.${kind}`) : name;
  };
  const cards = view.resolutions.map((done) => {
    const given = [compensationWord(done.compensation_kind), done.compensation_minor > 0 && money(done.compensation_minor), done.compensation_note].filter(Boolean).join(' · ');
    const beside = done.compensation_also.map((each) => [compensationWord(each.kind), each.cost_minor > 0 && money(each.cost_minor), each.note].filter(Boolean).join(' · '));
    const noted = <Given given={done.noted} returnable={done.returnable} onReturn={setReturning} />;
    // What moved no other book is the same words twice: it stands once, with what can be done about it.
    const isOnlyNoted = done.posted.length === 0 && done.noted.length > 0;
    const improved = done.improvement_waived ? t('resolve.waived', { why: done.improvement_waived }) : [done.root_cause, done.improvement, done.improvement_due_on && t('resolve.until', { day: formatShortDay(done.improvement_due_on, today) })].filter(Boolean).join(' → ');
    return (
      <Card key={done.cycle} title={t('resolve.done')} side={<span className="figures">{formatInstant(done.resolved_at, zone, today)}</span>}>
        <Facts
          rows={[
            [t('resolve.empathy'), done.empathy ?? t('resolve.waived', { why: done.empathy_waived ?? '' })],
            [t('resolve.compensation'), isOnlyNoted ? noted : [given, ...beside].join(' ＋ ')],
            ...(done.posted.length > 0 ? [[t('resolve.posted'), <Given given={done.posted} returnable={done.returnable} onReturn={setReturning} />] as const] : []),
            ...(done.noted.length > 0 && !isOnlyNoted ? [[t('resolve.noted'), noted] as const] : []),
            [t('resolve.improvement'), improved],
          ]}
        />
      </Card>
    );
  });
  return (
    <>
      {cards}
      {returning && <ReturnDialog id={view.row.id} thing={returning} onClose={() => setReturning(undefined)} />}
    </>
  );
}

/** What was given, one below the other; what can be taken back has its button beside it. */
function Given({ given, returnable, onReturn }: { given: readonly string[]; returnable: readonly GivenThing[]; onReturn: (thing: GivenThing) => void }) {
  const { t } = useTranslation('complaints');
  const left = [...returnable];
  const lines = given.map((text, n) => {
    const at = left.findIndex((thing) => thing.text === text);
    return { key: `${n} ${text}`, text, thing: at < 0 ? undefined : left.splice(at, 1)[0] };
  });
  return (
    <ul>
      {lines.map(({ key, text, thing }) => (
        <li key={key} className={styles.posted}>
          <span>{text}</span>
          {thing && (
            <Button kind="plain" icon="back" aria-label={t('returned.this', { what: text })} onClick={() => onReturn(thing)}>
              {t('returned.title')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
