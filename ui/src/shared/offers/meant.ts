// Whom another screen picked to get coupons: taken once by the page of coupons. Names never stand in an address.
import type { Output } from '@/backend/index.ts';

export interface Person {
  id: Output<'customer_profile'>['row']['id'];
  name: string;
}

let meant: readonly Person[] = [];

export function keepMeant(people: readonly Person[]): void {
  meant = people;
}

export function takeMeant(): readonly Person[] {
  const taken = meant;
  meant = [];
  return taken;
}
