// A list of any length on paper. The preview shows how it begins; on printing, the rest is fetched page by page with its
// number, laid out while the window goes on answering, and given to the printer as one document. Beyond what a print dialog
// bears, the list comes in parts that are chosen one after the other.
import { startTransition, useEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../format/index.ts';
import { useKey } from '../hooks/keys.ts';
import { Button } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Field } from '../parts/Field.tsx';
import { Pick } from '../parts/Pick.tsx';
import { LoadingState, Notice } from '../parts/States.tsx';
import { pageRule, rememberedPaper, rememberPaper, setPage, type Paper } from './paper.ts';
import { loadAll, partsOf } from './parts.ts';
import { PaperChoice } from './PaperChoice.tsx';
import styles from './print.module.css';

/** So many rows the preview shows. */
const SHOWN = 40;
/** A roll is cut at the latest after so many CSS pixels, some three metres. */
const LONGEST_PX = 11_300;

interface Props<T> {
  title: string;
  /** The kind of sheet, by which the paper is remembered. */
  kind: string;
  papers: readonly Paper[];
  total: number;
  /** So many rows are asked for at once. */
  page: number;
  load: (offset: number, limit: number) => Promise<readonly T[]>;
  /** What may be chosen for a paper before it is printed. */
  forms?: Partial<Record<Paper, ReactNode>>;
  /** The paper whose form is not right yet. */
  unready?: Paper;
  /** So many rows went to the printer. */
  onPrinted?: (paper: Paper, count: number) => void;
  onClose: () => void;
  /** Draws rows; `from` is the place of the first in the whole list. */
  children: (paper: Paper, rows: readonly T[], from: number, isEnd: boolean) => ReactNode;
}

export function LongPrint<T>({ title, kind, papers, total, page, load, forms, unready, onPrinted, onClose, children }: Props<T>) {
  const { t } = useTranslation('print');
  const [paper, choosePaper] = useState(() => rememberedPaper(kind, papers));
  const [place, choosePlace] = useState(0);
  const [first, setFirst] = useState<readonly T[]>();
  const [laid, setLaid] = useState<readonly T[]>();
  const [done, setDone] = useState<number>();
  const [problem, setProblem] = useState('');
  const preview = useRef<HTMLDivElement>(null);
  const turn = useRef(0);
  // Asked to print before the preview was there: then it prints when it is.
  const isWanted = useRef(false);
  const parts = partsOf(total);
  const part = parts[place] ?? { from: 0, to: total };
  const size = part.to - part.from;
  const shown = Math.min(size, SHOWN);
  const again = () => {
    turn.current += 1;
    setLaid(undefined);
    setDone(undefined);
    setProblem('');
  };
  useEffect(() => {
    const mine = turn.current;
    load(part.from, shown).then(
      (rows) => mine === turn.current && setFirst(rows),
      (error: Error) => mine === turn.current && setProblem(error.message),
    );
    // Another part begins elsewhere; how it is loaded is told anew at every drawing and means the same.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [part.from, shown]);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  useEffect(() => {
    if (!laid || !preview.current) return;
    const height = preview.current.offsetHeight * Math.max(1, laid.length / Math.max(1, shown));
    setPage(pageRule(paper, Math.min(height, LONGEST_PX)));
    window.print();
    setDone(undefined);
    onPrinted?.(paper, laid.length);
    // Only what has just been laid out goes to the printer.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [laid]);
  const print = async () => {
    if (done !== undefined || paper === unready) return;
    isWanted.current = !first;
    if (!first) return;
    rememberPaper(kind, paper);
    again();
    setDone(0);
    const mine = turn.current;
    try {
      const rows = await loadAll(part, page, load, (count) => {
        if (mine === turn.current) setDone(count);
        return mine === turn.current;
      });
      if (rows) startTransition(() => setLaid(rows));
    } catch (error) {
      if (mine === turn.current) {
        setDone(undefined);
        setProblem(error instanceof Error ? error.message : String(error));
      }
    }
  };
  useKey('Ctrl+P', () => void print());
  useEffect(() => {
    if (first && isWanted.current) void print();
    // Only what has just come is waited for.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [first]);
  const draw = (rows: readonly T[]) => children(paper, rows, part.from, part.to === total && rows.length >= size);
  const words = (from: number, to: number) => t('part', { from: formatCount(from + 1), to: formatCount(to) });
  return (
    <>
      <Dialog
        title={title}
        wide
        onClose={onClose}
        footer={
          <>
            <PaperChoice
              papers={papers}
              paper={paper}
              onChoose={(to) => {
                again();
                choosePaper(to);
              }}
            />
            {done !== undefined && <Button onClick={again}>{t('stop')}</Button>}
            <Button kind="main" icon="print" hint="Ctrl+P" disabled={!first || paper === unready || undefined} busy={done !== undefined} onClick={() => void print()} data-autofocus>
              {t('print_n', { n: formatCount(size) })}
            </Button>
          </>
        }
      >
        {forms?.[paper]}
        {parts.length > 1 && (
          <Field label={t('parts', { n: parts.length })}>
            {(ids) => (
              <Pick
                id={ids.id}
                field
                label={t('parts', { n: parts.length })}
                value={String(place)}
                onChange={(to) => {
                  again();
                  setFirst(undefined);
                  choosePlace(Number(to));
                }}
                options={parts.map((each, n) => ({ value: String(n), word: words(each.from, each.to) }))}
              />
            )}
          </Field>
        )}
        {done !== undefined && (
          <p className="figures" role="status">
            {t('fetched', { n: formatCount(done), of: formatCount(size) })}
          </p>
        )}
        {problem && <Notice tone="late">{problem}</Notice>}
        <div className={styles.desk}>
          {first ? (
            <div ref={preview} className={styles.paper} data-paper={paper} data-preview>
              {draw(first)}
            </div>
          ) : (
            !problem && <LoadingState />
          )}
        </div>
        {size > shown && <p className="quiet small">{t('shown', { n: formatCount(shown), of: formatCount(size) })}</p>}
        <p className="quiet small">{t('help')}</p>
      </Dialog>
      {createPortal(
        <div className={styles.printed} data-printed>
          <div className={styles.paper} data-paper={paper}>
            {laid && draw(laid)}
          </div>
        </div>,
        document.body,
      )}
    </>
  );
}
