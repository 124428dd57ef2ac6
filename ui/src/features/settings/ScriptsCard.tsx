// The words for the first answer, the apology and so on. Empty means the usual ones again.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { TextArea } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { useBareScripts, useChangeScript, type BareScript } from './queries.ts';
import styles from './settings.module.css';

export function ScriptsCard({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation('settings');
  const { data } = useBareScripts();
  if (!data) return null;
  return (
    <Card title={t('scripts.title')}>
      <p className="quiet small">{t('scripts.help')}</p>
      <div className={styles.form}>
        {data.scripts.map((script) => (
          <Script key={`${script.name}-${script.template}`} script={script} mayChange={mayChange} />
        ))}
      </div>
    </Card>
  );
}

const names = ['first_response', 'apology', 'progress', 'solution', 'follow_up'] as const;

function Script({ script, mayChange }: { script: BareScript; mayChange: boolean }) {
  const { t } = useTranslation('settings');
  const { t: word } = useTranslation('common');
  const { t: complaintWord } = useTranslation('complaints');
  const [text, setText] = useState(script.template);
  const key = useRef(newClientKey());
  const save = useChangeScript();
  const known = names.find((each) => each === script.name);
  const send = (words: string | null) => save.mutate({ client_key: key.current, name: script.name, text: words });
  return (
    <div className={styles.form}>
      <TextArea label={known ? complaintWord(`script.${known}`) : script.name} rows={3} value={text} readOnly={!mayChange} onChange={(event) => setText(event.target.value)} error={save.error?.of('text')} />
      <Refused error={save.error} />
      {mayChange && (
        <div className={styles.buttons}>
          <Button disabled={text.trim() === script.template.trim() || undefined} busy={save.isPending} onClick={() => send(text)}>
            {word('save')}
          </Button>
          {script.is_own && (
            <Button kind="plain" onClick={() => send(null)}>
              {t('scripts.usual')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
