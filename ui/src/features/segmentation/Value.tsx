// What the shop lives on: the curve of 80/20 with its sentence, how much hangs on a few customers, who could become a
// good one, who buys promotions only, and how the top fifth differs from the rest.
import type { EChartsOption } from 'echarts';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '@/shared/charts/Chart.tsx';
import { axis, type Look } from '@/shared/charts/look.ts';
import { formatBasisPoints, formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { sizes } from '@/shared/tokens/tokens.ts';
import { PrintValue } from './PrintSheets.tsx';
import { Priorities } from './Priorities.tsx';
import { PromisingRuleDialog } from './PromisingRule.tsx';
import { PromotionRuleDialog } from './PromotionRule.tsx';
import { useInsights, type Insights } from './queries.ts';
import { Seldom } from './Seldom.tsx';
import styles from './segmentation.module.css';
import { TableButton } from './TableButton.tsx';
import { openPeople } from './who.ts';

export function Value({ nav }: { nav: ReactNode }) {
  const { t } = useTranslation('segmentation');
  const { data, error } = useInsights();
  const [printing, setPrinting] = useState(false);
  const print = () => setPrinting(true);
  useKey('Ctrl+P', print, !printing && (data?.buyers ?? 0) > 0);
  return (
    <Screen
      title={t('value.title')}
      note={data && <span className="figures">{t('value.buyers', { n: formatCount(data.buyers) })}</span>}
      tools={nav}
      actions={
        <Button icon="print" hint="Ctrl+P" disabled={!data || data.buyers === 0} onClick={print}>
          {t('people.print')}
        </Button>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {printing && data && <PrintValue view={data} onClose={() => setPrinting(false)} />}
      {data && data.buyers === 0 && <EmptyState drawing="cards" title={t('never.title')} text={t('never.text')} />}
      {data && data.buyers > 0 && (
        <div className={styles.page}>
          <div className={styles.stack}>
            <Card title={data.sentence}>
              <Curve view={data} />
            </Card>
            <Differences view={data} />
            <Seldom />
          </div>
          <div className={styles.stack}>
            <Priorities />
            <Few view={data} />
            <Watch view={data} />
          </div>
        </div>
      )}
    </Screen>
  );
}

/** Lists that are worth a look, with from where on somebody is on the one of promotions. */
function Watch({ view }: { view: Insights }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const [editing, setEditing] = useState<'promotion' | 'promising'>();
  const { promising_rule: promising } = view;
  const close = () => setEditing(undefined);
  return (
    <Card
      title={t('value.watch')}
      side={
        <Menu
          label={t('promotion.rule')}
          actions={[
            { value: 'promising' as const, word: t('promising.rule') },
            { value: 'promotion' as const, word: t('promotion.rule_of') },
          ]}
          onChoose={setEditing}
        />
      }
    >
      <button type="button" className={styles.line} onClick={() => openPeople({ kind: 'latent' }, t('value.latent'))}>
        <span>
          {t('value.latent')}
          <span className="quiet small">{t('value.latent_help')}</span>
        </span>
        <strong className="figures">{word('people', { n: formatCount(view.latent) })}</strong>
      </button>
      <button type="button" className={styles.line} onClick={() => openPeople({ kind: 'promising' }, t('promising.label'))}>
        <span>
          {t('promising.label')}
          <span className="quiet small">{t('promising.help', { orders: promising.most_orders, points: promising.potential_from, times: promising.interactions_from, days: promising.interval_days })}</span>
        </span>
        <strong className="figures">{word('people', { n: formatCount(view.promising) })}</strong>
      </button>
      <button type="button" className={styles.line} onClick={() => openPeople({ kind: 'promotion_only' }, t('value.promotion'))}>
        <span>
          {t('value.promotion')}
          <span className="quiet small">{t('value.promotion_help', { n: view.promotion_rule.orders, share: formatBasisPoints(view.promotion_rule.from_bp) })}</span>
        </span>
        <strong className="figures">{word('people', { n: formatCount(view.promotion_only) })}</strong>
      </button>
      <button type="button" className={styles.line} onClick={() => openPeople({ kind: 'top' }, t('value.top'))}>
        <span>
          {t('value.top')}
          <span className="quiet small">{t('value.top_help')}</span>
        </span>
        <strong className="figures">20%</strong>
      </button>
      {editing === 'promotion' && <PromotionRuleDialog rule={view.promotion_rule} onClose={close} />}
      {editing === 'promising' && <PromisingRuleDialog rule={promising} onClose={close} />}
    </Card>
  );
}

function Curve({ view }: { view: Insights }) {
  const { t } = useTranslation('segmentation');
  const option = useMemo(
    () =>
      (look: Look): EChartsOption => ({
        grid: { left: look.px(56), right: look.px(24), top: look.px(24), bottom: look.px(48) },
        tooltip: {
          trigger: 'axis',
          formatter: (params) => {
            const at = (Array.isArray(params) ? params[0] : params)?.value as [number, number] | undefined;
            return at ? t('value.point', { people: formatBasisPoints(at[0] * 100), money: formatBasisPoints(at[1] * 100) }) : '';
          },
        },
        xAxis: axis(look, { type: 'value', min: 0, max: 100, name: t('value.share_people'), nameLocation: 'middle', nameGap: look.px(28), axisLabel: { formatter: '{value}%', color: look.colours.ink2, fontSize: look.px(sizes.t12) }, splitLine: { show: false } }) as never,
        yAxis: axis(look, { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value}%', color: look.colours.ink2, fontSize: look.px(sizes.t12) } }) as never,
        series: [
          {
            type: 'line',
            symbol: 'circle',
            symbolSize: look.px(6),
            showSymbol: false,
            lineStyle: { width: 2, color: look.colours.primary },
            itemStyle: { color: look.colours.primary },
            areaStyle: { color: look.colours.primarySoft },
            data: [{ value: [0, 0] }, ...view.curve.map((point) => ({ id: String(point.rank), value: [point.people_bp / 100, Math.min(100, point.money_bp / 100)] }))],
            markLine: { silent: true, symbol: 'none', lineStyle: { color: look.colours.lineStrong }, label: { color: look.colours.ink2, formatter: '20%' }, data: [{ xAxis: 20 }] },
          },
        ],
      }),
    [view, t],
  );
  const rows = view.curve.map((point) => ({ key: String(point.rank), word: t('value.first', { n: formatCount(point.rank), share: formatBasisPoints(point.people_bp) }), figure: formatBasisPoints(point.money_bp) }));
  return <Chart tall label={view.sentence} option={option} rows={rows} onOpen={(rank) => openPeople({ kind: 'ranks', from: 1, to: Number(rank) }, t('value.first_people', { n: formatCount(Number(rank)) }))} tools={<TableButton chart={{ kind: 'curve' }} />} />;
}

function Few({ view }: { view: Insights }) {
  const { t } = useTranslation('segmentation');
  const warned = view.concentration.filter((few) => few.share_bp >= few.warn_from_bp && view.buyers > few.first);
  return (
    <Card title={t('value.few')} side={<TableButton chart={{ kind: 'concentration' }} />}>
      {view.concentration.map((few) => (
        <button key={few.first} type="button" className={styles.line} onClick={() => openPeople({ kind: 'ranks', from: 1, to: few.first }, t('value.first_people', { n: few.first }))}>
          <span>
            {t('value.first_people', { n: few.first })}
            <span className="quiet small">{t('value.warn_from', { share: formatBasisPoints(few.warn_from_bp) })}</span>
          </span>
          <strong className="figures">{formatBasisPoints(few.share_bp)}</strong>
        </button>
      ))}
      {warned.length > 0 && <Notice tone="soon">{t('value.warn', { n: warned[0]?.first ?? 1, share: formatBasisPoints(warned[0]?.share_bp ?? 0) })}</Notice>}
    </Card>
  );
}

function Differences({ view }: { view: Insights }) {
  const { t } = useTranslation('segmentation');
  if (view.top.length === 0) return null;
  return (
    <Card title={t('value.differs')} side={<DifferenceLegend />}>
      <ul>
        {view.top.map((trait) => (
          <li key={`${trait.field} ${trait.word}`} className={styles.trait}>
            <span>
              {trait.word}
              <span className="quiet small">{t(`value.field.${trait.field as 'source'}`)}</span>
            </span>
            <svg viewBox="0 0 100 12" preserveAspectRatio="none" className={styles.lines} aria-hidden>
              <rect className={styles.track} width="100" height="4" />
              <rect className={styles.money} width={trait.top_bp / 100} height="4" />
              <rect className={styles.track} y="8" width="100" height="4" />
              <rect className={styles.people} y="8" width={trait.rest_bp / 100} height="4" />
            </svg>
            <span className="figures">
              {formatBasisPoints(trait.top_bp)} <span className="quiet">/ {formatBasisPoints(trait.rest_bp)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function DifferenceLegend() {
  const { t } = useTranslation('segmentation');
  return (
    <>
      <span className={styles.legend}>
        <span data-line="money">{t('value.of_top')}</span>
        <span data-line="people">{t('value.of_rest')}</span>
      </span>
      <TableButton chart={{ kind: 'top_fifth' }} />
    </>
  );
}
