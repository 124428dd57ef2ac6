// How the window looks on this computer.
import { useTranslation } from 'react-i18next';
import { changeAppearance, useAppearance } from '@/shared/appearance.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { scales } from '@/shared/tokens/tokens.ts';
import { Row } from './Row.tsx';
import styles from './settings.module.css';

export function Look() {
  const { t } = useTranslation('settings');
  const look = useAppearance();
  return (
    <Card title={t('sections.look')} side={t('look.note')}>
      <div className={styles.rows}>
        <Row word={t('look.theme')}>
          <Choice
            label={t('look.theme')}
            value={look.theme}
            onChange={(theme) => changeAppearance({ theme })}
            options={[
              { value: 'system', word: t('look.system') },
              { value: 'light', word: t('look.light') },
              { value: 'dark', word: t('look.dark') },
            ]}
          />
        </Row>
        <Row word={t('look.scale')} help={t('look.scale_help')}>
          <Choice label={t('look.scale')} value={look.scale} onChange={(scale) => changeAppearance({ scale })} options={scales.map((s) => ({ value: s, word: `${s}%` }))} />
        </Row>
        <Row word={t('look.contrast')}>
          <Choice
            label={t('look.contrast')}
            value={look.contrast}
            onChange={(contrast) => changeAppearance({ contrast })}
            options={[
              { value: 'normal', word: t('look.normal') },
              { value: 'high', word: t('look.high') },
            ]}
          />
        </Row>
        <Row word={t('look.language')} help={t('look.language_help')}>
          <Choice
            label={t('look.language')}
            value={look.language}
            onChange={(language) => changeAppearance({ language })}
            options={[
              { value: 'zh-Hans', word: '简体中文' },
              { value: 'zh-Hant', word: '繁體中文' },
              { value: 'en', word: 'English' },
            ]}
          />
        </Row>
      </div>
    </Card>
  );
}
