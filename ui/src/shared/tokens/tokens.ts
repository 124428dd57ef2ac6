// Every colour, size and duration of the window, in one place. Nothing else names a colour or a size
// (scripts/lint-tokens.mjs looks). vite/styles.ts turns this file into CSS variables and into the
// component library's theme. Sizes are written in pixels at 100 % and come out as rem, so that the
// large-font mode only has to change the size of the root.

/** The colours of one look. Names say what a colour means, not how it looks. */
export interface Palette {
  paper: string;
  card: string;
  raised: string;
  ink: string;
  ink2: string;
  line: string;
  lineStrong: string;
  hover: string;
  press: string;
  primary: string;
  primaryHover: string;
  primarySoft: string;
  onPrimary: string;
  late: string;
  lateSoft: string;
  onLate: string;
  soon: string;
  soonFill: string;
  soonSoft: string;
  info: string;
  infoSoft: string;
  veil: string;
  shadow: string;
  stone: string;
  stoneSoft: string;
  silver: string;
  silverSoft: string;
  gold: string;
  goldSoft: string;
  diamond: string;
  diamondSoft: string;
  /** What is printed is black on white in every look. */
  sheet: string;
  sheetInk: string;
  /** Colours of classes and tags, told apart by everybody, with any sight of colours; never late. */
  classJade: string;
  classMoss: string;
  classGold: string;
  classAmber: string;
  classBlue: string;
  classPlum: string;
  classClay: string;
  classInk: string;
  classStone: string;
  classMist: string;
}

export const light: Palette = {
  paper: '#FAF8F3',
  card: '#FFFFFF',
  raised: '#FFFFFF',
  ink: '#1E2421',
  ink2: '#5F6B66',
  line: '#E7E2D8',
  lineStrong: '#CFC8B9',
  hover: '#F3F0E8',
  press: '#EAE6DB',
  primary: '#1F6F63',
  primaryHover: '#185A50',
  primarySoft: '#E6F0ED',
  onPrimary: '#FFFFFF',
  late: '#C5402B',
  lateSoft: '#FDF0ED',
  onLate: '#FFFFFF',
  soon: '#8A5A12',
  soonFill: '#B7791F',
  soonSoft: '#FAF0DC',
  info: '#2F6D93',
  infoSoft: '#E7F0F5',
  veil: 'rgba(30, 36, 33, 0.38)',
  shadow: '0 8px 24px rgba(60, 50, 30, 0.12), 0 1px 3px rgba(60, 50, 30, 0.08)',
  stone: '#6B665C',
  stoneSoft: '#EFECE5',
  silver: '#566571',
  silverSoft: '#E9EDF0',
  gold: '#86610F',
  goldSoft: '#F8EFD6',
  diamond: '#2B5F9E',
  diamondSoft: '#E4EDF8',
  sheet: '#FFFFFF',
  sheetInk: '#000000',
  classJade: '#1F6F63',
  classMoss: '#6B7E5A',
  classGold: '#9F9349',
  classAmber: '#AD5408',
  classBlue: '#0B92D0',
  classPlum: '#592D77',
  classClay: '#C18384',
  classInk: '#1E2421',
  classStone: '#4B473D',
  classMist: '#CFC8B9',
};

export const dark: Palette = {
  paper: '#141716',
  card: '#1C211F',
  raised: '#232927',
  ink: '#E9ECEA',
  ink2: '#9AA6A0',
  line: '#2B322F',
  lineStrong: '#414A46',
  hover: '#222826',
  press: '#2B322F',
  primary: '#58B5A5',
  primaryHover: '#74C7B9',
  primarySoft: '#1C302C',
  onPrimary: '#0D1614',
  late: '#E8745F',
  lateSoft: '#38211D',
  onLate: '#1B0C09',
  soon: '#D9A441',
  soonFill: '#D9A441',
  soonSoft: '#332916',
  info: '#6FB1D6',
  infoSoft: '#1B2B35',
  veil: 'rgba(0, 0, 0, 0.56)',
  shadow: '0 8px 24px rgba(0, 0, 0, 0.45), 0 1px 3px rgba(0, 0, 0, 0.3)',
  stone: '#B4AEA2',
  stoneSoft: '#2A2925',
  silver: '#B6C3CD',
  silverSoft: '#262C30',
  gold: '#DDB75A',
  goldSoft: '#30291A',
  diamond: '#86B4EC',
  diamondSoft: '#1E2A39',
  sheet: '#FFFFFF',
  sheetInk: '#000000',
  classJade: '#58B5A5',
  classMoss: '#96A572',
  classGold: '#EDC968',
  classAmber: '#DE7C0F',
  classBlue: '#B0CAF3',
  classPlum: '#A76BB5',
  classClay: '#AA573C',
  classInk: '#E9ECEA',
  classStone: '#75746F',
  classMist: '#414A46',
};

/** High contrast keeps the meaning of each colour and pushes ink and lines apart. */
export const lightHigh: Palette = {
  ...light,
  paper: '#FFFFFF',
  ink: '#000000',
  ink2: '#2B312E',
  line: '#6B6B6B',
  lineStrong: '#000000',
  primary: '#0B4A40',
  primaryHover: '#06352E',
  late: '#9B1E0B',
  soon: '#5F3B05',
  soonFill: '#8A5A12',
  info: '#12486A',
  stone: '#3F3B33',
  silver: '#33404A',
  gold: '#5E4200',
  diamond: '#123F7A',
};

export const darkHigh: Palette = {
  ...dark,
  paper: '#000000',
  card: '#0A0C0B',
  raised: '#121514',
  ink: '#FFFFFF',
  ink2: '#D3DAD6',
  line: '#8A948F',
  lineStrong: '#FFFFFF',
  primary: '#8DE0D2',
  primaryHover: '#B4EDE3',
  late: '#FF9A86',
  soon: '#FFC866',
  soonFill: '#FFC866',
  info: '#9AD3F5',
};

/** Distances on the 4 px grid: `--s3` is 12 px. */
export const spaceSteps = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24] as const;

/** Sizes in px at 100 %. */
export const sizes = {
  hair: 1,
  thick: 2,
  bar: 3,
  radius: 8,
  radiusSmall: 4,
  pill: 999,
  t11: 11,
  t12: 12,
  t13: 13,
  t14: 14,
  t16: 16,
  t20: 20,
  t24: 24,
  t32: 32,
  row: 40,
  joined: 108,
  control: 36,
  controlLarge: 48,
  rail: 176,
  railNarrow: 64,
  topbar: 56,
  search: 440,
  measure: 560,
  form: 640,
  sideNarrow: 272,
  side: 336,
  sideWide: 440,
  page: 1240,
  dialog: 560,
  dialogWide: 840,
  palette: 640,
  icon: 18,
  iconLarge: 24,
  drawing: 120,
  moment: 136,
  mark: 20,
  focus: 2,
} as const;

export const weights = { normal: 400, medium: 500, strong: 600 } as const;

export const motion = { quick: 90, move: 150 } as const;

/** The systems that the program runs on; what a system calls itself is told in public/appearance.js. */
export const systems = ['windows', 'mac', 'linux'] as const;

/**
 * Letters of each system, by what they are for. Only what the system can have is named: every name that it does not
 * know is searched for among all its fonts before the first word is painted.
 */
export const fonts = {
  windows: { sans: 'system-ui, "Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", sans-serif', hant: 'system-ui, "Segoe UI", "Microsoft JhengHei UI", "Microsoft JhengHei", "Microsoft YaHei", sans-serif', mono: '"Cascadia Mono", Consolas, monospace' },
  mac: { sans: 'system-ui, "PingFang SC", sans-serif', hant: 'system-ui, "PingFang TC", "PingFang SC", sans-serif', mono: 'ui-monospace, monospace' },
  linux: { sans: 'system-ui, "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif', hant: 'system-ui, "Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC", sans-serif', mono: '"Noto Sans Mono", monospace' },
} as const satisfies Record<(typeof systems)[number], Record<'sans' | 'hant' | 'mono', string>>;

/** The steps of the large-font mode, in per cent. */
export const scales = [100, 125, 150, 200] as const;
export type Scale = (typeof scales)[number];
