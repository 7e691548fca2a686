/** All rules, in the order of the catalogue in docs/rules. */
import type { Rule } from '../rule.ts';
import { activeAfterWithdrawal } from './active-after-withdrawal.ts';
import { captureGap } from './capture-gap.ts';
import { categoryLeak } from './category-leak.ts';
import { choiceIgnored } from './choice-ignored.ts';
import { choiceNotKept } from './choice-not-kept.ts';
import { consentModeContradiction } from './consent-mode-contradiction.ts';
import { consentPresumed } from './consent-presumed.ts';
import { consentRecordTooLong } from './consent-record-too-long.ts';
import { declaredNeverSeen } from './declared-never-seen.ts';
import { disguisedTracker } from './disguised-tracker.ts';
import { endlessStorage } from './endless-storage.ts';
import { identifierSentAfterWithdrawal } from './identifier-sent-after-withdrawal.ts';
import { identifierSentBeforeChoice } from './identifier-sent-before-choice.ts';
import { insecureCookie } from './insecure-cookie.ts';
import { insecureTransport } from './insecure-transport.ts';
import { leftAfterWithdrawal } from './left-after-withdrawal.ts';
import { lifetimeShortened } from './lifetime-shortened.ts';
import { policyGap } from './policy-gap.ts';
import { requestBeforeChoice } from './request-before-choice.ts';
import { retentionExceeded } from './retention-exceeded.ts';
import { sessionDeclaredPersistent } from './session-declared-persistent.ts';
import { storedBeforeChoice } from './stored-before-choice.ts';
import { undeclaredCookie } from './undeclared-cookie.ts';
import { undeclaredRecipient } from './undeclared-recipient.ts';
import { undeclaredStorage } from './undeclared-storage.ts';
import { undeclaredTechnology } from './undeclared-technology.ts';

export const rules: readonly Rule[] = [
  storedBeforeChoice,
  requestBeforeChoice,
  identifierSentBeforeChoice,
  consentPresumed,
  choiceIgnored,
  choiceNotKept,
  categoryLeak,
  activeAfterWithdrawal,
  identifierSentAfterWithdrawal,
  leftAfterWithdrawal,
  retentionExceeded,
  sessionDeclaredPersistent,
  endlessStorage,
  lifetimeShortened,
  undeclaredCookie,
  undeclaredStorage,
  undeclaredRecipient,
  undeclaredTechnology,
  disguisedTracker,
  insecureTransport,
  insecureCookie,
  consentRecordTooLong,
  consentModeContradiction,
  declaredNeverSeen,
  policyGap,
  captureGap,
];
