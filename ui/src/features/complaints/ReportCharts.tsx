// The report as pictures: how promises were kept group by group, and which causes make up most of the complaints.
import type { EChartsOption } from 'echarts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '@/shared/charts/Chart.tsx';
import { axis, type Look } from '@/shared/charts/look.ts';
import { formatBasisPoints } from '@/shared/format/index.ts';
import type { Report } from './queries.ts';

const MOST_GROUPS = 12;
const MOST_CAUSES = 10;
/** More causes than this are written at a slant. */
const TURNED = 5;
const promises = ['response', 'resolution', 'follow_up'] as const;

/** Hundredths of a per cent as a number that a chart can draw. */
const percent = (bp: number | null | undefined): number | null => (bp === null || bp === undefined ? null : bp / 100);

export function KeptChart({ groups, word, label }: { groups: Report['groups']; word: (group: string) => string; label: string }) {
  const { t } = useTranslation('complaints');
  const shown = useMemo(() => groups.slice(-MOST_GROUPS).map((group) => ({ name: word(group.group), group })), [groups, word]);
  const option = useMemo(
    () =>
      (look: Look): EChartsOption => ({
        grid: { left: look.px(56), right: look.px(16), top: look.px(16), bottom: look.px(64) },
        legend: { bottom: 0, textStyle: { color: look.colours.ink2 }, icon: 'roundRect', itemHeight: look.px(8) },
        tooltip: { trigger: 'axis', valueFormatter: (value) => (typeof value === 'number' ? `${value}%` : '–') },
        xAxis: axis(look, { type: 'category', data: shown.map((each) => each.name) }) as never,
        yAxis: axis(look, { type: 'value', min: 0, max: 100, axisLabel: { color: look.colours.ink2, formatter: '{value}%' } }) as never,
        series: promises.map((promise, n) => ({
          type: 'bar',
          name: t(`promise.${promise}`),
          barMaxWidth: look.px(28),
          color: look.series[n],
          data: shown.map(({ group }) => percent(group.promises.find((each) => each.promise === promise)?.met_bp)),
        })),
      }),
    [shown, t],
  );
  const rows = shown.flatMap(({ name, group }) =>
    promises.flatMap((promise) => {
      const found = group.promises.find((each) => each.promise === promise);
      if (!found) return [];
      const share = found.met_bp === null ? '–' : formatBasisPoints(found.met_bp);
      return [{ key: `${group.group} ${promise}`, word: `${name} · ${t(`promise.${promise}`)}`, figure: `${share} · ${t('report.judged', { met: found.met, n: found.met + found.broken })}` }];
    }),
  );
  return <Chart label={label} option={option} rows={rows} />;
}

export function CausesChart({ causes, label }: { causes: Report['causes']; label: string }) {
  const { t } = useTranslation('complaints');
  const shown = useMemo(() => causes.slice(0, MOST_CAUSES), [causes]);
  const option = useMemo(
    () =>
      (look: Look): EChartsOption => ({
        grid: { left: look.px(40), right: look.px(56), top: look.px(16), bottom: look.px(shown.length > TURNED ? 72 : 32) },
        tooltip: { trigger: 'axis' },
        xAxis: axis(look, { type: 'category', data: shown.map((each) => each.cause), axisLabel: { color: look.colours.ink2, width: look.px(88), overflow: 'truncate', interval: 0, rotate: shown.length > TURNED ? 30 : 0 } }) as never,
        yAxis: [axis(look, { type: 'value', minInterval: 1 }), axis(look, { type: 'value', min: 0, max: 100, splitLine: { show: false }, axisLabel: { color: look.colours.ink2, formatter: '{value}%' } })] as never,
        series: [
          { type: 'bar', name: t('report.cause_times'), barMaxWidth: look.px(40), color: look.colours.primary, data: shown.map((each) => each.times) },
          { type: 'line', name: t('report.cause_share'), yAxisIndex: 1, color: look.colours.soonFill, symbol: 'circle', symbolSize: look.px(6), data: shown.map((each) => percent(each.up_to_here_bp)), tooltip: { valueFormatter: (value) => `${String(value)}%` } },
        ],
      }),
    [shown, t],
  );
  const rows = shown.map((each) => ({ key: each.cause, word: each.cause, figure: t('report.times', { n: each.times, share: formatBasisPoints(each.up_to_here_bp) }) }));
  return <Chart label={label} option={option} rows={rows} />;
}
