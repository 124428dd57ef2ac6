// A scheme under the hands: its name, the cut points of its measures with the distribution behind them, its classes as
// sentences in their order. Beside it what the definition would do to everybody, while it is still being changed.
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { goBack, settle } from '@/shared/router.tsx';
import { usePreview, useSaveScheme, useScheme, useSchemes, type Choices, type Scheme } from '../queries.ts';
import styles from '../segmentation.module.css';
import { BandEditor } from './BandEditor.tsx';
import { ClassList } from './ClassList.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { ScoreEditor } from './ScoreEditor.tsx';
import { freeKey, nameIn, ownName, replaced, without } from './draft.ts';

export function SchemeEditor({ schemeKey, copy }: { schemeKey: string; copy: boolean }) {
  const { t } = useTranslation('segmentation');
  const scheme = useScheme(schemeKey);
  const choices = useSchemes();
  const failed = scheme.error ?? choices.error;
  if (failed) return <ErrorState message={failed.message} />;
  if (!scheme.data || !choices.data || scheme.data.row.key !== schemeKey) return <Screen title={t('editor.title')}><LoadingState /></Screen>;
  return <Editor stored={scheme.data.definition} choices={choices.data} copy={copy} />;
}

function Editor({ stored, choices, copy }: { stored: Scheme; choices: Choices; copy: boolean }) {
  const { t, i18n } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  // A copy has no state to move from, so that its preview shows the people alone.
  const begin = useMemo<Scheme>(() => (copy ? { ...stored, key: 'new', names: ownName(t('editor.copy_of', { name: nameIn(stored.names, i18n.language) })) } : stored), [copy, stored, t, i18n.language]);
  const [draft, setDraft] = useState(begin);
  const asked = useDeferredValue(draft);
  const preview = usePreview(asked);
  const save = useSaveScheme();
  const changed = copy || JSON.stringify(draft) !== JSON.stringify(begin);
  const keep = () => {
    if (!changed || save.isPending) return;
    save.mutate({ definition: draft, is_new: copy }, { onSuccess: (saved) => (copy || !goBack() ? settle(`/segmentation?scheme=${encodeURIComponent(saved.row.key)}`) : undefined) });
  };
  useKey('Ctrl+S', keep);
  const refused = save.error ?? preview.error;
  const problem = (field: string) => refused?.of(field);
  const known = { choices, bands: draft.bands, scores: draft.scores };
  return (
    <Screen
      title={copy ? t('editor.new') : t('editor.title_of', { name: nameIn(stored.names, i18n.language) })}
      note={preview.data && !preview.error && <span className="figures">{copy ? t('editor.try') : t('editor.would_move', { n: formatCount(preview.data.moved) })}</span>}
      actions={
        <>
          <Button onClick={() => goBack() || settle('/segmentation')}>{word('cancel')}</Button>
          <Button kind="main" hint="Ctrl+S" busy={save.isPending} disabled={!changed} onClick={keep}>
            {copy ? word('save') : t('editor.apply')}
          </Button>
        </>
      }
    >
      {refused && <Notice tone="late">{refused.first}</Notice>}
      <div className={styles.page}>
        <div className={styles.stack}>
          <Card title={t('editor.name')}>
            <TextField label={t('editor.name')} value={nameIn(draft.names, i18n.language)} error={problem('names')} onChange={(event) => setDraft({ ...draft, names: ownName(event.target.value) })} />
          </Card>
          <Card title={t('editor.bands')} side={t('editor.bands_help')}>
            {draft.bands.map((band, n) => (
              <BandEditor
                key={band.key}
                band={band}
                definition={draft}
                choices={choices}
                shown={preview.data?.bands.find((one) => one.band === band.key)}
                problem={problem(`bands.${n}.cut`) ?? problem(`bands.${n}.measure`)}
                onChange={(next) => setDraft({ ...draft, bands: replaced(draft.bands, n, next) })}
                onRemove={() => setDraft({ ...draft, bands: without(draft.bands, n) })}
              />
            ))}
            <div>
              <Button
                kind="plain"
                icon="plus"
                onClick={() =>
                  setDraft({
                    ...draft,
                    bands: [...draft.bands, { key: freeKey('band', draft.bands.map((band) => band.key)), measure: { measure: 'net_minor', window: { kind: 'months', n: 12 } }, cut: { kind: 'quantiles', parts: 3 }, edge: 'above', best: 'high' }],
                  })
                }
              >
                {t('editor.add_band')}
              </Button>
            </div>
          </Card>
          {draft.scores.length > 0 && <ScoreEditor scheme={draft} choices={choices} problem={problem} onChange={setDraft} />}
          <ClassList scheme={draft} known={known} problem={problem} onChange={setDraft} />
        </div>
        <PreviewPanel preview={preview.data} stale={preview.isPlaceholderData || asked !== draft} isNew={copy} />
      </div>
    </Screen>
  );
}
