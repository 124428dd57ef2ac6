// The window's line icons, drawn on a 20 × 20 grid with one stroke. Always beside a word or with a label.
import styles from './Icon.module.css';

const paths = {
  today: 'M4 4.5h12v12H4zM4 8h12M7 2.8v3M13 2.8v3M7 12l2 2 4-4',
  counter: 'M3 8.5h14M4.5 8.5v7.5h11V8.5M3 8.5l1.5-5h11l1.5 5M8 16v-4h4v4',
  customers: 'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 16.5c0-3 2.2-5 5-5s5 2 5 5M13 4a3 3 0 0 1 0 5.4M14.2 11.8c2 .6 3.3 2.3 3.3 4.7',
  segmentation: 'M10 2.8a7.2 7.2 0 1 0 7.2 7.2H10zM12.8 2.9a7.2 7.2 0 0 1 4.3 4.3h-4.3z',
  ladder: 'M3 16.5h3.5V13H10V9.5h3.5V6H17M3 16.5h14V6',
  complaints: 'M3.5 4h13v9.5H9l-3.5 3v-3h-2zM10 6.5v3M10 11.2v.3',
  followups: 'M10 3.2a6.8 6.8 0 1 1-6.4 4.5M3.2 3.6v4.2h4.2M10 6.5V10l2.6 1.8',
  insights: 'M3 16.8h14M5.5 14V9.5M10 14V4.5M14.5 14V7.5',
  settings: 'M3 6h8M15 6h2M13 4.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zM3 14h2M9 14h8M7 12.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z',
  search: 'M9 15.2A6.2 6.2 0 1 0 9 2.8a6.2 6.2 0 0 0 0 12.4zM13.6 13.6l3.6 3.6',
  clock: 'M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4zM10 6v4.2l2.8 1.8',
  pause: 'M7 4.5v11M13 4.5v11',
  warn: 'M10 3l7.5 13.5h-15zM10 8v4M10 14v.3',
  check: 'M4 10.5l4 4 8-9',
  close: 'M5 5l10 10M15 5L5 15',
  back: 'M9 4.5L3.5 10 9 15.5M3.5 10h13',
  next: 'M7.5 4.5L13 10l-5.5 5.5',
  down: 'M4.5 7.5L10 13l5.5-5.5',
  up: 'M4.5 12.5L10 7l5.5 5.5',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  book: 'M4 3.5h10.5a1.5 1.5 0 0 1 1.5 1.5v11.5H5.5A1.5 1.5 0 0 1 4 15zM4 14.8c0-.8.7-1.3 1.5-1.3H16M7.5 6.5h5',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  unlocked: 'M5 9h10v7.5H5zM7 9V6a3 3 0 0 1 5.8-1',
  person: 'M10 9.8a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM4 16.8c.3-3 2.7-5 6-5s5.7 2 6 5',
  import: 'M10 3v9M6.5 8.5L10 12l3.5-3.5M3.5 13v3.5h13V13',
  export: 'M10 12V3M6.5 6.5L10 3l3.5 3.5M3.5 13v3.5h13V13',
  file: 'M5 2.8h6.5L15 6.3v10.9H5zM11.5 2.8v3.5H15',
  folder: 'M2.8 5h5l1.6 2h7.8v9H2.8z',
  phone: 'M4.5 3.5h2.8l1.4 3.6-1.9 1.4a9 9 0 0 0 4.7 4.7l1.4-1.9 3.6 1.4v2.8c0 .6-.5 1-1 1C9 16.5 3.5 11 3.5 4.5c0-.5.4-1 1-1z',
  refund: 'M4 8h9a3.5 3.5 0 0 1 0 7H8M7 4.8L3.8 8 7 11.2',
  star: 'M10 3l2.1 4.6 4.9.5-3.7 3.3 1.1 4.9L10 13.8 5.6 16.3l1.1-4.9L3 8.1l4.9-.5z',
  gift: 'M3 7h14v3H3zM4.5 10v6.5h11V10M10 7v9.5M10 7C8 7 6.2 6.2 6.5 4.7 6.9 3 9.3 3.3 10 7c.7-3.7 3.1-4 3.5-2.3C13.8 6.2 12 7 10 7z',
  print: 'M6 8V3h8v5M6 14H3.5V8h13v6H14M6 11.5h8v5.5H6z',
  repeat: 'M4 8.5a6 6 0 0 1 10.5-2.8M16 3v3.5h-3.5M16 11.5a6 6 0 0 1-10.5 2.8M4 17v-3.5h3.5',
  product: 'M10 2.8l6.5 3.5v7.4L10 17.2l-6.5-3.5V6.3zM3.5 6.3L10 9.8l6.5-3.5M10 9.8v7.4',
  note: 'M4 3.5h12v9L12.5 16.5H4zM12.5 16.5v-4H16M7 7h6M7 10h3.5',
  filter: 'M3 4.5h14l-5.5 6.5v5l-3-1.5V11z',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  hidden: 'M3 3l14 14M7.5 5.5A8 8 0 0 1 10 5c5 0 7.5 5 7.5 5a13 13 0 0 1-2.3 2.9M12.2 14.6A8 8 0 0 1 10 15c-5 0-7.5-5-7.5-5a13 13 0 0 1 2.8-3.3',
  edit: 'M4 16l.8-3.5L13.5 3.8l2.7 2.7L7.5 15.2z',
  dots: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  target: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, label, large = false }: { name: IconName; label?: string; large?: boolean }) {
  return (
    <svg className={large ? styles.large : styles.icon} viewBox="0 0 20 20" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      <path d={paths[name]} />
    </svg>
  );
}
