// Days to remember beside the birthday: the company's founding, the beginning of the cooperation, own ones.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { PeopleDialog } from './PeopleDialog.tsx';
import { useSetAnniversaries, type Anniversary, type Profile } from './queries.ts';
import styles from './people.module.css';

export const dayKinds: readonly Anniversary['kind'][] = ['founded', 'cooperation', 'other'];

interface Draft {
  kind: Anniversary['kind'];
  name: string;
  year: string;
  month: string;
  day: string;
}

const draftOf = (day: Anniversary): Draft => ({ kind: day.kind, name: day.name ?? '', year: day.year == null ? '' : String(day.year), month: String(day.month), day: String(day.day) });

export function DaysDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const first: Draft = { kind: profile.row.kind === 'company' ? 'founded' : 'other', name: '', year: '', month: '', day: '' };
  const [days, setDays] = useState<Draft[]>(profile.details.anniversaries.length > 0 ? profile.details.anniversaries.map(draftOf) : [first]);
  const key = useRef(newClientKey());
  const set = useSetAnniversaries();
  const change = (at: number, next: Partial<Draft>) => setDays((all) => all.map((day, n) => (n === at ? { ...day, ...next } : day)));
  const filled = days.filter((day) => day.month !== '' || day.day !== '');
  const save = () =>
    set.mutate(
      { client_key: key.current, id: profile.row.id, anniversaries: filled.map((day) => ({ kind: day.kind, name: day.name, year: day.year === '' ? null : Number(day.year), month: Number(day.month), day: Number(day.day) })) },
      { onSuccess: onClose },
    );
  const box = (n: number, part: 'year' | 'month' | 'day', length: number) => <TextField label={t(`days.${part}`)} optional={part === 'year'} value={days[n]?.[part] ?? ''} inputMode="numeric" onChange={(event) => change(n, { [part]: event.target.value.replace(/\D/g, '').slice(0, length) })} />;
  return (
    <PeopleDialog wide title={t('more.days')} onClose={onClose} onSave={save} busy={set.isPending} error={set.error}>
      {days.map((day, n) => (
        // Rows have no name of their own; their place is their name.
        <div key={`day-${n + 1}`} className={styles.day}>
          <Field label={t('days.kind')}>{(ids) => <Pick id={ids.id} field label={t('days.kind')} value={day.kind} onChange={(kind) => change(n, { kind: kind as Draft['kind'] })} options={dayKinds.map((value) => ({ value, word: t(`anniversary.${value}`) }))} />}</Field>
          {day.kind === 'other' ? <TextField label={t('days.name')} value={day.name} onChange={(event) => change(n, { name: event.target.value })} /> : <span />}
          {box(n, 'year', 4)}
          {box(n, 'month', 2)}
          {box(n, 'day', 2)}
          <Button kind="plain" icon="close" aria-label={t('days.remove')} onClick={() => setDays((all) => all.filter((_, other) => other !== n))} />
        </div>
      ))}
      <div>
        <Button kind="plain" icon="plus" onClick={() => setDays((all) => [...all, { ...first, kind: 'other' }])}>
          {t('days.add')}
        </Button>
      </div>
    </PeopleDialog>
  );
}
