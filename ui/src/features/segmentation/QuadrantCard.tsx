// Four groups around a cross, each with its people, its money and the strategy of the shop for it. The strategy is
// written where it is read.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextArea } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useSaveService, useService, type Quadrants } from './queries.ts';
import styles from './segmentation.module.css';
import { TableButton } from './TableButton.tsx';
import { openPeople } from './who.ts';

type Cell = Quadrants['cells'][number];

/** Upper row first, as it stands on paper. */
const places = [2, 3, 0, 1] as const;

export function QuadrantCard({ scheme, quadrants }: { scheme: string; quadrants: Quadrants }) {
  const { t } = useTranslation('segmentation');
  const [edited, setEdited] = useState<Cell>();
  const all = quadrants.cells.reduce((sum, cell) => sum + cell.people, 0);
  return (
    <Card title={t('quadrants.title', { across: quadrants.across, up: quadrants.up })} side={<QuadrantSide scheme={scheme} />}>
      <div className={styles.cross}>
        <span className={styles.up}>{quadrants.up} ↑</span>
        {places.map((place) => {
          const cell = quadrants.cells[place];
          return cell && <Quarter key={cell.tag.key} cell={cell} share={all === 0 ? 0 : Math.round((cell.people / all) * 100)} scheme={scheme} onEdit={() => setEdited(cell)} />;
        })}
        <span className={styles.across}>{quadrants.across} →</span>
      </div>
      {edited && <StrategyDialog scheme={scheme} cell={edited} onClose={() => setEdited(undefined)} />}
    </Card>
  );
}

function QuadrantSide({ scheme }: { scheme: string }) {
  const { t } = useTranslation('segmentation');
  return (
    <>
      <span>{t('quadrants.help')}</span>
      <TableButton chart={{ kind: 'quadrants', scheme }} />
    </>
  );
}

function Quarter({ cell, share, scheme, onEdit }: { cell: Cell; share: number; scheme: string; onEdit: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  return (
    <section className={styles.quarter} data-color={cell.tag.color}>
      <button type="button" className={styles.quarterHead} onClick={() => openPeople({ kind: 'class', scheme, class: cell.tag.key }, cell.tag.name)} title={t('open', { name: cell.tag.name })}>
        <strong>{cell.tag.name}</strong>
        <span className="figures">
          {word('people', { n: formatCount(cell.people) })} · {share}% · {money(cell.net_minor)}
        </span>
      </button>
      <p className="quiet small">{cell.rule}</p>
      <p className={styles.strategy}>{cell.strategy || t('quadrants.no_strategy')}</p>
      <Button kind="plain" icon="edit" onClick={onEdit}>
        {t('quadrants.edit')}
      </Button>
    </section>
  );
}

function StrategyDialog({ scheme, cell, onClose }: { scheme: string; cell: Cell; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const [text, setText] = useState(cell.strategy);
  const service = useService(scheme);
  const save = useSaveService();
  const policy = service.data?.classes.find((one) => one.tag.key === cell.tag.key)?.policy;
  const keep = () => policy && save.mutate({ scheme, policy, strategy: text }, { onSuccess: onClose });
  return (
    <Dialog
      title={t('quadrants.strategy_of', { name: cell.tag.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" busy={save.isPending || !policy} onClick={keep}>
            {word('save')}
          </Button>
        </>
      }
    >
      {save.error && <Notice tone="late">{save.error.message}</Notice>}
      <TextArea label={t('quadrants.strategy')} rows={5} value={text} onChange={(event) => setText(event.target.value)} data-autofocus />
    </Dialog>
  );
}
