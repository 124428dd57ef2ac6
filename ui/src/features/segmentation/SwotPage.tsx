// The page of strengths, weaknesses, opportunities and threats, with what follows from it. Every kept page stays.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { TextArea } from '@/shared/parts/Field.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Refused } from '@/shared/parts/States.tsx';
import { placed } from './editor/draft.ts';
import { PrintSwot } from './PrintSheets.tsx';
import { SwotActions } from './SwotActions.tsx';
import { useSaveSwot, useSwot, type Swot } from './queries.ts';
import styles from './segmentation.module.css';

const fields = ['strengths', 'weaknesses', 'opportunities', 'threats'] as const;

export function SwotPage({ nav }: { nav: ReactNode }) {
  const { t } = useTranslation('segmentation');
  const { data, error } = useSwot();
  const last = data?.pages[0];
  const [printing, setPrinting] = useState(false);
  const print = () => setPrinting(true);
  useKey('Ctrl+P', print, !printing && last !== undefined);
  return (
    <Screen
      title={t('swot.title')}
      note={last && t('swot.last', { day: formatDay(last.on), by: last.by })}
      tools={nav}
      actions={
        <Button icon="print" hint="Ctrl+P" disabled={!last} onClick={print}>
          {t('people.print')}
        </Button>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {printing && last && <PrintSwot page={last} onClose={() => setPrinting(false)} />}
      {data && <Form key={data.pages.length} last={last} />}
      {data && <SwotActions />}
      {data && data.pages.length > 1 && (
        <Card title={t('swot.earlier')}>
          {placed(data.pages.slice(1)).map(({ entry: page, place }) => (
            <details key={place}>
              <summary>{t('swot.last', { day: formatDay(page.on), by: page.by })}</summary>
              <Facts rows={[...fields, 'actions' as const].map((field) => [t(`swot.${field}`), page[field] || '–'] as const)} />
            </details>
          ))}
        </Card>
      )}
    </Screen>
  );
}

function Form({ last }: { last: Swot | undefined }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const [page, setPage] = useState({ strengths: last?.strengths ?? '', weaknesses: last?.weaknesses ?? '', opportunities: last?.opportunities ?? '', threats: last?.threats ?? '', actions: last?.actions ?? '' });
  const save = useSaveSwot();
  const area = (field: keyof typeof page) => <TextArea key={field} label={t(`swot.${field}`)} help={t(`swot.help.${field}`)} error={save.error?.of(field)} rows={6} value={page[field]} onChange={(event) => setPage({ ...page, [field]: event.target.value })} />;
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(page);
      }}
    >
      <Refused error={save.error} />
      <div className={styles.four}>{fields.map(area)}</div>
      {area('actions')}
      <div>
        <Button kind="main" type="submit" busy={save.isPending}>
          {word('save')}
        </Button>
      </div>
    </form>
  );
}
