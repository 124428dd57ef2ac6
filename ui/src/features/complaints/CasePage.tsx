// One case on one page: what happened and what can be done now on the left, the clocks and the steps at the side.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatInstant } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import { ActionBar, ActionPanel, focusForm, mainAction, type Action } from './CaseActions.tsx';
import { CaseNotices } from './CaseNotices.tsx';
import { CaseSide } from './CaseSide.tsx';
import { FilesCard } from './FilesCard.tsx';
import { SeverityMark, StatusWord } from './marks.tsx';
import { categories, channels, useCase, type Case } from './queries.ts';
import { PrintCase } from './PrintCase.tsx';
import { isOwed, PromisedCard } from './Promised.tsx';
import { Resolutions } from './Resolutions.tsx';
import { TrainingDialog } from './TrainingDialog.tsx';
import styles from './complaints.module.css';

export function CasePage({ id }: { id: number }) {
  const { t } = useTranslation('complaints');
  const { data, error } = useCase(id);
  if (data) return <CaseView view={data} />;
  return <Screen title={t('case.title')}>{error ? <ErrorState message={error.message} /> : <LoadingState lines={8} />}</Screen>;
}

function CaseView({ view }: { view: Case }) {
  const { t } = useTranslation('complaints');
  const [chosen, setChosen] = useState<Action>();
  const [training, setTraining] = useState(false);
  const [printing, setPrinting] = useState(false);
  useKey('Ctrl+P', () => setPrinting(true), !printing && !training);
  // A finished form makes room for a fresh one; a change from elsewhere never takes what is being typed.
  const [round, setRound] = useState(0);
  const main = mainAction(view);
  const action = chosen && view.allowed.includes(chosen) ? chosen : main;
  // What is still owed comes before the next form, what is settled after it.
  const owes = view.remedies.some(isOwed);
  // The key of what is chosen already leads into its form.
  const choose = (next: Action) => (next === action ? focusForm() : setChosen(next));
  const done = () => {
    setChosen(undefined);
    setRound((n) => n + 1);
  };
  return (
    <Screen
      title={view.row.case_no}
      note={
        <span className={styles.line}>
          {view.row.kind === 'inquiry' && <span className={styles.kind}>{t('kind.inquiry')}</span>}
          <StatusWord status={view.row.status} />
          <SeverityMark severity={view.row.severity} />
        </span>
      }
      actions={
        <>
          {view.row.status === 'closed' && (
            <Button icon="book" onClick={() => setTraining(true)}>
              {t('training.open')}
            </Button>
          )}
          <Button icon="print" hint="Ctrl+P" onClick={() => setPrinting(true)}>
            {t('print.open')}
          </Button>
          <ActionBar view={view} action={action} onChoose={choose} />
        </>
      }
    >
      <div className={styles.case}>
        <div className={styles.left}>
          <CaseNotices view={view} />
          <WhatHappened view={view} />
          {owes && <PromisedCard view={view} />}
          {action && <ActionPanel key={`${action}-${round}`} view={view} action={action} onDone={done} />}
          {!owes && <PromisedCard view={view} />}
          <Resolutions view={view} />
          <FilesCard view={view} />
          {!action && view.resolutions.length === 0 && <p className="quiet">{t('case.nothing')}</p>}
        </div>
        <CaseSide view={view} />
      </div>
      {printing && <PrintCase view={view} onClose={() => setPrinting(false)} />}
      {training && <TrainingDialog id={view.row.id} onClose={() => setTraining(false)} />}
    </Screen>
  );
}

function WhatHappened({ view }: { view: Case }) {
  const { t } = useTranslation('complaints');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { zone, today } = useBook();
  const { row, sale } = view;
  const channel = channels.find((c) => c === view.channel);
  const category = categories.find((c) => c === view.category);
  const rows: [string, React.ReactNode][] = [
    [t('case.customer'), row.customer_id ? <Go to={`/customers/${row.customer_id}`}>{row.customer_name}</Go> : (row.customer_name ?? word('unknown_customer'))],
    [t('case.received'), <span className="figures">{formatInstant(row.received_at, zone, today)}</span>],
  ];
  if (view.remedy_sought) rows.push([t('case.remedy'), view.remedy_sought]);
  if (channel) rows.push([t('case.channel'), t(`channel.${channel}`)]);
  if (category) rows.push([t('case.category'), t(`category.${category}`)]);
  if (sale) rows.push([t('case.sale'), <span className="figures">{`${sale.items || sale.sale_no} · ${money(sale.net_minor)} · ${formatInstant(sale.sold_at, zone, today)}`}</span>]);
  rows.push([t('case.owner'), row.owner]);
  return (
    <Card title={t('case.what')}>
      <p className={`${styles.said} selectable`}>{row.description}</p>
      <div className={styles.factsBeside}>
        <Facts rows={rows} />
      </div>
    </Card>
  );
}
