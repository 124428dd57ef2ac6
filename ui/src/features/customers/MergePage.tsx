// Two records of one person, side by side: which one stays, which value of each field stays, and what the two
// are as one. Nothing is lost: for ninety days one key makes two of them again.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { go, settle } from '@/shared/router.tsx';
import { MergeFields } from './MergeFields.tsx';
import { PastMerges } from './PastMerges.tsx';
import { useMerge, useMergePreview, useMergeUndo, type MergeField, type MergePreview, type MergeSide } from './queries.ts';
import styles from './merging.module.css';

export function MergePage({ survivor, absorbed }: { survivor: number; absorbed: number }) {
  const { t } = useTranslation('merging');
  const { today } = useBook();
  const [done, setDone] = useState<{ id: number; name: string }>();
  const preview = useMergePreview(survivor, absorbed);
  const [choice, setChoice] = useState<Partial<Record<MergeField, boolean>>>({});
  const clientKey = useMemo(() => newClientKey(), []);
  const merge = useMerge();
  const undo = useMergeUndo();
  const { data } = preview;
  const takes = (field: MergeField, proposed: boolean) => choice[field] ?? proposed;
  const act = () => {
    if (!data || merge.isPending || done) return;
    const take = data.fields.filter((it) => takes(it.field, it.take_other)).map((it) => it.field);
    merge.mutate({ client_key: clientKey, survivor_id: data.survivor.row.id, absorbed_id: data.absorbed.row.id, take }, { onSuccess: (merged) => setDone({ id: merged.id, name: merged.survivor_name }) });
  };
  const swap = () => {
    setChoice({});
    settle(`/customers/${absorbed}/merge?with=${survivor}`);
  };
  useKey('Ctrl+Enter', act);
  useKey('F7', swap, !done);
  const takeBack = () => done && undo.mutate({ id: done.id }, { onSuccess: () => go(`/customers/${absorbed}`) });
  useKey('Ctrl+Z', takeBack, done !== undefined);
  // Enter on another button is that button's.
  useKey('Enter', (event) => (event.target instanceof HTMLButtonElement ? false : go(`/customers/${survivor}`)), done !== undefined);

  if (done)
    return (
      <Screen title={t('title')}>
        <Notice
          tone="done"
          action={
            <Button icon="back" hint="Ctrl+Z" busy={undo.isPending} onClick={takeBack}>
              {t('undo')}
            </Button>
          }
        >
          {t('merged', { name: done.name })}
        </Notice>
        {undo.error && <Notice tone="late">{undo.error.message}</Notice>}
        <div className={styles.buttons}>
          <Button kind="main" icon="person" hint="Enter" onClick={() => go(`/customers/${survivor}`)}>
            {t('open')}
          </Button>
          <Button icon="customers" onClick={() => go('/customers/duplicates')}>
            {t('more')}
          </Button>
        </div>
      </Screen>
    );
  return (
    <Screen
      title={t('title')}
      note={data && t('until', { day: formatShortDay(data.undo_until, today) })}
      actions={
        data && (
          <>
            <Button icon="refund" hint="F7" onClick={swap}>
              {t('swap')}
            </Button>
            <Button kind="main" icon="check" hint="Ctrl+Enter" busy={merge.isPending} onClick={act}>
              {t('merge')}
            </Button>
          </>
        )
      }
    >
      {preview.error && <ErrorState message={preview.error.message} />}
      {!data && !preview.error && <LoadingState lines={8} />}
      {merge.error && <Notice tone="late">{merge.error.message}</Notice>}
      {data && (
        <>
          <div className={styles.sides}>
            <Side side={data.survivor} word={t('stays')} stays />
            <Side side={data.absorbed} word={t('goes')} />
          </div>
          <MergeFields preview={data} takes={takes} onTake={(field, other) => setChoice((before) => ({ ...before, [field]: other }))} />
          <Together preview={data} />
          <PastMerges customer={survivor} />
        </>
      )}
    </Screen>
  );
}

function Side({ side, word, stays = false }: { side: MergeSide; word: string; stays?: boolean }) {
  const { t } = useTranslation('merging');
  const money = useMoney();
  const { today } = useBook();
  const { row } = side;
  return (
    <section className={styles.side} data-stays={stays || undefined}>
      <span className={styles.role}>{word}</span>
      <div className={styles.who}>
        <strong className={styles.name}>{row.name}</strong>
        {row.salutation && <span className="quiet">{row.salutation}</span>}
        <TierMark name={row.tier.name} step={row.tier.rank} of={row.tier.of} />
      </div>
      <span className="quiet figures">
        {row.member_no} · {side.contacts.join(' · ') || t('no_contact')}
      </span>
      <span className="figures">{[money(row.net_minor), t('orders', { n: formatCount(row.orders) }), side.first_on && t('since', { day: formatShortDay(side.first_on, today) })].filter(Boolean).join(' · ')}</span>
      {side.carried.length > 0 && <span className="quiet figures">{t(stays ? 'holds' : 'carried', { list: side.carried.map((each) => t(`carries.${each.what}`, { n: formatCount(each.count) })).join(' · ') })}</span>}
      <span className="quiet figures">{[side.complaints > 0 && t('complaints', { n: side.complaints }), side.notes > 0 && t('notes', { n: side.notes }), side.opening_points > 0 && t('points', { n: formatCount(side.opening_points) })].filter(Boolean).join(' · ')}</span>
    </section>
  );
}

function Together({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation('merging');
  const money = useMoney();
  const { survivor, absorbed, together } = preview;
  const rows: [string, string, string, string][] = [
    [t('net'), money(survivor.row.net_minor), money(absorbed.row.net_minor), money(together.net_minor)],
    [t('sales'), formatCount(survivor.row.orders), formatCount(absorbed.row.orders), formatCount(together.orders)],
    [t('visits'), formatCount(survivor.visits), formatCount(absorbed.visits), formatCount(together.visits)],
  ];
  return (
    <Card title={t('together')} side={t('together_help')}>
      <table className={styles.sums}>
        <thead>
          <tr>
            <th />
            <th>{t('stays')}</th>
            <th>{t('goes')}</th>
            <th>{t('as_one')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([word, one, other, all]) => (
            <tr key={word}>
              <th>{word}</th>
              <td className="figures">{one}</td>
              <td className="figures">{other}</td>
              <td className={`figures ${styles.sum}`}>{all}</td>
            </tr>
          ))}
          <tr>
            <th>{t('tier')}</th>
            <td>
              <TierMark name={survivor.row.tier.name} step={survivor.row.tier.rank} of={survivor.row.tier.of} />
            </td>
            <td>
              <TierMark name={absorbed.row.tier.name} step={absorbed.row.tier.rank} of={absorbed.row.tier.of} />
            </td>
            <td>
              <TierMark name={together.tier.name} step={together.tier.rank} of={together.tier.of} />
            </td>
          </tr>
        </tbody>
      </table>
      {together.new_contacts.length > 0 && <p className="quiet">{t('new_contacts', { list: together.new_contacts.join(' · ') })}</p>}
      {together.new_tags.length > 0 && <p className="quiet">{t('new_tags', { list: together.new_tags.join(' · ') })}</p>}
    </Card>
  );
}
