// For whom a batch is: whoever has it in hand, a tier, a class, or people by name.
import { useTranslation } from 'react-i18next';
import { CustomerPick } from '@/shared/customer/CustomerPick.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import type { Draft, Who } from './draft.ts';
import styles from './offers.module.css';
import { useClasses, useTiers } from './queries.ts';

const kinds: readonly Who[] = ['anybody', 'tier', 'class', 'named'];

export function AudienceFields({ draft, onChange, problem }: { draft: Draft; onChange: (change: Partial<Draft>) => void; problem: (field: string) => string | undefined }) {
  const { t } = useTranslation('offers');
  const { t: word } = useTranslation('common');
  const tiers = useTiers();
  const classes = useClasses();
  const people = (n: number) => word('people', { n: formatCount(n) });
  return (
    <>
      <div className={styles.wide}>
        <Choice<Who> label={t('for_whom')} value={draft.who} onChange={(who) => onChange({ who })} options={kinds.map((value) => ({ value, word: t(`who.${value}`) }))} />
      </div>
      {draft.who === 'anybody' && <TextField label={t('number')} inputMode="numeric" value={draft.number} onChange={(event) => onChange({ number: event.target.value })} error={problem('audience.number') ?? problem('audience')} />}
      {draft.who === 'tier' && (
        <Field label={t('who.tier')} error={problem('audience.tier') ?? problem('audience')}>
          {(ids) => <Pick id={ids.id} field label={t('who.tier')} value={draft.tier} onChange={(tier) => onChange({ tier })} options={(tiers.data?.steps ?? []).map((step) => ({ value: step.tier.name, word: step.tier.name, note: people(step.people) }))} />}
        </Field>
      )}
      {draft.who === 'class' && (
        <Field label={t('who.class')} error={problem('audience')}>
          {(ids) => <Pick id={ids.id} field label={t('who.class')} value={draft.classKey} onChange={(classKey) => onChange({ classKey })} options={(classes.data?.classes ?? []).map((each) => ({ value: each.tag.key, word: each.tag.name, note: people(each.people) }))} />}
        </Field>
      )}
      {draft.who === 'named' && (
        <div className={styles.named}>
          <CustomerPick label={t('who.named')} required value={null} onChange={(person) => person && !draft.people.some((each) => each.id === person.id) && onChange({ people: [...draft.people, person] })} error={problem('audience')} />
          <ul className={styles.people}>
            {draft.people.map((person) => (
              <li key={person.id}>
                {person.name}
                <Button kind="plain" icon="close" aria-label={t('take_out', { name: person.name })} title={t('take_out', { name: person.name })} onClick={() => onChange({ people: draft.people.filter((each) => each.id !== person.id) })} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
