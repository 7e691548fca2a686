/** All rules, in the order of the catalogue in docs/rules. */
import type { Rule } from '../rule.ts';
import { activeAfterWithdrawal } from './active-after-withdrawal.ts';
import { captureGap } from './capture-gap.ts';
import { categoryLeak } from './category-leak.ts';
import { categoryMismatch } from './category-mismatch.ts';
import { choiceIgnored } from './choice-ignored.ts';
import { choiceNotKept } from './choice-not-kept.ts';
import { consentModeContradiction } from './consent-mode-contradiction.ts';
import { consentPresumed } from './consent-presumed.ts';
import { consentRecordTooLong } from './consent-record-too-long.ts';
import { cookieSync } from './cookie-sync.ts';
import { declaredNeverSeen } from './declared-never-seen.ts';
import { disguisedTracker } from './disguised-tracker.ts';
import { endlessStorage } from './endless-storage.ts';
import { identifierOutlivesPeriod } from './identifier-outlives-period.ts';
import { identifierSentAfterWithdrawal } from './identifier-sent-after-withdrawal.ts';
import { identifierSentBeforeChoice } from './identifier-sent-before-choice.ts';
import { insecureCookie } from './insecure-cookie.ts';
import { insecureTransport } from './insecure-transport.ts';
import { leftAfterWithdrawal } from './left-after-withdrawal.ts';
import { lifetimeShortened } from './lifetime-shortened.ts';
import { mandatoryLost } from './mandatory-lost.ts';
import { personalDataSent } from './personal-data-sent.ts';
import { policyGap } from './policy-gap.ts';
import { queuedAfterWithdrawal } from './queued-after-withdrawal.ts';
import { requestBeforeChoice } from './request-before-choice.ts';
import { respawnedIdentifier } from './respawned-identifier.ts';
import { retentionExceeded } from './retention-exceeded.ts';
import { rollingRenewal } from './rolling-renewal.ts';
import { sessionDeclaredPersistent } from './session-declared-persistent.ts';
import { sessionReplay } from './session-replay.ts';
import { sessionSurvivesRestart } from './session-survives-restart.ts';
import { storedBeforeChoice } from './stored-before-choice.ts';
import { undeclaredCookie } from './undeclared-cookie.ts';
import { undeclaredData } from './undeclared-data.ts';
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
  respawnedIdentifier,
  queuedAfterWithdrawal,
  mandatoryLost,
  retentionExceeded,
  sessionDeclaredPersistent,
  identifierOutlivesPeriod,
  rollingRenewal,
  endlessStorage,
  sessionSurvivesRestart,
  lifetimeShortened,
  undeclaredCookie,
  undeclaredStorage,
  undeclaredRecipient,
  categoryMismatch,
  undeclaredTechnology,
  undeclaredData,
  personalDataSent,
  disguisedTracker,
  cookieSync,
  sessionReplay,
  insecureTransport,
  insecureCookie,
  consentRecordTooLong,
  consentModeContradiction,
  declaredNeverSeen,
  policyGap,
  captureGap,
];
