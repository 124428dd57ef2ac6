// The first rows of the file as they were read, with what was guessed about it and a switch by hand.
import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/parts/Card.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { useFieldName } from './Mapping.tsx';
import { encodings, kinds, type Kind, type Look, type Preview, type Report } from './queries.ts';
import styles from './imports.module.css';

interface Props {
  look: Look;
  preview: Preview;
  /** What became of the rows, or would become of them. */
  report?: Report;
  onLook: (look: Look) => void;
}

/** A title or two may stand above the headings. */
const headingRows = (now: number) => Array.from({ length: Math.max(10, now) }, (_, n) => n + 1);

export function FileLook({ look, preview, report, onLook }: Props) {
  const { t } = useTranslation('imports');
  const nameOf = useFieldName();
  const isCells = preview.kind !== 'vcard';
  const numberOf = (n: number) => preview.row_numbers[n] ?? 0;
  const fieldOf = (column: string | undefined) => preview.fields.find((field) => field.column === column)?.field;
  const problemOf = (row: number, field: string | undefined): Problem | undefined => {
    const isHere = (it: Report['errors'][number]) => it.row === row && (it.field ?? undefined) === field;
    const [error, warning] = [report?.errors.find(isHere), report?.warnings.find(isHere)];
    return error ? { tone: 'late', message: error.message } : warning && { tone: 'soon', message: warning.message };
  };
  const known = preview.encoding && !encodings.some((e) => e === preview.encoding) ? [preview.encoding, ...encodings] : encodings;
  return (
    <Card
      title={t('look.title')}
      side={
        <>
          <Pick label={t('look.kind')} value={preview.kind} onChange={(kind) => onLook({ ...look, kind: kind as Kind, map: {} })} options={kinds.map((kind) => ({ value: kind, word: t(`kind.${kind}`) }))} />
          {preview.encoding && <Pick label={t('look.encoding')} value={preview.encoding} onChange={(encoding) => onLook({ ...look, encoding })} options={known.map((encoding) => ({ value: encoding, word: encoding }))} />}
          {isCells && <Pick label={t('look.heading')} value={String(preview.heading)} onChange={(heading) => onLook({ ...look, heading: Number(heading), map: {} })} options={[{ value: '0', word: t('look.no_heading') }, ...headingRows(preview.heading).map((row) => ({ value: String(row), word: t('look.heading_row', { n: row }) }))]} />}
          {preview.sheets.length > 1 && <Pick label={t('look.sheet')} value={preview.sheet ?? ''} onChange={(sheet) => onLook({ ...look, sheet, heading: null, map: {} })} options={preview.sheets.map((sheet) => ({ value: sheet, word: sheet }))} />}
        </>
      }
      flush
    >
      <div className={styles.scroller}>
        <table className={styles.rows}>
          <thead>
            <tr>
              {report && <th />}
              {preview.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                  {preview.heading === 0 && fieldOf(column) && <span className="quiet small"> {nameOf(fieldOf(column) ?? '')}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, n) => (
              // Rows of a strange file have nothing else to be told apart by.
              <tr key={`row-${n + 1}`}>
                {report && <Verdict report={report} row={numberOf(n)} problem={problemOf(numberOf(n), undefined)} />}
                {row.map((cell, c) => {
                  const field = fieldOf(preview.columns[c]);
                  const problem = field && problemOf(numberOf(n), field);
                  return (
                    <td key={preview.columns[c] ?? `cell-${c + 1}`} className="selectable" data-wrong={problem ? problem.tone : undefined} title={problem ? problem.message : undefined}>
                      {cell}
                      {problem && <Wrong problem={problem} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.hint}>{t('look.garbled')}</p>
    </Card>
  );
}

/** Why a cell or a row is left out, or what of it is worth a look although it comes in. */
interface Problem {
  tone: 'late' | 'soon';
  message: string;
}

function Wrong({ problem }: { problem: Problem }) {
  const { t } = useTranslation('imports');
  return (
    <span className={styles.wrong} data-tone={problem.tone}>
      <b>{t(`look.tone.${problem.tone}`)}</b> {problem.message}
    </span>
  );
}

/** Whether the row is new, changes somebody, is known, or is left out. */
function Verdict({ report, row, problem }: { report: Report; row: number; problem: Problem | undefined }) {
  const { t } = useTranslation('imports');
  const what = report.first_rows.find((it) => it.row === row)?.what;
  return (
    <td className={styles.verdict} data-what={what}>
      {what && t(`look.verdict.${what}`)}
      {problem && <Wrong problem={problem} />}
    </td>
  );
}
