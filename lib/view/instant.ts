/** Moments as the interface shows them: the same as in the report. */
export { instantText } from '../tell/instant.ts';
