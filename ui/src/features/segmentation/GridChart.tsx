// The grid of steps as a heat map: recency against frequency with money as the shade, or all 125 cells in five sheets.
import type { EChartsOption } from 'echarts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { Chart } from '@/shared/charts/Chart.tsx';
import { axis, type Look } from '@/shared/charts/look.ts';
import { formatCount } from '@/shared/format/index.ts';
import { Choice } from '@/shared/parts/Choice.tsx';
import type { Grid } from './queries.ts';
import { TableButton } from './TableButton.tsx';
import { openPeople } from './who.ts';

interface Cell {
  key: string;
  across: number;
  up: number;
  people: number;
  /** Net spend per person, in minor units. */
  money: number;
}

/** The cells of two bands, those of a third one added up or only those of one step of it. */
export function cells(grid: Grid, step: number): Cell[] {
  const found = new Map<string, { across: number; up: number; people: number; net: number }>();
  for (const cell of grid.cells) {
    const [across = 0, up = 0, third] = cell.steps;
    if (step > 0 && third !== step) continue;
    const key = `${across}-${up}`;
    const before = found.get(key) ?? { across, up, people: 0, net: 0 };
    found.set(key, { across, up, people: before.people + cell.people, net: before.net + cell.net_minor });
  }
  return [...found].map(([key, { net, ...cell }]) => ({ key, ...cell, money: cell.people === 0 ? 0 : Math.round(net / cell.people) }));
}

export function GridChart({ scheme, grid }: { scheme: string; grid: Grid }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const [step, setStep] = useState(0);
  const [first, second, third] = grid.bands;
  const shown = useMemo(() => cells(grid, step), [grid, step]);
  const option = useMemo(() => {
    const top = Math.max(1, ...shown.map((cell) => cell.money));
    const steps = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1));
    return (look: Look): EChartsOption => ({
      grid: { left: look.px(64), right: look.px(24), top: look.px(24), bottom: look.px(72) },
      tooltip: {
        formatter: (params) => {
          const cell = (Array.isArray(params) ? params[0] : params)?.data as { people: number; money: number } | undefined;
          return cell ? `${word('people', { n: formatCount(cell.people) })}\n${t('grid.each', { amount: money(cell.money) })}` : '';
        },
      },
      xAxis: axis(look, { type: 'category', data: steps(first?.steps ?? 5), name: first?.name, nameLocation: 'middle', nameGap: look.px(28), splitArea: { show: false } }) as never,
      yAxis: axis(look, { type: 'category', data: steps(second?.steps ?? 5), name: second?.name, nameLocation: 'middle', nameGap: look.px(36), splitArea: { show: false } }) as never,
      visualMap: { min: 0, max: top, dimension: 2, show: true, orient: 'horizontal', left: 'center', bottom: 0, itemWidth: look.px(12), itemHeight: look.px(120), calculable: false, text: [t('grid.more'), t('grid.less')], textStyle: { color: look.colours.ink2 }, inRange: { color: [...look.ramp] } },
      series: [
        {
          type: 'heatmap',
          data: shown.map((cell) => ({ id: cell.key, value: [cell.across - 1, cell.up - 1, cell.money], people: cell.people, money: cell.money, label: { color: cell.money * 3 > top * 2 ? look.colours.onPrimary : look.colours.ink } })),
          label: { show: true, formatter: (params) => formatCount((params.data as unknown as { people: number }).people), fontSize: look.px(13) },
          itemStyle: { borderColor: look.colours.card, borderWidth: 2 },
          emphasis: { itemStyle: { borderColor: look.colours.ink } },
        },
      ],
    });
  }, [first, second, shown, money, t, word]);
  const open = (key: string) => {
    const cell = shown.find((one) => one.key === key);
    if (!cell || !first || !second) return;
    const steps = [
      { band: first.band, step: cell.across },
      { band: second.band, step: cell.up },
      ...(step > 0 && third ? [{ band: third.band, step }] : []),
    ];
    openPeople({ kind: 'cell', scheme, steps }, name(cell));
  };
  const name = (cell: Cell) => [`${first?.name ?? ''} ${cell.across}`, `${second?.name ?? ''} ${cell.up}`, ...(step > 0 && third ? [`${third.name} ${step}`] : [])].join(' · ');
  const rows = [...shown].sort((a, b) => b.across - a.across || b.up - a.up).map((cell) => ({ key: cell.key, word: name(cell), figure: `${word('people', { n: formatCount(cell.people) })} · ${t('grid.each', { amount: money(cell.money) })}` }));
  return (
    <>
      {third && <Choice label={third.name} value={step} options={[{ value: 0, word: t('grid.all', { name: third.name }) }, ...Array.from({ length: third.steps }, (_, n) => ({ value: n + 1, word: t('grid.step', { n: n + 1 }) }))]} onChange={setStep} />}
      <Chart tall label={t('grid.title')} option={option} rows={rows} onOpen={open} tools={<TableButton chart={{ kind: 'grid', scheme, ...(step > 0 ? { step } : {}) }} />} />
    </>
  );
}
