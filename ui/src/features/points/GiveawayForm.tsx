// A list of gifts: which gift, for whom, until when; with how many people it is and whether the stock reaches before it is made.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useMoney } from '@/shared/book.tsx';
import { LeftOutLine } from '@/shared/customer/LeftOut.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useClasses, useGifts, useGiveawayPreview, useSaveGiveaway, useTiers, type Giveaway, type GiveawayNew } from './queries.ts';
import styles from './points.module.css';

type Who = 'tier' | 'class';

export function GiveawayForm({ onClose, onMade }: { onClose: () => void; onMade: (made: Giveaway) => void }) {
  const { t } = useTranslation('points');
  const { t: offers } = useTranslation('offers');
  const { t: word } = useTranslation('common');
  const [name, setName] = useState('');
  const [gift, setGift] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [who, setWho] = useState<Who>('tier');
  const [which, setWhich] = useState('');
  const [until, setUntil] = useState('');
  const key = useRef(newClientKey());
  const gifts = useGifts().data?.gifts.filter((each) => each.is_active) ?? [];
  const tiers = useTiers().data?.steps ?? [];
  const classes = useClasses().data?.classes ?? [];
  const save = useSaveGiveaway();
  const { error } = save;
  const chosen = gifts.find((each) => String(each.id) === gift);
  const audience: GiveawayNew['audience'] = who === 'tier' ? { kind: 'tier', tier: which } : { kind: 'class', class_key: which };
  const pieces = /^\d{1,3}$/.test(quantity.trim()) ? Number(quantity) : undefined;
  const input = chosen && which !== '' && pieces !== undefined ? { gift_id: chosen.id, quantity: pieces, audience, until_on: until || null } : undefined;
  // The name says nothing about whom it is for; it is asked about only when it is saved.
  const preview = useGiveawayPreview(input && { ...input, name: t('giveaway.title') });
  const shown = input && !preview.error ? preview.data : undefined;
  const problem = (field: string) => error?.of(field) ?? preview.error?.of(field);
  const send = () => input && save.mutate({ ...input, name, client_key: key.current }, { onSuccess: onMade });
  const people = (n: number) => word('people', { n: formatCount(n) });
  const choices = who === 'tier' ? tiers.map((step) => ({ value: step.tier.name, word: step.tier.name, note: people(step.people) })) : classes.map((each) => ({ value: each.tag.key, word: each.tag.name, note: people(each.people) }));
  return (
    <FormDialog
      wide
      title={t('giveaway.new')}
      deed={shown ? t('giveaway.make_n', { people: people(shown.people) }) : t('giveaway.make')}
      problem={error?.whole}
      busy={save.isPending}
      disabled={input === undefined}
      onClose={onClose}
      onSave={() => void send()}
    >
      <div className={styles.pair}>
        <TextField label={t('giveaway.name')} value={name} placeholder={t('giveaway.example')} onChange={(event) => setName(event.target.value)} error={error?.of('name')} data-autofocus />
        <Field label={t('giveaway.gift')} error={problem('gift_id')} help={gifts.length === 0 ? t('gifts.none') : undefined}>
          {(ids) => <Pick id={ids.id} field label={t('giveaway.gift')} value={gift} onChange={setGift} options={gifts.map((each) => ({ value: String(each.id), word: each.name, note: t('gifts.stock', { n: formatCount(each.stock) }) }))} />}
        </Field>
        <TextField label={t('giveaway.each')} inputMode="numeric" value={quantity} onChange={(event) => setQuantity(event.target.value)} error={problem('quantity')} />
        <Field label={t('giveaway.until')} optional error={problem('until_on')}>
          {(ids) => <DayField id={ids.id} value={until} onChange={setUntil} />}
        </Field>
        <Field label={offers('for_whom')}>
          {() => (
            <Choice<Who>
              label={offers('for_whom')}
              value={who}
              onChange={(next) => {
                setWho(next);
                setWhich('');
              }}
              options={(['tier', 'class'] as const).map((value) => ({ value, word: offers(`who.${value}`) }))}
            />
          )}
        </Field>
        <Field label={offers(`who.${who}`)} error={problem('audience') ?? problem('audience.tier')}>
          {(ids) => <Pick id={ids.id} field label={offers(`who.${who}`)} value={which} onChange={setWhich} options={choices} />}
        </Field>
      </div>
      {shown && <Numbers shown={shown} />}
      {shown && <LeftOutLine rows={shown.left_out} people={shown.left_out_people} />}
    </FormDialog>
  );
}

function Numbers({ shown }: { shown: NonNullable<ReturnType<typeof useGiveawayPreview>['data']> }) {
  const { t } = useTranslation('points');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const cost = shown.cost_minor === null ? '' : t('giveaway.costs', { amount: money(shown.cost_minor) });
  return (
    <Notice tone={shown.short > 0 ? 'soon' : 'info'}>
      {t('giveaway.numbers', { people: word('people', { n: formatCount(shown.people) }), pieces: formatCount(shown.pieces), free: formatCount(shown.free) })} {cost} {shown.short > 0 && t('giveaway.short', { n: formatCount(shown.short) })}
    </Notice>
  );
}
