// The frame of the window: rail, top bar and the screen that the place names.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BookProvider, type Book } from '@/shared/book.tsx';
import { useKey } from '@/shared/hooks/keys.ts';
import { later } from '@/shared/hooks/later.tsx';
import { LoadingState } from '@/shared/parts/States.tsx';
import { SubNav } from '@/shared/parts/SubNav.tsx';
import { goBack, startAt, usePlace } from '@/shared/router.tsx';
import { changeAppearance, useAppearance } from '@/shared/appearance.ts';
import type { FrameAnswer } from './queries.ts';
import { ApprovalDesk } from './ApprovalDesk.tsx';
import { Rail } from './Rail.tsx';
import { pagesBeside, firstScreen, screenOf, screens, type Screen } from './screens.ts';
import { TopBar } from './TopBar.tsx';
import styles from './Frame.module.css';

const Palette = later<{ onClose: () => void }>(() => import('./Palette.tsx'));

export function Frame({ frame }: { frame: FrameAnswer | undefined }) {
  const { hideAmounts } = useAppearance();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const { path } = usePlace();
  const screen = screenOf(path);

  useKey('Ctrl+K', () => setPaletteOpen((open) => !open));
  useKey('Escape', () => goBack());
  useKey('Alt+ArrowLeft', () => goBack());
  useKey('F9', () => changeAppearance({ hideAmounts: !hideAmounts }));
  useKeysOfScreens();
  useEffect(() => {
    if (!screen) startAt(firstScreen.path);
  }, [screen]);

  // Another place begins at its top, also where the part of the program stays the same.
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path && main.current) main.current.scrollTop = 0;
    shown.current = path;
  }, [path]);

  const book = useMemo<Book | undefined>(
    () =>
      frame && {
        shopName: frame.shop_name,
        currency: { code: frame.currency, exponent: frame.currency_exponent },
        zone: frame.zone,
        today: frame.today,
        hideAmounts,
      },
    [frame, hideAmounts],
  );

  return (
    <BookProvider book={book}>
      <div className={styles.frame}>
        <div className={styles.row}>
          <Rail shopName={frame?.shop_name ?? ''} late={(frame?.late_complaints ?? 0) + (frame?.promised_due?.late ?? 0)} />
          <div className={styles.column}>
            <TopBar frame={frame} />
            <main ref={main} className={styles.main} key={screen?.id}>
              {frame && screen ? (
                <>
                  <Pages screen={screen} />
                  <screen.View key={screen.id} meanwhile={<LoadingState />} />
                </>
              ) : null}
            </main>
          </div>
        </div>
        <ApprovalDesk />
        {paletteOpen && <Palette onClose={() => setPaletteOpen(false)} />}
      </div>
    </BookProvider>
  );
}

/** The pages of a part that has several; the first is called like the part's main page. */
function Pages({ screen }: { screen: Screen }) {
  const { t } = useTranslation('frame');
  const pages = pagesBeside(screen);
  const first = pages[0];
  if (!first) return null;
  return <SubNav label={t(`screens.${first.id}`)} here={screen.path} pages={pages.map((page) => ({ path: page.path, word: t(`pages.${page.id}`, { defaultValue: t(`screens.${page.id}`) }) }))} />;
}

/** Alt+1 … Alt+9 open the screens of the rail. */
function useKeysOfScreens(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const screen = screens.find((s) => s.key === `Alt+${event.key}`);
      if (!screen) return;
      event.preventDefault();
      startAt(screen.path);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
