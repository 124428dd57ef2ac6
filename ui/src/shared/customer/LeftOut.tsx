// Who is left out of what is told for sales: how many for which reason, and who they are.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '@/backend/index.ts';
import { formatCount } from '../format/index.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/States.tsx';
import { Go } from '../router.tsx';
import styles from './LeftOut.module.css';

type Preview = Output<'coupon_preview'>;
export type LeftOut = Preview['left_out'][number];
export type LeftOutPerson = Preview['left_out_people'][number];

export function LeftOutNotice({ rows, action }: { rows: readonly LeftOut[]; action?: ReactNode }) {
  const { t } = useTranslation('members');
  if (rows.length === 0) return null;
  const reasons = rows.map(({ why, people }) => t(`why.${why}`, { n: formatCount(people) })).join(t('and'));
  return (
    <Notice tone="info" action={action}>
      {t('left_out', { reasons })}
    </Notice>
  );
}

export function LeftOutPeople({ people }: { people: readonly LeftOutPerson[] }) {
  const { t } = useTranslation('members');
  return (
    <ul className={styles.people}>
      {people.map((person) => (
        <li key={person.customer_id}>
          <Go to={`/customers/${person.customer_id}`}>{person.name}</Go>
          <span className="quiet">{t(`reasons.${person.why}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Inside a form: the names come on request, below the sentence. */
export function LeftOutLine({ rows, people }: { rows: readonly LeftOut[]; people: readonly LeftOutPerson[] }) {
  const { t } = useTranslation('members');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <LeftOutNotice
        rows={rows}
        action={
          <Button kind="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('first.who')}
          </Button>
        }
      />
      {isOpen && rows.length > 0 && <LeftOutPeople people={people} />}
    </>
  );
}
