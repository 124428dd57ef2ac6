// The branded numbers and texts of the generated types, for the few places where the page makes one itself.
export type Minor = number & { readonly __brand: 'Minor' };
export type Instant = string & { readonly __brand: 'Timestamp' };

/** A moment that was put together from a day and a time. */
export const asInstant = (text: string): Instant => text as Instant;

/** An amount in minor units that was parsed from a field. */
export const asMinor = (minor: number): Minor => minor as Minor;
