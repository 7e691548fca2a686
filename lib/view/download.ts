/** Gives the person a file, without the downloads permission. */
import type { ExportFile } from './export-file.ts';

/** Offers the file through a link that is clicked once. */
export function download({ name, type, text }: ExportFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the blob by the next task; revoked at once, some builds lose it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
