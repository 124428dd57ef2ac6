// 挽回: who ordered within some days after receiving a coupon, who still may, who did not; with words for those who stayed
// away. Copying sends nothing: a person does.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatBasisPoints, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Figure } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { TextArea, TextField } from '@/shared/parts/Field.tsx';
import { ErrorState, LoadingState, Refused } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import styles from './offers.module.css';
import { RECALLED, useRecall, useRecallText, type RecallPage, type RecallQuestion, type RecallRow } from './queries.ts';

type Show = RecallRow['state'] | 'all';
const shows: readonly Show[] = ['all', 'open', 'lost', 'back'];

export function Recall({ of }: { of: Pick<RecallQuestion, 'batch_id' | 'plan_id'> }) {
  const { t } = useTranslation('offers');
  const [show, setShow] = useState<Show>('all');
  const [days, setDays] = useState('');
  const [from, setFrom] = useState(0);
  const asked = /^\d{1,3}$/.test(days) ? Number(days) : null;
  const { data, error } = useRecall({ ...of, within_days: asked, state: show === 'all' ? null : show, offset: from });
  const choose = (next: Show) => {
    setShow(next);
    setFrom(0);
  };
  if (!data) return error ? <ErrorState message={error.message} /> : <LoadingState />;
  return (
    <div className={styles.batch}>
      <Figures page={data} days={days} onDays={setDays} problem={error?.of('within_days')} />
      <Choice<Show> label={t('recall')} value={show} onChange={choose} options={shows.map((value) => ({ value, word: t(value === 'all' ? 'all' : `recall_state.${value}`) }))} />
      {data.rows.length === 0 ? <p className="quiet">{t('recall_nobody')}</p> : <Rows rows={data.rows} />}
      {data.total > RECALLED && <Pages from={from} page={data} onFrom={setFrom} />}
      <Words key={data.template} page={data} />
    </div>
  );
}

function Figures({ page, days, onDays, problem }: { page: RecallPage; days: string; onDays: (days: string) => void; problem: string | undefined }) {
  const { t } = useTranslation('offers');
  const money = useMoney();
  const { figures } = page;
  return (
    <div className={styles.figures}>
      <Figure word={t('recall_state.back')} note={figures.back_bp === null ? undefined : formatBasisPoints(figures.back_bp)}>
        {formatCount(figures.back)}
      </Figure>
      <Figure word={t('recall_state.open')}>{formatCount(figures.open)}</Figure>
      <Figure word={t('recall_state.lost')}>{formatCount(figures.lost)}</Figure>
      <Figure word={t('recall_net')}>{money(figures.net_minor)}</Figure>
      <TextField label={t('recall_within')} inputMode="numeric" value={days} placeholder={String(figures.within_days)} onChange={(event) => onDays(event.target.value)} error={problem} />
    </div>
  );
}

function Rows({ rows }: { rows: readonly RecallRow[] }) {
  const { t } = useTranslation('offers');
  const { t: why } = useTranslation('members');
  const money = useMoney();
  const { today } = useBook();
  const [copied, setCopied] = useState<RecallRow['coupon_id']>();
  const copy = (row: RecallRow) => void navigator.clipboard.writeText(row.text ?? '').then(() => setCopied(row.coupon_id));
  const what = (row: RecallRow) => {
    if (row.came_on !== null && row.net_minor !== null) return t(row.is_used ? 'recall_came_used' : 'recall_came', { day: formatShortDay(row.came_on, today), amount: money(row.net_minor) });
    return row.state === 'open' ? t('recall_until', { day: formatShortDay(row.ends_on, today) }) : '';
  };
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{t('recall_who')}</th>
          <th>{t('recall_received')}</th>
          <th>{t('recall')}</th>
          <th className={styles.acts} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.coupon_id}>
            <td>
              <Go to={`/customers/${row.customer.id}`}>{row.customer.name}</Go> <span className="quiet figures">{row.customer.phone}</span>
            </td>
            <td className="quiet figures">{formatShortDay(row.received_on, today)}</td>
            <td>
              {t(`recall_state.${row.state}`)} <span className="quiet">{what(row)}</span>
            </td>
            <td className={styles.acts}>
              {row.left_out !== null && row.state !== 'back' && <span className="quiet small">{why(`reasons.${row.left_out}`)}</span>}
              {row.text !== null && row.missing.length > 0 && <span className="quiet small">{t('recall_missing', { names: row.missing.join('、') })}</span>}
              {row.text !== null && row.missing.length === 0 && (
                <Button kind="plain" icon="file" title={row.text} onClick={() => copy(row)}>
                  {t(copied === row.coupon_id ? 'recall_copied' : 'recall_copy')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pages({ from, page, onFrom }: { from: number; page: RecallPage; onFrom: (from: number) => void }) {
  const { t } = useTranslation('offers');
  const to = from + page.rows.length;
  return (
    <div className={styles.pages}>
      <Button icon="up" disabled={from === 0 || undefined} onClick={() => onFrom(Math.max(0, from - RECALLED))}>
        {t('page_before')}
      </Button>
      <span className="quiet figures" role="status">
        {t('page', { from: formatCount(Math.min(from + 1, to)), to: formatCount(to), of: formatCount(page.total) })}
      </span>
      <Button icon="down" disabled={to >= page.total || undefined} onClick={() => onFrom(to)}>
        {t('page_after')}
      </Button>
    </div>
  );
}

/** The words with their variables; empty means the usual ones again. */
function Words({ page }: { page: RecallPage }) {
  const { t } = useTranslation('offers');
  const { t: word } = useTranslation('common');
  const [text, setText] = useState(page.template);
  const key = useRef(newClientKey());
  const save = useRecallText();
  const send = (words: string | null) => save.mutate({ client_key: key.current, text: words });
  return (
    <div className={styles.step}>
      <TextArea label={t('recall_text')} rows={3} value={text} onChange={(event) => setText(event.target.value)} error={save.error?.of('text')} />
      <Refused error={save.error} />
      <div className={styles.buttons}>
        <Button disabled={text.trim() === page.template.trim() || undefined} busy={save.isPending} onClick={() => send(text)}>
          {word('save')}
        </Button>
        {page.is_own && (
          <Button kind="plain" onClick={() => send(null)}>
            {t('recall_usual')}
          </Button>
        )}
      </div>
    </div>
  );
}
