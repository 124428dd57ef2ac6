// The import wizard: choose a file, correct what was guessed, try it, run it, read a result that adds up.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { settle, usePlace } from '@/shared/router.tsx';
import { FileLook } from './FileLook.tsx';
import { History } from './History.tsx';
import { Mapping } from './Mapping.tsx';
import { pickFile, useLook, type Look, type Preview, type Report } from './queries.ts';
import { RunPanel } from './RunPanel.tsx';

export default function ImportScreen() {
  const { t } = useTranslation('imports');
  // What was pasted onto the table of customers comes with the place.
  const pasted = usePlace().query.get('pasted');
  const begun = useMemo<Look | undefined>(() => (pasted ? { file: pasted, kind: 'customers', map: {} } : undefined), [pasted]);
  const [chosen, setLook] = useState<Look>();
  const look = chosen ?? begun;
  const { data, error, isPlaceholderData } = useLook(look);
  const choose = async () => {
    const file = await pickFile();
    if (file) setLook({ file, map: {} });
  };
  useKey('Ctrl+O', () => void choose());
  const finish = () => {
    setLook(undefined);
    if (pasted) settle('/import');
  };
  const preview = data && data.file === look?.file ? data : undefined;
  return (
    <Screen
      title={t('title')}
      note={preview?.file_name}
      actions={
        <Button kind={look ? 'quiet' : 'main'} icon="file" hint="Ctrl+O" onClick={() => void choose()}>
          {look ? t('other_file') : t('choose')}
        </Button>
      }
    >
      {!look && (
        <EmptyState drawing="inbox" title={t('empty.title')} text={t('empty.text')}>
          <Button kind="main" large icon="file" onClick={() => void choose()}>
            {t('choose')}
          </Button>
        </EmptyState>
      )}
      {!look && <History />}
      {look && error && <ErrorState message={error.first} onRetry={() => void choose()} />}
      {look && !preview && !error && <LoadingState />}
      {look && preview && !error && <Wizard key={look.file} look={look} preview={preview} isStale={isPlaceholderData} onLook={setLook} isPasted={look.file === pasted} onDone={finish} />}
    </Screen>
  );
}

interface WizardProps {
  look: Look;
  preview: Preview;
  isStale: boolean;
  isPasted: boolean;
  onLook: (look: Look) => void;
  onDone: () => void;
}

function Wizard({ look, preview, isStale, isPasted, onLook, onDone }: WizardProps) {
  const [report, setReport] = useState<Report>();
  // What was tried belongs to exactly these corrections; a new correction asks for a new try.
  const corrections = JSON.stringify([preview.kind, preview.encoding, preview.sheet, preview.heading, preview.fields.map((field) => [field.field, field.column])]);
  return (
    <>
      <FileLook look={look} preview={preview} report={report} onLook={onLook} />
      {preview.kind !== 'vcard' && <Mapping look={look} preview={preview} onLook={onLook} />}
      <RunPanel key={corrections} preview={preview} isStale={isStale} isPasted={isPasted} onReport={setReport} onDone={onDone} />
    </>
  );
}
