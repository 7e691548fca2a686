/** The policies that come with the tool, as data. */
import type { PolicyDocument } from '../../model/policy.ts';
import sendBox from './send-box.com-2025-10-08.json' with { type: 'json' };

/** The cookie consent of send-box.com of 8 October 2025, judged against where no other policy is given. */
export const bundledPolicy = sendBox as PolicyDocument;
