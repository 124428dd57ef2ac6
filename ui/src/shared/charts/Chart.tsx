// A chart that is a list: a shape opens its people, and the same rows stand as words for the keyboard and for
// anybody who would rather read. Drawn in our tokens, kept as a picture with one button.
import type { EChartsOption } from 'echarts';
import type { EChartsType } from 'echarts/core';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, transport } from '@/backend/index.ts';
import { useAppearance } from '@/shared/appearance.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { lookNow, paintedTheme, shared, usePaintedTheme, type Look } from './look.ts';
import styles from './Chart.module.css';

export interface ChartRow {
  key: string;
  word: ReactNode;
  figure: ReactNode;
}

interface Props {
  /** What the chart shows, for people who do not see it. */
  label: string;
  /** The chart under a look. Data items that can be opened carry the key of their row as `id`. */
  option: (look: Look) => EChartsOption;
  /** The same as words, in order. */
  rows: readonly ChartRow[];
  onOpen?: (key: string) => void;
  tall?: boolean;
  /** What else can be done with it, such as keeping its table. */
  tools?: ReactNode;
}

export function Chart({ label, option, rows, onOpen, tall = false, tools }: Props) {
  const { t } = useTranslation('charts');
  const [asList, setAsList] = useState(false);
  /** Once it stands there; there is nothing to keep before. */
  const [chart, setChart] = useState<EChartsType>();
  const [problem, setProblem] = useState<string>();
  const keep = (drawn: EChartsType) => {
    setProblem(undefined);
    void keepPicture(drawn).catch((error: Error) => setProblem(error.message));
  };
  return (
    <figure className={styles.chart}>
      <div className={styles.tools}>
        {tools}
        <Button kind="plain" onClick={() => setAsList(!asList)} aria-pressed={asList}>
          {asList ? t('as_chart') : t('as_list')}
        </Button>
        {!asList && (
          <Button kind="plain" icon="export" disabled={!chart} onClick={() => chart && keep(chart)}>
            {t('keep_picture')}
          </Button>
        )}
      </div>
      {problem && <Notice tone="late">{problem}</Notice>}
      {asList ? <Rows label={label} rows={rows} onOpen={onOpen} onChart={() => setAsList(false)} /> : <Canvas label={label} option={option} onOpen={onOpen} tall={tall} chart={chart} onChart={setChart} />}
    </figure>
  );
}

/** The words of a chart: the arrow keys walk, Enter opens, Esc goes back to the picture. */
function Rows({ label, rows, onOpen, onChart }: Pick<Props, 'label' | 'rows' | 'onOpen'> & { onChart: () => void }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const walk = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      onChart();
      event.stopPropagation();
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const all = [...(list.current?.querySelectorAll('button') ?? [])];
    all[all.indexOf(event.target as HTMLButtonElement) + by]?.focus();
    event.preventDefault();
  };
  return (
    <ul ref={list} className={styles.rows} aria-label={label} onKeyDown={walk}>
      {rows.map((row) => (
        <li key={row.key}>
          <button type="button" className={styles.row} disabled={!onOpen} onClick={() => onOpen?.(row.key)}>
            <span>{row.word}</span>
            <span className="figures">{row.figure}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Canvas({ label, option, onOpen, tall, chart, onChart }: Pick<Props, 'label' | 'option' | 'onOpen' | 'tall'> & { chart: EChartsType | undefined; onChart: (chart: EChartsType | undefined) => void }) {
  const { t } = useTranslation('charts');
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const { scale } = useAppearance();
  const theme = usePaintedTheme();
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });

  useEffect(() => {
    let gone = false;
    let made: EChartsType | undefined;
    let watch: ResizeObserver | undefined;
    import('./engine.ts')
      .then(({ init }) => {
        if (gone || !box.current) return;
        made = init(box.current, undefined, { renderer: 'canvas' });
        made.on('click', (event) => {
          const key = (event.data as { id?: string } | undefined)?.id;
          if (key !== undefined) open.current?.(key);
        });
        watch = new ResizeObserver(() => made?.resize());
        watch.observe(box.current);
        onChart(made);
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      watch?.disconnect();
      made?.dispose();
      onChart(undefined);
    };
  }, [onChart]);

  useEffect(() => {
    if (!chart) return;
    const now = lookNow(theme, scale);
    // Everything is set anew: what the last option had and this one has not must not stay.
    chart.setOption({ ...shared(now), ...option(now), tooltip: { ...(shared(now).tooltip as object), ...(option(now).tooltip as object | undefined) } }, { notMerge: true });
  }, [chart, option, theme, scale]);

  if (failed) return <Notice tone="late">{t('failed')}</Notice>;
  return <div ref={box} className={styles.canvas} data-tall={tall || undefined} data-open={onOpen ? true : undefined} role="img" aria-label={label} />;
}

/** The chart on the paper of its look, into a file that the person chooses. */
async function keepPicture(chart: EChartsType): Promise<void> {
  const file = await transport().pick('picture_file');
  if (file === null) return;
  const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: lookNow(paintedTheme()).colours.card });
  await call('picture_save', { file, png: url.slice(url.indexOf(',') + 1) });
}
