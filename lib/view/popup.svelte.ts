/** The popup's state as a rune, apart from where it comes from. */
import { createPopup, OPENING, type Popup, type PopupPorts, type PopupState } from './popup.ts';

export interface LivePopup {
  readonly state: PopupState;
  readonly actions: Popup;
}

/** @param search the query of the popup's own URL */
export function livePopup(ports: PopupPorts, search: string): LivePopup {
  let state = $state.raw<PopupState>(OPENING);
  const actions = createPopup(ports, search, (next) => {
    state = next;
  });
  return {
    get state() {
      return state;
    },
    actions,
  };
}
