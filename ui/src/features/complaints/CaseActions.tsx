// What can be done with a case now. The backend says what is allowed; the first of it is the main action.
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { ActForm } from './ActForm.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { DuplicateForm, HandOverForm, ReceiptForm, SeverityForm } from './CorrectionForms.tsx';
import { FollowUpForm } from './FollowUpForm.tsx';
import type { Case } from './queries.ts';
import { PromiseForm } from './PromiseForm.tsx';
import { ResolveForm } from './ResolveForm.tsx';
import { RespondForm } from './RespondForm.tsx';
import { Shortcut } from './Shortcut.tsx';
import { StepForm, type Step } from './StepForm.tsx';
import styles from './complaints.module.css';

/** In the order in which a case usually goes. */
const order = ['respond', 'resolve', 'follow_up', 'resume', 'close', 'reopen', 'wait', 'note', 'hand_over', 'promise', 'start', 'customer_wrote', 'severity', 'correct_receipt', 'correct_act', 'duplicate', 'withdraw'] as const;
/** So many stand as buttons; the rest is one step away. */
const AT_HAND = 4;
export type Action = (typeof order)[number];

const wordOnly: ReadonlySet<Action> = new Set(['start', 'resume', 'wait', 'note', 'customer_wrote', 'reopen', 'close', 'withdraw']);

export function allowedActions(view: Case): Action[] {
  // With nobody else in the shop there is nobody to hand over to.
  return order.filter((action) => view.allowed.includes(action) && (action !== 'hand_over' || view.desk.people.length > 0));
}

/** The one main action by where the case stands: answer, then go on, then resolve, then follow up. */
export function mainAction(view: Case): Action | undefined {
  const allowed = allowedActions(view);
  return wantedIn(view).find((action) => allowed.includes(action));
}

function wantedIn(view: Case): Action[] {
  switch (view.row.status) {
    case 'received':
    case 'reopened':
      return ['respond', 'resolve'];
    case 'waiting':
      return ['resume', 'respond'];
    case 'resolved':
      return ['follow_up', 'close'];
    case 'followed_up':
      return view.desk.still_unhappy ? ['reopen', 'close'] : ['close', 'reopen'];
    case 'responded':
    case 'in_progress':
      return ['resolve', 'respond'];
    default:
      return [];
  }
}

export function ActionBar({ view, action, onChoose }: { view: Case; action: Action | undefined; onChoose: (action: Action) => void }) {
  const { t } = useTranslation('complaints');
  const { t: word } = useTranslation('common');
  const allowed = allowedActions(view);
  const atHand = allowed.filter((each, n) => n < AT_HAND || each === action);
  const others = allowed.filter((each) => !atHand.includes(each));
  return (
    <>
      {atHand.map((each, n) => (
        <Button key={each} kind={each === action ? 'main' : 'quiet'} aria-pressed={each === action} aria-keyshortcuts={`Control+${n + 1}`} title={`Ctrl+${n + 1}`} onClick={() => onChoose(each)}>
          {t(`action.${each}`)}
        </Button>
      ))}
      {atHand.map((each, n) => (
        <Shortcut key={each} name={`Ctrl+${n + 1}`} run={() => onChoose(each)} />
      ))}
      <Menu label={word('more')} shortcut="F7" actions={others.map((each) => ({ value: each, word: t(`action.${each}`) }))} onChoose={onChoose} />
    </>
  );
}

const PANEL = 'case-action';

/** What the form that is shown begins with takes the focus: a choice that says so, else what is written. */
export function focusForm(): void {
  const begin = document.querySelector<HTMLElement>(`#${PANEL} [data-begin] input:checked`);
  const written = document.querySelector<HTMLElement>(`#${PANEL} :is(textarea, input:not([type=radio], [type=checkbox]))`);
  (begin ?? written)?.focus();
}

export function ActionPanel({ view, action, onDone }: { view: Case; action: Action; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const id = view.row.id;
  const panel = useRef<HTMLDivElement>(null);
  // A field that takes the focus would be moved to the middle of the window, and what happened out of sight.
  useLayoutEffect(() => {
    const at = document.activeElement;
    const page = panel.current?.closest('main');
    if (!page || !panel.current?.contains(at)) return;
    page.scrollTop = 0;
    at?.scrollIntoView({ block: 'nearest' });
  }, []);
  useKey('Ctrl+S', () => panel.current?.querySelector('form')?.requestSubmit());
  return (
    <div ref={panel} id={PANEL}>
      <Card title={t(`action_title.${action}`)} side={<span className={styles.hintText}>{view.row.kind === 'inquiry' && action === 'resolve' ? t('answer.help') : t(`action_help.${action}`)}</span>}>
        {action === 'respond' && <RespondForm view={view} onDone={onDone} />}
        {action === 'resolve' && (view.row.kind === 'inquiry' ? <AnswerForm id={id} onDone={onDone} /> : <ResolveForm id={id} onDone={onDone} />)}
        {action === 'hand_over' && <HandOverForm view={view} onDone={onDone} />}
        {action === 'severity' && <SeverityForm view={view} onDone={onDone} />}
        {action === 'correct_receipt' && <ReceiptForm view={view} onDone={onDone} />}
        {action === 'correct_act' && <ActForm view={view} onDone={onDone} />}
        {action === 'duplicate' && <DuplicateForm view={view} onDone={onDone} />}
        {action === 'promise' && <PromiseForm view={view} onDone={onDone} />}
        {action === 'follow_up' && <FollowUpForm view={view} onDone={onDone} />}
        {wordOnly.has(action) && <StepForm id={id} step={action as Step} onDone={onDone} />}
      </Card>
    </div>
  );
}
