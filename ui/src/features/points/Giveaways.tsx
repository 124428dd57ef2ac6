// 赠礼名单: a gift for each person of a tier or class: each list with how far it is, who has got it and who has still to get it.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { dayOf, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { SparedMark } from '@/shared/parts/SparedMark.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import { GiveawayForm } from './GiveawayForm.tsx';
import { GIVEAWAY_PAGE, useEndGiveaway, useGiveawayPeople, useGiveaways, useHandOut, type Giveaway, type GiveawayPerson } from './queries.ts';
import { TakeBackDialog } from './TakeBackDialog.tsx';
import styles from './points.module.css';

export function Giveaways() {
  const { t } = useTranslation('points');
  const { data } = useGiveaways();
  const [isMaking, setMaking] = useState(false);
  const [looking, setLooking] = useState<Giveaway['id']>();
  if (!data) return null;
  const list = data.rows.find((row) => row.id === looking);
  return (
    <Card
      title={t('giveaway.title')}
      side={
        <Button icon="plus" onClick={() => setMaking(true)}>
          {t('giveaway.new')}
        </Button>
      }
    >
      {data.rows.length === 0 && <p className="quiet">{t('giveaway.none')}</p>}
      {data.rows.length > 0 && <Lists rows={data.rows} onLook={(row) => setLooking(row.id)} />}
      {isMaking && (
        <GiveawayForm
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false);
            setLooking(made.id);
          }}
        />
      )}
      {list && <PeopleDialog list={list} onClose={() => setLooking(undefined)} />}
    </Card>
  );
}

function Lists({ rows, onLook }: { rows: readonly Giveaway[]; onLook: (row: Giveaway) => void }) {
  const { t } = useTranslation('points');
  const money = useMoney();
  const { today } = useBook();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{t('giveaway.name')}</th>
          <th>{t('giveaway.gift')}</th>
          <th>{t('giveaway.until')}</th>
          <th>{t('giveaway.given')}</th>
          <th className={styles.number}>{t('gifts.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.is_over ? 'quiet' : undefined}>
            <td>
              <button type="button" className={styles.name} onClick={() => onLook(row)}>
                {row.name}
              </button>
            </td>
            <td>
              {row.gift} {row.quantity > 1 && <span className="figures">× {formatCount(row.quantity)}</span>}
            </td>
            <td className="figures">{row.is_over ? t('giveaway.over') : row.until_on === null ? t('giveaway.no_end') : formatShortDay(row.until_on, today)}</td>
            <td>
              <Meter share={row.people > 0 ? (row.given * 100) / row.people : 0} label={t('giveaway.given')} />
              <span className="figures">{t('giveaway.of', { n: formatCount(row.given), of: formatCount(row.people) })}</span>
            </td>
            <td className={`${styles.number} figures`}>{money(row.cost_minor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Which = 'waiting' | 'given';

/** Who has still to get it, each with a button; who has got it, when and by whom. */
function PeopleDialog({ list, onClose }: { list: Giveaway; onClose: () => void }) {
  const { t } = useTranslation('points');
  const { t: word } = useTranslation('common');
  const [which, setWhich] = useState<Which>('waiting');
  const [isAsking, setAsking] = useState(false);
  const key = useRef(newClientKey());
  const end = useEndGiveaway();
  return (
    <Dialog
      wide
      title={list.name}
      onClose={onClose}
      footer={
        list.is_over ? undefined : isAsking ? (
          <Button kind="danger" busy={end.isPending} onClick={() => end.mutate({ client_key: key.current, id: list.id }, { onSuccess: onClose })}>
            {t('giveaway.end_sure')}
          </Button>
        ) : (
          <Button onClick={() => setAsking(true)}>{t('giveaway.end')}</Button>
        )
      }
    >
      <div className={styles.form}>
        <p>{[`${list.gift} × ${formatCount(list.quantity)}`, t('gifts.stock', { n: formatCount(list.stock) }), list.is_over ? t('giveaway.over') : ''].filter(Boolean).join(' · ')}</p>
        <Choice<Which>
          label={list.name}
          value={which}
          onChange={setWhich}
          options={[
            { value: 'waiting', word: `${t('giveaway.waiting')} ${word('people', { n: formatCount(list.people - list.given) })}` },
            { value: 'given', word: `${t('giveaway.given')} ${word('people', { n: formatCount(list.given) })}` },
          ]}
        />
        {end.error && <Notice tone="late">{end.error.message}</Notice>}
        <People key={which} list={list} isGiven={which === 'given'} />
      </div>
    </Dialog>
  );
}

function People({ list, isGiven }: { list: Giveaway; isGiven: boolean }) {
  const { t } = useTranslation('points');
  const { t: pages } = useTranslation('offers');
  const { zone, today } = useBook();
  const [from, setFrom] = useState(0);
  const { data, error } = useGiveawayPeople(list.id, isGiven, from);
  const give = useHandOut();
  const key = useRef(newClientKey());
  const [returning, setReturning] = useState<GiveawayPerson>();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  if (data.total === 0) return <p className="quiet">{t(isGiven ? 'giveaway.nobody_yet' : 'giveaway.all_done')}</p>;
  const handOut = (id: (typeof data.rows)[number]['customer']['id']) => {
    if (!give.isPending) give.mutate({ client_key: key.current, id: list.id, customer_ids: [id] }, { onSettled: () => (key.current = newClientKey()) });
  };
  const day = (at: NonNullable<GiveawayPerson['given_at']>) => formatShortDay(dayOf(at, zone), today);
  const about = (row: GiveawayPerson) => {
    if (row.given_at !== null) return `${day(row.given_at)} ${row.given_by ?? ''}`;
    return row.returned_at !== null && t('giveaway.came_back', { day: day(row.returned_at), why: row.returned_why ?? '' });
  };
  const to = from + data.rows.length;
  return (
    <>
      {give.error && <Notice tone="late">{give.error.first}</Notice>}
      <table className={styles.table}>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.customer.id}>
              <td>
                <Go to={`/customers/${row.customer.id}`}>{row.customer.name}</Go> {row.customer.do_not_disturb && <SparedMark caseNo={row.customer.do_not_disturb} />}
              </td>
              <td className="quiet figures">{row.customer.phone}</td>
              <td className="quiet">{about(row)}</td>
              <td className={styles.number}>
                {!isGiven && !list.is_over && (
                  <Button icon="gift" disabled={list.stock < list.quantity || give.isPending || undefined} onClick={() => handOut(row.customer.id)}>
                    {t('giveaway.hand_out')}
                  </Button>
                )}
                {isGiven && (
                  <Button kind="plain" aria-label={t('giveaway.take_back_of', { name: row.customer.name })} onClick={() => setReturning(row)}>
                    {t('giveaway.take_back')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {returning && <TakeBackDialog list={list} person={returning} onClose={() => setReturning(undefined)} />}
      {data.total > GIVEAWAY_PAGE && (
        <div className={styles.buttons}>
          <Button icon="up" disabled={from === 0 || undefined} onClick={() => setFrom(Math.max(0, from - GIVEAWAY_PAGE))}>
            {pages('page_before')}
          </Button>
          <Button icon="down" disabled={to >= data.total || undefined} onClick={() => setFrom(to)}>
            {pages('page_after')}
          </Button>
        </div>
      )}
    </>
  );
}
