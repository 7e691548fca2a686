/** The audit as one self-contained HTML file: no script, nothing from elsewhere, for the screen and for paper. */
import type { Audit } from '../../model/audit.ts';
import type { Language } from '../../model/policy.ts';
import { reportDocument } from '../report/document.ts';
import { escapeText, htmlOf } from '../report/html.ts';

/** Nothing may load or run, whatever an audit holds; the only style is the report's own. */
const CONTENT_SECURITY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Pure: the same audit and language give the same bytes. */
export function htmlReport(audit: Audit, language: Language): string {
  const { title, style, body } = reportDocument(audit, language);
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeText(CONTENT_SECURITY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeText(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    ...body.map(htmlOf),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
