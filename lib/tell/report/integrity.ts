/** Whether the report can be checked: chain, digest, signature, and which tool made it. */
import { visible } from '../message.ts';
import type { Report } from './report.ts';
import { code, facts, paragraph, type Section } from './section.ts';

export function integritySection(report: Report): Section {
  const { audit, say } = report;
  const { integrity, tool } = audit;
  const signed = integrity.signature !== null;
  return {
    id: 'integrity',
    title: say('report_integrity'),
    content: [
      paragraph(say(signed ? 'report_signed' : 'report_unsigned'), 'aside'),
      facts([
        [say('report_chain'), code(visible(integrity.chain))],
        [say('report_digest'), code(visible(integrity.digest))],
        [say('report_signature'), signed ? code(visible(integrity.signature ?? '')) : say('report_none')],
        [say('report_public_key'), integrity.publicKey === null ? say('report_none') : code(visible(integrity.publicKey))],
        [say('report_tool'), visible(`${tool.name} ${tool.version}`)],
        [say('report_build'), code(visible(tool.build))],
        [say('report_ruleset'), code(visible(tool.ruleset))],
        [say('report_format'), code(visible(audit.format))],
      ]),
      paragraph(say('report_integrity_explained')),
    ],
  };
}
