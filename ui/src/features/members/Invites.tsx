// 高频未入会: who comes often and is no member, with the numbers that say so. Those who are picked, or all, get a tag, a
// coupon, a line on paper or in a file; whoever has agreed is enrolled.
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { LeftOutNotice } from '@/shared/customer/LeftOut.tsx';
import { formatAge, formatCount, formatMoney, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { usePages } from '@/shared/hooks/pages.ts';
import { keepMeant, type Person } from '@/shared/offers/meant.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { VirtualTable, type Column } from '@/shared/parts/VirtualTable.tsx';
import { Lines, LongPrint, Pair, SheetHead, SheetTable, type Paper } from '@/shared/print/index.ts';
import { go } from '@/shared/router.tsx';
import { DeedDialog, ListDeeds, TagDialog, useToFile } from './deeds.tsx';
import { invited, invitedIds, PAGE, useEnrol, useInvites, useRule, type CustomerId, type Invite, type Way } from './queries.ts';

const VISITS = [2, 3, 4, 5, 6, 8, 10, 12, 20, 30];
/** So many people a coupon can be issued to by name from here. */
const MOST_NAMED = 200;

export function Invites() {
  const { t } = useTranslation('members');
  const { t: word } = useTranslation('common');
  const [tried, setTried] = useState<number>();
  const pages = usePages(PAGE);
  const [picked, setPicked] = useState<readonly Person[]>([]);
  const [dialog, setDialog] = useState<'print' | 'tag' | 'enrol'>();
  const { data, error } = useInvites(tried, pages.offset);
  const rule = useRule();
  const toggle = useCallback(({ id, name }: Person) => setPicked((before) => (before.some((one) => one.id === id) ? before.filter((one) => one.id !== id) : [...before, { id, name }])), []);
  const columns = useColumns(picked, toggle);
  const ids = async () => (picked.length > 0 ? picked.map((one) => one.id) : invitedIds(tried));
  const file = useToFile(ids);
  const isFree = dialog === undefined && (data?.total ?? 0) > 0;
  useKey('Ctrl+P', () => setDialog('print'), isFree);
  useKey('F7', () => setDialog('tag'), isFree);
  useKey('F8', () => setDialog('enrol'), isFree && picked.length > 0);
  const close = () => setDialog(undefined);
  const people = picked.length > 0 ? picked.length : (data?.total ?? 0);
  const visits = tried ?? data?.visits ?? 5;
  const coupons = async () => {
    const rows = await invited(tried, 0, MOST_NAMED);
    const names = rows.map(({ customer }) => ({ id: customer.id, name: customer.name }));
    keepMeant(picked.length > 0 ? picked : names);
    go('/ladder/offers');
  };
  return (
    <Screen
      filled
      title={t('title')}
      note={data && <span className="figures">{word('people', { n: formatCount(data.total) })}</span>}
      actions={
        data &&
        data.total > 0 && (
          <>
            <ListDeeds file={file} onPrint={() => setDialog('print')} />
            <Button icon="gift" disabled={people > MOST_NAMED || undefined} title={people > MOST_NAMED ? t('coupon_most', { n: MOST_NAMED }) : undefined} onClick={() => void coupons()}>
              {t('coupon')}
            </Button>
            <Button icon="note" hint="F7" onClick={() => setDialog('tag')}>
              {t('tag.give', { n: formatCount(people) })}
            </Button>
            <Button kind="main" icon="check" hint="F8" disabled={picked.length === 0 || undefined} onClick={() => setDialog('enrol')}>
              {picked.length > 0 ? t('enrol_n', { n: formatCount(picked.length) }) : t('enrol')}
            </Button>
          </>
        )
      }
      tools={
        data && (
          <>
            <Pick
              label={t('from')}
              value={String(visits)}
              onChange={(value) => {
                setTried(Number(value));
                setPicked([]);
              }}
              options={[...new Set([...VISITS, visits])].sort((a, b) => a - b).map((n) => ({ value: String(n), word: t('from_n', { n }) }))}
            />
            {tried !== undefined && rule.data?.visits !== tried && (
              <Button busy={rule.isPending} onClick={() => rule.mutate({ visits: tried })}>
                {t('keep_rule')}
              </Button>
            )}
            {rule.error && <Notice tone="late">{rule.error.first}</Notice>}
            {rule.data && rule.data.visits === tried && <Notice tone="done">{t('kept_rule', { n: rule.data.visits })}</Notice>}
            <LeftOutNotice rows={data.left_out} />
            {file.told}
          </>
        )
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState lines={8} />}
      {data?.total === 0 && <EmptyState drawing="cards" title={t('none')} text={t('none_text', { n: visits })} />}
      {data && data.total > 0 && <VirtualTable label={t('title')} columns={columns} total={data.total} rowAt={(index) => pages.rowOf(data.rows, index)} keyOf={(row) => row.customer.id} onShow={pages.onShow} onOpen={(row) => go(`/customers/${row.customer.id}`)} onMark={(row) => toggle(row.customer)} />}
      {dialog === 'print' && data && <InvitesSheet visits={tried} from={visits} total={data.total} onClose={close} />}
      {dialog === 'tag' && <TagDialog start={t('tag.invite')} people={people} ids={ids} onClose={close} />}
      {dialog === 'enrol' && (
        <EnrolDialog
          ids={picked.map((one) => one.id)}
          onClose={() => {
            close();
            setPicked([]);
          }}
        />
      )}
    </Screen>
  );
}

function useColumns(picked: readonly Person[], toggle: (person: Person) => void): Column<Invite, never>[] {
  const { t } = useTranslation('members');
  const money = useMoney();
  const { today } = useBook();
  return [
    {
      key: 'picked',
      word: '',
      track: 'var(--s5)',
      cell: ({ customer }) => <input type="checkbox" tabIndex={-1} aria-label={t('pick', { name: customer.name })} checked={picked.some((one) => one.id === customer.id)} onClick={(event) => event.stopPropagation()} onChange={() => toggle(customer)} />,
    },
    {
      key: 'name',
      word: t('name'),
      track: 'minmax(0, 1.4fr)',
      cell: ({ customer }) => (
        <>
          <strong>{customer.name}</strong> <span className="quiet">{customer.salutation}</span>
        </>
      ),
    },
    { key: 'phone', word: t('phone'), track: 'minmax(var(--s24), 1fr)', cell: ({ customer }) => <span className="figures">{customer.phone}</span> },
    { key: 'visits', word: t('visits'), track: 'minmax(var(--s16), 0.6fr)', figures: true, cell: (row) => t('times', { n: formatCount(row.visits) }) },
    { key: 'spent', word: t('spent'), track: 'minmax(var(--s20), 0.8fr)', figures: true, cell: (row) => money(row.net_minor) },
    { key: 'last', word: t('last'), track: 'minmax(0, 0.8fr)', figures: true, cell: (row) => formatAge(row.last_on, today) },
  ];
}

/** Those who are picked have agreed; how, is written down. */
function EnrolDialog({ ids, onClose }: { ids: readonly CustomerId[]; onClose: () => void }) {
  const { t } = useTranslation('members');
  const [way, setWay] = useState<Way>('spoken');
  const key = useRef(newClientKey());
  const enrol = useEnrol();
  const done = enrol.data;
  const ways: readonly Way[] = ['spoken', 'paper', 'wechat', 'message'];
  return (
    <DeedDialog title={t('enrol_n', { n: formatCount(ids.length) })} deed={t('enrol_n', { n: formatCount(ids.length) })} isDone={done !== undefined} busy={enrol.isPending} isFirst onDeed={() => enrol.mutate({ client_key: key.current, customer_ids: [...ids], way })} onClose={onClose}>
      {!done && <p>{t('agreed', { n: formatCount(ids.length) })}</p>}
      {!done && <Choice<Way> label={t('way')} value={way} onChange={setWay} options={ways.map((value) => ({ value, word: t(`ways.${value as 'spoken'}`) }))} />}
      {done && (
        <Notice tone="done">
          {t('enrolled', { n: formatCount(done.enrolled) })} {done.already > 0 && t('already', { n: formatCount(done.already) })} {done.needs_guardian > 0 && t('needs_guardian', { n: formatCount(done.needs_guardian) })}
        </Notice>
      )}
      {enrol.error && <Notice tone="late">{enrol.error.first}</Notice>}
    </DeedDialog>
  );
}

function InvitesSheet({ visits, from, total, onClose }: { visits: number | undefined; from: number; total: number; onClose: () => void }) {
  const { t } = useTranslation('members');
  const { currency, today } = useBook();
  const money = (minor: number) => formatMoney(minor, currency);
  const sheet = (paper: Paper, rows: readonly Invite[], first: number) => (
    <>
      <SheetHead title={t('title')} note={t('sheet_note', { n: from, day: formatShortDay(today, today) })} />
      {paper === 'A4' ? (
        <SheetTable
          heads={[t('nth'), t('name'), t('phone'), t('visits'), t('spent'), t('last'), t('answer')]}
          rows={rows.map((row, n) => [String(first + n + 1), `${row.customer.name} ${row.customer.salutation ?? ''}`, row.customer.phone ?? '', formatCount(row.visits), money(row.net_minor), formatShortDay(row.last_on, today), ''])}
          figures={[3, 4]}
        />
      ) : (
        rows.map((row) => <Pair key={row.customer.id} paper={paper} left={`${row.customer.name} ${row.customer.phone ?? ''}`} right={t('times', { n: formatCount(row.visits) })} />)
      )}
      {paper === 'A4' && <Lines small>{t('sheet_foot')}</Lines>}
    </>
  );
  return (
    <LongPrint title={t('print')} kind="invites" papers={['A4', '80', '58']} total={total} page={PAGE} load={(offset, limit) => invited(visits, offset, limit)} onClose={onClose}>
      {sheet}
    </LongPrint>
  );
}
