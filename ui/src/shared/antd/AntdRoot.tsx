// The component library under our tokens and in the window's language. Its style sheet is made at build time
// (vite/styles.ts), so nothing writes styles into the page. Loaded only with the parts that need it.
import 'virtual:antd.css';
import { StyleProvider } from '@ant-design/cssinjs';
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import zhTW from 'antd/es/locale/zh_TW';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import 'dayjs/locale/zh-tw';
import 'dayjs/locale/en-gb';
import type { ReactNode } from 'react';
import { useAppearance } from '../appearance.ts';

// The week starts on Monday in all three languages; "en" alone would start it on Sunday.
const locales = { 'zh-Hans': [zhCN, 'zh-cn'], 'zh-Hant': [zhTW, 'zh-tw'], en: [enUS, 'en-gb'] } as const;

// The library insists on writing its variables once more at run time. They go where no page sees them: everything
// it needs is in the sheet already, and the security policy refuses styles from scripts.
const nowhere = document.createElement('div');

export function AntdRoot({ children }: { children: ReactNode }) {
  const { language } = useAppearance();
  const [locale, days] = locales[language];
  dayjs.locale(days);
  return (
    <StyleProvider container={nowhere}>
      <ConfigProvider locale={locale} theme={{ cssVar: { key: 'shukebu' }, hashed: false, zeroRuntime: true }} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
        {children}
      </ConfigProvider>
    </StyleProvider>
  );
}
