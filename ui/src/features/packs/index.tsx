// 次卡: who has to be reminded, every pack with something left, what the shop still owes in sessions; sold, used and given
// back from here.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { PackDialog } from '@/shared/offers/PackDialog.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { VirtualTable, type Column } from '@/shared/parts/VirtualTable.tsx';
import { settle, usePlace } from '@/shared/router.tsx';
import { KindsDialog } from './KindsDialog.tsx';
import { useAll, useName, useOverview, type CustomerId, type Overview, type Pack } from './queries.ts';
import { SellDialog } from './SellDialog.tsx';

type Which = 'reminders' | 'all';
const nothing = () => undefined;

export default function PacksScreen() {
  const { t } = useTranslation('packs');
  const money = useMoney();
  const asked = usePlace().query.get('for');
  const forWhom = asked ? (Number(asked) as CustomerId) : undefined;
  const { data, error } = useOverview();
  const [which, setWhich] = useState<Which>('reminders');
  const [open, setOpen] = useState<Pack>();
  const [dialog, setDialog] = useState<'sell' | 'kinds' | undefined>(forWhom === undefined ? undefined : 'sell');
  const [sold, setSold] = useState<string>();
  const profile = useName(forWhom);
  const isFree = dialog === undefined && open === undefined;
  useKey('Ctrl+N', () => setDialog('sell'), isFree);
  useKey('F7', () => setDialog('kinds'), isFree);
  const close = () => {
    setDialog(undefined);
    if (asked) settle('/ladder/packs');
  };
  const owner = profile.data && { id: profile.data.row.id, name: profile.data.row.name };
  return (
    <Screen
      filled
      title={t('title')}
      note={data && <span className="figures">{t('sum', { n: formatCount(data.open), owed: money(data.owed_minor) })}</span>}
      actions={
        <>
          <Button icon="settings" hint="F7" onClick={() => setDialog('kinds')}>
            {t('kinds')}
          </Button>
          <Button kind="main" icon="plus" hint="Ctrl+N" onClick={() => setDialog('sell')}>
            {t('sell')}
          </Button>
        </>
      }
      tools={
        data && (
          <>
            <Choice
              label={t('which')}
              value={which}
              onChange={setWhich}
              options={[
                { value: 'reminders', word: t('reminders_n', { n: data.reminders.length }) },
                { value: 'all', word: t('all_n', { n: data.open }) },
              ]}
            />
            {sold && <Notice tone="done">{sold}</Notice>}
          </>
        )
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && <Rows data={data} which={which} onOpen={setOpen} />}
      {open && <PackDialog id={open.id} customer={open.customer_id} onClose={() => setOpen(undefined)} />}
      {dialog === 'kinds' && data && <KindsDialog kinds={data.products} onClose={close} />}
      {dialog === 'sell' && data && (forWhom === undefined || owner) && (
        <SellDialog
          kinds={data.products}
          customer={owner}
          onKinds={() => setDialog('kinds')}
          onClose={close}
          onSold={(words) => {
            setSold(words);
            setWhich('all');
            close();
          }}
        />
      )}
    </Screen>
  );
}

function useColumns(): Column<Pack, never>[] {
  const { t } = useTranslation('packs');
  const money = useMoney();
  const { today } = useBook();
  return [
    { key: 'owner', word: t('owner'), track: 'minmax(0, 1.2fr)', cell: (pack) => <strong>{pack.customer_name}</strong> },
    { key: 'pack', word: t('pack'), track: 'minmax(0, 1.8fr)', cell: (pack) => `${pack.name} #${pack.id}` },
    { key: 'left', word: t('left'), track: 'minmax(var(--s16), 0.7fr)', figures: true, cell: (pack) => `${pack.standing.left} / ${pack.sessions}` },
    { key: 'until', word: t('until'), track: 'minmax(var(--s20), 1fr)', figures: true, cell: (pack) => (pack.standing.until_on ? formatShortDay(pack.standing.until_on, today) : t('no_end')) },
    { key: 'worth', word: t('worth'), track: 'minmax(var(--s24), 0.9fr)', figures: true, cell: (pack) => money(pack.worth_minor) },
    { key: 'why', word: t('why'), track: 'minmax(0, 1.2fr)', cell: (pack) => <span className="quiet">{pack.standing.frozen_on ? t('rests') : pack.is_to_remind ? t(pack.standing.left <= 3 ? 'few_left' : 'ends_soon') : ''}</span> },
  ];
}

function Rows({ data, which, onOpen }: { data: Overview; which: Which; onOpen: (pack: Pack) => void }) {
  const { t } = useTranslation('packs');
  const columns = useColumns();
  const all = useAll(which === 'all');
  const rows = which === 'all' ? all.data?.rows : data.reminders;
  if (all.error) return <ErrorState message={all.error.message} />;
  if (!rows) return <LoadingState />;
  if (rows.length === 0) return <EmptyState drawing="cards" title={t(data.open === 0 ? 'empty' : 'nobody')} text={data.open === 0 ? t('empty_text') : undefined} />;
  return <VirtualTable key={which} label={t('title')} columns={columns} total={rows.length} rowAt={(index) => rows[index]} keyOf={(pack) => pack.id} onShow={nothing} onOpen={onOpen} />;
}
