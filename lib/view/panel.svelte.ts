/** The panel's state as a rune, apart from where it comes from. */
import { createPanel, OPENING_PANEL, type Panel, type PanelPorts, type PanelState } from './panel.ts';

export interface LivePanel {
  readonly state: PanelState;
  readonly actions: Panel;
}

/** @param search `?tab=<id>` */
export function livePanel(ports: PanelPorts, search: string): LivePanel {
  let state = $state.raw<PanelState>(OPENING_PANEL);
  const actions = createPanel(ports, search, (next) => {
    state = next;
  });
  return {
    get state() {
      return state;
    },
    actions,
  };
}
