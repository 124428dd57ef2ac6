// One scheme: its classes with people, rule and money, its shapes, and how each class is served. Which scheme and which
// side of it stands in the place.
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { go, settle, usePlace } from '@/shared/router.tsx';
import { Classes } from './Classes.tsx';
import { MovesCard } from './Moves.tsx';
import { ServicePanel } from './ServicePanel.tsx';
import { Shapes } from './Shapes.tsx';
import { useDeleteScheme, useMakePrimary, useRunSegmentation, useScheme, useSchemes, type Segmentation } from './queries.ts';

type Side = 'classes' | 'shapes' | 'service';

export function SchemePage({ nav }: { nav: ReactNode }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const { query } = usePlace();
  const schemes = useSchemes();
  const key = query.get('scheme') ?? schemes.data?.schemes.find((scheme) => scheme.is_primary)?.key;
  const side = (query.get('side') as Side | null) ?? 'classes';
  const { data, error } = useScheme(key);
  const run = useRunSegmentation();
  const at = (to: { scheme?: string; side?: Side }) => settle(`/segmentation?scheme=${encodeURIComponent(to.scheme ?? key ?? '')}&side=${to.side ?? side}`);
  const failed = error ?? schemes.error ?? run.error;
  return (
    <Screen
      title={data ? t('title_of', { scheme: data.row.name }) : t('title')}
      note={data && <span className="figures">{[word('people', { n: formatCount(data.customers) }), data.as_of ? t('as_of', { day: formatShortDay(data.as_of, today) }) : t('no_run')].join(' · ')}</span>}
      actions={
        data && (
          <>
            <MoreActions view={data} onGone={() => settle('/segmentation')} />
            <Button icon="edit" onClick={() => go(`/segmentation/edit/${encodeURIComponent(data.row.key)}`)}>
              {t('edit')}
            </Button>
            <Button kind="main" icon="segmentation" busy={run.isPending} onClick={() => run.mutate({ scheme: data.row.key })}>
              {t('run')}
            </Button>
          </>
        )
      }
      tools={
        <>
          {nav}
          {schemes.data && key && <Pick label={t('scheme')} value={key} onChange={(scheme) => at({ scheme })} options={schemes.data.schemes.map((scheme) => ({ value: scheme.key, word: scheme.name, note: scheme.is_primary ? t('primary') : undefined }))} />}
          <Choice label={t('side.label')} value={side} options={(['classes', 'shapes', 'service'] as const).map((value) => ({ value, word: t(`side.${value}`) }))} onChange={(to) => at({ side: to })} />
        </>
      }
    >
      {failed && <ErrorState message={failed.message} />}
      {!data && !failed && <LoadingState />}
      {run.data && <MovesCard moves={run.data.moves} title={t('moves.title')} scheme={run.variables?.scheme ?? ''} />}
      {data && !error && side === 'classes' && <Classes view={data} />}
      {data && !error && side === 'shapes' && <Shapes key={data.row.key} schemeKey={data.row.key} />}
      {data && !error && side === 'service' && <ServicePanel key={data.row.key} schemeKey={data.row.key} />}
    </Screen>
  );
}

function MoreActions({ view, onGone }: { view: Segmentation; onGone: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const [asked, setAsked] = useState<'primary' | 'delete'>();
  const primary = useMakePrimary();
  const remove = useDeleteScheme();
  const close = () => setAsked(undefined);
  const sure = () => {
    if (asked === 'primary') primary.mutate({ key: view.row.key }, { onSuccess: close });
    else
      remove.mutate(
        { key: view.row.key },
        {
          onSuccess: () => {
            close();
            onGone();
          },
        },
      );
  };
  const failed = primary.error ?? remove.error;
  return (
    <>
      <Menu
        label={word('more')}
        actions={[{ value: 'copy', word: t('copy') }, ...(view.row.is_primary ? [] : [{ value: 'primary', word: t('make_primary') }, { value: 'delete', word: t('delete') }])] as { value: 'copy' | 'primary' | 'delete'; word: string }[]}
        onChoose={(action) => (action === 'copy' ? go(`/segmentation/edit/${encodeURIComponent(view.row.key)}?copy=1`) : setAsked(action))}
      />
      {asked && (
        <Dialog
          title={asked === 'primary' ? t('make_primary') : t('delete')}
          onClose={close}
          footer={
            <>
              <Button onClick={close}>{word('cancel')}</Button>
              <Button kind={asked === 'delete' ? 'danger' : 'main'} busy={primary.isPending || remove.isPending} onClick={sure}>
                {asked === 'primary' ? t('make_primary') : t('delete')}
              </Button>
            </>
          }
        >
          {failed && <Notice tone="late">{failed.message}</Notice>}
          <p>{asked === 'primary' ? t('primary_ask', { name: view.row.name, n: formatCount(view.customers) }) : t('delete_ask', { name: view.row.name })}</p>
          {asked === 'primary' && <p className="quiet">{t('primary_help')}</p>}
        </Dialog>
      )}
    </>
  );
}
