// What somebody may not do alone: the refusal names the action, and somebody with greater rights may approve this very
// call there and then. The form that made the call stays as it is and learns only how it ended.
import type { ApiError } from './error.ts';

/** Travels beside the fields of the input. */
export interface Approval {
  staff_id: number;
  reason: string;
}

/** Makes the same call again, approved. */
export type Again = (approval: Approval) => Promise<unknown>;

/** Asks for an approval; ends with the answer of the approved call, or with the refusal when nobody approves. */
export type Asker = (refusal: ApiError, again: Again) => Promise<unknown>;

let asker: Asker | undefined;

/** Whoever shows the question; answers a function that stops it. */
export function askForApproval(by: Asker): () => void {
  asker = by;
  return () => {
    if (asker === by) asker = undefined;
  };
}

export const approvalAsker = (): Asker | undefined => asker;
