// 产品单: what the sheet says that is handed out, and the sheet itself on paper or as a PDF.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useMoney } from '@/shared/book.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextArea } from '@/shared/parts/Field.tsx';
import { ErrorState, LoadingState, Refused } from '@/shared/parts/States.tsx';
import { Lines, Pair, Part, Photo, PrintDialog, Rule, SheetHead, isSheet, type Paper } from '@/shared/print/index.ts';
import { pickPhoto, useProductSheet, useSaveSheet, type ProductSheet } from './queries.ts';
import styles from './products.module.css';

export function SheetDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('products');
  const { data, error } = useProductSheet(id);
  const [isPrinting, setPrinting] = useState(false);
  if (data && isPrinting) return <SheetPrint sheet={data} onClose={() => setPrinting(false)} />;
  if (data) return <SheetForm sheet={data} onPrint={() => setPrinting(true)} onClose={onClose} />;
  return (
    <Dialog title={t('sheet.title')} wide onClose={onClose}>
      {error ? <ErrorState message={error.message} /> : <LoadingState lines={6} />}
    </Dialog>
  );
}

function SheetForm({ sheet, onPrint, onClose }: { sheet: ProductSheet; onPrint: () => void; onClose: () => void }) {
  const { t } = useTranslation('products');
  const { t: word } = useTranslation('common');
  const [facts, setFacts] = useState(sheet.specification ?? '');
  const [questions, setQuestions] = useState(sheet.questions ?? '');
  const key = useRef(newClientKey());
  const save = useSaveSheet();
  const send = (more: { photo?: string; without_photo: boolean }, then?: () => void) => {
    if (save.isPending) return;
    save.mutate(
      { client_key: key.current, id: sheet.product.id, specification: facts, questions, ...more },
      {
        onSuccess: () => {
          key.current = newClientKey();
          then?.();
        },
      },
    );
  };
  const choose = async () => {
    const photo = await pickPhoto();
    if (photo !== null) send({ photo, without_photo: false });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send({ without_photo: false }, onPrint);
  };
  const { error } = save;
  return (
    <Dialog title={t('sheet.of', { what: sheet.product.name })} wide onClose={onClose}>
      <form className={styles.form} onSubmit={submit} onKeyDown={nextFieldOnEnter}>
        <TextArea label={t('sheet.facts')} optional rows={7} help={t('sheet.facts_help')} value={facts} onChange={(event) => setFacts(event.target.value)} error={error?.of('specification')} />
        <TextArea label={t('sheet.questions')} optional rows={7} help={t('sheet.questions_help')} value={questions} onChange={(event) => setQuestions(event.target.value)} error={error?.of('questions')} />
        <Field label={t('sheet.photo')} optional help={t('sheet.photo_help')} error={error?.of('photo')}>
          {({ id }) => (
            <div className={styles.photo}>
              {sheet.photo && <img src={sheet.photo} alt={t('sheet.photo')} />}
              <Button id={id} icon="plus" busy={save.isPending} onClick={() => void choose()}>
                {t(sheet.photo ? 'sheet.other_photo' : 'sheet.choose_photo')}
              </Button>
              {sheet.photo && (
                <Button kind="plain" icon="close" onClick={() => send({ without_photo: true })}>
                  {t('sheet.no_photo')}
                </Button>
              )}
            </div>
          )}
        </Field>
        <Refused error={error} />
        <div className={styles.buttons}>
          <Button onClick={onClose} hint="Escape">
            {word('cancel')}
          </Button>
          <Button onClick={() => send({ without_photo: false }, onClose)}>{word('save')}</Button>
          <Button kind="main" icon="print" type="submit" busy={save.isPending}>
            {t('sheet.print')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A fact is a word and what it is; a line without a colon stands as it is. */
export function readFacts(text: string): { word: string; what: string }[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter(Boolean).map((line) => {
    const at = line.search(/[:：]/);
    return at > 0 ? { word: line.slice(0, at).trim(), what: line.slice(at + 1).trim() } : { word: line, what: '' };
  });
}

function SheetPrint({ sheet, onClose }: { sheet: ProductSheet; onClose: () => void }) {
  const { t } = useTranslation('products');
  return (
    <PrintDialog title={t('sheet.title')} kind="product" papers={['A4', 'A5', '80', '58']} onClose={onClose}>
      {(paper) => <SheetPaper sheet={sheet} paper={paper} />}
    </PrintDialog>
  );
}

export function SheetPaper({ sheet, paper }: { sheet: ProductSheet; paper: Paper }) {
  const { t } = useTranslation('products');
  const money = useMoney();
  const { product } = sheet;
  const facts = readFacts(sheet.specification ?? '');
  return (
    <>
      <SheetHead title={t('sheet.title')} />
      <Lines center strong>
        {product.name}
      </Lines>
      <Lines center small>
        {[product.category, product.sku].filter(Boolean).join(' · ')}
      </Lines>
      {sheet.photo && <Photo src={sheet.photo} label={product.name} />}
      {product.price_minor != null && <Pair paper={paper} left={t('fields.price')} right={money(product.price_minor)} strong />}
      {!isSheet(paper) && <Rule />}
      {facts.length > 0 && (
        <Part title={t('sheet.facts')}>
          {facts.map(({ word, what }) => (what === '' ? <Lines key={word}>{word}</Lines> : <Pair key={word + what} paper={paper} left={word} right={what} />))}
        </Part>
      )}
      {sheet.questions && (
        <Part title={t('sheet.questions')}>
          <Lines>{sheet.questions}</Lines>
        </Part>
      )}
    </>
  );
}
