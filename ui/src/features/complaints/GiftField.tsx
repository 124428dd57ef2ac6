// One of the gifts that points pay for, given for nothing this time. A shop without a catalogue is not asked.
import { useTranslation } from 'react-i18next';
import { Field } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { useGifts, type Gift } from './queries.ts';

export function GiftField({ gift, onChange, error }: { gift: Gift | undefined; onChange: (gift: Gift | undefined) => void; error?: string }) {
  const { t } = useTranslation('complaints');
  const offered = useGifts().data?.gifts.filter((each) => each.is_active) ?? [];
  if (offered.length === 0) return null;
  return (
    <Field label={t('given.gift')} error={error}>
      {(ids) => (
        <Pick
          id={ids.id}
          field
          label={t('given.gift')}
          value={gift ? String(gift.id) : ''}
          onChange={(id) => onChange(offered.find((each) => String(each.id) === id))}
          options={[{ value: '', word: t('given.no_gift') }, ...offered.map((each) => ({ value: String(each.id), word: each.name, note: t('given.stock', { n: each.stock }) }))]}
        />
      )}
    </Field>
  );
}
