/** The report page's state as a rune, apart from where it comes from. */
import type { Language } from '../model/policy.ts';
import { createReport, type ReportActions, type ReportPorts, type ReportState } from './report.ts';

export interface LiveReport {
  readonly state: ReportState;
  readonly actions: ReportActions;
}

export function liveReport(ports: ReportPorts, language: Language): LiveReport {
  let state = $state.raw<ReportState>({ language, document: null, failure: null });
  const actions = createReport(ports, language, (next) => {
    state = next;
  });
  return {
    get state() {
      return state;
    },
    actions,
  };
}
