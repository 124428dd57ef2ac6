export * from './count.ts';
export * from './money.ts';
export * from './phone.ts';
export * from './time.ts';
