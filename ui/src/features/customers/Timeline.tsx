// One timeline of everything, newest first and page by page, with a line to write the next entry into.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney, useSentence } from '@/shared/book.tsx';
import { formatInstant } from '@/shared/format/index.ts';
import { Icon, type IconName } from '@/shared/icons/Icon.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Go } from '@/shared/router.tsx';
import { NoteLine } from './NoteLine.tsx';
import { olderEntries, type Profile } from './queries.ts';
import styles from './customers.module.css';

type Entry = Profile['timeline'][number];

const icons: Record<Entry['kind'], IconName> = { sale: 'counter', refund: 'refund', tier: 'ladder', segment: 'segmentation', complaint: 'complaints', note: 'note', interaction: 'phone', attachment: 'file', joined: 'person' };

export function Timeline({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { t: p } = useTranslation('people');
  const [asked, setAsked] = useState<{ of: readonly Entry[]; entries: Entry[]; hasMore: boolean }>();
  const [busy, setBusy] = useState(false);
  // Something new on the first page moves all others: then they are asked again.
  const older = asked?.of === profile.timeline ? asked.entries : [];
  const hasMore = asked?.of === profile.timeline ? asked.hasMore : profile.has_older;
  const more = async () => {
    setBusy(true);
    try {
      const page = await olderEntries(profile.row.id, profile.timeline.length + older.length);
      setAsked({ of: profile.timeline, entries: [...older, ...page.entries], hasMore: page.has_more });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={t('timeline.title')}>
      <NoteLine profile={profile} />
      <ol className={styles.timeline}>
        {[...profile.timeline, ...older].map((entry) => (
          <EntryLine key={`${entry.at}-${entry.kind}-${entry.subject_id}-${entry.text}`} entry={entry} />
        ))}
      </ol>
      {hasMore && (
        <div>
          <Button kind="plain" icon="down" busy={busy} onClick={() => void more()}>
            {p('older')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function EntryLine({ entry }: { entry: Entry }) {
  const { t: p } = useTranslation('people');
  const money = useMoney();
  const say = useSentence();
  const { zone, today } = useBook();
  const text = entry.kind === 'complaint' && entry.subject_id != null ? <Go to={`/complaints/${entry.subject_id}`}>{say(entry.text)}</Go> : say(entry.text);
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <span className={styles.dot}>
        <Icon name={icons[entry.kind]} label={p(`entry.${entry.kind}`)} />
      </span>
      <span className="quiet figures">{formatInstant(entry.at, zone, today)}</span>
      <span className="selectable">{text}</span>
      <span className={`${styles.moved} figures`}>{entry.amount_minor != null && money(entry.amount_minor)}</span>
    </li>
  );
}
