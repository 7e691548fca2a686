/** What this report is and what it is not. */
import { isKazakh } from './clauses.ts';
import { sourceLanguage, type Report } from './report.ts';
import { list, type Section } from './section.ts';

export function limitsSection(report: Report): Section {
  const { say } = report;
  return {
    id: 'limits',
    title: say('report_limits'),
    content: [
      list(
        [
          say('report_limit_evidence'),
          sourceLanguage(report.audit) === null ? null : say('report_limit_translations'),
          say('report_servers_unseen'),
          isKazakh(report) ? say('report_legal_term') : null,
          say('report_limit_claimed'),
          say('report_limit_values'),
          say('report_limit_caps'),
        ].filter((item) => item !== null),
      ),
    ],
  };
}
