// A refusal of the backend, as the window sees it: a code the window can act on, a sentence for the shop
// owner, and the fields that the sentence is about.

export type ErrorCode =
  | 'invalid'
  | 'not_found'
  | 'conflict'
  | 'not_allowed_now'
  | 'not_permitted'
  | 'locked'
  | 'busy'
  | 'disk_full'
  | 'damaged'
  | 'internal';

/** One field and what is wrong with it: `problem` is a key, `message` the sentence in the window's language. */
export interface FieldProblem {
  field: string;
  problem: string;
  message: string;
}

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldProblem[];
  /** The action that somebody with greater rights may approve there and then. */
  readonly ask: string | undefined;

  constructor(code: ErrorCode, message: string, fields: readonly FieldProblem[] = [], ask?: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.fields = fields;
    this.ask = ask;
  }

  /** What is said about all of it, when no field says it. */
  get whole(): string | undefined {
    return this.fields.length === 0 ? this.message : undefined;
  }

  /** What is said where there is no field to say it beside: the first field's sentence, else that about all of it. */
  get first(): string {
    return this.fields[0]?.message ?? this.message;
  }

  /** The sentence that belongs beside this field, if there is one. */
  of(field: string): string | undefined {
    return this.fields.find((f) => f.field === field)?.message;
  }
}

/** Whatever was thrown, as an ApiError. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
    const raw = thrown as { code: ErrorCode; key?: string; message?: string; fields?: Partial<FieldProblem>[]; ask?: string | null };
    const fields = (raw.fields ?? []).map((f) => ({
      field: f.field ?? '',
      problem: f.problem ?? '',
      message: f.message ?? f.problem ?? '',
    }));
    return new ApiError(raw.code, raw.message ?? raw.key ?? '', fields, raw.ask ?? undefined);
  }
  return new ApiError('internal', thrown instanceof Error ? thrown.message : String(thrown));
}
