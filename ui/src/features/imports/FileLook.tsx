// The first rows of the file as they were read, with what was guessed about it and a switch by hand.
import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/parts/Card.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { encodings, kinds, type Kind, type Look, type Preview } from './queries.ts';
import styles from './imports.module.css';

interface Props {
  look: Look;
  preview: Preview;
  onLook: (look: Look) => void;
}

/** A title or two may stand above the headings. */
const headingRows = (now: number) => Array.from({ length: Math.max(10, now) }, (_, n) => n + 1);

export function FileLook({ look, preview, onLook }: Props) {
  const { t } = useTranslation('imports');
  const known = preview.encoding && !encodings.some((e) => e === preview.encoding) ? [preview.encoding, ...encodings] : encodings;
  return (
    <Card
      title={t('look.title')}
      side={
        <>
          <Pick label={t('look.kind')} value={preview.kind} onChange={(kind) => onLook({ ...look, kind: kind as Kind, map: {} })} options={kinds.map((kind) => ({ value: kind, word: t(`kind.${kind}`) }))} />
          {preview.encoding && <Pick label={t('look.encoding')} value={preview.encoding} onChange={(encoding) => onLook({ ...look, encoding })} options={known.map((encoding) => ({ value: encoding, word: encoding }))} />}
          {preview.heading > 0 && <Pick label={t('look.heading')} value={String(preview.heading)} onChange={(heading) => onLook({ ...look, heading: Number(heading), map: {} })} options={headingRows(preview.heading).map((row) => ({ value: String(row), word: t('look.heading_row', { n: row }) }))} />}
          {preview.sheets.length > 1 && <Pick label={t('look.sheet')} value={preview.sheet ?? ''} onChange={(sheet) => onLook({ ...look, sheet, heading: null, map: {} })} options={preview.sheets.map((sheet) => ({ value: sheet, word: sheet }))} />}
        </>
      }
      flush
    >
      <div className={styles.scroller}>
        <table className={styles.rows}>
          <thead>
            <tr>
              {preview.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, n) => (
              // Rows of a strange file have nothing else to be told apart by.
              <tr key={`row-${n + 1}`}>
                {row.map((cell, c) => (
                  <td key={preview.columns[c] ?? `cell-${c + 1}`} className="selectable">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.hint}>{t('look.garbled')}</p>
    </Card>
  );
}
