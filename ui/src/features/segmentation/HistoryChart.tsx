// How the classes grew and shrank from run to run, and who went from where to where in the last one.
import type { EChartsOption } from 'echarts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { Chart } from '@/shared/charts/Chart.tsx';
import { axis, type Look } from '@/shared/charts/look.ts';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import type { Charts, Moves } from './queries.ts';
import { TableButton } from './TableButton.tsx';
import { openPeople } from './who.ts';

export function HistoryChart({ scheme, history }: { scheme: string; history: Charts['history'] }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const tags = useMemo(() => [...new Map(history.flatMap((day) => day.sizes.map((size) => [size.tag.key, size.tag] as const))).values()], [history]);
  const option = useMemo(
    () =>
      (look: Look): EChartsOption => ({
        grid: { left: look.px(56), right: look.px(16), top: look.px(16), bottom: look.px(64) },
        legend: { bottom: 0, textStyle: { color: look.colours.ink2 }, icon: 'roundRect', itemHeight: look.px(8) },
        tooltip: { trigger: 'axis' },
        xAxis: axis(look, { type: 'category', data: history.map((day) => formatShortDay(day.on, today)) }) as never,
        yAxis: axis(look, { type: 'value', minInterval: 1 }) as never,
        series: tags.map((tag) => ({
          type: 'bar',
          stack: 'all',
          name: tag.name,
          barMaxWidth: look.px(48),
          color: look.ofClass(tag.color),
          itemStyle: { borderColor: look.colours.card, borderWidth: 1 },
          data: history.map((day) => ({ id: tag.key, value: day.sizes.find((size) => size.tag.key === tag.key)?.people ?? 0 })),
        })),
      }),
    [history, tags, today],
  );
  const last = history.at(-1);
  const rows = history.flatMap((day) => day.sizes.map((size) => ({ key: `${day.on} ${size.tag.key}`, word: `${formatShortDay(day.on, today)} · ${size.tag.name}`, figure: word('people', { n: formatCount(size.people) }) })));
  const open = (key: string) => {
    const tag = last?.sizes.find((size) => size.tag.key === key.split(' ').at(-1))?.tag;
    if (tag) openPeople({ kind: 'class', scheme, class: tag.key }, tag.name);
  };
  return <Chart tall label={t('history.title')} option={option} rows={rows} onOpen={open} tools={<TableButton chart={{ kind: 'sizes', scheme }} />} />;
}

export function FlowChart({ scheme, moves }: { scheme: string; moves: Moves }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const option = useMemo(() => {
    const from = (move: Moves[number]) => move.from?.name ?? t('moves.first');
    // The same class stands on both sides, so the right one carries a mark that nobody sees.
    const right = (name: string) => `${name}\u200b`;
    const colours = new Map(moves.flatMap((move) => [...(move.from ? [[move.from.name, move.from.color] as const] : []), [right(move.to.name), move.to.color] as const]));
    const names = [...new Set(moves.flatMap((move) => [from(move), right(move.to.name)]))];
    return (look: Look): EChartsOption => ({
      // While it grows, the names beside it are cut off; in a window that stands still it would never end.
      animation: false,
      series: [
        {
          type: 'sankey',
          left: look.px(208),
          right: look.px(208),
          top: look.px(16),
          bottom: look.px(16),
          nodeGap: look.px(16),
          draggable: false,
          // Names stand outside, so that no flow runs through them.
          data: names.map((name) => ({ name, itemStyle: { color: look.ofClass(colours.get(name) ?? 'stone') }, label: { position: name.endsWith('\u200b') ? 'right' : 'left' } })),
          links: moves.map((move) => ({ id: `${move.from?.key ?? ''} ${move.to.key}`, source: from(move), target: right(move.to.name), value: move.people })) as never,
          label: { color: look.colours.ink, fontSize: look.px(13), width: look.px(196), overflow: 'truncate', formatter: (params) => params.name.replace('\u200b', '') },
          lineStyle: { color: 'gradient', opacity: 0.35 },
        },
      ],
      tooltip: { trigger: 'item' },
    });
  }, [moves, t]);
  const name = (move: Moves[number]) => `${move.from?.name ?? t('moves.first')} → ${move.to.name}`;
  const rows = [...moves].sort((a, b) => b.people - a.people).map((move) => ({ key: `${move.from?.key ?? ''} ${move.to.key}`, word: name(move), figure: word('people', { n: formatCount(move.people) }) }));
  const open = (key: string) => {
    const move = moves.find((one) => `${one.from?.key ?? ''} ${one.to.key}` === key);
    if (move) openPeople({ kind: 'moved', scheme, from: move.from?.key ?? null, to: move.to.key }, name(move));
  };
  return <Chart label={t('moves.last')} option={option} rows={rows} onOpen={open} tools={<TableButton chart={{ kind: 'moves', scheme }} />} />;
}
