// 约定: what was agreed with single customers, those that end or are to be looked at first; nothing lives in somebody's head.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useSentence } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { TermForm } from '@/shared/offers/TermForm.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { VirtualTable, type Column } from '@/shared/parts/VirtualTable.tsx';
import { useAllTerms, type Term } from './queries.ts';
import { TermDialog } from './TermDialog.tsx';

type Which = 'due' | 'all';
const nothing = () => undefined;

export default function TermsScreen() {
  const { t } = useTranslation('terms');
  const { data, error } = useAllTerms();
  const [chosen, setWhich] = useState<Which>();
  const [open, setOpen] = useState<Term>();
  const [isNew, setNew] = useState(false);
  useKey('Ctrl+N', () => setNew(true), !isNew && open === undefined);
  // What is due comes first, where there is any.
  const which = chosen ?? (data && data.due > 0 ? 'due' : 'all');
  const rows = data?.rows.filter((row) => which === 'all' || row.is_due) ?? [];
  return (
    <Screen
      filled
      title={t('title')}
      note={t('note')}
      actions={
        <Button kind="main" icon="plus" hint="Ctrl+N" onClick={() => setNew(true)}>
          {t('new')}
        </Button>
      }
      tools={
        data &&
        data.rows.length > 0 && (
          <Choice
            label={t('which')}
            value={which}
            onChange={setWhich}
            options={[
              { value: 'due', word: t('due_n', { n: formatCount(data.due) }) },
              { value: 'all', word: t('all_n', { n: formatCount(data.rows.length) }) },
            ]}
          />
        )
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && rows.length === 0 && <EmptyState drawing="page" title={t(data.rows.length === 0 ? 'empty' : 'none_due')} text={data.rows.length === 0 ? t('empty_text') : undefined} />}
      {rows.length > 0 && <Rows key={which} rows={rows} onOpen={setOpen} />}
      {open && <TermDialog term={open} onClose={() => setOpen(undefined)} />}
      {isNew && <TermForm onClose={() => setNew(false)} />}
    </Screen>
  );
}

function useColumns(): Column<Term, never>[] {
  const { t } = useTranslation('terms');
  const { today } = useBook();
  const say = useSentence();
  return [
    { key: 'customer', word: t('customer'), track: 'minmax(0, 1.1fr)', cell: (term) => <strong>{term.customer_name}</strong> },
    { key: 'text', word: t('text'), track: 'minmax(0, 2.4fr)', cell: (term) => <span title={term.text}>{say(term.text)}</span> },
    { key: 'percent', word: t('off'), track: 'minmax(0, 0.6fr)', figures: true, cell: (term) => (term.discount_bp == null ? '' : `${term.discount_bp / 100}%`) },
    { key: 'by', word: t('agreed_by'), track: 'minmax(0, 1.1fr)', cell: (term) => <span title={term.approver}>{term.agreed_by}</span> },
    { key: 'until', word: t('until'), track: 'minmax(0, 0.9fr)', figures: true, cell: (term) => formatShortDay(term.until_on, today) },
    { key: 'state', word: t('state'), track: 'minmax(0, 1.2fr)', cell: (term) => <span className="quiet">{t(stateOf(term, today), { day: term.review_on ? formatShortDay(term.review_on, today) : '' })}</span> },
  ];
}

function Rows({ rows, onOpen }: { rows: readonly Term[]; onOpen: (term: Term) => void }) {
  const { t } = useTranslation('terms');
  const columns = useColumns();
  return <VirtualTable label={t('title')} columns={columns} total={rows.length} rowAt={(index) => rows[index]} keyOf={(term) => term.id} onShow={nothing} onOpen={onOpen} />;
}

function stateOf(term: Term, today: string): 'states.later' | 'states.review_now' | 'states.review' | 'states.ends' | 'states.holds' {
  if (!term.holds) return 'states.later';
  if (term.review_on && term.review_on <= today) return 'states.review_now';
  if (term.is_due) return 'states.ends';
  return term.review_on ? 'states.review' : 'states.holds';
}
