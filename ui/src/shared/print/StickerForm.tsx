// Which sheet of labels lies in the printer, and at which of its labels to begin. The measures of one's own sheet are those
// that are printed on its packet.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, TextField } from '../parts/Field.tsx';
import { Pick } from '../parts/Pick.tsx';
import { formatNames, formats, measures, placesOn, problemOf, sheetOf, type Format, type Measure, type Stickers } from './stickers.ts';
import styles from './print.module.css';

export function StickerForm({ stickers, onChange }: { stickers: Stickers; onChange: (next: Stickers) => void }) {
  const { t } = useTranslation('print');
  const problem = problemOf(stickers);
  const places = placesOn(sheetOf(stickers));
  const said = (measure: Measure | 'start') => (problem?.measure === measure ? t(`sticker.why.${problem.why}`, { n: places }) : undefined);
  return (
    <form className={styles.stickerForm} onSubmit={(event) => event.preventDefault()}>
      <Field label={t('sticker.format')}>
        {(ids) => (
          <Pick
            id={ids.id}
            field
            label={t('sticker.format')}
            value={stickers.format}
            // Another sheet is a new one, and one's own begins as the one that was chosen before.
            onChange={(format) => onChange({ format: format as Format, own: format === 'own' ? sheetOf(stickers) : stickers.own, start: 1 })}
            options={formatNames.map((name) => ({ value: name, word: name === 'own' ? t('sticker.own') : t('sticker.named', { ...formats[name] }) }))}
          />
        )}
      </Field>
      <NumberField label={t('sticker.start', { n: places })} value={stickers.start} error={said('start')} onValue={(start) => onChange({ ...stickers, start })} />
      <p className={`quiet small ${styles.stickerHelp}`}>{t('sticker.help')}</p>
      {stickers.format === 'own' &&
        measures.map((measure) => (
          <NumberField key={measure} label={t(`sticker.measures.${measure}`)} value={stickers.own[measure]} error={said(measure)} onValue={(value) => onChange({ ...stickers, own: { ...stickers.own, [measure]: value } })} />
        ))}
    </form>
  );
}

/** What is typed stays as it was typed, also where it is no number. */
function NumberField({ label, value, error, onValue }: { label: string; value: number; error: string | undefined; onValue: (value: number) => void }) {
  const [typed, setTyped] = useState(() => String(value));
  const shown = Number.isNaN(value) || numberOf(typed) === value ? typed : String(value);
  return (
    <TextField
      label={label}
      error={error}
      value={shown}
      inputMode="decimal"
      onChange={(event) => {
        setTyped(event.target.value);
        onValue(numberOf(event.target.value));
      }}
    />
  );
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim().replace('．', '.').replace(',', '.')));
