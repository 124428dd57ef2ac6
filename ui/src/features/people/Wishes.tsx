// 到货关注: what came, whom to tell with which words, and who waits for what. A person sends the message and says so.
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { dayOf, formatCount, formatInstant, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { FindBox } from '@/shared/parts/FindBox.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import { useArrive, useBoard, useProducts, useTold, type Arrival } from './queries.ts';
import styles from './lists.module.css';

export default function Wishes() {
  const { t } = useTranslation('people');
  const { zone, today } = useBook();
  const { data, error } = useBoard();
  if (error || !data) return <Screen title={t('board.title')}>{error ? <ErrorState message={error.message} /> : <LoadingState lines={6} />}</Screen>;
  return (
    <Screen title={t('board.title')} note={<span className="figures">{t('board.waiting', { n: formatCount(data.open) })}</span>}>
      {data.open === 0 && data.arrivals.length === 0 ? (
        <EmptyState drawing="cards" title={t('board.none')} text={t('board.none_text')} />
      ) : (
        <>
          <Came />
          {data.arrivals.map((arrival) => (
            <ArrivalCard key={arrival.id} arrival={arrival} />
          ))}
          <Card title={t('board.open')}>
            <ul className={styles.list}>
              {data.wishes.map((wish) => (
                <li key={wish.id} className={styles.wish}>
                  <Go to={`/customers/${wish.customer_id}`}>{wish.customer}</Go>
                  <span>{wish.what}</span>
                  <span className="quiet figures">{t('wish.since', { day: formatShortDay(dayOf(wish.created_at, zone), today) })}</span>
                </li>
              ))}
            </ul>
            {data.open > data.wishes.length && <p className="quiet small">{t('board.more', { n: formatCount(data.wishes.length) })}</p>}
          </Card>
        </>
      )}
    </Screen>
  );
}

/** What came: words, or a product that is found while one types. */
function Came() {
  const { t } = useTranslation('people');
  const [text, setText] = useState('');
  const key = useRef(newClientKey());
  const form = useRef<HTMLFormElement>(null);
  const products = useProducts(text);
  const arrive = useArrive();
  useEffect(() => {
    if (document.activeElement === document.body) form.current?.querySelector('input')?.focus();
  }, []);
  const done = () => {
    key.current = newClientKey();
    setText('');
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && !arrive.isPending) arrive.mutate({ client_key: key.current, text: text.trim() }, { onSuccess: done });
  };
  return (
    <Card>
      <form ref={form} className={styles.came} onSubmit={send}>
        <FindBox
          label={t('board.came')}
          text={text}
          placeholder={t('board.came_example')}
          onText={setText}
          hits={(products.data?.rows ?? []).slice(0, 6)}
          keyOf={(product) => product.id}
          renderLine={(product) => <strong>{product.name}</strong>}
          onTake={(product) => arrive.mutate({ client_key: key.current, product_id: product.id }, { onSuccess: done })}
          wordsDo
          error={arrive.error?.of('text') ?? arrive.error?.message}
        />
        <Button kind="main" type="submit" hint="Enter" busy={arrive.isPending} disabled={text.trim() === '' || undefined}>
          {t('board.announce')}
        </Button>
      </form>
      <p className="quiet small">{t('board.came_help')}</p>
    </Card>
  );
}

function ArrivalCard({ arrival }: { arrival: Arrival }) {
  const { t } = useTranslation('people');
  const { zone, today } = useBook();
  const [copied, setCopied] = useState<number>();
  const told = useTold();
  const copy = async (wish: number, text: string) => {
    await navigator.clipboard.writeText(text);
    setCopied(wish);
  };
  return (
    <Card title={arrival.what} side={<span className="figures">{[formatInstant(arrival.at, zone, today), t('board.to_tell', { n: formatCount(arrival.to_tell.length) }), arrival.told > 0 && t('board.told', { n: formatCount(arrival.told) })].filter(Boolean).join(' · ')}</span>}>
      {told.error && <Notice tone="late">{told.error.message}</Notice>}
      <ul className={styles.list}>
        {arrival.to_tell.map((notice) => (
          <li key={notice.wish_id} className={styles.notice} data-hold={notice.hold !== null || undefined}>
            <span>
              <Go to={`/customers/${notice.customer_id}`}>{notice.name}</Go> <span className="quiet">{[notice.wish, t('board.by', { channel: t(`channel.${notice.channel}`) })].join(' · ')}</span>
            </span>
            {notice.hold === null ? <p className={`${styles.draft} selectable`}>{notice.draft}</p> : <p className={styles.hold}>{notice.hold}</p>}
            <span className={styles.keys}>
              {notice.hold === null && (
                <Button icon="note" onClick={() => void copy(notice.wish_id, notice.draft)}>
                  {copied === notice.wish_id ? t('board.copied') : t('board.copy')}
                </Button>
              )}
              <Button icon="check" busy={told.isPending} onClick={() => told.mutate({ client_key: newClientKey(), arrival_id: arrival.id, wish_id: notice.wish_id })}>
                {t('board.mark')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
