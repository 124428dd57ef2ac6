// What follows from the page, as improvements with an owner and a day: they stand in the same list as those that
// complaints brought, until somebody looked whether they work.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import { useImprovements, useSaveImprovement } from './queries.ts';
import styles from './segmentation.module.css';

const empty = { problem: '', action: '', due: '' };

export function SwotActions() {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const { data } = useImprovements();
  return (
    <Card title={t('swot.improvements')} side={<Go to="/complaints/improvements">{t('swot.all_improvements')}</Go>}>
      {data && data.rows.length === 0 && <p className="quiet">{t('swot.no_improvements')}</p>}
      <ul>
        {data?.rows.map((row) => (
          <li key={row.id} className={styles.pair}>
            <span>
              {row.action}
              <span className="quiet small">{row.problem}</span>
            </span>
            <span className="figures">
              {row.owner.name} · {formatShortDay(row.due_on, today)}
              {row.state === 'overdue' && <span className={`${styles.problem} small`}>{t('swot.overdue')}</span>}
            </span>
          </li>
        ))}
      </ul>
      <NewImprovement />
    </Card>
  );
}

function NewImprovement() {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const [draft, setDraft] = useState(empty);
  const key = useRef(newClientKey());
  const save = useSaveImprovement();
  const set = (change: Partial<typeof empty>) => setDraft((before) => ({ ...before, ...change }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending || draft.due === '') return;
    save.mutate(
      { client_key: key.current, problem: draft.problem, action: draft.action, due_on: draft.due },
      {
        onSuccess: () => {
          key.current = newClientKey();
          setDraft(empty);
        },
      },
    );
  };
  return (
    <form className={styles.stack} onSubmit={send}>
      <Refused error={save.error} />
      <div className={styles.three}>
        <TextField label={t('swot.problem')} value={draft.problem} error={save.error?.of('problem')} onChange={(event) => set({ problem: event.target.value })} />
        <TextField label={t('swot.action')} value={draft.action} error={save.error?.of('action')} onChange={(event) => set({ action: event.target.value })} />
        <Field label={t('swot.due')} error={save.error?.of('due_on')}>
          {(ids) => <DayField id={ids.id} value={draft.due} from={today} onChange={(due) => set({ due })} />}
        </Field>
      </div>
      <div>
        <Button type="submit" icon="plus" busy={save.isPending} disabled={draft.due === ''}>
          {t('swot.add_improvement')}
        </Button>
      </div>
    </form>
  );
}
