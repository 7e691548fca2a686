/** The person's acts, and what consent platforms and the auditor said. */
import { controlMeaning } from '../../catalogue/consent-words.ts';
import type { BrowserEvent, DocumentEvent } from '../../model/capture.ts';
import { hostOf } from '../url.ts';
import { wellFormedName } from '../well-formed.ts';
import { draft, placeOf, type Draft, type Placed } from './draft.ts';
import type { Visits } from './visits.ts';

type Control = Placed<Extract<DocumentEvent, { type: 'control' }>>;
type Signal = Placed<Extract<DocumentEvent, { type: 'signal' }>>;
type Mark = Extract<BrowserEvent, { type: 'mark' }>;

export function observeControls(controls: Control[], visits: Visits): Draft[] {
  return controls.flatMap((control) => {
    const visit = visits.ofEvent(control);
    if (!visit) return [];
    const meaning = controlMeaning(control.label);
    return draft({
      ...placeOf(control, visit),
      kind: 'control',
      action: 'call',
      // Words that say nothing of consent may be anybody's: only the element is kept of them.
      ...wellFormedName(meaning === null ? control.element : control.label),
      mechanism: control.event,
      control: { event: control.event, trusted: control.trusted, meaning },
    });
  });
}

export function observeSignals(signals: Signal[], visits: Visits): Draft[] {
  return signals.flatMap((signal) => {
    const visit = visits.ofEvent(signal);
    if (!visit) return [];
    return draft({
      ...placeOf(signal, visit),
      kind: 'signal',
      action: 'call',
      ...wellFormedName(signal.name),
      mechanism: 'event',
      signal: {
        source: signal.source,
        state: null,
        categories: signal.categories,
        ...(signal.tcf && { tcf: signal.tcf }),
        ...(signal.consentMode && { consentMode: signal.consentMode }),
        ...(signal.services && { services: signal.services }),
      },
    });
  });
}

export function observeMarks(marks: Mark[], visits: Visits): Draft[] {
  return marks.flatMap((mark) => {
    const visit = visits.at(mark.time, mark.tab);
    if (!visit) return [];
    return draft({
      time: mark.time,
      visit: visit.id,
      page: visit.url,
      kind: 'signal',
      action: 'call',
      name: 'mark',
      host: hostOf(visit.url),
      mechanism: 'mark',
      signal: { source: 'mark', state: mark.state, categories: mark.categories },
    });
  });
}
