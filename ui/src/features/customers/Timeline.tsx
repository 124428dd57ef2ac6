// One timeline of everything, newest first, with a line to write the next note into.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney, useSentence } from '@/shared/book.tsx';
import { formatInstant } from '@/shared/format/index.ts';
import { Icon, type IconName } from '@/shared/icons/Icon.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Go } from '@/shared/router.tsx';
import { useAddNote, type Profile } from './queries.ts';
import styles from './customers.module.css';

type Entry = Profile['timeline'][number];

const icons: Record<Entry['kind'], IconName> = { sale: 'counter', refund: 'refund', tier: 'ladder', segment: 'segmentation', complaint: 'complaints', note: 'note', joined: 'person' };

export function Timeline({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  return (
    <Card title={t('timeline.title')}>
      <NoteLine profile={profile} />
      <ol className={styles.timeline}>
        {profile.timeline.map((entry) => (
          <EntryLine key={`${entry.at}-${entry.kind}-${entry.subject_id}-${entry.text}`} entry={entry} />
        ))}
      </ol>
    </Card>
  );
}

function EntryLine({ entry }: { entry: Entry }) {
  const { t } = useTranslation('customers');
  const money = useMoney();
  const say = useSentence();
  const { zone, today } = useBook();
  const text = entry.kind === 'complaint' && entry.subject_id != null ? <Go to={`/complaints/${entry.subject_id}`}>{say(entry.text)}</Go> : say(entry.text);
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <span className={styles.dot}>
        <Icon name={icons[entry.kind]} label={t(`timeline.kind.${entry.kind}`)} />
      </span>
      <span className="quiet figures">{formatInstant(entry.at, zone, today)}</span>
      <span className="selectable">{text}</span>
      <span className={`${styles.moved} figures`}>{entry.amount_minor != null && money(entry.amount_minor)}</span>
    </li>
  );
}

function NoteLine({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const [text, setText] = useState('');
  const key = useRef(newClientKey());
  const add = useAddNote();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || add.isPending) return;
    add.mutate(
      { client_key: key.current, customer_id: profile.row.id, text: text.trim() },
      {
        onSuccess: () => {
          key.current = newClientKey();
          setText('');
        },
      },
    );
  };
  return (
    <form className={styles.noteLine} onSubmit={send}>
      <TextField label={t('timeline.note')} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('timeline.note_example')} error={add.error?.of('text') ?? add.error?.message} />
      <Button type="submit" hint="Enter" busy={add.isPending} disabled={text.trim() === '' || undefined}>
        {t('timeline.add')}
      </Button>
    </form>
  );
}
