/** The steps of the scenario in words. */
import { canonicalJson } from '../../model/canonical-json.ts';
import { visible } from '../message.ts';
import { h, type Content } from './element.ts';
import type { Report } from './report.ts';
import { paragraph } from './section.ts';

/** A list of what was done, or that a person browsed. A step that this version does not know is shown as it is written. */
export function stepsOf(report: Report): Content {
  const { say } = report;
  const scenario = report.audit.run.scenario as { name?: unknown; steps?: unknown } | null;
  const steps = typeof scenario === 'object' && scenario !== null && Array.isArray(scenario.steps) ? (scenario.steps as unknown[]) : null;
  if (steps === null) return paragraph(say('report_no_scenario'));
  return [
    typeof scenario?.name === 'string' ? paragraph(say('report_scenario_name', { name: scenario.name })) : null,
    h('ol', { class: 'steps' }, ...steps.map((step) => h('li', {}, stepText(report, step)))),
  ];
}

function stepText({ say }: Report, step: unknown): string {
  const given = (typeof step === 'object' && step !== null ? step : {}) as Record<string, unknown>;
  const name = Object.keys(given).find((key) => !['settle', 'frame', 'mark'].includes(key)) ?? ('mark' in given ? 'mark' : '');
  const value = given[name];
  const own = (member: string): string => String((value as Record<string, unknown> | null)?.[member] ?? '');
  const asText = typeof value === 'string' ? value : canonicalJson(value ?? null);
  const args = {
    value: name === 'fill' ? own('selector') : asText,
    x: own('x'),
    y: own('y'),
    variable: own('env'),
  };
  const key = name === 'click' && typeof value === 'object' ? 'report_step_click_point' : `report_step_${name}`;
  const said = say.or(visible(canonicalJson(step ?? null)), key, args);
  const frame = typeof given.frame === 'string' ? ` ${say('report_step_frame', { value: given.frame })}` : '';
  const meant = name !== 'mark' && given.mark !== undefined ? ` ${say('report_step_meant', { value: canonicalJson(given.mark) })}` : '';
  return said + frame + meant;
}
