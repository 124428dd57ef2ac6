// The people behind a shape: who they are, why they are here, what they bring. All of them can be given a tag, written
// into a file or printed.
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatAge, formatBasisPoints, formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { usePages } from '@/shared/hooks/pages.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { SparedMark } from '@/shared/parts/SparedMark.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { VirtualTable, type Column } from '@/shared/parts/VirtualTable.tsx';
import { go, usePlace } from '@/shared/router.tsx';
import { PlanText } from '@/shared/segment/PlanPart.tsx';
import { pickTableFile, useExportPeople, usePeople, useTagPeople, type Person, type Who } from './queries.ts';
import { ConfirmDialog, ConfirmedNotice, type Confirmed } from './Confirm.tsx';
import { PrintPeople } from './PrintSheets.tsx';
import styles from './segmentation.module.css';
import { readWho } from './who.ts';

const PAGE = 100;

export function People() {
  const { t } = useTranslation('segmentation');
  const { query } = usePlace();
  const who = useMemo(() => readWho(query.get('who')), [query]);
  if (!who) return <ErrorState message={t('people.unreadable')} />;
  return <PeopleOf who={who} name={query.get('name') ?? ''} />;
}

type Id = Person['customer']['id'];

/** Rows that a person picked, one by one. */
function usePicked() {
  const [picked, setPicked] = useState<readonly Id[]>([]);
  const toggle = useCallback((id: Id) => setPicked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id])), []);
  return { picked, toggle, clear: () => setPicked([]) };
}

function usePickColumn(picked: readonly Id[], toggle: (id: Id) => void): Column<Person, never> {
  const { t } = useTranslation('segmentation');
  return {
    key: 'picked',
    word: '',
    track: 'var(--s5)',
    cell: ({ customer }) => <input type="checkbox" tabIndex={-1} aria-label={t('confirm.pick', { name: customer.name })} checked={picked.includes(customer.id)} onClick={(event) => event.stopPropagation()} onChange={() => toggle(customer.id)} />,
  };
}

function useColumns(kind: Who['kind']): Column<Person, never>[] {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  const gap: Column<Person, never> = { key: 'gap', word: t('people.gap'), track: 'minmax(0, 1.1fr)', figures: true, cell: (person) => (person.gap_minor == null ? '' : money(person.gap_minor)) };
  const share: Column<Person, never> = { key: 'discounted', word: t('people.discounted'), track: 'minmax(0, 0.7fr)', figures: true, cell: (person) => (person.discounted_bp == null ? '' : formatBasisPoints(person.discounted_bp)) };
  const margin: Column<Person, never> = { key: 'margin', word: t('people.margin'), track: 'minmax(0, 0.7fr)', figures: true, cell: (person) => (person.margin_bp == null ? '—' : formatBasisPoints(person.margin_bp)) };
  const plan: Column<Person, never> = { key: 'plan', word: t('people.plan'), track: 'minmax(0, 1.6fr)', cell: (person) => (person.plan ? <PlanText plan={person.plan} /> : <span className="quiet">—</span>) };
  const beside = kind === 'latent' || kind === 'promising' ? [gap, plan] : kind === 'promotion_only' ? [share, margin] : [];
  return [
    {
      key: 'name',
      word: t('people.name'),
      track: 'minmax(0, 1.2fr)',
      cell: ({ customer }) => (
        <>
          <strong>{customer.name}</strong> <span className="quiet">{customer.salutation}</span> <SparedMark caseNo={customer.do_not_disturb} />
        </>
      ),
    },
    { key: 'tier', word: t('people.tier'), track: 'minmax(0, 0.7fr)', cell: ({ customer }) => <TierMark name={customer.tier.name} step={customer.tier.rank} of={customer.tier.of} /> },
    {
      key: 'reason',
      word: t('people.reason'),
      track: beside.length > 0 ? 'minmax(0, 2fr)' : 'minmax(0, 3fr)',
      cell: (person) => (
        <span title={person.reason}>
          {person.by_hand && <span className={styles.manual}>{t('people.by_hand')}</span>}
          {person.reason}
        </span>
      ),
    },
    { key: 'last', word: t('people.last'), track: 'minmax(0, 0.8fr)', figures: true, cell: ({ customer }) => (customer.last_on ? formatAge(customer.last_on, today) : <span className="quiet">{word('no_visit')}</span>) },
    { key: 'orders', word: t('people.orders'), track: 'minmax(0, 0.8fr)', figures: true, cell: (person) => formatCount(person.orders) },
    { key: 'net', word: t('people.net'), track: 'minmax(0, 0.9fr)', figures: true, cell: (person) => money(person.net_minor) },
    ...beside,
  ];
}

function PeopleOf({ who, name }: { who: Who; name: string }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const pages = usePages(PAGE);
  const [tagging, setTagging] = useState(false);
  const { data, error } = usePeople(who, pages.offset, PAGE);
  // What the program suggests is confirmed by a person, one or many at a time.
  const suggested = who.kind === 'latent' || who.kind === 'promising' || who.kind === 'trial';
  const { picked, toggle, clear } = usePicked();
  const pickColumn = usePickColumn(picked, toggle);
  const columns = [...(suggested ? [pickColumn] : []), ...useColumns(who.kind)];
  const [confirming, setConfirming] = useState(false);
  const [confirmed, setConfirmed] = useState<Confirmed>();
  const [printing, setPrinting] = useState(false);
  const print = () => setPrinting(true);
  const isFree = !printing && !tagging && !confirming && (data?.total ?? 0) > 0;
  useKey('Ctrl+P', print, isFree);
  useKey('F8', () => setConfirming(true), isFree && suggested);
  const exported = useExportPeople();
  const toFile = () =>
    void pickTableFile().then((file) => {
      if (file !== null) exported.mutate({ who, file });
    });
  return (
    <Screen
      filled
      title={name || t('people.title')}
      note={data && <span className="figures">{`${word('people', { n: formatCount(data.total) })} · ${t('people.spent', { amount: money(data.net_minor) })}`}</span>}
      actions={
        <>
          <Button icon="export" busy={exported.isPending} onClick={toFile}>
            {t('people.export')}
          </Button>
          <Button icon="print" hint="Ctrl+P" disabled={!data || data.total === 0} onClick={print}>
            {t('people.print')}
          </Button>
          <Button kind={suggested ? 'quiet' : 'main'} icon="plus" onClick={() => setTagging(true)} disabled={!data || data.total === 0}>
            {t('people.tag')}
          </Button>
          {suggested && (
            <Button kind="main" icon="check" hint="F8" onClick={() => setConfirming(true)} disabled={!data || data.total === 0}>
              {picked.length > 0 ? t('confirm.some', { n: formatCount(picked.length) }) : t('confirm.all')}
            </Button>
          )}
        </>
      }
      tools={confirmed ? <ConfirmedNotice confirmed={confirmed} onUndone={() => setConfirmed(undefined)} /> : exported.data ? <Notice tone="done">{t('people.exported', { n: formatCount(exported.data.people) })}</Notice> : exported.error ? <Notice tone="late">{exported.error.message}</Notice> : undefined}
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.total === 0 && <EmptyState drawing="cards" title={t('people.nobody')} />}
      {data && data.total > 0 && <VirtualTable label={name || t('people.title')} columns={columns} total={data.total} rowAt={(index) => pages.rowOf(data.rows, index)} keyOf={(row) => row.customer.id} onShow={pages.onShow} onOpen={(row) => go(`/customers/${row.customer.id}`)} onMark={suggested ? (row) => toggle(row.customer.id) : undefined} />}
      {printing && data && <PrintPeople who={who} name={name || t('people.title')} total={data.total} netMinor={data.net_minor} onClose={() => setPrinting(false)} />}
      {confirming && data && (
        <ConfirmDialog
          who={who}
          only={picked}
          total={data.total}
          onClose={() => setConfirming(false)}
          onDone={(done) => {
            setConfirmed(done);
            setConfirming(false);
            clear();
          }}
        />
      )}
      {tagging && data && <TagDialog who={who} people={data.total} onClose={() => setTagging(false)} />}
    </Screen>
  );
}

function TagDialog({ who, people, onClose }: { who: Who; people: number; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const [tag, setTag] = useState('');
  const act = useTagPeople();
  return (
    <Dialog
      title={t('people.tag')}
      onClose={onClose}
      footer={
        act.data ? (
          <Button kind="main" onClick={onClose}>
            {word('done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{word('cancel')}</Button>
            <Button kind="main" busy={act.isPending} disabled={tag.trim() === ''} onClick={() => act.mutate({ who, tag })}>
              {t('people.tag_all', { n: formatCount(people) })}
            </Button>
          </>
        )
      }
    >
      {act.data ? <Notice tone="done">{t('people.tagged', { n: formatCount(act.data.people) })}</Notice> : <TextField label={t('people.tag_name')} value={tag} error={act.error?.of('tag') ?? act.error?.message} help={t('people.tag_help', { n: formatCount(people) })} onChange={(event) => setTag(event.target.value)} />}
    </Dialog>
  );
}
