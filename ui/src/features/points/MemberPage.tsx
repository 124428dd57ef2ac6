// A member's points: what is there, every row that led to it, what can be done with it; as a statement on paper, too.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import { Field } from '@/shared/parts/Field.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { go } from '@/shared/router.tsx';
import { AdjustForm } from './AdjustForm.tsx';
import { RedeemForm } from './RedeemForm.tsx';
import { StatementSheet } from './StatementSheet.tsx';
import { pickFolder, useExportStatement, useStatement, type CustomerId, type Statement } from './queries.ts';
import styles from './points.module.css';

const SHOWN_LOTS = 20;

export function MemberPage({ id }: { id: number }) {
  const { t } = useTranslation('points');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [open, setOpen] = useState<'adjust' | 'gift' | 'print'>();
  const { data, error } = useStatement(id, from, to);
  const write = useExportStatement();
  const exportAs = async (format: 'xlsx' | 'csv') => {
    const folder = await pickFolder();
    if (folder) write.mutate({ customer_id: id as CustomerId, from_on: from || null, to_on: to || null, format, folder });
  };
  useKey('F7', () => setOpen('gift'), data !== undefined);
  useKey('Ctrl+P', () => setOpen('print'), data !== undefined && open === undefined);
  if (error || !data)
    return (
      <Screen title={t('title')}>
        {error ? <ErrorState message={error.message} /> : <LoadingState />}
      </Screen>
    );
  const close = () => setOpen(undefined);
  return (
    <Screen
      title={t('member.title', { name: data.name })}
      note={<span className="figures">{data.member_no}</span>}
      actions={
        <>
          <Button icon="edit" onClick={() => setOpen('adjust')}>
            {t('member.adjust')}
          </Button>
          <Button icon="print" hint="Ctrl+P" onClick={() => setOpen('print')}>
            {t('member.print')}
          </Button>
          <Menu
            label={t('member.export')}
            actions={[
              { value: 'xlsx' as const, word: t('member.xlsx') },
              { value: 'csv' as const, word: t('member.csv') },
            ]}
            onChoose={(format) => void exportAs(format)}
          />
          <Button icon="person" onClick={() => go(`/customers/${id}`)}>
            {t('member.profile')}
          </Button>
          <Button kind="main" icon="gift" hint="F7" onClick={() => setOpen('gift')}>
            {t('member.gift')}
          </Button>
        </>
      }
    >
      {write.data && (
        <Notice tone="done">
          <span className="selectable">{t('member.exported', { path: write.data.path })}</span>
        </Notice>
      )}
      {write.error && <Notice tone="late">{write.error.first}</Notice>}
      <Standing statement={data} />
      {data.lots.length > 0 && <Lots statement={data} />}
      <Card
        title={t('member.rows')}
        side={
          <div className={styles.days}>
            <Field label={t('member.from')}>{(ids) => <DayField id={ids.id} value={from} onChange={setFrom} />}</Field>
            <Field label={t('member.to')}>{(ids) => <DayField id={ids.id} value={to} onChange={setTo} />}</Field>
          </div>
        }
      >
        {data.rows.length === 0 ? <EmptyState title={t('member.none')} /> : <Rows statement={data} />}
      </Card>
      {data.cashbacks.length > 0 && <Cashbacks statement={data} />}
      {open === 'adjust' && <AdjustForm id={id} onClose={close} />}
      {open === 'gift' && <RedeemForm id={id} spendable={data.card.spendable} onClose={close} />}
      {open === 'print' && <StatementSheet customer={id as CustomerId} statement={data} onClose={close} />}
    </Screen>
  );
}

function Standing({ statement }: { statement: Statement }) {
  const { t } = useTranslation('points');
  const money = useMoney();
  const { today } = useBook();
  const { card } = statement;
  return (
    <Card>
      <div className={styles.figures}>
        <Figure word={t('member.balance')} large>
          {formatCount(card.balance)}
        </Figure>
        <Figure word={t('member.spendable')} note={card.worth_minor != null && card.worth_minor > 0 ? t('member.worth', { amount: money(card.worth_minor) }) : undefined} large>
          {formatCount(card.spendable)}
        </Figure>
        {card.pending > 0 && <Figure word={t('member.pending')}>{formatCount(card.pending)}</Figure>}
        {card.debt > 0 && <Figure word={t('member.debt')}>{formatCount(card.debt)}</Figure>}
        {card.ending > 0 && card.ending_on && (
          <Figure word={t('member.ending')} note={formatShortDay(card.ending_on, today)}>
            {formatCount(card.ending)}
          </Figure>
        )}
      </div>
    </Card>
  );
}

/** What is left, in the order in which it is spent: the first to end first. */
function Lots({ statement }: { statement: Statement }) {
  const { t } = useTranslation('points');
  const { today } = useBook();
  const day = (value: string) => formatShortDay(value, today);
  const lots = statement.lots.slice(0, SHOWN_LOTS).map((lot, n) => ({ lot, n }));
  return (
    <Card title={t('lots.title')} side={t('lots.order')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t('lots.ends')}</th>
            <th>{t('lots.earned')}</th>
            <th className={styles.number}>{t('lots.given')}</th>
            <th className={styles.number}>{t('lots.left')}</th>
          </tr>
        </thead>
        <tbody>
          {lots.map(({ lot, n }) => (
            <tr key={n}>
              <td className="figures">
                {lot.expires_on ? day(lot.expires_on) : t('lots.never')} {lot.spendable_from > today && <span className="quiet small">{t('lots.from', { day: day(lot.spendable_from) })}</span>}
              </td>
              <td className="quiet figures">{day(lot.earned_on)}</td>
              <td className={`${styles.number} quiet figures`}>{formatCount(lot.points)}</td>
              <td className={`${styles.number} figures`}>{formatCount(lot.remaining)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {statement.lots.length > SHOWN_LOTS && <p className="quiet small figures">{t('lots.more', { n: formatCount(statement.lots.length - SHOWN_LOTS) })}</p>}
    </Card>
  );
}

function Cashbacks({ statement }: { statement: Statement }) {
  const { t } = useTranslation('points');
  const money = useMoney();
  const { today } = useBook();
  return (
    <Card title={t('cashback.title')}>
      <table className={styles.table}>
        <tbody>
          {statement.cashbacks.map((paid) => (
            <tr key={`${paid.year}${paid.on}`}>
              <td className="figures">{formatShortDay(paid.on, today)}</td>
              <td>
                {t(`cashback.${paid.pays_as}`, { year: paid.year })} <span className="quiet figures">{paid.code}</span>
              </td>
              <td className={`${styles.number} figures`}>{money(paid.paid_minor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Rows({ statement }: { statement: Statement }) {
  const { t } = useTranslation('points');
  const { today } = useBook();
  const rows = statement.rows.map((row, n) => ({ row, n })).reverse();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{t('member.heads.day')}</th>
          <th>{t('member.heads.what')}</th>
          <th className={styles.number}>{t('member.heads.points')}</th>
          <th className={styles.number}>{t('member.heads.balance')}</th>
          <th>{t('member.heads.who')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, n }) => (
          <tr key={n}>
            <td className="figures">{formatShortDay(row.on, today)}</td>
            <td>
              {t(`kinds.${row.kind as 'earn'}`)} <span className="quiet">{[row.sale_no, row.gift, row.reason].filter(Boolean).join(' · ')}</span>
            </td>
            <td className={`${styles.number} figures`}>{row.points > 0 ? `+${formatCount(row.points)}` : formatCount(row.points)}</td>
            <td className={`${styles.number} figures`}>{formatCount(row.balance)}</td>
            <td className="quiet">{row.staff}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
