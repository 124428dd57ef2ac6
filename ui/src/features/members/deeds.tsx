// What can be done with a whole list, or with those who are picked: a tag, a file.
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { pickTableFile, useExport, useJob, useTag, useUntag, type Column, type CustomerId, type File } from './queries.ts';

interface DeedProps {
  title: string;
  /** What the button says that does it. */
  deed: string;
  isDone: boolean;
  busy: boolean;
  disabled?: boolean;
  /** The deed itself has the focus, not a field. */
  isFirst?: boolean;
  onDeed: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Asks for a deed, and says afterwards what came of it. */
export function DeedDialog({ title, deed, isDone, busy, disabled = false, isFirst = false, onDeed, onClose, children }: DeedProps) {
  const { t: word } = useTranslation('common');
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        isDone ? (
          <Button kind="main" onClick={onClose} data-autofocus>
            {word('done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{word('cancel')}</Button>
            <Button kind="main" busy={busy} disabled={disabled || undefined} data-autofocus={isFirst || undefined} onClick={onDeed}>
              {deed}
            </Button>
          </>
        )
      }
    >
      {children}
    </Dialog>
  );
}

/** The whole list in a file and on paper. */
export function ListDeeds({ file, onPrint }: { file: { isBusy: boolean; write: () => void }; onPrint: () => void }) {
  const { t } = useTranslation('members');
  return (
    <>
      <Button icon="export" busy={file.isBusy} onClick={file.write}>
        {t('export')}
      </Button>
      <Button icon="print" hint="Ctrl+P" onClick={onPrint}>
        {t('print')}
      </Button>
    </>
  );
}

interface TagProps {
  start: string;
  people: number;
  ids: () => Promise<CustomerId[]>;
  onClose: () => void;
}

export function TagDialog({ start, people, ids, onClose }: TagProps) {
  const { t } = useTranslation('members');
  const [tag, setTag] = useState(start);
  const [problem, setProblem] = useState<string>();
  const key = useRef(newClientKey());
  const act = useTag();
  const undo = useUntag();
  const give = async () => {
    if (act.isPending || tag.trim() === '') return;
    try {
      act.mutate({ ids: await ids(), except: [], add: [tag.trim()], remove: [], client_key: key.current });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const done = act.data;
  return (
    <DeedDialog title={t('tag.title')} deed={t('tag.give', { n: formatCount(people) })} isDone={done !== undefined} busy={act.isPending} disabled={tag.trim() === ''} onDeed={() => void give()} onClose={onClose}>
      {!done && <TextField label={t('tag.name')} help={t('tag.help')} value={tag} onChange={(event) => setTag(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && !isComposing(event) && void give()} error={act.error?.of('add')} data-autofocus />}
      {done && !undo.isSuccess && (
        <Notice
          tone="done"
          action={
            <Button busy={undo.isPending} onClick={() => done.id !== null && undo.mutate({ id: done.id })}>
              {t('undo')}
            </Button>
          }
        >
          {t('tag.given', { n: formatCount(done.changes), tag: tag.trim() })}
        </Notice>
      )}
      {undo.isSuccess && <Notice tone="done">{t('undone')}</Notice>}
      {(problem ?? undo.error?.message ?? (act.error?.fields.length === 0 ? act.error.message : undefined)) && <Notice tone="late">{problem ?? undo.error?.message ?? act.error?.message}</Notice>}
    </DeedDialog>
  );
}

const COLUMNS: readonly Column[] = ['name', 'salutation', 'phone', 'member_no', 'tier', 'orders', 'net', 'last_on'];

/** Writes people into a file that is chosen; says how that went. */
export function useToFile(ids: () => Promise<CustomerId[]>) {
  const { t } = useTranslation('members');
  const [problem, setProblem] = useState<string>();
  const start = useExport();
  const job = useJob(start.data?.job);
  const isBusy = start.isPending || job.data?.state === 'running';
  const write = async () => {
    setProblem(undefined);
    try {
      const file = await pickTableFile();
      if (file !== null) start.mutate({ ids: await ids(), except: [], columns: [...COLUMNS], masked: false, file });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const file = job.data?.state === 'done' ? (job.data.result as File | undefined) : undefined;
  const refusal = problem ?? start.error?.message ?? job.data?.error?.message;
  const told = refusal ? (
    <Notice tone="late">{refusal}</Notice>
  ) : (
    file && (
      <Notice tone="done">
        <span className="selectable">{t('file.written', { n: formatCount(file.rows), path: file.path })}</span>
      </Notice>
    )
  );
  return { write: () => void write(), isBusy, told };
}
