// Why customers come seldom: a pie of the newest reason of each, and of whom nobody wrote it down. Every piece opens its
// people.
import type { EChartsOption } from 'echarts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '@/shared/charts/Chart.tsx';
import type { Look } from '@/shared/charts/look.ts';
import { formatCount } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { sizes } from '@/shared/tokens/tokens.ts';
import { useSeldomReasons, type Reasons } from './queries.ts';
import styles from './segmentation.module.css';
import { openPeople } from './who.ts';

type Why = Reasons['reasons'][number]['why'];

export function Seldom() {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { data } = useSeldomReasons();
  if (!data || (data.people === 0 && data.unasked === 0)) return null;
  return (
    <Card title={t('seldom.title')}>
      {data.people > 0 && <Pie reasons={data.reasons} />}
      <button type="button" className={styles.line} onClick={() => openPeople({ kind: 'seldom', why: null }, t('seldom.unasked'))}>
        <span>
          {t('seldom.unasked')}
          <span className="quiet small">{t('seldom.unasked_help')}</span>
        </span>
        <strong className="figures">{word('people', { n: formatCount(data.unasked) })}</strong>
      </button>
      {data.people > 0 && <p className="quiet small">{t('seldom.help')}</p>}
    </Card>
  );
}

function Pie({ reasons }: { reasons: Reasons['reasons'] }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const option = useMemo(
    () =>
      (look: Look): EChartsOption => ({
        tooltip: { trigger: 'item' },
        series: [
          {
            type: 'pie',
            radius: ['40%', '70%'],
            startAngle: 90,
            itemStyle: { borderColor: look.colours.card, borderWidth: 2 },
            label: { color: look.colours.ink, fontSize: look.px(sizes.t13), formatter: '{b} {d}%' },
            labelLine: { lineStyle: { color: look.colours.lineStrong } },
            data: reasons.filter(({ people }) => people > 0).map(({ why, people }) => ({ id: why, name: t(`seldom.why.${why}`), value: people })),
          },
        ],
      }),
    [reasons, t],
  );
  const rows = reasons.map(({ why, people }) => ({ key: why, word: t(`seldom.why.${why}`), figure: word('people', { n: formatCount(people) }) }));
  const open = (key: string) => openPeople({ kind: 'seldom', why: key as Why }, `${t('seldom.title')} · ${t(`seldom.why.${key as Why}`)}`);
  return <Chart label={t('seldom.title')} option={option} rows={rows} onOpen={open} />;
}
