// 新品优先: whom a new product is told first, because the tier brings it, and who is left out of it with the reason.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { LeftOutNotice, LeftOutPeople } from '@/shared/customer/LeftOut.tsx';
import { formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { usePages } from '@/shared/hooks/pages.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { VirtualTable, type Column } from '@/shared/parts/VirtualTable.tsx';
import { LongPrint, Pair, SheetHead, SheetTable, type Paper } from '@/shared/print/index.ts';
import { go } from '@/shared/router.tsx';
import { ListDeeds, TagDialog, useToFile } from './deeds.tsx';
import { firstTold, firstToldIds, PAGE, useNewFirst, type FirstTold } from './queries.ts';

export function NewFirst() {
  const { t } = useTranslation('members');
  const { t: word } = useTranslation('common');
  const pages = usePages(PAGE);
  const [dialog, setDialog] = useState<'print' | 'tag' | 'left_out'>();
  const { data, error } = useNewFirst(pages.offset);
  const columns = useColumns();
  const file = useToFile(firstToldIds);
  const isFree = dialog === undefined && (data?.total ?? 0) > 0;
  useKey('Ctrl+P', () => setDialog('print'), isFree);
  useKey('F7', () => setDialog('tag'), isFree);
  const close = () => setDialog(undefined);
  return (
    <Screen
      filled
      title={t('first.title')}
      note={data && <span className="figures">{word('people', { n: formatCount(data.total) })}</span>}
      actions={
        data &&
        data.total > 0 && (
          <>
            <ListDeeds file={file} onPrint={() => setDialog('print')} />
            <Button kind="main" icon="note" hint="F7" onClick={() => setDialog('tag')}>
              {t('tag.give', { n: formatCount(data.total) })}
            </Button>
          </>
        )
      }
      tools={
        data && (
          <>
            <LeftOutNotice
              rows={data.left_out}
              action={
                <Button kind="plain" onClick={() => setDialog('left_out')}>
                  {t('first.who')}
                </Button>
              }
            />
            {file.told}
          </>
        )
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState lines={8} />}
      {data?.total === 0 && (
        <EmptyState drawing="cards" title={t('first.none')} text={t(data.tiers.length === 0 ? 'first.no_tier' : 'first.nobody')}>
          {data.tiers.length === 0 && (
            <Button icon="edit" onClick={() => go('/ladder?edit=1')}>
              {t('first.edit')}
            </Button>
          )}
        </EmptyState>
      )}
      {data && data.total > 0 && <VirtualTable label={t('first.title')} columns={columns} total={data.total} rowAt={(index) => pages.rowOf(data.rows, index)} keyOf={(row) => row.id} onShow={pages.onShow} onOpen={(row) => go(`/customers/${row.id}`)} />}
      {dialog === 'print' && data && <FirstSheet total={data.total} onClose={close} />}
      {dialog === 'tag' && data && <TagDialog start={t('tag.first')} people={data.total} ids={firstToldIds} onClose={close} />}
      {dialog === 'left_out' && data && (
        <Dialog title={t('first.left_out')} onClose={close}>
          <LeftOutPeople people={data.left_out_people} />
        </Dialog>
      )}
    </Screen>
  );
}

function useColumns(): Column<FirstTold, never>[] {
  const { t } = useTranslation('members');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  return [
    {
      key: 'name',
      word: t('name'),
      track: 'minmax(0, 1.4fr)',
      cell: (row) => (
        <>
          <strong>{row.name}</strong> <span className="quiet">{row.salutation}</span>
        </>
      ),
    },
    { key: 'phone', word: t('phone'), track: 'minmax(0, 1fr)', cell: (row) => <span className="figures">{row.phone}</span> },
    { key: 'tier', word: t('first.why'), track: 'minmax(0, 1fr)', cell: (row) => <TierMark name={row.tier.name} step={row.tier.rank} of={row.tier.of} /> },
    { key: 'last', word: t('last'), track: 'minmax(0, 0.8fr)', figures: true, cell: (row) => (row.last_on ? formatAge(row.last_on, today) : <span className="quiet">{word('no_visit')}</span>) },
  ];
}

function FirstSheet({ total, onClose }: { total: number; onClose: () => void }) {
  const { t } = useTranslation('members');
  const { today } = useBook();
  const sheet = (paper: Paper, rows: readonly FirstTold[], first: number) => (
    <>
      <SheetHead title={t('first.title')} note={formatShortDay(today, today)} />
      {paper === 'A4' ? (
        <SheetTable heads={[t('nth'), t('name'), t('phone'), t('first.tier'), t('first.told')]} rows={rows.map((row, n) => [String(first + n + 1), `${row.name} ${row.salutation ?? ''}`, row.phone ?? '', row.tier.name, ''])} />
      ) : (
        rows.map((row) => <Pair key={row.id} paper={paper} left={row.name} right={row.phone ?? ''} />)
      )}
    </>
  );
  return (
    <LongPrint title={t('print')} kind="new-first" papers={['A4', '80', '58']} total={total} page={PAGE} load={firstTold} onClose={onClose}>
      {sheet}
    </LongPrint>
  );
}
