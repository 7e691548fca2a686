/** The browser's developer tools, as far as the panel uses them. Chromium and Firefox differ; where there are none, nothing is inspected. */
import { sourceOf } from './source-link.ts';

export type Theme = 'light' | 'dark';

/** The `devtools` namespace of either browser: https://developer.chrome.com/docs/extensions/reference/api/devtools/panels and MDN. */
export interface RawDevtools {
  inspectedWindow: { tabId: number; getResources?(callback: (resources: { url: string }[]) => void): void };
  network?: { onNavigated?: { addListener(listener: (url: string) => void): void } };
  panels: {
    themeName?: string;
    setThemeChangeHandler?(handler: (theme: string) => void): void;
    onThemeChanged?: { addListener(listener: (theme: string) => void): void };
    openResource?(url: string, line: number, column: number, callback?: (answer: unknown) => void): void;
  };
}

export interface Inspector {
  tab: number;
  onNavigated(listener: () => void): void;
  /** Calls back now and with each change. */
  followTheme(listener: (theme: Theme) => void): void;
  /** Shows a script among the sources; null where the browser cannot. Line and column count from 1. */
  openSource: ((url: string, line: number, column: number | null) => void) | null;
}

/** null where the page is no part of the developer tools. */
export function inspectorOf(devtools: RawDevtools | undefined): Inspector | null {
  if (!devtools) return null;
  const { inspectedWindow, network, panels } = devtools;
  const theme = (name: string | undefined): Theme => (name === 'dark' ? 'dark' : 'light');
  return {
    tab: inspectedWindow.tabId,
    onNavigated: (listener) => network?.onNavigated?.addListener(() => listener()),
    followTheme(listener) {
      listener(theme(panels.themeName));
      const changed = (name: string): void => listener(theme(name));
      if (panels.onThemeChanged) panels.onThemeChanged.addListener(changed);
      else panels.setThemeChangeHandler?.(changed);
    },
    openSource: panels.openResource
      ? (url, line, column) => {
          const open = (address: string): void => panels.openResource?.(address, line - 1, (column ?? 1) - 1, () => undefined);
          if (!inspectedWindow.getResources) open(url);
          else
            inspectedWindow.getResources((resources) =>
              open(
                sourceOf(
                  url,
                  resources.map((resource) => resource.url),
                ) ?? url,
              ),
            );
        }
      : null,
  };
}
