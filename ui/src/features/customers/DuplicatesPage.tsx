// 查重: pairs that look like one person, the likeliest first, each with the reason in words. Enter looks at the
// two side by side, N says that they are different people, Ctrl+Z takes that back.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatAge, formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { go } from '@/shared/router.tsx';
import { PastMerges } from './PastMerges.tsx';
import { useDuplicates, useNotSame, useNotSameUndo, type Pair, type Row } from './queries.ts';
import styles from './merging.module.css';

const MORE = 50;

export function DuplicatesPage() {
  const { t } = useTranslation('merging');
  const [limit, setLimit] = useState(MORE);
  const [at, setAt] = useState(0);
  const [told, setTold] = useState<Pair>();
  const list = useRef<HTMLUListElement>(null);
  const { data, error } = useDuplicates(limit);
  const notSame = useNotSame();
  const back = useNotSameUndo();
  const rows = data?.rows ?? [];
  const here = Math.min(at, rows.length - 1);
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere) list.current?.focus();
  }, [isThere]);

  const look = (pair: Pair | undefined) => pair && go(`/customers/${pair.one.id}/merge?with=${pair.other.id}`);
  const different = (pair: Pair | undefined) => pair && notSame.mutate({ one_id: pair.one.id, other_id: pair.other.id }, { onSuccess: () => setTold(pair) });
  const takeBack = () => told && back.mutate({ one_id: told.one.id, other_id: told.other.id }, { onSuccess: () => setTold(undefined) });
  useKey('Ctrl+Z', () => void takeBack(), told !== undefined);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== list.current) return;
    if (event.key === 'ArrowDown') setAt(Math.min(rows.length - 1, here + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, here - 1));
    else if (event.key === 'Enter') look(rows[here]);
    else if (event.key.toUpperCase() === 'N' && !event.ctrlKey && !event.altKey) different(rows[here]);
    else return;
    event.preventDefault();
  };
  const strength = (score: number) => t(score >= 80 ? 'sure' : score >= 60 ? 'likely' : 'maybe');
  return (
    <Screen title={t('duplicates')} note={data && <span className="figures">{t('pairs', { n: formatCount(data.total) })}</span>}>
      {told && (
        <Notice
          tone="done"
          action={
            <Button hint="Ctrl+Z" busy={back.isPending} onClick={() => void takeBack()}>
              {t('take_back')}
            </Button>
          }
        >
          {t('told', { one: told.one.name, other: told.other.name })}
        </Notice>
      )}
      {(notSame.error ?? back.error) && <Notice tone="late">{(notSame.error ?? back.error)?.message}</Notice>}
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState lines={8} />}
      {data && rows.length === 0 && <EmptyState drawing="cards" title={t('none.title')} text={t('none.text')} />}
      {rows.length > 0 && (
        <ul ref={list} className={styles.pairs} role="listbox" aria-label={t('duplicates')} tabIndex={0} onKeyDown={onKeyDown}>
          {rows.map((pair, n) => (
            <li key={`${pair.one.id}-${pair.other.id}`} role="option" aria-selected={n === here} data-at={n === here || undefined} className={styles.pair} onMouseDown={() => setAt(n)} ref={n === here ? (el) => el?.scrollIntoView({ block: 'nearest' }) : undefined}>
              <Person row={pair.one} />
              <Person row={pair.other} />
              <span className={styles.why}>
                <strong>{strength(pair.score)}</strong>
                <span className="quiet">{pair.reasons.join(' · ')}</span>
              </span>
              <span className={styles.buttons}>
                <Button hint={n === here ? 'N' : undefined} tabIndex={-1} onClick={() => different(pair)}>
                  {t('different')}
                </Button>
                <Button kind={n === here ? 'main' : 'quiet'} hint={n === here ? 'Enter' : undefined} tabIndex={-1} onClick={() => look(pair)}>
                  {t('look')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {data && data.total > rows.length && limit < 100 && (
        <div className={styles.buttons}>
          <Button onClick={() => setLimit(100)}>{t('show_more')}</Button>
        </div>
      )}
      <PastMerges />
    </Screen>
  );
}

function Person({ row }: { row: Row }) {
  const { t } = useTranslation('merging');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  return (
    <span className={styles.person}>
      <span className={styles.who}>
        <strong className={styles.name}>{row.name}</strong>
        {row.salutation && <span className="quiet">{row.salutation}</span>}
        <TierMark name={row.tier.name} step={row.tier.rank} of={row.tier.of} />
      </span>
      <span className="quiet figures">{[row.phone, row.member_no].filter(Boolean).join(' · ')}</span>
      <span className="quiet figures">{[money(row.net_minor), t('orders', { n: formatCount(row.orders) }), row.last_on ? formatAge(row.last_on, today) : word('no_visit')].join(' · ')}</span>
    </span>
  );
}
