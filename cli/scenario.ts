/** Reads a scenario file: what to do on the page, step by step (docs/scenario.md). */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { PolicyDocument } from '../lib/model/policy.ts';
import { findSyntaxFault } from '../lib/policy/json-syntax.ts';
import { describeValue, jsonPointer } from '../lib/policy/policy-error.ts';
import { usageError } from './exit.ts';

const Mark = v.union(
  [v.picklist(['accepted', 'rejected', 'withdrawn']), v.pipe(v.record(v.string(), v.boolean()), v.minEntries(1, 'at least one category'))],
  '"accepted", "rejected", "withdrawn", or an object of categories to true or false',
);
const Selector = v.pipe(v.string('a CSS selector'), v.minLength(1, 'a CSS selector'));
/** As many milliseconds as a timer holds: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_WAIT = 2 ** 31 - 1;
const MILLISECONDS = `milliseconds from 0 to ${LONGEST_WAIT}`;
const Milliseconds = v.pipe(v.number(MILLISECONDS), v.minValue(0, MILLISECONDS), v.maxValue(LONGEST_WAIT, MILLISECONDS));
/** JSON has numbers that are too large to be finite ones. */
const numberOf = (what: string) => v.pipe(v.number(what), v.finite(what));
const Point = v.strictObject({ x: numberOf('a number'), y: numberOf('a number') });
const True = v.literal(true, 'true');
const common = { settle: v.optional(Milliseconds), frame: v.optional(v.string("part of a frame's URL")) };

/** One schema per step, by the key that names it. */
const STEPS = {
  visit: v.strictObject({ ...common, visit: v.string('a URL or path') }),
  wait: v.strictObject({ ...common, wait: Milliseconds }),
  click: v.strictObject({ ...common, click: v.union([Selector, Point], 'a CSS selector, or { "x", "y" }'), mark: v.optional(Mark) }),
  check: v.strictObject({ ...common, check: Selector }),
  hover: v.strictObject({ ...common, hover: Selector }),
  move: v.strictObject({ ...common, move: Point }),
  scroll: v.strictObject({ ...common, scroll: numberOf('a number of pixels') }),
  press: v.strictObject({ ...common, press: v.pipe(v.string('a key'), v.minLength(1, 'a key')) }),
  fill: v.strictObject({ ...common, fill: v.strictObject({ selector: Selector, env: v.string('the name of an environment variable') }) }),
  mark: v.strictObject({ ...common, mark: Mark }),
  reload: v.strictObject({ ...common, reload: True }),
  fresh: v.strictObject({ ...common, fresh: True }),
  restart: v.strictObject({ ...common, restart: True }),
} as const;
type StepName = keyof typeof STEPS;
export type Step = { [Name in StepName]: v.InferOutput<(typeof STEPS)[Name]> }[StepName];
export type MarkValue = v.InferOutput<typeof Mark>;

/** Steps of the format that this version does not have yet. */
const LATER = ['choose', 'gpc'];
/** `click` carries a mark, so it is asked first. */
const NAMES = Object.keys(STEPS) as StepName[];

export interface Scenario {
  name?: string | undefined;
  start?: string | undefined;
  steps: Step[];
}

const WEB_ADDRESS = 'an http: or https: URL';

function isWebAddress(text: string, base?: string): boolean {
  return ['http:', 'https:'].includes(URL.parse(text, base)?.protocol ?? '');
}

const Shell = v.strictObject({
  name: v.optional(v.string('a text')),
  start: v.optional(v.pipe(v.string(WEB_ADDRESS), v.check(isWebAddress, WEB_ADDRESS))),
  steps: v.pipe(v.array(v.looseObject({}, 'an object with one step'), 'a list of steps'), v.minLength(1, 'at least one step')),
});

/** @throws ExitError 2 naming file, JSON pointer, what was found and what is expected */
export function readScenario(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}); expected a scenario file.`);
  }
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const fault = findSyntaxFault(json);
  if (fault) {
    const before = json.slice(0, fault.offset);
    const place = `line ${before.split('\n').length}, column ${fault.offset - before.lastIndexOf('\n')}`;
    const found =
      fault.offset >= json.length ? 'the end of the file' : describeValue(String.fromCodePoint(json.codePointAt(fault.offset) ?? 0));
    throw usageError(`${file}: ${jsonPointer(fault.path) || '/'}: found ${found} at ${place}, expected ${fault.expected}.`);
  }
  return checkScenario(JSON.parse(json) as unknown, file);
}

/** The same for a scenario that is already parsed. */
export function checkScenario(data: unknown, file: string): Scenario {
  if (Array.isArray(data)) throw usageError(`${file}: /: found ${describeValue(data)}, expected an object with "steps".`);
  const shell = v.safeParse(Shell, data);
  if (!shell.success) throw issueError(file, '', shell.issues);
  const steps = shell.output.steps.map((step, index) => checkStep(step, file, `/steps/${index}`));
  for (const [index, step] of steps.entries()) {
    if ('fill' in step && process.env[step.fill.env] === undefined)
      throw usageError(`${file}: /steps/${index}/fill/env: the environment variable ${step.fill.env} is not set.`);
  }
  return { ...shell.output, steps };
}

/**
 * What only the whole command decides: where a path leads, and which categories there are.
 * @param base what relative visits are resolved against
 * @throws ExitError 2, as `readScenario`
 */
export function checkAgainst(base: string, policy: PolicyDocument, scenario: Scenario, file: string): void {
  const categories = policy.categories.map(({ id }) => id);
  for (const [index, step] of scenario.steps.entries()) {
    if ('visit' in step && !isWebAddress(step.visit, base))
      throw usageError(`${file}: /steps/${index}/visit: found ${describeValue(step.visit)}, expected ${WEB_ADDRESS}, or a path.`);
    const marked = 'mark' in step && typeof step.mark === 'object' ? Object.keys(step.mark) : [];
    const unknown = marked.find((id) => !categories.includes(id));
    if (unknown !== undefined)
      throw usageError(
        `${file}: ${jsonPointer(['steps', index, 'mark', unknown])}: found a category that the policy ${policy.id} does not have, ` +
          `expected one of: ${categories.join(', ')}.`,
      );
  }
}

function checkStep(step: Record<string, unknown>, file: string, pointer: string): Step {
  const keys = Object.keys(step);
  const later = keys.find((key) => LATER.includes(key));
  if (later) throw usageError(`${file}: ${pointer}/${later}: the step "${later}" is not available in this version.`);
  const name = NAMES.find((known) => keys.includes(known));
  if (!name)
    throw usageError(
      `${file}: ${pointer}: found ${keys.length > 0 ? `"${keys.join('", "')}"` : 'an empty object'}, expected one of: ${NAMES.join(', ')}.`,
    );
  const checked = v.safeParse(STEPS[name], step);
  if (!checked.success) throw issueError(file, pointer, checked.issues);
  return checked.output as Step;
}

/** A fault as `file: pointer: found …, expected ….`; the library's own words where the schema has none. */
function issueError(file: string, base: string, issues: readonly v.BaseIssue<unknown>[]) {
  const issue = issues[0] as v.BaseIssue<unknown>;
  const path = jsonPointer((issue.path ?? []).map(({ key }) => key as string | number));
  const unknownKey = issue.type === 'strict_object' && issue.expected === 'never';
  const missing = issue.type === 'strict_object' && issue.input === undefined;
  const found = unknownKey ? describeValue(issue.path?.at(-1)?.value) : describeValue(issue.input);
  const expected = unknownKey
    ? 'no such key here'
    : missing
      ? 'a value: this key is required'
      : issue.message.startsWith('Invalid')
        ? (issue.expected ?? 'something else')
        : issue.message;
  return usageError(`${file}: ${`${base}${path}` || '/'}: found ${found}, expected ${expected}.`);
}

/** Without a choice: what a URL without a scenario gets in this version. */
export const VISIT_AND_RELOAD: Scenario = { name: 'visit and reload, without a choice', steps: [{ visit: '' }, { reload: true }] };
