// The first start: where the book shall live, or a demo shop, or an existing book. Under three minutes to the
// first customer. And the screen for a book that is there and cannot be opened: never an empty one instead.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeAppearance, useAppearance } from '@/shared/appearance.ts';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Seal } from '@/shared/parts/Seal.tsx';
import { Demo } from './Demo.tsx';
import { Existing } from './Existing.tsx';
import { NewBook } from './NewBook.tsx';
import { Problem } from './Problem.tsx';
import type { Status } from './queries.ts';
import styles from './start.module.css';

type Way = 'new' | 'demo' | 'existing';

export default function StartScreen({ status }: { status: Status }) {
  const { t } = useTranslation('start');
  const { language } = useAppearance();
  const [way, setWay] = useState<Way>(status.found_books.length > 0 ? 'existing' : 'new');
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <header className={styles.cover}>
          <div className={styles.brand}>
            <Seal large />
            <span className={styles.name}>{t('app', { ns: 'common' })}</span>
          </div>
          <p className={styles.promise}>{t('promise')}</p>
          <ul className={styles.points}>
            <li>{t('points.offline')}</li>
            <li>{t('points.encrypted')}</li>
            <li>{t('points.clock')}</li>
          </ul>
          <div className={styles.language}>
            <Choice
              label={t('language')}
              value={language}
              onChange={(next) => changeAppearance({ language: next })}
              options={[
                { value: 'zh-Hans', word: '简体' },
                { value: 'zh-Hant', word: '繁體' },
                { value: 'en', word: 'EN' },
              ]}
            />
          </div>
        </header>
        <section className={styles.body}>
          {status.state === 'problem' ? (
            <Problem status={status} />
          ) : (
            <>
              <Choice
                label={t('way.label')}
                value={way}
                onChange={setWay}
                options={[
                  { value: 'new', word: t('way.new') },
                  { value: 'demo', word: t('way.demo') },
                  { value: 'existing', word: t('way.existing') },
                ]}
              />
              {way === 'new' && <NewBook status={status} />}
              {way === 'demo' && <Demo />}
              {way === 'existing' && <Existing status={status} />}
            </>
          )}
        </section>
      </div>
    </main>
  );
}
