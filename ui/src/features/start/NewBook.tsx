// A new book: the shop's name, its trade, and where the file shall live.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Notice, Refused } from '@/shared/parts/States.tsx';
import { lookAtFolder, pickFolder, useCreateBook, useStartOver, type Status, type Trade } from './queries.ts';
import { Trades } from './Trades.tsx';
import styles from './start.module.css';

interface Place {
  path: string;
  word?: string;
  warning?: string | null;
}

export function NewBook({ status }: { status: Status }) {
  const { t } = useTranslation('start');
  const [name, setName] = useState('');
  const [trade, setTrade] = useState<Trade>('bakery');
  const [own, setOwn] = useState<Place>();
  const proposed: Place[] = status.proposed_folders.map((folder) => ({ path: folder.path, word: folder.kind, warning: folder.warning }));
  const places = own ? [own, ...proposed] : proposed;
  const [folder, setFolder] = useState(places[0]?.path);
  const create = useCreateBook();
  const startOver = useStartOver();

  const send = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim() || null, trade, folder: folder ?? null }, { onSuccess: startOver });
  };
  const choose = async () => {
    const path = await pickFolder();
    if (!path) return;
    // What is to be said about the folder is said before there is a book in it.
    const seen = await lookAtFolder(path).catch(() => undefined);
    setOwn({ path, warning: seen?.warning });
    setFolder(path);
  };

  return (
    <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      <TextField label={t('name')} placeholder={t('name_example')} value={name} onChange={(event) => setName(event.target.value)} autoFocus maxLength={60} error={create.error?.of('name')} />
      <div className={styles.group}>
        <span className={styles.label}>{t('trade')}</span>
        <Trades value={trade} onChange={setTrade} />
        <span className="quiet small">{t('trade_help')}</span>
      </div>
      <fieldset className={styles.places}>
        <legend className={styles.label}>{t('place')}</legend>
        {places.map((place) => (
          <label key={place.path} className={styles.place} data-chosen={place.path === folder || undefined}>
            <input type="radio" name="folder" className="visually-hidden" checked={place.path === folder} onChange={() => setFolder(place.path)} />
            <span className={styles.path}>{place.path}</span>
            {place.warning ? <span className={styles.warning}>{t(place.warning === 'folder.network' ? 'place_network' : 'place_synced')}</span> : 'kind' in place && place.kind === 'data_drive' && <span className="quiet small">{t('place_best')}</span>}
          </label>
        ))}
        <Button kind="plain" icon="folder" onClick={() => void choose()}>
          {t('place_other')}
        </Button>
        {create.error?.of('folder') && <Notice tone="late">{create.error.of('folder')}</Notice>}
      </fieldset>
      <Refused error={create.error} />
      <Button kind="main" large type="submit" hint="Enter" busy={create.isPending}>
        {t('create')}
      </Button>
    </form>
  );
}
