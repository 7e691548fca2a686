/** What the report page shows and does: asks the background once, tells in the language chosen, saves exactly what is shown. */
import type { Audit } from '../model/audit.ts';
import type { Language } from '../model/policy.ts';
import { ask } from '../messaging/commands.ts';
import { htmlReport } from '../tell/export/html.ts';
import { reportDocument, type ReportDocument } from '../tell/report/document.ts';
import { exportName, type ExportFile } from './export-file.ts';

export interface ReportState {
  language: Language;
  /** null before the background has answered. */
  document: ReportDocument | null;
  /** Why there is no report; in the background's words. */
  failure: string | null;
}

export interface ReportPorts {
  runtime: { sendMessage(message: unknown): Promise<unknown> };
  /** Hands a file to the person. */
  save(file: ExportFile): void;
  print(): void;
}

export interface ReportActions {
  /** Has everything judged that was gathered. None of the actions throws. */
  open(): Promise<void>;
  speak(language: Language): void;
  save(): void;
  print(): void;
}

/** Starts without a document; `open` is the first thing to call. */
export function createReport(ports: ReportPorts, language: Language, show: (state: ReportState) => void): ReportActions {
  let audit: Audit | null = null;
  let state: ReportState = { language, document: null, failure: null };
  const change = (part: Partial<ReportState>): void => {
    state = { ...state, ...part };
    show(state);
  };
  return {
    async open() {
      try {
        audit = await ask(ports.runtime, 'audit', { conditions: {} });
        change({ document: reportDocument(audit, state.language), failure: null });
      } catch (error) {
        // Told in the page: the background says why it could not judge.
        change({ failure: error instanceof Error ? error.message : String(error) });
      }
    },
    speak(chosen) {
      change({ language: chosen, document: audit === null ? null : reportDocument(audit, chosen) });
    },
    save() {
      if (audit !== null) ports.save({ name: exportName(audit, 'html'), type: 'text/html', text: htmlReport(audit, state.language) });
    },
    print: () => ports.print(),
  };
}
