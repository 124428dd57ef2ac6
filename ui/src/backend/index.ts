export { asMinor, type Instant, type Minor } from './brands.ts';
export { call, type Input, type Output } from './call.ts';
export { followChanges, newQueryClient, refetchTouched } from './changes.ts';
export { ApiError, toApiError, type ErrorCode, type FieldProblem } from './error.ts';
export { useJob, type Job } from './jobs.ts';
export { newClientKey } from './client-key.ts';
export { useAct, useAsk } from './queries.ts';
export { transport, type BookChange, type Picked } from './transport.ts';
export type { CommandName } from './bindings/commands.ts';
