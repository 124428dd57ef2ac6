// Words that the shop says again and again, filled in for this case. A variable without a value is pointed out before
// anybody copies it; copying is no response, only confirming that it went out is.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { TextArea } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useSalesWords, useScripts, type Case, type Script } from './queries.ts';
import styles from './complaints.module.css';

interface Props {
  view: Case;
  names: readonly Script['name'][];
  text: string;
  onText: (text: string) => void;
}

/** Braces that are still in a text. */
const unfilled = (text: string): string[] => [...new Set([...text.matchAll(/\{([^{}\n]+)\}/g)].map((found) => found[1]?.trim() ?? ''))];

export function ScriptPicker({ view, names, text, onText }: Props) {
  const { t } = useTranslation('complaints');
  const scripts = useScripts(view.row.id).data?.scripts.filter((each) => names.includes(each.name)) ?? [];
  const [copiedText, setCopiedText] = useState<string>();
  const copied = copiedText === text;
  const missing = unfilled(text);
  const known = ['first_response', 'apology', 'progress', 'solution', 'follow_up'] as const;
  const wordOf = (name: string) => {
    const found = known.find((each) => each === name);
    return found ? t(`script.${found}`) : name;
  };
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopiedText(text);
  };
  return (
    <div className={styles.script}>
      <div className={styles.scriptNames}>
        <span className="quiet small">{t('script.label')}</span>
        {scripts.map((script) => (
          <Button key={script.name} kind="plain" icon="note" onClick={() => onText(script.text)}>
            {wordOf(script.name)}
          </Button>
        ))}
      </div>
      {text !== '' && (
        <>
          <TextArea label={t('script.text')} rows={4} value={text} onChange={(event) => onText(event.target.value)} />
          {missing.length > 0 && <Notice tone="soon">{t('script.missing', { names: missing.join(t('and')) })}</Notice>}
          <div className={styles.line}>
            <Button icon="file" disabled={missing.length > 0} onClick={() => void copy()}>
              {copied ? t('script.copied') : t('script.copy')}
            </Button>
            <span className="quiet small">{t('script.not_sent')}</span>
          </div>
        </>
      )}
    </div>
  );
}

/** A follow-up sells nothing: a word that does is pointed out while it can still be taken back. */
export function SalesGuard({ text }: { text: string }) {
  const { t } = useTranslation('complaints');
  const words = useSalesWords(text).data?.words ?? [];
  if (text.trim() === '' || words.length === 0) return null;
  return <Notice tone="soon">{t('script.sales_words', { words: words.join(t('and')) })}</Notice>;
}
