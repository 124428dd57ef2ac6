// Who works here, who is away and who stands in. Nobody is deleted: whoever leaves hands open cases and customers over.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { AddDialog, AwayDialog, RenameDialog, RetireDialog } from './PersonDialogs.tsx';
import { useRetirePerson, useStaff, type Person } from './queries.ts';
import styles from './settings.module.css';

type Which = 'rename' | 'away' | 'retire' | 'return';

export function PeopleCard() {
  const { t } = useTranslation('settings');
  const { data, error } = useStaff();
  const comeBack = useRetirePerson();
  const [open, setOpen] = useState<{ which: Which; person: Person } | 'new'>();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  const close = () => setOpen(undefined);
  const choose = (which: Which, person: Person) => (which === 'return' ? comeBack.mutate({ id: person.id, leaves: false }) : setOpen({ which, person }));
  const actions = (person: Person): Which[] => [...(data.may_plan && person.is_active ? (['away'] as const) : []), ...(data.may_change ? (person.is_active ? (['rename', ...(person.is_self ? [] : (['retire'] as const))] as const) : (['return'] as const)) : [])];
  return (
    <Card
      title={t('people.title')}
      side={
        data.may_change && (
          <Button kind="main" icon="plus" onClick={() => setOpen('new')}>
            {t('people.add')}
          </Button>
        )
      }
    >
      <p className="quiet">{t('people.help')}</p>
      {comeBack.error && <Notice tone="late">{comeBack.error.message}</Notice>}
      <div className={styles.rows}>
        {data.people.map((person) => (
          <PersonRow key={person.id} person={person} people={data.people} actions={actions(person)} onChoose={(which) => choose(which, person)} />
        ))}
      </div>
      {open === 'new' && <AddDialog onClose={close} />}
      {open !== undefined && open !== 'new' && open.which === 'rename' && <RenameDialog person={open.person} onClose={close} />}
      {open !== undefined && open !== 'new' && open.which === 'away' && <AwayDialog person={open.person} people={data.people} onClose={close} />}
      {open !== undefined && open !== 'new' && open.which === 'retire' && <RetireDialog person={open.person} people={data.people} onClose={close} />}
    </Card>
  );
}

function PersonRow({ person, people, actions, onChoose }: { person: Person; people: readonly Person[]; actions: Which[]; onChoose: (which: Which) => void }) {
  const { t } = useTranslation('settings');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const deputy = people.find((other) => other.id === person.deputy_id);
  const isAway = person.away_until_on !== null && person.away_until_on >= today;
  const facts = [
    t(`people.role.${person.role}`),
    person.is_self && t('people.self'),
    !person.is_active && t('people.gone'),
    isAway && person.away_until_on && t('people.away_until', { day: formatShortDay(person.away_until_on, today) }),
    deputy && t('people.deputy_is', { name: deputy.name }),
    person.open_cases > 0 && t('people.cases', { n: person.open_cases }),
    person.customers > 0 && t('people.customers', { n: person.customers }),
  ];
  return (
    <div className={styles.row}>
      <div className={styles.word}>
        <strong className={person.is_active ? undefined : 'quiet'}>{person.name}</strong>
        <p className="quiet small">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      {actions.length > 0 && <Menu label={word('more')} actions={actions.map((value) => ({ value, word: t(`people.do.${value}`) }))} onChoose={onChoose} />}
    </div>
  );
}
