// 会员: the ladder drawn as steps with the people standing on them; new thresholds show first who would move.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { usePlace } from '@/shared/router.tsx';
import { LadderEditor } from './LadderEditor.tsx';
import { useLadder } from './queries.ts';
import { Poster } from './Poster.tsx';
import { ReviewCard } from './ReviewCard.tsx';
import { StandingPage } from './StandingPage.tsx';
import { Steps } from './Steps.tsx';

export default function LadderScreen() {
  const [, , what, which] = usePlace().path.split('/');
  const id = Number(which);
  return what === 'standing' && Number.isSafeInteger(id) ? <StandingPage key={id} id={id} /> : <LadderPage />;
}

function LadderPage() {
  const { t } = useTranslation('ladder');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const { data, error } = useLadder();
  const [editing, setEditing] = useState(usePlace().query.has('edit'));
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The button that opened the form is there again only after it has gone.
    if (wasEditing.current && !editing) edit.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const [printing, setPrinting] = useState(false);
  const people = data?.steps.reduce((sum, step) => sum + step.people, 0);
  return (
    <Screen
      title={t('title')}
      note={people !== undefined && <span className="figures">{word('people', { n: formatCount(people) })}</span>}
      actions={
        data &&
        !editing && (
          <>
            <Button icon="print" onClick={() => setPrinting(true)}>
              {t('poster.print')}
            </Button>
            <Button kind="main" icon="edit" ref={edit} onClick={() => setEditing(true)}>
              {t('edit')}
            </Button>
          </>
        )
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && (
        <>
          <p className="quiet">
            {data.sentence} {t('since', { day: formatShortDay(data.effective_on, today) })}
          </p>
          <Steps ladder={data} />
          {data.next_version_on && <Notice>{t('upcoming', { day: formatShortDay(data.next_version_on, today) })}</Notice>}
          {editing && <LadderEditor ladder={data} onClose={() => setEditing(false)} />}
          {!editing && <ReviewCard />}
          {printing && <Poster ladder={data} onClose={() => setPrinting(false)} />}
        </>
      )}
    </Screen>
  );
}
