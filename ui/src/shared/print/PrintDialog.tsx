// A sheet before it is printed: what it will look like on the chosen paper, and one key that prints it through the
// system's dialog, where it can also be kept as a PDF. The sheet is drawn twice, once here and once for the printer
// alone, which sees nothing else of the window.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useKey } from '../hooks/keys.ts';
import { Button } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { pageRule, rememberedPaper, rememberPaper, setPage, type Paper } from './paper.ts';
import { PaperChoice } from './PaperChoice.tsx';
import styles from './print.module.css';

interface Props {
  title: string;
  /** The kind of sheet, by which the paper is remembered. */
  kind: string;
  papers: readonly Paper[];
  /** Waits for what the sheet shows. */
  isReady?: boolean;
  onClose: () => void;
  /** What may still be written before it is printed. */
  form?: ReactNode;
  children: (paper: Paper) => ReactNode;
}

export function PrintDialog({ title, kind, papers, isReady = true, onClose, form, children }: Props) {
  const { t } = useTranslation('print');
  const [paper, setPaper] = useState(() => rememberedPaper(kind, papers));
  const preview = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isReady && preview.current) setPage(pageRule(paper, preview.current.offsetHeight));
  });
  const print = () => {
    if (!isReady) return;
    rememberPaper(kind, paper);
    window.print();
  };
  useKey('Ctrl+P', print);
  return (
    <>
      <Dialog
        title={title}
        wide
        onClose={onClose}
        footer={
          <>
            <PaperChoice papers={papers} paper={paper} onChoose={setPaper} />
            <Button kind="main" icon="print" hint="Ctrl+P" disabled={!isReady} onClick={print} data-autofocus>
              {t('print')}
            </Button>
          </>
        }
      >
        {form}
        <div className={styles.desk}>
          <div ref={preview} className={styles.paper} data-paper={paper} data-preview>
            {children(paper)}
          </div>
        </div>
        <p className="quiet small">{t('help')}</p>
      </Dialog>
      {createPortal(
        <div className={styles.printed} data-printed>
          <div className={styles.paper} data-paper={paper}>
            {children(paper)}
          </div>
        </div>,
        document.body,
      )}
    </>
  );
}
