// The columns that the table can show: how each is drawn, and how it is typed over.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import type { CellOption, GridColumn } from '@/shared/parts/grid/types.ts';
import { PriorityMark } from '@/shared/parts/PriorityMark.tsx';
import { SegmentTag } from '@/shared/parts/SegmentTag.tsx';
import { SparedMark } from '@/shared/parts/SparedMark.tsx';
import { TagMark } from '@/shared/parts/TagMark.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { Go } from '@/shared/router.tsx';
import { widthOf } from './layout.ts';
import { useLadder, useOwnFields, useSegments, useTagList, type Cell, type Column, type Layout, type OwnField, type TableRow } from './queries.ts';
import styles from './table.module.css';

const builtIn = ['name', 'salutation', 'member_no', 'mnemonic', 'phone', 'wechat', 'email', 'tier', 'segment', 'class_frequency', 'class_amount', 'class_product', 'priority', 'tags', 'last_on', 'first_on', 'orders', 'net', 'points', 'open_complaints', 'joined_on', 'kind', 'company', 'gender', 'birthday', 'address', 'source', 'note', 'habits', 'completeness'] as const;
type BuiltIn = (typeof builtIn)[number];

const figures: ReadonlySet<Column> = new Set<Column>(['last_on', 'first_on', 'orders', 'net', 'points', 'open_complaints', 'joined_on', 'completeness']);
const computed: ReadonlySet<Column> = new Set<Column>([...figures, 'member_no', 'tier', 'segment', 'class_frequency', 'class_amount', 'class_product', 'priority']);

export const ownColumn = (field: OwnField): Column => `field.${field.id}`;

/** As a cell is typed. */
export const typed = (cell: Cell | undefined): string => (cell == null ? '' : Array.isArray(cell) ? cell.join('、') : String(cell));

/** Every column there is, with its word. */
export function useColumnWords(): { key: Column; word: string }[] {
  const { t } = useTranslation('table');
  const fields = useOwnFields().data?.fields;
  return useMemo(
    () => [
      ...builtIn.map((key) => ({ key: key as Column, word: t(`column.${key}`) })),
      ...(fields ?? []).filter((field) => field.is_active).map((field) => ({ key: ownColumn(field), word: field.unit ? `${field.name}（${field.unit}）` : field.name })),
    ],
    [t, fields],
  );
}

/** The columns of a layout, ready for the grid; `asked` are those of every row's cells. */
export function useTableColumns(layout: Layout, asked: readonly Column[]): GridColumn<TableRow>[] {
  const words = useColumnWords();
  const draw = useDrawing(asked);
  const options = useOptions();
  return useMemo(
    () =>
      layout.columns.flatMap((key) => {
        const word = words.find((it) => it.key === key)?.word;
        if (word === undefined) return [];
        const at = asked.indexOf(key);
        return [
          {
            key,
            word,
            width: widthOf(layout, key),
            figures: figures.has(key),
            cell: (row: TableRow) => draw(key, row.cells[at], row),
            edit: computed.has(key) ? undefined : { text: (row: TableRow) => typed(row.cells[at]), options: options(key) },
          },
        ];
      }),
    [layout, asked, words, draw, options],
  );
}

/** What may be chosen in a cell. */
function useOptions(): (key: Column) => readonly CellOption[] | undefined {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const fields = useOwnFields().data?.fields;
  return useMemo(() => {
    const known = new Map<Column, readonly CellOption[]>([
      ['kind', (['person', 'company'] as const).map((kind) => ({ value: kind, word: t(`kind.${kind}`) }))],
      ['gender', [...(['female', 'male'] as const).map((gender) => ({ value: gender, word: t(`gender.${gender}`) })), { value: '', word: '—' }]],
    ]);
    for (const field of fields ?? []) {
      if (field.kind === 'yes_no') known.set(ownColumn(field), [{ value: 'yes', word: word('yes') }, { value: 'no', word: word('no') }, { value: '', word: '—' }]);
      if (field.kind === 'choice') known.set(ownColumn(field), [...field.options.map((option) => ({ value: option, word: option })), { value: '', word: '—' }]);
    }
    return (key) => known.get(key);
  }, [fields, t, word]);
}

type Draw = (key: Column, cell: Cell | undefined, row: TableRow) => React.ReactNode;

function useDrawing(asked: readonly Column[]): Draw {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  const steps = useLadder().data?.steps;
  const classes = useSegments().data?.classes;
  const fields = useOwnFields().data?.fields;
  const tagList = useTagList().data;
  return useMemo<Draw>(() => {
    const groups = new Map(tagList?.groups.map((group) => [group.id, group.color]));
    const colors = new Map(tagList?.tags.map((tag) => [tag.name, tag.group === null ? undefined : groups.get(tag.group)]));
    const called = asked.indexOf('salutation');
    const yesNo = new Set((fields ?? []).filter((field) => field.kind === 'yes_no').map(ownColumn));
    const day = (cell: Cell | undefined) => typeof cell === 'string' && formatShortDay(cell, today);
    const drawn: Partial<Record<BuiltIn, (cell: Cell, row: TableRow) => React.ReactNode>> = {
      name: (cell, row) => (
        <>
          <Go to={`/customers/${row.id}`} className={styles.name}>
            {cell}
          </Go>
          <span className={`${styles.called} quiet`}>{row.cells[called]}</span>
          <SparedMark caseNo={row.do_not_disturb} />
        </>
      ),
      phone: (cell) => <span className="figures">{cell}</span>,
      tier: (cell) => {
        const tier = steps?.find((step) => step.tier.rank === cell)?.tier;
        return tier && <TierMark name={tier.name} step={tier.rank} of={tier.of} />;
      },
      segment: (cell) => {
        const tag = classes?.find((it) => it.tag.key === cell)?.tag;
        return tag && <SegmentTag name={tag.name} />;
      },
      class_frequency: (cell) => <SegmentTag name={String(cell)} />,
      class_amount: (cell) => <SegmentTag name={String(cell)} />,
      class_product: (cell) => <SegmentTag name={String(cell)} />,
      priority: (cell) => <PriorityMark level={Number(cell)} />,
      tags: (cell) =>
        Array.isArray(cell) && (
          <span className={styles.tags} title={cell.join('、')}>
            {cell.map((tag) => (
              <TagMark key={tag} name={tag} color={colors.get(tag)} />
            ))}
          </span>
        ),
      last_on: (cell) => typeof cell === 'string' && <span title={formatShortDay(cell, today)}>{formatAge(cell, today)}</span>,
      first_on: day,
      joined_on: day,
      orders: (cell) => formatCount(Number(cell)),
      net: (cell) => money(Number(cell)),
      points: (cell) => formatCount(Number(cell)),
      open_complaints: (cell) => (Number(cell) > 0 ? <strong className={styles.open}>{formatCount(Number(cell))}</strong> : <span className="quiet">0</span>),
      kind: (cell) => t(`kind.${cell as 'person'}`),
      gender: (cell) => t(`gender.${cell as 'female'}`),
      completeness: (cell) => `${String(cell)}%`,
    };
    return (key, cell, row) => {
      if (cell == null) return key === 'last_on' ? <span className="quiet">{word('no_visit')}</span> : null;
      const own = drawn[key as BuiltIn];
      if (own) return own(cell, row);
      if (yesNo.has(key)) return word(cell === 'yes' ? 'yes' : 'no');
      return <span title={typed(cell)}>{typed(cell)}</span>;
    };
  }, [asked, t, word, money, today, steps, classes, fields, tagList]);
}
