/** From findings to one word. */
import type { Audit, Finding } from '../model/audit.ts';
import type { Gap } from '../model/evidence.ts';

/**
 * `fail`: an unsuppressed error that is certain. `inconclusive`: a gap, lost observations, something unsure of level error, or a rule that
 * crashed and so said nothing. `pass`: none of these. Suppressed findings do not count.
 */
export function verdict(findings: Finding[], gaps: Gap[], lost: number): Audit['summary']['verdict'] {
  const counted = findings.filter(({ suppressed }) => suppressed === null);
  if (counted.some(({ level, outcome }) => level === 'error' && outcome === 'fail')) return 'fail';
  const untold = counted.some(({ level, outcome }) => (level === 'error' && outcome === 'unsure') || outcome === 'error');
  return gaps.length > 0 || lost > 0 || untold ? 'inconclusive' : 'pass';
}
