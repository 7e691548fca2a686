/** Every format that an audit can be written in. A new one is a file beside this and a row here. */
import type { Audit } from '../../model/audit.ts';
import type { Language } from '../../model/policy.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';

export interface ExportFormat {
  /** What the file is called in the output folder. */
  file: string;
  type: string;
  /** Pure: the same audit and language give the same text. */
  text(audit: Audit, language: Language): string;
}

export const EXPORTS: Readonly<Record<string, ExportFormat>> = {
  json: { file: 'audit.json', type: 'application/json', text: jsonReport },
  html: { file: 'report.html', type: 'text/html', text: htmlReport },
};
