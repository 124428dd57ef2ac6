// The shop itself: its name, its zone, its currency, how the search listens, whether a clock may be heard.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { ErrorState, LoadingState, Refused } from '@/shared/parts/States.tsx';
import { useChangeSettings, useSettings, type Settings } from './queries.ts';
import styles from './settings.module.css';

const zones = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Hong_Kong', 'Asia/Macau', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Kuala_Lumpur', 'Asia/Tokyo', 'Europe/London', 'America/New_York', 'America/Los_Angeles', 'Australia/Sydney'] as const;
const currencies = ['CNY', 'HKD', 'TWD', 'MOP', 'SGD', 'MYR', 'USD', 'EUR', 'GBP', 'JPY', 'AUD'] as const;

export function ShopCard() {
  const { t } = useTranslation('settings');
  const { data, error } = useSettings();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  return (
    <Card title={t('sections.shop')}>
      <ShopForm settings={data} />
    </Card>
  );
}

function ShopForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings');
  const { t: word } = useTranslation('common');
  const [name, setName] = useState(settings.shop_name);
  const [zone, setZone] = useState(settings.zone);
  const [currency, setCurrency] = useState(settings.currency);
  const [fuzzy, setFuzzy] = useState(settings.fuzzy_search);
  const [sound, setSound] = useState(settings.sound);
  const key = useRef(newClientKey());
  const change = useChangeSettings();
  const { error } = change;
  const withOwn = (known: readonly string[], own: string) => (known.includes(own) ? known : [own, ...known]);
  const onOff = [
    { value: 1, word: t('shop.on') },
    { value: 0, word: t('shop.off') },
  ];

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    change.mutate(
      { client_key: key.current, shop_name: name.trim(), zone, currency: settings.currency_is_open ? currency : null, fuzzy_search: fuzzy, sound },
      {
        onSuccess: () => {
          key.current = newClientKey();
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter} onChange={() => change.reset()}>
      <div className={styles.shop}>
        <TextField label={t('shop.name')} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} error={error?.of('shop_name')} />
        <Field label={t('shop.zone')} error={error?.of('zone')} help={t('shop.zone_help')}>
          {(ids) => <Pick id={ids.id} field label={t('shop.zone')} value={zone} onChange={setZone} options={withOwn(zones, settings.zone).map((value) => ({ value, word: value }))} />}
        </Field>
        <Field label={t('shop.currency')} error={error?.of('currency')} help={settings.currency_is_open ? t('shop.currency_open') : t('shop.currency_fixed')}>
          {(ids) => (settings.currency_is_open ? <Pick id={ids.id} field label={t('shop.currency')} value={currency} onChange={setCurrency} options={withOwn(currencies, settings.currency).map((value) => ({ value, word: value }))} /> : <strong>{settings.currency}</strong>)}
        </Field>
        <Field label={t('shop.fuzzy')} help={t('shop.fuzzy_help')}>
          {() => <Choice label={t('shop.fuzzy')} value={fuzzy ? 1 : 0} onChange={(value) => setFuzzy(value === 1)} options={onOff} />}
        </Field>
        <Field label={t('shop.sound')}>{() => <Choice label={t('shop.sound')} value={sound ? 1 : 0} onChange={(value) => setSound(value === 1)} options={onOff} />}</Field>
      </div>
      <Refused error={error} />
      <div className={styles.buttons}>
        <Button kind="main" type="submit" busy={change.isPending}>
          {change.isSuccess ? word('saved') : word('save')}
        </Button>
      </div>
    </form>
  );
}
